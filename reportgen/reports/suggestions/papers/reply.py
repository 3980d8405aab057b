"""答复函底稿: of each item and each department that answers it, what the data tell and what is still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from reportgen.data import day_in_words
from reportgen.facts.report import Item, Items, Node
from reportgen.reports.papers import SLOT, PaperDraft, PaperSource
from reportgen.reports.suggestions.context.leaves import add_stop, drop_stop
from reportgen.reports.suggestions.letters.tasks import OfficeRecords, Task, read_office
from reportgen.reports.suggestions.papers.phrases import (
    key_of_task,
    make_doc_number,
    name_meeting,
    name_proposers,
    paragraphs,
    tell_pronoun,
)

REQUEST = {"内容": "代表提出的一项诉求", "答复": "对它的答复，要部门填写的为【待填】"}
OPINION = {"部门": "会办部门全称", "意见": "它填报的办理措施及成效，还没有的为【待填】"}


def draft_replies(source: PaperSource) -> Iterator[PaperDraft]:
    """One for each item in each leading department's hands."""
    office = read_office(source.dataset)
    for task in office.tasks:
        yield PaperDraft(key_of_task(office, task), name_reply(office, task), task.department)


def name_reply(office: OfficeRecords, task: Task) -> Mapping[str, Node]:
    """Everything that a reply may name."""
    asked = _requests(task)
    done = add_stop(task.text("办理措施及成效"))
    department = office.departments.get(task.department)
    promised = task.day("承诺完成时限")
    return {
        "部门": task.department,
        "类别标注": _class_mark(office, task),
        "文号": _doc_number(office, task),
        "签发人": _signer(office, task, department.head if department else ""),
        "会议": name_meeting(office, task),
        "编号": task.number,
        "类别": task.kind,
        "标题": task.title,
        "主送": name_proposers(task.signers),
        "称呼": tell_pronoun(task.signers),
        "提出": "在闭会期间" if task.session == "闭会" else "",
        "办理经过": _tell_handling(task),
        "诉求列表": Items(asked, REQUEST),
        "办理情况": paragraphs("" if len(asked) == 1 and done else done or ("" if asked else SLOT)),
        "未解决原因": drop_stop(task.text("未解决原因")),
        "承诺完成时限": day_in_words(promised) if promised else "",
        "会办列表": Items(list(_opinions(office, task)), OPINION),
        "回执名称": office.setting("回执名称") or "征询意见表",
        "成文日期": _day_or_slot(task.day("答复日期")),
        "联系人": task.text("承办人") or (department.contact if department else "") or SLOT,
        "联系电话": (department.phone if department else "") or SLOT,
        "公开属性": task.publicity or (SLOT if office.setting("答复须写公开属性") == "是" else ""),
        "抄送": office.setting("抄送单位").rstrip("。"),
    }


def _requests(task: Task) -> Sequence[Item]:
    """One point for each; what the return tells answers the only one."""
    done = add_stop(task.text("办理措施及成效"))
    wishes = [line.strip(" 　;；。") for line in task.wishes.splitlines() if line.strip()]
    answer = done if done and len(wishes) == 1 else SLOT
    return [Item(str(n), {"内容": wish, "答复": answer}) for n, wish in enumerate(wishes, 1)]


def _class_mark(office: OfficeRecords, task: Task) -> str:
    form = office.setting("类别标注方式") or "类别：A"
    return "" if form == "不标注" else form.replace("A", task.text("办理结果") or SLOT)


def _doc_number(office: OfficeRecords, task: Task) -> str:
    """As filled in; an open number where the department has letters of its own, or must number them."""
    department = office.departments.get(task.department)
    code = department.code if department else ""
    if task.text("答复文号") or not (code or office.setting("答复须有文号") == "是"):
        return task.text("答复文号")
    return make_doc_number(code, task.day("答复日期"), office)


def _signer(office: OfficeRecords, task: Task, head: str) -> str:
    if task.text("签发人"):
        return task.text("签发人")
    return (head or SLOT) if office.setting("答复须有签发人") == "是" else ""


def _tell_handling(task: Task) -> str:
    """Whom the department spoke with and worked with."""
    helpers = "、".join(task.helpers)
    worked = f"经会同{helpers}研究，" if helpers else ""
    day, manner = task.day("沟通日期"), task.text("沟通方式")
    if day is None:
        return worked
    how = {
        "上门走访": "上门走访",
        "当面座谈": "当面座谈",
        "电话沟通": "电话沟通",
        "书面沟通": "书面沟通",
    }.get(manner, "沟通")
    return f"{day_in_words(day)}，我们通过{how}听取了{tell_pronoun(task.signers)}的意见。{worked}"


def _opinions(office: OfficeRecords, task: Task) -> Iterator[Item]:
    for name in task.helpers:
        told = add_stop(office.returned.get((task.number, name), {}).get("办理措施及成效"))
        yield Item(name, {"部门": name, "意见": told or SLOT})


def _day_or_slot(day: dt.date | None) -> str:
    return day_in_words(day) if day else SLOT
