"""What looks the same is the same: in names, codes, dates, choices and measures."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import glyphs
from reportgen.issues import Issue
from reportgen.schema.columns import Choice, Code, Day, is_blank, to_plain_text

RATING = Choice(("满意", "基本满意"))

INVISIBLE = [
    "\u00ad", "\u034f", "\u200b", "\u200c", "\u200d", "\u200e", "\u202a", "\u2060", "\u2066",
    "\ufe00", "\ufe0f", "\ufeff", "\U000e0100", "\U000e0020",
]  # fmt: skip


@pytest.mark.parametrize("sign", INVISIBLE)
def test_an_invisible_sign_changes_nothing(sign: str) -> None:
    assert to_plain_text(f"{sign}检查{sign}食堂{sign}") == "检查食堂"
    assert RATING.read(f"基本{sign}满意") == "基本满意"
    assert Code().read(f"2024{sign}-001") == "2024-001"
    assert Day().read(f"2024{sign}-5-28") == dt.date(2024, 5, 28)
    assert is_blank(f" {sign}")


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("检查学校⻝堂", "检查学校食堂"),  # a radical from a PDF file
        ("⼈⼤代表", "人大代表"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("农业\u3000农村 办公室", "农业农村办公室"),
        ("张\u3164三", "张三"),
        ("А类", "A类"),  # a Cyrillic letter
        ("“一老一小”服务", '"一老一小"服务'),
        ("2024\u2013001", "2024-001"),
    ],
)
def test_what_looks_the_same_agrees(typed: str, same: str) -> None:
    assert glyphs.normalise_look(typed) == glyphs.normalise_look(same)


@pytest.mark.parametrize("pair", ["已己", "末未", "O0", "l1", "千干", "一-"])
def test_what_looks_different_stays_different(pair: str) -> None:
    assert glyphs.normalise_look(pair[0]) != glyphs.normalise_look(pair[1])


@pytest.mark.parametrize("mark", "-.·•・∙/∕⁄‐‑‒–—―−．－／")
def test_any_dot_or_hyphen_parts_a_date(mark: str) -> None:
    assert Day().read(f"2024{mark}5{mark}28") == dt.date(2024, 5, 28)


def test_radicals_are_characters_of_the_same_meaning() -> None:
    named = {
        "⻝": "食",
        "⻔": "门",
        "⺠": "民",
        "⻅": "见",
        "⻓": "长",
        "⻰": "龙",
        "⻳": "龟",
        "⺁": "厂",
    }
    assert {sign: glyphs.to_seen_text(sign) for sign in named} == named
    others = {chr(code) for code in range(0x2E81, 0x2FD6) if unicodedata.name(chr(code), "")}
    assert not {glyphs.to_seen_text(sign) for sign in others} & others


def test_what_remains_is_named_in_the_message() -> None:
    issue = Issue("not-in-list", value="满\ue123意", details={"options": "满意"})
    assert issue.message == "“满\ue123意”不在可选范围内（里面有自造字U+E123）"
    assert glyphs.name_strange_signs("А类\u200b") == (
        "俄文字母“А”（U+0410，不是英文字母A）、看不见的字符U+200B（零宽空格）"
    )
    assert not glyphs.name_strange_signs("农业农村办公室（1）\n·2024－5")


@given(st.text())
def test_seeing_twice_is_seeing_once(text: str) -> None:
    assert glyphs.to_seen_text(glyphs.to_seen_text(text)) == glyphs.to_seen_text(text)
    assert glyphs.normalise_look(glyphs.normalise_look(text)) == glyphs.normalise_look(text)
