"""A filled template: what a reader sees, at every level at which blocks may stand."""

import datetime as dt
import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from reportgen.errors import TemplateError
from reportgen.facts.model import Absent, Fact, Facts, FiguredText, Origin
from reportgen.facts.report import Item, Items, Report
from reportgen.word.render.fill import fill_template
from reportgen.word.template import gongwen
from reportgen.word.template.sentences import Template
from tests.support.templates import (
    PNG,
    Chart,
    W,
    docx,
    fact,
    items,
    lines,
    p,
    part,
    r,
    report,
    rows,
    shown,
    table,
)

ROUGH = Fact("帮扶户数", "100余", "100余", "户", Origin("填报", "取值"))
NEARLY = Fact("走访户数", "近1.5万", "近1.5万", "户", Origin("填报", "取值"))
DEPARTMENTS = items(
    {"名称": "部门名称", "件数": "主办件数", "事项": {"标题": "建议标题"}},
    {
        "名称": "农业办",
        "件数": fact("部门.农业办.件数", 2),
        "事项": items({"标题": "标题"}, {"标题": "修路"}, {"标题": "<架桥> & 通水"}),
    },
    {
        "名称": "经济办",
        "件数": fact("部门.经济办.件数", 0),
        "事项": items({"标题": "标题"}),
    },
)
CLASSES = items(
    {"代码": "代码", "件数": "件数"},
    *({"代码": code, "件数": fact(f"结果.{code}.件数", n)} for n, code in enumerate("ABCD", 1)),
)
CHART = Chart("图.办理结果", "办理结果构成", "A类 1件，“B”类 <2>件")
NAMES = {
    "年度": "2024",
    "建议": {"件数": fact("建议.件数", 984), "无": fact("建议.无", 0)},
    "户数": ROUGH,
    "近户": NEARLY,
    "成文日期": dt.date(2024, 3, 5),
    "上年": Absent("上年", "没有上年数据"),
    "综述": FiguredText(
        ("修路", fact("修路.公里", 15), "公里。\n架桥", fact("架桥.座数", 2), "座。")
    ),
    "空": "",
    "部门列表": DEPARTMENTS,
    "没有": items({"名称": "名称"}),
    "类别": CLASSES,
    "图": {"办理结果": CHART},
}


def filled(*body: str, **parts: str) -> bytes:
    return fill_template(Template(docx(*body, **parts)), report(**NAMES), lambda _: PNG)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("共{{ 建议.件数 }}件", "共984件"),
        ("{{建议.件数|中文数字}}件", "九百八十四件"),
        ("{{ 年度 | 中文年份 }}年", "二〇二四年"),
        ("{{ 成文日期 }}", "2024年3月5日"),
        ("{{ 成文日期 | 日期('短') }}", "2024-3-5"),
        ("{{ 成文日期｜日期（“年月”） }}", "2024年3月"),
        ("｛｛ 建议。件数 ｝｝件", "984件"),
        ("{{ 部门列表 | 顿号 }}", "农业办、经济办"),
        ("{{ 部门列表 | 顿号(1) }}", "农业办等"),
        ("{{ 部门列表 | 顿号(2, ‘件数’) }}", "2、0"),
        ("前{# 备注 {{ 不读 }} #}后", "前后"),
        ("{% if 建议.无 %}有{% else %}无{% endif %}", "无"),
        ("{% if 建议.件数 >= 984 and not 上年 %}是{% endif %}", "是"),
        ("{%if 户数%}{{户数}}户{%endif%}", "100余户"),
        ("{% if 上年 > 3 %}多{% elif 上年 <= 3 %}少{% elif 上年 != 3 %}异{% else %}缺{% endif %}", "缺"),
        ("{% if 建议.件数 / 2 == 492 %}半{% endif %}", "半"),
        ("共{{ 上年 }}件，{{ 上年 | 中文数字 }}件", "共—件，—件"),
        ("{% if 上年 + 5 < 90 or 上年 * 2 > 3 or -上年 < 1 or 上年 < '甲' or 1 in [上年] %}有{% else %}缺{% endif %}", "缺"),
        ("{{ 上年 if 上年 else 建议.件数 }}", "984"),
        ("{% if 年度 == “2024” %}今{% endif %}", "今"),
        ("{% if 户数 > 50 or 户数 < 200 or 户数 != 100 or 300 >= 户数 %}是{% else %}否{% endif %}", "否"),
        ("{% if 户数 == 100 or 户数 != '100余' %}是{% else %}否{% endif %}", "否"),
        ("{% if 户数 > 近户 or 户数 < 近户 or 户数 >= 户数 or 户数 == 近户 or 户数 > '1' %}是{% else %}否{% endif %}", "否"),
        ("{% if 户数 + 1 > 50 or 户数 / 2 < 9 or -户数 < 0 or 户数 - 近户 > 0 %}是{% else %}否{% endif %}", "否"),
        ("{% if not (户数 > 50) and 户数 == '100余' %}{{ 户数|中文数字 }}、{{ 近户|中文数字 }}{% endif %}", "一百余、近一点五万"),
        ("{% if 建议.件数 / 建议.无 > 0 or 建议.无 / 建议.无 < 1 or 5 % 建议.无 == 0 %}是{% else %}否{% endif %}", "否"),
        ("{% if '架桥' in 综述 and '<' not in 综述 %}有{% endif %}", "有"),
        ("{% if 没有 %}有{% else %}空{% endif %}", "空"),
        ("{% for 门 in 部门列表 %}{{ loop.index }}{{ 门.名称 }}{% if loop.last %}。{% else %}；{% endif %}{% endfor %}", "1农业办；2经济办。"),
        ("{% for 门 in 部门列表 %}{% for 事 in 门.事项 %}《{{ 事.标题 }}》{% endfor %}{% endfor %}", "《修路》《<架桥> & 通水》"),
        ("{% for 门 in 部门列表 %}{{ loop.index|中文数字 }}{% if loop.index > 1 %}末{% endif %}{% endfor %}", "一二末"),
        ("其中{{ 综述 }}", "其中修路15公里。⏎架桥2座。"),
        ("{{ 建议.件数 if 上年 else 空 }}。", "。"),
        ("100% {单括号}、a}b", "100% {单括号}、a}b"),
    ],
)  # fmt: skip
def test_a_tag_in_a_sentence(typed: str, shown: str) -> None:
    assert lines(filled(p(typed))) == [shown]


def test_control_tags_alone_in_paragraphs_govern_paragraphs_and_tables() -> None:
    document = filled(
        p("{% for 门 in 部门列表 %}"),
        p("{{ 门.名称 }}主办{{ 门.件数 }}件"),
        p("{% if 门.事项 %}"),
        table(["标题"], ["{{ 门.名称 }}"]),
        p("{% else %}"),
        p("没有事项"),
        p("{% endif %}{# 完 #}"),
        p("{% endfor %}"),
        p("结束"),
    )
    assert lines(document) == [
        "农业办主办2件", "标题", "农业办", "经济办主办0件", "没有事项", "结束",
    ]  # fmt: skip


def test_control_tags_alone_in_rows_govern_rows() -> None:
    document = filled(
        table(
            ["部门", "标题"],
            ["{% for 门 in 部门列表 %}", ""],
            ["", "{% if 门.件数 %}"],
            ["{{ 门.名称 }}", "{{ 门.件数 }}件"],
            ["{% for 事 in 门.事项 %}", ""],
            ["{{ loop.index }}", "{{ 事.标题 }}"],
            ["{% endfor %}", ""],
            ["", "{% else %}"],
            ["{{ 门.名称 }}", "没有"],
            ["", "{% endif %}"],
            ["{% endfor %}", ""],
        )
    )
    assert rows(document) == [
        ["部门", "标题"], ["农业办", "2件"], ["1", "修路"], ["2", "<架桥> & 通水"], ["经济办", "没有"],
    ]  # fmt: skip


def test_paragraph_blocks_within_a_cell_leave_the_row_alone() -> None:
    cell = p("{% for 门 in 没有 %}") + p("{{ 门.名称 }}") + p("{% endfor %}")
    document = filled(table(["{{ 年度 }}", cell]), p("完"))
    assert rows(document) == [["2024", ""]]
    assert [child.tag for child in list(part(document).iter(f"{{{W}}}tc"))[1]][-1] == f"{{{W}}}p"


def test_a_loop_without_items_leaves_no_table_behind() -> None:
    document = filled(
        p("前"), table(["{% for 门 in 没有 %}"], ["{{ 门.名称 }}"], ["{% endfor %}"]), p("后")
    )
    assert lines(document) == ["前", "后"]
    assert part(document).find(f".//{{{W}}}tbl") is None


def test_repeated_tables_do_not_touch() -> None:
    document = filled(
        p("{% for 门 in 部门列表 %}"), table(["{{ 门.名称 }}"]), p("{% endfor %}"), p("后")
    )
    assert lines(document) == ["农业办", "", "经济办", "后"]


def grid(document: bytes) -> tuple[list[int], list[list[tuple[int, int]]]]:
    """Widths of the grid's columns; each row's cells as (span, width)."""
    found = next(part(document).iter(f"{{{W}}}tbl"))
    widths = [int(each.get(f"{{{W}}}w")) for each in found.iter(f"{{{W}}}gridCol")]
    cells: list[list[tuple[int, int]]] = []
    for row in found.iter(f"{{{W}}}tr"):
        cells.append([])
        for properties in row.iter(f"{{{W}}}tcPr"):
            span = properties.find(f"{{{W}}}gridSpan")
            width = int(properties.find(f"{{{W}}}tcW").get(f"{{{W}}}w"))
            cells[-1].append((1 if span is None else int(span.get(f"{{{W}}}val")), width))
    return widths, cells


def test_control_tags_alone_in_cells_govern_columns_that_share_the_width() -> None:
    document = filled(
        table(
            ["部门", "{% for 类 in 类别 %}", "{{ 类.代码 }}", "{% endfor %}", "合计"],
            ["部门", "3|办理结果", "合计"],
            ["{% for 门 in 部门列表 %}", "", "", "", ""],
            ["{{ 门.名称 }}", "{% for 类 in 类别 %}", "{{ 类.件数 }}", "{% endfor %}", "10"],
            ["{% endfor %}", "", "", "", ""],
            ["2|说明", "上", "2|下"],
        )
    )
    assert rows(document) == [
        ["部门", "A", "B", "C", "D", "合计"],
        ["部门", "办理结果", "合计"],
        ["农业办", "1", "2", "3", "4", "10"],
        ["经济办", "1", "2", "3", "4", "10"],
        ["说明", "上", "下"],
    ]
    widths, cells = grid(document)
    assert widths == [2000, 1500, 500, 1000, 1000, 500, 1500, 2000]
    assert all(sum(span for span, _ in row) == len(widths) for row in cells)
    assert all(sum(width for _, width in row) == 10000 for row in cells)
    assert [width for _, width in cells[0]] == [2000, 1500, 1500, 1500, 1500, 2000]
    assert cells[1] == [(1, 2000), (6, 6000), (1, 2000)]
    assert [width for _, width in cells[4]] == [4000, 2000, 4000]


def test_columns_left_out_give_their_width_to_the_cell_before() -> None:
    row = ["部门", "{% if 上年 %}", "上年", "{% endif %}", "{{ 年度 }}"]
    document = filled(table(row, row, width=1000))
    assert rows(document) == [["部门", "2024"]] * 2
    assert grid(document) == ([4000, 1000], [[(1, 4000), (1, 1000)]] * 2)


def test_rows_that_lose_all_cells_go_and_gaps_before_rows_adapt() -> None:
    template = table(
        ["{% if 上年 %}", "甲", "{% endif %}"],
        ["乙", "{% for 类 in 类别 %}{{ 类.代码 }}{% endfor %}", "丁"],
        ["{% for 类 in 类别 %}", "{{ 类.代码 }}", "{% endfor %}"],
        width=400,
    )
    gap = '<w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>'
    bare = f"<w:tr>{gap}<w:tc>{p('戊')}</w:tc></w:tr></w:tbl>"
    document = filled(template.replace("</w:tbl>", bare))
    assert rows(document) == [["乙", "ABCD", "丁"], ["A", "B", "C", "D"], ["戊"]]
    widths, cells = grid(document)
    assert widths == [300, 100, 200, 200, 100, 300]
    assert cells[2] == [(2, 400)]
    gaps = [
        part(document).find(f".//{{{W}}}{name}").get(f"{{{W}}}val")
        for name in ("gridBefore", "gridAfter")
    ]
    assert gaps == ["2", "2"]


def test_content_controls_around_rows_and_cells() -> None:
    def wrapped(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    row = f"<w:tr><w:tc>{p('{{ 门.名称 }}')}</w:tc></w:tr>"
    loop = [
        f"<w:tr><w:tc>{p(tag)}</w:tc></w:tr>"
        for tag in ("{% for 门 in 部门列表 %}", "{% endfor %}")
    ]
    year = wrapped(f"<w:tc>{p('{{ 年度 }}')}</w:tc>")
    cell = f"<w:tr>{year}</w:tr>"
    whole = table(["头"]).replace("</w:tbl>", f"{wrapped(row.join(loop))}{cell}</w:tbl>")
    assert lines(filled(whole, p("后"))) == ["头", "农业办", "经济办", "2024", "后"]


def test_a_page_break_is_no_line_break() -> None:
    page, line = '<w:r><w:br w:type="page"/></w:r>', "<w:r><w:br/></w:r>"
    document = filled(f"<w:p>{page}{r('{{ ')}{line}{r('年度 }}')}</w:p>", f"<w:p>{page}</w:p>")
    assert lines(document) == ["⏎2024", "⏎"]
    assert len(list(part(document).iter(f"{{{W}}}br"))) == 2


def test_a_word_template_file_gives_a_document() -> None:
    plain = docx(p("{{ 年度 }}"))
    types = zipped(plain)["[Content_Types].xml"].replace(b"document.main", b"template.main")
    document = fill_template(
        Template(replaced(plain, "[Content_Types].xml", types)), report(**NAMES), lambda _: PNG
    )
    assert b"wordprocessingml.document.main+xml" in zipped(document)["[Content_Types].xml"]
    assert b"template.main" not in zipped(document)["[Content_Types].xml"]


def test_a_text_alone_in_its_paragraph_becomes_a_paragraph_per_line() -> None:
    styled = '<w:pPr><w:jc w:val="right"/></w:pPr>'
    document = filled(p("{{ 综述 }}", styled), p("后"))
    assert lines(document) == ["修路15公里。", "架桥2座。", "后"]
    assert len(list(part(document).iter(f"{{{W}}}jc"))) == 2


def test_a_section_break_survives_the_tag_it_stands_with() -> None:
    section = '<w:pPr><w:sectPr><w:pgSz w:w="100" w:h="50"/></w:sectPr></w:pPr>'
    document = filled(
        p("{% if 空 %}"), p("没有"), p("{% endif %}", section), p("{{ 综述 }}", section), p("后")
    )
    assert lines(document) == ["", "修路15公里。", "架桥2座。", "", "后"]
    assert len(list(part(document).iter(f"{{{W}}}pgSz"))) == 2


def test_headers_footers_and_notes_take_tags() -> None:
    document = filled(
        p("正文"),
        header=p("{{ 年度 }}年") + p("{% if 空 %}") + p("无") + p("{% endif %}"),
        footer=p("{{ 建议.件数 }}件"),
        footnote=p("注：{{ 成文日期 }}"),
    )
    assert lines(document, "word/header.xml") == ["2024年"]
    assert lines(document, "word/footer.xml") == ["984件"]
    assert lines(document, "word/footnotes.xml") == ["注：2024年3月5日"]


def test_links_and_content_controls_keep_their_frames() -> None:
    link = f'<w:p><w:hyperlink w:anchor="a">{r("见{{ 年度 }}")}</w:hyperlink>{r("年")}</w:p>'
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="栏"/><w:id w:val="7"/></w:sdtPr><w:sdtContent>'
        f"{p('{% for 门 in 部门列表 %}')}{p('{{ 门.名称 }}')}{p('{% endfor %}')}"
        "</w:sdtContent></w:sdt>"
    )
    document = filled(link, control, table([control + p("格")]))
    assert lines(document) == ["见2024年", "农业办", "经济办", "农业办", "经济办", "格"]
    assert len(list(part(document).iter(f"{{{W}}}alias"))) == 2
    assert part(document).find(f".//{{{W}}}hyperlink") is not None


def test_tracked_changes_are_accepted_and_comments_dropped() -> None:
    paragraph = (
        '<w:p><w:commentRangeStart w:id="1"/>' + r("共{{ 建")
        + f'<w:ins w:id="2" w:author="甲">{r("议.件数 }}")}</w:ins>'
        '<w:del w:id="3" w:author="甲"><w:r><w:delText>{{ 旧 }}</w:delText></w:r></w:del>'
        '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )  # fmt: skip
    document = filled(paragraph)
    assert lines(document) == ["共984"]
    assert not re.search(rb"<w:(ins|del|comment\w*)[ />]", zipped(document)["word/document.xml"])


def zipped(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_chart_stands_in_the_line_with_a_numbered_caption_below() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a5"><w:name w:val="caption"/></w:style>'
    exact = '<w:pPr><w:spacing w:line="579" w:lineRule="exact"/></w:pPr>'
    asked = []

    def draw(chart: Chart) -> bytes:
        asked.append(chart.key)
        return PNG

    body = [
        p("{{ 图.办理结果 }}", exact),
        p("{% if 空 %}"),
        p("{{ 图.办理结果 }}"),
        p("{% endif %}"),
    ]
    template = docx(*body, p("{{ 图.办理结果 }}"), styles=styles)
    document = fill_template(Template(template), report(**NAMES), draw)
    assert asked == ["图.办理结果", "图.办理结果"]
    assert lines(document) == ["", "图1 办理结果构成", "", "图2 办理结果构成"]
    root = part(document)
    drawn = [each for each in root.iter() if str(each.tag).endswith("docPr")]
    assert [each.get("id") for each in drawn] == ["1", "2"]
    assert {(each.get("name"), each.get("descr")) for each in drawn} == {(CHART.key, CHART.alt)}
    extent = next(each for each in root.iter() if str(each.tag).endswith("}extent"))
    assert (extent.get("cx"), extent.get("cy")) == ("5400000", "2700000")
    first, caption, *_ = root.iter(f"{{{W}}}pPr")
    assert [each.get(f"{{{W}}}lineRule") for each in first.iter(f"{{{W}}}spacing")] == ["auto"]
    assert caption[0].get(f"{{{W}}}val") == "a5"
    assert zipped(document)["word/media/image1.png"] == PNG


def test_charts_in_a_list_are_known_only_when_running() -> None:
    charts = items({"图": "图"}, {"图": CHART})
    loop = p("{% for 个 in 列 %}"), p("{% endfor %}")
    document = fill_template(
        Template(docx(loop[0], p("{{ 个.图 }}"), loop[1])), report(列=charts), lambda _: PNG
    )
    assert lines(document) == ["", "图1 办理结果构成"]
    for body, header, text in [
        (p("见{{ 个.图 }}"), "", "图只能单独成段，请让这个标签自成一段"),
        (
            "",
            p("{% for 个 in 列 %}见{{ 个.图 }}{% endfor %}"),
            "图只能放在正文里，不能放在页眉、页脚或脚注中",
        ),
    ]:
        template = docx(loop[0], body, loop[1], header=header)
        with pytest.raises(TemplateError, match=text):
            fill_template(
                Template(template), report(列=charts), lambda _: pytest.fail("drawn in vain")
            )


def test_other_prefixes_and_other_parts_of_the_document_stay() -> None:
    plain = docx(p("年{{ 年度 }}度"))
    root = zipped(plain)["word/document.xml"].replace(
        b"<w:body>", b'<w:background w:color="FFFFFF"/><w:body>'
    )
    bare = (
        re.sub(rb"(</?)w:", rb"\1", root)
        .replace(b"xmlns:w=", b"xmlns=")
        .replace(b"w:color", b"color")
    )
    for content in (root, bare):
        document = fill_template(
            Template(replaced(plain, "word/document.xml", content)), report(**NAMES), lambda _: PNG
        )
        assert lines(document) == ["年2024度"]
        assert part(document)[0].tag == f"{{{W}}}background"


def replaced(document: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for each, old in (zipped(document) | {name: content}).items():
            archive.writestr(each, old)
    return buffer.getvalue()


def test_the_comments_part_goes_with_the_comments() -> None:
    plain = docx(p("文"), footnote=p("注"))
    links = zipped(plain)["word/_rels/document.xml.rels"].replace(
        b"relationships/footnotes", b"relationships/comments"
    )
    document = fill_template(
        Template(replaced(plain, "word/_rels/document.xml.rels", links)), report(), lambda _: PNG
    )
    assert "word/footnotes.xml" not in zipped(document)
    assert b"footnotes" not in zipped(document)["[Content_Types].xml"]
    assert b"comments" not in zipped(document)["word/_rels/document.xml.rels"]


def test_a_draft_marks_even_pages_too() -> None:
    plain = gongwen.build_template("正文", date=dt.date(2025, 1, 1))
    assert b"<w:evenAndOddHeaders/>" in zipped(plain)["word/settings.xml"]
    name = "word/document.xml"
    bare = re.sub(b"<w:headerReference[^>]*>", b"", zipped(plain)[name])
    document = fill_template(
        Template(replaced(plain, name, bare)), report(), lambda _: PNG, draft=["缺"]
    )
    headers = [each for each in zipped(document) if "header" in each and each not in zipped(plain)]
    assert [lines(document, each) for each in headers] == [["草稿"]] * 2
    kinds = [each.get(f"{{{W}}}type") for each in part(document).iter(f"{{{W}}}headerReference")]
    assert sorted(map(str, kinds)) == ["default", "even"]


def test_what_stands_around_a_tag_stays_as_it_was() -> None:
    """A tab to the page's middle beside a tag alone; controls and links in each other around one."""
    placed = '<w:r><w:ptab w:relativeTo="margin" w:alignment="center" w:leader="none"/></w:r>'
    link = f'<w:hyperlink w:anchor="丙">{r("见{{ 建议.件数 }}件")}</w:hyperlink>'
    control = f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{link}</w:sdtContent></w:sdt>"
    first, second = part(
        filled(f"<w:p>{placed}{r('{{ 年度 }}')}</w:p>", f"<w:p>{control}</w:p>")
    ).iter(f"{{{W}}}p")
    assert [each.tag for each in first.iter(f"{{{W}}}ptab")]
    (shown_link,) = second.iterfind(f"{{{W}}}sdt/{{{W}}}sdtContent/{{{W}}}hyperlink")
    assert "".join(shown_link.itertext(f"{{{W}}}t")) == "见984件"
    assert [each.tag.rpartition("}")[2] for each in second[0]] == ["sdtPr", "sdtContent"]


def test_existing_bookmarks_are_neither_doubled_nor_left_half() -> None:
    def marked(number: int, name: str, text: str) -> str:
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'<w:p>{start}{r(text)}<w:bookmarkEnd w:id="{number}"/></w:p>'

    half = '<w:bookmarkStart w:id="9" w:name="半个"/>'
    document = filled(
        marked(1, "甲", "甲"),
        marked(8, "rg_2", "旧"),
        p("{% for 门 in 部门列表 %}"),
        marked(2, "乙", "部门{{ 门.名称 }}"),
        marked(3, "rg_1", "丙"),
        f"<w:p>{half}{r('{% endfor %}')}</w:p>",
    )
    starts = list(part(document).iter(f"{{{W}}}bookmarkStart"))
    ends = [each.get(f"{{{W}}}id") for each in part(document).iter(f"{{{W}}}bookmarkEnd")]
    names = [each.get(f"{{{W}}}name") for each in starts]
    assert sorted(map(str, names)) == ["rg_1", "rg_2", "rg_3", "rg_4", "乙", "甲"]
    assert not {"旧", "甲"} & {
        shown(start.getparent()) for start in starts if start.get(f"{{{W}}}name").startswith("rg_")
    }
    assert sorted(map(str, ends)) == sorted(each.get(f"{{{W}}}id", "") for each in starts)
    assert len(set(ends)) == len(ends)


def test_characters_that_xml_cannot_hold_are_dropped() -> None:
    names = {"文": "甲\x00\x0b乙\ufffe\t丙\r\n丁", "列": items({"名": ""}, {"名": "\x1f子"})}
    template = docx(p("〔{{ 文 }}〕{% for 个 in 列 %}{{ 个.名 }}{% endfor %}"))
    assert lines(fill_template(Template(template), report(**names), lambda _: PNG)) == [
        "〔甲乙\t丙⏎丁〕子"
    ]


WHOLE = r"""
# {{ 年度 }}年度\报告
共{{ 建议.件数 }}件，{% for 门 in 部门列表 %}{{ 门.名称 }}{{ 门.件数 }}件；{% endfor %}
{% for 门 in 部门列表 %}
## {{ 门.名称 }}
{{ 综述 }}
{{ 图.办理结果 }}
{% endfor %}
=== 横排
| 部门 | {% for 类 in 类别 %} | {{ 类.代码 }} | {% endfor %} | 合计 |
|3|8|2|8|3|
| {% for 门 in 部门列表 %} |
| {{ 门.名称 }} | {% for 类 in 类别 %} | {{ 类.件数 }} | {% endfor %} | {{ 门.件数 }} |
| {% endfor %} |
>> 完
"""


def whole(draft: list[str] | None = None) -> bytes:
    template = gongwen.build_template(WHOLE, date=dt.date(2025, 1, 1))
    return fill_template(Template(template), report(**NAMES), lambda _: PNG, draft=draft)


@pytest.mark.parametrize("draft", [None, ["农业办没有填报。"]])
def test_an_independent_validator_finds_nothing(draft: list[str] | None, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(whole(draft))
    found = OpenXmlValidator().validate(path)
    assert [str(error) for error in found.errors] == []


def test_the_same_input_gives_the_same_bytes() -> None:
    assert whole() == whole()
    stamps = [info.date_time for info in zipfile.ZipFile(io.BytesIO(whole())).infolist()]
    assert set(stamps) == {(2025, 1, 6, 0, 0, 0)}


def test_the_properties_say_who_and_when() -> None:
    core = zipped(whole())["docProps/core.xml"].decode()
    assert "<dc:title>永安镇办理情况的报告</dc:title>" in core
    assert "<dc:creator>永安镇人民政府</dc:creator>" in core
    assert "<cp:lastModifiedBy>永安镇人民政府</cp:lastModifiedBy>" in core
    assert core.count("2025-01-06T00:00:00Z") == 2


def test_a_draft_shows_that_it_is_one() -> None:
    document = fill_template(
        Template(docx(p("正文"))),
        report(**NAMES),
        lambda _: PNG,
        draft=["农业办没有填报。", "编号缺失。"],
    )
    assert lines(document) == [
        "草稿：以下问题尚未解决", "1", "农业办没有填报。", "2", "编号缺失。", "⏎", "正文",
    ]  # fmt: skip
    assert lines(document, "word/header1.xml") == ["草稿"]
    own = fill_template(
        Template(docx(p("正文"), header=p("页眉"), more="<w:titlePg/>")),
        report(**NAMES),
        lambda _: PNG,
        draft=[],
    )
    assert lines(own, "word/header.xml") == ["草稿", "页眉"]
    assert lines(own, "word/header1.xml") == ["草稿"]
    assert "草稿：以下问题尚未解决" not in lines(own)


def test_the_list_of_a_draft_keeps_to_one_page() -> None:
    missing = [f"缺第{number}项。" for number in range(1, 31)]
    document = fill_template(
        Template(docx(p("正文"))), report(**NAMES), lambda _: PNG, draft=missing
    )
    assert rows(document)[-2:] == [
        ["22", "缺第22项。"], ["", "另有8处没有列出，全部问题见“核查”的结果。"],
    ]  # fmt: skip


def test_what_only_shows_when_running_is_collected_with_its_turn() -> None:
    odd = items(
        {"名": "名称", "图": "图"}, {"名": "甲", "图": Absent("甲.图")}, {"名": "乙", "图": CHART}
    )
    template = docx(
        p("{{ 上年 }}"),
        p("{% for 个 in 列 %}见{{ 个.图 }}{% endfor %}"),
        p("{% if 数 + 名 %}{% endif %}{% if 数 / 零 %}{% endif %}"),
        p("{{ 名 | 中文数字 }}与{{ 日 | 日期('长') }}"),
        p("{% if 名 > 3 %}{% elif 数 %}{% endif %}"),
        p("{{ 没写 }}"),
    )
    names = {
        "上年": Absent("上年"), "列": odd, "数": fact("数", 1), "零": fact("零", 0), "名": "甲",
        "日": dt.date(2024, 1, 1),
    }  # fmt: skip
    with pytest.raises(TemplateError) as caught:
        fill_template(Template(template), report(**names), lambda _: pytest.fail("drawn in vain"))
    assert [(each.place, each.tag, each.text) for each in caught.value.mistakes] == [
        ("正文第2段", "{{ 个.图 }}", "图只能单独成段，请让这个标签自成一段（循环到“乙”时）"),
        ("正文第3段", "{% if 数 + 名 %}", "只有数字才能计算"),
        ("正文第4段", "{{ 名 | 中文数字 }}", "“甲”不是整数，不能写成中文数字"),
        ("正文第4段", "{{ 日 | 日期('长') }}", "日期没有“长”这种写法，可用的有“短”“年月”"),
        ("正文第5段", "{% if 名 > 3 %}", "算不出结果，请检查各名称是不是数字"),
        ("正文第6段", "{{ 没写 }}", "没有“没写”这个名称"),
    ]  # fmt: skip


def looks(document: bytes) -> list[list[tuple[str, str]]]:
    """Every character of each paragraph with the names of its run's properties."""
    return [
        [
            (character, ",".join(etch.tag.rpartition("}")[2] for etch in run.iterfind(f"{{{W}}}rPr/*")))
            for run in paragraph.iter(f"{{{W}}}r")
            for text in run.iterfind(f"{{{W}}}t")
            for character in text.text or ""
        ]
        for paragraph in part(document).iter(f"{{{W}}}p")
    ]  # fmt: skip


SENTENCE = [
    ("b", "{% for 门 in 部门列表 %}"), ("", "部门"), ("i", "{{ 门.名称 }}"), ("b", "主办{{ 门.件数 }}件"),
    ("u", "{% if not loop.last %}；{% endif %}"), ("", "{% endfor %}{# 备注 #}。{{ 年度|中文年份 }}"),
]  # fmt: skip


@given(st.data())
def test_splitting_runs_anywhere_changes_nothing(data: st.DataObject) -> None:
    def runs(cut: bool) -> str:
        pieces = []
        for mark, text in SENTENCE:
            cuts = data.draw(st.sets(st.integers(1, len(text) - 1))) if cut else set()
            edges = [0, *sorted(cuts), len(text)]
            look = f"<w:rPr><w:{mark}/></w:rPr>" if mark else ""
            pieces += [r(text[a:b], look) for a, b in pairwise(edges)]
        between = (
            data.draw(st.sampled_from(["", "<w:proofErr w:type='spellStart'/>"])) if cut else ""
        )
        return f"<w:p>{between.join(pieces)}</w:p>"

    assert looks(filled(runs(cut=True))) == looks(filled(runs(cut=False)))


def test_the_look_of_a_result_is_that_of_the_run_in_which_its_tag_begins() -> None:
    paragraph = "<w:p>" + "".join(
        r(text, f"<w:rPr><w:{mark}/></w:rPr>") for mark, text in [("b", "共{"), ("i", "{ 年度 }"), ("u", "}年")]
    )  # fmt: skip
    assert looks(filled(f"{paragraph}</w:p>")) == [
        [("共", "b"), *((digit, "b,noProof,lang") for digit in "2024"), ("年", "u")]
    ]


def test_items_are_looped_in_order_and_lists_may_be_shared() -> None:
    nested: Items = items({"名": ""}, *({"名": str(n)} for n in range(3)))
    template = docx(
        p("{% for 甲 in 列 %}{% for 乙 in 列 %}{{ 甲.名 }}{{ 乙.名 }} {% endfor %}{% endfor %}")
    )
    document = fill_template(Template(template), report(列=nested), lambda _: PNG)
    assert lines(document) == ["00 01 02 10 11 12 20 21 22 "]


def test_two_figures_of_one_name_cannot_slip_through() -> None:
    names = {"甲": fact("同名", 1), "乙": fact("同名", 2)}
    made = Report("报告", "署名", dt.date(2025, 1, 1), names, report().facts)
    with pytest.raises(AssertionError, match="同名"):
        fill_template(Template(docx(p("{{ 甲 }}{{ 乙 }}"))), made, lambda _: PNG)


@pytest.mark.parametrize(
    "text", ["{{ 部门.名称 }}", "{% if 部门.名称 %}{{ 部门.名称 }}{% endif %}"]
)
def test_a_row_is_parted_by_the_end_of_a_page_only_where_a_text_is_long(text: str) -> None:
    outline = "| 名 | 话 |\n|1|:5~|\n| {% for 部门 in 部门列表 %} |\n| {{ 部门.名称 }} | "
    outline += f"{text} |\n| {{% endfor %}} |"
    names = ("短" + "&" * 199, "长" * 201)
    found = Items([Item(name[0], {"名称": name}) for name in names], {"名称": ""})
    report = Report("", "", dt.date(2024, 1, 1), {"部门列表": found}, Facts())
    content = fill_template(
        Template(gongwen.build_template(outline, date=dt.date(2024, 1, 1))), report, lambda _: b""
    )
    rows = Document(io.BytesIO(content)).tables[0].rows
    assert [bool(row._tr.xpath("w:trPr/w:cantSplit")) for row in rows] == [True, True, False]
    assert [len(row._tr.xpath("w:trPr")) for row in rows] == [1, 1, 1]
