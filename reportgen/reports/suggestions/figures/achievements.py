"""工作成效: the measures that departments report, and which of them a ``{指标}`` means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.data import OWNER, Dataset
from reportgen.reports.places import Place
from reportgen.schema.amounts import Amount, normalise_unit
from reportgen.schema.columns import normalise_name


@dataclass(frozen=True, slots=True)
class Achievement:
    """One row of 工作成效; ``amount``, as a number of ``unit``; None where they could not be read.

    ``department`` is its full name.
    """

    place: Place
    name: str
    amount: Amount | None
    unit: str | None
    department: str

    @property
    def never_added(self) -> str:
        """What tells that such amounts say nothing when added: a word of its name, or its unit."""
        unit = normalise_unit(self.unit or "")
        if unit in _UNITS or "/" in unit or "每" in unit:
            return f"单位为“{self.unit}”"
        word = _WORDS.search(normalise_name(self.name))
        return f"名称中有“{word.group()}”" if word else ""


@dataclass(frozen=True)
class Achievements:
    """The measures, by theme (None: 民生行动) and name as compared; rows in their order."""

    by_theme: Mapping[str | None, Mapping[str, Sequence[Achievement]]]

    @classmethod
    def of(cls, dataset: Dataset) -> Achievements:
        """All rows that name a measure and say where it belongs."""
        rows = dataset.tables["工作成效"]
        columns = [rows[name] for name in ("归属", "专题", "指标", "数值", "单位", OWNER)]
        found: dict[str | None, dict[str, list[Achievement]]] = {}
        for place, belongs, theme, name, amount, unit, owner in zip(
            rows.index, *columns, strict=True
        ):
            if name is None or belongs is None or (belongs == "建议办理" and theme is None):
                continue
            group = found.setdefault(theme if belongs == "建议办理" else None, {})
            counted = amount.in_unit(unit) if amount is not None and unit else amount
            row = Achievement(place, name, counted, unit, owner)
            group.setdefault(normalize_measure(name, unit), []).append(row)
        return cls(found)

    def groups(self) -> list[tuple[str | None, Sequence[Achievement]]]:
        """The rows that are added up, theme by theme: same theme (None: 民生行动), same name."""
        return [(theme, rows) for theme, names in self.by_theme.items() for rows in names.values()]

    def find(self, name: str, theme: str | None) -> tuple[str | None, Sequence[Achievement]] | None:
        """Theme and rows of the measure that ``{name}`` means in a theme's text (None: 行动综述).

        The theme's own measures come first, then those of the other themes if only one has the
        name, then 民生行动.  In 行动综述 its own come first.  None if nothing is meant.
        ``{走访企业（家）}`` says the unit too, which must be that of the measure.
        """
        bare, unit = split_name_unit(name)
        found = self._find(name, theme)
        if found is None and unit:
            found = self._find(bare, theme)
            units = {normalise_unit(row.unit or unit) for row in found[1]} if found else set()
            found = found if units == {normalise_unit(unit)} else None
        return found

    def _find(
        self, name: str, theme: str | None
    ) -> tuple[str | None, Sequence[Achievement]] | None:
        word = normalize_measure(name)
        elsewhere = self.themes(name)
        for place in (theme, elsewhere[0] if len(elsewhere) == 1 else theme, None):
            if word in self.by_theme.get(place, {}):
                return place, self.by_theme[place][word]
        return None

    def themes(self, name: str) -> list[str]:
        """The themes that have a measure of that name; 民生行动 is none of them."""
        word = normalize_measure(name)
        return [t for t, names in self.by_theme.items() if t is not None and word in names]

    def names(self) -> list[str]:
        """Every name, as first typed."""
        return list(dict.fromkeys(rows[0].name for _, rows in self.groups()))


def split_name_unit(name: str) -> tuple[str, str]:
    """``走访企业（家）`` → 走访企业, 家; without brackets at its end it has no unit."""
    found = _WITH_UNIT.fullmatch(name)
    return (found[1], found[2]) if found else (name, "")


def normalize_measure(name: str, unit: str | None = None) -> str:
    """What must agree of a measure's name: no colon behind it, nor its unit (走访企业（家）：)."""
    word = normalise_name(name).rstrip(":;,.、。")
    bare, bracket, inside = word.rpartition("(")
    typed = inside.removesuffix(")").removeprefix("单位:")
    says_unit = bracket and bare and unit and typed in normalise_name(unit)
    return bare if says_unit and word.endswith(")") else word


def is_addable(rows: Sequence[Achievement]) -> bool:
    """Whether the rows of one measure can be shown as one amount: all read, of one kind."""
    amounts = [row.amount for row in rows if row.amount is not None]
    units = {normalise_unit(row.unit or "") for row in rows}
    if len(amounts) < len(rows) or len(units) > 1:
        return False
    mixed = any(amount.approximate for amount in amounts) or any(row.never_added for row in rows)
    return len(rows) == 1 or not mixed


_WITH_UNIT = re.compile(r"(.+)[(（](?:单位[:：])?([^()（）]{1,6})[)）]")
_UNITS = frozenset((
    "%", "‰", "倍", "成", "分", "名次", "位次", "百分点", "个百分点", "个点", "pct", "pp", "°C", "岁",
    "天", "日", "工作日", "个工作日", "周", "月", "个月", "年", "小时", "分钟",
))  # fmt: skip
"""Rates, ranks and lengths of time: those of two departments together are neither's."""
_WORDS = re.compile(
    "率(?![先领队])|平均|亩产(?!业)|单产(?![品业])|[气水体室]温|[温湿]度|每[百千万]?[人户亩]|[人户亩日月年周村次件]均(?![衡等匀])|均价|单价|占比|比例|比重|百分比|倍数"
    "|名次|排名|位次|排位|指数|系数|得分|评分|分值|满意度|浓度|密度|增幅|增速|降幅|[最第][高低大小长短前]|第[一二三\\d]"
)
