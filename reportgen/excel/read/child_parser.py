"""The other side of ``child``: parses one file after another, within limits on memory and work."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from contextlib import suppress

from reportgen.excel.read import child, reader
from reportgen.excel.read.refusal import RefusedError

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
    watch = Watch(SECONDS)
    child.write_message(answers, b"")
    while (content := child.read_message(sys.stdin.buffer)) is not None:
        with watch:
            answer = pickle.dumps(_answer(content), pickle.HIGHEST_PROTOCOL)
        child.write_message(answers, answer)


class Watch:
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
        os._exit(child.TOO_LONG)


def _answer(content: bytes) -> child.Answer:
    try:
        return child.Answer(reader.parse(content))
    except RefusedError as refused:
        return child.Answer(refused=(refused.reason, refused.code))
    except BaseException as error:  # noqa: BLE001 (said of the file, whatever it is)
        found = reader.unforeseen(error)
        return child.Answer(refused=(found.reason, found.code))


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
