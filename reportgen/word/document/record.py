"""The record inside a report: its shape, and reading it as what it is, foreign bytes.

What is not declared here is dropped when it is read: a new entry needs its line.

Whoever edits the report can edit the record.  What does not have this shape, or names what is not
there, is refused as a whole: everything behind relies on it.
"""

from __future__ import annotations

import datetime as dt
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

if TYPE_CHECKING:
    from msgspec.json import Decoder

LineOfRecord = str | list[str]
"""A text; with live fields, text, key, text, key, text."""


class CellsOfRecord(TypedDict):
    """Cells of one column, as ``facts.model.Cells``."""

    file: str
    sheet: str
    column: str
    rows: list[list[int]]


class SourceOfRecord(TypedDict):
    """As ``facts.model.Origin``."""

    rule: str
    method: str
    cells: list[CellsOfRecord]
    facts: list[str]
    among: list[CellsOfRecord]
    equals: list[str]
    note: str


class FactOfRecord(TypedDict):
    """As ``facts.model.Fact``."""

    key: str
    value: int | str
    text: str
    unit: str
    base: str
    meaning: NotRequired[str]
    source: SourceOfRecord


class RegionOfRecord(TypedDict):
    """A loop or condition of the template."""

    place: str
    tag: str


class MarkOfRecord(TypedDict):
    """What a bookmark of ours stands at: turn of a region, part of it, line of the part."""

    region: int
    item: list[str]
    part: int
    line: NotRequired[int]


class TableOfRecord(TypedDict):
    """A table as made: of each row its mark and the lines of its cells."""

    rows: list[list[LineOfRecord]]


class ChartOfRecord(TypedDict):
    """What a chart that Word draws itself showed, as ``model.NativeReading``."""

    categories: list[str]
    series: list[tuple[str, list[str]]]
    digest: str
    labels: list[str]


class PictureOfRecord(TypedDict):
    """A chart as made: of a picture its print."""

    name: NotRequired[str]
    alt: str
    size: tuple[int, int]
    sha256: str
    captions: NotRequired[tuple[str, str]]
    print: NotRequired[str]
    chart: NotRequired[ChartOfRecord]
    figures: NotRequired[list[str]]


class MadeOfRecord(TypedDict):
    """What the report showed when it was made; see ``snapshot``."""

    body: list[list[LineOfRecord | int] | TableOfRecord]
    edges: list[LineOfRecord]
    pictures: list[PictureOfRecord] | dict[str, PictureOfRecord]


class ReportRecord(TypedDict):
    """All of it."""

    facts: dict[str, FactOfRecord]
    made: MadeOfRecord
    marks: dict[str, MarkOfRecord]
    regions: NotRequired[list[RegionOfRecord]]
    quotes: NotRequired[dict[str, str]]
    inputs: NotRequired[dict[str, str]]
    title: NotRequired[str]
    author: NotRequired[str]
    date: NotRequired[str]
    template: NotRequired[str]
    own: NotRequired[list[str]]
    period: NotRequired[str]
    rolled_up: NotRequired[str]
    tool: NotRequired[str]


class DamagedRecordError(ValueError):
    """The record cannot be relied on."""


def iter_encoded(record: Mapping[str, Any]) -> Iterator[bytes]:
    """The record written as JSON, entry by entry: as a whole it takes twice its size to make."""
    from msgspec import json  # noqa: PLC0415

    for number, (name, value) in enumerate(record.items()):
        yield b",%b:" % json.encode(name) if number else b"{%b:" % json.encode(name)
        yield json.encode(value)
    yield b"}"


def decode_record(text: str) -> ReportRecord:
    """The record written as JSON.

    Raises:
        DamagedRecordError: it has another shape, or names what it does not hold.
    """
    import msgspec  # noqa: PLC0415

    try:
        record = _make_decoder().decode(text)
        if not all(_iter_part_checks(record)):
            raise DamagedRecordError
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise DamagedRecordError from error
    return record


@cache
def _make_decoder() -> Decoder[ReportRecord]:
    from msgspec.json import Decoder  # noqa: PLC0415

    return Decoder(ReportRecord)


def _iter_part_checks(record: ReportRecord) -> Iterator[bool]:
    made = record["made"]
    yield all(_is_block(block) for block in made["body"])
    yield all(_is_line(line) for line in made["edges"])
    regions = len(record.get("regions", ()))
    yield all(0 <= mark["region"] < regions for mark in record["marks"].values())
    yield all(len(rows) == 2 for rows in _iter_row_ranges(record))
    yield all(key == fact["key"] for key, fact in record["facts"].items())
    yield dt.date.fromisoformat(record.get("date", "1980-01-01")) is not None
    pictures = made["pictures"]
    yield all(
        _is_picture(each, named=isinstance(pictures, list)) for each in _list_pictures(pictures)
    )


def _iter_row_ranges(record: ReportRecord) -> Iterator[list[int]]:
    for fact in record["facts"].values():
        for cells in (*fact["source"]["cells"], *fact["source"]["among"]):
            yield from cells["rows"]


def _list_pictures(pictures: list[PictureOfRecord] | dict[str, PictureOfRecord]) -> Iterable[Any]:
    return pictures.values() if isinstance(pictures, dict) else pictures


def _is_block(block: Any) -> bool:  # noqa: ANN401 - checked here
    if isinstance(block, dict):
        return all(
            row and isinstance(row[0], str) and all(_is_line(line) for line in row[1:])
            for row in block["rows"]
        )
    if not 2 <= len(block) <= 3 or not isinstance(block[0], str):
        return False
    return _is_line(block[1]) and all(isinstance(level, int) for level in block[2:])


def _is_line(line: Any) -> bool:  # noqa: ANN401 - checked here
    if isinstance(line, str):
        return True
    return isinstance(line, list) and len(line) % 2 == 1


def _is_picture(picture: PictureOfRecord, *, named: bool) -> bool:
    b64decode(picture.get("print", ""), validate=True)
    return not named or {"name", "print"} <= picture.keys()
