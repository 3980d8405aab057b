"""答复函 as the papers that a review takes: where they lie, and the two workbooks it writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from reportgen.data import Dataset
from reportgen.reports.review import (
    Paper,
    PaperReview,
    Private,
    Publication,
    Publishing,
    Reviewed,
)
from reportgen.reports.suggestions.letters.result import RESULT
from reportgen.reports.suggestions.sheets.review_record import RECORD


def _review(
    dataset: Dataset, papers: Sequence[Paper], past: Sequence[Mapping[str, object]], today: dt.date
) -> Reviewed:
    """Loaded only when asked for: no other command needs the letters' grammar and checks."""
    from reportgen.reports.suggestions.letters.review import review_letters  # noqa: PLC0415

    return review_letters(dataset, papers, past, today)


def _choose(
    dataset: Dataset, papers: Sequence[Paper], past: Sequence[Mapping[str, object]]
) -> Sequence[Publication]:
    from reportgen.reports.suggestions.letters.publication import choose_public  # noqa: PLC0415

    return choose_public(dataset, papers, past)


def _private(text: str) -> Sequence[Private]:
    from reportgen.reports.suggestions.letters.publication import find_private  # noqa: PLC0415

    return find_private(text)


REVIEW = PaperReview(
    "答复函", "答复函", "答复函审核", RESULT, RECORD, _review, Publishing(_choose, _private)
)
