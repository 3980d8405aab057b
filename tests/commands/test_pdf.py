"""A PDF beside the Word file: by whatever program there is, within its time, never in the Word file's way."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import reportgen
from reportgen.commands.build import BuiltReport
from reportgen.commands.folder import pdf
from reportgen.commands.folder.pdf import BY_HAND, print_pdf
from reportgen.workspace import save_new
from tests.conftest import Lay

NAME = "永安镇2024年度人大代表建议办理情况的报告"
COPIES = 'import sys, shutil; shutil.copy(sys.argv[-1], sys.argv[-2] + "/report.pdf")'
PRINTS = 'import sys; open(sys.argv[-2] + "/report.pdf", "wb").write(b"%PDF-1.7 made")'
Program = Callable[[str], None]
HANGS = (
    "import os, subprocess, sys, time\n"
    'child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])\n'
    'open(os.environ["PIDS"], "w").write(f"{os.getpid()} {child.pid}")\n'
    "time.sleep(60)"
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """``program(code)``: the only office program that is found runs this Python."""

    def install(code: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        path = folder / "soffice"
        path.write_text(f"#!{sys.executable}\n{code}\n")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    return install


def build(folder: Path, *, pdf: bool = True) -> BuiltReport:
    return reportgen.build(folder, folder / "output", pdf=pdf)


def test_the_report_is_printed_beside_it(tmp_path: Path, lay_sample: Lay, program: Program) -> None:
    program(PRINTS)
    folder = lay_sample(tmp_path / "镇")
    built = build(folder)
    assert built.pdf is not None
    assert built.pdf.file is not None
    assert built.pdf.file.path == folder / "output" / f"{NAME}.pdf"
    done = reportgen.finalize(built.document.path, folder, pdf=True)
    assert done.pdf.file.path.name == f"{NAME}（定稿）.pdf"
    assert done.pdf.file.path.read_bytes() == b"%PDF-1.7 made"


def test_the_pdf_of_an_earlier_report_does_not_stay_beside_a_new_one(
    tmp_path: Path,
    lay_sample: Lay,
    program: Program,
) -> None:
    program(PRINTS)
    folder = lay_sample(tmp_path / "镇")
    build(folder)
    build(folder, pdf=False)
    assert not (folder / "output" / f"{NAME}.pdf").exists()
    assert (folder / "output/上一版" / f"{NAME}.pdf").is_file()
    (folder / "output" / f"{NAME}.pdf").write_bytes(b"somebody's")
    build(folder, pdf=False)
    assert (folder / "output" / f"{NAME}.pdf").read_bytes() == b"somebody's"


@pytest.mark.parametrize("code", ["raise SystemExit(1)", "", COPIES])
def test_what_does_not_print_is_said_and_the_word_file_is_there(
    tmp_path: Path,
    lay_sample: Lay,
    program: Program,
    code: str,
) -> None:
    program(code)
    folder = lay_sample(tmp_path / "镇")
    built = build(folder)
    assert built.document.path.is_file()
    assert built.pdf.file is None
    assert built.pdf.problem == f"没有生成 PDF：电脑上的办公软件没有转换成功。{BY_HAND}"


def test_without_a_program_it_is_said_how_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (tmp_path / "x.docx").write_bytes(b"")
    done = print_pdf(tmp_path / "x.docx", lambda name, content: save_new(tmp_path, name, content))
    assert done.problem == f"没有生成 PDF：电脑上没有找到能转换的办公软件。{BY_HAND}"


def test_a_program_that_hangs_ends_with_all_it_has_started(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    program: Program,
) -> None:
    program(HANGS)
    monkeypatch.setenv("PIDS", str(tmp_path / "pids"))
    monkeypatch.setattr(pdf, "SECONDS", 2.0)
    (tmp_path / "x.docx").write_bytes(b"")
    done = print_pdf(tmp_path / "x.docx", lambda name, content: save_new(tmp_path, name, content))
    assert "没有转换成功" in done.problem
    pids = [int(each) for each in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 2
    for _ in range(50):
        if not any(_runs(pid) for pid in pids):
            break
        time.sleep(0.1)
    assert not any(_runs(pid) for pid in pids)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return os.name == "nt"


def test_libreoffice_prints_the_report(tmp_path: Path, sample_report: bytes) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("没有 LibreOffice，跳过需要它的测试")
    (tmp_path / "报告.docx").write_bytes(sample_report)
    done = print_pdf(
        tmp_path / "报告.docx", lambda name, content: save_new(tmp_path, name, content)
    )
    assert done.problem == ""
    assert (tmp_path / "报告.pdf").read_bytes().startswith(b"%PDF")
