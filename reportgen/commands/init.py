"""``init``: a working folder set up, blank, with the sample, or from the year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reportgen import workspace
from reportgen.commands.check import check
from reportgen.commands.folder.template import choose_template_file, make_default_template
from reportgen.commands.kinds import kind_named
from reportgen.commands.standard_files import (
    LaidFiles,
    lay_files,
    make_register_form,
    make_sample_case,
    make_sample_field_list,
)
from reportgen.errors import ReportgenError, WorkspaceError
from reportgen.reports.kind import ReportKind
from reportgen.steps import Step


def init(folder: Path, *, sample: bool = False, kind: ReportKind | None = None) -> LaidFiles:
    """Set up a working folder, blank or with the sample case; existing files stay.

    Raises:
        ReportgenError: a sample is asked for, and this kind of report has none.
    """
    kind = kind or kind_named()
    if sample and kind.sample is None:
        raise ReportgenError(f"“{kind.name}”没有示例。{Step.BLANK_FOR_SAMPLE}工作目录。")
    filled = make_sample_case(kind) if sample else _make_blank_register(kind)
    laid = _set_up_folder(folder, make_default_template(kind), make_sample_field_list(kind), filled)
    return replace(laid, register=kind.register_file)


def init_from(folder: Path, before: Path) -> LaidFiles:
    """Set up the working folder of a year with what carries over from that of the year ``before``.

    Its template and its own sentences come along.  Existing files stay.

    Raises:
        WorkspaceError: a file of the year before cannot be read at present: what it holds would be
            missing, and the next run would leave it so.
        ReportgenError: nothing carries over of this kind of report.
    """
    last = check(before)
    kind = last.kind
    if kind.carry_over is None:
        raise ReportgenError(f"“{kind.name}”不能沿用上年的目录。{Step.BLANK_FOR_NEXT}工作目录。")
    for file in last.files:
        if file.content is None:
            raise WorkspaceError(file.problem)
    carried = kind.carry_over(last.dataset, sound=not last.errors)
    filled = {kind.register_file: make_register_form(kind, carried.register)}
    own = workspace.read_sentences(before, None)
    filled |= {own.name: own.content or b""} if own else {}
    names = make_sample_field_list(kind)
    laid = _set_up_folder(folder, choose_template_file(before, None, kind), names, filled)
    is_new = folder / kind.register_file in laid.written
    return replace(laid, register=kind.register_file, notes=carried.notes if is_new else ())


def _make_blank_register(kind: ReportKind) -> Mapping[str, bytes]:
    return {kind.register_file: make_register_form(kind, kind.starter)}


def _make_click_commands() -> dict[str, bytes]:
    """核查.cmd and 生成报告.cmd: ASCII inside, whatever code page the console has."""
    return {
        "核查.cmd": _make_click_command("check"),
        "生成报告.cmd": _make_click_command("build"),
    }


def _make_click_command(verb: str) -> bytes:
    """Runs the virtual environment above the folder if there is one, else the installed Python.

    Nothing that lies beside the register is executed: no program there (the shell looks into its own
    folder first), no environment, and no module (``-P``).
    """
    lines = [
        "@echo off",
        'set "NoDefaultCurrentDirectoryInExePath=1"',
        'set "PY=py"',
        'if exist "%~dp0..\\.venv\\Scripts\\python.exe" set "PY=%~dp0..\\.venv\\Scripts\\python.exe"',
        f'"%PY%" -P -m reportgen {verb} "%~dp0."',
        "pause",
    ]
    return "\r\n".join([*lines, ""]).encode("ascii")


def _set_up_folder(
    folder: Path, template: bytes, field_list: bytes, filled: Mapping[str, bytes]
) -> LaidFiles:
    """A working folder of this template and these workbooks; existing files stay."""
    content = {
        workspace.TEMPLATE: template,
        workspace.FIELD_LIST: field_list,
        **_make_click_commands(),
        **filled,
    }
    return lay_files(folder, content, overwrite=False)
