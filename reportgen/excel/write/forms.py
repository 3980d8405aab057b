"""Standard workbooks, blank or prefilled, made from their declaration.

Every sheet: title (row 1), instruction (row 2), header (row 3), then the rows; a sheet of pairs
has the columns 项目, 内容, 填写说明.  Beside them stand 填写说明, and two veryHidden sheets: the
lists of the drop-downs, and the mark by which the workbook is recognised.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import openpyxl
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.data import GUIDE_SHEET, MARK_SHEET, Records, list_begun_rows
from reportgen.excel.cell_text import write_cell
from reportgen.excel.write import form_styles, looks
from reportgen.excel.write.dropdowns import DropdownLists, make_validation, name_column_range
from reportgen.excel.write.guide import write_guide
from reportgen.excel.write.looks import HEADER_ROW, TableLayout
from reportgen.excel.write.save import pack_workbook
from reportgen.schema.columns import Choice, FreeText, Ref
from reportgen.schema.model import Column, Sheet, Workbook

_NOTHING: Mapping[str, Records] = MappingProxyType({})
_NO_LISTS: Mapping[tuple[str, str], Sequence[str]] = MappingProxyType({})
_NO_NOTES: Mapping[tuple[str, str], str] = MappingProxyType({})


def write_form(
    workbook: Workbook,
    *,
    created: dt.datetime,
    rows: Mapping[str, Records] = _NOTHING,
    lists: Mapping[tuple[str, str], Sequence[str]] = _NO_LISTS,
    notes: Mapping[tuple[str, str], str] = _NO_NOTES,
    begun: Mapping[str, Records] = _NOTHING,
    owner: str = "",
    title: str = "",
) -> bytes:
    """The standard workbook as .xlsx.

    ``rows``: records by column name, by sheet (of a sheet of pairs, one record); values are str,
    int, Decimal, date, Amount, tuples of names, or None.  A sheet with locked columns that is given
    rows is protected (no password) and has no further rows.  ``lists``: what may be chosen where a
    Ref's sheet is not in this workbook, by (sheet, column) that the Ref names.  ``notes``: more to
    say about a column, by (sheet, column).  ``begun``: the records of texts that the owner is to
    complete, by sheet; the mark tells them, so that those left alone are known from what somebody
    typed.  ``created`` is every time stamp inside.
    """
    form = _Form(workbook, rows, lists, notes, begun, owner, title)
    book = openpyxl.Workbook()
    form_styles.add_styles(book)
    del book["Sheet"]
    if any(map(_is_fillable, workbook.sheets)):
        write_guide(book.create_sheet(GUIDE_SHEET), workbook, lists, notes)
    options = DropdownLists()
    for sheet in workbook.sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet, form, options)
    options.write(book)
    _write_mark(book.create_sheet(MARK_SHEET), form)
    book.active = book[GUIDE_SHEET if workbook.owned else workbook.sheets[0].name]
    return pack_workbook(book, created)


def _is_fillable(sheet: Sheet) -> bool:
    """Whether there is anything to fill in; otherwise the sheet is only for reading."""
    return not all(column.locked for column in sheet.columns)


@dataclass(frozen=True)
class _Form:
    """One workbook to write and all that goes into it."""

    workbook: Workbook
    rows: Mapping[str, Records]
    lists: Mapping[tuple[str, str], Sequence[str]]
    notes: Mapping[tuple[str, str], str]
    begun: Mapping[str, Records]
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

    def source(self, column: Column, options: DropdownLists) -> str | None:
        """The range with what may be chosen in a column, if it has a list."""
        match column.type:
            case Choice():
                return options.range_of(column.name, column.type.options)
            case Ref(sheet=name) if name in {sheet.name for sheet in self.workbook.sheets}:
                sheet = self.workbook.sheet(name)
                letter = get_column_letter(
                    1 + sheet.columns.index(sheet.column(column.type.column))
                )
                return name_column_range(name, letter, HEADER_ROW + 1, self.last_row(sheet))
            case Ref(sheet=name, column=key) if (name, key) in self.lists:
                return options.range_of(column.name, tuple(self.lists[name, key]))
        return None


def _write_sheet(target: Worksheet, sheet: Sheet, form: _Form, options: DropdownLists) -> None:
    write = _write_pairs if sheet.layout == "pairs" else _write_table
    across = write(target, sheet, form)
    form_styles.write_top_line(target, 1, form.heading(sheet), looks.TITLE, across)
    form_styles.write_top_line(target, 2, sheet.instruction + _word_hint(sheet), looks.LINE, across)
    target.row_dimensions[HEADER_ROW].height = looks.HEADER_HEIGHT
    target.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    if _is_fillable(sheet):
        _add_rules(target, sheet, form, options)
    if form.sealed(sheet):
        _protect_sheet(target)


def _add_rules(target: Worksheet, sheet: Sheet, form: _Form, options: DropdownLists) -> None:
    for number, column in enumerate(sheet.columns):
        cells = _cells_of(sheet, number, form)
        rule = make_validation(column, form.note(sheet, column), form.source(column, options))
        if rule:
            rule.add(cells)
            target.add_data_validation(rule)
        if column.required and not (column.locked and form.sealed(sheet)):
            _tint_required(target, sheet, cells)


def _word_hint(sheet: Sheet) -> str:
    what = "项目" if sheet.layout == "pairs" else "表头"
    return f"红字{what}必填。" if any(c.required and not c.locked for c in sheet.columns) else ""


def _cells_of(sheet: Sheet, number: int, form: _Form) -> str:
    """The cells to fill in of one column (of one pair, the cell)."""
    if sheet.layout == "pairs":
        return f"B{HEADER_ROW + 1 + number}"
    letter = get_column_letter(number + 1)
    return f"{letter}{HEADER_ROW + 1}:{letter}{form.last_row(sheet)}"


def _write_table(target: Worksheet, sheet: Sheet, form: _Form) -> int:
    """Header and rows; over how many columns the title goes."""
    layout = TableLayout.of(sheet)
    form_styles.set_widths(target, layout.widths)
    named = form_styles.styles_of(target)
    for number, column in enumerate(sheet.columns, 1):
        locked = column.locked and _is_fillable(sheet)
        style = looks.name_header_style(required=column.required, locked=locked)
        write_cell(target, HEADER_ROW, number, column.name, named[style])
    sealed = form.sealed(sheet)
    styles = [named[_style_of(column, sheet, sealed=sealed)] for column in sheet.columns]
    blank: Records = [{}] * (form.last_row(sheet) - HEADER_ROW - len(form.records(sheet)))
    for row, record in enumerate((*form.records(sheet), *blank), HEADER_ROW + 1):
        values = (record.get(column.name) for column in sheet.columns)
        cells = enumerate(zip(values, styles, strict=True), 1)
        texts = [write_cell(target, row, number, value, style) for number, (value, style) in cells]
        lines = max(map(looks.count_lines_needed, texts, layout.widths))
        form_styles.fit_row(target, row, lines)
    _keep_in_view(target, layout, form.last_row(sheet))
    return layout.across


def _style_of(column: Column, sheet: Sheet, *, sealed: bool) -> str:
    """Grey is for cells that stand among others to be filled in."""
    grey = column.locked and _is_fillable(sheet)
    return looks.name_cell_style(column.type, grey=grey, locked=column.locked and sealed)


def _keep_in_view(target: Worksheet, layout: TableLayout, last_row: int) -> None:
    """The header; in a table wider than a screen also the columns that say which row it is."""
    target.freeze_panes = f"{get_column_letter(layout.kept + 1)}{HEADER_ROW + 1}"
    if layout.kept:
        last = get_column_letter(len(layout.widths))
        target.auto_filter.ref = f"A{HEADER_ROW}:{last}{last_row}"
    if layout.pages > 1:
        target.print_title_cols = f"A:{get_column_letter(layout.kept)}"
    form_styles.set_page(target, layout.pages)


def _write_pairs(target: Worksheet, sheet: Sheet, form: _Form) -> int:
    """Header and pairs; over how many columns the title goes."""
    widths = (18, max(column.width for column in sheet.columns), 60)
    form_styles.set_widths(target, widths)
    named = form_styles.styles_of(target)
    for number, name in enumerate(("项目", "内容", "填写说明"), 1):
        write_cell(target, HEADER_ROW, number, name, named[looks.HEADER])
    record = (*form.records(sheet), {})[0]
    for row, column in enumerate(sheet.columns, HEADER_ROW + 1):
        value = record.get(column.name)
        style = looks.name_cell_style(column.type, grey=False, locked=False)
        label = looks.LABEL_REQUIRED if column.required else looks.LABEL
        texts = (
            write_cell(target, row, 1, column.name, named[label]),
            write_cell(target, row, 2, column.default if value is None else value, named[style]),
            write_cell(target, row, 3, form.note(sheet, column), named[looks.NOTE]),
        )
        least = 4 if column.type == FreeText(prose=True) else 1
        form_styles.fit_row(target, row, max(least, *map(looks.count_lines_needed, texts, widths)))
    target.freeze_panes = f"A{HEADER_ROW + 1}"
    form_styles.set_page(target)
    return len(widths)


def _tint_required(target: Worksheet, sheet: Sheet, cells: str) -> None:
    """Show required cells while they are empty, in a table only in rows that have begun."""
    first = cells.partition(":")[0]
    row = f"$A{HEADER_ROW + 1}:${get_column_letter(len(sheet.columns))}{HEADER_ROW + 1}"
    begun = "TRUE" if sheet.layout == "pairs" else f"COUNTA({row})>0"
    rule = Rule("expression", dxf=DifferentialStyle(fill=form_styles.REQUIRED_FILL))
    rule.formula = [f"AND(LEN(TRIM({first}))=0,{begun})"]
    target.conditional_formatting.add(cells, rule)


def _protect_sheet(target: Worksheet) -> None:
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
    pairs = (("表种", form.workbook.name), ("版本", form.workbook.version), ("部门", form.owner))
    for row, values in enumerate((*pairs, *list_begun_rows(form.begun)), 1):
        for column, value in enumerate(values, 1):
            write_cell(target, row, column, value)
    target.sheet_state = "veryHidden"
