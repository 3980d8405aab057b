"""The operations on files, each one step that the system does wholly or not at all.

A file is written under a temporary name, brought to the disk, and only then given its name: either
as a new one, which fails if the name is taken, or in place of our own record.  Errors are OSErrors.
"""

from __future__ import annotations

import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

TEMPORARY = "~$reportgen-"
"""What our unfinished files begin with; like Office's lock files they are nobody's returns."""
_DAY = 24 * 60 * 60.0
_BINARY: int = getattr(os, "O_BINARY", 0)


def kind_of_path(path: Path) -> Literal["file", "folder", "other", ""]:
    """What stands there, "" if nothing; whatever keeps us from seeing is an OSError."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  (pathlib's own tests hide errors)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    if stat.S_ISREG(mode):
        return "file"
    return "folder" if stat.S_ISDIR(mode) else "other"


def real(path: Path) -> Path:
    """Where a path leads, links followed; a loop of links leads to itself."""
    return Path(os.path.realpath(path))


def iter_files_under(folder: Path) -> Iterator[Path]:
    """Every file in a folder and those in it, linked folders included, each folder once.

    A link that leads nowhere is a file, too: one that cannot be read.
    """
    seen: set[tuple[int, int]] = set()
    folders = [folder]
    while folders:
        here = folders.pop()
        known = os.stat(here)  # noqa: PTH116
        if (known.st_dev, known.st_ino) in seen:
            continue
        seen |= {(known.st_dev, known.st_ino)} if known.st_ino else set()
        with os.scandir(here) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders.append(here / entry.name)
                elif (kind := kind_of_path(here / entry.name)) == "file" or (
                    not kind and entry.is_symlink()
                ):
                    yield here / entry.name


def write_temporary(folder: Path, content: bytes) -> Path:
    """A new file in a folder, which is made if need be, brought to the disk."""
    make_folder(folder)
    path = folder / f"{TEMPORARY}{secrets.token_hex(6)}.tmp"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o644)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    except BaseException:
        os.close(handle)
        discard_file(path)
        raise
    os.close(handle)
    return path


def make_folder(folder: Path) -> None:
    """A folder and those above it, where they are not there yet."""
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def move_file(path: Path, target: Path) -> None:
    """Give a file another name; FileExistsError if that is taken, however late."""
    if os.name == "nt":
        os.rename(path, target)  # noqa: PTH104  (there it never replaces)
        return
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:
        _move_without_links(path, target)
    else:
        os.unlink(path)  # noqa: PTH108
    _sync_folder(target.parent)


def double_file(path: Path, target: Path) -> None:
    """Give a file a second name, or a copy where it can have one only; FileExistsError if taken."""
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:
        move_file(write_temporary(target.parent, path.read_bytes()), target)
    _sync_folder(target.parent)


def replace_file(path: Path, target: Path) -> None:
    """Put a file in place of another one."""
    os.replace(path, target)  # noqa: PTH105
    _sync_folder(target.parent)


def discard_file(path: Path) -> None:
    """Remove a file of ours if it is there and can be removed."""
    try:
        os.unlink(path)  # noqa: PTH108
    except OSError:
        return


def discard_folder(folder: Path) -> None:
    """Remove a folder if it is empty."""
    try:
        os.rmdir(folder)  # noqa: PTH106
    except OSError:
        return


def clear_leftovers(folder: Path) -> None:
    """Remove temporary files that a killed run left more than a day ago."""
    with os.scandir(folder) as entries:
        old = [
            entry.name
            for entry in entries
            if entry.name.startswith(TEMPORARY)
            and entry.name.endswith(".tmp")
            and entry.stat(follow_symlinks=False).st_mtime < time.time() - _DAY
        ]
    for name in old:
        discard_file(folder / name)


def _move_without_links(path: Path, target: Path) -> None:
    """Where a file has one name only (FAT, some network drives): take the name, then fill it."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
    try:
        os.replace(path, target)  # noqa: PTH105
    except OSError:
        discard_file(target)
        raise


def _sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk; Windows does so itself, some file systems cannot."""
    if os.name == "nt":
        return
    with suppress(OSError):  # what was done to the names is done, whatever is said here
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
