"""The lists that a template may go through."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.facts.model import Facts
from reportgen.facts.report import Item, Items, Node
from reportgen.reports.assignment.return_state import shown_state
from reportgen.reports.suggestions.context.item_names import make_items, select_items
from reportgen.reports.suggestions.context.leaves import (
    drop_stop,
    iter_records,
    join_names,
    name_signers,
    to_leaf,
)
from reportgen.reports.suggestions.context.themes import list_themes
from reportgen.reports.suggestions.figures.catalogue import COMPARED, NAMES_COMPARED
from reportgen.reports.suggestions.figures.list_items import (
    DEPARTMENT_FACTS,
    DEPARTMENT_RESULT,
    ITEM,
    LEVEL_NAMES,
    LISTED,
    LISTS,
)
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.reports.suggestions.handing_out.progress import find_progress
from reportgen.reports.suggestions.sheets.vocabulary import CONTACT


def make_lists(scope: Scope, facts: Facts) -> dict[str, Node]:
    """Every list of ``LISTS``, each in the shape stated there."""
    table = scope.table
    settled = table["办理结果"].notna()
    solved = table["办理结果"].isin(scope.solved)
    items = make_items(scope, facts)
    unsolved = select_items(items, settled & ~solved)
    departments = list_departments(scope, facts)
    content = {
        "一览表": items,
        "专题列表": list_themes(scope, facts, items),
        "结果列表": _list_results(scope, facts),
        "满意度列表": _list_ratings(scope, facts),
        "满意评价列表": list_satisfied(scope, facts),
        "重办评价列表": _list_rated_anew(scope, facts),
        "部门列表": departments,
        "承办部门名单": [Item(item.key, {"名称": item.key}) for item in departments],
        "未解决列表": unsolved,
        "未解决列举": unsolved[:LISTED],
        "未解决分类列表": _list_unsolved(scope, facts, unsolved),
        "正在办理列表": select_items(items, ~settled),
        "倒计时列表": [items[place] for place in scope.countdown],
        "逾期答复列表": [items[place] for place in scope.late if settled.iloc[place]],
        "承诺列表": select_items(items, settled & ~solved & table["承诺完成时限"].notna()),
        "不满意列表": select_items(items, table["满意度"].isin(scope.scale.redo)),
        "重点督办列表": select_items(items, table["重点督办"] == "是"),
        "沟通方式列表": _list_contacts(facts),
        "层级列表": _list_levels(scope, facts),
        "典型事例列表": _list_cases(scope),
        "上年承诺列表": _list_promised(scope),
        "同比列表": _list_compared(scope, facts),
        "态度满意度列表": _list_ratings(scope, facts, "态度满意度"),
    }
    found: dict[str, Node] = {
        name: Items(content[name], shape) for name, (_, shape) in LISTS.items()
    }
    return found | {"未解决未列举": "是" if len(unsolved) > LISTED else ""}


def _list_unsolved(scope: Scope, facts: Facts, items: Sequence[Item]) -> list[Item]:
    """The classes of those not solved, each with its items."""
    found = []
    for result in _list_results(scope, facts):
        own = [item for item in items if item.names["结果"] == result.key]
        listed = {"列举": Items(own[:LISTED], ITEM), "未列举": "是" if len(own) > LISTED else ""}
        if own and not result.names["计入解决"]:
            found.append(Item(result.key, {**result.names, **listed}))
    return found


def _list_results(scope: Scope, facts: Facts) -> list[Item]:
    rows = {row["代码"]: row for row in iter_records(scope.dataset.tables["办理结果分类"])}
    return [
        Item(
            code,
            {
                "代码": code,
                "名称": scope.class_names[code],
                "定义": str(rows[code]["定义"] or ""),
                "计入解决": "是" if code in scope.solved else "",
                "件数": facts[f"结果.{part}.件数"],
                "占比": facts.leaf(f"结果.{part}.占比"),
                "部门合计件数": facts[f"部门合计.结果.{part}.件数"],
            },
        )
        for code, part in scope.class_keys.items()
    ]


def _list_ratings(scope: Scope, facts: Facts, of: str = "满意度") -> list[Item]:
    return [
        Item(
            name,
            {
                "名称": name,
                "计入满意": "是" if name in scope.scale.good else "",
                "件数": facts[f"{of}.{part}.件数"],
                "占比": facts.leaf(f"{of}.{part}.占比"),
            },
        )
        for name, part in scope.scale.keys.items()
    ]


def list_satisfied(scope: Scope, facts: Facts) -> list[Item]:
    """The classes that count as satisfied and were given."""
    found = {item.key: item for item in _list_ratings(scope, facts)}
    counts = {name: facts[f"满意度.{scope.scale.keys[name]}.件数"] for name in scope.scale.good}
    return [found[name] for name, fact in counts.items() if fact.value]


def _list_compared(scope: Scope, facts: Facts) -> list[Item]:
    """The figures that last year's are known of, and how this year's differ."""
    called = NAMES_COMPARED | {"满意件数": f"代表评价为{scope.scale.words}的件数"}
    return [
        Item(
            name,
            {
                "名称": called[name],
                "方向": tell_direction(facts, name),
                **{part: facts.leaf(f"同比.{name}.{part}") for part in ("增减", "增幅")},
                "单位": facts[COMPARED[name]].unit,
            },
        )
        for name in COMPARED
        if tell_direction(facts, name)
    ]


def _list_rated_anew(scope: Scope, facts: Facts) -> list[Item]:
    """The classes in which deputies rated what was handled anew."""
    counts = {name: facts[f"重办满意度.{part}.件数"] for name, part in scope.scale.keys.items()}
    return [Item(name, {"名称": name, "件数": fact}) for name, fact in counts.items() if fact.value]


def _list_promised(scope: Scope) -> list[Item]:
    """What was promised last year, and how it stands now."""
    return [
        Item(
            f"{row['编号']}",
            {
                "编号": str(row["编号"] or ""),
                "标题": str(row["标题"] or ""),
                "主办": join_names(row["主办部门"]),
                "承诺完成时限": to_leaf(row["承诺完成时限"]),
                "结果名称": scope.class_names.get(str(row["现办理结果"]), ""),
                "计入解决": "是" if row["现办理结果"] in scope.solved else "",
                "办理进展": drop_stop(row["办理进展"]),
            },
        )
        for row in iter_records(scope.dataset.tables["上年承诺"])
    ]


def list_departments(scope: Scope, facts: Facts) -> list[Item]:
    """Those that have a part, with their figures."""
    states = {
        one.department: shown_state(scope.dataset, one.department, one.state)
        for one in find_progress(scope.dataset)
    }
    return [
        Item(
            name,
            {
                "名称": name,
                **{fact: facts[f"部门.{part}.{fact}"] for fact in DEPARTMENT_FACTS},
                "满意率": facts.leaf(f"部门.{part}.满意率"),
                "交回情况": states.get(name, ""),
                "结果列表": _list_department_results(scope, facts, f"部门.{part}"),
            },
        )
        for name, part in scope.department_keys.items()
    ]


def _list_department_results(scope: Scope, facts: Facts, key: str) -> Items:
    items = [
        Item(
            code,
            {
                "代码": code,
                "名称": scope.class_names[code],
                "件数": facts[f"{key}.结果.{part}.件数"],
            },
        )
        for code, part in scope.class_keys.items()
    ]
    return Items(items, DEPARTMENT_RESULT)


def _list_contacts(facts: Facts) -> list[Item]:
    found = {name: facts[f"沟通方式.{name}.件数"] for name in CONTACT.options}
    return [Item(name, {"名称": name, "件数": fact}) for name, fact in found.items() if fact.value]


def _list_levels(scope: Scope, facts: Facts) -> list[Item]:
    return [
        Item(
            level,
            {
                "名称": LEVEL_NAMES[level],
                "提出条数": facts[f"行动.{level}.提出条数"],
                "办结条数": facts[f"行动.{level}.办结条数"],
            },
        )
        for level in scope.dataset.tables["民生行动"]["代表层级"]
        if level in LEVEL_NAMES
        and f"行动.{level}.提出条数" in facts
        and f"行动.{level}.办结条数" in facts
    ]


def _list_cases(scope: Scope) -> list[Item]:
    return [
        Item(
            f"{row['代表']}{row['建议标题']}",
            {
                "代表": str(row["代表"] or ""),
                "提出人": name_signers(row["代表"]),
                "建议标题": str(row["建议标题"] or ""),
                "办理成效": drop_stop(row["办理成效"]),
            },
        )
        for row in iter_records(scope.dataset.tables["典型事例"])
    ]


def tell_direction(facts: Facts, name: str) -> str:
    """增加, 减少 or 持平 against last year; empty if last year is not known."""
    fact = facts.get(f"同比.{name}.增减")
    if fact is None or isinstance(fact.value, str):
        return ""
    return "持平" if not fact.value else "增加" if fact.value > 0 else "减少"
