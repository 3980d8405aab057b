"""What a heading means: compared with the titles of fields, as people vary them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportgen.issues import closest
from reportgen.ledger.model import Field
from reportgen.schema.columns import spelling

Path = tuple[str, ...]
"""A heading with its groups' headings before it: ``("提建议人", "姓名")``."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading may mean; the smaller ``rank``, the surer.  ``alias``: the title it agrees with."""

    field: Field
    alias: str
    rank: tuple[int, int]
    reason: str

    @property
    def doubtful(self) -> bool:
        """Whether the column's content must bear it out."""
        return self.alias in self.field.doubtful


@lru_cache(maxsize=10_000)
def meanings(path: Path, fields: tuple[Field, ...]) -> tuple[Meaning, ...]:
    """All that a heading may mean, the surest first."""
    found = [meaning for one in fields for meaning in _meanings(path, one)]
    best: dict[str, Meaning] = {}
    for meaning in sorted(found, key=lambda meaning: meaning.rank):
        best.setdefault(meaning.field.name, meaning)
    return tuple(best.values())


def tick(path: Path, field: Field) -> str | None:
    """What a tick in a column of that heading stands for, if it can stand for anything."""
    return {word(title): value for title, value in field.ticks.items()}.get(bare(path[-1]))


def named(path: Path, field: Field) -> bool:
    """Whether a group of columns bears the field's name or one of its titles."""
    groups = {bare(part) for part in path[:-1]}
    return any(word(title) in groups for title in (field.name, *field.titles))


def similar(path: Path, fields: Sequence[Field]) -> str:
    """The field whose title looks most like the heading, or nothing."""
    titles = {word(title): one.name for one in fields for title in (one.name, *one.titles)}
    return titles.get(closest(bare(path[-1]), titles) or "", "")


def shown(path: Path) -> str:
    """A heading as one would quote it: ``提建议人／姓名``."""
    return "／".join("".join(part.split()) for part in path)


def word(text: str) -> str:
    """What must agree of a heading: no spaces, half-width, no ``*`` or colon."""
    return re.sub(r"[*:：★]", "", spelling(text)).casefold()


def bare(text: str) -> str:
    """The word without what stands in brackets."""
    return re.sub(r"[(\[【〔<].*?[)\]】〕>]", "", word(text)) or word(text)


_NEUTRAL = re.compile(
    "拟定?|初定|最终|实际|具体|本次|所|名称|全称|情况|内容|代表|人大|议案|建议|提案|意见|该?件|的|及|与|和|[/、,.0-9]"
)
"""Words that may stand around a title without changing what it means."""


def _meanings(path: Path, field: Field) -> Iterator[Meaning]:
    own = word(field.name)
    joined = [word("/".join(path)), "/".join(bare(part) for part in path)]
    for place, title in enumerate((field.name, *field.titles)):
        alias = word(title)
        if word(path[-1]) == alias:
            reason = "与标准栏目同名" if alias == own else f"“{title}”是“{field.name}”的常见叫法"
            yield Meaning(field, title, (0 if alias == own else 1, place), reason)
        elif "/" in alias and alias in joined:
            yield Meaning(field, title, (1, place), f"合并表头“{title}”")
        elif bare(path[-1]) == alias:
            yield Meaning(field, title, (2, place), f"去掉括号里的说明后是“{title}”")
        elif _is_inside(alias, bare(path[-1])):
            yield Meaning(field, title, (3, place), f"表头里有“{title}”，请核对")


def _is_inside(alias: str, text: str) -> bool:
    """Whether the text is the title with nothing but neutral words around it."""
    if len(alias) < 2 or alias not in text or "/" in alias:
        return False
    rest = text.replace(alias, "\0", 1)
    return not _NEUTRAL.sub("", rest).strip("\0")
