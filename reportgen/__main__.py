"""``python -m reportgen``, and the command ``reportgen``: begins and leaves without delay."""

import atexit
import gc
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


def run() -> None:
    """Run the command line in a process of its own."""
    signal.signal(signal.SIGINT, _give_up)  # until the command line looks after it
    # modules and cells are no garbage: searching them takes a tenth of the time
    gc.set_threshold(300_000, 20, 50)
    done: list[int] = []
    atexit.register(_leave_at_once, done)  # registered first: it runs when all others have
    from reportgen.cli.commands import main  # noqa: PLC0415 (Ctrl-C while it is loaded is one line)

    try:
        main()
    except SystemExit as leaving:
        done += [leaving.code] if isinstance(leaving.code, int) else []
        raise


def _give_up(_number: int, _frame: "FrameType | None") -> None:
    """While modules are loaded, nothing is open yet."""
    os.write(2, "已中断。\n".encode(sys.stderr.encoding, "replace"))
    os._exit(130)


def _leave_at_once(done: list[int]) -> None:
    """End the process here: taking pandas apart takes a tenth of a small report's time.

    Threads have been waited for.  What cannot be printed any more is told by the interpreter.
    """
    with suppress(OSError, ValueError):
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        if done:
            os._exit(done[0])


if __name__ == "__main__":
    if not sys.flags.safe_path and sys.path[:1] != [str(Path(__file__).parents[1])]:
        del sys.path[0]  # the folder one stands in: a pandas.py beside the register is no program
    run()
