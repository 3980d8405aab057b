"""``papers`` from files to files: what the data tell stands in them, what they do not is an open slot."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from docx.enum.text import WD_COLOR_INDEX
from openxml_audit import OpenXmlValidator

import reportgen
from reportgen import reports
from reportgen.cli.commands import commands
from reportgen.commands.papers import templates
from reportgen.errors import TemplateError, WorkspaceError
from reportgen.excel.write.forms import write_form
from reportgen.reports.papers import SLOT, PaperDraft, WordPaper
from reportgen.reports.suggestions.sheets.workbooks import REGISTER
from tests.support.filled_books import enter
from tests.support.letters import Round
from tests.support.tiny_kind import LAMPS, ROWS

DAY = dt.date(2024, 12, 10)


@pytest.fixture
def folder(own_sample: Path) -> Path:
    return own_sample


def write(folder: Path, *names: str, today: dt.date = DAY) -> dict[str, list[Path]]:
    done = reportgen.papers(folder, folder / "output", today, names)
    return {name: [one.path for one in saved] for name, saved in done.files.items()}


def lines(path: Path) -> list[str]:
    """Paragraphs and rows of tables, from the first page's header to the end."""
    document = docx.Document(str(path))
    head = document.sections[0].first_page_header.paragraphs
    rows = [" | ".join(cell.text for cell in row.cells) for t in document.tables for row in t.rows]
    return [p.text for p in (*head, *document.paragraphs) if p.text] + rows


# 答复函底稿


def test_a_reply_tells_what_the_data_tell_and_nothing_else(folder: Path) -> None:
    enter(
        folder / "建议台账.xlsx",
        "承办部门",
        {"联系人": "陈晨", "电话": "0931-1234567"},
        "市场监督管理所",
    )
    found = write(folder, "答复")["答复函底稿"]
    assert [path.name for path in found] == [f"{n}.docx" for n in range(1, 8)]
    # the sample's seventh deputy is called 示例代表
    assert "示例代表：" in lines(found[6])
    assert lines(found[5]) == [
        "市场监督管理所",
        "类别：A",
        "关于2024年第6号建议的答复",
        "张庆理代表：",
        (
            "您提出的《关于加强食品安全工作的建议》（第6号）收悉。2024年4月25日，我们通过当面座谈听取了您的意见。"
            "经会同社会事务办公室研究，现答复如下："
        ),
        "开展食品安全专项检查，隐患逐条整改。",
        "社会事务办公室的会办意见是：配合做好学校食堂检查。",
        "感谢您对我们工作的关心和支持。您对办理情况有什么意见，请填写所附的《征询意见表》。",
        "市场监督管理所",
        "2024年6月4日",
        "（联系人：陈晨　联系电话：0931-1234567）",
    ]


def test_each_request_is_a_point_and_what_is_open_is_tinted(folder: Path) -> None:
    register = folder / "建议台账.xlsx"
    enter(
        register,
        "建议台账",
        {"主要诉求": "增加检查次数\n公开检查结果", "公开属性": "主动公开"},
        "6",
    )
    enter(register, "基本信息", {"届次": "永安镇第十九届人民代表大会第三次会议"})
    enter(register, "办理规则", {
        "答复须有签发人": "是", "抄送单位": "县人大常委会代表工委、县政府办公室", "回执名称": "答复函回执",
        "类别标注方式": "A类",
    })  # fmt: skip
    enter(register, "承办部门", {"机关代字": "永市监函", "负责人": "马平"}, "市场监督管理所")
    letter = write(folder, "答复")["答复函底稿"][5]
    shown = lines(letter)
    assert shown[1:4] == ["A类", "主动公开", f"永市监函〔2024〕{SLOT}号　签发人：马平"]
    assert "关于永安镇第十九届人民代表大会第三次会议第6号建议的答复" in shown
    assert f"关于“增加检查次数”。{SLOT}" in shown
    assert f"关于“公开检查结果”。{SLOT}" in shown
    assert shown[-1:] == ["抄送：县人大常委会代表工委、县政府办公室。"]
    assert any("《答复函回执》" in text for text in shown)
    tinted = [
        run.text
        for paragraph in docx.Document(str(letter)).paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert set(tinted) == {SLOT}
    assert len(tinted) == "".join(shown).count(SLOT) == 5


def test_a_letter_has_red_lines_and_no_number_on_its_first_page(folder: Path) -> None:
    section = docx.Document(str(write(folder, "答复")["答复函底稿"][0])).sections[0]
    assert section.different_first_page_header_footer
    assert round(section.header_distance.mm) == 30
    head, foot = section.first_page_header, section.first_page_footer
    assert 'w:val="thickThinSmallGap"' in head._element.xml
    assert 'w:val="thinThickSmallGap"' in foot._element.xml
    assert "PAGE" not in foot._element.xml
    assert "PAGE" in section.footer._element.xml


def test_filled_in_it_passes_the_review(folder: Path) -> None:
    """The whole way round: the drafts, their slots filled, raise nothing; unfilled they go back."""
    register = folder / "建议台账.xlsx"
    enter(register, "基本信息", {"届次": "永安镇第十九届人民代表大会第三次会议"})
    enter(register, "办理规则", {
        "答复须有签发人": "是", "答复须有电话": "是", "答复须写公开属性": "是", "答复须有文号": "是",
        "抄送单位": "县人大常委会代表工委、县政府办公室", "回执名称": "答复函回执",
    })  # fmt: skip
    enter(
        register,
        "建议台账",
        {"主要诉求": "对食品生产经营单位加强检查\n公开食品安全检查的结果"},
        "6",
    )
    for path in write(folder, "答复")["答复函底稿"]:
        target = folder / "答复函" / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    first = reportgen.review(folder, folder / "output", DAY)
    assert {one.file for one in first.errors if one.code == "slot-left"} == {
        f"答复函/{n}.docx" for n in range(1, 8)
    }
    for path in (folder / "答复函").iterdir():
        path.write_bytes(filled_in(path))
    second = reportgen.review(folder, folder / "output", DAY)
    assert [(one.file, one.code, one.message) for one in second.reviewed.remarks] == []


FILLING = {
    "签发人：": "马平", "联系人：": "陈晨", "联系电话：": "0931-1234567", "〔2024〕": "6",
    "”。": "我所已检查食品生产经营单位7家次，检查食品安全的结果每月在镇政府公示栏公布，隐患逐条整改、逐家复查。",
    "": "永函",
}  # fmt: skip
"""What a department writes into a slot, by the words before it."""
ADDED = (
    "农技人员入户走访四十三次，讲解补贴条件和申报材料，帮助二十一户补齐手续，其中九户已经拿到贴息贷款。",
    "从三月起按月召开企业座谈会，收集用电、用工、融资方面的难题，逐条登记，由一名班子成员盯到底，已销号十六条。",
    "春秋两季各搞一次集中清理，出动车辆三十台，清运垃圾二百吨，并把房前屋后划成网格，落实到户。",
    "把全镇公益岗人员分成八组，河道、公路、广场各有专人，每月底由村民小组长打分，得分与报酬挂钩，连续两季垫底的重新选聘。",
    "卫生院增开夜间门诊，请县医院大夫每周二坐诊，添置了彩超机，慢性病患者取药不用再跑县城，排队的时间也短了。",
    "凡是查出的过期食品当场下架销毁，店主签下承诺书，并约定下次复查的日子，学校门口的店铺查得更勤。",
    "我们已把可行性报告和预算送到县交通局，约好下半年再去衔接，争取早日排进计划。",
)


def filled_in(path: Path) -> bytes:
    """As a department would: every slot by what stands before it, and a sentence to what it reported."""
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("感谢"):
            paragraph.insert_paragraph_before(ADDED[int(path.stem) - 1])
        for run in paragraph.runs:
            if run.text == SLOT:
                if paragraph.text == SLOT:
                    run.text = "主动公开"
                    continue
                before = paragraph.text.partition(SLOT)[0]
                run.text = next(text for end, text in FILLING.items() if before.endswith(end))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


# the others


def test_what_is_handed_over_is_told_to_all_and_listed_for_each(folder: Path) -> None:
    register = folder / "建议台账.xlsx"
    enter(
        register,
        "办理规则",
        {
            "机关代字": "永人发",
            "退回期限": "5个工作日",
            "联系人": "周文",
            "联系电话": "0931-7654321",
        },
    )
    enter(register, "建议台账", {"主要诉求": "增加检查次数\n公开检查结果。"}, "6")
    found = write(folder, "交办")
    notice = lines(found["交办通知"][0])
    assert notice[:2] == ["永安镇人大主席团", f"永人发〔2024〕{SLOT}号"]
    assert "2024年度代表提出的建议共7件，现交由5个部门办理（交办清单附后）。" in "".join(notice)
    assert any("自交办之日起5个工作日内书面退回" in text for text in notice)
    assert any("协办部门自交办之日起1个月内把会办意见送主办部门" in text for text in notice)
    assert "2024年3月5日" in notice
    assert "（联系人：周文　联系电话：0931-7654321）" in notice
    assert notice[-2].startswith(
        "6 | 关于加强食品安全工作的建议 | 张庆理 | 市场监督管理所 | 社会事务办公室 |"
    )
    own = lines(found["交办清单"][3])
    assert own[0] == "社会事务办公室承办2024年度代表建议清单"
    assert own[1].startswith("承办3件，其中主办2件、协办1件。")
    assert [row.split(" | ")[0] for row in own[-3:]] == ["4", "5", "6"]
    assert "第6号的主要诉求：增加检查次数；公开检查结果。" in own
    assert [path.stem for path in found["交办清单"]] == [
        "农业农村办公室", "经济发展办公室", "村镇建设办公室", "社会事务办公室", "市场监督管理所",
    ]  # fmt: skip


def test_before_anybody_returned_anything_the_year_can_begin(folder: Path) -> None:
    """The notice goes out with the blank returns, before the first of them is filled in."""
    for path in (folder / "填报").iterdir():
        path.unlink()
    reportgen.assign(folder)
    found = write(folder)
    assert {"交办通知", "交办清单", "答复函底稿", "征询意见表", "会办意见函底稿"} <= found.keys()
    assert "办理工作总结" not in found
    assert sum(SLOT in text for text in lines(found["答复函底稿"][5])) >= 3


def test_a_feedback_form_offers_the_ratings_of_the_register(folder: Path) -> None:
    enter(folder / "建议台账.xlsx", "办理规则", {"回执名称": "答复函回执", "重新办理期限": "15日"})
    shown = lines(write(folder, "征询")["征询意见表"][5])
    assert shown[0] == "代表建议办理情况答复函回执"
    assert "建议编号 | 第6号 | 提出代表 | 张庆理代表" in shown
    assert sum("□满意　□基本满意　□不满意" in row for row in shown) == 2
    assert any("承办单位自反馈之日起15日内重新办理" in row for row in shown)


def test_an_opinion_goes_to_the_leading_department(folder: Path) -> None:
    found = write(folder, "会办意见函底稿")["会办意见函底稿"]
    assert [path.stem for path in found] == ["3（农业农村办公室）", "6（社会事务办公室）"]
    shown = lines(found[1])
    assert shown[0] == "社会事务办公室"
    assert "市场监督管理所：" in shown
    assert "配合做好学校食堂检查。" in shown


URGED = {
    "农业农村办公室": ("1", "逾期未答复", "逾期188天"),
    "市场监督管理所": ("6", "代表不满意未重新答复", "逾期145天"),
    "村镇建设办公室": ("7", "承诺逾期未兑现", "逾期40天"),
}


def test_each_department_is_urged_about_its_own_with_limit_and_days(folder: Path) -> None:
    unanswered = dict.fromkeys(("办理结果", "答复日期", "满意度", "反馈日期"))
    enter(folder / "填报/农业农村办公室.xlsx", "办理情况", unanswered, "1")
    enter(folder / "填报/市场监督管理所.xlsx", "办理情况", {"满意度": "不满意"}, "6")
    enter(folder / "填报/村镇建设办公室.xlsx", "办理情况", {"承诺完成时限": "2024年10月底"}, "7")
    found = write(folder, "督办")["督办通知"]
    told = {path.stem: lines(path) for path in found}
    assert {name: (row[0], row[2], row[4]) for name, text in told.items()
            for row in [text[-1].split(" | ")]} == URGED  # fmt: skip
    assert any(
        "截至2024年12月10日，你单位承办的代表建议中，逾期未答复1件（见下表）" in text
        for text in told["农业农村办公室"]
    )
    assert any("请于2024年12月17日前" in text for text in told["农业农村办公室"])
    near = write(folder, "督办", today=dt.date(2024, 6, 1))["督办通知"]
    (text,) = [lines(path)[-1] for path in near if path.stem == "农业农村办公室"]
    assert text.endswith("临近答复期限 | 2024-6-5 | 还有4天")


def test_a_letter_sent_back_is_urged_until_it_passes_and_one_not_brought_until_it_comes(
    folder: Path,
) -> None:
    letter = folder / "答复函/食品.docx"
    letter.parent.mkdir()
    letter.write_bytes(replace(Round(), addressee="张庆里代表：").to_bytes())
    assert write(folder, "督办") == {}
    reportgen.review(folder, folder / "output", DAY)
    told = {path.stem: lines(path)[-1] for path in write(folder, "督办")["督办通知"]}
    assert told["市场监督管理所"].startswith(
        "6 | 关于加强食品安全工作的建议 | 答复函退回整改未通过 |"
    )
    assert "| 答复函没有交来审核 |" in told["农业农村办公室"]
    letter.write_bytes(Round().to_bytes())
    reportgen.review(folder, folder / "output", DAY)
    assert "市场监督管理所" not in [path.stem for path in write(folder, "督办")["督办通知"]]
    assert not (folder / "output/公文/督办通知/市场监督管理所.docx").exists()


def test_promises_are_listed_as_next_year_wants_them(folder: Path) -> None:
    assert write(folder, "承诺") == {}
    enter(folder / "填报/村镇建设办公室.xlsx", "办理情况", {"承诺完成时限": "2024年10月底"}, "7")
    (path,) = write(folder, "承诺")["承诺事项台账"]
    header, row, *_ = openpyxl.load_workbook(path)["承诺事项"].iter_rows(
        min_row=3, values_only=True
    )
    asked = [column.name for column in REGISTER.sheet("上年承诺").columns]
    assert list(header[: len(asked)]) == asked
    found = dict(zip(header, row, strict=True))
    assert (found["编号"], found["主办部门"], found["现办理结果"]) == ("7", "村镇建设办公室", "C")
    assert (found["承诺完成时限"], found["逾期天数"]) == ("2024年10月底", 40)


def test_a_departments_summary_has_the_figures_of_the_report(folder: Path) -> None:
    shown = lines(write(folder, "总结")["办理工作总结"][2])
    text = "".join(shown)
    assert "2024年度，我单位承办代表建议2件。" in text
    assert "主办的2件中，已答复2件。办理结果为：已解决或基本解决1件，" in text
    assert "代表已反馈2件，满意率100%。" in text
    assert "办理中与代表沟通2件。" in text
    assert "第7号还没有办成：项目审批权限和资金在上级部门，本年度未列入上级计划。" in text
    assert shown[-2:] == ["村镇建设办公室", "2024年12月10日"]


# templates, names, what stays


def test_the_offices_template_wins_and_its_mistakes_are_told_all_at_once(folder: Path) -> None:
    (path,) = [each for each in templates(folder) if each.name == "答复函底稿.docx"]
    document = docx.Document(str(path))
    document.paragraphs[-1].insert_paragraph_before("本函由{{ 部门 }}解释。")
    document.save(str(path))
    assert "本函由市场监督管理所解释。" in lines(write(folder, "答复")["答复函底稿"][5])
    assert templates(folder) == []
    document.add_paragraph("{{ 部们 }}")
    document.add_paragraph("{% if 文号 %}")
    document.save(str(path))
    with pytest.raises(TemplateError, match=r"“公文模板/答复函底稿.docx”有2处错误") as told:
        write(folder, "答复")
    assert [mistake.tag for mistake in told.value.mistakes] == ["{{ 部们 }}", "{% if 文号 %}"]


def test_a_template_that_is_no_document_is_named(folder: Path) -> None:
    path = folder / "公文模板/答复函底稿.docx"
    path.parent.mkdir()
    path.write_bytes(b"")
    with pytest.raises(TemplateError, match=r"“公文模板/答复函底稿.docx”不能使用："):
        write(folder, "答复")


def test_another_kind_of_report_has_papers_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A declaration is all it takes: no department, no item, another wording."""
    thanks = WordPaper(
        "感谢", "感谢信", lambda: "# 致{{ 队 }}\n\n: {{ 队 }}：\n修好了{{ 处数 }}处。",
        lambda source: [
            PaperDraft(team, {"队": team, "处数": str(n)}, team)
            for n, team in enumerate(source.dataset.tables["维修队"]["全称"], 1)
        ],
        "每队一份",
    )  # fmt: skip
    kind = replace(LAMPS, papers=lambda: (thanks,))
    monkeypatch.setattr(reports, "KINDS", (*reports.KINDS, kind))
    folder = tmp_path / "路灯"
    folder.mkdir()
    book = write_form(kind.register, created=dt.datetime(2024, 6, 1), rows=ROWS)
    (folder / "路灯台账.xlsx").write_bytes(book)
    found = write(folder)["感谢信"]
    assert [lines(path) for path in found] == [
        ["致城东维修队", "城东维修队：", "修好了1处。"], ["致城西维修队", "城西维修队：", "修好了2处。"],
    ]  # fmt: skip


def test_an_unknown_paper_is_told_with_the_known_ones(folder: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"没有“答覆”这种公文。.*可以写的有："):
        write(folder, "答覆")


def test_what_a_person_edited_stays_and_the_new_one_goes_beside(folder: Path) -> None:
    path = write(folder, "答复")["答复函底稿"][0]
    document = docx.Document(str(path))
    document.add_paragraph("我写的。")
    document.save(str(path))
    edited = path.read_bytes()
    shown = CliRunner().invoke(commands, ["papers", str(folder), "答复", "--today", "2024-12-10"])
    assert shown.exit_code == 0, shown.output
    assert path.read_bytes() == edited
    assert path.with_name("1（2）.docx").exists()
    assert "已有同名的（有人改动过），没有覆盖" in shown.output
    assert shown.output.splitlines()[-1].startswith("下一步：")


def test_errors_of_the_register_keep_papers_from_being_written(folder: Path) -> None:
    enter(folder / "建议台账.xlsx", "建议台账", {"领衔代表": "没有这个人"}, "6")
    done = reportgen.papers(folder, folder / "output", DAY)
    assert done.errors
    assert not (folder / "output/公文").exists()


def test_every_paper_is_a_sound_document_without_traces(folder: Path) -> None:
    enter(
        folder / "建议台账.xlsx",
        "建议台账",
        {"标题": "关于“修路”《办法》<&>的建议", "主要诉求": "\n；\n"},
        "2",
    )
    enter(folder / "建议台账.xlsx", "建议台账", {"编号": "一/1"}, "1")
    for path in (path for found in write(folder).values() for path in found[:2]):
        if path.suffix == ".docx":
            found = OpenXmlValidator().validate(path)
            assert [str(error) for error in found.errors] == [], path
            properties = docx.Document(str(path)).core_properties
            assert (properties.author, properties.last_modified_by) == ("", "")
            assert not re.search(r"\{[{%]", "".join(lines(path)))
