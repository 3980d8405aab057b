"""Every command, once: its last line says the next step, and it loads only what it needs.

A library that a command does not need costs every office its time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from reportgen.cli.commands import commands
from tests.conftest import Lay
from tests.support.letters import Round

DOCUMENT = {"lxml", "msgspec", "typing_extensions"}
TABLES = {"pandas", "numpy", "dateutil", "chinese_calendar"}
TEMPLATES = {"jinja2", "markupsafe"}
WORKBOOKS = {"openpyxl", "et_xmlfile"}
ALLOWED: tuple[tuple[list[str], set[str]], ...] = (
    (["--help"], set()),
    (["proofread", "{text}"], set()),
    (["trace", "{report}", "建议.件数"], DOCUMENT),
    (["finalize", "{report}", "-o", "{out}/一"], {"PIL", "docx"}),
    (["fields", "{folder}"], TABLES | TEMPLATES | {"xlsxwriter"}),
    (["check", "{folder}", "-o", "{out}/核查"], set()),
    (["verify", "{report}", "{folder}"], set()),
    (["build", "{folder}", "-o", "{out}/图", "--charts", "native"], set()),
    (["build", "{folder}", "-o", "{out}/图片"], set()),
    (["refresh", "{report}", "{folder}"], set()),
    (["finalize", "{report}", "{folder}"], set()),
    (["init", "{root}/新"], WORKBOOKS),
    (["sentences", "{folder}"], set()),
    (["forms", "{root}/表样"], set()),
    (["import-ledger", "{ledger}", "{root}/导入"], set()),
    (["assign", "{folder}"], set()),
    (["status", "{folder}"], set()),
    (["cards", "{folder}"], set()),
    (["review", "{folder}"], {"pypinyin"}),
    (["papers", "{folder}"], set()),
    (["publish", "{folder}"], set()),
    (["batch", "{towns}", "-o", "{out}/批量"], set()),
    (["rollup", "{towns}", "-o", "{out}/汇总"], set()),
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
    print(json.dumps([done.output, sorted(new)]))
"""


def test_every_command_ends_with_the_next_step_and_loads_only_what_it_needs(
    lay_sample: Lay, sample_report: bytes, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", CODE, json.dumps(lay(tmp_path, lay_sample, sample_report))],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    ours = {"reportgen", "click", *sys.stdlib_module_names}
    lines = done.stdout.decode().splitlines()
    for (arguments, allowed), line in zip(ALLOWED, lines, strict=True):
        output, loaded = json.loads(line)
        if arguments != ["--help"]:
            assert output.splitlines()[-1].startswith("下一步："), (arguments, output)
        extra = {name for name in loaded if not name.startswith("_")} - ours - allowed
        assert extra <= {"cython_runtime", "defusedxml"}, arguments  # what libraries look for
        assert NEVER.isdisjoint(loaded), arguments


def test_no_command_is_left_out() -> None:
    assert {arguments[0] for arguments, _ in ALLOWED} == {"--help", *commands.commands} - {"page"}


def lay(root: Path, lay_sample: Lay, sample_report: bytes) -> list[list[str]]:
    """The commands with what they are run on, which is put there."""
    folder, report = root / "镇/永安镇2024", root / "报告.docx"
    lay_sample(folder)
    (folder / "答复函").mkdir()
    (folder / "答复函/食品.docx").write_bytes(Round().to_bytes())
    report.write_bytes(sample_report)
    text, ledger = root / "稿.txt", root / "旧.csv"
    text.write_text("全年承办建议7件，其中办结7件。", "utf-8")
    ledger.write_text("编号,标题,主办部门\n1,修路,村建办\n", "utf-8")
    places = {
        "root": root, "towns": root / "镇", "folder": folder, "report": report, "text": text,
        "ledger": ledger, "out": root / "结果",
    }  # fmt: skip
    return [[part.format(**places) for part in arguments] for arguments, _ in ALLOWED]
