"""Exact rounding of percentages: the one place where it is decided how a share is shown.

Everything is done in fractions: 1/8 is 12.5 % and rounds to 13 %, 20/128 to 15.63 % at two places,
where binary floating point would say 12 % and 15.62 %.

0 % and 100 % are claims, and shown only of none and of all.  A percentage that would be rounded to
one of them gets more decimals until it is not: 199 of 200 are 99.5 %, 983 of 984 are 99.9 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Exact = int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Share:
    """One share in percent as ``shown``, and ``plain``: by itself, half up, at the same places."""

    shown: Decimal
    plain: Decimal

    @property
    def adjusted(self) -> bool:
        """Whether the share was moved from its half-up value so that all add up to 100."""
        return self.shown != self.plain


def round_half_up(number: Fraction, places: int) -> Decimal:
    """``number`` at ``places`` decimals, a half always away from zero."""
    sign = -1 if number < 0 else 1
    scaled = abs(number) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return _to_decimal(sign * units, places)


def compute_percent(part: Exact, base: Exact, places: int) -> Decimal:
    """``part`` of ``base`` (not 0) in percent, at ``places`` decimals or as many more as it needs."""
    exact = _compute_exact(part, base)
    return round_half_up(exact, _count_places(exact, places))


def places_of(share: Decimal) -> int:
    """How many decimals a percentage has."""
    return max(0, -int(share.as_tuple().exponent))


def round_shares(counts: Sequence[int], places: int, whole: int | None = None) -> list[Share]:
    """Each count's percentage of the whole, or of their sum, rounded by itself; all 0 of nothing.

    All have the same decimals: as many as the one that needs most.
    """
    exact = _compute_exact_shares(counts, sum(counts) if whole is None else whole)
    enough = max((_count_places(each, places) for each in exact), default=places)
    shown = [round_half_up(each, enough) for each in exact]
    return [Share(each, each) for each in shown]


def round_shares_to_100(
    counts: Sequence[int], places: int, wanted: Mapping[int, Decimal] | None = None
) -> list[Share]:
    """Percentages that add up to exactly 100, each the next below or above what it is.

    Equal counts get equal shares and a larger count no smaller one; as many as possible are what
    ``wanted`` says (by count); then the largest remainders are rounded up, as is usual.  Where
    equal counts cannot have equal shares, the earlier ones get more.  All have the same decimals:
    so many that none is 0 or 100 that is not exactly that.  All 0 if the sum is.
    """
    plain = round_shares(counts, places)
    if not sum(counts):
        return plain
    enough = max(places, *(places_of(share.plain) for share in plain))
    while (units := _choose_units(counts, enough, wanted or {})) is None:
        enough += 1
    exact = _compute_exact_shares(counts, sum(counts))
    return [
        Share(_to_decimal(unit, enough), round_half_up(each, enough))
        for unit, each in zip(units, exact, strict=True)
    ]


_Group = tuple[int, ...]
"""Positions of equal counts, which are rounded alike."""
_Raised = tuple[tuple[int, int, int], _Group]
"""What rounding up these positions is worth (the more the better), and the positions."""


def _choose_units(
    counts: Sequence[int], places: int, wanted: Mapping[int, Decimal]
) -> list[int] | None:
    """The shares in units of the last decimal; None if they cannot be true at these places."""
    parts = [_CountPart(count, sum(counts), places) for count in counts]
    missing = 100 * 10**places - sum(part.below for part in parts)
    wishes = {count: int(share.scaleb(places)) for count, share in wanted.items()}
    for blocks in (_group_equal(counts), [(at,) for at in range(len(counts))]):
        up = _choose_rounded_up(parts, blocks, missing, wishes)
        if up is not None:
            return [part.below + (at in up) for at, part in enumerate(parts)]
    return None


class _CountPart:
    """One count: its share rounded down (``below``), what that leaves, and whether it may stay."""

    __slots__ = ("below", "count", "may_fall", "may_rise", "rest")

    def __init__(self, count: int, whole: int, places: int) -> None:
        self.count = count
        self.below, self.rest = divmod(count * 100 * 10**places, whole)
        self.may_fall = not self.rest or self.below > 0
        self.may_rise = self.rest > 0  # to 100 only if another fell to 0, which it may not


def _group_equal(counts: Sequence[int]) -> list[_Group]:
    blocks: dict[int, list[int]] = {}
    for at, count in enumerate(counts):
        blocks.setdefault(count, []).append(at)
    return [tuple(block) for block in blocks.values()]


def _choose_rounded_up(
    parts: Sequence[_CountPart], blocks: Sequence[_Group], missing: int, wishes: Mapping[int, int]
) -> _Group | None:
    """The best positions to round up, exactly ``missing`` of them, or None."""
    best: dict[int, _Raised] = {0: ((0, 0, 0), ())}
    for level in _group_levels(parts, blocks):
        options = list(_iter_options(parts, level, wishes))
        found: dict[int, _Raised] = {}
        for score, chosen in best.values():
            for more, positions in options:
                up = (*chosen, *positions)
                total = (score[0] + more[0], score[1] + more[1], score[2] + more[2])
                known = found.get(len(up))
                if len(up) <= missing and (known is None or total > known[0]):
                    found[len(up)] = (total, up)
        best = found
    return best[missing][1] if missing in best else None


def _group_levels(parts: Sequence[_CountPart], blocks: Sequence[_Group]) -> Iterable[list[_Group]]:
    """Blocks with the same share below, those that leave most first: so they are rounded up."""
    levels: dict[int, list[_Group]] = {}
    for block in sorted(blocks, key=lambda block: -parts[block[0]].rest):
        levels.setdefault(parts[block[0]].below, []).append(block)
    return levels.values()


def _iter_options(
    parts: Sequence[_CountPart], level: Sequence[_Group], wishes: Mapping[int, int]
) -> Iterator[_Raised]:
    """The ways to round up the first blocks of a level and none of the others."""
    for number in range(len(level) + 1):
        up = tuple(at for block in level[:number] for at in block)
        down = [at for block in level[number:] for at in block]
        if all(parts[at].may_rise for at in up) and all(parts[at].may_fall for at in down):
            shown = {at: parts[at].below + 1 for at in up} | {at: parts[at].below for at in down}
            granted = sum(wishes.get(parts[at].count) == units for at, units in shown.items())
            gain = sum(parts[at].rest for at in up)
            yield (granted, gain, sum(parts[at].count for at in up)), up


def _compute_exact(part: Exact, base: Exact) -> Fraction:
    return Fraction(part) * 100 / Fraction(base)


def _compute_exact_shares(counts: Sequence[int], whole: int) -> list[Fraction]:
    return [_compute_exact(count, whole) if whole else Fraction(0) for count in counts]


def _count_places(exact: Fraction, places: int) -> int:
    """So many decimals that only 0 is shown as 0 and only 100 as 100."""
    while abs(shown := Fraction(round_half_up(exact, places))) in (0, 100) and shown != exact:
        places += 1
    return places


def _to_decimal(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places)
