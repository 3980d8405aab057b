"""答复函 as the papers that a review takes: where they lie, and the two workbooks it writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reportgen.data import Dataset
from reportgen.reports.kind import PaperReview
from reportgen.reports.suggestions.letters.result import RESULT
from reportgen.reports.suggestions.sheets.review_record import RECORD

if TYPE_CHECKING:
    from reportgen.reports.review import Paper, Publishing, Reviewed


def _review(
    dataset: Dataset, papers: Sequence[Paper], past: Sequence[Mapping[str, object]], today: dt.date
) -> Reviewed:
    """Loaded only when asked for: no other command needs the letters' grammar and checks."""
    from reportgen.reports.suggestions.letters.review import review_letters  # noqa: PLC0415

    return review_letters(dataset, papers, past, today)


def _publishing() -> Publishing:
    from reportgen.reports.suggestions.letters.publication import PUBLISHING  # noqa: PLC0415

    return PUBLISHING


REVIEW = PaperReview("答复函", "答复函", "答复函审核", RESULT, RECORD, _review, _publishing)
