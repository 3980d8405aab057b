"""Bytes of a ledger that is not our form → ``RawWorkbook``: workbooks, web pages, plain text.

What a file is called says nothing: an export named .xls is often a web page.  Workbooks go to
``reader``, everything else to ``text_files``, in the process apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from reportgen.excel.read import reader
from reportgen.excel.read.raw_sheets import MAX_FILE
from reportgen.excel.read.refusal import RefusedError
from reportgen.issues import Issue
from reportgen.raw import RawWorkbook

if TYPE_CHECKING:
    from reportgen.excel.read.text_files import ParsedText


@dataclass(frozen=True)
class OpenedLedger:
    """A file as opened: ``workbook`` is None where it cannot be read, ``issues`` then say why.

    ``container`` tells in words what the file turned out to be; ``notes`` what had to be assumed
    to read it.
    """

    workbook: RawWorkbook | None
    container: str = ""
    issues: tuple[Issue, ...] = ()
    notes: tuple[str, ...] = ()


def read_foreign_file(content: bytes, file: str) -> OpenedLedger:
    """Whatever holds a table; never raises, whatever the bytes are."""
    if not content.startswith(_WORKBOOKS) and len(content) <= MAX_FILE:
        try:
            text = cast("ParsedText | None", reader.parse_apart("text", content))
        except RefusedError as refused:
            return OpenedLedger(None, issues=(reader.tell_refusal(refused, file),))
        if text is not None:
            return OpenedLedger(RawWorkbook(file, text.sheets), text.container, notes=text.notes)
    workbook, issues = reader.read_workbook(content, file)
    return OpenedLedger(workbook, "电子表格", issues, tuple(_acting(workbook)))


def _acting(workbook: RawWorkbook | None) -> Iterator[str]:
    """What in a ledger acts by itself is told as of a return."""
    if workbook is not None and workbook.active:
        found = "、".join(workbook.active)
        yield f"这个文件里有{found}；没有运行，也没有导入，请核对它的来源"


_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
