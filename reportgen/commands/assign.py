"""``assign``: each department's prefilled workbook handed out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reportgen import workspace
from reportgen.commands.inputs import read_inputs
from reportgen.commands.standard_files import Laid, return_form
from reportgen.data import Dataset
from reportgen.issues import NOT_YET_DUE, Severity, as_in_files
from reportgen.reports import KINDS
from reportgen.reports.kind import ReportKind, Rows
from reportgen.schema.model import Stage
from reportgen.validation import validate


def assign(folder: Path, kind: ReportKind = KINDS[0]) -> Laid:
    """Hand out: one prefilled workbook per department; what a department already has stays.

    A department with a workbook that cannot be read gets none: it may hold all its items.
    """
    workspace.find_folder(folder)
    with workspace.locked(folder):
        return _hand_out(folder, kind)


def _hand_out(folder: Path, kind: ReportKind) -> Laid:
    _, workbooks, unread = read_inputs(folder, kind)
    declared = tuple(kind.workbooks)
    register, found = validate(workbooks[:1], declared, stage=Stage.HAND_OUT)
    due = [issue for issue in found if issue.code not in NOT_YET_DUE]
    issues = (*as_in_files(due, register.tabs), *unread)
    if any(issue.severity is Severity.ERROR for issue in issues if issue not in unread):
        return Laid(issues=issues)
    there, _ = validate(workbooks, declared, [issue.file for issue in unread])
    present = _numbers_present(there, kind)
    written: list[Path] = []
    kept: list[Path] = []
    for department, rows in kind.handed_out(register).items():
        lacking = _lacking(rows, present.get(department, set()), kind)
        name = workspace.file_name(department) + ".xlsx"
        if any(lacking.values()) and department not in there.unread:
            content = return_form(kind, register, department, lacking)
            written.append(workspace.create_beside(folder / workspace.RETURNS, name, content))
        else:
            kept.append(folder / workspace.RETURNS / name)
    return Laid(written, kept, issues)


def _numbers_present(dataset: Dataset, kind: ReportKind) -> Mapping[str, set[str]]:
    """By department, the items that its workbooks in 填报 already hold."""
    present: dict[str, set[str]] = {department: set() for department in dataset.returned}
    sheet = kind.returned.sheets[0]
    key = sheet.columns[0].name
    rows = dataset.tables[sheet.name]
    for department, number in zip(rows["部门"], rows[key], strict=True):
        present.setdefault(department, set()).add(number)
    return present


def _lacking(rows: Rows, present: set[str], kind: ReportKind) -> Rows:
    key = kind.returned.sheets[0].columns[0].name
    return {
        sheet: [record for record in records if record[key] not in present]
        for sheet, records in rows.items()
    }
