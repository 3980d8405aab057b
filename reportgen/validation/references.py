"""Which row of another sheet a name means: a department by 全称, 简称 or 别名, a class by code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

from reportgen.issues import CATALOGUE, Issue
from reportgen.nearest_name import suggest_nearest
from reportgen.schema.columns import Flaw, Ref, normalise_name, split_names
from reportgen.schema.model import Workbook
from reportgen.validation.typed_table import UNREAD, Table
from reportgen.validation.workbook_match import RecognisedForm

MOST_GUESSES = 500
"""For so many unknown names of a sheet a similar one is looked for, each among all known names."""


@dataclass(frozen=True, slots=True)
class NameGuess:
    """The key that a name is taken for, and what to tell of it."""

    key: str
    remark: Flaw


@dataclass(frozen=True)
class RefNames:
    """The names understood for one Ref: ``meanings`` has, by spelling, the keys that are meant.

    ``lost``: how many rows have a key that cannot be read or repeats; so many names may rightly be
    missing here.
    """

    ref: Ref
    meanings: Mapping[str, Sequence[str]]
    lost: int = 0

    @classmethod
    def of(cls, ref: Ref, table: Table) -> RefNames:
        """The names in that sheet."""
        column = table.values[ref.column]
        keys = list(dict.fromkeys(key for key in column if isinstance(key, str)))
        meanings: dict[str, list[str]] = {}
        unread = len(column) - len(keys)
        for name in ref.also:
            unread += sum(cell is UNREAD for cell in table.values[name])
            for key, cell in zip(column, table.values[name], strict=True):
                _add_names(meanings, key, cell)
        own = {normalise_name(key): [key] for key in keys}
        return cls(ref, own | meanings | own, unread)  # a key means itself, whoever uses it too

    def find(self, name: str) -> str | NameGuess | Flaw:
        """The key meant by a name; Flaw ambiguous-name, or the Ref's own code."""
        word = normalise_name(name)
        meant = self.meanings.get(word, ())
        if not meant and self.ref.labelled:
            meant = self._labelled(word)
        if len(meant) == 1:
            return meant[0]
        if not meant and self.ref.classes and (guess := self._begun(word)):
            return guess
        details = {"name": name, "sheet_name": self.ref.sheet, "target": self.ref.column}
        if meant:
            return Flaw("ambiguous-name", details)
        known: Collection[str] = self.meanings
        if "{options}" in CATALOGUE[self.ref.code].remedy:
            known = self.keys
            details["options"] = "、".join(known)
        if "{nearest}" in CATALOGUE[self.ref.code].message and len(self._guessed) < MOST_GUESSES:
            self._guessed.append(name)
            details["nearest"] = suggest_nearest(name, known)
        return Flaw(self.ref.code, details)

    def inside(self, text: str) -> list[str]:
        """The keys whose names occur in a text; a name within a longer one does not count."""
        words = [word for word in self.meanings if len(word) > 1 and word in text]
        longest = [word for word in words if not any(word in o and word != o for o in words)]
        found = (self.find(word) for word in longest)
        return list(dict.fromkeys(key for key in found if isinstance(key, str)))

    @property
    def keys(self) -> Sequence[str]:
        """The keys, in the order of their rows."""
        return list(dict.fromkeys(key for keys in self.meanings.values() for key in keys))

    @cached_property
    def _guessed(self) -> list[str]:
        """The unknown names for which a similar one was looked for."""
        return []

    @cached_property
    def _stems(self) -> dict[str, str]:
        """Codes without 类, longest first."""
        keys = {normalise_name(key): key for keys in self.meanings.values() for key in keys}
        stems = {word.removesuffix("类").upper(): key for word, key in keys.items()}
        return dict(sorted(stems.items(), key=lambda item: -len(item[0])))

    def _begun(self, word: str) -> NameGuess | None:
        """The only class whose name begins so, or is so without emphasis."""
        plain = {_drop_emphasis(word)} & set(self.meanings)
        names = plain or {name for name in self.meanings if name.startswith(word)}
        keys = {key for name in names for key in self.meanings[name]}
        if len(keys) != 1 or len(word) < 2:
            return None
        key, name = keys.pop(), min(names)
        meant = key if name == normalise_name(key) else f"{key}（{name}）"
        return NameGuess(key, Flaw("taken-as", {"meant": meant}))

    def _labelled(self, word: str) -> list[str]:
        """``A类``, ``A已解决``, ``A、…``: the code first, no other code after it."""
        text = word.upper()
        stem = next((stem for stem in self._stems if stem and text.startswith(stem)), "")
        rest = text[len(stem) :]
        if not stem or (rest[:1].isascii() and rest[:1].isalnum()):
            return []
        others = [other for other in self._stems if other != stem and other in rest]
        return [] if others else [self._stems[stem]]


def _drop_emphasis(word: str) -> str:
    """``非常满意`` without its 非常."""
    return _EMPHASIS.sub("", word)


_EMPHASIS = re.compile("^(?:非常|十分|特别|很|完全)(?=..)")


class NameDirectory:
    """The names of every sheet that other sheets refer to."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._tables = {t.sheet.name: t for t in tables if _is_usable(t)}
        self._names: dict[Ref, RefNames] = {}

    def names(self, ref: Ref) -> RefNames | None:
        """The names a Ref may mean; None if its sheet or key column is missing or empty."""
        table = self._tables.get(ref.sheet)
        if table is None or ref.column not in table.columns:
            return None
        if ref not in self._names:
            self._names[ref] = RefNames.of(ref, table)
        return self._names[ref]


def resolve_names(
    tables: Iterable[Table], directory: NameDirectory
) -> tuple[list[Table], list[Issue]]:
    """Tables whose Ref columns hold the keys meant; unknown and ambiguous names.

    Where the sheet referred to is itself missing or empty, its names are left unread in silence.
    """
    resolved: list[Table] = []
    found: list[tuple[Ref, Issue]] = []
    for table in tables:
        values = dict(table.values)
        for column in table.sheet.columns:
            if isinstance(column.type, Ref):
                names = directory.names(column.type)
                values[column.name], flaws = _resolve_column(values[column.name], names)
                found += [(column.type, table.issue(i, column.name, flaw)) for i, flaw in flaws]
        resolved.append(replace(table, values=values))
    return resolved, list(_drop_explained(found, directory))


def find_owners(
    forms: Iterable[RecognisedForm], directory: NameDirectory
) -> tuple[dict[str, str | None], list[Issue]]:
    """By file, whose workbook each owned one is (None: not known); unknown-owner."""
    owners: dict[str, str | None] = {}
    issues: list[Issue] = []
    for form in forms:
        if form.declared.owner is None:
            continue
        names, file = directory.names(form.declared.owner), form.raw.file
        owners[file] = (_find_owner(form, names) if names else form.owner) or None
        if names and not names.lost and owners[file] is None:
            marked = f"（表内标识为“{form.owner}”）" if form.owner else ""
            issues.append(
                Issue(
                    "unknown-owner", file, details={"marked": marked, "sheet_name": names.ref.sheet}
                )
            )
    return owners, issues


def find_unread_owners(
    files: Iterable[str], declared: Iterable[Workbook], directory: NameDirectory
) -> dict[str, tuple[str, ...]]:
    """By department, the files that could not be read but are called after it."""
    unread: dict[str, tuple[str, ...]] = {}
    refs = [book.owner for book in declared if book.owner is not None]
    for names in filter(None, map(directory.names, refs)):
        for file in files:
            owner = _find_in_file_name(file, names)
            if owner is not None:
                unread[owner] = (*unread.get(owner, ()), file)
    return unread


def _find_owner(form: RecognisedForm, names: RefNames) -> str | None:
    """By the mark, else by the file's name."""
    marked = names.find(form.owner) if form.owner else None
    return marked if isinstance(marked, str) else _find_in_file_name(form.raw.file, names)


def _find_in_file_name(file: str, names: RefNames) -> str | None:
    """The only department that the file's name, or else that of its folder, holds."""
    path = PurePosixPath(file)
    inside = names.inside(normalise_name(path.stem)) or names.inside(
        normalise_name(path.parent.name)
    )
    return inside[0] if len(inside) == 1 else None


def _resolve_column(
    values: Sequence[object], names: RefNames | None
) -> tuple[list[object], list[tuple[int, Flaw]]]:
    meant: dict[object, object] = {None: None, UNREAD: UNREAD}
    told: dict[object, list[Flaw]] = {}
    for value in dict.fromkeys(values):
        if value not in meant:
            meant[value], flaws = _resolve_value(value, names) if names else (UNREAD, [])
            told |= {value: flaws} if flaws else {}
    found = [
        (index, flaw)
        for index, value in enumerate(values if told else ())
        for flaw in told.get(value, ())
    ]
    return [meant[value] for value in values], found


def _resolve_value(value: object, names: RefNames) -> tuple[object, list[Flaw]]:
    """The key, or the keys of several names; ``UNREAD`` if any of them is at fault."""
    typed = value if isinstance(value, tuple) else (value,)
    meant = [names.find(str(name)) for name in typed]
    flaws = [found for found in meant if isinstance(found, Flaw)]
    if flaws:
        return UNREAD, flaws
    remarks = [found.remark for found in meant if isinstance(found, NameGuess)]
    keys = [found.key if isinstance(found, NameGuess) else found for found in meant]
    return (tuple(dict.fromkeys(keys)) if isinstance(value, tuple) else keys[0]), remarks


def _drop_explained(
    found: Sequence[tuple[Ref, Issue]], directory: NameDirectory
) -> Iterator[Issue]:
    """All but the unknown names that a lost key explains: one damaged key is one issue."""
    unknown: dict[str, set[str]] = {}
    for ref, issue in found:
        if issue.code == ref.code:
            unknown.setdefault(ref.sheet, set()).add(issue.details["name"])
    for ref, issue in found:
        names = directory.names(ref)
        lost = names.lost if names else 0
        if issue.code != ref.code or len(unknown[ref.sheet]) > lost:
            yield issue


def _add_names(meanings: dict[str, list[str]], key: object, cell: object) -> None:
    """Let every name in a cell, and the cell as a whole, mean the key."""
    if isinstance(key, str) and isinstance(cell, str):
        for word in dict.fromkeys(map(normalise_name, (cell, *split_names(cell)))):
            meanings.setdefault(word, [])
            meanings[word] += [key] if key not in meanings[word] else []


def _is_usable(table: Table) -> bool:
    return bool(table.rows) or not table.sheet.required
