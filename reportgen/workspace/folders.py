"""Many working folders below one, and whether the inputs of one are what they were."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Collection, Iterable
from pathlib import Path

from reportgen.errors import WorkspaceError
from reportgen.workspace import disk
from reportgen.workspace.faults import reading_from, writing_to
from reportgen.workspace.files import read_file
from reportgen.workspace.names import (
    HANDED_IN,
    LAST,
    OUTPUT,
    RENEWED,
    REPORTS,
    RETURNS,
    SENTENCES,
    TEMPLATE,
    is_noise,
)

_INSIDE = (RETURNS, OUTPUT, LAST, HANDED_IN)
"""Folders of a working folder in which no other one is looked for."""


def find_working_folders(root: Path, registers: Collection[str], out: Path) -> list[Path]:
    """Every folder below ``root`` with a register, a template or returns in it, by path.

    So one whose register is missing or has another name is found, too, and one that cannot be
    looked into.  ``out`` and hidden folders are passed over, and what lies inside a working folder.

    Raises:
        WorkspaceError: ``root`` is no folder that can be listed.
    """
    signs = {*registers, TEMPLATE, SENTENCES}
    found, waiting, results = [], [root], disk.real(out)
    while waiting:
        here = waiting.pop()
        try:
            there = _list_entries(here)
        except WorkspaceError:
            if here == root:
                raise
            found.append(here)
            continue
        if RETURNS in there or not signs.isdisjoint(there):
            found.append(here)
            continue
        folders = (here / name for name, is_folder in there.items() if is_folder)
        waiting += [
            each for each in folders
            if not is_noise(each.name) and each.name not in _INSIDE and disk.real(each) != results
        ]  # fmt: skip
    return sorted(found)


def _list_entries(folder: Path) -> dict[str, bool]:
    """The names in a folder, and whether each is a folder; links are not followed."""
    with reading_from(folder), os.scandir(folder) as entries:
        return {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}


def usual_output(folder: Path) -> Path:
    """Where the results of a folder go unless told otherwise."""
    return folder / OUTPUT


def find_documents(folders: Iterable[Path], stem: str) -> list[Path]:
    """The reports of this name: in each place the one renewed last.

    They lie in one of the folders, in its ``output`` or in ``报告``; drafts and copies bear other names.
    """
    found: dict[str, Path] = {}
    for place in (at for each in folders for at in (each, each / OUTPUT, each / REPORTS)):
        if disk.kind_of_path(place) != "folder":
            continue
        for path in sorted(place.glob(f"{glob.escape(stem)}*.docx")):
            if path.stem.replace(RENEWED, "") == stem:
                found[str(place)] = path
    return list(found.values())


def digest_inputs(folder: Path) -> str:
    """The SHA-256 of all that a report of this working folder may be made of, names included.

    Raises:
        WorkspaceError: a file cannot be read.
    """
    with reading_from(folder):
        there = [path for path in folder.iterdir() if disk.kind_of_path(path) == "file"]
        returns = folder / RETURNS
        if disk.kind_of_path(returns) == "folder":
            there += disk.iter_files_under(returns)
    made = hashlib.sha256()
    for path in sorted(path for path in there if not is_noise(path.name)):
        content = hashlib.sha256(read_file(path)).hexdigest()
        made.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode(errors="replace"))
    return made.hexdigest()


def append_line(path: Path, line: str) -> None:
    """Add a line to a file of ours and bring it to the disk."""
    with writing_to(path), path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(f"{line}\n")
        stream.flush()
        os.fsync(stream.fileno())
