"""reportgen: filled Excel workbooks in, the formal Word report out.

The commands as functions: ``check``, ``build``, ``assign`` (see ``pipeline``); ``ReportgenError``
is what they raise when they cannot go on.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from reportgen.pipeline import assign, build, check

__version__ = "0.1.0"
__all__ = ["ReportgenError", "assign", "build", "check"]


def __getattr__(name: str) -> object:
    """Load the pipeline, and pandas with it, only when one of its commands is asked for."""
    if name in __all__:
        return getattr(import_module("reportgen.pipeline"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
