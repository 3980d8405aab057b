"""Charts drawn in a process of their own are the same, and its end costs none."""

from collections.abc import Iterator

import pytest

from reportgen.charts import drawing_process
from reportgen.charts.drawing_process import draw_ahead, draw_apart, expect_charts, stop_drawing
from reportgen.charts.kinds import Chart
from reportgen.charts.likeness import make_print
from reportgen.charts.render import render
from reportgen.errors import ChartError
from reportgen.facts.report import DrawnChart
from tests.charts.test_charts import YONGAN, bars


def drawn_here(chart: Chart) -> DrawnChart:
    image = render(chart)
    return DrawnChart(image, make_print(image))


@pytest.fixture
def _drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    expect_charts()
    yield
    stop_drawing()


@pytest.mark.usefixtures("_drawing")
def test_the_same_bytes_the_same_errors_and_none_missing_after_its_end() -> None:
    process = drawing_process._DRAWER._process
    assert process is not None
    assert draw_apart(YONGAN) == drawn_here(YONGAN)
    with pytest.raises(ChartError) as told:
        draw_apart(bars([], []))
    assert told.value.lines
    assert drawing_process._DRAWER._process is process
    other = bars(["农业"], [2])
    draw_ahead([other, YONGAN])
    assert draw_apart(YONGAN) == drawn_here(YONGAN)  # whatever order they are wanted in
    assert draw_apart(other) == drawn_here(other)
    draw_ahead([YONGAN])
    process.kill()
    assert draw_apart(YONGAN) == drawn_here(YONGAN)
    assert drawing_process._DRAWER._process is None


def test_on_one_core_no_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    expect_charts()
    assert drawing_process._DRAWER._process is None
    assert draw_apart(YONGAN) == drawn_here(YONGAN)
