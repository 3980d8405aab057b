"""A second kind of report passes every command, on the command line, without a word of the first."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from docx import Document

import reportgen
from reportgen import reports
from reportgen.cli.commands import commands
from reportgen.commands.check import make_outcome
from reportgen.commands.desk.hand_in import hand_in
from reportgen.commands.desk.own_view import view_own
from reportgen.commands.kinds import kind_named
from reportgen.data import OWNER
from reportgen.excel.write import forms
from reportgen.issues import IssueKind, Severity
from reportgen.reports.kind import ReportKind
from tests.support.tiny_kind import FREE, LAMPS, REGISTER, ROWS

EAST, WEST = "填报/城东维修队.xlsx", "填报/城西维修队.xlsx"
FIRST_TRADE = ("建议", "代表", "议案", "主办")
ANSWERS = {
    EAST: {"D4": "是", "E4": dt.date(2024, 6, 3), "D5": "否", "F5": "等配件"},
    WEST: {"D4": "是", "E4": dt.date(2024, 6, 9)},
}


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "KINDS", (*reports.KINDS, LAMPS))


def run(*arguments: object) -> Result:
    done = CliRunner().invoke(commands, [str(each) for each in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert not [word for word in FIRST_TRADE if word in done.output], done.output
    return done


def lay_register(folder: Path, kind: ReportKind = LAMPS) -> None:
    content = forms.write_form(kind.register, rows=ROWS, created=dt.datetime(2024, 6, 1))
    (folder / "路灯台账.xlsx").write_bytes(content)


def change(path: Path, cells: dict[str, Any], sheet: str = "维修情况") -> None:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it is after ``init`` and ``assign``."""
    folder = tmp_path_factory.mktemp("临江镇")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reports, "KINDS", (*reports.KINDS, LAMPS))
        assert "填好“路灯台账.xlsx”" in run("init", folder, "--kind", "路灯维修").output
        lay_register(folder)
        assert run("assign", folder).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def answered(handed_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with both returns filled in."""
    folder = tmp_path_factory.mktemp("填好")
    shutil.copytree(handed_out, folder, dirs_exist_ok=True)
    for file, cells in ANSWERS.items():
        change(folder / file, cells)
    return folder


@pytest.fixture
def folder(answered: Path, tmp_path: Path) -> Path:
    shutil.copytree(answered, tmp_path / "镇")
    return tmp_path / "镇"


def faults(folder: Path) -> list[str]:
    """``代码 文件 格``, without reminders of what is right."""
    found = reportgen.check(folder).issues
    return [f"{one.code} {one.file} {one.cell}".strip() for one in found]


def test_kinds_are_listed() -> None:
    assert [kind.name for kind in reportgen.kinds()][1:] == ["路灯维修"]
    with pytest.raises(reportgen.ReportgenError, match=r"没有“别的”这一种报告.*“路灯维修”"):
        kind_named("别的")


def test_each_team_gets_its_lamps_prefilled(handed_out: Path) -> None:
    book = openpyxl.load_workbook(handed_out / EAST)
    rows = list(book["维修情况"].iter_rows(min_row=4, max_row=5, max_col=4, values_only=True))
    assert rows == [("1", "中山路", 4, None), ("2", "解放路", 6, None)]
    assert "已有，未改动" in run("assign", handed_out).output


def test_a_column_may_be_called_as_it_likes_and_count_in_tens_of_thousands(folder: Path) -> None:
    """What a team types under 部门 is no owner; 2.5万元 under 万元 is 2.5, 3万 is asked about."""
    change(folder / EAST, {"A4": "修灯杆", "B4": "二班", "C4": "2.5万元"}, "另做的事")
    change(folder / WEST, {"A4": "换灯罩", "B4": "一班", "C4": "3万"}, "另做的事")
    assert faults(folder) == [f"other-counter {WEST} C4"]
    rows = reportgen.check(folder).dataset.tables["另做的事"]
    assert list(rows["部门"]) == ["二班", "一班"]
    assert list(rows[OWNER]) == ["城东维修队", "城西维修队"]
    assert [cost and cost.number for cost in rows["花费（万元）"]] == [Decimal("2.5"), None]


@pytest.mark.parametrize("code", ["required", "lamp-odd"])
def test_two_kinds_never_share_an_issue_code(code: str) -> None:
    other = {code: IssueKind(Severity.ERROR, "别的意思", "别的办法")}
    with pytest.raises(ValueError, match=rf"路灯巡查: .*{code}"):
        replace(LAMPS, name="路灯巡查", codes=other)


def test_sound_returns_have_no_issue(folder: Path) -> None:
    assert faults(folder) == []


def test_blank_forms_are_no_returns(handed_out: Path) -> None:
    assert faults(handed_out) == [
        "form-still-blank 路灯台账.xlsx A4", "form-still-blank 路灯台账.xlsx A5",
    ]  # fmt: skip
    said = run("check", handed_out, "-o", handed_out.parent / "out").output
    assert "城东维修队的填报表还没有填（2项）" in said


def remove_row(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / EAST)
    book["维修情况"].delete_rows(5)
    book.save(folder / EAST)


CARELESS: list[tuple[Callable[[Path], object], list[str]]] = [
    (lambda at: shutil.copy(at / EAST, at / "填报/城东维修队（最终版）.xlsx"),
     ["older-version 填报/城东维修队（最终版）.xlsx"]),
    (lambda at: change(at / EAST, {"C4": 40}), [f"locked-changed {EAST} C4"]),
    (lambda at: change(at / EAST, {"C4": None}), [f"locked-changed {EAST} C4"]),
    (lambda at: change(at / EAST, {"B4": "中山北路"}), [f"locked-changed {EAST} B4"]),
    (lambda at: change(at / EAST, {"B4": " 中山路 "}), []),
    (remove_row, ["item-not-returned 路灯台账.xlsx D5"]),
    (lambda at: change(at / WEST, {"A5": "2", "B5": "解放路", "C5": 6, "D5": "否"}),
     [f"not-assigned {WEST} A5"]),
    (lambda at: change(at / WEST, {"A5": "3", "B5": "滨江路", "C5": 2, "D5": "否"}),
     [f"item-repeated {WEST} A5"]),
    (lambda at: (at / WEST).unlink(), ["department-not-returned 路灯台账.xlsx A5"]),
    (lambda at: change(at / EAST, {"E4": None}), [f"required-when {EAST} E4"]),
    (lambda at: change(at / EAST, {"F5": "已修复"}), [f"lamp-odd {EAST} F5"]),
]  # fmt: skip


@pytest.mark.parametrize(("careless", "expected"), CARELESS)
def test_careless_returns_are_told(
    careless: Callable[[Path], object], expected: list[str], folder: Path
) -> None:
    careless(folder)
    assert faults(folder) == expected
    lamps = LAMPS.report(reportgen.check(folder).dataset).facts["灯.处数"]
    assert lamps.value == 3


def test_what_is_wrong_is_sent_back_in_words_of_its_own(folder: Path) -> None:
    change(folder / EAST, {"C4": 40, "E4": None})
    (folder / WEST).unlink()
    said = run("check", folder)
    assert said.exit_code == 1
    assert "“盏数”由交办机关填写，现为“40”，台账为“4”" in said.output
    out = folder / "output"
    result = openpyxl.load_workbook(out / "核查结果.xlsx")
    rows = [*result["交回情况"].iter_rows(min_row=3, values_only=True)]
    assert rows[0][4:6] == ("应填", "已填")
    assert [row[:2] + row[4:6] for row in rows[1:3]] == [
        ("城东维修队", "已填齐", 2, 2), ("城西维修队", "未交回", 1, 0),
    ]  # fmt: skip
    listed = [*result["问题清单"].iter_rows(min_row=3, max_col=5, values_only=True)]
    assert listed[0][3:5] == ("灯号", "路段")
    assert ("1", "中山路") in [row[3:5] for row in listed]
    letters = [row[3] for row in result["催报"].iter_rows(min_row=4, values_only=True)]
    assert "贵单位要填报1项，填报表还没有收到。" in str(letters[1])
    everything = "".join(
        str(cell) for sheet in result for row in sheet.values for cell in row if cell is not None
    )
    assert not [word for word in FIRST_TRADE if word in everything]
    copy = openpyxl.load_workbook(out / "退改" / EAST)
    assert "核查意见" in " ".join(copy.sheetnames)


def test_from_the_status_to_the_final_copy(folder: Path, tmp_path: Path) -> None:
    said = run("status", folder).output
    assert "城西维修队\t填写中" in said or "城西维修队\t已填齐" in said
    assert "已生成报告" in run("build", folder).output
    report = folder / "output/临江镇6月路灯维修情况.docx"
    text = "\n".join(each.text for each in Document(str(report)).paragraphs)
    assert "应修路灯3处，已修复2处，修复率67%。另做0件事" in text
    assert "填报/城东维修队.xlsx“维修情况”D4" in run("trace", report, "灯.修复处数").output
    assert run("verify", report, folder).exit_code == 0
    change(folder / EAST, {"D5": "是", "E5": dt.date(2024, 6, 20), "F5": None})
    assert run("verify", report, folder).exit_code == 1
    assert "已更新：数字" in run("refresh", report, folder).output
    renewed = folder / "output/临江镇6月路灯维修情况（更新）.docx"
    assert "已修复3处" in "\n".join(each.text for each in Document(str(renewed)).paragraphs)
    done = run("finalize", "--accept-remarks", renewed, folder)
    assert "定稿：" in done.output, done.output


def test_the_register_is_known_by_its_mark(folder: Path) -> None:
    (folder / "路灯台账.xlsx").rename(folder / "台账（终稿）.xlsx")
    assert reportgen.check(folder).kind is LAMPS
    assert faults(folder) == []


def test_what_a_kind_has_not_got_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(reportgen.ReportgenError, match="没有示例"):
        reportgen.init(tmp_path / "a", sample=True, kind=LAMPS)
    with pytest.raises(reportgen.ReportgenError, match="不能导入旧台账"):
        reportgen.import_ledger(folder / "路灯台账.xlsx", tmp_path / "b", kind=LAMPS)


PATROL = ReportKind("路灯巡查", REGISTER, FREE, LAMPS.report, LAMPS.wording)
"""Nothing is handed out by item."""


def filled_in(folder: Path, name: str, *done: str) -> None:
    rows = {FREE.sheets[0].name: [{"事项": each} for each in done]}
    form = forms.write_form(FREE, rows=rows, owner="城东维修队", created=dt.datetime(2024, 6, 1))
    (folder / "填报" / name).write_bytes(form)


@pytest.mark.parametrize(
    ("second", "rows", "expected"),
    [
        (("除草", "清灯罩"), 2, ("older-version", "填报/二.xlsx")),
        (("除草",), 2, ("older-version", "填报/二.xlsx")),
        (("换线",), 3, ("parts-added", "填报/二.xlsx")),
    ],
)
def test_without_items_a_second_copy_still_counts_once(
    second: tuple[str, ...], rows: int, expected: tuple[str, str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(reports, "KINDS", (PATROL,))
    lay_register(tmp_path, PATROL)
    assert len(reportgen.assign(tmp_path).written) == 2
    (tmp_path / EAST).unlink()
    filled_in(tmp_path, "一.xlsx", "除草", "清灯罩")
    filled_in(tmp_path, "二.xlsx", *second)
    checked = reportgen.check(tmp_path)
    told = [(one.code, one.file) for one in checked.issues]
    assert told == [("form-still-blank", "路灯台账.xlsx"), expected]
    assert len(checked.dataset.tables["另做的事"]) == rows


def test_an_owner_hands_in_and_sees_only_its_own(folder: Path) -> None:
    content = (folder / EAST).read_bytes()
    checked = reportgen.check(folder)
    said = hand_in(folder, checked, "城西维修队", [("x.xlsx", content)])
    assert "这不是城西维修队的填报表" in said[0]
    assert "已收到过" in hand_in(folder, checked, "城东维修队", [("x.xlsx", content)])[0]
    status = checked.kind.status
    board = status.board(status.report(checked.dataset, dt.date(2024, 6, 30)))
    own = view_own(checked, make_outcome(checked, {}), board, "城东维修队", 10)
    assert own.files == [EAST]
    assert own.standing["交回情况"]
