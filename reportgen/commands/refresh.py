"""``refresh``: an edited report with what the folder says now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import workspace
from reportgen.commands.check import Checked, check
from reportgen.commands.finalize import target_path
from reportgen.commands.progress import Progress, Steps
from reportgen.commands.template import chosen_sentences, chosen_template
from reportgen.errors import ReportError
from reportgen.workspace import Saved

if TYPE_CHECKING:
    from reportgen.word.compare.findings import Finding

RENEWED = "（更新）"


@dataclass(frozen=True)
class RefreshedReport:
    """The renewed report, what could not be merged into it, and how often what was done.

    ``document`` is None where errors among the data kept it from being made.
    """

    checked: Checked
    findings: Sequence[Finding] = field(default_factory=tuple)
    done: Mapping[str, int] = field(default_factory=dict)
    document: Saved | None = None


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
    from reportgen.charts.render import render  # noqa: PLC0415
    from reportgen.word.document.reader import opened_report  # noqa: PLC0415
    from reportgen.word.refresh import merge  # noqa: PLC0415
    from reportgen.word.refresh.as_opened import taken  # noqa: PLC0415
    from reportgen.word.render.fill import filled, template_identity  # noqa: PLC0415

    edited = opened_report(workspace.document(path))
    steps = Steps(progress)
    checked = check(folder, progress=steps.reading)
    kind = checked.kind
    wording = chosen_template(folder, template, kind)
    sentences = chosen_sentences(folder, template, kind)
    if template is None and not other_template:
        _stop_on_other(template_identity(wording, sentences), edited.reading.record, folder)
    if checked.errors:
        return RefreshedReport(checked)
    steps.next()
    report = kind.report(checked.dataset)
    steps.next()
    fresh = filled(wording, report, render, sentences=sentences, inputs=checked.inputs)
    done = merge(edited, taken(fresh))
    renamed = report.title != edited.reading.record.get("title")
    stem = (
        workspace.file_name(report.title) if renamed else path.stem.removesuffix(RENEWED) + RENEWED
    )
    target = target_path(path, stem, out)
    steps.next()
    return RefreshedReport(
        checked,
        done.findings,
        done.done,
        workspace.save_new(target.parent, target.name, done.content),
    )


def _stop_on_other(template: str, record: Mapping[str, Any], folder: Path) -> None:
    """Another template than the one that made a report would put its whole text into it."""
    if record.get("template") in {None, template}:
        return
    if workspace.template(folder, None) is None:
        now = "工作目录里没有报告模板，现在用的会是内置的模板；这份报告不是用它和现在的句子生成的"
    else:
        now = "这份报告不是用工作目录里现在的报告模板和句子生成的：模板后来改过，或者当时用的是别的模板"
    raise ReportError(
        f"{now}。要用当时的模板更新，请加 --template 写明是哪个文件"
        f"（当时的“{workspace.SENTENCES}”放在它旁边）；"
        "要改用现在的模板和句子，请加 --other-template。没有更新。"
    )
