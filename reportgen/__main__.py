"""``python -m reportgen``."""

import os
import signal
import sys
from pathlib import Path


def _leave() -> None:
    """While modules are loaded, nothing is open yet."""
    os.write(2, "已中断。\n".encode(sys.stderr.encoding, "replace"))
    os._exit(130)


if (
    __name__ == "__main__"
    and not sys.flags.safe_path
    and sys.path[:1] != [str(Path(__file__).parents[1])]
):
    del sys.path[0]  # the folder one stands in: a pandas.py beside the register is no program

if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: _leave())  # until the command line looks after it

from reportgen.cli.commands import main  # noqa: E402  (Ctrl-C while it is loaded is one line)

if __name__ == "__main__":
    main()
