"""Workbooks that are bombs: .xlsx, .ods, .xls, and what only looks like one."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.fuzz.bombs.containers import (
    MAIN,
    OFFICE,
    TYPES,
    XML,
    Again,
    Entry,
    by_hand,
    relations,
    zipped,
)
from tests.support.ole import ole

SHEET = "办理情况"
Parts = dict[str, "str | bytes | Again"]


def parts(rows: str | Again, **more: str | bytes | Again) -> Parts:
    """A workbook of one sheet; ``more``: ``strings``, ``styles``, ``book``, ``sheets``."""
    start, end = f'{XML}<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"
    whole: str | Again = (
        Again(start + rows.before, rows.piece, rows.times, rows.after + end)
        if isinstance(rows, Again)
        else start + rows + end
    )
    found: Parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": relations(rId1=("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            rId1=("worksheet", "worksheets/sheet1.xml"),
            rId2=("sharedStrings", "sharedStrings.xml"),
            rId3=("styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": whole,
    }
    names = {
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "book": "xl/workbook.xml",
    }
    return found | {names.get(name, name): part for name, part in more.items()}


def sheet(rows: str | Again, **more: str | bytes | Again) -> bytes:
    """The .xlsx of these rows."""
    return zipped(parts(rows, **more))


def replaced(**whole: str | Again) -> bytes:
    """An .xlsx whose sheet is not put together for it."""
    return zipped(parts("") | {"xl/worksheets/sheet1.xml": whole["sheet"]})


def _strings(*texts: str, attributes: str = "") -> str:
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'{XML}<sst xmlns="{MAIN}"{attributes}>{items}</sst>'


def _row(cells: str, number: int = 1, attributes: str = "") -> str:
    return f'<row r="{number}"{attributes}>{cells}</row>'


HEAD = _row(
    "".join(
        f'<c r="{a}1" t="inlineStr"><is><t>{t}</t></is></c>'
        for a, t in zip("ABC", ("编号", "标题", "办理角色"), strict=True)
    )
)
ONE = HEAD + _row('<c r="A2"><v>1</v></c>', 2)
MANY = 1_200_000


def _of_ods(content: str | Again, styles: str = "") -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    start = f"{XML}<office:document-content {names}><office:body><office:spreadsheet>"
    end = "</office:spreadsheet></office:body></office:document-content>"
    whole: str | Again = (
        Again(start + content.before, content.piece, content.times, content.after + end)
        if isinstance(content, Again)
        else start + content + end
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mime, "content.xml": whole, "styles.xml": styles or "<none/>"})


def _table(rows: str, name: str = SHEET) -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


def _cell(text: str = "长", attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{attributes}><text:p>{text}</text:p></table:table-cell>'


def _repeated(rows: int, columns: int, text: str = "长", more: str = "") -> str:
    across = f' table:number-columns-repeated="{columns}"'
    row = f'<table:table-row table:number-rows-repeated="{rows}"{more}>'
    return row + _cell(text, across) + "</table:table-row>"


def _hidden(rows: int) -> str:
    return (
        f'<table:table-row table:visibility="collapse" table:number-rows-repeated="{rows}"/>'
        "<table:table-row>" + _cell() + "</table:table-row>"
    )


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _biff(cells: bytes, *, book: bytes = b"") -> bytes:
    """An .xls with one sheet of these records; ``book``: more records of the workbook itself."""

    def start(kind: int) -> bytes:
        return _record(0x809, struct.pack("<4H2I", 0x600, kind, 0xDBB, 0x7CC, 0x41, 6))

    def head(place: int) -> bytes:
        font = _record(
            0x31, struct.pack("<5H4B", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\5\0Arial"
        )
        look = _record(0xE0, struct.pack("<3H3B B2IH", 0, 0, 1, 32, 0, 0, 0, 0, 0, 0x20C0))
        name = SHEET.encode("utf-16-le")
        listed = _record(0x85, struct.pack("<I4B", place, 0, 0, len(SHEET), 1) + name)
        return start(5) + font * 5 + look * 21 + listed + book + _record(10, b"")

    return head(len(head(0))) + start(16) + cells + _record(10, b"")


def _of_biff(cells: bytes, *, book: bytes = b"") -> bytes:
    return ole({"Workbook": _biff(cells, book=book)})


def _broken(content: bytes, place: int, value: int) -> bytes:
    """An OLE file with another number at that place of its header."""
    return content[:place] + struct.pack("<I", value) + content[place + 4 :]


def _chain_in_a_circle() -> bytes:
    content = bytearray(_of_biff(b"\0" * 200_000))
    table = content.rfind(struct.pack("<4I", 1, 2, 3, 4))
    content[table + 4 * 40 : table + 4 * 41] = struct.pack("<I", 3)
    return bytes(content)


def _directory_in_a_circle() -> bytes:
    content = bytearray(_of_biff(b""))
    entry = content.find("Workbook".encode("utf-16-le"))
    for link in (68, 72, 76):
        content[entry + link : entry + link + 4] = struct.pack("<I", 1)
    return bytes(content)


def _long_text(letters: int) -> str:
    return "长" * letters


def _quoted_overlap(times: int = 4000) -> bytes:
    """Entries that all stand on the same bytes (Fifield 2019), each as long as the one kernel."""
    kernel = Again("", "0" * 1000, 20_000, "").deflated()
    first = Entry("xl/worksheets/sheet1.xml", *kernel)
    return by_hand([first, *(Entry(f"xl/{n}.xml", *kernel, at=0) for n in range(times))])


def _lying_zip() -> bytes:
    """A directory that says 1 kB of what unfolds to 2 GB."""
    stream, checksum, _ = Again("<a>", "0" * 1000, 2_000_000, "</a>").deflated()
    entry = Entry("xl/workbook.xml", stream, checksum, 1000)
    return by_hand([entry])


def _nested_zip(depth: int = 6) -> bytes:
    content = zipped({"0.xml": Again("", "0" * 1000, 100_000, "")})
    for level in range(depth):
        content = zipped({f"{level}-{n}.zip": content for n in range(16)})
    return content


def _many_entries(count: int) -> bytes:
    stream = zlib.compress(b"")[2:-4]
    return by_hand([Entry(f"xl/{n}.xml", stream, 0, 0) for n in range(count)])


def _squeezed(method: int) -> bytes:
    return zipped(
        {name: "0" * 50_000_000 if "sheet1" in name else part for name, part in parts("").items()},
        method,
    )


def _entities(depth: int, width: int = 10) -> str:
    listed = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * width if n else "长" * 10}">' for n in range(depth)
    )
    return f'<?xml version="1.0"?><!DOCTYPE worksheet [{listed}]>'


def _deep(depth: int) -> Again:
    return Again(f'{XML}<worksheet xmlns="{MAIN}">', "<a>", depth, "")


def _attributes(count: int) -> str:
    listed = " ".join(f'a{n}=""' for n in range(count))
    return f'{XML}<worksheet xmlns="{MAIN}"><sheetData {listed}></sheetData></worksheet>'


_STRUCTURE = f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'


def _sheets(count: int) -> bytes:
    listed = Again(
        _STRUCTURE,
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/>',
        count,
        "</sheets></workbook>",
    )
    wide = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="199999"><c r="T199999"><v>1</v></c></row>'
    )
    return sheet(wide, book=listed)


def _styled(rows: int) -> bytes:
    styles = (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="4294967295"><numFmt numFmtId="200" formatCode="0.0%"/>'
        '</numFmts><fonts count="1"><font><strike/></font></fonts>'
        '<cellXfs count="18446744073709551615"><xf numFmtId="200" fontId="0"/></cellXfs></styleSheet>'
    )
    return sheet(Again("", '<row><c s="0"><v>0.123456</v></c></row>', rows, ""), styles=styles)


WORKBOOKS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    # zips
    "zip-2gb-of-zeros": (".xlsx", lambda: zipped({"xl/workbook.xml": Again("", "0" * 1000, 2_000_000, "")})),
    "zip-sheet-900mb-empty-cells": (".xlsx", lambda: sheet(Again("", '<row r="1"><c r="A1" s="1"/></row>', 25_000_000, ""))),
    "zip-says-1kb": (".xlsx", _lying_zip),
    "zip-quoted-overlap": (".xlsx", _quoted_overlap),
    "zip-nested": (".xlsx", _nested_zip),
    "zip-60000-entries": (".xlsx", lambda: _many_entries(60_000)),
    "zip-400000-entries": (".xlsx", lambda: _many_entries(400_000)),
    "zip-bzip2": (".xlsx", lambda: _squeezed(zipfile.ZIP_BZIP2)),
    "zip-lzma": (".xlsx", lambda: _squeezed(zipfile.ZIP_LZMA)),
    "zip-picture-2gb": (".xlsx", lambda: sheet(ONE, **{"xl/media/1.png": Again("", "0" * 1000, 2_000_000, "")})),
    "zip-long-name": (".xlsx", lambda: sheet(ONE, **{"xl/" + "n" * 60_000 + ".xml": "<a/>"})),
    "zip-core-2gb": (".xlsx", lambda: sheet(ONE, **{"docProps/core.xml": Again("<a>", "0" * 1000, 2_000_000, "</a>")})),
    # cells of an .xlsx
    "xlsx-corners": (".xlsx", lambda: sheet(ONE + _row('<c r="XFD1048576"><v>1</v></c>', 1048576))),
    "xlsx-column-of-four-letters": (".xlsx", lambda: sheet(ONE + _row('<c r="AAAA700000"><v>1</v></c>', 700000))),
    "xlsx-column-of-many-letters": (".xlsx", lambda: sheet(ONE + _row(f'<c r="{"A" * 30_000}2"><v>1</v></c>', 2))),
    "xlsx-dimension": (".xlsx", lambda: replaced(sheet=f'{XML}<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>{ONE}</sheetData></worksheet>')),
    "xlsx-dimension-far": (".xlsx", lambda: replaced(sheet=f'{XML}<worksheet xmlns="{MAIN}"><dimension ref="A1:ZZZZZZ4294967295"/><sheetData>{ONE}</sheetData></worksheet>')),
    "xlsx-row-number": (".xlsx", lambda: sheet(ONE + _row("<c><v>1</v></c>", 4294967295))),
    "xlsx-row-number-long": (".xlsx", lambda: sheet(ONE + f'<row r="{"9" * 5000}"><c><v>1</v></c></row>')),
    "xlsx-count-of-strings": (".xlsx", lambda: sheet(ONE, strings=_strings("甲", attributes=' count="18446744073709551615" uniqueCount="4611686018427387904"'))),
    "xlsx-4m-cells": (".xlsx", lambda: sheet(Again("", "<row>" + "<c><v>1</v></c>" * 20 + "</row>", 200_000, ""))),
    "xlsx-4m-texts": (".xlsx", lambda: sheet(Again("", "<row>" + '<c t="inlineStr"><is><t>长</t></is></c>' * 10 + "</row>", 300_000, ""))),
    "xlsx-formulas": (".xlsx", lambda: sheet(Again("", "<row>" + "<c><f>SUM(A1:XFD1)</f></c>" * 10 + "</row>", MANY // 10, ""))),
    "xlsx-percent-and-struck": (".xlsx", lambda: _styled(MANY)),
    "xlsx-strings-multiplied": (".xlsx", lambda: sheet(Again("", '<row><c t="s"><v>0</v></c></row>', 300_000, ""), strings=_strings(_long_text(30_000)))),
    "xlsx-strings-multiplied-prefixed": (".xlsx", lambda: sheet(Again("", '<row><c t="s"><v xml:space="preserve"> 0 </v></c></row>', 300_000, ""), strings=_strings(_long_text(30_000)))),
    "xlsx-string-60mb": (".xlsx", lambda: sheet(ONE + _row('<c t="s"><v>0</v></c>', 3), strings=Again(f'{XML}<sst xmlns="{MAIN}"><si><t>', "长", 20_000_000, "</t></si></sst>"))),
    "xlsx-text-60mb": (".xlsx", lambda: sheet(Again('<row r="1"><c t="inlineStr"><is><t>', "长", 20_000_000, "</t></is></c></row>"))),
    "xlsx-text-in-runs": (".xlsx", lambda: sheet(Again('<row r="1"><c t="inlineStr"><is>', "<r><t>长</t></r>", 3_000_000, "</is></c></row>"))),
    "xlsx-hidden-columns": (".xlsx", lambda: replaced(sheet=Again(f'{XML}<worksheet xmlns="{MAIN}"><cols>', '<col min="1" max="16384" hidden="1"/>', 300_000, f"</cols><sheetData>{ONE}</sheetData></worksheet>"))),
    "xlsx-merged": (".xlsx", lambda: replaced(sheet=Again(f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{ONE}</sheetData><mergeCells>', '<mergeCell ref="A1:XFD1048576"/>', 500_000, "</mergeCells></worksheet>"))),
    "xlsx-300-sheets": (".xlsx", lambda: _sheets(300)),
    "xlsx-60000-sheets": (".xlsx", lambda: _sheets(60_000)),
    "xlsx-relations": (".xlsx", lambda: sheet(ONE, **{"xl/_rels/workbook.xml.rels": Again(f'{XML}<Relationships xmlns="x">', f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>', 1_500_000, "</Relationships>")})),
    "xlsx-styles": (".xlsx", lambda: sheet(ONE, styles=Again(f'{XML}<styleSheet xmlns="{MAIN}"><cellXfs>', '<xf numFmtId="10"/>', 4_000_000, "</cellXfs></styleSheet>"))),
    "xlsx-format-code": (".xlsx", lambda: sheet(Again("", '<row><c s="0"><v>0.5</v></c></row>', 5000, ""), styles=f'{XML}<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="{"0" * 200_000}%"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>')),
    "xlsx-edition": (".xlsx", lambda: _marked(SHEET, "9" * 5000)),
    # XML
    "xml-entities": (".xlsx", lambda: replaced(sheet=_entities(10) + f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="inlineStr"><is><t>&e9;</t></is></c></row></sheetData></worksheet>')),
    "xml-entity-of-shared-strings": (".xlsx", lambda: sheet(_row('<c r="A1" t="s"><v>0</v></c>'), strings=_entities(10) + "<sst><si><t>&e9;</t></si></sst>")),
    "xml-deep": (".xlsx", lambda: replaced(sheet=_deep(2_000_000))),
    "xml-deep-strings": (".xlsx", lambda: sheet(ONE, strings=_deep(2_000_000))),
    "xml-attributes": (".xlsx", lambda: replaced(sheet=_attributes(3_000_000))),
    "xml-attribute-60mb": (".xlsx", lambda: replaced(sheet=Again(f'{XML}<worksheet xmlns="{MAIN}" a="', "0" * 100, 600_000, f'"><sheetData>{ONE}</sheetData></worksheet>'))),
    "xml-comment-60mb": (".xlsx", lambda: replaced(sheet=Again(f'{XML}<worksheet xmlns="{MAIN}"><!--', "0" * 100, 600_000, f"--><sheetData>{ONE}</sheetData></worksheet>"))),
    # .ods
    "ods-all-cells": (".ods", lambda: _of_ods(_table(_repeated(1048576, 16384)))),
    "ods-4m-cells": (".ods", lambda: _of_ods(_table(_repeated(3900, 1000)))),
    "ods-4m-cells-thrice": (".ods", lambda: _of_ods("".join(_table(_repeated(3900, 1000), f"表{n}") for n in range(3)))),
    "ods-long-text-repeated": (".ods", lambda: _of_ods(_table(_repeated(1000, 1000, _long_text(30_000))))),
    "ods-error-repeated": (".ods", lambda: _of_ods(_table('<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:formula="of:=1/0" table:number-columns-repeated="3"/></table:table-row>'))),
    "ods-hidden-rows-of-100-tables": (".ods", lambda: _of_ods("".join(_table(_hidden(1_048_575), f"表{n}") for n in range(100)))),
    "ods-hidden-columns": (".ods", lambda: _of_ods("".join(_table('<table:table-column table:visibility="collapse" table:number-columns-repeated="16384"/><table:table-row>' + _cell() + "</table:table-row>", f"表{n}") for n in range(1000)))),
    "ods-tables": (".ods", lambda: _of_ods(Again("", _table("<table:table-row>" + _cell() + "</table:table-row>"), 500_000, ""))),
    "ods-spaces": (".ods", lambda: _of_ods(Again('<table:table table:name="办理情况"><table:table-row><table:table-cell office:value-type="string"><text:p>', '<text:s text:c="1000"/>', 1_000_000, "</text:p></table:table-cell></table:table-row></table:table>"))),
    "ods-paragraphs": (".ods", lambda: _of_ods(Again('<table:table table:name="办理情况"><table:table-row><table:table-cell office:value-type="string">', "<text:p>长</text:p>", 2_000_000, "</table:table-cell></table:table-row></table:table>"))),
    "ods-long-number": (".ods", lambda: _of_ods(_table(f'<table:table-row table:number-rows-repeated="{"9" * 5000}">' + _cell() + "</table:table-row>"))),
    "ods-deep": (".ods", lambda: _of_ods(Again("", "<text:p>", 1_000_000, ""))),
    "ods-entities": (".ods", lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": _entities(10) + "<a>&e9;</a>"})),
    # .xls
    "xls-numbers": (".xls", lambda: _of_biff(b"".join(_record(0x203, struct.pack("<HHHd", r, c, 15, 1.5)) for r in range(1500) for c in range(200)))),
    "xls-mulrk": (".xls", lambda: _of_biff(b"".join(_record(0xBD, struct.pack("<HH", r, 0) + struct.pack("<HI", 15, 0x40000002) * 256 + struct.pack("<H", 255)) for r in range(4_000)))),
    "xls-mulblank": (".xls", lambda: _of_biff(b"".join(_record(0xBE, struct.pack("<HH", r, 0) + struct.pack("<H", 15) * 256 + struct.pack("<H", 255)) for r in range(12_000)))),
    "xls-corners": (".xls", lambda: _of_biff(_record(0x203, struct.pack("<HHHd", 0, 0, 15, 1.5)) + _record(0x203, struct.pack("<HHHd", 65535, 255, 15, 1.5)))),
    "xls-column-65535": (".xls", lambda: _of_biff(b"".join(_record(0x203, struct.pack("<HHHd", r, 65535, 15, 1.5)) for r in range(5000)))),
    "xls-merged": (".xls", lambda: _of_biff(_record(0xE5, struct.pack("<H", 1000) + struct.pack("<4H", 0, 65535, 0, 255) * 1000) * 500)),
    "xls-strings": (".xls", lambda: _of_biff(b"".join(_record(0xFD, struct.pack("<HHHI", r, 0, 15, 0)) for r in range(60_000)), book=_record(0xFC, struct.pack("<IIHB", 0xFFFFFFFF, 0xFFFFFFFF, 8000, 0) + b"x" * 8000))),
    "xls-rows-hidden": (".xls", lambda: _of_biff(b"".join(_record(0x208, struct.pack("<8H", r, 0, 256, 255, 0, 0, 0x20, 15)) for r in range(65_000)))),
    "xls-columns": (".xls", lambda: _of_biff(_record(0x7D, struct.pack("<6H", 0, 65535, 10, 15, 1, 0)) * 20_000)),
    "xls-record-too-long": (".xls", lambda: _biff(struct.pack("<HH", 0x203, 0xFFFF))),
    "xls-no-end": (".xls", lambda: _of_biff(b"\x05\x00\x00\x00" * 1_700_000)),
    "ole-chain-in-a-circle": (".xls", _chain_in_a_circle),
    "ole-directory-in-a-circle": (".xls", _directory_in_a_circle),
    "ole-4g-sectors": (".xls", lambda: _broken(_of_biff(b""), 44, 0xFFFFFFFE)),
    "ole-4g-difat": (".xls", lambda: _broken(_broken(_of_biff(b""), 68, 0), 72, 0xFFFFFFFE)),
    "ole-sector-size": (".xls", lambda: _of_biff(b"")[:30] + struct.pack("<H", 31) + _of_biff(b"")[32:]),
    "ole-stream-4gb": (".xls", lambda: _sized(_of_biff(b""), 0xFFFFFFFF)),
    "ole-locked-spins": (".xlsx", lambda: ole({"EncryptionInfo": _spinning(0x7FFFFFFF), "EncryptedPackage": b"\1" * 64})),
}  # fmt: skip


def _sized(content: bytes, size: int) -> bytes:
    entry = content.find("Workbook".encode("utf-16-le"))
    return content[: entry + 120] + struct.pack("<I", size) + content[entry + 124 :]


def _spinning(turns: int) -> bytes:
    """How a package is locked: with a key that takes 2,147,483,647 hashes to make."""
    salt = "AAAAAAAAAAAAAAAAAAAAAA=="
    key = (
        f'spinCount="{turns}" saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
        f'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="{salt}" '
        f'encryptedVerifierHashInput="{salt}" encryptedVerifierHashValue="{salt}" encryptedKeyValue="{salt}"'
    )
    return (
        b"\4\0\4\0\x40\0\0\0"
        + (
            f'{XML}<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" '
            'xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
            f'<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
            f'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="{salt}"/>'
            f'<dataIntegrity encryptedHmacKey="{salt}" encryptedHmacValue="{salt}"/>'
            f'<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
            f"<p:encryptedKey {key}/></keyEncryptor></keyEncryptors></encryption>"
        ).encode()
    )


def _marked(name: str, edition: str) -> bytes:
    """A form that says of itself that it is of that edition."""
    told = {"表种": "部门填报表", "版本": edition, "部门": "甲" * 32_000}
    rows = "".join(
        _row("".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in pair), number)
        for number, pair in enumerate(told.items(), 1)
    )
    book = (
        f'{_STRUCTURE}<sheet name="{name}" sheetId="1" r:id="rId1"/>'
        '<sheet name="_标识" sheetId="2" r:id="rId9"/></sheets></workbook>'
    )
    leads = relations(
        rId1=("worksheet", "worksheets/sheet1.xml"), rId9=("worksheet", "worksheets/sheet9.xml")
    )
    hidden = f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    more = {"xl/worksheets/sheet9.xml": hidden, "xl/_rels/workbook.xml.rels": leads}
    return sheet(ONE, book=book, **more)
