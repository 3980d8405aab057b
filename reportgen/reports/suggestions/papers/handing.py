"""交办通知 and 交办清单: what is handed over, to whom, until when, and what is asked of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from reportgen.facts.report import Item, Items
from reportgen.reports.papers import PaperDraft, PaperSource
from reportgen.reports.suggestions.context.leaves import join_names, to_short_text
from reportgen.reports.suggestions.figures.time_limits import HandlingRules
from reportgen.reports.suggestions.handing_out.prefilled_cells import prefill_returns
from reportgen.reports.suggestions.letters.tasks import read_rows
from reportgen.reports.suggestions.papers.office import name_office

LISTED = {
    "编号": "建议编号", "标题": "建议标题", "领衔代表": "领衔代表姓名", "主办": "主办部门", "协办": "协办部门",
    "答复期限": "应在哪一天以前答复",
}  # fmt: skip
OF_DEPARTMENT = {
    "编号": "建议编号", "标题": "建议标题", "领衔代表": "领衔代表姓名", "代表电话": "领衔代表的电话",
    "办理角色": "主办、协办或分办", "会同单位": "一同承办的其他部门", "交办日期": "交办日期",
    "答复期限": "最迟在哪一天答复，协办的为送会办意见",
}  # fmt: skip
WISHES = {"编号": "建议编号", "主要诉求": "代表的各项诉求"}


def draft_notice(source: PaperSource) -> Iterator[PaperDraft]:
    """One, once there is something to hand over."""
    dataset = source.dataset
    register = dataset.tables["建议台账"]
    if not len(register):
        return
    rules = HandlingRules.of(dataset.settings)
    due = rules.answers_due(register)
    rows = read_rows(dataset, "建议台账")
    items = [
        Item(str(n), {
            "编号": to_short_text(row["编号"]), "标题": to_short_text(row["标题"]),
            "领衔代表": to_short_text(row["领衔代表"]), "主办": join_names(row["主办部门"]),
            "协办": join_names(row["协办部门"]), "答复期限": to_short_text(last),
        })
        for n, (row, last) in enumerate(zip(rows, due, strict=True))
    ]  # fmt: skip
    office = name_office(dataset, _last_handed(rows) or source.today)
    yield PaperDraft("", {
        **office,
        "种类": _name_sorts(rows),
        "件数": str(len(rows)),
        "部门数": str(len(prefill_returns(dataset))),
        "有协办": "是" if any(row["协办部门"] for row in rows) else "",
        "退回期限": str(rules.limit("退回期限") or ""),
        "会办期限": rules.describe("会办期限"),
        "答复期限": rules.describe_for(register),
        "重新办理期限": rules.describe("重新办理期限"),
        "交办列表": Items(items, LISTED),
    }, str(office["发文机关"]))  # fmt: skip


def draft_lists(source: PaperSource) -> Iterator[PaperDraft]:
    """One for each department."""
    dataset = source.dataset
    rows = read_rows(dataset, "建议台账")
    wishes = {str(row["编号"]): str(row["主要诉求"]) for row in rows if row["主要诉求"]}
    office = name_office(dataset, _last_handed(rows) or source.today)
    for department, given in prefill_returns(dataset).items():
        own = given["办理情况"]
        helped = sum(row["办理角色"] == "协办" for row in own)
        numbers = [str(row["编号"]) for row in own]
        yield PaperDraft(department, {
            **office,
            "部门": department,
            "件数": str(len(own)),
            "主办件数": str(len(own) - helped) if helped else "",
            "协办件数": str(helped) if helped else "",
            "交办列表": Items([_listed(row) for row in own], OF_DEPARTMENT),
            "诉求列表": Items([
                Item(number, {"编号": number, "主要诉求": _on_one_line(wishes[number])})
                for number in numbers if number in wishes
            ], WISHES),
        }, str(office["发文机关"]))  # fmt: skip


def _listed(row: Mapping[str, object]) -> Item:
    return Item(str(row["编号"]), {name: str(row.get(name) or "") for name in OF_DEPARTMENT})


def _last_handed(rows: list[dict[str, object]]) -> dt.date | None:
    days = [day for row in rows if isinstance(day := row["交办日期"], dt.date)]
    return max(days, default=None)


def _name_sorts(rows: list[dict[str, object]]) -> str:
    sorts = {str(row["类别"] or "建议") for row in rows}
    return "议案、建议" if len(sorts) > 1 else sorts.pop()


def _on_one_line(wishes: str) -> str:
    parts = [line.strip(" 　;；。") for line in wishes.splitlines() if line.strip()]
    return "；".join(parts) + "。"
