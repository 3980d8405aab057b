"""An edited report read back; what other programs make of the constructs we write."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from pathlib import Path

import pytest

import reportgen
from reportgen.errors import DocumentError, ReportError, UnusableTemplateError
from reportgen.word.compare.verify import verify_report
from reportgen.word.document import snapshot
from reportgen.word.document.model import Content, Figure, Paragraph
from reportgen.word.document.reader import read_report
from reportgen.word.refresh import refresh_report
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentence_file import read_sentence_file
from reportgen.word.template.sentences import Template
from reportgen.word.xml.package import read_word_package
from tests.conftest import Convert
from tests.support.editing import AUTHOR, ruby
from tests.support.tampering import opened
from tests.support.templates import PNG, docx, fact, items, p, r, report, table

FIGURES = {
    "件数": fact("件数", 7),
    "组": {"件数": fact("组.件数", 984)},
    "列表": items(
        {"名": "", "数": ""}, {"名": "甲", "数": fact("甲.数", 1)}, {"名": "乙", "数": fact("乙.数", 2)}
    ),
}  # fmt: skip
SAME = '<w:r><w:t xml:space="preserve">984</w:t></w:r>'
"""The result of 组.件数 as it stands in the finished report."""


def filled(*body: str, **more: str) -> bytes:
    return fill_template(Template(docx(*body, **more)), report(**FIGURES), lambda _: PNG)


def edited(content: bytes, old: str, new: str, part: str = "word/document.xml") -> bytes:
    """One part changed, as by hand."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert old in data.decode()
                data = data.decode().replace(old, new, 1).encode()
            target.writestr(name, data)
    return buffer.getvalue()


def body(content: bytes) -> list[tuple[str, tuple[object, ...]]]:
    """Places and pieces of the paragraphs outside tables."""
    return [(each.place, each.pieces) for each in read_report(content).content.paragraphs]


def plain(content: Content) -> list[object]:
    """What a content shows, without where; nothing of blank paragraphs."""
    return [
        (block.pieces, block.marks)
        if isinstance(block, Paragraph)
        else [
            (row.marks, [snapshot.join_cell_paragraphs(cell) for cell in row.cells])
            for row in block.rows
        ]
        for block in content.body
        if not isinstance(block, Paragraph) or block.text
    ]


def test_paragraphs_tables_headers_with_places_and_figures() -> None:
    content = filled(
        p("共{{ 件数 }}件，{{ 组.件数 }}人"),
        table(
            ["名", "数"],
            ["{% for 项 in 列表 %}", ""],
            ["{{ 项.名 }}", "{{ 项.数 }}件"],
            ["{% endfor %}", ""],
        ),
        p("末段"),
        header=p("页眉{{ 件数 }}"),
        footnote=p("脚注{{ 组.件数 }}"),
    )
    reading = read_report(content)
    assert body(content) == [
        ("正文第1段", ("共", Figure("件数", "7"), "件，", Figure("组.件数", "984"), "人")),
        ("正文第2段", ("末段",)),
    ]
    (found,) = reading.content.tables
    assert [(row.marks, [cell[0].text for cell in row.cells]) for row in found.rows] == [
        ((), ["名", "数"]), (("rg_1",), ["甲", "1件"]), (("rg_2",), ["乙", "2件"]),
    ]  # fmt: skip
    assert found.rows[2].cells[1][0].place == "第1张表第3行第2列"
    assert [(each.place, each.text) for each in reading.content.edges] == [
        ("页眉", "页眉7"), ("脚注", "脚注984"),
    ]  # fmt: skip
    assert reading.properties == {"件数": "7", "组.件数": "984", "甲.数": "1", "乙.数": "2"}


def test_the_record_says_what_was_shown(sample_report: bytes) -> None:
    """Rows that were never a tree included."""
    reading = read_report(sample_report)
    kept = snapshot.from_record(reading.record)
    assert plain(reading.content) == plain(kept)
    assert [each.text for each in reading.content.edges] == [each.text for each in kept.edges]
    assert [(one.name, one.sha256, one.alt, one.size) for one in reading.content.pictures] == [
        (one.name, one.sha256, one.alt, one.size) for one in kept.pictures
    ]
    assert len(reading.content.pictures) == 4
    for one, other in zip(reading.content.paragraphs, kept.paragraphs, strict=True):
        assert one.place == other.place


def test_a_row_may_hold_everything() -> None:
    """Several rows a turn, words around values, line breaks, names and a mark in any cell."""
    listed = items(
        {"名": "", "数": "", "注": ""},
        {"名": "甲&乙", "数": fact("甲.数", 1), "注": "一行\n两行"},
        {"名": "丙", "数": fact("丙.数", 2), "注": ""},
    )
    content = fill_template(
        Template(
            docx(
                table(
                    ["{% for 项 in 列表 %}", ""],
                    ["{{ 项.注 }}", ""],
                    ["第{{ loop.index }}件：{{ 项.名 }}", "{{ 项.数 }}&{{ 项.数 }}件"],
                    ["{% endfor %}", ""],
                )
            )
        ),
        report(列表=listed),
        lambda _: PNG,
    )
    reading = read_report(content)
    (rows,) = [block["rows"] for block in reading.record["made"]["body"] if "rows" in block]
    assert rows == [
        ["rg_1", "一行\n两行", ""],
        ["rg_3", "第1件：甲&乙", ["", "甲.数", "&", "甲.数", "件"]],
        ["rg_4", "", ""],
        ["rg_5", "第2件：丙", ["", "丙.数", "&", "丙.数", "件"]],
    ]
    assert [(row.marks, row.cells[0][-1].text) for row in reading.content.tables[0].rows] == [
        (("rg_1", "rg_2"), "两行"), (("rg_3",), "第1件：甲&乙"), (("rg_4",), ""),
        (("rg_5",), "第2件：丙"),
    ]  # fmt: skip


def _complex(result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> DOCPROPERTY "组.件数" </w:instrText></w:r>'
    return mark.format("begin") + code + mark.format("separate") + result + mark.format("end")


SPECIMENS = {
    "as written": (_complex(SAME), "984"),
    "fldSimple": (
        f'<w:fldSimple w:instr=" DOCPROPERTY  &quot;组.件数&quot; ">{SAME}</w:fldSimple>', "984",
    ),
    "no quotes": (_complex(SAME).replace('"组.件数"', "组.件数 "), "984"),
    "instruction in two runs": (
        _complex(SAME).replace(
            "组.件数", '组.</w:instrText></w:r><w:r><w:instrText xml:space="preserve">件数'
        ),
        "984",
    ),
    "result in two runs": (
        _complex("<w:r><w:rPr><w:b/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>84</w:t></w:r>"), "984",
    ),
    "result changed with tracking": (
        _complex(
            f'<w:del w:id="1" {AUTHOR}><w:r><w:delText>984</w:delText></w:r></w:del>'
            f'<w:ins w:id="2" {AUTHOR}><w:r><w:t>985</w:t></w:r></w:ins>'
        ),
        "985",
    ),
    "in a link": (f'<w:hyperlink w:anchor="x">{_complex(SAME)}</w:hyperlink>', "984"),
    "in a control": (f"<w:sdt><w:sdtContent>{_complex(SAME)}</w:sdtContent></w:sdt>", "984"),
    "proofing marks": (_complex(f'<w:proofErr w:type="spellStart"/>{SAME}'), "984"),
}  # fmt: skip


def specimen(name: str) -> bytes:
    """A finished report with this in place of its first paragraph's ▢."""
    content = filled(p("▢"), p("{{ 组.件数 }}"))
    field, _ = SPECIMENS[name]
    return edited(content, r("▢"), f"{r('共')}{field}{r('人')}")


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_field_in_all_its_shapes(name: str) -> None:
    assert body(specimen(name))[0][1] == ("共", Figure("组.件数", SPECIMENS[name][1]), "人")


def test_tracked_deletions_are_not_there() -> None:
    field = f'<w:del w:id="3" {AUTHOR}>{_complex(SAME.replace("w:t", "w:delText"))}</w:del>'
    content = edited(filled(p("▢")), r("▢"), f"{r('共')}{field}{r('人')}")
    assert body(content)[0][1] == ("共人",)


@pytest.mark.parametrize("code", ["REF _Ref1", "SEQ 图", "DOCPROPERTY Company", "MERGEFIELD 组"])
def test_other_fields_are_words(code: str) -> None:
    other = _complex(r("3")).replace('DOCPROPERTY "组.件数"', code)
    content = edited(filled(p("▢")), r("▢"), f"{r('第')}{other}{r('页')}")
    assert body(content)[0][1] == ("第3页",)


@pytest.mark.parametrize("code", ["PAGE", " numpages ", "DATE \\@ yyyy", "SAVEDATE"])
def test_what_word_works_out_by_itself_is_passed_over(code: str) -> None:
    other = _complex(r("3")).replace('DOCPROPERTY "组.件数"', code)
    content = edited(filled(p("▢")), r("▢"), f"{r('第')}{other}{r('页')}")
    assert body(content)[0][1] == ("第页",)


@pytest.mark.parametrize(
    ("shown", "kept"), [("12", ""), ("— 3 —", ""), ("第二页", ""), ("再接再厉", "再接再厉")]
)
def test_words_in_a_field_of_page_numbers_are_read(shown: str, kept: str) -> None:
    """LibreOffice saves the last run of a link to a ``_Toc`` bookmark as such a field."""
    field = _complex(r(shown)).replace('DOCPROPERTY "组.件数"', "PAGEREF _Toc0 \\h")
    content = edited(filled(p("▢")), r("▢"), f"{r('继续努力，')}{field}")
    assert body(content)[0][1] == (f"继续努力，{kept}",)


@pytest.mark.parametrize("about", ["", "<w:tcPr/>"])
def test_a_table_in_a_cell_is_read_whether_the_cell_has_properties_or_not(about: str) -> None:
    inner = f"<w:tbl><w:tblPr/><w:tr><w:tc>{p('值班2人')}</w:tc></w:tr></w:tbl>"
    row = f"<w:tr><w:tc>{about}{inner}{p('电话')}</w:tc></w:tr>"
    made = filled(f"<w:tbl><w:tblPr/><w:tblGrid/>{row}</w:tbl>", p(""))
    assert read_report(made).content.tables[0].rows[0].texts == ["值班2人\n电话"]
    found = verify_report(read_report(edited(made, "值班2人", "值班9人")))
    assert [each.kind for each in found] == ["cell-changed"]


@pytest.mark.parametrize("code", ["DOCPROPERTY 密级", 'DOCPROPERTY "密级"', "DOCPROPERTY Company"])
def test_a_property_of_the_template_s_own_is_no_figure(code: str) -> None:
    own = _complex(r("内部")).replace('DOCPROPERTY "组.件数"', code)
    content = filled(f"<w:p>{r('共')}{r('{{ 组.件数 }}')}{own}</w:p>")
    assert body(content)[0][1] == ("共", Figure("组.件数", "984"), "内部")
    assert verify_report(read_report(content)) == []
    again = refresh_report(content, content)
    assert (again.findings, again.done) == ([], {})
    assert code.split()[1] in opened(again.content).parts["word/document.xml"].decode()


def test_letters_with_their_reading_above_are_read() -> None:
    content = edited(
        filled(p("张鹤斌代表")), r("张鹤斌代表"), f"{r('张')}{ruby('鹤斌')}{r('代表')}"
    )
    assert body(content)[0][1] == ("张鹤斌代表",)


def test_a_split_marked_paragraph_keeps_its_mark_on_the_first_half() -> None:
    content = filled(p("{% if 件数 %}"), p("前半句，后半句"), p("{% endif %}"), p("末"))
    split = edited(content, r("前半句，后半句"), f"{r('前半句，')}</w:p><w:p>{r('后半句')}")
    found = [(each.text, each.marks) for each in read_report(split).content.paragraphs]
    assert found == [("前半句，", ("rg_1",)), ("后半句", ()), ("末", ())]


def test_what_is_not_ours_is_refused() -> None:
    with pytest.raises(ReportError, match="不是本工具生成的报告"):
        read_report(docx(p("别的文档")))
    with pytest.raises(ReportError, match=r"\.docx"):
        read_report(b"%PDF-1.7")


def test_a_record_larger_than_parsers_take_in_one_text() -> None:
    long = items({"名": ""}, *({"名": f"{number}{'字' * 400}"} for number in range(12_000)))
    content = fill_template(
        Template(docx(table(["{% for 项 in 列表 %}"], ["{{ 项.名 }}"], ["{% endfor %}"]))),
        report(列表=long),
        lambda _: PNG,
    )
    assert len(read_report(content).content.tables[0].rows) == 12_000


def test_libreoffice_treats_our_constructs_as_the_docstring_says(convert: Convert) -> None:
    content = filled(
        p("首▢"),
        p("{% for 项 in 列表 %}"),
        p("{{ 项.名 }}：{{ 项.数 }}件"),
        p("{% endfor %}"),
        table(["{{ 件数 }}"]),
        header=p("共{{ 组.件数 }}"),
    )
    fields = "".join(f"<w:p>{r(name)}{field}</w:p>" for name, (field, _) in SPECIMENS.items())
    content = edited(content, f"<w:p>{r('首▢')}</w:p>", f"{fields}")
    before, after = read_report(content), read_report(convert(content, "docx", "docx"))
    shown = {each.text: each.pieces for each in after.content.paragraphs}
    for name, (_, text) in SPECIMENS.items():
        now = "984985" if "tracking" in name else text
        assert shown[f"{name}{now}"] == (name, Figure("组.件数", now)), name
    assert plain(after.content)[len(SPECIMENS) :] == plain(before.content)[len(SPECIMENS) :]
    assert [each.text for each in after.content.edges] == ["共984"]
    assert (after.record, after.properties) == (before.record, before.properties)


def test_libreoffice_keeps_all_of_the_sample(sample_report: bytes, convert: Convert) -> None:
    before, after = (
        read_report(sample_report).content,
        read_report(convert(sample_report, "docx", "docx")).content,
    )
    # the empty paragraph that ends a section goes, and its mark to the one before it
    assert [each[0] for each in plain(after)] == [each[0] for each in plain(before)]
    assert [(one.name, one.alt, one.sha256) for one in after.pictures] == [
        (one.name, one.alt, one.sha256) for one in before.pictures
    ]


def _relinked(content: bytes) -> bytes:
    """The document's properties are said to be the document."""
    return edited(
        content, 'Target="docProps/custom.xml"', 'Target="word/document.xml"', "_rels/.rels"
    )


def test_a_part_that_is_to_be_two_things_is_refused_before_it_is_written_as_either() -> None:
    content = filled(p("共{{ 件数 }}"))
    assert read_report(content)
    with pytest.raises(ReportError, match=r"^这不是能读取的 Word 文档"):
        refresh_report(_relinked(content), content)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("spreadsheetml.sheet", "Excel 工作簿"), ("presentationml.presentation", "演示文稿"),
     ("wordprocessingml.document.macro", "不含宏")],
)  # fmt: skip
def test_what_is_no_document_is_called_what_it_is(kind: str, said: str) -> None:
    content = docx(p("甲"))
    other = edited(content, "wordprocessingml.document", kind, "[Content_Types].xml")
    with pytest.raises(DocumentError, match=said):
        read_word_package(other)


def test_who_asks_for_a_file_says_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(UnusableTemplateError, match=r"^报告模板不能使用：这不是"):
        fill_template(Template(b"x"), report(), lambda _: PNG)
    with pytest.raises(UnusableTemplateError, match=r"^“报告句子.docx”不能使用：这不是"):
        read_sentence_file(b"x", "报告句子.docx")
    path = tmp_path / "报告.docx"
    path.write_bytes(b"x")
    for command in (
        reportgen.verify,
        reportgen.figures,
        reportgen.finalize,
        partial(reportgen.refresh, folder=tmp_path),
    ):
        with pytest.raises(ReportError, match=r"^“报告.docx”不能使用：这不是"):
            command(path)
