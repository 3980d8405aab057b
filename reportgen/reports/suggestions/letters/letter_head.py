"""The head of a letter: 文号, class mark, 签发人, title, and to whom it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from reportgen.reports.review import Line
from reportgen.reports.suggestions.letters import words
from reportgen.reports.suggestions.letters.model import (
    ADDRESSEE,
    HEAD,
    TITLE,
    Addressee,
    LetterSlot,
)

_FIRST = 14
"""Within so many lines the addressee stands."""


def find_addressee(body: Sequence[Line]) -> tuple[int, Addressee | None, Line | None]:
    """Where it stands, what it says, and the line that begins behind its colon."""
    for at, line in enumerate(body[:_FIRST]):
        text = words.half_width_line(line.text)
        found = words.ROLE.match(text)
        if found and _is_addressing(found, text):
            begin = found.start("rest")
            rest = line.text[begin:]
            slot = LetterSlot(line.text[:begin].strip(), ADDRESSEE, line.number)
            behind = Line(rest, line.number) if rest.strip() else None
            return at, _read_addressee(found, slot), behind
        if words.RECEIVED.search(text) and words.AS_FOLLOWS.search(text):
            break
    return 0, None, None


def _is_addressing(found: re.Match[str], text: str) -> bool:
    """A title also names 代表; an addressee's line ends with the role or with its colon."""
    names, rest = found["names"], found["rest"].strip()
    if re.search(r"关于|建议|提案|议案|答复|届|号|您|你", names) or not (names or found["every"]):
        return False
    return bool(found["colon"]) or (not rest and len(text.strip()) < words.SHORT)


def _read_addressee(found: re.Match[str], slot: LetterSlot) -> Addressee:
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


def split_without_addressee(body: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Up to the line that begins to tell: 收悉, 提出的, 如下."""
    head = list(
        takewhile(lambda line: not words.OPENING.search(words.half_width_line(line.text)), body)
    )
    if len(head) > _FIRST or len(head) == len(body):
        head = list(body[:1])
    return head, list(body[len(head) :])


def find_title(head: Sequence[Line]) -> LetterSlot | None:
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


def find_class_mark(spots: Sequence[Line], codes: Collection[str]) -> LetterSlot | None:
    """The class as marked: ``codes`` beside A to D, in any of the forms in which offices mark it."""
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


def find_doc_number(spots: Sequence[Line]) -> LetterSlot | None:
    """文号, a session or a title that looks like one apart."""
    for line in spots:
        text = words.half_width_line(line.text)
        found = words.DOC_NUMBER.search(text)
        if found and not re.search(r"会议|届|建议的|代表", found["unit"]):
            return LetterSlot(line.text[found.start() : found.end()].strip(), HEAD, line.number)
    return None


def find_signer(spots: Sequence[Line], after: Sequence[Line]) -> LetterSlot | None:
    """签发人, in a line of its own, or as the text tells who signed it."""
    for pattern, lines in ((words.SIGNER, spots), (words.SIGNED_IN_TEXT, after)):
        for line in lines:
            found = pattern.search(words.half_width_line(line.text))
            if found:
                return LetterSlot(found["name"], HEAD, line.number)
    return None
