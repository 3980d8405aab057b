"""The lines of a paper → a ``Letter``: which line is what, from both ends towards the middle."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from reportgen.reports.review import Line, Paper
from reportgen.reports.suggestions.letters import words
from reportgen.reports.suggestions.letters.model import (
    ADDRESSEE,
    CONTACT,
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

_SHORT = 42
"""So long a line of the tail may be: 署名, date, 联系人."""
_FIRST = 14
"""Within so many lines the addressee stands."""


def parse_letter(paper: Paper, codes: Collection[str] = (), units: Collection[str] = ()) -> Letter:
    """Take a paper apart.

    ``codes``: the classes that a class mark may name, beside A to D; ``units``: full and short names
    of departments, by which a signature is known whatever it ends with.
    """
    body = [line for line in paper.lines if not line.edge and line.text.strip()]
    edges = [line for line in paper.lines if line.edge and line.text.strip()]
    at, addressee, rest = _find_addressee(body)
    head, after = (body[:at], body[at + 1 :]) if addressee else _head_without_addressee(body)
    if rest is not None:
        after = [rest, *after]
    kept, tail = _split_tail(after, units)
    opened = _count_opening(kept)
    title = _find_title(head)
    spots = [*head, *edges]
    paragraphs = [_paragraph(n, line, opened) for n, line in enumerate(kept, 1)]
    opening = _joined(kept[:opened], OPENING)
    told = [slot for slot in (title, opening) if slot]
    unit, date = _find_signature(tail, units)
    closing = [s for s in paragraphs[opened:] if words.CLOSING.search(s.text) and _is_formula(s)]
    answer = [s for s in paragraphs[opened:] if s not in closing and not _is_about_contact(s)]
    below = [*after, *edges]
    return Letter(
        file=paper.name,
        everything=_everything(head, title, addressee, paragraphs, tail, edges),
        class_mark=_find_class(spots, codes),
        doc_number=_find_doc_number(spots),
        signer=_find_signer(spots, after),
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
        contact=next(_contacts(below), None),
        contact_name=next(_contact_names(below), ""),
        phone=next(_phones(below), ""),
        copies=_first(below, words.COPIES, COPIES),
        publicity=_first([*spots, *below], words.PUBLICITY, HEAD),
    )


# head


def _find_addressee(body: Sequence[Line]) -> tuple[int, Addressee | None, Line | None]:
    """Where it stands, what it says, and the line that begins behind its colon."""
    for at, line in enumerate(body[:_FIRST]):
        text = words.half_width_line(line.text)
        found = words.ROLE.match(text)
        if found and _is_addressing(found, text):
            begin = found.start("rest")
            rest = line.text[begin:]
            slot = LetterSlot(line.text[:begin].strip(), ADDRESSEE, line.number)
            behind = Line(rest, line.number) if rest.strip() else None
            return at, _addressee(found, slot), behind
        if words.RECEIVED.search(text) and words.AS_FOLLOWS.search(text):
            break
    return 0, None, None


def _is_addressing(found: re.Match[str], text: str) -> bool:
    """A title also names 代表; an addressee's line ends with the role or with its colon."""
    names, rest = found["names"], found["rest"].strip()
    if re.search(r"关于|建议|提案|议案|答复|届|号|您|你", names) or not (names or found["every"]):
        return False
    return bool(found["colon"]) or (not rest and len(text.strip()) < _SHORT)


def _addressee(found: re.Match[str], slot: LetterSlot) -> Addressee:
    text = found["names"]
    etc = words.ETC.search(text)
    names = text[: etc.start()] if etc else text
    people = tuple(
        name
        for name in words.NAMES.split(
            re.sub(r"(?<=^[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff]$)", "", names)
        )
        if name
    )
    after = found["after"] or ""
    counted = (etc and etc["count"]) or "".join(re.findall(words.NUMERAL, after))
    every = found["every"] is not None
    return Addressee(
        slot, people, bool(etc) or "等" in after or every, words.whole_number(counted) if counted else None,
        bool(found["honorific"]), bool(found["colon"]), found["role"],
    )  # fmt: skip


def _head_without_addressee(body: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Up to the line that begins to tell: 收悉, 提出的, 如下."""
    head = list(
        takewhile(lambda line: not words.OPENING.search(words.half_width_line(line.text)), body)
    )
    if len(head) > _FIRST or len(head) == len(body):
        head = list(body[:1])
    return head, list(body[len(head) :])


def _find_title(head: Sequence[Line]) -> LetterSlot | None:
    """The lines before the addressee from the first that names what it is about to the last."""
    texts = [_without_marks(words.half_width_line(line.text)) for line in head]
    about = [
        n
        for n, text in enumerate(texts)
        if words.TITLE_START.search(text) or words.TITLE_WORD.search(text)
    ]
    if not about:
        return None
    first, last = about[0], about[-1]
    if first and _is_unit_of_title(texts[first - 1], texts[first]):
        first -= 1
    shown = "".join(_without_marks(line.text).strip() for line in head[first : last + 1])
    return LetterSlot(shown, TITLE, head[first].number)


def _is_unit_of_title(above: str, text: str) -> bool:
    return text.strip().startswith(("关于", "对")) and bool(words.UNIT_END.search(above.strip()))


def _without_marks(text: str) -> str:
    """A line without 文号 and class mark, which web copies put in the title's line."""
    plain = words.half_width_line(text)
    if words.SIGNER.search(plain) or re.match(r"^\s*(类|办理结果|是否|注)", plain):
        return ""
    found = words.DOC_NUMBER.search(plain)
    if found and not re.search(r"关于|对", plain[: found.start() + 2]):
        return re.sub(r"^\s*[A-D]\d?类?\s*", "", text[found.end() :])
    return text


def _find_class(spots: Sequence[Line], codes: Collection[str]) -> LetterSlot | None:
    known = "|".join(sorted(map(re.escape, {*codes, "[A-D]\\d?"}), key=len, reverse=True))
    known = known.replace(re.escape("[A-D]\\d?"), r"[A-D]\d?")
    patterns = (
        rf"类\s*别\s*[:为]?\s*\(?(?P<c>{known})类?\)?(?![A-Za-z0-9])",
        rf"办理结果(?:标注|类别)?\s*[:为]?\s*\(?(?P<c>{known})类?\)?",
        rf"^\s*[〔\[\(]\s*(?P<c>{known})类?\s*[〕\]\)]\s*$",
        rf"(?:号|^)\s*[〔\[\(]?\s*(?P<c>{known})\s*类\s*[〕\]\)]?",
        rf"^\s*(?P<c>{known})\s*$",
        rf"号\s*[〔\[\(]?\s*(?P<c>{known})\s*[〕\]\)]?\s*$",
        rf"[\(〔]\s*(?P<c>{known})\s*类?\s*[\)〕]\s*$",
    )
    for pattern in patterns:
        for line in spots:
            found = re.search(pattern, words.half_width_line(line.text))
            if found:
                return LetterSlot(found["c"], HEAD, line.number)
    return None


def _find_doc_number(spots: Sequence[Line]) -> LetterSlot | None:
    for line in spots:
        text = words.half_width_line(line.text)
        found = words.DOC_NUMBER.search(text)
        if found and not re.search(r"会议|届|建议的|代表", found["unit"]):
            return LetterSlot(line.text[found.start() : found.end()].strip(), HEAD, line.number)
    return None


def _find_signer(spots: Sequence[Line], after: Sequence[Line]) -> LetterSlot | None:
    for pattern, lines in ((words.SIGNER, spots), (words.SIGNED_IN_TEXT, after)):
        for line in lines:
            found = pattern.search(words.half_width_line(line.text))
            if found:
                return LetterSlot(found["name"], HEAD, line.number)
    return None


# opening


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


# tail


def _split_tail(after: Sequence[Line], units: Collection[str]) -> tuple[list[Line], list[Line]]:
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
        if len(text) <= _SHORT and words.DATE_LINE.search(text) and not words.COPIES.match(text):
            return at
    return len(after)


def _belongs_to_tail(line: Line, units: Collection[str]) -> bool:
    text = words.half_width_line(line.text).strip()
    if words.COPIES.match(text) or words.ENCLOSURE.match(text):
        return True
    if len(text) > _SHORT or (re.search(r"[。;!?]$", text) and not text.endswith(")。")):
        return (
            bool(words.CONTACT.search(text))
            and bool(words.PHONE.search(text))
            and len(text) < 2 * _SHORT
        )
    return bool(
        words.DATE_LINE.search(text) or words.CONTACT.search(text) or words.PUBLICITY.search(text)
        or words.UNIT_END.search(text) or text.strip("()") in units or re.fullmatch(r"[\d\-() ]+|[()盖公章 ]+", text)
    )  # fmt: skip


def _find_signature(
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


def _is_formula(slot: LetterSlot) -> bool:
    """Thanks and requests, not an answer that happens to thank."""
    return len(slot.text) < 120


def _is_about_contact(slot: LetterSlot) -> bool:
    return len(slot.text) < 2 * _SHORT and bool(
        words.CONTACT.search(slot.text) and words.PHONE.search(words.half_width_line(slot.text))
    )


def _contacts(lines: Sequence[Line]) -> Iterator[LetterSlot]:
    for line in lines:
        text = words.half_width_line(line.text)
        if words.CONTACT.search(text) and (len(text) < _SHORT or words.PHONE.search(text)):
            yield LetterSlot(line.text.strip(), CONTACT, line.number)


def _contact_names(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        found = words.CONTACT_NAME.search(words.half_width_line(line.text))
        if found:
            yield "".join(found["n"].split())


def _phones(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        text = words.half_width_line(line.text)
        found = words.PHONE.search(text)
        if found and (words.CONTACT.search(text) or len(text) < _SHORT):
            yield found.group()


def _first(lines: Sequence[Line], pattern: re.Pattern[str], place: str) -> LetterSlot | None:
    for line in lines:
        text = words.half_width_line(line.text).strip()
        if len(text) < 2 * _SHORT and pattern.search(text):
            return LetterSlot(line.text.strip(), place, line.number)
    return None


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
