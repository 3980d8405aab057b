"""The column types and the rules: harmless dirt reads to the same value, the rest is a Flaw."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.issues import CATALOGUE
from reportgen.raw import Value, make_address, parse_address
from reportgen.reports.suggestions.sheets.row_rules import ResultAndReply
from reportgen.reports.suggestions.sheets.workbooks import REGISTER, RETURN
from reportgen.schema.amounts import Amount, Quantity, SameUnit
from reportgen.schema.columns import (
    Choice,
    Code,
    ColumnType,
    Day,
    Flaw,
    FreeText,
    Name,
    Ref,
    Title,
    WholeNumber,
    is_blank,
    split_names,
)
from reportgen.schema.model import Column
from reportgen.schema.rules import (
    Breach,
    CountOfNames,
    NearYear,
    NoDigits,
    NotAfter,
    NotAmong,
    NotBefore,
    NotMore,
    OnlyFor,
    OwnPlace,
    OwnWords,
    RequiredWhen,
    Rule,
)

SHEETS = [sheet for book in (REGISTER, RETURN) for sheet in book.sheets]
COLUMNS = [column for sheet in SHEETS for column in sheet.columns]

WIDE = {ord(narrow): chr(ord(narrow) + 0xFEE0) for narrow in "0123456789.,/-:"}
SPACES = st.text(" \t\u3000\u00a0", max_size=3)
CELLS: st.SearchStrategy[Value] = st.one_of(
    st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates(),
    st.times(), st.timedeltas(),
)  # fmt: skip


# dates


def _in_words(n: int) -> str:
    tens, ones = (" 一二三四五六七八九"[digit].strip() for digit in divmod(n, 10))
    return ones if n < 10 else f"{tens if n > 19 else ''}十{ones}"


def _ways_to_write(day: dt.date) -> list[Value]:
    y, m, d = day.year, day.month, day.day
    texts = [
        f"{y}-{m}-{d}", f"{y}.{m}.{d}", f"{y}/{m}/{d}", f"{y}年{m}月{d}日", f"{y}年{m}月{d}号",
        f"{y}-{m:02}-{d:02}", f"{y}.{m:02}.{d:02}", f"{y}{m:02}{d:02}", f"{y} 年 {m} 月 {d} 日",
        f"{y}-{m:02}-{d:02} 00:00:00", f"{y}-{m:02}-{d:02}T08:30", f"{y}/{m}/{d} 9:30",
        f"{y}、{m}、{d}", f"{y}。{m}。{d}", f"{y}.{m}.{d}.", f"{y}年{m}月{d}日（星期一）",
        "".join("〇一二三四五六七八九"[int(digit)] for digit in str(y))
        + f"年{_in_words(m)}月{_in_words(d)}日",
    ]  # fmt: skip
    serial = (day - dt.date(1899, 12, 30)).days
    numbers: list[Value] = [
        serial,
        float(serial),
        serial + 0.5,
        str(serial),
        y * 10000 + m * 100 + d,
    ]
    return [day, dt.datetime(y, m, d), dt.datetime(y, m, d, 9, 30), *numbers, *texts,
            *(text.translate(WIDE) for text in texts)]  # fmt: skip


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)), SPACES, SPACES)
def test_a_date_is_read_however_it_is_written(day: dt.date, before: str, after: str) -> None:
    for written in _ways_to_write(day):
        assert Day().read(written) == day
        if isinstance(written, str):
            assert Day().read(before + written + after) == day


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2008年9月31日", "impossible-date"),
        ("2023-2-29", "impossible-date"),
        (20240230, "impossible-date"),
        ("2024.13.1", "impossible-date"),
        ("1024-5-6", "date-out-of-range"),
        ("2204-5-6", "date-out-of-range"),
        ("5月6日", "incomplete-date"),
        ("2024年5月", "incomplete-date"),
        (5.6, "incomplete-date"),
        ("5/6/2024", "wrong-type"),
        ("待定", "wrong-type"),
        ("24-5-6", "incomplete-date"),
        (7, "wrong-type"),
        (-45418, "wrong-type"),
        (float("nan"), "wrong-type"),
        (float("inf"), "wrong-type"),
        (dt.time(9, 30), "wrong-type"),
        (True, "wrong-type"),
    ],
)
def test_what_is_no_date(written: Value, code: str) -> None:
    flaw = Day().read(written)
    assert isinstance(flaw, Flaw)
    assert flaw.code == code


# numbers


@given(st.integers(0, 9_999_999), st.sampled_from(["", "件", " 条", "家次"]), SPACES)
def test_a_whole_number_is_read_however_it_is_written(n: int, unit: str, space: str) -> None:
    for written in (n, float(n), f"{n}", f"{n:,}", f"{n:,}".translate(WIDE), f"{n}.0"):
        assert WholeNumber().read(written) == n
        if isinstance(written, str):
            assert WholeNumber().read(f"{space}{written}{unit}{space}") == n


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("七八", "wrong-type"), ("一百", "wrong-type"), ("85%", "wrong-type"), ("7.5", "wrong-type"), (7.5, "wrong-type"), ("1,00", "wrong-type"),
        ("7件多", "wrong-type"), ("约7", "wrong-type"), (True, "wrong-type"), ("--", "wrong-type"),
        (float("nan"), "wrong-type"), (dt.date(2024, 1, 1), "wrong-type"),
        (-1, "out-of-range"), ("-3件", "out-of-range"), (10_000_000, "out-of-range"),
    ],
)  # fmt: skip
def test_what_is_no_whole_number(written: Value, code: str) -> None:
    flaw = WholeNumber().read(written)
    assert isinstance(flaw, Flaw)
    assert flaw.code == code


def test_a_whole_number_keeps_to_its_own_unit() -> None:
    column = WholeNumber(units=("条",))
    assert [column.read(written) for written in (30, "30", "30条", "三十条")] == [30] * 4
    for written in ("30人", "30件", "三十名"):
        flaw = column.read(written)
        assert isinstance(flaw, Flaw)
        assert (flaw.code, flaw.details["unit"]) == ("other-counter", "条")


@pytest.mark.parametrize(
    ("typed", "whole", "quantity"),
    [
        ("2.5万元", "wrong-type", "2.5"), ("3万元", 3, "3"), ("1,200万元", 1200, "1200"), ("3", 3, "3"),
        ("2.5万", "万", "万"), ("3万", "万", "万"), ("3亿元", "亿元", "亿元"), ("25000元", "元", "元"),
    ],
)  # fmt: skip
def test_a_column_in_tens_of_thousands_counts_none_of_them_twice(
    typed: str, whole: int | str, quantity: str
) -> None:
    """2.5万元 in a column of 万元 is 2.5; 2.5万 may be that or 25000 and is asked about."""
    read = WholeNumber(units=("万元",)).read(typed)
    if isinstance(read, Flaw):
        assert whole == read.details.get("typed", read.code)
    else:
        assert read == whole
    amount = Quantity(unit="万元").read(typed)
    if isinstance(amount, Flaw):
        assert (amount.code, amount.details) == (
            "other-counter",
            {"typed": quantity, "unit": "万元"},
        )
    else:
        assert amount == Amount(quantity, Decimal(quantity))


@pytest.mark.parametrize("plain", [Quantity(), WholeNumber(), WholeNumber(units=("元",))])
def test_a_heading_in_tens_of_thousands_wants_a_type_that_knows(plain: ColumnType) -> None:
    with pytest.raises(ValueError, match=r"罚款金额（万元）.*万元"):
        Column("罚款金额（万元）", plain)
    Column("罚款金额（万元）", Quantity(unit="万元"))
    Column("罚款金额（元）", plain)


@given(st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2))
def test_a_quantity_is_exact(number: Decimal) -> None:
    for written in (str(number), f"{number:,}", str(number).translate(WIDE), float(number)):
        amount = Quantity().read(written)
        assert isinstance(amount, Amount)
        assert amount.number == number
        assert Decimal(amount.text) == number
        assert not amount.text.endswith((".0", ".00"))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("七件", 7), ("两条", 2), ("十二", 12), ("三十", 30), ("二十一件", 21), ("二〇二四", 2024),
        ("二○二〇", 2020), ("零", 0), ("十", 10), ("12.", 12), ("1.2万元", 12000), ("300万", 3_000_000), ("０.５万", 5000),
    ],
)  # fmt: skip
def test_numbers_in_words_and_with_a_scale(written: str, number: int) -> None:
    assert WholeNumber().read(written) == number


def test_a_quantity_keeps_its_scale_as_written() -> None:
    assert Quantity().read("2,000万") == Amount("2000万", Decimal(20_000_000))
    assert Quantity().read("七") == Amount("7", Decimal(7))
    assert Quantity().read("1.2万元") == Amount("1.2万", Decimal(12_000), "元")


def test_what_a_formula_left_behind_the_15th_digit_is_not_kept() -> None:
    assert Quantity().read(0.1 + 0.2) == Amount("0.3", Decimal("0.3"))
    assert WholeNumber().read(6.999999999999999) == 7
    assert Code().read(0.1 + 0.2) == "0.3"


@pytest.mark.parametrize(
    "text", ["100余", "近200", "约30", "40多", "1.5万余", "近３万", "1,000余", "100 余", "2500余万"]
)
def test_an_approximation_stays_as_written(text: str) -> None:
    amount = Quantity().read(text)
    assert isinstance(amount, Amount)
    assert amount.approximate
    assert amount.text in {text, "近3万", "1000余", "100余"}


@pytest.mark.parametrize(
    "text",
    [
        "若干",
        "余",
        "约近30",
        "30左右",
        "15以上",
        "十几家",
        "七八户",
        "3-5户",
        "1/2亩",
        "15(估)",
        "-3",
        "-3户",
        "近",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert isinstance(Quantity().read(text), Flaw)


@pytest.mark.parametrize(
    ("typed", "unit", "text", "number"),
    [
        ("3.5公里", "公里", "3.5", "3.5"), ("1,200亩", "亩", "1200", "1200"), ("七户", "户", "7", "7"),
        ("98%", "%", "98", "98"), ("98％", "％", "98", "98"), ("120 毫米", "毫米", "120", "120"),
        ("3.5km", "公里", "3.5", "3.5"), ("3.5千米", "公里", "3.5", "3.5"), ("80㎡", "平方米", "80", "80"),
        ("2.5万", "元", "2.5万", "25000"), ("2.5万", "公里", "2.5万", "25000"), ("2.5万元", "元", "2.5万", "25000"),
        ("2.5万元", "万元", "2.5", "2.5"), ("3亿元", "亿元", "3", "3"), ("15", "万元", "15", "15"),
        ("100余辆", "辆", "100余", None), ("近200户", "户", "近200", None), ("100余万元", "万元", "100余", None),
        ("近3万元", "万元", "近3", None), ("近3万", "人", "近3万", None), ("15家次", "家次", "15", "15"),
        ("100余万元", "元", "100余万", None),
    ],
)  # fmt: skip
def test_a_unit_typed_behind_the_amount(
    typed: str, unit: str, text: str, number: str | None
) -> None:
    amount = Quantity().read(typed)
    assert isinstance(amount, Amount)
    assert amount.in_unit(unit) == Amount(text, None if number is None else Decimal(number))
    assert codes_of(amount, unit) == []


@pytest.mark.parametrize(
    ("typed", "unit", "code"),
    [
        ("3.5公里", "米", "other-unit"), ("15户", "家", "other-unit"), ("95%", "家", "other-unit"),
        ("25000元", "万元", "other-unit"), ("2.5万元", "亿元", "other-unit"), ("100余辆", "起", "other-unit"),
        ("15家", "家次", "other-unit"), ("三百户", "户", "other-unit"),
        ("2.5万", "万元", "scale-twice"), ("近3万", "万元", "scale-twice"), ("1.5万余", "万元", "scale-twice"),
        ("2亿", "万元", "scale-twice"),
    ],
)  # fmt: skip
def test_another_unit_than_the_columns_is_never_guessed_at(
    typed: str, unit: str, code: str
) -> None:
    amount = Quantity().read(typed)
    assert isinstance(amount, Amount)
    assert amount.in_unit(unit) is None
    assert codes_of(amount, unit) == [code]


def codes_of(amount: Amount, unit: str) -> list[str]:
    """What is said of an amount beside a unit."""
    row = {"数值": amount, "单位": unit}
    return [breach.code for breach in SameUnit("数值", "单位").breaches(row.get)]


# names, codes, texts


@given(st.text("刘亚农业办公室（）ABC", min_size=1, max_size=8), SPACES)
def test_spaces_in_a_name_do_not_count(name: str, space: str) -> None:
    assert Name().read(space + space.join(name) + space) == name


@given(st.integers(1, 10**11))
def test_a_code_is_text_without_a_point(n: int) -> None:
    for written in (n, float(n), str(n), f" {n} ", str(n).translate(WIDE)):
        assert Code().read(written) == str(n)


def test_a_code_keeps_its_zeros() -> None:
    assert Code().read("００7") == "007"


@given(st.lists(st.text("甲乙丙丁", min_size=1, max_size=3), unique=True, max_size=5),
       st.sampled_from("、，,；;/／\n"))  # fmt: skip
def test_names_in_one_cell_may_be_parted_by_many_signs(names: list[str], sign: str) -> None:
    assert list(split_names(f" {sign} ".join(names))) == names
    assert Ref("表", "列", many=True).read(sign.join([*names, ""])) == tuple(names)


def test_a_title_is_one_line() -> None:
    assert Title().read(" 关于修路\r\n 的建议\t ") == "关于修路的建议"


def test_a_text_keeps_its_lines_and_loses_control_characters() -> None:
    assert FreeText().read("第一段\r\n第二段\x07 ") == "第一段\n第二段"
    assert FreeText().read(7.0) == "7"


@pytest.mark.parametrize(
    "text", ["{指标}", "走访{走访企业}，修路{ 修路 }。", "｛指标｝", "没有指标"]
)
def test_prose_with_measures(text: str) -> None:
    assert FreeText(prose=True).read(text) == text.replace("｛", "{").replace("｝", "}")


@pytest.mark.parametrize("text", ["{指标", "指标}", "{{指标}}", "{}", "{ }", "}{", "{指{标}}"])
def test_prose_whose_braces_do_not_pair(text: str) -> None:
    assert FreeText(prose=True).read(text) == Flaw("bad-brace")
    assert FreeText().read(text) == text


@given(st.sampled_from([c.type for c in COLUMNS if isinstance(c.type, Choice)]), SPACES)
def test_every_option_and_alias_is_understood(choice: Choice, space: str) -> None:
    for option in choice.options:
        assert choice.read(space + space.join(option)) == option
    for alias, option in choice.aliases.items():
        assert option in choice.options
        assert choice.read(alias + space) == option


def test_an_option_that_is_not_in_the_list_names_the_nearest() -> None:
    flaw = Choice(("满意", "基本满意", "不满意")).read("基本满")
    assert isinstance(flaw, Flaw)
    assert flaw.details == {
        "options": "满意、基本满意、不满意",
        "nearest": "（是不是“基本满意”？）",
    }


@given(st.text(" \t\n\u3000\u00a0\u200b\ufeff\x00", max_size=6))
def test_blank_is_blank(text: str) -> None:
    assert is_blank(text)


@given(CELLS)
def test_no_content_whatever_makes_a_type_fail(value: Value) -> None:
    for column in COLUMNS:
        if not is_blank(value):
            result = column.type.read(value)
            assert not isinstance(result, Flaw) or result.code in CATALOGUE


@pytest.mark.parametrize(
    "kind", [WholeNumber(), Day(), Name(), Code(), Title(), Choice(("是", "否"))]
)
def test_a_types_example_is_right(kind: WholeNumber | Day | Name | Code | Title | Choice) -> None:
    assert not isinstance(kind.read(kind.example), Flaw)


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_addresses_and_positions_agree(row: int, column: int) -> None:
    assert parse_address(make_address(row, column)) == (row, column)


# rules

EARLY, LATE = dt.date(2024, 1, 1), dt.date(2024, 2, 1)
LEADING = ("主办", "分办")
REPLY = ResultAndReply("结果", "答复", "角色", LEADING)

BROKEN: list[tuple[Rule, Mapping[str, object], str, str]] = [
    (RequiredWhen("甲", "乙", "是"), {"乙": "是"}, "required-when", "甲"),
    (RequiredWhen("甲", "乙"), {"乙": EARLY}, "required-when", "甲"),
    (NotBefore("甲", "乙"), {"甲": EARLY, "乙": LATE}, "date-order", "甲"),
    (NotBefore("甲", "编号.乙"), {"甲": EARLY, "编号.乙": LATE}, "date-order", "甲"),
    (NotAfter("甲", "设置.乙"), {"甲": LATE, "设置.乙": EARLY}, "date-after", "甲"),
    (NotMore("甲", "乙"), {"甲": 3, "乙": 2}, "more-than", "甲"),
    (REPLY, {"角色": "主办", "结果": "A"}, "result-without-reply", "答复"),
    (REPLY, {"角色": "分办", "答复": EARLY}, "reply-without-result", "结果"),
    (REPLY, {"角色": "主办"}, "in-progress", "结果"),
    (
        OnlyFor("甲", "角色", LEADING, "not-for-role"),
        {"甲": "A", "角色": "协办"},
        "not-for-role",
        "甲",
    ),
    (NotAmong("甲", "乙"), {"甲": ("张", "王"), "乙": "王"}, "named-twice", "甲"),
    (
        CountOfNames("甲", "乙", "分办", "one-name", "several-names"),
        {"甲": ("张",), "乙": "分办"},
        "several-names",
        "甲",
    ),
    (
        CountOfNames("甲", "乙", "分办", "one-name", "several-names"),
        {"甲": ("张", "王"), "乙": "独办"},
        "one-name",
        "甲",
    ),
    (NoDigits("甲", "digits-in-text"), {"甲": "走访15家，{指标2}"}, "digits-in-text", "甲"),
    (NoDigits("甲", "digits-in-text"), {"甲": "走访１５家"}, "digits-in-text", "甲"),
    (OwnPlace("甲", "乙"), {"甲": "中共左门乡委员会", "乙": "永安镇"}, "other-place", "甲"),
    (OwnPlace("甲", "乙"), {"甲": "汝州市第二届人民代表大会", "乙": "永安镇"}, "other-place", "甲"),
    (OwnWords("甲", "乙"), {"甲": "我镇出钱，我县出力。", "乙": "我镇"}, "other-self", "甲"),
    (NearYear("甲", "乙"), {"甲": EARLY, "乙": 2022}, "other-year", "甲"),
    (NearYear("甲", "乙"), {"甲": EARLY, "乙": 2025}, "other-year", "甲"),
]

KEPT: list[tuple[Rule, Mapping[str, object]]] = [
    (RequiredWhen("甲", "乙", "是"), {"乙": "否"}),
    (RequiredWhen("甲", "乙", "是"), {"甲": "文", "乙": "是"}),
    (NotBefore("甲", "乙"), {"甲": EARLY, "乙": EARLY}),
    (NotBefore("甲", "乙"), {"乙": EARLY}),
    (NotAfter("甲", "乙"), {"甲": EARLY}),
    (NotMore("甲", "乙"), {"甲": 2, "乙": 2}),
    (REPLY, {"角色": "主办", "结果": "A", "答复": EARLY}),
    (REPLY, {"角色": "协办"}),
    (OnlyFor("甲", "角色", LEADING, "not-for-role"), {"甲": "A"}),
    (OnlyFor("甲", "角色", LEADING, "not-for-role"), {"甲": "A", "角色": "分办"}),
    (NotAmong("甲", "乙"), {"甲": ("张",), "乙": ("王",)}),
    (
        CountOfNames("甲", "乙", "分办", "one-name", "several-names"),
        {"甲": ("张", "王"), "乙": "分办"},
    ),
    (CountOfNames("甲", "乙", "分办", "one-name", "several-names"), {"甲": ("张", "王")}),
    (NoDigits("甲", "digits-in-text"), {"甲": "走访{走访2次}，第一次"}),
    (OwnPlace("甲", "乙"), {"甲": "石城县永安镇人民政府", "乙": "永安镇"}),
    (OwnPlace("甲", "乙"), {"甲": "镇人大主席团", "乙": "永安镇"}),
    (OwnPlace("甲", "乙"), {"甲": "左门乡人民政府"}),
    (OwnWords("甲", "乙"), {"甲": "我镇出钱，我们出力，忘我工作。", "乙": "我镇"}),
    (OwnWords("甲", "乙"), {"甲": "我县出力。"}),
    (NearYear("甲", "乙"), {"甲": EARLY, "乙": 2024}),
    (NearYear("甲", "乙"), {"甲": EARLY, "乙": 2023}),
]


@pytest.mark.parametrize(("rule", "row", "code", "column"), BROKEN)
def test_a_broken_rule(rule: Rule, row: Mapping[str, object], code: str, column: str) -> None:
    breaches = list(rule.breaches(row.get))
    assert [(breach.code, breach.column) for breach in breaches] == [(code, column)]


@pytest.mark.parametrize(("rule", "row"), KEPT)
def test_a_rule_that_is_kept(rule: Rule, row: Mapping[str, object]) -> None:
    assert list(rule.breaches(row.get)) == []


def test_a_breach_tells_what_the_message_needs() -> None:
    rule = NotBefore("答复日期", "编号.交办日期")
    row = {"答复日期": EARLY, "编号.交办日期": LATE}
    assert list(rule.breaches(row.get)) == [
        Breach("date-order", "答复日期", {"other": "交办日期", "date": "2024-2-1"})
    ]


@pytest.mark.parametrize(
    ("rule", "row", "either"),
    [
        (NotBefore("甲", "乙"), {"甲": EARLY, "乙": LATE}, "乙"),
        (NotBefore("甲", "编号.乙"), {"甲": EARLY, "编号.乙": LATE}, ""),
        (NotMore("甲", "乙"), {"甲": 3, "乙": 2}, "乙"),
        (NotAfter("甲", "设置.乙"), {"甲": LATE, "设置.乙": EARLY}, ""),
    ],
)
def test_a_breach_names_the_other_cell_of_the_row_that_may_be_the_wrong_one(
    rule: Rule, row: Mapping[str, object], either: str
) -> None:
    assert [breach.either for breach in rule.breaches(row.get)] == [either]


def test_every_name_a_rule_uses_is_declared() -> None:
    """A rule that looks at a column nobody declared would be silent for ever."""
    settings = {column.name for column in REGISTER.sheet("基本信息").columns}
    for sheet in SHEETS:
        for rule in sheet.rules:
            for path in rule.paths:
                first, _, last = path.partition(".")
                if first == "设置":
                    assert last in settings
                    continue
                kind = sheet.column(first).type
                if last:
                    assert isinstance(kind, Ref)
                    assert next(s for s in SHEETS if s.name == kind.sheet).column(last)


@pytest.mark.parametrize("value", [None, "是", 3, EARLY])
def test_a_rule_asks_only_where_it_says_it_looks(value: object) -> None:
    """Rows that hold the same at its paths are looked at once."""

    def row(path: str) -> object:
        asked.add(path)
        return value

    for rule in (rule for sheet in SHEETS for rule in sheet.rules):
        asked: set[str] = set()
        with suppress(AttributeError, TypeError):  # of a value that its columns never hold
            list(rule.breaches(row))
        assert asked <= {*rule.paths}


def test_every_reference_points_to_a_key() -> None:
    for column in COLUMNS:
        if isinstance(column.type, Ref):
            target = next(sheet for sheet in SHEETS if sheet.name == column.type.sheet)
            assert target.column(column.type.column).once
            assert all(target.column(name) for name in column.type.also)


def test_every_rule_names_codes_of_the_catalogue() -> None:
    for rule in (rule for sheet in SHEETS for rule in sheet.rules):
        assert dataclasses.is_dataclass(rule)
        assert getattr(rule, "code", "required") in CATALOGUE
