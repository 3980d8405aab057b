"""What one owner may see of a working folder: its own files, mistakes, standing and deadlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from reportgen.commands.check import CheckedFolder
from reportgen.commands.folder.look import ShownRow, show_row
from reportgen.issues import Issue
from reportgen.reports.assignment.return_checks import NOT_RETURNED
from reportgen.reports.assignment.status import Board
from reportgen.reports.check_result import CheckOutcome, make_result_rows

_SHOWN = ("交回情况", "错误", "提醒", "是否齐全")


@dataclass(frozen=True)
class OwnIssue:
    """A mistake, as told to the one who made it: where, empty if not in a file of its own, and the row."""

    issue: Issue
    place: str
    row: ShownRow


@dataclass(frozen=True)
class OwnView:
    """What an owner may see.

    ``standing``: by heading; ``accepted``: all is filled in and without errors; ``due``: its rows of
    the board, and what it was handed out; ``issues``: the first of ``count``; ``files``: its own, by name in the working folder.
    """

    owner: str
    standing: Mapping[str, object]
    accepted: bool
    due: Board
    issues: Sequence[OwnIssue]
    count: int
    files: Sequence[str]


def list_owners(outcome: CheckOutcome) -> list[str]:
    """Everybody of whom a return is wanted."""
    return [progress.department for progress in outcome.progress]


def view_own(
    checked: CheckedFolder, outcome: CheckOutcome, board: Board, owner: str, most: int
) -> OwnView:
    """What an owner may see, of its mistakes so many; it must be one of ``list_owners``.

    ``board``: of the day that counts, of all owners.
    """
    data, status = checked.dataset, checked.kind.status
    files = [
        name
        for by_owner in (data.returned, data.set_aside, data.unread)
        for name in by_owner.get(owner, ())
    ]
    rows = make_result_rows(outcome)["交回情况"]
    row = next(row for row in rows if row["部门"] == owner)
    found = [each for each in outcome.by_department[owner] if each.code not in NOT_RETURNED]
    return OwnView(
        owner,
        {name: row[name] for name in (*_SHOWN[:1], *checked.kind.counted, *_SHOWN[1:])},
        row["是否齐全"] == "是",
        {
            **status.select_own(board, owner),
            **status.select_handed(checked.kind.handed_out(data).get(owner, {})),
        },
        [_tell(checked, each, files) for each in found[:most]],
        len(found),
        files,
    )


def _tell(checked: CheckedFolder, issue: Issue, files: Sequence[str]) -> OwnIssue:
    """Without what is said to the office alone, and without a place in a file that is not the owner's."""
    told = replace(issue, outward=True)
    if issue.file not in files:
        return OwnIssue(told, "", ())
    place = f"{PurePosixPath(issue.file).name} {issue.place}".rstrip()
    return OwnIssue(told, place, show_row(checked, issue.file, issue.sheet, issue.cell))
