"""Bytes of an .xlsx, .xls or .ods file → ``RawWorkbook``; nothing is interpreted.

Files come from anywhere, so nothing in them is trusted, least of all their names.  They are parsed
(``parsing``) in a process apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from reportgen.excel.read import child
from reportgen.excel.read.raw_sheets import MAX_FILE
from reportgen.excel.read.refusal import RefusedError
from reportgen.issues import Issue
from reportgen.processes import NoProcessError
from reportgen.raw import RawWorkbook

if TYPE_CHECKING:
    from reportgen.excel.read.parsing import Parsed


def read_workbook(content: bytes, file: str) -> tuple[RawWorkbook | None, tuple[Issue, ...]]:
    """The workbook in ``content``, or None and the issue that says why it cannot be read.

    Every sheet is read, hidden ones too.  Empty cells are None; errors, formulas without a stored
    result and pictures in cells stand in ``RawSheet.odd``, what one sees otherwise than it is
    stored in ``RawSheet.shown``.  Never raises, whatever the bytes are.
    """
    try:
        sheets, acts = cast("Parsed", parse_apart("workbook", content[: MAX_FILE + 1]))
    except RefusedError as refused:
        return None, (tell_refusal(refused, file),)
    return RawWorkbook(file, sheets, acts), ()


def tell_refusal(refused: RefusedError, file: str) -> Issue:
    """What is said of the file."""
    return Issue(refused.code, file, details={"reason": refused.reason})


def parse_apart(job: child.ParserTask, content: bytes) -> object:
    """What the job makes of a file in the process apart; where there can be none, here.

    Raises:
        RefusedError: it cannot be read, or takes too much.
    """
    try:
        found = child.parse_in_child(job, content)
    except NoProcessError:
        from reportgen.excel.read import child_parser  # noqa: PLC0415 (it loads every parser)

        found = child_parser.run_job(job, content)
    if isinstance(found, RefusedError):
        raise found
    return found
