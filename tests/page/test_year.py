"""The page's screens and buttons, asked without a browser; ``test_browser`` lives through the year in one."""

import io
import re
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

import reportgen
from reportgen import reports
from reportgen.commands.standard_files import make_register_form
from reportgen.reports.kind import ReportKind
from reportgen.reports.papers import PaperDraft, WordPaper
from tests.conftest import Lay
from tests.page.client import Client
from tests.support.letters import Round
from tests.support.tiny_kind import LAMPS, ROWS

FORM = "填报/市场监督管理所.xlsx"
NAME = "output/永安镇2024年度人大代表建议办理情况的报告.docx"
NO_FILE = {"files": ("", b"")}


def links(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', text)]


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(tmp_path).enter()


def test_a_figure_shows_its_rule_and_its_cells_among_their_neighbours(
    client: Client, tmp_path: Path, lay_sample: Lay
) -> None:
    lay_sample(tmp_path / "镇")
    text = client.finish(client.post("/f/镇/build", data={})).text
    key = "%E7%BB%93%E6%9E%9C.C.%E4%BB%B6%E6%95%B0"  # 结果.C.件数
    (address,) = {link for link in links(text) if link.endswith(f"key={key}")}
    shown = client.get(address).text
    assert "结果.C.件数＝1件" in shown
    assert "办理结果为“受政策、权限等客观条件限制未能办理，已作解释说明”" in shown
    assert re.search(r'class="marked short">C</td>', shown)
    assert "示例：关于争取上级资金实施镇区道路提升的建议" in shown  # of the same row
    pictures = re.findall(r'<img src="([^"]+)"', text)
    assert pictures
    for each in pictures:
        assert client.get(unescape(each)).content.startswith(b"\x89PNG")

    charts = [unescape(link) for link in links(text) if "/chart?" in link]
    assert len(charts) == len(pictures)
    shown = client.get(charts[0]).text
    assert "结果.C.件数＝1件" in shown
    assert "办理结果为“受政策" in shown  # the rule
    assert re.search(r'class="marked short">C</td>', shown)
    assert "示例：关于争取上级资金实施镇区道路提升的建议" in shown
    tables = [unescape(link) for link in links(text) if "/table?" in link]
    assert len(tables) == 3
    assert "部门.农业农村办公室.主办件数＝1件" in client.get(tables[1]).text
    quoted = client.get(tables[2]).text
    assert "里面没有算出来的数" in quoted
    assert re.search(r'class="marked">走访养殖户，宣讲扶持政策，协助申报项目</td>', quoted)
    assert quoted.count("关于加大对企业帮扶力度的建议") == 2  # in the register and in the return
    for wrong in ("chart?number=99", "chart?number=x", "table?place=第9张表"):
        assert client.get(f"/f/镇/{wrong}&name={NAME}").status_code == 404


def test_the_overview_follows_the_files(client: Client, tmp_path: Path, lay_sample: Lay) -> None:
    folder = lay_sample(tmp_path / "镇")
    assert client.get("/f/镇/overview").text.count("已填齐") >= 5
    (folder / FORM).unlink()
    text = client.get("/f/镇/overview").text
    assert "未交回" in text
    assert "市场监督管理所：\n" in text  # the letter that urges


def test_a_working_folder_given_itself_is_opened_at_once(tmp_path: Path, lay_sample: Lay) -> None:
    client = Client(lay_sample(tmp_path / "镇")).enter()
    assert "可以生成报告" in client.follow(client.get("/")).text
    before = sorted(tmp_path.rglob("*"))
    answer = client.post("/folders/create", data={"name": "另一个"}, files=NO_FILE)
    assert answer.status_code == 409
    assert sorted(tmp_path.rglob("*")) == before


def lay_lamps(folder: Path, monkeypatch: pytest.MonkeyPatch, kind: ReportKind = LAMPS) -> None:
    monkeypatch.setattr(reports, "KINDS", (*reports.KINDS, kind))
    folder.mkdir()
    (folder / kind.register_file).write_bytes(make_register_form(kind, ROWS))
    reportgen.assign(folder)


def test_another_kind_of_report_has_the_same_page(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_lamps(tmp_path / "路灯", monkeypatch)
    for screen in ("overview", "assign", "receive", "issues", "report"):
        assert client.get(f"/f/路灯/{screen}").status_code == 200
    text = client.get("/f/路灯/overview").text
    assert "城东维修队" in text
    assert ">公文<" not in text
    assert client.get("/f/路灯/papers").status_code == 404
    assert client.get("/f/路灯/review").status_code == 404
    assert "已生成" in client.finish(client.post("/f/路灯/build", data={"draft": "on"})).text
    assert "哪一种报告" in client.get("/folders").text
    fields = {"name": "新路灯", "what": "blank", "kind": LAMPS.name}
    client.follow(client.post("/folders/create", data=fields, files=NO_FILE))
    assert (tmp_path / "新路灯" / LAMPS.register_file).is_file()
    fields |= {"name": "无", "kind": "没有的"}
    assert client.post("/folders/create", data=fields, files=NO_FILE).status_code == 409


def test_an_edited_report_is_verified_renewed_and_made_final(
    client: Client, tmp_path: Path, lay_sample: Lay
) -> None:
    folder = lay_sample(tmp_path / "镇")
    client.finish(client.post("/f/镇/build", data={}))
    report = folder / "output/永安镇2024年度人大代表建议办理情况的报告.docx"
    edited = tmp_path / "改过.docx"
    document = Document(str(report))
    target = next(p for p in document.paragraphs if p.text.startswith("各位代表"))
    target.add_run("全年共办理建议9件。")
    document.save(str(edited))

    sent = [("files", ("改过.docx", edited.read_bytes()))]
    text = client.finish(client.post("/f/镇/verify/drop", files=sent)).text
    assert "手工写的数字" in text
    assert "全年共办理建议9件" in text
    name = {"name": "收到/改过.docx"}
    text = client.finish(client.post("/f/镇/refresh", data=name)).text
    assert "另存为“改过（更新）.docx”" in text
    text = client.finish(client.post("/f/镇/finalize", data=name)).text
    assert "没有定稿" in text
    name = {"name": "output/永安镇2024年度人大代表建议办理情况的报告.docx"}
    text = client.finish(client.post("/f/镇/verify", data=name)).text
    assert "报告与工作目录里的数据一致" in text
    text = client.finish(client.post("/f/镇/finalize", data=name)).text
    assert "已定稿" in text
    assert (folder / "output/永安镇2024年度人大代表建议办理情况的报告（定稿）.docx").is_file()

    target = next(p for p in document.paragraphs if "均" in p.text and p.runs)
    target.runs[-1].text += "其中多数超出预期。"
    document.save(str(folder / "收到/再改.docx"))
    text = client.finish(client.post("/f/镇/verify", data={"name": "收到/再改.docx"})).text
    assert "属实的，定稿时选上“提醒都已看过”" in text
    template = Document(str(folder / "报告模板.docx"))
    (folder / "收到/当时.docx").write_bytes((folder / "报告模板.docx").read_bytes())
    template.add_paragraph("另外的话。")
    template.save(str(folder / "报告模板.docx"))
    text = client.finish(client.post("/f/镇/refresh", data=name)).text
    assert "请选上“报告模板改过，也用现在的”" in text
    assert "在“当时的模板”里选它" in text
    text = client.finish(
        client.post("/f/镇/refresh", data={**name, "template": "收到/当时.docx"})
    ).text
    assert "人工修改都保留" in text
    text = client.finish(
        client.post("/f/镇/finalize", data={"name": "收到/再改.docx", "force": "on"})
    ).text
    assert "已定稿" in text
    assert client.post("/f/镇/verify", data={"name": "../x.docx"}).status_code == 404
    choice = (
        client.get("/f/镇/receive")
        .text.partition("换用为本目录的报告模板")[0]
        .rpartition("<select")[2]
    )
    assert "<option>收到/当时.docx</option>" in choice
    assert "改过" not in choice  # a report is no template
    chosen = {"name": "收到/当时.docx", "as": "template"}
    assert "已换用为“报告模板.docx”" in client.finish(client.post("/f/镇/use", data=chosen)).text
    given = (folder / "收到/当时.docx").read_bytes()
    assert (folder / "报告模板.docx").read_bytes() == given
    assert "永安镇2024年度人大代表建议办理情况的报告.docx" in client.get("/f/镇/report").text


def test_the_next_year_begins_with_the_last_and_a_ledger_with_its_rows(
    client: Client, tmp_path: Path, lay_sample: Lay
) -> None:
    lay_sample(tmp_path / "2024")
    fields = {"name": "2025", "what": "before", "before": "2024"}
    text = client.follow(client.post("/folders/create", data=fields, files=NO_FILE)).text
    assert "已建立“2025”" in text
    assert (tmp_path / "2025/建议台账.xlsx").is_file()
    again = client.post("/folders/create", data=fields, files=NO_FILE)
    assert again.status_code == 409

    book = Workbook()
    for name in ("一季度", "二季度"):
        sheet = book.create_sheet(name)
        for row in (["编号", "标题", "主办部门"], [name[0], f"{name}修路", "村建办"]):
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    fields = {"name": "两季", "what": "ledger"}
    sent = {"files": ("两季.xlsx", packed.getvalue())}
    text = client.follow(client.post("/folders/create", data=fields, files=sent)).text
    assert "只要其中一张的，在“工作表”一栏写上它的名称，再导入一次" in text
    fields |= {"name": "二季", "sheet": "二季度"}
    text = client.follow(client.post("/folders/create", data=fields, files=sent)).text
    assert "合并的工作表" not in text
    fields |= {"name": "四季", "sheet": "四季度"}
    text = client.follow(client.post("/folders/create", data=fields, files=sent)).text
    assert "没有工作表“四季度”，只有" in text

    ledger = "编号,标题,主办部门\n1,修路,村建办\n".encode()
    fields = {"name": "旧", "what": "ledger"}
    answer = client.post("/folders/create", data=fields, files={"files": ("旧.csv", ledger)})
    assert "已导入" in client.follow(answer).text
    assert (tmp_path / "旧/建议台账.xlsx").is_file()
    assert (tmp_path / "旧/收到/旧.csv").read_bytes() == ledger


def test_papers_that_departments_wrote_are_reviewed_and_made_public(
    client: Client, tmp_path: Path, lay_sample: Lay
) -> None:
    folder = lay_sample(tmp_path / "镇")
    client.get("/f/镇/overview")
    sent = [("files", ("食品.docx", Round().to_bytes()))]
    assert "已放入“答复函”" in client.finish(client.post("/f/镇/receive", files=sent)).text
    assert "现有1份" in client.get("/f/镇/review").text
    assert "审核完毕" in client.finish(client.post("/f/镇/review", data={})).text
    assert (folder / "审核记录.xlsx").is_file()
    text = client.finish(client.post("/f/镇/review/publish", data={})).text
    assert "公开稿1份，没有公开的0份" in text
    assert "0931-1234567" in text  # what was removed is told
    (copy,) = [link for link in links(text) if "%E5%85%AC%E5%BC%80%E7%A8%BF%2F" in link]  # 公开稿/
    assert client.get(copy).content[:2] == b"PK"
    (folder / "答复函/食品.docx").write_bytes(Round(extra=("不予公开",)).to_bytes())
    text = client.finish(client.post("/f/镇/review/publish", data={})).text
    assert "公开稿0份，没有公开的1份" in text
    assert "写明“不予公开”" in text
    assert "不再公开，移到了“上一版”" in text


def test_papers_are_written_shown_and_an_edited_one_stays(
    client: Client, tmp_path: Path, lay_sample: Lay
) -> None:
    folder = lay_sample(tmp_path / "镇")
    text = client.get("/f/镇/overview").text
    assert ">公文<" in text
    text = client.finish(client.post("/f/镇/papers", data={"交办清单": "on"})).text
    assert "已生成：交办清单5份" in text
    assert not (folder / "output/公文/督办通知").exists()
    made = [link for link in links(text) if "/file?" in link]
    assert len(made) == 5
    assert all(client.get(link).content[:2] == b"PK" for link in made)
    (packed,) = [link for link in links(text) if "/packed?" in link]
    with zipfile.ZipFile(io.BytesIO(client.get(packed).content)) as archive:
        assert "市场监督管理所.docx" in archive.namelist()
        assert len(archive.namelist()) == 5

    edited = folder / "output/公文/交办清单/市场监督管理所.docx"
    document = Document(str(edited))
    document.add_paragraph("请于本周五前报回。")
    document.save(str(edited))
    kept = edited.read_bytes()
    text = client.finish(client.post("/f/镇/papers", data={"交办清单": "on"})).text
    assert "有人改动过，没有覆盖，新的另存为“市场监督管理所（2）.docx”" in text
    assert edited.read_bytes() == kept
    assert len([link for link in links(text) if "/file?" in link]) == 6

    text = client.finish(client.post("/f/镇/papers/templates")).text
    assert "交办清单.docx" in text
    assert (folder / "公文模板/交办清单.docx").is_file()


def test_papers_of_another_kind_are_written_too(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = WordPaper(
        "慰问", "慰问信", lambda: "# 慰问信\n致{{ 队 }}。\n",
        lambda source: [PaperDraft(name, {"队": name}) for name in source.dataset.tables["维修队"]["全称"]],
        "每队一份",
    )  # fmt: skip
    lay_lamps(tmp_path / "路灯", monkeypatch, replace(LAMPS, papers=lambda: (letter,)))
    assert ">公文<" in client.get("/f/路灯/overview").text
    text = client.finish(client.post("/f/路灯/papers", data={})).text
    assert "已生成：慰问信2份" in text
    assert "城东维修队.docx" in text


def test_the_notice_and_the_cards_are_offered(
    client: Client, tmp_path: Path, lay_sample: Lay
) -> None:
    lay_sample(tmp_path / "镇")
    for action in ("status", "cards"):
        text = client.finish(client.post(f"/f/镇/{action}")).text
        (address,) = [link for link in links(text) if ".docx" in link and "/file?" in link]
        assert client.get(address).content[:2] == b"PK"
    assert "第三格的文字" in client.finish(client.post("/f/镇/sentences")).text
    assert "已有这个文件，没有改动" in client.finish(client.post("/f/镇/sentences")).text
    assert (tmp_path / "镇/报告句子.docx").is_file()
    assert "照抄“写法”一栏" in client.finish(client.post("/f/镇/fields")).text


def test_a_chart_that_word_draws_itself_is_shown_by_its_words(
    client: Client, tmp_path: Path, lay_sample: Lay
) -> None:
    folder = lay_sample(tmp_path / "镇")
    reportgen.build(folder, folder / "output", charts="native")
    text = client.get("/f/镇/report").text
    assert "议案、建议办理结果构成：" in text
    assert "<img" not in text
