"""The command line: Chinese words, exit codes, and what each command must not load."""

import gettext
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from reportgen.cli import commands
from reportgen.cli.output import as_argument
from reportgen.commands import check
from reportgen.errors import WorkspaceError
from tests.conftest import Lay
from tests.support.command_line import run_here
from tests.support.templates import docx, p

CATALOGUE = Path(commands.__file__).parent / "locale/zh_CN/LC_MESSAGES/messages.po"


def run_cold(
    *arguments: str, cwd: Path, **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """A process of its own, for what only a process shows."""
    command = [sys.executable, "-m", "reportgen", *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )


def loaded(code: str, cwd: Path) -> set[str]:
    """The modules loaded after a command line, run as ``reportgen`` would run it."""
    script = (
        "import sys\nfrom reportgen.cli import commands\n"
        f"sys.argv = ['reportgen', *{code}]\n"
        "try:\n    commands.main()\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=cwd, capture_output=True, check=True, timeout=120
    )
    return set(found.stderr.decode().split())


@pytest.fixture
def sample(tmp_path: Path, lay_sample: Lay) -> Path:
    lay_sample(tmp_path / "永安镇2024")
    return tmp_path


def test_help_loads_no_heavy_library(tmp_path: Path) -> None:
    assert not loaded("['--help']", tmp_path) & {"pandas", "matplotlib", "docx", "openpyxl"}


OTHERS = {
    "reportgen.proofread.model", "reportgen.reports.papers", "reportgen.reports.review",
    "reportgen.reports.rollup.declared", "reportgen.reports.assignment.status",
    "reportgen.commands.folder.pdf", "reportgen.reports.suggestions.handing_out.next_year",
}  # fmt: skip
"""Our modules that only other commands need."""


def test_build_loads_nothing_that_only_others_need(sample: Path) -> None:
    modules = loaded("['build', '永安镇2024', '--charts', 'native']", sample)
    assert "reportgen.word.render.fill" in modules
    assert not modules & OTHERS


def test_check_loads_neither_charts_nor_word(sample: Path) -> None:
    modules = loaded("['check', '永安镇2024']", sample)
    assert "pandas" in modules
    assert not modules & {
        "matplotlib",
        "docx",
        "reportgen.facts.percentages",
        *OTHERS,
    }  # jinja2 fills 核查结果.html: 70 ms of 900


def test_clicks_words_are_chinese(tmp_path: Path) -> None:
    shown = run_here("--help", cwd=tmp_path).stdout
    assert "用法：" in shown
    assert "Usage" not in shown
    assert "Options" not in shown
    shown = run_here("biuld", cwd=tmp_path).stderr
    assert "错误：没有“biuld”这个命令（是不是“build”？）" in shown
    assert "错误：缺少参数“目录”。" in run_here("check", cwd=tmp_path).stderr


def test_the_compiled_catalogue_is_current() -> None:
    compiled = gettext.GNUTranslations(BytesIO(CATALOGUE.with_suffix(".mo").read_bytes()))
    for message in read_po(BytesIO(CATALOGUE.read_bytes()), locale="zh_CN"):
        if isinstance(message.id, tuple):
            one, many = message.id
            assert compiled.ngettext(one, many, 2) == message.string[0]
        elif message.id:
            assert compiled.gettext(message.id) == message.string


def test_a_missing_folder_is_one_message_and_exit_2(tmp_path: Path) -> None:
    result = run_cold("check", "没有", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.decode().startswith("不能继续：找不到工作目录")
    assert "Traceback" not in result.stderr.decode()


def test_a_sound_folder_checks_with_exit_0(sample: Path) -> None:
    result = run_here("check", "永安镇2024", cwd=sample)
    assert result.returncode == 0
    assert "没有发现问题" in result.stdout


def test_a_faulty_folder_checks_with_exit_1_and_names_the_place(sample: Path) -> None:
    (sample / "永安镇2024/填报/市场监督管理所.xlsx").unlink()
    result = run_here("check", "永安镇2024", cwd=sample)
    shown = result.stdout
    assert result.returncode == 1
    assert "建议台账.xlsx" in shown
    assert "市场监督管理所的填报表还没有交回" in shown
    assert "尚未交回：市场监督管理所" in shown
    assert "\x1b" not in shown


LEAVE = """
import atexit, os, sys, threading, time
from reportgen import __main__ as door
from reportgen.cli import commands

class Left:
    def __del__(self, write=os.write):
        write(1, b"taken apart")

left = Left()

def wait_and_print():
    time.sleep(0.1)
    print("thread")

def main():
    atexit.register(print, "at exit")
    threading.Thread(target=wait_and_print).start()
    print("done")
    sys.exit(1)

commands.main = main
door.run()
"""


def test_a_command_leaves_at_once_with_everything_ended_and_printed(tmp_path: Path) -> None:
    """Threads and what was to be done at exit; but no module is taken apart."""
    left = subprocess.run(
        [sys.executable, "-c", LEAVE], cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    assert left.stdout.decode().splitlines() == ["done", "thread", "at exit"]
    assert (left.returncode, left.stderr) == (1, b"")


SLOW = "import time, reportgen.commands.check as c; c.check = lambda *_, **__: time.sleep(60)\n"


@pytest.mark.parametrize("moment", ["at work", "loading"])
def test_ctrl_c_is_one_line_and_an_exit_code_of_its_own(moment: str, tmp_path: Path) -> None:
    """``at work``: in a check that takes long; ``loading``: before the command line is there."""
    (tmp_path / "镇").mkdir()
    if moment == "at work":
        script = (
            SLOW + "print('ready', flush=True)\nfrom reportgen.cli.commands import main\nmain()"
        )
    else:
        script = (
            "import sys, runpy, time, builtins\nload = builtins.__import__\n"
            "def slow(name, *rest, **more):\n"
            "    if name == 'reportgen.cli.commands':\n"
            "        print('ready', flush=True); time.sleep(60)\n"
            "    return load(name, *rest, **more)\n"
            "builtins.__import__ = slow\nrunpy.run_module('reportgen', run_name='__main__')"
        )
    command = [sys.executable, "-c", script, "check", "镇"]
    running = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert running.stdout
    assert running.stdout.readline() == b"ready\n"
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert len(said.decode().strip().splitlines()) == 1
    assert said.decode().strip().startswith("已中断")


def test_issues_are_shown_also_where_the_result_is_open_in_another_program(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sample / "永安镇2024/填报/市场监督管理所.xlsx").unlink()

    def refuse(*_: object) -> None:
        raise WorkspaceError("“核查结果.xlsx”没有更新：正在另一个程序中打开。")

    monkeypatch.setattr(check, "send_back", refuse)
    done = CliRunner().invoke(commands.commands, ["check", str(sample / "永安镇2024")])
    assert isinstance(done.exception, WorkspaceError)
    assert "市场监督管理所的填报表还没有交回" in done.output
    assert "核查完毕：错误1处" in done.output


def test_the_last_line_says_the_next_step(sample: Path) -> None:
    def last(*arguments: str) -> str:
        return run_here(*arguments, cwd=sample).stdout.splitlines()[-1]

    assert last("init", "镇").startswith("下一步：填好“建议台账.xlsx”，再运行 reportgen assign 镇")
    assert last("check", "永安镇2024") == "下一步：运行 reportgen build 永安镇2024 生成报告。"
    final = last("build", "永安镇2024")
    report = "永安镇2024/output/永安镇2024年度人大代表建议办理情况的报告.docx"
    assert f"reportgen finalize {report} 永安镇2024 定稿" in final
    assert last("verify", report, "永安镇2024") == (
        f"下一步：运行 reportgen finalize {report} 永安镇2024 定稿。"
    )


def test_what_is_to_be_typed_next_can_be_typed(tmp_path: Path) -> None:
    said = run_here("init", "龙 塬镇#1%2024", cwd=tmp_path).stdout.splitlines()[-1]
    assert '再运行 reportgen assign "龙 塬镇#1%2024" 交办' in said
    for name in (
        "永安镇2024/报告（更新）.docx",
        "a b",
        "it's",
        'a"b $c',
        "`ls`",
        "甲;乙",
        "甲 (1)",
    ):
        assert shlex.split(as_argument(name)) == [name]


def next_report(sample: Path) -> Path:
    """The sample's report, as built beside it."""
    run_here("build", "永安镇2024", "-o", "报告", cwd=sample)
    return sample / "报告/永安镇2024年度人大代表建议办理情况的报告.docx"


@pytest.mark.parametrize("command", ["check", "build", "status"])
def test_nothing_is_written_among_the_returns(command: str, sample: Path) -> None:
    before = sorted((sample / "永安镇2024/填报").rglob("*"))
    done = run_here(command, "永安镇2024", "-o", "永安镇2024/填报/结果", cwd=sample)
    assert done.returncode == 2
    assert done.stderr.startswith("不能继续：结果不能放在“填报”文件夹里")
    assert sorted((sample / "永安镇2024/填报").rglob("*")) == before


def test_json_is_for_programs(sample: Path) -> None:
    (sample / "永安镇2024/填报/市场监督管理所.xlsx").unlink()
    found = json.loads(run_here("check", "永安镇2024", "--json", cwd=sample).stdout)
    assert found["not_returned"] == ["市场监督管理所"]
    assert "department-not-returned" in {issue["code"] for issue in found["issues"]}
    assert all(issue["remedy"] for issue in found["issues"])


def test_mistakes_in_the_template_are_all_named_and_nothing_is_written(sample: Path) -> None:
    mistakes = p("{{ 建议.件书 }}") + p("{% if 议案.件数 %}") + p("{{ 建议.件数 + 1 }}")
    (sample / "坏模板.docx").write_bytes(docx(mistakes))
    result = run_here("build", "永安镇2024", "--template", "坏模板.docx", "-o", "结果", cwd=sample)
    shown = result.stderr
    assert result.returncode == 2
    assert "正文第1段“{{ 建议.件书 }}”" in shown
    assert "建议.件数" in shown
    assert "正文第2段“{% if 议案.件数 %}”" in shown
    assert "Traceback" not in shown
    assert not (sample / "结果").exists()


def test_a_gbk_console_can_print_everything(sample: Path) -> None:
    (sample / "永安镇2024/填报/市场监督管理所.xlsx").write_bytes(b"PK")
    result = run_cold("check", "永安镇2024", cwd=sample, PYTHONIOENCODING="gbk")
    assert "?" not in result.stdout.decode("gbk")
    assert "Traceback" not in result.stderr.decode("gbk")


def test_the_environment_of_the_caller_is_left_alone() -> None:
    code = "import os, reportgen; print(os.environ.get('LANGUAGE'))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.decode().strip() == os.environ.get("LANGUAGE", "None")


def test_python_beside_the_register_is_not_executed(sample: Path) -> None:
    folder = sample / "永安镇2024"
    (folder / "pandas.py").write_text("raise SystemExit('executed')")
    result = run_cold("check", ".", cwd=folder)
    assert result.returncode == 0, result.stderr.decode()


@pytest.mark.parametrize(
    "environment",
    [{"MPLBACKEND": "no_such"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX", "LANG": ""}],
)
def test_the_environment_does_not_matter(environment: dict[str, str], sample: Path) -> None:
    result = run_cold("build", "永安镇2024", cwd=sample, **environment)
    assert result.returncode == 0, result.stderr.decode()
    assert "已生成报告：永安镇2024/output/永安镇2024年度" in result.stdout.decode()


def test_what_a_terminal_would_obey_is_shown_as_a_mark(tmp_path: Path) -> None:
    shown = run_here("check", "镇\x1b[2J\u202e", cwd=tmp_path).stderr
    assert "镇〔U+001B〕[2J〔U+202E〕" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["镇\x1b[2J\u202e\n乙"],
        ["check", "--\x1b[2J\u202e\n乙"],
        ["check", "镇", "--today", "\x1b[2J\u202e\n乙"],
        ["check", "镇", "多\x1b[2J\u202e\n乙"],
        ["proofread", "稿\x1b[2J\u202e\n乙.txt"],
        ["trace", "报告\x1b[2J\u202e\n乙.docx"],
    ],
)
def test_whatever_was_typed_is_shown_with_marks(arguments: list[str], tmp_path: Path) -> None:
    done = run_here(*arguments, cwd=tmp_path)
    shown = done.stderr + done.stdout
    assert done.returncode == 2
    assert not {"\x1b", "\u202e"} & {*shown}
    assert any("[2J" in line and "乙" in line for line in shown.splitlines())


def test_a_line_break_in_a_name_breaks_no_line_of_a_proof(tmp_path: Path) -> None:
    (tmp_path / "甲\n乙.txt").write_text("共10件，其中办结3件、在办5件。", "utf-8")
    shown = run_here("proofread", "甲\n乙.txt", cwd=tmp_path).stdout
    assert shown.splitlines()[0] == "甲〔U+000A〕乙.txt"


def test_a_name_of_the_data_that_a_terminal_would_obey_is_shown_as_a_mark(sample: Path) -> None:
    folder = sample / "永安镇2024"
    (folder / "填报" / "甲\x1b[2J\u202e\n乙.xlsx").write_bytes(b"")
    done = run_here("check", "永安镇2024", cwd=sample)
    shown = done.stdout
    assert "甲〔U+001B〕[2J〔U+202E〕〔U+000A〕乙.xlsx" in shown
    printed = run_here("check", "永安镇2024", "--json", cwd=sample).stdout
    assert not {"\x1b", "\u202e"} & {*shown, *printed}
    files = {issue["file"] for issue in json.loads(printed)["issues"]}
    assert "填报/甲\x1b[2J\u202e\n乙.xlsx" in files  # for programs the very name


def test_where_nobody_reads_on_the_command_ends_as_it_would(sample: Path) -> None:
    (sample / "永安镇2024/填报/市场监督管理所.xlsx").unlink()
    for command, code in (("status", 0), ("check", 1)):
        asked = [sys.executable, "-m", "reportgen", command, "永安镇2024"]
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            asked, cwd=sample, stdout=write, stderr=subprocess.PIPE, check=False, timeout=120
        )
        os.close(write)
        assert (done.returncode, done.stderr) == (code, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="没有 /dev/full")
def test_a_full_disk_under_the_output_is_said(sample: Path) -> None:
    asked = [sys.executable, "-m", "reportgen", "check", "永安镇2024"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            asked, cwd=sample, stdout=full, stderr=subprocess.PIPE, check=False, timeout=120
        )
        assert done.returncode == 2
        assert done.stderr.decode() == (
            "不能继续：屏幕输出写不进去：磁盘已满。请清理出空间，或换一个磁盘，再试一次。\n"
        )
        mute = subprocess.run(asked, cwd=sample, stdout=full, stderr=full, check=False, timeout=120)
    assert mute.returncode == 2
