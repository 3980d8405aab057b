"""``reportgen status``: the board and the one-page notice, as of a day."""

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path

import click
import pytest
from openxml_audit import OpenXmlValidator
from rich.cells import cell_len

import reportgen
from reportgen.commands.check import send_back
from reportgen.errors import WorkspaceError
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.validation import validate_workbooks
from reportgen.word.template.sentences import Template
from tests.conftest import Convert
from tests.properties.test_text import bad_sentences
from tests.support import brute
from tests.support.changed_sample import answer
from tests.support.changed_sample import sample as changed_sample
from tests.support.command_line import run_here
from tests.support.documents import Document
from tests.support.generate import case, files, raw_workbooks
from tests.support.recount import recount
from tests.support.templates import record_of

MAY, JUNE = dt.date(2023, 5, 20), dt.date(2023, 6, 20)
NOTICE = "清河镇2023年度代表建议督办通报.docx"


def made(seed: int = 3) -> Sample:
    """Two dozen suggestions, half of them open, of eight departments."""
    return case(24, 8, seed, rare=True, unfinished=0.5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("清河镇")
    for name, content in files(made()).items():
        path = top / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return top


def test_the_board_shows_every_suggestion_and_every_department(
    folder: Path, tmp_path: Path
) -> None:
    board = reportgen.status(folder, tmp_path, MAY).board
    sample = made()
    count = brute.counting(sample, MAY)
    assert list(board) == ["各部门", "各件", "倒计时"]
    assert [row["编号"] for row in board["各件"]] == [item.row["编号"] for item in count.items]
    for row, item in zip(board["各件"], count.items, strict=True):
        assert row["答复期限"] == f"{item.due.year}-{item.due.month}-{item.due.day}"
        assert row["时限情况"] == standing(item, MAY)
        assert bool(row["答复"]) == item.finished
    for row in board["各部门"]:
        own = count.department(row["部门"])
        assert [row["主办"], row["已答复"]] == [str(own["主办件数"]), str(own["答复件数"])]
        assert int(row["已答复"]) + int(row["正在办理"]) == int(row["主办"])


def standing(item: brute.Item, today: dt.date) -> str:
    if item.finished:
        days = max((part["答复日期"] - item.due).days for part in item.parts)
        return f"逾期{days}天答复" if days > 0 else "按期答复"
    days = (item.due - today).days
    return f"逾期{-days}天" if days < 0 else f"还有{days}天" if days else "今天到期"


def test_the_countdown_begins_with_what_ends_first(folder: Path, tmp_path: Path) -> None:
    rows = reportgen.status(folder, tmp_path, MAY).board["倒计时"]
    days = [dt.date(*map(int, row["期限"].split("-"))) for row in rows]
    assert days == sorted(days)
    items = brute.counting(made(), MAY).items
    anew = [row for row in rows if row["时限情况"].startswith("重新办理")]
    assert len(rows) - len(anew) == sum(not item.finished for item in items)
    assert {"逾期", "还有"} == {row["时限情况"][:2] for row in rows if row not in anew}


def test_the_notice_names_what_it_counts_and_counts_down_what_is_handled_anew() -> None:
    """2 is open and late, 3 not satisfactory, 5 promised for a day that is over."""

    def change(case: Sample) -> None:
        answer(case, "2").update(办理结果=None, 答复日期=None, 满意度=None, 反馈日期=None)
        answer(case, "3").update(满意度="不满意", 反馈日期="2024-6-20")
        answer(case, "5").update(办理结果="C", 未解决原因="缺钱", 承诺完成时限="2024-6-30")

    dataset, _ = validate_workbooks(
        raw_workbooks(changed_sample(change)), tuple(KINDS[0].workbooks)
    )
    today = dt.date(2024, 7, 15)
    board = KINDS[0].status.board(KINDS[0].status.report(dataset, today))
    anew = [row for row in board["倒计时"] if row["编号"] == "3"]
    assert [(row["期限"], row["时限情况"]) for row in anew] == [("2024-7-20", "重新办理，还有5天")]
    document = Document(notice(dataset, today))
    text = "".join(each.text for each in document.paragraphs) + str(document.tables)
    assert "其中已超过答复期限1件（编号2）" in text
    assert "还没有再次答复1件（编号3）" in text
    assert "仍没有解决1件（编号5）" in text
    assert "重新办理，还有5天" in text


def test_a_day_later_one_day_less(folder: Path, tmp_path: Path) -> None:
    (first, second) = (
        [
            row
            for row in reportgen.status(folder, tmp_path, MAY + dt.timedelta(days=n)).board[
                "倒计时"
            ]
            if row["时限情况"].startswith("还有")
        ][-1]
        for n in (0, 1)
    )
    assert first["编号"] == second["编号"]
    before, after = (int(row["时限情况"][2:-1]) for row in (first, second))
    assert before - after == 1


@pytest.mark.parametrize("seed", range(8))
def test_a_notice_reads_well_and_its_figures_live(seed: int) -> None:
    dataset, _ = validate_workbooks(raw_workbooks(made(seed)), tuple(KINDS[0].workbooks))
    for today in (dt.date(2023, 3, 1), MAY, dt.date(2024, 6, 1)):
        document = Document(notice(dataset, today))
        assert bad_sentences(document) == []
        record = record_of(document.content)["facts"]
        assert document.fields
        assert [text for key, text in document.fields if record[key]["text"] != text] == []


def notice(dataset: object, today: dt.date) -> bytes:
    from reportgen.word.render.fill import fill_template
    from reportgen.word.template import gongwen

    template = gongwen.build_template(KINDS[0].status.wording(), date=today)
    return fill_template(Template(template), KINDS[0].status.report(dataset, today), lambda _: b"")


def test_the_figures_of_the_notice_can_be_recounted(folder: Path) -> None:
    from reportgen.facts.model import to_json

    report = KINDS[0].status.report(reportgen.check(folder).dataset, MAY)
    assert recount(to_json(report.facts.values()), folder) == []


def test_as_of_the_cut_off_the_notice_counts_what_the_report_counts() -> None:
    dataset, _ = validate_workbooks(raw_workbooks(made()), tuple(KINDS[0].workbooks))
    cutoff = dataset.settings["统计截止日期"]
    assert isinstance(cutoff, dt.date)
    report, status = KINDS[0].report(dataset), KINDS[0].status.report(dataset, cutoff)
    assert {key: fact.text for key, fact in report.facts.items()} == {
        key: fact.text for key, fact in status.facts.items()
    }


def test_the_notice_is_valid_and_the_same_bytes_each_time(folder: Path, tmp_path: Path) -> None:
    first = reportgen.status(folder, tmp_path / "a", MAY).notice.path
    second = reportgen.status(folder, tmp_path / "b", MAY).notice.path
    assert first.name == NOTICE
    assert first.read_bytes() == second.read_bytes()
    assert [str(error) for error in OpenXmlValidator().validate(first).errors] == []


def test_an_edited_notice_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    first = reportgen.status(folder, tmp_path, MAY).notice
    again = reportgen.status(folder, tmp_path, MAY + dt.timedelta(days=1)).notice
    assert (again.path, again.aside) == (first.path, False)
    first.path.write_bytes(first.path.read_bytes() + b"edited")
    saved = reportgen.status(folder, tmp_path, MAY).notice
    assert (saved.path.name, saved.aside) == ("清河镇2023年度代表建议督办通报（2）.docx", True)


def test_the_notice_and_the_report_leave_each_other_alone(folder: Path, tmp_path: Path) -> None:
    notice = reportgen.status(folder, tmp_path, MAY).notice.path
    before = notice.read_bytes()
    checked = reportgen.check(folder)
    send_back(checked, folder, tmp_path)
    assert notice.read_bytes() == before
    assert not reportgen.status(folder, tmp_path, MAY).notice.aside


def test_the_board_can_be_read_in_a_browser_alone(folder: Path, tmp_path: Path) -> None:
    found = reportgen.status(folder, tmp_path, MAY)
    assert found.page.path == tmp_path / "看板.html"
    text = unescape(found.page.path.read_text("utf-8"))
    cells = [value for rows in found.board.values() for row in rows for value in row.values()]
    assert cells
    assert all(f">{value}<" in text for value in cells)
    assert not re.search(r"<script|https?://|src=", text)


def test_the_notice_takes_one_page(
    folder: Path, tmp_path: Path, convert: Convert, pdf_text: Callable[[bytes, Path], str]
) -> None:
    content = reportgen.status(folder, tmp_path, JUNE).notice.path.read_bytes()
    text = pdf_text(convert(content, "docx", "pdf"), tmp_path)
    assert len(text.split("\f")[:-1]) == 1
    assert "清河镇代表建议督办通报" in text
    assert "2023年6月20日" in "".join(text.split())


def test_the_command_prints_lines_with_tabs_when_piped(folder: Path, tmp_path: Path) -> None:
    done = run_here("status", folder, "--today", "2023.5.20", cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == "截至2023年5月20日"
    assert "部门\t填报表\t承办\t主办\t已答复\t正在办理\t逾期未答复\t逾期答复\t已反馈" in lines
    assert sum(line.count("\t") == 9 for line in lines) == 25
    assert (folder / "output" / NOTICE).is_file()
    assert "\x1b" not in done.stdout


def test_a_gbk_console_can_print_the_board(folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reportgen", "status", folder, "--today", "2023-5-20"],
        capture_output=True, check=True, cwd=tmp_path, env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )  # fmt: skip
    assert "?" not in done.stdout.decode("gbk")


def test_a_terminal_gets_tables(folder: Path, tmp_path: Path) -> None:
    script = (
        "import sys\nfrom reportgen.cli import output\nsys.stdout.isatty = lambda: True\n"
        "output.show_table('各件', [{'编号': '1', '时限情况': '逾期3天'}] * 120)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )  # fmt: skip
    shown = done.stdout.decode("gbk")
    assert shown.count("逾期3天") == 100
    assert "只列出100行，共120行" in shown


def test_a_narrow_terminal_shows_the_board_whole(folder: Path, tmp_path: Path) -> None:
    """No line is longer than 80 columns; days and states are not broken."""
    script = (
        "import sys, datetime\nfrom pathlib import Path\nimport reportgen\nfrom reportgen.cli import output\n"
        "sys.stdout.isatty = lambda: True\n"
        f"found = reportgen.status(Path({str(folder)!r}), Path('out'), datetime.date(2023, 5, 20))\n"
        "for title, rows in found.board.items():\n"
        "    output.show_table(title, rows, found.in_brief[title])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=tmp_path,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    lines = click.unstyle(done.stdout.decode()).splitlines()
    assert max(map(cell_len, lines)) <= 80
    for row in reportgen.status(folder, tmp_path, MAY).board["各件"]:
        line = next(line for line in lines if line.split()[:1] == [row["编号"]])
        assert row["答复期限"] in line
        assert row["时限情况"] in line


def test_the_day_is_today_unless_told(folder: Path, tmp_path: Path) -> None:
    today = dt.date.today()
    shown = run_here("status", folder, cwd=tmp_path).stdout
    assert f"截至{today.year}年" in shown


@pytest.mark.parametrize("command", ["status", "check"])
def test_a_day_that_is_none_is_said_in_chinese(command: str, folder: Path, tmp_path: Path) -> None:
    done = run_here(command, folder, "--today", "2023-9-31", cwd=tmp_path)
    assert done.returncode == 2
    assert "“2023-9-31”不是日期，请写成 2024-6-1 的样子。" in done.stderr


def test_check_reminds_as_of_the_day(folder: Path, tmp_path: Path) -> None:
    items = brute.Count(made().register, made().returns).items
    due = next(item.due for item in items if not item.finished)
    for days, said in ((0, "今天到期"), (24, "已超过24天")):
        day = due + dt.timedelta(days=days)
        shown = run_here("check", folder, "--today", day.isoformat(), cwd=tmp_path).stdout
        assert f"答复期限为{due.year}年{due.month}月{due.day}日，{said}" in shown


def test_a_faulty_folder_still_has_a_board(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "清河镇"
    copy.mkdir()
    (copy / "建议台账.xlsx").write_bytes((folder / "建议台账.xlsx").read_bytes())
    (copy / "填报").mkdir()
    (copy / "填报/坏了.xlsx").write_bytes(b"PK")
    done = run_here("status", copy, "--today", "2023-5-20", cwd=tmp_path)
    assert done.returncode == 0
    assert "数据有错误1处，看板可能不全，请先运行 reportgen check。" in done.stdout


def test_without_a_folder_there_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="找不到工作目录"):
        reportgen.status(tmp_path / "没有", tmp_path, MAY)
