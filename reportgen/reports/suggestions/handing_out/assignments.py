"""Which department has which item, in which role: what 交办 hands out and what must come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportgen.data import Dataset
from reportgen.reports.assignment.hand_out import Assignment, HandOut, hand_outs
from reportgen.reports.suggestions.sheets.workbooks import REGISTER, RETURN


def iter_assignments(dataset: Dataset, given: HandOut) -> Iterator[Assignment]:
    """Every assignment of the register, in its order; an item without a number has none."""
    register = dataset.tables[given.items.name]
    columns = ["编号", "标题", "领衔代表", "办理方式", *given.by]
    for position, row in enumerate(register[columns].itertuples(index=False, name=None)):
        number, title, deputy, manner, leads, helpers = row
        if number is None:
            continue
        lead = "分办" if manner == "分办" else "主办"
        for role, column, names in ((lead, "主办部门", leads), ("协办", "协办部门", helpers)):
            locked = {
                "编号": number,
                "标题": title or "",
                "领衔代表": deputy or "",
                "办理角色": role,
            }
            for name in names or ():
                yield Assignment(name, number, locked, position, column, role)


def _with_roles(given: HandOut) -> HandOut:
    """办理方式 decides who has which role."""
    return replace(given, deciding=(*given.deciding, "办理方式"), assign=iter_assignments)


HANDLING = _with_roles(*hand_outs(REGISTER, RETURN))
"""办理情况, handed out by 建议台账."""
