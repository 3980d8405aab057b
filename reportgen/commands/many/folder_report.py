"""One folder of ``batch``: its report built, or why not; nothing is raised, whatever is in the folder."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reportgen import __version__, workspace
from reportgen.commands.build import BuiltReport, build
from reportgen.commands.folder.inputs import put_in_words
from reportgen.errors import ReportgenError
from reportgen.facts.report import ChartForm

MOST_ERRORS = 3
"""So many are said of a folder; ``check`` tells all."""


class Outcome(StrEnum):
    """What became of a folder."""

    BUILT = "已生成"
    UNCHANGED = "没有变化，沿用上次的报告"
    FAULTY = "有错误，没有生成"
    IMPOSSIBLE = "不能生成"
    BROKEN = "程序中断，没有生成"


@dataclass(frozen=True)
class FolderTask:
    """A folder to be done: ``name``, its path below the root; results go below ``out`` likewise.

    ``digest`` and ``document``: of the last run, what the report was made of and where it is.
    """

    name: str
    folder: Path
    out: Path
    charts: ChartForm | None
    digest: str = ""
    document: str = ""

    def run(self) -> FolderReport:
        """Build the folder's report, unless the one there is of the same inputs."""
        begun = time.perf_counter()
        try:
            return _build_report(self, begun)
        except ReportgenError as error:
            return _explain_failure(self, Outcome.IMPOSSIBLE, error.lines, begun)
        except OSError as error:
            return _explain_failure(self, Outcome.IMPOSSIBLE, [str(error)], begun)
        except Exception as error:  # noqa: BLE001 (our own mistake must not cost the other folders)
            said = f"程序出了意外，这是软件的问题（{type(error).__name__}）。{_RUN_ALONE}"
            return _explain_failure(self, Outcome.BROKEN, [said], begun)

    def explain_death(self, seconds: float, *, too_long: bool) -> FolderReport:
        """What is said of a folder at which the process ended."""
        said = (f"{name_death(too_long=too_long)}。{_RUN_ALONE}",)
        return FolderReport(self.name, Outcome.BROKEN, errors=said, error_count=1, seconds=seconds)


@dataclass(frozen=True)
class FolderReport:
    """What became of it; ``document``: the report's path below the output folder.

    ``errors``: the first ones, or why it could not be done; ``digest``: of what it was made of.
    """

    folder: str
    outcome: Outcome
    digest: str = ""
    document: str = ""
    errors: tuple[str, ...] = ()
    error_count: int = 0
    reminder_count: int = 0
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether there is a report of what the folder holds."""
        return self.outcome in {Outcome.BUILT, Outcome.UNCHANGED}


def name_death(*, too_long: bool) -> str:
    """Why a process ended at a folder, in a clause."""
    return "花的时间太长，只好停下" if too_long else "程序中途停了，可能是内存不够"


_RUN_ALONE = "请单独生成这个工作目录的报告，看是什么问题。"


def _build_report(task: FolderTask, begun: float) -> FolderReport:
    inputs = workspace.digest_inputs(task.folder)
    digest = f"{inputs} {task.charts or ''} {__version__}"
    if task.document and digest == task.digest and (task.out / task.document).is_file():
        seconds = time.perf_counter() - begun
        return FolderReport(task.name, Outcome.UNCHANGED, seconds=seconds)
    built = build(task.folder, task.out / task.name, charts=task.charts, usual_charts="native")
    return _describe_built(task, built, digest, time.perf_counter() - begun)


def _describe_built(
    task: FolderTask, built: BuiltReport, digest: str, seconds: float
) -> FolderReport:
    errors, issues = built.checked.errors, built.checked.issues
    counts = len(errors), len(issues) - len(errors)
    if built.document is None:
        said = [put_in_words(issue) for issue in errors[:MOST_ERRORS]]
        more = len(errors) - len(said)
        said += [f"还有{more}处，请核查这个工作目录。"] if more else []
        return FolderReport(task.name, Outcome.FAULTY, digest, "", tuple(said), *counts, seconds)
    document = built.document.path.relative_to(task.out).as_posix()
    return FolderReport(task.name, Outcome.BUILT, digest, document, (), *counts, seconds)


def _explain_failure(
    task: FolderTask, outcome: Outcome, lines: Sequence[str], begun: float
) -> FolderReport:
    seconds = time.perf_counter() - begun
    return FolderReport(task.name, outcome, errors=tuple(lines), error_count=1, seconds=seconds)
