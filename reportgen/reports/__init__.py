"""What each kind of report is: one folder per kind, listed in ``KINDS``."""

from reportgen.reports.kind import ReportKind
from reportgen.reports.suggestions import SUGGESTIONS

KINDS: tuple[ReportKind, ...] = (SUGGESTIONS,)
