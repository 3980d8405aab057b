"""The rules of a row, run over every table.

A cell at fault silences every rule that looks at it, in its own row and through references, so
that one wrong cell is reported once.  Tables are taken in order, the register before the returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen.issues import Issue
from reportgen.schema.columns import Flaw, Ref
from reportgen.schema.rules import Breach, Rule, Unreadable
from reportgen.validation.typed_table import UNREAD, Table

_RowSeen = tuple[object, ...]
"""What a rule sees of a record: the values at its paths."""
_SETTINGS = "设置"
"""What a path to a setting begins with."""


def find_broken_rules(tables: Sequence[Table]) -> Iterator[Issue]:
    """Every breach of a row rule, at its cell."""
    views = [_TableView(table) for table in tables]
    by_sheet: dict[str, _TableView] = {}
    for view in views:
        by_sheet.setdefault(view.table.sheet.name, view)
    settings = _read_settings(views)
    kept: dict[int, set[_RowSeen]] = {}
    for view in views:
        row = _RowView(view, by_sheet, settings)
        for rule in view.table.sheet.rules:
            yield from _iter_breaches(rule, row, view, kept.setdefault(id(rule), set()))


class _TableView:
    """A table as the rules see it: cells found at fault on the way become ``UNREAD`` too."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.values = {name: list(values) for name, values in table.values.items()}
        self._rows: dict[str, dict[object, int]] = {}

    def rows_by(self, column: str) -> Mapping[object, int]:
        """By key, the first record that has it."""
        if column not in self._rows:
            rows = self._rows[column] = {}
            for index, value in enumerate(self.table.values[column]):
                rows.setdefault(value, index)
        return self._rows[column]


class _RowView:
    """``schema.rules.Row``: the record ``index``, seen by paths."""

    def __init__(
        self, view: _TableView, views: Mapping[str, _TableView], settings: Mapping[str, object]
    ) -> None:
        self._view = view
        self._views = views
        self._settings = settings
        self._paths: dict[str, Sequence[object]] = {}
        self.index = 0

    def __call__(self, path: str) -> object:
        value = self.values(path)[self.index]
        if value is UNREAD:
            raise Unreadable
        return value

    def values(self, path: str) -> Sequence[object]:
        """The values at the end of a path, one per record."""
        if path not in self._paths:
            self._paths[path] = self._along(path)
        return self._paths[path]

    def _along(self, path: str) -> Sequence[object]:
        first, _, last = path.partition(".")
        if not last:
            return self._view.values[first]
        if first == _SETTINGS:
            return [self._settings.get(last)] * len(self._view.table.rows)
        return list(self._over(first, last))

    def _over(self, column: str, wanted: str) -> Iterator[object]:
        """The values in the rows that the keys in one of our columns point to."""
        ref = self._view.table.sheet.column(column).type
        assert isinstance(ref, Ref)
        target = self._views.get(ref.sheet)  # without it no key was read
        rows, cells = (target.rows_by(ref.column), target.values[wanted]) if target else ({}, ())
        for key in self._view.values[column]:
            if key is None or key is UNREAD:
                yield key
            else:
                row = rows.get(key)
                yield UNREAD if row is None else cells[row]


def _iter_breaches(
    rule: Rule, row: _RowView, view: _TableView, kept: set[_RowSeen]
) -> Iterator[Issue]:
    """Of records that are alike to the rule, one is judged; each of those at fault by itself.

    ``kept``: what records look like that keep the rule, as found so far.
    """
    looks = list(zip(*map(row.values, rule.paths), strict=True))
    places = dict(zip(looks, range(len(looks)), strict=True))
    new = set(places).difference(kept)
    broken = {look for look in new if _judge_row(rule, row, places[look])}
    kept |= new - broken
    for index, look in enumerate(looks if broken else ()):
        if look in broken:
            for breach in _judge_row(rule, row, index):
                yield _make_issue(breach, index, view)


def _judge_row(rule: Rule, row: _RowView, index: int) -> list[Breach]:
    row.index = index
    try:
        return list(rule.breaches(row))
    except Unreadable:
        return []


def _make_issue(breach: Breach, index: int, view: _TableView) -> Issue:
    for column in filter(None, (breach.column, breach.either)):
        view.values[column][index] = UNREAD
    issue = view.table.issue(index, breach.column, Flaw(breach.code, breach.details))
    return replace(issue, given=breach.given)


def _read_settings(views: Iterable[_TableView]) -> dict[str, object]:
    pairs = [view for view in views if view.table.sheet.layout == "pairs"]
    return {name: values[0] for view in pairs for name, values in view.values.items()}
