"""Numbered lists inside loops: each turn's list begins anew, as if it had been typed for that turn.

A list that the template uses only within a loop, and not in the first paragraph of a turn, belongs
to the turn (主题 with its points 1. 2.).  A list in the first paragraph counts the turns themselves
(（一）（二） before each theme) and goes on.  Source of the format: ECMA-376 Part 1, 17.9.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from reportgen.word.xml.revisions import MARK
from reportgen.word.xml.wml import W, parse_whole_number, remove_element, w

Turns = Sequence[tuple[int, int]]
"""The loops around a paragraph, outermost first: which loop, and which turn of all that were run."""

_VALUE = w("val")
_STARTS: Any = etree.XPath(
    "w:abstractNum[@w:abstractNumId=$list]/w:lvl[@w:ilvl=$level]/w:start/@w:val",
    namespaces={"w": W},
)
_BEFORE_NUMBER = [
    w(name)
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """How a style or paragraph is numbered: the list, its level, and the indent of the style."""

    list: str
    level: str
    indent: etree._Element | None = None


def restart_lists(
    document: etree._Element,
    styles: etree._Element | None,
    numbering: etree._Element,
    turns: Mapping[str, Turns],
) -> bool:
    """Give each turn a list of its own, in place; → whether any has.

    ``turns``: by our bookmarks' names, the loops around the paragraph.
    """
    known = {} if styles is None else _read_style_numbering(styles)
    firsts: dict[int, str] = {}  # by turn, the list of its first paragraph
    listed: dict[str, list[tuple[etree._Element, _Numbered, Turns]]] = {}
    for p, around in _iter_paragraphs(document, turns):
        numbered = _find_numbering(p, known)
        for _, turn in around:
            firsts.setdefault(turn, numbered.list if numbered else "")
        if numbered:
            listed.setdefault(numbered.list, []).append((p, numbered, around))
    fresh: dict[tuple[str, int], str] = {}
    for name, members in listed.items():
        depth = _find_depth(name, [around for *_, around in members], firsts)
        for p, numbered, around in members if depth else ():
            key = (name, around[depth - 1][1])
            if key not in fresh:
                fresh[key] = begin_list_anew(numbering, name)
            _renumber_paragraph(p, numbered, fresh[key])
    return bool(fresh)


def _iter_paragraphs(
    document: etree._Element, turns: Mapping[str, Turns]
) -> Iterator[tuple[etree._Element, Turns]]:
    """All paragraphs with the loops around them; a row's bookmark speaks for the whole row."""
    rows: dict[etree._Element, Turns] = {}
    for p in document.iter(w("p")):
        names = (mark.get(w("name"), "") for mark in p.iter(w("bookmarkStart")))
        around = next(
            (turns[name] for name in names if name.startswith(MARK) and name in turns), ()
        )
        row = next(p.iterancestors(w("tr")), None)
        if row is not None:
            around = rows.setdefault(row, around) or around
        yield p, around


def _find_depth(name: str, arounds: Sequence[Turns], firsts: Mapping[int, str]) -> int:
    """How many loops deep the loop stands in each turn of which the list begins anew; 0: none."""
    for depth in range(min(map(len, arounds)), 0, -1):
        loops = {tuple(loop for loop, _ in around[:depth]) for around in arounds}
        if len(loops) == 1 and any(firsts[around[depth - 1][1]] != name for around in arounds):
            return depth
    return 0


def _read_style_numbering(styles: etree._Element) -> dict[str, _Numbered]:
    """The numbering that paragraph styles give, by id, inherited ones included."""
    found = {style.get(w("styleId"), ""): style for style in styles.iter(w("style"))}
    numbered = {}
    for name, style in found.items():
        chain = list(_iter_style_chain(style, found))
        number = next(
            (each for each in (one.find(f".//{w('numPr')}") for one in chain) if each is not None),
            None,
        )
        if number is not None and (list_ := _read_value(number, "numId")) not in {"", "0"}:
            indent = next(
                (
                    each
                    for each in (one.find(f"{w('pPr')}/{w('ind')}") for one in chain)
                    if each is not None
                ),
                None,
            )
            numbered[name] = _Numbered(list_, _read_value(number, "ilvl") or "0", indent)
    return numbered


def _iter_style_chain(
    style: etree._Element | None, styles: Mapping[str, etree._Element]
) -> Iterator[etree._Element]:
    seen: set[str] = set()
    while style is not None and style.get(w("styleId"), "") not in seen:
        yield style
        seen.add(style.get(w("styleId"), ""))
        style = styles.get(_read_value(style, "basedOn"))


def _find_numbering(p: etree._Element, styles: Mapping[str, _Numbered]) -> _Numbered | None:
    about = p.find(w("pPr"))
    if about is None:
        return None
    number = about.find(w("numPr"))
    if number is not None and (list_ := _read_value(number, "numId")):
        return None if list_ == "0" else _Numbered(list_, _read_value(number, "ilvl") or "0")
    return styles.get(_read_value(about, "pStyle"))


def _read_value(element: etree._Element, name: str) -> str:
    found = element.find(w(name))
    return "" if found is None else found.get(_VALUE, "")


def begin_list_anew(numbering: etree._Element, list_: str) -> str:
    """A list like this one that starts at its levels' first numbers; → its id."""
    nums = numbering.findall(w("num"))
    fresh = str(max((parse_whole_number(num.get(w("numId"))) for num in nums), default=0) + 1)
    like = next((num for num in nums if num.get(w("numId")) == list_), None)
    num = etree.Element(w("num")) if like is None else copy.deepcopy(like)
    num.set(w("numId"), fresh)
    for old in num.findall(w("lvlOverride")):
        if old.find(w("lvl")) is None:
            remove_element(old)
    given = {each.get(w("ilvl")): each for each in num.findall(w("lvlOverride"))}
    for level in map(str, range(9)):
        override = given.get(level)
        if override is None:
            override = etree.SubElement(num, w("lvlOverride"), {w("ilvl"): level})
        for old in override.findall(w("startOverride")):
            remove_element(old)
        start = etree.Element(w("startOverride"), {_VALUE: _find_start(numbering, num, level)})
        override.insert(0, start)
    for each in sorted(num.findall(w("lvlOverride")), key=lambda each: each.get(w("ilvl"), "")):
        num.append(each)
    (nums[-1].addnext if nums else numbering.append)(num)
    return fresh


def _find_start(numbering: etree._Element, num: etree._Element, level: str) -> str:
    found = _STARTS(numbering, list=_read_value(num, "abstractNumId"), level=level)
    return str(found[0]) if isinstance(found, list) and found else "1"


def _renumber_paragraph(p: etree._Element, numbered: _Numbered, list_: str) -> None:
    """Number a paragraph in this list; its style's indent would give way to the list's."""
    about = p.find(w("pPr"))
    assert about is not None
    for old in about.findall(w("numPr")):
        remove_element(old)
    number = etree.Element(w("numPr"))
    etree.SubElement(number, w("ilvl"), {_VALUE: numbered.level})
    etree.SubElement(number, w("numId"), {_VALUE: list_})
    about.insert(sum(each.tag in _BEFORE_NUMBER for each in about), number)
    if numbered.indent is not None and about.find(w("ind")) is None:
        behind = [w(name) for name in _BEHIND_INDENT]
        at = next((at for at, each in enumerate(about) if each.tag in behind), len(about))
        about.insert(at, copy.deepcopy(numbered.indent))


_BEHIND_INDENT = (
    "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
    "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
)  # fmt: skip
