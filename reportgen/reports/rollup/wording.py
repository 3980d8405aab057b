"""The built-in template of a report on many units, made from what a kind says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.reports.rollup.declared import AddedList, RollUp


def write_rollup_wording(plan: RollUp) -> str:
    """The outline: the kind's own, or one made from its totals, lists and columns."""
    return plan.wording() if plan.wording else "\n".join(_iter_lines(plan))


def _iter_lines(plan: RollUp) -> Iterator[str]:
    yield "# {{ 标题 }}"
    yield from ("", COUNTED, "## 总体情况")
    yield f"{{{{ 期间 }}}}，计入汇总的各单位合计：{'；'.join(_iter_clauses(plan))}。"
    yield "{% if 作图.各单位 %}"
    yield from ("各单位的情况如下图所示。", "{{ 图.各单位 }}", "{% endif %}")
    for added in plan.lists:
        yield from _iter_list_lines(added)
    yield from LEFT_OUT
    yield from ("-- {{ 署名 }}", "-- {{ 成文日期 }}", "=== 横排", "#@ 附件", "#= 各单位情况统计表")
    yield from _iter_table(plan, plan.shown)


COUNTED = (
    "本报告由各单位填报的数据汇总而成。{% if 汇总.未计入个数 %}共有{{ 汇总.单位个数 }}个工作目录，"
    "计入汇总的{{ 汇总.计入个数 }}个，没有计入的{{ 汇总.未计入个数 }}个，以下各数只是计入的"
    "{{ 汇总.计入个数 }}个单位的。{% else %}共有{{ 汇总.单位个数 }}个单位，全部计入汇总。{% endif %}"
)
"""Of how many units the figures are; no report is without it."""

LEFT_OUT = (
    "{% if 汇总.未计入个数 %}",
    "## 没有计入汇总的单位",
    "下列{{ 汇总.未计入个数 }}个工作目录没有计入以上各数。",
    "{% for 目录 in 未计入列表 %}",
    "{{ 目录.名称 }}：{{ 目录.原因 }}。",
    "{% endfor %}",
    "{% endif %}",
)


def _iter_clauses(plan: RollUp) -> Iterator[str]:
    for total in plan.totals:
        yield f"{total.name}{{{{ {total.key} }}}}"
    for rate in plan.percentages:
        yield f"{rate.name}{{{{ {rate.key} }}}}"


def _iter_list_lines(added: AddedList) -> Iterator[str]:
    yield f"## 按{added.title}分"
    yield f"{{% if 作图.{added.title} %}}"
    yield from (f"{{{{ 图.{added.title} }}}}", "{% endif %}")
    fields = [*added.fields, *(["占比"] if added.whole else [])]
    yield f"| {' | '.join((added.title, *fields))} |"
    yield f"|:*|{'*|' * len(fields)}"
    yield f"| {{% for 项 in {added.name} %}} |"
    yield f"| {' | '.join(f'{{{{ 项.{each} }}}}' for each in ('名称', *fields))} |"
    yield "| {% endfor %} |"


def _iter_table(plan: RollUp, columns: Sequence[str]) -> Iterator[str]:
    keys = {each.name: each.key for each in plan.figures}
    yield f"| {' | '.join(('序号', '单位', *columns))} |"
    yield f"|*|:*|{'*|' * len(columns)}"
    yield "| {% for 单位 in 单位列表 %} |"
    yield f"| {' | '.join(('{{ loop.index }}', *(f'{{{{ 单位.{each} }}}}' for each in ('名称', *columns))))} |"
    yield "| {% endfor %} |"
    yield f"| 合计 | {{{{ 汇总.计入个数 }}}}个单位 | {' | '.join(f'{{{{ {keys[each]} }}}}' for each in columns)} |"
