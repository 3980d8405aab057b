"""Which generations of returns earlier checks knew, so that a newer one that is gone is missed.

Of each file that was marked, told by the first of its marked contents, the latest generation is
remembered: the marked copy that was sent out, then what came back of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.issues import Issue
from reportgen.validation.generations import Generation


@dataclass(frozen=True, slots=True)
class KnownReturn:
    """A return as a check knew it: its file, and its generation, without content where only sent out."""

    file: str
    generation: Generation

    @property
    def origin(self) -> str:
        """What was marked first."""
        return self.generation.sent[0]

    @property
    def came_back(self) -> bool:
        """Whether it was among the returns."""
        return bool(self.generation.content)

    @property
    def rank(self) -> tuple[int, bool]:
        """Later and more certain is greater."""
        return self.generation.number, self.came_back


KnownReturns = Mapping[str, Sequence[KnownReturn]]
"""By owner."""


def remember_returns(known: Sequence[KnownReturn], now: Iterable[KnownReturn]) -> list[KnownReturn]:
    """Of one owner, the latest of each origin; of equals the one that is there now."""
    latest: dict[str, KnownReturn] = {}
    for each in (*known, *now):
        if each.origin not in latest or each.rank >= latest[each.origin].rank:
            latest[each.origin] = each
    return list(latest.values())


def find_gone(known: Sequence[KnownReturn], counted: Mapping[str, Generation]) -> Iterator[Issue]:
    """newer-gone and newer-sent-out: by file of one owner, what counts in place of something newer."""
    for each in known:
        own = {file: one for file, one in counted.items() if _is_of(one, each)}
        if not any(_is_up_to(one, each) for one in own.values()):
            details = {"number": str(each.generation.number), "other": each.file}
            yield from _tell_gone(each, own, counted, details)


def _tell_gone(
    newer: KnownReturn,
    own: Mapping[str, Generation],
    counted: Mapping[str, Generation],
    details: Mapping[str, str],
) -> Iterator[Issue]:
    if newer.came_back:
        files = own or [file for file, one in counted.items() if not one.sent]
        yield from (Issue("newer-gone", file, details=details) for file in files)
        return
    for file, one in own.items():
        if one.sent and one.content not in newer.generation.sent:
            told = {**details, "own": str(one.number)}
            yield Issue("newer-sent-out", file, details=told)


def _is_of(one: Generation, known: KnownReturn) -> bool:
    """Whether it is the file that was marked, or became of a copy of it."""
    return one.sent[:1] == (known.origin,) or one.content in known.generation.sent


def _is_up_to(one: Generation, known: KnownReturn) -> bool:
    return one.number >= known.generation.number
