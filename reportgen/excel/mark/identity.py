"""The hidden sheet _标识 of somebody's workbook, written anew: what the workbook is, and whose."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.data import MARK_SHEET
from reportgen.excel.mark.package import MAIN, WorkbookPackage
from reportgen.excel.mark.sheets import add_hidden_sheet
from reportgen.excel.mark.xml_edit import (
    UnfitError,
    cut_element,
    make_fragment,
    parse_outline,
    to_xml_text,
)
from reportgen.raw import make_address

_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{}">{}</worksheet>'
)


def write_identity(package: WorkbookPackage, rows: Sequence[Sequence[str]]) -> None:
    """Let the hidden sheet hold these rows and nothing else; it is added where there is none."""
    data = f"<sheetData>{''.join(map(_make_row, range(1, len(rows) + 1), rows))}</sheetData>"
    sheet = next((one for one in package.sheets() if one.name == MARK_SHEET), None)
    if sheet is None:
        add_hidden_sheet(package, MARK_SHEET, _SHEET.format(MAIN, data).encode())
        return
    xml = package.parts[sheet.path]
    root = parse_outline(xml)
    old, size = root.child("sheetData"), root.child("dimension")
    if old is None:
        raise UnfitError
    gone = [cut_element(size)] if size else []  # it would be wrong, and may be left out
    package.edit(sheet.path, (old.start, old.end, make_fragment(root, xml, data)), *gone)


def _make_row(number: int, texts: Sequence[str]) -> str:
    cells = "".join(
        f'<c r="{make_address(number, column)}" t="inlineStr">'
        f'<is><t xml:space="preserve">{to_xml_text(text)}</t></is></c>'
        for column, text in enumerate(texts, 1)
    )
    return f'<row r="{number}">{cells}</row>'
