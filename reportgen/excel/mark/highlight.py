"""Cells of somebody's sheet coloured by a conditional format that is always true.

The cell's own fill, font and style are not touched, so nothing has to be remembered to give them
back: what is taken away is the format, known by the word in its formula.  That word survives what
Excel, WPS and LibreOffice do to a format when they save it, also where they split its range or copy
it along with a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.excel.mark.package import SHEET_ORDER, WorkbookPackage
from reportgen.excel.mark.xml_edit import (
    Edit,
    ElementSpan,
    cut_element,
    insert_child,
    make_fragment,
    parse_outline,
    read_text_content,
    set_attribute,
)
from reportgen.raw import parse_address

WORD = "reportgen"
_MOST = 400
"""So many cells in one format; Excel takes no endless list of ranges."""


def paint_cells(package: WorkbookPackage, sheet: str, cells: Mapping[int, Sequence[str]]) -> None:
    """Colour cells of the sheet at that path: ``cells`` by the number of the look (dxf).

    Our formats come first, by number and, for LibreOffice, by place; theirs are moved down where
    they would be in the way.
    """
    xml = package.parts[sheet]
    root = parse_outline(xml, "sheetData")
    formats = list(_iter_formats(cells))
    texts = (
        f'<conditionalFormatting sqref="{" ".join(group)}"><cfRule type="expression" '
        f'dxfId="{look}" priority="{number}"><formula>LEN("{WORD}")&gt;0</formula></cfRule>'
        "</conditionalFormatting>"
        for number, (look, group) in enumerate(formats, 1)
    )
    new = b"".join(make_fragment(root, xml, text) for text in texts)
    edits = [*_move_rules_down(xml, root, len(formats))]
    package.edit(sheet, *edits, insert_child(root, SHEET_ORDER, "phoneticPr", new))


def clear_paint(package: WorkbookPackage, sheet: str) -> None:
    """Take away every format of ours; a range with formats of theirs keeps those."""
    xml = package.parts[sheet]
    edits: list[Edit] = []
    for block in parse_outline(xml, "sheetData").all("conditionalFormatting"):
        rules = list(block.all("cfRule"))
        ours = [rule for rule in rules if f'"{WORD}"' in read_text_content(xml, rule)]
        edits += map(cut_element, [block] if ours and len(ours) == len(rules) else ours)
    package.edit(sheet, *edits)


def read_merged_ranges(xml: bytes) -> Sequence[str]:
    """The ranges of a sheet's merged cells."""
    found = parse_outline(xml, "sheetData").all("mergeCell")
    return [element.attributes["ref"] for element in found]


def find_visible_cell(cell: str, areas: Iterable[str]) -> tuple[str, str]:
    """Where a cell is seen, and all it covers: of merged cells the first, and their range."""
    row, column = parse_address(cell)
    for area in areas:
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = parse_address(first), parse_address(last or first)
        if top <= row <= bottom and left <= column <= right:
            return first, area
    return cell, cell


def _iter_formats(cells: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    for look, names in cells.items():
        for start in range(0, len(names), _MOST):
            yield look, names[start : start + _MOST]


def _move_rules_down(xml: bytes, root: ElementSpan, count: int) -> Iterator[Edit]:
    """Their rules, in the same order, behind ``count`` others; also those in extensions."""
    rules = [rule for rule in root.all("cfRule") if "priority" in rule.attributes]
    first = min((int(rule.attributes["priority"]) for rule in rules), default=count + 1)
    for rule in rules if first <= count else ():
        priority = int(rule.attributes["priority"]) + count + 1 - first
        yield set_attribute(xml, rule, "priority", str(priority))
