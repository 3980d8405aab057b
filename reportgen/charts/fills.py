"""How classes of things look in a chart: told apart by lightness first, by hatching second."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fill:
    """``face``: the ground; ``hatch``: as matplotlib writes it; ``pattern``: the same of DrawingML.

    ``ink``: what text on it is written in.
    """

    face: str
    hatch: str
    pattern: str
    ink: str


DARK = "#1f3a5f"
"""Of outlines, axes and hatching."""
TEXT = "#1a1a1a"
RULE = "#c4c4c4"
WHITE = Fill("#ffffff", "", "", TEXT)

_FILLS = (
    Fill("#2b4c77", "", "", "#ffffff"),
    Fill("#a9c0d9", "", "", TEXT),
    Fill("#ffffff", "////", "wdUpDiag", TEXT),
    Fill("#5d83ad", "", "", "#ffffff"),
    Fill("#ffffff", "....", "pct20", TEXT),
    Fill("#d6e0eb", "xxxx", "diagCross", TEXT),
    Fill("#ffffff", "----", "narHorz", TEXT),
    Fill("#ffffff", "\\\\\\\\", "wdDnDiag", TEXT),
)


def choose_fills(count: int) -> list[Fill]:
    """One for each of so many classes; they begin anew after eight."""
    return [_FILLS[number % len(_FILLS)] for number in range(count)]
