"""The commands as stories over real folders: set up, hand out, check."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import reportgen
from reportgen.commands import standard_files
from reportgen.commands.check import send_back
from reportgen.commands.folder.template import EDITION, make_default_template
from reportgen.commands.init import init_from
from reportgen.data import Rows
from reportgen.errors import RegisterError, WorkspaceError
from reportgen.excel.read import reader
from reportgen.excel.write import forms
from reportgen.reports import KINDS
from reportgen.schema.model import Stage
from reportgen.workspace import files
from reportgen.workspace.files import digest
from tests.conftest import Lay
from tests.support.changed_sample import row, sample

KIND = KINDS[0]


def numbers(path: Path) -> list[object]:
    """The 编号 column of a return workbook."""
    workbook, _ = reader.read_workbook(path.read_bytes(), path.name)
    assert workbook is not None
    sheet = workbook.sheet("办理情况")
    assert sheet is not None
    rows = (sheet.at(row, 1) for row in range(4, 30))
    return [value for value in rows if value is not None]


def lay_register(folder: Path, rows: Rows) -> None:
    content = forms.write_form(KIND.register, rows=rows, created=EDITION)
    folder.mkdir(exist_ok=True)
    (folder / "建议台账.xlsx").write_bytes(content)


def test_init_lays_a_folder_that_can_be_filled(tmp_path: Path) -> None:
    laid = reportgen.init(tmp_path)
    assert sorted(path.name for path in laid.written) == [
        "建议台账.xlsx", "报告模板.docx", "核查.cmd", "模板字段表.xlsx", "生成报告.cmd",
    ]  # fmt: skip
    for name in ("核查.cmd", "生成报告.cmd"):
        command = (tmp_path / name).read_bytes()
        assert command.isascii()
        assert b'" -P -m reportgen ' in command
        assert b"%~dp0.venv" not in command
        assert b"NoDefaultCurrentDirectoryInExePath" in command


def test_init_changes_nothing_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "建议台账.xlsx").write_bytes(b"mine")
    laid = reportgen.init(tmp_path)
    assert laid.kept == [tmp_path / "建议台账.xlsx"]
    assert (tmp_path / "建议台账.xlsx").read_bytes() == b"mine"


def test_the_sample_has_no_issue_at_all(tmp_path: Path) -> None:
    reportgen.init(tmp_path, sample=True)
    checked = reportgen.check(tmp_path)
    assert list(checked.issues) == []
    assert len(checked.dataset.returned) == 5


def test_assign_hands_out_every_item_once_per_department(tmp_path: Path) -> None:
    lay_register(tmp_path, KIND.sample.register)
    laid = reportgen.assign(tmp_path)
    assert {path.stem: numbers(path) for path in laid.written} == {
        "农业农村办公室": ["1", "3"],
        "经济发展办公室": ["2"],
        "村镇建设办公室": ["3", "7"],
        "社会事务办公室": ["4", "5", "6"],
        "市场监督管理所": ["6"],
    }


def test_a_fresh_hand_out_does_not_count_as_returned(tmp_path: Path) -> None:
    lay_register(tmp_path, KIND.sample.register)
    reportgen.assign(tmp_path)
    checked = reportgen.check(tmp_path)
    assert checked.dataset.begun == {}
    codes = {issue.code for issue in checked.issues}
    assert codes == {"form-still-blank", "reply-overdue", "opinion-overdue"}


def test_assign_again_touches_nothing(tmp_path: Path) -> None:
    lay_register(tmp_path, KIND.sample.register)
    before = {path: path.read_bytes() for path in reportgen.assign(tmp_path).written}
    again = reportgen.assign(tmp_path)
    assert not again.written
    assert {path: path.read_bytes() for path in before} == before


def test_a_later_item_goes_into_a_supplement(tmp_path: Path) -> None:
    lay_register(tmp_path, KIND.sample.register)
    reportgen.assign(tmp_path)
    added = {**KIND.sample.register["建议台账"][1], "编号": "8", "来源": "闭会"}
    register = {**KIND.sample.register, "建议台账": [*KIND.sample.register["建议台账"], added]}
    lay_register(tmp_path, register)
    (written,) = reportgen.assign(tmp_path).written
    assert written.name == "经济发展办公室（补1）.xlsx"
    assert numbers(written) == ["8"]
    assert not [issue for issue in reportgen.check(tmp_path).issues if "returned" in issue.code]


def test_a_renamed_return_still_counts_as_handed_out(tmp_path: Path) -> None:
    lay_register(tmp_path, KIND.sample.register)
    reportgen.assign(tmp_path)
    folder = tmp_path / "填报"
    (folder / "市场监督管理所.xlsx").rename(folder / "6月交.xlsx")
    assert not reportgen.assign(tmp_path).written


def test_what_only_the_report_needs_keeps_nobody_from_handing_out(tmp_path: Path) -> None:
    settings = {**KIND.sample.register["基本信息"][0], "成文日期": None, "统计截止日期": None}
    items = [{**row, "专题": None} for row in KIND.sample.register["建议台账"]]
    rows = {**KIND.sample.register, "基本信息": [settings], "建议台账": items, "专题": []}
    lay_register(tmp_path, rows)
    laid = reportgen.assign(tmp_path)
    assert (len(laid.written), list(laid.issues)) == (5, [])
    underway = reportgen.check(tmp_path, stage=Stage.CHECK)
    codes = {issue.code for issue in underway.errors}
    assert codes == {"form-still-blank"}  # nobody has returned
    missed = [issue.column for issue in underway.issues if issue.code == "required-later"]
    assert missed == ["成文日期", "统计截止日期", *["专题"] * 7]
    in_the_end = {issue.code for issue in reportgen.check(tmp_path).errors}
    assert in_the_end == {"required", "empty-table", "form-still-blank"}


def test_assign_refuses_a_faulty_register(tmp_path: Path) -> None:
    faulty = {**KIND.sample.register["建议台账"][0], "主办部门": "不存在的部门"}
    lay_register(tmp_path, {**KIND.sample.register, "建议台账": [faulty]})
    laid = reportgen.assign(tmp_path)
    assert [issue.code for issue in laid.issues] == ["unknown-name"]
    assert not (tmp_path / "填报").exists()


def test_a_register_that_cannot_be_read_stops_the_command(tmp_path: Path) -> None:
    (tmp_path / "建议台账.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(RegisterError, match=r"建议台账\.xlsx"):
        reportgen.check(tmp_path)


def keep_in_mind(read: list[Path], once: Callable[[Path], Any]) -> Callable[[Path], Any]:
    """Read a file as ever, and note that it was read."""

    def reading(path: Path) -> Any:
        read.append(path)
        return once(path)

    return reading


def test_what_is_counted_hashed_and_marked_is_read_once(
    lay_sample: Lay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_sample(tmp_path)
    read: list[Path] = []
    once = files.read_file
    monkeypatch.setattr(files, "read_file", keep_in_mind(read, once))
    checked = reportgen.check(tmp_path)
    send_back(checked, tmp_path, tmp_path / "a")
    inputs = [path for path in read if path.suffix == ".xlsx"]
    assert len(inputs) == len(set(inputs)) == 6
    (tmp_path / "填报/市场监督管理所.xlsx").write_bytes(b"changed meanwhile")
    assert checked.inputs.keys() == {path.relative_to(tmp_path).as_posix() for path in inputs}
    again = reportgen.check(tmp_path).inputs
    assert {name for name in again if again[name] != checked.inputs[name]} == {
        "填报/市场监督管理所.xlsx"
    }


@pytest.mark.parametrize("command", ["build", "refresh", "verify", "assign"])
def test_every_command_reads_each_input_once(
    command: str, tmp_path: Path, lay_sample: Lay, sample_report: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    lay_sample(tmp_path)
    report = tmp_path / "报告.docx"
    report.write_bytes(sample_report)
    read: list[Path] = []
    once = files.read_file
    monkeypatch.setattr(files, "read_file", keep_in_mind(read, once))
    commands: dict[str, Callable[[], object]] = {
        "build": lambda: reportgen.build(tmp_path, tmp_path / "a"),
        "refresh": lambda: reportgen.refresh(report, tmp_path),
        "verify": lambda: reportgen.verify(report, tmp_path, comments=True),
        "assign": lambda: reportgen.assign(tmp_path),
    }
    commands[command]()
    assert len(read) == len(set(read))


def test_no_second_form_for_a_department_whose_file_cannot_be_read(tmp_path: Path) -> None:
    lay_register(tmp_path, KIND.sample.register)
    reportgen.assign(tmp_path)
    (tmp_path / "填报/市场监督管理所.xlsx").write_bytes(b"damaged")
    laid = reportgen.assign(tmp_path)
    assert not laid.written
    assert [issue.code for issue in laid.issues] == ["unreadable"]


# forms --overwrite


def test_a_register_that_is_filled_in_is_never_replaced_by_a_blank_one(
    lay_sample: Lay, tmp_path: Path
) -> None:
    lay_sample(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(WorkspaceError, match=r"已经填了内容，不能换成空白表。请把标准表样生成到"):
        standard_files.forms(tmp_path, overwrite=True)
    assert {path: path.read_bytes() for path in before} == before


def test_a_register_that_cannot_be_read_is_not_taken_for_blank(tmp_path: Path) -> None:
    (tmp_path / "建议台账.xlsx").write_bytes(b"locked or damaged")
    with pytest.raises(WorkspaceError, match="已经填了内容"):
        standard_files.forms(tmp_path, overwrite=True)


def test_forms_put_an_edited_template_aside_and_renew_what_is_as_made(tmp_path: Path) -> None:
    standard_files.forms(tmp_path)
    template = tmp_path / "报告模板.docx"
    template.write_bytes(b"edited in Word")
    (tmp_path / "模板字段表.xlsx").write_bytes(make_default_template(KIND))  # as made, but another
    standard_files.forms(tmp_path, overwrite=True)
    assert template.read_bytes() == make_default_template(KIND)
    assert [path.name for path in (tmp_path / "上一版").iterdir()] == ["报告模板.docx"]
    assert (tmp_path / "上一版/报告模板.docx").read_bytes() == b"edited in Word"


def test_the_template_of_a_build_is_not_replaced_by_its_report(
    sample_folder: Path, tmp_path: Path
) -> None:
    first = reportgen.build(sample_folder, tmp_path).document
    assert first is not None
    first.path.write_bytes(make_default_template(KIND))
    record = tmp_path / "输出记录.json"
    told = json.loads(record.read_text("utf-8"))
    told["outputs"][first.path.name]["sha256"] = [digest(make_default_template(KIND))]
    record.write_text(json.dumps(told), "utf-8")
    again = reportgen.build(sample_folder, tmp_path, template=first.path).document
    assert again is not None
    assert again.aside
    assert first.path.read_bytes() == make_default_template(KIND)


def test_a_form_tells_since_when_until_when_whom_to_ring_up_and_with_whom(tmp_path: Path) -> None:
    """For those who help, the day is that of 会办期限; nothing of it counts as filled in."""
    made = sample()
    made.register["代表名册"][0].update(  # type: ignore[attr-defined]
        姓名="甲", 电话="13800000001"
    )
    row(made, "1").update(
        领衔代表="甲", 联名代表=(), 交办日期=dt.date(2024, 3, 5), 办理方式="主办协办",
        主办部门=("农业农村办公室",), 协办部门=("经济发展办公室", "村镇建设办公室"),
    )  # fmt: skip
    lay_register(tmp_path, made.register)
    reportgen.assign(tmp_path)
    told = {
        department: _handed(tmp_path / f"填报/{department}.xlsx")
        for department in ("农业农村办公室", "经济发展办公室")
    }
    assert told == {
        "农业农村办公室": ("2024-3-5", "2024-6-5", "13800000001", "经济发展办公室、村镇建设办公室"),
        "经济发展办公室": ("2024-3-5", "2024-4-5", "13800000001", "农业农村办公室、村镇建设办公室"),
    }
    assert reportgen.check(tmp_path, stage=Stage.CHECK).dataset.begun == {}


def _handed(path: Path) -> tuple[object, ...]:
    """The locked cells of 1 behind its own."""
    sheet = load_workbook(path)["办理情况"]
    names = {cell.value: cell for cell in sheet[3]}
    columns = [names[n].column for n in ("交办日期", "答复期限", "代表电话", "会同单位")]
    assert all(sheet.cell(4, column).protection.locked for column in columns)
    return tuple(sheet.cell(4, column).value for column in columns)


def test_a_year_begins_only_when_all_files_of_the_last_one_can_be_read(tmp_path: Path) -> None:
    """What such a file holds would be missing for good: the next run keeps the register."""
    last, new = tmp_path / "去年", tmp_path / "今年"
    reportgen.init(last, sample=True)
    with (last / "填报/农业农村办公室.xlsx").open("r+b") as stream:
        stream.truncate(101 * 2**20)
    with pytest.raises(WorkspaceError, match="太大"):
        init_from(new, last)
    assert not new.exists()
