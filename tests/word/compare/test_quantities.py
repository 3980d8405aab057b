"""Numbers and claims as people type them in a text: what is one, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.word.compare.claims import find_assertion_words, find_claim_words
from reportgen.word.compare.quantities import find_quantities, has_same_value, value_of

NUMBERS = """
另外协调资金120万元，走访十二户，惠及百分之九十的群众。 = 120万元 十二户 百分之九十
八件、两件，三分之二，近八成，1/3，96分，3.2亿，数十件。 = 八件 两件 三分之二 近八成 1/3 96分 3.2亿 数十件
上百户、十几件、一半、过半、翻了一番、2倍、二十多个村。 = 上百户 十几件 一半 过半 翻了一番 2倍 二十多个
三个月内办结，两年内见效，半年内见效，一周内答复。 = 三个月 两年 半年 一周
2025年6月30日、六月三十日、二〇二四年五月。 = 2025年6月30日 六月三十日 二〇二四年五月
不足5件、约30户、7件左右、30余件、一百零五件、1,234户。 = 不足5件 约30户 7件左右 30余件 一百零五件 1,234户
满意率86％，同比-3%，七八件，3至5件，5件以上。 = 86％ -3% 七八件 3至5件 5件以上
得分九十六分，排名第一名。 = 九十六分 一名
着力抓好三个方面的工作，一件一件抓落实，一是健全机制，二是跟踪落实。 =
十分重视，千方百计，第一，第三批，党的二十大，十四五，四个意识，八项规定，三农。 =
一个村、一批项目、一系列措施、每一件、上半年、千家万户、周一、镇村两级、两会。 =
附件2、图1、表3、见表2，第5条。 =
代表100%到会，代表30人参加，填表20份，地图5张。 = 100% 30人 20份 5张
条件成熟一件、办理一件，一户一策，办好一件事。 =
（1）认真学习 =
2. 认真学习 =
"""
"""A text, and the numbers in it."""

SAME = """
7 七 ７ 7件
86% 86％ 百分之八十六
2 两 二
984 九百八十四 九八四
100余 一百余
1500 1,500 一千五百
15000 1.5万 一万五千
80% 八成 百分之八十
1/3 三分之一 ⅓
10 十 拾
0 零
20 廿 二十
2024年12月20日 二〇二四年十二月二十日 2024-12-20
"""
"""Ways of writing one value, in a line."""

CLAIMS = """
均按期答复 = 均 按期
尚未解决 = 尚未 解决
与上年相比增加 = 相比 增加
按全部件数计算 = 按全部件数计算
占议案、建议总件数的 = 占 总件数
不断改进平均水平 =
避免推诿 =
"""


def table(text: str) -> list[tuple[str, list[str]]]:
    return [
        (said, found.split()) for said, _, found in (line.partition(" =") for line in text.split("\n")[1:-1])
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), table(NUMBERS))
def test_numbers_typed_in_a_text(text: str, expected: list[str]) -> None:
    assert [number.text for number in find_quantities(text)] == expected


@pytest.mark.parametrize("line", SAME.strip().split("\n"))
def test_one_value_in_several_dresses(line: str) -> None:
    first, *others = line.split()
    for other in others:
        assert has_same_value(first, other)
        assert not has_same_value(f"1{first}", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("86%", "86"),
        ("7", "近7"),
        ("7", "七八"),
        ("100余", "100"),
        ("7", "-7"),
        ("6", "6至7"),
        ("7件", "6—7件"),
    ],
)
def test_values_that_differ(one: str, other: str) -> None:
    assert not has_same_value(one, other)


@given(st.integers(0, 99_999))
def test_every_number_is_read_in_words(number: int) -> None:
    assert value_of(in_words(number)) == number
    assert has_same_value(str(number), in_words(number))


def in_words(number: int) -> str:
    """The usual reading of a whole number below a hundred thousand."""
    signs, places = "零一二三四五六七八九", ("", "十", "百", "千", "万")
    said = "".join(
        (signs[int(digit)] + places[len(str(number)) - at - 1]) if digit != "0" else "零"
        for at, digit in enumerate(str(number))
    ).rstrip("零")
    while "零零" in said:
        said = said.replace("零零", "零")
    return said or "零"


@pytest.mark.parametrize(("text", "expected"), table(CLAIMS))
def test_words_that_claim(text: str, expected: list[str]) -> None:
    assert find_claim_words(text) == expected


def test_what_a_new_sentence_asserts() -> None:
    assert find_assertion_words("各承办部门主动上门听取意见，代表们给予充分肯定。") == []
    assert find_assertion_words("我们将不断加强学习，平均水平较高。") == []
    assert find_assertion_words("率先完成，走在前列，位居全市第一，比去年提前办结，提前谋划，第一时间赶到。") == [
        "率先", "前列", "第一", "比去年", "提前",
    ]  # fmt: skip
    assert find_assertion_words("全部按期办结，没有一件拖延，占总数的大多数。") == [
        "全部", "按期", "没有", "占总数的", "大多数",
    ]  # fmt: skip
