"""``assign``: each department's prefilled workbook handed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reportgen import workspace
from reportgen.commands.folder.inputs import read_inputs
from reportgen.commands.standard_files import LaidFiles, make_return_form, select_questions
from reportgen.data import OWNER, Dataset, Rows
from reportgen.issues import NOT_YET_DUE, Severity, name_sheets_as_in_files
from reportgen.reports.kind import ReportKind
from reportgen.schema.amounts import SameUnit
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
    notes: list[str] = []
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
            notes += _tell_missing_rows(department, present.nobody_answered(department, rows))
    ownerless = present.without_answer(kind.ownerless(register))
    notes += _tell_missing_rows("有关部门", ownerless, "（台账里看不出归哪个部门）")
    return LaidFiles(written, kept, issues, notes)


def _tell_missing_rows(who: str, rows: Rows, why: str = "") -> Iterator[str]:
    """What somebody has to add to a form, as it does not stand there."""
    for sheet, records in rows.items():
        if records:
            told = "；".join("、".join(map(str, each.values())) for each in records)
            yield f"请{who}在“{sheet}”表里加{len(records)}行并填数{why}：{told}"


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

        For a further question alone no workbook is sent out; ``not_asked`` tells of it.
        """
        if department in self.dataset.unread:
            return False
        if not self.kind.hand_outs:
            return department not in self.dataset.returned
        return any(self._items_lacking(department, rows).values())

    def lacking(self, department: str, rows: Rows) -> Rows:
        """The items that a department has not got yet, and with them what it was not asked yet."""
        return {**self.not_asked(department, rows), **self._items_lacking(department, rows)}

    def not_asked(self, department: str, rows: Rows) -> Rows:
        """What a department was not asked yet, besides its items; nothing of one not read."""
        if department in self.dataset.unread or not self.kind.hand_outs:
            return {}
        return {
            sheet: [each for each in records if not self._was_asked(department, sheet, each)]
            for sheet, records in select_questions(rows, self.kind).items()
        }

    def _items_lacking(self, department: str, rows: Rows) -> Rows:
        found: dict[str, Sequence[Mapping[str, object]]] = {}
        for each in self.kind.hand_outs:
            name = each.answers.name
            there = self.keys.get((department, name), set())
            found[name] = [row for row in rows.get(name, ()) if row[each.key] not in there]
        return found

    def nobody_answered(self, department: str, rows: Rows) -> Rows:
        """Of what a department was not asked yet, what no other has filled in unasked."""
        return self.without_answer(self.not_asked(department, rows))

    def without_answer(self, rows: Rows) -> Rows:
        """Those of the rows of which no department says anything."""
        return {
            sheet: [each for each in records if not self._has_row(sheet, each)]
            for sheet, records in rows.items()
        }

    def _was_asked(self, department: str, sheet: str, question: Mapping[str, object]) -> bool:
        """Whether a department's workbooks hold a question, answered or left alone."""
        data = self.dataset
        begun = (data.open.get((file, sheet), ()) for file in data.returned.get(department, ()))
        return any(question == asked for rows in begun for _, asked in rows) or self._has_row(
            sheet, question, department
        )

    def _has_row(self, sheet: str, question: Mapping[str, object], department: str = "") -> bool:
        """Whether a department, or any, says something of it: in another unit, it may be."""
        rows = self.dataset.tables[sheet]
        rows = rows[rows[OWNER] == department] if department else rows
        declared = next(one for one in self.kind.returned.sheets if one.name == sheet)
        units = {rule.unit for rule in declared.rules if isinstance(rule, SameUnit)}
        naming = [name for name in question if name not in units]
        asked = tuple(question[name] for name in naming)
        return asked in rows[naming].itertuples(index=False, name=None)
