"""Printed reports recounted from their workbooks by a script that knows nothing of us."""

import ast
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.fuzz import years
from tests.support import brute, paper, printed
from tests.support.generate import files
from tests.support.paper import Printed, Year


def test_the_recount_imports_nothing_of_reportgen() -> None:
    allowed = {"tests.support", "tests.support.paper"}
    for script in (printed, paper, brute):
        tree = ast.parse(Path(script.__file__).read_text(encoding="utf-8"))
        imports = [each for each in ast.walk(tree) if isinstance(each, ast.Import | ast.ImportFrom)]
        names = {str(getattr(each, "module", None) or each.names[0].name) for each in imports}
        assert {name for name in names if name.startswith(("reportgen", "tests"))} <= allowed


@pytest.mark.parametrize("start", range(0, 12, 4))
def test_random_years_are_printed_as_a_recount_gives_them(start: int) -> None:
    for seed in range(start, start + 4):
        assert years.faults(seed) == [], f"python -m tests.fuzz.years --only {seed}"


SEED = 1
"""A year of 24 items, some late, re-handled or handled by several; shares by themselves."""


@pytest.fixture(scope="module")
def recounted() -> tuple[Printed, Year]:
    workbooks = files(years.year(SEED))
    return Printed.of(years.report(workbooks)), Year.of(workbooks)


def faults(found: Printed, year: Year) -> list[str]:
    return list(printed.Recount(found, year).complaints())


def test_every_number_of_the_text_that_is_changed_is_found(
    recounted: tuple[Printed, Year],
) -> None:
    found, year = recounted
    assert faults(found, year) == []
    tried = 0
    for at, (style, text) in enumerate(found.paragraphs):
        for number in numbers(text) if style in ("Normal", "注") else ():
            wrong = text[: number.start()] + str(int(number[0]) + 1) + text[number.end() :]
            paragraphs = [*found.paragraphs]
            paragraphs[at] = style, wrong
            assert faults(replace(found, paragraphs=paragraphs), year), wrong
            tried += 1
    assert tried > 50


def numbers(text: str) -> list[re.Match[str]]:
    """The numbers in a text that are no titles, dates or periods."""
    skipped = [found.span() for each in printed.NO_FIGURE for found in re.finditer(each, text)]
    return [
        found
        for found in re.finditer(r"\d+", text)
        if not any(first <= found.start() < end for first, end in skipped)
    ]


def test_every_number_of_the_pictures_that_is_changed_is_found(
    recounted: tuple[Printed, Year],
) -> None:
    found, year = recounted
    for at, text in enumerate(found.pictures):
        for number in re.finditer(r"\d+", text):
            wrong = text[: number.start()] + str(int(number[0]) + 1) + text[number.end() :]
            pictures = [*found.pictures]
            pictures[at] = wrong
            assert faults(replace(found, pictures=pictures), year), wrong


def test_every_cell_of_the_annexes_that_is_changed_is_found(
    recounted: tuple[Printed, Year],
) -> None:
    """But for titles, deputies, days and remarks, of which nothing is counted; every third is tried."""
    found, year = recounted
    counted = {"序号", "编号", "类别", "主办", "协办", "结果", "满意度"}
    for which, table in enumerate(found.tables):
        for at, row in enumerate(table):
            for column, name in enumerate(table[0]):
                if at and (name in counted or which == 1) and (at + column) % 3 == 0:
                    cells = [*row[:column], f"{row[column]}1", *row[column + 1 :]]
                    tables = [*found.tables]
                    tables[which] = [*table[:at], cells, *table[at + 1 :]]
                    wrong = faults_or_crash(replace(found, tables=tables), year)
                    assert wrong, (which, at, name)


def faults_or_crash(found: Printed, year: Year) -> bool:
    """A count that is no number any more stops the recount, which is finding it too."""
    try:
        return bool(faults(found, year))
    except (ValueError, KeyError):
        return True


@pytest.mark.parametrize(
    ("shares", "noted", "beside", "right"),
    [
        ("占38%，占37%，占25%", "", 100, True),
        ("占38%，占38%，占25%", "", 100, False),
        ("占38%，占38%，占25%", printed.ROUNDED, 100, True),
        ("占38%，占37%，占25%", printed.ROUNDED, 100, False),
        ("占38%，占62%", "", 101, False),
        ("占38%，占62%", printed.ROUNDED, 101, True),
    ],
)
def test_shares_that_do_not_make_100_must_say_so_and_no_others(
    recounted: tuple[Printed, Year], shares: str, noted: str, beside: int, right: bool
) -> None:
    recount = printed.Recount(*recounted)
    assert (not list(recount.group(shares, noted, Fraction(beside)))) == right


@pytest.mark.parametrize(
    ("shown", "part", "base", "right"),
    [
        ("33%", 2, 6, True), ("34%", 2, 6, False), ("13%", 1, 8, True), ("12%", 1, 8, False),
        ("100%", 199, 200, False), ("99.5%", 199, 200, True), ("0%", 1, 300, False),
        ("100%", 200, 200, True), ("85.71%", 6, 7, True), ("85.72%", 6, 7, False),
    ],
)  # fmt: skip
def test_a_rate_is_held_against_a_calculator(
    recounted: tuple[Printed, Year], shown: str, part: int, base: int, right: bool
) -> None:
    recount = printed.Recount(*recounted)
    assert (not list(recount.calculated("答复.占比", shown, Fraction(part, base)))) == right


def test_two_percentages_of_one_fraction_in_a_paragraph_are_found(
    recounted: tuple[Printed, Year],
) -> None:
    found, year = recounted
    recount = printed.Recount(found, year)
    recount.right = {**recount.right, "办理方案.件数": "9", "办理方案.占比": "37%",
                     "沟通.件数": "9", "沟通.占比": "38%"}  # fmt: skip
    one, two = "有9件制定了办理方案，占总件数的37%。", "有9件与代表作了沟通，占总件数的38%。"
    assert any("同一分数" in fault for fault in recount.paragraph(one + two, ""))
