"""What a workbook's bytes hold: sheet after sheet, and what acts by itself; in the process apart.

What a file is is told by its own directory (``ole``, ``zip_parts``; ``locked_files`` opens Excel's own
password) or its first bytes (``not_workbooks``); one module each reads what holds sheets (``xlsx``, ``xls``,
``ods``), ``raw_sheets`` says what one sees in them, and ``active_content`` what else is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from reportgen import ole
from reportgen.data import RawSheet
from reportgen.excel.read import active_content, locked_files, not_workbooks, ods, xlsx, zip_parts
from reportgen.excel.read.raw_sheets import MAX_CELLS, MAX_FILE, too_long
from reportgen.excel.read.refusal import RefusedError, too_full, too_long_text

Parsed = tuple[tuple[RawSheet, ...], tuple[str, ...]]
"""The sheets, and what acts by itself."""
MAX_NAME = 255
"""Letters of a sheet's name."""


def parse(content: bytes) -> Parsed:
    """The same as ``reader.read``, here and now; RefusedError, and whatever parsers raise."""
    sheets, acts = _opened(content)
    return tuple(_counted(sheets)), acts


def _counted(sheets: Iterable[RawSheet]) -> Iterator[RawSheet]:
    """The sheets, as long as all of them together are no larger than one may be."""
    room = MAX_CELLS
    for sheet in sheets:
        room -= sum(map(len, sheet.rows)) + len(sheet.hidden_rows) + len(sheet.hidden_columns)
        if room < 0 or len(sheet.name) > MAX_NAME:
            raise too_full(sheet.name)
        if cell := too_long(sheet):
            raise too_long_text(sheet.name, cell)
        yield sheet


_Opened = tuple[Iterator[RawSheet], tuple[str, ...]]
"""The sheets, and what acts by itself."""


def _opened(content: bytes) -> _Opened:
    if len(content) > MAX_FILE:
        raise RefusedError(f"文件太大，超过了{MAX_FILE // 2**20}MB")
    if content.startswith(b"PK"):
        return _of_package(content)
    if content.startswith(ole.MAGIC):
        return _of_ole(content)
    if content.startswith(_BARE_BIFF):
        return _of_biff((), content, content)
    raise not_workbooks.refused(content)


_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
"""How workbooks of Excel 2 to 5 begin that stand in no OLE file."""


def _of_package(content: bytes) -> _Opened:
    parts = {path.lower(): part for path, part in zip_parts.unpack(content).items()}
    if main := xlsx.main_part(parts):
        return xlsx.sheets(parts, main), active_content.in_package(parts)
    if not parts.get("mimetype", b"").startswith(_ODS):
        raise not_workbooks.refused_package(zip_parts.names(content))
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise RefusedError(code="encrypted")
    return ods.sheets(parts), active_content.in_ods(parts)


_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def _of_ole(content: bytes) -> _Opened:
    try:
        names = ole.streams(content)
    except ValueError as error:
        raise RefusedError from error
    if "encryptedpackage" in names:
        inside = locked_files.without_built_in_password(content)
        if not inside.startswith(b"PK"):
            raise RefusedError(code="encrypted")
        return _of_package(inside)
    if names.isdisjoint({"workbook", "book"}):
        raise locked_files.what_else(names)
    return _of_biff(names, content, ole.stream(content, "workbook", "book"))


def _of_biff(names: Collection[str], content: bytes, book: bytes) -> _Opened:
    """``names``: the streams of its OLE file, ``book``: the one that holds the workbook."""
    from reportgen.excel.read import xls  # noqa: PLC0415 (xlrd is loaded when the first .xls comes)

    if names and xls.is_encrypted(content):
        content = locked_files.without_built_in_password(content)
        book = ole.stream(content, "workbook", "book")
    return xls.sheets(content), active_content.in_xls(names, book)
