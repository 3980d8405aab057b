"""Which generation of a return a workbook is: how often it was marked and sent back to be corrected.

A marked copy says in its mark of which contents it was made, the first marking first: its own cells
as they stood, not the file's bytes, so that marking changes nothing about it and any program may save
it.  Whoever holds one of these contents is older for certain, whatever the files are called.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.data import ISSUE_SHEET, MARK_SHEET, SENT, list_begun_rows
from reportgen.raw import RawWorkbook, Value
from reportgen.schema.columns import is_blank, to_plain_text
from reportgen.validation.workbook_match import RecognisedForm

_DIGITS = 16
"""Of a digest; two returns of one department are told apart, not the world's files."""


@dataclass(frozen=True, slots=True)
class Generation:
    """``content``: digest of what the cells hold now; ``sent``: of what was marked, in order."""

    content: str
    sent: tuple[str, ...]

    @classmethod
    def of(cls, form: RecognisedForm) -> Generation:
        """The generation of a workbook as it came."""
        return cls(digest_content(form.raw), form.sent)

    @property
    def number(self) -> int:
        """How often it was marked; 0 of a form as handed out."""
        return len(self.sent)

    def knows(self, other: Generation) -> bool:
        """Whether it is a copy of what the other still holds."""
        return other.content in self.sent

    def is_after(self, other: Generation) -> bool:
        """Whether it was marked later: of the other's content, or of what became of it."""
        begins = bool(other.sent) and self.sent[: other.number] == other.sent
        return self.number > other.number and (begins or self.knows(other))


def make_mark_rows(form: RecognisedForm, owner: str) -> list[Sequence[str]]:
    """The rows of the mark that a marked copy of this workbook bears.

    Marking what nobody has changed since is no new generation.
    """
    return [
        ("表种", form.declared.name), ("版本", str(form.edition)), ("部门", owner),
        *list_begun_rows(form.begun), (SENT, " ".join(mark_sent(form))),
    ]  # fmt: skip


def mark_sent(form: RecognisedForm) -> tuple[str, ...]:
    """The contents that a marked copy of this workbook says it was made of."""
    now = digest_content(form.raw)
    return form.sent if form.sent[-1:] == (now,) else (*form.sent, now)


def digest_content(raw: RawWorkbook) -> str:
    """A digest of the cells of every sheet but the mark and 核查意见."""
    found = hashlib.sha256()
    for sheet in raw.sheets:
        if not sheet.name.startswith((MARK_SHEET, ISSUE_SHEET)):
            found.update(f"\0{sheet.name}\0".encode())
            for number, row in enumerate(sheet.rows, sheet.first_row):
                found.update(_encode_row(number, sheet.first_column, row))
    return found.hexdigest()[:_DIGITS]


def _encode_row(number: int, first: int, row: Sequence[Value]) -> bytes:
    cells = [f"{c}={to_plain_text(v)}" for c, v in enumerate(row, first) if not is_blank(v)]
    return f"{number}:{chr(31).join(cells)}\n".encode(errors="replace") if cells else b""
