"""The other side of ``child``: parses one file after another, within limits on memory and work."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from reportgen.excel.read import parsing
from reportgen.excel.read.refusal import TOO_LONG, RefusedError
from reportgen.messages import read_message, write_message

MEMORY = 900 * 2**20
"""Bytes of address space, the interpreter included."""
SECONDS = 9.0
"""Of work on one file; waiting for other programs does not count."""
_TICK = 0.2


def serve() -> None:
    """Answer until nothing is asked any more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    limit_memory(MEMORY)
    watch = WorkLimit(SECONDS)
    write_message(answers, b"")
    while (job := read_message(sys.stdin.buffer)) is not None:
        content = read_message(sys.stdin.buffer)
        with watch:
            answer = pickle.dumps(run_job(job.decode(), content or b""), pickle.HIGHEST_PROTOCOL)
        write_message(answers, answer)


def run_job(job: str, content: bytes) -> object:
    """What the job makes of the file, or why it refuses; raises nothing, whatever the bytes are."""
    try:
        return _JOBS[job](content)
    except RefusedError as refused:
        return refused
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 (a panic inside calamine is not an Exception)
        return explain_error(error)


def _parse_workbook(content: bytes) -> object:
    return parsing.parse_workbook(content)


def _parse_text(content: bytes) -> object:
    from reportgen.excel.read import text_files  # noqa: PLC0415 (only import-ledger meets texts)

    return text_files.parse_text(content)


_JOBS: Mapping[str, Callable[[bytes], object]] = {
    "workbook": _parse_workbook,
    "text": _parse_text,
}


class WorkLimit:
    """Ends the process if what is done inside of it takes too much work."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._end = seconds, float("inf")
        threading.Thread(target=self._look, daemon=True).start()

    def __enter__(self) -> None:
        self._end = time.process_time() + self._seconds

    def __exit__(self, *_: object) -> None:
        self._end = float("inf")

    def _look(self) -> None:
        while time.process_time() < self._end:
            time.sleep(_TICK)
        os._exit(TOO_LONG)


def explain_error(error: BaseException) -> RefusedError:
    """What is said of a file at which something else went wrong than a parser's refusal of it.

    Parsers raise anything at damaged files.  A module that is missing or too old is none of the
    file's fault, nor is an AttributeError of our own code.
    """
    if isinstance(error, MemoryError):
        return RefusedError("内存不够，它展开后太大")
    if isinstance(error, ImportError) or (isinstance(error, _OURS) and _is_raised_here(error)):
        return RefusedError(f"程序读它时出了意外，这是软件的问题（{error.__class__.__name__}）")
    return RefusedError()


_OURS = (AttributeError, NameError, AssertionError, NotImplementedError)


def _is_raised_here(error: BaseException) -> bool:
    """Whether it was raised in this package."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return frame is not None and frame.tb_frame.f_globals.get("__name__", "").startswith(_PACKAGE)


_PACKAGE = __name__.partition(".")[0]


def limit_memory(most: int) -> None:
    """No more address space for this process than so many bytes, where the system knows how."""
    if sys.platform == "win32":
        _limit_on_windows(most)
        return
    import resource  # noqa: PLC0415 (not on Windows)

    with suppress(OSError, ValueError):  # not there, or narrower already
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _limit_on_windows(most: int) -> None:
    """A job of this process alone, with a limit on its memory (JOBOBJECT_EXTENDED_LIMIT_INFORMATION).

    Without it the limit on work is left.
    """
    import ctypes  # noqa: PLC0415

    class Basic(ctypes.Structure):
        _fields_ = [
            ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64),
            ("flags", ctypes.c_uint32), ("least", ctypes.c_size_t), ("most", ctypes.c_size_t),
            ("processes", ctypes.c_uint32), ("affinity", ctypes.c_size_t),
            ("priority", ctypes.c_uint32), ("scheduling", ctypes.c_uint32),
        ]  # fmt: skip

    class Extended(ctypes.Structure):
        _fields_ = [
            ("basic", Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t), ("process_peak", ctypes.c_size_t),
            ("job_peak", ctypes.c_size_t),
        ]  # fmt: skip

    system = getattr(ctypes, "windll").kernel32  # noqa: B009 (only there on Windows)
    system.CreateJobObjectW.restype = system.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(system.CreateJobObjectW(None, None))
    limits = Extended()
    limits.basic.flags, limits.process_memory = 0x100, most  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
    size = ctypes.c_uint32(ctypes.sizeof(limits))
    system.SetInformationJobObject(job, 9, ctypes.byref(limits), size)
    system.AssignProcessToJobObject(job, ctypes.c_void_p(system.GetCurrentProcess()))
