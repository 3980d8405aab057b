"""How a department's return stands, by what is in it; a file in 填报 alone says nothing."""

from __future__ import annotations

from enum import StrEnum

from reportgen.data import Dataset

CORRECTED = "（改正件）"
"""Said of a return with a workbook that is a marked copy of ours, sent back."""


class ReturnState(StrEnum):
    """From nothing there at all to nothing left to fill in."""

    MISSING = "未交回"
    UNREADABLE = "读不出来"
    BLANK = "未填写"
    BEGUN = "填写中"
    COMPLETE = "已填齐"


def return_state(dataset: Dataset, department: str, *, complete: bool) -> ReturnState:
    """How a department's return stands; ``complete``: whether all it answers for is answered."""
    if department in dataset.begun:
        return ReturnState.COMPLETE if complete else ReturnState.BEGUN
    if department in dataset.unread:
        return ReturnState.UNREADABLE
    return ReturnState.BLANK if department in dataset.returned else ReturnState.MISSING


def is_corrected(dataset: Dataset, department: str) -> bool:
    """Whether one of the department's workbooks is a marked copy, sent back."""
    return not dataset.corrected.isdisjoint(dataset.returned.get(department, ()))


def shown_state(dataset: Dataset, department: str, state: ReturnState) -> str:
    """The state as the office reads it: ``已填齐（改正件）``."""
    return state + (CORRECTED if is_corrected(dataset, department) else "")
