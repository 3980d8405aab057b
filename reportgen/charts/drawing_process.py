"""A process that loads matplotlib while the tables are read, and then draws.

A third of the time of a small report is matplotlib's; on a second core it costs nothing.  Where no
such process can be had, or it ends, charts are drawn here.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress

from reportgen.charts.kinds import Chart
from reportgen.errors import ChartError
from reportgen.facts.report import DrawnChart
from reportgen.messages import read_message, write_message
from reportgen.processes import NoProcessError, start_interpreter


def expect_charts() -> None:
    """Let the process start meanwhile: charts will come.  On a single core it would gain nothing."""
    if (os.cpu_count() or 1) > 1:
        with _LOCK, suppress(NoProcessError):
            _DRAWER.start()


def draw_ahead(charts: Iterable[Chart]) -> None:
    """Let the process, if there is one, draw these meanwhile; which will be wanted shows later."""
    _AHEAD.clear()
    if _DRAWER.is_there():
        asked = map(pickle.dumps, charts)
        _AHEAD.update((each, _Drawing(each)) for each in dict.fromkeys(asked))


def draw_apart(chart: Chart) -> DrawnChart:
    """The chart as ``render.render`` draws it, with its print, in the process if one was started."""
    asked = pickle.dumps(chart)
    drawn = (_AHEAD.pop(asked, None) or _Drawing(asked)).take()
    if drawn is None:
        return _draw(chart)
    if isinstance(drawn, ChartError):
        raise drawn
    return drawn


def stop_drawing() -> None:
    """No charts will come, or no more."""
    _AHEAD.clear()
    _DRAWER.kill()
    with _LOCK:
        _DRAWER.end()


def serve() -> None:
    """The other side: draw until nothing is asked any more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    from reportgen.charts import render  # noqa: PLC0415 (loaded before a chart comes)

    render.open_font()
    while (asked := read_message(sys.stdin.buffer)) is not None:
        drawn: DrawnChart | ChartError
        try:
            drawn = _draw(pickle.loads(asked))  # noqa: S301 (from our own code)
        except ChartError as error:
            drawn = error
        write_message(answers, pickle.dumps(drawn))


def _draw(chart: Chart) -> DrawnChart:
    from reportgen.charts import likeness, render  # noqa: PLC0415 (matplotlib and Pillow)

    image = render.render(chart)
    return DrawnChart(image, likeness.make_print(image))


class _Drawing:
    """A chart that is being drawn in the process; charts wait for each other."""

    def __init__(self, asked: bytes) -> None:
        self._asked = asked
        self._drawn: DrawnChart | ChartError | None = None
        self._thread = threading.Thread(target=self._wait, daemon=True)
        self._thread.start()

    def take(self) -> DrawnChart | ChartError | None:
        """What it answered; None if it did not."""
        self._thread.join()
        return self._drawn

    def _wait(self) -> None:
        with _LOCK:
            self._drawn = _DRAWER.ask(self._asked)


class _Drawer:
    """The process, once there is one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it if it does not run; NoProcessError if there is none to be started."""
        if self._process is None:
            self._process = start_interpreter(__name__)

    def is_there(self) -> bool:
        """Whether it was started and has not ended over a chart."""
        return self._process is not None

    def ask(self, asked: bytes) -> DrawnChart | ChartError | None:
        """What it answers; None if it does not."""
        process = self._process
        if process is None:
            return None
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            write_message(process.stdin, asked)
            answer = read_message(process.stdout)
        except (OSError, ValueError):  # it is not there any more
            answer = None
        if answer is None:
            self.end()
            return None
        drawn: DrawnChart | ChartError = pickle.loads(answer)  # noqa: S301 (from our own code)
        return drawn

    def kill(self) -> None:
        """Let it end at once; who waits for a chart gets none."""
        if (process := self._process) is not None:
            process.kill()

    def end(self) -> None:
        """Stop, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        process.wait()


_LOCK = threading.Lock()
_DRAWER = _Drawer()
_AHEAD: dict[bytes, _Drawing] = {}

atexit.register(stop_drawing)
