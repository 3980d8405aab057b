"""``build``: a checked working folder made into the Word report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.commands.check import CheckedFolder, check
from reportgen.commands.folder.drawing import choose_drawing
from reportgen.commands.folder.inputs import list_input_paths, put_in_words
from reportgen.commands.folder.progress import Progress, Steps
from reportgen.commands.folder.template import choose_template, read_default_sentences
from reportgen.issues import Severity
from reportgen.reports.kind import ReportKind
from reportgen.workspace import SavedFile

if TYPE_CHECKING:
    from reportgen.commands.folder.pdf import PrintedPdf
    from reportgen.facts.report import ChartForm
    from reportgen.word.template.sentences import Template


@dataclass(frozen=True)
class BuiltReport:
    """A built report.  ``document`` is None where errors kept it from being built.

    ``idle``: the sentences that the office has written, but its template does not use.  ``pdf``: what
    became of it, if one was asked for.
    ``unseen``: what of the template's text nobody sees, though it stands in the report: where, what.
    """

    checked: CheckedFolder
    document: SavedFile | None = None
    facts: Path | None = None
    idle: Sequence[str] = ()
    pdf: PrintedPdf | None = None
    unseen: Sequence[tuple[str, str]] = ()


def build(
    folder: Path, out: Path, *, template: Path | None = None, draft: bool = False,
    annotate: bool = False, charts: ChartForm | None = None,
    usual_charts: ChartForm = "picture", pdf: bool = False, progress: Progress = lambda *_: None,
) -> BuiltReport:  # fmt: skip
    """Check, count, draw, assemble and save the report; nothing is written if there are errors.

    ``annotate``: with a comment at each figure that tells where it comes from.  ``charts``: as
    pictures or as charts that Word draws itself; by default as the register says, or else as is
    usual.  ``pdf``: printed as well, where the machine can.
    """
    from reportgen.facts.model import to_json  # noqa: PLC0415
    from reportgen.word.after.carried_along import find_unseen_text  # noqa: PLC0415
    from reportgen.word.render.fill import fill_template  # noqa: PLC0415

    workspace.refuse_among_returns(folder, out)
    steps = Steps(progress)
    checked = check(folder, progress=steps.reading).let_go_of_cells()
    if checked.errors and not draft:
        return BuiltReport(checked)
    kind = checked.kind
    steps.next()
    report = kind.report(checked.dataset)
    chosen = choose_template(folder, template, kind)
    worst = sorted(checked.issues, key=lambda issue: issue.severity is not Severity.ERROR)
    missing = [put_in_words(issue) for issue in worst] if draft else None
    draw = choose_drawing(charts or report.charts or usual_charts, report)
    steps.next()
    content = fill_template(chosen, report, draw, inputs=checked.inputs, draft=missing)
    content = _annotate_figures(content) if annotate else content
    suffix = ("草稿" if draft else "") + ("（来源批注）" if annotate else "")
    name = workspace.to_file_name(report.title + suffix) + ".docx"
    steps.next()
    figures = {"title": report.title, "facts": to_json(report.facts.values())}
    renewed = workspace.save_outputs(
        out,
        {name: content, workspace.FACTS: workspace.to_readable_json(figures)},
        workspace.maker_of("build", folder, out),
        [*list_input_paths(folder, checked.files, kind), *([template] if template else [])],
    )
    document, facts = renewed.saved
    idle = _list_idle_sentences(chosen, kind)
    printed = _renew_pdf(folder, out, document.path, pdf=pdf)
    unseen = find_unseen_text(chosen.content)
    return BuiltReport(checked, document, facts.path, idle, printed, unseen)


def _annotate_figures(content: bytes) -> bytes:
    from reportgen.word.after.comments import annotate_figures  # noqa: PLC0415

    return annotate_figures(content)


def _renew_pdf(folder: Path, out: Path, document: Path, *, pdf: bool) -> PrintedPdf | None:
    """Print the report if that is asked for; the PDF of an earlier report does not stay beside it."""
    maker = workspace.maker_of("pdf", folder, out)
    if pdf:
        from reportgen.commands.folder.pdf import print_pdf  # noqa: PLC0415 (few ask for it)

        return print_pdf(
            document,
            lambda name, content: workspace.save_outputs(
                out, {name: content}, maker, all_of_it=True
            ).saved[0],
        )
    if workspace.holds(out, f"{document.stem}.pdf"):
        workspace.renew_outputs(out, {}, maker, all_of_it=True)
    return None


def _list_idle_sentences(template: Template, kind: ReportKind) -> list[str]:
    from reportgen.word.render.fill import find_used_sentences  # noqa: PLC0415
    from reportgen.word.template.sentences import find_idle_sentences  # noqa: PLC0415

    if not any(each.source for each in template.sentences.values()):
        return []
    used = find_used_sentences(template)
    idle = find_idle_sentences(template.sentences, read_default_sentences(kind), used)
    return [each.written for each in idle]
