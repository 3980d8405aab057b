"""What is written: outputs that never replace what somebody edited, files that appear complete."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import WorkspaceError
from reportgen.workspace.files import digest, read
from reportgen.workspace.names import FACTS, NOTICE_RECORD, RECORD, RETURNS


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


def keep_apart(folder: Path, out: Path) -> None:
    """WorkspaceError if ``out`` lies where it would be read as something returned next time."""
    if (folder / RETURNS).resolve() in (out.resolve(), *out.resolve().parents):
        raise WorkspaceError(
            f"结果不能放在“{RETURNS}”文件夹里：那里的文件下次会被当作部门交回的填报表。"
            "请用 -o 换一个文件夹。"
        )


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
        name: known
        for name, known in _outputs(out / FACTS).items()
        if (out / name).is_file() and digest((out / name).read_bytes()) == known
    }
    outputs[document.path.name] = digest(document.path.read_bytes())
    _write(out / FACTS, _readable({**facts, "outputs": outputs}).encode())
    return out / FACTS


def renew(out: Path, content: Mapping[str, bytes], record: str = RECORD) -> Renewed:
    """Write the outputs of a check, by name (which may hold ``/``), in place of the last one's.

    As with ``save``, nothing that somebody has edited is overwritten or removed.  ``record``: where
    their hashes are kept.
    """
    earlier = _outputs(out / record)
    saved = tuple(save(out, name, data) for name, data in content.items())
    written = {_name(out, one.path): digest(one.path.read_bytes()) for one in saved}
    wanted = {*written, *content}
    stale = [out / name for name in earlier if name not in wanted and (out / name).is_file()]
    removed = tuple(path for path in stale if _untouched(out, path) and _remove(out, path))
    _write(out / record, _readable({"outputs": written}).encode())
    return Renewed(saved, removed, tuple(path for path in stale if path not in removed))


def replace(path: Path, content: bytes) -> None:
    """Write a file that is asked to be overwritten."""
    _write(path, content)


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
    return written.get(_name(out, path)) == digest(read(path))


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
