"""Workers that end at folders of one name, as one that runs out of memory does."""

from __future__ import annotations

import os
from collections.abc import Sequence

from reportgen.commands.many import worker_pool
from reportgen.commands.many.folder_report import FolderReport, FolderTask
from reportgen.commands.many.unit_figures import UnitTask
from reportgen.reports.rollup.units import UnitResult

DEADLY = "致命"
_run, _count = FolderTask.run, UnitTask.run


def serve() -> None:
    """As ``worker_pool.serve``."""
    dask_setup(None)
    worker_pool.serve()


def dask_setup(_worker: object) -> None:
    """What a worker of a cluster does before anything else."""
    FolderTask.run = _run_or_die  # type: ignore[assignment, method-assign]
    UnitTask.run = _count_or_die  # type: ignore[assignment, method-assign]


def _run_or_die(task: FolderTask) -> FolderReport:
    _die_at(task.folder.name)
    return _run(task)


def _count_or_die(task: UnitTask) -> Sequence[UnitResult]:
    _die_at(task.folder.name)
    return _count(task)


def _die_at(name: str) -> None:
    if name == DEADLY:
        os._exit(137)
