"""Whose year it is: what the names of reports, notices and check results begin with."""

from __future__ import annotations

from reportgen.data import Dataset


def describe_period(dataset: Dataset) -> str:
    """``永安镇2024年度``; without a year the name alone, "" if neither is filled in."""
    settings = dataset.settings
    year = settings.get("年度")
    return f"{settings.get('单位名称') or ''}{f'{year}年度' if year else ''}"
