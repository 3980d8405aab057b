"""Merged cells among the records: which there are, and what they spread, wherever the sheet begins."""

import pytest

from reportgen.raw import RawSheet
from reportgen.validation import merged_cells
from reportgen.validation.merged_cells import find_merged_blocks, spread_merged

SHEET = RawSheet(
    "表",
    [["编号", "名称", "单位"], ["1", "甲", "家"], ["2"], ["3", None, "个"]],
    first_row=3,
    first_column=2,
    merged=[(4, 3, 5, 3)],
)
"""Header in row 3, numbers in column B; 甲 in C4:C5."""


def test_the_content_stands_in_every_cell_of_a_block() -> None:
    found = find_merged_blocks(SHEET, [2, 3, 4], [4, 5, 6])
    assert [(block.first, block.last, list(block.spots)) for block in found] == [
        ((4, 3), (5, 3), [(4, 3), (5, 3)])
    ]
    assert spread_merged(SHEET, found).rows == [*SHEET.rows[:2], ["2", "甲"], SHEET.rows[3]]


def test_a_block_goes_on_below_the_last_value() -> None:
    """Where a formula without result makes a record of a row in which nothing else stands."""
    sheet = RawSheet("表", SHEET.rows, 3, 2, {(9, 2): "=B6+1"}, [(6, 4, 9, 4)])
    found = find_merged_blocks(sheet, [2, 3, 4], [4, 5, 6, 9])
    wide = spread_merged(sheet, found)
    assert [wide.at(row, 4) for row in (6, 7, 8, 9)] == ["个", None, None, "个"]
    assert [wide.at(row, 2) for row in (3, 4, 5, 6)] == ["编号", "1", "2", "3"]
    assert len(wide.rows) == 7


def test_an_error_value_spreads_as_one() -> None:
    sheet = RawSheet("表", SHEET.rows, 3, 2, {(4, 3): "#REF!"}, SHEET.merged)
    assert spread_merged(sheet, find_merged_blocks(sheet, [2, 3], [4, 5])).odd == {
        (4, 3): "#REF!",
        (5, 3): "#REF!",
    }


def test_without_blocks_the_sheet_stays_as_it_is() -> None:
    assert spread_merged(SHEET, []) is SHEET


def test_ranges_without_end_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken file may merge a whole sheet a thousand times; what came before still counts."""
    whole = (4, 2, 6, 4)
    sheet = RawSheet("表", SHEET.rows, 3, 2, {}, [(4, 3, 5, 3), *[whole] * 5, (6, 4, 9, 4)])
    monkeypatch.setattr(merged_cells, "MAX_CELLS", 11)
    assert [block.first for block in find_merged_blocks(sheet, [2, 3, 4], [4, 5, 6, 9])] == [(4, 3)]
    monkeypatch.setattr(merged_cells, "MAX_CELLS", 2 + 5 * 9 + 2)
    assert [block.first for block in find_merged_blocks(sheet, [2, 3, 4], [4, 5, 6, 9])] == [
        (4, 3),
        (6, 4),
    ]
    monkeypatch.setattr(merged_cells, "MAX_CELLS", 2 + 5 * 9 + 1)
    assert [block.first for block in find_merged_blocks(sheet, [2, 3, 4], [4, 5, 6, 9])] == [(4, 3)]
