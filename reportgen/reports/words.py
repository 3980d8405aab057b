"""What the core's messages and letters call the things of a kind of report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class KindWords:
    """The defaults name no trade.

    ``item``: one item, by its ``{key}``; ``counter``: its measure word.  ``load``: how much an owner
    has in hand, by ``{count}``.  ``asked``: the begin of a letter to an owner that has not returned,
    by what ``Progress.counts`` counts.  ``complete``: when a return is complete.  ``open``: by issue
    code, what a letter says of as many (``{count}``) items that are not finished.
    """

    item: str = "“{key}”"
    counter: str = "项"
    load: str = "{count}项"
    asked: str = "贵单位要填报{应填}项，"
    complete: str = "已填齐是该填的每一项都已填好"
    open: Mapping[str, str] = field(default_factory=dict)
