"""Issues → a copy of the sender's workbook in which the wrong cells are marked and explained.

The copy is theirs, without macros, links to elsewhere and the like (``disarm``), but for three
things: wrong cells are coloured (by a conditional format, see ``highlight``, so that their own fill
stays as it was), carry a comment that says what is wrong and what to do (``comments``), and are
listed with links on a last sheet 核查意见 (``issue_sheet``).  All three are known again: a copy that comes back is read as if they were not there, and marking it anew
first takes them away.

Why not openpyxl: loading and saving with it loses what it does not know.  Excel keeps a drop-down
whose list stands on another sheet, as ours do, in an extension, and openpyxl drops it; also shapes,
form controls, threaded comments and mixed fonts within a cell.  So the parts are changed where
they stand (``xml_edit``), and every other byte of them is the sender's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.parsers.expat import ExpatError

from reportgen.excel.mark import comments, highlight, issue_sheet
from reportgen.excel.mark.disarm import disarm_package
from reportgen.excel.mark.identity import write_identity
from reportgen.excel.mark.package import WorkbookPackage
from reportgen.excel.mark.sheets import add_sheet, drop_sheet
from reportgen.excel.mark.styles_part import StylesPart
from reportgen.excel.mark.xml_edit import UnfitError
from reportgen.issues import Issue, Severity


def mark_workbook(
    content: bytes, issues: Sequence[Issue], identity: Sequence[Sequence[str]] = ()
) -> bytes | None:
    """A copy of the workbook with ``issues``, all of this file, marked in it.

    Issues without a cell, or of a sheet that is not there, stand on 核查意见 alone.
    ``identity``: the rows by which the copy is known again, for its hidden sheet.
    None if it had better not be touched: no .xlsx, damaged, signed, or written in a way in which
    it cannot be changed safely.
    """
    try:
        package = WorkbookPackage(content)
        disarm_package(package)
        _clear_marks(package)
        if identity:
            write_identity(package, identity)
        _mark_package(package, issues)
        return package.pack()
    except _UNMARKABLE:
        return None


_UNMARKABLE = (
    UnfitError,
    ExpatError,
    LookupError,
    ValueError,
    StopIteration,
    RecursionError,
)
"""What broken, locked or strange packages end in (ArchiveError is a ValueError)."""


def _clear_marks(package: WorkbookPackage) -> None:
    for place, sheet in reversed(list(enumerate(package.sheets()))):
        if issue_sheet.is_issue_sheet(package.parts[sheet.path]):
            drop_sheet(package, place, sheet)
        else:
            highlight.clear_paint(package, sheet.path)
            comments.clear_comments(package, sheet.path)


def _mark_package(package: WorkbookPackage, issues: Sequence[Issue]) -> None:
    styles_path = next(
        one.target for one in package.relations(package.workbook) if one.kind == "styles"
    )
    styles = StylesPart(package.parts[styles_path])
    looks = {severity: styles.index("dxfs", _LOOKS[severity]) for severity in Severity}
    sheets = list(package.sheets())
    for sheet in sheets:
        here = [issue for issue in issues if issue.sheet == sheet.name and issue.cell]
        if here:
            _mark_sheet(package, sheet.path, here[: issue_sheet.MOST], looks)
    names = [sheet.name for sheet in sheets]
    listed = issue_sheet.write_issue_sheet(issues, names, styles)
    package.parts[styles_path] = styles.xml()
    add_sheet(package, _find_free_name(names), listed, issue_sheet.HEADER_ROW)


def _mark_sheet(
    package: WorkbookPackage, path: str, issues: Sequence[Issue], looks: Mapping[Severity, int]
) -> None:
    merged = highlight.read_merged_ranges(package.parts[path])
    found: dict[str, list[Issue]] = {}
    areas: dict[str, str] = {}
    for issue in issues:
        cell, areas[cell] = highlight.find_visible_cell(issue.cell, merged)
        found.setdefault(cell, []).append(issue)
    painted: dict[int, list[str]] = {}
    for cell, here in found.items():
        painted.setdefault(looks[_find_worst(here)], []).append(areas[cell])
    highlight.paint_cells(package, path, painted)
    comments.write_comments(
        package, path, {cell: _word_remark(here) for cell, here in found.items()}
    )


def _find_worst(issues: Sequence[Issue]) -> Severity:
    return min((issue.severity for issue in issues), key=list(Severity).index)


def _word_remark(issues: Sequence[Issue]) -> str:
    texts = [f"{i.severity}：{i.message}。\n怎么改：{i.remedy}。" for i in issues]
    if len(texts) > 1:
        texts = [f"{number}. {text}" for number, text in enumerate(texts, 1)]
    return "\n".join(texts)


def _find_free_name(names: Sequence[str]) -> str:
    """A sheet of theirs that is called like ours keeps its name."""
    others = (f"{issue_sheet.SHEET}（{number}）" for number in range(2, len(names) + 3))
    return next(name for name in (issue_sheet.SHEET, *others) if name not in names)


_LOOKS = {
    severity: (
        f'<dxf><fill><patternFill patternType="solid"><fgColor rgb="{color}"/>'
        f'<bgColor rgb="{color}"/></patternFill></fill></dxf>'
    )
    for severity, color in issue_sheet.FILLS.items()
}
