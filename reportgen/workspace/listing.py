"""What a browser may see of a working folder: files by name, looked up and never put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reportgen.workspace import disk
from reportgen.workspace.names import (
    KNOWN_RETURNS,
    OUTPUT,
    RECEIVED,
    RETURNS,
    is_legible,
    is_noise,
)
from reportgen.workspace.record import RECORD

SHOWN = (RETURNS, OUTPUT, RECEIVED)
"""The folders of a working folder whose files are listed, besides those in itself."""


def list_files(folder: Path, others: Sequence[str] = ()) -> Mapping[str, Path]:
    """The files of a working folder by name, with ``/``; what a link leads out of it is not there.

    Nor is what only we read: the records of what is ours.

    ``others``: folders in it whose files are listed, too.
    """
    inside = disk.real(folder)
    found = {
        path.relative_to(folder).as_posix(): path
        for path in _iter_files(folder, (*SHOWN, *others))
        if _is_shown(path) and path.name != RECORD and disk.real(path).is_relative_to(inside)
    }
    return dict(sorted(found.items()))


def _iter_files(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    with suppress(OSError):
        yield from (path for path in folder.iterdir() if disk.kind_of_path(path) == "file")
    for name in names:
        with suppress(OSError):
            if disk.kind_of_path(folder / name) == "folder":
                yield from disk.iter_files_under(folder / name)


def list_folders(root: Path) -> list[Path]:
    """The folders in a folder, by name; those that lead out of it are not there."""
    inside = disk.real(root)
    with suppress(OSError):
        return sorted(
            path
            for path in root.iterdir()
            if _is_shown(path)
            and disk.kind_of_path(path) == "folder"
            and disk.real(path).parent == inside
        )
    return []


def _is_shown(path: Path) -> bool:
    """A garbled name has no address; a check tells of it."""
    return not is_noise(path.name) and is_legible(str(path))


def is_inside(folder: Path, root: Path) -> bool:
    """Whether this is a folder somewhere below that one, and no link leads out of it."""
    return disk.kind_of_path(folder) == "folder" and disk.real(folder).is_relative_to(
        disk.real(root)
    )


def stamp_files(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Which input files there are, how long and when changed: equal as long as nothing is.

    What a check itself remembers is none of them.
    """
    found = []
    for name, path in list_files(folder).items():
        if name != KNOWN_RETURNS and not name.startswith((f"{OUTPUT}/", f"{RECEIVED}/")):
            with suppress(OSError):
                about = path.stat()
                found.append((name, about.st_size, about.st_mtime_ns))
    return tuple(found)
