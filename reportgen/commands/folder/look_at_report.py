"""What a report shows, to be looked at: its text, its figures, and which figures a chart or a table shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.facts.model import Fact

if TYPE_CHECKING:
    from reportgen.word.document.model import DocumentTable
    from reportgen.word.document.reader import ReportReading


@dataclass(frozen=True)
class ShownReport:
    """A report to be looked at: what it shows, and its figures by key."""

    reading: ReportReading
    facts: Mapping[str, Fact]

    @property
    def pictures(self) -> Mapping[int, int]:
        """By number of the body's paragraph it stands in, which picture it is."""
        body = {paragraph.part for paragraph in self.reading.content.paragraphs}
        return {
            picture.number: index
            for index, picture in enumerate(self.reading.content.pictures)
            if picture.part in body
        }

    def find_table(self, place: str) -> DocumentTable | None:
        """The table that stands there (第2张表)."""
        return next((each for each in self.reading.content.tables if each.place == place), None)

    def list_charted(self, number: int) -> Sequence[Fact]:
        """The figures that a picture shows, as made; none if it is no chart of ours."""
        from reportgen.word.compare.drawn_charts import match_drawn_charts  # noqa: PLC0415
        from reportgen.word.document.snapshot import from_record  # noqa: PLC0415

        picture = self.reading.content.pictures[number]
        made = from_record(self.reading.record).pictures
        names = {
            each.chart.name
            for each in match_drawn_charts(made, self.reading.content.pictures)
            if any(one is picture for one in each.now)
        }
        charts = self.reading.record["made"]["pictures"]
        keys = [
            key
            for chart in (charts if isinstance(charts, list) else ())
            if chart.get("name") in names
            for key in chart.get("figures", ())
        ]
        return self._select(keys)

    def list_tabled(self, table: DocumentTable) -> Sequence[Fact]:
        """The figures that a table holds, in order."""
        return self._select(
            figure.key
            for row in table.rows
            for paragraph in row.figured
            for figure in paragraph.figures
        )

    def trace_back(self, facts: Iterable[Fact]) -> Sequence[Fact]:
        """Figures and those they were made from, each once."""
        found: dict[str, Fact] = {}
        waiting = list(facts)
        for fact in waiting:
            if fact.key not in found:
                found[fact.key] = fact
                waiting += self._select((*fact.source.facts, fact.base))
        return list(found.values())

    def _select(self, keys: Iterable[str]) -> list[Fact]:
        return [self.facts[key] for key in dict.fromkeys(keys) if key in self.facts]


def look_at(path: Path) -> ShownReport:
    """A report as it stands now, edited or not; works on the .docx alone.

    Raises:
        ReportError: it cannot be read, or is no report of ours.
    """
    from reportgen.facts.model import from_json  # noqa: PLC0415
    from reportgen.word.document.reader import read_report  # noqa: PLC0415

    reading = read_report(workspace.read_document(path))
    return ShownReport(reading, from_json(reading.record["facts"]))
