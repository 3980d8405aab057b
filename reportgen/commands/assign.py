"""``assign``: each department's prefilled workbook handed out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reportgen import workspace
from reportgen.commands.inputs import read_inputs
from reportgen.commands.standard_files import Laid, questions, return_form
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
        lacking = _lacking(rows, there, department, present.get(department, set()), kind)
        name = workspace.file_name(department) + ".xlsx"
        if lacking and department not in there.unread:
            content = return_form(kind, register, department, lacking, questions(lacking, kind))
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


def _lacking(
    rows: Rows, there: Dataset, department: str, present: set[str], kind: ReportKind
) -> Rows:
    """The items that a department has not got yet, and with them what it was not asked yet.

    Empty without such an item: for a further question alone no workbook is sent out.
    """
    first = kind.returned.sheets[0]
    key = first.columns[0].name
    items = [record for record in rows[first.name] if record[key] not in present]
    others = {
        sheet: [each for each in records if not _was_asked(there, department, sheet, each)]
        for sheet, records in questions(rows, kind).items()
    }
    return {**others, first.name: items} if items else {}


def _was_asked(
    dataset: Dataset, department: str, sheet: str, question: Mapping[str, object]
) -> bool:
    """Whether a department's workbooks hold a question, answered or left alone."""
    files = dataset.returned.get(department, ())
    if any(question == begun for file in files for _, begun in dataset.open.get((file, sheet), ())):
        return True
    rows = dataset.tables[sheet]
    answers = rows[rows["部门"] == department][list(question)].itertuples(index=False, name=None)
    return tuple(question.values()) in answers
