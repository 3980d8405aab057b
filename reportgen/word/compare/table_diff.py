"""The tables of an edited report beside those as made: every cell, row and column of them.

People split tables and join them.  A row is followed by its bookmark, and by what it says, to
where it stands now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.word.compare.findings import Finding, make_finding, make_gone_finding
from reportgen.word.compare.letter_alignment import find_opcodes
from reportgen.word.document.model import (
    DocumentTable,
    Figure,
    Paragraph,
    TableRow,
    drop_spaces,
    text_of_pieces,
)
from reportgen.word.document.snapshot import join_cell_paragraphs

_ALIKE = 0.5
_SHOWN = 40
_TRIED = 20
"""Of so many rows each says which columns are which; the one that fits most of them is right."""

RowPair = tuple[TableRow, TableRow]

Places = Mapping[int, Mapping[int, Sequence[TableRow]]]
"""By table as made, its rows now, by the table in which they stand."""


def compare_tables(
    made: Sequence[DocumentTable], now: Sequence[DocumentTable], found: Places
) -> Iterator[Finding]:
    """Where the tables no longer agree; a table that somebody added is none of ours.

    ``found``: as of ``locate_all_rows``.
    """
    for number, table in enumerate(made):
        parts = [
            DocumentTable(now[other].place, tuple(rows)) for other, rows in found[number].items()
        ]
        if parts:
            yield from _compare_table(table, parts)
        else:
            yield Finding(
                "table-gone", f"生成时的{table.place}", "", _join_row_texts(table.rows[:1])
            )


def locate_all_rows(
    made: Sequence[DocumentTable], now: Sequence[DocumentTable]
) -> dict[int, dict[int, Sequence[TableRow]]]:
    """As ``locate_rows``, of all tables of two documents."""
    return locate_rows(dict(enumerate(made)), dict(enumerate(now)))


def locate_rows(
    made: Mapping[int, DocumentTable], now: Mapping[int, DocumentTable]
) -> dict[int, dict[int, Sequence[TableRow]]]:
    """Where the rows of each table as made stand: by table now, in order; {} if nowhere.

    A table that was split has several, one that was joined to another shares it.
    """
    home = match_tables(made, now)
    tenants = {other: number for number, other in home.items()}
    strays = {mark: number for number, table in made.items() if number not in home
              for row in table.rows for mark in row.marks}  # fmt: skip
    missing = _find_missing(made, {number: now[other] for number, other in home.items()})
    found: dict[int, dict[int, list[TableRow]]] = {number: {} for number in made}
    for other, table in now.items():
        owners = (
            [_find_owner(row.marks, strays, tenants[other]) for row in table.rows]
            if other in tenants
            else _find_owners(table.rows, missing)
        )
        for row, owner in zip(table.rows, owners, strict=True):
            if owner is not None:
                found[owner].setdefault(other, []).append(row)
    return {number: dict(rows) for number, rows in found.items()}


def match_tables(
    made: Mapping[int, DocumentTable], now: Mapping[int, DocumentTable]
) -> dict[int, int]:
    """The table now by the table as made: most rows in common, else the one most alike."""
    known = {number: _KnownRows(table) for number, table in made.items()}
    found: dict[int, int] = {}
    for likeness in (_KnownRows.count_common, _KnownRows.measure_shared_letters):
        shared = [
            (-likeness(one, other), number, at_)
            for number, one in known.items()
            for at_, other in now.items()
            if number not in found and at_ not in found.values()
        ]
        for common, number, at_ in sorted(shared):
            if common and number not in found and at_ not in found.values():
                found[number] = at_
    return found


def pair_rows(
    made: Sequence[TableRow], now: Sequence[TableRow]
) -> tuple[list[RowPair], list[TableRow], list[TableRow]]:
    """Rows as made with what they are now, rows that are gone, rows that came in."""
    found = link_rows(made, now)
    taken = set(found.values())
    return (
        [(made[number], now[other]) for number, other in found.items()],
        [row for number, row in enumerate(made) if number not in found],
        [row for other, row in enumerate(now) if other not in taken],
    )


def link_rows(made: Sequence[TableRow], now: Sequence[TableRow]) -> dict[int, int]:
    """The row now by the row as made, in the order as made.

    Equal rows pair first, then those with the same bookmark, then those most alike.
    """
    found: dict[int, int] = {}
    free = dict.fromkeys(range(len(now)))
    for matching in (_match_equal, _match_marked, _match_alike):
        left = [number for number in range(len(made)) if number not in found]
        for number, other in matching(made, now, left, list(free)):
            found[number] = other
            free.pop(other)
    return dict(sorted(found.items()))


def _find_missing(
    made: Mapping[int, DocumentTable], now: Mapping[int, DocumentTable]
) -> dict[str, int]:
    """What tells the rows that the table now does not hold any more, with the table as made."""
    found: dict[str, int] = {}
    for number, table in now.items():
        here = {name for row in table.rows for name in _list_row_names(row)}
        for row in made[number].rows:
            if here.isdisjoint(_list_row_names(row)):
                found |= dict.fromkeys(_list_row_names(row), number)
    return found


def _find_owners(rows: Sequence[TableRow], missing: Mapping[str, int]) -> list[int | None]:
    """The tables as made of the rows of a new table; all are one's of which at least half are."""
    found = [_find_owner(_list_row_names(row), missing, None) for row in rows]
    owner, count = Counter(found).most_common(1)[0] if found else (None, 0)
    if owner is None or count * 2 < len(rows):
        return found
    return [owner if each is None else each for each in found]


def _find_owner(
    names: Iterable[str], owners: Mapping[str, int], otherwise: int | None
) -> int | None:
    return next((owners[name] for name in names if name in owners), otherwise)


def _list_row_names(row: TableRow) -> list[str]:
    """What tells a row from others: its bookmarks and, if it has any, its text."""
    return [*row.marks, *([row.signature] if row.signature.strip("\2") else [])]


def _compare_table(made: DocumentTable, parts: Sequence[DocumentTable]) -> Iterator[Finding]:
    matched, gone, added = pair_rows(made.rows, [row for part in parts for row in part.rows])
    for part in parts:
        yield from _compare_part(made, part, matched)
    for row in gone:
        yield Finding("row-gone", f"生成时的{place_of_row(row)}", "", _join_row_texts([row]))
    heads = {row.signature for row in made.rows[:1] if can_be_head(row)}
    for row in added:
        first = next(iter(row.paragraphs), None)
        if first is None or row.signature in heads or not _join_row_texts([row]).strip("｜"):
            continue  # a head repeated and an empty row say nothing
        yield Finding("row-added", place_of_row(row), _join_row_texts([row]), "", "", "",
                      first.part, first.number)  # fmt: skip


def _compare_part(
    made: DocumentTable, part: DocumentTable, matched: Sequence[RowPair]
) -> Iterator[Finding]:
    """A table now, or a half of one: people may add a column to one half only."""
    here = {id(row) for row in part.rows}
    ours = [pair for pair in matched if id(pair[1]) in here]
    columns = match_columns(ours)
    if columns is not None:
        yield from _compare_columns(made, part, columns)
    for one, other in ours:
        yield from _compare_rows(one, other, columns)


def iter_added_cells(made: Sequence[DocumentTable], found: Places) -> Iterator[Sequence[Paragraph]]:
    """The cells of columns that people added to the tables as made; ``found``: as of ``locate_rows``."""
    for number, table in enumerate(made):
        for rows in found[number].values():
            matched, *_ = pair_rows(table.rows, rows)
            columns = match_columns(matched) or ()
            added = [other for one, other in columns if one is None and other is not None]
            for one, other in matched if added else ():
                if _fits_columns(columns, one, other):
                    yield from (other.cells[column] for column in added)


def can_be_head(row: TableRow) -> bool:
    """Whether a row may be a table's head: no figure and no digit is in it."""
    return not any(text is None or any(map(str.isdigit, text)) for text in row.texts)


class _KnownRows:
    """The rows of a table as made, to see what another table has of them."""

    def __init__(self, table: DocumentTable) -> None:
        self._rows = table.rows
        self._marks = {mark for row in table.rows for mark in row.marks}
        self._texts = {row.signature for row in table.rows}

    def count_common(self, now: DocumentTable) -> int:
        """How many rows both have, by bookmark or by content."""
        marks, texts = self._marks, self._texts
        return sum(
            1 for row in now.rows if row.signature in texts or not marks.isdisjoint(row.marks)
        )

    def measure_shared_letters(self, now: DocumentTable) -> float:
        """How much of their letters both share; 0 if it is less than half."""
        one, other = Counter(_join_row_texts(self._rows)), Counter(_join_row_texts(now.rows))
        share = (one & other).total() / max(one.total(), other.total(), 1)
        return share if share >= _ALIKE else 0


def _match_equal(
    made: Sequence[TableRow], now: Sequence[TableRow], left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[int, int]]:
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for other in reversed(free):
        waiting[now[other].signature].append(other)
    for number in left:
        if waiting.get(made[number].signature):
            yield number, waiting[made[number].signature].pop()


def _match_marked(
    made: Sequence[TableRow], now: Sequence[TableRow], left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[int, int]]:
    by_mark = {mark: number for number in left for mark in made[number].marks}
    for other in free:
        number = next((by_mark.pop(mark) for mark in now[other].marks if mark in by_mark), None)
        if number is not None:
            yield number, other


def _match_alike(
    made: Sequence[TableRow], now: Sequence[TableRow], left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """In order, each with the first that shares half of its letters."""
    waiting = list(free)
    for number in left:
        words = Counter(_join_row_texts([made[number]]))
        for other in waiting[:_SHOWN]:
            others = Counter(_join_row_texts([now[other]]))
            shared, most = (words & others).total(), max(words.total(), others.total())
            if most == 0 or shared >= _ALIKE * most:
                waiting.remove(other)
                yield number, other
                break


def match_columns(matched: Sequence[RowPair]) -> Sequence[tuple[int | None, int | None]] | None:
    """Which columns as made are which now, if most rows have another number of cells, else None."""
    changed = [(one.width, other.width) for one, other in matched]
    usual, count = Counter(changed).most_common(1)[0] if changed else ((0, 0), 0)
    if usual[0] == usual[1] or count * 2 < len(changed):
        return None
    usual_rows = [pair for pair, sizes in zip(matched, changed, strict=True) if sizes == usual]
    ways = [_align_cells(one, other) for one, other in usual_rows[:_TRIED]]
    return max(
        ways, key=lambda way: sum(_count_agreeing(way, *pair) for pair in usual_rows[:_TRIED])
    )


def _count_agreeing(
    columns: Sequence[tuple[int | None, int | None]], made: TableRow, now: TableRow
) -> int:
    """How many cells say the same if these are the columns."""
    return sum(
        _make_signature(made.cells[one]) == _make_signature(now.cells[other])
        for one, other in columns
        if one is not None and other is not None
    )


def _align_cells(one: TableRow, other: TableRow) -> list[tuple[int | None, int | None]]:
    """Cells as made with cells now, by their text."""
    before, after = ([_make_signature(cell) for cell in row.cells] for row in (one, other))
    found: list[tuple[int | None, int | None]] = []
    for _, i, i_end, j, j_end in find_opcodes(before, after):
        both = min(i_end - i, j_end - j)
        found += [(i + step, j + step) for step in range(both)]
        found += [(number, None) for number in range(i + both, i_end)]
        found += [(None, number) for number in range(j + both, j_end)]
    return found


def _compare_columns(
    made: DocumentTable, now: DocumentTable, columns: Sequence[tuple[int | None, int | None]]
) -> Iterator[Finding]:
    head = next((row for row in now.rows if row.cells), None)
    first = next(iter(head.paragraphs), None) if head else None
    part, number = (first.part, first.number) if first else ("", -1)
    for one, other in columns:
        if other is None and one is not None:
            title = text_of_cell(made.rows[0].cells[one]) if one < len(made.rows[0].cells) else ""
            yield Finding("column-gone", f"{now.place}原第{one + 1}列", "", title,
                          part=part, number=number)  # fmt: skip
        elif one is None and other is not None:
            title = text_of_cell(head.cells[other]) if head and other < len(head.cells) else ""
            yield Finding("column-added", f"{now.place}第{other + 1}列", title, "",
                          part=part, number=number)  # fmt: skip


def _compare_rows(
    made: TableRow, now: TableRow, columns: Sequence[tuple[int | None, int | None]] | None
) -> Iterator[Finding]:
    if made.signature == now.signature:
        return
    whole = columns is None or not _fits_columns(columns, made, now)
    if made.width == now.width:
        aligned: Iterable[tuple[int | None, int | None]] = ((at_, at_) for at_ in range(made.width))
    else:
        aligned = _align_cells(made, now) if whole else columns or ()
    for one, other in aligned:
        if one is not None and other is not None:
            yield from _compare_cell(made.cells[one], now.cells[other])
        elif one is not None and whole:
            yield make_gone_finding(
                "cell-changed", made.cells[one][0], text_of_cell(made.cells[one])
            )
        elif other is not None and whole and text_of_cell(now.cells[other]):
            yield make_finding(
                "cell-changed", now.cells[other][0], text_of_cell(now.cells[other]), ""
            )


def _fits_columns(
    columns: Sequence[tuple[int | None, int | None]], made: TableRow, now: TableRow
) -> bool:
    sizes = (
        sum(1 for one, _ in columns if one is not None),
        sum(1 for _, other in columns if other is not None),
    )
    return sizes == (made.width, now.width)


def _compare_cell(made: Sequence[Paragraph], now: Sequence[Paragraph]) -> Iterator[Finding]:
    if _make_signature(made) == _make_signature(now):
        return
    where = next((paragraph for paragraph in now if paragraph.text), now[0] if now else None)
    shown, should = text_of_cell(now), text_of_cell(made)
    went, came = _list_figures(made), _list_figures(now)
    key = went[0].key if went else ""
    if where is None:
        yield make_gone_finding("cell-changed", made[0], should, key=key)
    elif drop_spaces(shown) == drop_spaces(should) and not came:
        yield make_finding("figure-plain", where, shown, should, key=key)
    elif went and came and went != came:
        yield make_finding("figure-other", where, f"{shown}（{came[0].key}）", should, key=key)
    else:
        kind = "cell-changed"
        if went and not came:
            kind = "figure-replaced" if shown else "figure-gone"
        yield make_finding(kind, where, shown, should, key=key)


def _list_figures(cell: Iterable[Paragraph]) -> list[Figure]:
    return [figure for paragraph in cell for figure in paragraph.figures]


def _make_signature(cell: Iterable[Paragraph]) -> str:
    return "".join(paragraph.signature for paragraph in cell)


def text_of_cell(cell: Iterable[Paragraph]) -> str:
    """What a cell shows, its paragraphs a line each."""
    return text_of_pieces(join_cell_paragraphs(cell)).strip()


def _join_row_texts(rows: Sequence[TableRow]) -> str:
    return "｜".join(text_of_cell(cell) for row in rows for cell in row.cells)


def place_of_row(row: TableRow) -> str:
    """Where a row stands, for the user."""
    place = next((paragraph.place for paragraph in row.paragraphs), "")
    return place.rpartition("行第")[0] + "行" if "行第" in place else place
