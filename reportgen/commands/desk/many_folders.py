"""Many working folders as a page tells of them: what the last runs made of each, and what is handed in for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reportgen import workspace
from reportgen.commands.desk.receive import ReceivedFile, Sort, replace_own
from reportgen.commands.folder.document import name_document
from reportgen.commands.folder.inputs import put_in_words
from reportgen.commands.folder.progress import Progress
from reportgen.commands.many.batch import find_folders
from reportgen.errors import WorkspaceError
from reportgen.excel.read import reader
from reportgen.raw import RawSheet
from reportgen.reports.rollup.settings import SETTINGS
from reportgen.schema.columns import to_plain_text
from reportgen.validation import validate_workbooks
from reportgen.validation.workbook_match import recognise_workbooks
from reportgen.workspace.listing import stamp_files

FolderRow = Mapping[str, str]
"""Of 汇总结果 or 批量结果: its cells by heading."""


@dataclass(frozen=True)
class LastRun:
    """What the last run said of each folder, and of what else it read, by path; when: seconds since 1970."""

    rows: Mapping[str, FolderRow]
    when: float = 0.0


@dataclass(frozen=True)
class FolderState:
    """A working folder by its path below the root: its rows of 汇总结果 and of 批量结果, empty if it has none.

    ``rolled_since`` and ``built_since``: its files were changed after that.
    """

    folder: str
    rolled: FolderRow
    built: FolderRow
    rolled_since: bool = False
    built_since: bool = False


def read_last_run(path: Path) -> LastRun:
    """What 汇总结果 or 批量结果 says; nothing if it is not there or can no longer be read."""
    with suppress(WorkspaceError, OSError):
        file = workspace.optional(path.parent, path.name)
        book, _ = reader.read_workbook(file.content or b"", path.name) if file else (None, ())
        if book is not None and book.sheets:
            rows = {row[_FOLDER]: row for row in _iter_rows(book.sheets[0])}
            return LastRun(rows, path.stat().st_mtime)
    return LastRun({})


_FOLDER, _RESULT = "工作目录", "结果"


def _iter_rows(sheet: RawSheet) -> Iterator[FolderRow]:
    """Those that say something of a folder, whatever else somebody has added to the workbook."""
    lines = [["" if each is None else to_plain_text(each) for each in row] for row in sheet.rows]
    for line in lines[1:]:
        row = {"说明": "", "报告": "", **dict(zip(lines[0], line, strict=False))}
        if row.get(_FOLDER) and _RESULT in row:
            yield row


def list_names(root: Path, out: Path) -> Sequence[str]:
    """The working folders below ``root`` by their paths; ``out``: where results go, in which none is."""
    found = _find_folders(root, out)
    paths = (folder.relative_to(root).as_posix() for folder in found if folder != root)
    return [*map(workspace.to_legible_name, paths)]


def is_taken_for_one(root: Path, out: Path) -> bool:
    """Whether ``root`` holds what only a working folder does, so that none is looked for below it."""
    return _find_folders(root, out) == [root]


def _find_folders(root: Path, out: Path) -> Sequence[Path]:
    try:
        return find_folders(root, out)
    except WorkspaceError:
        return []


def list_states(root: Path, out: Path, rolled: LastRun, built: LastRun) -> Sequence[FolderState]:
    """As ``list_names``, and what the last runs said of each."""
    return [_find_state(root, name, rolled, built) for name in list_names(root, out)]


def _find_state(root: Path, name: str, rolled: LastRun, built: LastRun) -> FolderState:
    changed = max((each[2] / 1e9 for each in stamp_files(root / name)), default=0.0)
    return FolderState(
        name, rolled.rows.get(name, {}), built.rows.get(name, {}),
        changed > rolled.when, changed > built.when,
    )  # fmt: skip


def take_settings(root: Path, sent: str, content: bytes) -> Sequence[str]:
    """Take a filled-in 汇总设置 as the root's own, the one there is put aside; what is still wrong with it.

    Raises:
        WorkspaceError: it is another file, or nothing can be written there.
    """
    book, issues = reader.read_workbook(content, sent)
    forms = recognise_workbooks([book], (SETTINGS,))[0] if book else []
    if book is None or not forms:
        why = f"{issues[0].message}。{issues[0].remedy}" if issues else f"它不是“{SETTINGS.name}”"
        raise WorkspaceError(
            f"“{sent}”没有收下：{why}。请下载“{workspace.ROLLUP_SETTINGS}”，填好再交。"
        )
    replace_own(root, workspace.ROLLUP_SETTINGS, content)
    return [put_in_words(issue) for issue in validate_workbooks([book], (SETTINGS,))[1]]


def keep_reports(
    root: Path, files: Sequence[tuple[str, bytes]], progress: Progress = lambda *_: None
) -> list[ReceivedFile]:
    """As ``receive``, of edited reports on all folders: kept in 收到 of the root.

    Raises:
        ReportError: one is no report of ours.
        WorkspaceError: nothing can be written there.
    """
    from reportgen.word.document.reader import read_report  # noqa: PLC0415

    found = []
    for done, (name, content) in enumerate(files):
        progress(done, len(files), name)
        with name_document(Path(name)):
            read_report(content)
        workspace.ensure_folder(root / workspace.RECEIVED)
        safe = workspace.to_safe_name(name)
        kept = workspace.save_new(root / workspace.RECEIVED, safe, content)
        found.append(ReceivedFile(name, Sort.REPORT, kept.path, f"已放入“{workspace.RECEIVED}”"))
    return found
