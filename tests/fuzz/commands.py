"""Whole commands in a working folder of which one file is damaged; how they must end.

The command line runs in this process, with words, exit code and folder looked at afterwards: nobody
sees a traceback, what people have typed is still there, and every file that was written can be read.
"""

from __future__ import annotations

import io
import json
import random
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import docx
import openpyxl

import reportgen
from reportgen import workspace
from reportgen.cli import commands as cli
from reportgen.commands.check import send_back
from reportgen.commands.standard_files import sentences
from reportgen.reports import KINDS
from tests.fuzz.damage import damaged
from tests.fuzz.json_damage import damaged_json
from tests.support.ledgers import COMPLETE, as_page, as_text, as_xlsx

Command = tuple[str, ...]
REPORT = "output/报告.docx"
SENT = "填报/农业农村办公室.xlsx"
CHECKING: tuple[Command, ...] = (
    ("check", "."),
    ("build", "."),
    ("build", ".", "--draft"),
    ("status", "."),
)
WORDS: tuple[Command, ...] = (("build", "."), ("fields", "."), ("refresh", REPORT, "."))
LEDGERS = ("旧台账.xlsx", "旧台账.csv", "旧台账.xls")
COMMANDS: Mapping[str, tuple[Command, ...]] = {
    KINDS[0].register_file: (*CHECKING, ("assign", "."), ("forms", ".", "--overwrite"), ("init", "../下一年", "--from", ".")),
    SENT: (*CHECKING, ("assign", "."), ("refresh", REPORT, ".")),
    workspace.TEMPLATE: WORDS,
    workspace.SENTENCES: WORDS,
    REPORT: (
        ("verify", REPORT, "."), ("verify", REPORT, "--comments"), ("refresh", REPORT, "."),
        ("finalize", REPORT, "--force"), ("trace", REPORT), ("trace", REPORT, "结果.A.件数"),
        ("proofread", REPORT),
    ),
    "output/输出记录.json": CHECKING,
    "output/facts.json": CHECKING,
    **{name: (("import-ledger", name, "新"), ("import-ledger", name, ".")) for name in LEDGERS},
}  # fmt: skip
"""By the file that is damaged, the commands that meet it."""


def files() -> Mapping[str, bytes]:
    """A folder as a year's work has left it: the sample, its report, and old ledgers."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "永安镇"
        reportgen.init(folder, sample=True)
        sentences(folder)
        send_back(reportgen.check(folder), folder, folder / "output")
        built = reportgen.build(folder, folder / "output")
        assert built.document is not None
        shutil.copy(built.document.path, folder / REPORT)
        return {
            **{path.relative_to(folder).as_posix(): path.read_bytes()
               for path in folder.rglob("*") if path.is_file()},
            "旧台账.xlsx": as_xlsx(COMPLETE),
            "旧台账.csv": as_text(COMPLETE, "gb18030"),
            "旧台账.xls": as_page(COMPLETE),
        }  # fmt: skip


def damaged_file(rng: random.Random, whole: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Which file, and what becomes of it."""
    name = rng.choice(list(COMMANDS))
    change = damaged_json if name.endswith(".json") else damaged
    return name, change(rng, whole[name])


def judge(name: str, content: bytes, number: int, whole: Mapping[str, bytes]) -> str:
    """How a command on the damaged folder ended; begins with ``!`` if it must not end so."""
    there = {**whole, name: content}
    command = COMMANDS[name][number % len(COMMANDS[name])]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "永安镇"
        for path, data in there.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        code, said = run(command, folder)
        wrong = _wrong(code, said) or _lost(folder, there) or _unreadable(folder, there)
    return f"!{command[0]} {wrong}" if wrong else f"{command[0]} {code}"


def run(command: Command, folder: Path) -> tuple[int, str]:
    """Exit code and words of a command given in that folder."""
    words = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    code: object = None
    try:
        with (
            chdir(folder),
            mock.patch.object(sys, "argv", ["reportgen", *command]),
            redirect_stdout(words), redirect_stderr(words),
        ):  # fmt: skip
            cli.main()
    except SystemExit as end:
        code = end.code
    words.seek(0)
    return int(str(code or 0)), words.read()


def _wrong(code: int, said: str) -> str:
    if code not in (0, 1, 2):
        return f"exit code {code}"
    if "Traceback" in said or "这是软件的问题" in said:
        lines = [line.strip() for line in said.strip().splitlines()]
        places = [line for line in lines if line.startswith("File ")]
        return "traceback: " + " ".join([*places[-4:], *lines[-3:]])[:400]
    return "" if re.search("[一-鿿]{4}", said) else "no word of Chinese"


def _lost(folder: Path, there: Mapping[str, bytes]) -> str:
    """What people have typed is where it was; of outputs that are ours the bytes are somewhere."""
    now = {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for name, content in there.items():
        is_ours = name.startswith("output/") or name == workspace.FIELD_LIST
        if not is_ours and (folder / name).read_bytes() != content:
            if (
                name in (workspace.TEMPLATE, workspace.SENTENCES, KINDS[0].register_file)
                and content in now
            ):
                continue  # forms --overwrite puts it aside
            return f"{name} is changed"
        if name == REPORT and content and content not in now:
            return f"{name} is lost"
    return ""


def _unreadable(folder: Path, there: Mapping[str, bytes]) -> str:
    """A file written now that others cannot read; a report that they could not read is no worse."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and there.get(name) != path.read_bytes() and "上一版" not in name:
            fault = _fault(name, path.read_bytes())
            if fault and not (path.suffix == ".docx" and _fault(REPORT, there[REPORT])):
                return f"{name} cannot be read: {fault}"
    return ""


def _fault(name: str, content: bytes) -> str:
    """Why a file of that name cannot be read."""
    try:
        if name.startswith(MARKED):
            assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        else:
            _READERS.get(Path(name).suffix, bytes)(content)
    except Exception as error:  # noqa: BLE001
        return repr(error)
    return ""


MARKED = "output/退改/"
"""Copies of somebody's own workbooks, whose oddities stay in them."""
_READERS: Mapping[str, Callable[[bytes], object]] = {
    ".json": json.loads,
    ".xlsx": lambda content: openpyxl.load_workbook(io.BytesIO(content), read_only=True).close(),
    ".docx": lambda content: docx.Document(io.BytesIO(content)),
}
