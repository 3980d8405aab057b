"""Which sheet of a workbook is which declared sheet, whatever its tab is called.

A tab of the very name comes first; then one whose name differs by spaces or a copy's number
（办理情况 (2)）; then the only one that has the declared columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.data import MARK_SHEET, RawSheet
from reportgen.issues import Issue, closest, did_you_mean
from reportgen.schema.columns import is_blank, plain_text, spelling
from reportgen.schema.model import Sheet
from reportgen.validation.header_match import shown_by
from reportgen.validation.workbook_match import Form


@dataclass(frozen=True)
class Tabs:
    """The sheets of one workbook by declared name, and what is wrong with its tabs."""

    found: Mapping[str, RawSheet]
    issues: Sequence[Issue] = field(default_factory=tuple)

    @property
    def missed(self) -> set[str]:
        """The sheets that should be there, or may be there under another name."""
        return {issue.details["name"] for issue in self.issues if issue.code == "missing-sheet"}


def find_tabs(form: Form) -> Tabs:
    """Every declared sheet that is there; missing-sheet, renamed-sheet and sheet-copy."""
    found = {raw.name: raw for raw in form.raw.sheets}
    found = {sheet.name: found[sheet.name] for sheet in form.declared.sheets if sheet.name in found}
    others = [raw for raw in form.raw.sheets if raw.name not in {*found, MARK_SHEET}]
    issues: list[Issue] = []
    for sheet in form.declared.sheets:
        if sheet.name not in found:
            tab, said = _other_tab(sheet, others, form.raw.file)
            issues += said
            if tab is not None:
                found[sheet.name] = tab
                others.remove(tab)
    return Tabs(found, [*issues, *_copies(form, found, others)])


def _other_tab(
    sheet: Sheet, others: Sequence[RawSheet], file: str
) -> tuple[RawSheet | None, Sequence[Issue]]:
    named = [raw for raw in others if _bare(raw.name) == _bare(sheet.name)]
    if len(named) == 1:
        return named[0], ()
    alike = [raw for raw in named or others if shown_by(raw, [sheet])]
    if len(alike) == 1:
        details = {"name": sheet.name, "found": alike[0].name}
        return alike[0], [Issue("renamed-sheet", file, sheet.name, details=details)]
    like = closest(sheet.name, [raw.name for raw in alike or others])
    if (sheet.added or sheet.optional) and like is None and not alike:
        return None, ()
    details = {"name": sheet.name, "nearest": did_you_mean(like)}
    return None, [Issue("missing-sheet", file, details=details)]


def _copies(
    form: Form, found: Mapping[str, RawSheet], others: Sequence[RawSheet]
) -> Iterator[Issue]:
    """A second tab with the same columns is not read; what it says must stand in the first."""
    for raw in others:
        for sheet in shown_by(raw, form.declared.sheets):
            original = found.get(sheet.name)
            if original is not None and not _rows(raw) <= _rows(original):
                details = {"name": sheet.name, "found": raw.name}
                yield Issue("sheet-copy", form.raw.file, raw.name, details=details)


def _bare(name: str) -> str:
    return re.sub(r"(?:\(\d+\)|副本)+$", "", spelling(name))


def _rows(raw: RawSheet) -> set[tuple[str, ...]]:
    return {
        tuple(plain_text(value) for value in row if not is_blank(value)) for row in raw.rows
    } - {()}
