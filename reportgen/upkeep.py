"""The report after it was made: each command that works on an edited report, from file to file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import pipeline, workspace
from reportgen.errors import ReportError
from reportgen.issues import Severity
from reportgen.reports import KINDS
from reportgen.reports.kind import ReportKind
from reportgen.workspace import Saved

if TYPE_CHECKING:
    from reportgen.facts.report import Report
    from reportgen.pipeline import Checked, Progress
    from reportgen.word.compare.findings import Finding
    from reportgen.word.document.reader import Reading

FINAL = "（定稿）"
RENEWED = "（更新）"


@dataclass(frozen=True)
class Shown:
    """A figure of the report: what it shows, and in which places."""

    key: str
    text: str
    places: Sequence[str]


@dataclass(frozen=True)
class Verified:
    """What ``verify`` finds, and the copy with comments if one was asked for."""

    findings: Sequence[Finding]
    copy: Saved | None = None

    @property
    def errors(self) -> Sequence[Finding]:
        """The findings that are more than a reminder."""
        return [each for each in self.findings if each.severity is Severity.ERROR]


@dataclass(frozen=True)
class Finalized:
    """``document`` is None where disagreements, or remarks not accepted, kept the copy from being made.

    ``stopped``: the severity of what kept it.
    """

    findings: Sequence[Finding] = field(default_factory=tuple)
    document: Saved | None = None
    stopped: str = ""


@dataclass(frozen=True)
class Renewed:
    """The renewed report, what could not be merged into it, and how often what was done.

    ``document`` is None where errors among the data kept it from being made.
    """

    checked: Checked
    findings: Sequence[Finding] = field(default_factory=tuple)
    done: Mapping[str, int] = field(default_factory=dict)
    document: Saved | None = None


def figures(path: Path) -> list[Shown]:
    """The figures that a report shows now, in order of first use; works on the .docx alone."""
    from reportgen.facts.model import from_json  # noqa: PLC0415
    from reportgen.facts.provenance import shown  # noqa: PLC0415

    report = _read(path)
    facts = from_json(report.record["facts"])
    places = _places(report)
    return [Shown(key, shown(facts[key]), places[key]) for key in places if key in facts]


def trace(path: Path, key: str) -> list[str]:
    """The lines that tell where a figure comes from; works on the .docx alone.

    Raises:
        ReportError: the report has no such figure.
    """
    from reportgen.facts.model import from_json  # noqa: PLC0415
    from reportgen.facts.provenance import nearest, trail  # noqa: PLC0415

    report = _read(path)
    facts = from_json(report.record["facts"])
    if key not in facts:
        near = "”“".join(nearest(facts, key))
        hint = f"相近的有：“{near}”。" if near else "不写名称可以列出全部数字。"
        raise ReportError(f"报告里没有“{key}”这个数字。{hint}")
    places = _places(report).get(key, ())
    return [*trail(facts, key), f"在报告中：{'、'.join(places) or '没有直接写出'}"]


def verify(
    path: Path, folder: Path | None = None, *, comments: bool = False,
    template: Path | None = None, kind: ReportKind = KINDS[0],
) -> Verified:  # fmt: skip
    """Hold an edited report against itself and, if given, against the working folder as it is now.

    ``comments``: also save a copy beside it in which each finding is a comment.  ``template``: as
    for ``build``.
    """
    from reportgen.word.after.comments import marked  # noqa: PLC0415

    content = workspace.document(path)
    found = _compare(content, folder, kind, template)
    copy = (
        workspace.save_beside(path, workspace.COMMENTED, marked(content, found))
        if comments
        else None
    )
    return Verified(found, copy)


def finalize(
    path: Path, folder: Path | None = None, out: Path | None = None, *,
    accept: bool = False, force: bool = False, template: Path | None = None,
    kind: ReportKind = KINDS[0],
) -> Finalized:  # fmt: skip
    """Save the copy that leaves the house; not if something disagrees, unless ``force``.

    ``folder``: hold it against its data as well.  Reminders keep the copy from being made, too,
    unless ``accept``.  ``out``: its folder, or its own name if that ends with .docx; nothing is
    overwritten.  ``template``: as for ``build``.
    """
    from reportgen.word.after.finalize import finalize as finalized  # noqa: PLC0415
    from reportgen.word.after.finalize import left_over  # noqa: PLC0415

    content = workspace.document(path)
    verified = Verified(_compare(content, folder, kind, template))
    if verified.errors and not force:
        return Finalized(verified.findings, stopped=Severity.ERROR)
    final = finalized(content)
    findings = [*verified.findings, *left_over(final)]
    if len(findings) > len(verified.errors) and not (accept or force):
        return Finalized(findings, stopped=Severity.REMINDER)
    target = _target(path, f"{path.stem}{FINAL}", out)
    return Finalized(findings, workspace.save_new(target.parent, target.name, final))


def refresh(
    path: Path, folder: Path, out: Path | None = None, *, template: Path | None = None,
    other_template: bool = False, kind: ReportKind = KINDS[0],
    progress: Progress = lambda *_: None,
) -> Renewed:  # fmt: skip
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
    wording = pipeline.chosen_template(folder, template, kind)
    sentences = pipeline.chosen_sentences(folder, template, kind)
    if template is None and not other_template:
        _stop_on_other(template_identity(wording, sentences), edited.reading.record, folder)
    steps = pipeline.Steps(progress)
    checked = pipeline.check(folder, kind, progress=steps.reading)
    if checked.errors:
        return Renewed(checked)
    steps.next()
    report = kind.report(checked.dataset)
    steps.next()
    fresh = filled(wording, report, render, sentences=sentences, inputs=checked.inputs)
    done = merge(edited, taken(fresh))
    renamed = report.title != edited.reading.record.get("title")
    stem = (
        workspace.file_name(report.title) if renamed else path.stem.removesuffix(RENEWED) + RENEWED
    )
    target = _target(path, stem, out)
    steps.next()
    return Renewed(
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


def _compare(
    content: bytes, folder: Path | None, kind: ReportKind, template: Path | None
) -> Sequence[Finding]:
    """What disagrees in a report, by itself and, if given, with the folder as it is now."""
    from reportgen.word.compare.verify import arranged, verify  # noqa: PLC0415
    from reportgen.word.document.reader import read  # noqa: PLC0415

    report = read(content)
    found = verify(report)
    if folder is None:
        return found
    return arranged([*found, *_since(report, folder, kind, template)])


def _target(path: Path, stem: str, out: Path | None) -> Path:
    """Beside the report, or in the folder, or under the very name asked for."""
    if out is not None and out.suffix.lower() == ".docx":
        return out
    return (path.parent if out is None else out) / f"{stem}.docx"


def _read(path: Path) -> Reading:
    from reportgen.word.document.reader import read  # noqa: PLC0415

    return read(workspace.document(path))


def _places(report: Reading) -> dict[str, list[str]]:
    """Where each figure stands, in order of first use."""
    places: dict[str, list[str]] = {}
    for paragraph in report.content.figured:
        for figure in paragraph.figures:
            here = places.setdefault(figure.key, [])
            if paragraph.place not in here:
                here.append(paragraph.place)
    return places


def _since(report: Reading, folder: Path, kind: ReportKind, template: Path | None) -> list[Finding]:
    from reportgen.word.compare.findings import Finding  # noqa: PLC0415
    from reportgen.word.compare.staleness import since  # noqa: PLC0415

    checked = pipeline.check(folder, kind)
    now = kind.report(checked.dataset)
    found = since(report, _record(now, checked, folder, kind, template), now.quoted)
    if checked.errors:
        found.append(Finding("folder-faulty", str(folder), f"错误{len(checked.errors)}处", ""))
    return found


def _record(
    report: Report, checked: Checked, folder: Path, kind: ReportKind, template: Path | None
) -> Mapping[str, Any]:
    """The record of a report made from the folder now; its charts are not drawn."""
    from reportgen.word.render.fill import filled  # noqa: PLC0415

    chosen = pipeline.chosen_template(folder, template, kind)
    sentences = pipeline.chosen_sentences(folder, template, kind)
    return filled(chosen, report, lambda _: b"", sentences=sentences, inputs=checked.inputs).record
