"""Three texts made into one."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.word.document.model import Figure
from reportgen.word.refresh.merge3 import (
    join_signs_to_pieces,
    key_of_sign,
    merge_texts,
    split_pieces_to_signs,
)

TEXTS = st.lists(st.sampled_from([*"甲乙丙丁，。", "\0件数", "\0占比"]), max_size=24)
CLAUSES = st.lists(
    st.sampled_from(["甲乙丙，", "丁戊己庚，", "辛壬。", "子丑寅卯辰，", "巳午。"]),
    min_size=1,
    max_size=6,
)


def merged(made: str, now: str, new: str) -> tuple[str, list[tuple[str, str]]]:
    """As texts: the one text, and what collided."""
    done = merge_texts(made, now, new)
    return "".join(done.signs), [("".join(c.kept), "".join(c.new)) for c in done.collisions]


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_what_one_side_did_not_change_is_taken_from_the_other(
    one: list[str], other: list[str]
) -> None:
    for done in (
        merge_texts(one, other, one),
        merge_texts(one, one, other),
        merge_texts(one, other, other),
    ):
        assert (done.signs, list(done.collisions)) == (other, [])


@settings(max_examples=200)
@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_people_wrote_is_lost(made: list[str], now: list[str], new: list[str]) -> None:
    """Every sign that they added is in the text; the data took out only what they had put in."""
    done = merge_texts(made, now, new)
    added = Counter(now) - Counter(made)
    assert added <= Counter(done.signs)
    assert Counter(done.signs) <= Counter(made) + Counter(now) + Counter(new)


@settings(max_examples=200)
@given(TEXTS, TEXTS, TEXTS)
def test_what_collides_stays_as_people_wrote_it(
    made: list[str], now: list[str], new: list[str]
) -> None:
    done = merge_texts(made, now, new)
    shown, people = "".join(done.signs), "".join(now)
    for collision in done.collisions:
        kept = "".join(collision.kept)
        assert kept in shown
        assert kept in people
        assert "".join(collision.new) in "".join(new)
        assert kept != "".join(collision.new)


@given(CLAUSES, st.data())
def test_clauses_of_both_come_together(clauses: list[str], data: st.DataObject) -> None:
    """People write a clause in one place, the data change another: both are there."""
    clauses = [f"{chr(0x4E00 + at)}{clause}" for at, clause in enumerate(clauses)]
    clauses = [*clauses, "一直不变，", "到此为止。"]
    at = data.draw(st.integers(0, len(clauses) - 1))
    other = data.draw(st.integers(0, len(clauses) - 1).filter(lambda each: abs(each - at) > 1))
    now = [*clauses[:at], "人写的话，", *clauses[at:]]
    new = [*clauses[:other], "数据的话，", *clauses[other + 1 :]]
    text, collisions = merged(*("".join(each) for each in (clauses, now, new)))
    assert collisions == []
    assert "人写的话，" in text
    assert "数据的话，" in text
    assert text.replace("人写的话，", "") == "".join(new)


@pytest.mark.parametrize(("made", "now", "new", "text", "collisions"), [
    ("共三件，已办好。", "共三件，全都已办好。", "共四件，已办好。", "共四件，全都已办好。", []),
    ("农业农村办公室承办", "由农业农村办公室牵头承办", "农业农村和水务办公室承办", "由农业农村和水务办公室牵头承办", []),
    ("由甲办承办，已办好。", "由丙办承办，已办好。", "由乙办承办，已办好。", "由丙办承办，已办好。",
     [("由丙办承办，", "由乙办承办，")]),
    ("一句。", "", "另一句。", "", [("", "另一句。")]),
    ("", "人写的。", "数据的。", "人写的。", [("人写的。", "数据的。")]),
    ("甲，乙。", "甲，乙。", "", "", []),
])  # fmt: skip
def test_examples(
    made: str, now: str, new: str, text: str, collisions: list[tuple[str, str]]
) -> None:
    assert merged(made, now, new) == (text, collisions)


def test_a_figure_is_one_sign_whatever_it_shows() -> None:
    made = split_pieces_to_signs(["共", Figure("件数", "7"), "件"])
    now = split_pieces_to_signs(["共", Figure("件数", "8"), "件整"])
    assert [key_of_sign(sign) for sign in made] == [None, "件数", None]
    assert merge_texts(made, now, made).signs == now
    assert join_signs_to_pieces(now, {"件数": "9"}) == ("共", Figure("件数", "9"), "件整")
    assert join_signs_to_pieces(now, {}) == ("共", Figure("件数", ""), "件整")
