"""A worker of ``batch`` that ends at folders of one name, as one that runs out of memory does."""

from __future__ import annotations

import os

from reportgen.commands import worker_pool
from reportgen.commands.folder_report import FolderReport, FolderTask

DEADLY = "致命"
_run = FolderTask.run


def serve() -> None:
    """As ``worker_pool.serve``."""
    FolderTask.run = _run_or_die  # type: ignore[assignment, method-assign]
    worker_pool.serve()


def _run_or_die(task: FolderTask) -> FolderReport:
    if task.folder.name == DEADLY:
        os._exit(137)
    return _run(task)
