"""Large intake: ``python -m tests.benchmarks.large [N …]``, N being 10,000 and 50,000 unless given.

``check`` on generated cases of 50 departments (10,000 is 200 items for each), and the same
validation the usual way (``usual_check.py``, up to 10,000).  Every command runs cold, in a process
of its own, with its modules compiled beforehand as they are once installed; ratios are of CPU
seconds.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.__main__ import Run, lay, run, say, side_by_side

USUAL_UP_TO = 10_000


def main(sizes: Sequence[int]) -> None:
    """Measure every size and print what is promised."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{scratch}/compiled"
        measure(7, Path(scratch) / "first")
        measured = {n: measure(n, Path(scratch) / str(n)) for n in sizes}
    for n, (check, usual) in measured.items():
        say(f"{n:>7}  check {shown(check)}   usual {shown(usual) if usual else '—'}")
    ours, large = measured.get(10_000), measured.get(50_000)
    if ours and ours[1]:
        say(f"check / usual at 10,000: {ours[0].cpu / ours[1].cpu:.2f} (≤ 0.33)")
    if ours and large:
        say(f"check 50,000 / 10,000: {large[0].cpu / ours[0].cpu:.1f} (≤ 6)")


def measure(n: int, folder: Path) -> tuple[Run, Run | None]:
    """``check`` and, if the case is not too large, the usual way."""
    lay(n, folder, departments=50)
    module = [sys.executable, "-m"]
    check = [*module, "reportgen", "check", folder, "-o", folder / "out"]
    if n > USUAL_UP_TO:
        return run(check), None
    usual = [*module, "tests.benchmarks.usual_check", folder, folder / "failures.xlsx"]
    ours, theirs = side_by_side(check, usual)
    return ours, theirs


def shown(one: Run) -> str:
    """Seconds and memory."""
    return f"{one.seconds:6.2f}s {one.cpu:6.2f}cpu {one.memory:4.0f}MB"


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [10_000, 50_000])
