"""A row of totals keeps the row before it and the note below on its page."""

from __future__ import annotations

from lxml import etree

from reportgen.word.document.text_rows import ROWS
from reportgen.word.render.kept_rows import keep_totals
from reportgen.word.render.rows_aside import RowsAside, make_model
from reportgen.word.xml.wml import w

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def row(text: str, style: str = "ListText") -> str:
    about = f'<w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="left"/></w:pPr>' if style else ""
    cell = f"<w:tc><w:tcPr/><w:p>{about}<w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
    return f"<w:tr>{cell * 2}</w:tr>"


def kept(content: str, rows: list[RowsAside]) -> list[str]:
    """The texts of the paragraphs that stay with what follows, each in its place of the order."""
    root = etree.fromstring(f"<w:body {_SPACE}>{content}</w:body>")
    keep_totals(root, rows)
    xml = etree.tostring(root, encoding="unicode").replace(f" {_SPACE}", "")
    for number, made in enumerate(rows):
        xml = xml.replace(f"<?{ROWS} {number}?>", "".join(made.iter_xml()))
    again = etree.fromstring(xml.replace("<w:body", f"<w:body {_SPACE}", 1))
    found = [p for p in again.iter(w("p")) if p.find(f"{w('pPr')}/{w('keepNext')}") is not None]
    for paragraph in found:
        names = [child.tag for child in paragraph[0]]
        assert names.index(w("keepNext")) == int(w("pStyle") in names), "not as the schema orders"
        assert names.count(w("keepNext")) == 1
    return ["".join(map(str, paragraph.itertext())) for paragraph in found]


NOTE = '<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr></w:p>'


def test_the_row_before_and_the_note_stay_with_the_totals() -> None:
    table = f"<w:tbl>{row('甲')}{row('乙')}{row('合计', 'TableTotal')}</w:tbl>"
    assert kept(table + NOTE, []) == ["乙", "乙", "合计", "合计"]
    assert kept(table, []) == ["乙", "乙"]


def test_rows_set_aside_are_tied_too_the_last_of_them_alone() -> None:
    turns = [row("丙"), row("甲") + row("乙", "")]
    rows = [RowsAside([(make_model([turn], []), []) for turn in turns])]
    table = f"<w:tbl>{row('部门')}<?{ROWS} 0?>{row('合计', 'TableTotal')}</w:tbl>"
    assert kept(table + NOTE, rows) == ["乙", "乙", "合计", "合计"]
    assert kept(table + NOTE, rows) == ["乙", "乙", "合计", "合计"]  # a second time changes nothing


def test_tables_without_totals_stay_as_they_are() -> None:
    assert kept(f"<w:tbl>{row('甲')}{row('乙')}</w:tbl>{NOTE}", []) == []
    assert kept(f"<w:tbl>{row('合计', 'TableTotal')}</w:tbl>", []) == []
    assert kept("<w:tbl/>", []) == []
