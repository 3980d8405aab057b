"""``rollup``: the folders of many units made one report that is traced, verified, renewed and finished."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from docx import Document

import reportgen
from reportgen import reports
from reportgen.cli.commands import commands
from reportgen.commands.many import county
from reportgen.data import Rows
from reportgen.errors import ReportError, WorkspaceError
from reportgen.excel.write import forms
from tests.commands.test_second_kind import ANSWERS, change
from tests.fuzz.towns import renamed
from tests.support.filled_books import enter
from tests.support.recount import recount_county
from tests.support.templates import docx, p
from tests.support.tiny_kind import LAMPS, ROWS

REGISTER = "建议台账.xlsx"
LAMP_REGISTER = "路灯台账.xlsx"
EAST = "填报/城东维修队.xlsx"
Lay = Callable[..., None]


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, where the second kind is known."""
    monkeypatch.setattr(reports, "KINDS", (*reports.KINDS, LAMPS))
    monkeypatch.setattr(county, "count_workers", lambda *_: 0)


def run(*arguments: object) -> Result:
    done = CliRunner().invoke(commands, [str(each) for each in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """临江镇 with both returns filled in: three places, two of them mended."""
    folder = tmp_path_factory.mktemp("灯") / "临江镇"
    folder.mkdir()
    lay_lamp_register(folder, "临江镇")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reports, "KINDS", (*reports.KINDS, LAMPS))
        reportgen.assign(folder)
    for file, cells in ANSWERS.items():
        change(folder / file, cells)
    return folder


def lay_lamp_register(folder: Path, name: str, month: int = 6) -> None:
    settings = {**ROWS["基本信息"][0], "单位名称": name, "月份": month}
    rows: Rows = {**ROWS, "基本信息": [settings]}
    content = forms.write_form(LAMPS.register, rows=rows, created=dt.datetime(2024, 6, 1))
    (folder / LAMP_REGISTER).write_bytes(content)


def lay_lamps(root: Path, lamps: Path, *names: str) -> None:
    for name in names:
        shutil.copytree(lamps, root / name)
        lay_lamp_register(root / name, name)


def lay_town(folder: Path, sample: Path, name: str) -> Path:
    """The sample under another name."""
    for path in (sample / REGISTER, *(sample / "填报").glob("*.xlsx")):
        target = folder / path.relative_to(sample)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(renamed(path.read_bytes(), name))
    return folder


def told(root: Path) -> dict[str, list[str]]:
    """The codes by folder."""
    done = reportgen.rollup(root, root / "output", workers=0)
    found: dict[str, list[str]] = {}
    for report in done.reports:
        for issue in report.issues:
            found.setdefault(issue.file, []).append(issue.code)
    return found


def test_a_kind_that_says_nothing_of_it_is_rolled_up(lamps: Path, tmp_path: Path) -> None:
    """Counts add, the rate is of the sums; a figure leads to the cells of its unit."""
    root = tmp_path / "全县"
    lay_lamps(root, lamps, "甲镇", "乙镇", "丙镇")
    change(root / "乙镇" / EAST, {"D5": "是", "E5": dt.date(2024, 6, 4), "F5": None})
    done = run("rollup", root)
    assert done.exit_code == 0, done.output
    (report,) = (root / "output").glob("*.docx")
    shown = {each.key: each.text for each in reportgen.figures(report)}
    assert [shown[key] for key in ("灯.处数", "灯.修复处数", "灯.修复率")] == [
        "9处",
        "7处",
        "77.8%",
    ]
    assert shown["汇总.计入个数"] == "3个"
    lines = reportgen.trace(report, "灯.修复处数")
    assert "单位.乙镇.灯.修复处数＝3处" in "".join(lines)
    assert any(line.strip() == "单元格：乙镇/填报/城东维修队.xlsx“维修情况”D4:D5" for line in lines)
    rows = [[cell.text for cell in row.cells] for row in Document(str(report)).tables[-1].rows]
    assert rows[1:4] == [
        ["1", "丙镇", "3", "2", "0", "66.7%"],
        ["2", "乙镇", "3", "3", "0", "100.0%"],
        ["3", "甲镇", "3", "2", "0", "66.7%"],
    ]
    assert rows[4] == ["合计", "3个单位", "9", "7", "0", "77.8%"]


def test_the_report_is_verified_renewed_and_finished_like_any_other(
    lamps: Path, tmp_path: Path
) -> None:
    root = tmp_path / "全县"
    lay_lamps(root, lamps, "甲镇", "乙镇")
    run("rollup", root, "--charts", "native")
    (report,) = (root / "output").glob("*.docx")
    assert reportgen.verify(report, root).findings == []
    document = Document(str(report))
    document.add_paragraph("请各镇抓紧。")
    document.save(str(report))
    change(root / "甲镇" / EAST, {"D5": "是", "E5": dt.date(2024, 6, 4), "F5": None})
    found = reportgen.verify(report, root).findings
    assert {("figure-stale", "灯.修复处数"), ("figure-stale", "灯.修复率")} <= {
        (each.kind, each.key) for each in found
    }
    assert [each.place for each in found if each.kind == "input-changed"] == ["甲镇"]
    renewed = reportgen.refresh(report, root)
    text = "\n".join(each.text for each in Document(str(renewed.document.path)).paragraphs)
    assert "灯修复处数5" in text
    assert "请各镇抓紧。" in text
    assert reportgen.verify(renewed.document.path, root).errors == []
    final = reportgen.finalize(renewed.document.path, root, accept=True)
    assert final.document is not None


def test_the_office_says_whose_report_it_is(lamps: Path, tmp_path: Path) -> None:
    """A blank 汇总设置 is laid once; what is wrong in it is told at its cell."""
    root = tmp_path / "全县"
    lay_lamps(root, lamps, "甲镇")
    assert "汇总设置.xlsx（填好单位名称" in run("rollup", root).output
    settings = root / "汇总设置.xlsx"
    enter(settings, "基本信息", {"单位名称": "永和县", "署名": "永和县城管局", "占比小数位数": 0})
    enter(settings, "基本信息", {"成文日期": dt.date(2024, 7, 3)})
    done = run("rollup", root)
    assert done.exit_code == 0
    assert "已生成" not in done.output
    report = root / "output" / "永和县6月路灯维修汇总报告.docx"
    text = [each.text for each in Document(str(report)).paragraphs]
    assert {"永和县城管局", "2024年7月3日"} <= set(text)
    assert next(each.text for each in reportgen.figures(report) if each.key == "灯.修复率") == "67%"
    assert reportgen.verify(report, root).findings == []
    enter(settings, "基本信息", {"成文日期": "七月"})
    found = reportgen.verify(report, root).findings
    assert [each.place for each in found if each.kind == "input-changed"] == ["汇总设置.xlsx"]
    done = run("rollup", root)
    assert done.exit_code == 1
    assert "“基本信息”表 B" in done.output


def test_the_office_may_have_a_template_of_its_own(lamps: Path, tmp_path: Path) -> None:
    root = tmp_path / "全县"
    lay_lamps(root, lamps, "甲镇", "乙镇")
    lines = (
        "{{ 标题 }}",
        "{% for 镇 in 单位列表 %}",
        "{{ 镇.名称 }}修了{{ 镇.灯修复处数 }}处。",
        "{% endfor %}",
    )
    (root / "汇总模板.docx").write_bytes(docx(*map(p, lines)))
    assert run("rollup", root).exit_code == 0
    (report,) = (root / "output").glob("*.docx")
    text = [each.text for each in Document(str(report)).paragraphs if each.text]
    assert text == ["6月路灯维修汇总报告", "乙镇修了2处。", "甲镇修了2处。"]
    assert reportgen.verify(report, root).findings == []


def test_the_built_in_template_is_laid_to_be_changed(lamps: Path, tmp_path: Path) -> None:
    root = tmp_path / "全县"
    lay_lamps(root, lamps, "甲镇", "乙镇")
    assert "已生成：" in run("rollup", root, "--write-template").output
    (report,) = (root / "output").glob("*.docx")
    first = report.read_bytes()
    assert "已有，未改动：" in run("rollup", root, "--write-template").output
    assert report.read_bytes() == first
    sheet = openpyxl.load_workbook(root / "汇总模板字段表.xlsx")["列表"]
    named = {row[0] for row in sheet.iter_rows(values_only=True)}
    assert any("单位列表" in str(name) for name in named)
    template = Document(str(root / "汇总模板.docx"))
    next(each for each in template.paragraphs if "汇总而成" in each.text).add_run("请审阅。")
    template.save(str(root / "汇总模板.docx"))
    run("rollup", root)
    assert "请审阅。" in "".join(each.text for each in Document(str(report)).paragraphs)


def test_what_does_not_count_is_told_and_named(
    lamps: Path, sample_folder: Path, tmp_path: Path
) -> None:
    """Unreadable, faulty, copied, of one name, of another month: the report says of how many it is."""
    root = tmp_path / "全县"
    lay_lamps(root, lamps, "甲镇", "乙镇", "错镇", "坏镇", "上月镇", "重名甲", "重名乙")
    shutil.copytree(root / "甲镇", root / "甲镇 - 副本")
    change(root / "错镇" / EAST, {"D4": None})
    (root / "坏镇" / LAMP_REGISTER).write_bytes(b"PK\x03\x04broken")
    lay_lamp_register(root / "上月镇", "上月镇", 5)
    for name in ("重名甲", "重名乙"):
        lay_lamp_register(root / name, "同名镇")
    change(root / "重名乙" / EAST, {"D5": "是", "E5": dt.date(2024, 6, 4), "F5": None})
    done = run("rollup", root)
    assert done.exit_code == 1
    assert told(root) == {
        "上月镇": ["unit-of-other-period"], "坏镇": ["unit-left-out"], "甲镇 - 副本": ["unit-copied"],
        "错镇": ["unit-left-out"], "重名甲": ["unit-named-twice"], "重名乙": ["unit-named-twice"],
    }  # fmt: skip
    assert "填报/城东维修队.xlsx“维修情况”表 D4" in done.output
    (report,) = (root / "output").glob("*.docx")
    text = "\n".join(each.text for each in Document(str(report)).paragraphs)
    assert "共有8个工作目录，计入汇总的2个，没有计入的6个" in text
    assert "灯处数6" in text
    for folder in ("上月镇", "坏镇", "甲镇 - 副本", "错镇", "重名甲", "重名乙"):
        assert f"\n{folder}：" in text
    assert str(tmp_path) not in text
    assert reportgen.verify(report, root).findings == []
    sheet = openpyxl.load_workbook(root / "output" / "汇总结果.xlsx").active
    rows = {row[0]: row[1:] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert {name for name, row in rows.items() if row[0] == "计入"} == {"乙镇", "甲镇"}
    assert all(row[1] for row in rows.values() if row[0] == "没有计入")
    assert str(rows["错镇"][1]).startswith(
        "错误：没有计入：错误：填报/城东维修队.xlsx“维修情况”表 D4"
    )


def test_a_units_own_report_that_says_otherwise_is_told(
    sample_folder: Path, tmp_path: Path
) -> None:
    """In its folder or among the results of batch; with the place, both numbers, and once for each."""
    root, made = tmp_path / "全县", tmp_path / "结果"
    for name in ("甲镇", "乙镇"):
        lay_town(root / name, sample_folder, name)
    assert told(root) == {}
    (figures,) = (root / "output").glob("*汇总报告.json")
    assert recount_county(json.loads(figures.read_text("utf-8"))["facts"], root) == []
    reportgen.build(root / "甲镇", root / "甲镇" / "output", charts="native")
    reportgen.build(root / "乙镇", made / "乙镇", charts="native")
    assert told(root) == {}
    (report,) = (root / "甲镇" / "output").glob("*.docx")
    document = Document(str(report))
    said = [run for each in document.paragraphs for run in each.runs if run.text == "7"][:2]
    for run in said:
        run.text = "8"
    total = next(row for row in document.tables[1].rows if row.cells[0].text == "合计")
    rate = next(
        run for each in total.cells[-1].paragraphs for run in each.runs if run.text == "100%"
    )
    rate.text = "90%"
    document.save(str(report))
    returned = root / "乙镇" / "填报" / "农业农村办公室.xlsx"
    change(returned, {place_of(returned, "满意度"): "基本满意"}, "办理情况")
    done = reportgen.rollup(root, root / "output", reports=made, workers=0)
    found = [(each.file, each.code, each.message) for each in done.reports[0].issues]
    assert {(file, code) for file, code, _ in found} == {
        ("甲镇", "unit-states-otherwise"), ("乙镇", "unit-states-otherwise"),
    }  # fmt: skip
    assert (
        "单位自己的报告“甲镇2024年度人大代表建议办理情况的报告.docx”正文第3段“建议.件数”写的是8件，数据里是7件；汇总用的是数据"
        in [message for *_, message in found]
    )
    assert any("“满意.占比”写的是90%，数据里是100%" in message for *_, message in found)


def place_of(returned: Path, heading: str) -> str:
    """The first cell below a heading."""
    sheet = openpyxl.load_workbook(returned)["办理情况"]
    column = next(cell.column_letter for cell in sheet[3] if cell.value == heading)
    return f"{column}4"


def test_towns_of_one_name_in_several_counties_are_told_apart(lamps: Path, tmp_path: Path) -> None:
    root = tmp_path / "全市"
    lay_lamps(root, lamps, "东县/城关镇", "西县/城关镇")
    for above in ("东县", "西县"):
        lay_lamp_register(root / above / "城关镇", "城关镇")
    change(root / "西县" / "城关镇" / EAST, {"D5": "是", "E5": dt.date(2024, 6, 4), "F5": None})
    assert told(root) == {name: ["unit-named-alike"] for name in ("东县/城关镇", "西县/城关镇")}
    (report,) = (root / "output").glob("*.docx")
    rows = [[cell.text for cell in row.cells] for row in Document(str(report)).tables[-1].rows]
    assert [row[1] for row in rows[1:3]] == ["东县/城关镇", "西县/城关镇"]


def test_each_kind_below_one_root_has_its_own_report(
    lamps: Path, sample_folder: Path, tmp_path: Path
) -> None:
    root = tmp_path / "全县"
    lay_lamps(root, lamps, "灯/甲镇")
    lay_town(root / "建议" / "乙镇", sample_folder, "乙镇")
    done = reportgen.rollup(root, tmp_path / "结果", workers=0)
    assert [(each.kind, each.counted) for each in done.reports] == [
        ("人大代表建议办理情况", 1), ("路灯维修", 1),
    ]  # fmt: skip
    for each in done.reports:
        assert reportgen.verify(each.document.path, root).findings == []


def test_what_else_lies_in_a_towns_folder_is_no_other_data(lamps: Path, tmp_path: Path) -> None:
    root = tmp_path / "全县"
    lay_lamps(root, lamps, "甲镇")
    shutil.copytree(root / "甲镇", root / "甲镇2")
    (root / "甲镇2" / "说明.txt").write_text("这是副本", "utf-8")
    assert told(root) == {"甲镇2": ["unit-copied"]}
    (report,) = (root / "output").glob("*.docx")
    (root / "甲镇" / "退改记录.json").write_text("{}", "utf-8")
    assert reportgen.verify(report, root).findings == []


def test_a_working_folder_is_not_many(lamps: Path, tmp_path: Path) -> None:
    root = tmp_path / "全县"
    lay_lamps(root, lamps, "甲镇")
    reportgen.rollup(root, root / "output", workers=0)
    (report,) = (root / "output").glob("*.docx")
    for command in (
        lambda town: reportgen.rollup(town, town),
        lambda town: reportgen.verify(report, town),
    ):
        with pytest.raises(
            WorkspaceError, match="自己就是一个工作目录。汇总请写放着各个工作目录的那个文件夹"
        ):
            command(root / "甲镇")
    assert not (root / "甲镇" / "汇总设置.xlsx").exists()


def test_folders_of_a_kind_of_which_none_counts_are_told_too(
    lamps: Path, sample_folder: Path, tmp_path: Path
) -> None:
    root = tmp_path / "全县"
    lay_town(root / "乙镇", sample_folder, "乙镇")
    lay_lamps(root, lamps, "灯甲")
    change(root / "灯甲" / EAST, {"D4": None})
    done = run("rollup", root)
    assert done.exit_code == 1
    assert "灯甲\n  错误  没有计入：错误：填报/城东维修队.xlsx“维修情况”表 D4" in done.output
    sheet = openpyxl.load_workbook(root / "output" / "汇总结果.xlsx").active
    rows = {row[0]: row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows == {"乙镇": "计入", "灯甲": "没有计入"}
    (report,) = (root / "output").glob("*.docx")
    assert reportgen.verify(report, root).findings == []


def test_nothing_to_count_is_said(tmp_path: Path) -> None:
    (tmp_path / "甲镇" / "填报").mkdir(parents=True)
    with pytest.raises(ReportError, match="1个工作目录没有一个可以计入汇总，如“甲镇”"):
        reportgen.rollup(tmp_path, tmp_path / "output")
