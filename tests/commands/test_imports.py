"""What each command may load: a library that a command does not need costs every office its time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

DOCUMENT = {"docx", "lxml", "msgspec", "typing_extensions"}
TABLES = {"pandas", "numpy", "dateutil", "chinese_calendar", "openpyxl", "et_xmlfile", "jinja2", "markupsafe"}  # fmt: skip
ALLOWED: tuple[tuple[list[str], set[str]], ...] = (
    (["--help"], set()),
    (["trace", "{report}", "结果.A.件数"], DOCUMENT),
    (["finalize", "{report}", "-o", "{out}"], {"PIL"}),
    (["check", "{folder}", "-o", "{out}"], TABLES),
    (["verify", "{report}", "{folder}"], set()),
    (["build", "{folder}", "-o", "{out}", "--charts", "native"], {"xlsxwriter"}),
    (["build", "{folder}", "-o", "{out}"], set()),
)
"""In this order, in one process: what each may load that none before it has loaded."""
NEVER = {"matplotlib", "python_calamine", "xlrd", "msoffcrypto", "rich"}
"""In this process: pictures are drawn and tables parsed in others, and nobody looks at a terminal."""

CODE = """
import json, sys
from click.testing import CliRunner
from reportgen.cli.commands import commands
for arguments in json.loads(sys.argv[1]):
    before = {name.partition(".")[0] for name in sys.modules}
    done = CliRunner().invoke(commands, arguments)
    new = {name.partition(".")[0] for name in sys.modules} - before
    print(json.dumps([done.exit_code, sorted(new)]))
"""


def test_commands_load_only_what_they_need(
    sample_folder: Path, sample_report: bytes, tmp_path: Path
) -> None:
    report = tmp_path / "报告.docx"
    report.write_bytes(sample_report)
    places = {"report": report, "folder": sample_folder, "out": tmp_path / "结果"}
    commands = [[part.format(**places) for part in arguments] for arguments, _ in ALLOWED]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", CODE, json.dumps(commands)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    ours = {"reportgen", "click", *sys.stdlib_module_names}
    lines = done.stdout.decode().splitlines()
    for (arguments, allowed), line in zip(ALLOWED, lines, strict=True):
        code, loaded = json.loads(line)
        assert code == 0, arguments
        extra = {name for name in loaded if not name.startswith("_")} - ours - allowed
        assert extra <= {"cython_runtime", "defusedxml"}, arguments  # what libraries look for
        assert NEVER.isdisjoint(loaded), arguments
