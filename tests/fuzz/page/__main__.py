"""``python -m tests.fuzz.page [--files N] [--kills K] [--crowd C] [--seed S]``: each prints its figures; exit code 1 if any is wrong."""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
from pathlib import Path

import reportgen
from tests.fuzz.page.crowds import (
    hand_in_all_at_once,
    lay_many_departments,
    send_all_at_once,
    stall,
    stall_upload,
    vary,
)
from tests.fuzz.page.kills import choose_moments, kill_once, read_all
from tests.fuzz.page.odd_files import LARGE, iter_odd_files, judge_answer
from tests.fuzz.page.served import Served, serve

MOST_MEMORY = 1 << 30


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.page")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--crowd", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        reportgen.init(root / "sample", sample=True)
        sample = read_all(root / "sample")
        built = reportgen.build(root / "sample", root / "out")
        assert built.document is not None
        report = built.document.path.read_bytes()
        if asked.files:
            faults += try_files(root / "files", sample, report, asked.files, asked.seed)
        if asked.kills:
            faults += try_kills(root / "kills", sample, asked.kills, asked.seed)
        if asked.crowd:
            faults += try_crowds(root, sample, asked.crowd)
    return int(faults > 0)


def try_files(root: Path, sample: dict[str, bytes], report: bytes, count: int, seed: int) -> int:
    """Odd files, to the office and behind a link."""
    reportgen.init(root / "镇", sample=True)
    returns = set((root / "镇/填报").iterdir())
    with serve(root, lan=True) as served:
        (link, *_) = served.make_links("镇").values()
        faults, slowest, begun = [], (0.0, ""), time.monotonic()
        files = itertools.islice(iter_odd_files(sample, report, seed), count)
        for number, (name, content) in enumerate(files):
            sent = [(name, content)]
            clock = time.monotonic()
            answers = [served.send("/f/镇/receive", sent)]
            if number % 4 == 0 and len(content) < 20 << 20:
                answers.append(served.send(f"{link}/hand-in", sent))
            slowest = max(slowest, (time.monotonic() - clock, name[:40]))
            faults += [f"{name}: {said}" for each in answers if (said := judge_answer(each))]
            if not served.is_alive():
                faults.append(f"{name}: the page is dead")
                break
            for added in set((root / "镇/填报").iterdir()) - returns:
                added.unlink()
        faults += [f"300 MB: {said}" for said in send_large(served) if said]
        faults += [] if served.get("/f/镇/overview").status_code == 200 else ["no overview"]
        faults += ["too much memory"] if served.peak > MOST_MEMORY else []
        say(
            f"odd files: {count} and two of 300 MB in {time.monotonic() - begun:.0f} s, slowest {slowest[0]:.1f} s ({slowest[1]}), "
            f"memory at most {served.peak / 2**20:.0f} MB, faults {len(faults)}"
        )
    return tell(faults)


def send_large(served: Served) -> list[str]:
    """A file of 300 MB, announced, and unannounced in pieces."""
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.xlsx"\r\n\r\n'
    about = {"content-type": "multipart/form-data; boundary=x", "origin": served.base}
    found = []
    for more in ({"content-length": str(LARGE)}, {}):
        pieces = itertools.chain([head], itertools.repeat(b"x" * 2**20, LARGE >> 20))
        try:
            answer = served.client.post("/f/镇/receive", content=pieces, headers={**about, **more})
            found.append(judge_answer(answer))
        except OSError:
            found.append("")
        except Exception as error:  # noqa: BLE001 (the connection is closed while we still send)
            found.append("" if served.is_alive() else repr(error))
    return found


def try_kills(root: Path, sample: dict[str, bytes], count: int, seed: int) -> int:
    """Killed at moments by chance."""
    root.mkdir()
    begun = time.monotonic()
    faults = [
        f"at {moment:.2f} s: {fault}"
        for moment in choose_moments(count, seed)
        if (fault := kill_once(root, sample, moment))
    ]
    say(f"kills: {count} in {time.monotonic() - begun:.0f} s, faults {len(faults)}")
    return tell(faults)


def try_crowds(root: Path, sample: dict[str, bytes], count: int) -> int:
    """So many at once at the office's page, then behind as many departments' links; then the stalled."""
    faults = []
    reportgen.init(root / "crowd/镇", sample=True)
    given = sample["填报/市场监督管理所.xlsx"]
    files = [(f"第{number}份.xlsx", vary(given, number)) for number in range(count)]
    with serve(root / "crowd") as served:
        begun = time.monotonic()
        faults += send_all_at_once(served, files)
        seconds, peak = time.monotonic() - begun, served.peak
    kept = read_all(root / "crowd").values()
    faults += [f"{name} is lost" for name, content in files if content not in kept]
    say(f"at once: {count} uploads in {seconds:.1f} s, memory {peak / 2**20:.0f} MB")

    forms = lay_many_departments(root / "lan/镇", count - 5)
    with serve(root / "lan", lan=True) as served:
        links = served.make_links("镇")
        sent = [(links[owner], (f"{owner}.xlsx", vary(forms[owner], 0))) for owner in links]
        begun = time.monotonic()
        faults += hand_in_all_at_once(served.base, sent)
        seconds, peak = time.monotonic() - begun, served.peak
        kept = read_all(root / "lan").values()
        faults += [f"{name} is lost" for _, (name, content) in sent if content not in kept]
        say(f"links: {len(sent)} departments in {seconds:.1f} s, memory {peak / 2**20:.0f} MB")
        again = stall(served.base, 120)
        say(f"stalled: 120 half questions, an answer again after {again:.1f} s")
        waited, said = stall_upload(served.base, next(iter(links.values())))
        say(f"stalled: an upload is given up after {waited:.1f} s")
        faults += [] if "没有接收完" in said else [f"a stalled upload is told {said[:200]}"]
        faults += [] if again < 20 and waited < 30 else ["stalled too long"]
    return tell(faults)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def tell(faults: list[str]) -> int:
    for each in faults[:20]:
        say(f"  fault: {each}")
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
