"""Rows kept as text read, change and join as if they were elements."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import astuple

import pytest
from lxml import etree

from reportgen.word.document.model import Content, DocumentTable
from reportgen.word.document.reader import read_content
from reportgen.word.document.text_rows import TextRows, iter_row_notes
from reportgen.word.xml import package as packages
from reportgen.word.xml.package import parse_xml_part
from reportgen.word.xml.stories import BODY
from tests.support.templates import W, docx, p, r

PLAIN = (
    p("文字"), p(""), p("甲&lt;乙&amp;丙"), p(" 两边有空格 "), p("第一段") + p("第二段"),
    "<w:p><w:pPr><w:jc w:val='center'/></w:pPr></w:p>",
    '<w:p w:rsidR="00A1">' + r("一") + r("二", "<w:rPr><w:b/></w:rPr>") + "</w:p>",
    '<w:p><w:proofErr w:type="spellStart"/>' + r("错") + "<w:r><w:lastRenderedPageBreak/><w:t>字</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>没有</w:t></w:r><w:r><w:t/></w:r></w:p>",
    p("后面一段是空的") + "<w:p/>",
)  # fmt: skip
STRANGE = (
    "<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r></w:p>",
    '<w:p><w:fldSimple w:instr=" DOCPROPERTY &quot;件数&quot; ">' + r("7") + "</w:fldSimple></w:p>",
    '<w:p><w:ins w:id="1" w:author="甲">' + r("新") + "</w:ins></w:p>",
    '<w:p><w:pPr><w:rPr><w:del w:id="2" w:author="甲"/></w:rPr></w:pPr>' + r("段") + "</w:p>",
    f"<w:tbl><w:tr><w:tc>{p('里面的表')}</w:tc></w:tr></w:tbl>{p('')}",
    f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>",
    "<w:p><w:r><w:tab/><w:t>制表</w:t></w:r></w:p>",
    '<w:p><w:bookmarkStart w:id="90" w:name="rg_90"/>' + r("只有开头") + "</w:p>",
)  # fmt: skip
DELETED = '<w:trPr><w:del w:id="3" w:author="甲"/></w:trPr>'


def row(cells: Sequence[str], mark: int = 0, properties: str = "") -> str:
    inside = [f"<w:tc><w:tcPr><w:tcW w:w='900'/></w:tcPr>{cell}</w:tc>" for cell in cells]
    if mark:
        start = f'<w:bookmarkStart w:id="{mark}" w:name="rg_{mark}"/>'
        inside[0] = (
            inside[0]
            .replace("</w:pPr>", f"</w:pPr>{start}", 1)
            .replace("</w:p>", f'<w:bookmarkEnd w:id="{mark}"/></w:p>', 1)
        )
        if start not in inside[0]:
            inside[0] = inside[0].replace("<w:p>", f"<w:p>{start}", 1)
    return f"<w:tr>{properties}{''.join(inside)}</w:tr>"


def tables(rng: random.Random, cells: Sequence[str]) -> str:
    """A few tables of such cells, with a paragraph between them."""
    marks = iter(range(1, 90))
    found = []
    for _ in range(rng.randint(1, 3)):
        rows = [
            row(rng.choices(cells, k=rng.randint(1, 4)), 0, rng.choice(["", "", DELETED]))
            for _ in range(rng.randint(1, 6))
        ]
        rows += [
            row([p(f"第{mark}件"), p("内容")], mark)
            for mark, _ in zip(marks, range(3), strict=False)
        ]
        rng.shuffle(rows)
        found.append(f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>")
    return p("之间").join(found)


def read(part: bytes, document: bytes, aside: TextRows) -> Content:
    package = packages.read_word_package(document)
    return read_content(
        package, {package.document: parse_xml_part(part)}, {package.document: BODY}, aside
    )


def plain(found: Content) -> list[object]:
    """All that is read, in plain values."""
    return [
        [(each.signature, each.marks[:1], each.width, list(each.texts),
          [[astuple(p) for p in cell] for cell in each.cells]) for each in block.rows]
        if isinstance(block, DocumentTable) else astuple(block)
        for block in found.body
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(150))
def test_it_reads_as_it_would_in_the_tree(seed: int) -> None:
    rng = random.Random(seed)
    document = docx(tables(rng, PLAIN if seed % 3 else PLAIN + STRANGE[:-1]), p("后面"))
    part = packages.read_word_package(document).parts["word/document.xml"]
    aside = TextRows()
    short = aside.split(part, many=0)
    assert plain(read(short, document, aside)) == plain(read(part, document, TextRows()))
    assert aside.joined(short) == part


def test_rows_that_hold_more_than_text_stay_in_the_tree() -> None:
    rows = [row([cell]) for cell in STRANGE] + [row([p("文字")], 0, DELETED), row([p("只有这行")])]
    part = packages.read_word_package(docx(f"<w:tbl>{''.join(rows)}</w:tbl>")).parts[
        "word/document.xml"
    ]
    aside = TextRows()
    aside.split(part, many=0)
    assert [aside.lines(number) for number in range(len(aside.rows))] == [("", ["只有这行"])]


@pytest.mark.parametrize(
    "rows",
    [
        *(f"</w:tbl>{each}<w:tbl>" for each in ("<!-- 注 -->", "<w:txbxContent/>", "<![CDATA[x]]>")),
        row([p("甲乙").replace("乙", "<!-- 注 -->乙")]),
        row([p("甲乙").replace("乙", "<![CDATA[丙]]>乙")]),
        row([p("甲").replace("<w:p>", "<w:p><!-- 注 -->")]),
        f"<!-- {row([p('没有了')])} -->",
        row([p("甲").replace("</w:p>", "<!-- </w:p>")]) + row([p("--> 乙")]),
    ],
)  # fmt: skip
def test_in_strange_documents_nothing_is_set_aside(rows: str) -> None:
    plain_row = row([p("文字")])
    part = f'<w:document xmlns:w="{W}"><w:tbl>{plain_row}{rows}{plain_row}</w:tbl></w:document>'
    aside = TextRows()
    assert aside.split(part.encode(), many=0) == part.encode()
    assert not aside.rows


def test_short_tables_are_not_worth_while() -> None:
    part = f'<w:document xmlns:w="{W}"><w:tbl>{row([p("文字")])}</w:tbl></w:document>'.encode()
    assert TextRows().split(part) == part
    assert TextRows().split(part, many=1) != part


def opened(*rows: str) -> tuple[TextRows, etree._Element]:
    part = f'<w:document xmlns:w="{W}"><w:tbl>{"".join(rows)}</w:tbl></w:document>'
    aside = TextRows()
    return aside, parse_xml_part(aside.split(part.encode(), many=0))


def joined(aside: TextRows, tree: etree._Element) -> str:
    return aside.joined(etree.tostring(tree, encoding="utf-8")).decode()


def test_other_words_keep_the_looks() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    aside, tree = opened(row([f"<w:p>{r('旧', bold)}</w:p>", p("不变")], 7))
    assert aside.show(0, ["新<1>", None])
    assert f'{bold}<w:t xml:space="preserve">新&lt;1&gt;</w:t>' in joined(aside, tree)
    assert aside.lines(0) == ("rg_7", ["新<1>", "不变"])


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ([p("甲")], ["两\n行"]),
        ([p("甲") + p("乙")], ["一行"]),
        ([f"<w:p>{r('甲')}{r('乙')}</w:p>"], ["一行"]),
        (["<w:p/>"], ["一行"]),
    ],
)
def test_what_takes_more_than_other_words_is_refused(cells: list[str], lines: list[str]) -> None:
    aside, tree = opened(row(cells))
    before = joined(aside, tree)
    assert not aside.show(0, lines)
    assert aside.add(0, lines, "rg_9", 9) is None
    assert joined(aside, tree) == before


def test_one_more_row_like_another() -> None:
    aside, tree = opened(row([p("甲"), p("1")], 7))
    (note,) = iter_row_notes(tree)
    fresh = aside.add(0, ["乙", "2"], "rg_8", 12)
    assert fresh is not None
    note.addnext(fresh)
    assert [aside.lines(number) for number in (0, 1)] == [
        ("rg_7", ["甲", "1"]),
        ("rg_8", ["乙", "2"]),
    ]
    assert list(aside.ids()) == [7, 7, 12, 12]
    assert joined(aside, tree).count("<w:tr>") == 2


def test_a_row_can_be_taken_out_and_bookmarks_get_other_names() -> None:
    aside, tree = opened(row([p("甲")], 7), row([p("乙")], 8))
    assert not aside.rename(0, {"rg_7": "rg_7"})
    assert aside.rename(1, {"rg_8": "rg_3"})
    first, second = list(iter_row_notes(tree))
    element = aside.taken_out(first)
    assert (element.tag, list(iter_row_notes(tree))) == (f"{{{W}}}tr", [second])
    assert joined(aside, tree).count("rg_7") == joined(aside, tree).count("rg_3") == 1
