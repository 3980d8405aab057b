"""Which counts of suggestions are told in percent of which: the rates, and the complete groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reportgen.facts.model import Absent, Fact
from reportgen.facts.percentages import Percentages, Rate, ShareGroup
from reportgen.reports.suggestions.figures.joined_items import RATINGS
from reportgen.reports.suggestions.figures.scope import FactsByKey, Scope
from reportgen.reports.suggestions.sheets.vocabulary import SESSION

ALL = "议案建议.件数"
GOOD: Mapping[str, tuple[str, str]] = dict(
    zip(RATINGS, (("满意", "办理结果"), ("态度满意", "办理态度")), strict=True)
)
"""By rating column, what its rate is called and what is rated."""

GROUPS = ("结果", "来源", "专题", *RATINGS)
"""The complete groups by name."""


def compute_percentages(scope: Scope, found: FactsByKey) -> Iterator[Fact | Absent]:
    """All of them, from one rounding; Absent where there is nothing to divide by."""
    yield from _make_percentages(scope, found).figures(scope.places)


def make_remarks(scope: Scope, found: FactsByKey) -> Mapping[str, str]:
    """By group, what must be said beside its shares; mostly nothing."""
    made = _make_percentages(scope, found)
    return {name: made.remark(group, found) for name, group in _make_groups(scope).items()}


def _make_groups(scope: Scope) -> Mapping[str, ShareGroup]:
    """The complete groups, under the names of ``GROUPS``."""
    rule = "占议案建议总件数的百分比"
    beside = [f"{name}.占比" for name in ("答复", "解决", "未解决", "满意")]
    classes = [*(f"结果.{part}" for part in scope.class_keys.values()), "正在办理"]
    return {
        "结果": ShareGroup(rule, _pair_share_keys(classes), ALL, beside, rests=["答复.占比"]),
        "来源": ShareGroup(rule, _pair_share_keys(f"来源.{name}" for name in SESSION.options), ALL),
        "专题": ShareGroup(
            rule, _pair_share_keys(f"专题.{part}" for part in scope.theme_keys.values()), ALL
        ),
    } | {column: _make_rating_group(scope, column) for column in RATINGS}


def _make_percentages(scope: Scope, found: FactsByKey) -> Percentages:
    return Percentages(
        found, list(_iter_rates(scope)), list(_make_groups(scope).values()), scope.of_100
    )


def _pair_share_keys(names: Iterable[str]) -> Mapping[str, str]:
    return {f"{name}.占比": f"{name}.件数" for name in names}


def _make_rating_group(scope: Scope, column: str) -> ShareGroup:
    """Of all items or of those rated, as 满意率口径 says."""
    parts = [*scope.scale.keys.values(), *(["未反馈"] if scope.all_items else [])]
    names = (f"{column}.{part}" for part in parts)
    beside = [f"{GOOD[column][0]}.占比"]
    return ShareGroup(
        f"占{_name_basis(scope)}的百分比",
        _pair_share_keys(names),
        _find_base_key(scope, column),
        beside,
    )


def _iter_rates(scope: Scope) -> Iterator[Rate]:
    for name, counted in (
        ("答复", "已答复代表的件数"),
        ("沟通", "与代表沟通过的件数"),
        ("办理方案", "定有办理方案的件数"),
        ("解决", "办理结果计入“解决”的件数"),
        ("未解决", "办理结果不计入“解决”的件数"),
    ):
        yield Rate(f"{name}.占比", f"{counted}占议案建议总件数的百分比", f"{name}.件数", ALL)
    rule = "按期答复占已答复件数的百分比"
    yield Rate("按期答复.占比", rule, "按期答复.件数", "答复.件数")
    for column, (good, of) in GOOD.items():
        rule = f"对{of}的{scope.scale.rate}，占{_name_basis(scope)}的百分比"
        base, back = _find_base_key(scope, column), f"{column}.已反馈.件数"
        yield Rate(f"{good}.占比", rule, f"{good}.件数", base, needs=back)
    for name, part in scope.department_keys.items():
        key = f"部门.{part}"
        base = f"{key}.主办件数" if scope.all_items else f"{key}.已反馈件数"
        rule = f"“{name}”主办件的{scope.scale.rate}"
        yield Rate(f"{key}.满意率", rule, f"{key}.满意件数", base, needs=f"{key}.已反馈件数")


def _name_basis(scope: Scope) -> str:
    return "议案建议总件数" if scope.all_items else "已反馈件数"


def _find_base_key(scope: Scope, column: str) -> str:
    """The key of what a rating's percentages are of."""
    return ALL if scope.all_items else f"{column}.已反馈.件数"
