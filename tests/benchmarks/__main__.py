"""Times the commands beside the usual way: ``python -m tests.benchmarks [N …]``.

N is the number of suggestions: 7, 1,000 and 10,000 unless given.  Every command runs cold, in a
process of its own, on generated data (``tests.support.generate``); its time and peak memory are watched
from outside.  Each number is the median of the repeats.  ``s`` are seconds by the clock; ratios
and stages are of CPU seconds, so that other work on the machine hardly matters.

The usual way (``usual.py``) builds the same report with pandas, pyplot and docxtpl and checks
nothing; the usual check (``usual_check.py``) is pandas and pandera.  ``large.py`` goes on to 50,000
rows.  A run that takes longer than ten minutes is stopped and shown as ``inf``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from tests.benchmarks.usual import make_template
from tests.support.generate import case, files

DEPARTMENTS = {7: 5, 1_000: 20, 10_000: 50}
REPEATS = {7: 5, 1_000: 3, 10_000: 1}
PATIENCE = 600.0
BANNED = ("matplotlib", "docx")
"""What ``--help`` and ``check`` must not import."""


@dataclass(frozen=True)
class Run:
    """One process: seconds by the clock (infinite if it was stopped) and of CPU, peak memory in MB,
    the seconds of CPU by stage if it printed them."""

    seconds: float
    cpu: float
    memory: float
    stages: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """All that was measured for one N."""

    check: Run
    build: Run
    usual: Run
    usual_check: Run
    stages: dict[str, float]


def main(sizes: Sequence[int]) -> None:
    """Measure every size and print the tables."""
    measured = {}
    with tempfile.TemporaryDirectory() as scratch:
        for n in sizes:
            measured[n] = measure(n, Path(scratch) / str(n))
        report(measured)
        folder = str(Path(scratch) / str(sizes[0]))
        for command in (["--help"], ["check", folder, "-o", f"{folder}/out"]):
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
    check, usual_check = side_by_side(
        [*ours, "check", folder, "-o", out],
        [*module, "tests.benchmarks.usual_check", folder, folder / "failures.xlsx"],
    )
    return Measured(
        check,
        median([run([*ours, "build", folder, "-o", out]) for _ in range(repeats)]),
        median([run(usual) for _ in range(repeats)]),
        usual_check,
        median([run(stages) for _ in range(repeats)]).stages,
    )


def side_by_side(*commands: Sequence[str | Path], repeats: int = 3) -> list[Run]:
    """The medians of commands run in turn, so that other work on the machine hits them alike."""
    rounds = [[run(command) for command in commands] for _ in range(repeats)]
    return [median(runs) for runs in zip(*rounds, strict=True)]


def lay(n: int, folder: Path, departments: int = 0) -> None:
    """Write the generated working folder."""
    for name, content in files(case(n, departments or DEPARTMENTS.get(n, 20))).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def run(command: Sequence[str | Path]) -> Run:
    """Run one command cold, looked at a hundred times a second."""
    clock, cpu, peak = time.perf_counter(), 0.0, 0
    with tempfile.TemporaryFile() as printed:
        process = psutil.Popen([str(part) for part in command], stdout=printed, env=environment())
        while process.poll() is None:
            if time.perf_counter() - clock > PATIENCE:
                process.kill()
                return Run(float("inf"), float("inf"), peak / 1e6)
            with suppress(psutil.NoSuchProcess), process.oneshot():
                used = process.cpu_times()
                cpu, peak = used.user + used.system, max(peak, process.memory_info().rss)
            time.sleep(0.01)
        seconds = time.perf_counter() - clock
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
        printed.seek(0)
        text = printed.read().decode(errors="replace")
    return Run(seconds, cpu, peak / 1e6, json.loads(text) if text.startswith("{") else {})


def environment() -> dict[str, str]:
    """Ours, but compiled modules are kept from run to run, as they are for every user."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def median(runs: Sequence[Run]) -> Run:
    """The run of the middle time, with the highest memory."""
    middle = sorted(runs, key=lambda one: one.cpu)[len(runs) // 2]
    return replace(middle, memory=max(one.memory for one in runs))


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
    heads = ("check", "usual check", "build", "usual way")
    say(f"{'N':>7}{''.join(f'{head:>24}' for head in heads)}   check/usual  build/usual")
    for n, one in measured.items():
        runs = "".join(
            f"{r.seconds:7.2f}s {r.cpu:6.2f}cpu {r.memory:4.0f}MB"
            for r in (one.check, one.usual_check, one.build, one.usual)
        )
        ratios = one.check.cpu / one.usual_check.cpu, one.build.cpu / one.usual.cpu
        say(f"{n:>7}{runs}   {ratios[0]:11.2f}  {ratios[1]:11.2f}")
    say("\nCPU seconds by stage")
    for n, one in measured.items():
        for name, stages in (("ours", one.stages), ("usual", one.usual.stages)):
            cells = "  ".join(f"{key} {value:.2f}" for key, value in stages.items())
            say(f"{n:>7} {name:6}{cells}")
    promise(measured)


def promise(measured: dict[int, Measured]) -> None:
    """The ratios that are aimed at."""
    small, large = measured.get(1_000), measured.get(10_000)
    if small and large:
        say(f"\nbuild 10,000 / build 1,000: {large.build.cpu / small.build.cpu:.1f} (≤ 12)")
    if large:
        usual = large.usual.stages.get("assemble", PATIENCE)
        say(f"check / usual at 10,000: {large.check.cpu / large.usual_check.cpu:.2f} (≤ 0.33)")
        say(f"build / usual at 10,000: {large.build.cpu / large.usual.cpu:.2f} (≤ 0.6)")
        say(f"peak memory at 10,000: {large.build.memory:.0f} MB (≤ 500)")
        say(f"assemble / docxtpl at 10,000: {large.stages['assemble'] / usual:.2f} (≤ 0.25)")


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or list(DEPARTMENTS))
