"""What a check of one letter is given, and what it yields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.issues import Severity
from reportgen.reports.review import Paper
from reportgen.reports.suggestions.letters.model import WHOLE, Letter, LetterSlot
from reportgen.reports.suggestions.letters.tasks import (
    DeclaredClass,
    Department,
    OfficeRecords,
    Task,
)
from reportgen.reports.suggestions.letters.words import half_width_line

_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|‘[^’]*’|\"[^\"]*\"")


@dataclass(frozen=True)
class Case:
    """A letter, the task it answers, and everything else known.

    ``addressed``: the names that all letters on this item address together.
    """

    paper: Paper
    letter: Letter
    task: Task
    office: OfficeRecords
    addressed: frozenset[str] = frozenset()

    @property
    def department(self) -> Department:
        """The one that answers."""
        return self.office.departments.get(self.task.department, Department(self.task.department))

    @property
    def result(self) -> DeclaredClass | None:
        """The class that the return names, else the one marked on the letter."""
        mark = self.letter.class_mark
        code = self.task.text("办理结果") or (mark.text if mark else "")
        return self.office.classes.get(code)

    def asked(self, rule: str) -> bool:
        """Whether the office's rules ask for something."""
        return self.office.setting(rule) == "是"


@dataclass(frozen=True, slots=True)
class Found:
    """A fault: its code, where, the words meant, what the message needs.

    ``severity``: where it is not the catalogue's.
    """

    code: str
    place: str = WHOLE
    number: int = -1
    quote: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None


def found_at(
    code: str, slot: LetterSlot | None, quote: str = "", *, place: str = WHOLE,
    severity: Severity | None = None, **details: str,
) -> Found:  # fmt: skip
    """A fault at a part of the letter; where it has no such part, at ``place``."""
    if slot is None:
        return Found(code, place, -1, quote, details, severity)
    return Found(code, slot.place, slot.number, quote or slot.text, details, severity)


def severity_by(*, strict: bool) -> Severity:
    """An error where the office's rules ask for it, else a reminder."""
    return Severity.ERROR if strict else Severity.REMINDER


def outside_quotes(text: str) -> str:
    """Half-width, sign for sign, what is quoted blanked out."""
    return _QUOTED.sub(lambda found: " " * len(found.group()), half_width_line(text))


def search_all(
    slots: Sequence[LetterSlot], pattern: re.Pattern[str], *, quoted: bool = False
) -> Iterator[tuple[LetterSlot, str]]:
    """Each place at which a pattern stands, with the words as written; quotations apart."""
    for slot in slots:
        text = half_width_line(slot.text) if quoted else outside_quotes(slot.text)
        for found in pattern.finditer(text):
            yield slot, slot.text[found.start() : found.end()]
