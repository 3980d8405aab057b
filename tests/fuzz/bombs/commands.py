"""A command on a bomb, in a process of its own: its words, its seconds of CPU, its peak memory."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

import reportgen
from reportgen import workspace
from reportgen.reports import KINDS
from tests.fuzz.bombs.documents import DOCUMENTS, TEMPLATES
from tests.fuzz.bombs.records import RECORDS
from tests.fuzz.bombs.texts import TEXTS
from tests.fuzz.bombs.workbooks import WORKBOOKS

SECONDS, MEMORY, PATIENCE = 10.0, 2**30, 120.0
"""Of CPU, bytes of the process and its children together at their largest, seconds by the clock."""
SENT = "填报/农业农村办公室.xlsx"


@dataclass(frozen=True)
class Bomb:
    """A file, where it is put in a working folder, and the commands that meet it there."""

    name: str
    file: str
    make: Callable[[bytes], bytes]
    commands: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Ended:
    """How one command ended; ``fault`` is empty where it ended well."""

    bomb: str
    command: str
    code: int
    said: str
    cpu: float
    memory: int
    fault: str


def bombs() -> Iterator[Bomb]:
    """All of them, for every door."""
    for name, (ending, make) in WORKBOOKS.items():
        sent = Path(SENT).with_suffix(ending).as_posix()
        yield Bomb(name, sent, _only(make), (("check", "."),))
        if ending == ".xlsx" and name.startswith(("xlsx-", "zip-says")):
            yield Bomb(f"register-{name}", KINDS[0].register_file, _only(make), (("check", "."),))
    for name, (ending, make) in TEXTS.items():
        file = f"旧台账{ending}"
        yield Bomb(name, file, _only(make), (("import-ledger", file, "."),))
    for name in ("xlsx-strings-multiplied", "ods-4m-cells", "xls-mulrk"):
        ending, make = WORKBOOKS[name]
        file = f"旧台账{ending}"
        yield Bomb(f"ledger-{name}", file, _only(make), (("import-ledger", file, "."),))
    for name, change in {**DOCUMENTS, **TEMPLATES}.items():
        yield Bomb(f"as-template-{name}", workspace.TEMPLATE, change, (("build", "."),))
    report = "output/报告.docx"
    for name, change in DOCUMENTS.items():
        after = (("verify", report), ("refresh", report, "."), ("finalize", report, "--force"))
        yield Bomb(f"as-report-{name}", report, change, after)
    for name, make in RECORDS.items():
        yield Bomb(name, "output/输出记录.json", _only(make), (("check", "."), ("build", ".")))
        yield Bomb(f"facts-{name}", "output/facts.json", _only(make), (("build", "."),))


def prepare(folder: Path) -> None:
    """A folder as a year's work has left it: the sample, and its report as 报告.docx."""
    reportgen.init(folder, sample=True)
    run(("build", "."), folder)
    (report,) = (folder / "output").glob("*.docx")
    shutil.copy(report, folder / "output/报告.docx")


def set_off(bomb: Bomb, prepared: Path) -> Iterator[Ended]:
    """Each of its commands, in a copy of the folder."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "永安镇"
        shutil.copytree(prepared, folder)
        place = folder / bomb.file
        old = place.read_bytes() if place.exists() else b""
        if place.parent.name == "填报":
            for each in place.parent.iterdir():
                each.unlink()
        place.write_bytes(bomb.make(old))
        for command in bomb.commands:
            code, said, cpu, memory = run(command, folder)
            fault = _fault(bomb, code, said, cpu, memory)
            yield Ended(bomb.name, command[0], code, said, cpu, memory, fault)


def run(command: tuple[str, ...], folder: Path) -> tuple[int, str, float, int]:
    """Exit code, words, seconds of CPU and the largest memory of a process in it."""
    code = "from reportgen.cli.commands import main; main()"
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *command],
            cwd=folder, stdout=words, stderr=subprocess.STDOUT, env=environment,
        )  # fmt: skip
        usage, memory = _waited(process)
        words.seek(0)
        said = words.read().decode(errors="replace")
    return process.returncode, said, usage.ru_utime + usage.ru_stime, memory


def _waited(process: subprocess.Popen[bytes]) -> tuple[resource.struct_rusage, int]:
    """Until it ends or is stopped; what it used, and the most memory of it and its children."""
    end = time.monotonic() + PATIENCE
    memory = 0
    while True:
        found, status, usage = os.wait4(process.pid, os.WNOHANG)
        if found:
            process.returncode = os.waitstatus_to_exitcode(status)
            return usage, memory
        memory = max(memory, _memory(process.pid))
        if time.monotonic() > end:
            os.kill(process.pid, signal.SIGKILL)
        time.sleep(0.01)


def _memory(process: int) -> int:
    """Bytes in use of a process and its children."""
    with suppress(OSError, psutil.Error):
        parent = psutil.Process(process)
        return sum(each.memory_info().rss for each in (parent, *parent.children()))
    return 0


def _fault(bomb: Bomb, code: int, said: str, cpu: float, memory: int) -> str:
    if code not in (0, 1, 2):
        return f"exit code {code}"
    if "Traceback" in said:
        return "traceback: " + said.strip().splitlines()[-1][:200]
    if not re.search("[一-鿿]{4}", said):
        return "no word of Chinese"
    if cpu > SECONDS:
        return f"{cpu:.0f} s"
    return f"{memory / 2**20:.0f} MB" if memory > MEMORY else ""


def _only(make: Callable[[], bytes]) -> Callable[[bytes], bytes]:
    return lambda _: make()
