"""Whether text of a colour is seen on its ground: white on white is what nobody sees.

Colours are ``RRGGBB`` in hexadecimal, "" where nothing is said.  Source of the palette and of the
numbers of theme colours: ECMA-376 Part 1, 18.8.27 and 18.8.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_WHITE = 0xF0
"""Each of the three parts of a colour that is white to the eye."""
_LIGHT = 0.8
"""The brightness from which white text is lost on a ground."""
_TINY = 2.5
"""Points."""
_BASIC = (
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF",
)  # fmt: skip
_PALETTE = (
    *_BASIC, *_BASIC,
    "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080",
    "9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF",
    "000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF",
    "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99",
    "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696",
    "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333",
)  # fmt: skip
"""The indexed colours.  Written here: openpyxl, which has them too, takes a process 0.15 s to load."""
_THEME = ("FFFFFF", "000000", "E7E6E6")
"""The first theme colours: paper, ink, second paper; the others are strong."""


@dataclass(frozen=True)
class Look:
    """How the text of a cell style or of a run looks: struck through; white, or tiny; on dark ground."""

    struck: bool = False
    faint: bool = False
    dark: bool = False

    @property
    def unseen(self) -> bool:
        """Whether nobody sees the text."""
        return self.faint and not self.dark


def is_white(colour: str) -> bool:
    """Whether it is white, or nearly."""
    parts = _split_colour(colour)
    return bool(parts) and min(parts) >= _WHITE


def is_dark(colour: str) -> bool:
    """Whether white text is seen on it."""
    parts = _split_colour(colour)
    weights = (0.299, 0.587, 0.114)
    return bool(parts) and sum(p * w for p, w in zip(parts, weights, strict=True)) < _LIGHT * 255


def is_tiny(points: str) -> bool:
    """Whether text of that size is a dot."""
    try:
        return 0 < float(points) <= _TINY
    except ValueError:
        return False


def to_rgb(attributes: Mapping[str, str]) -> str:
    """The colour that an element of an .xlsx names by its value, in the palette, or of the theme."""
    if "rgb" in attributes:
        return attributes["rgb"][-6:]
    number = attributes.get("indexed", attributes.get("theme", ""))
    known = _PALETTE if "indexed" in attributes else _THEME
    if not number.isdecimal():
        return ""
    colour = known[int(number)] if len(number) < 3 and int(number) < len(known) else "808080"
    return _tint(colour, attributes.get("tint", "0"))


def _tint(colour: str, tint: str) -> str:
    """Lightened or darkened by so much of the way."""
    try:
        share = max(-1.0, min(1.0, float(tint)))
    except ValueError:
        return colour
    goal = 255 if share > 0 else 0
    parts = (round(part + (goal - part) * abs(share)) for part in _split_colour(colour))
    return "".join(f"{part:02X}" for part in parts)


def _split_colour(colour: str) -> tuple[int, ...]:
    try:
        return tuple(bytes.fromhex(colour)) if len(colour) == 6 else ()
    except ValueError:
        return ()
