"""Times ``refresh`` beside ``build``: ``python -m tests.benchmarks.refresh [N …]``.

A report of N suggestions is built and edited a little; then the data change: every hundredth
suggestion is rated otherwise and the middle one is withdrawn, so that the numbers of all rows after
it change.  Then the report is refreshed and, beside it, a new one built.  Ratios are of CPU seconds.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from reportgen.reports.kind import Sample
from tests.benchmarks.__main__ import DEPARTMENTS, Run, run, say, side_by_side
from tests.support.editing import add_sentences
from tests.support.generate import case, files
from tests.support.tampering import opened

PROMISED = 1.5


def main(sizes: list[int]) -> None:
    """Measure every size and print one line for each."""
    for n in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            refresh, build = measure(n, Path(scratch))
        say(
            f"{n:>7}  refresh {refresh.seconds:.2f}s {refresh.cpu:.2f}cpu {refresh.memory:.0f}MB  "
            f"build {build.seconds:.2f}s {build.cpu:.2f}cpu {build.memory:.0f}MB  "
            f"refresh / build: {refresh.cpu / build.cpu:.2f} (≤ {PROMISED})"
        )


def measure(n: int, folder: Path) -> list[Run]:
    """``refresh`` and ``build`` on data that have changed since the report was made."""
    ours = [sys.executable, "-m", "reportgen"]
    sample = case(n, DEPARTMENTS.get(n, 20))
    lay(sample, folder)
    run([*ours, "build", folder, "-o", folder / "out"])
    (built,) = (folder / "out").glob("*.docx")
    edited = opened(built.read_bytes())
    add_sentences(edited)
    report = folder / "edited.docx"
    report.write_bytes(edited.saved())
    alter(sample)
    lay(sample, folder)
    return side_by_side(
        [*ours, "refresh", report, folder, "-o", folder / "refreshed"],
        [*ours, "build", folder, "-o", folder / "rebuilt"],
    )


def alter(sample: Sample) -> None:
    """Change the data in place."""
    register = sample.register["建议台账"]
    gone = register.pop(len(register) // 2)["编号"]  # type: ignore[attr-defined]
    for sheets in sample.returns.values():
        answers = sheets["办理情况"]
        answers[:] = [answer for answer in answers if answer["编号"] != gone]
        for answer in answers[::100]:
            if answer.get("满意度") == "满意":
                answer["满意度"] = "基本满意"


def lay(sample: Sample, folder: Path) -> None:
    """Write the working folder."""
    for name, content in files(sample).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [1_000, 10_000])
