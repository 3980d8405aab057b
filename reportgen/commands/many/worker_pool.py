"""Processes kept warm that do one task after another; one that dies is told of its task."""

from __future__ import annotations

import contextvars
import gc
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from reportgen.messages import read_message, write_message
from reportgen.processes import NoProcessError, has_interpreter, start_interpreter
from reportgen.steps import speak_as_page, speaks_as_page

SECONDS = 900.0
"""By the clock, for one folder."""


@dataclass(frozen=True)
class Limits:
    """What one task may take: ``seconds`` by the clock; ``memory``: bytes of its process, 0 for any."""

    seconds: float = SECONDS
    memory: int = 0


NO_LIMITS = Limits()
"""But that a folder is done some time."""

_TICK = 0.2
_TURNS = 25
"""After so many reports what is no longer needed is looked for."""


Result_co = TypeVar("Result_co", covariant=True)
Result = TypeVar("Result")


class PooledTask(Protocol[Result_co]):
    """One folder's work; it goes to another process as a value and never raises."""

    @property
    def name(self) -> str:
        """The folder's, as it is told."""

    def run(self) -> Result_co:
        """Do it."""

    def explain_death(self, seconds: float, *, too_long: bool) -> Result_co:
        """What is said where the process ended at it."""


def count_workers(asked: int | None, tasks: int) -> int:
    """How many processes: as asked for, else one for each core; no more than there are tasks."""
    return min(os.cpu_count() or 1 if asked is None else asked, tasks)


def run_tasks(
    tasks: Sequence[PooledTask[Result]], workers: int, limits: Limits = NO_LIMITS
) -> Iterator[Result]:
    """What becomes of each task, as they are done; ``workers``: processes, 0 for this one alone.

    A caller that stops ends the processes; no report is left half-written.
    """
    if not workers or not has_interpreter():
        yield from (task.run() for task in tasks)
        return
    waiting: queue.SimpleQueue[PooledTask[Result]] = queue.SimpleQueue()
    answers: queue.SimpleQueue[Result] = queue.SimpleQueue()
    for task in tasks:
        waiting.put(task)
    pool = [_Worker(waiting, answers, limits) for _ in range(workers)]
    try:
        for _ in tasks:
            yield _next_answer(answers, pool)
    finally:
        for worker in pool:
            worker.end()


def serve() -> None:
    """The other side: answer until nothing is asked any more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    gc.disable()
    for number in range(sys.maxsize):
        asked = read_message(sys.stdin.buffer)
        if asked is None:
            return
        in_page, memory, task = pickle.loads(asked)  # noqa: S301 (from our own code)
        speak_as_page(in_page)
        if memory:
            from reportgen.excel.read.child_parser import limit_memory  # noqa: PLC0415

            limit_memory(memory)
        report = task.run()
        write_message(answers, pickle.dumps(report))
        if number == 0:
            gc.freeze()  # the modules
        if number % _TURNS == 0:
            gc.collect()


def _next_answer(answers: queue.SimpleQueue[Result], pool: Sequence[_Worker[Result]]) -> Result:
    """Wait in short steps: a long one cannot be interrupted everywhere."""
    while True:
        with suppress(queue.Empty):
            return answers.get(timeout=_TICK)
        for worker in pool:
            worker.stop_if_late()


class _Worker(Generic[Result]):
    """A thread with a process of its own, which takes what is waiting."""

    def __init__(
        self, waiting: queue.SimpleQueue[PooledTask[Result]], answers: queue.SimpleQueue[Result],
        limits: Limits,
    ) -> None:  # fmt: skip
        self._waiting, self._answers, self._limits = waiting, answers, limits
        self._process: subprocess.Popen[bytes] | None = None
        self._begun: float | None = None
        self._ended = False
        self._was_late = False
        thread = contextvars.copy_context()  # it speaks as ours does
        threading.Thread(target=thread.run, args=(self._run,), daemon=True).start()

    def end(self) -> None:
        """Stop, whatever is being done; a report appears whole or not at all."""
        self._ended = True
        process = self._process
        if process is not None:
            process.kill()
            process.wait()

    def stop_if_late(self) -> None:
        """End the process if a folder takes it too long."""
        begun, process = self._begun, self._process
        if (
            begun is not None
            and process is not None
            and time.monotonic() - begun > self._limits.seconds
        ):
            self._was_late = True
            process.kill()

    def _run(self) -> None:
        while not self._ended:
            try:
                task = self._waiting.get_nowait()
            except queue.Empty:
                break
            self._answers.put(self._do(task))
        self._leave()

    def _do(self, task: PooledTask[Result]) -> Result:
        self._begun, self._was_late = time.monotonic(), False
        try:
            answer = self._ask(task)
        except NoProcessError:
            return task.run()
        seconds, self._begun = time.monotonic() - self._begun, None
        if answer is not None:
            report: Result = pickle.loads(answer)  # noqa: S301 (from our own code)
            return report
        self._leave()
        return task.explain_death(seconds, too_long=self._was_late)

    def _ask(self, task: PooledTask[Result]) -> bytes | None:
        if self._process is None:
            self._process = start_interpreter(__name__)
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            write_message(
                process.stdin, pickle.dumps((speaks_as_page(), self._limits.memory, task))
            )
            return read_message(process.stdout)
        except (OSError, ValueError):  # it is not there any more
            return None

    def _leave(self) -> None:
        """Let the process end, which it does when nothing more comes."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        process.wait()
