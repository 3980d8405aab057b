"""A look at an .xlsx's own XML, for what calamine does not tell.

calamine gives error cells and formulas without a stored result as empty text, tells no number
formats, and nothing of cells struck through, white or hidden.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from xml.parsers import expat

from reportgen.excel.read.colours import Look, is_dark, is_tiny, is_white, to_rgb
from reportgen.excel.read.number_format import BUILT_IN, is_plain_format
from reportgen.excel.read.raw_sheets import describe_formula
from reportgen.raw import PICTURE

_PLAIN = Look()
_NOTHING: Mapping[str, Look] = MappingProxyType({})


def make_parser() -> expat.XMLParserType:
    """An expat parser that refuses entities: no workbook declares any."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.EntityDeclHandler = _refuse_entity
    return made


def local_name(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def find_elements(xml: bytes, name: str) -> list[Mapping[str, str]]:
    """The attributes (prefixes dropped) of every element of that local name, in order."""
    found: list[Mapping[str, str]] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if local_name(tag) == name:
            found.append({local_name(key): value for key, value in attributes.items()})

    reader = make_parser()
    reader.StartElementHandler = start
    reader.Parse(xml, True)
    return found


@dataclass(frozen=True)
class CellStyle:
    """What matters here of a cell style: the number format, and how its text looks."""

    code: str
    look: Look


@lru_cache(8)
def find_telling_styles(xml: bytes) -> Mapping[str, CellStyle]:
    """By number (as text), the cell styles under which one may see more than is stored.

    Forms of one edition have the same styles.
    """
    if not xml:
        return {}
    found = _StylesScan()
    found.parser.Parse(xml, True)
    styles = {str(number): found.style(xf) for number, xf in enumerate(found.xfs)}
    return {n: one for n, one in styles.items() if _is_telling(one)}


def _is_telling(style: CellStyle) -> bool:
    return style.look.struck or style.look.unseen or not is_plain_format(style.code)


def find_marked_strings(xml: bytes) -> Mapping[str, Look]:
    """The shared strings (by number, as text) of which a part is struck through, white or tiny."""
    if b"<rPr" not in xml and b":rPr" not in xml:
        return {}
    found = _StringsScan()
    found.parser.Parse(xml, True)
    return {number: look for number, look in found.looks.items() if look != _PLAIN}


def scan_sheet(
    xml: bytes, styles: Mapping[str, CellStyle] | None = None,
    strings: Mapping[str, Look] = _NOTHING,
) -> SheetScan:  # fmt: skip
    """What a sheet holds that calamine does not tell, given ``find_telling_styles`` and strings."""
    look = SheetScan(styles or {}, strings)
    look.parser.Parse(xml, True)
    return look


class SheetScan:
    """What an expat parser has met so far in a sheet; spots are (row, column) from 1.

    ``odd``: an error value (``#REF!``), or a formula without result (``=B1+B2``; of a cell that
    shares another one's formula only ``=…``), or ``PICTURE``.
    ``formats``: number formats of cells with content, where they are telling.
    """

    def __init__(self, styles: Mapping[str, CellStyle], strings: Mapping[str, Look]) -> None:
        self.odd: dict[tuple[int, int], str] = {}
        self.formats: dict[tuple[int, int], str] = {}
        self.struck: set[tuple[int, int]] = set()
        self.unseen: set[tuple[int, int]] = set()
        self.hidden_rows: set[int] = set()
        self._hidden: set[tuple[int, int]] = set()
        self._styles, self._strings = styles, strings
        self._filled_rows: set[int] = set()
        self._filled_columns: set[int] = set()
        self._row = self._column = 0
        self._cell: Mapping[str, str] = {}
        self._texts: dict[str, str] = {}
        self._inside = ""
        self._run = _PLAIN
        self.parser = make_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    @property
    def span(self) -> int:
        """The size in cells of what the content spans."""
        rows, columns = self._filled_rows, self._filled_columns
        if not rows:
            return 0
        return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)

    @property
    def hidden_columns(self) -> set[int]:
        """Their numbers; what several elements hide is counted once."""
        found: set[int] = set()
        reached = 0
        for first, last in sorted(self._hidden):
            found.update(range(max(first, reached + 1), last + 1))
            reached = max(reached, last)
        return found

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        if name == "c":
            self._place(attributes.get("r", ""))
            self._cell, self._texts, self._run = attributes, {}, _PLAIN
        elif name in _PARTS_OF_CELL:
            self._inside = name
            self._texts.setdefault(name, "")
        elif name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            if _is_true(attributes.get("hidden")):
                self.hidden_rows.add(self._row)
        elif name == "col" and _is_true(attributes.get("hidden")):
            first, last = int(attributes["min"]), int(attributes["max"])
            self._hidden.add((first, min(last, _LAST_COLUMN)))
        elif self._inside == "is":
            told = {local_name(key): value for key, value in attributes.items()}
            self._run = _add_to_look(self._run, name, told)

    def _place(self, reference: str) -> None:
        """A cell without a reference stands right of the one before; ValueError if it is none."""
        found = _REFERENCE.fullmatch(reference)
        if reference and found is None:
            raise ValueError("no reference of a cell")
        self._column = _column_number_of(found[1]) if found else self._column + 1
        self._row = int(found[2]) if found else self._row

    def _text(self, text: str) -> None:
        if self._inside:
            self._texts[self._inside] += text

    def _end(self, tag: str) -> None:
        name = local_name(tag)
        if name in _PARTS_OF_CELL:
            self._inside = ""
        elif name == "c" and self._texts:
            self._filled_rows.add(self._row)
            self._filled_columns.add(self._column)
            self._judge((self._row, self._column), self._cell.get("t", "n"))

    def _judge(self, spot: tuple[int, int], kind: str) -> None:
        """Excel stores an empty text as result with the type str; then the cell is blank."""
        value = self._texts.get("v", "").strip()
        formula = "=" + (self._texts.get("f") or "…")
        if describe_formula(formula) == PICTURE or (kind == "e" and "vm" in self._cell):
            self.odd[spot] = PICTURE
        elif kind == "e":
            self.odd[spot] = value or "#VALUE!"
        elif "f" in self._texts and not value and not (kind == "str" and "v" in self._texts):
            self.odd[spot] = formula
        style = self._styles.get(self._cell.get("s", "0"))
        if style and not is_plain_format(style.code):
            self.formats[spot] = style.code
        own = style.look if style else _PLAIN
        run = self._strings.get(value, _PLAIN) if kind == "s" else self._run
        if own.struck or run.struck:
            self.struck.add(spot)
        if Look(faint=own.faint or run.faint, dark=own.dark).unseen:
            self.unseen.add(spot)


_PARTS_OF_CELL = ("f", "v", "is")
_REFERENCE = re.compile(r"([A-Za-z]{1,20})([0-9]{1,20})")
"""Also what lies outside Excel's own grid: calamine makes room up to there."""
_LAST_COLUMN = 16_384
_DIGITS = 6
_DEEPEST = 6
"""Elements deeper than this tell nothing; the whole path of each of 200,000 nested ones took 17 s."""


class _NestedScan:
    """An expat parser that knows in which elements it is."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.parser = make_parser()
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.path.append(local_name(tag))
        self.met({local_name(key): value for key, value in attributes.items()})

    def _close(self, _: str) -> None:
        self.path.pop()

    def met(self, attributes: Mapping[str, str]) -> None:
        """An element begins, the last one of ``path``."""
        raise NotImplementedError


class _StylesScan(_NestedScan):
    """Number formats, fonts, grounds, and cell styles."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        self.fonts: list[Look] = []
        self.fills: list[bool] = []
        self.xfs: list[tuple[str, str, str]] = []

    def style(self, xf: tuple[str, str, str]) -> CellStyle:
        """The style of a cellXfs entry: number format, font and fill by number."""
        code, font, fill = xf
        look = self.fonts[int(font)] if _is_within(font, self.fonts) else _PLAIN
        dark = self.fills[int(fill)] if _is_within(fill, self.fills) else False
        return CellStyle(self.codes.get(code, ""), replace(look, dark=dark))

    def met(self, attributes: Mapping[str, str]) -> None:
        match self.path[1:_DEEPEST]:
            case ["numFmts", "numFmt"]:
                self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case ["fonts", "font"]:
                self.fonts.append(_PLAIN)
            case ["fonts", "font", what] if self.fonts:
                self.fonts[-1] = _add_to_look(self.fonts[-1], what, attributes)
            case ["fills", "fill"]:
                self.fills.append(False)
            case ["fills", "fill", "gradientFill"] if self.fills:
                self.fills[-1] = True
            case ["fills", "fill", "patternFill", "fgColor"] if self.fills:
                self.fills[-1] = is_dark(to_rgb(attributes))
            case ["cellXfs", "xf"]:
                keys = ("numFmtId", "fontId", "fillId")
                code, font, fill = (attributes.get(key, "") for key in keys)
                self.xfs.append((code, font, fill))


class _StringsScan(_NestedScan):
    """Shared strings with a run that is struck through, white or tiny."""

    def __init__(self) -> None:
        super().__init__()
        self.number = -1
        self.looks: dict[str, Look] = {}

    def met(self, attributes: Mapping[str, str]) -> None:
        match self.path[1:_DEEPEST]:
            case ["si"]:
                self.number += 1
            case ["si", "r", "rPr", what]:
                number = str(self.number)
                self.looks[number] = _add_to_look(self.looks.get(number, _PLAIN), what, attributes)


def _add_to_look(look: Look, what: str, attributes: Mapping[str, str]) -> Look:
    """A font with one more of its properties; of a text of several runs all that any has."""
    match what:
        case "strike":
            return replace(look, struck=look.struck or _is_true(attributes.get("val", "1")))
        case "color":
            return replace(look, faint=look.faint or is_white(to_rgb(attributes)))
        case "sz":
            return replace(look, faint=look.faint or is_tiny(attributes.get("val", "")))
    return look


def _is_within(number: str, entries: Sequence[object]) -> bool:
    return number.isdecimal() and len(number) < _DIGITS and int(number) < len(entries)


def _is_true(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _refuse_entity(*_: object) -> None:
    raise ValueError("no workbook declares XML entities")


def _column_number_of(letters: str) -> int:
    """``A → 1``, ``AA → 27``."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
