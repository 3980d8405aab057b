"""What stands right beside a figure and makes another number of it.

A reader does not see where a live figure ends: ``1`` typed before ``7`` reads 17, ``.5`` behind
``86%`` is another percentage, and so are 近, 至少, 余 and 左右.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.compare.quantities import AFTER, BEFORE, NUMERALS, UNITS
from reportgen.word.compare.signs import SLOT
from reportgen.word.document.model import Figure, Paragraph, drop_spaces

_DIGIT = rf"[\d²³¹⁰⁴-⁹½¼¾⅐-⅞①-⑳Ⅰ-Ⅻ{NUMERALS}{SLOT}]"
_BEFORE = re.compile(
    rf"(?:{_DIGIT}[.．·点/／,、~～至到:：]|{_DIGIT}[-－–—]|{BEFORE}|[百千万]分之|[-－−+＋±<>＜＞≤≥≦≧≈负第几数]|{_DIGIT})+$"
)
_AFTER = re.compile(
    rf"(?:[.．·点,，/／]\d|{_DIGIT}|(?:[-－–—~～至到、]|——){_DIGIT}|{AFTER}|[%％‰成倍折+＋]"
    rf"|分之{_DIGIT}|(?:{UNITS})(?:左右|上下|以上|以下|以内|之多|有余|不等|余))+"
)
_FAR = 60
"""Letters before a figure among which its dress is looked for."""
Dress = tuple[str, str]


def iter_dresses(paragraph: Paragraph) -> Iterator[tuple[int, Figure, Dress]]:
    """Each figure with where it starts and what stands beside it."""
    pieces = [
        SLOT if isinstance(piece, Figure) else drop_spaces(piece) for piece in paragraph.pieces
    ]
    spots = iter(paragraph.spots)
    for number, piece in enumerate(paragraph.pieces):
        if isinstance(piece, Figure):
            start, figure = next(spots)
            before = _BEFORE.search("".join(pieces[max(number - 2, 0) : number])[-_FAR:])
            after = _AFTER.match("".join(pieces[number + 1 : number + 3]))
            yield start, figure, (before[0] if before else "", after[0] if after else "")


def find_other_dresses(
    made: Iterable[Paragraph], now: Iterable[Paragraph], texts: Mapping[str, str]
) -> Iterator[Finding]:
    """Figures beside which something stands that never stood there; ``texts``: by key, as made."""
    known: defaultdict[str, set[Dress]] = defaultdict(set)
    for paragraph in made:
        for _, figure, dress in iter_dresses(paragraph):
            known[figure.key].add(dress)
    for paragraph in now:
        for start, figure, dress in iter_dresses(paragraph):
            if figure.key in texts and dress not in (known[figure.key] or {("", "")}):
                shown = f"{dress[0]}{figure.text}{dress[1]}".replace(SLOT, "…")
                yield make_finding(
                    "figure-dressed",
                    paragraph,
                    shown,
                    texts[figure.key],
                    key=figure.key,
                    start=start,
                )
