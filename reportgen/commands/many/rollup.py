"""``rollup``: one report on all working folders below one, their figures added up.

Every figure knows the units' figures behind it, and those their cells.  A folder that cannot be
counted stops nothing: it is told, and the report names it and says of how many units its figures are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.commands.folder.drawing import choose_drawing
from reportgen.commands.folder.inputs import put_in_words
from reportgen.commands.many.county import (
    CountyBasis,
    TellUnit,
    count_units,
    group_by_kind,
    lay_settings,
    make_basis,
    make_built_in,
)
from reportgen.errors import ReportError, WorkspaceError
from reportgen.facts.report import ChartForm
from reportgen.issues import Issue, Severity
from reportgen.reports.rollup.units import UnitResult
from reportgen.workspace import RenewedOutputs, SavedFile

if TYPE_CHECKING:
    from reportgen.commands.standard_files import LaidFiles


@dataclass(frozen=True)
class RollUpReport:
    """The report on the units of one ``kind``: so many ``counted``, so many ``left_out``."""

    kind: str
    document: SavedFile
    counted: int
    left_out: int
    issues: Sequence[Issue]

    @property
    def errors(self) -> Sequence[Issue]:
        """What is more than a reminder: folders that do not count, figures that are stated otherwise."""
        return [issue for issue in self.issues if issue.severity is Severity.ERROR]


@dataclass(frozen=True)
class RolledUp:
    """The reports, one for each kind among the folders; ``results``: what became of each folder.

    ``summary`` is 汇总结果.xlsx.  ``settings``: the blank 汇总设置, if there was none.  ``template``: the
    built-in template and the names it may use, if they were asked for.  ``strays``: of kinds of which
    no folder counts, and which have no report.
    """

    reports: Sequence[RollUpReport]
    results: Sequence[UnitResult]
    summary: SavedFile
    settings: Path | None = None
    template: LaidFiles | None = None
    strays: Sequence[Issue] = ()


def rollup(
    root: Path, out: Path, *, template: Path | None = None, charts: ChartForm = "picture",
    workers: int | None = None, cluster: str = "", reports: Path | None = None,
    write_template: bool = False, tell: TellUnit = lambda *_: None,
) -> RolledUp:  # fmt: skip
    """Count every working folder below ``root`` and save the report on all of them in ``out``.

    ``workers``: how many processes, by default one for each core; 0: none but this one.  ``cluster``:
    the address of a scheduler whose workers count the folders, which all of them see.
    ``reports``: where ``batch`` has put the units' own reports, if not in their folders.
    ``write_template``: lay the built-in template and its names into ``root``, where they are not yet.

    Raises:
        WorkspaceError: ``root`` cannot be read or holds no working folder.
        ReportgenError: as of ``reduce_on_cluster``.
        ReportError: no folder counts.
    """
    results = count_units(root, out, workers, cluster, reports, tell)
    groups, strays = group_by_kind(results)
    if not groups:
        raise ReportError(_explain_none(len(results), strays))
    settings = _lay_settings(root)
    made = {kind: make_basis(root, kind, group, template) for kind, group in groups.items()}
    laid = _lay_template(root, made) if write_template else None
    saved = _save_reports(root, out, made, strays, template, charts).saved
    rolled = [_describe(kind, made[kind], saved[2 * n]) for n, kind in enumerate(made)]
    return RolledUp(rolled, results, saved[-1], settings, laid, strays)


def _lay_settings(root: Path) -> Path | None:
    """The blank 汇总设置, if one was laid; where nothing can be written, it goes without."""
    try:
        return root / workspace.ROLLUP_SETTINGS if lay_settings(root) else None
    except WorkspaceError:
        return None


def _lay_template(root: Path, made: Mapping[str, CountyBasis]) -> LaidFiles:
    from reportgen.commands.standard_files import lay_files, make_field_list  # noqa: PLC0415

    if len(made) > 1:
        raise ReportError(
            f"总目录里有{'、'.join(made)}{len(made)}种报告，一个模板不能都用。请把每一种放在各自的总目录里。"
        )
    (basis,) = made.values()
    assert basis.settled.plan is not None
    built_in = make_built_in(basis.settled.plan)
    content = {
        workspace.ROLLUP_TEMPLATE: built_in.content,
        workspace.ROLLUP_FIELDS: make_field_list(basis.report, built_in, "汇总模板字段"),
    }
    return lay_files(root, content, overwrite=False)


def _explain_none(folders: int, strays: Sequence[Issue]) -> str:
    first = strays[0]
    reason = first.message.removeprefix("没有计入：").rstrip("。")
    return f"{folders}个工作目录没有一个可以计入汇总，如“{first.file}”：{reason}。请逐个核查，改正后再汇总。"


def _save_reports(
    root: Path, out: Path, made: Mapping[str, CountyBasis], strays: Sequence[Issue],
    template: Path | None, charts: ChartForm,
) -> RenewedOutputs:  # fmt: skip
    """Of each kind its report and its figures, then 汇总结果."""
    from reportgen.facts.model import to_json  # noqa: PLC0415
    from reportgen.word.render.fill import fill_template  # noqa: PLC0415

    draw, content = choose_drawing(charts), {}
    for basis in made.values():
        report = basis.report
        name = workspace.to_file_name(report.title)
        content[f"{name}.docx"] = fill_template(basis.template, report, draw, inputs=basis.inputs)
        figures = {"title": report.title, "facts": to_json(report.facts.values())}
        content[f"{name}.json"] = workspace.to_readable_json(figures)
    content[workspace.ROLLUP_RESULT] = _write_summary(made.values(), strays)
    maker = workspace.maker_of("rollup", root, out)
    return workspace.save_outputs(out, content, maker, [template] if template else [])


def _write_summary(made: Iterable[CountyBasis], strays: Iterable[Issue]) -> bytes:
    from reportgen.excel.write.folder_sheet import write_folder_sheet  # noqa: PLC0415

    rows = {
        issue.file: {"工作目录": issue.file, "结果": "没有计入", "说明": _put_in_words(issue)}
        for issue in strays
    }
    rows |= {each["工作目录"]: each for basis in made for each in _iter_rows(basis)}
    widths = {"工作目录": 36, "结果": 12, "说明": 100}
    return write_folder_sheet("汇总结果", widths, [rows[folder] for folder in sorted(rows)])


def _iter_rows(basis: CountyBasis) -> Iterator[dict[str, str]]:
    """For each folder, and for 汇总设置 if something is wrong with it: does it count, what is wrong."""
    counted = {unit.folder for unit in basis.settled.counted}
    said: dict[str, list[str]] = {folder: [] for folder in basis.settled.digests}
    for issue in basis.issues:
        said.setdefault(issue.file, []).append(_put_in_words(issue))
    for folder, lines in said.items():
        state = "计入" if folder in counted else "没有计入"
        known = folder in basis.settled.digests
        yield {"工作目录": folder, "结果": state if known else "", "说明": "\n".join(lines)}


def _put_in_words(issue: Issue) -> str:
    return put_in_words(replace(issue, file=""))


def _describe(kind: str, basis: CountyBasis, document: SavedFile) -> RollUpReport:
    settled = basis.settled
    return RollUpReport(kind, document, len(settled.counted), len(settled.left_out), basis.issues)
