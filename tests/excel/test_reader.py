"""Reading workbooks: right values at right addresses, and no file that can do harm."""

import datetime as dt
import io
import os
import random
import struct
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.worksheet.worksheet import Worksheet

from reportgen import archive
from reportgen.excel.read import colours, raw_sheets, reader, zip_parts
from reportgen.excel.read.sheet_scan import scan_sheet
from reportgen.raw import RawSheet
from tests.support.ole import ENCRYPTED, ole

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def xlsx(fill: Callable[[Worksheet], object]) -> bytes:
    """A workbook of one sheet, filled by ``fill``."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def package(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same package with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts: dict[str, str | bytes] = {key: source.read(key) for key in source.namelist()}
    return package({**parts, name: part})


def sheet_xml(*rows: str) -> bytes:
    """A sheet's XML with the given ``<c>`` elements in row 1, 2, …"""
    body = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(rows, 1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{body}</sheetData></worksheet>"
    ).encode()


def first_sheet(content: bytes) -> RawSheet:
    book, issues = reader.read_workbook(content, "填报/甲.xlsx")
    assert not issues
    assert book is not None
    return book.sheets[0]


def refusal(content: bytes) -> tuple[str, str]:
    """Code and message of the one issue that a file which cannot be read gives."""
    book, issues = reader.read_workbook(content, "填报/甲.xlsx")
    assert book is None
    (issue,) = issues
    assert issue.file == "填报/甲.xlsx"
    return issue.code, issue.message


# What is read


def test_values_stand_at_their_addresses_behind_blank_rows_and_columns() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C5"], sheet["D5"] = "编号", "日期"
        sheet["C7"], sheet["D7"] = 12, dt.date(2024, 5, 6)

    sheet = first_sheet(xlsx(fill))
    assert (sheet.first_row, sheet.first_column) == (5, 3)
    assert sheet.at(5, 3) == "编号"
    assert sheet.at(7, 3) == 12
    assert sheet.at(7, 4) == dt.date(2024, 5, 6)
    assert sheet.at(6, 3) is None
    assert sheet.at(1, 1) is None


def test_every_kind_of_value_comes_as_it_is_and_blanks_as_none() -> None:
    values = ["文字", 7, 2.5, True, dt.date(2024, 5, 6), dt.datetime(2024, 5, 6, 7, 8)]
    values += [dt.time(9, 30), "两\n行", "  ", None, "末"]
    sheet = first_sheet(xlsx(lambda sheet: sheet.append(values)))
    assert sheet.rows == [values]


def test_hidden_and_empty_sheets_are_read_too() -> None:
    def fill(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book is not None
        hidden = book.create_sheet("_标识")
        hidden["A1"], hidden["B1"] = "表种", "建议台账"
        hidden.sheet_state = "veryHidden"

    book, _ = reader.read_workbook(xlsx(fill), "甲.xlsx")
    assert book is not None
    assert [(sheet.name, list(sheet.rows)) for sheet in book.sheets] == [
        ("Sheet", []),
        ("_标识", [["表种", "建议台账"]]),
    ]


def test_formulas_without_a_result_and_errors_are_odd_not_blank() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"], sheet["C2"], sheet["D3"], sheet["D4"] = 1, "=B2+1", "#REF!", "文字=1"

    sheet = first_sheet(xlsx(fill))
    assert sheet.odd == {(2, 3): "=B2+1", (3, 4): "#REF!"}
    assert sheet.at(2, 3) is None
    assert sheet.at(4, 4) == "文字=1"


def test_a_formula_with_a_stored_result_is_read_as_that_result() -> None:
    xml = sheet_xml(
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"甲"</f><v>甲</v></c>',
        '<c r="A2" t="str"><f>IF(A1,"","")</f><v></v></c><c r="B2"><v>5</v></c>',
        '<c r="A3"><f t="shared" si="0"/></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    )
    sheet = first_sheet(with_part(xlsx(lambda sheet: None), "xl/worksheets/sheet1.xml", xml))
    assert [sheet.at(1, 1), sheet.at(1, 2), sheet.at(2, 1), sheet.at(2, 2)] == [2, "甲", None, 5]
    assert sheet.odd == {(3, 1): "=…", (3, 2): "#DIV/0!"}


def test_cells_without_reference_are_counted_from_the_left() -> None:
    look = scan_sheet(sheet_xml("<c><v>1</v></c><c><f>A1</f></c>", '<c r="D2"/><c t="e"/>'))
    assert look.odd == {(1, 2): "=A1"}
    assert look.span == 2


def test_a_percentage_comes_as_people_see_it() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([0.85, 0.85, 1, "85%"])
        sheet["A1"].number_format, sheet["C1"].number_format = "0%", "0.00%"

    sheet = first_sheet(xlsx(fill))
    assert sheet.rows == [[0.85, 0.85, 1, "85%"]]
    assert sheet.shown == {(1, 1): "85%", (1, 3): "100.00%"}


def test_parts_named_as_some_exporters_do_are_found() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx(lambda sheet: sheet.append(["甲", "=1"])))) as source:
        parts: dict[str, str | bytes] = {
            name.replace("xl/worksheets/sheet1", "xl/Worksheets/Sheet1"): source.read(name)
            for name in source.namelist()
        }
    sheet = first_sheet(package(parts))
    assert sheet.at(1, 1) == "甲"
    assert sheet.odd == {(1, 2): "=1"}


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_old_excel_and_open_document_give_the_same_cells(
    kind: str, convert: Callable[[bytes, str, str], bytes]
) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C5"], sheet["D6"], sheet["D8"] = "编号", 7, dt.date(2024, 5, 6)
        sheet["C8"] = "末"

    content = xlsx(fill)
    assert first_sheet(convert(content, "xlsx", kind)) == first_sheet(content)


def test_errors_in_old_excel_and_open_document_are_odd_not_blank(
    convert: Callable[[bytes, str, str], bytes],
) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B2"], sheet["C3"] = "=1/0", "=NA()", "=1+1"
        book = sheet.parent
        assert book is not None
        book.create_sheet("第二张")["D4"] = "=#REF!"

    content = xlsx(fill)
    for kind in ("xls", "ods"):
        book, _ = reader.read_workbook(convert(content, "xlsx", kind), "甲")
        assert book is not None
        assert [sheet.odd for sheet in book.sheets] == [
            {(1, 1): "#DIV/0!", (2, 2): "#N/A"},
            {(4, 4): "#REF!"},
        ]
        assert book.sheets[0].at(3, 3) == 2


def test_an_old_excel_with_a_password_is_said_to_be_encrypted(
    convert: Callable[[bytes, str, str], bytes],
) -> None:
    """Its first record names the cipher (FILEPASS); here it takes the place of another one."""
    content = convert(xlsx(lambda sheet: sheet.append(["甲"])), "xlsx", "xls")
    start = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    assert refusal(content[:start] + b"\x2f\x00" + content[start + 2 :])[0] == "encrypted"


# What is not read, and why


@pytest.mark.parametrize(
    ("content", "code", "reason"),
    [
        (b"", "empty-file", "文件是空的"),
        (b"\0" * 600, "empty-file", "文件是空的"),
        ("编号,标题\n1,甲\n".encode(), "unreadable", "文本文件"),
        ("编号,标题\n1,甲\n".encode("gbk"), "unreadable", "文本文件"),
        ("编号\t标题\n".encode("utf-16"), "unreadable", "不是 Excel 工作簿"),
        (b"\r\n<HTML><body><table><tr><td>1</td></tr></table>", "unreadable", "网页"),
        ("<table><tr><td>编号</td></tr></table>".encode(), "unreadable", "网页"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "unreadable", "网页存档"),
        (
            b'<?xml?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "unreadable",
            "XML 表格",
        ),
        (b"\x05\x54\x6f\x77\x6e\x73" + b"\x20\0" * 60, "unreadable", "不是 Excel 工作簿"),  # ~$
        (b"PK\x03\x04", "unreadable", "损坏"),
        (OLE, "unreadable", "损坏"),
        (OLE + bytes(4000), "unreadable", "损坏"),
        (package({"读我.txt": "你好"}), "packed", "zip"),
        (package({"农业农村办公室.xlsx": b"PK"}), "packed", "zip"),
        (b"Rar!\x1a\x07\x01\0" + bytes(40), "packed", "rar"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "packed", "7z"),
        (b"\x1f\x8b\x08" + bytes(40), "packed", "gz"),
        (b"%PDF-1.7\n", "other-file", "PDF"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "other-file", "图片"),
        (b"{\\rtf1", "other-file", "Word"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n", "other-file", "电子邮件"),
        (b"[InternetShortcut]\r\nURL=https://example.org", "other-file", "网页链接"),
        (
            package({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}),
            "other-file",
            "Word",
        ),
        (ole({"WordDocument": b"1"}), "other-file", "Word"),
        (ole({"PowerPoint Document": b"1"}), "other-file", "演示文稿"),
        (ENCRYPTED, "encrypted", "密码"),
        (ole({"EncryptedPackage": b"1", "\x09DRMContent": b"1"}), "encrypted", "密码"),
        (ole({"\x09DRMContent": b"1"}), "restricted", "IRM"),
        (package({"xl/workbook.bin": b"", "xl/_rels/workbook.bin.rels": "<a/>"}), "unreadable", "xlsb"),
        (package({"xl/workbook.xml": "<workbook/>"}), "unreadable", "没有放数据的工作表"),
        (package({"[Content_Types].xml": "<a/>"}), "unreadable", "损坏"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_named_for_what_it_is(
    content: bytes, code: str, reason: str
) -> None:
    found, message = refusal(content)
    assert found == code
    assert reason in message


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.99])
def test_a_file_cut_short_in_transfer_is_unreadable(kept: float) -> None:
    content = xlsx(lambda sheet: sheet.append(["甲"] * 50))
    assert refusal(content[: int(len(content) * kept)])[0] == "unreadable"


def test_a_password_protected_open_document_is_said_to_be_encrypted() -> None:
    content = package(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
            "content.xml": os.urandom(100),
        }
    )
    assert refusal(content)[0] == "encrypted"


def test_too_large_a_file_is_not_even_opened() -> None:
    assert "太大" in refusal(b"PK" + bytes(raw_sheets.MAX_FILE))[1]


def test_a_zip_bomb_is_refused_by_the_sizes_it_declares() -> None:
    bomb = bytearray(package({"xl/workbook.xml": b" " * 1000}))
    entry = bomb.index(b"PK\x01\x02")
    bomb[entry + 24 : entry + 28] = struct.pack("<I", zip_parts.MAX_INFLATED + 1)
    assert "展开后" in refusal(bytes(bomb))[1]


def test_a_zip_bomb_that_declares_too_little_is_not_unpacked_further() -> None:
    bomb = bytearray(package({"xl/workbook.xml": b" " * 10_000_000}))
    entry = bomb.index(b"PK\x01\x02")
    bomb[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert "损坏" in refusal(bytes(bomb))[1]


def test_a_package_of_very_many_parts_is_refused() -> None:
    many = package({f"{number}.xml": "" for number in range(archive.MAX_ENTRIES + 1)})
    assert "展开后" in refusal(many)[1]


@pytest.mark.parametrize("far", ["XFD1048576", "AAA99999", "Z999999"])
def test_cells_lying_too_far_apart_are_refused_before_memory_is_claimed(far: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet[far] = 1, 2

    assert "“Sheet”中有内容的格子相隔太远" in refusal(xlsx(fill))[1]


def test_formatting_far_below_the_content_does_no_harm() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "甲"
        sheet["XFD1048576"].number_format = "@"

    assert first_sheet(xlsx(fill)).rows == [["甲"]]


def test_xml_entities_are_not_expanded() -> None:
    xml = sheet_xml('<c r="A1"><f>1</f></c>').replace(
        b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet', 1
    )
    content = with_part(xlsx(lambda sheet: None), "xl/worksheets/sheet1.xml", xml)
    assert refusal(content)[0] == "unreadable"


@given(st.binary(max_size=300))
def test_random_bytes_never_raise(content: bytes) -> None:
    assert refusal(content)[0]
    assert refusal(b"PK\x03\x04" + content)[0] == "unreadable"
    assert refusal(OLE + content)[0] == "unreadable"


@given(st.randoms(use_true_random=False))
def test_a_damaged_package_never_raises(chance: random.Random) -> None:
    content = bytearray(xlsx(lambda sheet: sheet.append(["甲", 1, "=A1"])))
    for _ in range(chance.choice((1, 5, 50))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    book, issues = reader.read_workbook(bytes(content), "甲.xlsx")
    assert (book is None) == bool(issues)


@given(st.randoms(use_true_random=False))
def test_damaged_xml_inside_a_sound_package_never_raises(chance: random.Random) -> None:
    xml = bytearray(sheet_xml('<c r="A1" t="str"><f>B1</f><v>2</v></c><c r="B1" t="e"/>'))
    for _ in range(chance.choice((1, 3, 9))):
        xml[chance.randrange(len(xml))] = chance.randrange(256)
    whole = xlsx(lambda sheet: None)
    book, issues = reader.read_workbook(
        with_part(whole, "xl/worksheets/sheet1.xml", bytes(xml)), "甲.xlsx"
    )
    assert (book is None) == bool(issues)


def test_indexed_colours_are_those_of_the_standard() -> None:
    for number, colour in enumerate(COLOR_INDEX):
        assert colours.to_rgb({"indexed": str(number)}) == colour[-6:]
