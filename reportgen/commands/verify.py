"""``verify``: an edited report held against its record and against the folder as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import workspace
from reportgen.commands.check import Checked, check
from reportgen.commands.template import chosen_sentences, chosen_template
from reportgen.issues import Severity
from reportgen.workspace import Saved

if TYPE_CHECKING:
    from reportgen.facts.report import Report
    from reportgen.word.compare.findings import Finding
    from reportgen.word.document.reader import Reading


@dataclass(frozen=True)
class Verified:
    """What ``verify`` finds, and the copy with comments if one was asked for."""

    findings: Sequence[Finding]
    copy: Saved | None = None

    @property
    def errors(self) -> Sequence[Finding]:
        """The findings that are more than a reminder."""
        return [each for each in self.findings if each.severity is Severity.ERROR]


def verify(
    path: Path, folder: Path | None = None, *, comments: bool = False,
    template: Path | None = None,
) -> Verified:  # fmt: skip
    """Hold an edited report against itself and, if given, against the working folder as it is now.

    ``comments``: also save a copy beside it in which each finding is a comment.  ``template``: as
    for ``build``.
    """
    from reportgen.word.after.comments import marked  # noqa: PLC0415

    content = workspace.document(path)
    found = compare_with_folder(content, folder, template)
    copy = (
        workspace.save_beside(path, workspace.COMMENTED, marked(content, found))
        if comments
        else None
    )
    return Verified(found, copy)


def compare_with_folder(
    content: bytes, folder: Path | None, template: Path | None
) -> Sequence[Finding]:
    """What disagrees in a report, by itself and, if given, with the folder as it is now."""
    from reportgen.word.after.comments import years_left  # noqa: PLC0415
    from reportgen.word.compare.verify import arranged, verify  # noqa: PLC0415
    from reportgen.word.document.reader import opened_report  # noqa: PLC0415

    report = opened_report(content)
    found = [*verify(report.reading), *years_left(report)]
    if folder is not None:
        found += _since(report.reading, folder, template)
    return arranged(found)


def _since(report: Reading, folder: Path, template: Path | None) -> list[Finding]:
    from reportgen.word.compare.findings import Finding  # noqa: PLC0415
    from reportgen.word.compare.staleness import since  # noqa: PLC0415

    checked = check(folder)
    now = checked.kind.report(checked.dataset)
    found = since(report, _record(now, checked, folder, template), now.quoted)
    if checked.errors:
        found.append(Finding("folder-faulty", str(folder), f"错误{len(checked.errors)}处", ""))
    return found


def _record(
    report: Report, checked: Checked, folder: Path, template: Path | None
) -> Mapping[str, Any]:
    """The record of a report made from the folder now; its charts are not drawn."""
    from reportgen.word.render.fill import filled  # noqa: PLC0415

    chosen = chosen_template(folder, template, checked.kind)
    sentences = chosen_sentences(folder, template, checked.kind)
    return filled(chosen, report, lambda _: b"", sentences=sentences, inputs=checked.inputs).record
