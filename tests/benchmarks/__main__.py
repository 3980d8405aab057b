"""``python -m tests.benchmarks [N …]``: times the commands beside the usual way, N = 7, 1,000, 10,000.

Every command runs cold, in a process of its own, on generated data (``tests.generate``); its peak
memory is sampled from outside.  Each number is the median of the repeats.  The usual way
(``usual.py``) builds the same report with pandas, pyplot and docxtpl; ratios are of one run on one
machine, so they may be compared, unlike seconds.  A usual run that takes longer than ten minutes is
stopped and shown as such.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.benchmarks.usual import make_template
from tests.generate import case, files

DEPARTMENTS = {7: 5, 1_000: 20, 10_000: 50}
REPEATS = {7: 5, 1_000: 3, 10_000: 1}
PATIENCE = 600.0
BANNED = ("matplotlib", "docx")
"""What ``--help`` and ``check`` must not import."""


@dataclass(frozen=True)
class Run:
    """One process: seconds (infinite if it was stopped), peak memory in MB, what it printed."""

    seconds: float
    memory: float
    stages: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """All that was measured for one N."""

    check: Run
    build: Run
    usual: Run
    stages: dict[str, float]


def main(sizes: Sequence[int]) -> None:
    """Measure every size and print the tables."""
    measured = {}
    with tempfile.TemporaryDirectory() as scratch:
        for n in sizes:
            measured[n] = measure(n, Path(scratch) / str(n))
        report(measured)
        for command in (["--help"], ["check", str(Path(scratch) / str(sizes[0]))]):
            say(
                f"reportgen {command[0]}: imports {', '.join(imported(command)) or 'none'} of {BANNED}"
            )


def measure(n: int, folder: Path) -> Measured:
    """All commands on one generated folder."""
    lay(n, folder)
    template, repeats = folder / "usual.docx", REPEATS.get(n, 1)
    make_template(template)
    ours = [sys.executable, "-m", "reportgen"]
    module = [sys.executable, "-m"]
    out = folder / "out"
    usual = [*module, "tests.benchmarks.usual", folder, template, folder / "usual-out.docx"]
    stages = [*module, "tests.benchmarks.stages", folder, folder / "stages-out.docx"]
    return Measured(
        median([run([*ours, "check", folder]) for _ in range(repeats)]),
        median([run([*ours, "build", folder, "-o", out]) for _ in range(repeats)]),
        median([run(usual) for _ in range(repeats)]),
        median([run(stages) for _ in range(repeats)]).stages,
    )


def lay(n: int, folder: Path) -> None:
    """Write the generated working folder."""
    for name, content in files(case(n, DEPARTMENTS.get(n, 20))).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def run(command: Sequence[str | Path]) -> Run:
    """Run one command cold; its memory is looked at a hundred times a second."""
    clock, peak = time.perf_counter(), 0
    with tempfile.TemporaryFile() as printed:
        process = psutil.Popen([str(part) for part in command], stdout=printed)
        while process.poll() is None and time.perf_counter() - clock < PATIENCE:
            try:
                peak = max(peak, process.memory_info().rss)
            except psutil.NoSuchProcess:
                break
            time.sleep(0.01)
        if process.poll() is None and time.perf_counter() - clock >= PATIENCE:
            process.kill()
            process.wait()
            return Run(float("inf"), peak / 1e6)
        if process.wait() != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
        seconds = time.perf_counter() - clock
        printed.seek(0)
        text = printed.read().decode(errors="replace")
    return Run(seconds, peak / 1e6, json.loads(text) if text.startswith("{") else {})


def median(runs: Sequence[Run]) -> Run:
    """The run of the middle time, with the highest memory."""
    middle = sorted(runs, key=lambda one: one.seconds)[len(runs) // 2]
    return Run(middle.seconds, max(one.memory for one in runs), middle.stages)


def imported(command: Sequence[str]) -> list[str]:
    """The banned packages that a command imports."""
    code = (
        "import runpy, sys\n"
        f"sys.argv = ['reportgen', *{list(command)!r}]\n"
        "try: runpy.run_module('reportgen', run_name='__main__')\n"
        "except SystemExit: pass\n"
        f"sys.stderr.write(' '.join(m for m in {BANNED!r} if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stderr.split()


def report(measured: dict[int, Measured]) -> None:
    """Print what was measured, then the ratios that are promised."""
    say(f"{'N':>7}{'check':>16}{'build':>16}{'usual way':>16}   build/usual")
    for n, one in measured.items():
        runs = "".join(
            f"{r.seconds:8.2f}s{r.memory:5.0f}MB" for r in (one.check, one.build, one.usual)
        )
        say(f"{n:>7}{runs}   {one.build.seconds / one.usual.seconds:.2f}")
    say("\nseconds by stage (ours | usual)")
    for n, one in measured.items():
        for name, stages in (("ours", one.stages), ("usual", one.usual.stages)):
            say(
                f"{n:>7} {name:6}"
                + "  ".join(f"{key} {value:.2f}" for key, value in stages.items())
            )
    promise(measured)


def promise(measured: dict[int, Measured]) -> None:
    """The ratios that the README speaks of."""
    small, large = measured.get(1_000), measured.get(10_000)
    if small and large:
        say(f"\nbuild 10,000 / build 1,000: {large.build.seconds / small.build.seconds:.1f} (≤ 12)")
    if large:
        usual = large.usual.stages.get("assemble", PATIENCE)
        say(f"build / usual at 10,000: {large.build.seconds / large.usual.seconds:.2f} (≤ 0.6)")
        say(f"peak memory at 10,000: {large.build.memory:.0f} MB (≤ 500)")
        say(f"assemble / docxtpl at 10,000: {large.stages['assemble'] / usual:.2f} (≤ 0.25)")


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or list(DEPARTMENTS))
