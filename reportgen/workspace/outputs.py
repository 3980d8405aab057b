"""What is written: files that appear complete, and never in place of what somebody made or edited."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reportgen.errors import WorkspaceError
from reportgen.steps import Step
from reportgen.workspace import disk
from reportgen.workspace.faults import IN_USE, is_in_use, writing_to
from reportgen.workspace.lock import lock_folder
from reportgen.workspace.names import LAST, RETURNS, number_file_name
from reportgen.workspace.record import Maker, OutputRecord, read_record, write_record


@dataclass(frozen=True, slots=True)
class SavedFile:
    """Where a file was written; ``aside``: the name it should have had was taken."""

    path: Path
    aside: bool = False


@dataclass(frozen=True, slots=True)
class RenewedOutputs:
    """Outputs written in place of earlier ones, in the order asked for.

    Of those no longer wanted, ``removed`` are put aside and ``kept`` stay, as somebody edited them.
    ``in_use``: those that could not be renewed or put aside, as another program has them open.
    """

    saved: tuple[SavedFile, ...]
    removed: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    in_use: tuple[Path, ...] = ()


def refuse_among_returns(folder: Path, out: Path) -> None:
    """WorkspaceError if ``out`` lies where it would be read as something returned next time."""
    if disk.real(folder / RETURNS) in (disk.real(out), *disk.real(out).parents):
        raise WorkspaceError(
            f"结果不能放在“{RETURNS}”文件夹里：那里的文件下次会被当作部门交回的填报表。"
            f"请{Step.OTHER_FOLDER}。"
        )


def ensure_folder(folder: Path) -> None:
    """A folder, where it is not there yet."""
    with writing_to(folder):
        disk.make_folder(folder)


def create_file(path: Path, content: bytes) -> bool:
    """Write a new file; False, and nothing is done, if something of that name is there."""
    with writing_to(path):
        if os.path.lexists(path):
            return False
        return _publish_file(disk.write_temporary(path.parent, content), path)


def create_beside(
    folder: Path, name: str, content: bytes, *, worthless: Callable[[bytes], bool] = lambda _: False
) -> Path:
    """Write a new file ``name`` in ``folder``, or under the next free ``…（补1）`` of that name.

    A file of that name with this very content is taken for it; one that is ``worthless`` is replaced.
    """
    number = 0
    with writing_to(folder / name):
        there = _read_content(folder / name)
    if there and worthless(there):
        overwrite_file(folder / name, content, worthless=worthless)
        return folder / name
    while True:
        path = folder / (number_file_name(name, f"（补{number}）") if number else name)
        if create_file(path, content) or _has_content(path, content):
            return path
        number += 1


def has_all_files(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether these very files are there, as after a run that was broken off at its end."""
    return all(_has_content(folder / name, content) for name, content in files.items())


def save_new(folder: Path, name: str, content: bytes) -> SavedFile:
    """As ``create_beside``, numbered （2）, （3）; nothing that is there is ever replaced."""
    number = 1
    while True:
        path = folder / (number_file_name(name, f"（{number}）") if number > 1 else name)
        if create_file(path, content) or _has_content(path, content):
            return SavedFile(path, aside=number > 1)
        number += 1


def save_beside(path: Path, suffix: str, content: bytes) -> SavedFile:
    """As ``save_new``, beside a document under its name with this behind it."""
    return save_new(path.parent, f"{path.stem}{suffix}.docx", content)


def maker_of(command: str, folder: Path, out: Path) -> Maker:
    """A command's name for itself: it renews only what it made of the same working folder."""
    try:
        seen = Path(os.path.relpath(disk.real(folder), disk.real(out))).as_posix()
    except ValueError:  # on another drive
        seen = disk.real(folder).as_posix()
    return Maker(command, seen)


def renew_outputs(
    out: Path, content: Mapping[str, bytes], maker: Maker, inputs: Iterable[Path] = (), *,
    all_of_it: bool = False,
) -> RenewedOutputs:  # fmt: skip
    """Write outputs, by name (which may hold ``/``), in place of this maker's last ones.

    What differs from an earlier one is put aside in 上一版.  A file that somebody edited, that is
    not ours or is one of ``inputs`` stays, and the new one gets the next free name.
    ``all_of_it``: what this maker made earlier and is not among the outputs is put aside too.
    """
    with writing_to(out):
        disk.make_folder(out)
    with lock_folder(out), writing_to(out):
        disk.clear_leftovers(out)
        shelf = _Shelf(out, maker, inputs)
        shelf.foresee(content, all_of_it=all_of_it)
        saved = {name: shelf.put(name, data) for name, data in content.items()}
        done = {shelf.name(one.path) for one in saved.values() if one}
        removed, kept = shelf.clear(done, content, all_of_it=all_of_it)
    written = tuple(one for one in saved.values() if one)
    return RenewedOutputs(written, removed, kept, tuple(shelf.in_use))


def save_outputs(
    out: Path, content: Mapping[str, bytes], maker: Maker, inputs: Iterable[Path] = (), *,
    all_of_it: bool = False,
) -> RenewedOutputs:  # fmt: skip
    """As ``renew_outputs``; WorkspaceError once all the others are written if some are open."""
    renewed = renew_outputs(out, content, maker, inputs, all_of_it=all_of_it)
    refuse_if_open(renewed)
    return renewed


def refuse_if_open(renewed: RenewedOutputs) -> None:
    """WorkspaceError where something could not be renewed, as another program has it open."""
    if renewed.in_use:
        names = "”“".join(path.name for path in renewed.in_use)
        why, remedy = IN_USE
        raise WorkspaceError(f"“{names}”没有更新：{why}。{remedy}。其他文件已经写好。")


def overwrite_file(path: Path, content: bytes, *, worthless: Callable[[bytes], bool]) -> None:
    """Write a file that is asked to be overwritten; what was there is put aside in 上一版.

    ``worthless``: whether a content may go.
    """
    with writing_to(path):
        there = _read_content(path) or b""
        if there == content:
            return
        aside = path.parent / LAST if there and not worthless(there) else None
        _replace_file(path, content, aside)


def supersede_file(path: Path, content: bytes, aside: Path) -> None:
    """Write a file under a name that is taken; what stood there is kept in the folder ``aside``."""
    with writing_to(path):
        _replace_file(path, content, aside)


def _replace_file(path: Path, content: bytes, aside: Path | None) -> None:
    """At no moment is there no file of that name: who is killed then finds the old one, or the new."""
    temporary = disk.write_temporary(path.parent, content)
    kept = None
    try:
        if aside is not None:
            disk.make_folder(aside)
            free = _find_free_path(aside / path.name)
            disk.double_file(path, free)
            kept = free
        disk.replace_file(temporary, path)
    except OSError:
        if kept is not None:
            disk.discard_file(kept)
        raise
    finally:
        disk.discard_file(temporary)


def to_readable_json(content: Mapping[str, object]) -> bytes:
    """JSON with one fact a line: json's own indenting is ten times as slow."""
    groups = []
    for name, group in content.items():
        text = _to_json(group)
        if isinstance(group, Mapping):
            lines = (f"{_to_json(key)}: {_to_json(value)}" for key, value in group.items())
            text = "{\n" + ",\n".join(lines) + "\n}"
        groups.append(f"{_to_json(name)}: {text}")
    return ("{\n" + ",\n".join(groups) + "\n}\n").encode()


class _Shelf:
    """The output folder while one command renews what it made there; the folder is locked."""

    def __init__(self, out: Path, maker: Maker, inputs: Iterable[Path]) -> None:
        self.out, self.maker = out, maker
        self.inputs = frozenset(map(disk.real, inputs))
        self.record: OutputRecord = read_record(out).present()
        self.in_use: list[Path] = []

    def name(self, path: Path) -> str:
        return path.relative_to(self.out).as_posix()

    def foresee(self, content: Mapping[str, bytes], *, all_of_it: bool) -> None:
        """Note at once what the steps to come would each note: the record is written as a whole.

        What cannot be seen now is noted when its turn comes.
        """
        for name, data in content.items():
            with suppress(OSError):
                self._foresee_put(name, data)
        for name in self._unwanted(set(content), content, all_of_it=all_of_it):
            with suppress(OSError):
                self._foresee_aside(self.out / name)
        write_record(self.record)

    def put(self, name: str, content: bytes) -> SavedFile | None:
        """Write one output; None if the one in its place is open in another program."""
        number = 1
        while True:
            path = self.out / (number_file_name(name, f"（{number}）") if number > 1 else name)
            try:
                if self._put_at(path, content):
                    return SavedFile(path, aside=number > 1)
            except OSError as error:
                if not is_in_use(error):
                    with writing_to(path):
                        raise
                self.in_use.append(path)
                return None
            number += 1

    def clear(
        self, done: set[str], wanted: Iterable[str], *, all_of_it: bool
    ) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
        """Put aside what this maker made earlier and no longer stands for anything."""
        old = self._unwanted(done, wanted, all_of_it=all_of_it)
        removed = [self.out / name for name in old if self._take_aside(self.out / name)]
        left = (self.out / name for name in old if self.out / name not in removed)
        kept = [p for p in left if p not in self.in_use and disk.kind_of_path(p) == "file"]
        self.record = self.record.without(map(self.name, kept))
        write_record(self.record)
        return tuple(removed), tuple(kept)

    def _unwanted(self, done: set[str], wanted: Iterable[str], *, all_of_it: bool) -> list[str]:
        """What this maker made earlier and is neither done now nor wanted."""
        bases = set(wanted)
        return [
            name
            for name in self.record.names(self.maker)
            if name not in done | bases and (all_of_it or _base_name_of(name) in bases)
        ]

    def _foresee_put(self, name: str, content: bytes) -> None:
        path = self.out / name
        there = _read_content(path)
        if there is None:
            self._add(name, content)
        elif self.record.knows(name, there, self.maker):
            self._add(name, there, content)
            if there != content:
                self._foresee_aside(path)

    def _foresee_aside(self, path: Path) -> None:
        there = _read_content(path)
        name = f"{LAST}/{self.name(path)}"
        before = _read_content(self.out / name)
        if there is None or not self.record.knows(self.name(path), there, self.maker):
            return
        if before is None:
            self._add(name, there)
        elif self.record.knows(name, before, self.maker):
            self._add(name, before, there)

    def _put_at(self, path: Path, content: bytes) -> bool:
        """Write there; False if the place is taken by something that must stay."""
        there = _read_content(path)
        taken = there is None and os.path.lexists(path)
        if taken or path.is_symlink() or disk.real(path) in self.inputs:
            return False
        ours = there is None or self.record.knows(self.name(path), there, self.maker)
        if not ours:
            return False
        self._note(self.name(path), content if there is None else there, content)
        if there == content:
            return True
        temporary = disk.write_temporary(path.parent, content)
        try:
            if there is not None and not self._move_aside(path, there):
                return False
            return _publish_file(temporary, path)
        finally:
            disk.discard_file(temporary)

    def _take_aside(self, path: Path) -> bool:
        """Put away what is no longer wanted, and the folders that are empty without it."""
        there = _read_content(path)
        if there is None or disk.real(path) in self.inputs:
            return False
        try:
            gone = self.record.knows(self.name(path), there, self.maker) and self._move_aside(
                path, there
            )
        except OSError as error:
            if not is_in_use(error):
                raise
            self.in_use.append(path)
            return False
        for folder in path.relative_to(self.out).parents[:-1] if gone else ():
            disk.discard_folder(self.out / folder)
        return gone

    def _move_aside(self, path: Path, known: bytes) -> bool:
        """Into 上一版, in place of the version before it; back again if it is no longer ``known``."""
        target = self.out / LAST / self.name(path)
        before = _read_content(target)
        if before is not None:
            if self.record.knows(self.name(target), before, self.maker):
                self._note(self.name(target), before, known)
                disk.discard_file(target)
            target = _find_free_path(target)
        self._note(self.name(target), known)
        disk.make_folder(target.parent)
        disk.move_file(path, target)
        if target.read_bytes() == known:
            return True
        disk.move_file(target, path)
        return False

    def _note(self, name: str, *contents: bytes) -> None:
        if not all(
            content and self.record.knows(name, content, self.maker) for content in contents
        ):
            self._add(name, *contents)
            write_record(self.record)

    def _add(self, name: str, *contents: bytes) -> None:
        self.record = self.record.noting(name, self.maker, contents)


def _read_content(path: Path) -> bytes | None:
    """The bytes of the file there; None if there is none."""
    return path.read_bytes() if disk.kind_of_path(path) == "file" else None


def _publish_file(temporary: Path, path: Path) -> bool:
    """Give a finished file its name; False if the name has been taken meanwhile."""
    try:
        disk.move_file(temporary, path)
    except FileExistsError:
        return False
    finally:
        disk.discard_file(temporary)
    return True


def _has_content(path: Path, content: bytes) -> bool:
    with writing_to(path):
        return disk.kind_of_path(path) == "file" and path.read_bytes() == content


def _find_free_path(path: Path) -> Path:
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(number_file_name(path.name, f"（{number}）"))
    return free


def _base_name_of(name: str) -> str:
    """The name that was asked for where this one is numbered: ``报告（2）.docx → 报告.docx``."""
    path = PurePosixPath(name)
    stem = re.sub(r"（\d+）$", "", path.stem)
    return path.with_name(stem + path.suffix).as_posix()


_to_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
