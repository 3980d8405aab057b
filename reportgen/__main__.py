"""``python -m reportgen``."""

import sys
from pathlib import Path

if (
    __name__ == "__main__"
    and not sys.flags.safe_path
    and sys.path[:1] != [str(Path(__file__).parents[1])]
):
    del sys.path[0]  # the folder one stands in: a pandas.py beside the register is no program

from reportgen.cli import main

if __name__ == "__main__":
    main()
