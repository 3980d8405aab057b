"""A working folder as read: the register first, then the returns, and what becomes of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from reportgen import workspace
from reportgen.commands.progress import Progress
from reportgen.data import Dataset, RawWorkbook
from reportgen.errors import RegisterError
from reportgen.excel.read import reader
from reportgen.issues import Issue
from reportgen.reports.kind import ReportKind
from reportgen.validation import validate
from reportgen.validation.workbook_match import mark as mark_of
from reportgen.workspace import File


def read_inputs(
    folder: Path, kind: ReportKind, progress: Progress = lambda *_: None
) -> tuple[list[File], list[RawWorkbook], list[Issue]]:
    """The register first, then the returns; a return that cannot be read is an issue."""
    total = workspace.how_many(folder) + 1
    progress(0, total, workspace.REGISTER)
    files = [workspace.register(folder, partial(_is_register, kind=kind))]
    workbooks = [_register(files[0])]
    issues: list[Issue] = []
    for done, file in enumerate(workspace.returns(folder), 1):
        progress(done, total, file.name)
        files.append(file)
        if file.content is None:
            issues.append(Issue("unreadable", file.name, details={"reason": file.problem}))
            continue
        workbook, found = reader.read(file.content, file.name)
        issues += found
        workbooks += [workbook] if workbook else []
    progress(total - 1, total, "核对")
    return files, workbooks, issues


def _is_register(file: File, *, kind: ReportKind) -> bool:
    """Whether a file of another name bears the register's mark."""
    workbook, _ = reader.read(file.content or b"", file.name)
    return workbook is not None and mark_of(workbook).get("表种") == kind.register.name


def _register(file: File) -> RawWorkbook:
    assert file.content is not None
    workbook, issues = reader.read(file.content, file.name)
    if workbook is None:
        raise RegisterError(f"“{file.name}”不能使用。{put_in_words(issues[0])}")
    return workbook


def read_register(register: bytes, kind: ReportKind) -> Dataset:
    """What a register we have just written holds."""
    workbook, _ = reader.read(register, workspace.REGISTER)
    assert workbook is not None
    return validate([workbook], tuple(kind.workbooks))[0]


def input_paths(folder: Path, files: Sequence[File]) -> list[Path]:
    """Where inputs stand, which no output may replace, whatever it is called."""
    words = (workspace.TEMPLATE, workspace.SENTENCES)
    return [*(folder / name for name in words), *(folder / file.name for file in files)]


def put_in_words(issue: Issue) -> str:
    """One issue as a sentence for the first page of a draft."""
    place = "".join(part for part in (issue.file, issue.place) if part)
    return f"{issue.severity}：{place}：{issue.message}。{issue.remedy}。"
