"""A worker of ``batch`` that ends at folders of one name, as one that runs out of memory does."""

from __future__ import annotations

import os

from reportgen.commands import worker_pool
from reportgen.commands.folder_report import FolderReport, FolderTask, make_folder_report

DEADLY = "致命"


def serve() -> None:
    """As ``worker_pool.serve``."""
    worker_pool.make_folder_report = _make_or_die  # type: ignore[attr-defined]
    worker_pool.serve()


def _make_or_die(task: FolderTask) -> FolderReport:
    if task.folder.name == DEADLY:
        os._exit(137)
    return make_folder_report(task)
