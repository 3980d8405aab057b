"""What of a report as made is what in the report edited, and in the report as made now.

As made and as made now: by origin; what no block made comes from the template, in the same order.
As made and edited: by text and bookmark (``alignment``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportgen.word.compare import table_diff
from reportgen.word.compare.alignment import group_paragraphs
from reportgen.word.compare.letter_alignment import find_opcodes, likeness_at_most, match_places
from reportgen.word.document.model import Block, DocumentTable, Paragraph, TableRow
from reportgen.word.refresh.template_origin import TemplateOrigin

_ALIKE = 0.5


@dataclass
class BlockFate:
    """What became of a block as made: the places it has now, and whether its text is as made.

    ``rows``: of a table, all that stand in those places.
    """

    now: list[int] = field(default_factory=list)
    kept: bool = True
    alone: bool = True
    """Whether it was neither split nor joined with others."""
    rows: Sequence[TableRow] = ()


def match_new_places(
    made: Sequence[Block], new: Sequence[Block],
    origins: Mapping[str, TemplateOrigin], new_origins: Mapping[str, TemplateOrigin],
) -> dict[int, int]:  # fmt: skip
    """The place in ``new`` by the place in ``made``."""
    places = {origin: at for at, origin in _iter_origins(new, new_origins)}
    found = {at: places[origin] for at, origin in _iter_origins(made, origins) if origin in places}
    found |= _match_new_tables(made, new, origins, new_origins)
    rest = [
        _find_unmarked(blocks, known) for blocks, known in ((made, origins), (new, new_origins))
    ]
    return found | match_in_order(made, new, *rest)


def align_origins(
    made: Sequence[Block], new: Sequence[Block],
    origins: Mapping[str, TemplateOrigin], new_origins: Mapping[str, TemplateOrigin],
) -> dict[str, TemplateOrigin]:  # fmt: skip
    """The origins of ``made`` as they are in another template, which counts its parts otherwise.

    The paragraphs of one block and one item are taken in their order; one that the other template
    does not make has no part there.
    """
    before, after = _group_by_block(made, origins), _group_by_block(new, new_origins)
    found = dict(origins)
    for block, places in before.items():
        there = after.get(block, [])
        pairs = match_in_order(made, new, [at for at, _ in places], [at for at, _ in there])
        names = dict(there)
        for at, mark in places:
            partner = names.get(pairs.get(at, -1))
            found[mark] = new_origins[partner] if partner else replace(origins[mark], part=-1)
    return found


def _group_by_block(
    blocks: Sequence[Block], origins: Mapping[str, TemplateOrigin]
) -> dict[object, list[tuple[int, str]]]:
    """By block and item, the places and bookmarks of paragraphs."""
    found: defaultdict[object, list[tuple[int, str]]] = defaultdict(list)
    for at, block in _only_paragraphs(blocks).items():
        for mark in block.marks[:1]:
            if mark in origins:
                origin = origins[mark]
                found[origin.tag, origin.nth, origin.items].append((at, mark))
    return found


def find_fates(made: Sequence[Block], now: Sequence[Block]) -> dict[int, BlockFate]:
    """What became of each block as made, by its place; tables never count as changed here."""
    found = {at: BlockFate() for at in range(len(made))}
    for at, parts in table_diff.locate_rows(_only_tables(made), _only_tables(now)).items():
        found[at].now += parts
        found[at].rows = [row for rows in parts.values() for row in rows]
    before, after = _only_paragraphs(made), _only_paragraphs(now)
    at_of = {id(block): at for at, block in enumerate(now)}
    paired = _match_equal(before, after)
    for at, place in paired.items():
        found[at].now.append(place)
    left = {
        id(block): at for at, block in before.items() if at not in paired and block.text.strip()
    }
    free = [block for at, block in after.items() if at not in paired.values()]
    for group in group_paragraphs([made_ for made_ in before.values() if id(made_) in left], free):
        for block in group.made:
            now_at = [at_of[id(each)] for each in group.now]
            found[left[id(block)]] = BlockFate(
                now_at, kept=False, alone=len(group.made) == len(now_at) == 1
            )
    return found


def _match_equal(made: Mapping[int, Paragraph], now: Mapping[int, Paragraph]) -> dict[int, int]:
    """Paragraphs of the same text: those of the same bookmark, then those in the same order.

    Then the first that is left, for what was moved.  Of empty ones that a block made only the
    bookmark tells; the template's own are found by their neighbours.
    """
    marks = {(mark, block.signature): at for at, block in now.items() for mark in block.marks}
    found: dict[int, int] = {}
    taken: set[int] = set()
    for at, block in made.items():
        places = [marks[m, block.signature] for m in block.marks if (m, block.signature) in marks]
        if places and places[0] not in taken:
            found[at] = places[0]
            taken.add(places[0])
    left, free = (
        _find_unmatched(made, found, empty=True),
        _find_unmatched(now, found.values(), empty=True),
    )
    before, after = [made[at].signature for at in left], [now[at].signature for at in free]
    found |= {left[i]: free[j] for i, j in match_places(before, after).items()}
    waiting = defaultdict(list)
    for at in _find_unmatched(now, found.values()):
        waiting[now[at].signature].append(at)
    for at in _find_unmatched(made, found):
        if waiting[made[at].signature]:
            found[at] = waiting[made[at].signature].pop(0)
    return found


def _find_unmatched(
    blocks: Mapping[int, Paragraph], found: Iterable[int], *, empty: bool = False
) -> list[int]:
    """The places of paragraphs not yet found that have text, or, if asked for, no bookmark."""
    known = set(found)
    return [
        at
        for at, block in blocks.items()
        if at not in known and (block.signature or (empty and not block.marks))
    ]


def _only_paragraphs(blocks: Sequence[Block]) -> dict[int, Paragraph]:
    return {at: block for at, block in enumerate(blocks) if isinstance(block, Paragraph)}


def _only_tables(blocks: Sequence[Block]) -> dict[int, DocumentTable]:
    return {at: block for at, block in enumerate(blocks) if isinstance(block, DocumentTable)}


def _iter_origins(
    blocks: Sequence[Block], origins: Mapping[str, TemplateOrigin]
) -> Iterator[tuple[int, TemplateOrigin]]:
    for at, block in _only_paragraphs(blocks).items():
        yield from ((at, origins[mark]) for mark in block.marks if mark in origins)


def _find_unmarked(blocks: Sequence[Block], origins: Mapping[str, TemplateOrigin]) -> list[int]:
    return [
        at
        for at, block in _only_paragraphs(blocks).items()
        if not origins.keys() & set(block.marks)
    ]


def _match_new_tables(
    made: Sequence[Block], new: Sequence[Block],
    origins: Mapping[str, TemplateOrigin], new_origins: Mapping[str, TemplateOrigin],
) -> dict[int, int]:  # fmt: skip
    """Tables whose rows come from the same blocks of the template; else those most alike."""
    found: dict[int, int] = {}
    waiting: defaultdict[frozenset[object], list[int]] = defaultdict(list)
    for at, table in _only_tables(new).items():
        waiting[_find_row_blocks(table, new_origins)].append(at)
    for at, table in _only_tables(made).items():
        blocks = _find_row_blocks(table, origins)
        if blocks and waiting[blocks]:
            found[at] = waiting[blocks].pop(0)
    left = {at: table for at, table in _only_tables(made).items() if at not in found}
    free = {at: table for at, table in _only_tables(new).items() if at not in found.values()}
    return found | table_diff.match_tables(left, free)


def _find_row_blocks(
    table: DocumentTable, origins: Mapping[str, TemplateOrigin]
) -> frozenset[object]:
    return frozenset(
        origins[mark].pattern[:2] for row in table.rows for mark in row.marks if mark in origins
    )


def match_in_order(
    made: Sequence[Block], new: Sequence[Block], before: Sequence[int], after: Sequence[int]
) -> dict[int, int]:
    """The template's own paragraphs, at these places: equal ones, then those that are alike."""
    olds, news = (
        [_read_signature(made[at]) for at in before],
        [_read_signature(new[at]) for at in after],
    )
    found: dict[int, int] = {}
    for kind, i, i_end, j, j_end in find_opcodes(olds, news):
        if kind == "equal" or i_end - i == j_end - j:
            found |= zip(range(i, i_end), range(j, j_end), strict=True)
            continue
        start = j
        for at in range(i, i_end):
            like = next((k for k in range(start, j_end) if _is_alike(olds[at], news[k])), None)
            if like is not None:
                found[at] = like
                start = like + 1
    return {before[at]: after[place] for at, place in found.items()}


def _read_signature(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return block.signature


def _is_alike(one: str, other: str) -> bool:
    return likeness_at_most(one, other) >= _ALIKE
