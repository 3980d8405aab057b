"""A look at an .xlsx's own XML, for what calamine does not tell: odd cells, and how far they reach.

calamine gives error cells and formulas without a stored result as empty text, and 85% as 0.85.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
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


def percent_styles(xml: bytes) -> frozenset[str]:
    """The cell styles (numbers as text) in a workbook's styles that show a percentage."""
    found = re.search(rb"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", xml, re.DOTALL)
    if b"%" not in xml and not _PERCENT_ID.search(xml):
        return frozenset()
    codes = {one["numFmtId"]: one.get("formatCode", "") for one in elements(xml, "numFmt")}
    percent = {"9", "10"} | {number for number, code in codes.items() if "%" in code}
    styles = elements(found[0], "xf") if found else []
    return frozenset(str(n) for n, style in enumerate(styles) if style.get("numFmtId") in percent)


def second_look(xml: bytes, percent: Collection[str] = ()) -> Look:
    """What a sheet holds that calamine does not tell; ``percent``: styles that show a percentage."""
    look = Look(percent)
    look.parser.Parse(xml, True)
    return look


class Look:
    """What an expat parser has met so far in a sheet.

    ``odd``, by (row, column): an error value (``#REF!``), or a formula without result (``=B1+B2``;
    of a cell that shares another one's formula only ``=…``).  ``shown``: percentages as people see
    them, likewise.
    """

    def __init__(self, percent: Collection[str]) -> None:
        self.odd: dict[tuple[int, int], str] = {}
        self.shown: dict[tuple[int, int], str] = {}
        self.percent = percent
        self.style = ""
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
        """Meet a row, a cell or what is in it."""
        name = _local(tag)
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "c":
            self.place(attributes.get("r", ""))
            self.type, self.texts = attributes.get("t", ""), {}
            self.style = attributes.get("s", "0")
        elif name in _PARTS_OF_CELL:
            self.inside = name
            self.texts.setdefault(name, "")

    def place(self, reference: str) -> None:
        """A cell without a reference stands right of the one before."""
        found = _REFERENCE.fullmatch(reference)
        self.column = _number(found[1]) if found else self.column + 1
        self.row = int(found[2]) if found else self.row

    def text(self, text: str) -> None:
        """Keep what stands in a cell."""
        if self.inside:
            self.texts[self.inside] += text

    def end(self, tag: str) -> None:
        """Judge a cell once all of it was met."""
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
        elif value and self.style in self.percent and self.type in ("", "n"):
            self.shown[self.row, self.column] = f"{float(value) * 100:.15g}%"

    @property
    def span(self) -> int:
        """The size in cells of what the content spans."""
        rows, columns = self.filled_rows, self.filled_columns
        if not rows:
            return 0
        return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


_PARTS_OF_CELL = ("f", "v", "is")
_PERCENT_ID = re.compile(rb"""numFmtId=["'](?:9|10)["']""")
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
