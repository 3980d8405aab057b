"""Charts as PNG pictures for paper; the only room that knows matplotlib.

A picture is laid out in millimetres and drawn by matplotlib's object API alone, without its global
state, so that the same chart in the same font gives the same bytes.  It holds no title (the caption
stands below it in Word), reads the same in grey, and writes every value beside its mark.

Text is drawn in the first font that has every character needed: installed Chinese fonts in the
order of ``FAMILIES``, then the packaged one (``fonts/README.md``), then fonts installed since
matplotlib last looked.  A character that none has is a ``ChartError``, never a box.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from matplotlib import font_manager, style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D, Transform

from reportgen.charts import layout
from reportgen.charts.fills import DARK, RULE, WHITE, Fill, choose_fills
from reportgen.charts.kinds import BarChart, Chart, ShareChart, StackedBarChart
from reportgen.charts.labels import TOGETHER, read_number, refuse_empty_chart
from reportgen.errors import ChartError

FAMILIES = (
    "SimHei", "Microsoft YaHei", "DengXian", "Source Han Sans SC", "Source Han Sans CN",
    "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Heiti SC", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "SimSun",
)  # fmt: skip
"""Installed fonts that may be used, the first one first."""

DPI = 220
_STYLE = threading.Lock()
"""The style is one for the whole process, in which the page may make two reports at a time."""


def render(chart: Chart, families: Sequence[str] = FAMILIES) -> bytes:
    """The chart as a PNG of the size it gives itself on paper, at 220 dpi.

    Raises ChartError: nothing to draw, a value that is no number, or a character no font has.
    """
    picture = io.BytesIO()
    with _STYLE, style.context("default"):
        _draw(chart, families).savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def open_font(families: Sequence[str] = FAMILIES) -> None:
    """Read which characters the font has that most charts are drawn in, before a chart comes."""
    next(filter(_read_charmap, _iter_font_files(families)), None)


def draw_chart(chart: Chart, families: Sequence[str] = FAMILIES) -> Figure:
    """The chart drawn but not yet encoded; its text stands in matplotlib Text objects."""
    with _STYLE, style.context("default"):
        return _draw(chart, families)


def _draw(chart: Chart, families: Sequence[str]) -> Figure:
    """In the style that is set: each change of it takes a millisecond."""
    refuse_empty_chart(chart)
    sheet = Figure(figsize=(chart.size[0] / 25.4, chart.size[1] / 25.4), dpi=DPI, facecolor="white")
    paper = _Paper.on(sheet, chart.size, _find_font(chart, families))
    if isinstance(chart, ShareChart):
        _draw_shares(chart, paper)
    elif isinstance(chart, StackedBarChart):
        _draw_stacked(chart, paper)
    elif isinstance(chart, BarChart):
        _draw_bars(chart, paper)
    else:
        raise TypeError(type(chart).__name__)
    return sheet


@dataclass(frozen=True)
class _Paper:
    """A sheet to draw on: millimetres from its top left corner, text in points."""

    sheet: Figure
    to_pixels: Transform
    font: str

    @classmethod
    def on(cls, sheet: Figure, size: tuple[float, float], font: str) -> _Paper:
        """The whole of a figure of that size (millimetres); axes would take a quarter of the time."""
        FigureCanvasAgg(sheet)
        to_share = Affine2D().scale(1 / size[0], -1 / size[1]).translate(0, 1)
        return cls(sheet, to_share + sheet.transFigure, font)

    def box(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        """A mark; its outline is what keeps white and light ones in sight."""
        self.sheet.add_artist(
            Rectangle(
                (x, y),
                width,
                height,
                transform=self.to_pixels,
                facecolor=fill.face,
                hatch=fill.hatch,
                edgecolor=DARK,
                linewidth=0.6,
            )
        )

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """A thin rule."""
        xs, ys = zip(start, end, strict=True)
        self.sheet.add_artist(Line2D(xs, ys, transform=self.to_pixels, color=colour, linewidth=0.6))

    def write(
        self,
        x: float,
        y: float,
        text: str | Sequence[str],
        *,
        size: float = layout.TEXT,
        align: str = "left",
        fill: Fill = WHITE,
    ) -> None:
        """Lines of text, their middle at ``y``; on a hatched fill they get a white ground."""
        lines = [text] if isinstance(text, str) else text
        font = FontProperties(fname=self.font, size=size)
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.0} if fill.hatch else None
        baseline = y + layout.find_baseline(size) - (len(lines) - 1) / 2 * layout.line_height(size)
        for number, line in enumerate(lines):
            self.sheet.text(
                x, baseline + number * layout.line_height(size), line, fontproperties=font,
                transform=self.to_pixels,
                color=fill.ink, ha=align, va="baseline", bbox=ground, parse_math=False,
            )  # fmt: skip

    def write_within(
        self,
        x: float,
        y: float,
        room: float,
        texts: Sequence[str],
        *,
        fill: Fill,
        size: float = layout.TEXT,
    ) -> None:
        """The first of the texts that a segment beginning at ``x`` has room for, in its middle."""
        for text in texts:
            if layout.measure_width(text, size) + 1.5 <= room:
                self.write(x + room / 2, y, text, size=size, align="center", fill=fill)
                return


def _draw_shares(chart: ShareChart, paper: _Paper) -> None:
    """One bar divided in parts, above a row of text for each part."""
    values = [float(read_number(chart, fact)) for fact in chart.series[0].facts]
    whole = sum(values)
    x = _EDGE
    room = layout.WIDTH - 2 * _EDGE
    fills = choose_fills(len(values))
    if not whole:
        paper.box(x, 1.0, room, 12.0, WHITE)
    y = layout.SHARES_BAR
    for index, (name, value) in enumerate(zip(chart.categories, values, strict=True)):
        labels = [series.facts[index].with_unit for series in chart.series[:2]]
        fill = fills[index]
        if value:
            part = room * value / whole
            paper.box(x, 1.0, part, 12.0, fill)
            paper.write_within(x, 7.0, part, (" ".join(labels), labels[-1]), fill=fill)
            x += part
        y = _draw_share_row(paper, y, name, labels, fill)


def _draw_share_row(paper: _Paper, y: float, name: str, labels: Sequence[str], fill: Fill) -> float:
    """The mark, name and figures of one part; → where the next row begins."""
    height = layout.share_row_height(name)
    middle = y + height / 2
    paper.box(_EDGE, middle - 1.6, 5.0, 3.2, fill)
    paper.write(8.0, middle, layout.wrap_text(name, layout.SHARE_NAMES))
    for label, right in zip(reversed(labels), (148.0, 129.0), strict=False):
        paper.write(right, middle, label, align="right")
    paper.line((_EDGE, y + height), (layout.WIDTH - _EDGE, y + height), RULE)
    return y + height


def _draw_bars(chart: BarChart, paper: _Paper) -> None:
    """A row for each category, holding a bar for each series."""
    labels = [[fact.with_unit for fact in series.facts] for series in chart.series]
    values = [[float(read_number(chart, fact)) for fact in series.facts] for series in chart.series]
    if chart.rest:
        told = [row.pop() for row in labels]
        values = [row[:-1] for row in values]
    rows = _draw_rows(chart, [text for row in labels for text in row], len(values), paper)
    if chart.rest:
        _write_rest(rows, "、".join(told), paper)
    scale = rows.room / max(1.0, *(max(row) for row in values))
    thickness = rows.thickness / len(values)
    for number, fill in enumerate(choose_fills(len(values))):
        for middle, value, label in zip(rows.middles, values[number], labels[number], strict=False):
            y = middle - rows.thickness / 2 + number * thickness
            if value:
                paper.box(rows.left, y, value * scale, thickness, fill)
            end = rows.left + value * scale + 1.2
            paper.write(end, y + thickness / 2, label, size=rows.size)


def _draw_stacked(chart: StackedBarChart, paper: _Paper) -> None:
    """A row for each category, holding one bar with a segment for each series."""
    ends = [fact.with_unit for fact in chart.totals] or [""] * len(chart.categories)
    columns = [
        [float(read_number(chart, fact)) for fact in series.facts] for series in chart.series
    ]
    values = list(zip(*columns, strict=True))
    if chart.rest:
        *values, _ = values
        *ends, told = ends
    rows = _draw_rows(chart, ends, 1, paper)
    if chart.rest:
        _write_rest(rows, told, paper)
    scale = rows.room / max(1.0, *map(sum, values))
    for index, (middle, end) in enumerate(zip(rows.middles, ends, strict=False)):
        x = rows.left
        for series, value, fill in zip(
            chart.series, values[index], choose_fills(len(columns)), strict=True
        ):
            if value:
                top = middle - rows.thickness / 2
                paper.box(x, top, value * scale, rows.thickness, fill)
                texts = (series.facts[index].text,)
                paper.write_within(x, middle, value * scale, texts, fill=fill, size=rows.size)
                x += value * scale
        paper.write(x + 1.2, middle, end, size=rows.size)


def _write_rest(rows: layout.BarRows, told: str, paper: _Paper) -> None:
    """In the last row, apart from the bars, the number of what has no bar of its own."""
    middle, pitch = rows.middles[-1], rows.middles[-1] - rows.middles[-2]
    paper.line((_EDGE, middle - pitch / 2), (layout.WIDTH - _EDGE, middle - pitch / 2), RULE)
    paper.write(rows.left + 1.2, middle, f"{TOGETHER}{told}", size=rows.size)


def _draw_rows(
    chart: BarChart | StackedBarChart, ends: Sequence[str], bars: int, paper: _Paper
) -> layout.BarRows:
    """The legend, the names of the rows and the line the bars stand on; → where the rows are."""
    top = _draw_legend(chart.legend, paper)
    rows = layout.place_rows(chart.categories, ends, top, chart.size[1], bars)
    for middle, lines in zip(rows.middles, rows.names, strict=True):
        paper.write(rows.left - 1.6, middle, lines, size=rows.size, align="right")
    paper.line((rows.left, top), (rows.left, chart.size[1]), DARK)
    return rows


def _draw_legend(names: Sequence[str], paper: _Paper) -> float:
    """The series' marks and names; → the height used."""
    fills = iter(choose_fills(len(names)))
    y = layout.LEGEND_LINE / 2
    for line in layout.legend_lines(names):
        x = _EDGE
        for name in line:
            paper.box(x, y - 1.5, 4.5, 3.0, next(fills))
            lines = layout.wrap_text(name, layout.LEGEND_NAMES)
            y += (len(lines) - 1) * layout.LEGEND_LINE / 2
            paper.write(x + 5.5, y, lines)
            y += (len(lines) - 1) * layout.LEGEND_LINE / 2
            x += layout.entry_width(name)
        y += layout.LEGEND_LINE
    return layout.legend_height(names)


def _find_font(chart: Chart, families: Sequence[str]) -> str:
    """The file of the first font that has every character of the chart."""
    needed = _collect_characters(chart)
    missing = needed
    for path in _iter_font_files(families):
        lacking = needed - _read_charmap(path)
        if not lacking:
            return path
        missing = min(missing, lacking, key=len)
    signs = "、".join(f"“{chr(code)}”（U+{code:04X}）" for code in sorted(missing))
    raise ChartError(
        f"图“{chart.title}”中的{signs}，本机的中文字体里没有，画不出来；"
        "请安装收字较全的中文字体（如思源黑体），然后重新生成。"
    )


def _collect_characters(chart: Chart) -> set[int]:
    names = [*chart.categories, *(series.name for series in chart.series)]
    facts = [fact for series in chart.series for fact in series.facts]
    totals = chart.totals if isinstance(chart, StackedBarChart) else ()
    together = TOGETHER if isinstance(chart, BarChart | StackedBarChart) and chart.rest else ""
    text = "".join([together, *names, *(fact.with_unit for fact in [*facts, *totals])])
    return {ord(character) for character in text if not character.isspace()}


def _iter_font_files(families: Sequence[str]) -> Iterator[str]:
    """Installed fonts by name, the packaged one, then files that matplotlib has not listed yet."""
    listed = {entry.name for entry in fontManager.ttflist if Path(entry.fname).is_file()}
    for family in families:
        if family in listed:
            yield fontManager.findfont(FontProperties(family=family), fallback_to_default=False)
    yield str(files("reportgen.charts") / "fonts" / "NotoSansSC-GB2312.ttf")
    if families:
        known = {entry.fname for entry in fontManager.ttflist}
        yield from sorted(set(font_manager.findSystemFonts()) - known)


def _read_charmap(path: str) -> frozenset[int]:
    try:
        return _list_characters(path)
    except (OSError, RuntimeError):  # a font that FreeType cannot use
        return frozenset()


@lru_cache(maxsize=4)
def _list_characters(path: str) -> frozenset[int]:
    """Of a font; a Chinese one has tens of thousands, and all charts of a report are drawn in it."""
    return frozenset(font_manager.get_font(path).get_charmap())


_EDGE = 0.5
