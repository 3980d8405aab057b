"""``batch``: the report of every working folder below one, in processes kept warm.

No folder stops the others.  What was made is noted line by line in 批量记录.jsonl, so that a run that
was broken off goes on where it was: a folder is passed over while all that its report was made of is
what it was, and the report is there.  What could not be made is tried anew each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from reportgen import workspace
from reportgen.commands.kinds import kinds
from reportgen.commands.many.folder_report import FolderReport, FolderTask, Outcome
from reportgen.commands.many.worker_pool import count_workers, run_tasks
from reportgen.errors import WorkspaceError
from reportgen.facts.report import ChartForm
from reportgen.workspace import SavedFile

TellFolder = Callable[[FolderReport, int], None]
"""Told what became of a folder, and how many there are in all."""


@dataclass(frozen=True)
class BatchedReports:
    """What became of each folder, by path; ``summary`` is 批量结果.xlsx."""

    reports: Sequence[FolderReport]
    summary: SavedFile

    @property
    def failed(self) -> Sequence[FolderReport]:
        """The folders without a report of what they hold now."""
        return [each for each in self.reports if not each.is_done]


def batch(
    root: Path, out: Path, *, charts: ChartForm | None = None, workers: int | None = None,
    cluster: str = "", tell: TellFolder = lambda *_: None,
) -> BatchedReports:  # fmt: skip
    """Build the report of every working folder below ``root``, each into its own folder of ``out``.

    ``charts``: for all; by default as a register says, else those that Word draws itself.
    ``workers``: how many processes, by default one for each core; 0: none but this one.  ``cluster``:
    the address of a scheduler whose workers do it, in folders that all of them see.

    Raises:
        WorkspaceError: ``root`` cannot be read or holds no working folder; ``out`` cannot be written.
        ReportgenError: as of ``run_on_cluster``.
    """
    root, out = (root.absolute(), out.absolute()) if cluster else (root, out)
    folders = find_folders(root, out)
    workspace.ensure_folder(out)
    log = out / workspace.BATCH_LOG
    known = _read_log(log)
    tasks = [_make_task(root, folder, out, charts, known) for folder in folders]
    done = []
    for each in _run_all(tasks, root, workers, cluster):
        report = _keep_earlier(each, known)
        if report.outcome is not Outcome.UNCHANGED:
            workspace.append_line(log, json.dumps(asdict(report), ensure_ascii=False))
        done.append(report)
        tell(report, len(tasks))
    done.sort(key=lambda report: report.folder)
    summary = workspace.save_outputs(
        out,
        {workspace.BATCH_RESULT: _write_summary(done)},
        workspace.maker_of("batch", root, out),
    )
    return BatchedReports(done, summary.saved[0])


def _run_all(
    tasks: Sequence[FolderTask], root: Path, workers: int | None, cluster: str
) -> Iterator[FolderReport]:
    if not cluster:
        return run_tasks(tasks, count_workers(workers, len(tasks)))
    from reportgen.commands.many.cluster import run_on_cluster  # noqa: PLC0415

    return run_on_cluster(tasks, cluster, root)


def find_folders(root: Path, out: Path) -> list[Path]:
    """The working folders below ``root``, none of which takes ``out`` for a return.

    Raises:
        WorkspaceError: ``root`` cannot be read or holds no working folder.
    """
    workspace.require_folder(root)
    folders = workspace.find_working_folders(root, [kind.register_file for kind in kinds()], out)
    if not folders:
        raise WorkspaceError(
            f"“{root}”里没有工作目录。请写放着各个工作目录的那个文件夹；每个工作目录里要有台账。"
        )
    for folder in folders:
        workspace.refuse_among_returns(folder, out)
    return folders


def _make_task(
    root: Path, folder: Path, out: Path, charts: ChartForm | None, known: Mapping[str, FolderReport]
) -> FolderTask:
    name = workspace.to_legible_name(folder.relative_to(root).as_posix())
    before = known.get(name)
    digest, document = (before.digest, before.document) if before and before.is_done else ("", "")
    return FolderTask(name, folder, out, charts, digest, document)


def _read_log(log: Path) -> dict[str, FolderReport]:
    """The last line of each folder; what is no such line (a run killed while writing it) is none."""
    if not log.is_file():
        return {}
    lines = workspace.read_text_file(log).splitlines()
    return {report.folder: report for line in lines for report in _read_line(line)}


def _read_line(line: str) -> Iterator[FolderReport]:
    try:
        plain = json.loads(line)
        plain["outcome"], plain["errors"] = Outcome(plain["outcome"]), tuple(plain["errors"])
        yield FolderReport(**plain)
    except (ValueError, TypeError, KeyError):
        return


def _keep_earlier(report: FolderReport, known: Mapping[str, FolderReport]) -> FolderReport:
    """Of a folder that was passed over, what was noted when its report was made."""
    if report.outcome is not Outcome.UNCHANGED:
        return report
    return replace(known[report.folder], outcome=Outcome.UNCHANGED, seconds=report.seconds)


def _write_summary(done: Sequence[FolderReport]) -> bytes:
    from reportgen.excel.write.folder_sheet import write_folder_sheet  # noqa: PLC0415

    widths = {
        "工作目录": 36, "结果": 24, "错误": 8, "提醒": 8, "说明": 70, "用时（秒）": 11, "报告": 60,
    }  # fmt: skip
    rows = [_describe(each) for each in done]
    return write_folder_sheet("批量结果", widths, rows)


def _describe(report: FolderReport) -> Mapping[str, object]:
    """A row of 批量结果."""
    return {
        "工作目录": report.folder, "结果": report.outcome.value, "错误": report.error_count,
        "提醒": report.reminder_count, "说明": "\n".join(report.errors),
        "用时（秒）": round(report.seconds, 2), "报告": report.document,
    }  # fmt: skip
