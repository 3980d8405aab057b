"""A look at an .xlsx's own XML, for what calamine does not tell: odd cells, and how far they reach.

calamine gives error cells and formulas without a stored result as empty text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat


def elements(xml: bytes, name: str) -> list[Mapping[str, str]]:
    """The attributes (prefixes dropped) of every element of that local name, in order."""
    found: list[Mapping[str, str]] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if _local(tag) == name:
            found.append({_local(key): value for key, value in attributes.items()})

    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found


def second_look(xml: bytes) -> tuple[dict[tuple[int, int], str], int]:
    """The odd cells of a sheet by (row, column), and the size in cells of what its content spans.

    An odd cell is an error value (``#REF!``), or a formula without result (``=B1+B2``; of a cell
    that shares another one's formula only ``=…``).
    """
    look = _Look()
    look.parser.Parse(xml, True)
    rows, columns = look.filled_rows, look.filled_columns
    span = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0
    return look.odd, span


class _Look:
    """What an expat parser has met so far in a sheet."""

    def __init__(self) -> None:
        self.odd: dict[tuple[int, int], str] = {}
        self.filled_rows: set[int] = set()
        self.filled_columns: set[int] = set()
        self.row = self.column = 0
        self.type = ""
        self.texts: dict[str, str] = {}
        self.inside = ""
        self.parser = _parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "c":
            self.place(attributes.get("r", ""))
            self.type, self.texts = attributes.get("t", ""), {}
        elif name in _PARTS_OF_CELL:
            self.inside = name
            self.texts.setdefault(name, "")

    def place(self, reference: str) -> None:
        """A cell without a reference stands right of the one before."""
        found = _REFERENCE.fullmatch(reference)
        self.column = _number(found[1]) if found else self.column + 1
        self.row = int(found[2]) if found else self.row

    def text(self, text: str) -> None:
        if self.inside:
            self.texts[self.inside] += text

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name in _PARTS_OF_CELL:
            self.inside = ""
        elif name == "c" and self.texts:
            self.filled_rows.add(self.row)
            self.filled_columns.add(self.column)
            self.judge()

    def judge(self) -> None:
        """Excel stores an empty text as result with the type str; then the cell is blank."""
        value = self.texts.get("v", "").strip()
        if self.type == "e":
            self.odd[self.row, self.column] = value or "#VALUE!"
        elif "f" in self.texts and not value and not (self.type == "str" and "v" in self.texts):
            self.odd[self.row, self.column] = "=" + (self.texts["f"] or "…")


_PARTS_OF_CELL = ("f", "v", "is")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise ValueError("no workbook declares XML entities")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _number(letters: str) -> int:
    """``A → 1``, ``AA → 27``."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
