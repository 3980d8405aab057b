"""So many generated towns through ``rollup``, counted a second time by pandas and by hand.

``python -m tests.fuzz.county 1000`` prints time and memory; it fails if a total differs from what
pandas counts in the workbooks of all towns, or from the sum of what ``tests.support.brute`` counts.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pandas as pd

import reportgen
from reportgen.facts.model import from_json
from reportgen.reports.kind import Sample
from tests.fuzz.towns import renamed
from tests.support import brute
from tests.support.generate import case, files
from tests.support.recount import recount_county

CASES = 40
PLACE = "清河镇"
ADDED = (
    "议案建议.件数", "议案.件数", "建议.件数", "来源.大会.件数", "来源.闭会.件数", "重点督办.件数", "承办部门.个数",
    "答复.件数", "正在办理.件数", "按期答复.件数", "逾期答复.件数", "沟通.件数", "解决.件数", "未解决.件数",
    "满意度.已反馈.件数", "满意.件数",
)  # fmt: skip


def lay(root: Path, count: int) -> list[Sample]:
    """Towns in counties of fifty, each under its own name; their cases, one for each town."""
    made = [case(3 + 2 * n % 31, 1 + n % 6, n, place=PLACE, rare=n % 3 > 0) for n in range(CASES)]
    books = [files(each) for each in made]
    for number, contents in enumerate(islice(cycle(books), count)):
        folder = root / f"县{number // 50:02}" / f"镇{number:04}"
        for name, content in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(renamed(content, f"第{number}镇", PLACE))
    return list(islice(cycle(made), count))


def count_registers(root: Path) -> Counter[str]:
    """What pandas counts in the registers of all towns."""
    sheets = [
        pd.read_excel(path, sheet_name="建议台账", header=2, dtype=str, engine="calamine")
        for path in root.rglob("建议台账.xlsx")
    ]
    rows = pd.concat(sheets, ignore_index=True).dropna(subset=["编号"])
    found = Counter({"议案建议.件数": len(rows)})
    found |= Counter({f"{kind}.件数": n for kind, n in rows["类别"].value_counts().items()})
    found |= Counter({f"来源.{kind}.件数": n for kind, n in rows["来源"].value_counts().items()})
    found |= Counter({f"专题.{kind}.件数": n for kind, n in rows["专题"].value_counts().items()})
    found["重点督办.件数"] = int((rows["重点督办"] == "是").sum())
    return found


def compare(root: Path, cases: list[Sample], facts: dict[str, int]) -> Iterator[str]:
    """The totals that are not what was counted besides, told."""
    for key, number in count_registers(root).items():
        if facts.get(key, 0) != number:
            yield f"{key}：汇总{facts.get(key)}，pandas{number}"
    counts = {id(each): brute.figures(each) for each in cases}
    for key in ADDED:
        number = sum(int(counts[id(each)][key].value) for each in cases)
        if facts.get(key) != number:
            yield f"{key}：汇总{facts.get(key)}，逐个相加{number}"


def main(count: int) -> int:
    """Lay, roll up, verify, compare."""
    place = Path(tempfile.mkdtemp())
    root = place / "全省"
    cases = lay(root, count)
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    (report,) = reportgen.rollup(root, root / "output").reports
    spent, own = (
        resource.getrusage(resource.RUSAGE_CHILDREN),
        resource.getrusage(resource.RUSAGE_SELF),
    )
    workers = spent.ru_utime + spent.ru_stime - before.ru_utime - before.ru_stime
    took = time.monotonic() - begun
    size = report.document.path.stat().st_size
    figures = reportgen.trace(report.document.path, "议案建议.件数")
    findings = reportgen.verify(report.document.path, root).findings
    stated = json.loads(report.document.path.with_suffix(".json").read_text("utf-8"))["facts"]
    facts = {key: int(fact.value) for key, fact in from_json(stated).items() if fact.unit != "%"}
    wrong = [*compare(root, cases, facts), *recount_county(stated, root)]
    sys.stdout.write(
        f"{count}个单位，计入{report.counted}个；{took:.1f}秒，工作进程的处理器{workers:.1f}秒，"
        f"内存{own.ru_maxrss / 1024:.0f}MB，工作进程{spent.ru_maxrss / 1024:.0f}MB；"
        f"报告{size / 1e6:.2f}MB，来源{len(figures)}行，核对{len(findings)}处；不符{len(wrong)}处\n"
    )
    sys.stdout.write("".join(f"{each}\n" for each in wrong))
    shutil.rmtree(place)
    return int(bool(wrong) or bool(findings) or report.counted != count)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
