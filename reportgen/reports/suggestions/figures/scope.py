"""What the figures are counted over: the dataset, its items, and the settings that govern them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from reportgen.data import OWNER, Dataset
from reportgen.facts.measures import Contents, count_rows, make_key_parts
from reportgen.facts.model import Absent, Fact
from reportgen.reports.suggestions.figures.accounts import Account, collect_accounts
from reportgen.reports.suggestions.figures.achievements import Achievements
from reportgen.reports.suggestions.figures.events import find_cutoff, rewind_dataset
from reportgen.reports.suggestions.figures.joined_items import JoinedItems, join_items
from reportgen.reports.suggestions.figures.review_rounds import ReviewRounds
from reportgen.reports.suggestions.figures.satisfaction import RatingScale
from reportgen.reports.suggestions.figures.time_limits import HandlingRules
from reportgen.reports.suggestions.sheets.review_record import ROUNDS


@dataclass(frozen=True)
class Scope:
    """What the sections count: what had happened by ``today``, or else by the cut-off.

    ``looking_back``: whether the dataset told of more, which was left out.
    """

    dataset: Dataset
    items: JoinedItems
    today: dt.date | None = None
    looking_back: bool = False

    @classmethod
    def of(cls, dataset: Dataset, today: dt.date | None = None) -> Scope:
        """The scope of a dataset as it stood on that day; that of the report is made once."""
        return dataset.derive(cls._of_report) if today is None else cls._of_day(dataset, today)

    @classmethod
    def _of_report(cls, dataset: Dataset) -> Scope:
        return cls._of_day(dataset, None)

    @classmethod
    def _of_day(cls, dataset: Dataset, today: dt.date | None) -> Scope:
        then = rewind_dataset(dataset, today)
        return cls(
            then, join_items(then, today or find_cutoff(dataset)), today, then is not dataset
        )

    @property
    def as_of(self) -> dt.date:
        """The day as of which an open item is late: ``today``, else 统计截止日期."""
        return self.today or find_cutoff(self.dataset)

    @cached_property
    def rules(self) -> HandlingRules:
        """办理规则."""
        return HandlingRules.of(self.dataset.settings)

    @cached_property
    def short_names(self) -> Mapping[str, str]:
        """The departments' short names, of those that have one."""
        table = self.dataset.tables["承办部门"]
        return {
            full: short for full, short in zip(table["全称"], table["简称"], strict=True) if short
        }

    @cached_property
    def due(self) -> list[dt.date | None]:
        """Until when each item must be answered, in the register's order."""
        return self.rules.answers_due(self.items.register)

    @cached_property
    def replies(self) -> Mapping[int, Mapping[str, dt.date]]:
        """By item, when each leading department answered."""
        found: dict[int, dict[str, dt.date]] = {}
        rows = self.items.handling[["台账行", OWNER, "答复日期"]]
        for place, name, replied in rows.itertuples(index=False, name=None):
            if isinstance(replied, dt.date):
                found.setdefault(place, {}).setdefault(name, replied)
        return found

    @cached_property
    def late_for(self) -> Mapping[str, list[int]]:
        """By department, the items that it answered after their last day."""
        found: dict[str, list[int]] = {}
        for place, replies in sorted(self.replies.items()):
            due = self.due[place]
            for name, day in replies.items():
                if due is not None and day > due:
                    found.setdefault(name, []).append(place)
        return found

    @cached_property
    def late(self) -> list[int]:
        """The items of which any part was answered after their last day."""
        return sorted({place for places in self.late_for.values() for place in places})

    @cached_property
    def open(self) -> list[int]:
        """The items not answered yet."""
        return [place for place, day in enumerate(self.table["答复日期"]) if day is None]

    @property
    def overdue(self) -> list[int]:
        """The open items whose last day is over."""
        return [place for place in self.open if self.is_over(place)]

    @property
    def pressing(self) -> list[int]:
        """The open items whose last day is near."""
        soon = self.as_of + self.rules.warning
        near = {place for place in self.open if (day := self.due[place]) and day <= soon}
        return sorted(near.difference(self.overdue))

    @property
    def countdown(self) -> list[int]:
        """The open items, those that end first before the others, those that never end last."""
        return sorted(self.open, key=lambda place: self.due[place] or dt.date.max)

    def standing(self, place: int) -> str:
        """How an item stands with its last day: 按期答复, 逾期3天答复, 还有5天, 逾期12天; or nothing."""
        due, replied = self.due[place], self.table["答复日期"].iloc[place]
        if due is None:
            return ""
        if replied is not None:
            days = max((day - due).days for day in self.replies[place].values())
            return f"逾期{days}天答复" if days > 0 else "按期答复"
        return self.days_left(due)

    def days_left(self, due: dt.date) -> str:
        """还有5天, 今天到期 or 逾期12天."""
        days = (due - self.as_of).days
        return f"逾期{-days}天" if days < 0 else f"还有{days}天" if days else "今天到期"

    def is_over(self, place: int) -> bool:
        """Whether an item's last day is over."""
        due = self.due[place]
        return due is not None and due < self.as_of

    @cached_property
    def due_anew(self) -> Mapping[int, dt.date | None]:
        """The items to be answered anew, and until when."""
        rows = self.items.again[self.items.again["重办答复日期"].isna()]
        days = zip(rows["台账行"], rows["反馈日期"], strict=True)
        return {place: self.rules.rehandling_due(day) for place, day in days}

    @property
    def still_unsatisfied(self) -> list[int]:
        """The items whose deputy, after they were handled anew, still asks for it."""
        rows = self.items.again
        return sorted(rows["台账行"][rows["重办满意度"].isin(self.scale.redo)])

    @cached_property
    def broken_promises(self) -> frozenset[int]:
        """The items, answered but not solved, of which the promised day is over."""
        promised = self.items.promised
        rows = zip(promised["台账行"], promised["承诺完成时限"], strict=True)
        return frozenset(place for place, day in rows if day < self.as_of)

    @cached_property
    def reviews(self) -> ReviewRounds:
        """审核记录."""
        return ReviewRounds.of(self.dataset.tables[ROUNDS.name], self.items.register)

    @cached_property
    def letters_not_brought(self) -> Sequence[str]:
        """The items that a department says it answered, and of which it brought no letter; none if none ever came."""
        reviewed = self.reviews.by_letter
        rows = self.items.handling[self.items.handling["答复日期"].notna()]
        letters = zip(rows["编号"].map(str), rows[OWNER].map(str), strict=True)
        missing = (letter for letter in letters if letter not in reviewed)
        return list(dict.fromkeys(number for number, _ in missing)) if reviewed else []

    @cached_property
    def table(self) -> pd.DataFrame:
        """The items, one row each (see ``Items.table``)."""
        return self.items.table

    @property
    def places(self) -> int:
        """占比小数位数."""
        return int(str(self.dataset.settings.get("占比小数位数") or 0))

    @property
    def of_100(self) -> bool:
        """Whether the shares of a group add up to 100."""
        return self.dataset.settings.get("占比取整方式") != "四舍五入"

    @property
    def all_items(self) -> bool:
        """Whether 满意率 is of all items, not only of those with feedback."""
        return self.dataset.settings.get("满意率口径") != "已反馈"

    @property
    def scale(self) -> RatingScale:
        """满意度分类."""
        return self.items.scale

    @property
    def classes(self) -> list[str]:
        """The codes of the result classes, in their order."""
        return [code for code in self.dataset.tables["办理结果分类"]["代码"] if code]

    @cached_property
    def solved(self) -> list[str]:
        """The codes of the classes that count as solved."""
        table = self.dataset.tables["办理结果分类"]
        return [code for code in table["代码"][table["计入解决"] == "是"] if code]

    @cached_property
    def class_names(self) -> Mapping[str, str]:
        """What each class is called, by code; its code if it has no name."""
        table = self.dataset.tables["办理结果分类"]
        return {code: name or code for code, name in zip(table["代码"], table["名称"], strict=True)}

    @cached_property
    def class_keys(self) -> Mapping[str, str]:
        """Each class code's part of a key."""
        return make_key_parts(self.classes)

    @cached_property
    def signed(self) -> Mapping[int, str]:
        """The items that several deputies signed: each one's part of a key, by its place."""
        register = self.items.register
        names: dict[str, int] = {}
        for place, (number, others) in enumerate(
            zip(register["编号"], register["联名代表"], strict=True)
        ):
            if others:
                name = f"第{number}号" if number else ""
                names[name if name and name not in names else f"第{place + 1}行"] = place
        return {names[name]: part for name, part in make_key_parts(names).items()}

    @cached_property
    def theme_keys(self) -> Mapping[str, str]:
        """Each theme's part of a key."""
        return make_key_parts(name for name in self.dataset.tables["专题"]["名称"] if name)

    @cached_property
    def assigned(self) -> Mapping[str, Mapping[str, list[int]]]:
        """By department, in the register's order of departments: role → positions of its items.

        Only departments that have an item; roles are 主办 (also of 分办) and 协办.
        """
        found: dict[str, dict[str, list[int]]] = {
            name: {"主办": [], "协办": []}
            for name in self.dataset.tables["承办部门"]["全称"]
            if name
        }
        for role in ("主办", "协办"):
            for position, names in enumerate(self.items.register[f"{role}部门"]):
                for name in names or ():
                    found[name][role].append(position)
        return {name: roles for name, roles in found.items() if any(roles.values())}

    @cached_property
    def department_keys(self) -> Mapping[str, str]:
        """Each such department's part of a key."""
        return make_key_parts(self.assigned)

    @cached_property
    def accounts(self) -> Mapping[str, Sequence[Account]]:
        """What departments wrote of each suggestion, by its number."""
        return collect_accounts(self.dataset)

    @cached_property
    def outcomes(self) -> Achievements:
        """The measures of 工作成效."""
        return Achievements.of(self.dataset)

    @cached_property
    def outcome_keys(self) -> Mapping[tuple[str | None, str], str]:
        """The key of each measure, by theme (None: 民生行动) and name as compared."""
        keys: dict[tuple[str | None, str], str] = {}
        for theme, names in self.outcomes.by_theme.items():
            group = "行动成效" if theme is None else f"成效.{self.theme_keys[theme]}"
            keys |= {
                (theme, name): f"{group}.{part}" for name, part in make_key_parts(names).items()
            }
        return keys

    def outcome(self, name: str, theme: str | None) -> str:
        """The key of the figure that ``{name}`` means in a theme's text, or nothing."""
        found = self.outcomes.find(name, theme)
        if found is None:
            return ""
        place, rows = found
        names = self.outcomes.by_theme[place]
        return next(self.outcome_keys[place, word] for word in names if names[word] is rows)

    def count(self, key: str, rule: str, column: str, index: pd.Index, unit: str = "件") -> Fact:
        """Shorthand for ``measures.count_rows`` over this dataset."""
        return count_rows(self.dataset, key, rule, unit, column, index)

    def contents(self, column: str, rows: pd.Series) -> Contents:
        """What stands in these rows of a column of this dataset, to be counted in 件."""
        return Contents(self.dataset, column, rows, "件")


FactsByKey = Mapping[str, Fact]
Section = Callable[[Scope, FactsByKey], Iterable[Fact | Absent]]
"""Yields Facts; may build on those that earlier sections found."""
