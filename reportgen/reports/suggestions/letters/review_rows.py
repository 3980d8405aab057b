"""What a review found, as the rows of 审核结果."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reportgen.data import Row, day_in_words
from reportgen.issues import Severity
from reportgen.reports.review import Remark
from reportgen.reports.suggestions.letters.judgement import Overlap
from reportgen.reports.suggestions.letters.promises import find_promises
from reportgen.reports.suggestions.letters.readings import Reading
from reportgen.reports.suggestions.letters.rounds import find_round, rounds_of
from reportgen.reports.suggestions.letters.tasks import OfficeRecords, Task
from reportgen.reports.suggestions.sheets.review_record import PASSED, read_verdict

_MOST = 3
"""So many faults are named in a letter's row."""


def read_standing(each: Reading, known: Sequence[Row]) -> str:
    """一次通过, 整改后通过, 退回整改中; 认不出 where no task is known."""
    if each.task is None:
        return "认不出"
    rounds = rounds_of(known, each.task.number, each.task.department)
    own = find_round(known, each.task.number, each.task.department, each.paper.sha256)
    if own is None or read_verdict(own) != PASSED:
        return "退回整改中"
    returned = any(read_verdict(row) != PASSED for row in rounds if row is not own)
    return "整改后通过" if returned else "一次通过"


def list_departments(
    readings: Sequence[Reading], office: OfficeRecords, known: Sequence[Row]
) -> Iterator[Row]:
    """汇总: how the letters of each department stand."""
    by_department: defaultdict[str, list[Reading]] = defaultdict(list)
    for each in readings:
        if each.task:
            by_department[each.task.department].append(each)
    for department in dict.fromkeys(task.department for task in office.tasks):
        own = by_department[department]
        brought = {each.task.number for each in own if each.task}
        due = {t.number for t in office.tasks if t.department == department and t.day("答复日期")}
        states = [read_standing(each, known) for each in own]
        yield {
            "部门": department, "应交": len(brought | due), "已交": len(brought),
            "一次通过": states.count("一次通过"), "退回整改中": states.count("退回整改中"),
            "整改后通过": states.count("整改后通过"),
            "待人工判断": sum(any(r.judgement for r in each.remarks) for each in own),
            "未交": len(due - brought),
        }  # fmt: skip


def list_letters(
    readings: Sequence[Reading],
    remarks: Sequence[Remark],
    office: OfficeRecords,
    known: Sequence[Row],
) -> Iterator[Row]:
    """逐件: each letter in the register's order, then what was not brought."""
    order = {task.number: n for n, task in enumerate(office.tasks)}
    ranked = sorted(
        readings,
        key=lambda each: order.get(each.task.number, len(order)) if each.task else len(order),
    )
    for each in ranked:
        task = each.task
        own = find_round(known, task.number, task.department, each.paper.sha256) if task else None
        worst = sorted(each.remarks, key=lambda remark: remark.severity is not Severity.ERROR)
        yield {
            **_item(task), "文件": each.paper.name, "第几次": own.get("次") if own else None,
            "结论": read_standing(each, known), "错误数": each.errors,
            "提醒数": len(each.remarks) - each.errors,
            "主要问题": "；".join(remark.message for remark in worst[:_MOST]),
        }  # fmt: skip
    for remark in remarks:
        if not remark.file:
            yield {"结论": "未交", "主要问题": remark.message}


def _item(task: Task | None) -> Row:
    if task is None:
        return {}
    return {
        "编号": task.number,
        "标题": task.title,
        "领衔代表": task.lead,
        "主办部门": task.department,
    }


def list_faults(remarks: Sequence[Remark], readings: Sequence[Reading]) -> Iterator[Row]:
    """问题: each remark, those for a person to judge last."""
    numbers = {each.paper.name: each.task.number for each in readings if each.task}
    for remark in sorted(remarks, key=lambda remark: remark.judgement):
        yield {
            "编号": numbers.get(remark.file), "文件": remark.file, "位置": remark.place,
            "原文": remark.quote, "问题": f"{remark.message}。", "怎么改": f"{remark.remedy}。",
            "程度": remark.level, "依据": remark.basis,
        }  # fmt: skip


def tell_overlap(overlap: Overlap, readings: Sequence[Reading]) -> Row:
    """雷同对照: what two letters share."""
    one, other = readings[overlap.one], readings[overlap.other]
    return {
        "编号": one.task.number if one.task else None, "文件": one.letter.file,
        "对照编号": other.task.number if other.task else None, "对照文件": other.letter.file,
        "相同字数": overlap.run, "占比": f"{overlap.share:.0%}", "文字": overlap.quote,
    }  # fmt: skip


def list_promises(each: Reading) -> Iterator[Row]:
    """承诺: each dated promise of a letter beside the day filled in."""
    task = each.task
    filled = task.day("承诺完成时限") if task else None
    for promise in find_promises(each.letter):
        if promise.dated:
            same = (
                "" if not (filled and promise.until) else "是" if filled == promise.until else "否"
            )
            yield {
                "编号": task.number if task else None, "部门": task.department if task else None,
                "原文": promise.text, "时限": day_in_words(promise.until) if promise.until else "",
                "填报时限": day_in_words(filled) if filled else "", "一致": same,
            }  # fmt: skip
