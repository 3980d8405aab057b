"""Charts that Word draws itself: the same numbers as printed, in what is shown and in the workbook."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import openpyxl
import pytest
from lxml import etree

from reportgen.charts.kinds import BarChart, Chart, Series
from reportgen.charts.native import make_chart_table, write_chart
from reportgen.commands.folder.drawing import choose_drawing
from reportgen.errors import ChartError
from reportgen.excel.read.chart_sheet import read_chart_sheet
from reportgen.excel.write.chart_sheet import write_chart_sheet
from reportgen.facts.model import Fact, Origin
from reportgen.facts.report import NativeChart
from reportgen.word.document.chart_reader import read_table
from tests.charts.test_charts import DEPARTMENTS, bars, count, counts, share, shares, stacked

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ODD = '甲<乙>&"丙"部门'

CHARTS = {
    "shares": shares(["已解决", "留作参考"], [6, 1], ["85.7%", "14.3%"]),
    "bars": bars(["经济", ODD], [3, 0]),
    "several": BarChart("图.甲", "甲", DEPARTMENTS, [counts("今年", range(5)), counts("上年", range(1, 6))], ""),
    "stacked": replace(stacked([[1, 2, 0, 4]] * 5, DEPARTMENTS), totals=tuple(count(7) for _ in range(5))),
    "decimals": BarChart("图.甲", "甲", ["甲", "乙"], [Series("占比", [share("71.4%"), share("99.95%")])], ""),
    "rest": replace(bars(["甲", "其余31个专题"], [3, 500]), rest=True),
    "rest of stacks": replace(stacked([[1, 2], [400, 55]], ["甲", "其余31个部门"]), rest=True),
    "many": bars([f"第{number}个专题" for number in range(40)], list(range(40))),
}  # fmt: skip


def drawn(chart: Chart) -> NativeChart:
    made = choose_drawing("native")(chart)
    assert isinstance(made, NativeChart)
    return made


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_shown_and_stored_are_the_same_table(chart: Chart) -> None:
    made = drawn(chart)
    root = etree.fromstring(made.xml.encode())
    cells = [each.findtext(f".//{C}val//{C}f") or "" for each in root.iter(f"{C}ser")]
    assert read_table(root) == made.table == read_chart_sheet(made.workbook, cells)


@pytest.mark.parametrize(
    ("name", "told"), [("rest", "其余31个专题 500件"), ("rest of stacks", "其余31个部门 455件")]
)
def test_what_stands_for_many_has_a_number_but_no_bar(name: str, told: str) -> None:
    table = make_chart_table(CHARTS[name])
    assert table.categories[1] == told
    assert {values[1] for _, values in table.series} == {""}
    assert "400" not in drawn(CHARTS[name]).xml


def test_numbers_are_the_printed_ones() -> None:
    fact = Fact("甲.占比", Decimal("14.2857"), "14.3%", "%", Origin("占比", "占比"))
    chart = BarChart("图.甲", "甲", ["甲"], [Series("占比", [fact])], "")
    assert make_chart_table(chart).series == (("占比", ("14.3",)),)
    assert '0.0"%"' in formats(chart)
    assert set(formats(CHARTS["decimals"])) == {"0.0", "0.00", "General"}


def formats(chart: Chart) -> list[str]:
    root = etree.fromstring(write_chart(chart).encode())
    return [each.get("formatCode", "") for each in root.iter(f"{C}numFmt")]


def test_what_has_no_bar_stands_beside_the_name() -> None:
    assert make_chart_table(CHARTS["shares"]).categories == ("已解决 85.7%", "留作参考 14.3%")
    assert make_chart_table(CHARTS["stacked"]).categories[0] == f"{DEPARTMENTS[0]} 7件"


def test_workbook_opens_and_is_the_same_bytes() -> None:
    table = make_chart_table(CHARTS["several"])
    sheet = openpyxl.load_workbook(io.BytesIO(write_chart_sheet(table))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][:2] == [
        [None, "今年", "上年"], [DEPARTMENTS[0], 0, 1],
    ]  # fmt: skip
    assert write_chart_sheet(table) == write_chart_sheet(table)
    with zipfile.ZipFile(io.BytesIO(write_chart_sheet(table))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def luminances(xml: str) -> Iterator[float]:
    """Of the series' grounds, hatched ones left out."""
    root = etree.fromstring(xml.encode())
    for series in root.iter(f"{C}ser"):
        colour = series.find(f"{C}spPr/{{*}}solidFill/{{*}}srgbClr")
        if colour is not None:
            red, green, blue = (int(part, 16) for part in re.findall("..", colour.get("val", "")))
            yield 0.299 * red + 0.587 * green + 0.114 * blue


def test_series_are_told_apart_in_grey() -> None:
    made = sorted(luminances(write_chart(CHARTS["stacked"])))
    assert all(b - a > 30 for a, b in pairwise(made))
    assert "pattFill" in write_chart(CHARTS["stacked"])


@pytest.mark.parametrize(
    "chart",
    [bars([], []), BarChart("图.甲", "甲", ["甲"], [Series("数", [replace(count(1), value="100余", text="100余")])], "")],
)  # fmt: skip
def test_what_cannot_be_drawn_is_told(chart: Chart) -> None:
    with pytest.raises(ChartError):
        drawn(chart)
