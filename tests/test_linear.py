"""Texts as long as a cell may be cost what they cost: limits at the doors, patterns without traps.

``python -m tests.fuzz.patterns`` wears out every pattern of the package and names the slow ones.
"""

from __future__ import annotations

import pytest

from reportgen.reports import KINDS
from reportgen.schema.columns import Flaw, Text
from reportgen.schema.model import Column, Stage
from reportgen.validation import cells
from reportgen.word.quantities import numbers_in
from tests.fuzz.patterns import patterns

COLUMNS = [
    pytest.param(column, id=f"{sheet.name} {column.name}")
    for book in KINDS[0].workbooks
    for sheet in book.sheets
    for column in sheet.columns
]


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("piece", [" ", "7", "、", "年", "甲", "("])
def test_no_type_looks_at_more_letters_than_it_could_mean(column: Column, piece: str) -> None:
    content = "2" + piece * cells.LONGEST + "x"
    read = cells._typed(column, content, max(Stage))
    if isinstance(column.type, Text):
        assert not isinstance(read, Flaw) or read.code != "too-long"
    else:
        assert isinstance(read, Flaw)
        assert read.code == "too-long"
        assert read.details["letters"] == str(len(content))


@pytest.mark.parametrize("column", COLUMNS)
def test_blanks_around_a_content_do_not_count(column: Column) -> None:
    typed = str(column.type.example)
    padded = typed + " " * cells.LONGEST
    assert cells._typed(column, padded, max(Stage)) == cells._typed(column, typed, max(Stage))


def test_a_run_of_digits_is_no_number_and_the_others_keep_their_places() -> None:
    text = "有7件，" + "7" * 30_000 + "，另" + "〇" * 30_000 + "有八件"
    found = numbers_in(text)
    assert [each.text for each in found] == ["7件", "八件"]
    assert [text[each.start : each.end] for each in found] == ["7件", "八件"]
    assert numbers_in("7" * 59)[0].text == "7" * 59


def test_the_patterns_of_the_package_are_found_wherever_they_stand() -> None:
    found = {(each.module, each.pattern.pattern) for each in patterns()}
    assert len(found) > 150
    modules = {module for module, _ in found}
    assert {
        "reportgen.schema.numerals",
        "reportgen.word.quantities",
        "reportgen.excel.ods",
    } <= modules
