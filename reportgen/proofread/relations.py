"""Numbers → claims: the second part gathers what each kind of relation finds."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.proofread.balances import find_balances
from reportgen.proofread.changes import find_changes
from reportgen.proofread.model import Claim, Number, TextBlock
from reportgen.proofread.rates import find_rates
from reportgen.proofread.shares import find_shares
from reportgen.proofread.sums import find_sums
from reportgen.proofread.tables import find_in_tables, read_grids
from reportgen.proofread.told_in_tables import find_told_in_tables


def find_claims(blocks: Sequence[TextBlock], numbers: Sequence[Number]) -> list[Claim]:
    """Return every claim of prose and tables, in no special order."""
    prose = [each for each in numbers if blocks[each.block].table < 0]
    grids = read_grids(blocks, numbers)
    return [
        *find_sums(prose),
        *find_shares(prose),
        *find_changes(prose),
        *find_rates(prose),
        *find_balances(prose),
        *find_in_tables(grids),
        *find_told_in_tables(blocks, numbers, grids),
    ]
