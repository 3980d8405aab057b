"""What a workbook's bytes hold: sheet after sheet, and what acts by itself; in the process apart.

What a file is is told by its own directory (``ole``, ``zip_parts``; ``locked_files`` opens Excel's own
password) or its first bytes (``not_workbooks``); one module each reads what holds sheets (``xlsx``, ``xls``,
``ods``), ``raw_sheets`` says what one sees in them, and ``active_content`` what else is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from reportgen import ole
from reportgen.excel.read import active_content, locked_files, not_workbooks, xlsx, zip_parts
from reportgen.excel.read.raw_sheets import MAX_CELLS, MAX_FILE, find_too_long
from reportgen.excel.read.refusal import RefusedError, too_full, too_long_text
from reportgen.raw import RawSheet

Parsed = tuple[tuple[RawSheet, ...], tuple[str, ...]]
"""The sheets, and what acts by itself."""
MAX_NAME = 255
"""Letters of a sheet's name."""


def parse_workbook(content: bytes) -> Parsed:
    """The same as ``reader.read_report``, here and now; RefusedError, and whatever parsers raise."""
    sheets, acts = _open_container(content)
    return tuple(_limit_sheets(sheets)), acts


def _limit_sheets(sheets: Iterable[RawSheet]) -> Iterator[RawSheet]:
    """The sheets, as long as all of them together are no larger than one may be."""
    room = MAX_CELLS
    for sheet in sheets:
        room -= sum(map(len, sheet.rows)) + len(sheet.hidden_rows) + len(sheet.hidden_columns)
        if room < 0 or len(sheet.name) > MAX_NAME:
            raise too_full(sheet.name)
        if cell := find_too_long(sheet):
            raise too_long_text(sheet.name, cell)
        yield sheet


_Opened = tuple[Iterator[RawSheet], tuple[str, ...]]
"""The sheets, and what acts by itself."""


def _open_container(content: bytes) -> _Opened:
    if len(content) > MAX_FILE:
        raise RefusedError(f"文件太大，超过了{MAX_FILE // 2**20}MB")
    if content.startswith(b"PK"):
        return _open_package(content)
    if content.startswith(ole.MAGIC):
        return _open_ole(content)
    if content.startswith(_BARE_BIFF):
        return _open_biff((), content, content)
    raise not_workbooks.refusal_of_bytes(content)


_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
"""How workbooks of Excel 2 to 5 begin that stand in no OLE file."""


def _open_package(content: bytes) -> _Opened:
    parts = {path.lower(): part for path, part in zip_parts.unpack_parts(content).items()}
    if main := xlsx.find_main_part(parts):
        return xlsx.read_xlsx_sheets(parts, main), active_content.find_in_package(parts)
    if not parts.get("mimetype", b"").startswith(_ODS):
        raise not_workbooks.refusal_of_package(zip_parts.list_part_names(content))
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise RefusedError(code="encrypted")
    from reportgen.excel.read import ods  # noqa: PLC0415 (few workbooks are of LibreOffice)

    return ods.read_ods_sheets(parts), active_content.find_in_ods(parts)


_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def _open_ole(content: bytes) -> _Opened:
    try:
        names = ole.list_streams(content)
    except ValueError as error:
        raise RefusedError from error
    if "encryptedpackage" in names:
        inside = locked_files.drop_built_in_password(content)
        if not inside.startswith(b"PK"):
            raise RefusedError(code="encrypted")
        return _open_package(inside)
    if names.isdisjoint({"workbook", "book"}):
        raise locked_files.refusal_of_ole(names)
    return _open_biff(names, content, ole.read_stream(content, "workbook", "book"))


def _open_biff(names: Collection[str], content: bytes, book: bytes) -> _Opened:
    """``names``: the streams of its OLE file, ``book``: the one that holds the workbook."""
    from reportgen.excel.read import xls  # noqa: PLC0415 (xlrd is loaded when the first .xls comes)

    if names and xls.is_encrypted(content):
        content = locked_files.drop_built_in_password(content)
        book = ole.read_stream(content, "workbook", "book")
    return xls.read_xls_sheets(content), active_content.find_in_xls(names, book)
