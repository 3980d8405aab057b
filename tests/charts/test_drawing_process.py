"""Charts drawn in a process of their own are the same, and its end costs none."""

from collections.abc import Iterator

import pytest

from reportgen.charts import drawing_process
from reportgen.charts.drawing_process import draw_apart, expect_charts, stop_drawing
from reportgen.charts.render import render
from reportgen.errors import ChartError
from tests.charts.test_charts import YONGAN, bars


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
    assert draw_apart(YONGAN) == render(YONGAN)
    with pytest.raises(ChartError) as told:
        draw_apart(bars([], []))
    assert told.value.lines
    assert drawing_process._DRAWER._process is process
    process.kill()
    assert draw_apart(YONGAN) == render(YONGAN)
    assert drawing_process._DRAWER._process is None


def test_on_one_core_no_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    expect_charts()
    assert drawing_process._DRAWER._process is None
    assert draw_apart(YONGAN) == render(YONGAN)
