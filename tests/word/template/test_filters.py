"""Filters: numbers in words, years, dates, names in a row."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.model import Absent, Fact, FiguredText, Origin
from reportgen.word.template.filters import FILTERS, CannotShow
from tests.support.templates import fact, items

DIGITS = "零一二三四五六七八九"
SIZES = {"十": 10, "百": 100, "千": 1000}


def in_words(number: int) -> str:
    return str(FILTERS["中文数字"](number))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"), (7, "七"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (984, "九百八十四"), (1010, "一千零一十"), (10000, "一万"), (20003, "二万零三"),
        (100000, "十万"), (110010, "十一万零一十"), (1000000, "一百万"), (100010000, "一亿零一万"), (-12, "负十二"),
    ],
)  # fmt: skip
def test_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


@given(st.integers(0, 10**12 - 1))
def test_words_read_back_as_the_number(number: int) -> None:
    def below_ten_thousand(words: str) -> int:
        total, digit = 0, 0
        for word in words:
            if word in SIZES:
                total, digit = total + (digit or 1) * SIZES[word], 0
            else:
                digit = DIGITS.index(word)
        return total + digit

    rest, total = in_words(number), 0
    assert "零零" not in rest
    for name, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = rest.partition(name)
        if found:
            total, rest = total + below_ten_thousand(head) * size, tail
    assert total + below_ten_thousand(rest) == number


def test_a_filtered_fact_is_a_fact_of_its_own() -> None:
    made = FILTERS["中文数字"](fact("建议.件数", 7))
    assert isinstance(made, Fact)
    assert (made.key, made.text, made.value) == ("建议.件数|中文数字", "七", 7)
    assert made.source == Origin("“建议.件数”写成中文数字", "取值", facts=("建议.件数",))
    year = FILTERS["中文年份"](fact("年", 2024))
    assert isinstance(year, Fact)
    assert (year.key, year.text) == ("年|中文年份", "二〇二四")


@pytest.mark.parametrize(
    ("value", "text", "words"),
    [
        (-3, "3", "三"),
        (Decimal(86), "86%", "百分之八十六"),
        (Decimal("99.5"), "99.5%", "百分之九十九点五"),
        (Decimal("100.00"), "100.00%", "百分之一百点零零"),
        (Decimal("-0.3"), "0.3%", "百分之零点三"),
        (Decimal("3.5"), "3.5", "三点五"),
        (Decimal(25000), "2.5万", "二点五万"),
        ("100余", "100余", "一百余"),
        ("近200", "近200", "近二百"),
        ("1.5万余", "1.5万余", "一点五万余"),
        ("2500余万", "2500余万", "二千五百余万"),
    ],
)
def test_a_figure_in_words_says_what_it_shows(
    value: int | Decimal | str, text: str, words: str
) -> None:
    shown = Fact("同比", value, text, "", Origin("", "取值"))
    made = FILTERS["中文数字"](shown)
    assert isinstance(made, Fact)
    assert (made.text, made.value) == (words, value)


def test_years_and_dates() -> None:
    day = dt.date(2024, 3, 5)
    assert FILTERS["中文年份"]("2010") == "二〇一〇"
    assert FILTERS["中文年份"](day) == "二〇二四"
    assert FILTERS["日期"](day) == "2024年3月5日"
    assert FILTERS["日期"](day, "短") == "2024-3-5"
    assert FILTERS["日期"](day, "年月") == "2024年3月"


def test_names_in_a_row() -> None:
    one, two = fact("甲", 1), fact("乙", 2)
    listed = items({"名": "", "数": ""}, {"名": "子", "数": one}, {"名": "丑", "数": two})
    assert str(FILTERS["顿号"](listed)) == "子、丑"
    assert FILTERS["顿号"](listed, 2, "数") == FiguredText((one, "、", two))
    assert [str(FILTERS["顿号"](listed, most)) for most in (1, 2, 3)] == [
        "子等",
        "子、丑",
        "子、丑",
    ]
    assert (
        str(FILTERS["顿号"](["甲", dt.date(2024, 1, 2), FiguredText(("丙", one))]))
        == "甲、2024年1月2日、丙1"
    )
    assert str(FILTERS["顿号"](items({"名": ""}))) == ""
    rates = items(
        {"名": "", "率": ""}, {"名": "子", "率": Absent("子.率")}, {"名": "丑", "率": one}
    )
    assert str(FILTERS["顿号"](rates, 2, "率")) == "—、1"


@pytest.mark.parametrize("name", FILTERS)
def test_nothing_comes_of_what_is_absent(name: str) -> None:
    absent = Absent("同比")
    assert FILTERS[name](absent) is absent


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("中文数字", ("12.5",)), ("中文数字", ("100余",)), ("中文数字", (True,)), ("中文年份", ("24",)),
        ("日期", ("2024-3-5",)), ("日期", (dt.date(2024, 1, 1), "长")), ("顿号", ("甲",)),
        ("顿号", (["甲"], 0)), ("顿号", (["甲"], "三")), ("顿号", ([3],)),
        ("顿号", (items({"名": ""}, {"名": "甲"}), 1, "无")),
    ],
)  # fmt: skip
def test_what_does_not_fit_cannot_be_shown(name: str, arguments: tuple[object, ...]) -> None:
    with pytest.raises(CannotShow):
        FILTERS[name](*arguments)


@pytest.mark.parametrize("text", ["1.2.3", "约30%", "", "3.x", "近1.2.3", "约"])
def test_a_figure_that_is_no_plain_number_has_no_words(text: str) -> None:
    with pytest.raises(CannotShow):
        FILTERS["中文数字"](Fact("某", text, text, "", Origin("", "取值")))
