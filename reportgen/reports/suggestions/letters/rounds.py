"""The rounds of 审核记录: which are a letter's, and the one to add."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from reportgen.reports.suggestions.sheets.review_record import PASSED, RETURNED

_MARK = 12
"""So many signs of a content's digest are noted."""


def next_round(
    past: Sequence[Mapping[str, object]], number: str, department: str, file: str, sha256: str,
    errors: int, today: dt.date,
) -> Mapping[str, object] | None:  # fmt: skip
    """The row to add; None if this very content was reviewed already."""
    own = rounds_of(past, number, department)
    if any(row.get("内容指纹") == sha256[:_MARK] for row in own):
        return None
    return {
        "编号": number, "部门": department, "次": max([0, *(_count(row) for row in own)]) + 1,
        "审核日期": today, "文件名": file, "内容指纹": sha256[:_MARK], "错误数": errors,
        "结论": RETURNED if errors else PASSED,
    }  # fmt: skip


def rounds_of(
    past: Sequence[Mapping[str, object]], number: str, department: str
) -> list[Mapping[str, object]]:
    """The rounds of a department's answer to an item."""
    return [row for row in past if (row.get("编号"), row.get("部门")) == (number, department)]


def find_round(
    past: Sequence[Mapping[str, object]], number: str, department: str, sha256: str
) -> Mapping[str, object] | None:
    """The round in which this content was reviewed."""
    own = rounds_of(past, number, department)
    return next((row for row in own if row.get("内容指纹") == sha256[:_MARK]), None)


def _count(row: Mapping[str, object]) -> int:
    found = row.get("次")
    return found if isinstance(found, int) else 0
