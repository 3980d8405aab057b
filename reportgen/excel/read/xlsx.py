"""The parts of an .xlsx → its sheets: python-calamine for values, a look at the XML where needed.

Parts are found by their relationships, whatever they are called; calamine gets a package in which
they stand where it expects them, and only the worksheets.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import python_calamine

from reportgen.excel.read.colours import Look
from reportgen.excel.read.raw_sheets import (
    MAX_CELLS,
    NOTHING,
    CellDetails,
    make_raw_sheet,
    mark_formulas_odd,
)
from reportgen.excel.read.refusal import RefusedError, too_full, too_wide
from reportgen.excel.read.sheet_scan import (
    CellStyle,
    find_elements,
    find_marked_strings,
    find_telling_styles,
    scan_sheet,
)
from reportgen.excel.read.zip_parts import MAX_UNPACKED, pack_parts
from reportgen.raw import RawSheet


def find_main_part(parts: Mapping[str, bytes]) -> str:
    """The path (in lower case) of the workbook's part; empty if the package holds none."""
    found = _group_relations(parts, "").get("officeDocument", ())
    named = [path for path in (*found, "xl/workbook.xml") if path in parts]
    return next((path for path in named if _is_workbook(parts[path])), "")


def read_xlsx_sheets(parts: Mapping[str, bytes], main: str) -> Iterator[RawSheet]:
    """Every worksheet, hidden ones too; ``parts`` by path in lower case."""
    found = list(_iter_worksheets(parts, main))
    if not found:
        raise RefusedError("里面没有放数据的工作表")
    related = _group_relations(parts, main)
    styles, strings = (
        next((parts.get(path, b"") for path in related.get(kind, ())), b"")
        for kind in ("styles", "sharedStrings")
    )
    _refuse_multiplied(found, strings)
    telling, marked = find_telling_styles(styles), find_marked_strings(strings)
    tells = [_read_details(name, xml, telling, marked) for name, xml in found]
    dates_1904 = any(
        one.get("date1904") in ("1", "true") for one in find_elements(parts[main], "workbookPr")
    )
    package = _Package(found, _drop_counts(styles), _drop_counts(strings), dates_1904).pack()
    with python_calamine.load_workbook(io.BytesIO(package)) as workbook:
        for number, (name, xml) in enumerate(found):
            sheet = _read_sheet(workbook.get_sheet_by_index(number), name, tells[number])
            yield mark_formulas_odd(sheet) if _may_hold_formula(xml, strings) else sheet


_SUSPICIOUS = tuple(
    re.compile(pattern)  # several plain searches are ten times as fast as one with alternatives
    for pattern in (
        rb"<f[\s/>]", rb":(?:[cf]|rPr)[\s/>]", rb"""t=["']e["']""", rb"""hidden=["'][1t]""",
        rb"<rPr[\s>]",
    )
)  # fmt: skip
"""Formulas, names of elements with a prefix, errors, what is hidden, looks of a part of a text."""
_OUTSIDE = tuple(
    re.compile(rb"""<c\b(?! r=["']""" + cell + rb"""["'])""")
    for cell in (rb"[A-Z][12]?\d{1,5}", rb"[A-Z]{1,2}\d{1,4}")
)
"""A cell outside A1:Z299999, and one outside A1:ZZ9999: a sheet within either is small enough."""
MAX_SHEETS = 1_000
"""Worksheets of a workbook."""
MAX_TEXT = 150 * 2**20
"""Bytes of all texts of a workbook's cells, each as often as a cell shows it."""
_FEW = 30
"""So many styles are looked for one by one."""


def _is_workbook(xml: bytes) -> bool:
    return re.search(rb"<(?:\w+:)?workbook[\s/>]", xml[:4000]) is not None


def _group_relations(parts: Mapping[str, bytes], source: str) -> dict[str, list[str]]:
    """By kind, the paths to which a part (or the package as a whole) is related."""
    found: dict[str, list[str]] = {}
    for kind, path in _read_relations(parts, source).values():
        found.setdefault(kind, []).append(path)
    return found


def _read_relations(parts: Mapping[str, bytes], source: str) -> dict[str, tuple[str, str]]:
    """By id, the kind of a relation and the path (in lower case) it leads to."""
    folder, name = posixpath.split(source)
    xml = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"), b"")
    return {
        one["Id"]: (
            one["Type"].rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, one["Target"])).lower().lstrip("/"),
        )
        for one in (find_elements(xml, "Relationship") if xml else ())
        if one.get("TargetMode") != "External"
    }


def _iter_worksheets(parts: Mapping[str, bytes], main: str) -> Iterator[tuple[str, bytes]]:
    """Name and XML of each worksheet; sheets of charts, macros and dialogs hold no table."""
    relations = _read_relations(parts, main)
    for sheet in find_elements(parts[main], "sheet"):
        kind, path = relations.get(sheet["id"], ("worksheet", ""))
        if kind != "worksheet":
            continue
        if path not in parts:
            raise RefusedError
        yield sheet["name"], parts[path]


def _refuse_multiplied(found: Sequence[tuple[str, bytes]], strings: bytes) -> None:
    """A part or a text stands in the file once, and is read for every sheet or cell that names it."""
    if len(found) > MAX_SHEETS or sum(len(xml) for _, xml in found) > MAX_UNPACKED:
        raise too_full()
    sizes = [len(text) for text in _STRING_END.split(strings)]
    numbers = sum(xml.count(b"v>") for _, xml in found)  # at least as many as there are, or half
    if max(sizes) * numbers > MAX_TEXT:
        used = Counter(number for _, xml in found for number in _NUMBER.findall(xml))
        size = sum(sizes[at] * n for number, n in used.items() if (at := int(number)) < len(sizes))
        if size > MAX_TEXT:
            raise too_full()


_STRING_END = re.compile(rb"</(?:\w+:)?si\s*>")
_NUMBER = re.compile(rb"[<:]v(?:\s[^<>]*)?>\s*(\d{1,9})\b")
_COUNT = re.compile(rb"""(\s)(?:count|uniqueCount)\s*=\s*(?:"[^"<]*"|'[^'<]*')""")


def _drop_counts(xml: bytes) -> bytes:
    """Without the numbers of what follows: calamine makes room for so many, whether they come."""
    return _COUNT.sub(rb"\1", xml)


def _read_details(
    name: str, xml: bytes, styles: Mapping[str, CellStyle], marked: Mapping[str, Look]
) -> CellDetails:
    """What the sheet's own XML tells; most sheets hold nothing that asks for going through them."""
    is_near = not all(sign.search(xml) for sign in _OUTSIDE)
    is_plain = not marked and not _may_use_styles(xml, styles)
    if is_near and is_plain and not any(sign.search(xml) for sign in _SUSPICIOUS):
        return NOTHING
    look = scan_sheet(xml, styles, marked)
    if look.span > MAX_CELLS:
        raise too_wide(name)
    return CellDetails(
        look.odd, look.formats, struck=look.struck, unseen=look.unseen,
        hidden_rows=look.hidden_rows, hidden_columns=look.hidden_columns,
    )  # fmt: skip


def _may_hold_formula(xml: bytes, strings: bytes) -> bool:
    """Whether a text may begin with ``=``."""
    return any(sign.search(part) for sign in _BEGUN_WITH_EQUALS for part in (xml, strings))


_BEGUN_WITH_EQUALS = (re.compile(b">="), re.compile(">＝".encode()))
"""``in`` takes twice as long for signs as frequent as these."""


def _may_use_styles(xml: bytes, styles: Mapping[str, CellStyle]) -> bool:
    """Whether some cell may be of one of these styles."""
    if "0" in styles or len(styles) > _FEW:
        return True
    return any(f' s="{style}"'.encode() in xml for style in styles) or b" s='" in xml


def _read_sheet(sheet: python_calamine.CalamineSheet, name: str, told: CellDetails) -> RawSheet:
    if sheet.height * sheet.width > MAX_CELLS:
        raise too_wide(name)
    row, column = sheet.start or (0, 0)
    merged = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return make_raw_sheet(name, sheet.to_python(), (row + 1, column + 1), told, merged)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class _Package:
    """A workbook of these sheets alone: what calamine reads has been measured."""

    sheets: list[tuple[str, bytes]]
    styles: bytes
    strings: bytes
    dates_1904: bool

    def pack(self) -> bytes:
        parts = {f"xl/worksheets/sheet{n}.xml": xml for n, (_, xml) in self._numbered()}
        others = {"xl/styles.xml": self.styles, "xl/sharedStrings.xml": self.strings}
        parts |= {path: xml for path, xml in others.items() if xml}
        targets = [("worksheet", f"worksheets/sheet{n}.xml") for n, _ in self._numbered()]
        targets += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        parts["xl/workbook.xml"] = self._workbook().encode()
        parts["xl/_rels/workbook.xml.rels"] = _make_relations(targets)
        parts["_rels/.rels"] = _make_relations([("officeDocument", "xl/workbook.xml")])
        return pack_parts(parts)

    def _numbered(self) -> Iterator[tuple[int, tuple[str, bytes]]]:
        return enumerate(self.sheets, 1)

    def _workbook(self) -> str:
        listed = "".join(
            f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>' for n, _ in self._numbered()
        )
        return (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">'
            f'<workbookPr date1904="{int(self.dates_1904)}"/><sheets>{listed}</sheets></workbook>'
        )


def _make_relations(targets: Sequence[tuple[str, str]]) -> bytes:
    """Relations by kind and target, ``rId1`` the first."""
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'.encode()
