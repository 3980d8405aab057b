"""Mistakes in a template: all of them, each where it is, in words that say what to do."""

import io
import re
import zipfile
from contextlib import nullcontext

import pytest

from reportgen.errors import LeftoverError, TemplateError
from reportgen.facts.model import Absent, FiguredText
from reportgen.word.render import renderer
from reportgen.word.render.fill import check_template, fill_template
from reportgen.word.render.leftovers import refuse_leftovers_in_parts
from reportgen.word.render.rows_aside import RowsAside, make_model
from reportgen.word.template.sentences import Template
from tests.support.ole import ENCRYPTED, ole
from tests.support.templates import (
    PACKAGE,
    PNG,
    Chart,
    R,
    W,
    docx,
    fact,
    items,
    p,
    r,
    record_of,
    report,
    table,
    with_part,
)

NAMES = {
    "年度": "2024",
    "建议": {"件数": fact("建议.件数", 984), "占比": fact("建议.占比", 9)},
    "议案": {"件数": fact("议案.件数", 0)},
    "综述": FiguredText(("文字",)),
    "上年": Absent("上年"),
    "部门列表": items({"名称": "名称", "事项": {"标题": "标题"}}),
    "图": {"办理结果": Chart("图.办理结果", "标题", "说明")},
}
UNREADABLE = "这个写法读不懂，请检查括号、引号、圆点和拼写"
BARE = "得到的只是一个数字，说不出来源；请在指标中增加这一项，再写它的名称"


def found(template: bytes) -> list[tuple[str, str, str]]:
    """What ``fill`` raises, which for these templates is also what ``check`` gives."""
    with pytest.raises(TemplateError) as caught:
        fill_template(Template(template), report(**NAMES), lambda _: PNG)
    mistakes = [(each.place, each.tag, each.text) for each in caught.value.mistakes]
    assert [
        (each.place, each.tag, each.text) for each in check_template(Template(template), NAMES)
    ] == mistakes
    return mistakes


@pytest.mark.parametrize(
    ("typed", "tag", "text"),
    [
        # names
        ("{{ 建议.见数 }}", "{{ 建议.见数 }}", "没有“建议.见数”这个名称（是不是“建议.件数”？）"),
        ("{{ 年份 }}", "{{ 年份 }}", "没有“年份”这个名称（是不是“年度”？）"),
        ("{{ 件数 }}", "{{ 件数 }}", "没有“件数”这个名称（是不是“建议.件数”？）"),
        ("{{ 全无此物甲乙丙 }}", "{{ 全无此物甲乙丙 }}", "没有“全无此物甲乙丙”这个名称"),
        ("{% if 空话 %}{{ 建议.间数 }}{% endif %}", "{% if 空话 %}", "没有“空话”这个名称"),
        ("{% if 0 %}{{ 建义.件数 }}{% endif %}", "{{ 建义.件数 }}", "没有“建义”这个名称（是不是“建议”？）"),
        (
            "{% for 门 in 部门列表 %}{{ 门.名字 }}{% endfor %}",
            "{{ 门.名字 }}",
            "没有“门.名字”这个名称（是不是“门.名称”？）",
        ),
        (
            "{% for 门 in 部门列表 %}{% for 事 in 门.事项 %}{{ 事.题 }}{% endfor %}{% endfor %}",
            "{{ 事.题 }}",
            "没有“事.题”这个名称（是不是“事.标题”？）",
        ),
        ("{{ loop.index }}", "{{ loop.index }}", "loop 只能用在循环里面"),
        ("{{ 年度 | 中文年分 }}", "{{ 年度 | 中文年分 }}", "没有“中文年分”这个过滤器，可用的有中文数字、中文年份、日期、顿号、书名号"),
        ("{{ 年度 | upper }}", "{{ 年度 | upper }}", "没有“upper”这个过滤器，可用的有中文数字、中文年份、日期、顿号、书名号"),
        ("{{ 中文年份 }}", "{{ 中文年份 }}", "“中文年份”是过滤器，应写在竖线后面"),
        # what may be printed
        ("{{ 部门列表 }}", "{{ 部门列表 }}", "这是一个列表，要用 {% for … %} 逐项写出，或用“顿号”连接"),
        ("{{ 建议 }}", "{{ 建议 }}", "这是一组名称，请写到其中的一项，如“.件数”"),
        ("{% for 门 in 部门列表 %}{{ 门 }}{% endfor %}", "{{ 门 }}", "这是一组名称，请写到其中的一项，如“.名称”"),
        ("{{ 建议.件数 + 议案.件数 }}", "{{ 建议.件数 + 议案.件数 }}", BARE),
        ("{{ 3 }}", "{{ 3 }}", BARE),
        ("{{ 建议.件数.value }}", "{{ 建议.件数.value }}", f"“.value”{BARE}（只写“建议.件数”即可）"),
        ("{{ 建议.件数.数 }}", "{{ 建议.件数.数 }}", "“建议.件数”下面没有“数”，只写“建议.件数”即可"),
        ("{{ 部门列表.名称 }}", "{{ 部门列表.名称 }}", "“部门列表”是列表，要用 {% for … in 部门列表 %} 逐项取用"),
        ("{{ 建议.件数 > 3 }}", "{{ 建议.件数 > 3 }}", "这是一个条件，不能打印，请写在 {% if … %} 里"),
        ("{{ 年度 ~ '年' }}", "{{ 年度 ~ '年' }}", "标签里不能连接文字，请把文字写在标签外面"),
        ("{{ 年度 if 上年 }}", "{{ 年度 if 上年 }}", "“… if 条件”后面要有 else，写明条件不成立时是什么"),
        ("见{{ 图.办理结果 }}", "{{ 图.办理结果 }}", "图只能单独成段，请让这个标签自成一段"),
        ("{{ 部门列表 | 日期 }}", "{{ 部门列表 | 日期 }}", "“日期”前面应是单个的名称"),
        ("{{ 年度 | 顿号 }}", "{{ 年度 | 顿号 }}", "“顿号”前面应是列表"),
        ("{{ 年度 | 中文年份(2) }}", "{{ 年度 | 中文年份(2) }}", "“中文年份”的括号里最多写0项"),
        # blocks
        ("{% for 字 in 年度 %}{{ 字.一 }}{% endfor %}", "{% for 字 in 年度 %}", "“年度”不是列表，不能循环"),
        ("{% for 字 in 部门 %}{{ 字.一 }}{% endfor %}", "{% for 字 in 部门 %}", "没有“部门”这个名称（是不是“部门列表”？）"),
        ('{% for 字 in ["一"] %}{{ 字 }}{% endfor %}', '{% for 字 in ["一"] %}', '“["一"]”不是列表，不能循环'),
        ("{{ 年度 if 建议 else 综述 }}", "{{ 年度 if 建议 else 综述 }}", "“建议”是一组名称，不能作条件，请写到其中的一项"),
        ("{% for 部门列表 %}{{ 门.名称 }}{% endfor %}", "{% for 部门列表 %}", "循环应写成 {% for 名称 in 列表 %}"),
        ("{% for loop in 部门列表 %}{% endfor %}", "{% for loop in 部门列表 %}", "“loop”另有用处，请换一个循环名称"),
        ("{% if 建议 %}{% endif %}", "{% if 建议 %}", "“建议”是一组名称，不能作条件，请写到其中的一项"),
        ("{% if %}{% endif %}", "{% if %}", "if 后面没有写条件"),
        ("甲{% if 上年 %}乙", "{% if 上年 %}", "没有结束，缺少 {% endif %}"),
        ("甲{% endfor %}", "{% endfor %}", "前面没有对应的 {% for … %}"),
        ("{% else %}甲", "{% else %}", "前面没有对应的 {% if … %}"),
        (
            "{% for 门 in 部门列表 %}{% else %}甲{% endfor %}",
            "{% else %}",
            "前面没有对应的 {% if … %}",
        ),
        (
            "{% if 上年 %}{% else %}{% elif 年度 %}甲{% endif %}",
            "{% elif 年度 %}",
            "前面已经有 {% else %}，后面只能是 {% endif %}",
        ),
        ("{% if 上年 %}{% else if 年度 %}甲{% endif %}", "{% else if 年度 %}", "“否则如果”应写成 {% elif 条件 %}"),
        ("{% set 甲 = 1 %}", "{% set 甲 = 1 %}", "没有“set”这种控制标签，可用的只有 for、if、elif、else、endif、endfor"),
        ("{% include '甲' %}", "{% include '甲' %}", "没有“include”这种控制标签，可用的只有 for、if、elif、else、endif、endfor"),
        ("甲{% endfi %}", "{% endfi %}", "没有“endfi”这种控制标签，可用的只有 for、if、elif、else、endif、endfor"),
        # brackets and syntax
        ("{{ 建议.件数 }，甲", "{{ 建议.件数 }，甲", "这个标签没有结束，请在同一段内用 }} 结束"),
        ("{{ 建议.件数 %}", "{{ 建议.件数 %}", "这个标签没有结束，请在同一段内用 }} 结束"),
        ("{ 建议.件数 }}甲", "{ 建议.件数 }}", "}} 前面没有标签的开头，请补上开头或删去它"),
        ("甲％｝", "甲％｝", "％｝ 前面没有标签的开头，请补上开头或删去它"),
        ("{{ }}", "{{ }}", "标签里没有写内容"),
        ("{{ 建议..件数 }}", "{{ 建议..件数 }}", UNREADABLE),
        ("{{ (建议.件数 }}", "{{ (建议.件数 }}", UNREADABLE),
        ("{{ 建议 件数 }}", "{{ 建议 件数 }}", UNREADABLE),
        # nearly a tag
        ("甲{ { 年度 } }", "{ { 年度 } }", "两个括号之间不能有空格，应写成 {{ … }}"),
        ("{{ 年度 } }", "{{ 年度 } }", "两个括号之间不能有空格，应写成 {{ … }}"),
        ("{{ 年度 }}}", "{{ 年度 }}}", "结尾多了一个花括号，应写成 {{ … }}"),
        ("{{{ 年度 }}", "{{{ 年度 }}", "开头多了一个花括号，应写成 {{ … }}"),
        ("{ % if 年度 %}{% endif %}", "{ % if 年度 %}", "两个括号之间不能有空格，应写成 {% … %}"),
        ("{% if 年度 %}{% endif % }", "{% endif % }", "两个括号之间不能有空格，应写成 {% … %}"),
        ("共{建议.件数}件", "{建议.件数}", "只有一层花括号，应写成 {{ 建议.件数 }}"),
        ("{% if 上年 %}{% elseif 年度 %}{% endif %}", "{% elseif 年度 %}", "“否则如果”应写成 {% elif 条件 %}"),
        ("{{ 年度 ☞ }}", "{{ 年度 ☞ }}", f"{UNREADABLE}；“☞”不能用在这里"),
        # what Jinja could do and a template may not
        ("{{ ''.__class__.__mro__ }}", "{{ ''.__class__.__mro__ }}", "“这里”下面没有“__class__”，只写“这里”即可"),
        ("{{ 年度.format(1) }}", "{{ 年度.format(1) }}", "标签里不能用函数，请用竖线加过滤器，如 年度 | 中文年份"),
        ("{% for x in range(10**9) %}{% endfor %}", "{% for x in range(10**9) %}", "标签里不能用函数，请用竖线加过滤器，如 年度 | 中文年份"),
        ("{% if 9**9**9**9 %}{% endif %}", "{% if 9**9**9**9 %}", "模板里不能作乘方"),
        ("{% if 年度 is defined %}{% endif %}", "{% if 年度 is defined %}", "这种写法不能用在模板里"),
        ("{{ 年度[1:] }}", "{{ 年度[1:] }}", "方括号里只能写名称"),
        ("{{ " + "(" * 400 + "年度" + ")" * 400 + " }}", "{{ " + "(" * 400 + "年度" + ")" * 400 + " }}", UNREADABLE),
        ("{% if " + "not " * 60 + "年度 %}{% endif %}", "{% if " + "not " * 60 + "年度 %}", "这种写法不能用在模板里"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_sentence(typed: str, tag: str, text: str) -> None:
    expected = [("正文第2段", tag, text)]
    if typed.startswith("{% if 空话 %}"):
        expected.append(
            ("正文第2段", "{{ 建议.间数 }}", "没有“建议.间数”这个名称（是不是“建议.件数”？）")
        )
    assert found(docx(p("甲"), p(typed))) == expected


@pytest.mark.parametrize(
    "code", ["'x' * 10**9", "'x' * 999999999", "'%999999999d' % 1", "年度 * 3"]
)
def test_no_expression_can_fill_the_memory(code: str) -> None:
    with pytest.raises(TemplateError):
        fill_template(
            Template(docx(p(f"{{% if {code} %}}{{% endif %}}"))), report(**NAMES), lambda _: PNG
        )


def test_mistakes_are_located_in_every_part() -> None:
    cell = p("{{ 甲 }}")
    template = docx(
        p("一"),
        table(["a", "b"], ["c", "{{ 乙丙丁 }}"]),
        p("二"),
        p("{{ 戊己庚 }}"),
        table(["x"]),
        table([f"{table(['{{ 辛壬癸 }}'])}{p('')}"]),
        header=cell,
        footer=table([cell]),
        footnote=cell,
    )
    assert [(place, tag) for place, tag, _ in found(template)] == [
        ("第1张表第2行第2列", "{{ 乙丙丁 }}"),
        ("正文第3段", "{{ 戊己庚 }}"),
        ("第3张表第1行第1列内的表第1行第1列", "{{ 辛壬癸 }}"),
        ("页眉", "{{ 甲 }}"),
        ("页脚的表第1行第1列", "{{ 甲 }}"),
        ("脚注", "{{ 甲 }}"),
    ]


def test_headers_are_told_apart() -> None:
    reference = '<w:headerReference w:type="{}" r:id="header"/>'
    section = f"<w:p><w:pPr><w:sectPr>{reference.format('even')}</w:sectPr></w:pPr></w:p>"
    tag = p("{{ 甲 }}")
    places = {
        "页眉": docx(p("文"), header=tag),
        "普通页页眉": docx(p("文"), header=tag, more=reference.format("even")),
        "第1节偶数页页眉": docx(section, header=tag),
    }
    assert {place: found(template)[0][0] for place, template in places.items()} == {
        place: place for place in places
    }


def test_a_block_ends_at_the_level_where_it_begins() -> None:
    template = docx(
        p("{% for 门 in 部门列表 %}"),
        p("{{ 门.名称 }}{% endfor %}"),
        p("甲{% if 上年 %}"),
        p("{% endif %}乙"),
        table(
            ["{% for 门 in 部门列表 %}", ""],
            ["{{ 门.名称 }}", "{% endfor %}"],
            ["{% if 上年 %}", "a"],
            ["{% endif %}", "b"],
        ),
        '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>{% if 上年 %}</w:t></w:r></w:hyperlink>'
        "<w:r><w:t>丙{% endif %}</w:t></w:r></w:p>",
    )
    alike = "不在同一段、同一格或同一个表格里；要管几个整段，请让两处各自单独成段"
    assert found(template) == [
        ("正文第1段", "{% for 门 in 部门列表 %}", "与正文第2段的“{% endfor %}”不配：这里单独成段，那里和其他文字在同一段；两处要用同样的放法"),
        ("正文第3段", "{% if 上年 %}", f"与正文第4段的“{{% endif %}}”不配：{alike}"),
        ("第1张表第1行第1列", "{% for 门 in 部门列表 %}", "与第1张表第2行第2列的“{% endfor %}”不配：这里单独占表格的一行，那里单独占表格的一格；两处要用同样的放法"),
        ("第1张表第3行第1列", "{% if 上年 %}", f"与第1张表第4行第1列的“{{% endif %}}”不配：{alike}"),
        ("正文第5段", "{% if 上年 %}", f"与正文第5段的“{{% endif %}}”不配：{alike}"),
    ]  # fmt: skip


def test_one_forgotten_end_does_not_hide_or_invent_others() -> None:
    template = docx(
        p("{% for 门 in 部门列表 %}"),
        p("{% if 上年 %}"),
        p("{{ 门.名称 }}{{ 门.名 }}"),
        p("{% endfor %}"),
        p("{{ 门.名称 }}"),
    )
    assert found(template) == [
        ("正文第2段", "{% if 上年 %}", "没有结束，缺少 {% endif %}"),
        ("正文第3段", "{{ 门.名 }}", "没有“门.名”这个名称（是不是“门.名称”？）"),
        ("正文第5段", "{{ 门.名称 }}", "没有“门”这个名称（是不是“部门列表”？）"),
    ]


def test_a_chart_belongs_in_the_body() -> None:
    template = docx(p("一"), header=p("{{ 图.办理结果 }}"))
    text = "图只能放在正文里，不能放在页眉、页脚或脚注中"
    assert found(template) == [("页眉", "{{ 图.办理结果 }}", text)]


MOVE = "里不能用标签，请移到正文、页眉或页脚的文字中"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def field(code: str) -> str:
    """A field with this instruction."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end")]
    return code.join(("<w:r><w:instrText>", "</w:instrText></w:r>")).join(marks)


@pytest.mark.parametrize(
    ("run", "where"),
    [
        (f"<w:r><w:pict><w:txbxContent>{p('{{ 年度 }}')}</w:txbxContent></w:pict></w:r>", "文本框"),
        (f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>x={{{{ 年</m:t></m:r><m:r><m:t>度 }}}}</m:t></m:r></m:oMath>', "公式"),
        (f"<w:r><w:ruby><w:rt>{r('dù')}</w:rt><w:rubyBase>{r('{{ 年度 }}')}</w:rubyBase></w:ruby></w:r>", "拼音指南"),
        (field("IF {{ 年度 }} &gt; 1"), "域代码"),
        ('<w:fldSimple w:instr="REF {{ 年度 }}"/>', "域代码"),
        ('<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="{{ 年度 }}"/></v:shape></w:pict></w:r>', "艺术字"),
        ('<w:hyperlink w:tooltip="{{ 年度 }}"><w:r><w:t>看</w:t></w:r></w:hyperlink>', "链接"),
        (f'<w:r><w:drawing><a:p xmlns:a="{DRAWING}/main"><a:r><a:t>{{{{ 年度 }}}}</a:t></a:r></a:p></w:drawing></w:r>', "图形"),
    ],
)  # fmt: skip
def test_tags_are_refused_where_nobody_looks_for_them(run: str, where: str) -> None:
    assert found(docx(p("甲"), table([f"<w:p>{run}</w:p>"]))) == [
        ("第1张表第1行第1列", "{{ 年度 }}", f"{where}{MOVE}")
    ]


def outside(kind: str, target: str) -> str:
    """A relationship that leads outside."""
    return f'<Relationship Id="out" Type="{R}/{kind}" Target="{target}" TargetMode="External"/>'


def test_a_tag_in_the_address_of_a_link_is_refused_though_word_has_encoded_it() -> None:
    link = f'<w:p><w:hyperlink r:id="out">{r("看")}</w:hyperlink></w:p>'
    body = with_part(docx(link), links=outside("hyperlink", "http://x.cn/%7B%7B%20年度%20%7D%7D"))
    assert found(body) == [("正文第1段", "{{ 年度 }}", f"链接地址{MOVE}")]


@pytest.mark.parametrize(
    ("kind", "name", "content", "place"),
    [
        ("chart", "word/charts/chart2.xml", "<a:p><a:r><a:t>{{ 年</a:t></a:r><a:r><a:t>度 }}</a:t></a:r></a:p>", "图表2"),
        ("diagramData", "word/diagrams/data1.xml", "<a:p><a:r><a:t>{{ 年度 }}</a:t></a:r></a:p>", "SmartArt 图形1"),
        ("settings", "word/settings.xml", '<docVar val="{{ 年度 }}"/>', "文档设置"),
        ("settings", "word/settings.xml", "<docVars/>{{ 年度 }}<docVar/>", "文档设置"),
        ("glossaryDocument", "word/glossary/document.xml", "<t>{ { 年度 } }</t>", "文档部件（自动图文集）"),
    ],
)  # fmt: skip
def test_tags_in_other_parts_are_refused(kind: str, name: str, content: str, place: str) -> None:
    xml = f'<root xmlns:a="{DRAWING}/main">{content}</root>'.encode()
    link = f'<Relationship Id="x" Type="{R}/{kind}" Target="/{name}"/>'
    [(here, tag, text)] = found(with_part(docx(p("甲")), {name: xml}, link))
    assert (here, tag.replace(" ", ""), text) == (place, "{{年度}}", f"这{MOVE}")


@pytest.mark.parametrize("between", ["{{ 年度 }}", "<!-- {{ 年度 }} -->"])
def test_what_stands_between_relations_is_left_out(between: str) -> None:
    made = fill_template(
        Template(with_part(docx(p("甲")), links=between)), report(**NAMES), lambda _: PNG
    )
    relations = zipfile.ZipFile(io.BytesIO(made)).read("word/_rels/document.xml.rels")
    assert "年度".encode() not in relations


CONTROL = (
    '<w:sdt><w:sdtPr><w:tag w:val="{{ 年度 }}"/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>'
)
LISTED = '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{{ 年度 }}" w:value="1"/></w:dropDownList></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>'
TOLD = '<w:tbl><w:tblPr><w:tblCaption w:val="{{ 年度 }}"/></w:tblPr><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc>%s</w:tc></w:tr></w:tbl>'


@pytest.mark.parametrize(
    ("body", "where"),
    [(CONTROL, "内容控件的属性"), (LISTED, "内容控件的属性"), (TOLD, "表格的属性（替代文字）")],
)
def test_tags_in_what_is_told_of_the_text_are_refused(body: str, where: str) -> None:
    assert found(docx(body % p("甲"))) == [("正文", "{{ 年度 }}", f"{where}{MOVE}")]


@pytest.mark.parametrize(
    "text",
    [
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{ { 年度 } }</w:t></w:r>",
        '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>{{ 年渡 }}</w:t></w:r>',
        '<w:smartTag w:uri="u" w:element="e"><w:r><w:t>{{ 年渡 }}</w:t></w:r></w:smartTag>',
        '<w:customXml w:uri="u" w:element="e"><w:r><w:t>{{ 年渡 }}</w:t></w:r></w:customXml>',
        "<w:r><w:t>{{ 年</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>渡 }}</w:t></w:r>",
    ],
)
def test_tags_are_read_whether_one_sees_them_or_not(text: str) -> None:
    assert [place for place, _, _ in found(docx(f"<w:p>{text}</w:p>"))] == ["正文第1段"]


@pytest.mark.parametrize(
    ("run", "quoted", "fault"),
    [
        (field('DDEAUTO excel "台账.xlsx"'), 'DDEAUTO excel "台账.xlsx"', "域 DDEAUTO 会从文档以外取内容"),
        ('<w:fldSimple w:instr=" includetext a.docx "/>', "includetext a.docx", "域 INCLUDETEXT 会"),
        ('<w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" r:id="out"/></w:pict></w:r>', "http://x.cn/a.png", "图片不在文档里"),
        ('<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12" r:id="out"/></w:object></w:r>', "Excel.Sheet.12", "嵌入的对象"),
        ('<w:r><w:object><w:control r:id="out"/></w:object></w:r>', "", "嵌入的对象"),
    ],
)  # fmt: skip
def test_what_reaches_outside_the_report_is_refused(run: str, quoted: str, fault: str) -> None:
    template = with_part(docx(f"<w:p>{run}</w:p>"), links=outside("image", "http://x.cn/a.png"))
    told = [(place, tag, text[: len(fault)]) for place, tag, text in found(template)]
    assert ("正文第1段", quoted, fault) in told


@pytest.mark.parametrize(
    ("kind", "name", "fault"),
    [
        ("oleObject", "word/embeddings/oleObject1.bin", "嵌入的对象"),
        ("control", "word/activeX/activeX1.xml", "嵌入的对象"),
        ("aFChunk", "word/chunk.xml", "嵌入的对象"),
    ],
)
def test_what_runs_is_refused_even_where_no_text_shows_it(kind: str, name: str, fault: str) -> None:
    link = f'<Relationship Id="x" Type="{R}/{kind}" Target="/{name}"/>'
    [(place, _, text)] = found(with_part(docx(p("甲")), {name: b"<x/>"}, link))
    assert (place, text[: len(fault)]) == ("正文", fault)


def test_another_file_put_in_is_refused() -> None:
    told = found(docx(p("甲"), '<w:altChunk r:id="x"/>'))
    assert [(place, text[:12]) for place, _, text in told] == [("正文", "这里插入了另一个文件（a")]


@pytest.mark.parametrize(
    ("target", "refused"),
    [
        ("file:///C:\\Users\\张三\\Normal.dotm", False),
        ("D:\\模板\\公文.dotx", False),
        ("Normal.dotm", False),
        ("http://x.cn/a.dotm", True),
        ("\\\\10.0.0.8\\公文.dotx", True),
        ("file://server/公文.dotx", True),
        ("mhtml:http://x.cn/a!x-usc:http://x.cn/a", True),
    ],
)
def test_a_template_on_another_machine_is_refused_one_on_this_goes(
    target: str, refused: bool
) -> None:
    settings = (
        f'<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="t"/></w:settings>'
    )
    link = f'<Relationship Id="x" Type="{R}/settings" Target="settings.xml"/>'
    attached = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="t" TargetMode="External" '
        f'Type="{R}/attachedTemplate" Target="{target}"/></Relationships>'
    )
    parts = {
        "word/settings.xml": settings.encode(),
        "word/_rels/settings.xml.rels": attached.encode(),
    }
    template = with_part(docx(p("甲")), parts, link)
    if refused:
        assert [(place, text[:4]) for place, _, text in found(template)] == [
            ("文档设置", "内容不在")
        ]
        return
    made = zipfile.ZipFile(
        io.BytesIO(fill_template(Template(template), report(**NAMES), lambda _: PNG))
    )
    assert not any(target.encode() in made.read(name) for name in made.namelist())
    assert b"attachedTemplate" not in made.read("word/settings.xml")


def test_a_control_with_a_tag_is_untied_from_the_data_that_word_would_show_instead() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr>'
        f"<w:sdtContent>{p('{{ 年度 }}')}</w:sdtContent></w:sdt>"
    )
    link = f'<Relationship Id="x" Type="{R}/customXml" Target="../customXml/item1.xml"/>'
    template = with_part(docx(control), {"customXml/item1.xml": b"<a>{{ x }}</a>"}, link)
    made = zipfile.ZipFile(
        io.BytesIO(fill_template(Template(template), report(**NAMES), lambda _: PNG))
    )
    document = made.read("word/document.xml").decode()
    assert "dataBinding" not in document
    assert ">2024<" in document
    assert made.read("customXml/item1.xml").endswith(b"<a/>")


def test_data_that_look_like_a_tag_stop_the_report_with_the_place() -> None:
    names = NAMES | {"年度": "20{{24}}", "部门列表": items({"名称": ""}, {"名称": "{% 农办"})}
    rows = table(["{% for 门 in 部门列表 %}"], ["{{ 门.名称 }}"], ["{% endfor %}"])
    with pytest.raises(LeftoverError) as caught:
        fill_template(Template(docx(p("共{{ 年度 }}年"), rows)), report(**names), lambda _: PNG)
    assert [(each.place, each.tag) for each in caught.value.places] == [
        ("正文第1段", "共20{{24}}年"),
        ("表格", "{% 农办"),
    ]


def test_the_last_net_holds_rows_that_are_set_aside() -> None:
    for sign, holds in (("甲", False), ("{{ 甲", True)):
        rows = RowsAside([(make_model([f'<w:tr w:x="{sign}"/>'], []), [])])
        with pytest.raises(LeftoverError) if holds else nullcontext():
            refuse_leftovers_in_parts({"word/document.xml": b"<x/>"}, [rows])


def test_no_part_of_a_report_holds_the_beginning_of_a_tag() -> None:
    template = docx(p("{% if 年度 %}"), p("{{ 年度 }}"), p("{% endif %}"), header=p("{{ 年度 }}"))
    made = zipfile.ZipFile(
        io.BytesIO(fill_template(Template(template), report(**NAMES), lambda _: PNG))
    )
    held = [name for name in made.namelist() if re.search(rb"\{[{%]", made.read(name))]
    assert held == []
    assert record_of(made.fp.getvalue())["regions"][0]["tag"] == "{% if 年度 %}"


@pytest.mark.parametrize(
    ("block", "end", "depth"), [("if 年度", "endif", 21), ("for 门 in 部门列表", "endfor", 5)]
)
def test_blocks_in_blocks_have_a_depth(block: str, end: str, depth: int) -> None:
    def nested(count: int) -> bytes:
        return docx(*[p(f"{{% {block} %}}")] * count, *[p(f"{{% {end} %}}")] * count)

    [(place, _, text)] = found(nested(depth))
    assert (place, text) == (f"正文第{depth}段", "一层套一层套得太多，请减少套用的层数")
    assert check_template(Template(nested(depth - 1)), NAMES) == []


IN_A_LOOP = p("{% for 乙 in 列 %}{{ 甲.名 }}{{ 乙.名 }}{% endfor %}")
NESTED = p("{% for 甲 in 列 %}") + IN_A_LOOP + p("{% endfor %}")
ROWS = table(["{% for 甲 in 列 %}"], ["{{ 甲.名 }}"], ["{% endfor %}"])


@pytest.mark.parametrize(
    ("body", "limit", "most"),
    [
        (NESTED, "MOST_TURNS", 30),
        (NESTED, "MOST_TEXT", 500),
        (ROWS, "MOST_TURNS", 8),
        (ROWS, "MOST_TEXT", 500),
    ],
)
def test_loops_stop_before_they_fill_the_machine(
    body: str, limit: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderer, limit, most)
    names = {"列": items({"名": ""}, *({"名": str(n)} for n in range(9)))}
    with pytest.raises(TemplateError, match="循环的次数太多，或写出的内容太长"):
        fill_template(Template(docx(body)), report(**names), lambda _: PNG)


def test_the_error_counts_and_numbers_its_mistakes() -> None:
    with pytest.raises(TemplateError) as caught:
        fill_template(Template(docx(p("{{ 甲 }}"), p("{{ 乙 }}"))), report(), lambda _: PNG)
    assert str(caught.value).splitlines() == [
        "报告模板有2处错误，请在 Word 中改正后重新生成：",
        "  1. 正文第1段“{{ 甲 }}”：没有“甲”这个名称",
        "  2. 正文第2段“{{ 乙 }}”：没有“乙”这个名称",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 not a zip",
        docx(p("x")).replace(b"[Content_Types].xml", b"[Content_Typos].xml"),
        docx(p("x")).replace(b"document.main+xml", b"document.mean+xml"),
        docx('<w:p xmlns:w="urn:other"><w:p>'),
    ],
)
def test_what_is_no_word_document_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(TemplateError, match="请在 Word 或 WPS 中另存为"):
        fill_template(Template(content), report(), lambda _: PNG)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "是空的（0字节）"), (b"%PDF-1.7", "这是 PDF"), (b"PK\5\6" + b"\0" * 18, "这是压缩包"),
        (ENCRYPTED, "打开密码"), (ole({"WordDocument": b"1"}), "旧格式（.doc）"),
        (ole({"Workbook": b"1"}), "旧格式的 Excel"), (ole({"Book": b"1"}), "旧格式的 Excel"),
        (ole({"PowerPoint Document": b"1"}), "旧格式的演示文稿"), (ole({}), "另存为"),
    ],
)  # fmt: skip
def test_what_is_another_file_is_told_what_it_is(content: bytes, reason: str) -> None:
    with pytest.raises(TemplateError, match=reason):
        fill_template(Template(content), report(), lambda _: PNG)


def test_a_document_with_macros_is_refused() -> None:
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    template = _retyped(docx(p("x")), plain, macros)
    with pytest.raises(TemplateError, match="不含宏"):
        fill_template(Template(template), report(), lambda _: PNG)


def _retyped(content: bytes, old: bytes, new: bytes) -> bytes:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return buffer.getvalue()
