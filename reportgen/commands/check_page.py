"""核查结果.html and 看板.html: what a check and a board show, in one file each, opened by a double-click."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import quote

from reportgen.commands.folder.look import show_issues
from reportgen.data import Rows
from reportgen.reports.check_result import CheckOutcome
from reportgen.views.render import render_view

if TYPE_CHECKING:
    from reportgen.commands.check import CheckedFolder
    from reportgen.reports.assignment.status import Board

MOST = 100
"""So many issues of one department; all of them stand in 核查结果.xlsx."""


def make_check_page(checked: CheckedFolder, outcome: CheckOutcome, rows: Rows, title: str) -> bytes:
    """Who has returned, every issue with its row as filled in, and what to write to whom.

    ``rows``: of the workbook.  The marked copies are linked where they lie beside it.
    """
    found = show_issues(checked, outcome, MOST)
    copies = {file: place for file, place in outcome.copies.items() if place}
    page = render_view(
        "check_file", title=title, checked=checked, rows=rows, found=found,
        counts={name: len(issues) for name, issues in outcome.by_department.items()},
        copies=copies, links={place: quote(place) for place in copies.values()},
    )  # fmt: skip
    return page.encode()


def make_board_page(board: Board, title: str, today: dt.date) -> bytes:
    """How far everything is as of ``today``."""
    return render_view("board_file", title=title, board=board, day=today).encode()
