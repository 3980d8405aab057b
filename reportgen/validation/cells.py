"""What each cell holds: every column of every sheet, read by its type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from reportgen.issues import Issue
from reportgen.raw import PICTURE, RawSheet, Spot, Value, make_address
from reportgen.schema.columns import Choice, Flaw, FreeText, is_blank, says_nothing
from reportgen.schema.model import Column, Sheet, Stage
from reportgen.validation.header_match import SheetLayout, find_layout
from reportgen.validation.merged_cells import spread_merged
from reportgen.validation.open_rows import OpenRow, set_open_apart
from reportgen.validation.sheet_match import SheetTabs, find_tabs
from reportgen.validation.total_rows import set_totals_apart
from reportgen.validation.typed_table import UNREAD, Table
from reportgen.validation.visible_cells import find_doubtful_cells, read_as_seen
from reportgen.validation.workbook_match import RecognisedForm

_TAG = re.compile("[{｛][{｛%％]")
"""What begins a tag of the template; in the report it would look like one that was not filled."""


def read_tables(forms: Iterable[RecognisedForm], stage: Stage) -> tuple[list[Table], list[Issue]]:
    """Every declared sheet that is there; and what is wrong with sheets, headers and cells.

    What is required only after ``stage`` is told by a reminder.
    """
    tables: list[Table] = []
    issues: list[Issue] = []
    known: dict[int, dict[object, object]] = {}
    for form in forms:
        tabs = find_tabs(form)
        issues += tabs.issues if form.known else []
        for sheet in form.declared.sheets:
            blank, found = _find_table(form, sheet, tabs)
            issues += found if form.known else []
            if blank is not None:
                table, flaws = _read_table(blank, known, stage)
                tables.append(table)
                issues += flaws
    return tables, issues


def find_empty_tables(tables: Sequence[Table], stage: Stage) -> Iterator[Issue]:
    """empty-table: a sheet that must hold a row holds none; empty-later: must at a later stage.

    Neither where a setting says that there is nothing to fill in.
    """
    answers = {
        name: (table.sheet.name, values[0])
        for table in tables
        if table.sheet.layout == "pairs"
        for name, values in table.values.items()
    }
    for table in tables:
        sheet, answer = answers.get(table.sheet.unless, ("", None))
        if table.sheet.required and not table.rows and answer != "是":
            code = "empty-table" if table.sheet.due <= stage else "empty-later"
            unless = f"；确实没有的，请在“{sheet}”的“{table.sheet.unless}”中填“是”" if sheet else ""
            details = {"name": table.raw.name, "unless": unless}
            yield Issue(code, table.file, table.raw.name, details=details)


def find_repeated_keys(tables: Iterable[Table]) -> Iterator[Issue]:
    """duplicate-key: a value that may not repeat does."""
    for table in tables:
        for column in table.sheet.columns:
            if column.once:
                yield from _find_repeats(table, column.name)


def drop_repeated_issues(issues: Iterable[Issue], tables: Iterable[Table]) -> Iterator[Issue]:
    """The issues without those that say again, of another row, what is wrong with a merged cell."""
    firsts = {
        (table.file, table.raw.name, make_address(*spot)): make_address(*block.first)
        for table in tables
        for block in table.layout.merged
        for spot in block.covered
    }
    said: set[tuple[str, str, str, str, str]] = set()
    for issue in issues:
        first = firsts.get((issue.file, issue.sheet, issue.cell), issue.cell)
        fault = (issue.code, issue.file, issue.sheet, first, str(issue.details))
        if not issue.cell or first == issue.cell or fault not in said:
            yield issue
        said.add(fault)


def _find_table(
    form: RecognisedForm, sheet: Sheet, tabs: SheetTabs
) -> tuple[Table | None, list[Issue]]:
    """The sheet with its layout, nothing read yet; one that may be missing is then empty."""
    file, raw = form.raw.file, tabs.found.get(sheet.name)
    if raw is None:
        if sheet.name in tabs.missed or sheet.layout == "pairs":
            return None, []
        return _make_usual_table(file, sheet), []
    raw = replace(raw, name=sheet.name)
    layout, issues = find_layout(file, raw, sheet)
    left: Sequence[OpenRow] = ()
    if layout is None:
        return None, issues
    if sheet.usual and not layout.rows:
        return _make_usual_table(file, sheet), issues
    raw = spread_merged(raw, [block for block in layout.merged if not block.mixed])
    if sheet.layout == "table":
        layout, left = set_open_apart(raw, layout, form.begun.get(sheet.name, ()))
        layout, found = set_totals_apart(file, raw, sheet, layout)
        issues = [*issues, *found]
    return Table(file, sheet, raw, layout, tab=tabs.found[sheet.name].name, open=left), issues


def _make_usual_table(file: str, sheet: Sheet) -> Table:
    """A sheet in which nothing is filled in: its usual rows, if it has any."""
    if not sheet.usual:
        return Table(file, sheet, RawSheet(sheet.name, ()), SheetLayout({}, ()))
    names = [column.name for column in sheet.columns]
    raw = RawSheet(sheet.name, [names, *([row.get(name) for name in names] for row in sheet.usual)])
    columns = {name: place for place, name in enumerate(names, 1)}
    return Table(file, sheet, raw, SheetLayout(columns, range(2, len(sheet.usual) + 2)))


def _read_table(
    table: Table, known: dict[int, dict[object, object]], stage: Stage
) -> tuple[Table, list[Issue]]:
    """``known``: by column, what each content met so far, in any workbook, is read as."""
    issues: list[Issue] = []
    values: dict[str, Sequence[object]] = {}
    unsound = dict(_find_unsound(table))
    for column in table.sheet.columns:
        if column.name in table.columns:
            met = known.setdefault(id(column), {})
            values[column.name], flaws = _read_column(table, column, unsound, met, stage)
            issues += flaws
        else:
            unread = column.default is None and not column.added
            filler = UNREAD if unread else column.default
            values[column.name] = [filler] * len(table.rows)
    return replace(table, values=values), [*issues, *find_doubtful_cells(table)]


def _read_column(
    table: Table,
    column: Column,
    unsound: Mapping[Spot, object],
    known: dict[object, object],
    stage: Stage,
) -> tuple[list[object], list[Issue]]:
    """The typed values; equal contents are read once (True and 1 are not equal here)."""
    contents = table.contents(column.name)
    kinds = list(zip(map(type, contents), contents, strict=True))
    known |= {kind: _read_cell(column, kind[1], stage) for kind in {*kinds}.difference(known)}
    values = list(map(known.__getitem__, kinds))
    told: list[tuple[int, Flaw]] = []
    if unsound or table.raw.shown:
        told = list(_look_closer(table, column, unsound, values, stage))
    flaws: list[tuple[int, Flaw]] = []
    if Flaw in set(map(type, values)):
        flaws = [(index, value) for index, value in enumerate(values) if isinstance(value, Flaw)]
    for index, _ in flaws:
        values[index] = UNREAD
    return values, [table.issue(index, column.name, flaw) for index, flaw in flaws + told]


def _look_closer(
    table: Table,
    column: Column,
    unsound: Mapping[Spot, object],
    values: list[object],
    stage: Stage,
) -> Iterator[tuple[int, Flaw]]:
    """Put right the values of cells that do not count as stored; what is to be told of them."""
    read = partial(_read_cell, column, stage=stage)
    for index in range(len(values)):
        spot = table.spot(index, column.name)
        if spot in unsound:
            values[index] = unsound[spot]
        elif spot in table.raw.shown:
            stored, shown = table.raw.at(*spot), table.raw.shown[spot]
            values[index], remark = read_as_seen(column, read, stored, shown)
            if remark is not None:
                yield index, remark


def _read_cell(column: Column, content: Value, stage: Stage) -> object:
    if (
        isinstance(content, str)
        and len(content) > LONGEST
        and not isinstance(column.type, FreeText)
    ):
        content = content.strip()
        if len(content) > LONGEST:
            details = {"expected": column.type.expected, "example": column.type.example}
            return Flaw("too-long", {**details, "letters": str(len(content))})
    value = None if is_blank(content) else column.type.read(content)
    if not column.required and _means_nothing(column, content, value):
        return column.default
    if isinstance(content, str) and _TAG.search(content) and not isinstance(value, Flaw):
        return Flaw("tag-in-cell")
    if value is not None and value not in ("", ()):
        return value
    if not column.required or column.default is not None:
        return column.default
    return Flaw("required" if column.due <= stage else "required-later")


def _means_nothing(column: Column, content: Value, value: object) -> bool:
    """Whether a cell that may stay empty holds only a word or sign for that: 无, 暂无, /, ——.

    Not where the column has a meaning for it, as 无 means 否 in a list of 是 and 否.
    """
    if not says_nothing(content):
        return False
    return isinstance(value, Flaw) or not isinstance(column.type, Choice)


LONGEST = 2000
"""Letters of a cell that is no free text: far more than any date, name or title, or list of them.

A cell of Excel may hold 32,767, and patterns that look at each of them from each of them take long.
"""


def _find_unsound(table: Table) -> Iterator[tuple[Spot, object]]:
    """Cells of which the content does not count: a ``Flaw``, or ``UNREAD`` where that is said."""
    for spot, text in table.raw.odd.items():
        code = "formula" if text.startswith("=") else "error-value"
        yield spot, Flaw("picture" if text == PICTURE else code)
    for block in table.layout.merged:
        if block.mixed:
            first, *others = block.spots
            yield first, Flaw("merged-cells", {"range": block.range})
            yield from ((spot, UNREAD) for spot in others)


def _find_repeats(table: Table, column: str) -> Iterator[Issue]:
    first: dict[object, int] = {}
    for index, value in enumerate(table.values[column]):
        if value is None or value is UNREAD:
            continue
        if first.setdefault(value, index) != index:
            other = table.rows[first[value]]
            yield table.issue(index, column, Flaw("duplicate-key", {"other": str(other)}))
