"""Everything a template of this report may name: texts, lists and charts around the Facts."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.facts.model import Facts
from reportgen.facts.report import Node
from reportgen.reports.suggestions.context.charts import is_worth_drawing, make_charts
from reportgen.reports.suggestions.context.leaves import make_prose, to_leaf
from reportgen.reports.suggestions.context.lists import list_satisfied, make_lists, tell_direction
from reportgen.reports.suggestions.figures.catalogue import COMPARED
from reportgen.reports.suggestions.figures.list_items import LEVEL_NAMES, LISTS
from reportgen.reports.suggestions.figures.percent_groups import GROUPS, make_remarks
from reportgen.reports.suggestions.figures.satisfaction import join_with_or
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.reports.suggestions.sheets.workbooks import REGISTER

STATED_RULES = ("答复期限", "延长期限", "会办期限", "重新办理期限", "起算点")
"""The rules that a template may state."""


EVERYONE = {"沟通.全部": "沟通日期", "办理方案.全部": "办理方案日期"}
"""What may be claimed of all only if every leading department of every item filled in the column."""


def make_name_tree(scope: Scope, facts: Facts) -> Mapping[str, Node]:
    """The tree of names; complete, whatever the data."""
    leaves: dict[str, Node] = dict(facts.absent)
    leaves |= {key: fact for key, fact in facts.items() if not key.startswith("提出人数.")}
    leaves |= {f"同比.{name}.方向": tell_direction(facts, name) for name in COMPARED}
    leaves |= {f"占比说明.{name}": text for name, text in make_remarks(scope, facts).items()}
    leaves |= _make_texts(scope, facts)
    leaves |= make_lists(scope, facts)
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


def _make_texts(scope: Scope, facts: Facts) -> dict[str, Node]:
    settings = scope.dataset.settings
    found: dict[str, Node] = {
        column.name: to_leaf(settings.get(column.name))
        for column in REGISTER.sheet("基本信息").columns
    }
    found |= {name: scope.rules.stated(name) for name in STATED_RULES}
    found["答复期限起算"] = scope.rules.describe_for(scope.items.register)
    found["简称说明"] = _explain_short_names(scope)
    found["行动综述"] = make_prose(scope, facts, settings.get("行动综述"), None)
    found["行动名称"] = str(settings.get("行动名称") or "民生行动")
    found |= _tell_levels(scope)
    given = [item.key for item in list_satisfied(scope, facts)]
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


def _explain_short_names(scope: Scope) -> str:
    """What the short names of the departments that have a part stand for."""
    used = [name for name in scope.department_keys if name in scope.short_names]
    return "，".join(f"{scope.short_names[name]}为{name}" for name in used)


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
