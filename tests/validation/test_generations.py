"""Measures prefilled in the departments' forms, and copies that came back once or more often."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

import reportgen
from reportgen.cli.commands import commands
from reportgen.commands.check import send_back
from reportgen.data import BEGUN, MARK_SHEET, SENT
from tests.conftest import Lay

HELD, ECONOMY = "填报/市场监督管理所.xlsx", "填报/经济发展办公室.xlsx"


def _edit(path: Path, cells: dict[str, Any], sheet: str = "办理情况") -> None:
    book = load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


@pytest.fixture(scope="module")
def handed_out(lay_sample: Lay, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as handed out anew: every form is blank; tests only copy it."""
    folder = lay_sample(tmp_path_factory.mktemp("handed_out") / "永安镇2024")
    shutil.rmtree(folder / "填报")
    reportgen.assign(folder)
    return folder


@pytest.fixture
def folder(handed_out: Path, tmp_path: Path) -> Path:
    """That folder for a test's own use."""
    return Path(shutil.copytree(handed_out, tmp_path / "永安镇2024"))


def _told(folder: Path) -> dict[str, list[str]]:
    """By file, the codes of what is told there."""
    found: dict[str, list[str]] = {}
    for issue in reportgen.check(folder).issues:
        found.setdefault(issue.file, []).append(issue.code)
    return found


def _rows(path: Path) -> list[tuple[object, ...]]:
    sheet = load_workbook(path)["工作成效"]
    return [row for row in sheet.iter_rows(min_row=4, values_only=True) if any(row)]


# prefilled measures


def test_measures_of_a_theme_stand_in_the_forms_of_those_who_lead_in_it(folder: Path) -> None:
    named = ["医疗服务水平民意调查", "检查食品生产经营单位", "检查学校食堂", "排查食品安全隐患"]
    rows = _rows(folder / HELD)
    assert rows == [("民生服务保障", "建议办理", name, None, None, None) for name in named]
    assert _rows(folder / "填报/村镇建设办公室.xlsx") == []  # its theme's text names none


def test_a_unit_in_the_text_is_prefilled_too_and_the_report_reads_as_before(folder: Path) -> None:
    register = folder / "建议台账.xlsx"
    text = str(load_workbook(register)["专题"]["D4"].value)
    _edit(register, {"D4": text.replace("走访帮扶企业", "走访帮扶企业（家）")}, "专题")
    shutil.rmtree(folder / "填报")
    reportgen.assign(folder)
    assert _rows(folder / ECONOMY) == [
        ("经济转型发展", "建议办理", "走访帮扶企业", None, "家", None)
    ]


def test_a_form_with_nothing_but_prefilled_measures_is_not_begun(folder: Path) -> None:
    checked = reportgen.check(folder)
    assert not checked.dataset.begun
    assert {"form-still-blank"} == {issue.code for issue in checked.errors}
    assert not [issue for issue in checked.issues if issue.sheet == "工作成效"]


@pytest.mark.parametrize("nothing", ["无", "/", " ", "——"])
def test_a_sign_for_nothing_leaves_a_measure_open(folder: Path, nothing: str) -> None:
    _edit(folder / HELD, {"D4": nothing}, "工作成效")
    assert reportgen.check(folder).dataset.blank >= {HELD}


def test_whatever_was_typed_beside_a_measure_counts(folder: Path) -> None:
    _edit(folder / HELD, {"F4": "已请第三方调查"}, "工作成效")
    checked = reportgen.check(folder)
    assert HELD not in checked.dataset.blank
    assert [i.cell for i in checked.errors if i.file == HELD] == ["D4", "E4"]


def test_a_row_of_ones_own_without_a_number_is_an_error(folder: Path) -> None:
    _edit(folder / ECONOMY, {"A5": "经济转型发展", "B5": "建议办理", "C5": "新增企业"}, "工作成效")
    assert [i.cell for i in reportgen.check(folder).errors if i.file == ECONOMY] == ["D5", "E5"]


def test_a_measure_that_nobody_answered_is_asked_for_where_it_stands(own_sample: Path) -> None:
    content = {each: load_workbook(own_sample / each) for each in (HELD, ECONOMY)}
    book = content[ECONOMY]
    book["工作成效"]["D4"], book["工作成效"]["E4"] = None, None
    book.save(own_sample / ECONOMY)
    checked = reportgen.check(own_sample)
    (error,) = checked.errors
    assert (error.code, error.sheet) == ("unknown-measure", "专题")
    assert "问过经济发展办公室" in error.message
    (asked,) = [issue for issue in checked.issues if issue.code == "measure-open"]
    assert (asked.file, asked.cell, asked.value) == (ECONOMY, "D4", "走访帮扶企业")


def test_a_supplement_asks_for_nothing_a_second_time(folder: Path) -> None:
    _edit(folder / HELD, {"D5": 7, "E5": "家次"}, "工作成效")
    register = folder / "建议台账.xlsx"
    book = load_workbook(register)
    rows = list(book["建议台账"].iter_rows(min_row=4, values_only=True))
    last = next(row for row in reversed(rows) if row[0])
    free = 4 + rows.index(last) + 1
    for column, value in enumerate(("99", *last[1:10], "市场监督管理所"), 1):
        book["建议台账"].cell(free, column, value)
    book["建议台账"].cell(free, 12, None)
    book["建议台账"].cell(free, 10, "独办")
    book.save(register)
    laid = reportgen.assign(folder)
    (more,) = laid.written
    assert more.name == "市场监督管理所（补1）.xlsx"
    assert not _rows(more)


def _theme_text(folder: Path, row: int, text: str) -> None:
    _edit(folder / "建议台账.xlsx", {f"D{row}": text}, "专题")


def test_a_measure_named_after_handing_out_is_told_with_what_to_type(folder: Path) -> None:
    _theme_text(folder, 4, "走访企业{走访帮扶企业}，新增岗位{新增岗位（个）}。")
    done = CliRunner().invoke(commands, ["assign", str(folder)])
    assert done.exit_code == 0, done.output
    told = [line for line in done.output.splitlines() if line.startswith("  · ")]
    assert [line for line in told if "民生行动" not in line] == [
        f"  · 请{name}在“工作成效”表里加1行并填数：经济转型发展、建议办理、新增岗位、个"
        for name in ("农业农村办公室", "经济发展办公室")
    ]
    # added by hand, in a unit of its own: nothing is asked again
    row = {"A5": "经济转型发展", "B5": "建议办理", "C5": "新增岗位", "D5": 7, "E5": "人"}
    _edit(folder / ECONOMY, row, "工作成效")
    done = CliRunner().invoke(commands, ["assign", str(folder)])
    assert "新增岗位" not in done.output


def test_measures_of_the_action_are_nobody_s_and_told_to_the_office(folder: Path) -> None:
    names = ["整治乱停乱放", "整治占道经营", "清除交通安全隐患", "清理乱张乱贴广告", "清理乱堆乱放"]
    done = CliRunner().invoke(commands, ["assign", str(folder)])
    told = [line for line in done.output.splitlines() if line.startswith("  · ")]
    rows = "；".join(f"民生行动、{name}" for name in names)
    assert told == [f"  · 请有关部门在“工作成效”表里加5行并填数（台账里看不出归哪个部门）：{rows}"]
    everywhere = {row[2] for path in (folder / "填报").iterdir() for row in _rows(path)}
    assert everywhere
    assert everywhere.isdisjoint(names)
    row = {"B4": "民生行动", "C4": names[0], "D4": "100余", "E4": "辆"}
    _edit(folder / "填报/村镇建设办公室.xlsx", row, "工作成效")
    assert names[0] not in CliRunner().invoke(commands, ["assign", str(folder)]).output


def test_the_measures_of_a_theme_that_nobody_leads_are_told_too(folder: Path) -> None:
    _edit(folder / "建议台账.xlsx", {"A8": "备用专题", "D8": "植树{植树（棵）}。"}, "专题")
    done = CliRunner().invoke(commands, ["assign", str(folder)])
    assert (
        "加6行并填数（台账里看不出归哪个部门）：备用专题、建议办理、植树、棵；民生行动"
        in done.output
    )


def _send_sheet(folder: Path, name: str, cells: dict[str, Any], sheet: str) -> Path:
    """A workbook of ECONOMY's in which nothing stands but that."""
    book = load_workbook(folder / ECONOMY)
    for each in ("办理情况", "工作成效", "典型事例"):
        book[each].delete_rows(4, 40)
    for cell, value in cells.items():
        book[sheet][cell] = value
    path = folder / "填报" / name
    book.save(path)
    return path


MEASURE = {"A4": "经济转型发展", "B4": "建议办理", "C4": "走访帮扶企业"}


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ({**MEASURE, "D4": 60, "E4": "家"}, ["parts-added", "measure-repeated"]),
        ({**MEASURE, "D4": 15, "E4": "家"}, ["older-version"]),  # what stands there already
        ({**MEASURE, "C4": "新增岗位", "D4": 60, "E4": "个"}, ["parts-added"]),
    ],
)
def test_a_later_sheet_of_measures_alone_is_never_added_in_silence(
    own_sample: Path, row: dict[str, object], codes: list[str]
) -> None:
    assert [str(value) for value in _rows(own_sample / ECONOMY)[0][3:5]] == ["15", "家"]
    _send_sheet(own_sample, "经济发展办公室（更正）.xlsx", row, "工作成效")
    assert _told(own_sample)["填报/经济发展办公室（更正）.xlsx"] == codes


def test_a_correction_says_where_the_other_number_stands(own_sample: Path) -> None:
    _send_sheet(
        own_sample, "经济发展办公室（更正）.xlsx", {**MEASURE, "D4": 60, "E4": "家"}, "工作成效"
    )
    (error,) = reportgen.check(own_sample).errors
    assert (error.cell, error.value) == ("D4", "走访帮扶企业")
    assert f"{ECONOMY} “工作成效”表 D4，15家" in error.message


# copies


Change = Callable[[Path], None]


def _copy(folder: Path) -> Path:
    """Check, and the marked copy of HELD."""
    send_back(reportgen.check(folder), folder, folder / "output")
    return folder / "output/退改" / HELD


def _sent(path: Path) -> list[str]:
    rows = load_workbook(path)[MARK_SHEET].iter_rows(values_only=True)
    return next((str(row[1]).split() for row in rows if row[0] == SENT), [])


@pytest.fixture
def faulty(own_sample: Path) -> Path:
    """The sample, with an error in HELD."""
    _edit(own_sample / HELD, {"I4": "丁"})
    return own_sample


def test_a_marked_copy_says_whose_it_is_and_of_what_it_was_made(faulty: Path) -> None:
    copy = _copy(faulty)
    rows = list(load_workbook(copy)[MARK_SHEET].iter_rows(values_only=True))
    assert [row[1] for row in rows[:3]] == ["部门填报表", "1", "市场监督管理所"]
    assert [row[0] for row in rows[3:]] == [*[BEGUN] * 4, SENT]
    assert load_workbook(copy)[MARK_SHEET].sheet_state == "veryHidden"
    assert len(_sent(copy)) == 1


def test_a_workbook_without_a_mark_gets_one(faulty: Path) -> None:
    book = load_workbook(faulty / HELD)
    del book[MARK_SHEET]
    book.save(faulty / HELD)
    copy = _copy(faulty)
    assert load_workbook(copy)[MARK_SHEET]["B3"].value == "市场监督管理所"
    again = faulty / "填报/新建.xlsx"  # renamed, it is still theirs
    (faulty / HELD).unlink()
    shutil.copy(copy, again)
    assert "unknown-owner" not in _told(faulty)["填报/新建.xlsx"]


@pytest.mark.parametrize("has_mark", [True, False])
def test_marking_twice_is_marking_once(faulty: Path, has_mark: bool) -> None:
    if not has_mark:
        book = load_workbook(faulty / HELD)
        del book[MARK_SHEET]
        book.save(faulty / HELD)
    once = _copy(faulty).read_bytes()
    (faulty / HELD).write_bytes(once)
    assert _copy(faulty).read_bytes() == once


def test_a_corrected_copy_takes_the_place_of_the_faulty_one(faulty: Path) -> None:
    corrected = faulty / "填报/改好的.xlsx"
    shutil.copy(_copy(faulty), corrected)
    _edit(corrected, {"I4": "A", "P4": "基本满意"})  # a sound cell was corrected too
    told = _told(faulty)
    assert told[HELD] == ["superseded"]
    assert "填报/改好的.xlsx" not in told
    assert not reportgen.check(faulty).errors


def test_the_copy_as_it_was_sent_is_no_correction(faulty: Path) -> None:
    shutil.copy(_copy(faulty), faulty / "填报/退回.xlsx")
    assert _told(faulty)[HELD] == ["older-version"]


def _second(faulty: Path) -> tuple[Path, Path]:
    """Corrected badly, marked again: what came first, and the corrected second copy."""
    first, second = faulty / HELD, faulty / "填报/第二次.xlsx"
    shutil.copy(_copy(faulty), first)
    _edit(first, {"I4": "戊"})
    shutil.copy(_copy(faulty), second)
    assert len(_sent(second)) == 2
    _edit(second, {"I4": "A"})
    return first, second


def test_what_came_before_the_second_marking_is_superseded(faulty: Path) -> None:
    first, _ = _second(faulty)
    assert _told(faulty)[HELD] == ["superseded"]
    assert first.exists()


def test_an_old_copy_that_comes_back_after_a_newer_one_is_told(faulty: Path) -> None:
    first, _ = _second(faulty)
    _edit(first, {"I4": "A", "P4": "基本满意"})  # corrected again, apart from the newer one
    (issue,) = [issue for issue in reportgen.check(faulty).errors if issue.file == HELD]
    assert issue.code == "stale-copy-differs"
    assert "第1次退改" in issue.message
    assert "第2次退改“填报/第二次.xlsx”" in issue.message
    assert "P4（“基本满意”，另一份为“满意”）" in issue.message


def test_an_old_copy_that_says_nothing_else_is_a_reminder(faulty: Path) -> None:
    first, second = _second(faulty)
    _edit(first, {"I4": "A"})
    _edit(second, {"K4": "已电话核实"})
    assert _told(faulty)[HELD] == ["stale-copy"]
    result = CliRunner().invoke(commands, ["check", str(faulty), "--today", "2024-12-1"])
    assert result.exit_code == 0, result.output
    assert "“填报/第二次.xlsx”已经交回" in result.output


# what is gone


def _codes(folder: Path, file: str) -> list[str]:
    return _told(folder).get(file, [])


def _remember(folder: Path) -> None:
    send_back(reportgen.check(folder), folder, folder / "output")


def test_a_stale_copy_that_counts_as_the_newer_one_is_gone_is_told(faulty: Path) -> None:
    first, second = _second(faulty)
    _remember(faulty)  # reads the second copy
    _edit(first, {"I4": "A"})  # an old copy, corrected
    second.unlink()
    (issue,) = [each for each in reportgen.check(faulty).issues if each.file == HELD]
    assert issue.code == "newer-gone"
    assert "第2次退改，“填报/第二次.xlsx”" in issue.message
    assert "找回来" in issue.remedy


def test_the_original_in_place_of_what_came_back_is_told(faulty: Path) -> None:
    original = (faulty / HELD).read_bytes()
    corrected = faulty / HELD
    shutil.copy(_copy(faulty), corrected)
    _edit(corrected, {"I4": "A"})
    _remember(faulty)
    assert not _codes(faulty, HELD)
    corrected.write_bytes(original)
    _edit(corrected, {"I4": "B"})  # whatever was made of it since
    assert "newer-gone" in _codes(faulty, HELD)


def test_a_copy_not_made_of_the_last_one_sent_out_is_told(faulty: Path) -> None:
    first, second = _second(faulty)
    second.unlink()  # sent out only
    assert "newer-sent-out" not in _codes(faulty, HELD)  # it still is what was marked
    _edit(first, {"I4": "A"})
    (issue,) = [each for each in reportgen.check(faulty).issues if each.file == HELD]
    assert issue.code == "newer-sent-out"
    assert "在第1次退改的副本上改的" in issue.message


def test_what_is_there_again_or_newer_is_not_missed(faulty: Path) -> None:
    _, second = _second(faulty)
    _remember(faulty)
    kept = second.read_bytes()
    second.rename(second.with_name("改了名.xlsx"))
    assert not _codes(faulty, "填报/改了名.xlsx")
    second.with_name("改了名.xlsx").unlink()
    second.write_bytes(kept)
    _edit(second, {"K4": "再补一句"})
    assert not _codes(faulty, "填报/第二次.xlsx")


@pytest.mark.parametrize(
    "junk",
    ["", "[]", '{"退改": []}', '{"退改": {"甲": [1, {"文件": 2}]}}', '{"退改": {"甲": 5}}', "\x00"],
)
def test_a_record_that_says_anything_is_passed_over(faulty: Path, junk: str) -> None:
    (faulty / "退改记录.json").write_text(junk, encoding="utf-8")
    _remember(faulty)
    assert "市场监督管理所" in (faulty / "退改记录.json").read_text(encoding="utf-8")


def test_nothing_is_remembered_where_nothing_was_sent_back(own_sample: Path) -> None:
    _remember(own_sample)
    assert not (own_sample / "退改记录.json").exists()
