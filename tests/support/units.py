"""Units of a county, made from generated cases without any file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportgen.facts.report import Report
from reportgen.reports.kind import Sample
from reportgen.reports.rollup.settle import settle_units
from reportgen.reports.rollup.tree import Heading, make_rollup_report
from reportgen.reports.rollup.units import UnitResult, reduce_report
from reportgen.reports.suggestions import SUGGESTIONS
from reportgen.validation import validate_workbooks
from tests.support.generate import case, raw_workbooks


def town(number: int, items: int, **asked: object) -> Sample:
    """A random town's year; each has its own departments, classes and rounding."""
    return case(items, 1 + number % 4, number, place=f"第{number}镇", **asked)


def count_unit(sample: Sample, folder: str) -> UnitResult:
    """As ``UnitTask`` counts a folder that holds this case."""
    dataset, _ = validate_workbooks(raw_workbooks(sample), tuple(SUGGESTIONS.workbooks))
    figures = reduce_report(SUGGESTIONS.report(dataset), SUGGESTIONS.rollup())
    return UnitResult(folder, folder, SUGGESTIONS.name, figures)


def roll_up(results: Sequence[UnitResult]) -> Report:
    """The report on these units."""
    settled = settle_units(results)
    assert settled.plan is not None
    heading = Heading("永和县", "永和县人民政府", dt.date(2024, 3, 1))
    return make_rollup_report(SUGGESTIONS.name, settled, settled.plan, heading)[0]
