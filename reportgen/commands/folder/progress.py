"""How far a command is: told step by step to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Told how many steps of how many are done, and what the next one is: a file's name, 核对."""


STEPS = ("统计", "排版和作图", "保存")
"""What a command that makes a document does after it has read and checked."""


class Steps:
    """Tells a command's progress: reading and checking, and after it STEPS, one by one."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._read, self._next = progress, 0, 0

    def reading(self, done: int, total: int, name: str) -> None:
        """As ``Progress``, of reading and checking."""
        self._read = total
        self._progress(done, total + len(STEPS), name)

    def next(self) -> None:
        """The next one of STEPS begins."""
        self._progress(self._read + self._next, self._read + len(STEPS), STEPS[self._next])
        self._next += 1
