"""Containers as they come: passwords that nobody set, parts elsewhere, other sheets, bloat, objects."""

from __future__ import annotations

import io
import re
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.chart import BarChart

import reportgen
from reportgen.commands.check import send_back
from reportgen.errors import WorkspaceError
from reportgen.excel.read import foreign_files, reader, zip_parts
from reportgen.excel.read.locked_files import BUILT_IN_PASSWORD
from reportgen.raw import RawWorkbook
from tests.support.ole import ole

HEAD, ROW = ["编号", "标题"], ["2024001", "关于甲的建议"]


def workbook(*, chart: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet.append(HEAD)
    sheet.append(ROW)
    if chart:
        book.create_chartsheet("图", 0).add_chart(BarChart())
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rewritten(content: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return buffer.getvalue()


def locked(password: str) -> bytes:
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt(password, buffer)
    return buffer.getvalue()


def biff(rows: list[list[str]]) -> bytes:
    """A Workbook stream whose texts stand in LABEL records, under code page 936."""

    def record(kind: int, *values: int, form: str = "", more: bytes = b"") -> bytes:
        content = struct.pack(f"<{form}", *values) + more
        return struct.pack("<HH", kind, len(content)) + content

    def start(kind: int) -> bytes:
        return record(0x809, 0x600, kind, 0xDBB, 0x7CC, 0x41, 6, form="4H2I")

    def head(place: int) -> bytes:
        font = record(0x31, 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, form="5H4B", more=b"\5\0Arial")
        style = record(0xE0, 0, 0, 1, 32, 0, 0, 0, 0, 0, 0x20C0, form="3H3B B2IH")
        listed = record(0x85, place, 0, 0, 2, 1, form="I4B", more="台账".encode("utf-16-le"))
        page = record(0x42, 936, form="H")
        return start(5) + page + font * 5 + style * 21 + listed + record(10)

    cells = b"".join(
        record(0x204, r, c, 15, len(text), 1, form="4HB", more=text.encode("utf-16-le"))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return head(len(head(0))) + start(16) + cells + record(10)


def rows(content: bytes) -> list[list[object]]:
    book, issues = reader.read_workbook(content, "台账")
    assert book is not None, issues
    (sheet,) = book.sheets
    assert sheet.name == "台账"
    return [list(row) for row in sheet.rows]


def elsewhere(name: str, content: bytes) -> tuple[str, bytes]:
    """Every part is called otherwise; only the relations say where it is."""
    moved = {
        "xl/workbook.xml": "data/book2.xml",
        "xl/worksheets/sheet1.xml": "data/pages/a.xml",
        "xl/styles.xml": "data/looks.xml",
        "xl/_rels/workbook.xml.rels": "data/_rels/book2.xml.rels",
    }
    for old, new in moved.items():
        content = content.replace(old.encode(), new.encode())
    content = content.replace(b'Target="styles.xml"', b'Target="looks.xml"')
    return moved.get(name, name), content


BLOATED_ROWS = "".join(
    f'<row r="{row}" ht="20">' + "".join(f'<c r="{letter}{row}" s="0"/>' for letter in "ABCD")
    + "</row>"
    for row in range(3, 9000)
).encode()  # fmt: skip


def bloated(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content.replace(b"</sheetData>", BLOATED_ROWS + b"</sheetData>")


@pytest.mark.parametrize(
    "content",
    [
        workbook(),
        workbook(chart=True),
        rewritten(workbook(), elsewhere),
        rewritten(workbook(), bloated),
        locked(BUILT_IN_PASSWORD),
        ole({"Workbook": biff([HEAD, ROW])}),
        ole({"Workbook": biff([HEAD, ROW]), "MBD0001": {"WordDocument": b"\xec\xa5\xc1\0"}}),
    ],
    ids=["plain", "chart", "elsewhere", "bloated", "built-in password", "LABEL", "Word inside"],
)
@pytest.mark.usefixtures("_parsed_here")
def test_a_workbook_is_read_however_it_is_put_together(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_parts, "LARGE", 100_000)
    assert rows(content) == [HEAD, ROW]


@pytest.mark.usefixtures("_parsed_here")
def test_a_bloated_sheet_is_thinned_and_one_that_stays_too_large_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(zip_parts, "LARGE", 100_000)
    monkeypatch.setattr(zip_parts, "MAX_UNPACKED", 200_000)
    content = rewritten(workbook(), bloated)
    assert rows(content) == [HEAD, ROW]
    monkeypatch.setattr(zip_parts, "LARGE", 10**9)
    _, (issue,) = reader.read_workbook(content, "台账.xlsx")
    assert issue.code == "bloated"
    assert "删除" in issue.remedy


@pytest.mark.usefixtures("_parsed_here")
def test_cells_without_references_are_not_thinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a cell stands is then told by those before it."""
    monkeypatch.setattr(zip_parts, "LARGE", 0)

    def bare(name: str, content: bytes) -> tuple[str, bytes]:
        content = content.replace(b'<c r="B1"', b"<c/><c/><c")
        return name, re.sub(rb'(<(?:c|row)) r="\w+"', rb"\1", content)

    assert rows(rewritten(workbook(), bare))[0] == ["编号", None, None, "标题"]


@pytest.mark.parametrize("password", ["2024", "永安"])
def test_a_real_password_is_told(password: str) -> None:
    _, (issue,) = reader.read_workbook(locked(password), "台账.xlsx")
    assert issue.code == "encrypted"


def test_a_web_archive_is_read_as_the_pages_in_it() -> None:
    page = "<html><body><table><tr><td>编号<td>标题<tr><td>2024001<td>关于甲的建议</table>"
    archive = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page + "\r\n--x--\r\n"
    ).encode()
    opened = foreign_files.read_foreign_file(archive, "旧台账.mht")
    assert isinstance(opened.workbook, RawWorkbook)
    assert [list(row) for row in opened.workbook.sheets[0].rows] == [HEAD, ROW]
    assert opened.container == "网页存档"
    assert "网页存档" in reader.read_workbook(archive, "台账.xls")[1][0].message


@pytest.mark.parametrize("name", ["永安镇台账（终稿）.xlsx", "建议台账 (1).xlsx"])
def test_the_register_is_found_by_its_mark(name: str, sample_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "永安镇2024"
    shutil.copytree(sample_folder, folder)
    (folder / "建议台账.xlsx").rename(folder / name)
    checked = reportgen.check(folder)
    assert not checked.errors
    assert checked.files[0].name == name
    send_back(checked, folder, tmp_path / "out")
    shutil.copy(folder / name, folder / "又一份.xlsx")
    with pytest.raises(WorkspaceError, match=r"不止一份台账.*又一份"):
        reportgen.check(folder)
    for path in folder.glob("*.xlsx"):
        path.unlink()
    with pytest.raises(WorkspaceError, match=r"没有“建议台账\.xlsx”"):
        reportgen.check(folder)
