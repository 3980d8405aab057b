"""Values of cells as a template prints them: names joined, dates short, figures within a text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

import pandas as pd

from reportgen.data import Until
from reportgen.facts.model import Fact, Facts, FiguredText
from reportgen.reports.suggestions.figures.scope import Scope


def iter_records(table: pd.DataFrame) -> Iterator[Mapping[str, object]]:
    """The rows as they are; pandas' own rows would turn None into NaN."""
    columns = [table[name] for name in table.columns]
    return (dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True))


def to_leaf(value: object) -> str | dt.date:
    """A cell as it is named alone: a day stays a day, nothing is no word."""
    return value if isinstance(value, dt.date) else "" if value is None else str(value)


def to_short_text(value: object) -> str:
    """A cell as it stands in a table: ``2024-5-6``, names joined."""
    if isinstance(value, Until):
        return value.written
    if isinstance(value, dt.date):
        return f"{value.year}-{value.month}-{value.day}"
    return join_names(value) if isinstance(value, tuple) else "" if value is None else str(value)


def join_names(names: object) -> str:
    """``甲、乙``."""
    return "、".join(names) if isinstance(names, tuple) else str(names or "")


def name_signers(leader: object, signers: Fact | None = None) -> FiguredText:
    """``张三代表``, ``张三等4名代表``; a name that says 代表 itself says it once."""
    name = str(leader or "")
    if signers:
        return FiguredText((f"{name}等", signers, f"{signers.unit}代表"))
    return FiguredText((name if name.endswith("代表") else f"{name}代表",))


def drop_stop(text: object) -> str:
    """A text to which the sentence around it gives its stop."""
    return str(text or "").rstrip("。；，、 \n")


def add_stop(text: object) -> str:
    """A text that ends as a sentence does; nothing stays nothing."""
    plain = str(text or "").strip()
    return plain if not plain or plain[-1] in "。！？" else plain.rstrip("，；、：") + "。"


def make_prose(scope: Scope, facts: Facts, text: object, theme: str | None) -> FiguredText:
    """A text with ``{指标}`` as a sequence of text and Facts; each Fact is followed by its unit (% is in its text)."""
    parts: list[str | Fact] = []
    for place, piece in enumerate(re.split(r"\{([^{}]*)\}", str(text or ""))):
        if place % 2 == 0:
            parts.append(piece)
            continue
        fact = facts.get(scope.outcome(piece, theme))
        parts += [fact, fact.unit.strip("%")] if fact else [f"〔缺指标：{piece}〕"]
    return FiguredText(tuple(part for part in parts if part != ""))
