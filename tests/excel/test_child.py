"""Foreign tables are parsed in a process apart: within limits, and nothing else runs there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportgen
from reportgen.excel.read import child, child_parser, reader
from reportgen.excel.read.refusal import TOO_LONG, RefusedError
from reportgen.processes import start_interpreter
from tests.excel.test_containers import HEAD, ROW, biff, rows
from tests.support.ole import ole

SOUND = ole({"Workbook": biff([HEAD, ROW])})


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    child._CHILD.end()
    yield
    child._CHILD.end()


@pytest.fixture
def obeying(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process runs, instead of parsing, what stands in the file."""
    monkeypatch.setattr(
        child, "start_interpreter", lambda _: start_interpreter("tests.support.obeying_parser")
    )


def asked(code: str) -> object:
    return reader.parse_apart("workbook", code.encode())


def test_one_process_serves_all_files() -> None:
    assert rows(SOUND) == [HEAD, ROW]
    first = child._CHILD._process
    assert first is not None
    assert first.pid != os.getpid()
    assert rows(SOUND) == [HEAD, ROW]
    assert child._CHILD._process is first


def test_a_refusal_is_the_same_there_and_here(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = [SOUND[:3000], ole({"WordDocument": b"\xec\xa5\xc1\0"}), ole({"x": b""})]
    there = [reader.read_workbook(content, "x.xls") for content in broken]
    assert child._CHILD._process is not None
    child._CHILD.end()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert [reader.read_workbook(content, "x.xls") for content in broken] == there
    assert rows(SOUND) == [HEAD, ROW]
    assert child._CHILD._process is None  # a frozen program does not start itself


@pytest.mark.usefixtures("obeying")
def test_what_kills_the_process_is_said_of_the_file_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(RefusedError, match="内存"):
        asked("__import__('os')._exit(139)")
    with pytest.raises(RefusedError, match="费时间"):
        asked(f"__import__('os')._exit({TOO_LONG})")
    assert asked("1 + 1") == 2
    monkeypatch.setattr(child, "SECONDS", 0.2)
    with pytest.raises(RefusedError, match="费时间"):
        asked("__import__('time').sleep(60)")
    monkeypatch.setattr(child, "SECONDS", 30.0)
    assert asked("2 + 2") == 4


@pytest.mark.usefixtures("obeying")
@pytest.mark.skipif(sys.platform != "linux", reason="内存上限（RLIMIT_AS）只在 Linux 上可设")
def test_memory_is_limited_there_only() -> None:
    with pytest.raises(RefusedError, match="内存不够"):
        asked("bytes(2 * 10**9)")
    assert asked("len(bytes(10**8))") == 10**8


@pytest.mark.usefixtures("obeying")
def test_our_own_faults_are_said_to_be_ours() -> None:
    with pytest.raises(RefusedError, match="这是软件的问题"):
        asked("__import__('没有这个模块')")
    with pytest.raises(RefusedError, match="已损坏"):
        asked("{}['没有']")


def test_too_much_work_ends_the_process() -> None:
    code = "from reportgen.excel.read.child_parser import WorkLimit\nwith WorkLimit(0.1):\n    while True: pass"
    ended = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert ended.returncode == TOO_LONG
    assert child_parser.SECONDS < child.SECONDS


def test_no_script_of_the_caller_is_run_again_and_nothing_beside_the_register(
    tmp_path: Path,
) -> None:
    script = (
        "import pathlib, sys\n"
        "with open('runs.txt', 'a') as runs: runs.write('x')\n"
        "from reportgen.excel.read import reader\n"
        "book, _ = reader.read_workbook(pathlib.Path('a.xls').read_bytes(), 'a.xls')\n"
        "assert book is not None\n"
    )
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    (tmp_path / "a.xls").write_bytes(SOUND)
    (tmp_path / "xlrd.py").write_text("open('planted.txt', 'w')", encoding="utf-8")
    run = subprocess.run([sys.executable, "-P", "script.py"], cwd=tmp_path, check=False, timeout=60)
    assert run.returncode == 0
    assert (tmp_path / "runs.txt").read_text(encoding="utf-8") == "x"
    assert not (tmp_path / "planted.txt").exists()


def test_every_foreign_table_is_parsed_there_and_nothing_that_parses_is_loaded_here(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.csv").write_text("编号,标题\n1,甲", encoding="utf-8")
    reportgen.init(tmp_path / "永安镇", sample=True)
    code = (
        "import pathlib, sys\n"
        "from reportgen.excel.read import foreign_files as foreign, reader\n"
        "book, _ = reader.read_workbook(pathlib.Path('永安镇/建议台账.xlsx').read_bytes(), 'a.xlsx')\n"
        "text = foreign.read_foreign_file(pathlib.Path('a.csv').read_bytes(), 'a.csv').workbook\n"
        "assert book is not None and text is not None\n"
        "print([name for name in ('python_calamine', 'xlrd', 'olefile') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, timeout=60
    )
    assert run.stdout.strip() == b"[]"


def test_the_process_loads_little() -> None:
    code = (
        "import json, sys\n"
        f"sys.path[:] = {sys.path!r}\n"
        "from reportgen.excel.read import child_parser\n"
        "print(json.dumps([*sys.modules]))"
    )
    run = subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, capture_output=True)
    modules = set(json.loads(run.stdout))
    ours = {name.removeprefix("reportgen.") for name in modules if name.startswith("reportgen.")}
    assert {name for name in ours if not name.startswith("excel")} == {
        "archive", "errors", "messages", "ole", "raw",
    }  # fmt: skip
    assert not modules & {"subprocess", "numpy", "openpyxl"}


def test_a_process_that_is_expected_has_started_before_it_is_asked() -> None:
    child.start_process()
    started = child._CHILD._process
    assert started is not None
    child.start_process()
    assert rows(SOUND) == [HEAD, ROW]
    assert child._CHILD._process is started
