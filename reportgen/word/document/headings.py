"""Which paragraphs are headings, and of what level: by their style, or as offices number them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from reportgen.word.xml.package import WordPackage
from reportgen.word.xml.wml import parse_whole_number, w

_STYLE_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TYPED = (
    re.compile(r"[一二三四五六七八九十]+、[^。；]*$"),
    re.compile(r"[（(][一二三四五六七八九十]+[）)][^。；]*$"),
)
"""GB/T 9704-2012, 7.3.3: 一、 for the first level, （一） for the second."""
_LEVELS = 9


def find_style_levels(package: WordPackage) -> dict[str, int]:
    """The level (1 to 9) that each heading style gives its paragraphs."""
    found: dict[str, int] = {}
    for link in package.linked(package.document):
        if link.type == "styles" and link.part in package.parts:
            styles = package.look_at(link.part).iter(w("style"))
            found |= _find_levels({each.get(w("styleId"), ""): each for each in styles})
    return found


def level_of(p: etree._Element, text: str, styles: Mapping[str, int]) -> int:
    """1 and more for a heading, 0 for other paragraphs."""
    about = p.find(w("pPr"))
    if about is not None:
        own = _outline_level(about)
        if own:
            return own
        style = about.find(w("pStyle"))
        level = styles.get(style.get(w("val"), ""), 0) if style is not None else 0
        if level:
            return level
    return next((level for level, each in enumerate(_TYPED, 1) if each.match(text.strip())), 0)


def _find_levels(styles: Mapping[str, etree._Element]) -> dict[str, int]:
    found = {name: _find_inherited_level(style, styles) for name, style in styles.items()}
    return {name: level for name, level in found.items() if level}


def _find_inherited_level(style: etree._Element, styles: Mapping[str, etree._Element]) -> int:
    """The style's own level or that of the nearest style it is based on."""
    seen: list[etree._Element] = []
    here: etree._Element | None = style
    while here is not None and here not in seen and not _own_level(here):
        seen.append(here)
        base = here.find(w("basedOn"))
        here = styles.get(base.get(w("val"), "")) if base is not None else None
    return _own_level(here) if here is not None else 0


def _own_level(style: etree._Element) -> int:
    about, name = style.find(w("pPr")), style.find(w("name"))
    named = _STYLE_NAME.fullmatch(name.get(w("val"), "")) if name is not None else None
    return (_outline_level(about) if about is not None else 0) or (int(named[1]) if named else 0)


def _outline_level(about: etree._Element) -> int:
    """``w:outlineLvl`` counts from 0; 9 is body text."""
    level = about.find(w("outlineLvl"))
    found = -1 if level is None else parse_whole_number(level.get(w("val")))
    return found + 1 if 0 <= found < _LEVELS else 0
