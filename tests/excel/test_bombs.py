"""A slice of the bombs (``python -m tests.fuzz.bombs``): what unfolds to too much is refused in words."""

import io
import re
from pathlib import Path

import openpyxl
import pytest

from reportgen import archive
from reportgen.archive import Archive, ArchiveError
from reportgen.errors import DocumentError, ReportError, TemplateError
from reportgen.excel.mark import marked_copy
from reportgen.excel.read import foreign_files, ods, raw_sheets, reader, text_table, zip_parts
from reportgen.issues import Issue
from reportgen.word.document.reader import open_report
from reportgen.word.refresh import merge_reports as refreshed
from reportgen.word.render import fill
from reportgen.word.template.sentences import Template
from reportgen.word.xml import package, unpacking
from tests.fuzz.bombs.commands import bombs
from tests.fuzz.bombs.containers import Again, Entry, by_hand
from tests.fuzz.bombs.containers import zipped as packed
from tests.fuzz.bombs.texts import TEXTS
from tests.fuzz.bombs.workbooks import WORKBOOKS, sheet
from tests.support.tampering import TR, P, opened
from tests.support.templates import docx, p, table

REFUSED = {
    "zip-says-1kb": "损坏",
    "zip-quoted-overlap": "展开后过大",
    "zip-60000-entries": "展开后过大",
    "zip-bzip2": "损坏",
    "xlsx-corners": "相隔太远",
    "xlsx-column-of-four-letters": "相隔太远",
    "xlsx-4m-cells": "展开后过大",
    "xlsx-strings-multiplied": "太多",
    "xlsx-text-in-runs": "展开后过大",
    "xml-attribute-60mb": "展开后过大",
    "xml-entities": "损坏",
    "ods-all-cells": "太多",
    "ods-4m-cells": "太多",
    "ods-long-text-repeated": "太多",
    "ods-spaces": "太多",
    "ods-entities": "损坏",
    "ole-chain-in-a-circle": "损坏",
}
SLOW_TO_MAKE = {"zip-says-1kb"}


@pytest.mark.parametrize("name", sorted(REFUSED.keys() - SLOW_TO_MAKE))
def test_a_workbook_that_unfolds_to_too_much_is_refused_with_its_reason(name: str) -> None:
    ending, make = WORKBOOKS[name]
    book, (issue,) = reader.read_workbook(make(), f"填报/甲{ending}")
    assert book is None
    assert REFUSED[name] in issue.message
    assert issue.remedy


@pytest.mark.parametrize("name", ["csv-empty-lines", "csv-separators", "html-tables", "mht-deep"])
def test_a_text_beyond_measure_is_refused(name: str) -> None:
    ending, make = TEXTS[name]
    opened = foreign_files.read_foreign_file(make(), f"旧台账{ending}")
    assert opened.workbook is None
    assert opened.issues[0].message


def test_names_of_encodings_that_are_none_are_not_obeyed() -> None:
    """Some of them take quadratic time."""
    for name in ("punycode", "idna", "unicode_escape", "utf-7"):
        text = f'<meta charset="{name}"><table><tr><td>编号<td>1</table>'
        book = foreign_files.read_foreign_file(text.encode(), "旧台账.xls").workbook
        assert book is not None
        assert book.sheets[0].rows == [["编号", "1"]]


@pytest.mark.parametrize("letters", [raw_sheets.MAX_LETTERS, raw_sheets.MAX_LETTERS + 1])
def test_a_cell_holds_as_much_as_excel_lets_it(letters: int) -> None:
    book, issues = reader.read_workbook(sheet(f'<row r="1"><c r="B1" t="inlineStr"><is><t>{"长" * letters}</t></is></c></row>'), "x.xlsx")  # fmt: skip
    assert (book is None) == (letters > raw_sheets.MAX_LETTERS)
    assert all("B1 文字太长" in issue.message for issue in issues)
    text = f"编号,标题\n1,{'长' * letters}\n2,短"
    opened = foreign_files.read_foreign_file(text.encode(), "旧台账.csv")
    assert (opened.workbook is None) == (letters > raw_sheets.MAX_LETTERS)


def test_a_text_that_many_cells_show_counts_as_often() -> None:
    def shown(times: int, size: int) -> list[str]:
        strings = f"<sst><si><t>短</t></si><si><t>{'长' * size}</t></si></sst>"
        row = '<row><c t="s"><v>1</v></c><c><v>7</v></c></row>'
        return [
            i.message
            for i in reader.read_workbook(sheet(row * times, strings=strings), "x.xlsx")[1]
        ]

    assert shown(1600, 30_000) == []
    assert "太多" in shown(1900, 30_000)[0]


def test_hidden_rows_behind_the_content_cost_nothing() -> None:
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    hidden = '<table:table-row table:visibility="collapse" table:number-rows-repeated="{}"/>'
    table = f'<t table:name="表">{row}{hidden.format(2)}{row}{hidden.format(1_048_000)}</t>'
    content = table.replace("<t ", "<table:table ").replace("</t>", "</table:table>")
    names = 'xmlns:office="o" xmlns:table="t"'
    (found,) = ods.read_ods_sheets(
        {"content.xml": f"<office:x {names}>{content}</office:x>".encode()}
    )
    assert found.hidden_rows == {2, 3}
    assert len(found.rows) == 4


def test_what_is_too_crowded_is_not_marked_either(monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    issue = Issue("unreadable", "x.xlsx", details={"reason": "太多"})
    assert marked_copy.mark_workbook(buffer.getvalue(), [issue]) is not None
    monkeypatch.setattr(zip_parts, "MAX_TAGS", 10)
    assert marked_copy.mark_workbook(buffer.getvalue(), [issue]) is None


def test_a_long_stretch_is_found_wherever_it_stands() -> None:
    most = archive.MAX_STRETCH
    for before in (0, 1, most - 1, most, 3 * most):
        text = b"<a>" * (before // 3) + b"x" * (before % 3)
        zip_parts.refuse_crowded([text + b"<" + b"y" * (most - 1) + b"<b/>"])
        for after in (b"<b/>", b""):
            with pytest.raises(ArchiveError):
                zip_parts.refuse_crowded([text + b"<" + b"y" * (most + 1) + after])


def test_a_document_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = docx(p("甲") * 100)
    long_table = docx(table(*[["甲"] * 10] * 30))
    monkeypatch.setattr(unpacking, "_ELEMENTS", 310)
    assert package.read_word_package(content).parts
    assert package.read_word_package(
        long_table
    ).parts  # a table's cells make room for what is in them
    monkeypatch.setattr(unpacking, "_ELEMENTS", 300)
    with pytest.raises(DocumentError, match="展开后太大"):
        package.read_word_package(content)


def test_a_template_of_too_many_tags_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    template = docx(p("{{ 总体.件数 }}" * 5), p("{% if 总体.件数 %}"), p("{% endif %}"))
    monkeypatch.setattr(fill, "MOST_TAGS", 7)
    fill.check_template(Template(template), {})
    monkeypatch.setattr(fill, "MOST_TAGS", 6)
    with pytest.raises(TemplateError, match="标签太多"):
        fill.check_template(Template(template), {})


def test_a_number_of_ten_thousand_digits_is_a_located_mistake() -> None:
    (mistake,) = fill.check_template(Template(docx(p("{{ " + "9" * 10_000 + " }}"))), {})
    assert mistake.place == "正文第1段"
    assert len(str(mistake)) < 200


def test_a_row_without_a_paragraph_is_told_in_words(sample_report: bytes) -> None:
    report = opened(sample_report)
    for row in report.tree.findall(f".//{TR}")[1:4]:
        for paragraph in list(row.iter(P)):
            paragraph.getparent().remove(paragraph)
    broken = report.saved()
    with pytest.raises(ReportError, match="表格不完整"):
        refreshed(open_report(broken), open_report(sample_report))


# the one door for zips


def test_what_an_entry_states_is_not_believed() -> None:
    stream, checksum, length = Again("<a>", "x", 1000, "</a>").deflated()
    for entry in (
        Entry("a.xml", stream, checksum, length - 1),
        Entry("a.xml", stream, checksum, length + 1),
        Entry("a.xml", stream, checksum ^ 1, length),
        Entry("a.xml", stream[:-3], checksum, length),
        Entry("a.xml", b"\xff" * 30, checksum, length),
        Entry("a.xml", stream, checksum, length, method=12),
        Entry("a.xml", stream, checksum, length, flags=1),
        Entry("a.xml", stream, checksum, length, at=10**8),
    ):
        with pytest.raises(ArchiveError):
            Archive(by_hand([Entry("b.xml", stream, checksum, length), entry]), 10**6).read("a.xml")
    assert (
        len(Archive(by_hand([Entry("a.xml", stream, checksum, length)]), 1007).read("a.xml"))
        == 1007
    )


def test_all_reading_together_stays_within_the_room() -> None:
    content = packed({"a": "x" * 600, "b": "y" * 600})
    sound = Archive(content, 1200)
    assert sound.read("a") + sound.read("b") == b"x" * 600 + b"y" * 600
    assert sound.read("没有") == b""
    small = Archive(content, 1199)
    small.read("a")
    with pytest.raises(ArchiveError) as refused:
        small.read("b")
    assert refused.value.bloated


def test_a_large_entry_comes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_PIECE", 100)
    content = Archive(packed({"a": "xyz" * 1000}), 10_000)
    pieces = list(content.pieces(content.entries[0]))
    assert max(map(len, pieces)) <= 100
    assert b"".join(pieces) == b"xyz" * 1000


def test_zips_from_outside_are_opened_at_one_place() -> None:
    """Others only write: a ZipFile opened for reading, elsewhere than in archive, has no limits."""
    room = Path(archive.__file__).parent
    found = {
        path.relative_to(room).as_posix()
        for path in room.rglob("*.py")
        for call in re.findall(r"ZipFile\([^\n]*", path.read_text(encoding="utf-8"))
        if '"w"' not in call.partition(" as ")[0]
    }
    assert found == {
        "archive.py",
        "excel/write/save.py",  # reads what it has just written
        "packing/portable.py",  # unpacks the interpreter that whoever packs has chosen
    }


# the corpus


def test_there_are_bombs_for_every_door() -> None:
    every = list(bombs())
    assert len({bomb.name for bomb in every}) == len(every) >= 60
    commands = {command[0] for bomb in every for command in bomb.commands}
    assert commands == {"check", "build", "import-ledger", "verify", "refresh", "finalize"}


def test_the_limits_leave_room_for_a_hundred_thousand_rows() -> None:
    assert zip_parts.MAX_TAGS >= 100_000 * 4 * 15
    assert text_table.MAX_LINES > 100_000
    assert ods.MAX_FILLED >= 50_000 * 20
