"""Texts as long as a cell may be cost what they cost: limits at the doors, patterns without traps.

``python -m tests.fuzz.patterns`` wears out every pattern of the package and names the slow ones.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

import pytest

from reportgen.reports import KINDS
from reportgen.schema.columns import Flaw, FreeText
from reportgen.schema.model import Column, Stage
from reportgen.validation import cells
from reportgen.word.compare import letter_alignment, sentence_diff, signs
from reportgen.word.compare.quantities import find_quantities
from reportgen.word.document.model import Paragraph, drop_spaces
from reportgen.word.refresh.merge3 import merge_texts
from reportgen.word.template import tags
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
    read = cells._read_cell(column, content, max(Stage))
    if isinstance(column.type, FreeText):
        assert not isinstance(read, Flaw) or read.code != "too-long"
    else:
        assert isinstance(read, Flaw)
        assert read.code == "too-long"
        assert read.details["letters"] == str(len(content))


@pytest.mark.parametrize("column", COLUMNS)
def test_blanks_around_a_content_do_not_count(column: Column) -> None:
    typed = str(column.type.example)
    padded = typed + " " * cells.LONGEST
    assert cells._read_cell(column, padded, max(Stage)) == cells._read_cell(
        column, typed, max(Stage)
    )


def test_a_run_of_digits_is_no_number_and_the_others_keep_their_places() -> None:
    text = "有7件，" + "7" * 30_000 + "，另" + "〇" * 30_000 + "有八件"
    found = find_quantities(text)
    assert [each.text for each in found] == ["7件", "八件"]
    assert [text[each.start : each.end] for each in found] == ["7件", "八件"]
    assert find_quantities("7" * 59)[0].text == "7" * 59


def test_the_patterns_of_the_package_are_found_wherever_they_stand() -> None:
    found = {(each.module, each.pattern.pattern) for each in patterns()}
    assert len(found) > 150
    modules = {module for module, _ in found}
    assert {
        "reportgen.schema.numerals",
        "reportgen.word.compare.quantities",
        "reportgen.excel.read.ods",
    } <= modules


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲乙丙丁", "甲乙戊丁"),
        ("", "甲"),
        ("甲", ""),
        ("同", "同"),
        ("前中后", "前后"),
        ("长长长", "长长"),
    ],
)
def test_texts_of_too_many_equal_letters_are_compared_at_their_ends(
    one: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_alignment, "MOST_PAIRS", -1)
    steps = letter_alignment.find_opcodes(one, other)
    assert "".join(one[i:i_end] for _, i, i_end, _, _ in steps) == one
    assert "".join(other[j:j_end] for _, _, _, j, j_end in steps) == other
    for kind, i, i_end, j, j_end in steps:
        assert (one[i:i_end] == other[j:j_end]) is (kind == "equal")
    assert all(one[i] == other[j] for i, j in letter_alignment.match_places(one, other).items())


def test_twenty_thousand_equal_letters_are_not_compared_pair_by_pair() -> None:
    long = "长" * 20_000
    assert letter_alignment.likeness(long, long) is None
    assert letter_alignment.likeness("由农业办牵头办理" * 100, "由城管局牵头办理" * 100) is not None
    assert letter_alignment.find_opcodes(f"前{long}后", f"前{long}改后")[-1] == (
        "equal",
        20_001,
        20_002,
        20_002,
        20_003,
    )
    merged = merge_texts(long, long[:-3] + "改", "新" + long)
    assert "".join(merged.signs) == long[:-3] + "改"
    assert merged.collisions


@pytest.mark.parametrize("text", ["{{" * 300, "{#" * 300, "{{ 甲 }}" * 300, "{ 甲 " * 300])
def test_what_ends_a_tag_is_not_sought_again_and_again_in_the_same_letters(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[int] = []

    class Counting:
        def __init__(self, pattern: re.Pattern[str]) -> None:
            self.pattern = pattern

        def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> object:
            found = self.pattern.search(text, start, end)
            looked_at.append((found.end() if found else min(end, len(text))) - start)
            return found

    closers = {sign: Counting(pattern) for sign, pattern in tags._CLOSERS.items()}
    monkeypatch.setattr(tags, "_CLOSERS", closers)
    monkeypatch.setattr(tags, "_OPENER", Counting(tags._OPENER))
    monkeypatch.setattr(tags, "_NEAR_CLOSER", Counting(tags._NEAR_CLOSER))
    tags.find_tags(text)
    assert sum(looked_at) <= 6 * len(text)


@pytest.mark.parametrize("text", ["长" * 3000, "办，" * 1500, "7件，" * 1000, "全部。" * 1000])
def test_a_paragraph_is_not_gone_through_for_every_letter_in_it(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[int] = []

    def counting(letters: str) -> str:
        looked_at.append(len(letters))
        return drop_spaces(letters)

    monkeypatch.setattr(signs, "drop_spaces", counting)
    was, now = (
        signs.signs_of([Paragraph("正文第1段", "word/document.xml", 0, (shown,))])
        for shown in ("由农业办牵头办理。", text)
    )
    nothing: sentence_diff.Kept = frozenset()
    for said in sentence_diff.compare_sentences(was, now, (nothing, nothing), ()):
        assert str(said.finding)
    assert sum(looked_at) <= 6 * len(text)


@pytest.mark.parametrize("letters", [1_000, 2_000, 4_000, 8_000])
@pytest.mark.parametrize(
    "pair", [("长", "长"), ("ab", "ba"), ("甲乙丙丁", "丁丙乙甲"), ("7件，", "8件，")]
)
def test_the_steps_of_a_comparison_are_limited(
    pair: tuple[str, str], letters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice as many letters are four times as many pairs, until there are too many."""
    steps: list[int] = []
    real = SequenceMatcher.find_longest_match

    def counting(self: Any, alo: int, ahi: int, blo: int, bhi: int) -> Any:
        there = Counter(self.b)
        steps.append(sum(there[sign] for sign in self.a[alo:ahi]))
        return real(self, alo, ahi, blo, bhi)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", counting)
    monkeypatch.setattr(letter_alignment, "MOST_STEPS", 2_000_000)
    one, other = (piece * (letters // len(piece)) for piece in pair)
    found = letter_alignment.find_opcodes(one, other)
    assert sum(steps) <= 2_500_000
    assert "".join(other[j:j_end] for _, _, _, j, j_end in found) == other
