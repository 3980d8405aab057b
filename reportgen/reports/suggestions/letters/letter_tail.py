"""The tail of a letter: 署名, date, 联系人, 电话, and what stands below them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from reportgen.reports.review import Line
from reportgen.reports.suggestions.letters import words
from reportgen.reports.suggestions.letters.model import (
    CONTACT,
    TAIL,
    LetterSlot,
)


def split_tail(after: Sequence[Line], units: Collection[str]) -> tuple[list[Line], list[Line]]:
    """What the letter says, and its tail: short lines at the end that tell who, when, where."""
    end = _find_last_date(after)
    while end and _belongs_to_tail(after[end - 1], units):
        end -= 1
    return list(after[:end]), list(after[end:])


def _find_last_date(after: Sequence[Line]) -> int:
    """The last line that is a date, or ends with one; behind the last line if there is none.

    Whatever stands behind the date belongs to the tail.
    """
    for at in range(len(after) - 1, max(-1, len(after) - 12), -1):
        text = words.half_width_line(after[at].text).strip()
        if (
            len(text) <= words.SHORT
            and words.DATE_LINE.search(text)
            and not words.COPIES.match(text)
        ):
            return at
    return len(after)


def _belongs_to_tail(line: Line, units: Collection[str]) -> bool:
    text = words.half_width_line(line.text).strip()
    if words.COPIES.match(text) or words.ENCLOSURE.match(text):
        return True
    if len(text) > words.SHORT or (re.search(r"[。;!?]$", text) and not text.endswith(")。")):
        return (
            bool(words.CONTACT.search(text))
            and bool(words.PHONE.search(text))
            and len(text) < 2 * words.SHORT
        )
    return bool(
        words.DATE_LINE.search(text) or words.CONTACT.search(text) or words.PUBLICITY.search(text)
        or words.UNIT_END.search(text) or text.strip("()") in units or re.fullmatch(r"[\d\-() ]+|[()盖公章 ]+", text)
    )  # fmt: skip


def find_signature(
    tail: Sequence[Line], units: Collection[str]
) -> tuple[LetterSlot | None, LetterSlot | None]:
    """署名 and date: the last line with a date, the unit before it in the line or above."""
    dated = [(n, found) for n, line in enumerate(tail)
             if not words.COPIES.match(line.text) and (found := words.DATE_LINE.search(words.half_width_line(line.text)))]  # fmt: skip
    if not dated:
        return _unit_among(tail, units), None
    at, found = dated[-1]
    line = tail[at]
    date = LetterSlot(line.text[found.start("d") : found.end("d")].strip(), TAIL, line.number)
    before = line.text[: found.start("d")].strip()
    if before:
        return LetterSlot(before, TAIL, line.number), date
    return _unit_among(tail[:at], units) or _unit_among(tail[at + 1 :], units), date


def _unit_among(lines: Sequence[Line], units: Collection[str]) -> LetterSlot | None:
    for line in reversed(lines):
        text = words.half_width_line(line.text).strip()
        about = (
            words.CONTACT.search(text) or words.COPIES.match(text) or words.ENCLOSURE.match(text)
        )
        if not about and (words.UNIT_END.search(text) or text in units):
            shown = re.sub(r"\s*[\(（].{0,6}[\)）]$", "", line.text.strip())
            return LetterSlot(shown, TAIL, line.number)
    return None


def is_about_contact(slot: LetterSlot) -> bool:
    """A short line that names a telephone: 联系人：…，电话：…."""
    return len(slot.text) < 2 * words.SHORT and bool(
        words.CONTACT.search(slot.text) and words.PHONE.search(words.half_width_line(slot.text))
    )


def find_contacts(lines: Sequence[Line]) -> Iterator[LetterSlot]:
    """Each line that tells whom to ask."""
    for line in lines:
        text = words.half_width_line(line.text)
        if words.CONTACT.search(text) and (len(text) < words.SHORT or words.PHONE.search(text)):
            yield LetterSlot(line.text.strip(), CONTACT, line.number)


def find_contact_names(lines: Sequence[Line]) -> Iterator[str]:
    """The names of those to ask."""
    for line in lines:
        found = words.CONTACT_NAME.search(words.half_width_line(line.text))
        if found:
            yield "".join(found["n"].split())


def find_phones(lines: Sequence[Line]) -> Iterator[str]:
    """Telephone numbers in lines about contact, and in short ones."""
    for line in lines:
        text = words.half_width_line(line.text)
        found = words.PHONE.search(text)
        if found and (words.CONTACT.search(text) or len(text) < words.SHORT):
            yield found.group()


def find_line(lines: Sequence[Line], pattern: re.Pattern[str], place: str) -> LetterSlot | None:
    """The first short line in which a pattern stands."""
    for line in lines:
        text = words.half_width_line(line.text).strip()
        if len(text) < 2 * words.SHORT and pattern.search(text):
            return LetterSlot(line.text.strip(), place, line.number)
    return None
