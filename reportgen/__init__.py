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

Each is told as a story in a module of ``commands``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from reportgen.commands.assign import assign
    from reportgen.commands.build import build
    from reportgen.commands.cards import cards
    from reportgen.commands.check import check
    from reportgen.commands.finalize import finalize
    from reportgen.commands.import_ledger import import_ledger
    from reportgen.commands.init import init
    from reportgen.commands.kinds import kinds
    from reportgen.commands.many.batch import batch
    from reportgen.commands.many.rollup import rollup
    from reportgen.commands.papers import papers
    from reportgen.commands.publish import publish
    from reportgen.commands.refresh import refresh
    from reportgen.commands.review import review
    from reportgen.commands.status import status
    from reportgen.commands.trace import figures, trace
    from reportgen.commands.verify import verify

__version__ = "0.1.0"
__all__ = [
    "ReportgenError", "assign", "batch", "build", "cards", "check", "figures", "finalize",
    "import_ledger", "init", "kinds", "papers", "publish", "refresh", "review", "rollup", "status", "trace", "verify",
]  # fmt: skip

_MODULES = {"figures": "trace", "batch": "many.batch", "rollup": "many.rollup"}
"""By command, the module below ``commands`` in which it stands, if its name is another."""


def __getattr__(name: str) -> object:
    """Load a command's room, and pandas with it, only when the command is asked for."""
    if name in __all__:
        module = import_module(f"reportgen.commands.{_MODULES.get(name, name)}")
        return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
