"""What letters are held against: one task for each department that has to answer an item."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reportgen.data import OWNER, Dataset
from reportgen.reports.suggestions.figures.time_limits import HandlingRules
from reportgen.reports.suggestions.letters.words import bare, whole_number
from reportgen.reports.suggestions.sheets.vocabulary import LEADING_ROLES

_ROLE = re.compile("(?:人大)?代表$")
"""What a name is followed by when its bearer is spoken to, and in some registers anyhow."""


@dataclass(frozen=True)
class Department:
    """A department: its full name, the other names it is known by, and who heads it.

    ``contact``, ``phone``: whom to ask; ``code``: 机关代字 of its letters.
    """

    name: str
    others: tuple[str, ...] = ()
    head: str = ""
    contact: str = ""
    phone: str = ""
    code: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, the full one first."""
        return (self.name, *self.others)


@dataclass(frozen=True)
class DeclaredClass:
    """A class of 办理结果分类: what it asks of an answer."""

    code: str
    name: str
    solved: bool
    reason: bool
    promise: bool


@dataclass(frozen=True)
class Task:
    """An item in a department's hands; ``reply``: its row of 办理情况, by column, empty without one.

    ``helpers``: the departments that help, with the days on which they gave their opinion, None if
    not known.  ``merged``: the number of the main item.  ``due``: the last day for an answer.
    ``wishes``: what is asked for, one request a line.  ``publicity``: whether it may be published.
    """

    number: str
    title: str
    department: str
    lead: str
    cosigners: tuple[str, ...] = ()
    helpers: Mapping[str, dt.date | None] = field(default_factory=dict)
    merged: str = ""
    converted: bool = False
    kind: str = "建议"
    session: str = ""
    due: dt.date | None = None
    reply: Mapping[str, object] = field(default_factory=dict)
    wishes: str = ""
    publicity: str = ""

    @property
    def signers(self) -> tuple[str, ...]:
        """All deputies who raised it, the leading one first; 张三 where the register says 张三代表."""
        names = (self.lead, *self.cosigners) if self.lead else self.cosigners
        return tuple(_ROLE.sub("", name) or name for name in names)

    @property
    def leader(self) -> str:
        """The leading one of them, empty if the register names none."""
        return self.signers[0] if self.lead else ""

    @cached_property
    def count(self) -> int | None:
        """Its number as a number."""
        return whole_number(self.number)

    def day(self, column: str) -> dt.date | None:
        """A date that the department filled in."""
        found = self.reply.get(column)
        return found if isinstance(found, dt.date) else None

    def text(self, column: str) -> str:
        """Another thing that it filled in, empty if it did not."""
        found = self.reply.get(column)
        return "" if found is None else str(found)


@dataclass(frozen=True)
class OfficeRecords:
    """Everything of a register that letters are held against.

    ``returned``: rows of 办理情况 by number and department.
    """

    tasks: Sequence[Task]
    departments: Mapping[str, Department]
    classes: Mapping[str, DeclaredClass]
    settings: Mapping[str, object]
    returned: Mapping[tuple[str, str], Mapping[str, object]] = field(default_factory=dict)

    def setting(self, name: str) -> str:
        """A setting as text, empty if there is none."""
        found = self.settings.get(name)
        return "" if found is None else str(found)

    @cached_property
    def term(self) -> int | None:
        """届, as a number."""
        found = re.search(r"第?\s*([^第届\s]+)届", self.setting("届次"))
        return whole_number(found[1]) if found else None

    @cached_property
    def meeting(self) -> int | None:
        """次, as a number, where 届次 names one."""
        found = re.search(r"届.*?第?([^第次届大表会]+)次", self.setting("届次"))
        return whole_number(found[1]) if found else None

    @cached_property
    def units(self) -> frozenset[str]:
        """Every name of a department, and of the offices that may answer in their own name."""
        names = {name for each in self.departments.values() for name in each.names}
        return frozenset(names | set(self.offices))

    @property
    def offices(self) -> tuple[str, ...]:
        """Those above the departments, in whose name an answer may be signed."""
        return tuple(filter(None, (self.setting("政府名称"), self.setting("署名"))))

    def signs_for(self, unit: str, department: str) -> bool:
        """Whether a signature is a department's full name, a place before it or not, or an office's."""
        signed, full = bare(unit), bare(department)
        return signed.endswith(full) or signed in map(bare, self.offices)


def read_office(dataset: Dataset) -> OfficeRecords:
    """The dataset as what letters are held against."""
    departments = {
        str(row["全称"]): Department(
            str(row["全称"]), _other_names(row), str(row["负责人"] or ""), str(row["联系人"] or ""),
            str(row["电话"] or ""), str(row["机关代字"] or ""),
        )
        for row in read_rows(dataset, "承办部门")
        if row["全称"]
    }  # fmt: skip
    returned: dict[tuple[str, str], dict[str, object]] = {}
    for row in read_rows(dataset, "办理情况"):
        returned.setdefault((str(row["编号"]), str(row[OWNER])), row)
    classes = {
        str(row["代码"]): DeclaredClass(
            str(row["代码"]), str(row["名称"] or ""), row["计入解决"] == "是",
            row["需填原因"] == "是", row["需填承诺时限"] == "是",
        )
        for row in read_rows(dataset, "办理结果分类")
        if row["代码"]
    }  # fmt: skip
    return OfficeRecords(
        _tasks(dataset, returned), departments, classes, dataset.settings, returned
    )


def read_rows(dataset: Dataset, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet, by column."""
    table = dataset.tables[sheet]
    columns = [str(name) for name in table.columns]
    rows = zip(*(table[name] for name in columns), strict=True) if columns else ()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _other_names(row: Mapping[str, object]) -> tuple[str, ...]:
    given = re.split(r"[、,，;；\s]+", f"{row['简称'] or ''}、{row['别名'] or ''}")
    return tuple(filter(None, given))


def _tasks(dataset: Dataset, replies: Mapping[tuple[str, str], Mapping[str, object]]) -> list[Task]:
    due = HandlingRules.of(dataset.settings).answers_due(dataset.tables["建议台账"])
    return [
        _task(row, department, replies, last)
        for row, last in zip(read_rows(dataset, "建议台账"), due, strict=True)
        if row["编号"] and row["标题"]
        for department in _names(row["主办部门"])
    ]


def _task(
    row: Mapping[str, object], department: str,
    replies: Mapping[tuple[str, str], Mapping[str, object]], due: dt.date | None,
) -> Task:  # fmt: skip
    number = str(row["编号"])
    helpers: dict[str, dt.date | None] = {}
    for helper in _names(row["协办部门"]):
        given = replies.get((number, helper), {}).get("答复日期")
        helpers[helper] = given if isinstance(given, dt.date) else None
    reply = replies.get((number, department), {})
    leads = reply.get("办理角色") in (None, *LEADING_ROLES)
    return Task(
        number, str(row["标题"]), department, str(row["领衔代表"] or ""), _names(row["联名代表"]),
        helpers, str(row["并案主件"] or ""), row["转建议"] == "是", str(row["类别"] or "建议"),
        str(row["来源"] or ""), due, reply if leads else {}, str(row["主要诉求"] or ""),
        str(row["公开属性"] or ""),
    )  # fmt: skip


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),) if value else ()
