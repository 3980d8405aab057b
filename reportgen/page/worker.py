"""One command at a time: a thread that runs them, others for what they need not wait for, how far each is."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from reportgen.commands.folder.progress import Progress
from reportgen.errors import ReportgenError
from reportgen.steps import speak_as_page
from reportgen.workspace.faults import find_cause

Result = TypeVar("Result")

KEPT = 50
"""So many jobs are remembered."""
HALTED = "已停下。已经生成的报告都留着，再来一次不重做。"
OUR_BUG = ("程序出了意外，这是软件的问题。您的文件没有损坏；请把启动窗口里的内容发给维护人员。",)
"""What a browser is told in place of a traceback."""


@dataclass(frozen=True)
class Said:
    """What a command has done: in sentences, and the files to be fetched; or why nothing was ``done``."""

    lines: Sequence[str] = ()
    files: Sequence[Path] = ()
    done: bool = True


@dataclass
class Job:
    """A command on its way: ``number`` names it, ``step`` is what it is at.

    ``problem``: the lines that tell why it stopped, empty if it did not; ``said``: what it has done.
    """

    number: int
    name: str
    done: int = 0
    total: int = 0
    step: str = ""
    problem: Sequence[str] = ()
    said: Said = Said()
    future: Future[object] = field(default_factory=Future)
    _halted: bool = False

    @property
    def finished(self) -> bool:
        """Whether it runs no more."""
        return self.future.done()

    @property
    def result(self) -> object:
        """What it gave, None while it runs or if it stopped."""
        return self.future.result() if self.finished else None

    def tell(self, done: int, total: int, step: str) -> None:
        """As ``commands.folder.progress.Progress``.

        Raises:
            HaltedError: it is to go no further.
        """
        if self._halted:
            raise HaltedError(HALTED)
        self.done, self.total, self.step = done, total, step

    def halt(self) -> None:
        """Let it go no further than to its next step."""
        self._halted, self.step = True, "正在停下"

    async def wait(self, seconds: float) -> bool:
        """Whether it is finished after so long at most."""
        await asyncio.wait({asyncio.wrap_future(self.future)}, timeout=seconds)
        return self.finished


class HaltedError(ReportgenError):
    """A long run that somebody has stopped."""


class Worker:
    """The threads, and the jobs by number: one for most, one for long runs, one for what needs no folder.

    ``tidy``: what it does after each job, when nobody waits any more.
    """

    def __init__(self, tidy: Callable[[], object] = lambda: None) -> None:
        self._tidy = tidy
        self._thread, self._aside, self._apart = (_start_thread() for _ in range(3))
        self._numbers = itertools.count(1)
        self.jobs: dict[int, Job] = {}
        self._long: Job | None = None

    def start(
        self, name: str, do: Callable[[Progress], Result],
        say: Callable[[Result], Said] = lambda _: Said(),
    ) -> Job:  # fmt: skip
        """Run ``do`` when its turn comes; ``say``: what it has done."""
        job = self._note_job(name)
        job.future = self._thread.submit(_run, job, do, say)
        self.tidy()
        return job

    def start_apart(self, name: str, do: Callable[[Progress], Result], *, kept: int) -> Job:
        """Run what needs no folder, after others of its kind; so many jobs of this name are remembered."""
        job = self._note_job(name, kept)
        job.future = self._apart.submit(_run, job, do, lambda _: Said())
        return job

    def start_aside(
        self, name: str, do: Callable[[Progress], Result], say: Callable[[Result], Said]
    ) -> Job:
        """Run what may take minutes, one at a time: the one that goes on, if there is one."""
        if self.running is not None:
            return self.running
        self._long = job = self._note_job(name)
        job.future = self._aside.submit(_run, job, do, say)
        self._aside.submit(self._tidy)
        return job

    @property
    def running(self) -> Job | None:
        """The long run that goes on."""
        return None if self._long is None or self._long.finished else self._long

    def _note_job(self, name: str, kept: int = KEPT) -> Job:
        job = Job(next(self._numbers), name)
        self.jobs[job.number] = job
        alike = [number for number, each in self.jobs.items() if each.name == name]
        for old in {*list(self.jobs)[:-KEPT], *alike[:-kept]}:
            if self.jobs[old].finished:
                del self.jobs[old]
        return job

    def tidy(self) -> None:
        """Tidy up behind what was asked for so far."""
        self._thread.submit(self._tidy)

    async def run(self, do: Callable[[], Result]) -> Result:
        """What it gives, once its turn has come; what it raises is raised here."""
        return await asyncio.wrap_future(self._thread.submit(do))

    def stop(self) -> None:
        """Let the one that runs come to its end, a long run to its next step; those that wait are dropped."""
        if self._long is not None:
            self._long.halt()
        for each in (self._aside, self._apart):
            each.shutdown(wait=True, cancel_futures=True)
        self._thread.shutdown(wait=True, cancel_futures=True)


def _start_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="reportgen", initializer=speak_as_page)


def _run(
    job: Job, do: Callable[[Progress], Result], say: Callable[[Result], Said]
) -> Result | None:
    """What it gives; what stops it is kept in words, and no traceback leaves here."""
    try:
        result = do(job.tell)
        job.said = say(result)
    except ReportgenError as error:
        job.problem = list(error.lines)
    except OSError as error:
        why, remedy = find_cause(error)
        job.problem = [f"{why}。{remedy}。"]
    except Exception:
        logging.getLogger(__name__).exception(job.name)
        job.problem = OUR_BUG
    else:
        return result
    return None
