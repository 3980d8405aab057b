"""``receive``: files handed in, each recognised by what is in it and kept beside what is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from reportgen import workspace
from reportgen.commands.folder.inputs import kind_of
from reportgen.commands.folder.progress import Progress
from reportgen.commands.standard_files import is_as_made
from reportgen.errors import ReportError, WorkspaceError
from reportgen.excel.read import reader
from reportgen.raw import RawWorkbook
from reportgen.reports.kind import ReportKind
from reportgen.validation.workbook_match import recognise_workbooks


class Sort(StrEnum):
    """What a file is, as the user calls it."""

    RETURN = "填报表"
    REGISTER = "台账"
    REPORT = "报告"
    PAPER = "文书"
    TEMPLATE = "报告模板"
    TABLE = "其他表格"
    OTHER = "其他文件"


@dataclass(frozen=True)
class ReceivedFile:
    """One file: as it was ``sent``, what it is, where it is kept, and what became of it in a sentence.

    ``twice``: the very same file was there already.
    """

    sent: str
    sort: Sort
    path: Path
    said: str
    twice: bool = False


@dataclass(frozen=True)
class Recognised:
    """What a file is, in which folder it belongs, and what to say of it."""

    sort: Sort
    folder: str
    said: str


ASIDE = "换下"
"""In 收到: the forms as handed out, whose place a return took."""


def receive(
    folder: Path, files: Sequence[tuple[str, bytes]], progress: Progress = lambda *_: None
) -> list[ReceivedFile]:
    """Keep files, each by its name as sent and its content; nothing that is there is overwritten.

    Only a form of that name that nobody has touched since it was handed out makes place: it is put
    aside.  The blank register likewise, which the filled one replaces.

    Raises:
        WorkspaceError: this is no working folder, or it cannot be written to.
    """
    kind = kind_of(folder)
    with workspace.lock_folder(folder):
        found = []
        for done, (name, content) in enumerate(files):
            progress(done, len(files), PurePosixPath(name).name)
            found.append(_keep(folder, kind, name, content))
    return found


def _find_present(folder: Path, kind: ReportKind, content: bytes) -> str:
    """The file that was handed in already with this content, empty if there is none."""
    places = [workspace.RETURNS, workspace.RECEIVED]
    places += [kind.review.folder] if kind.review else []
    own = workspace.optional(folder, kind.register_file)
    if own is not None and own.content == content:
        return kind.register_file
    same = workspace.find_same(folder, places, content)
    return next((name for name in same if not _is_aside(name)), "")


def _is_aside(name: str) -> bool:
    return name.startswith(f"{workspace.RECEIVED}/{ASIDE}/")


def _keep(folder: Path, kind: ReportKind, sent: str, content: bytes) -> ReceivedFile:
    name = workspace.to_safe_name(sent)
    known = recognise(content, kind)
    if same := _find_present(folder, kind, content):
        said = f"与已有的“{same}”完全一样，没有重复存"
        return ReceivedFile(sent, known.sort, folder / same, said, twice=True)
    path = _place(folder, kind, known, name)
    if known.sort in {Sort.RETURN, Sort.REGISTER} and _is_untouched(path, content):
        workspace.supersede_file(path, content, folder / workspace.RECEIVED / ASIDE)
        return ReceivedFile(sent, known.sort, path, _explain_replaced(known.sort))
    if known.sort is Sort.REGISTER:
        path = folder / workspace.RECEIVED / name
    saved = workspace.save_new(path.parent, path.name, content)
    return ReceivedFile(sent, known.sort, saved.path, known.said)


def _place(folder: Path, kind: ReportKind, known: Recognised, name: str) -> Path:
    if known.sort is Sort.REGISTER:
        return folder / kind.register_file
    return folder / known.folder / name


def _is_untouched(path: Path, content: bytes) -> bool:
    """Whether what stands there is as we made it, and not this."""
    there = workspace.optional(path.parent, path.name)
    return (
        there is not None
        and there.content not in {None, content}
        and is_as_made(there.content or b"")
    )


def _explain_replaced(sort: Sort) -> str:
    if sort is Sort.REGISTER:
        return f"已作为本目录的台账；原来的空白台账移到“{workspace.RECEIVED}/{ASIDE}”"
    return (
        f"已放入“{workspace.RETURNS}”；发出时的那一份没有人填过，移到“{workspace.RECEIVED}/{ASIDE}”"
    )


# what a file is


def recognise(content: bytes, kind: ReportKind) -> Recognised:
    """What a file is, by its bytes alone."""
    workbook, issues = reader.read_workbook(content, "")
    if workbook is not None:
        return _recognise_workbook(workbook, kind)
    if _is_report(content):
        said = f"这是生成的报告，已放入“{workspace.RECEIVED}”，可以去“核对”"
        return Recognised(Sort.REPORT, workspace.RECEIVED, said)
    if _is_template(content):
        said = (
            f"正文里有标签，是模板，没有替换本目录的，放在“{workspace.RECEIVED}”；要用它生成报告的，"
            "请在“收表”里换用"
        )
        return Recognised(Sort.TEMPLATE, workspace.RECEIVED, said)
    if kind.review and _is_document(content):
        return Recognised(Sort.PAPER, kind.review.folder, f"已放入“{kind.review.folder}”")
    said = f"没有读取，原件放在“{workspace.RECEIVED}”：{issues[0].message}。{issues[0].remedy}"
    return Recognised(Sort.OTHER, workspace.RECEIVED, said)


def _recognise_workbook(workbook: RawWorkbook, kind: ReportKind) -> Recognised:
    forms, _ = recognise_workbooks([workbook], tuple(kind.workbooks))
    if forms and forms[0].declared == kind.returned:
        said = f"已放入“{workspace.RETURNS}”"
        return Recognised(Sort.RETURN, workspace.RETURNS, said)
    if forms and forms[0].declared in kind.records:
        name = forms[0].declared.name
        said = f"这是“{name}”，由本系统自己添加，没有替换本目录的，放在“{workspace.RECEIVED}”"
        return Recognised(Sort.TABLE, workspace.RECEIVED, said)
    if forms:
        said = (
            f"这是“{kind.register.name}”；本目录已有填过的台账，没有替换，"
            f"放在“{workspace.RECEIVED}”，要用这一份的，请在“收表”里换用"
        )
        return Recognised(Sort.REGISTER, workspace.RECEIVED, said)
    said = (
        f"这不是本系统发出的表，放在“{workspace.RECEIVED}”；是旧台账的，请在“收表”里导入，"
        "是部门自己做的表，请把内容填入发出的填报表"
    )
    return Recognised(Sort.TABLE, workspace.RECEIVED, said)


def _is_report(content: bytes) -> bool:
    """Whether it is a report of ours, with its record."""
    from reportgen.word.document.reader import read_report  # noqa: PLC0415

    return _can(lambda: read_report(content))


def _is_document(content: bytes) -> bool:
    """Whether it is any Word document that can be read."""
    from reportgen.word.document.plain_lines import read_plain_lines  # noqa: PLC0415

    return _can(lambda: read_plain_lines(content))


def _is_template(content: bytes) -> bool:
    """Whether it is a Word document with tags to be filled in."""
    from reportgen.word.document.plain_lines import read_plain_lines  # noqa: PLC0415
    from reportgen.word.template.tags import find_tags  # noqa: PLC0415

    try:
        lines = read_plain_lines(content).lines
    except ReportError:
        return False
    return any("{" in text and find_tags(text) for text, _, _ in lines)


def _can(read: Callable[[], object]) -> bool:
    try:
        read()
    except ReportError:
        return False
    return True


def adopt(folder: Path, given: Path) -> Path:
    """Take a register or a template that was handed in as the folder's own; the one there is put aside.

    Raises:
        WorkspaceError: it is neither, of this kind of report.
    """
    kind = kind_of(folder)
    content = workspace.read_ledger_bytes(given)
    own = {Sort.REGISTER: kind.register_file, Sort.TEMPLATE: workspace.TEMPLATE}
    name = own.get(recognise(content, kind).sort)
    if name is None:
        raise WorkspaceError(f"“{given.name}”不是“{kind.register.name}”，也不是模板，没有换用。")
    return replace_own(folder, name, content)


def replace_own(folder: Path, name: str, content: bytes) -> Path:
    """Take this as the folder's own file of that name; the one there is put aside."""
    path = folder / name
    with workspace.lock_folder(folder):
        if workspace.holds(folder, name):
            workspace.supersede_file(path, content, folder / workspace.RECEIVED / ASIDE)
        else:
            workspace.save_new(folder, name, content)
    return path
