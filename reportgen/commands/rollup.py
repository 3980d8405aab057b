"""``rollup``: one report on all working folders below one, their figures added up.

Every figure knows the units' figures behind it, and those their cells.  A folder that cannot be
counted stops nothing: it is told, and the report names it and says of how many units its figures are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen import workspace
from reportgen.commands.county import (
    CountyBasis,
    Told,
    count_units,
    group_by_kind,
    lay_settings,
    make_basis,
)
from reportgen.commands.drawing import choose_drawing
from reportgen.errors import ReportError, WorkspaceError
from reportgen.facts.report import ChartForm
from reportgen.issues import Issue, Severity
from reportgen.reports.rollup.units import UnitResult
from reportgen.workspace import SavedFile


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

    ``settings``: the blank 汇总设置, if there was none.
    """

    reports: Sequence[RollUpReport]
    results: Sequence[UnitResult]
    settings: Path | None = None


def rollup(
    root: Path, out: Path, *, template: Path | None = None, charts: ChartForm = "picture",
    workers: int | None = None, cluster: str = "", tell: Told = lambda *_: None,
) -> RolledUp:  # fmt: skip
    """Count every working folder below ``root`` and save the report on all of them in ``out``.

    ``workers``: how many processes, by default one for each core; 0: none but this one.  ``cluster``:
    the address of a scheduler whose workers count the folders, which all of them see.

    Raises:
        WorkspaceError: ``root`` cannot be read or holds no working folder.
        ReportgenError: as of ``reduce_on_cluster``.
        ReportError: no folder counts.
    """
    results = count_units(root, out, workers, cluster, tell)
    groups = group_by_kind(results)
    if not groups:
        raise ReportError(_explain_none(results))
    settings = _lay_settings(root)
    made = {kind: make_basis(root, kind, group, template) for kind, group in groups.items()}
    saved = _save_reports(root, out, made, template, charts)
    return RolledUp([_describe(kind, made[kind], saved[kind]) for kind in made], results, settings)


def _lay_settings(root: Path) -> Path | None:
    """The blank 汇总设置, if one was laid; where nothing can be written, it goes without."""
    try:
        return root / workspace.ROLLUP_SETTINGS if lay_settings(root) else None
    except WorkspaceError:
        return None


def _explain_none(results: Sequence[UnitResult]) -> str:
    first = results[0]
    reason = "".join(first.reasons).rstrip("。")
    return (
        f"{len(results)}个工作目录没有一个可以计入汇总，如“{first.folder}”：{reason}。"
        "请逐个核查，改正后再汇总。"
    )


def _save_reports(
    root: Path, out: Path, made: Mapping[str, CountyBasis], template: Path | None, charts: ChartForm
) -> Mapping[str, SavedFile]:
    from reportgen.facts.model import to_json  # noqa: PLC0415
    from reportgen.word.render.fill import fill_template  # noqa: PLC0415

    draw, content = choose_drawing(charts), {}
    for basis in made.values():
        report = basis.report
        name = workspace.to_file_name(report.title)
        content[f"{name}.docx"] = fill_template(basis.template, report, draw, inputs=basis.inputs)
        figures = {"title": report.title, "facts": to_json(report.facts.values())}
        content[f"{name}.json"] = workspace.to_readable_json(figures)
    maker = workspace.maker_of("rollup", root, out)
    renewed = workspace.save_outputs(out, content, maker, [template] if template else [])
    return dict(zip(made, renewed.saved[::2], strict=True))


def _describe(kind: str, basis: CountyBasis, document: SavedFile) -> RollUpReport:
    settled = basis.settled
    return RollUpReport(kind, document, len(settled.counted), len(settled.left_out), basis.issues)
