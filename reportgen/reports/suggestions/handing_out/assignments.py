"""Which department has which item, in which role: what 交办 hands out and what must come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.data import Dataset


@dataclass(frozen=True, slots=True)
class Assignment:
    """One item in one department's hands; ``position``: the item's place in the register."""

    department: str
    number: str
    title: str
    deputy: str
    role: str
    position: int

    @property
    def locked(self) -> Mapping[str, str]:
        """The cells of 办理情况 that the office fills and the department may not change."""
        return {
            "编号": self.number,
            "标题": self.title,
            "领衔代表": self.deputy,
            "办理角色": self.role,
        }


def assignments(dataset: Dataset) -> Iterator[Assignment]:
    """Every assignment of the register, in its order; an item without a number has none."""
    register = dataset.tables["建议台账"]
    columns = ["编号", "标题", "领衔代表", "办理方式", "主办部门", "协办部门"]
    for position, row in enumerate(register[columns].itertuples(index=False, name=None)):
        number, title, deputy, manner, leads, helpers = row
        if number is None:
            continue
        lead = "分办" if manner == "分办" else "主办"
        for role, names in ((lead, leads), ("协办", helpers)):
            for name in names or ():
                yield Assignment(name, number, title or "", deputy or "", role, position)
