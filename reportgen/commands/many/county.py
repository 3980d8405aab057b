"""What a report on many units is made from: the folders below one, counted one by one, then added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.commands.folder.progress import Progress
from reportgen.commands.folder.template import EDITION
from reportgen.commands.kinds import kind_named
from reportgen.commands.many.batch import find_folders
from reportgen.commands.many.unit_figures import UnitTask
from reportgen.commands.many.worker_pool import count_workers, run_tasks
from reportgen.errors import ReportError, WorkspaceError
from reportgen.facts.report import Report
from reportgen.issues import Issue
from reportgen.reports.rollup.declared import RollUp
from reportgen.reports.rollup.settings import SETTINGS, read_heading
from reportgen.reports.rollup.settle import Settled, settle_units
from reportgen.reports.rollup.tree import Heading, make_rollup_report
from reportgen.reports.rollup.units import UnitResult, merge_results
from reportgen.reports.rollup.wording import write_rollup_wording

if TYPE_CHECKING:
    from reportgen.word.template.sentences import Template

TellUnit = Callable[[str, int], None]
"""Told of a folder that is done, and how many there are in all."""


_FEW = 4
"""So many folders are counted before other processes have started."""


@dataclass(frozen=True)
class CountyBasis:
    """The report on the units of one kind, its template, and what it is made of.

    ``inputs``: by folder, the digest of its contents.  ``issues``: which folders do not count and why,
    and what else is wrong with them.
    """

    settled: Settled
    report: Report
    template: Template
    inputs: Mapping[str, str]
    issues: Sequence[Issue]


def count_units(
    root: Path, out: Path, workers: int | None = None, cluster: str = "",
    reports: Path | None = None, tell: TellUnit = lambda *_: None,
) -> Sequence[UnitResult]:  # fmt: skip
    """What every working folder below ``root`` gives, by folder; arguments as of ``rollup``.

    Raises:
        WorkspaceError: ``root`` cannot be read, holds no working folder or is one.
        ReportgenError: as of ``reduce_on_cluster``.
    """
    root, out = (root.absolute(), out.absolute()) if cluster else (root, out)
    folders = find_folders(root, out)
    if folders == [root]:
        raise WorkspaceError(
            f"“{root}”自己就是一个工作目录。汇总请写放着各个工作目录的那个文件夹；"
            f"那里的报告模板要叫“{workspace.ROLLUP_TEMPLATE}”。"
        )
    tasks = [_make_task(root, folder, reports) for folder in folders]
    if not cluster:
        return merge_results(*_run_here(tasks, workers, tell))
    from reportgen.commands.many.cluster import reduce_on_cluster  # noqa: PLC0415

    return reduce_on_cluster(
        tasks, merge_results, cluster, root, lambda name: tell(name, len(tasks))
    )


def _make_task(root: Path, folder: Path, reports: Path | None) -> UnitTask:
    name = folder.relative_to(root)
    shown = workspace.to_legible_name(name.as_posix())
    return UnitTask(shown, folder, (reports.absolute() / name,) if reports else ())


def _run_here(
    tasks: Sequence[UnitTask], workers: int | None, tell: TellUnit
) -> Iterator[Sequence[UnitResult]]:
    asked = 0 if workers is None and len(tasks) <= _FEW else workers
    for each in run_tasks(tasks, count_workers(asked, len(tasks))):
        tell(each[0].folder, len(tasks))
        yield each


def group_by_kind(
    results: Sequence[UnitResult],
) -> tuple[Mapping[str, Sequence[UnitResult]], Sequence[Issue]]:
    """The results of each kind of which a unit counts; of the others, why none does.

    A folder whose kind cannot be told stands with every kind.
    """
    names = dict.fromkeys(each.kind for each in results if each.kind)
    every = {
        name: [each for each in results if each.kind in {"", name}] for name in names or {"": ""}
    }
    settled = {name: settle_units(group) for name, group in every.items()}
    groups = {name: group for name, group in every.items() if settled[name].counted}
    told = {result.folder for group in groups.values() for result in group}
    strays = [
        issue
        for name, each in settled.items() if name not in groups
        for issue in each.issues if issue.file not in told
    ]  # fmt: skip
    return groups, strays


def make_basis(
    root: Path, kind: str, results: Sequence[UnitResult], template: Path | None
) -> CountyBasis:
    """What the report on units of this kind is made from.

    Raises:
        ReportError: none of them counts.
        WorkspaceError: 汇总设置 or the template cannot be read.
    """
    settled = settle_units(results)
    if settled.plan is None:
        raise ReportError(f"没有一个“{kind}”的工作目录可以计入汇总，请先逐个核查。")
    heading, found, digests = _read_settings(root)
    report, unlike = make_rollup_report(kind, settled, settled.plan, heading)
    issues = sorted([*settled.issues, *unlike], key=lambda issue: issue.file)
    chosen = _choose_template(root, template, settled.plan)
    inputs = {**digests, **settled.digests}
    return CountyBasis(settled, report, chosen, inputs, [*found, *issues])


def lay_settings(root: Path) -> bool:
    """Put a blank 汇总设置 there, if there is none; whether that was done.

    Raises:
        WorkspaceError: nothing can be written there.
    """
    from reportgen.excel.write import forms  # noqa: PLC0415

    blank = forms.write_form(SETTINGS, created=EDITION)
    return workspace.create_file(root / workspace.ROLLUP_SETTINGS, blank)


def _read_settings(root: Path) -> tuple[Heading, Sequence[Issue], dict[str, str]]:
    """What the office says, what is wrong with it, and the workbook's digest by its name."""
    from reportgen.excel.read import reader  # noqa: PLC0415
    from reportgen.validation import validate_workbooks  # noqa: PLC0415

    file = workspace.optional(root, workspace.ROLLUP_SETTINGS)
    if file is None:
        return Heading(), (), {}
    workbook, unread = reader.read_workbook(file.content or b"", file.name)
    if workbook is None:
        return Heading(), unread, {file.name: file.sha256}
    dataset, found = validate_workbooks([workbook], (SETTINGS,))
    return read_heading(dataset), [*unread, *found], {file.name: file.sha256}


def read_county(
    root: Path, kind: str, template: Path | None, progress: Progress = lambda *_: None
) -> CountyBasis:
    """What a report on units of this kind would be made from now.

    Raises:
        ReportError: there is none of this kind any more.
        WorkspaceError: as of ``count_units``.
    """
    done = count(1)
    results = count_units(
        root,
        workspace.usual_output(root),
        tell=lambda folder, total: progress(next(done), total, folder),
    )
    groups, _ = group_by_kind(results)
    return make_basis(root, kind_named(kind).name, groups.get(kind, ()), template)


def make_built_in(plan: RollUp) -> Template:
    """The built-in template, for units that are rolled up like this."""
    from reportgen.word.template import gongwen  # noqa: PLC0415
    from reportgen.word.template.sentences import Template, split_wording  # noqa: PLC0415

    outline, sentences = split_wording(write_rollup_wording(plan))
    return Template(gongwen.build_template(outline, date=EDITION.date()), sentences)


def _choose_template(root: Path, given: Path | None, plan: RollUp) -> Template:
    """The one asked for, else the root's own, else the built-in one; sentences as for any report."""
    from reportgen.word.template import sentence_file  # noqa: PLC0415
    from reportgen.word.template.sentences import Template  # noqa: PLC0415

    built_in, own_file = make_built_in(plan), root / workspace.ROLLUP_TEMPLATE
    given = own_file if given is None and workspace.holds(root, own_file.name) else given
    chosen = workspace.read_template(root, given)
    own = workspace.read_sentences(root, given)
    written = sentence_file.read_sentence_file(own.content or b"", own.name) if own else {}
    content = built_in.content if chosen is None else chosen
    return Template(content, {**built_in.sentences, **written})
