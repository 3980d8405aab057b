"""The figures of the report: the catalogue of Facts and how each is counted.

Each section yields Facts under the keys that templates use; a later section may build on an
earlier one through ``found``.  To add a figure, yield one more Fact here: it is then usable in the
template, stands in facts.json and in 模板字段表.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pandas as pd

from reportgen.data import OWNER
from reportgen.facts.measures import (
    NOTHING,
    compute_growth,
    compute_rate,
    count_distinct,
    format_fact_number,
    locate_cells,
    make_key_parts,
    subtract_facts,
    sum_facts,
)
from reportgen.facts.model import Absent, Fact, Facts, Origin
from reportgen.reports.suggestions.figures.achievements import is_addable
from reportgen.reports.suggestions.figures.list_items import DEPARTMENT_FACTS
from reportgen.reports.suggestions.figures.percent_groups import GOOD, compute_percentages
from reportgen.reports.suggestions.figures.reviews import count_reviews
from reportgen.reports.suggestions.figures.scope import FactsByKey, Scope, Section
from reportgen.reports.suggestions.figures.timeliness import (
    count_answers_in_time,
    count_department_deadlines,
    count_item_kinds,
    count_last_year_promises,
    count_promises,
    count_rehandling,
)
from reportgen.reports.suggestions.sheets.vocabulary import (
    CONTACT,
    LAST_YEAR_FIGURES,
    MANNER,
    MOTION_OR_SUGGESTION,
    SESSION,
)
from reportgen.schema.amounts import normalise_unit

COMPARED = {
    "议案建议件数": "议案建议.件数",
    "议案件数": "议案.件数",
    "建议件数": "建议.件数",
    "解决件数": "解决.件数",
    "答复件数": "答复.件数",
    "满意件数": "满意.件数",
    "承办部门个数": "承办部门.个数",
    "承诺件数": "承诺.件数",
}
"""What 上年数据 is compared with: its 指标 → the key of this year's fact."""


NAMES_COMPARED = {
    "议案建议件数": "议案、建议总件数",
    "议案件数": "议案件数",
    "建议件数": "建议件数",
    "解决件数": "已解决的件数",
    "答复件数": "已答复的件数",
    "满意件数": "代表满意的件数",
    "承办部门个数": "承办部门数",
    "承诺件数": "承诺以后解决的件数",
}
"""How the report calls them."""


def count_facts(scope: Scope) -> Facts:
    """All figures of the report, in the catalogue's order."""
    found: dict[str, Fact] = {}
    absent: dict[str, Absent] = {}
    for section in SECTIONS:
        for leaf in section(scope, found):
            if isinstance(leaf, Fact):
                found[leaf.key] = leaf
            else:
                absent[leaf.key] = leaf
    return Facts(found, {key: leaf for key, leaf in absent.items() if key not in found})


def _count_totals(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    register = scope.items.register
    yield scope.count("议案建议.件数", "台账中议案、建议的总件数", "编号", register.index)
    kinds = scope.contents("类别", register["类别"])
    for kind in MOTION_OR_SUGGESTION.options:
        yield kinds.count_equal(f"{kind}.件数", f"台账中类别为“{kind}”的件数", kind)
    for name, key, rule in (
        ("领衔代表", "领衔代表.人数", "领衔代表人数，同一人只计一次"),
        ("联名代表", "联名代表.人数", "联名代表人数，同一人只计一次"),
    ):
        yield count_distinct(scope.dataset, key, rule, "人", {name: register[name].items()})


def _count_signers(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    """How many signed each suggestion that more than one deputy did."""
    register = scope.items.register
    columns = {name: list(register[name].items()) for name in ("领衔代表", "联名代表")}
    numbers = list(register["编号"])
    for place, part in scope.signed.items():
        rule = f"第{numbers[place]}号的提出人数，含领衔代表和联名代表"
        row = {name: column[place : place + 1] for name, column in columns.items()}
        yield count_distinct(scope.dataset, f"提出人数.{part}", rule, "名", row)


def _count_departments(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    columns = {name: scope.items.register[name] for name in ("主办部门", "协办部门")}
    for key, rule, chosen in (
        ("承办部门.个数", "承办（主办或协办）部门个数，同一部门只计一次", columns),
        ("主办部门.个数", "主办部门个数，同一部门只计一次", {"主办部门": columns["主办部门"]}),
        ("协办部门.个数", "协办部门个数，同一部门只计一次", {"协办部门": columns["协办部门"]}),
    ):
        values = {name: column.items() for name, column in chosen.items()}
        yield count_distinct(scope.dataset, key, rule, "个", values)


def _count_sources(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    register = scope.items.register
    for column, names in (("来源", SESSION.options), ("办理方式", MANNER.options)):
        contents = scope.contents(column, register[column])
        for name in names:
            rule = f"台账中{column}为“{name}”的件数"
            yield contents.count_equal(f"{column}.{name}.件数", rule, name)
    supervised = scope.contents("重点督办", register["重点督办"])
    yield supervised.count_equal("重点督办.件数", "台账中列为重点督办的件数", "是")


def _count_results(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    decided = scope.contents("办理结果", scope.items.decided["办理结果"])
    for code, part in scope.class_keys.items():
        rule = f"办理结果为“{scope.class_names[code]}”（{code}）且已答复的件数；分办件以进度最慢的一份为准"
        yield decided.count_equal(f"结果.{part}.件数", rule, code)
    still = scope.table["办理结果"].isna()
    rule = "还没有办理结果或还没有答复的件数"
    yield scope.count("正在办理.件数", rule, "编号", scope.table.index[still])


def _sum_solved(scope: Scope, found: FactsByKey) -> Iterator[Fact]:
    groups = {
        "解决": [part for code, part in scope.class_keys.items() if code in scope.solved],
        "未解决": [part for code, part in scope.class_keys.items() if code not in scope.solved],
    }
    for name, parts in groups.items():
        rule = f"办理结果属于{'计入' if name == '解决' else '不计入'}“解决”的各类之和"
        yield sum_facts(f"{name}.件数", rule, "件", [found[f"结果.{part}.件数"] for part in parts])


def _count_answers(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    items = scope.items
    for key, column, rows, rule in (
        ("答复", "答复日期", items.replied, "已答复代表的件数；分办件以最后一份答复为准"),
        ("沟通", "沟通日期", items.contacted, "与代表沟通过的件数；分办件有一个部门沟通过即计入"),
        (
            "办理方案",
            "办理方案日期",
            items.planned,
            "定有办理方案的件数；分办件有一个部门定有即计入",
        ),
    ):
        yield scope.count(f"{key}.件数", rule, column, rows.index)
    ways = scope.contents("沟通方式", items.contacted["沟通方式"])
    for name in CONTACT.options:
        rule = f"以“{name}”方式与代表沟通的件数；沟通过几次的以最后一次为准"
        yield ways.count_equal(f"沟通方式.{name}.件数", rule, name)


def _count_approved(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    """签发: answered items whose every answer names who signed it."""
    handling, done = scope.items.handling, scope.items.replied
    whole = handling["签发人"].notna().groupby(handling["台账行"]).all()
    signed = done.index[done["台账行"].map(whole).astype(bool)]
    yield scope.count("签发.件数", "已答复、各份答复都填有签发人的件数", "签发人", signed)


def _count_ratings(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    for column, (good, of) in GOOD.items():
        yield from _count_rating(scope, column, good, of)


def _count_rating(scope: Scope, column: str, good: str, of: str) -> Iterator[Fact]:
    """``column``.满意.件数 …, and ``good``.件数 of all classes that count as satisfied."""
    rated, scale = scope.contents(column, scope.items.rated[column][column]), scope.scale
    parts = {
        name: rated.count_equal(f"{column}.{part}.件数", f"代表对{of}表示“{name}”的件数", name)
        for name, part in scale.keys.items()
    }
    yield from parts.values()
    yield sum_facts(f"{column}.已反馈.件数", f"代表对{of}作出评价的件数", "件", [*parts.values()])
    missing = scope.table.index[scope.table[column].isna()]
    yield scope.count(f"{column}.未反馈.件数", f"代表对{of}还没有评价的件数", "编号", missing)
    rule = f"代表对{of}表示{scale.words}的件数"
    yield sum_facts(f"{good}.件数", rule, "件", [parts[name] for name in scale.good])


def _count_themes(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    table, themes = scope.table, scope.contents("专题", scope.items.register["专题"])
    for name, part in scope.theme_keys.items():
        yield themes.count_equal(f"专题.{part}.件数", f"台账中专题为“{name}”的件数", name)
    positions = scope.items.decided["台账行"].to_numpy(dtype=int)
    theme = pd.Series(table["专题"].to_numpy()[positions], index=scope.items.decided.index)
    solved = scope.items.decided["办理结果"].isin(scope.solved)
    for name, part in scope.theme_keys.items():
        index = solved.index[solved & (theme == name)]
        yield scope.count(f"专题.{part}.解决件数", f"专题“{name}”中已解决的件数", "办理结果", index)


def _count_by_department(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    rows = dict(iter(scope.items.handling.groupby(OWNER, sort=False)))
    for name, roles in scope.assigned.items():
        key = f"部门.{scope.department_keys[name]}"
        own = rows.get(name, scope.items.handling.iloc[:0])
        # a draft may hold rows of other departments' items, or one item twice
        own = own[own["台账行"].isin(roles["主办"])].drop_duplicates("台账行")
        yield from _count_department_items(scope, key, name, roles)
        yield from _count_department_results(scope, key, name, own)


def _count_department_items(
    scope: Scope, key: str, name: str, roles: Mapping[str, list[int]]
) -> Iterator[Fact]:
    parts = []
    for role, positions in roles.items():
        rule = f"台账中{role}部门有“{name}”的件数"
        index = scope.items.register.index[positions]
        parts.append(scope.count(f"{key}.{role}件数", rule, f"{role}部门", index))
    yield from parts
    yield sum_facts(f"{key}.承办件数", f"“{name}”主办与协办的件数之和", "件", parts)


def _count_department_results(
    scope: Scope, key: str, name: str, own: pd.DataFrame
) -> Iterator[Fact]:
    answered = own[own["办理结果"].notna() & own["答复日期"].notna()]
    results = scope.contents("办理结果", answered["办理结果"])
    for code, part in scope.class_keys.items():
        rule = f"“{name}”主办的、已答复且办理结果为{code}的件数"
        yield results.count_equal(f"{key}.结果.{part}.件数", rule, code)
    rule = f"“{name}”主办的、已答复的件数"
    yield scope.count(f"{key}.答复件数", rule, "答复日期", answered.index)
    rated = answered[answered["满意度"].notna()]
    rule = f"“{name}”主办的、已答复且代表已评价的件数"
    yield scope.count(f"{key}.已反馈件数", rule, "满意度", rated.index)
    good = rated.index[rated["满意度"].isin(scope.scale.good)]
    rule = f"“{name}”主办的、代表{scope.scale.words}的件数"
    yield scope.count(f"{key}.满意件数", rule, "满意度", good)
    yield from count_department_deadlines(scope, key, name, own)


def _subtract_answered(scope: Scope, found: FactsByKey) -> Iterator[Fact]:
    for name, part in scope.department_keys.items():
        key = f"部门.{part}"
        lead, answered = found[f"{key}.主办件数"], found[f"{key}.答复件数"]
        rule = f"“{name}”主办的、还没有答复的件数"
        yield subtract_facts(f"{key}.正在办理件数", rule, "件", lead, answered)


def _sum_departments(scope: Scope, found: FactsByKey) -> Iterator[Fact]:
    results = (f"结果.{part}.件数" for part in scope.class_keys.values())
    for name in (*DEPARTMENT_FACTS, *results):
        parts = [found[f"部门.{part}.{name}"] for part in scope.department_keys.values()]
        yield sum_facts(f"部门合计.{name}", f"各部门{name.replace('.', '')}之和", "件", parts)


def _sum_action(scope: Scope, _: FactsByKey) -> Iterator[Fact | Absent]:
    rows = scope.dataset.tables["民生行动"]
    if rows.empty:
        for name in ("提出条数", "办结条数", "办结率"):
            yield Absent(f"行动.{name}", NOTHING)
        return
    levels = make_key_parts(name for name in rows["代表层级"] if name)
    for column in ("提出条数", "办结条数"):
        parts = []
        for level, number, place in zip(rows["代表层级"], rows[column], rows.index, strict=True):
            if level and number is not None:
                rule = f"民生行动中“{level}”代表{column}"
                parts.append(
                    _quote_cell(
                        scope,
                        f"行动.{levels[level]}.{column}",
                        rule,
                        column,
                        place,
                        int(number),
                        "条",
                    )
                )
        yield from parts
        yield sum_facts(f"行动.{column}", f"民生行动各级代表{column}之和", "条", parts)


def _compute_action_rate(scope: Scope, found: FactsByKey) -> Iterator[Fact | Absent]:
    if "行动.提出条数" in found:
        rule = "民生行动办结条数占提出条数的百分比"
        raised, done = found["行动.提出条数"], found["行动.办结条数"]
        yield compute_rate("行动.办结率", rule, done, raised, scope.places)


def _quote_cell(
    scope: Scope,
    key: str,
    rule: str,
    column: str,
    place: tuple[str, str, int],
    value: int,
    unit: str,
) -> Fact:
    """A figure that stands in one cell as it is."""
    origin = Origin(rule, "取值", locate_cells(scope.dataset, column, [place]))
    return Fact(key, value, format_fact_number(value), unit, origin)


def _sum_achievements(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    for (theme, name), key in scope.outcome_keys.items():
        rows = scope.outcomes.by_theme[theme][name]
        amounts = [row.amount for row in rows if row.amount is not None]
        if not is_addable(rows):
            continue
        where = locate_cells(scope.dataset, "数值", [row.place for row in rows])
        unit = "%" if normalise_unit(rows[0].unit or "") == "%" else rows[0].unit or ""
        if len(rows) == 1:
            origin = Origin(f"{rows[0].department}填报的“{rows[0].name}”", "取值", where)
            value = (
                _to_exact_number(amounts[0].number)
                if amounts[0].number is not None
                else amounts[0].text
            )
            yield Fact(key, value, amounts[0].text + "%" * (unit == "%"), unit, origin)
        else:
            givers = "、".join(dict.fromkeys(row.department for row in rows))
            origin = Origin(f"{givers}填报的“{rows[0].name}”之和", "求和", where)
            value = _to_exact_number(
                sum((a.number for a in amounts if a.number is not None), Decimal(0))
            )
            yield Fact(key, value, format_fact_number(value), unit, origin)


def _to_exact_number(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


def _compare_last_year(scope: Scope, found: FactsByKey) -> Iterator[Fact | Absent]:
    for name in COMPARED:
        for key in (f"上年.{name}", f"同比.{name}.增减", f"同比.{name}.增幅"):
            yield Absent(key, NOTHING)
    rows = scope.dataset.tables["上年数据"]
    for name, number, place in zip(rows["指标"], rows["数值"], rows.index, strict=True):
        if name is None or number is None:
            continue
        now = found[COMPARED[name]]
        before = _quote_cell(
            scope, f"上年.{name}", f"上年{name}", "数值", place, int(number), now.unit
        )
        yield before
        rule = f"{name}比上年增减"
        yield subtract_facts(f"同比.{name}.增减", rule, now.unit, now, before)
        rule = f"{name}比上年增减的百分比"
        yield compute_growth(f"同比.{name}.增幅", rule, now, before, scope.places)


SECTIONS: tuple[Section, ...] = (
    _count_totals,
    _count_signers,
    _count_departments,
    _count_sources,
    count_item_kinds,
    _count_results,
    _sum_solved,
    _count_answers,
    _count_approved,
    count_answers_in_time,
    _count_ratings,
    count_rehandling,
    count_promises,
    count_last_year_promises,
    _count_themes,
    _count_by_department,
    _subtract_answered,
    _sum_departments,
    compute_percentages,
    _sum_action,
    _compute_action_rate,
    _sum_achievements,
    _compare_last_year,
    count_reviews,
)

assert set(COMPARED) == set(LAST_YEAR_FIGURES.options)
