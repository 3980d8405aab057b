"""工作成效: the measures that departments report, and which of them a ``{指标}`` means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.data import Dataset
from reportgen.schema.columns import Amount, spelling

Place = tuple[str, str, int]
"""File, sheet and row: a label of the tables' index."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of 工作成效; ``amount`` and ``unit`` are None where they could not be read."""

    place: Place
    name: str
    amount: Amount | None
    unit: str | None


@dataclass(frozen=True)
class Outcomes:
    """The measures, by theme (None: 民生行动) and name as compared; rows in their order."""

    by_theme: Mapping[str | None, Mapping[str, Sequence[Outcome]]]

    @classmethod
    def of(cls, dataset: Dataset) -> Outcomes:
        """All rows that name a measure and say where it belongs."""
        rows = dataset.tables["工作成效"]
        columns = [rows[name] for name in ("归属", "专题", "指标", "数值", "单位")]
        found: dict[str | None, dict[str, list[Outcome]]] = {}
        for place, belongs, theme, name, amount, unit in zip(rows.index, *columns, strict=True):
            if name is None or belongs is None or (belongs == "建议办理" and theme is None):
                continue
            group = found.setdefault(theme if belongs == "建议办理" else None, {})
            word = _word(name, unit)
            group.setdefault(word, []).append(Outcome(place, name, amount, unit))
        return cls(found)

    def groups(self) -> list[tuple[str | None, Sequence[Outcome]]]:
        """The rows that are added up, theme by theme: same theme (None: 民生行动), same name."""
        return [(theme, rows) for theme, names in self.by_theme.items() for rows in names.values()]

    def find(self, name: str, theme: str | None) -> tuple[str | None, Sequence[Outcome]] | None:
        """Theme and rows of the measure that ``{name}`` means in a theme's text (None: 行动综述).

        The theme's own measures come first, then those of the other themes if only one has the
        name, then 民生行动.  In 行动综述 its own come first.  None if nothing is meant.
        """
        word = _word(name)
        elsewhere = self.themes(name)
        for place in (theme, elsewhere[0] if len(elsewhere) == 1 else theme, None):
            if word in self.by_theme.get(place, {}):
                return place, self.by_theme[place][word]
        return None

    def themes(self, name: str) -> list[str]:
        """The themes that have a measure of that name; 民生行动 is none of them."""
        word = _word(name)
        return [t for t, names in self.by_theme.items() if t is not None and word in names]

    def names(self) -> list[str]:
        """Every name, as first typed."""
        return list(dict.fromkeys(rows[0].name for _, rows in self.groups()))


def _word(name: str, unit: str | None = None) -> str:
    """What must agree of a measure's name: no colon behind it, nor its unit (走访企业（家）：)."""
    word = spelling(name).rstrip(":;,.、。")
    bare, bracket, inside = word.rpartition("(")
    typed = inside.removesuffix(")").removeprefix("单位:")
    says_unit = bracket and bare and unit and typed in spelling(unit)
    return bare if says_unit and word.endswith(")") else word
