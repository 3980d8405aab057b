"""The working folders as the page sees them: found by name in the folder it was opened on, and checked.

That folder is the boundary: nothing outside it is read or written, and a name that comes from a
browser is looked up among those that are there, never put together to a path.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import reportgen
from reportgen import workspace
from reportgen.commands.check import CheckedFolder, SentBack, make_outcome, send_back
from reportgen.commands.folder.inputs import kind_of
from reportgen.commands.folder.look_at_report import ShownReport, look_at
from reportgen.commands.folder.progress import Progress
from reportgen.commands.papers import TEMPLATES
from reportgen.errors import ReportgenError
from reportgen.page.lan import Lan
from reportgen.page.worker import Job, Worker
from reportgen.reports.assignment.status import Board
from reportgen.reports.check_result import CheckOutcome
from reportgen.reports.kind import ReportKind
from reportgen.schema.model import Stage
from reportgen.workspace.listing import is_inside, list_files, list_folders, stamp_files
from reportgen.workspace.names import LAST, OUTPUT

QUICK = 1.5
"""Seconds that an answer waits for its command; what takes longer shows how far it is."""
Stamp = tuple[tuple[str, int, int], ...]


@dataclass
class Desk:
    """One working folder: where it is, and what the last check of it gave.

    ``checked`` holds as long as the files are as in ``stamp``; ``sent`` as long as it holds for the
    same files.
    """

    is_root: ClassVar[bool] = False
    name: str
    folder: Path
    checked: CheckedFolder | None = None
    sent: SentBack | None = None
    stamp: Stamp = ()
    day: dt.date | None = None
    job: Job | None = field(default=None, repr=False)
    _board: tuple[CheckedFolder, Board] | None = field(default=None, repr=False)
    _looked: dict[Path, tuple[tuple[int, int], ShownReport | ReportgenError]] = field(
        default_factory=dict, repr=False
    )

    @property
    def address(self) -> str:
        """How the addresses of its screens begin."""
        return f"/f/{quote(self.name, safe='')}"

    @property
    def out(self) -> Path:
        """Where results go."""
        return self.folder / OUTPUT

    @property
    def files(self) -> Mapping[str, Path]:
        """What may be downloaded, by name."""
        review = self.kind.review if self.kind else None
        others = [TEMPLATES, *([review.folder] if review else [])]
        return list_files(self.folder, others)

    @property
    def kind(self) -> ReportKind | None:
        """Which kind of report it is for, once it was checked."""
        return self.checked.kind if self.checked else None

    def name_of(self, path: Path) -> str:
        """What a file of it is called among ``files``."""
        return path.relative_to(self.folder).as_posix()

    def find_reports(self) -> Mapping[str, ShownReport]:
        """The reports of ours among the results and what was handed in, the latest first."""
        files = self.files
        found = {
            name: shown
            for name, path in files.items()
            if name.endswith(".docx") and self.is_place_of_reports(name)
            if isinstance(shown := self.look_at(path), ShownReport)
        }
        return dict(sorted(found.items(), key=lambda each: -files[each[0]].stat().st_mtime))

    def is_place_of_reports(self, name: str) -> bool:
        """Whether a file of that name lies where reports do."""
        places = (f"{OUTPUT}/", f"{workspace.RECEIVED}/")
        return name.startswith(places) and LAST not in name.split("/")

    def look_at(self, path: Path) -> ShownReport | ReportgenError:
        """A report, one of ``files``, read again only once it has changed; or why it is none."""
        about = path.stat()
        stamp = (about.st_size, about.st_mtime_ns)
        known = self._looked.get(path)
        if known is None or known[0] != stamp:
            known = (stamp, _try_to_look(path))
            self._looked[path] = known
        return known[1]

    @property
    def outcome(self) -> CheckOutcome:
        """What was checked, by department."""
        assert self.checked is not None
        return make_outcome(self.checked, self.sent.places if self.sent else {})

    @property
    def board(self) -> Board:
        """How far everything is as of the day of the check, reckoned once for it."""
        checked, day = self.checked, self.day
        assert checked is not None
        assert day is not None
        if self._board is None or self._board[0] is not checked:
            status = checked.kind.status
            self._board = (checked, status.board(status.report(checked.dataset, day)))
        return self._board[1]

    def is_current(self, today: dt.date) -> bool:
        """Whether the last check still tells how it is."""
        return (
            self.checked is not None
            and self.day == today
            and self.stamp == stamp_files(self.folder)
        )

    def check(self, today: dt.date, progress: Progress) -> CheckedFolder:
        """Check, and keep what is found."""
        stamp = stamp_files(self.folder)
        found = reportgen.check(self.folder, today=today, stage=Stage.CHECK, progress=progress)
        self.checked, self.sent, self.stamp, self.day = found, None, stamp, today
        return found

    def check_and_send_back(self, today: dt.date, progress: Progress) -> SentBack:
        """As the command ``check``: also the result's workbook and the marked copies."""
        self.check(today, progress)
        return self.send_back()

    def send_back(self) -> SentBack:
        """The result's workbook and the marked copies of the last check."""
        assert self.checked is not None
        if self.sent is None:
            self.sent = send_back(self.checked, self.folder, self.out)
        return self.sent


class Office:
    """All working folders, and the one worker for them; ``lan``: how others in the network reach them."""

    def __init__(self, root: Path, lan: Lan | None = None, worker: Worker | None = None) -> None:
        self.root, self.lan = root, lan
        self.worker = worker or Worker()
        self._desks: dict[str, Desk] = {}
        self._below: dict[str, Path] = {}

    @property
    def is_single(self) -> bool:
        """Whether the folder it was opened on is itself a working folder."""
        return is_working_folder(self.root)

    @property
    def folders(self) -> Mapping[str, Path]:
        """The working folders by name."""
        if self.is_single:
            return {self.root.resolve().name: self.root}
        return {path.name: path for path in list_folders(self.root) if is_working_folder(path)}

    def desk(self, name: str) -> Desk | None:
        """The working folder of that name, None if there is none."""
        folder = self._below.get(name)
        if folder is None or not is_inside(folder, self.root):
            folder = self.folders.get(name)
        if folder is None:
            return None
        return self._desks.setdefault(name, Desk(name, folder))

    def note_below(self, names: Iterable[str]) -> None:
        """Working folders by their paths below the root: found without a search, those that lie deeper, too."""
        self._below |= {name: self.root / name for name in names}

    async def look(self, desk: Desk, seconds: float = QUICK) -> Job | None:
        """See that a check is current; the job that still runs, or that says why it cannot be.

        ``seconds``: so long it is waited for.
        """
        today = dt.date.today()
        if desk.is_current(today):
            return None
        if desk.job is None or desk.job.finished:
            desk.job = self.worker.start("核查", lambda tell: desk.check(today, tell))
        if await desk.job.wait(seconds) and not desk.job.problem:
            return None
        return desk.job


def _try_to_look(path: Path) -> ShownReport | ReportgenError:
    try:
        return look_at(path)
    except ReportgenError as error:
        return error


def is_working_folder(folder: Path) -> bool:
    """Whether there is a register in it."""
    names = [kind.register_file for kind in reportgen.kinds()]
    if any(workspace.holds(folder, name) for name in names):
        return True
    return workspace.holds(folder, workspace.RETURNS) and _has_register(folder)


def _has_register(folder: Path) -> bool:
    """Whether one of another name is there, which takes reading."""
    try:
        kind_of(folder)
    except ReportgenError:
        return False
    return True
