"""Charts that Word draws itself and a person can restyle: DrawingML (ECMA-376 part 1, 21.2).

All are bars lying beside names, in the sizes of ``layout``.  What the picture of the same chart
writes into its rows (a share, a total) stands behind the name here: a label of Word's own shows
only what its bar is of.  Numbers are those that are printed elsewhere, never worked out anew.

python-pptx has a writer, too; ours is as long as what its charts would need to be told afterwards
(fills, labels, fonts, room), and is loaded in no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from reportgen.charts import layout
from reportgen.charts.fills import DARK, TEXT, Fill, choose_fills
from reportgen.charts.kinds import BarChart, Chart, Series, ShareChart, StackedBarChart
from reportgen.charts.labels import read_number, refuse_empty_chart
from reportgen.facts.model import Fact
from reportgen.facts.report import WORKBOOK, ChartTable
from reportgen.xml_text import escape, quoteattr

SHEET = "数据"
"""The workbook's sheet: names below A1, a series in each column from B on, its name on top."""


def make_chart_table(chart: Chart) -> ChartTable:
    """What the chart shows.

    Raises:
        ChartError: nothing to draw, or a value that is no number.
    """
    refuse_empty_chart(chart)
    gap = ("",) if _has_rest(chart) else ()
    series = [
        (each.name, (*(_write_number(chart, fact) for fact in _drop_rest(chart, each.facts)), *gap))
        for each in _choose_series(chart)
    ]
    return ChartTable(tuple(_name_rows(chart)), tuple(series))


def write_chart(chart: Chart) -> str:
    """The XML of the chart's part; errors as of ``make_chart_table``."""
    table, rows = make_chart_table(chart), _place_bars(chart)
    stacked = isinstance(chart, StackedBarChart)
    grouping = "stacked" if stacked else "clustered"
    series = "".join(
        _write_series(table, number, _write_labels(chart, number, fill, rows.size), fill)
        for number, fill in enumerate(choose_fills(len(table.series)))
    )
    bars = (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="{rows.gap}"/>'
        f'<c:overlap val="{100 if stacked else 0}"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
    )
    legend = _write_legend(rows) if len(table.series) > 1 else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_NAMES}>'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea>{rows.write()}{bars}'
        f"{_AXES.format(line=_write_line(DARK), text=_write_text(rows.size))}"
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_write_text(layout.TEXT)}"
        f'<c:externalData r:id="{WORKBOOK}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


@dataclass(frozen=True)
class _PlacedBars:
    """Where the bars stand, in parts of the chart's width and height; ``gap``: in percent of a bar."""

    left: float
    top: float
    width: float
    height: float
    gap: int
    size: float

    def write(self) -> str:
        """The layout of the area of the bars, without the names beside them."""
        box = (self.left, self.top, self.width, self.height)
        return _write_layout('<c:layoutTarget val="inner"/>', box)


def _place_bars(chart: Chart) -> _PlacedBars:
    series, height = _choose_series(chart), chart.size[1]
    bars = 1 if isinstance(chart, StackedBarChart) else len(series)
    top = layout.legend_height([each.name for each in series]) if len(series) > 1 else 0.0
    ends = [fact.with_unit for each in series for fact in _drop_rest(chart, each.facts)]
    rows = layout.place_rows(_name_rows(chart), ends, top, height, bars)
    pitch = (height - top - 2.0) / len(chart.categories)
    gap = round(min(500.0, 100 * (pitch - rows.thickness) / (rows.thickness / bars)))
    width, room = layout.WIDTH, height - top - 2.0
    return _PlacedBars(
        rows.left / width, (top + 1.0) / height, rows.room / width, room / height, gap, rows.size
    )


def _choose_series(chart: Chart) -> Sequence[Series]:
    """Those that are drawn: of shares the counts, the percentages stand behind the names."""
    return chart.series[:1] if isinstance(chart, ShareChart) else chart.series


def _name_rows(chart: Chart) -> list[str]:
    """The categories, with what has no bar of its own."""
    beside: Sequence[Fact] = ()
    if isinstance(chart, ShareChart) and len(chart.series) > 1:
        beside = chart.series[1].facts
    if isinstance(chart, StackedBarChart):
        beside = chart.totals
    told = [fact.with_unit for fact in beside] or [""] * len(chart.categories)
    if _has_rest(chart):
        last = beside[-1:] or [series.facts[-1] for series in chart.series]
        told[-1] = "、".join(fact.with_unit for fact in last)
    return [f"{name} {text}".strip() for name, text in zip(chart.categories, told, strict=True)]


def _has_rest(chart: Chart) -> bool:
    """Whether the last category has no bar: its number stands behind its name."""
    return isinstance(chart, BarChart | StackedBarChart) and chart.rest


def _drop_rest(chart: Chart, facts: Sequence[Fact]) -> Sequence[Fact]:
    return facts[:-1] if _has_rest(chart) else facts


def _write_number(chart: Chart, fact: Fact) -> str:
    """The number as it is printed; an adjusted share is not what it was worked out to be."""
    value = read_number(chart, fact)
    try:
        return str(Decimal(fact.text.removesuffix(fact.unit)))
    except InvalidOperation:
        return str(value)


def _write_legend(rows: _PlacedBars) -> str:
    """Above the bars, as wide as the chart."""
    place = _write_layout("", (0.0, 0.0, 1.0, rows.top))
    text = _write_text(layout.TEXT)
    return f'<c:legend><c:legendPos val="t"/>{place}<c:overlay val="0"/>{text}</c:legend>'


def _write_layout(of: str, box: tuple[float, float, float, float]) -> str:
    """Left, top, width and height in parts of the chart's."""
    sides = zip("xywh", box, strict=True)
    places = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in sides)
    return (
        f'<c:layout><c:manualLayout>{of}<c:xMode val="edge"/><c:yMode val="edge"/>{places}'
        "</c:manualLayout></c:layout>"
    )


def _write_series(table: ChartTable, number: int, labels: str, fill: Fill) -> str:
    name, values = table.series[number]
    letter, last = _name_column(number + 1), len(table.categories) + 1
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{_write_cache('str', f'${letter}$1', [name])}</c:tx>"
        f"<c:spPr>{_write_fill(fill)}{_write_line(DARK)}</c:spPr>"
        f'<c:invertIfNegative val="0"/>{labels}'
        f"<c:cat>{_write_cache('str', f'$A$2:$A${last}', table.categories)}</c:cat>"
        f"<c:val>{_write_cache('num', f'${letter}$2:${letter}${last}', values)}</c:val></c:ser>"
    )


def _write_cache(kind: str, cells: str, values: Sequence[str]) -> str:
    """What the workbook's cells hold, as Word shows it without opening them."""
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{escape(value)}</c:v></c:pt>'
        for number, value in enumerate(values)
        if value
    )
    code = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    return (
        f"<c:{kind}Ref><c:f>{SHEET}!{cells}</c:f><c:{kind}Cache>{code}"
        f'<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache></c:{kind}Ref>'
    )


def _write_labels(chart: Chart, number: int, fill: Fill, size: float) -> str:
    """The values at the bars, with their unit; in stacked bars inside, without it, nothing for 0."""
    facts = _choose_series(chart)[number].facts
    inside = isinstance(chart, StackedBarChart)
    formats = [_format_label(chart, fact, bare=inside) for fact in facts]
    place = "ctr" if inside else "outEnd"
    usual = max(formats, key=formats.count)
    ground = '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>'
    looks = (
        f"{ground if inside and fill.hatch else ''}"
        f"{_write_text(size, fill.ink if inside else TEXT)}"
        f'<c:dLblPos val="{place}"/>{_SHOW_VALUE}'
    )
    others = "".join(
        f'<c:dLbl><c:idx val="{number}"/>{_write_format(code)}{looks}</c:dLbl>'
        for number, code in enumerate(formats)
        if code != usual
    )
    return f"<c:dLbls>{others}{_write_format(usual)}{looks}</c:dLbls>"


def _format_label(chart: Chart, fact: Fact, *, bare: bool) -> str:
    decimals = len(_write_number(chart, fact).partition(".")[2])
    code = f"0.{'0' * decimals}" if decimals else "0"
    unit = fact.unit.replace('"', "")
    return f"{code};;" if bare else f'{code}"{unit}"' if unit else code


def _write_format(code: str) -> str:
    return f'<c:numFmt formatCode={quoteattr(code)} sourceLinked="0"/>'


def _write_fill(fill: Fill) -> str:
    face = f'<a:srgbClr val="{_to_hex(fill.face)}"/>'
    if not fill.pattern:
        return f"<a:solidFill>{face}</a:solidFill>"
    return (
        f'<a:pattFill prst="{fill.pattern}"><a:fgClr><a:srgbClr val="{_to_hex(DARK)}"/></a:fgClr>'
        f"<a:bgClr>{face}</a:bgClr></a:pattFill>"
    )


def _write_line(colour: str) -> str:
    return f'<a:ln w="7620"><a:solidFill><a:srgbClr val="{_to_hex(colour)}"/></a:solidFill></a:ln>'


def _write_text(size: float, colour: str = TEXT) -> str:
    """Size in points; a sans serif face, which every system has one of."""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="0">'
        f'<a:solidFill><a:srgbClr val="{_to_hex(colour)}"/></a:solidFill>'
        '<a:latin typeface="黑体"/><a:ea typeface="黑体"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _to_hex(colour: str) -> str:
    return colour.removeprefix("#").upper()


def _name_column(number: int) -> str:
    """0 → A; charts have fewer than 26 columns, others go on with AA."""
    head, last = divmod(number, 26)
    return (_name_column(head - 1) if head else "") + chr(ord("A") + last)


_NAMES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_SHOW_VALUE = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_AXES = (
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
    '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
    '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
    "<c:spPr>{line}</c:spPr>{text}"
    '<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
    '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
    '<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="0"/>'
    '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
    '<c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
)
"""Names beside the bars, the first on top; bars begin at 0, and their axis is not drawn."""
