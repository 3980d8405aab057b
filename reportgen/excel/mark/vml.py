"""The boxes in which comments appear: old drawings (VML), one part for each sheet.

The dialect need not be proper XML, so it is changed as text: boxes are added at its end and found
by the row and column that they name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportgen.excel.mark.package import RELATION, SHEET_ORDER, WorkbookPackage
from reportgen.excel.mark.xml_edit import UnfitError, insert_child, make_fragment, parse_outline
from reportgen.excel.write.looks import count_lines_needed
from reportgen.raw import parse_address


def write_boxes(package: WorkbookPackage, sheet: str, texts: Mapping[str, str]) -> None:
    """Add a box, hidden until one points at the cell, for each text by cell."""
    if not texts:
        return
    path = _find_drawing(package, sheet) or _add_drawing(package, sheet)
    xml = package.parts[path]
    begin, close, end = xml.rpartition(b"</xml>")
    if not close:
        raise UnfitError
    used = max([1024 * _part_number_of(path), *map(int, re.findall(rb'id="_x0000_s(\d+)"', xml))])
    shape = b"" if b'id="_x0000_t202"' in xml else _SHAPE_TYPE.encode()
    grid = _read_grid(package.parts[sheet])
    new = "".join(
        _make_box(used + number, number, cell, grid.anchor(cell, text))
        for number, (cell, text) in enumerate(texts.items(), 1)
    )
    package.parts[path] = begin + shape + new.encode() + close + end


def clear_boxes(package: WorkbookPackage, sheet: str, cells: Sequence[str]) -> None:
    """Take away the boxes of the comments at these cells."""
    path = _find_drawing(package, sheet)
    if path is None or not cells:
        return
    places = {parse_address(cell) for cell in cells}

    def kept(found: re.Match[bytes]) -> bytes:
        row, column = (re.search(rb"<x:%s>(\d+)<" % tag, found[0]) for tag in (b"Row", b"Column"))
        if b'ObjectType="Note"' not in found[0] or not row or not column:
            return found[0]
        return b"" if (int(row[1]) + 1, int(column[1]) + 1) in places else found[0]

    package.parts[path] = _BOX.sub(kept, package.parts[path])


def _find_drawing(package: WorkbookPackage, sheet: str) -> str | None:
    found = parse_outline(package.parts[sheet], "sheetData").child("legacyDrawing")
    if found is None:
        return None
    ids = [value for name, value in found.attributes.items() if name.endswith(":id")]
    return next(one.target for one in package.relations(sheet) if one.id in ids)


def _add_drawing(package: WorkbookPackage, sheet: str) -> str:
    path = package.free("xl/drawings/vmlDrawing", "vml")
    package.parts[path] = _NO_BOXES.format(number=_part_number_of(path)).encode()
    package.allow("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    relation = package.relate(sheet, "vmlDrawing", path)
    xml = package.parts[sheet]
    root = parse_outline(xml, "sheetData")
    drawing = make_fragment(root, xml, f'<legacyDrawing xmlns:r="{RELATION}" r:id="{relation}"/>')
    package.edit(sheet, insert_child(root, SHEET_ORDER, "legacyDrawing", drawing))
    return path


def _part_number_of(path: str) -> int:
    return int((re.findall(r"\d+", path) or ["1"])[-1])


@dataclass(frozen=True)
class _Grid:
    """How wide the columns and how high the rows are, in pixels, counted from 0."""

    widths: Mapping[int, int]
    heights: Mapping[int, int]
    width: int
    height: int

    def anchor(self, cell: str, text: str) -> str:
        """A box right of the cell, wide enough for a sentence and as high as the text needs."""
        row, column = parse_address(cell)
        top, left = max(row - 2, 0), min(column, 16_000)
        right = _walk_pixels(left, 370, lambda at: self.widths.get(at, self.width))
        high = 19 * count_lines_needed(text, _CHARACTERS) + 16
        bottom = _walk_pixels(top, high, lambda at: self.heights.get(at, self.height))
        return f"{left}, 12, {top}, 4, {right[0]}, {right[1]}, {bottom[0]}, {bottom[1]}"


def _walk_pixels(start: int, pixels: int, size: Callable[[int], int]) -> tuple[int, int]:
    """Which column or row is so many pixels away, and how far into it."""
    at = start
    while at < start + _FARTHEST and pixels > size(at):
        pixels -= size(at)
        at += 1
    return at, min(pixels, size(at))


def _read_grid(xml: bytes) -> _Grid:
    root = parse_outline(xml, "sheetData")
    shape, columns = root.child("sheetFormatPr"), root.child("cols")
    usual = shape.attributes if shape else {}
    widths: dict[int, int] = {}
    for element in columns.children if columns else ():
        first, last = int(element.attributes["min"]), int(element.attributes["max"])
        pixels = (
            0 if element.attributes.get("hidden") == "1" else _width_in_pixels(element.attributes)
        )
        widths |= dict.fromkeys(range(first - 1, min(last, first + 500)), pixels)
    heights = {
        int(row[1]) - 1: _round_pixels(float(height[1]) * 4 / 3)
        for found in _ROW.finditer(xml)
        if (row := _ROW_NUMBER.search(found[0])) and (height := _ROW_HEIGHT.search(found[0]))
    }
    return _Grid(
        widths,
        heights,
        width=_width_in_pixels({"width": usual.get("defaultColWidth", "8.43")}),
        height=_round_pixels(float(usual.get("defaultRowHeight", 15)) * 4 / 3),
    )


def _width_in_pixels(attributes: Mapping[str, str]) -> int:
    return _round_pixels(float(attributes.get("width", 8.43)) * 7 + 5)


def _round_pixels(pixels: float) -> int:
    """Rounded; a size that no sheet can have (a damaged file) is none."""
    return round(pixels) if 0 <= pixels < 100_000 else 0


def _make_box(number: int, order: int, cell: str, anchor: str) -> str:
    row, column = parse_address(cell)
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f'z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


_CHARACTERS = 50
"""Latin ones to a line of a box."""
_FARTHEST = 200
_BOX = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_ROW_NUMBER = re.compile(rb'\sr="(\d+)"')
_ROW_HEIGHT = re.compile(rb'\sht="([\d.]+)"')
_NO_BOXES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{number}"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
