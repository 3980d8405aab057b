"""A ledger as read → the register's rows and, for results of handling, the departments' returns.

What the ledger does not say stays empty for the office to fill; what had to be inferred, and what
found no place in our forms, is said in a remark, and the original words are kept in 备注.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reportgen.ledger.model import LedgerCell, LedgerRecord, LedgerTable, Matter, TransferResult
from reportgen.ledger.remarks import RemarkLog
from reportgen.reports.suggestions.importing.departments import (
    LedgerDepartments,
    cells_of,
    note_dropped_spaces,
)
from reportgen.reports.suggestions.importing.field_aliases import NO_PLACE
from reportgen.reports.suggestions.importing.names_in_cells import (
    DistinctNames,
    find_alike_names,
    find_alike_people,
    is_person,
    read_deputies,
)
from reportgen.reports.suggestions.importing.return_rows import (
    HANDLING,
    NO_COLUMN,
    GatheredReturns,
    ImportedRow,
    quote_cell,
)
from reportgen.reports.suggestions.sheets.vocabulary import USUAL_RATINGS
from reportgen.reports.suggestions.sheets.workbooks import REGISTER
from reportgen.schema.columns import clean_name, normalise_name

_COLUMNS = REGISTER.sheet("建议台账").columns
_SAME = (
    "来源", "提出日期", "交办日期", "重点督办", "签收日期", "延期答复", "转建议", "并案主件",
    "主要诉求", "公开属性",
)  # fmt: skip
"""Columns of the register that take a field's value as it is."""
_OF_THE_ITEM = (*_SAME, "类别", "专题")
"""Fields of which an item has one value, also if several rows tell of it."""


def transfer_ledger(table: LedgerTable) -> TransferResult:
    """Everything in the ledger, item by item."""
    work = _LedgerTransfer(table)
    numbers = work.numbers()
    rows = [work.item(records, numbers) for records in _group_records(table, numbers)]
    register = {**work.lists(), "建议台账": rows}
    returns = work.returns.completed()
    work.look_around(rows)
    missing = [c.name for c in _COLUMNS if c.required and not any(row.get(c.name) for row in rows)]
    summary = work.summary(rows, len(returns))
    return TransferResult(register, returns, work.log.remarks(), summary, missing)


def _group_records(table: LedgerTable, numbers: Mapping[int, str]) -> list[list[LedgerRecord]]:
    """The records of one item together: held by a merged cell, or of equal number and title."""
    groups: dict[object, list[LedgerRecord]] = {}
    keys: dict[int, object] = {}
    for record in table.records:
        title, number = normalise_name(str(record.value("标题") or "")), numbers[record.first]
        key = keys.get(record.of) or ((number, title) if number and title else record.row)
        keys[record.row] = key
        groups.setdefault(key, []).append(record)
    return list(groups.values())


class _LedgerTransfer:
    """The work on one ledger: the names met so far, what was said, the returns."""

    def __init__(self, table: LedgerTable) -> None:
        self.table = table
        self.log = RemarkLog(table)
        self.returns = GatheredReturns(self.log)
        self.units = LedgerDepartments(table, self.log)
        self.deputies, self.themes = DistinctNames(), DistinctNames()
        self._about: dict[str, ImportedRow] = {}
        sessions = {str(cell.value) for name, cell in table.cells() if name == "届次"}
        self._sessions = sorted(sessions)

    # one item

    def item(self, records: Sequence[LedgerRecord], numbers: Mapping[int, str]) -> ImportedRow:
        """One row of the register; what was done about it goes into the returns."""
        first, several = records[0], len(records) > 1
        told = [(record, self.units.of_row(record, several=several)) for record in records]
        row: ImportedRow = {"编号": numbers[first.first] or None, "标题": self._title(first)}
        row |= {"类别": self._kind(first, row), "专题": self._theme(first)}
        row |= {name: first.value(name) for name in _SAME}
        row["来源"] = row["来源"] or self._session(first)
        row["重点督办"] = row["重点督办"] or self._important(first)
        people, kept = self._proposers(records)
        row |= people | self.units.of_item(records, [names for _, names in told])
        self._say_flaws(records, placed=bool(row["编号"] and row["主办部门"]))
        named = [(record, names.names) for record, names in told]
        kept += self.returns.hand_over(row, named, several=several)
        row["备注"] = self._note(records, kept)
        return row

    def _title(self, record: LedgerRecord) -> str | None:
        title = record.value("标题")
        found = re.fullmatch(r"《([^《》]*)》", str(title)) if title else None
        if found:
            self.log.assume("标题外面的书名号已去掉", [record.row])
        return found[1] if found else (str(title) if title else None)

    def _kind(self, record: LedgerRecord, row: ImportedRow) -> str:
        if stated := record.value("类别"):
            return str(stated)
        heading = _read_heading(record.section)
        if heading in _KINDS:
            self.log.assume(f"类别按小标题“{record.section}”填写“{_KINDS[heading]}”", [record.row])
            return _KINDS[heading]
        if str(row["标题"] or "").endswith("议案"):
            self.log.assume("原表没有写明类别，标题以“议案”结尾的填写“议案”", [record.row])
            return "议案"
        self.log.assume("原表没有写明类别，按“建议”填写", [record.row])
        return "建议"

    def _theme(self, record: LedgerRecord) -> str | None:
        if stated := record.value("专题"):
            return self.themes.add(str(stated))
        heading = _read_heading(record.section)
        if self.table.has("专题") or not heading or heading in _KINDS:
            return None
        self.log.assume(f"专题按小标题“{record.section}”填写“{heading}”", [record.row])
        return self.themes.add(heading)

    def _session(self, record: LedgerRecord) -> str | None:
        found = re.search("闭会|大会期间|会议期间", record.above)
        if self.table.has("来源") or not found:
            return None
        value = "闭会" if found[0] == "闭会" else "大会"
        self.log.assume(f"来源按表头上方的“{found[0]}”填写“{value}”")
        return value

    def _important(self, record: LedgerRecord) -> str | None:
        found = re.search("重点(督办)?(代表)?(议案|建议)", record.above)
        if self.table.has("重点督办") or not found:
            return None
        self.log.assume(f"重点督办按表头上方的“{found[0]}”填写“是”")
        return "是"

    def _say_flaws(self, records: Sequence[LedgerRecord], *, placed: bool) -> None:
        for name, cell in (
            (n, c) for record in records for n, cs in record.cells.items() for c in cs
        ):
            where = "填报表的备注" if name in HANDLING and placed else "备注"
            if cell.flaw:
                done = f"{cell.flaw}，没有填入，原文记入{where}"
                self.log.say(Matter.UNREAD, cell, name, done)
            elif cell.guess:
                self.log.say(Matter.GUESS, cell, name, cell.guess)

    def _note(self, records: Sequence[LedgerRecord], kept: Sequence[str]) -> str | None:
        """The item's own 备注, and every word that found no place elsewhere."""
        own = [cell.text for cell in cells_of(records, "备注")]
        lost = [
            quote_cell(cell)
            for record in records
            for name, cells in record.cells.items()
            for cell in cells
            if name not in HANDLING and (cell.flaw or self._is_homeless(name, cell, records[0]))
        ]
        return "；".join(dict.fromkeys((*own, *kept, *lost))) or None

    def _is_homeless(self, name: str, cell: LedgerCell, first: LedgerRecord) -> bool:
        if name == "届次":
            return len(self._sessions) > 1
        if name in NO_PLACE:
            self.log.note(Matter.MOVED, name, cell.title, NO_COLUMN)
            return True
        differs = name in _OF_THE_ITEM and cell.text != first.text(name)
        if differs:
            self.log.say(Matter.MOVED, cell, name, "与同一件的前一行不同，记入备注")
        return differs

    # who proposed it

    def _proposers(self, records: Sequence[LedgerRecord]) -> tuple[ImportedRow, list[str]]:
        """领衔代表 and 联名代表; words for 备注."""
        names: list[str] = []
        kept: list[str] = []
        for record in records:
            for cell in record.all("领衔代表"):
                found = self._people(cell, kept)
                self._know_all(record, found[:1])
                names += found
        has_lead = bool(names)
        for cell in cells_of(records, "联名代表"):
            names += self._people(cell, kept)
        distinct = list(dict.fromkeys(names))
        lead, others = (distinct[0], distinct[1:]) if has_lead else (None, distinct)
        return {"领衔代表": lead, "联名代表": tuple(others) or None}, list(dict.fromkeys(kept))

    def _people(self, cell: LedgerCell, kept: list[str]) -> list[str]:
        if cell.value is None:
            return []
        if re.fullmatch(r"\d+[名人位]?", cell.text):
            kept.append(quote_cell(cell))
            self.log.say(Matter.MOVED, cell, "联名代表", "只有人数，没有姓名，记入备注")
            return []
        found = read_deputies(cell.text)
        named = "、".join(found.names)
        note_dropped_spaces(self.log, cell, named)
        if found.unnamed:
            kept.append(quote_cell(cell))
            done = f"填入{named or '空白'}，“{found.unnamed}”没有姓名，原文记入备注"
            self.log.say(Matter.MOVED, cell, "联名代表", done)
        if found.spaced:
            self.log.say(Matter.GUESS, cell, "领衔代表", f"按空格分成{len(found.names)}人：{named}")
        for name in (name for name in found.names if not is_person(name)):
            done = f"“{name}”不像一个人的姓名，照原样填写"
            self.log.say(Matter.GUESS, cell, "领衔代表", done)
        return [self.deputies.add(name) for name in found.names]

    def _know_all(self, record: LedgerRecord, lead: Iterable[str]) -> None:
        """Keep what a row says about its deputy; two answers may mean two deputies of one name."""
        for deputy in lead:
            known = self._about.setdefault(deputy, {})
            for key, name in (("代表团", "代表单位"), ("层级", "代表层级"), ("电话", "代表电话")):
                for cell in (cell for cell in record.all(name)[:1] if cell.value is not None):
                    if known.setdefault(key, cell.value) != cell.value:
                        done = f"{deputy}前面写的是“{known[key]}”，保留前者；如有两人同名，请在姓名后加注"
                        self.log.say(Matter.NAMES, cell, key, done)

    # the whole

    def numbers(self) -> dict[int, str]:
        """编号 by the row of each record: the ledger's own, its 序号, or counted."""
        firsts = [record for record in self.table.records if not record.of]
        own = {record.row: str(record.value("编号") or "") for record in firsts}
        serial = {record.row: str(record.value("序号") or "") for record in firsts}
        if any(own.values()):
            if self.table.has("序号"):
                self.log.assume("已有编号，“序号”一栏只当作行号，没有导入")
            return own
        if all(serial.values()) and len(set(serial.values())) == len(serial):
            self.log.assume("原表没有编号，用“序号”作编号")
            return serial
        self.log.assume("原表没有可用的编号，按原表顺序编为1、2、3……")
        return {record.row: str(place) for place, record in enumerate(firsts, 1)}

    def lists(self) -> dict[str, list[ImportedRow]]:
        """The register's other sheets, with the names met."""
        return {
            "办理结果分类": self.returns.classes(),
            "满意度分类": [dict(row) for row in USUAL_RATINGS],
            "承办部门": [{"全称": name} for name in self.units.names],
            "代表名册": [{"姓名": name, **self._about.get(name, {})} for name in self.deputies],
            "专题": [{"名称": name} for name in self.themes],
        }

    def look_around(self, rows: Sequence[ImportedRow]) -> None:
        """Names that look alike, numbers used twice, and what is advised for 基本信息."""
        for where, names, alike, more in (
            ("承办部门", self.units.names, find_alike_names, "或把另一个写法填入“别名”"),
            ("专题", self.themes, find_alike_names, ""),
            ("代表名册", self.deputies, find_alike_people, ""),
        ):
            for one, other in alike(names):
                done = "，".join(filter(None, ("如是同一个，请改成一个写法", more)))
                self.log.note(Matter.NAMES, where, f"{one}、{other}", done)
        for number, times in Counter(row["编号"] for row in rows).items():
            if number and times > 1:
                done = f"有{times}件编号相同而标题不同，都已导入，请改成不同的编号"
                self.log.note(Matter.GUESS, "编号", str(number), done)
        if self.table.year:
            done = f"可能是{self.table.year}，请在“基本信息”中填写"
            self.log.note(Matter.ADVICE, "年度", "　".join(self.table.above), done)
        for session in self._sessions:
            self.log.note(Matter.ADVICE, "届次", session, "请在“基本信息”中填写")

    def summary(self, rows: Sequence[ImportedRow], returns: int) -> list[str]:
        """What was made, in a line or two."""
        motions = sum(row["类别"] == "议案" for row in rows)
        kinds = f"议案{motions}件、建议{len(rows) - motions}件"
        names = f"承办部门{len(self.units.names)}个、代表{len(self.deputies)}名、专题{len(self.themes)}个"
        lines = [f"共导入{len(rows)}件：{kinds}；{names}。"]
        if returns:
            lines.append(f"办理结果、答复、满意度等已填入{returns}个部门的填报表。")
        return lines


_NUMERALS = "一二三四五六七八九十"
_KINDS = {
    "议案": "议案", "代表议案": "议案", "建议": "建议", "代表建议": "建议", "意见建议": "建议",
    "建议、批评和意见": "建议",
}  # fmt: skip


def _read_heading(section: str) -> str:
    """``一、农业农村类（3件） → 农业农村``; nothing if the line is no heading of a group of items."""
    text = re.sub(rf"^[(（][{_NUMERALS}]+[)）]", "一、", clean_name(section))
    text = re.sub(r"[(（][^()（）]*[)）]|[:：，,]?共?\d+件$", "", text)
    found = re.fullmatch(rf"([{_NUMERALS}]+[、.．])?(.{{2,20}}?)(类|方面|领域)?", text)
    return found[2] if found and (found[1] or found[3] or found[2] in _KINDS) else ""
