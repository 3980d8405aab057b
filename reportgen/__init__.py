"""reportgen: filled Excel workbooks in, the formal Word report out.

The commands as functions, each with the result that its ``-> `` names; ``ReportgenError`` is what
they raise when they cannot go on, with the message a user can act on::

    import datetime as dt
    from pathlib import Path

    import reportgen

    folder = Path("永安镇2024")
    reportgen.init(folder, sample=True)
    checked = reportgen.check(folder, today=dt.date(2024, 12, 31))
    if not checked.errors:
        built = reportgen.build(folder, folder / "output")
        report = built.document.path
        print(reportgen.trace(report, "建议.件数"))
        print(reportgen.verify(report, folder).findings)

What stands before the report is in ``pipeline`` (``init``, ``import_ledger``, ``assign``,
``check``, ``status``, ``build``), what is done with it afterwards in ``upkeep`` (``figures``,
``trace``, ``verify``, ``refresh``, ``finalize``).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from reportgen.pipeline import assign, build, check, import_ledger, init, status
    from reportgen.upkeep import figures, finalize, refresh, trace, verify

__version__ = "0.1.0"
__all__ = [
    "ReportgenError", "assign", "build", "check", "figures", "finalize", "import_ledger", "init",
    "refresh", "status", "trace", "verify",
]  # fmt: skip

_AFTERWARDS = frozenset({"figures", "finalize", "refresh", "trace", "verify"})


def __getattr__(name: str) -> object:
    """Load a command's room, and pandas with it, only when the command is asked for."""
    if name in __all__:
        room = "upkeep" if name in _AFTERWARDS else "pipeline"
        return getattr(import_module(f"reportgen.{room}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
