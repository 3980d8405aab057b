"""``--pdf``: a Word file printed by the office program that is there; without one it is said how by hand.

Word and WPS are asked through COM on Windows (by PowerShell, so that no module is needed for it),
LibreOffice everywhere else, with a profile of its own, so that an open window of it does not matter.
Whatever goes wrong, the Word file is there already.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import WorkspaceError
from reportgen.workspace import SavedFile

SECONDS = 120.0
"""For one document; a program that takes longer shows a window that nobody sees, or hangs."""
BY_HAND = "请在 Word 或 WPS 中打开报告，用“文件—另存为”（或“导出”“输出为PDF”）存一份 PDF。"


@dataclass(frozen=True)
class PrintedPdf:
    """``file``: the PDF, None where there is none; ``problem`` then says why and what to do."""

    file: SavedFile | None = None
    problem: str = ""


def print_pdf(document: Path, save: Callable[[str, bytes], SavedFile]) -> PrintedPdf:
    """The PDF of a Word file, saved under its name by ``save``; never raises for want of one."""
    tried = False
    for make in _iter_ways():
        tried = True
        with suppress(OSError, subprocess.SubprocessError):
            content = _make_in_folder(make, document)
            if content.startswith(b"%PDF"):
                return _save(document, content, save)
    why = "电脑上的办公软件没有转换成功" if tried else "电脑上没有找到能转换的办公软件"
    return PrintedPdf(problem=f"没有生成 PDF：{why}。{BY_HAND}")


def _save(document: Path, content: bytes, save: Callable[[str, bytes], SavedFile]) -> PrintedPdf:
    try:
        return PrintedPdf(save(f"{document.stem}.pdf", content))
    except WorkspaceError as error:
        return PrintedPdf(problem=f"没有生成 PDF：{error}")


Make = Callable[[Path, Path], None]
"""Makes a PDF of the first file under the name of the second one."""


def _make_in_folder(make: Make, document: Path) -> bytes:
    """In a folder of its own, on a copy: a program may leave something beside what it opens."""
    with tempfile.TemporaryDirectory(prefix="reportgen-", ignore_cleanup_errors=True) as name:
        given, made = Path(name) / "report.docx", Path(name) / "report.pdf"
        given.write_bytes(document.read_bytes())
        make(given, made)
        return made.read_bytes()


def _iter_ways() -> Iterator[Make]:
    if sys.platform == "win32" and (shell := shutil.which("powershell")):
        yield lambda given, made: _print_with_com(shell, given, made)
    if program := _find_libreoffice():
        yield lambda given, made: _print_with_libreoffice(program, given, made)


def _find_libreoffice() -> str | None:
    names = ("soffice", "libreoffice")
    usual = (
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "/opt/libreoffice/program/soffice",
    )
    return next(filter(None, map(shutil.which, (*names, *usual))), None)


def _print_with_libreoffice(program: str, given: Path, made: Path) -> None:
    profile = (made.parent / "profile").as_uri()
    _run_within(
        [
            program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(made.parent), str(given),
        ]
    )  # fmt: skip


_SCRIPT = """
$ErrorActionPreference = 'Stop'
$names = 'WINWORD', 'wps'
$before = @(Get-Process $names -ErrorAction SilentlyContinue | ForEach-Object Id)
foreach ($name in 'Word.Application', 'KWPS.Application', 'WPS.Application') {
  try { $app = New-Object -ComObject $name } catch { continue }
  Get-Process $names -ErrorAction SilentlyContinue | Where-Object { $before -notcontains $_.Id } |
    ForEach-Object { [Console]::Out.WriteLine($_.Id) }
  [Console]::Out.Flush()
  try {
    $app.Visible = $false
    $app.DisplayAlerts = 0
    $document = $app.Documents.Open($env:REPORTGEN_DOCX, $false, $true)
    $document.ExportAsFixedFormat($env:REPORTGEN_PDF, 17)
    $document.Close($false)
    exit 0
  } catch { } finally { $app.Quit() }
}
exit 1
"""
"""Word first, then WPS; it tells the numbers of the processes that it has started."""


def _print_with_com(shell: str, given: Path, made: Path) -> None:
    command = [shell, "-NoProfile", "-NonInteractive", "-Command", _SCRIPT]
    names = {"REPORTGEN_DOCX": str(given), "REPORTGEN_PDF": str(made)}
    _run_within(command, names)


def _run_within(command: Sequence[str], names: Mapping[str, str] | None = None) -> None:
    """Run a program without a window; it and what it has started end with its time.

    Raises:
        OSError: it cannot be started.
        subprocess.TimeoutExpired: it took too long.
    """
    process = subprocess.Popen(  # noqa: S603 (an office program that is installed)
        command, env={**os.environ, **(names or {})}, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    try:
        process.communicate(timeout=SECONDS)
    except BaseException as error:
        said = error.stdout if isinstance(error, subprocess.TimeoutExpired) else b""
        _end_all(process, said or b"")
        raise


def _end_all(process: subprocess.Popen[str], said: bytes | str) -> None:
    """End a program and its children; on Windows also the processes of Word that it has named."""
    if sys.platform == "win32":
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        numbers = [str(process.pid), *(line for line in text.split() if line.isdecimal())]
        for number in numbers:
            subprocess.run(  # noqa: S603
                ["taskkill", "/F", "/T", "/PID", number],  # noqa: S607
                capture_output=True, check=False,
            )  # fmt: skip
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()
