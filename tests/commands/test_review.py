"""``review`` from files to files: letters come, go back, come again, and the record keeps it all."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

import reportgen
from reportgen import workspace
from reportgen.cli.review import show_review
from reportgen.errors import ReportError, WorkspaceError
from reportgen.workspace import InputFile
from tests.support.letters import Round

DAY = dt.date(2024, 12, 10)
FAULTY = replace(Round(), addressee="张庆里代表：", unit="市场监管所")


@pytest.fixture
def folder(own_sample: Path) -> Path:
    (own_sample / "答复函").mkdir()
    return own_sample


def lay(folder: Path, name: str, letter: Round) -> Path:
    path = folder / "答复函" / name
    path.write_bytes(letter.to_bytes())
    return path


def table(path: Path, sheet: str) -> list[dict[str, object]]:
    header, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=3, values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows if any(row)]


def record(folder: Path) -> list[dict[str, object]]:
    return table(folder / "审核记录.xlsx", "审核记录")


def fill(folder: Path, row: int, heading: str, value: str) -> None:
    """As the office would, in the row of the record with that number from 1."""
    path = folder / "审核记录.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["审核记录"]
    column = next(cell.column for cell in sheet[3] if cell.value == heading)
    sheet.cell(3 + row, column).value = value
    book.save(path)


def standing(folder: Path, number: str) -> str:
    rows = table(folder / "output/答复函审核/审核结果.xlsx", "逐件")
    return next(str(row["结论"]) for row in rows if row["编号"] == number)


def comments_in(path: Path) -> list[tuple[str, str]]:
    document = docx.Document(str(path))
    return [(each.author, each.text) for each in document.comments]


def test_a_letter_goes_back_with_comments_and_comes_again(folder: Path) -> None:
    original = lay(folder, "食品.docx", FAULTY)
    before = original.read_bytes()
    first = reportgen.review(folder, folder / "output", DAY)
    assert {one.code for one in first.errors if one.file} == {"addressee-differs", "sign-off"}
    assert original.read_bytes() == before
    copy = folder / "output/答复函审核/退改/食品（批注）.docx"
    (who, summing), *rest = comments_in(copy)
    assert (who, summing) == ("答复审核", "审核发现错误2处，提醒0处，请改正后重新交来。")
    assert "主送“张庆里”与台账“张庆理”一字之差" in rest[0][1]
    assert "不是主办部门的全称" in rest[1][1]
    assert standing(folder, "6") == "退回整改中"
    reportgen.review(folder, folder / "output", DAY + dt.timedelta(1))
    assert [row["次"] for row in record(folder)] == [1]
    lay(folder, "食品.docx", Round())
    reportgen.review(folder, folder / "output", DAY + dt.timedelta(2))
    assert [(row["次"], row["结论"], row["错误数"]) for row in record(folder)] == [
        (1, "退回", 2), (2, "通过", 0),
    ]  # fmt: skip
    assert standing(folder, "6") == "整改后通过"
    assert not copy.exists()


def test_what_the_office_writes_in_the_record_wins_and_stays(folder: Path) -> None:
    lay(folder, "食品.docx", FAULTY)
    reportgen.review(folder, folder / "output", DAY)
    fill(folder, 1, "人工结论", "通过")
    fill(folder, 1, "备注", "代表已认可")
    path = folder / "审核记录.xlsx"
    book = openpyxl.load_workbook(path)
    book["审核记录"]["N3"] = "自加的栏"
    book["审核记录"]["N4"] = "看过"
    book.save(path)
    reportgen.review(folder, folder / "output", DAY)
    assert standing(folder, "6") == "一次通过"
    lay(folder, "食品.docx", Round())
    reportgen.review(folder, folder / "output", DAY)
    rows = record(folder)
    assert [(row["人工结论"], row["备注"]) for row in rows] == [
        ("通过", "代表已认可"),
        (None, None),
    ]
    assert openpyxl.load_workbook(path)["审核记录"]["N4"].value == "看过"


def test_a_record_with_an_error_is_named_and_left_alone(folder: Path) -> None:
    lay(folder, "食品.docx", FAULTY)
    reportgen.review(folder, folder / "output", DAY)
    fill(folder, 1, "人工结论", "还可以")
    before = (folder / "审核记录.xlsx").read_bytes()
    with pytest.raises(ReportError, match="没有审核，也没有改动它"):
        reportgen.review(folder, folder / "output", DAY)
    assert (folder / "审核记录.xlsx").read_bytes() == before


def test_what_cannot_be_read_is_named(folder: Path) -> None:
    lay(folder, "食品.docx", Round())
    (folder / "答复函/旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (folder / "答复函/坏.docx").write_bytes(b"PK\x03\x04")
    stream = io.BytesIO()
    docx.Document().save(stream)
    (folder / "答复函/扫描.docx").write_bytes(stream.getvalue())
    done = reportgen.review(folder, folder / "output", DAY)
    told = {one.file: one.message for one in done.errors if one.code == "letter-unreadable"}
    assert set(told) == {f"答复函/{name}" for name in ("旧.doc", "坏.docx", "扫描.docx")}
    assert "旧的 Word 格式" in told["答复函/旧.doc"]
    assert "扫描" in told["答复函/扫描.docx"]
    assert dict(done.reviewed.summary)["读不出来的"] == 3


def test_without_a_return_no_letter_passes_for_good(folder: Path) -> None:
    """It is to be held against the return, and what the record says of it once, it says for ever."""
    lay(folder, "食品.docx", Round())
    sent = folder / "填报/市场监督管理所.xlsx"
    (folder / "填报/照片.xlsx").write_bytes(b"\x89PNG")
    content = sent.read_bytes()
    sent.write_bytes(content[:2000])
    with pytest.raises(WorkspaceError, match=r"填报/市场监督管理所\.xlsx：这个文件读不出来"):
        reportgen.review(folder, folder / "output", DAY)
    assert not (folder / "审核记录.xlsx").exists()
    sent.write_bytes(content)
    assert reportgen.review(folder, folder / "output", DAY).record.exists()


def test_letters_that_did_not_come_and_letters_that_came_twice(folder: Path) -> None:
    lay(folder, "一.docx", Round())
    lay(folder, "二.docx", replace(Round(), closing="感谢您的支持。请填写征询意见表。"))
    done = reportgen.review(folder, folder / "output", DAY)
    twice = [one.file for one in done.errors if one.code == "letter-twice"]
    assert twice == ["答复函/一.docx", "答复函/二.docx"]
    missing = [one.message for one in done.errors if one.code == "letter-missing"]
    assert len(missing) == 6
    assert "农业农村办公室填报第1号已于2024年5月28日答复" in missing[0]


def test_nothing_to_review_is_said(folder: Path) -> None:
    with pytest.raises(WorkspaceError, match="里没有答复函"):
        reportgen.review(folder, folder / "output", DAY)
    lay(folder, "食品.docx", Round())
    with pytest.raises(WorkspaceError, match="结果不能放在"):
        reportgen.review(folder, folder / "答复函", DAY)


def test_the_command_lists_everything_and_tells_by_its_code(folder: Path) -> None:
    lay(folder, "食品.docx", FAULTY)
    command = [sys.executable, "-m", "reportgen", "review", str(folder), "--today", "2024-12-10"]
    shown = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert shown.returncode == 1, shown.stderr
    assert "主送：主送“张庆里”与台账“张庆理”一字之差。" in shown.stdout
    assert "下一步：把加了批注的副本发回部门改正" in shown.stdout
    told = subprocess.run(
        [*command, "--json"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    codes = [one["code"] for one in json.loads(told.stdout)["remarks"] if one["file"]]
    assert codes == ["addressee-differs", "sign-off"]


def test_a_letter_that_cannot_be_read_now_is_no_letter_that_did_not_come(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(folder, "食品.docx", Round())
    held = InputFile("答复函/又一份.docx", None, "“又一份.docx”没有权限打开。请核对权限。")
    monkeypatch.setattr(workspace, "papers", lambda *_: iter([held]))
    with pytest.raises(WorkspaceError, match=r"^没有审核。“又一份.docx”没有权限打开"):
        reportgen.review(folder, folder / "output", DAY)
    assert not (folder / "审核记录.xlsx").exists()


def test_the_console_tells_what_was_put_aside_and_what_stands_beside(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(folder, "6.docx", FAULTY)
    reportgen.review(folder, folder / "output", DAY)
    copy = next((folder / "output/答复函审核/退改").iterdir())
    result = folder / "output/答复函审核/审核结果.xlsx"
    book = openpyxl.load_workbook(result)
    book["汇总"]["A1"] = "改过"
    book.save(result)
    lay(folder, "6.docx", Round())
    show_review(reportgen.review(folder, folder / "output", DAY))
    said = capsys.readouterr().out
    assert "没有覆盖，另存为新文件" in said
    assert "上次的副本已不需要，已移到“上一版”文件夹" in said
    assert copy.name in said


def test_commented_copies_are_as_sound_as_what_came(folder: Path) -> None:
    letter = replace(FAULTY, closing="感谢您们的支持。", doc_number="永市监函[2024]6号")
    sent = lay(folder, "6.docx", letter)
    reportgen.review(folder, folder / "output", DAY)
    (copy,) = (folder / "output/答复函审核/退改").iterdir()
    assert comments_in(copy)
    assert _faults_of(copy) <= _faults_of(sent)


def _faults_of(path: Path) -> set[str]:
    """What an outside reader of Word files objects to: the styles of the maker of these letters."""
    return {error.description for error in OpenXmlValidator().validate(path).errors}
