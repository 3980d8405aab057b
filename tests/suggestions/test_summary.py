"""核查结果.xlsx and the marked copies, as ``check`` leaves them for the office."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

import reportgen
from reportgen.cli import commands
from reportgen.commands.check import SentBack, send_back
from reportgen.excel.mark import marked_copy
from reportgen.excel.read.core_properties import read_last_saved
from reportgen.reports.check_result import LISTED, CheckOutcome, make_result_rows
from reportgen.workspace import SavedFile
from tests.fuzz.bombs.workbooks import sheet
from tests.support.damage import Change, Folder, clear, copy, put, remove, rename, write
from tests.support.mutations import BUILD, ECON, FARM, MARKET, OFFICE, SOCIAL
from tests.support.ole import ENCRYPTED
from tests.support.returned_forms import AS_HANDED_OUT, REST, SPLIT

WRONG = put(FARM, "办理情况", I4="X类", M5="2024年9月31日", P4=None)
RESULT = "永安镇2024年度核查结果.xlsx"
PAGE = "永安镇2024年度核查结果.html"
COPY = f"退改/{FARM}"


class Office:
    """A working folder and the output folder of its checks."""

    def __init__(self, place: Path, sample: Folder) -> None:
        self.folder, self.out = place / "永安镇2024", place / "output"
        self.sample = sample

    def check(self, *changes: Change, today: dt.date | None = None) -> SentBack:
        files = dict(self.sample)
        for change in changes:
            change(files)
        workspace_files = [path for path in self.folder.rglob("*") if path.is_file()]
        for path in workspace_files:
            path.unlink()
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        checked = reportgen.check(self.folder, today=today)
        return send_back(checked, self.folder, self.out)

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        book = openpyxl.load_workbook(self.out / RESULT)
        header, *found = book[sheet].iter_rows(min_row=3, values_only=True)
        return [dict(zip(header, row, strict=True)) for row in found]

    def letters(self) -> dict[str, str]:
        return {row["部门"]: row["催报内容"] for row in self.rows("催报")}

    def names(self) -> list[str]:
        paths = (path for path in self.out.rglob("*") if path.is_file())
        names = sorted(path.relative_to(self.out).as_posix() for path in paths)
        return [name for name in names if not name.startswith("上一版/")]


@pytest.fixture
def office(tmp_path: Path, sample: Folder) -> Office:
    return Office(tmp_path, sample)


# 交回情况


def test_where_nothing_is_wrong_all_are_complete_and_nobody_is_written_to(office: Office) -> None:
    sent = office.check()
    assert [saved.path.name for saved in sent.files.saved] == [PAGE, RESULT]
    assert office.names() == [PAGE, RESULT, "输出记录.json"]
    standings = office.rows("交回情况")
    assert [row["部门"] for row in standings] == [
        "农业农村办公室", "经济发展办公室", "村镇建设办公室", "社会事务办公室", "市场监督管理所",
    ]  # fmt: skip
    assert {row["是否齐全"] for row in standings} == {"是"}
    assert office.rows("问题清单") == office.rows("催报") == []


def test_each_department_is_counted_by_what_was_handed_out_and_answered(office: Office) -> None:
    office.check(WRONG, remove(SOCIAL), clear(BUILD, "办理情况", 5))
    found = {row["部门"]: tuple(row.values())[1:] for row in office.rows("交回情况")}
    assert found["农业农村办公室"] == ("填写中", FARM, None, 2, 1, 0, 2, 1, "否")
    assert found["经济发展办公室"] == ("已填齐", ECON, None, 1, 1, 1, 0, 0, "是")
    assert found["村镇建设办公室"][3:] == (2, 2, 1, 1, 0, "否")
    assert found["社会事务办公室"] == ("未交回", None, None, 3, 2, 0, 1, 0, "否")


def test_an_item_in_progress_keeps_a_department_from_being_complete(office: Office) -> None:
    office.check(put(FARM, "办理情况", I4=None, M4=None, P4=None, R4=None))
    row = office.rows("交回情况")[0]
    assert (row["已答复"], row["错误"], row["是否齐全"]) == (0, 0, "否")
    assert row["提醒"] >= 1
    assert "还有1件没有填办理结果和答复日期" in office.letters()["农业农村办公室"]
    assert "核查发现" not in office.letters()["农业农村办公室"]


def test_what_is_answered_later_is_not_answered_by_an_earlier_day(office: Office) -> None:
    office.check()
    then = [row["已答复"] for row in office.rows("交回情况")]
    office.check(today=dt.date(2024, 3, 31))
    assert sum(then) > 0
    assert [row["已答复"] for row in office.rows("交回情况")] == [0] * len(then)


def test_when_a_file_was_last_saved_is_what_it_says_itself_in_local_time(office: Office) -> None:
    def saved(folder: Folder) -> None:
        parts = {}
        with zipfile.ZipFile(io.BytesIO(folder[FARM])) as package:
            for name in package.namelist():
                parts[name] = package.read(name)
        core = parts["docProps/core.xml"]
        begin, _, end = core.rpartition(b"2026-11-22T00:00:00Z")
        parts["docProps/core.xml"] = begin + b"2024-12-05T08:20:31Z" + end
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            for name, part in parts.items():
                package.writestr(name, part)
        folder[FARM] = stream.getvalue()

    office.check(saved)
    assert [row["最后保存"] for row in office.rows("交回情况")] == ["2024-12-5 16:20", *[None] * 4]


@pytest.mark.parametrize("content", [b"", b"PK", ENCRYPTED])
def test_a_file_that_does_not_say_when_it_was_saved_says_nothing(content: bytes) -> None:
    assert read_last_saved(content) is None


# 问题清单


def test_every_issue_is_listed_under_its_department(office: Office) -> None:
    office.check(WRONG, remove(SOCIAL), put(OFFICE, "建议台账", H4="年初"))
    listed = [tuple(row.values()) for row in office.rows("问题清单")]
    assert [(row[0], row[1], row[2], row[5]) for row in listed] == [
        ("（台账）", OFFICE, "“建议台账”表 H4", "错误"),
        ("农业农村办公室", FARM, "“办理情况”表 I4", "错误"),
        ("农业农村办公室", FARM, "“办理情况”表 P4", "提醒"),
        ("农业农村办公室", FARM, "“办理情况”表 M5", "错误"),
        ("社会事务办公室", OFFICE, "“承办部门”表 A7", "错误"),
    ]
    assert [row[8] for row in listed] == [f"退改/{OFFICE}", COPY, COPY, COPY, None]
    assert all(row[6].endswith("。") and row[7].endswith("。") for row in listed)
    assert [row[3] for row in listed] == ["1", "1", "1", "3", None]
    assert listed[1][4] == "关于加大政策支持引领，发展壮大肉牛养殖、延长产业链的建议"


def test_what_could_not_be_read_is_not_opened_to_be_marked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was refused within limits on memory and time, which do not hold where copies are made."""
    opened: list[bytes] = []
    monkeypatch.setattr(marked_copy, "mark_workbook", lambda content, *_: opened.append(content))
    far = sheet('<row r="1"><c r="A1"><v>1</v></c><c r="AAAA700000"><v>1</v></c></row>')
    sent = office.check(write("填报/说明.xlsx", far), write(MARKET, b"PK"))
    assert sorted(sent.uncopied) == [MARKET, "填报/说明.xlsx"]
    assert set(opened) == {b""}


def test_a_file_that_cannot_be_marked_says_so(office: Office) -> None:
    sent = office.check(write(MARKET, ENCRYPTED), write("填报/说明.xlsx", b"PK"))
    assert sorted(sent.uncopied) == [MARKET, "填报/说明.xlsx"]
    listed = {(row["部门"], row["文件"]): row["退改副本"] for row in office.rows("问题清单")}
    assert listed["市场监督管理所", MARKET] == "没有生成（这个文件不能标注）"
    assert listed["（看不出部门）", "填报/说明.xlsx"] == "没有生成（这个文件不能标注）"
    assert ("市场监督管理所", OFFICE) not in listed


def test_no_list_is_endless(office: Office) -> None:
    office.check(WRONG)
    checked = reportgen.check(office.folder)
    issues = [*checked.issues] * 1000
    outcome = CheckOutcome(checked.kind, checked.dataset, issues, (), OFFICE, {}, {})
    listed = make_result_rows(outcome)["问题清单"]
    assert len(listed) == LISTED + 1
    assert listed[-1]["问题"] == "问题太多，只列出前2000处，另有1000处。"


# 催报


def test_who_has_not_returned_is_reminded(office: Office) -> None:
    office.check(remove(SOCIAL))
    assert office.letters() == {
        "社会事务办公室": "社会事务办公室：\n"
        "贵单位承办代表建议3件（其中主办2件），填报表还没有收到。\n"
        "请抓紧填好后发来；如已发出，请核对一下是否发送成功。\n"
        "谢谢支持！"
    }


def test_whoever_sent_something_unreadable_is_told_so(office: Office) -> None:
    office.check(write(MARKET, ENCRYPTED))
    letter = office.letters()["市场监督管理所"]
    assert "发来的填报表没能读取：" in letter
    assert "“市场监督管理所.xlsx”：这个文件设了打开密码" in letter
    assert "还没有收到" not in letter


def test_errors_are_told_with_their_places_and_what_to_do(office: Office) -> None:
    office.check(WRONG)
    letter = office.letters()["农业农村办公室"]
    assert "核查发现2处需要改正：" in letter
    assert "\n1. “办理情况”表 I4：“X类”不在“办理结果分类”表中。" in letter
    assert "\n2. “办理情况”表 M5：" in letter
    assert "批注和“核查意见”表写明了怎么改" in letter
    assert "还有" not in letter


def test_only_the_first_errors_are_told_where_a_copy_shows_the_rest(office: Office) -> None:
    wrong = {f"{column}{row}": "某天" for column in "EHMR" for row in (4, 5)}
    office.check(put(FARM, "办理情况", **wrong, L4="尽快", L5="尽快"))
    letter = office.letters()["农业农村办公室"]
    assert "8. " in letter
    assert "9. " not in letter
    assert "其余2处不一一列出。" in letter


def test_an_item_that_no_file_holds_is_told_without_a_place_of_ours(office: Office) -> None:
    office.check(clear(BUILD, "办理情况", 5))
    letter = office.letters()["村镇建设办公室"]
    assert "1. 第7号（村镇建设办公室主办）没有报回。请补填；" in letter
    assert "建议台账" not in letter
    assert "请改好后重新发来。" in letter


def test_several_files_of_a_department_are_told_apart(office: Office) -> None:
    office.check(*SPLIT, put(REST, "办理情况", G4="托梦"))
    letter = office.letters()["社会事务办公室"]
    assert "1. “社会事务办公室（补1）.xlsx”“办理情况”表 G4：" in letter
    assert "随后发去的各个工作簿里" in letter
    row = next(row for row in office.rows("交回情况") if row["部门"] == "社会事务办公室")
    assert row["文件"] == f"{SOCIAL}\n{REST}"


def test_an_older_version_is_its_departments(office: Office) -> None:
    office.check(copy(FARM, "填报/报表.xlsx"))
    (row,) = office.rows("问题清单")
    assert (row["部门"], row["文件"], row["类别"]) == ("农业农村办公室", "填报/报表.xlsx", "提醒")


def test_a_letter_that_begins_like_a_formula_is_text(office: Office) -> None:
    office.check(put(FARM, "办理情况", I4="=1+1"))
    book = openpyxl.load_workbook(office.out / RESULT)
    assert "f" not in {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "（=1+1）" in office.letters()["农业农村办公室"]


# The files


def test_a_copy_of_each_workbook_with_errors_and_of_no_other(office: Office) -> None:
    office.check(WRONG, put(BUILD, "办理情况", P4=None), remove(SOCIAL))
    assert office.names() == [PAGE, RESULT, "输出记录.json", COPY]


def test_the_same_folder_gives_the_same_bytes(office: Office) -> None:
    def content() -> dict[str, bytes]:
        office.check(WRONG, remove(SOCIAL))
        return {name: (office.out / name).read_bytes() for name in office.names()}

    assert content() == content()


def test_copies_no_longer_wanted_go(office: Office) -> None:
    office.check(WRONG)
    sent = office.check()
    assert sent.files.removed == (office.out / COPY,)
    assert office.names() == [PAGE, RESULT, "输出记录.json"]
    assert not (office.out / "退改").exists()


def test_what_somebody_edited_is_neither_overwritten_nor_removed(office: Office) -> None:
    office.check(WRONG)
    path = office.out / COPY
    path.write_bytes(b"edited")
    sent = office.check(WRONG)
    beside = path.with_stem(path.stem + "（2）")
    assert sent.files.saved[0] == SavedFile(beside, aside=True)
    assert path.read_bytes() == b"edited"
    sent = office.check()
    assert path.read_bytes() == b"edited"
    assert not beside.exists()


def test_an_edited_copy_no_longer_wanted_is_named(office: Office) -> None:
    office.check(WRONG)
    (office.out / COPY).write_bytes(b"edited")
    assert office.check().files.kept == (office.out / COPY,)
    assert office.check().files.kept == ()


def test_a_check_and_a_build_share_an_output_folder(office: Office) -> None:
    office.check()
    first = reportgen.build(office.folder, office.out)
    office.check(WRONG)
    office.check()
    again = reportgen.build(office.folder, office.out)
    assert again.document == first.document
    assert "（2）" not in "".join(office.names())


def test_a_check_of_another_folder_leaves_the_results_of_this_one(
    office: Office, sample: Folder, tmp_path: Path
) -> None:
    office.check(WRONG)
    before = {name: (office.out / name).read_bytes() for name in office.names()}
    other = Office(tmp_path / "别处", sample)
    other.out = office.out
    other.check(WRONG, put(ECON, "办理情况", I4="X类"))
    other.check()
    kept = {name: (office.out / name).read_bytes() for name in before}
    assert {n: c for n, c in kept.items() if n != "输出记录.json"} == {
        n: c for n, c in before.items() if n != "输出记录.json"
    }
    assert f"{Path(RESULT).stem}（2）.xlsx" in office.names()


def test_a_returned_copy_that_was_corrected_is_complete(office: Office) -> None:
    office.check(WRONG)
    returned = (office.out / COPY).read_bytes()
    files = {FARM: returned}
    book = openpyxl.load_workbook(io.BytesIO(office.sample[FARM]))["办理情况"]
    put(FARM, "办理情况", **{cell: book[cell].value for cell in ("I4", "M5", "P4")})(files)
    office.check(write(FARM, files[FARM]))
    row = office.rows("交回情况")[0]
    assert (row["交回情况"], row["是否齐全"]) == ("已填齐（改正件）", "是")


def test_a_form_as_it_was_handed_out_is_not_returned(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = office.check(AS_HANDED_OUT)
    assert [saved.path.name for saved in sent.files.saved] == [PAGE, RESULT]
    row = office.rows("交回情况")[0]
    assert (row["交回情况"], row["文件"], row["是否齐全"]) == ("未填写", FARM, "否")
    assert "填报表已收到" not in office.letters()["农业农村办公室"]
    assert "发去的填报表还没有填好交回。" in office.letters()["农业农村办公室"]
    monkeypatch.setattr("sys.argv", ["reportgen", "check", str(office.folder), "-o", "结果"])
    monkeypatch.chdir(office.out)
    with pytest.raises(SystemExit):
        commands.main()
    shown = capsys.readouterr().out
    assert "已交回填报表的部门：4个。发出的表还没有填：农业农村办公室。" in shown
    board = reportgen.status(office.folder, office.out, dt.date(2024, 12, 31)).board["各部门"]
    assert [each["填报表"] for each in board] == ["未填写", *["已填齐"] * 4]


def test_a_copy_keeps_the_name_it_was_sent_under(office: Office) -> None:
    office.check(WRONG, rename(FARM, "填报/6月/交.xlsx"))
    assert "退改/填报/6月/交.xlsx" in office.names()


def test_the_command_says_where_everything_is(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.check(WRONG, write(MARKET, ENCRYPTED))
    arguments = ["reportgen", "check", str(office.folder), "-o", str(office.out)]
    monkeypatch.setattr("sys.argv", arguments)
    with pytest.raises(SystemExit) as ended:
        commands.main()
    shown = capsys.readouterr().out
    assert ended.value.code == 1
    assert f"核查结果（交回情况、问题清单、催报）：{office.out / RESULT}" in shown
    assert f"标明错处的副本，可发回改正：{office.out / COPY}" in shown
    assert f"这个文件不能标注，没有副本，请按问题清单处理：{MARKET}" in shown


def test_the_same_can_be_read_in_a_browser_alone(office: Office) -> None:
    sent = office.check(WRONG)
    text = sent.page.path.read_text("utf-8")
    assert sent.page.path == office.out / PAGE
    book = {row["问题"] for row in office.rows("问题清单")}
    assert book
    assert all(issue in unescape(text) for issue in book)
    assert all(letter in unescape(text) for letter in office.letters().values())
    links = [unquote(link) for link in re.findall(r'href="([^"]+)"', text)]
    assert links == [COPY]
    assert (office.out / links[0]).is_file()
    assert not re.search(r"<script|https?://|src=|@import|url\(", text)


def test_what_departments_type_is_no_markup_there(office: Office) -> None:
    sent = office.check(put(FARM, "办理情况", I4="<b onclick=x>"))
    text = sent.page.path.read_text("utf-8")
    assert "<b onclick" not in text
    assert "&lt;b onclick=x&gt;" in text
