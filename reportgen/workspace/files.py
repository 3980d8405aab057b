"""What is read: the register, the returns, templates, ledgers and reports, each once.

A ``InputFile`` holds the bytes that were read and their hash, and is handed on: what is counted, marked
and recorded is the same, whatever happens to the file meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.errors import WorkspaceError
from reportgen.steps import Step
from reportgen.workspace import disk
from reportgen.workspace.faults import reading_from
from reportgen.workspace.names import (
    RETURNS,
    SENTENCES,
    TEMPLATE,
    is_legible,
    is_noise,
    to_legible_name,
)

LARGEST = 100 * 1024 * 1024
"""Bytes; a larger file is not something a department fills in."""

_WORKBOOK_FORMATS = (".xlsx", ".xlsm", ".xltx", ".xls", ".et", ".ods")
_WORD_FORMATS = (".docx", ".doc", ".docm", ".dot", ".dotx", ".dotm", ".wps", ".wpt", ".rtf", ".odt")


_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file as found: ``name`` is its path relative to the folder, with ``/``.

    ``content`` is None where it could not be read; ``problem`` then says why.  ``sha256``: of the
    content, in hexadecimal, empty where there is none.
    """

    name: str
    content: bytes | None
    problem: str = ""
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        found = "" if self.content is None else digest(self.content)
        object.__setattr__(self, "sha256", found)


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def find_register(
    folder: Path, names: Sequence[str], is_one: Callable[[InputFile], bool] = lambda _: False
) -> InputFile:
    """The register: the only file of one of these ``names``, else the only one that ``is_one``.

    Raises:
        WorkspaceError: the folder or the register is missing or unreadable, or there are several.
    """
    require_folder(folder)
    named = [name for name in names if _kind_of(folder / name) == "file"]
    found = [InputFile(name, read_file(folder / name)) for name in named]
    found = found or [file for file in _iter_workbooks(folder) if is_one(file)]
    if len(found) == 1:
        return found[0]
    if found:
        several = "、".join(f"“{file.name}”" for file in found)
        raise WorkspaceError(f"工作目录“{folder}”里有不止一份台账：{several}。请只留一份。")
    wanted = "”或“".join(names)
    raise WorkspaceError(
        f"工作目录“{folder}”里没有“{wanted}”。请把填好的台账放进来，或先{Step.INIT}。"
    )


def _iter_workbooks(folder: Path) -> Iterator[InputFile]:
    """The workbooks that lie in the folder itself, by name."""
    with reading_from(folder):
        there = sorted(folder.iterdir())
    for path in there:
        is_workbook = path.suffix.lower() in _WORKBOOK_FORMATS and not is_noise(path.name)
        if is_workbook and _kind_of(path) == "file":
            _require_legible(path)
            yield InputFile(path.name, read_file(path))


def require_folder(folder: Path) -> None:
    """WorkspaceError if there is no such working folder, or none whose name can be stated."""
    _require_legible(folder)
    if _kind_of(folder) != "folder":
        raise WorkspaceError(f"找不到工作目录“{folder}”。请核对路径，或先{Step.INIT}。")


def holds(folder: Path, name: str) -> bool:
    """Whether anything of that name stands in the folder."""
    return bool(_kind_of(folder / name))


def iter_returns(folder: Path) -> Iterator[InputFile]:
    """Every file under 填报, by name; Office's lock files (~$…) and system files are passed over."""
    return papers(folder, RETURNS)


def papers(folder: Path, name: str) -> Iterator[InputFile]:
    """Every file under a folder of the working folder, by name; one that cannot be read says why."""
    for path in _files_in(folder, name):
        shown = to_legible_name(path.relative_to(folder).as_posix())
        try:
            _require_legible(path)
            yield InputFile(shown, read_file(path))
        except WorkspaceError as error:
            yield InputFile(shown, None, str(error))


def find_same(folder: Path, names: Iterable[str], content: bytes) -> Iterator[str]:
    """The files under these folders of the working folder that have this very content.

    Only those of its size are read, one after the other: there may be many, and large ones.
    """
    for path in (path for name in names for path in _files_in(folder, name)):
        with suppress(OSError):
            if path.stat().st_size == len(content) and path.read_bytes() == content:
                yield path.relative_to(folder).as_posix()


def optional(folder: Path, name: str) -> InputFile | None:
    """A file of the working folder, None if it is not there.

    Raises:
        WorkspaceError: it cannot be read.
    """
    path = folder / name
    return InputFile(name, read_file(path)) if _kind_of(path) else None


def count_inputs(folder: Path) -> int:
    """How many files there are to read."""
    return 1 + len(_list_returned_files(folder))


def read_template(folder: Path, given: Path | None) -> bytes | None:
    """The template asked for, else the folder's own, else None.

    Whatever stands in the template's place is the template: an empty file is not None.

    Raises:
        WorkspaceError: it is missing, no file, empty, or saved in another format.
    """
    if given is not None:
        return _read_wording_file(given, "报告模板", "内置的模板")
    own = folder / TEMPLATE
    if _kind_of(own) or own.is_symlink():
        return _read_wording_file(own, "报告模板", "内置的模板")
    _refuse_other_names(folder, TEMPLATE, "内置的模板")
    return None


def read_sentences(folder: Path, given: Path | None) -> InputFile | None:
    """The office's own sentences, else None.

    They lie beside the template ``given``, else in the folder.

    Raises:
        WorkspaceError: what stands in their place is no file, empty, or saved in another format.
    """
    places = [folder] if given is None else [given.parent, folder]
    for place in places:
        own = place / SENTENCES
        if _kind_of(own) or own.is_symlink():
            return InputFile(SENTENCES, _read_wording_file(own, "报告句子", "内置的句子"))
        _refuse_other_names(place, SENTENCES, "内置的句子")
    return None


def read_ledger_bytes(path: Path) -> bytes:
    """A ledger to import, from anywhere; WorkspaceError if it is missing or unreadable."""
    if _kind_of(path) != "file":
        raise WorkspaceError(f"找不到要导入的台账“{path}”。请核对路径和文件名。")
    return read_file(path)


def read_document(path: Path) -> bytes:
    """A document of any kind; WorkspaceError if it is not there."""
    if _kind_of(path) != "file":
        raise WorkspaceError(f"找不到文件“{path}”。请核对路径。")
    return read_file(path)


def read_text_file(path: Path) -> str:
    """A plain text, UTF-8 or GB18030, with line ends as they are counted: one sign each.

    Raises:
        WorkspaceError: it is not there, or no text.
    """
    return decode_text(read_document(path), path.name)


def decode_text(content: bytes, name: str) -> str:
    """As of ``read_text_file``, of bytes that are there; ``name``: what the file is called."""
    for encoding in ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else _ENCODINGS:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise WorkspaceError(f"“{name}”不是文字文件，读不出来。请另存为 UTF-8 编码的文本或 .docx。")


def read_file(path: Path) -> bytes:
    """The bytes of a file; WorkspaceError if it cannot be read or is too large."""
    with reading_from(path), path.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise WorkspaceError(f"“{path.name}”太大（超过100MB），不像是填报的表。请检查后重新保存。")
    return content


def _require_legible(path: Path) -> None:
    """WorkspaceError for a name that is not UTF-8: no report and no record could state it."""
    if not is_legible(str(path)):
        raise WorkspaceError(
            f"“{to_legible_name(path.name)}”的名称是乱码，多是在别的电脑上打包、解压时编码不同造成的。"
            "请改个名字，内容不用动。"
        )


def _kind_of(path: Path) -> str:
    """What stands there; a link that leads nowhere at present is not nothing: WorkspaceError."""
    with reading_from(path):
        kind = disk.kind_of_path(path)
    if not kind and path.is_symlink():
        raise WorkspaceError(
            f"“{path}”是快捷方式（链接），它指向的地方现在打不开，可能是网络盘或移动盘没有接好。"
            "请接好后再试一次，或换成真正的文件或文件夹。"
        )
    return kind


def _read_wording_file(path: Path, what: str, built_in: str) -> bytes:
    """A file with words for the report; ``built_in``: what is used where there is none."""
    if _kind_of(path) != "file":
        raise WorkspaceError(f"找不到{what}“{path}”，或它不是一个文件。请核对路径。")
    content = read_file(path)
    if not content:
        raise WorkspaceError(
            f"{what}“{path.name}”是空的（0字节），可能是网盘还没有下载完，或复制时中断。"
            f"请重新取得这个文件；要用{built_in}，请把它删除或改名。"
        )
    return content


def _refuse_other_names(folder: Path, name: str, built_in: str) -> None:
    """One saved as .doc or downloaded as …(1).docx would be passed over without a word."""
    stem = Path(name).stem
    with reading_from(folder):
        there = sorted(folder.iterdir())
    for path in there:
        if path.name.startswith(stem) and path.suffix.lower() in _WORD_FORMATS:
            raise WorkspaceError(
                f"工作目录里没有“{name}”，却有“{path.name}”。如果要用的是它，请在 Word 或 WPS 中"
                f"打开，另存为“{name}”；要用{built_in}，请把它移到别处。"
            )


def _list_returned_files(folder: Path) -> list[Path]:
    return _files_in(folder, RETURNS)


def _files_in(folder: Path, name: str) -> list[Path]:
    """The files in a folder; one that cannot be listed is no empty folder: WorkspaceError."""
    place = folder / name
    if not (kind := _kind_of(place)):
        return []
    if kind != "folder":
        raise WorkspaceError(f"“{place}”应当是一个文件夹，却是一个文件。请把它移走。")
    with reading_from(place):
        found = [path for path in disk.iter_files_under(place) if not is_noise(path.name)]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())
