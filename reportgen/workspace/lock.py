"""One command at a time in a folder: a lock that ends with its holder, however that ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reportgen.errors import WorkspaceError
from reportgen.workspace import disk
from reportgen.workspace.faults import writing_to

PATIENCE = 60.0
"""Seconds to wait for another command."""
_PAUSE = 0.05
_NAME = "~$reportgen.lock"


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold a folder that is there; WorkspaceError if another command does not end."""
    path = folder / _NAME
    with writing_to(folder):
        handle = _wait_for_lock(path)
    try:
        yield
    finally:
        with suppress(OSError):
            _release_lock(path, handle)


def _wait_for_lock(path: Path) -> int:
    end = time.monotonic() + PATIENCE
    while (handle := _acquire_lock(path)) is None:
        if time.monotonic() > end:
            raise WorkspaceError(f"“{path.parent}”正由另一个命令使用。请等它结束后再试一次。")
        time.sleep(_PAUSE)
    return handle


if sys.platform == "win32":

    def _acquire_lock(path: Path) -> int | None:
        """The file's being there is the lock; the system removes it with its last handle."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_TEMPORARY
        try:
            return os.open(path, flags)
        except (FileExistsError, PermissionError):
            if not os.access(path.parent, os.W_OK):
                raise
            return None

    def _release_lock(path: Path, handle: int) -> None:  # noqa: ARG001
        os.close(handle)

else:
    import fcntl

    def _acquire_lock(path: Path) -> int | None:
        """A lock on a file that still has its name: the last holder may just have removed it."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:  # a file system without locks: exclusive creation has to do
            return handle
        if _is_named(handle, path):
            return handle
        os.close(handle)
        return None

    def _release_lock(path: Path, handle: int) -> None:
        disk.discard_file(path)
        os.close(handle)

    def _is_named(handle: int, path: Path) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), os.stat(path))  # noqa: PTH116
        except FileNotFoundError:
            return False
