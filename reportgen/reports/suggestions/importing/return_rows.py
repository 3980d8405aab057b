"""What a ledger tells of the handling: rows of the departments' returns, and the result classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from reportgen.ledger.model import LedgerCell, LedgerRecord, Matter
from reportgen.ledger.remarks import RemarkLog
from reportgen.reports.suggestions.sheets.sample import STARTER
from reportgen.reports.suggestions.sheets.workbooks import RETURN
from reportgen.schema.columns import normalise_name
from reportgen.schema.rules import OnlyFor

ImportedRow = dict[str, object]

_SHEET = RETURN.sheet("办理情况")
_GIVEN = tuple(column.name for column in _SHEET.columns if column.locked)
HANDLING = tuple(c.name for c in _SHEET.columns if c.name not in (*_GIVEN, "备注"))
"""What departments fill in: fields of a ledger that go into the returns."""
_OF_LEADS = tuple(
    rule.column for rule in _SHEET.rules if isinstance(rule, OnlyFor) and rule.role == "办理角色"
)
_CODES = "ABCDE甲乙丙丁"


class GatheredReturns:
    """The departments' rows as they fill up, item by item, and the result classes met."""

    def __init__(self, log: RemarkLog) -> None:
        self._log = log
        self._rows: dict[str, list[ImportedRow]] = {}
        self._words: dict[str, str] = {}

    def hand_over(
        self,
        item: ImportedRow,
        told: Sequence[tuple[LedgerRecord, Sequence[str]]],
        *,
        several: bool,
    ) -> list[str]:
        """Add an item to the returns of its departments; what found no place there, for 备注.

        ``told``: the item's rows in the ledger, each with the departments it names; ``several``:
        each of these rows tells of its own departments only.
        """
        leads, helpers = _to_names(item["主办部门"]), _to_names(item["协办部门"])
        filled: dict[str, ImportedRow] = {}
        homeless: list[str] = []
        for record, names in told:
            values, note = self._handled(record)
            own = [name for name in names if name in leads] if several else []
            aside = [name for name in names if name in helpers] if several and not own else []
            if not (values or note):
                continue
            if not item["编号"] or not leads:
                homeless += [*(f"{name}：{value}" for name, value in values.items()), *note]
                self._log.assume(_HOMELESS, [record.row])
            for name in aside:
                filled[name] = _complete_row(filled.get(name, {}), *_move_aside(values, note))
            for name in [] if aside else (own or leads):
                filled[name] = _complete_row(filled.get(name, {}), values, note)
        if item["办理方式"] == "分办" and not several and filled:
            self._log.assume(_ONE_FOR_ALL, [told[0][0].row])
        self._add(item, leads, helpers, filled)
        return homeless

    def completed(self) -> Mapping[str, Mapping[str, Sequence[ImportedRow]]]:
        """The returns of departments of which the ledger tells anything, in the order met."""
        return {
            name: {"办理情况": rows}
            for name, rows in self._rows.items()
            if any(set(row) - set(_GIVEN) for row in rows)
        }

    def classes(self) -> list[ImportedRow]:
        """办理结果分类: the usual ones, unless the ledger's codes are others."""
        usual = {str(row["代码"]): dict(row) for row in STARTER["办理结果分类"]}
        met = sorted(self._words, key=_CODES.index)
        more = [code for code in met if code not in usual]
        if more:
            done = "已列入“办理结果分类”；名称、是否计入解决等请按当地规定补填"
            self._log.note(Matter.GUESS, "办理结果", "、".join(more), done)
        if set(met) - set(more):
            done = "“办理结果分类”用的是通常的A、B、C三类，各地定义不同，请按当地规定核对"
            self._log.note(Matter.GUESS, "办理结果", "、".join(met), done)
        kept = list(usual.values()) if not met or set(met) - set(more) else []
        added: list[ImportedRow] = [
            {"代码": code, "名称": self._words[code] or None} for code in more
        ]
        return [*kept, *added]

    def _add(
        self,
        item: ImportedRow,
        leads: Iterable[str],
        helpers: Iterable[str],
        filled: Mapping[str, ImportedRow],
    ) -> None:
        leading = "分办" if item["办理方式"] == "分办" else "主办"
        for role, names in ((leading, leads), ("协办", helpers)):
            for name in names:
                given = {key: item[key] for key in _GIVEN[:3]} | {"办理角色": role}
                self._rows.setdefault(name, []).append(given | filled.get(name, {}))

    def _handled(self, record: LedgerRecord) -> tuple[ImportedRow, list[str]]:
        """Values by column of the return, and words for its 备注."""
        values = {name: value for name in HANDLING if (value := record.value(name)) is not None}
        cells = [(name, cell) for name in HANDLING for cell in record.all(name)]
        note = [
            quote_cell(c) for name, c in cells if c.flaw or (name == "办理结果" and not _is_code(c))
        ]
        for cell in record.all("办理结果"):
            self._meet(cell)
        for cell in record.all("承办人电话"):
            self._log.note(Matter.MOVED, "承办人电话", cell.title, NO_COLUMN)
            note.append(quote_cell(cell))
        return values, note

    def _meet(self, cell: LedgerCell) -> None:
        """Remember a class and the words for it."""
        if cell.value is None:
            return
        code = str(cell.value)
        words = re.sub(rf"^[{_CODES}]?(类|级)?[:：、.（(\s]*", "", cell.text).strip("）) ")
        known = self._words.get(code) or (words if _TICKS.isdisjoint(words) else "")
        self._words[code] = known
        if not _is_code(cell):
            self._log.assume(f"办理结果“{cell.text}”读作{code}类")


def quote_cell(cell: LedgerCell) -> str:
    """A cell's words with its heading, to be kept in 备注."""
    return f"{cell.title}：{cell.text}"


NO_COLUMN = "标准表没有这一栏，内容记入备注"
_HOMELESS = "没有编号或主办部门，办理结果等没有填报表可填，记入备注"
_ONE_FOR_ALL = "分办的件只有一个办理结果，已记入各承办部门的填报表"
_TICKS = frozenset("√✓✔")


def _to_names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _is_code(cell: LedgerCell) -> bool:
    """Whether the class was given by its code, or by a tick under it."""
    text = normalise_name(cell.text).upper()
    return cell.value is None or text.startswith(str(cell.value)) or len(text) == 1


def _move_aside(values: ImportedRow, note: Sequence[str]) -> tuple[ImportedRow, list[str]]:
    """What a helper's row tells: classes and ratings count only for those who lead."""
    moved = [f"{name}：{values[name]}" for name in _OF_LEADS if name in values]
    return {name: value for name, value in values.items() if name not in _OF_LEADS}, [*moved, *note]


def _complete_row(row: ImportedRow, values: ImportedRow, note: Sequence[str]) -> ImportedRow:
    """The row with further values where it has none; what differs from them is noted."""
    differing = [
        f"{name}：{value}" for name, value in values.items() if row.get(name, value) != value
    ]
    text = "；".join(filter(None, (str(row.get("备注") or ""), *note, *differing)))
    return {**values, **row, **({"备注": text} if text else {})}
