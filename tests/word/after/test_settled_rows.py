"""Rows that stay text come out of ``finalize`` as if they had been elements."""

from __future__ import annotations

import re

import pytest

from reportgen.word.after.finalize import finalize_opened, finalize_report
from reportgen.word.document.reader import OpenedReport, open_report
from reportgen.word.document.text_rows import MANY, iter_row_notes
from tests.support.tampering import opened
from tests.word.after.test_finalize import left_over, rezipped

BODY = "word/document.xml"
TEXT = "文字"
PLAIN = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"
KINDS = {
    "plain": PLAIN,
    "nothing": "<w:p><w:r><w:t></w:t></w:r><w:r><w:t/></w:r></w:p>",
    "signs": "<w:p><w:r><w:t>甲&lt;乙&amp;丙&gt;</w:t></w:r></w:p>",
    "signs as nobody writes them": "<w:p><w:r><w:t>甲&quot;乙&#x4e19;>丁</w:t></w:r></w:p>",
    "marks of sessions": PLAIN.replace(
        "<w:p>", '<w:p w:rsidR="00A1" w:rsidRDefault="00A2"><w:proofErr w:type="spellStart"/>'
    ),
    "words like such a mark": f'<w:p><w:r><w:t>{TEXT} w:rsidR="1"</w:t></w:r></w:p>',
    "our bookmark": PLAIN.replace(
        "<w:p>", '<w:p><w:bookmarkStart w:name="rg_9901" w:id="9901"/><w:bookmarkEnd w:id="9901"/>'
    ),
    "another bookmark": PLAIN.replace(
        "<w:p>", '<w:p><w:bookmarkStart w:name="甲" w:id="9902"/><w:bookmarkEnd w:id="9902"/>'
    ),
    "a note to a program": PLAIN.replace("<w:r>", "<w:r><?word 机密?>"),
    "bookmarks across": PLAIN.replace(
        "<w:p>", '<w:p><w:bookmarkStart w:name="rg_9903" w:id="9903"/><w:bookmarkEnd w:id="9904"/>'
    ),
    "signs by other names": PLAIN.replace(TEXT, "甲&quot;乙&#x4e19;"),
    "an old end of a line": PLAIN.replace(TEXT, "甲\r乙"),
    "white space": PLAIN.replace("<w:p>", "<w:p >\n ").replace("</w:p>", "\n</w:p>"),
}


def with_rows(report: bytes, cell: str, around: tuple[str, str] = ("", "")) -> bytes:
    """A report with a long table more, some rows of it with such a cell."""
    rows = [
        f"<w:tr><w:tc><w:tcPr/>{cell if at % 9 == 0 else PLAIN.replace(TEXT, str(at))}</w:tc></w:tr>"
        for at in range(MANY + 9)
    ]
    parts = dict(opened(report).parts)
    table = f"{around[0]}<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>{around[1]}"
    parts[BODY] = re.sub(rb"(?=<w:tbl>)", table.encode(), parts[BODY], count=1)
    return rezipped(parts)


def as_elements(content: bytes) -> OpenedReport:
    report = open_report(content)
    notes = list(iter_row_notes(report.trees[report.package.document]))
    assert len(notes) > MANY - 9
    for note in notes:
        report.aside.taken_out(note)
    return report


@pytest.mark.parametrize("kind", KINDS)
def test_rows_that_stay_text_come_out_as_elements_do(sample_report: bytes, kind: str) -> None:
    content = with_rows(sample_report, KINDS[kind])
    assert finalize_report(content) == finalize_opened(as_elements(content)).to_bytes()


HIDING = (
    b'<w:style w:type="character" w:styleId="X"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
)


@pytest.mark.parametrize(
    "looks",
    ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', '<w:rStyle w:val="X"/>'],
)
def test_unseen_text_in_rows_is_told(sample_report: bytes, looks: str) -> None:
    cell = PLAIN.replace("<w:r>", f"<w:r><w:rPr>{looks}</w:rPr>")
    parts = dict(opened(with_rows(sample_report, cell)).parts)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", HIDING)
    (found,) = left_over(rezipped(parts))
    assert found.found == TEXT


def test_a_field_around_a_table_takes_it_along(sample_report: bytes) -> None:
    begin, end = (
        f'<w:p><w:r><w:fldChar w:fldCharType="{kind}"/></w:r></w:p>' for kind in ("begin", "end")
    )
    content = with_rows(sample_report, PLAIN, (begin, end))
    final = finalize_report(content)
    assert final == finalize_opened(as_elements(content)).to_bytes()
    assert TEXT.encode() not in opened(final).parts[BODY]


def test_instructions_that_look_like_ours_stand_for_nothing(sample_report: bytes) -> None:
    content = with_rows(sample_report, PLAIN.replace("<w:p>", "<w:p><?rg-row 0?>"))
    assert finalize_report(content) == finalize_report(with_rows(sample_report, PLAIN))
    parts = dict(opened(sample_report).parts)
    parts[BODY] = parts[BODY].replace(b"<w:p>", b"<?rg-row 7?><w:p>", 1)
    assert finalize_report(rezipped(parts)) == finalize_report(sample_report)


def test_most_rows_stay_text(sample_report: bytes) -> None:
    report = open_report(with_rows(sample_report, KINDS["our bookmark"]))
    finalize_opened(report)
    most = max(report.aside.rows, key=lambda rows: rows.count("<w:tr>"))
    assert most.count("<w:tr>") == MANY + 9
    assert "rg_" not in most
