"""Where in the template a marked paragraph or row comes from, and for which item.

Bookmarks are numbered anew in every report; an origin is what stays the same from one to the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TemplateOrigin:
    """One paragraph or row among all that the template can make.

    ``tag``: of the block that made it, the ``nth`` such block of the template; ``items``: the keys
    of the items around it; ``part`` and ``line``: which of the block's paragraphs or rows, and which
    line of the text shown there.
    """

    tag: str
    nth: int
    items: tuple[str, ...]
    part: int
    line: int

    @property
    def chosen(self) -> tuple[str, int, tuple[str, ...]] | None:
        """Which choice of wording it belongs to, if it does not come from a loop."""
        is_choice = self.tag.lstrip("{%- ").startswith("if")
        return (self.tag, self.nth, self.items) if is_choice else None

    @property
    def pattern(self) -> tuple[str, int, int]:
        """What it has in common with the same paragraph of other items."""
        return (self.tag, self.nth, self.part)


def read_origins(record: Mapping[str, Any]) -> dict[str, TemplateOrigin]:
    """Origins by the names of a report's bookmarks."""
    counted: Counter[str] = Counter()
    regions: list[tuple[str, int]] = []
    for region in record["regions"]:
        regions.append((region["tag"], counted[region["tag"]]))
        counted[region["tag"]] += 1
    return {mark: _read_origin(regions, about) for mark, about in record["marks"].items()}


def _read_origin(regions: Sequence[tuple[str, int]], about: Mapping[str, Any]) -> TemplateOrigin:
    tag, nth = regions[int(about["region"])]
    return TemplateOrigin(tag, nth, tuple(about["item"]), about["part"], about.get("line", 0))
