"""Figures on the review of reply letters, from 审核记录; none where there is no record."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reportgen.facts.measures import (
    NOTHING,
    compute_rate,
    count_distinct,
    count_rows,
    locate_cells,
    make_key_parts,
    subtract_facts,
)
from reportgen.facts.model import Absent, Fact, Origin
from reportgen.reports.suggestions.figures.review_rounds import (
    ReviewRounds,
    passed_after_all,
    passed_at_once,
    went_back,
)
from reportgen.reports.suggestions.figures.scope import FactsByKey, Scope
from reportgen.reports.suggestions.sheets.review_record import REASONS, RETURNED

_REASONS = make_key_parts(REASONS)
REVIEW_KEYS = (
    *(f"审核.{name}件数" for name in ("应审", "已审", "一次通过", "退回", "整改通过", "待整改", "未交")),
    "审核.一次通过率", "审核.退回次数", "审核.问题处数",
    *(f"审核.退回原因.{part}.件数" for part in _REASONS.values()),
)  # fmt: skip


def count_reviews(scope: Scope, _: FactsByKey) -> Iterator[Fact | Absent]:
    """审核.*: what the record tells of the letters; absent without any round."""
    if scope.reviews.rows.empty:
        for key in REVIEW_KEYS:
            yield Absent(key, NOTHING)
        return
    rule = "已答复、应当交来答复函审核的件数"
    yield scope.count("审核.应审件数", rule, "答复日期", scope.items.replied.index)
    yield from _count_standings(scope, scope.reviews)
    yield from _count_rounds(scope, scope.reviews)
    handling = scope.items.handling
    missing = handling["编号"].map(str).isin(scope.letters_not_brought)
    rule = "填报了答复日期、还没有交来答复函审核的件数；分办件有一个部门没有交来即计入"
    rows = handling[missing & handling["答复日期"].notna()]
    yield _count_items(scope, "审核.未交件数", rule, rows)


def _count_standings(scope: Scope, reviews: ReviewRounds) -> Iterator[Fact | Absent]:
    """How the items stand; 人工结论 wins over what the system says."""
    found: dict[str, Fact] = {}
    for name, numbers, rule in (
        ("已审", [*reviews.by_item], "审核记录中审核过答复函的件数"),
        ("一次通过", reviews.find_items(passed_at_once), "答复函没有退回过、审核通过的件数"),
        ("退回", reviews.find_items(went_back), "答复函退回过的件数，同一件退回几次只计一件"),
        (
            "整改通过",
            reviews.find_items(passed_after_all),
            "答复函退回过、最后一次审核通过的件数；分办件以各份都通过为准",
        ),
    ):
        rows = reviews.rows[reviews.rows["编号"].map(str).isin(numbers)]
        key = f"审核.{name}件数"
        found[name] = _count_items(scope, key, f"{rule}（填了人工结论的以它为准）", rows)
    yield from found.values()
    rule = "答复函退回过、还没有通过的件数"
    yield subtract_facts("审核.待整改件数", rule, "件", found["退回"], found["整改通过"])
    rule = "一次通过的件数占已审核件数的百分比"
    yield compute_rate("审核.一次通过率", rule, found["一次通过"], found["已审"], scope.places)


def _count_rounds(scope: Scope, reviews: ReviewRounds) -> Iterator[Fact]:
    returned = reviews.verdicts.index[reviews.verdicts == RETURNED]
    rule = "审核记录中退回的次数，同一件退回几次计几次（填了人工结论的以它为准）"
    yield count_rows(scope.dataset, "审核.退回次数", rule, "次", "编号", returned)
    counts = [number if isinstance(number, int) else 0 for number in reviews.rows["错误数"]]
    where = locate_cells(scope.dataset, "错误数", reviews.rows.index)
    origin = Origin("审核记录中各次审核发现的错误之和", "求和", where)
    yield Fact("审核.问题处数", sum(counts), str(sum(counts)), "处", origin)
    for reason, part in _REASONS.items():
        rows = reviews.rows[reviews.rows["退回原因"] == reason]
        rule = f"审核人填写的退回原因为“{reason}”的件数"
        yield _count_items(scope, f"审核.退回原因.{part}.件数", rule, rows)


def _count_items(scope: Scope, key: str, rule: str, rows: pd.DataFrame) -> Fact:
    return count_distinct(scope.dataset, key, rule, "件", {"编号": rows["编号"].items()})
