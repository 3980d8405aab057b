"""Standard workbooks, blank or prefilled, made from their declaration.

Every sheet: title (row 1), instruction (row 2), header (row 3), then the rows; a sheet of pairs
has the columns 项目, 内容, 填写说明.  Beside them stand 填写说明, and two veryHidden sheets: the
lists of the drop-downs, and the mark by which the workbook is recognised.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from reportgen.data import MARK_SHEET
from reportgen.excel import looks
from reportgen.excel.dropdowns import Options, block, validation
from reportgen.excel.guide import write_guide
from reportgen.schema.columns import Amount, Choice, Ref, Title
from reportgen.schema.model import Column, Sheet, Workbook

HEADER_ROW = 3
"""Where the header of every sheet stands; the rows follow it."""
SCREEN = 140
"""How many characters of a table an ordinary screen shows side by side."""

Records = Sequence[Mapping[str, object]]
_NOTHING: Mapping[str, Records] = MappingProxyType({})
_NO_LISTS: Mapping[tuple[str, str], Sequence[str]] = MappingProxyType({})
_NO_NOTES: Mapping[tuple[str, str], str] = MappingProxyType({})


def write(
    workbook: Workbook,
    *,
    created: dt.datetime,
    rows: Mapping[str, Records] = _NOTHING,
    lists: Mapping[tuple[str, str], Sequence[str]] = _NO_LISTS,
    notes: Mapping[tuple[str, str], str] = _NO_NOTES,
    owner: str = "",
    title: str = "",
) -> bytes:
    """The standard workbook as .xlsx.

    ``rows``: records by column name, by sheet (of a sheet of pairs, one record); values are str,
    int, Decimal, date, Amount, tuples of names, or None.  A sheet with locked columns that is given
    rows is protected (no password) and has no further rows.  ``lists``: what may be chosen where a
    Ref's sheet is not in this workbook, by (sheet, column) that the Ref names.  ``notes``: more to
    say about a column, by (sheet, column).  ``created`` is every time stamp inside.
    """
    form = _Form(workbook, rows, lists, notes, owner, title)
    book = openpyxl.Workbook()
    looks.add_styles(book)
    guide = book.active
    assert isinstance(guide, Worksheet)
    write_guide(guide, workbook, lists, notes)
    options = Options()
    for sheet in workbook.sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet, form, options)
    options.write(book)
    _write_mark(book.create_sheet(MARK_SHEET), form)
    book.active = 1
    return _package(book, created)


@dataclass(frozen=True)
class _Form:
    """One workbook to write and all that goes into it."""

    workbook: Workbook
    rows: Mapping[str, Records]
    lists: Mapping[tuple[str, str], Sequence[str]]
    notes: Mapping[tuple[str, str], str]
    owner: str
    title: str

    def records(self, sheet: Sheet) -> Records:
        return self.rows.get(sheet.name, ())

    def sealed(self, sheet: Sheet) -> bool:
        """Whether locked columns were filled in; in a blank form they are open like the others."""
        return bool(self.records(sheet)) and any(column.locked for column in sheet.columns)

    def last_row(self, sheet: Sheet) -> int:
        """The last row prepared for content."""
        blank = 0 if self.sealed(sheet) else sheet.blank_rows
        return HEADER_ROW + len(self.records(sheet)) + blank

    def heading(self, sheet: Sheet) -> str:
        """What stands above the sheet."""
        name = f"{self.title}：{sheet.name}" if self.title else sheet.name
        return f"{name}（{self.owner}）" if self.owner and self.owner not in name else name

    def note(self, sheet: Sheet, column: Column) -> str:
        """What the input message of a column says."""
        extra = self.notes.get((sheet.name, column.name), "")
        return "\n".join(text for text in (column.note, extra) if text)

    def source(self, column: Column, options: Options) -> str | None:
        """The range with what may be chosen in a column, if it has a list."""
        match column.type:
            case Choice():
                return options.range_of(column.name, column.type.options)
            case Ref(sheet=name) if name in {sheet.name for sheet in self.workbook.sheets}:
                sheet = self.workbook.sheet(name)
                letter = get_column_letter(
                    1 + sheet.columns.index(sheet.column(column.type.column))
                )
                return block(name, letter, HEADER_ROW + 1, self.last_row(sheet))
            case Ref(sheet=name, column=key) if (name, key) in self.lists:
                return options.range_of(column.name, tuple(self.lists[name, key]))
        return None


def _write_sheet(target: Worksheet, sheet: Sheet, form: _Form, options: Options) -> None:
    write = _write_pairs if sheet.layout == "pairs" else _write_table
    write(target, sheet, form)
    columns = target.max_column
    looks.top_line(target, 1, form.heading(sheet), looks.TITLE, columns)
    looks.top_line(target, 2, sheet.instruction + _hint(sheet), looks.LINE, columns)
    looks.set_page(target, HEADER_ROW)
    for number, column in enumerate(sheet.columns):
        cells = _cells_of(sheet, number, form)
        rule = validation(column, form.note(sheet, column), form.source(column, options))
        if rule:
            rule.add(cells)
            target.add_data_validation(rule)
        if column.required and not (column.locked and form.sealed(sheet)):
            target.conditional_formatting.add(cells, _required(sheet, cells))
    if form.sealed(sheet):
        _protect(target)


def _hint(sheet: Sheet) -> str:
    what = "项目" if sheet.layout == "pairs" else "表头"
    return f"红字{what}必填。" if any(c.required and not c.locked for c in sheet.columns) else ""


def _cells_of(sheet: Sheet, number: int, form: _Form) -> str:
    """The cells to fill in of one column (of one pair, the cell)."""
    if sheet.layout == "pairs":
        return f"B{HEADER_ROW + 1 + number}"
    letter = get_column_letter(number + 1)
    return f"{letter}{HEADER_ROW + 1}:{letter}{form.last_row(sheet)}"


def _write_table(target: Worksheet, sheet: Sheet, form: _Form) -> None:
    widths = [max(column.width, 2 * len(column.name) + 4) for column in sheet.columns]
    looks.set_widths(target, widths)
    for number, column in enumerate(sheet.columns, 1):
        style = looks.header_style(required=column.required, locked=column.locked)
        target.cell(HEADER_ROW, number, column.name).style = style
    sealed, records = form.sealed(sheet), form.records(sheet)
    styles = [
        looks.cell_style(column.type, grey=column.locked, locked=column.locked and sealed)
        for column in sheet.columns
    ]
    for row in range(HEADER_ROW + 1, form.last_row(sheet) + 1):
        index = row - HEADER_ROW - 1
        record = records[index] if index < len(records) else {}
        lines = 1
        for number, column in enumerate(sheet.columns, 1):
            text = _put(target.cell(row, number), record.get(column.name), styles[number - 1])
            lines = max(lines, looks.lines_needed(text, widths[number - 1]))
        looks.fit_row(target, row, lines)
    target.freeze_panes = target.cell(HEADER_ROW + 1, 1 + _frozen(sheet, widths))


def _frozen(sheet: Sheet, widths: Sequence[float]) -> int:
    """How many columns stay in view: in a table wider than a screen, those that say which row."""
    if sum(widths) < SCREEN:
        return 0
    titles = [n for n, column in enumerate(sheet.columns, 1) if isinstance(column.type, Title)]
    return titles[0] if titles else 1


def _write_pairs(target: Worksheet, sheet: Sheet, form: _Form) -> None:
    widths = (18, max(column.width for column in sheet.columns), 60)
    looks.set_widths(target, widths)
    for number, name in enumerate(("项目", "内容", "填写说明"), 1):
        target.cell(HEADER_ROW, number, name).style = looks.HEADER
    record = (*form.records(sheet), {})[0]
    for row, column in enumerate(sheet.columns, HEADER_ROW + 1):
        label, cell, note = (target.cell(row, number) for number in (1, 2, 3))
        _put(label, column.name, looks.LABEL_REQUIRED if column.required else looks.LABEL)
        value = record.get(column.name)
        style = looks.cell_style(column.type, grey=False, locked=False)
        text = _put(cell, column.default if value is None else value, style)
        said = _put(note, form.note(sheet, column), looks.NOTE)
        lines = (looks.lines_needed(text, widths[1]), looks.lines_needed(said, widths[2]))
        looks.fit_row(target, row, max(lines))
    target.freeze_panes = target.cell(HEADER_ROW + 1, 1)


def _put(cell: Cell, value: object, style: str) -> str:
    """Write a value as what it is, never as a formula; the text that it shows."""
    cell.style = style  # before the value: openpyxl gives a date its own format otherwise
    if value is None:
        return ""
    if isinstance(value, int | Decimal | dt.date) and not isinstance(value, bool):
        cell.value = value
        return str(value)
    text = _NOT_IN_XML.sub("", _text(value))
    cell.value = text
    cell.data_type = "s"
    if text.startswith("="):
        cell.quotePrefix = True  # type: ignore[attr-defined]
    return text


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return value.text if isinstance(value, Amount) else str(value)


def _required(sheet: Sheet, cells: str) -> FormulaRule:
    """Tints a required cell while it is empty, in a table only if its row has begun."""
    first = cells.partition(":")[0]
    row = f"$A{HEADER_ROW + 1}:${get_column_letter(len(sheet.columns))}{HEADER_ROW + 1}"
    begun = "TRUE" if sheet.layout == "pairs" else f"COUNTA({row})>0"
    return FormulaRule([f"AND(LEN(TRIM({first}))=0,{begun})"], fill=looks.REQUIRED_FILL)


def _protect(target: Worksheet) -> None:
    """Without a password, and only against typing over the locked cells."""
    protection = target.protection
    protection.sheet = True
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "sort",
        "autoFilter",
    ):
        setattr(protection, allowed, False)  # True means forbidden


def _write_mark(target: Worksheet, form: _Form) -> None:
    """By this the workbook is recognised, whatever its file is called."""
    target.append(("表种", form.workbook.name))
    target.append(("版本", form.workbook.version))
    target.append(("部门", form.owner))
    target.sheet_state = "veryHidden"


def _package(book: openpyxl.Workbook, created: dt.datetime) -> bytes:
    """The workbook's bytes, in which every time stamp is ``created``."""
    draft, final = io.BytesIO(), io.BytesIO()
    book.save(draft)
    properties = book.properties
    properties.creator, properties.title = "reportgen", None
    properties.created = properties.modified = created
    stamp = max(created, dt.datetime(1980, 1, 1)).timetuple()[:6]
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(final, "w") as target:
        for name in source.namelist():
            part = tostring(properties.to_tree()) if name == _CORE else source.read(name)
            target.writestr(zipfile.ZipInfo(name, stamp), part, zipfile.ZIP_DEFLATED)
    return final.getvalue()


_CORE = "docProps/core.xml"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
