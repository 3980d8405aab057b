"""Kills and refusals before every step that the working folder's room asks of the system.

A ``Story`` is what a command writes: a folder made ready, the run, and what people have typed.  The
suite tells them with small files; ``python -m tests.fuzz.faults`` plays the real commands.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import reportgen
from reportgen import workspace
from reportgen.commands.import_ledger import _lay_imported
from reportgen.commands.standard_files import lay_files
from reportgen.errors import WorkspaceError
from reportgen.reports import KINDS
from reportgen.workspace import disk, lock, outputs
from reportgen.workspace.record import RECORD, Maker

STEPS = (
    "open", "write", "fsync", "close", "link", "unlink", "replace", "rename", "rmdir", "makedirs",
    "scandir", "stat", "fstat",
)  # fmt: skip
REFUSALS = (
    errno.ENOSPC, errno.EACCES, errno.EIO, errno.EBUSY, errno.EROFS, errno.EDQUOT, errno.EPERM,
    errno.ENOENT, errno.EMFILE, errno.ESTALE,
)  # fmt: skip
LOOKING = ("read", "stat", "fstat", "scandir", "iterdir")
"""Steps that change nothing."""


class Killed(BaseException):
    """The machine is off: nothing more happens, no clearing up either."""


class FaultyOs:
    """``os``, which at one step dies (``refusal`` 0) or refuses with that errno."""

    def __init__(self, at: int = 0, refusal: int = 0) -> None:
        self.at, self.refusal, self.steps, self.dead = at, refusal, 0, False
        self.handles: set[int] = set()
        self.met = ""

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self.step(name, real) if name in STEPS else real

    def step(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            if self.dead:
                raise Killed
            self.steps += 1
            if self.steps == self.at:
                self.met = name
                if name == "write":
                    real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                self._fail()
            found = None if name == "fsync" else real(*arguments, **options)
            if name == "open":
                self.handles.add(found)
            elif name == "close":
                self.handles.discard(arguments[0])
            return found

        return step

    def _fail(self) -> None:
        if self.refusal:
            absent = self.refusal == errno.ENOENT and self.met in LOOKING  # true, or a lie
            number = errno.EIO if absent else self.refusal
            raise OSError(number, os.strerror(number))
        self.dead = True
        raise Killed

    def end(self) -> None:
        """What the system does for a process that has ended: its files are closed."""
        for handle in self.handles:
            os.close(handle)


def _opening(system: FaultyOs) -> Callable[..., Any]:
    """``Path.open``, each file a step but those of the package itself."""
    real = Path.open
    step = system.step("read", real)

    def opening(path: Path, *arguments: Any, **options: Any) -> Any:
        is_ours = _PACKAGE in path.parents
        return (real if is_ours else step)(path, *arguments, **options)

    return opening


_PACKAGE = Path(reportgen.__file__).parent


@contextmanager
def faulty(at: int, refusal: int = 0) -> Iterator[FaultyOs]:
    """Everything under ``workspace`` meets this system."""
    system = FaultyOs(at, refusal)
    with (
        mock.patch.object(disk, "os", system),
        mock.patch.object(lock, "os", system),
        mock.patch.object(outputs, "os", system),
        mock.patch.object(Path, "open", _opening(system)),
        mock.patch.object(Path, "iterdir", system.step("iterdir", Path.iterdir)),
    ):
        try:
            yield system
        finally:
            system.end()


@dataclass(frozen=True)
class Story:
    """What a command writes into a folder; ``typed``: what people made there, by name."""

    name: str
    before: Callable[[Path], object]
    run: Callable[[Path], object]
    typed: Mapping[str, bytes]


def seen(folder: Path) -> dict[str, bytes]:
    """The files that count: not the record, 上一版 and what nobody opens."""
    paths = (
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("~$")
    )
    names = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {n: c for n, c in names.items() if "上一版" not in n and not n.endswith(RECORD)}


def play(story: Story, folder: Path, at: int, refusal: int = 0) -> tuple[str, list[str]]:
    """The step that was met, and what is wrong after the fault and after the next run."""
    ready, right = folder / "ready", folder / "right"
    if not right.exists():
        ready.mkdir()
        story.before(ready)
        shutil.copytree(ready, right)
        story.run(right)
    here = folder / "here"
    shutil.copytree(ready, here)
    with faulty(at, refusal) as system:
        said = _said(story, here)
    wrong = [*said, *(f"after the fault: {line}" for line in _lost(story, here))]
    if refusal == 0 or system.met not in LOOKING:  # what cannot be read is told in what is written
        wrong += (f"after the fault: {line}" for line in _half_done(ready, right, here))
    said = _said(story, here)
    wrong += [f"next run: {line}" for line in said]
    found, wanted = seen(here), seen(right)
    told = refusal and system.met in LOOKING and set(wanted.values()) <= set(found.values())
    if found != wanted and not told:  # a copy that told of it stays beside the right one
        wrong.append(f"next run: {sorted(found)} for {sorted(wanted)}")
    shutil.rmtree(here)
    return system.met, wrong


def _said(story: Story, folder: Path) -> list[str]:
    try:
        story.run(folder)
    except Killed:
        return []
    except WorkspaceError as error:
        return [] if "。请" in str(error) else [f"no remedy: {error}"]
    except Exception as error:  # noqa: BLE001 (whatever else is wrong is said on reading)
        return [f"a traceback: {error!r}"]
    return []


def _lost(story: Story, here: Path) -> Iterator[str]:
    there = {path.read_bytes() for path in here.rglob("*") if path.is_file()}
    for name, content in story.typed.items():
        if content not in there:
            yield f"{name} is lost"


def _half_done(ready: Path, right: Path, here: Path) -> Iterator[str]:
    """Files neither as they were nor as they should become."""
    before, after = seen(ready), seen(right)
    for name, content in seen(here).items():
        allowed = {before.get(name), after.get(name)}
        if content not in allowed and name in {*before, *after}:
            yield f"{name} is half done"


# small stories


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _renew(content: Mapping[str, bytes], *, check: bool = False) -> Callable[[Path], object]:
    maker = Maker("check" if check else "build", "..")
    return lambda folder: workspace.renew_outputs(folder, content, maker, all_of_it=check)


def _in_turn(*steps: Callable[[Path], object]) -> Callable[[Path], None]:
    def run(folder: Path) -> None:
        for step in steps:
            step(folder)

    return run


def _typed(files: Mapping[str, bytes]) -> Callable[[Path], object]:
    return lambda folder: _write(folder, files)


REPORT = {"报告.docx": b"new report", "facts.json": b"new facts"}
OLD = {"报告.docx": b"old report", "facts.json": b"old facts"}
RESULT = {"退改/填报/甲.xlsx": b"new copy", "核查结果.xlsx": b"new result"}
OLD_RESULT = {
    "退改/填报/甲.xlsx": b"old copy",
    "退改/填报/乙.xlsx": b"gone",
    "核查结果.xlsx": b"old",
}
EDITED = {"报告.docx": b"edited in Word"}
MARKED = {"退改/填报/甲.xlsx": b"notes of ours"}
FORMS = {"填报/甲.xlsx": b"form one", "填报/乙.xlsx": b"form two"}


def _assign(folder: Path) -> None:
    with workspace.lock_folder(folder):
        for name, content in FORMS.items():
            workspace.create_beside(folder / "填报", Path(name).name, content)


def _import(folder: Path) -> None:
    forms = {Path(name).name: content for name, content in FORMS.items()}
    workspace.ensure_folder(folder)
    _lay_imported(folder, KINDS[0], b"register", forms, b"notes")


def _overwrite(folder: Path) -> None:
    lay_files(folder, {"报告模板.docx": b"new", "模板字段表.xlsx": b"new"}, overwrite=True)


STORIES = (
    Story("build", _typed({}), _renew(REPORT), {}),
    Story("build anew", _renew(OLD), _renew(REPORT), {}),
    Story(
        "build twice anew", _in_turn(_renew({"报告.docx": b"1"}), _renew(OLD)), _renew(REPORT), {}
    ),
    Story("build beside an edited one", _in_turn(_renew(OLD), _typed(EDITED)), _renew(REPORT), EDITED),
    Story("build beside a stranger's", _typed(EDITED), _renew(REPORT), EDITED),
    Story("check", _renew(OLD_RESULT, check=True), _renew(RESULT, check=True), {}),
    Story(
        "check beside an edited copy",
        _in_turn(_renew(OLD_RESULT, check=True), _typed(MARKED)),
        _renew(RESULT, check=True),
        MARKED,
    ),
    Story("assign", _typed({"建议台账.xlsx": b"r", "填报/甲.xlsx": b"filled in"}), _assign,
          {"填报/甲.xlsx": b"filled in"}),
    Story("import", _typed({"旧台账.xls": b"ledger"}), _import, {"旧台账.xls": b"ledger"}),
    Story("import beside a register", _typed({"建议台账.xlsx": b"filled in"}), _import,
          {"建议台账.xlsx": b"filled in"}),
    Story("forms", _typed({"报告模板.docx": b"our words"}), _overwrite, {"报告模板.docx": b"our words"}),
    Story(
        "finalize", _typed({"报告（定稿）.docx": b"edited"}),
        lambda folder: workspace.save_new(folder, "报告（定稿）.docx", b"final"),
        {"报告（定稿）.docx": b"edited"},
    ),
)  # fmt: skip
