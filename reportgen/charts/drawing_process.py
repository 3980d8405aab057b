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
from contextlib import suppress

from reportgen.charts.kinds import Chart
from reportgen.errors import ChartError
from reportgen.processes import NoProcessError, read_message, start_interpreter, write_message


def expect_charts() -> None:
    """Let the process start meanwhile: charts will come.  On a single core it would gain nothing."""
    if (os.cpu_count() or 1) > 1:
        with _LOCK, suppress(NoProcessError):
            _DRAWER.start()


def draw_apart(chart: Chart) -> bytes:
    """As ``render.render``, in the process if one was started."""
    with _LOCK:
        drawn = _DRAWER.ask(chart)
    if drawn is None:
        from reportgen.charts.render import render  # noqa: PLC0415 (it loads matplotlib)

        return render(chart)
    if isinstance(drawn, ChartError):
        raise drawn
    return drawn


def stop_drawing() -> None:
    """No charts will come, or no more."""
    with _LOCK:
        _DRAWER.end()


def serve() -> None:
    """The other side: draw until nothing is asked any more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    from reportgen.charts.render import render  # noqa: PLC0415 (only here)

    while (asked := read_message(sys.stdin.buffer)) is not None:
        drawn: bytes | ChartError
        try:
            drawn = render(pickle.loads(asked))  # noqa: S301 (from our own code)
        except ChartError as error:
            drawn = error
        write_message(answers, pickle.dumps(drawn))


class _Drawer:
    """The process, once there is one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it if it does not run; NoProcessError if there is none to be started."""
        if self._process is None:
            self._process = start_interpreter(__name__)

    def ask(self, chart: Chart) -> bytes | ChartError | None:
        """What it answers; None if it does not."""
        process = self._process
        if process is None:
            return None
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            write_message(process.stdin, pickle.dumps(chart))
            answer = read_message(process.stdout)
        except (OSError, ValueError):  # it is not there any more
            answer = None
        if answer is None:
            self.end()
            return None
        drawn: bytes | ChartError = pickle.loads(answer)  # noqa: S301 (from our own code)
        return drawn

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

atexit.register(stop_drawing)
