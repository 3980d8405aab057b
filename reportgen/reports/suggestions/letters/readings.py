"""Papers → readings: each letter taken apart, matched to its task, and what is wrong with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.issues import Severity
from reportgen.reports.review import Paper, Remark
from reportgen.reports.suggestions.letters.case import Case, Found
from reportgen.reports.suggestions.letters.catalogue import LETTER_FAULTS
from reportgen.reports.suggestions.letters.form_checks import FORM_CHECKS
from reportgen.reports.suggestions.letters.grammar import parse_letter
from reportgen.reports.suggestions.letters.judgement import (
    JUDGEMENT_CHECKS,
    Overlap,
    find_overlaps,
)
from reportgen.reports.suggestions.letters.matching import Match, match_letters
from reportgen.reports.suggestions.letters.model import WHOLE, Letter
from reportgen.reports.suggestions.letters.promises import PROMISE_CHECKS
from reportgen.reports.suggestions.letters.register_checks import REGISTER_CHECKS
from reportgen.reports.suggestions.letters.return_checks import RETURN_CHECKS
from reportgen.reports.suggestions.letters.tasks import OfficeRecords, Task
from reportgen.reports.suggestions.letters.word_checks import WORD_CHECKS
from reportgen.reports.suggestions.letters.words import bare

_CHECKS = (
    *REGISTER_CHECKS,
    *RETURN_CHECKS,
    *PROMISE_CHECKS,
    *FORM_CHECKS,
    *WORD_CHECKS,
    *JUDGEMENT_CHECKS,
)
_AGAIN = re.compile("再次答复|重新办理|再次办理|重新答复")


@dataclass(frozen=True)
class Reading:
    """A paper taken apart, the task it answers, and what is to be said of it."""

    paper: Paper
    letter: Letter
    task: Task | None
    remarks: Sequence[Remark] = ()

    @property
    def errors(self) -> int:
        """How many remarks return it."""
        return sum(remark.severity is Severity.ERROR for remark in self.remarks)


def read_letters(
    office: OfficeRecords, papers: Sequence[Paper]
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


def _find_faults(
    papers: Sequence[Paper],
    matches: Sequence[Match],
    office: OfficeRecords,
    overlaps: Sequence[Overlap],
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
        found.append([make_remark(fault, paper.name) for fault in (*faults, *copied[n])])
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


def make_remark(found: Found, file: str) -> Remark:
    """A fault in the catalogue's words, at its place in a file."""
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
