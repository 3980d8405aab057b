"""``trace``: where the figures of a report come from, and in which places they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.commands.folder.document import name_document
from reportgen.errors import ReportError

if TYPE_CHECKING:
    from reportgen.word.document.reader import ReportReading


@dataclass(frozen=True)
class ShownFigure:
    """A figure of the report: what it shows, and in which places."""

    key: str
    text: str
    places: Sequence[str]


def figures(path: Path) -> list[ShownFigure]:
    """The figures that a report shows now, in order of first use; works on the .docx alone."""
    from reportgen.facts.model import from_json  # noqa: PLC0415

    report = _read_report(path)
    facts = from_json(report.record["facts"])
    places = _find_places(report)
    return [ShownFigure(key, facts[key].with_unit, places[key]) for key in places if key in facts]


def trace(path: Path, key: str) -> list[str]:
    """The lines that tell where a figure comes from; works on the .docx alone.

    Raises:
        ReportError: the report has no such figure.
    """
    from reportgen.facts.model import from_json  # noqa: PLC0415
    from reportgen.facts.provenance import find_near_keys, trace_figure  # noqa: PLC0415

    report = _read_report(path)
    facts = from_json(report.record["facts"])
    if key not in facts:
        near = "”“".join(find_near_keys(facts, key))
        hint = f"相近的有：“{near}”。" if near else "不写名称可以列出全部数字。"
        raise ReportError(f"报告里没有“{key}”这个数字。{hint}")
    places = _find_places(report).get(key, ())
    return [*trace_figure(facts, key), f"在报告中：{'、'.join(places) or '没有直接写出'}"]


def _read_report(path: Path) -> ReportReading:
    from reportgen.word.document.reader import read_report  # noqa: PLC0415

    with name_document(path):
        return read_report(workspace.read_document(path))


def _find_places(report: ReportReading) -> dict[str, list[str]]:
    """Where each figure stands, in order of first use: in the text, then in charts."""
    places: dict[str, list[str]] = {}
    for paragraph in report.content.figured:
        for figure in paragraph.figures:
            here = places.setdefault(figure.key, [])
            if paragraph.place not in here:
                here.append(paragraph.place)
    for key, chart in _iter_drawn_figures(report):
        here = places.setdefault(key, [])
        if chart not in here:
            here.append(chart)
    return places


def _iter_drawn_figures(report: ReportReading) -> Iterator[tuple[str, str]]:
    """Figures that charts show, with the charts' captions; of charts that are still there."""
    captions = {each.name: each.captions[1] for each in report.content.pictures}
    pictures = report.record["made"]["pictures"]
    for about in pictures if isinstance(pictures, list) else ():
        name = about.get("name", "")
        for key in about.get("figures", ()) if name in captions else ():
            yield key, captions[name] or name
