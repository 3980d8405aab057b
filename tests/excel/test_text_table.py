"""Text ledgers: quotation marks that nothing closes, odd line ends, rows of another width.

In the inputs ``⏎`` is the line end of the file (CR LF), ``␊`` a lone line feed inside a cell.
"""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.excel.read.text_table import TextTable, read_text_table

HEAD = "编号,标题,主办"


def table(text: str) -> TextTable:
    found = read_text_table(text.replace("⏎", "\r\n").replace("␊", "\n"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ('1,"甲，乙",教育局', "1|甲，乙|教育局"),
        ('1,"说""好""",教育局', '1|说"好"|教育局'),
        ('1,"两行␊的标题",教育局', "1|两行\n的标题|教育局"),
        ('1,标题,"教育局␊财政局"', "1|标题|教育局\n财政局"),
        ('"1␊(补)",标题,教育局', "1\n(补)|标题|教育局"),
        ('1,"a␊b,c,d",教育局', "1|a\nb,c,d|教育局"),
        ('="001",标题,教育局', "001|标题|教育局"),
        ("'001,标题,教育局", "001|标题|教育局"),
        ("1,两行␊的标题,教育局", "1|两行\n的标题|教育局"),
        ("1,竖排\x0b的\u2028标题\x85,教育局", "1|竖排\x0b的\u2028标题\x85|教育局"),
        ('1,"甲" ,教育局', "1|甲|教育局"),
    ],
)
def test_what_a_cell_may_hold(text: str, second: str) -> None:
    found = table(f"{HEAD}⏎{text}⏎2,乙,财政局⏎3,丙,民政局⏎")
    assert ["|".join(map(str, row)) for row in found.rows[1:]] == [
        second, "2|乙|财政局", "3|丙|民政局",
    ]  # fmt: skip
    assert found.notes == ()


@pytest.mark.parametrize("opening", ['"惠民桥周边', '"和谐"周边', '"惠民"桥"周边', '惠民"桥周边'])
@pytest.mark.parametrize("column", [0, 1, 2])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_no_row_is_swallowed_by_a_quotation_mark(opening: str, column: int, sign: str) -> None:
    cells = [[str(n), f"第{n}件事项", "教育局"] for n in range(30)]
    cells[5][column] = opening
    cells[20][1] = '"和谐"第20件'
    found = table("⏎".join(sign.join(row) for row in cells))
    assert found.rows == cells
    said = "第6行有不成对的引号，引号当作文字照原样读入，请核对"
    assert found.notes == ((said,) if opening.count('"') == 1 and opening[0] == '"' else ())


def test_a_mark_opened_in_one_row_and_closed_in_the_next_joins_nothing() -> None:
    found = table(f'{HEAD}⏎1,"甲,教育局⏎2,乙",财政局⏎3,丙,民政局')
    assert [row[0] for row in found.rows] == ["编号", "1", "2", "3"]
    assert found.notes == ("第2行有不成对的引号，引号当作文字照原样读入，请核对",)


def test_rows_of_another_width_are_counted_and_said() -> None:
    rows = [HEAD, "1,甲,教育局", "2,乙,财政局,多一格", "3,丙", "一、农业", "4,丁,民政局,,"]
    found = table("⏎".join(["二〇二四年台账", *rows]))
    assert found.notes == ("第4、5行的栏数与其他各行（3栏）不同，内容可能错位，请核对",)
    assert found.rows[3] == ["2", "乙", "财政局", "多一格"]


@pytest.mark.parametrize(("wide", "end"), [(12, "41、42行"), (13, "41、42等13行")])
def test_of_many_rows_of_another_width_the_first_are_named(wide: int, end: str) -> None:
    lines = ["1,甲,教育局"] * 30 + ["1,甲,教育局,多一格"] * wide
    (note,) = table("⏎".join(lines)).notes
    assert note.startswith("第31、32、")
    assert note.partition("的栏数")[0].endswith(end)


def test_long_lists_of_rows_are_cut_in_the_note() -> None:
    found = table("⏎".join([HEAD, *["1,甲,乙"] * 40, *['2,"甲,乙'] * 20]))
    (note,) = found.notes
    assert note.startswith("第42、43、44、45、46、47、48、49、50、51、52、53等20行有不成对的引号")


def test_a_text_without_columns_is_no_table() -> None:
    assert read_text_table("只有一栏\r\n没有分开\r\n") is None


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\r\0"))] * 3),
        min_size=3,
        max_size=8,
    )
)
def test_what_a_csv_writer_quotes_comes_back(rows: list[tuple[str, str, str]]) -> None:
    """Every cell that a program writes by the rules is read as it was, whatever it holds."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("编号", "标题", "主办")] * 3 + rows)
    found = table(out.getvalue())
    if found.notes:  # a cell whose lines look like whole rows: said, not swallowed
        return
    for got, given_row in zip(found.rows[3:], rows, strict=True):
        for cell, text in zip(got, given_row, strict=True):
            assert cell == text or not text.strip() or text.strip()[0] in "=\"'", (cell, text)
