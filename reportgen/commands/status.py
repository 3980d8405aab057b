"""``status``: how far everything is as of a day, as a board and as a notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen import workspace
from reportgen.commands.check import Checked, check
from reportgen.commands.inputs import input_paths
from reportgen.commands.progress import Progress, Steps
from reportgen.commands.template import EDITION
from reportgen.issues import Issue
from reportgen.schema.model import Stage
from reportgen.workspace import Saved


@dataclass(frozen=True)
class Status:
    """How far everything is: the tables of the board by title, and the saved notice.

    ``in_brief``: by title, the headings that a narrow terminal shows.
    """

    checked: Checked
    board: Mapping[str, Sequence[Mapping[str, str]]]
    notice: Saved
    in_brief: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def faults(self) -> Sequence[Issue]:
        """The errors among what was filled in; that something is missing the board shows itself."""
        from reportgen.reports.check_result import ABOUT_A_DEPARTMENT  # noqa: PLC0415

        return [issue for issue in self.checked.errors if issue.code not in ABOUT_A_DEPARTMENT]


def status(folder: Path, out: Path, today: dt.date, progress: Progress = lambda *_: None) -> Status:
    """How far everything is as of ``today``: the board, and the notice, which is saved."""
    from reportgen.charts.render import render  # noqa: PLC0415
    from reportgen.word.render.fill import fill  # noqa: PLC0415
    from reportgen.word.template import gongwen  # noqa: PLC0415

    workspace.keep_apart(folder, out)
    steps = Steps(progress)
    checked = check(folder, today=today, stage=Stage.CHECK, progress=steps.reading)
    steps.next()
    view = checked.kind.status
    report = view.report(checked.dataset, today)
    steps.next()
    template = gongwen.template(view.wording(), date=EDITION.date())
    name = workspace.file_name(report.title) + ".docx"
    maker = workspace.made_by("status", folder, out)
    content = {name: fill(template, report, render)}
    steps.next()
    renewed = workspace.renew(
        out, content, maker, input_paths(folder, checked.files, checked.kind), all_of_it=True
    )
    workspace.refuse_if_open(renewed)
    return Status(checked, view.board(report), renewed.saved[0], view.in_brief)
