"""Bytes of an .xlsx, .xls or .ods file → ``RawWorkbook``; nothing is interpreted.

Files come from anywhere, so nothing in them is trusted.  A package (.xlsx, .ods) is unpacked here
within limits, and python-calamine reads only what was unpacked; an .xlsx sheet whose cells lie too
far apart is refused beforehand, because calamine would claim memory for every cell between them.
.xls and .ods are read in a process of their own: a damaged .xls can make calamine abort.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection

import python_calamine

from reportgen.data import RawSheet, RawWorkbook, Value
from reportgen.excel import biff
from reportgen.excel.sheetxml import elements, percent_styles, second_look
from reportgen.issues import Issue

MAX_FILE = 50 * 2**20
"""Bytes of a file."""
MAX_UNPACKED = 256 * 2**20
"""Bytes of all XML parts of a package together."""
MAX_PARTS = 10_000
"""Parts of a package."""
MAX_CELLS = 4_000_000
"""Cells of the rectangle that a sheet's content spans."""
MAX_SECONDS = 60
"""For reading one .xls or .ods."""


def read(content: bytes, file: str) -> tuple[RawWorkbook | None, tuple[Issue, ...]]:
    """The workbook in ``content``, or None and the issue that says why it cannot be read.

    Every sheet is read, hidden ones too.  Empty cells are None; errors and formulas without a
    stored result (.xlsx only) stand in ``RawSheet.odd``.  In .xlsx, a number shown as a percentage
    comes as people see it, as the text ``85%``.  Never raises, whatever the bytes are.
    """
    try:
        return RawWorkbook(file, tuple(_sheets(content))), ()
    except _RefusedError as refused:
        return None, (Issue(refused.code, file, details={"reason": refused.reason}),)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 (a panic inside calamine is not an Exception)
        return None, (Issue("unreadable", file, details={"reason": _DAMAGED}),)


_DAMAGED = "文件已损坏或不完整"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_SUSPICIOUS = tuple(
    re.compile(pattern)  # several plain searches are ten times as fast as one with alternatives
    for pattern in (rb"<f[\s/>]", rb":[cf][\s/>]", rb"""t=["']e["']""")
)
"""Formulas, errors, and names of elements with a prefix, in a sheet's XML."""
_OUTSIDE = tuple(
    re.compile(rb"""<c\b(?! r=["']""" + cell + rb"""["'])""")
    for cell in (rb"[A-Z][12]?\d{1,5}", rb"[A-Z]{1,2}\d{1,4}")
)
"""A cell outside A1:Z299999, and one outside A1:ZZ9999: a sheet within either is small enough."""

_Odd = Mapping[tuple[int, int], str]
_Range = tuple[tuple[int, int], tuple[int, int]]
_Table = tuple[str, tuple[int, int], Sequence[Sequence[Value]], Sequence[_Range]]
"""A sheet as calamine gives it: name, position of the first cell counted from 0, rows, merged
ranges."""


class _RefusedError(Exception):
    """Why a file is not read: a reason in plain Chinese and an issue code."""

    def __init__(self, reason: str = _DAMAGED, code: str = "unreadable") -> None:
        super().__init__(reason, code)
        self.reason, self.code = reason, code


def _sheets(content: bytes) -> Iterator[RawSheet]:
    if len(content) > MAX_FILE:
        raise _RefusedError(f"文件太大，超过了{MAX_FILE // 2**20}MB")
    if content.startswith(b"PK"):
        return _of_package(_unpack(content))
    if not content.startswith(_OLE):
        raise _RefusedError(_what_else(content))
    if "EncryptedPackage".encode("utf-16-le") in content or biff.is_encrypted(content):
        raise _RefusedError(code="encrypted")
    if "WordDocument".encode("utf-16-le") in content:
        raise _RefusedError("它是 Word 文档，不是 Excel 工作簿")
    tables = _tables_apart(content)
    return (_raw_sheet(*found) for found in zip(tables, biff.errors(content), strict=True))


def _of_package(parts: Mapping[str, bytes]) -> Iterator[RawSheet]:
    by_path = {path.lower(): part for path, part in parts.items()}
    if "xl/workbook.xml" in by_path:
        percent = percent_styles(by_path.get("xl/styles.xml", b""))
        looks = {name: _look(name, xml, percent) for name, xml in _sheet_parts(by_path)}
        tables = _tables(_repack(parts))
        return (_raw_sheet(table, *looks.get(table[0], ())) for table in tables)
    if not by_path.get("mimetype", b"").startswith(_ODS):
        raise _RefusedError(_what_package(by_path))
    if b"encryption-data" in by_path.get("meta-inf/manifest.xml", b""):
        raise _RefusedError(code="encrypted")
    if b':value-type="error"' in by_path.get("content.xml", b""):
        raise _RefusedError("表里有 #REF! 之类的错误值，请先改正")
    return (_raw_sheet(table) for table in _tables_apart(_repack(parts)))


def _raw_sheet(table: _Table, odd: _Odd | None = None, shown: _Odd | None = None) -> RawSheet:
    """``odd`` as in RawSheet; ``shown``: the text of cells that people see otherwise."""
    name, (row, column), lines, ranges = table
    cells = [[None if value == "" else value for value in line] for line in lines]
    for spot, text in (shown or {}).items():
        cells[spot[0] - row - 1][spot[1] - column - 1] = text
    merged = [(r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in ranges]
    return RawSheet(name, cells, row + 1, column + 1, odd or {}, merged)


# calamine


def _tables(content: bytes) -> Iterator[_Table]:
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    yield _table(workbook.get_sheet_by_name(sheet.name))
    except python_calamine.PasswordError as error:
        raise _RefusedError(code="encrypted") from error


def _table(sheet: python_calamine.CalamineSheet) -> _Table:
    if sheet.height * sheet.width > MAX_CELLS:
        raise _too_wide(sheet.name)
    merged = sheet.merged_cell_ranges or ()
    return sheet.name, sheet.start or (0, 0), sheet.to_python(), list(merged)


def _tables_apart(content: bytes) -> list[_Table]:
    """The same, read in another process, which may die of it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_send_tables, args=(content, theirs), daemon=True)
    child.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(MAX_SECONDS) else _RefusedError("读取时间过长")
    except EOFError as error:
        raise _RefusedError from error
    finally:
        child.kill()
        child.join()
    if isinstance(answer, _RefusedError):
        raise answer
    return list(answer)


def _send_tables(content: bytes, pipe: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # calamine's dying words are not for the user
    try:
        pipe.send(list(_tables(content)))
    except _RefusedError as refused:
        pipe.send(refused)


# packages


def _unpack(content: bytes) -> dict[str, bytes]:
    """The XML parts of a package by path, none longer than it declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            wanted = [entry for entry in entries if _is_wanted(entry.filename)]
            size = sum(entry.file_size for entry in wanted)
            if len(entries) > MAX_PARTS or size > MAX_UNPACKED:
                raise _RefusedError("展开后的内容过大，不像正常的表格")
            return {_path(entry.filename): package.read(entry) for entry in wanted}
    except zipfile.BadZipFile as error:
        raise _RefusedError from error


def _is_wanted(name: str) -> bool:
    """Whether a part may be needed; pictures are not even unpacked."""
    return name.lower().endswith((".xml", ".rels", "mimetype"))


def _path(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _repack(parts: Mapping[str, bytes]) -> bytes:
    """A package of the unpacked parts alone: what calamine reads has been measured."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for path, part in parts.items():
            package.writestr(path, part)
    return buffer.getvalue()


def _sheet_parts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Name and XML of each sheet of an .xlsx."""
    targets = {
        relation["Id"]: relation["Target"]
        for relation in elements(parts["xl/_rels/workbook.xml.rels"], "Relationship")
    }
    for sheet in elements(parts["xl/workbook.xml"], "sheet"):
        path = posixpath.normpath(posixpath.join("/xl", targets[sheet["id"]])).lower()
        yield sheet["name"], parts.get(path.lstrip("/"), b"") or parts.get(path[4:], b"")


def _look(name: str, xml: bytes, percent: Collection[str]) -> tuple[_Odd, _Odd]:
    """The sheet's odd cells, and its percentages as shown.

    Most sheets hold nothing that asks for going through them.
    """
    styled = any(f' s="{style}"'.encode() in xml for style in percent)
    is_near = not all(sign.search(xml) for sign in _OUTSIDE)
    if is_near and not styled and not any(sign.search(xml) for sign in _SUSPICIOUS):
        return {}, {}
    look = second_look(xml, percent)
    if look.span > MAX_CELLS:
        raise _too_wide(name)
    return look.odd, look.shown


# why not


def _too_wide(sheet: str) -> _RefusedError:
    return _RefusedError(f"工作表“{sheet}”中有内容的格子相隔太远，请先删去表格以外的内容")


def _what_package(parts: Mapping[str, bytes]) -> str:
    if any(path.startswith("word/") for path in parts):
        return "它是 Word 文档，不是 Excel 工作簿"
    if "xl/_rels/workbook.bin.rels" in parts:
        return "它是二进制格式（.xlsb）的工作簿"
    return "它是压缩文件，不是 Excel 工作簿"


def _what_else(content: bytes) -> str:
    head = content[:4000].replace(b"\0", b"").lower()
    for sign, reason in _SIGNS:
        if sign in head:
            return reason
    if not content.strip(b"\0 \r\n\t"):
        return "文件是空的"
    is_text = all(byte >= 32 or byte in b"\t\r\n" for byte in head) and b"\0" not in content[:4000]
    return "它是文本文件，不是 Excel 工作簿" if is_text else "它不是 Excel 工作簿，或者已经损坏"


_WEB = "它其实是网页，只是扩展名写成了 Excel 的"
_SIGNS = (
    (b"schemas-microsoft-com:office:spreadsheet", "它是 XML 表格，不是 Excel 工作簿"),
    (b"<html", _WEB),
    (b"<table", _WEB),
    (b"%pdf-", "它是 PDF 文件，不是 Excel 工作簿"),
)
