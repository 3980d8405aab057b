"""``refresh``: an edited report with what the folder says now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import workspace
from reportgen.commands.basis import read_basis
from reportgen.commands.check import CheckedFolder
from reportgen.commands.finalize import choose_target
from reportgen.commands.folder.document import open_report_at
from reportgen.commands.folder.drawing import choose_drawing
from reportgen.commands.folder.progress import Progress, Steps
from reportgen.errors import ReportError
from reportgen.steps import Step
from reportgen.workspace import SavedFile

if TYPE_CHECKING:
    from reportgen.facts.report import ChartForm
    from reportgen.word.compare.findings import Finding


@dataclass(frozen=True)
class RefreshedReport:
    """The renewed report, what could not be merged into it, and how often what was done.

    ``document`` is None where errors among the data kept it from being made.  ``checked``: the
    working folder; None of a report on many units.
    """

    checked: CheckedFolder | None
    findings: Sequence[Finding] = field(default_factory=tuple)
    done: Mapping[str, int] = field(default_factory=dict)
    document: SavedFile | None = None


def refresh(
    path: Path, folder: Path, out: Path | None = None, *, template: Path | None = None,
    other_template: bool = False, progress: Progress = lambda *_: None,
) -> RefreshedReport:  # fmt: skip
    """Save the edited report with what the working folder says now; the old one stays as it is.

    ``out``: as for ``finalize``.  ``template``: as for ``build``; ``other_template``: the folder's,
    even if it is not the one that made the report.

    Raises:
        ReportError: another template than the one that made the report, and none was chosen.
    """
    from reportgen.word.refresh import merge_reports  # noqa: PLC0415
    from reportgen.word.refresh.as_opened import open_filled_report  # noqa: PLC0415
    from reportgen.word.refresh.renew_pictures import has_native_charts  # noqa: PLC0415
    from reportgen.word.render.fill import identify_template, make_filled_report  # noqa: PLC0415

    edited = open_report_at(path, workspace.read_document(path))
    steps = Steps(progress)
    basis = read_basis(edited.reading.record, folder, template, steps.reading)
    if template is None and not other_template:
        _stop_on_other(identify_template(basis.template), edited.reading.record, folder)
    if basis.errors:
        return RefreshedReport(basis.checked)
    steps.next()
    report = basis.count()
    steps.next()
    form: ChartForm = "native" if has_native_charts(edited.reading.record) else "picture"
    draw = choose_drawing(form, report)
    fresh = make_filled_report(basis.template, report, draw, inputs=basis.inputs)
    done = merge_reports(edited, open_filled_report(fresh))
    renamed = report.title != edited.reading.record.get("title")
    stem = (
        workspace.to_file_name(report.title)
        if renamed
        else path.stem.removesuffix(workspace.RENEWED) + workspace.RENEWED
    )
    target = choose_target(path, stem, out)
    steps.next()
    return RefreshedReport(
        basis.checked,
        done.findings,
        done.done,
        workspace.save_new(target.parent, target.name, done.content),
    )


def _stop_on_other(template: str, record: Mapping[str, Any], folder: Path) -> None:
    """Another template than the one that made a report would put its whole text into it."""
    if record.get("template") in {None, template}:
        return
    if workspace.read_template(folder, None) is None:
        now = "工作目录里没有报告模板，现在用的会是内置的模板；这份报告不是用它和现在的句子生成的"
    else:
        now = "这份报告不是用工作目录里现在的报告模板和句子生成的：模板后来改过，或者当时用的是别的模板"
    raise ReportError(
        f"{now}。要用当时的模板更新，请{Step.TEMPLATE_THEN}"
        f"（当时的“{workspace.SENTENCES}”放在它旁边）；"
        f"要改用现在的模板和句子，请{Step.OTHER_TEMPLATE}。没有更新。"
    )
