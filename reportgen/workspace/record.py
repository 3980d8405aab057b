"""输出记录.json: which files beside it are ours, so that what somebody edited is told apart.

It is written before what it makes ours: a file is as we left it if its hash is one of those noted
under its name, the one before or the one after.  Whatever happens in between, it is true.

The record is a file like any other and may say anything.  Only names that the tool could have made
count, in the output folder itself; what it makes ours is moved aside, never removed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from reportgen.workspace import disk
from reportgen.workspace.files import digest
from reportgen.workspace.names import FIXED, LAST, SENT_BACK, is_noise

RECORD = "输出记录.json"
_LARGEST = 16 * 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Maker:
    """Who writes: the command, and the working folder as seen from the output folder."""

    command: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class OutputEntry:
    """A file of ours: who made it, and the hashes that it may have."""

    maker: Maker
    hashes: frozenset[str]


@dataclass(frozen=True)
class OutputRecord:
    """What is ours in the output folder ``out``, by name with ``/``."""

    out: Path
    entries: Mapping[str, OutputEntry] = field(default_factory=dict)

    def knows(self, name: str, content: bytes, maker: Maker) -> bool:
        """Whether a file is as this maker left it; one without content is nobody's work."""
        if not content:
            return True
        entry = self.entries.get(name)
        return entry is not None and entry.maker == maker and digest(content) in entry.hashes

    def noting(self, name: str, maker: Maker, contents: Iterable[bytes]) -> OutputRecord:
        """With one more file that is ours if it holds one of these contents."""
        entry = OutputEntry(maker, frozenset(map(digest, contents)))
        return replace(self, entries={**self.entries, name: entry})

    def without(self, names: Iterable[str]) -> OutputRecord:
        """Without files that have become somebody else's."""
        gone = set(names)
        return replace(self, entries={n: e for n, e in self.entries.items() if n not in gone})

    def present(self) -> OutputRecord:
        """Without the files that are gone."""
        there = {n: e for n, e in self.entries.items() if disk.kind_of_path(self.out / n) == "file"}
        return replace(self, entries=there)

    def names(self, maker: Maker) -> list[str]:
        """The files that this maker made, except those put aside."""
        aside = f"{LAST}/"
        return [n for n, e in self.entries.items() if e.maker == maker and not n.startswith(aside)]


def read_record(out: Path) -> OutputRecord:
    """The record in a folder; what in it is not as we write it is left out.

    Raises:
        OSError: it is there and cannot be read.
    """
    path = out / RECORD
    if disk.kind_of_path(path) != "file" or path.stat().st_size > _LARGEST:
        return OutputRecord(out)
    try:
        found = json.loads(path.read_bytes())["outputs"].items()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return OutputRecord(out)
    entries = {n: entry for n, told in found if _is_ours(out, n) and (entry := _parse_entry(told))}
    return OutputRecord(out, entries)


def write_record(record: OutputRecord) -> None:
    """Save the record, before what it makes ours; OSError if it cannot be."""
    outputs = {
        name: {
            "command": entry.maker.command,
            "folder": entry.maker.folder,
            "sha256": sorted(entry.hashes),
        }
        for name, entry in sorted(record.entries.items())
    }
    lines = (f"{_to_json(name)}: {_to_json(told)}" for name, told in outputs.items())
    content = '{"outputs": {\n' + ",\n".join(lines) + "\n}}\n"
    path = record.out / RECORD
    if disk.kind_of_path(path) != "file" or path.read_bytes() != content.encode():
        disk.replace_file(disk.write_temporary(record.out, content.encode()), path)


def _parse_entry(told: object) -> OutputEntry | None:
    match told:
        case {"command": str(command), "folder": str(folder), "sha256": [*hashes]}:
            known = [each for each in hashes if isinstance(each, str) and _HASH.fullmatch(each)]
            return OutputEntry(Maker(command, folder), frozenset(known))
    return None


def _is_ours(out: Path, name: str) -> bool:
    """Whether the tool could have made a file of that name there: no links, no other folders."""
    parts = PurePosixPath(name).parts
    if not parts or "/".join(parts) != name or ".." in parts or "\0" in name:
        return False
    if any(is_noise(part) for part in parts):
        return False
    if parts[0] not in (LAST, SENT_BACK) and (len(parts) > 1 or name in FIXED):
        return False
    try:
        return disk.real((out / name).parent) == disk.real(out).joinpath(*parts[:-1])
    except (OSError, RuntimeError, ValueError):  # a link that leads in a circle, a null character
        return False


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
