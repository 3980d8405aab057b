"""``import-ledger``: somebody's own ledger made into a register, and returns where it tells of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.commands.folder.inputs import read_register
from reportgen.commands.folder.template import EDITION
from reportgen.commands.kinds import kind_named
from reportgen.commands.standard_files import is_as_made, make_register_form, make_return_form
from reportgen.data import MARK_SHEET, Rows
from reportgen.errors import LedgerError
from reportgen.reports.kind import ReportKind

if TYPE_CHECKING:
    from reportgen.excel.read.foreign_files import OpenedLedger


@dataclass(frozen=True)
class ImportedLedger:
    """An imported ledger: what was read, guessed and left out, and the files written.

    ``aside``: there was a ``register`` already, so that the new files stand beside it.
    """

    lines: Sequence[str]
    written: Sequence[Path]
    aside: bool
    register: str


def import_ledger(
    file: Path, folder: Path, *, sheet: str = "", kind: ReportKind | None = None
) -> ImportedLedger:
    """Make a register, and returns where it tells of results, out of a ledger not our form.

    Raises:
        LedgerError: it cannot be read, or no ledger can be imported for this kind of report.
    """
    from reportgen.ledger import explanation, read_ledger  # noqa: PLC0415

    kind = kind or kind_named()
    if kind.importing is None:
        raise LedgerError(f"“{kind.name}”不能导入旧台账，请把内容填入“{kind.register_file}”。")
    importing = kind.importing()
    opened = _open_ledger(file)
    assert opened.workbook is not None
    table = read_ledger(opened.workbook, importing.fields, sheet)
    imported = importing.transfer(table)
    register = make_register_form(kind, imported.register)
    dataset = read_register(register, kind)
    forms = {
        workspace.to_file_name(department) + ".xlsx": make_return_form(
            kind, dataset, department, rows
        )
        for department, rows in imported.returns.items()
    }
    notes = _make_import_notes(
        explanation.make_explanation_rows(table, imported, opened.container, opened.notes)
    )
    written, aside = _lay_imported(folder, kind, register, forms, notes)
    lines = tuple(
        explanation.iter_explanation_lines(table, imported, opened.container, opened.notes)
    )
    return ImportedLedger(lines, written, aside, kind.register_file)


def _lay_imported(
    folder: Path, kind: ReportKind, register: bytes, forms: Mapping[str, bytes], notes: bytes
) -> tuple[Sequence[Path], bool]:
    """The files written, the register first, and whether they stand beside those of another one.

    The register comes last: until it is there, the folder is none, and the import is run again.
    What an import that was broken off has left, and nobody has saved since, is replaced: the ledger
    may have changed.
    """
    workspace.ensure_folder(folder)
    with workspace.lock_folder(folder):
        theirs = {kind.register_file: register}
        theirs |= {f"{workspace.RETURNS}/{name}": form for name, form in forms.items()}
        aside = workspace.holds(folder, kind.register_file) and not workspace.has_all_files(
            folder, theirs
        )
        place = folder / (workspace.IMPORTED_RETURNS if aside else workspace.RETURNS)
        broken_off = not workspace.holds(folder, kind.register_file)
        lay = partial(
            workspace.create_beside, worthless=lambda there: broken_off and is_as_made(there)
        )
        rest = [lay(place, name, form) for name, form in forms.items()]
        rest.append(lay(folder, workspace.IMPORT_NOTES, notes))
        name = kind.imported_file if aside else kind.register_file
        return [workspace.create_beside(folder, name, register), *rest], aside


def _open_ledger(file: Path) -> OpenedLedger:
    """A ledger as opened; LedgerError if nothing can be read, or if it is our form already."""
    from reportgen.excel.read import foreign_files  # noqa: PLC0415

    opened = foreign_files.read_foreign_file(workspace.read_ledger_bytes(file), file.name)
    if opened.workbook is None:
        issue = opened.issues[0]
        raise LedgerError(f"“{file.name}”不能导入。{issue.message}。{issue.remedy}。")
    if opened.workbook.sheet(MARK_SHEET):
        raise LedgerError(f"“{file.name}”已经是本系统的标准表，不用导入，直接放进工作目录即可。")
    return opened


def _make_import_notes(rows: Rows) -> bytes:
    from reportgen.excel.write.result_book import write_result_book  # noqa: PLC0415
    from reportgen.ledger.explanation import EXPLANATION  # noqa: PLC0415

    return write_result_book(EXPLANATION, rows, created=EDITION)
