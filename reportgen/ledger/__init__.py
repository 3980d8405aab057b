"""Ledgers that are not our form: which column means what, which rows are records.

Driven by declarations (``model.LedgerField``); it knows no report.  The steps, one module each:
``visible_cells`` (what one sees in the cells), ``heading_match`` (what a heading means), ``header`` (where the
headings stand), ``blocks`` (several headers, several sheets), ``records`` (which rows are records, and
what their cells hold), ``dates`` (dates as people write them), ``explanation`` (what was read,
guessed and left out, for the user).
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.errors import LedgerError
from reportgen.ledger.blocks import find_blocks, split_by_layout
from reportgen.ledger.header import LedgerHeader, find_header
from reportgen.ledger.model import LedgerField, LedgerTable
from reportgen.ledger.records import read_blocks
from reportgen.ledger.visible_cells import to_seen_sheet
from reportgen.raw import RawWorkbook
from reportgen.steps import Step


def read_ledger(
    workbook: RawWorkbook, fields: tuple[LedgerField, ...], sheet: str = ""
) -> LedgerTable:
    """The ledger in a workbook: the sheet asked for, else that with most columns recognised.

    Further sheets with the same headings belong to it, unless one was asked for.

    LedgerError if no sheet has the essential fields, or none of its rows is a record.
    """
    sheets = [to_seen_sheet(raw) for raw in workbook.sheets if sheet in ("", raw.name)]
    if not sheets:
        names = "、".join(f"“{raw.name}”" for raw in workbook.sheets)
        raise LedgerError(f"“{workbook.file}”里没有工作表“{sheet}”，只有{names}。请核对名称。")
    headers = [(raw, header) for raw in sheets if (header := find_header(raw, fields))]
    usable = [(raw, header) for raw, header in headers if header.is_complete(fields)]
    if not usable:
        raise LedgerError(
            _explain_no_ledger(workbook.file, [header for _, header in headers], fields)
        )
    best = max(usable, key=lambda found: found[1].score)
    together, apart = split_by_layout(best, [found for found in usable if found is not best])
    blocks = [
        block
        for number, (raw, header) in enumerate(together)
        for block in find_blocks(raw, header, fields, number)
    ]
    others = tuple(f"“{raw.name}”（认出{header.score}栏）" for raw, header in apart)
    table = read_blocks(workbook.file, blocks, fields, others)
    if not table.records:
        raise LedgerError(
            f"“{workbook.file}”的工作表“{best[0].name}”里，第{best[1].rows[1]}行的表头下面没有可以导入的行。"
            f"请核对是不是这张表；要别的表的，{Step.ONE_SHEET}。"
        )
    return table


def _explain_no_ledger(
    file: str, headers: Sequence[LedgerHeader], fields: tuple[LedgerField, ...]
) -> str:
    """Why nothing in the file is a ledger, and what to do."""
    needed = next(one for one in fields if one.essential)
    titles = "、".join(f"“{title}”" for title in needed.titles[:4])
    how = f"请确认台账逐件登记，并把表头中相应的一栏改为“{needed.name}”（或{titles}）后再导入。"
    if not headers:
        return f"“{file}”里没有找到台账的表头。{how}"
    best = max(headers, key=lambda header: header.score)
    names = "、".join(dict.fromkeys(f"“{mapped.title}”" for mapped in best.mapped[:5]))
    return (
        f"“{file}”第{best.rows[1]}行像是表头（认出了{names}），但没有“{needed.name}”一栏，"
        f"可能是按单位汇总的统计表，不能当作台账导入。{how}"
    )
