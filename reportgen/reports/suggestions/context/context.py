"""Everything a template of this report may name: texts, lists and charts around the Facts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from reportgen.data import Until
from reportgen.facts.model import Fact, Facts, FiguredText
from reportgen.facts.report import Item, Items, Leaf, Node
from reportgen.reports.assignment.return_state import shown_state
from reportgen.reports.suggestions.context.charts import is_worth_drawing, make_charts
from reportgen.reports.suggestions.figures.accounts import tell_in_brief, tell_in_full
from reportgen.reports.suggestions.figures.catalogue import COMPARED, NAMES_COMPARED
from reportgen.reports.suggestions.figures.list_items import (
    DEPARTMENT_FACTS,
    DEPARTMENT_RESULT,
    FEW,
    ITEM,
    LEVEL_NAMES,
    LISTED,
    LISTS,
)
from reportgen.reports.suggestions.figures.percent_groups import GROUPS, make_remarks
from reportgen.reports.suggestions.figures.satisfaction import join_with_or
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.reports.suggestions.handing_out.progress import find_progress
from reportgen.reports.suggestions.sheets.vocabulary import CONTACT
from reportgen.reports.suggestions.sheets.workbooks import REGISTER

STATED_RULES = ("答复期限", "延长期限", "会办期限", "重新办理期限", "起算点")
"""The rules that a template may state."""

EVERYONE = {"沟通.全部": "沟通日期", "办理方案.全部": "办理方案日期"}
"""What may be claimed of all only if every leading department of every item filled in the column."""


def make_name_tree(scope: Scope, facts: Facts) -> Mapping[str, Node]:
    """The tree of names; complete, whatever the data."""
    leaves: dict[str, Node] = dict(facts.absent)
    leaves |= {key: fact for key, fact in facts.items() if not key.startswith("提出人数.")}
    leaves |= {f"同比.{name}.方向": _tell_direction(facts, name) for name in COMPARED}
    leaves |= {f"占比说明.{name}": text for name, text in make_remarks(scope, facts).items()}
    leaves |= _make_texts(scope, facts)
    leaves |= _make_lists(scope, facts)
    drawn = list(make_charts(
        facts,
        {part: scope.class_names[code] for code, part in scope.class_keys.items()},
        {part: name for name, part in scope.theme_keys.items()},
        {part: name for name, part in scope.department_keys.items()},
        {part: name for name, part in scope.scale.keys.items()},
    ))  # fmt: skip
    leaves |= {chart.key: chart for chart in drawn}
    leaves |= {f"作{chart.key}": "是" if is_worth_drawing(chart) else "" for chart in drawn}
    return _nest_keys(leaves)


def describe_names() -> Mapping[str, str]:
    """What the texts and lists are, by their name; facts explain themselves."""
    settings = {column.name: column.note for column in REGISTER.sheet("基本信息").columns}
    rules = {column.name: column.note for column in REGISTER.sheet("办理规则").columns}
    return settings | {
        **{name: rules[name] for name in STATED_RULES},
        "总满意率": "全部议案、建议的满意率，没有反馈的为“—”",
        "沟通.全部": "每一件的每个主办（分办）部门都与代表沟通过的为“是”",
        "办理方案.全部": "每一件的每个主办（分办）部门都定有办理方案的为“是”",
        "简称说明": "有承办任务的各部门简称，如：农办为农业农村办公室；没有简称的为空",
        "答复期限起算": "如：自交办之日起3个月内；起算的日子不同的，各是哪一天",
        "行动层级": "提出意见的是哪一级代表，如：各级、县级；不分层级的为空",
        "行动分层": "民生行动分几行填报的为“是”",
        "重新办理范围": "要重新办理的各类评价，如：“不满意”",
        **{
            f"占比说明.{name}": f"{name}各项占比之和不为100%或者作过调整的，说明这一点；其余为空"
            for name in GROUPS
        },
        **{
            f"作图.{name}": "件数和类别够画这张图的为“是”"
            for name in ("办理结果", "满意度", "专题分布", "部门办理")
        },
        "满意率包含": "满意率除“满意”以外还包含哪几类，如：基本满意；没有的为空",
        "满意范围": "计入满意的各类，如：满意或基本满意",
        "满意表述": "计入满意、又有代表这样评价的各类，如：满意或基本满意",
        "未解决未列举": "未解决列举没有列完的为“是”",
        **{name: meaning for name, (meaning, _) in LISTS.items()},
        **{f"同比.{name}.方向": "增加、减少或持平；没有上年数据的为空" for name in COMPARED},
    }


def _tell_direction(facts: Facts, name: str) -> str:
    fact = facts.get(f"同比.{name}.增减")
    if fact is None or isinstance(fact.value, str):
        return ""
    return "持平" if not fact.value else "增加" if fact.value > 0 else "减少"


def _make_texts(scope: Scope, facts: Facts) -> dict[str, Node]:
    settings = scope.dataset.settings
    found: dict[str, Node] = {
        column.name: _to_leaf(settings.get(column.name))
        for column in REGISTER.sheet("基本信息").columns
    }
    found |= {name: scope.rules.stated(name) for name in STATED_RULES}
    found["答复期限起算"] = scope.rules.describe_for(scope.items.register)
    found["简称说明"] = _explain_short_names(scope)
    found["行动综述"] = _make_prose(scope, facts, settings.get("行动综述"), None)
    found["行动名称"] = str(settings.get("行动名称") or "民生行动")
    found |= _tell_levels(scope)
    given = [item.key for item in _list_satisfied(scope, facts)]
    found |= {"满意率包含": scope.scale.included, "满意范围": scope.scale.words}
    found["满意表述"] = join_with_or(given)
    found["重新办理范围"] = join_with_or([f"“{name}”" for name in scope.scale.redo])
    found["总满意率"] = facts.leaf("满意.占比")
    for key, column in EVERYONE.items():
        found[key] = "是" if scope.items.all_have(column) else ""
    return found


def _tell_levels(scope: Scope) -> dict[str, Node]:
    """Of whom the action's opinions came: 各级 only of two levels and more."""
    rows = list(scope.dataset.tables["民生行动"]["代表层级"])
    levels = [LEVEL_NAMES[level] for level in rows if level in LEVEL_NAMES]
    alone = levels[0] if len(rows) == len(levels) == 1 else ""
    return {
        "行动层级": "各级" if len(levels) > 1 else alone,
        "行动分层": "是" if len(rows) > 1 else "",
    }


def _make_lists(scope: Scope, facts: Facts) -> dict[str, Node]:
    table = scope.table
    settled = table["办理结果"].notna()
    solved = table["办理结果"].isin(scope.solved)
    items = _make_items(scope, facts)
    unsolved = _select_items(items, settled & ~solved)
    departments = _list_departments(scope, facts)
    content = {
        "一览表": items,
        "专题列表": _list_themes(scope, facts, items),
        "结果列表": _list_results(scope, facts),
        "满意度列表": _list_ratings(scope, facts),
        "满意评价列表": _list_satisfied(scope, facts),
        "重办评价列表": _list_rated_anew(scope, facts),
        "部门列表": departments,
        "承办部门名单": [Item(item.key, {"名称": item.key}) for item in departments],
        "未解决列表": unsolved,
        "未解决列举": unsolved[:LISTED],
        "未解决分类列表": _list_unsolved(scope, facts, unsolved),
        "正在办理列表": _select_items(items, ~settled),
        "倒计时列表": [items[place] for place in scope.countdown],
        "逾期答复列表": [items[place] for place in scope.late if settled.iloc[place]],
        "承诺列表": _select_items(items, settled & ~solved & table["承诺完成时限"].notna()),
        "不满意列表": _select_items(items, table["满意度"].isin(scope.scale.redo)),
        "重点督办列表": _select_items(items, table["重点督办"] == "是"),
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


def _make_items(scope: Scope, facts: Facts) -> list[Item]:
    """The suggestions in the register's order, each with every name of ``ITEM``."""
    return [
        _make_item(scope, facts, row, place) for place, row in enumerate(_iter_records(scope.table))
    ]


def _make_item(scope: Scope, facts: Facts, row: Mapping[str, object], place: int) -> Item:
    result, classes = row["办理结果"], scope.class_names
    told = scope.accounts.get(str(row["编号"]), ())
    derived: dict[str, Leaf] = {
        "主办": _join_names(row["主办部门"]),
        "协办": _join_names(row["协办部门"]),
        "主办简称": _join_names(_shorten_departments(row["主办部门"], scope)),
        "协办简称": _join_names(_shorten_departments(row["协办部门"], scope)),
        "结果": str(result or "正在办理"),
        "结果名称": classes.get(str(result), "正在办理"),
        "办理措施及成效": tell_in_full(told),
        "主要措施": tell_in_brief(told),
        "未解决原因": _drop_stop(row["未解决原因"]),
        "提出人": _name_signers(row["领衔代表"], facts.get(f"提出人数.{scope.signed.get(place)}")),
        "承诺完成时限": _to_leaf(row["承诺完成时限"]),
        "承诺逾期": "是" if place in scope.broken_promises else "",
        "答复期限": _to_short_text(scope.due[place]),
        "时限情况": scope.standing(place),
    }
    plain: dict[str, Leaf] = {
        name: _to_short_text(row[name]) for name in ITEM if name not in derived
    }
    # another year's items have the same numbers
    key = f"{scope.dataset.settings.get('年度') or ''}年{row['编号'] or f'第{place + 1}件'}"
    return Item(key, plain | derived)


def _shorten_departments(names: object, scope: Scope) -> object:
    """Departments by their short names; the full name where there is none."""
    if isinstance(names, tuple):
        return tuple(scope.short_names.get(name, name) for name in names)
    return scope.short_names.get(str(names), names)


def _explain_short_names(scope: Scope) -> str:
    """What the short names of the departments that have a part stand for."""
    used = [name for name in scope.department_keys if name in scope.short_names]
    return "，".join(f"{scope.short_names[name]}为{name}" for name in used)


def _list_themes(scope: Scope, facts: Facts, items: Sequence[Item]) -> list[Item]:
    rows = {row["名称"]: row for row in _iter_records(scope.dataset.tables["专题"])}
    found: dict[object, list[Item]] = {}
    for item, name in zip(items, scope.table["专题"], strict=True):
        found.setdefault(name, []).append(item)
    return [
        Item(name, _make_theme(scope, facts, rows[name], found[name]))
        for name in scope.theme_keys
        if name in found
    ]


def _make_theme(
    scope: Scope, facts: Facts, row: Mapping[str, object], items: Sequence[Item]
) -> dict[str, Node]:
    name = str(row["名称"])
    key = f"专题.{scope.theme_keys[name]}"
    named = _choose_named(items)
    return {
        "名称": name,
        "引语": _add_stop(row["引语"]),
        "关注点": _drop_stop(row["关注点"]),
        "办理综述": _make_prose(scope, facts, row["办理综述"], name),
        **{part: facts[f"{key}.{part}"] for part in ("件数", "占比", "解决件数")},
        "建议列表": Items(items, ITEM),
        "列举": Items(named, ITEM),
        "未列举": "是" if len(named) < len(items) else "",
    }


def _choose_named(items: Sequence[Item]) -> Sequence[Item]:
    """Those that the prose names one by one: a few all, of many the motions and those supervised."""
    if len(items) <= FEW:
        return items
    weighty = [one for one in items if one.names["重点督办"] == "是" or one.names["类别"] == "议案"]
    return weighty[:LISTED]


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
    rows = {row["代码"]: row for row in _iter_records(scope.dataset.tables["办理结果分类"])}
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


def _list_satisfied(scope: Scope, facts: Facts) -> list[Item]:
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
                "方向": _tell_direction(facts, name),
                **{part: facts.leaf(f"同比.{name}.{part}") for part in ("增减", "增幅")},
                "单位": facts[COMPARED[name]].unit,
            },
        )
        for name in COMPARED
        if _tell_direction(facts, name)
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
                "主办": _join_names(row["主办部门"]),
                "承诺完成时限": _to_leaf(row["承诺完成时限"]),
                "结果名称": scope.class_names.get(str(row["现办理结果"]), ""),
                "计入解决": "是" if row["现办理结果"] in scope.solved else "",
                "办理进展": _drop_stop(row["办理进展"]),
            },
        )
        for row in _iter_records(scope.dataset.tables["上年承诺"])
    ]


def _list_departments(scope: Scope, facts: Facts) -> list[Item]:
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
                "提出人": _name_signers(row["代表"]),
                "建议标题": str(row["建议标题"] or ""),
                "办理成效": _drop_stop(row["办理成效"]),
            },
        )
        for row in _iter_records(scope.dataset.tables["典型事例"])
    ]


def _make_prose(scope: Scope, facts: Facts, text: object, theme: str | None) -> FiguredText:
    """A text with ``{指标}`` as a sequence of text and Facts; each Fact is followed by its unit (% is in its text)."""
    parts: list[str | Fact] = []
    for place, piece in enumerate(re.split(r"\{([^{}]*)\}", str(text or ""))):
        if place % 2 == 0:
            parts.append(piece)
            continue
        fact = facts.get(scope.outcome(piece, theme))
        parts += [fact, fact.unit.strip("%")] if fact else [f"〔缺指标：{piece}〕"]
    return FiguredText(tuple(part for part in parts if part != ""))


def _nest_keys(leaves: Mapping[str, Node]) -> dict[str, Node]:
    """Dotted keys as a tree of mappings."""
    tree: dict[str, Node] = {}
    for key, leaf in leaves.items():
        *path, name = key.split(".")
        level = tree
        for step in path:
            level = level.setdefault(step, {})  # type: ignore[assignment]
        level[name] = leaf
    return tree


def _iter_records(table: pd.DataFrame) -> Iterator[Mapping[str, object]]:
    """The rows as they are; pandas' own rows would turn None into NaN."""
    columns = [table[name] for name in table.columns]
    return (dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True))


def _select_items(items: Sequence[Item], mask: pd.Series) -> list[Item]:
    return [item for item, chosen in zip(items, mask, strict=True) if chosen]


def _to_leaf(value: object) -> str | dt.date:
    return value if isinstance(value, dt.date) else "" if value is None else str(value)


def _to_short_text(value: object) -> str:
    if isinstance(value, Until):
        return value.written
    if isinstance(value, dt.date):
        return f"{value.year}-{value.month}-{value.day}"
    return _join_names(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _join_names(names: object) -> str:
    return "、".join(names) if isinstance(names, tuple) else str(names or "")


def _name_signers(leader: object, signers: Fact | None = None) -> FiguredText:
    """``张三代表``, ``张三等4名代表``; a name that says 代表 itself says it once."""
    name = str(leader or "")
    if signers:
        return FiguredText((f"{name}等", signers, f"{signers.unit}代表"))
    return FiguredText((name if name.endswith("代表") else f"{name}代表",))


def _drop_stop(text: object) -> str:
    """A text to which the sentence around it gives its stop."""
    return str(text or "").rstrip("。；，、 \n")


def _add_stop(text: object) -> str:
    """A text that ends as a sentence does; nothing stays nothing."""
    plain = str(text or "").strip()
    return plain if not plain or plain[-1] in "。！？" else plain.rstrip("，；、：") + "。"
