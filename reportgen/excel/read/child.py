"""A process apart, in which all foreign workbooks and tables are parsed.

Their parsers (calamine, xlrd, msoffcrypto, expat) obey what stands in a file.  There they have so
much memory and so many seconds; what takes more, or kills the process, is said of that file, and the
run goes on.  One process serves all files: it is started with the command, while pandas is loaded,
and ends with it.  It costs the check of the sample 5 % of CPU time, that of 10,000 items 6 %
(starting, and handing over what was read).

The process is an interpreter of our own (``processes``).  A frozen program has none: there files are
parsed here.
"""

from __future__ import annotations

import atexit
import pickle
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Literal

from reportgen.excel.read.refusal import TOO_LONG, RefusedError
from reportgen.messages import read_message, write_message
from reportgen.processes import NoProcessError, start_interpreter

ParserTask = Literal["workbook", "text"]
"""What a file is parsed as: see ``child_parser``."""
SECONDS = 30.0
"""By the clock, for one file; the process itself counts seconds of work (``child_parser``)."""


def start_process() -> None:
    """Let the process start meanwhile: a file will come."""
    with _LOCK, suppress(NoProcessError):
        _CHILD.start()


def parse_in_child(job: ParserTask, content: bytes) -> object:
    """What the job makes of the file, there; a RefusedError if it ends the process.

    Raises:
        NoProcessError: it has to be done here.
    """
    with _LOCK:
        return _CHILD.ask(job, content)


class _Child:
    """The process, once there is one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = False

    def start(self) -> None:
        """Start it if it does not run; NoProcessError if there is none to be started."""
        if self._process is not None:
            return
        self._process = start_interpreter("reportgen.excel.read.child_parser")

    def ask(self, job: ParserTask, content: bytes) -> object:
        """What it answers; a RefusedError also where it ends over the file."""
        process = self._ready()
        answer = _run_within(SECONDS, lambda: _exchange_messages(process, job, content))
        if answer is not None:
            return pickle.loads(answer)  # noqa: S301 (from our own code, whatever it read)
        was_running = self.stop()
        took_long = was_running or process.returncode == TOO_LONG
        return RefusedError(_SLOW if took_long else _GREEDY)

    def stop(self) -> bool:
        """End the process, which what is asked next starts anew; → whether it was still running."""
        process, self._process, self._is_ready = self._process, None, False
        if process is None:
            return False
        try:
            process.wait(_SOON)  # it may be ending by itself, and says why
            was_running = False
        except subprocess.TimeoutExpired:
            was_running = True
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            _close_stream(stream)
        return was_running

    def end(self) -> None:
        """Stop at once, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self.stop()

    def _ready(self) -> subprocess.Popen[bytes]:
        """The process that has said that it is ready."""
        self.start()
        process = self._process
        assert process is not None
        if not self._is_ready and _run_within(SECONDS, lambda: _receive_answer(process)) is None:
            self.end()
            raise NoProcessError
        self._is_ready = True
        return process


_SOON = 1.0
"""Seconds for a process that is ending."""
_SLOW = "它太费时间，读了很久还没有读完，不像正常的表格"
_GREEDY = "它太费内存，读到一半只好停下，不像正常的表格"


def _exchange_messages(
    process: subprocess.Popen[bytes], job: ParserTask, content: bytes
) -> bytes | None:
    assert process.stdin is not None
    try:
        write_message(process.stdin, job.encode())
        write_message(process.stdin, content)
    except OSError:  # it is not there any more
        return None
    return _receive_answer(process)


def _receive_answer(process: subprocess.Popen[bytes]) -> bytes | None:
    assert process.stdout is not None
    try:
        return read_message(process.stdout)
    except (OSError, ValueError):  # closed meanwhile
        return None


def _run_within(seconds: float, do: Callable[[], bytes | None]) -> bytes | None:
    """What it returns, None if that takes longer: no system waits for a pipe with a limit alike."""
    found: list[bytes | None] = []
    thread = threading.Thread(target=lambda: found.append(do()), daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else None


def _close_stream(stream: IO[bytes] | None) -> None:
    with suppress(OSError):  # what was still to be written has no reader
        if stream is not None:
            stream.close()


_LOCK = threading.Lock()
_CHILD = _Child()

atexit.register(_CHILD.end)
