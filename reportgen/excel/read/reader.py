"""Bytes of an .xlsx, .xls or .ods file → ``RawWorkbook``; nothing is interpreted.

Files come from anywhere, so nothing in them is trusted, least of all their names.  What a file is
is told by its own directory (``ole``, ``zip_parts``; ``locked_files`` opens Excel's own password) or its first
bytes (``not_workbooks``); one module each
reads what holds sheets (``xlsx``, ``xls``, ``ods``), ``raw_sheets`` says what one sees in them, and
``active_content`` what else is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import cast

from reportgen import ole
from reportgen.data import RawSheet, RawWorkbook
from reportgen.excel.read import (
    active_content,
    child,
    locked_files,
    not_workbooks,
    ods,
    xls,
    xlsx,
    zip_parts,
)
from reportgen.excel.read.raw_sheets import MAX_CELLS, too_long
from reportgen.excel.read.refusal import RefusedError, too_full, too_long_text
from reportgen.issues import Issue

__all__ = ["MAX_CELLS", "MAX_FILE", "read"]

MAX_FILE = 50 * 2**20
"""Bytes of a file."""
MAX_NAME = 255
"""Letters of a sheet's name."""


def read(content: bytes, file: str) -> tuple[RawWorkbook | None, tuple[Issue, ...]]:
    """The workbook in ``content``, or None and the issue that says why it cannot be read.

    Every sheet is read, hidden ones too.  Empty cells are None; errors, formulas without a stored
    result and pictures in cells stand in ``RawSheet.odd``, what one sees otherwise than it is
    stored in ``RawSheet.shown``.  Never raises, whatever the bytes are.
    """
    try:
        sheets, acts = _parsed(content)
    except RefusedError as refused:
        return None, (refused.issue(file),)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 (a panic inside calamine is not an Exception)
        return None, (unforeseen(error).issue(file),)
    return RawWorkbook(file, sheets, acts), ()


Parsed = tuple[tuple[RawSheet, ...], tuple[str, ...]]
"""The sheets, and what acts by itself."""


def parse(content: bytes) -> Parsed:
    """The same here and now, in this process; raises RefusedError, and whatever parsers raise."""
    sheets, acts = _opened(content)
    return tuple(_counted(sheets)), acts


def unforeseen(error: BaseException) -> RefusedError:
    """What is said of a file at which something else went wrong than a parser's refusal of it.

    Parsers raise anything at damaged files.  A module that is missing or too old is none of the
    file's fault, nor is an AttributeError of our own code.
    """
    if isinstance(error, MemoryError):
        return RefusedError("内存不够，它展开后太大")
    if isinstance(error, ImportError) or (isinstance(error, _OURS) and _is_here(error)):
        return RefusedError(f"程序读它时出了意外，这是软件的问题（{error.__class__.__name__}）")
    return RefusedError()


_OURS = (AttributeError, NameError, AssertionError, NotImplementedError)


def _is_here(error: BaseException) -> bool:
    """Whether it was raised in this package."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return frame is not None and frame.tb_frame.f_globals.get("__name__", "").startswith(_PACKAGE)


_PACKAGE = __name__.partition(".")[0]


def _parsed(content: bytes) -> Parsed:
    """In a process apart, where it cannot be told beforehand what parsing takes."""
    if content.startswith((ole.MAGIC, *_BARE_BIFF)) and len(content) <= MAX_FILE:
        with suppress(child.NoProcessError):
            return cast("Parsed", child.parsed(content))
    return parse(content)


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
        return xls.sheets(content), active_content.in_xls((), content)
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
    if xls.is_encrypted(content):
        content = locked_files.without_built_in_password(content)
    return xls.sheets(content), active_content.in_xls(
        names, ole.stream(content, "workbook", "book")
    )
