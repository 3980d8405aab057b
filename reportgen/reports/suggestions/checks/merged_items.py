"""并案: suggestions handled together still count one by one; what must agree between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.issues import Issue
from reportgen.reports.places import Place, issue_at
from reportgen.reports.suggestions.figures.scope import Scope

COLUMN = "并案主件"


@dataclass(frozen=True)
class _MergedItem:
    """What is compared of a suggestion."""

    place: Place
    main: str | None
    compared: Mapping[str, object]


def find_merging_issues(scope: Scope) -> Iterator[Issue]:
    """merged-chain: a main item is not merged itself; merged-differs: same departments and result."""
    if not scope.table[COLUMN].notna().any():
        return
    rows = _collect_items(scope)
    for row in rows.values():
        main = rows.get(row.main) if row.main else None
        if main is None:
            continue
        if main is row or main.main is not None:
            why = "就是本件" if main is row else f"又并入了第{main.main}号"
            yield issue_at(scope.dataset, "merged-chain", row.place, COLUMN, str(row.main), why=why)
        else:
            yield from _compare_with_main(scope, row, main)


def _compare_with_main(scope: Scope, row: _MergedItem, main: _MergedItem) -> Iterator[Issue]:
    for what, own in row.compared.items():
        other = main.compared[what]
        if own and other and own != other:
            details = {"what": what, "main": _to_text(other), "own": _to_text(own)}
            yield issue_at(
                scope.dataset, "merged-differs", row.place, COLUMN, str(row.main), **details
            )


def _collect_items(scope: Scope) -> Mapping[str, _MergedItem]:
    """By number; the first of those with the same number."""
    table = scope.table
    columns = (table[name] for name in ("编号", COLUMN, "主办部门", "办理结果"))
    found: dict[str, _MergedItem] = {}
    for place, number, main, leads, result in zip(table.index, *columns, strict=True):
        if number is not None:
            row = _MergedItem(place, main, {"主办部门": leads, "办理结果": result})
            found.setdefault(number, row)
    return found


def _to_text(value: object) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)
