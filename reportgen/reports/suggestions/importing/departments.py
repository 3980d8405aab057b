"""Who handles an item, by what a ledger says: 主办部门, 协办部门 and 办理方式."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.ledger.model import LedgerCell, LedgerRecord, LedgerTable, Matter
from reportgen.ledger.remarks import RemarkLog
from reportgen.reports.suggestions.importing.names_in_cells import (
    CellDepartments,
    DistinctNames,
    read_departments,
)
from reportgen.reports.suggestions.importing.return_rows import ImportedRow
from reportgen.schema.columns import clean_name


class LedgerDepartments:
    """The departments of a ledger; ``names``: those met so far."""

    def __init__(self, table: LedgerTable, log: RemarkLog) -> None:
        self.names = DistinctNames()
        self._table, self._log = table, log
        self._said_above = "\n".join(table.above)

    def of_row(self, record: LedgerRecord, *, several: bool) -> CellDepartments:
        """The departments that one row names, each in the spelling that stands for it."""
        first = [read_departments(c.text) for c in record.all("主办部门") if c.value]
        second = [read_departments(c.text) for c in record.all("协办部门") if c.value]
        leads = [name for one in first for name in (*one.leads, *one.plain)]
        helpers = [name for one in first for name in one.helpers]
        helpers += [name for one in second for name in one.names]
        for cell in (*record.all("主办部门"), *record.all("协办部门")):
            note_dropped_spaces(self._log, cell, "、".join((*leads, *helpers)))
        if several and _is_helper(record):
            leads, helpers = [], [*leads, *helpers]
        return CellDepartments(
            tuple(map(self.names.add, leads)), tuple(map(self.names.add, helpers))
        )

    def of_item(
        self, records: Sequence[LedgerRecord], found: Sequence[CellDepartments]
    ) -> ImportedRow:
        """办理方式, 主办部门 and 协办部门."""
        leads = list(dict.fromkeys(name for one in found for name in one.leads))
        helpers = [name for one in found for name in one.helpers if name not in leads]
        stated, several = _find_stated_manner(records), len(records) > 1
        cell = next(iter(cells_of(records, "主办部门")), None)
        if several:
            done = "编号和标题相同（或合并在一格里）的几行，合为一件"
            self._log.assume(done, [record.row for record in records])
        if not leads and not self._table.has("主办部门"):
            leads = self._department_above()
        if (helpers and not leads and several) or (stated == "主办协办" and len(leads) > 1):
            leads, helpers = [*leads, *helpers][:1], [*leads, *helpers][1:]
            if cell:
                done = f"只知道是会办，按第一个“{leads[0]}”为主办、其余为协办填写"
                self._log.say(Matter.GUESS, cell, "主办部门", done)
        manner = self._fitting(stated, leads, helpers, cell)
        helpers = list(dict.fromkeys(helpers))
        return {
            "办理方式": manner,
            "主办部门": tuple(leads) or None,
            "协办部门": tuple(helpers) or None,
        }

    def _fitting(
        self, stated: object, leads: Sequence[str], helpers: Sequence[str], cell: LedgerCell | None
    ) -> object:
        """办理方式 as stated; by how many departments there are, if nothing or 独办 is stated."""
        alone = "主办协办" if helpers else "独办"
        fitting = ("分办" if len(leads) > 1 else alone) if leads else None
        if fitting is None or (stated and (stated == fitting or stated != "独办")):
            return stated
        if stated and cell:
            done = f"写的是独办，但不止一个单位，按“{fitting}”填写"
            self._log.say(Matter.GUESS, cell, "办理方式", done)
        elif fitting == "分办" and cell:
            done = "列了几个单位而没有分主办、协办，按“分办”填写"
            self._log.say(Matter.GUESS, cell, "办理方式", done)
        else:
            self._log.assume(f"没有写明办理方式，按部门填写“{fitting}”")
        return fitting

    def _department_above(self) -> list[str]:
        """The department that a line above the header names as the one who filled the ledger in."""
        said = _FILLED_IN_BY.search(self._said_above)
        if not said:
            return []
        name = self.names.add(clean_name(said[1]))
        self._log.assume(f"没有主办部门一栏，按表头上方的“{said[0].strip()}”填写“{name}”")
        return [name]


def cells_of(records: Sequence[LedgerRecord], name: str) -> list[LedgerCell]:
    """A field's cells in the rows of one item, a cell merged over several rows once."""
    cells = {cell.place: cell for record in records for cell in record.all(name)}
    return list(cells.values())


def note_dropped_spaces(log: RemarkLog, cell: LedgerCell, names: str) -> None:
    """Say that spaces inside names were dropped, if this cell had any."""
    pieces = (clean_name(piece) for piece in re.findall(r"\S(?:[ \u3000]+\S)+", cell.text))
    if any(piece in names for piece in pieces):
        log.assume("姓名和部门名称中间的空格已去掉", [cell.row])


_FILLED_IN_BY = re.compile(
    r"(?:填表|填报|承办|主办|办理)(?:单位|部门)(?:[(（]?盖?章?[)）])?[:：]\s*([^\s:：;；,，(（]{2,})"
)


def _find_stated_manner(records: Sequence[LedgerRecord]) -> object:
    """The manner stated; of an item in several rows only if each of them says 分办."""
    found = [record.value("办理方式") for record in records]
    agreed = len(set(found)) == 1 and (len(records) == 1 or found[0] == "分办")
    return found[0] if agreed else None


def _is_helper(record: LedgerRecord) -> bool:
    """Whether the row is that of a helper: 会办 or 协办, where leads have rows of their own."""
    text = record.text("办理方式")
    return bool(re.search("协办|会办", text)) and "主办" not in text
