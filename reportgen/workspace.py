"""The working folder (工作目录): the only room that knows file names, opens and writes files.

Nothing is ever lost: what departments returned is only read, a file that is already there is never
overwritten unless we wrote it and nobody has touched it since, and a file appears under its name
only when it is complete.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import WorkspaceError

REGISTER = "建议台账.xlsx"
RETURNS = "填报"
TEMPLATE = "报告模板.docx"
FIELD_LIST = "模板字段表.xlsx"
RETURN_FORM = "部门填报表.xlsx"
FACTS = "facts.json"
IMPORTED_REGISTER = "建议台账（导入）.xlsx"
IMPORTED_RETURNS = "填报（导入）"
IMPORT_NOTES = "导入说明.xlsx"
CHECK_RESULT = "核查结果.xlsx"
SENT_BACK = "退改"
RECORD = "核查记录.json"
"""Beside the outputs of a check: their hashes, by which it knows whether somebody edited them."""
NOTICE_RECORD = "督办记录.json"
"""The same of 督办通报."""
LARGEST = 100 * 1024 * 1024
"""Bytes; a larger file is not something a department fills in."""

_WORD_FORMATS = (".docx", ".doc", ".docm", ".dot", ".dotx", ".dotm", ".wps", ".wpt", ".rtf", ".odt")
_NOISE = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class File:
    """A file as found: ``name`` is its path relative to the folder, with ``/``.

    ``content`` is None where it could not be read; ``problem`` then says why.
    """

    name: str
    content: bytes | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a file was written; ``aside``: the name it should have had was taken."""

    path: Path
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Renewed:
    """Outputs written in place of earlier ones.

    Of those no longer wanted, ``removed`` are gone and ``kept`` stay, as somebody edited them.
    """

    saved: tuple[Saved, ...]
    removed: tuple[Path, ...]
    kept: tuple[Path, ...]


def register(folder: Path) -> File:
    """The register; WorkspaceError if the folder or the register is missing or unreadable."""
    if not folder.is_dir():
        raise WorkspaceError(f"找不到工作目录“{folder}”。请核对路径，或先用 reportgen init 建立。")
    path = folder / REGISTER
    if not path.is_file():
        raise WorkspaceError(
            f"工作目录“{folder}”里没有“{REGISTER}”。请把填好的台账放进来，或先用 reportgen init 建立。"
        )
    return File(REGISTER, _read(path))


def returns(folder: Path) -> Iterator[File]:
    """Every file under 填报, by name; Office's lock files (~$…) and system files are passed over."""
    for path in _returned(folder):
        name = path.relative_to(folder).as_posix()
        try:
            yield File(name, _read(path))
        except WorkspaceError as error:
            yield File(name, None, str(error))


def files(folder: Path) -> Iterator[File]:
    """The register and the returns."""
    yield register(folder)
    yield from returns(folder)


def keep_apart(folder: Path, out: Path) -> None:
    """WorkspaceError if ``out`` lies where it would be read as something returned next time."""
    if (folder / RETURNS).resolve() in (out.resolve(), *out.resolve().parents):
        raise WorkspaceError(
            f"结果不能放在“{RETURNS}”文件夹里：那里的文件下次会被当作部门交回的填报表。"
            "请用 -o 换一个文件夹。"
        )


def how_many(folder: Path) -> int:
    """How many files there are to read."""
    return 1 + len(_returned(folder))


def template(folder: Path, given: Path | None) -> bytes | None:
    """The template asked for, else the folder's own, else None.

    Whatever stands in the template's place is the template: an empty file is not None.

    Raises:
        WorkspaceError: it is missing, no file, empty, or saved in another format.
    """
    if given is not None:
        return _template(given)
    own = folder / TEMPLATE
    if own.exists() or own.is_symlink():
        return _template(own)
    _refuse_other_names(folder)
    return None


def ledger(path: Path) -> bytes:
    """A ledger to import, from anywhere; WorkspaceError if it is missing or unreadable."""
    if not path.is_file():
        raise WorkspaceError(f"找不到要导入的台账“{path}”。请核对路径和文件名。")
    return _read(path)


def document(path: Path) -> bytes:
    """A report; WorkspaceError if it is not there."""
    if not path.is_file():
        raise WorkspaceError(f"找不到报告“{path}”。请核对路径。")
    return _read(path)


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of the register and the returns, by name; those that can be read."""
    found = files(folder)
    return {file.name: _digest(file.content) for file in found if file.content is not None}


def create(path: Path, content: bytes) -> bool:
    """Write a new file; False, and nothing is done, if something of that name is there."""
    if path.exists():
        return False
    _write(path, content)
    return True


def create_beside(folder: Path, name: str, content: bytes) -> Path:
    """Write a new file ``name`` in ``folder``, or under the next free ``…（补1）`` of that name."""
    path, number = folder / name, 0
    while path.exists():
        number += 1
        path = (folder / name).with_stem(f"{Path(name).stem}（补{number}）")
    _write(path, content)
    return path


def save(out: Path, name: str, content: bytes) -> Saved:
    """Write an output.

    If the file of that name was edited since we wrote it, or is not ours, it stays and the new
    one gets the next free name.
    """
    path, number = out / name, 1
    while path.exists() and not _untouched(out, path):
        number += 1
        path = (out / name).with_stem(f"{Path(name).stem}（{number}）")
    _write(path, content)
    return Saved(path, aside=number > 1)


def save_facts(out: Path, document: Saved, facts: Mapping[str, object]) -> Path:
    """Write facts.json with the hashes of the outputs that are still as we wrote them."""
    outputs = {
        name: digest
        for name, digest in _outputs(out / FACTS).items()
        if (out / name).is_file() and _digest((out / name).read_bytes()) == digest
    }
    outputs[document.path.name] = _digest(document.path.read_bytes())
    _write(out / FACTS, _readable({**facts, "outputs": outputs}).encode())
    return out / FACTS


def renew(out: Path, content: Mapping[str, bytes], record: str = RECORD) -> Renewed:
    """Write the outputs of a check, by name (which may hold ``/``), in place of the last one's.

    As with ``save``, nothing that somebody has edited is overwritten or removed.  ``record``: where
    their hashes are kept.
    """
    earlier = _outputs(out / record)
    saved = tuple(save(out, name, data) for name, data in content.items())
    written = {_name(out, one.path): _digest(one.path.read_bytes()) for one in saved}
    wanted = {*written, *content}
    stale = [out / name for name in earlier if name not in wanted and (out / name).is_file()]
    removed = tuple(path for path in stale if _untouched(out, path) and _remove(out, path))
    _write(out / record, _readable({"outputs": written}).encode())
    return Renewed(saved, removed, tuple(path for path in stale if path not in removed))


def replace(path: Path, content: bytes) -> None:
    """Write a file that is asked to be overwritten."""
    _write(path, content)


def file_name(text: str) -> str:
    """A text as a file name that Windows takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", text).strip(" .") or "未命名"


def _template(path: Path) -> bytes:
    if not path.is_file():
        raise WorkspaceError(f"找不到报告模板“{path}”，或它不是一个文件。请核对路径。")
    content = _read(path)
    if not content:
        raise WorkspaceError(
            f"报告模板“{path.name}”是空的（0字节），可能是网盘还没有下载完，或复制时中断。"
            "请重新取得这个文件；要用内置的模板，请把它删除或改名。"
        )
    return content


def _refuse_other_names(folder: Path) -> None:
    """A template saved as .doc or downloaded as …(1).docx would be passed over without a word."""
    stem = Path(TEMPLATE).stem
    for path in sorted(folder.iterdir()):
        if path.name.startswith(stem) and path.suffix.lower() in _WORD_FORMATS:
            raise WorkspaceError(
                f"工作目录里没有“{TEMPLATE}”，却有“{path.name}”。如果要用的是它，请在 Word 或 WPS 中"
                f"打开，另存为“{TEMPLATE}”；要用内置的模板，请把它移到别处。"
            )


def _returned(folder: Path) -> list[Path]:
    paths = (folder / RETURNS).rglob("*")
    found = (path for path in paths if path.is_file() and not _is_noise(path))
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _readable(content: Mapping[str, object]) -> str:
    """JSON with one fact a line: json's own indenting is ten times as slow."""
    groups = []
    for name, group in content.items():
        text = _json(group)
        if isinstance(group, Mapping):
            lines = (f"{_json(key)}: {_json(value)}" for key, value in group.items())
            text = "{\n" + ",\n".join(lines) + "\n}"
        groups.append(f"{_json(name)}: {text}")
    return "{\n" + ",\n".join(groups) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _untouched(out: Path, path: Path) -> bool:
    records = (FACTS, RECORD, NOTICE_RECORD)
    written = {name: digest for one in records for name, digest in _outputs(out / one).items()}
    return written.get(_name(out, path)) == _digest(_read(path))


def _outputs(record: Path) -> dict[str, str]:
    """The hashes of outputs that an earlier run left there, none if it is not there."""
    try:
        found = json.loads(record.read_text(encoding="utf-8")).get("outputs", {})
    except (OSError, ValueError, AttributeError):
        return {}
    return found if isinstance(found, dict) else {}


def _name(out: Path, path: Path) -> str:
    return path.relative_to(out).as_posix()


def _remove(out: Path, path: Path) -> bool:
    """Remove a file and the folders under ``out`` that are empty without it; False if it is open."""
    try:
        path.unlink()
        for folder in path.relative_to(out).parents[:-1]:
            (out / folder).rmdir()
    except OSError:
        return not path.exists()
    return True


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_noise(path: Path) -> bool:
    name = path.name.lower()
    return name.startswith(("~$", ".")) or name in _NOISE


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise WorkspaceError(
                f"“{path.name}”太大（超过100MB），不像是填报的表。请检查后重新保存。"
            )
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceError(
            f"“{path.name}”读不出来，可能正被其他程序占用。请关闭打开它的程序后再试。"
        ) from error


def _write(path: Path, content: bytes) -> None:
    """Under a temporary name first, so that a half-written file never stands under the real one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix="~$", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WorkspaceError(
            f"“{path}”写不进去。如果它正在 Word 或 Excel 中打开，请先关闭；否则请检查文件夹是否允许写入。"
        ) from error
