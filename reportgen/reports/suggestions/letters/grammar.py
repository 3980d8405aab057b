"""The lines of a paper → a ``Letter``: which line is what, from both ends towards the middle."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reportgen.reports.review import Line, Paper
from reportgen.reports.suggestions.letters import words
from reportgen.reports.suggestions.letters.letter_head import (
    find_addressee,
    find_class_mark,
    find_doc_number,
    find_signer,
    find_title,
    split_without_addressee,
)
from reportgen.reports.suggestions.letters.letter_tail import (
    find_contact_names,
    find_contacts,
    find_line,
    find_phones,
    find_signature,
    is_about_contact,
    split_tail,
)
from reportgen.reports.suggestions.letters.model import (
    COPIES,
    HEAD,
    OPENING,
    TAIL,
    TITLE,
    Addressee,
    Letter,
    LetterSlot,
    Session,
)


def parse_letter(paper: Paper, codes: Collection[str] = (), units: Collection[str] = ()) -> Letter:
    """Take a paper apart.

    ``codes``: the classes that a class mark may name, beside A to D; ``units``: full and short names
    of departments, by which a signature is known whatever it ends with.
    """
    body = [line for line in paper.lines if not line.edge and line.text.strip()]
    edges = [line for line in paper.lines if line.edge and line.text.strip()]
    at, addressee, rest = find_addressee(body)
    head, after = (body[:at], body[at + 1 :]) if addressee else split_without_addressee(body)
    if rest is not None:
        after = [rest, *after]
    kept, tail = split_tail(after, units)
    opened = _count_opening(kept)
    title = find_title(head)
    spots = [*head, *edges]
    paragraphs = [_paragraph(n, line, opened) for n, line in enumerate(kept, 1)]
    opening = _joined(kept[:opened], OPENING)
    told = [slot for slot in (title, opening) if slot]
    unit, date = find_signature(tail, units)
    closing = [s for s in paragraphs[opened:] if words.CLOSING.search(s.text) and _is_formula(s)]
    answer = [s for s in paragraphs[opened:] if s not in closing and not is_about_contact(s)]
    below = [*after, *edges]
    return Letter(
        file=paper.name,
        everything=_everything(head, title, addressee, paragraphs, tail, edges),
        class_mark=find_class_mark(spots, codes),
        doc_number=find_doc_number(spots),
        signer=find_signer(spots, after),
        title=title,
        addressee=addressee,
        opening=opening,
        item_numbers=[number for slot in told for number in _item_numbers(slot)],
        sessions=[session for slot in told for session in _sessions(slot)],
        quoted=_find_quoted(opening, title),
        paragraphs=paragraphs,
        answer=[*_after_as_follows(kept[:opened]), *answer],
        closing=closing,
        unit=unit,
        date=date,
        day=words.read_date(date.text) if date else None,
        contact=next(find_contacts(below), None),
        contact_name=next(find_contact_names(below), ""),
        phone=next(find_phones(below), ""),
        copies=find_line(below, words.COPIES, COPIES),
        publicity=find_line([*spots, *below], words.PUBLICITY, HEAD),
    )


def _count_opening(lines: Sequence[Line]) -> int:
    """How many paragraphs open the letter: up to 如下 within the first three, else one."""
    for n, line in enumerate(lines[:3]):
        if words.AS_FOLLOWS.search(line.text):
            return n + 1
    return 1 if lines else 0


def _after_as_follows(opening: Sequence[Line]) -> Iterator[LetterSlot]:
    """What follows 如下 in the same paragraph is answer already."""
    if opening:
        _, mark, rest = opening[-1].text.partition("如下")
        if mark and len(rest.strip(":：。 ")) > 1:
            yield LetterSlot(rest.lstrip(":：。 "), OPENING, opening[-1].number)


def _item_numbers(slot: LetterSlot) -> Iterator[LetterSlot]:
    """件号 as named, the numbers of documents and what is quoted apart; each once."""
    text = words.half_width_line(slot.text)
    for pattern in (words.DOC_NUMBER, *words.QUOTES):
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    seen: set[str] = set()
    for pattern in words.ITEM_NUMBERS:
        for found in pattern.finditer(text):
            number = words.whole_number(found["n"])
            name = str(number) if number is not None else found["n"]
            if name not in seen:
                seen.add(name)
                yield LetterSlot(name, slot.place, slot.number)
        if seen:
            return


def _sessions(slot: LetterSlot) -> Iterator[Session]:
    for found in words.SESSION.finditer(words.half_width_line(slot.text)):
        numbers = [words.whole_number(found[name]) if found[name] else None for name in "tm"]
        yield Session(numbers[0], numbers[1], found.group().strip(), slot.place, slot.number)


def _find_quoted(*told: LetterSlot | None) -> LetterSlot | None:
    """The suggestion's title as quoted: in 《》, else in “”; the opening before the title."""
    for slot in told:
        text = slot.text if slot else ""
        for pattern in words.QUOTES:
            found = pattern.search(text)
            if slot and found and len(words.bare(found["t"])) > 3:
                return LetterSlot(found["t"], slot.place, slot.number)
    return None


def _is_formula(slot: LetterSlot) -> bool:
    """Thanks and requests, not an answer that happens to thank."""
    return len(slot.text) < 120


def _paragraph(n: int, line: Line, opened: int) -> LetterSlot:
    return LetterSlot(line.text.strip(), OPENING if n <= opened else f"第{n}段", line.number)


def _joined(lines: Sequence[Line], place: str) -> LetterSlot | None:
    """Some lines as one slot at the first."""
    if not lines:
        return None
    return LetterSlot("".join(line.text.strip() for line in lines), place, lines[0].number)


def _everything(
    head: Sequence[Line], title: LetterSlot | None, addressee: Addressee | None,
    paragraphs: Sequence[LetterSlot], tail: Sequence[Line], edges: Sequence[Line],
) -> list[LetterSlot]:  # fmt: skip
    """Every line with the name of its place, for checks that look at all words."""
    first = title.number if title else -2
    shown = [
        LetterSlot(line.text.strip(), TITLE if line.number >= first >= 0 else HEAD, line.number)
        for line in head
    ]
    middle = [addressee.slot] if addressee else []
    ending = [LetterSlot(line.text.strip(), TAIL, line.number) for line in tail]
    around = [LetterSlot(line.text.strip(), HEAD, line.number) for line in edges]
    return [*shown, *middle, *paragraphs, *ending, *around]
