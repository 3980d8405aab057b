"""What clerks really type: the end of a year for a day, a stroke for nothing, a part of a class."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.data import day_in_words
from reportgen.raw import RawWorkbook, parse_address
from reportgen.schema.columns import Day, Flaw, to_plain_text
from reportgen.schema.periods import Deadline
from tests.support.sheets import changed
from tests.support.small_case import BOOK, CASE, FARMING, faults, found

EXPECTED = [
    # (typed, the last day, as printed before 前完成)
    ("2026年底", "2026-12-31", "2026年底"),
    ("2026 年 末", "2026-12-31", "2026年末"),
    ("2026年底前", "2026-12-31", "2026年底"),
    ("2026年内", "2026-12-31", "2026年底"),
    ("二〇二六年底", "2026-12-31", "二〇二六年底"),
    ("2026年6月底", "2026-06-30", "2026年6月底"),
    ("2028年2月底之前", "2028-02-29", "2028年2月底"),
    ("2026年上半年", "2026-06-30", "2026年上半年末"),
    ("2026年第三季度", "2026-09-30", "2026年第三季度末"),
    ("2026年6月30日前", "2026-06-30", "2026年6月30日"),
    ("2026-6-30", "2026-06-30", "2026年6月30日"),
]


@pytest.mark.parametrize(("typed", "last", "printed"), EXPECTED)
def test_the_end_of_a_period_is_its_last_day_and_stays_as_written(
    typed: str, last: str, printed: str
) -> None:
    day = Deadline().read(typed)
    assert isinstance(day, dt.date)
    assert day.isoformat() == last
    assert day_in_words(day) == printed


@pytest.mark.parametrize(
    "typed", ["明年底", "年底前", "2026年6月", "2026年13月底", "2026年6月前", "近期"]
)
def test_what_names_no_last_day_is_not_guessed(typed: str) -> None:
    assert isinstance(Deadline().read(typed), Flaw)


def test_a_month_alone_is_told_what_to_type() -> None:
    (issue,) = found(*_with("L2", "2025年6月"))[1]
    assert (issue.code, issue.cell, issue.message, issue.remedy) == (
        "incomplete-date", "L2", "日期“2025年6月”没有写哪一日",
        "请写“2025年6月底”；定到哪一天的写全年、月、日，如：2025-6-30",
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["2024年底", "2024年5月底", "2024年5月中旬"])
def test_a_day_on_which_something_happened_is_not_the_end_of_a_period(typed: str) -> None:
    flaw = Day().read(typed)
    assert isinstance(flaw, Flaw)
    assert flaw.code == "incomplete-date"


NOTHING = ["无", "暂无", "/", "／", "—", "——", "-", "没有", "无。", "N/A"]


@pytest.mark.parametrize("typed", NOTHING)
@pytest.mark.parametrize("cell", ["K3", "L3", "N3", "S3"])
def test_a_word_for_nothing_is_nothing_where_a_cell_may_be_blank(typed: str, cell: str) -> None:
    blank, filled = (
        found(*_with(cell, value))[0].tables["办理情况"].to_dict("records")
        for value in (None, typed)
    )
    assert filled == blank
    assert faults(*_with(cell, typed)) == faults(*_with(cell, None))


def _with(cell: str, value: str | None) -> list[object]:
    return [changed(b, "办理情况", cell, value) if b is FARMING else b for b in CASE]


@pytest.mark.parametrize(
    ("cell", "column", "typed", "value", "meant"),
    [
        ("P2", "满意度", "非常满意", "满意", "满意"),
        ("P2", "满意度", "十分满意", "满意", "满意"),
        ("P3", "满意度", "基本", "基本满意", "基本满意"),
        ("I3", "办理结果", "暂不能", "C", "C（暂不能解决）"),
    ],
)
def test_a_part_of_one_class_is_that_class_with_a_reminder(
    cell: str, column: str, typed: str, value: str, meant: str
) -> None:
    dataset, issues = found(*_with(cell, typed))
    values = dataset.tables["办理情况"][column].tolist()
    assert values[int(cell[1:]) - 2] == value
    assert [(issue.code, issue.cell, issue.message) for issue in issues] == [
        ("taken-as", cell, f"“{typed}”不是规定的说法，已按“{meant}”读取")
    ]


@pytest.mark.parametrize(
    ("cell", "typed"), [("P2", "较为满意"), ("P2", "满"), ("I3", "解决"), ("I3", "已")]
)
def test_what_may_mean_several_classes_or_none_is_not_guessed(cell: str, typed: str) -> None:
    (issue,) = found(*_with(cell, typed))[1]
    assert issue.code in ("not-in-list", "unknown-name")


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\x1b", "\u00ad"])
def test_signs_that_nobody_sees_in_a_name_are_dropped_and_told(sign: str) -> None:
    def hidden(sheet: str, cell: str, book: RawWorkbook) -> RawWorkbook:
        raw = book.sheet(sheet)
        assert raw is not None
        name = to_plain_text(raw.at(*parse_address(cell)))
        return changed(book, sheet, cell, f"{name[0]}{sign}{name[1:]}")

    books = [
        hidden("承办部门", "A2", hidden("建议台账", "A2", book)) if book is BOOK else book
        for book in CASE
    ]
    _, issues = found(*books)
    assert not [issue for issue in issues if issue.severity == "错误"]
    assert [(issue.code, issue.sheet, issue.cell) for issue in issues] == [
        ("odd-key", "承办部门", "A2"), ("odd-key", "建议台账", "A2"),
    ]  # fmt: skip
    assert f"看不见的字符U+{ord(sign):04X}" in issues[0].message
