"""Which pictures of an edited report show which chart as made.

Word may give several pictures one name, and a template's own pictures may have the name of a chart;
so the image tells first, then what the image shows, and the name only where nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.word.document.model import Picture


@dataclass(frozen=True, slots=True)
class MatchedChart:
    """A chart as made, and the pictures that stand for it now.

    ``replaced``: they have its name only, and show something else.
    """

    chart: Picture
    now: Sequence[Picture]
    replaced: bool = False


def match_drawn_charts(charts: Iterable[Picture], now: Sequence[Picture]) -> Iterator[MatchedChart]:
    """Each chart with its pictures; none if it is gone."""
    known = list({(chart.name, chart.sha256): chart for chart in charts}.values())
    shown = [(picture, _find_chart(picture, known)) for picture in now]
    taken = {id(picture) for picture, chart in shown if chart is not None}
    for chart in known:
        same = [picture for picture, found in shown if found is chart]
        named = [each for each in now if each.name == chart.name and id(each) not in taken]
        yield MatchedChart(chart, same or named, replaced=not same and bool(named))


def _find_chart(picture: Picture, charts: Sequence[Picture]) -> Picture | None:
    """The chart that a picture shows; of two with one image that of its name."""
    nearest = sorted(charts, key=lambda chart: chart.name != picture.name)
    equal = (chart for chart in nearest if chart.sha256 == picture.sha256)
    alike = (chart for chart in nearest if _looks_alike(chart, picture))
    return next(equal, None) or next(alike, None)


def _looks_alike(chart: Picture, picture: Picture) -> bool:
    """Whether a picture shows a chart that was drawn as one."""
    if chart.chart or picture.chart:
        return False
    from reportgen.charts.likeness import is_same_chart  # noqa: PLC0415 (it loads Pillow)

    return is_same_chart(chart.image, picture.image)
