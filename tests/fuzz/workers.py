"""Cases run in processes of their own: at most so long, with at most so much memory, each."""

from __future__ import annotations

import multiprocessing
import os
import resource
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, Queue

from reportgen import processes
from tests.fuzz.cases import Originals, outcome

SECONDS = 10.0
"""Of CPU, so that other work on the machine makes no hang of a case that is only waiting."""
PATIENCE = 6 * SECONDS
"""Seconds by the clock after which a worker that gives no answer is ended."""
MEMORY = 2**30
"""Bytes of address space of a worker, the interpreter and its libraries included."""


def _say_nothing(_: str) -> None: ...


@dataclass
class Tally:
    """How the cases ended: ``counts`` by outcome, ``faults`` by case, the largest peak memory."""

    tell: Callable[[str], None]
    counts: Counter[str] = field(default_factory=Counter)
    faults: dict[int, str] = field(default_factory=dict)
    memory: int = 0
    slowest: float = 0.0

    def add(self, number: int, ended: str, memory: int, seconds: float) -> None:
        """Count one case."""
        self.memory, self.slowest = max(self.memory, memory), max(self.slowest, seconds)
        if ended.startswith("!"):
            self.faults[number] = ended
            self.tell(f"{number}: {ended}")
            ended = ended.split(maxsplit=1)[0]
        self.counts[ended] += 1
        if self.counts.total() % 1000 == 0:
            self.tell(f"{self.counts.total()} done: {dict(self.counts)}")


def run(
    what: str,
    numbers: Iterable[int],
    seed: int,
    originals: Originals,
    *,
    workers: int = 2,
    seconds: float = float("inf"),
    tell: Callable[[str], None] = _say_nothing,
) -> Tally:
    """Run cases of a kind (``cases.KINDS_OF_CASES``) in so many processes, for so many seconds at most.

    ``tell`` gets every fault as soon as it is found, and now and then how many cases are done.
    """
    tally, todo, end = Tally(tell), _shared(numbers), time.monotonic() + seconds
    threads = [
        threading.Thread(target=_supervise, args=(what, todo, seed, originals, tally, end))
        for _ in range(workers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def _shared(numbers: Iterable[int]) -> Queue[int]:
    todo: Queue[int] = Queue()
    for number in numbers:
        todo.put(number)
    return todo


def _supervise(
    what: str, todo: Queue[int], seed: int, originals: Originals, tally: Tally, end: float
) -> None:
    """Feed one worker; one that dies or takes too long is replaced."""
    worker = _Worker(what, seed, originals)
    while time.monotonic() < end:
        try:
            number = todo.get_nowait()
        except Empty:
            break
        ended, memory, seconds = worker.run(number)
        tally.add(number, ended, memory, seconds)
        if ended in _GONE:
            worker = _Worker(what, seed, originals)
    worker.stop()


_GONE = ("!stuck", "!crash")


class _Worker:
    """A process that runs one case after another."""

    def __init__(self, what: str, seed: int, originals: Originals) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, what, seed, originals))
        self._process.start()
        theirs.close()
        self._pipe.recv()  # it is ready

    def run(self, number: int) -> tuple[str, int, float]:
        """Outcome, peak memory in bytes, seconds."""
        try:
            self._pipe.send(number)
            if self._pipe.poll(PATIENCE):
                ended, memory, seconds = self._pipe.recv()
                return "!hang" if seconds > SECONDS else ended, memory, seconds
            ended, seconds = "!stuck", PATIENCE
        except (EOFError, BrokenPipeError, ConnectionResetError):
            ended, seconds = "!crash", 0.0
        self.stop()
        return ended, 0, seconds

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _work(pipe: Connection, what: str, seed: int, originals: Originals) -> None:
    if what != "folder":
        processes.has_interpreter = lambda: False  # this process's limits hold for the parsers too
    originals.prepare(what)
    pipe.send("ready")
    for number in iter(pipe.recv, None):
        case = originals.case(what, seed, number)
        clock = _cpu()
        with _limited():
            ended = outcome(case, originals)
        pipe.send((ended, _peak(), _cpu() - clock))


@contextmanager
def _limited() -> Iterator[None]:
    """Within the limit on memory, which also holds for processes started meanwhile."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted anew
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _cpu() -> float:
    """Seconds of CPU of this process and those it started."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _peak() -> int:
    """The most memory that was in use, in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
