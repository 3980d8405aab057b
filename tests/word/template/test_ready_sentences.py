"""Ready sentences: ``{{ 句.… }}`` reads as if its words were typed in the template."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from itertools import pairwise
from pathlib import Path

import docx as python_docx
import openpyxl
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

import reportgen
from reportgen import workspace
from reportgen.cli.commands import commands
from reportgen.commands.folder.template import (
    choose_template,
    make_default_template,
    read_default_sentences,
)
from reportgen.commands.standard_files import make_sentence_file
from reportgen.errors import ReportError, TemplateError, WorkspaceError
from reportgen.reports import KINDS
from reportgen.word.render import usage
from reportgen.word.render.fill import check_template, fill_template, identify_template
from reportgen.word.template import gongwen, sentence_file
from reportgen.word.template.sentences import Template, split_wording
from tests.support.default_wording import default_report
from tests.support.templates import PNG, docx, fact, items, p, record_of, report, table

REPORT = report(
    数=fact("数", 3), 零=fact("零", 0), 表=items({"名": ""}, {"名": "甲"}, {"名": "乙"})
)
_, KNOWN = split_wording(
    """
@@ 总况 多少件
共{{ 数 }}件{% if 数 %}，有{% else %}，无{% endif %}。
@@ 没有
{% if 零 %}还有{{ 零 }}件。{% endif %}
@@ 有
{% if 数 %}还有{{ 数 }}件。{% endif %}
@@ 各件
{% for 件 in 表 %}
{{ 件.名 }}如下。
{% endfor %}
@@ 一件
{{ 件.名 }}
@@ 空
"""
)
TITLE = '<w:pPr><w:pStyle w:val="Title"/></w:pPr>'


def lines(*body: str) -> list[str]:
    """The paragraphs of what a template makes, those in cells included."""
    made = fill_template(Template(docx(*body), KNOWN), REPORT, lambda _: PNG)
    body_ = python_docx.Document(io.BytesIO(made)).element.body
    return [Paragraph(each, None).text for each in body_.iter(qn("w:p"))]


def mistakes(*body: str, wording: str = "") -> list[str]:
    known = {**KNOWN, **split_wording(wording)[1]}
    return [str(each) for each in check_template(Template(docx(*body), known), REPORT.names)]


def xml(content: bytes) -> bytes:
    return workspace_part(content, "word/document.xml")


def workspace_part(content: bytes, name: str) -> bytes:
    import zipfile

    return zipfile.ZipFile(io.BytesIO(content)).read(name)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (p("{{ 句.总况 }}"), ["共3件，有。"]),
        (p("｛｛句．总况｝｝"), ["共3件，有。"]),
        (p("前{{ 句.总况 }}后{{ 句.总况 }}"), ["前共3件，有。后共3件，有。"]),
        (p("{{ 句.没有 }}") + p("完"), ["完"]),
        (p("{{ 句.有 }}"), ["还有3件。"]),
        (p("一{{ 句.没有 }}二"), ["一二"]),
        (p("{{ 句.各件 }}"), ["甲如下。", "乙如下。"]),
        (p("有{{ 句.各件 }}"), ["有甲如下。乙如下。"]),
        (p("{% for 件 in 表 %}{{ 句.一件 }}、{% endfor %}"), ["甲、乙、"]),
        (p("{{ 句.空 }}") + p("完"), ["完"]),
        (p("一{{ 句.空 }}二{{ 句.空 }}"), ["一二"]),
        (table(["{{ 句.各件 }}", "{{ 句.没有 }}"]), ["甲如下。乙如下。", ""]),
    ],
)
def test_a_sentence_stands_for_its_words(template: str, expected: list[str]) -> None:
    shown = lines(template)
    assert [line for line in shown if line or template.startswith("<w:tbl")][
        : len(expected)
    ] == expected


def test_the_words_look_as_the_tag_does() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    tag = f'<w:p>{TITLE}<w:r>{bold}<w:t xml:space="preserve">{{{{ 句.</w:t></w:r><w:r><w:t>各件 }}}}</w:t></w:r></w:p>'
    typed = "".join(
        f'<w:p>{TITLE}<w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        for text in ("{% for 件 in 表 %}", "{{ 件.名 }}如下。", "{% endfor %}")
    )
    made = [
        fill_template(Template(docx(body), KNOWN), REPORT, lambda _: PNG) for body in (tag, typed)
    ]
    assert xml(made[0]) == xml(made[1])


def test_mistakes_are_told_with_their_sentence_and_where_it_is_used_all_at_once() -> None:
    wording = """
@@ 坏一
{% if 数 %}共{{ 树 }}件 { 数 }
@@ 坏二
{% else %}{{ 句.总况 }}{% endif %}
"""
    found = mistakes(
        p("好"),
        p("{{ 句.坏一 }}"),
        p("{% if 数 %}x{{ 句.坏二 }}{% endif %}"),
        p("{{ 句.总矿 }}"),
        p("{% if 句.总况 %}a{% endif %}"),
        p("{{ 句.一件 }}"),
        wording=wording,
    )
    assert found == [
        "正文第2段的“句.坏一”“{ 数 }”：只有一层花括号，应写成 {{ 数 }}",
        "正文第2段的“句.坏一”“{% if 数 %}”：没有结束，缺少 {% endif %}",
        "正文第2段的“句.坏一”“{{ 树 }}”：没有“树”这个名称",
        "正文第3段的“句.坏二”“{% else %}”：前面没有对应的 {% if … %}",
        "正文第3段的“句.坏二”“{{ 句.总况 }}”：一句里不能再用另一句，请把文字直接写进去",
        "正文第3段的“句.坏二”“{% endif %}”：前面没有对应的 {% if … %}",
        "正文第4段“{{ 句.总矿 }}”：没有“句.总矿”这一句（是不是“句.总况”？）",
        "正文第5段“{% if 句.总况 %}”：句子只能写作 {{ 句.名称 }}，不能作条件，后面不能加竖线",
        "正文第6段的“句.一件”“{{ 件.名 }}”：没有“件”这个名称",
    ]


def test_what_follows_a_sentence_is_not_taken_into_it() -> None:
    found = mistakes(p("{{ 句.断 }}{{ 数 }}"), wording="\n@@ 断\n共{{ 数\n")
    assert [each for each in found if "没有结束" in each and "“句.断”" in each]
    assert len(found) == 1


# The kind's own sentences


@pytest.fixture(scope="module")
def wording() -> str:
    return KINDS[0].wording()


def test_the_default_template_uses_every_sentence_and_reads_as_prose(wording: str) -> None:
    outline, known = split_wording(wording)
    assert sorted(set(re.findall(r"句\.(\w+)", re.sub("(?m)^%%.*", "", outline)))) == sorted(known)
    assert all(sentence.note and sentence.lines for sentence in known.values())
    prose = [line for line in outline.splitlines() if line and line[0] not in "|{%"]
    tags = [len(re.findall(r"\{[{%]", line)) for line in prose]
    assert max(tags) <= 5


def test_the_report_is_as_if_the_sentences_were_typed_in_the_template(
    wording: str, sample_folder: Path
) -> None:
    outline, known = split_wording(wording)
    typed = []
    for line in re.sub("(?m)^%%.*", "", outline).splitlines():
        lone = re.fullmatch(r"(#- )?\{\{ 句\.(\w+) \}\}", line.strip())
        if lone:
            typed += _paragraphs(known[lone[2]].lines, lone[1] or "")
        else:
            words = re.sub(r"\{\{ 句\.(\w+) \}\}", lambda tag: "".join(known[tag[1]].lines), line)
            typed.append(words.replace("\n", "\\"))
    content = KINDS[0].report(reportgen.check(sample_folder).dataset)
    date = dt.date(2024, 1, 1)
    whole = fill_template(
        Template(gongwen.build_template("\n".join(typed), date=date)), content, lambda _: PNG
    )
    assert xml(default_report(content, lambda _: PNG)) == xml(whole)


def _paragraphs(words: tuple[str, ...], marker: str) -> list[str]:
    """A sentence as lines of an outline; one condition over a whole line stands apart."""
    found: list[str] = []
    for line in words:
        one = re.fullmatch(r"(\{% if [^{}]*? %\})(.*)(\{% endif %\})", line, re.DOTALL)
        inner = one[2] if one else ""
        whole = one and inner.count("{% if ") == inner.count("{% endif %}") and _closed(inner)
        parts = list(one.groups()) if one and whole else [line]
        found += [part if part.startswith("{%") and part.endswith("%}") and "}" not in part[:-1]
                  else f"{marker}{part}" for part in (each.replace("\n", "\\") for each in parts)]  # fmt: skip
    return found


def _closed(inner: str) -> bool:
    """Whether no block ends before it begins, and no {% else %} belongs to the block around."""
    depth = 0
    for tag in re.findall(r"\{% (if|else|elif|endif)\b", inner):
        depth += {"if": 1, "endif": -1}.get(tag, 0)
        if depth < 0 or (depth == 0 and tag in {"else", "elif"}):
            return False
    return True


# 报告句子.docx


def edited(content: bytes, changes: dict[str, str | None]) -> bytes:
    """The file with other words for some sentences; None: without the row."""
    document = python_docx.Document(io.BytesIO(content))
    for row in document.tables[0].rows:
        name = row.cells[0].text
        if name in changes:
            if changes[name] is None:
                row._tr.getparent().remove(row._tr)
            else:
                row.cells[2].text = changes[name] or ""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_the_written_file_says_what_is_built_in() -> None:
    known = read_default_sentences(KINDS[0])
    own = sentence_file.read_sentence_file(make_sentence_file(known), "报告句子.docx")
    assert {name: each.lines for name, each in own.items()} == {
        name: each.lines for name, each in known.items()
    }
    assert [each.note for each in own.values()] == [each.note for each in known.values()]
    assert own["交办情况"].source == "报告句子.docx第4行"


@pytest.fixture
def folder(sample_folder: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "镇"
    shutil.copytree(sample_folder, copied)
    (copied / "报告模板.docx").unlink(missing_ok=True)
    return copied


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, list(arguments))
    return result.exit_code, result.output


def test_an_edited_sentence_changes_the_report_and_a_refresh_asks_first(
    folder: Path, tmp_path: Path
) -> None:
    before = reportgen.build(folder, tmp_path / "前").document
    assert before is not None
    assert run("sentences", str(folder))[0] == 0
    path = folder / workspace.SENTENCES
    as_written = path.read_bytes()
    assert reportgen.refresh(before.path, folder, tmp_path).done == {}, (
        "the same sentences as built in"
    )
    path.write_bytes(
        edited(as_written, {"句.办理方式": "都由一个部门办，共{{ 办理方式.独办.件数 }}件。"})
    )
    assert "已有，未改动" in run("sentences", str(folder))[1]
    built = reportgen.build(folder, tmp_path / "后").document
    assert built is not None
    text = "\n".join(each.text for each in python_docx.Document(str(built.path)).paragraphs)
    assert re.search(r"都由一个部门办，共\d+件。", text)
    assert reportgen.verify(built.path, folder).findings == []
    assert any("正文" in line for line in reportgen.trace(built.path, "办理方式.独办.件数"))
    with pytest.raises(ReportError, match="句子"):
        reportgen.refresh(before.path, folder, tmp_path)
    renewed = reportgen.refresh(before.path, folder, tmp_path / "更新", other_template=True)
    assert renewed.findings == []
    assert renewed.document is not None
    again = python_docx.Document(str(renewed.document.path)).paragraphs
    assert "\n".join(each.text for each in again) == text


def test_a_row_taken_out_is_built_in_and_words_taken_out_are_not_written(
    folder: Path, tmp_path: Path
) -> None:
    usual = reportgen.build(folder, tmp_path / "甲").document
    file = make_sentence_file(read_default_sentences(KINDS[0]))
    (folder / workspace.SENTENCES).write_bytes(
        edited(file, {"句.办理方式": None, "句.存在问题": ""})
    )
    built = reportgen.build(folder, tmp_path / "乙").document
    assert usual is not None
    assert built is not None
    first, second = ([each.text for each in python_docx.Document(str(each.path)).paragraphs] for each in (usual, built))  # fmt: skip
    [gone] = [line for line in first if line not in second]
    assert gone.startswith("在肯定成绩的同时")


def test_mistakes_in_the_office_s_sentences_name_the_row(folder: Path, tmp_path: Path) -> None:
    file = make_sentence_file(read_default_sentences(KINDS[0]))
    path = folder / workspace.SENTENCES
    path.write_bytes(edited(file, {"句.重点督办": "督办{{ 重点督办.个数 }}件{% if 并案.件数 %}", "句.并案": "{{ 并按.件数 }}"}))  # fmt: skip
    with pytest.raises(TemplateError) as caught:
        reportgen.build(folder, tmp_path / "果")
    said = [str(each) for each in caught.value.mistakes]
    assert [re.sub("第[0-9]+", "第n", each) for each in said] == [
        "正文第n段的“句.并案”（报告句子.docx第n行）“{{ 并按.件数 }}”：没有“并按”这个名称（是不是“并案”？）",
        (
            "正文第n段的“句.重点督办”（报告句子.docx第n行）“{{ 重点督办.个数 }}”："
            "没有“重点督办.个数”这个名称（是不是“重点督办.件数”？）"
        ),
        "正文第n段的“句.重点督办”（报告句子.docx第n行）“{% if 并案.件数 %}”：没有结束，缺少 {% endif %}",
    ]


def test_a_file_of_sentences_that_cannot_be_used_says_why(folder: Path) -> None:
    file = make_sentence_file(read_default_sentences(KINDS[0]))
    path = folder / workspace.SENTENCES
    document = python_docx.Document(io.BytesIO(file))
    rows = document.tables[0].rows
    rows[2].cells[0].text = "句.题下会议"
    rows[3].cells[0].text = ""
    rows[4].cells[0].text = "答复 情况"
    document.save(str(path))
    with pytest.raises(TemplateError) as caught:
        choose_template(folder, None, KINDS[0])
    assert [str(each) for each in caught.value.mistakes] == [
        "报告句子.docx第3行“句.题下会议”：这个名称在报告句子.docx第2行已经有了，请只留一行",
        "报告句子.docx第4行：没有写名称",
        "报告句子.docx第5行“答复 情况”：名称应写成 句.名称，只用汉字、字母和数字",
    ]
    path.write_bytes(b"PK")
    with pytest.raises(TemplateError, match=r"报告句子\.docx"):
        choose_template(folder, None, KINDS[0])
    path.unlink()
    (folder / "报告句子.doc").write_bytes(b"x")
    with pytest.raises(WorkspaceError, match=r"另存为“报告句子\.docx”"):
        reportgen.build(folder, folder / "output")


def test_sentences_that_the_template_does_not_use_are_told(folder: Path, tmp_path: Path) -> None:
    (folder / "报告模板.docx").write_bytes(docx(p("共{{ 建议.件数 }}件，{{ 句.办理方式 }}")))
    assert "没有用到" not in run("sentences", str(folder))[1]
    path = folder / workspace.SENTENCES
    path.write_bytes(edited(path.read_bytes(), {"句.并案": "没有。", "句.办理方式": "独办。"}))
    code, said = run("build", str(folder), "-o", str(tmp_path / "果"))
    assert code == 0
    assert "写了“句.并案”，报告模板没有用到" in said
    (folder / "报告模板.docx").write_bytes(docx(p("共{{ 建议.件数 }}件。")))
    assert "没有用到这些句子" in run("sentences", str(folder))[1]


def test_words_only_are_taken_from_a_row() -> None:
    known = read_default_sentences(KINDS[0])
    document = python_docx.Document(io.BytesIO(make_sentence_file(known)))
    dot = document.tables[0].rows[1].cells[2].paragraphs[0].add_run()
    dot.add_picture(io.BytesIO(PNG))
    document.tables[0].rows[2].cells[2].add_table(1, 1)
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(TemplateError) as caught:
        sentence_file.read_sentence_file(stream.getvalue(), "报告句子.docx")
    assert [each.place for each in caught.value.mistakes] == [
        "报告句子.docx第2行",
        "报告句子.docx第3行",
    ]
    assert {each.text for each in caught.value.mistakes} == {
        "句子里只能写文字，不能放表格、图片和域"
    }


def test_a_template_without_sentences_is_known_by_its_bytes_alone() -> None:
    import hashlib

    plain = docx(p("共{{ 数 }}件。"))
    assert identify_template(Template(plain, KNOWN)) == hashlib.sha256(plain).hexdigest()
    used = docx(p("{{ 句.总况 }}"))
    other = {**KNOWN, **split_wording("\n@@ 总况\n共{{ 数 }}件。\n")[1]}
    unused = {**KNOWN, **split_wording("\n@@ 各件\n没有。\n")[1]}
    assert identify_template(Template(used, KNOWN)) == identify_template(Template(used, unused))
    assert identify_template(Template(used, KNOWN)) != identify_template(Template(used, other))
    made = fill_template(Template(used, KNOWN), REPORT, lambda _: PNG)
    assert record_of(made)["template"] == identify_template(Template(used, KNOWN))


# The grey of tags


def test_all_tags_of_what_is_written_out_are_grey_and_nothing_of_the_report_is() -> None:
    template = make_default_template(KINDS[0])
    for content in (template, make_sentence_file(read_default_sentences(KINDS[0]))):
        root = python_docx.Document(io.BytesIO(content)).element.body
        paragraphs_ = [Paragraph(each, None) for each in root.iter(qn("w:p"))]
        shown = [(each, run) for each in paragraphs_ for run in each.runs if "{" in run.text]
        grey = [
            run._r.xpath("w:rPr/w:rStyle/@w:val") == ["TemplateTag"]
            or each._p.xpath("w:pPr/w:pStyle/@w:val") == ["Control"]
            for each, run in shown
        ]
        assert len(grey) > 50
        assert all(grey)


def test_the_grey_goes_whatever_the_style_is_called_and_whatever_wears_it() -> None:
    style = '<w:style w:type="character" w:styleId="12"><w:name w:val="模板标签"/></w:style>'
    grey, bold = '<w:rPr><w:rStyle w:val="12"/></w:rPr>', '<w:rPr><w:rStyle w:val="12"/><w:b/></w:rPr>'  # fmt: skip
    body = (
        f"<w:p><w:pPr>{grey}</w:pPr><w:r>{grey}<w:t>{{{{ 数 }}}}</w:t></w:r>"
        f"<w:r>{bold}<w:t>件。</w:t></w:r></w:p>"
    )
    made = xml(fill_template(Template(docx(body, styles=style)), REPORT, lambda _: PNG)).decode()
    assert "w:rStyle" not in made
    assert "<w:rPr><w:b/></w:rPr>" in made
    other = xml(
        fill_template(
            Template(docx(body, styles=style.replace("模板标签", "强调"))), REPORT, lambda _: PNG
        )
    )
    assert b"w:rStyle" in other


# 模板字段表


def listed(path: Path) -> dict[str, list[tuple[str, ...]]]:
    """The rows of each sheet, the headings left out."""
    book = openpyxl.load_workbook(path)
    shown = [sheet for sheet in book if sheet.sheet_state == "visible"]
    return {
        sheet.title: [
            tuple(str(cell or "") for cell in row)
            for row in sheet.iter_rows(min_row=4, values_only=True)
        ]
        for sheet in shown
    }


def test_the_list_of_fields_is_made_of_the_folder_s_own_data_and_template(folder: Path) -> None:
    name = folder / workspace.FIELD_LIST
    before = listed(name)
    settings = openpyxl.load_workbook(folder / "建议台账.xlsx")
    cell = next(
        row[1] for row in settings["基本信息"].iter_rows() if row[0].value in {"自称", "自称*"}
    )
    cell.value = "我乡"
    settings.save(folder / "建议台账.xlsx")
    body = p("{{ 自称 }}{{ 自称 }}{{ 年度 }}{{ 句.各专题 }}")
    (folder / "报告模板.docx").write_bytes(docx(body))
    file = make_sentence_file(
        split_wording("\n@@ 各专题 名称\n{% for 类 in 专题列表 %}{{ 类.名称 }}{% endfor %}\n")[1]
    )
    (folder / workspace.SENTENCES).write_bytes(file)
    assert run("fields", str(folder))[0] == 0
    now = listed(name)
    assert list(now) == ["常用", "句子", "单项", "列表", "图"]
    assert [(row[0], row[2], row[3]) for row in now["常用"]] == [
        ("{{ 自称 }}", "我乡", "2"),
        ("{{ 年度 }}", "2024", "1"),
        ("{% for 专题 in 专题列表 %}…{% endfor %}", "3项", "1"),
        ("{%…%} {{ 专题.名称 }}", "经济转型发展", "1"),
    ]
    said = {row[0]: (row[2], row[3]) for row in now["句子"]}
    assert said["{{ 句.各专题 }}"][1] == "1"
    assert said["{{ 句.各专题 }}"][0].startswith("经济转型发展")
    assert said["{{ 句.专题概述 }}"][0] == "（写在循环里，各不相同）"
    assert said["{{ 句.并案 }}"][0] == "（这次不写）"
    assert said["{{ 句.交办情况 }}"][0].startswith("2024年度，代表共提出")
    everything = {row[0] for sheet, rows in before.items() for row in rows}
    assert everything <= {row[0] for rows in now.values() for row in rows}
    groups = [row[0].strip("{ }").partition(".")[0] for row in now["单项"]]
    assert [one for one, other in pairwise(groups) if one != other] == list(dict.fromkeys(groups))[
        :-1
    ], "what belongs together stands together"


def test_each_sentence_says_in_the_list_what_the_report_says(sample_folder: Path) -> None:
    known = read_default_sentences(KINDS[0])
    content = KINDS[0].report(reportgen.check(sample_folder).dataset)
    said = usage.render_sentences(known, content)
    made = python_docx.Document(io.BytesIO(default_report(content, lambda _: PNG)))
    text = "\n".join(each.text for each in made.paragraphs)
    own = {name: words for name, words in said.items() if words != usage.IN_A_LOOP}
    missing = [name for name, words in own.items() if words not in text]
    assert missing == ["上年承诺"], "of which the template speaks only where there are any"
    assert set(said) - set(own) == {"专题各件", "专题其余", "专题概述", "专题综述"}
