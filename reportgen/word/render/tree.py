"""The streams of a template folded into a tree of segments, loops and choices, ready to run.

Only well-formed streams get here (``lint.check_streams``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from reportgen.word.render.row_cells import plan_rows
from reportgen.word.render.rows_aside import TurnModel, make_model
from reportgen.word.template.expressions import Compiled, compile_expressions
from reportgen.word.template.stream import BookmarkPlace, Event, TagSlot
from reportgen.word.template.tags import Tag


@dataclass(frozen=True, slots=True)
class Region:
    """A block that makes paragraphs or rows: its place in the template and its tag."""

    place: str
    tag: str


@dataclass(frozen=True, slots=True)
class RegionMark:
    """A bookmark stands here: the number of the region and which of its paragraphs or rows."""

    region: int
    part: int


@dataclass(frozen=True, slots=True)
class MarkedSlot:
    """A slot, and the bookmark around the paragraphs it makes."""

    slot: TagSlot
    mark: RegionMark | None


@dataclass(frozen=True, slots=True)
class Segment:
    """XML and slots without a block between; ``evaluate`` gives all the slots' values at once."""

    parts: Sequence[str | MarkedSlot | RegionMark]
    tags: Sequence[Tag]
    evaluate: Compiled


Taken: TypeAlias = "tuple[int, ...]"
"""Of the conditions met in turn, the number of the branch that was taken, -1 where none was."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A body for each item; ``plain``: it makes table rows that need no finishing."""

    tag: Tag
    items: Compiled
    body: Body
    plain: bool = False
    _turns: dict[Taken, PlainTurn] = field(default_factory=dict)

    def plan_turn(self, taken: Taken) -> PlainTurn:
        """What a turn makes in which these branches were taken."""
        if taken not in self._turns:
            self._turns[taken] = _plan_turn(self.body, taken)
        return self._turns[taken]


@dataclass(frozen=True, slots=True)
class PlainTurn:
    """A turn of a plain loop: ``holes``, in order, are filled with the pieces that ``model`` takes."""

    holes: Sequence[MarkedSlot | RegionMark]
    model: TurnModel


@dataclass(frozen=True, slots=True)
class Conditional:
    """The body of the first branch whose condition holds."""

    branches: Sequence[tuple[Tag, Compiled, Body]]


Body: TypeAlias = "Sequence[Segment | Loop | Conditional]"


@dataclass
class TreeBuilder:
    """Folds streams; numbers the regions over all of them."""

    regions: list[Region] = field(default_factory=list)
    _parts: list[int] = field(default_factory=list)
    _around: list[tuple[int, Tag]] = field(default_factory=list)

    def fold(self, stream: Iterable[Event]) -> Body:
        """One part's tree."""
        body, _ = self._body(iter(stream))
        return body

    def _body(self, events: Iterator[Event]) -> tuple[Body, Tag | None]:
        """The nodes up to the tag that ends this body."""
        body: list[Segment | Loop | Conditional] = []
        parts: list[str | MarkedSlot | RegionMark] = []
        for event in events:
            if not isinstance(event, Tag):
                parts += self._part(event)
                continue
            if parts:
                body.append(_make_segment(parts))
                parts = []
            if event.kind not in {"for", "if"}:
                return body, event
            body.append(self._block(event, events))
        if parts:
            body.append(_make_segment(parts))
        return body, None

    def _block(self, tag: Tag, events: Iterator[Event]) -> Loop | Conditional:
        region = tag.governs in {"paragraphs", "rows"}
        if region:
            self._around.append((len(self.regions), tag))
            self.regions.append(Region(tag.place, tag.typed))
            self._parts.append(0)
        block = self._loop(tag, events) if tag.kind == "for" else self._choice(tag, events)
        if region:
            self._around.pop()
        return block

    def _loop(self, tag: Tag, events: Iterator[Event]) -> Loop:
        body, _ = self._body(events)
        plain = tag.governs == "rows" and all(map(_is_plain, body))
        return Loop(tag, compile_expressions([tag.code]), body, plain)

    def _choice(self, tag: Tag, events: Iterator[Event]) -> Conditional:
        branches = []
        branch: Tag | None = tag
        while branch is not None and branch.kind != "endif":
            body, following = self._body(events)
            code = "true" if branch.kind == "else" else branch.code
            branches.append((branch, compile_expressions([code]), body))
            branch = following
        return Conditional(branches)

    def _part(self, event: Event) -> list[str | MarkedSlot | RegionMark]:
        match event:
            case TagSlot():
                mark = self._mark(event.place) if event.place else None
                return [MarkedSlot(event, mark)]
            case BookmarkPlace():
                here = self._mark(event)
                return [here] if here else []
            case str():
                return [event]
        raise AssertionError(event)

    def _mark(self, place: BookmarkPlace) -> RegionMark | None:
        """The bookmark of a paragraph that a block made directly, or of a row's first."""
        if not self._around:
            return None
        region, tag = self._around[-1]
        direct = tag.governs == "paragraphs" and tag.depth == place.depth
        if not (place.heads_row or direct):
            return None
        self._parts[region] += 1
        return RegionMark(region, self._parts[region] - 1)


def _plan_turn(body: Body, taken: Taken) -> PlainTurn:
    parts = list(_iter_parts(body, iter(taken)))
    shown = [part for part in parts if not isinstance(part, RegionMark)]
    plans = plan_rows([part if isinstance(part, str) else None for part in shown])
    gaps = [part.slot if isinstance(part, MarkedSlot) else part for part in parts]
    model = make_model([None if isinstance(gap, RegionMark) else gap for gap in gaps], plans)
    return PlainTurn([part for part in parts if not isinstance(part, str)], model)


def _iter_parts(body: Body, taken: Iterator[int]) -> Iterator[str | MarkedSlot | RegionMark]:
    """What was run where these branches were taken."""
    for node in body:
        if isinstance(node, Segment):
            yield from node.parts
        elif isinstance(node, Conditional) and (branch := next(taken)) >= 0:
            yield from _iter_parts(node.branches[branch][2], taken)


def _is_plain(node: Segment | Loop | Conditional) -> bool:
    """Whether it makes nothing that is looked for in a finished part, but our own bookmarks.

    A condition may govern words of a cell, but neither a bookmark nor more than words.
    """
    if isinstance(node, Segment):
        texts = [part for part in node.parts if isinstance(part, str)]
        return not any(sign in text for text in texts for sign in _FINISHED)
    return isinstance(node, Conditional) and all(
        tag.governs == "text" and all(_is_plain(each) and not _is_marked(each) for each in body)
        for tag, _, body in node.branches
    )


def _is_marked(node: Segment | Loop | Conditional) -> bool:
    return isinstance(node, Segment) and any(
        isinstance(part, RegionMark) or (isinstance(part, MarkedSlot) and part.mark is not None)
        for part in node.parts
    )


_FINISHED = ("<?", "<w:bookmark", "<wp:docPr", "<w:tbl>", "<w:numPr>")


def _make_segment(parts: Iterable[str | MarkedSlot | RegionMark]) -> Segment:
    joined: list[str | MarkedSlot | RegionMark] = []
    for plain, group in groupby(parts, key=lambda part: isinstance(part, str)):
        together = list(group)
        joined += ["".join(map(str, together))] if plain else together
    tags = [part.slot.tag for part in joined if isinstance(part, MarkedSlot)]
    return Segment(joined, tags, compile_expressions([tag.code for tag in tags]))
