"""Small rules of the Word room, each of which has once been changed without a test noticing."""

from __future__ import annotations

import struct

import pytest
from lxml import etree

from reportgen.errors import DocumentError
from reportgen.word.after.finalize import finalize_report
from reportgen.word.document.paragraph_reader import ParagraphReader
from reportgen.word.refresh.merge3 import merge_texts
from reportgen.word.xml import package
from tests.support.tampering import opened
from tests.support.templates import W, docx, p


def test_a_no_break_hyphen_is_read_as_a_hyphen() -> None:
    xml = f'<w:p xmlns:w="{W}"><w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r></w:p>'
    pieces = ParagraphReader().paragraph(etree.fromstring(xml)).pieces
    assert "".join(each.text for each in pieces) == "A-1"


def test_no_document_variable_leaves_the_house(sample_report: bytes) -> None:
    report = opened(sample_report)
    settings = report.parts["word/settings.xml"].decode()
    kept = '<w:docVars><w:docVar w:name="x" w:val="内部底稿"/></w:docVars></w:settings>'
    report.parts["word/settings.xml"] = settings.replace("</w:settings>", kept).encode()
    final = opened(finalize_report(report.saved())).parts["word/settings.xml"].decode()
    assert "docVar" not in final
    assert "内部底稿" not in final


def claiming(content: bytes, size: int) -> bytes:
    """A zip whose directory says that its first entry unpacks to so many bytes."""
    at = content.index(b"PK\x01\x02") + 24
    return content[:at] + struct.pack("<I", size) + content[at + 4 :]


def test_a_template_of_more_than_300_mb_is_refused_unread() -> None:
    content = docx(p("甲"))
    package.read_word_package(content)
    with pytest.raises(DocumentError):
        package.read_word_package(claiming(content, 301 * 2**20))


@pytest.mark.parametrize(
    ("new", "settled"), [("由农业办牵头办理甲事", True), ("由城管局会同乙办丙事", False)]
)
def test_only_texts_that_are_much_alike_are_merged_by_letters(new: str, settled: bool) -> None:
    merged = merge_texts("由农业办牵头办理乙事", "由农业办牵头办理乙事了", new)
    assert bool(merged.collisions) is not settled
    if not settled:
        assert "".join(merged.signs) == "由农业办牵头办理乙事了"
