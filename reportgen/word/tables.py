"""The tables of an edited report beside those as made: every cell, row and column of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from reportgen.word.contents import Figure, Paragraph, Row, Table, text_of, tight
from reportgen.word.findings import Finding, at, before
from reportgen.word.made import joined

_ALIKE = 0.5
_SHOWN = 40

Pair = tuple[Row, Row]


def compare(made: Sequence[Table], now: Sequence[Table]) -> Iterator[Finding]:
    """Where the tables no longer agree; a table that somebody added is none of ours."""
    found = partners(dict(enumerate(made)), dict(enumerate(now)))
    for number, table in enumerate(made):
        partner = found.get(number)
        if partner is None:
            yield Finding("table-gone", f"生成时的{table.place}", "", _words(table.rows[:1]))
        else:
            yield from _compare_table(table, now[partner])


def partners(made: Mapping[int, Table], now: Mapping[int, Table]) -> dict[int, int]:
    """The table now by the table as made: most rows in common, else the one most alike."""
    found: dict[int, int] = {}
    for likeness in (_common, _share):
        shared = [
            (-likeness(one, other), number, at_)
            for number, one in made.items()
            for at_, other in now.items()
            if number not in found and at_ not in found.values()
        ]
        for common, number, at_ in sorted(shared):
            if common and number not in found and at_ not in found.values():
                found[number] = at_
    return found


def pairs(made: Table, now: Table) -> tuple[list[Pair], list[Row], list[Row]]:
    """Rows as made with what they are now, rows that are gone, rows that came in."""
    found = links(made.rows, now.rows)
    taken = set(found.values())
    return (
        [(made.rows[number], now.rows[other]) for number, other in found.items()],
        [row for number, row in enumerate(made.rows) if number not in found],
        [row for other, row in enumerate(now.rows) if other not in taken],
    )


def links(made: Sequence[Row], now: Sequence[Row]) -> dict[int, int]:
    """The row now by the row as made, in the order as made.

    Equal rows pair first, then those with the same bookmark, then those most alike.
    """
    found: dict[int, int] = {}
    free = dict.fromkeys(range(len(now)))
    for matching in (_equal, _marked, _alike):
        left = [number for number in range(len(made)) if number not in found]
        for number, other in matching(made, now, left, list(free)):
            found[number] = other
            free.pop(other)
    return dict(sorted(found.items()))


def _compare_table(made: Table, now: Table) -> Iterator[Finding]:
    matched, gone, added = pairs(made, now)
    columns = columns_of(matched)
    if columns is not None:
        yield from _changed_columns(made, now, columns)
    for one, other in matched:
        yield from _compare_rows(one, other, columns)
    for row in gone:
        yield Finding("row-gone", f"生成时的{row_place(row)}", "", _words([row]))
    for row in added:
        first = next(iter(row.paragraphs), None)
        if first is not None and _words([row]).strip("｜"):  # an empty one says nothing
            yield Finding("row-added", row_place(row), _words([row]), "", "", "",
                          first.part, first.number)  # fmt: skip


def _common(made: Table, now: Table) -> int:
    """How many rows two tables share, by bookmark or by content."""
    marks = {mark for row in made.rows for mark in row.marks}
    texts = {row.signature for row in made.rows}
    return sum(1 for row in now.rows if marks.intersection(row.marks) or row.signature in texts)


def _share(made: Table, now: Table) -> float:
    """How much of their letters two tables share; 0 if it is less than half."""
    one, other = Counter(_words(made.rows)), Counter(_words(now.rows))
    share = (one & other).total() / max(one.total(), other.total(), 1)
    return share if share >= _ALIKE else 0


def _equal(
    made: Sequence[Row], now: Sequence[Row], left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[int, int]]:
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for other in reversed(free):
        waiting[now[other].signature].append(other)
    for number in left:
        if waiting.get(made[number].signature):
            yield number, waiting[made[number].signature].pop()


def _marked(
    made: Sequence[Row], now: Sequence[Row], left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[int, int]]:
    by_mark = {mark: number for number in left for mark in made[number].marks}
    for other in free:
        number = next((by_mark.pop(mark) for mark in now[other].marks if mark in by_mark), None)
        if number is not None:
            yield number, other


def _alike(
    made: Sequence[Row], now: Sequence[Row], left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """In order, each with the first that shares half of its letters."""
    waiting = list(free)
    for number in left:
        words = Counter(_words([made[number]]))
        for other in waiting[:_SHOWN]:
            others = Counter(_words([now[other]]))
            shared, most = (words & others).total(), max(words.total(), others.total())
            if most == 0 or shared >= _ALIKE * most:
                waiting.remove(other)
                yield number, other
                break


def columns_of(matched: Sequence[Pair]) -> Sequence[tuple[int | None, int | None]] | None:
    """Which columns as made are which now, if most rows have another number of cells, else None."""
    changed = [(one.width, other.width) for one, other in matched]
    usual, count = Counter(changed).most_common(1)[0] if changed else ((0, 0), 0)
    if usual[0] == usual[1] or count * 2 < len(changed):
        return None
    one, other = next(pair for pair, sizes in zip(matched, changed, strict=True) if sizes == usual)
    return _aligned(one, other)


def _aligned(one: Row, other: Row) -> list[tuple[int | None, int | None]]:
    """Cells as made with cells now, by their text."""
    before, after = ([_signature(cell) for cell in row.cells] for row in (one, other))
    found: list[tuple[int | None, int | None]] = []
    for _, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        both = min(i_end - i, j_end - j)
        found += [(i + step, j + step) for step in range(both)]
        found += [(number, None) for number in range(i + both, i_end)]
        found += [(None, number) for number in range(j + both, j_end)]
    return found


def _changed_columns(
    made: Table, now: Table, columns: Sequence[tuple[int | None, int | None]]
) -> Iterator[Finding]:
    head = next((row for row in now.rows if row.cells), None)
    first = next(iter(head.paragraphs), None) if head else None
    part, number = (first.part, first.number) if first else ("", -1)
    for one, other in columns:
        if other is None and one is not None:
            title = _text(made.rows[0].cells[one]) if one < len(made.rows[0].cells) else ""
            yield Finding("column-gone", f"{now.place}原第{one + 1}列", "", title,
                          part=part, number=number)  # fmt: skip
        elif one is None and other is not None:
            title = _text(head.cells[other]) if head and other < len(head.cells) else ""
            yield Finding("column-added", f"{now.place}第{other + 1}列", title, "",
                          part=part, number=number)  # fmt: skip


def _compare_rows(
    made: Row, now: Row, columns: Sequence[tuple[int | None, int | None]] | None
) -> Iterator[Finding]:
    if made.signature == now.signature:
        return
    whole = columns is None or not _fit(columns, made, now)
    if made.width == now.width:
        aligned: Iterable[tuple[int | None, int | None]] = ((at_, at_) for at_ in range(made.width))
    else:
        aligned = _aligned(made, now) if whole else columns or ()
    for one, other in aligned:
        if one is not None and other is not None:
            yield from _compare_cell(made.cells[one], now.cells[other])
        elif one is not None and whole:
            yield before("cell-changed", made.cells[one][0], _text(made.cells[one]))
        elif other is not None and whole and _text(now.cells[other]):
            yield at("cell-changed", now.cells[other][0], _text(now.cells[other]), "")


def _fit(columns: Sequence[tuple[int | None, int | None]], made: Row, now: Row) -> bool:
    sizes = (
        sum(1 for one, _ in columns if one is not None),
        sum(1 for _, other in columns if other is not None),
    )
    return sizes == (made.width, now.width)


def _compare_cell(made: Sequence[Paragraph], now: Sequence[Paragraph]) -> Iterator[Finding]:
    if _signature(made) == _signature(now):
        return
    where = next((paragraph for paragraph in now if paragraph.text), now[0] if now else None)
    shown, should = _text(now), _text(made)
    went, came = _figures(made), _figures(now)
    key = went[0].key if went else ""
    if where is None:
        yield before("cell-changed", made[0], should, key=key)
    elif tight(shown) == tight(should) and not came:
        yield at("figure-plain", where, shown, should, key=key)
    elif went and came and went != came:
        yield at("figure-other", where, f"{shown}（{came[0].key}）", should, key=key)
    else:
        kind = "cell-changed"
        if went and not came:
            kind = "figure-replaced" if shown else "figure-gone"
        yield at(kind, where, shown, should, key=key)


def _figures(cell: Iterable[Paragraph]) -> list[Figure]:
    return [figure for paragraph in cell for figure in paragraph.figures]


def _signature(cell: Iterable[Paragraph]) -> str:
    return "".join(paragraph.signature for paragraph in cell)


def _text(cell: Iterable[Paragraph]) -> str:
    return text_of(joined(cell)).strip()


def _words(rows: Sequence[Row]) -> str:
    return "｜".join(_text(cell) for row in rows for cell in row.cells)


def row_place(row: Row) -> str:
    """Where a row stands, for the user."""
    place = next((paragraph.place for paragraph in row.paragraphs), "")
    return place.rpartition("行第")[0] + "行" if "行第" in place else place
