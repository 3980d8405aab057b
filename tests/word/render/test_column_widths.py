"""Tables of the style 按内容分列宽: widths from what the columns hold, empty ones left out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.word.render.column_widths import _choose_widths
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentences import Template
from tests.support.templates import W, docx, fact, items, part, record_of, report, rows, table

HEAD = ["号", "标题", "备注", "数"]
LOOP = ["{% for 件 in 列 %}", "", "", ""]
ROW = ["{{ 件.号 }}", "{{ 件.标题 }}", "{{ 件.备注 }}", "{{ 件.数 }}"]
END = ["{% endfor %}", "", "", ""]
TOTAL = ["合计", "", "", "{{ 总数 }}"]


def made(
    *entries: tuple[str, str, str],
    style: str = "FittedTable",
    width: str = 'w:w="2000" w:type="dxa"',
) -> bytes:
    """A table of these numbers, titles and remarks, 8,000 wide."""
    body = table(HEAD, LOOP, ROW, END, TOTAL).replace('w:w="2000" w:type="dxa"', width)
    styled = body.replace("<w:tblPr>", f'<w:tblPr><w:tblStyle w:val="{style}"/>')
    shape = {"号": "", "标题": "", "备注": "", "数": ""}
    things = [
        {"号": number, "标题": title, "备注": remark, "数": fact(f"件.{number}.数", 1)}
        for number, title, remark in entries
    ]
    names = {"列": items(shape, *things), "总数": fact("总数", len(entries))}
    return fill_template(Template(docx(styled)), report(**names), lambda _: b"")


def grid(document: bytes) -> list[int]:
    return [int(each.get(f"{{{W}}}w")) for each in part(document).iter(f"{{{W}}}gridCol")]


@pytest.mark.parametrize("width", ['w:w="2000" w:type="dxa"', 'w:type="dxa" w:w="2000"'])
def test_a_column_without_content_is_left_out_everywhere(width: str) -> None:
    document = made(("1", "修路", ""), ("2", "架桥", ""), width=width)
    assert rows(document) == [
        ["号", "标题", "数"], ["1", "修路", "1"], ["2", "架桥", "1"], ["合计", "", "2"],
    ]  # fmt: skip
    made_of: Any = record_of(document)["made"]["body"]
    record = made_of[0]["rows"]
    assert [len(row) - 1 for row in record] == [3, 3, 3, 3]
    cells = part(document).iter(f"{{{W}}}tcW")
    assert [int(each.get(f"{{{W}}}w")) for each in cells] == grid(document) * 4


def test_one_remark_keeps_the_column() -> None:
    assert rows(made(("1", "修路", ""), ("2", "架桥", "急")))[2] == ["2", "架桥", "急", "1"]


def test_a_table_of_another_style_stays_as_it_is() -> None:
    document = made(("1", "修路", ""), style="TableGrid")
    assert (grid(document), rows(document)[0]) == ([2000] * 4, HEAD)


def test_a_table_without_rows_keeps_its_columns() -> None:
    assert rows(made()) == [HEAD, ["合计", "", "", "0"]]


def test_the_long_column_gets_the_room_and_the_short_ones_stay_whole() -> None:
    number, title, count = grid(made(("1", "关于加强道路养护管理工作的建议" * 3, "")))
    assert title > 5 * number
    assert min(number, count) >= 180 + 170


@given(
    st.integers(1, 8).flatmap(
        lambda size: st.lists(
            st.lists(st.text("一二3-、", max_size=40), min_size=size, max_size=size), min_size=1
        )
    ),
    st.integers(3000, 14000),
)
def test_widths_fill_the_room_and_none_is_nothing(rows_: list[list[str]], room: int) -> None:
    widths = _choose_widths([list(column) for column in zip(*rows_, strict=True)], room)
    assert sum(widths) == room
    assert all(width > 0 for width in widths)
