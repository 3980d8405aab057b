"""A paragraph made to show another text: what stays keeps its looks, and tracked changes stay."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reportgen.word.document import fields
from reportgen.word.document.model import Figure, Pieces
from reportgen.word.document.paragraph_reader import LiveField, ParagraphReader, TypedWords
from reportgen.word.document.part_reader import freeze_pieces as frozen
from reportgen.word.refresh.merge3 import split_pieces_to_signs
from reportgen.word.refresh.paragraph_edit import (
    fill_paragraph,
    renew_field,
    rewrite_paragraph,
    unlink_field,
)
from reportgen.word.xml.wml import make_run, parse_elements
from tests.support.editing import AUTHOR, ruby
from tests.support.templates import W

FIGURES = {"甲": "12", "乙": "34", "丙": "5"}
LOOKS = st.sampled_from(["", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:color w:val="FF0000"/></w:rPr>'])
LETTERS = st.text("天地人，。1 \n\t", min_size=1, max_size=6)
DELETED = f'<w:del w:id="2" {AUTHOR}><w:r><w:delText>旧</w:delText></w:r></w:del>'


def simple(key: str, result: str) -> str:
    return f'<w:fldSimple w:instr=" DOCPROPERTY &quot;{key}&quot; ">{result}</w:fldSimple>'


def other_field(result: str) -> str:
    """One that is none of ours: a reference."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> REF x </w:instrText></w:r>'
    return mark.format("begin") + code + mark.format("separate") + result + mark.format("end")


CONTENTS = st.one_of(
    st.builds(make_run, LOOKS, LETTERS),
    st.builds(make_run, LOOKS, LETTERS),
    st.builds(lambda key, looks: fields.make_figure_field(key, "9", looks), st.sampled_from("甲乙"), LOOKS),
    st.builds(lambda looks, text: simple("丙", make_run(looks, text)), LOOKS, st.sampled_from("79")),
    st.just(simple("丙", "")),
    st.builds(lambda text: f'<w:ins w:id="1" {AUTHOR}>{make_run("", text)}</w:ins>', LETTERS),
    st.just(DELETED),
    st.builds(
        lambda looks: f"<w:r>{looks}<w:t>天地</w:t><w:br/><w:t>人</w:t><w:tab/></w:r>", LOOKS
    ),
    st.builds(lambda text: f'<w:hyperlink w:anchor="x">{make_run("", text)}</w:hyperlink>', LETTERS),
    st.builds(lambda text: other_field(make_run("", text)), st.sampled_from("37")),
    st.builds(ruby, LETTERS),
    st.sampled_from([
        '<w:proofErr w:type="spellStart"/>', "<w:r><w:lastRenderedPageBreak/></w:r>",
        '<w:r><w:footnoteReference w:id="1"/></w:r>', '<w:bookmarkStart w:id="8" w:name="rg_8"/>',
        "<w:r><w:t/></w:r>", '<w:r><w:br w:type="page"/></w:r>',
    ]),
)  # fmt: skip
PARAGRAPHS = st.lists(CONTENTS, max_size=7).map(
    lambda content: f"<w:p><w:pPr/>{''.join(content)}</w:p>"
)
TEXTS = st.lists(
    st.one_of(LETTERS, st.sampled_from("甲乙丙").map(lambda key: Figure(key, "0"))), max_size=6
)


def paragraph(xml: str) -> etree._Element:
    return parse_elements(xml)[0]


def shown(p: etree._Element) -> Pieces:
    return frozen(ParagraphReader().paragraph(p).pieces)


def looks(p: etree._Element) -> Counter[tuple[str, bytes]]:
    """Each letter with the looks of its run."""
    found: Counter[tuple[str, bytes]] = Counter()
    for piece in ParagraphReader().paragraph(p).pieces:
        if isinstance(piece, TypedWords):
            own = piece.run.find(f"{{{W}}}rPr")
            style = b"" if own is None else etree.tostring(own, method="c14n")
            found.update((letter, style) for letter in piece.text)
    return found


def others(p: etree._Element) -> list[bytes]:
    """What is neither text nor field: notes, tracked deletions, bookmarks, page breaks."""
    names = ("delText", "footnoteReference", "bookmarkStart", "proofErr", "lastRenderedPageBreak")
    found = [each for name in names for each in p.iter(f"{{{W}}}{name}")]
    breaks = [each for each in p.iter(f"{{{W}}}br") if each.get(f"{{{W}}}type")]
    return [etree.tostring(each) for each in (*found, *breaks)]


@settings(max_examples=300)
@given(PARAGRAPHS, TEXTS)
def test_any_paragraph_can_show_any_other_text(xml: str, text: list[str | Figure]) -> None:
    p = paragraph(xml)
    before, kept = split_pieces_to_signs(shown(p)), others(p)
    changed = rewrite_paragraph(p, split_pieces_to_signs(text), FIGURES)
    assert split_pieces_to_signs(shown(p)) == split_pieces_to_signs(text)
    assert others(p) == kept
    assert changed == (before != split_pieces_to_signs(text))
    assert all(run.getparent() is not None for run in p.iter(f"{{{W}}}r"))
    text_fields = [each.text for each in p.iter(f"{{{W}}}instrText")]
    assert len(list(p.iter(f"{{{W}}}fldChar"))) == 3 * len(text_fields)
    for piece in ParagraphReader().paragraph(p).pieces:
        if isinstance(piece, LiveField) and before.count(f"\0{piece.key}") == 0:
            assert piece.text == FIGURES[piece.key]


@settings(max_examples=300)
@given(PARAGRAPHS)
def test_the_same_text_changes_nothing(xml: str) -> None:
    p = paragraph(xml)
    before = etree.tostring(p)
    assert not rewrite_paragraph(p, split_pieces_to_signs(shown(p)), FIGURES)
    assert etree.tostring(p) == before


@settings(max_examples=300)
@given(PARAGRAPHS, st.data())
def test_letters_that_stay_keep_their_looks(xml: str, data: st.DataObject) -> None:
    """One letter comes in or one goes: all others look as before."""
    p = paragraph(xml)
    before, text = looks(p), split_pieces_to_signs(shown(p))
    at = data.draw(st.integers(0, len(text)))
    rewrite_paragraph(p, [*text[:at], "某", *text[at:]], FIGURES)
    assert before - looks(p) == Counter()
    assert (looks(p) - before).total() == 1
    rewrite_paragraph(p, text, FIGURES)
    assert looks(p) == before


@settings(max_examples=300)
@given(PARAGRAPHS, st.text("0123456789%", min_size=1, max_size=4))
def test_every_figure_can_show_another_value(xml: str, value: str) -> None:
    p = paragraph(xml)
    before, kept = split_pieces_to_signs(shown(p)), others(p)
    for number in range(len(before)):
        live = [
            each for each in ParagraphReader().paragraph(p).pieces if isinstance(each, LiveField)
        ]
        if number < len(live):
            renew_field(p, live[number], value)
    assert split_pieces_to_signs(shown(p)) == before
    assert {piece.text for piece in shown(p) if isinstance(piece, Figure)} <= {value}
    assert others(p) == kept


@settings(max_examples=300)
@given(PARAGRAPHS)
def test_every_figure_can_become_text(xml: str) -> None:
    p = paragraph(xml)
    before, kept = "".join(map(_text, shown(p))), others(p)
    while True:
        live = [
            each for each in ParagraphReader().paragraph(p).pieces if isinstance(each, LiveField)
        ]
        if not live:
            break
        unlink_field(p, live[0])
    assert "".join(map(_text, shown(p))) == before
    assert "DOCPROPERTY" not in etree.tostring(p, encoding="unicode")
    assert others(p) == kept


def _text(piece: str | Figure) -> str:
    return piece if isinstance(piece, str) else piece.text


BOLD = "<w:rPr><w:b/></w:rPr>"


@pytest.mark.parametrize(("xml", "text", "result"), [
    (make_run(BOLD, "天地") + make_run("", "人"), "天某地人", make_run(BOLD, "天某地") + make_run("", "人")),
    (make_run(BOLD, "天地") + make_run("", "人"), "天地", make_run(BOLD, "天地")),
    (make_run(BOLD, "天地") + make_run("", "人"), "天地和", make_run(BOLD, "天地") + make_run("", "和")),
    (DELETED + make_run("", "天"), "地", DELETED + make_run("", "地")),
    ("", "天", make_run("", "天")),
])  # fmt: skip
def test_new_words_look_like_what_they_replace(xml: str, text: str, result: str) -> None:
    p = paragraph(f"<w:p>{xml}</w:p>")
    rewrite_paragraph(p, list(text), {})
    assert _plain(p) == _plain(paragraph(f"<w:p>{result}</w:p>"))


def test_words_that_repeat_stay_where_they_are() -> None:
    p = paragraph(f"<w:p>{make_run('', '天地人，某天地人，')}{make_run(BOLD, '天地人，')}</w:p>")
    before = looks(p)
    rewrite_paragraph(p, list("天地人，天地人，天地人，"), {})
    assert looks(p) == before - Counter([("某", b"")])


def _plain(p: etree._Element) -> bytes:
    for text in p.iter(f"{{{W}}}t"):
        text.attrib.clear()
    return etree.tostring(p, method="c14n")


def test_fill_keeps_the_looks_of_the_first_run_only() -> None:
    p = paragraph(f"<w:p><w:pPr/>{make_run(BOLD, '天')}{make_run('', '地')}</w:p>")
    fill_paragraph(p, ("共", Figure("甲", "12")))
    assert shown(p) == ("共", Figure("甲", "12"))
    assert all(each.find(f"{{{W}}}rPr") is not None for each in p.iter(f"{{{W}}}r"))
