"""``status``: how far everything is as of a day, as a board and as a notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen import workspace
from reportgen.commands.check import CheckedFolder, check
from reportgen.commands.folder.drawing import choose_drawing
from reportgen.commands.folder.inputs import list_input_paths
from reportgen.commands.folder.progress import Progress, Steps
from reportgen.commands.folder.template import EDITION
from reportgen.issues import Issue
from reportgen.schema.model import Stage
from reportgen.workspace import SavedFile


@dataclass(frozen=True)
class FolderStatus:
    """How far everything is: the tables of the board by title, the saved notice, and the board as a page.

    ``in_brief``: by title, the headings that a narrow terminal shows.
    """

    checked: CheckedFolder
    board: Mapping[str, Sequence[Mapping[str, str]]]
    notice: SavedFile
    page: SavedFile
    in_brief: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def faults(self) -> Sequence[Issue]:
        """The errors among what was filled in; that something is missing the board shows itself."""
        from reportgen.reports.check_result import ABOUT_A_DEPARTMENT  # noqa: PLC0415

        return [issue for issue in self.checked.errors if issue.code not in ABOUT_A_DEPARTMENT]


def status(
    folder: Path, out: Path, today: dt.date, progress: Progress = lambda *_: None
) -> FolderStatus:
    """How far everything is as of ``today``: the board, and the notice, which is saved."""
    from reportgen.commands.check_page import make_board_page  # noqa: PLC0415
    from reportgen.word.render.fill import fill_template  # noqa: PLC0415
    from reportgen.word.template import gongwen  # noqa: PLC0415
    from reportgen.word.template.sentences import Template  # noqa: PLC0415

    workspace.refuse_among_returns(folder, out)
    steps = Steps(progress)
    checked = check(folder, today=today, stage=Stage.CHECK, progress=steps.reading)
    steps.next()
    view = checked.kind.status
    report = view.report(checked.dataset, today)
    steps.next()
    template = gongwen.build_template(view.wording(), date=EDITION.date())
    name = workspace.to_file_name(report.title) + ".docx"
    maker = workspace.maker_of("status", folder, out)
    board = view.board(report)
    content = {
        name: fill_template(Template(template), report, choose_drawing("picture")),
        workspace.BOARD: make_board_page(board, report.title, today),
    }
    steps.next()
    renewed = workspace.save_outputs(
        out, content, maker, list_input_paths(folder, checked.files, checked.kind), all_of_it=True
    )
    notice, page = renewed.saved
    return FolderStatus(checked, board, notice, page, view.in_brief)
