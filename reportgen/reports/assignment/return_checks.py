"""What came back from the owners against what the register handed out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.data import OWNER, Dataset
from reportgen.issues import Issue
from reportgen.reports.assignment.hand_out import Assignment, HandOut, shown_cell
from reportgen.reports.places import Place, issue_at
from reportgen.reports.words import KindWords
from reportgen.schema.columns import normalise_name
from reportgen.schema.model import Workbook

BLANK, MISSING = "form-still-blank", "department-not-returned"
NOT_RETURNED = (BLANK, MISSING)
"""An owner of which nothing has come."""


def return_issues(
    dataset: Dataset, given: Sequence[HandOut], returned: Workbook, words: KindWords
) -> Iterator[Issue]:
    """Every way in which the returns disagree with what was handed out, and who returned nothing."""
    if given and not any(len(dataset.tables[each.items.name]) for each in given):
        return
    counts = Counter[str]()
    for each in given:
        found = _compare(dataset, each, words)
        yield from _locked_changed(found)
        yield from _not_assigned(found)
        yield from _item_repeated(found)
        yield from _item_not_returned(found)
        counts.update(owner for owner, _ in found.handed)
    yield from _not_returned(dataset, given, returned, counts if given else None, words)


_Pair = tuple[str, str | None]
"""An owner and the key of an item; None where none could be read."""


@dataclass(frozen=True)
class _Answer:
    """One row of the answers, the one at ``position``; ``typed``: its key.

    ``number``: the item meant, by its title where the key typed is wrong.  ``handed``: it as it was
    handed out to the owner, None if it was not.
    """

    place: Place
    position: int
    owner: str
    typed: str | None
    number: str | None
    handed: Assignment | None


@dataclass(frozen=True)
class _Comparison:
    """``items``: where the register's rows stand.  ``firsts``: of each item handed out the first answer.

    ``doubtful``: keys of items whose assignment in the register is itself at fault.  ``compared``: the
    prefilled columns, besides the key, that must agree.
    """

    dataset: Dataset
    given: HandOut
    words: KindWords
    handed: Mapping[_Pair, Assignment]
    items: Sequence[Place]
    answers: Sequence[_Answer]
    firsts: Mapping[_Pair, _Answer]
    doubtful: frozenset[str | None]
    compared: tuple[str, ...]

    def issue(self, code: str, place: Place, column: str, key: str, **details: str) -> Issue:
        """An issue that names an item."""
        said = {"item": self.words.item.format(key=key), "counter": self.words.counter}
        return issue_at(self.dataset, code, place, column, key, **said, **details)


def _compare(dataset: Dataset, given: HandOut, words: KindWords) -> _Comparison:
    handed: dict[_Pair, Assignment] = {}
    for each in given.assignments(dataset):
        handed.setdefault((each.owner, each.key), each)
    items = list(dataset.tables[given.items.name].index)
    answers = list(_iter_answers(dataset, given, handed))
    firsts = {(each.owner, each.number): each for each in reversed(answers) if each.handed}
    compared = tuple(_iter_compared(given, handed.values()))
    doubtful = _doubtful(dataset, given)
    return _Comparison(dataset, given, words, handed, items, answers, firsts, doubtful, compared)


def _iter_answers(
    dataset: Dataset, given: HandOut, handed: Mapping[_Pair, Assignment]
) -> Iterator[_Answer]:
    rows = dataset.tables[given.answers.name]
    pairs: list[_Pair] = list(zip(rows[OWNER], rows[given.key], strict=True))
    titles = rows[given.title].tolist() if given.title else [None] * len(rows)
    numbers = _find_meant(pairs, titles, handed, given.title)
    cells = zip(rows.index, pairs, numbers, strict=True)
    for position, (place, (owner, typed), number) in enumerate(cells):
        yield _Answer(place, position, owner, typed, number, handed.get((owner, number)))


def _iter_compared(given: HandOut, handed: Collection[Assignment]) -> Iterator[str]:
    """The prefilled columns, besides the key, that any item was handed out with."""
    filled = set[str]().union(*(each.locked for each in handed))
    for column in given.answers.columns:
        if column.locked and column.name != given.key and column.name in filled:
            yield column.name


def _doubtful(dataset: Dataset, given: HandOut) -> frozenset[str | None]:
    register = dataset.tables[given.items.name]
    wrong = {cell[:3] for cell in dataset.faulty if cell[3] in given.deciding}
    numbers = zip(register[given.source], register.index, strict=True)
    return frozenset(number for number, place in numbers if place in wrong)


def _find_meant(
    pairs: Sequence[_Pair], titles: Sequence[object], handed: Mapping[_Pair, Assignment], title: str
) -> list[str | None]:
    """By row, the key typed; where it does not fit the title, the owner's open item that does."""
    rows = list(zip(pairs, titles, strict=True))
    fits = [_fits(handed.get(pair), typed, title) for pair, typed in rows]
    settled = {pair for pair, fit in zip(pairs, fits, strict=True) if fit}
    open_: dict[tuple[str, str], list[str]] = {}
    for pair, given in handed.items():
        if pair not in settled:
            open_.setdefault((given.owner, _word(given.locked.get(title))), []).append(given.key)
    numbers: list[str | None] = []
    for ((owner, number), typed), fit in zip(rows, fits, strict=True):
        word = "" if fit else _word(typed)
        titled = open_.get((owner, word), ()) if word else ()
        numbers.append(titled[0] if len(titled) == 1 else number)
    return numbers


def _fits(given: Assignment | None, typed: object, title: str) -> bool:
    """Whether an item was handed out, and under the title typed if there is one."""
    if given is None:
        return False
    right = given.locked.get(title)
    return typed == right or _word(typed) in ("", _word(right))


def _locked_changed(found: _Comparison) -> Iterator[Issue]:
    key = found.given.key
    for each in found.answers:
        if each.typed is not None and each.typed != each.number:
            details = {"expected": str(each.number)}
            yield issue_at(found.dataset, "locked-changed", each.place, key, each.typed, **details)
    sound = [each for each in found.firsts.values() if each.number not in found.doubtful]
    for column in found.compared:
        cells = found.dataset.tables[found.given.answers.name][column].tolist()
        for each in sound:
            assert each.handed is not None
            typed, right = cells[each.position], each.handed.locked.get(column)
            if typed != right and _differs(typed, right):
                shown = "" if typed is None else shown_cell(typed)
                details = {"expected": shown_cell(right)}
                yield issue_at(
                    found.dataset, "locked-changed", each.place, column, shown, **details
                )


def _differs(typed: object, right: object) -> bool:
    """Whether a prefilled cell does not hold what was handed out.

    A text that was cleared away leaves the register's; a number or a day would be counted as none.
    """
    if right in (None, ""):
        return False
    if typed is None:
        return not isinstance(right, str)
    return _word(shown_cell(typed)) != _word(shown_cell(right))


def _not_assigned(found: _Comparison) -> Iterator[Issue]:
    key = found.given.key
    for each in found.answers:
        if each.number is not None and not each.handed and each.number not in found.doubtful:
            yield found.issue(
                "not-assigned", each.place, key, str(each.typed), department=each.owner
            )


def _item_repeated(found: _Comparison) -> Iterator[Issue]:
    key = found.given.key
    for each in found.answers:
        first = found.firsts.get((each.owner, each.number), each)
        if first is not each:
            other = issue_at(found.dataset, "item-repeated", first.place, key)
            where = f"{other.file} {other.place}"
            details = {"department": each.owner, "other": where}
            yield found.issue("item-repeated", each.place, key, str(each.number), **details)


def _item_not_returned(found: _Comparison) -> Iterator[Issue]:
    there = {(each.owner, each.number) for each in found.answers}
    missing: dict[str, list[Assignment]] = {}
    for pair, each in found.handed.items():
        if pair not in there and each.key not in found.doubtful:
            missing.setdefault(each.owner, []).append(each)
    unnumbered = Counter(each.owner for each in found.answers if each.number is None)
    for owner, assigned in missing.items():
        # a row whose key cannot be read may be the one that is missing
        if _whole(found, owner) and len(assigned) > unnumbered[owner]:
            for each in assigned:
                details = {"department": owner, "role": each.part}
                place = found.items[each.position]
                yield found.issue("item-not-returned", place, each.column, each.key, **details)


def _whole(found: _Comparison, owner: str) -> bool:
    """Whether the owner returned something, and all its keys could be read."""
    data, sheet = found.dataset, found.given.answers.name
    files = data.returned.get(owner, ())
    readable = bool(files) and owner not in data.unread
    return readable and all(
        found.given.key in data.letters.get((file, sheet), {}) for file in files
    )


def _not_returned(
    dataset: Dataset,
    given: Sequence[HandOut],
    returned: Workbook,
    counts: Mapping[str, int] | None,
    words: KindWords,
) -> Iterator[Issue]:
    """``counts``: how many items an owner has in hand; None where nobody is handed out any."""
    owner = returned.owner
    assert owner is not None
    rows = dataset.tables[owner.sheet]
    places: dict[str, Place] = {}
    for place, name in zip(rows.index, rows[owner.column], strict=True):
        if name is not None and (counts is None or name in counts):
            places.setdefault(name, place)
    open_ = [name for name in places if name not in {*dataset.begun, *dataset.unread}]
    loads = {name: f"（{words.load.format(count=n)}）" for name, n in (counts or {}).items()}
    blank = [name for name in open_ if name in dataset.returned]
    missing = [name for name in open_ if name not in dataset.returned]
    sheets = {each.answers.name for each in given} or {sheet.name for sheet in returned.sheets}
    owned = {file for files in dataset.returned.values() for file in files}
    ownerless = {file for file, sheet in dataset.letters if sheet in sheets} - owned
    if len(missing) <= len(ownerless):  # a workbook without owner may be the one that is missing
        missing = []
    for code, names in ((BLANK, blank), (MISSING, missing)):
        for name in names:
            details = {"department": name, "load": loads.get(name, "")}
            yield issue_at(dataset, code, places[name], owner.column, name, **details)


def _word(text: object) -> str:
    """What must agree of a prefilled cell: spaces and the width of signs do not matter."""
    return normalise_name(text) if isinstance(text, str) else ""
