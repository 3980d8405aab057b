"""``python -m tests.fuzz [N] [--seed S] [--templates M] [--reports R] …``: so many damaged files.

``--all N --minutes M``: N of all kinds together, in the shares of ``SHARES``, and no longer than
that; what is left undone then is told.

Workbooks go through reader, validation, the checks between sheets and the marking of copies;
templates are filled; edited reports, and those whose record is damaged, are verified, marked,
traced, finalized and refreshed; in a working folder any file is damaged (workbooks, words, report,
records, a ledger) and a command run that meets it.  Whatever was done to a file, there may be issues,
a refusal (a ReportgenError), or nothing to complain about; a traceback, a dead process, more than 10 seconds or
more than 1 GB is a fault, and the exit code is 1.  ``--case`` runs one case here.
The files of faults are left in the folder ``fuzz-faults``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.fuzz.cases import KINDS_OF_CASES, Case, Originals, outcome
from tests.fuzz.workers import Tally, run


def main() -> int:
    """Run what the command line asks for and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("workbooks", nargs="?", type=int, default=20_000, metavar="N")
    parser.add_argument("--templates", type=int, default=0, metavar="M")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.add_argument("--reports", type=int, default=0, metavar="R")
    parser.add_argument("--records", type=int, default=0, metavar="R")
    parser.add_argument("--folders", type=int, default=0, metavar="F")
    parser.add_argument("--all", type=int, default=0, metavar="N")
    parser.add_argument("--minutes", type=float, default=float("inf"), metavar="M")
    parser.add_argument("--workers", type=int, default=2, metavar="W")
    parser.add_argument("--case", nargs=2, metavar=("KIND", "NUMBER"))
    asked = parser.parse_args()
    originals = Originals.of_sample(foreign=True)
    if asked.case:
        return show(asked.case[0], int(asked.case[1]), asked.seed, originals)
    faults = 0
    counts = _count_cases(asked)
    end = time.perf_counter() + 60 * asked.minutes
    for what, count in counts.items():
        if count:
            clock = time.perf_counter()
            seconds = (end - clock) * _share_of_time(what, counts)
            tally = run(
                what,
                range(count),
                asked.seed,
                originals,
                workers=asked.workers,
                seconds=seconds,
                tell=tell,
            )
            report(what, count, tally, time.perf_counter() - clock)
            for number in tally.faults:
                keep(what, number, asked.seed, originals)
            faults += len(tally.faults)
    return 1 if faults else 0


SHARES = {"workbook": 0.65, "template": 0.1, "report": 0.1, "record": 0.075, "folder": 0.075}
"""Of all cases together."""
COSTS = {"workbook": 1, "template": 1, "report": 2, "record": 2, "folder": 5}
"""About how long a case takes, one beside the other."""


def _count_cases(asked: argparse.Namespace) -> dict[str, int]:
    if asked.all:
        return {what: round(asked.all * SHARES[what]) for what in KINDS_OF_CASES}
    given = (asked.workbooks, asked.templates, asked.reports, asked.records, asked.folders)
    return dict(zip(KINDS_OF_CASES, given, strict=True))


def _share_of_time(what: str, counts: Mapping[str, int]) -> float:
    """Of what is left, for this kind; those before it have had theirs."""
    kinds = list(counts)
    left = {kind: counts[kind] * COSTS[kind] for kind in kinds[kinds.index(what) :]}
    return left[what] / sum(left.values())


def show(what: str, number: int, seed: int, originals: Originals) -> int:
    """One case, without limits."""
    case = keep(what, number, seed, originals)
    say(f"{case.file}: {outcome(case, originals)}")
    return 0


def keep(what: str, number: int, seed: int, originals: Originals) -> Case:
    """Write a case's file into the folder fuzz-faults; → the case."""
    case = originals.case(what, seed, number)
    path = Path("fuzz-faults") / f"{what}-{seed}-{number}{Path(case.file).suffix}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(case.content)
    return case


def report(what: str, count: int, tally: Tally, seconds: float) -> None:
    """The counts by outcome, then every fault."""
    done = tally.counts.total()
    said = f"{done} {what}s" if done == count else f"{done} of {count} {what}s (no more time)"
    say(f"{said} in {seconds:.0f} s; slowest {tally.slowest:.1f} s; "
        f"peak {tally.memory / 2**20:.0f} MB; faults {len(tally.faults)}")  # fmt: skip
    for name, number in tally.counts.most_common():
        say(f"{number:8} {name}")
    for number, fault in sorted(tally.faults.items()):
        say(f"  {what} {number}: {fault}")


def tell(line: str) -> None:
    """One line on how it goes."""
    sys.stderr.write(line + "\n")


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
