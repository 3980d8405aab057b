"""Ledgers that are not our form: which column means what, which rows are records.

Driven by declarations (``model.Field``); it knows no report.  The steps, one module each:
``titles`` (what a heading means), ``header`` (where the headings stand), ``rows`` (which rows are
records, and what their cells hold), ``days`` (dates as people write them), ``explanation`` (what
was read, guessed and left out, for the user).
"""

from __future__ import annotations

from reportgen.data import RawWorkbook
from reportgen.errors import LedgerError
from reportgen.ledger.header import Header, find_header
from reportgen.ledger.model import Field, Table
from reportgen.ledger.rows import year_of, read_rows


def read_table(workbook: RawWorkbook, fields: tuple[Field, ...], sheet: str = "") -> Table:
    """The ledger in a workbook: the sheet asked for, else that with most columns recognised.

    The first of ``fields`` whose ``essential`` is set must be there; LedgerError if it is not.
    """
    sheets = [raw for raw in workbook.sheets if sheet in ("", raw.name)]
    if not sheets:
        names = "、".join(f"“{raw.name}”" for raw in workbook.sheets)
        raise LedgerError(f"“{workbook.file}”里没有工作表“{sheet}”，只有{names}。请核对名称。")
    headers = [(raw, header) for raw in sheets if (header := find_header(raw, fields))]
    usable = [(raw, header) for raw, header in headers if header.is_complete(fields)]
    if not usable:
        raise LedgerError(_not_recognised(workbook.file, [header for _, header in headers], fields))
    raw, header = max(usable, key=lambda found: found[1].score)
    others = tuple(
        f"{other.name}（认出{len(found.mapped)}栏）" for other, found in usable if other is not raw
    )
    return read_rows(workbook.file, raw, header, fields, others)
