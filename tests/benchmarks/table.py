"""The table of ``README.md``: ``python -m tests.benchmarks.table [N …]``, all ways in turn.

Every way runs cold in a process of its own, in rounds, so that other work on the machine hits all
alike.  Seconds are of CPU, those of processes it starts included.  The peers on Node.js are measured
where ``PEERS`` names a folder in which ``npm install docxtemplater pizzip easy-template-x carbone``
has been run.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx

from tests.benchmarks import same_tables, usual
from tests.benchmarks.__main__ import environment, lay

REPEATS = {7: 5, 1_000: 3}
ENGINES = ("docxtemplater", "easy-template-x", "carbone")
Command = Sequence[str | Path]


def main(sizes: Sequence[int]) -> None:
    """Measure and print, in Markdown."""
    with tempfile.TemporaryDirectory() as scratch:
        for n in sizes:
            folder = Path(scratch) / str(n)
            lay(n, folder)
            measured = measure(make_commands(folder), REPEATS.get(n, 1))
            show(n, measured)


def make_commands(folder: Path) -> Mapping[str, Command]:
    """All ways, by name; what they need is made here and not timed."""
    python: list[str | Path] = [sys.executable, "-m"]
    out, report = folder / "out", folder / "made.docx"
    build: list[str | Path] = [*python, "reportgen", "build", folder, "-o"]
    subprocess.run([*build, folder / "first"], check=True, stdout=subprocess.DEVNULL)
    shutil.copy(next((folder / "first").glob("*.docx")), report)
    usual.make_template(folder / "usual.docx")
    return {
        "usual": [*python, "tests.benchmarks.usual", folder, folder / "usual.docx", folder / "u.docx"],
        "build, pictures": [*build, out / "1"],
        "build, native": [*build, out / "2", "--charts", "native"],
        "check": [*python, "reportgen", "check", folder, "-o", out / "3"],
        "verify": [*python, "reportgen", "verify", report, folder],
        "trace": [*python, "reportgen", "trace", report, "建议.件数"],
        "finalize": [*python, "reportgen", "finalize", report, "--accept-remarks", "-o", out / "4"],
        "floor, pictures": [*python, "tests.benchmarks.floor", folder, folder / "f.docx", "pictures"],
        "floor": [*python, "tests.benchmarks.floor", folder, folder / "f.docx"],
        **make_peers(folder, usual.figures(*usual.read(folder)), USUAL_TABLES),
        **make_peers_of_same_tables(folder, report),
    }  # fmt: skip


USUAL_TABLES = {"行": usual.ANNEX, "部门": usual.UNITS}
FIGURES = ("年度", "总数", "议案", "答复")


def make_peers_of_same_tables(folder: Path, report: Path) -> Mapping[str, Command]:
    """docxtpl and the engines given every table of our report, all its rows."""
    tables = same_tables.take_tables(report)
    data, template = folder / "same.json", folder / "same.docx"
    data.write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
    same_tables.make_template(template, tables)
    module = "tests.benchmarks.same_tables"
    columns = {name: tuple(rows[0]) for name, rows in tables.items()}
    given = {**tables, **dict.fromkeys(FIGURES, "")}
    engines = make_peers(folder, given, columns, "same-")
    return {
        "docxtpl, same tables": [sys.executable, "-m", module, template, data, folder / "tpl.docx"],
        **{f"{name}, same tables": command for name, command in engines.items()},
    }


def make_peers(
    folder: Path, given: Mapping[str, object], tables: Mapping[str, Sequence[str]], prefix: str = ""
) -> Mapping[str, Command]:
    """Engines given what is counted already; they draw nothing and check nothing."""
    if not os.environ.get("PEERS"):
        return {}
    data = folder / f"{prefix}data.json"
    data.write_text(json.dumps(given, ensure_ascii=False, default=str), encoding="utf-8")
    script = Path(__file__).with_name("peers.mjs")
    found: dict[str, Command] = {}
    for engine in ENGINES:
        template = folder / f"{prefix}{engine}.docx"
        make_peer_template(template, tables, carbone=engine == "carbone")
        found[engine] = ["node", script, engine, template, data, folder / "peer.docx"]
    return found


def make_peer_template(path: Path, tables: Mapping[str, Sequence[str]], *, carbone: bool) -> None:
    """The same paragraph and tables, in an engine's own tags."""
    document: Any = docx.Document()
    value = "{{d.{}}}" if carbone else "{{{}}}"
    document.add_paragraph("".join(f"{name}{value.format(name)}" for name in FIGURES))
    for rows, columns in tables.items():
        table = document.add_table(3 if carbone else 2, len(columns), style="Table Grid")
        for at, name in enumerate(columns):
            table.cell(0, at).text = name
            tag = f"{{d.{rows}[i].{name}}}" if carbone else f"{{{name}}}"
            first, last = at == 0 and not carbone, at == len(columns) - 1 and not carbone
            table.cell(
                1, at
            ).text = f"{f'{{#{rows}}}' if first else ''}{tag}{f'{{/{rows}}}' if last else ''}"
            if carbone:
                table.cell(2, at).text = f"{{d.{rows}[i+1].{name}}}"
        document.add_paragraph()
    document.save(path)


def measure(commands: Mapping[str, Command], repeats: int) -> dict[str, tuple[float, float]]:
    """The median CPU seconds and seconds by the clock."""
    rounds = [{name: run(command) for name, command in commands.items()} for _ in range(repeats)]
    return {
        name: (
            statistics.median(each[name][0] for each in rounds),
            statistics.median(each[name][1] for each in rounds),
        )
        for name in commands
    }


def run(command: Command) -> tuple[float, float]:
    """CPU seconds, those of processes that the command has started included, and by the clock."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.DEVNULL, env=environment()
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun


def show(n: int, measured: Mapping[str, tuple[float, float]]) -> None:
    """A table of one size."""
    usual_cpu, usual_clock = measured["usual"]
    sys.stdout.write(
        f"\n{n:,} items\n\n| way | CPU s | of the usual | clock, of the usual |\n|---|---|---|---|\n"
    )
    for name, (cpu, clock) in measured.items():
        sys.stdout.write(
            f"| {name} | {cpu:.2f} | {cpu / usual_cpu:.2f} | {clock / usual_clock:.2f} |\n"
        )
    sys.stdout.flush()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [7, 1_000, 10_000])
