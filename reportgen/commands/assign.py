"""``assign``: each department's prefilled workbook handed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reportgen import workspace
from reportgen.commands.inputs import read_inputs
from reportgen.commands.standard_files import LaidFiles, make_return_form, select_questions
from reportgen.data import OWNER, Dataset, Rows
from reportgen.issues import NOT_YET_DUE, Severity, name_sheets_as_in_files
from reportgen.reports.kind import ReportKind
from reportgen.schema.model import Stage
from reportgen.validation import validate_workbooks


def assign(folder: Path) -> LaidFiles:
    """Hand out: one prefilled workbook per department; what a department already has stays.

    A department with a workbook that cannot be read gets none: it may hold all its items.
    """
    workspace.require_folder(folder)
    with workspace.lock_folder(folder):
        return _hand_out(folder)


def _hand_out(folder: Path) -> LaidFiles:
    read = read_inputs(folder)
    kind, declared = read.kind, tuple(read.kind.workbooks)
    register, found = validate_workbooks(read.workbooks[:1], declared, stage=Stage.HAND_OUT)
    due = [issue for issue in found if issue.code not in NOT_YET_DUE]
    faults = name_sheets_as_in_files(due, register.tabs)
    issues = (*faults, *read.issues)
    if any(issue.severity is Severity.ERROR for issue in faults):
        return LaidFiles(issues=issues)
    there, _ = validate_workbooks(read.workbooks, declared, [issue.file for issue in read.issues])
    present = _Present(kind, there)
    written: list[Path] = []
    kept: list[Path] = []
    for department, rows in kind.handed_out(register).items():
        name = workspace.to_file_name(department) + ".xlsx"
        if present.wants_another(department, rows):
            lacking = present.lacking(department, rows)
            content = make_return_form(
                kind, register, department, lacking, select_questions(lacking, kind)
            )
            written.append(workspace.create_beside(folder / workspace.RETURNS, name, content))
        else:
            kept.append(folder / workspace.RETURNS / name)
    return LaidFiles(written, kept, issues)


@dataclass(frozen=True)
class _Present:
    """What the departments have already got: the workbooks that lie in 填报."""

    kind: ReportKind
    dataset: Dataset

    @cached_property
    def keys(self) -> Mapping[tuple[str, str], set[object]]:
        """By department and sheet, the items that its workbooks hold."""
        found: dict[tuple[str, str], set[object]] = {}
        for each in self.kind.hand_outs:
            rows = self.dataset.tables[each.answers.name]
            for department, key in zip(rows[OWNER], rows[each.key], strict=True):
                found.setdefault((department, each.answers.name), set()).add(key)
        return found

    def wants_another(self, department: str, rows: Rows) -> bool:
        """Whether a department lacks an item; where none is handed out, whether it has no workbook.

        For a further question alone no workbook is sent out.
        """
        if department in self.dataset.unread:
            return False
        if not self.kind.hand_outs:
            return department not in self.dataset.returned
        return any(self._items_lacking(department, rows).values())

    def lacking(self, department: str, rows: Rows) -> Rows:
        """The items that a department has not got yet, and with them what it was not asked yet."""
        others = {
            sheet: [each for each in records if not self._was_asked(department, sheet, each)]
            for sheet, records in select_questions(rows, self.kind).items()
        }
        return {**others, **self._items_lacking(department, rows)}

    def _items_lacking(self, department: str, rows: Rows) -> Rows:
        found: dict[str, Sequence[Mapping[str, object]]] = {}
        for each in self.kind.hand_outs:
            name = each.answers.name
            there = self.keys.get((department, name), set())
            found[name] = [row for row in rows.get(name, ()) if row[each.key] not in there]
        return found

    def _was_asked(self, department: str, sheet: str, question: Mapping[str, object]) -> bool:
        """Whether a department's workbooks hold a question, answered or left alone."""
        data = self.dataset
        begun = (data.open.get((file, sheet), ()) for file in data.returned.get(department, ()))
        if any(question == asked for rows in begun for _, asked in rows):
            return True
        rows = data.tables[sheet]
        answers = rows[rows[OWNER] == department][list(question)].itertuples(index=False, name=None)
        return tuple(question.values()) in answers
