"""The command line run in this process: what it prints and how it ends, without a start of Python.

That the process does the same is tried in ``test_cli``.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from reportgen.cli import commands


@dataclass(frozen=True)
class Done:
    """How a command ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run_here(*arguments: object, cwd: Path | None = None) -> Done:
    """``reportgen ARGUMENTS`` in the folder ``cwd``."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    command = ["reportgen", *map(str, arguments)]
    with (
        mock.patch.object(sys, "argv", command),
        mock.patch.dict(os.environ),
        chdir(cwd or Path.cwd()),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            commands.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Done(code, out.getvalue(), err.getvalue())
