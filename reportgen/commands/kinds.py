"""``kinds``: what can be reported on."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import reports
from reportgen.errors import ReportgenError
from reportgen.reports.kind import ReportKind


def kinds() -> Sequence[ReportKind]:
    """Every kind of report, the usual one first."""
    return reports.KINDS


def kind_named(name: str = "") -> ReportKind:
    """The kind of that name, the usual one without a name.

    Raises:
        ReportgenError: there is none.
    """
    found = [kind for kind in kinds() if name in ("", kind.name)]
    if not found:
        known = "、".join(f"“{kind.name}”" for kind in kinds())
        raise ReportgenError(f"没有“{name}”这一种报告。现有的：{known}。")
    return found[0]
