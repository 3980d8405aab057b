"""Documents reckoned one after the other in a process apart: one that takes too much stops none, nor the page.

Texts of thousands of numbers in one sentence take minutes and gigabytes to reckon.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.commands.folder.progress import Progress
from reportgen.commands.many.folder_report import name_death
from reportgen.commands.many.worker_pool import Limits, run_tasks
from reportgen.commands.proofread import ReckonedDocument, reckon
from reportgen.errors import ReportgenError

LIMITS = Limits(seconds=60.0, memory=1500 * 2**20)
"""For one document; a draft of 100,000 letters takes two seconds."""


@dataclass(frozen=True)
class DroppedDocument:
    """A document by its ``name``, and what reckoning it gave; ``problem``: the lines that tell why it cannot be."""

    name: str
    done: ReckonedDocument | None
    problem: Sequence[str] = ()


@dataclass(frozen=True)
class ReckoningTask:
    """A document to be reckoned; as ``worker_pool.PooledTask``."""

    name: str
    content: bytes
    today: dt.date

    def run(self) -> DroppedDocument:
        """Reckon it, with a copy with comments."""
        try:
            done = reckon(self.name, self.content, today=self.today, comments=True)
        except ReportgenError as error:
            return DroppedDocument(self.name, None, error.lines)
        except MemoryError:
            return self.explain_death(0.0, too_long=False)
        return DroppedDocument(self.name, done)

    def explain_death(self, seconds: float, *, too_long: bool) -> DroppedDocument:  # noqa: ARG002 (as the pool calls it)
        """What is said of a document at which the process ended."""
        said = f"{name_death(too_long=too_long)}，里面的数字可能太多。请分成几份再核算。"
        return DroppedDocument(self.name, None, [said])


def reckon_apart(
    files: Sequence[tuple[str, bytes]], today: dt.date, tell: Progress, *, processes: int = 1
) -> list[DroppedDocument]:
    """What reckoning gives of each file, by its name and content; ``processes``: 0 for this one."""
    tasks = [ReckoningTask(name, content, today) for name, content in files]
    return list(_run_told(tasks, tell, processes))


def _run_told(
    tasks: Sequence[ReckoningTask], tell: Progress, processes: int
) -> Iterator[DroppedDocument]:
    tell(0, len(tasks), tasks[0].name if tasks else "")
    for done, each in enumerate(run_tasks(tasks, processes, LIMITS), 1):
        yield each
        tell(done, len(tasks), tasks[min(done, len(tasks) - 1)].name)
