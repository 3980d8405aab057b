"""What an entry of the catalogue of issues says, and how bad an issue can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps the report from being built; a reminder does not."""

    ERROR = "错误"
    REMINDER = "提醒"


@dataclass(frozen=True, slots=True)
class IssueKind:
    """One entry of the catalogue: how bad, what is wrong, what to do.

    ``told`` and ``asked``: the same for the one who filled in the workbook, where that differs: it
    names no other's workbook and asks nobody to change sheets that are the office's.
    """

    severity: Severity
    message: str
    remedy: str
    told: str = ""
    asked: str = ""
