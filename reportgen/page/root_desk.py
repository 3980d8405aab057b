"""The folder that holds the working folders, as the page sees it: what was made of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from reportgen import workspace
from reportgen.commands.desk.many_folders import (
    FolderState,
    LastRun,
    list_names,
    list_states,
    read_last_run,
)
from reportgen.page.desk import Desk

NAME = "全部工作目录"
BATCH = "各单位"
"""In the results: a folder for each working folder, with its own report."""


@dataclass
class RootDesk(Desk):
    """``summaries``: by its usual name, where the last run has put 汇总结果 or 批量结果."""

    is_root: ClassVar[bool] = True
    summaries: dict[str, Path] = field(default_factory=dict, repr=False)

    @property
    def address(self) -> str:
        """How the addresses of its screens begin."""
        return "/all"

    @property
    def batch_out(self) -> Path:
        """Where the units' own reports go."""
        return self.out / BATCH

    def is_place_of_reports(self, name: str) -> bool:
        """Whether a report on all units may lie there; those of one unit lie deeper."""
        return super().is_place_of_reports(name) and name.count("/") == 1

    def read_runs(self) -> tuple[LastRun, LastRun]:
        """What the last roll-up and the last batch said."""
        rolled = self.summaries.get(workspace.ROLLUP_RESULT, self.out / workspace.ROLLUP_RESULT)
        built = self.summaries.get(workspace.BATCH_RESULT, self.batch_out / workspace.BATCH_RESULT)
        return read_last_run(rolled), read_last_run(built)

    def list_states(self, rolled: LastRun, built: LastRun) -> Sequence[FolderState]:
        """The working folders, and what these runs said of each."""
        return list_states(self.folder, self.out, rolled, built)

    def list_names(self) -> Sequence[str]:
        """The working folders by their paths."""
        return list_names(self.folder, self.out)
