"""``verify``: an edited report held against its record and against the folder as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import workspace
from reportgen.commands.folder.document import open_report_at
from reportgen.issues import Severity
from reportgen.workspace import SavedFile

if TYPE_CHECKING:
    from reportgen.commands.basis import Basis
    from reportgen.facts.report import Report
    from reportgen.word.compare.findings import Finding
    from reportgen.word.document.reader import OpenedReport, ReportReading


@dataclass(frozen=True)
class VerifiedReport:
    """What ``verify`` finds, and the copy with comments if one was asked for."""

    findings: Sequence[Finding]
    copy: SavedFile | None = None

    @property
    def errors(self) -> Sequence[Finding]:
        """The findings that are more than a reminder."""
        return [each for each in self.findings if each.severity is Severity.ERROR]


def verify(
    path: Path, folder: Path | None = None, *, comments: bool = False,
    template: Path | None = None,
) -> VerifiedReport:  # fmt: skip
    """Hold an edited report against itself and, if given, against the working folder as it is now.

    ``comments``: also save a copy beside it in which each finding is a comment.  ``template``: as
    for ``build``.
    """
    from reportgen.word.after.comments import comment_findings  # noqa: PLC0415

    content = workspace.read_document(path)
    found = compare_with_folder(open_report_at(path, content), folder, template)
    copy = (
        workspace.save_beside(path, workspace.COMMENTED, comment_findings(content, found))
        if comments
        else None
    )
    return VerifiedReport(found, copy)


def compare_with_folder(
    report: OpenedReport, folder: Path | None, template: Path | None
) -> Sequence[Finding]:
    """What disagrees in a report, by itself and, if given, with the folder as it is now."""
    from reportgen.excel.read.chart_sheet import read_chart_sheet  # noqa: PLC0415
    from reportgen.word.after.comments import years_left  # noqa: PLC0415
    from reportgen.word.compare.verify import sort_findings, verify_report  # noqa: PLC0415

    found = [*verify_report(report.reading, read_chart_sheet), *years_left(report)]
    if folder is not None:
        found += _compare_with_data(report.reading, folder, template)
    return sort_findings(found)


def _compare_with_data(report: ReportReading, folder: Path, template: Path | None) -> list[Finding]:
    from reportgen.commands.basis import read_basis  # noqa: PLC0415
    from reportgen.word.compare.findings import Finding  # noqa: PLC0415
    from reportgen.word.compare.staleness import find_stale_places  # noqa: PLC0415

    basis = read_basis(report.record, folder, template)
    now = basis.count()
    found = find_stale_places(report, _make_record(now, basis), now.quoted)
    if basis.errors:
        found.append(Finding("folder-faulty", str(folder), f"错误{basis.errors}处", ""))
    return found


def _make_record(report: Report, basis: Basis) -> Mapping[str, Any]:
    """The record of a report made from the folder now; its charts are not drawn."""
    from reportgen.facts.report import DrawnChart  # noqa: PLC0415
    from reportgen.word.render.fill import make_filled_report  # noqa: PLC0415

    undrawn = DrawnChart(b"", b"")
    return make_filled_report(basis.template, report, lambda _: undrawn, inputs=basis.inputs).record
