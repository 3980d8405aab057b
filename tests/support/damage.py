"""How a working folder is damaged: changes of the real files' bytes, made as people make them.

A folder is its files by name.  A change takes it as it is and alters it in place.  Single cells are
changed in the sheet's XML, everything else in the file stays as it was; rows, columns and sheets
are changed by openpyxl (load, modify, save); whole files as bytes.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import pickle
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.raw import make_address, parse_address

Folder = dict[str, bytes]
Change = Callable[[Folder], None]

HEADER = 3
"""The row of the header in our forms."""


def put(file: str, sheet: str, **cells: Any) -> Change:
    """Other contents in some cells: ``put(FILE, "办理情况", A4="99", B4=None)``.

    ``"=…"`` is a formula without a stored result, ``("=…", 15)`` one with it, ``"#REF!"`` an error
    value; a number is written into a cell without a format, so that it is no date.
    """

    def change(folder: Folder) -> None:
        parts = unzipped(folder[file])
        path = _part_of(parts, sheet)
        root = etree.fromstring(parts[path])
        for name, content in cells.items():
            _fill(_cell(root, name), content)
        parts[path] = etree.tostring(root)
        folder[file] = zipped(parts)

    return change


def on_sheet(file: str, sheet: str, change: Callable[[Worksheet], None]) -> Change:
    """Whatever ``change`` does to one sheet."""
    return on_book(file, lambda book: change(book[sheet]))


def on_book(file: str, change: Callable[[openpyxl.Workbook], None]) -> Change:
    """Whatever ``change`` does to one workbook."""

    def damage(folder: Folder) -> None:
        book = pickle.loads(_loaded(folder[file]))
        change(book)
        saved = io.BytesIO()
        book.save(saved)
        folder[file] = saved.getvalue()

    return damage


@functools.lru_cache(64)
def _loaded(content: bytes) -> bytes:
    """The workbook as openpyxl loads it, pickled: a copy of it costs an eighth of loading it anew."""
    return pickle.dumps(openpyxl.load_workbook(io.BytesIO(content)))


def clear(file: str, sheet: str, *rows: int) -> Change:
    """Rows emptied, as with the Delete key."""

    def change(target: Worksheet) -> None:
        for row in rows:
            for cell in target[row]:
                cell.value = None

    return on_sheet(file, sheet, change)


def insert_rows(file: str, sheet: str, before: int, count: int) -> Change:
    """Blank rows inserted; what stands below moves down."""

    def change(target: Worksheet) -> None:
        _unmerge(target)
        target.insert_rows(before, count)

    return on_sheet(file, sheet, change)


def delete_rows(file: str, sheet: str, *rows: int) -> Change:
    """Rows deleted; what stands below moves up."""

    def change(target: Worksheet) -> None:
        for row in sorted(rows, reverse=True):
            for area in list(target.merged_cells.ranges):
                if area.min_row <= row <= area.max_row:  # as Excel does, openpyxl does not
                    target.unmerge_cells(str(area))
            target.delete_rows(row)

    return on_sheet(file, sheet, change)


def delete_column(file: str, sheet: str, column: int) -> Change:
    """A column deleted; what stands to its right moves left."""

    def change(target: Worksheet) -> None:
        _unmerge(target)
        target.delete_cols(column)

    return on_sheet(file, sheet, change)


def reverse_columns(file: str, sheet: str) -> Change:
    """The table's columns, headers included, in the opposite order."""

    def change(target: Worksheet) -> None:
        _unmerge(target)
        for row in target.iter_rows(min_row=HEADER):
            values = [cell.value for cell in row]
            for cell, value in zip(row, reversed(values), strict=True):
                cell.value, cell.number_format = value, "General"
                if hasattr(value, "year"):
                    cell.number_format = "yyyy-mm-dd"

    return on_sheet(file, sheet, change)


def copy_row(file: str, sheet: str, row: int, to: int) -> Change:
    """A row's contents once more in another row."""

    def change(target: Worksheet) -> None:
        for column, cell in enumerate(target[row], 1):
            target.cell(to, column).value = cell.value

    return on_sheet(file, sheet, change)


def drop_sheet(file: str, sheet: str) -> Change:
    """A sheet deleted."""
    return on_book(file, lambda book: book.remove(book[sheet]))


def rename_sheet(file: str, sheet: str, name: str) -> Change:
    """A sheet renamed."""

    def change(folder: Folder) -> None:
        parts = unzipped(folder[file])
        book = parts["xl/workbook.xml"].decode()
        assert book.count(f'name="{sheet}"') == 1
        parts["xl/workbook.xml"] = book.replace(f'name="{sheet}"', f'name="{name}"').encode()
        folder[file] = zipped(parts)

    return change


def copy_sheet(file: str, sheet: str, name: str) -> Change:
    """A second copy of a sheet, under another name."""

    def change(book: openpyxl.Workbook) -> None:
        book.copy_worksheet(book[sheet]).title = name

    return on_book(file, change)


def put_values(file: str, sheet: str, **cells: Any) -> Change:
    """As ``put``, in a workbook that openpyxl has saved."""

    def change(target: Worksheet) -> None:
        for name, value in cells.items():
            target[name] = value

    return on_sheet(file, sheet, change)


def number_format(file: str, sheet: str, shown_as: str, **cells: Any) -> Change:
    """Other contents in some cells, with a number format of their own."""

    def change(target: Worksheet) -> None:
        for name, value in cells.items():
            target[name] = value
            target[name].number_format = shown_as

    return on_sheet(file, sheet, change)


def merge(file: str, sheet: str, area: str, *, keep: bool = False) -> Change:
    """Cells merged: only the first one's content stays, unless only the format is copied."""

    def change(folder: Folder) -> None:
        parts = unzipped(folder[file])
        path = _part_of(parts, sheet)
        root = etree.fromstring(parts[path])
        merged = root.find(_MAIN + "mergeCells")
        etree.SubElement(merged, _MAIN + "mergeCell", ref=area)
        for name in [] if keep else list(_within(area))[1:]:
            _fill(_cell(root, name), None)
        parts[path] = etree.tostring(root)
        folder[file] = zipped(parts)

    return change


def tall_header(file: str, sheet: str, grouped: str) -> Change:
    """A header of two rows: the columns ``grouped`` under one title, the others merged downwards."""

    def change(target: Worksheet) -> None:
        _unmerge(target)
        first, last = grouped.split(":")
        target.insert_rows(HEADER + 1)
        for cell in target[HEADER]:
            if parse_address(f"{first}1")[1] <= (cell.column or 0) <= parse_address(f"{last}1")[1]:
                target.cell(HEADER + 1, cell.column).value, cell.value = cell.value, None
            else:
                target.merge_cells(f"{cell.coordinate}:{cell.column_letter}{HEADER + 1}")
        target[f"{first}{HEADER}"] = "其中"
        target.merge_cells(f"{first}{HEADER}:{last}{HEADER}")

    return on_sheet(file, sheet, change)


def filter_rows(file: str, sheet: str, *rows: int) -> Change:
    """A filter that hides these rows, and a column hidden by hand."""

    def change(target: Worksheet) -> None:
        target.auto_filter.ref = f"A{HEADER}:{target.cell(1, target.max_column).column_letter}20"
        target.auto_filter.add_filter_column(0, ["1"])
        target.column_dimensions["C"].hidden = True
        for row in rows:
            target.row_dimensions[row].hidden = True

    return on_sheet(file, sheet, change)


def strike_row(file: str, sheet: str, row: int) -> Change:
    """A row struck through, as one that no longer counts."""

    def change(target: Worksheet) -> None:
        for cell in target[row]:
            cell.font = Font(name=cell.font.name, size=cell.font.size, strike=True)

    return on_sheet(file, sheet, change)


def change_all(file: str, sheet: str) -> Change:
    """Fonts, fills, borders, heights and comments, as pasted from elsewhere."""

    def change(target: Worksheet) -> None:
        for row in target.iter_rows(min_row=HEADER):
            for cell in row:
                cell.font, cell.fill = Font(name="Arial", size=20), PatternFill("solid", "FFFF00")
                cell.alignment = Alignment(wrap_text=True, text_rotation=45)
        target.row_dimensions[HEADER + 1].height = 120
        target[f"A{HEADER + 1}"].comment = Comment("请核对", "审核")

    return on_sheet(file, sheet, change)


def copy(file: str, to: str) -> Change:
    """A second copy of a file, under another name."""

    def change(folder: Folder) -> None:
        folder[to] = folder[file]

    return change


def rename(file: str, to: str) -> Change:
    """A file under another name."""

    def change(folder: Folder) -> None:
        folder[to] = folder.pop(file)

    return change


def remove(file: str) -> Change:
    """A file that is not there."""

    def change(folder: Folder) -> None:
        del folder[file]

    return change


def write(file: str, content: bytes) -> Change:
    """A file with this content instead of its own."""

    def change(folder: Folder) -> None:
        folder[file] = content

    return change


def truncate(file: str) -> Change:
    """The first half of a file, as after a broken transfer."""

    def change(folder: Folder) -> None:
        folder[file] = folder[file][: len(folder[file]) // 2]

    return change


def foreign_workbook() -> bytes:
    """A workbook that has nothing to do with the report."""
    book = openpyxl.Workbook()
    book["Sheet"].append(["物品", "数量"])
    book["Sheet"].append(["打印纸", 5])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


NOISE = random.Random(2024).randbytes(4000)
HTML = "<html><body><table><tr><td>编号</td></tr></table></body></html>".encode()


def _unmerge(target: Worksheet) -> None:
    """openpyxl moves cells but not merged ranges."""
    for merged in list(target.merged_cells.ranges):
        target.unmerge_cells(str(merged))


def unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """A package of these parts."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return saved.getvalue()


def _part_of(parts: dict[str, bytes], sheet: str) -> str:
    """openpyxl, which writes our forms, numbers the parts as the sheets stand."""
    names = re.findall('<sheet [^>]*?name="(.*?)"', parts["xl/workbook.xml"].decode())
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def _cell(root: Any, name: str) -> Any:
    row, _ = parse_address(name)
    data = root.find(_MAIN + "sheetData")
    return _child(_child(data, "row", str(row), int), "c", name, parse_address)


def _child(parent: Any, tag: str, name: str, order: Callable[[str], Any]) -> Any:
    """The row or cell of that name, made at its place if it is not there."""
    for place, child in enumerate(parent):
        if child.get("r") == name:
            return child
        if order(child.get("r")) > order(name):
            new = etree.Element(_MAIN + tag, r=name)
            parent.insert(place, new)
            return new
    return etree.SubElement(parent, _MAIN + tag, r=name)


def _within(area: str) -> Iterator[str]:
    """The names of all cells of an area, the first one first."""
    (top, left), (bottom, right) = (parse_address(corner) for corner in area.split(":"))
    for row in range(top, bottom + 1):
        yield from (make_address(row, column) for column in range(left, right + 1))


def _fill(cell: Any, content: Any) -> None:
    cell.attrib.pop("t", None)
    cell[:] = []
    match content:
        case (str(formula), result):
            _add(cell, "f", formula[1:])
            _add(cell, "v", str(result))
        case dt.date():
            moment = dt.datetime.combine(content, getattr(content, "time", dt.time)())
            _add(cell, "v", str((moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)))
        case int() | float():
            cell.attrib.pop("s", None)
            _add(cell, "v", str(content))
        case str() if content.startswith("="):
            _add(cell, "f", content[1:])
        case str() if content.startswith("#"):
            cell.set("t", "e")
            _add(cell, "v", content)
        case str():
            cell.set("t", "inlineStr")
            _add(etree.SubElement(cell, _MAIN + "is"), "t", content)


def _add(parent: Any, tag: str, text: str) -> None:
    child = etree.SubElement(parent, _MAIN + tag)
    child.text = text
    child.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
