"""Processes of our own: Python's interpreter started anew; what is said to it: ``messages``.

The interpreter starts without its environment, on the module path of this process, and imports this
package alone: no script of a caller is run again, and nothing that lies in the present folder.
Garbage is searched for there as seldom as here: by itself that is a tenth of what drawing takes.  A
frozen program has no interpreter and would start itself anew: there the work is done in place.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path


class NoProcessError(Exception):
    """There is no interpreter to be started."""


def has_interpreter() -> bool:
    """Whether this is Python's interpreter and no frozen program."""
    name = Path(sys.executable or "").stem.lower()
    return not getattr(sys, "frozen", False) and name.startswith(("python", "pypy"))


def start_interpreter(module: str) -> subprocess.Popen[bytes]:
    """A process that runs ``serve`` of this module of ours, with pipes to it and from it.

    Raises:
        NoProcessError: it cannot be started.
    """
    if not has_interpreter():
        raise NoProcessError
    code = (
        f"import gc, sys; gc.set_threshold{gc.get_threshold()}; sys.path[:] = sys.argv[1:]; "
        f"from {module} import serve; serve()"
    )
    try:
        return subprocess.Popen(  # noqa: S603 (our own interpreter)
            [sys.executable, "-I", "-S", "-c", code, *_list_module_path()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except OSError as error:
        raise NoProcessError from error


def _list_module_path() -> list[str]:
    """Where modules are found, but for the present folder; at the end, where this package stands."""
    here = str(Path(__file__).resolve().parents[1])
    return [*(path for path in sys.path if path and Path(path).is_absolute()), here]
