"""Raw workbooks × declared sheets → what was filled in, typed, and everything wrong with it.

Driven by the schema alone; it knows no report.  The steps, one module each: ``workbook_match`` (which
form a workbook is, and whose), ``sheet_match`` (which sheet is which), ``header_match`` and ``merged_cells`` (where
columns and rows stand), ``cells`` and ``visible_cells`` (what each cell
holds, and what one sees of it), ``references`` (which row of another sheet a
name means), ``versions`` (which of a department's workbooks count), ``row_rules`` (the rules of a row).
Cells are read in plain Python; the result is made of pandas tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from reportgen.data import ISSUE_SHEET, OWNER, Dataset
from reportgen.issues import Issue, Severity, arrange_issues
from reportgen.raw import RawWorkbook, column_letter, make_address, parse_address
from reportgen.schema.model import Sheet, Stage, Workbook
from reportgen.validation.blank_forms import find_blank_files, without_gaps
from reportgen.validation.cells import (
    drop_repeated_issues,
    find_empty_tables,
    find_repeated_keys,
    read_tables,
)
from reportgen.validation.references import (
    NameDirectory,
    find_owners,
    find_unread_owners,
    resolve_names,
)
from reportgen.validation.row_rules import find_broken_rules
from reportgen.validation.typed_table import UNREAD, Table
from reportgen.validation.versions import find_left_out
from reportgen.validation.workbook_match import recognise_workbooks


def validate_workbooks(
    workbooks: Sequence[RawWorkbook],
    declared: Sequence[Workbook],
    unread: Sequence[str] = (),
    stage: Stage = Stage.REPORT,
) -> tuple[Dataset, tuple[Issue, ...]]:
    """What the workbooks hold, and every issue found, ordered by file, sheet, row and column.

    Cells at fault are None in the dataset.  A workbook whose owner is not known is checked, but
    its rows are left out; an older version of another workbook is left out altogether.
    Where nothing is filled in, no rule of a row is broken.
    ``unread``: files that could not be read.  ``stage``: what is due only later is a reminder.
    """
    forms, form_issues = recognise_workbooks(workbooks, declared)
    tables, cell_issues = read_tables(forms, stage)
    directory = NameDirectory(tables)
    tables, name_issues = resolve_names(tables, directory)
    owners, owner_issues = find_owners(forms, directory)
    issues = [*form_issues, *cell_issues, *name_issues, *owner_issues]
    versions, parts = find_left_out(tables, owners, {form.raw.file: form for form in forms})
    tables = [table for table in tables if table.file not in versions]
    older = {file: owner for file, owner in owners.items() if file in versions}
    owners = {file: owner for file, owner in owners.items() if file not in versions}
    issues = [issue for issue in issues if issue.file not in versions]
    issues += [*versions.values(), *parts]
    blank = find_blank_files(tables, owners, issues)
    issues = without_gaps(issues, tables, blank)
    spoken = [table for table in tables if table.file not in blank]
    issues += [*find_empty_tables(tables, stage), *find_repeated_keys(tables)]
    issues += find_broken_rules(spoken)
    issues = list(drop_repeated_issues(issues, tables))
    files = [*unread, *(issue.file for issue in form_issues if issue.code == "unknown-workbook")]
    dataset = replace(
        _make_dataset(tables, owners, declared, issues),
        unread=find_unread_owners(files, declared, directory),
        set_aside=_group_by_owner(older),
        open=_list_open_rows(tables),
        blank=blank,
        corrected=frozenset(
            form.raw.file for form in forms if form.sent or form.raw.sheet(ISSUE_SHEET)
        ),
    )
    return dataset, arrange_issues(issues, dataset.letters)


def _list_open_rows(
    tables: Sequence[Table],
) -> dict[tuple[str, str], list[tuple[int, Mapping[str, str]]]]:
    return {
        (table.file, table.sheet.name): [(each.row, each.begun) for each in table.open]
        for table in tables
        if table.open
    }


def _make_dataset(
    tables: Sequence[Table],
    owners: Mapping[str, str | None],
    declared: Sequence[Workbook],
    issues: Iterable[Issue],
) -> Dataset:
    kept = [table for table in tables if owners.get(table.file, "") is not None]
    sheets = [(sheet, book.owned) for book in declared for sheet in book.sheets]
    owned = {sheet.name for sheet, owned in sheets if owned}
    return Dataset(
        tables={
            sheet.name: _make_frame(sheet, kept, owners if sheet.name in owned else None)
            for sheet, _ in sheets
            if sheet.layout == "table"
        },
        settings=_read_settings([sheet for sheet, _ in sheets], kept),
        letters={(table.file, table.sheet.name): _letters_of(table) for table in tables},
        tabs={(t.file, t.sheet.name): t.tab for t in tables if t.tab not in ("", t.sheet.name)},
        returned=_group_by_owner(owners),
        faulty=frozenset([*(p for table in tables for p in table.unread()), *_iter_errors(issues)]),
    )


def _group_by_owner(owners: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    files: dict[str, tuple[str, ...]] = {}
    for file, owner in owners.items():
        if owner is not None:
            files[owner] = (*files.get(owner, ()), file)
    return files


def _make_frame(
    sheet: Sheet, tables: Sequence[Table], owners: Mapping[str, str | None] | None
) -> pd.DataFrame:
    parts = [table for table in tables if table.sheet.name == sheet.name]
    columns = {
        column.name: [
            None if value is UNREAD else value
            for part in parts
            for value in part.values[column.name]
        ]
        for column in sheet.columns
    }
    if owners is not None:
        columns[OWNER] = [owners.get(part.file) for part in parts for _ in part.rows]
    places = [(part.file, sheet.name, row) for part in parts for row in part.rows]
    index = pd.Index(places, dtype=object, tupleize_cols=False)  # quick to copy, unlike levels
    return pd.DataFrame(columns, index=index, dtype=object)


def _read_settings(sheets: Sequence[Sheet], tables: Sequence[Table]) -> dict[str, object]:
    pairs = [sheet for sheet in sheets if sheet.layout == "pairs"]
    settings = {column.name: column.default for sheet in pairs for column in sheet.columns}
    for table in tables:
        if table.sheet.layout == "pairs":
            settings |= {name: _drop_unread(values[0]) for name, values in table.values.items()}
    return settings


def _iter_errors(issues: Iterable[Issue]) -> Iterator[tuple[str, str, int, str]]:
    for issue in issues:
        if issue.severity is Severity.ERROR and issue.cell and issue.column:
            yield issue.file, issue.sheet, parse_address(issue.cell)[0], issue.column


def _drop_unread(value: object) -> object:
    return None if value is UNREAD else value


def _letters_of(table: Table) -> dict[str, str]:
    if table.sheet.layout == "pairs":
        return {name: make_address(*table.spot(0, name)) for name in table.columns}
    return {name: column_letter(column) for name, column in table.columns.items()}
