"""Mistakes in a template: all of them, each where it is, in words that say what to do."""

import pytest

from reportgen.analysis.facts import Absent, Text
from reportgen.errors import TemplateError
from reportgen.word.fill import check, fill
from tests.templates import PNG, Chart, docx, fact, items, p, report, table

NAMES = {
    "年度": "2024",
    "建议": {"件数": fact("建议.件数", 984), "占比": fact("建议.占比", 9)},
    "议案": {"件数": fact("议案.件数", 0)},
    "综述": Text(("文字",)),
    "上年": Absent("上年"),
    "部门列表": items({"名称": "名称", "事项": {"标题": "标题"}}),
    "图": {"办理结果": Chart("图.办理结果", "标题", "说明")},
}
UNREADABLE = "这个写法读不懂，请检查括号、引号、圆点和拼写"
BARE = "得到的只是一个数字，说不出来源；请在指标中增加这一项，再写它的名称"


def found(template: bytes) -> list[tuple[str, str, str]]:
    """What ``fill`` raises, which for these templates is also what ``check`` gives."""
    with pytest.raises(TemplateError) as caught:
        fill(template, report(**NAMES), lambda _: PNG)
    mistakes = [(each.place, each.tag, each.text) for each in caught.value.mistakes]
    assert [(each.place, each.tag, each.text) for each in check(template, NAMES)] == mistakes
    return mistakes


@pytest.mark.parametrize(
    ("typed", "tag", "text"),
    [
        # names
        ("{{ 建议.见数 }}", "{{ 建议.见数 }}", "没有“建议.见数”这个名称，是否想写“建议.件数”？"),
        ("{{ 年份 }}", "{{ 年份 }}", "没有“年份”这个名称，是否想写“年度”？"),
        ("{{ 件数 }}", "{{ 件数 }}", "没有“件数”这个名称，是否想写“建议.件数”？"),
        ("{{ 全无此物甲乙丙 }}", "{{ 全无此物甲乙丙 }}", "没有“全无此物甲乙丙”这个名称"),
        ("{% if 空话 %}{{ 建议.间数 }}{% endif %}", "{% if 空话 %}", "没有“空话”这个名称"),
        ("{% if 0 %}{{ 建义.件数 }}{% endif %}", "{{ 建义.件数 }}", "没有“建义”这个名称，是否想写“建议”？"),
        (
            "{% for 门 in 部门列表 %}{{ 门.名字 }}{% endfor %}",
            "{{ 门.名字 }}",
            "没有“门.名字”这个名称，是否想写“门.名称”？",
        ),
        (
            "{% for 门 in 部门列表 %}{% for 事 in 门.事项 %}{{ 事.题 }}{% endfor %}{% endfor %}",
            "{{ 事.题 }}",
            "没有“事.题”这个名称，是否想写“事.标题”？",
        ),
        ("{{ loop.index }}", "{{ loop.index }}", "loop 只能用在循环里面"),
        ("{{ 年度 | 中文年分 }}", "{{ 年度 | 中文年分 }}", "没有“中文年分”这个过滤器，是否想写“中文年份”？"),
        ("{{ 年度 | upper }}", "{{ 年度 | upper }}", "没有“upper”这个过滤器，可用的有中文数字、中文年份、日期、顿号"),
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
        ("{% for 字 in 部门 %}{{ 字.一 }}{% endfor %}", "{% for 字 in 部门 %}", "没有“部门”这个名称，是否想写“部门列表”？"),
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
        ("甲{% endfi %}", "{% endfi %}", "没有“endfi”这种控制标签，是否想写“endif”？"),
        # brackets and syntax
        ("{{ 建议.件数 }，甲", "{{ 建议.件数 }，甲", "这个标签没有结束，请在同一段内用 }} 结束"),
        ("{{ 建议.件数 %}", "{{ 建议.件数 %}", "这个标签没有结束，请在同一段内用 }} 结束"),
        ("{ 建议.件数 }}甲", "{ 建议.件数 }}", "}} 前面没有标签的开头，请补上开头或删去它"),
        ("{{ }}", "{{ }}", "标签里没有写内容"),
        ("{{ 建议..件数 }}", "{{ 建议..件数 }}", UNREADABLE),
        ("{{ (建议.件数 }}", "{{ (建议.件数 }}", UNREADABLE),
        ("{{ 建议 件数 }}", "{{ 建议 件数 }}", UNREADABLE),
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
            ("正文第2段", "{{ 建议.间数 }}", "没有“建议.间数”这个名称，是否想写“建议.件数”？")
        )
    assert found(docx(p("甲"), p(typed))) == expected


@pytest.mark.parametrize(
    "code", ["'x' * 10**9", "'x' * 999999999", "'%999999999d' % 1", "年度 * 3"]
)
def test_no_expression_can_fill_the_memory(code: str) -> None:
    with pytest.raises(TemplateError):
        fill(docx(p(f"{{% if {code} %}}{{% endif %}}")), report(**NAMES), lambda _: PNG)


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
        ("正文第3段", "{{ 门.名 }}", "没有“门.名”这个名称，是否想写“门.名称”？"),
        ("正文第5段", "{{ 门.名称 }}", "没有“门”这个名称，是否想写“部门列表”？"),
    ]


def test_a_chart_belongs_in_the_body() -> None:
    template = docx(p("一"), header=p("{{ 图.办理结果 }}"))
    text = "图只能放在正文里，不能放在页眉、页脚或脚注中"
    assert found(template) == [("页眉", "{{ 图.办理结果 }}", text)]


def test_a_text_box_takes_no_tags() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('{{ 年度 }}')}</w:txbxContent></w:pict></w:r>"
    assert found(docx(f"<w:p>{box}</w:p>")) == [
        ("正文第1段", "{{ 年度 }}", "文本框里不能用标签，请移到正文、页眉或页脚中")
    ]


def test_the_error_counts_and_numbers_its_mistakes() -> None:
    with pytest.raises(TemplateError) as caught:
        fill(docx(p("{{ 甲 }}"), p("{{ 乙 }}")), report(), lambda _: PNG)
    assert str(caught.value).splitlines() == [
        "报告模板有2处错误，请在 Word 中改正后重新生成：",
        "  1. 正文第1段“{{ 甲 }}”：没有“甲”这个名称",
        "  2. 正文第2段“{{ 乙 }}”：没有“乙”这个名称",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not a zip",
        docx(p("x")).replace(b"[Content_Types].xml", b"[Content_Typos].xml"),
        docx(p("x")).replace(b"document.main+xml", b"document.mean+xml"),
        docx('<w:p xmlns:w="urn:other"><w:p>'),
    ],
)
def test_what_is_no_word_document_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(TemplateError, match="请在 Word 或 WPS 中另存为"):
        fill(content, report(), lambda _: PNG)


def test_a_document_with_macros_is_refused() -> None:
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    template = _retyped(docx(p("x")), plain, macros)
    with pytest.raises(TemplateError, match="不含宏"):
        fill(template, report(), lambda _: PNG)


def _retyped(content: bytes, old: bytes, new: bytes) -> bytes:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return buffer.getvalue()
