"""``finalize``: the copy of a report that leaves the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.commands.folder.document import open_report_at
from reportgen.commands.folder.pdf import PrintedPdf, print_pdf
from reportgen.commands.verify import VerifiedReport, compare_with_folder
from reportgen.issues import Severity
from reportgen.workspace import SavedFile

if TYPE_CHECKING:
    from reportgen.word.compare.findings import Finding

FINAL = "（定稿）"


@dataclass(frozen=True)
class FinalizedReport:
    """``document`` is None where disagreements, or remarks not accepted, kept the copy from being made.

    ``stopped``: the severity of what kept it.  ``pdf``: what became of it, if one was asked for.
    """

    findings: Sequence[Finding] = field(default_factory=tuple)
    document: SavedFile | None = None
    stopped: str = ""
    pdf: PrintedPdf | None = None


def finalize(
    path: Path, folder: Path | None = None, out: Path | None = None, *,
    accept: bool = False, force: bool = False, template: Path | None = None, pdf: bool = False,
) -> FinalizedReport:  # fmt: skip
    """Save the copy that leaves the house; not if something disagrees, unless ``force``.

    ``folder``: hold it against its data as well.  Reminders keep the copy from being made, too,
    unless ``accept``.  ``out``: its folder, or its own name if that ends with .docx; nothing is
    overwritten.  ``template`` and ``pdf``: as for ``build``.
    """
    from reportgen.word.after.finalize import finalize_opened  # noqa: PLC0415

    report = open_report_at(path, workspace.read_document(path))
    verified = VerifiedReport(compare_with_folder(report, folder, template))
    if verified.errors and not force:
        return FinalizedReport(verified.findings, stopped=Severity.ERROR)
    final = finalize_opened(report)
    findings = [*verified.findings, *final.find_left_over()]
    if len(findings) > len(verified.errors) and not (accept or force):
        return FinalizedReport(findings, stopped=Severity.REMINDER)
    target = choose_target(path, f"{path.stem}{FINAL}", out)
    saved = workspace.save_new(target.parent, target.name, final.to_bytes())
    printed = print_pdf(saved.path, partial(workspace.save_new, saved.path.parent)) if pdf else None
    return FinalizedReport(findings, saved, pdf=printed)


def choose_target(path: Path, stem: str, out: Path | None) -> Path:
    """Beside the report, or in the folder, or under the very name asked for."""
    if out is not None and out.suffix.lower() == ".docx":
        return out
    return (path.parent if out is None else out) / f"{stem}.docx"
