"""The base document and the outline dialect: read with python-docx, measured in LibreOffice."""

import datetime as dt
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator

from reportgen.word.template import gongwen
from reportgen.word.template.gongwen import build_template

DATE = dt.date(2025, 1, 15)
OUTLINE = r"""
%% 每一种行各有一处
# 永安镇人民政府关于{{ 年度 }}年度\人大代表建议办理情况的报告
#- （{{ 成文日期 | 日期 }}在会议上）
: 各位代表：

共收到建议{{ 建议.件数 }}件。
{% if 议案.件数 %}
其中议案{{ 议案.件数 }}件。
{% endif %}
## 办理情况
### 加强领导
#### 交办环节
##### 时间要求
### 规范流程。|做到{{ 名单 | 顿号(3) }}环环相扣。
## 存在问题
### 标准不一
{{ 图.办理结果 }}
^^ 表1　办理情况
| 部门 | 办理情况 | 备注 |
| 名称 | 主办 | 协办 |
|:20|10|10.5|
| {% for 部门 in 部门列表 %} |
| {{ 部门.名称 }} | {{ 部门.日期 | 日期 }} | a<b&c |
| {% endfor %} |
| 合计 | | 24 |
>> 注：各部门之和可能大于总数。
=. 附件：1.一览表
=. 2.统计表
-- 永安镇人民政府
-- {{ 成文日期 | 日期 }}
=== 横排
#@ 附件1
#= 一览表
| {% for 类 in 分类 %} | {{ 类.名称 }} | {% endfor %} |
|3|8|3|
| {% for 类 in 分类 %} | {{ 类.件数 }} | {% endfor %} |
=== 竖排
#@ 附件2
#= 统计表
"""
STYLES = [
    "DocumentTitle", "TitleLine", "Addressee", "Normal", "Control", "Normal", "Control",
    "Heading1", "Heading2", "Heading3", "Heading4", "Normal", "Heading1", "Heading2",
    "Figure", "TableCaption", "Note", "AnnexList", "AnnexListNext", "IssuedBy", "IssuedOn",
    "SectionEnd", "AnnexLabel", "AnnexTitle", "SectionEnd", "AnnexLabel", "AnnexTitle",
]  # fmt: skip


def _open(outline: str = OUTLINE) -> Document:
    return docx.Document(io.BytesIO(build_template(outline, date=DATE)))


def _texts(outline: str) -> list[list[str]]:
    """The runs of each paragraph."""
    return [[run.text for run in paragraph.runs] for paragraph in _open(outline).paragraphs]


def _val(element: Any, path: str, attribute: str = "val") -> str | None:
    found = element.find("/".join(qn(f"w:{step}") for step in path.split("/")))
    return None if found is None else found.get(qn(f"w:{attribute}"))


def _chain(styles: Any, name: str | None) -> Iterator[Any]:
    """A style and those it builds on."""
    while name is not None:
        yield styles.get_by_id(name)
        name = _val(styles.get_by_id(name), "basedOn")


def _font(styles: Any, name: str, script: str) -> str | None:
    own = (_val(style, "rPr/rFonts", script) for style in _chain(styles, name))
    return next(filter(None, own), _val(styles, "docDefaults/rPrDefault/rPr/rFonts", script))


@pytest.fixture(scope="module")
def styles() -> Any:
    return _open().styles.element


@pytest.fixture(scope="module")
def pages(
    convert: Callable[[bytes, str, str], bytes],
    pdf_text: Callable[[bytes, Path], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[str]:
    """Three pages full of text, a long table on turned pages, an annex with headings."""
    text = "".join(islice(cycle("国家机关公文"), 3 * 22 * 28 - 2))
    rows = "\n".join(f"| {number} | 建议 |" for number in range(1, 61))
    headings = "## 甲\n### 乙\n### 丙\n### 丁。|戊\n## 己\n### 庚\n#### 辛\n##### 壬\n#### 癸"
    outline = (
        f"{text}\n=== 横排\n#@ 附件1\n#= 一览表\n| 序号 | 标题 |\n|1|:9|\n{rows}\n"
        f"=== 竖排\n#@ 附件2\n{headings}"
    )
    pdf = convert(build_template(outline, date=DATE), "docx", "pdf")
    return pdf_text(pdf, tmp_path_factory.mktemp("gongwen")).split("\f")[:-1]


class TestOutline:
    def test_each_kind_of_line_has_its_style(self) -> None:
        assert [paragraph.style.style_id for paragraph in _open().paragraphs] == STYLES

    def test_each_tag_is_whole_in_a_grey_run_of_its_own(self) -> None:
        runs = _texts("# 甲{{ 年度 }}\\乙\n共{{ 建议.件数 }}件，{{ 年度 | 中文年份 }}\n: 代表：")
        assert runs == [
            ["甲", "{{ 年度 }}", "\n乙"],
            ["共", "{{ 建议.件数 }}", "件，", "{{ 年度 | 中文年份 }}"],
            ["代表："],
        ]
        looks = [run.style.name for run in _open("共{{ 建议.件数 }}件").paragraphs[0].runs]
        assert looks == ["Default Paragraph Font", "模板标签", "Default Paragraph Font"]

    def test_a_run_in_heading_has_the_number_a_lead_and_the_rest(self) -> None:
        outline = "### 规范流程。|做到{{ 名单 | 顿号(3) }}。\n### 由{{ 名单 | 顿号(3) }}负责"
        run_in, whole = _open(outline).paragraphs
        tag = "{{ 名单 | 顿号(3) }}"
        assert [run.text for run in run_in.runs] == ["规范流程。", "做到", tag, "。"]
        usual = "DefaultParagraphFont"
        assert [run.style.style_id for run in run_in.runs] == ["Lead", usual, "TemplateTag", usual]
        assert _val(run_in._p, "pPr/numPr/ilvl") == "1"
        assert _val(run_in._p, "pPr/numPr/numId") == "1"
        assert (whole.style.style_id, whole.text) == ("Heading2", "由{{ 名单 | 顿号(3) }}负责")

    def test_lines_that_only_resemble_a_marker_are_text(self) -> None:
        assert _texts("#甲\n=.乙\n--丙\n{% if x %}丁{% endif %}\n图为{{ 图.x }}") == [
            ["#甲"], ["=.乙"], ["--丙"], ["{% if x %}", "丁", "{% endif %}"], ["图为", "{{ 图.x }}"],
        ]  # fmt: skip

    def test_only_the_first_of_adjoining_lines_is_the_first(self) -> None:
        outline = (
            "=. 附件：1.甲\n\n%% 说明\n{% if x %}\n=. 2.乙\n{% endif %}\n-- 丙\n-- 丁\n正文\n-- 戊"
        )
        assert [paragraph.style.style_id for paragraph in _open(outline).paragraphs] == [
            "AnnexList", "Control", "AnnexListNext", "Control",
            "IssuedBy", "IssuedOn", "Normal", "IssuedBy",
        ]  # fmt: skip


class TestTables:
    def test_cells_are_parted_outside_tags_only(self) -> None:
        rows = [[cell.text for cell in row.cells] for row in _open().tables[0].rows]
        assert rows[0] == ["部门", "办理情况", "备注"]
        assert rows[3] == ["{{ 部门.名称 }}", "{{ 部门.日期 | 日期 }}", "a<b&c"]
        assert rows[5] == ["合计", "", "24"]

    def test_rows_above_the_widths_repeat_on_each_page(self) -> None:
        table = _open().tables[0]
        repeated = [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) for row in table.rows]
        assert [header is not None for header in repeated] == [True, True] + [False] * 4
        assert table.cell(1, 2).paragraphs[0].style.style_id == "TableHead"
        assert table.cell(3, 2).paragraphs[0].style.style_id == "TableText"
        assert table.cell(5, 2).paragraphs[0].style.style_id == "TableTotal"

    def test_a_cell_alone_spans_the_row(self) -> None:
        cells = _open().tables[0].rows[2]._tr.tc_lst
        assert [cell.grid_span for cell in cells] == [3]
        assert cells[0].p_lst[0].style == "Control"

    def test_a_control_tag_among_cells_is_a_cell(self) -> None:
        table = _open().tables[1]
        assert [cell.text for cell in table.rows[0].cells][::2] == [
            "{% for 类 in 分类 %}", "{% endfor %}",
        ]  # fmt: skip

    def test_widths_fill_the_text_area_and_a_colon_aligns_left(self) -> None:
        portrait, landscape = _open().tables
        widths = [int(column.get(qn("w:w"))) for column in portrait._tbl.tblGrid]
        assert widths == [4368, 2184, 2293]
        assert sum(widths) == 11906 - 1587 - 1474
        wide = [int(column.get(qn("w:w"))) for column in landscape._tbl.tblGrid]
        assert sum(wide) == 12756
        sides = [_val(cell._tc.p_lst[0], "pPr/jc") for cell in portrait.rows[3].cells]
        assert sides == ["left", None, None]

    @pytest.mark.parametrize(
        ("outline", "told"),
        [
            ("| 甲 | 乙 |", "line of widths: | 甲 | 乙 |"),
            ("|1|1|\n| 甲 | 乙 | 丙 |", "3 cells in a table of 2 columns"),
            ("=== 斜排", "=== 斜排"),
        ],
    )
    def test_a_slip_in_the_outline_is_named(self, outline: str, told: str) -> None:
        with pytest.raises(ValueError, match=re.escape(told)):
            build_template(outline, date=DATE)


class TestPackage:
    def test_same_outline_and_date_same_bytes(self) -> None:
        assert build_template(OUTLINE, date=DATE) == build_template(OUTLINE, date=DATE)

    def test_the_date_is_the_only_time_in_it(self) -> None:
        package = build_template(OUTLINE, date=DATE)
        stamps = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(package)).infolist()}
        assert stamps == {(2025, 1, 15, 0, 0, 0)}
        properties = docx.Document(io.BytesIO(package)).core_properties
        assert properties.created.date() == properties.modified.date() == DATE

    def test_a_validator_finds_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "模板.docx"
        path.write_bytes(build_template(OUTLINE, date=DATE))
        result = OpenXmlValidator().validate(path)
        assert [str(error) for error in result.errors] == []
        broken = tmp_path / "坏.docx"
        broken.write_bytes(build_template("", date=DATE).replace(b"PK", b"KP"))
        assert OpenXmlValidator().validate(broken).errors

    def test_the_base_document_needs_no_folder_on_disk(self, tmp_path: Path) -> None:
        room = Path(gongwen.__file__).parents[2]
        archive = tmp_path / "reportgen.zip"
        with zipfile.ZipFile(archive, "w") as package:
            for path in (*room.parent.glob("*.py"), *room.rglob("*")):
                package.write(path, path.relative_to(room.parent.parent))
        code = (
            "import datetime, sys; from reportgen.word.template.gongwen import build_template;"
            "sys.stdout.buffer.write(build_template('# 甲', date=datetime.date(2025, 1, 15)))"
        )
        run = [sys.executable, "-c", code]
        environment = os.environ | {"PYTHONPATH": str(archive)}
        made = subprocess.run(run, env=environment, cwd=tmp_path, capture_output=True, check=True)
        assert made.stdout == build_template("# 甲", date=DATE)

    def test_nothing_links_runs_or_leans_on_the_theme(self) -> None:
        archive = zipfile.ZipFile(io.BytesIO(build_template(OUTLINE, date=DATE)))
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
        text = "".join(parts.values())
        assert not re.search(
            r"\w+Theme=|theme(Color|Tint|Shade)=|/hyperlink|vbaProject|External", text
        )

    def test_odd_and_even_pages_have_headers_and_footers_of_their_own(self) -> None:
        document = _open()
        assert document.settings.odd_and_even_pages_header_footer
        first, *others, last = document.sections
        for each in (first, last):  # those between may go with a condition, and the first with them
            parts = (each.header, each.even_page_header, each.footer, each.even_page_footer)
            assert not any(part.is_linked_to_previous for part in parts)
        assert all(section.footer.is_linked_to_previous for section in others)
        assert [section.orientation.name for section in document.sections] == [
            "PORTRAIT", "LANDSCAPE", "PORTRAIT",
        ]  # fmt: skip

    def test_a_table_is_never_the_last_thing(self) -> None:
        for last in ("|1|\n| 甲 |", "|1|\n| 甲 |\n{% endif %}", ""):
            assert _open(last).element.body[-2].get_or_add_pPr().style == "SectionEnd"


class TestStyles:
    @pytest.mark.parametrize(
        ("style", "font"),
        [
            ("Normal", "仿宋"), ("DocumentTitle", "方正小标宋简体"), ("TitleLine", "楷体"),
            ("Heading1", "黑体"), ("Heading2", "楷体"), ("Heading3", "仿宋"), ("Lead", "楷体"),
            ("AnnexLabel", "黑体"), ("AnnexTitle", "方正小标宋简体"), ("TableHead", "黑体"),
            ("TableText", "宋体"), ("Footer", "宋体"), ("IssuedOn", "仿宋"),
        ],
    )  # fmt: skip
    def test_chinese_fonts(self, styles: Any, style: str, font: str) -> None:
        assert _font(styles, style, "eastAsia") == font
        assert _font(styles, style, "hAnsi") == font  # “ ” … — are as wide as characters

    def test_the_font_table_knows_every_font(self, styles: Any) -> None:
        archive = zipfile.ZipFile(io.BytesIO(build_template("", date=DATE)))
        table = etree.fromstring(archive.read("word/fontTable.xml"))
        known = {font.get(qn("w:name")) for font in table}
        used = {
            font.get(qn(f"w:{script}"))
            for font in styles.iter(qn("w:rFonts"))
            for script in ("ascii", "eastAsia", "hAnsi", "cs")
        }
        assert used - {None} == known

    def test_the_body_is_set_on_the_grid_and_the_rest_is_not(self, styles: Any) -> None:
        body = styles.get_by_id("Normal")
        assert _val(body, "rPr/sz") == "32"
        assert _val(body, "rPr/spacing") == "-6"
        assert _val(body, "pPr/spacing", "line") == "579"
        assert _val(body, "pPr/spacing", "lineRule") == "exact"
        assert _val(body, "pPr/ind", "firstLine") == "630"
        for name in ("Figure", "FigureCaption", "TableText", "TableHead", "Note", "Control"):
            chain = list(_chain(styles, name))
            assert body not in chain
            assert "0" in [_val(style, "pPr/snapToGrid") for style in chain]
            assert all(_val(style, "pPr/spacing", "lineRule") is None for style in chain)


class TestOnPaper:
    def test_a_full_page_has_22_lines_of_28_characters(self, pages: list[str]) -> None:
        for page in pages[:3]:
            *lines, _ = page.split()[: 22 + 1]
            assert len(lines) == 22
            assert {len(line) for line in lines[1:]} == {28}
        assert [len(page.split()[0]) for page in pages[:3]] == [26, 28, 28]

    def test_no_blank_page_follows_a_full_one(self, pages: list[str]) -> None:
        assert "".join(pages[3].split()).startswith("附件1一览表")

    def test_page_numbers_run_on_right_on_odd_left_on_even_pages(self, pages: list[str]) -> None:
        feet = [page.rstrip().splitlines()[-1] for page in pages]
        assert [foot.replace(" ", "") for foot in feet] == [
            f"—{number}—" for number in range(1, len(pages) + 1)
        ]
        indents = [len(foot) - len(foot.lstrip()) for foot in feet]
        assert min(indents[::2]) > 10 > max(indents[1::2])

    def test_the_head_of_a_table_repeats(self, pages: list[str]) -> None:
        turned = [page for page in pages if "序号" in page]
        assert len(turned) > 2
        assert [page.count("序号") for page in turned] == [1] * len(turned)

    def test_headings_number_themselves(self, pages: list[str]) -> None:
        assert pages[-1].split()[2:11] == [
            "一、甲", "（一）乙", "（二）丙", "（三）丁。戊",
            "二、己", "（一）庚", "1.辛", "（1）壬", "2.癸",
        ]  # fmt: skip
