"""Large intake: limits that let it through, output that stays readable, a bar while it lasts."""

import datetime as dt
import io
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

import reportgen
from reportgen.cli import output
from reportgen.excel.read import reader
from reportgen.issues import Issue
from reportgen.raw import RawSheet
from reportgen.reports import KINDS
from reportgen.schema.rules import Rule
from reportgen.validation import validate_workbooks
from reportgen.validation.references import MOST_GUESSES
from tests.conftest import Lay
from tests.support.generate import case, raw_workbooks
from tests.support.sheets import changed

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Terminal(io.TextIOWrapper):
    """A Chinese Windows console, as Python sees it."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="gbk", errors="strict", write_through=True)

    def isatty(self) -> bool:
        return True

    @property
    def shown(self) -> str:
        written: bytes = self.buffer.getvalue()  # type: ignore[attr-defined]
        return written.decode("gbk")


class Clock:
    """Stands still unless moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def xlsx(rows: str) -> bytes:
    """A workbook with one sheet of these rows."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{OFFICE}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"{SHEET}{rows}</sheetData></worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


def issues_of(content: bytes) -> list[str]:
    return [issue.code for issue in reader.read_workbook(content, "x.xlsx")[1]]


# reading


def test_a_register_of_a_hundred_thousand_rows_is_read() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="T{n}"><v>1</v></c></row>'
        for n in range(1, 100_001)
    )
    book, issues = reader.read_workbook(xlsx(rows), "x.xlsx")
    assert issues == ()
    assert book is not None
    assert len(book.sheets[0].rows) == 100_000
    assert book.sheets[0].at(100_000, 20) == 1


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999"><c r="ZZ99999"><v>1</v></c></row>',
        '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="299999"><c r="A299999"><v>1</v></c></row>',
        "<row>"
        + "<c><v>1</v></c>" * 5000
        + "</row>"
        + "<row/>" * 5000
        + "<row><c><v>1</v></c></row>",
        '<row r="1"><c s="0" r="A1"><v>1</v></c></row><row r="900000"><c s="0" r="ZZ900000"><v>1</v></c></row>',
    ],
    ids=["corners", "wide and high", "wide, then high", "without references", "other order"],
)
def test_cells_too_far_apart_are_refused_before_they_cost_memory(rows: str) -> None:
    assert issues_of(xlsx(rows)) == ["unreadable"]


def test_a_column_is_read_down() -> None:
    sheet = RawSheet("表", [["a", "b"], ["c"], ["d", "e"]], first_row=3, first_column=2)
    assert sheet.down(3, [2, 3, 4, 5, 6]) == [None, "b", None, "e", None]
    assert sheet.down(1, [3]) == [None]
    assert [sheet.at(row, 3) for row in range(2, 7)] == sheet.down(3, range(2, 7))


def test_look_alikes_are_sought_for_some_hundreds_of_names_only() -> None:
    office = raw_workbooks(case(MOST_GUESSES + 20, 3))[0]
    for row in range(2, MOST_GUESSES + 22):
        office = changed(office, "建议台账", f"D{row}", f"王某{row}")
    _, issues = validate_workbooks([office], tuple(KINDS[0].workbooks))
    unknown = [issue for issue in issues if issue.code == "unknown-name"]
    assert len(unknown) == MOST_GUESSES + 20
    assert sum("nearest" in issue.details for issue in unknown) == MOST_GUESSES


# printing


def reminders(count: int, file: str = "填报/甲.xlsx") -> list[Issue]:
    return [Issue("in-progress", file, "办理情况", f"I{row}") for row in range(1, count + 1)]


def test_fifty_issues_of_a_file_are_printed_errors_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = Issue("required", "填报/甲.xlsx", "办理情况", "D900", "办理角色")
    output.show_issues([*reminders(70), error, *reminders(50, "填报/乙.xlsx")])
    shown = capsys.readouterr().out
    assert shown.count("正在办理") == 49 + 50
    assert "办理角色”没有填" in shown
    assert "这个文件共有错误1处、提醒70处，只列出50处" in shown
    assert shown.count("只列出") == 1


def test_of_very_many_files_the_last_are_only_counted(capsys: pytest.CaptureFixture[str]) -> None:
    output.show_issues([issue for n in range(12) for issue in reminders(40, f"填报/{n}.xlsx")])
    shown = capsys.readouterr().out
    assert shown.count("正在办理") == output.SHOWN_IN_ALL
    assert "填报/7.xlsx\n" in shown
    assert "共有错误0处、提醒40处，只列出20处" in shown
    assert shown.count("共有错误0处、提醒40处，这里不再列出") == 4


def test_fifty_issues_are_printed_without_a_remark(capsys: pytest.CaptureFixture[str]) -> None:
    output.show_issues(reminders(50))
    shown = capsys.readouterr().out
    assert shown.startswith("填报/甲.xlsx\n  提醒  “办理情况”表 I1：")
    assert "只列出" not in shown
    assert "\x1b" not in shown


# the bar


def test_progress_counts_the_files_and_the_checking(lay_sample: Lay, tmp_path: Path) -> None:
    lay_sample(tmp_path)
    told: list[tuple[int, int, str]] = []
    reportgen.check(tmp_path, progress=lambda *step: told.append(step))
    total = len(list((tmp_path / "填报").iterdir())) + 2
    assert [done for done, _, _ in told] == list(range(total))
    assert {count for _, count, _ in told} == {total}
    assert told[0][2] == "台账"
    assert told[1][2].startswith("填报/")
    assert told[-1][2] == "核对"


def test_progress_moves_through_the_whole_of_a_build(lay_sample: Lay, tmp_path: Path) -> None:
    lay_sample(tmp_path)
    told: list[tuple[int, int, str]] = []
    reportgen.build(tmp_path, tmp_path / "output", progress=lambda *step: told.append(step))
    assert [name for _, _, name in told][-4:] == ["核对", "统计", "排版和作图", "保存"]
    assert [done for done, _, _ in told] == list(range(len(told)))
    assert {count for _, count, _ in told} == {len(told)}


def test_the_bar_waits_a_second_and_suits_a_gbk_console(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, clock = Terminal(), Clock()
    monkeypatch.setattr(sys, "stderr", terminal)
    with output.ProgressBar(clock) as bar:
        bar(0, 52, "建议台账.xlsx")
        assert terminal.shown == ""
        clock.now = 1.5
        bar(1, 52, "填报/农业农村办公室.xlsx")
        bar(2, 52, "填报/教育办公室.xlsx")
    assert "进度" in terminal.shown
    assert "2/52" in terminal.shown
    assert "填报/教育办公室.xlsx" in terminal.shown


def test_there_is_no_bar_off_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "PATIENCE", -1.0)
    with output.ProgressBar() as bar:
        bar(0, 2, "建议台账.xlsx")
    assert capsys.readouterr() == ("", "")


# long tables and alike rows


@pytest.mark.parametrize(
    "rule", [rule for book in KINDS[0].workbooks for s in book.sheets for rule in s.rules]
)
def test_a_rule_asks_only_where_it_says(rule: Rule) -> None:
    """Rows alike along its paths are judged once."""
    asked: set[str] = set()
    for values in (None, "是", dt.date(2024, 5, 6), ("甲", "乙")):

        def row(path: str, values: object = values) -> object:
            asked.add(path)
            return values

        with suppress(TypeError, AssertionError):
            list(rule.breaches(row))
    assert asked
    assert asked <= set(rule.paths)
