"""``python -m tests.fuzz.bombs [WORD …]``: every bomb whose name holds one of the words.

One line for each command: what it took and how it ended, then its first words.  Exit code 1 if one
hangs, takes over 1 GB, says nothing in Chinese or ends in a traceback.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.fuzz.bombs.commands import Ended, bombs, prepare, set_off


def main(words: list[str]) -> int:
    """Set them off one after the other."""
    chosen = [bomb for bomb in bombs() if not words or any(word in bomb.name for word in words)]
    ended: list[Ended] = []
    with tempfile.TemporaryDirectory() as scratch:
        prepared = Path(scratch) / "sample"
        prepare(prepared)
        for bomb in chosen:
            for each in set_off(bomb, prepared):
                ended.append(each)
                tell(each)
    faults = [each for each in ended if each.fault]
    slowest, largest = max(e.cpu for e in ended), max(e.memory for e in ended)
    sys.stdout.write(
        f"{len(chosen)} bombs, {len(ended)} commands, {len(faults)} faults; "
        f"slowest {slowest:.1f} s, largest {largest / 2**20:.0f} MB\n"
    )
    return 1 if faults else 0


def tell(each: Ended) -> None:
    """One line."""
    lines = [line.strip() for line in each.said.splitlines() if line.strip()]
    words = next((line for line in lines if "读不出来" in line or "太" in line), "")
    words = words or (lines[0] if lines else "")
    mark = f"!! {each.fault}" if each.fault else "ok"
    sys.stdout.write(
        f"{each.bomb:42} {each.command:13} {each.cpu:5.1f} s {each.memory / 2**20:6.0f} MB "
        f"{each.code:3} {mark}  {words[:150]}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
