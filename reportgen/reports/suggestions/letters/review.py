"""The whole review: papers read, matched, checked, compared with each other, and put into rows."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.data import Dataset, day_in_words
from reportgen.issues import Severity
from reportgen.reports.review import Paper, Remark, Reviewed
from reportgen.reports.suggestions.letters import result as sheets
from reportgen.reports.suggestions.letters.case import Case, Found
from reportgen.reports.suggestions.letters.catalogue import LETTER_FAULTS
from reportgen.reports.suggestions.letters.fact_checks import FACT_CHECKS
from reportgen.reports.suggestions.letters.form_checks import FORM_CHECKS
from reportgen.reports.suggestions.letters.grammar import parse_letter
from reportgen.reports.suggestions.letters.judgement import (
    JUDGEMENT_CHECKS,
    Overlap,
    find_overlaps,
)
from reportgen.reports.suggestions.letters.matching import Match, match_letters
from reportgen.reports.suggestions.letters.model import WHOLE, Letter
from reportgen.reports.suggestions.letters.promises import PROMISE_CHECKS, find_promises
from reportgen.reports.suggestions.letters.rounds import find_round, next_round, rounds_of
from reportgen.reports.suggestions.letters.tasks import Office, Task, read_office
from reportgen.reports.suggestions.letters.word_checks import WORD_CHECKS
from reportgen.reports.suggestions.letters.words import bare
from reportgen.reports.suggestions.sheets.review_record import PASSED, read_verdict

Row = Mapping[str, object]
_CHECKS = (*FACT_CHECKS, *PROMISE_CHECKS, *FORM_CHECKS, *WORD_CHECKS, *JUDGEMENT_CHECKS)
_MOST = 3
"""So many faults are named in a letter's row."""
_AGAIN = re.compile("再次答复|重新办理|再次办理|重新答复")


@dataclass(frozen=True)
class Reading:
    """A paper taken apart, the task it answers, and what is to be said of it."""

    paper: Paper
    letter: Letter
    task: Task | None
    remarks: Sequence[Remark] = ()
    round_row: Row | None = field(default=None)

    @property
    def errors(self) -> int:
        """How many remarks return it."""
        return sum(remark.severity is Severity.ERROR for remark in self.remarks)


def review_letters(
    dataset: Dataset, papers: Sequence[Paper], past: Sequence[Row], today: dt.date
) -> Reviewed:
    """Review all letters of a year, all that is wrong at once."""
    office = read_office(dataset)
    readings, overlaps = read_letters(office, papers)
    remarks = [remark for paper in papers for remark in _remarks_on(paper, readings)]
    remarks += list(_lacking(readings, office))
    rounds = list(_new_rounds(readings, past, today))
    known = [*past, *rounds]
    rows = {
        sheets.SUMMARY.name: list(_summary_rows(readings, office, known)),
        sheets.LETTERS.name: list(_letter_rows(readings, remarks, office, known)),
        sheets.FAULTS.name: list(_fault_rows(remarks, readings)),
        sheets.COPIES.name: [_copy_row(each, readings) for each in overlaps],
        sheets.PROMISES.name: [row for each in readings for row in _promise_rows(each)],
    }
    return Reviewed(remarks, rows, rounds, _summary(readings, papers, remarks, known))


def read_letters(
    office: Office, papers: Sequence[Paper]
) -> tuple[list[Reading], Sequence[Overlap]]:
    """Those that can be read, with what is wrong with them, and what they share, by their places."""
    readable = [paper for paper in papers if not paper.problem]
    letters = [parse_letter(paper, office.classes, office.units) for paper in readable]
    matches = match_letters(letters, office)
    overlaps = [each for each in find_overlaps(letters) if not _same_item(matches, each)]
    faults = _find_faults(readable, matches, office, overlaps)
    readings = [
        Reading(paper, match.letter, match.task, found)
        for paper, match, found in zip(readable, matches, faults, strict=True)
    ]
    return readings, overlaps


def _same_item(matches: Sequence[Match], overlap: Overlap) -> bool:
    one, other = matches[overlap.one].task, matches[overlap.other].task
    return one is not None and other is not None and one.number == other.number


def _remarks_on(paper: Paper, readings: Sequence[Reading]) -> Sequence[Remark]:
    if paper.problem:
        return [_remark(Found("letter-unreadable", details={"reason": paper.problem}), paper.name)]
    return next(reading.remarks for reading in readings if reading.paper is paper)


def _find_faults(
    papers: Sequence[Paper], matches: Sequence[Match], office: Office, overlaps: Sequence[Overlap]
) -> list[list[Remark]]:
    """By letter."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for n, match in enumerate(matches):
        if match.task:
            groups[match.task.number, match.task.department].append(n)
    copied = _copied(matches, overlaps)
    found = []
    for n, (paper, match) in enumerate(zip(papers, matches, strict=True)):
        task = match.task
        if task is None:
            faults = [_unmatched(match)]
        else:
            together = [matches[other].letter for other in groups[task.number, task.department]]
            names = {name for each in together if each.addressee for name in each.addressee.names}
            case = Case(paper, match.letter, task, office, frozenset(names))
            faults = [fault for check in _CHECKS for fault in check(case)]
            faults += _twice(match.letter, together)
        found.append([_remark(fault, paper.name) for fault in (*faults, *copied[n])])
    return found


def _unmatched(match: Match) -> Found:
    near = match.nearest
    said = f"；最像第{near.number}号“{near.title}”" if near else ""
    number = match.letter.title.number if match.letter.title else -1
    return Found("letter-unmatched", "标题", number, "", {"nearest": said})


def _twice(letter: Letter, together: Sequence[Letter]) -> Iterator[Found]:
    """letter-twice: another letter to the same deputy on the same item says something else."""
    own = set(letter.addressee.names) if letter.addressee else set()
    for other in together:
        theirs = set(other.addressee.names) if other.addressee else set()
        again = _AGAIN.search(letter.answer_text + other.answer_text + letter.file + other.file)
        if other is not letter and not again and (own & theirs or not own or not theirs):
            details = {
                "number": "、".join(s.text for s in letter.item_numbers[:1]),
                "other": other.file,
            }
            yield Found("letter-twice", "标题", details=details)
            return


def _copied(matches: Sequence[Match], overlaps: Sequence[Overlap]) -> Mapping[int, list[Found]]:
    """By letter, its longest overlap."""
    best: dict[int, tuple[Overlap, int]] = {}
    for each in overlaps:
        for own, other in ((each.one, each.other), (each.other, each.one)):
            if own not in best or each.run > best[own][0].run:
                best[own] = each, other
    found: defaultdict[int, list[Found]] = defaultdict(list)
    for own, (overlap, other) in best.items():
        task = matches[other].task
        name = f"第{task.number}号答复" if task else matches[other].letter.file
        place, number = _place_of(matches[own].letter, overlap.quote)
        details = {
            "other": name,
            "run": str(overlap.run),
            "share": f"{overlap.share:.0%}"[:-1],
            "quote": overlap.quote[:40],
        }
        found[own] = [Found("copied", place, number, overlap.quote[:40], details)]
    return found


def _place_of(letter: Letter, quote: str) -> tuple[str, int]:
    for slot in letter.answer:
        if quote[:12] in bare(slot.text):
            return slot.place, slot.number
    return WHOLE, -1


def _remark(found: Found, file: str) -> Remark:
    entry = LETTER_FAULTS[found.code]
    return Remark(
        found.code, found.severity or entry.severity, file, found.place,
        entry.message.format_map(_Words(found.details)), entry.remedy.format_map(_Words(found.details)),
        found.quote, entry.basis, found.number, entry.judgement,
    )  # fmt: skip


class _Words(dict[str, str]):
    """A detail that was not given leaves no trace."""

    def __missing__(self, key: str) -> str:
        return ""


def _lacking(readings: Sequence[Reading], office: Office) -> Iterator[Remark]:
    """letter-missing, letter-per-item: tasks that were answered and of which no letter came."""
    brought = {(each.task.number, each.task.department) for each in readings if each.task}
    numbers = {number for number, _ in brought}
    for task in office.tasks:
        if (task.number, task.department) in brought:
            continue
        answered = task.day("答复日期")
        if task.merged in numbers:
            yield _remark(Found("letter-per-item", details={"number": task.number}), "")
        elif answered:
            details = {
                "number": task.number,
                "department": task.department,
                "date": day_in_words(answered),
            }
            yield _remark(Found("letter-missing", details=details), "")


# rounds and rows


def _new_rounds(readings: Sequence[Reading], past: Sequence[Row], today: dt.date) -> Iterator[Row]:
    added: list[Row] = []
    for each in readings:
        if each.task:
            row = next_round([*past, *added], each.task.number, each.task.department,
                             each.paper.name, each.paper.sha256, each.errors, today)  # fmt: skip
            if row:
                added.append(row)
                yield row


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


def _summary_rows(
    readings: Sequence[Reading], office: Office, known: Sequence[Row]
) -> Iterator[Row]:
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


def _letter_rows(
    readings: Sequence[Reading], remarks: Sequence[Remark], office: Office, known: Sequence[Row]
) -> Iterator[Row]:
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


def _fault_rows(remarks: Sequence[Remark], readings: Sequence[Reading]) -> Iterator[Row]:
    numbers = {each.paper.name: each.task.number for each in readings if each.task}
    for remark in sorted(remarks, key=lambda remark: remark.judgement):
        yield {
            "编号": numbers.get(remark.file), "文件": remark.file, "位置": remark.place,
            "原文": remark.quote, "问题": f"{remark.message}。", "怎么改": f"{remark.remedy}。",
            "程度": remark.level, "依据": remark.basis,
        }  # fmt: skip


def _copy_row(overlap: Overlap, readings: Sequence[Reading]) -> Row:
    one, other = readings[overlap.one], readings[overlap.other]
    return {
        "编号": one.task.number if one.task else None, "文件": one.letter.file,
        "对照编号": other.task.number if other.task else None, "对照文件": other.letter.file,
        "相同字数": overlap.run, "占比": f"{overlap.share:.0%}", "文字": overlap.quote,
    }  # fmt: skip


def _promise_rows(each: Reading) -> Iterator[Row]:
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


def _summary(
    readings: Sequence[Reading],
    papers: Sequence[Paper],
    remarks: Sequence[Remark],
    known: Sequence[Row],
) -> Sequence[tuple[str, int]]:
    states = [read_standing(each, known) for each in readings]
    return [
        ("答复函", len(papers)),
        ("通过", sum(state.endswith("通过") for state in states)),
        ("退回整改", states.count("退回整改中")),
        ("认不出是哪一件的", states.count("认不出")),
        ("读不出来的", len(papers) - len(readings)),
        ("没有交来的", sum(not remark.file for remark in remarks)),
    ]
