"""Which sheet of a workbook is which declared sheet, whatever its tab is called.

A tab of the very name comes first; then one whose name differs by spaces or a copy's number
（办理情况 (2)）; then the only one that has the declared columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.data import GUIDE_SHEET, MARK_SHEET
from reportgen.issues import Issue
from reportgen.nearest_name import did_you_mean, find_closest
from reportgen.raw import RawSheet
from reportgen.schema.columns import is_blank, normalise_name, to_plain_text
from reportgen.schema.model import Sheet
from reportgen.validation.header_match import match_declared_sheets
from reportgen.validation.workbook_match import RecognisedForm


@dataclass(frozen=True)
class SheetTabs:
    """The sheets of one workbook by declared name, and what is wrong with its tabs."""

    found: Mapping[str, RawSheet]
    issues: Sequence[Issue] = field(default_factory=tuple)

    @property
    def missed(self) -> set[str]:
        """The sheets that should be there, or may be there under another name."""
        return {issue.details["name"] for issue in self.issues if issue.code == "missing-sheet"}


def find_tabs(form: RecognisedForm) -> SheetTabs:
    """Every declared sheet that is there; missing-sheet, renamed-sheet and sheet-copy."""
    found = {raw.name: raw for raw in form.raw.sheets}
    found = {sheet.name: found[sheet.name] for sheet in form.declared.sheets if sheet.name in found}
    others = [raw for raw in form.raw.sheets if raw.name not in {*found, MARK_SHEET, GUIDE_SHEET}]
    issues: list[Issue] = []
    for sheet in form.declared.sheets:
        if sheet.name not in found:
            tab, said = _find_other_tab(sheet, others, form.raw.file)
            issues += said
            if tab is not None:
                found[sheet.name] = tab
                others.remove(tab)
    return SheetTabs(found, [*issues, *_find_copies(form, found, others)])


def _find_other_tab(
    sheet: Sheet, others: Sequence[RawSheet], file: str
) -> tuple[RawSheet | None, Sequence[Issue]]:
    named = [raw for raw in others if _drop_copy_number(raw.name) == _drop_copy_number(sheet.name)]
    if len(named) == 1:
        return named[0], ()
    alike = [raw for raw in named or others if match_declared_sheets(raw, [sheet])]
    if len(alike) == 1:
        details = {"name": sheet.name, "found": alike[0].name}
        return alike[0], [Issue("renamed-sheet", file, sheet.name, details=details)]
    like = find_closest(sheet.name, [raw.name for raw in alike or others])
    if (sheet.added or sheet.optional) and like is None and not alike:
        return None, ()
    details = {"name": sheet.name, "nearest": did_you_mean(like)}
    return None, [Issue("missing-sheet", file, details=details)]


def _find_copies(
    form: RecognisedForm, found: Mapping[str, RawSheet], others: Sequence[RawSheet]
) -> Iterator[Issue]:
    """A second tab with the same columns is not read; what it says must stand in the first."""
    for raw in others:
        for sheet in match_declared_sheets(raw, form.declared.sheets):
            original = found.get(sheet.name)
            if original is not None and not _collect_rows(raw) <= _collect_rows(original):
                details = {"name": sheet.name, "found": raw.name}
                yield Issue("sheet-copy", form.raw.file, raw.name, details=details)


def _drop_copy_number(name: str) -> str:
    return re.sub(r"(?:\(\d+\)|副本)+$", "", normalise_name(name))


def _collect_rows(raw: RawSheet) -> set[tuple[str, ...]]:
    return {
        tuple(to_plain_text(value) for value in row if not is_blank(value)) for row in raw.rows
    } - {()}
