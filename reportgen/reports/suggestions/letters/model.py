"""A reply letter taken apart: a frozen value in which every part knows where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

HEAD, TITLE, ADDRESSEE, OPENING, TAIL, CONTACT, COPIES, WHOLE = (
    "版头", "标题", "主送", "开头", "落款", "联系方式", "抄送", "全文",
)  # fmt: skip
"""Places in a letter, as they are called to people."""


@dataclass(frozen=True, slots=True)
class LetterSlot:
    """A part of a letter: its words, its place, and the body's paragraph (-1: not in the body)."""

    text: str
    place: str
    number: int = -1


@dataclass(frozen=True, slots=True)
class Session:
    """A session as named: 届 and 次 as numbers, None where the form's blank was left."""

    term: int | None
    meeting: int | None
    quote: str
    place: str
    number: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom it is: the names, whether 等 follows them, how many it says, and the role word."""

    slot: LetterSlot
    names: tuple[str, ...]
    etc: bool = False
    said: int | None = None
    honorific: bool = False
    colon: bool = True
    role: str = ""

    @property
    def persons(self) -> int:
        """How many are addressed, as far as the line tells; 2 stands for several."""
        return self.said or (len(self.names) + 1 if self.etc else len(self.names))


@dataclass(frozen=True)
class Letter:
    """A letter's parts; None or empty where it has none.

    ``item_numbers``: 件号 in title and opening.  ``quoted``: the suggestion's title as quoted.
    ``paragraphs``: from the opening to what precedes the signature; ``answer``: those of them that
    answer, without opening and closing formulas.  ``day``: the date read.  ``unit``: the 署名.
    """

    file: str
    everything: Sequence[LetterSlot]
    class_mark: LetterSlot | None
    doc_number: LetterSlot | None
    signer: LetterSlot | None
    title: LetterSlot | None
    addressee: Addressee | None
    opening: LetterSlot | None
    item_numbers: Sequence[LetterSlot]
    sessions: Sequence[Session]
    quoted: LetterSlot | None
    paragraphs: Sequence[LetterSlot]
    answer: Sequence[LetterSlot]
    closing: Sequence[LetterSlot]
    unit: LetterSlot | None
    date: LetterSlot | None
    day: dt.date | None
    contact: LetterSlot | None
    contact_name: str
    phone: str
    copies: LetterSlot | None
    publicity: LetterSlot | None

    @property
    def answer_text(self) -> str:
        """What the letter answers, a line for each paragraph."""
        return "\n".join(slot.text for slot in self.answer)
