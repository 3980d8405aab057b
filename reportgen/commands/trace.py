"""``trace``: where the figures of a report come from, and in which places they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.errors import ReportError

if TYPE_CHECKING:
    from reportgen.word.document.reader import Reading


@dataclass(frozen=True)
class Shown:
    """A figure of the report: what it shows, and in which places."""

    key: str
    text: str
    places: Sequence[str]


def figures(path: Path) -> list[Shown]:
    """The figures that a report shows now, in order of first use; works on the .docx alone."""
    from reportgen.facts.model import from_json  # noqa: PLC0415
    from reportgen.facts.provenance import shown  # noqa: PLC0415

    report = _read(path)
    facts = from_json(report.record["facts"])
    places = _places(report)
    return [Shown(key, shown(facts[key]), places[key]) for key in places if key in facts]


def trace(path: Path, key: str) -> list[str]:
    """The lines that tell where a figure comes from; works on the .docx alone.

    Raises:
        ReportError: the report has no such figure.
    """
    from reportgen.facts.model import from_json  # noqa: PLC0415
    from reportgen.facts.provenance import nearest, trail  # noqa: PLC0415

    report = _read(path)
    facts = from_json(report.record["facts"])
    if key not in facts:
        near = "”“".join(nearest(facts, key))
        hint = f"相近的有：“{near}”。" if near else "不写名称可以列出全部数字。"
        raise ReportError(f"报告里没有“{key}”这个数字。{hint}")
    places = _places(report).get(key, ())
    return [*trail(facts, key), f"在报告中：{'、'.join(places) or '没有直接写出'}"]


def _read(path: Path) -> Reading:
    from reportgen.word.document.reader import read  # noqa: PLC0415

    return read(workspace.document(path))


def _places(report: Reading) -> dict[str, list[str]]:
    """Where each figure stands, in order of first use."""
    places: dict[str, list[str]] = {}
    for paragraph in report.content.figured:
        for figure in paragraph.figures:
            here = places.setdefault(figure.key, [])
            if paragraph.place not in here:
                here.append(paragraph.place)
    return places
