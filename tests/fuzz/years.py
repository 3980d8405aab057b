"""``python -m tests.fuzz.years [N] [--seed S] [--only SEED]``: N random years, printed and recounted.

Each year goes the whole way: workbooks, reader, checks, counting, Word; then ``tests.support.printed``, which
has no code of reportgen, recounts the printed report.  Years differ in everything that changes a
count: 分办, open, late, re-handled, schemes of two to five classes, four scales, both roundings.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from collections import Counter
from dataclasses import replace
from typing import Any

import openpyxl

from reportgen.excel.read import reader
from reportgen.issues import Severity
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.validation import validate_workbooks
from tests.support import printed
from tests.support.default_wording import default_report
from tests.support.generate import case, files, raw_workbooks
from tests.support.templates import PNG

PLACES = ("清河镇", "左门乡", "沁阳市")
SCALES = (
    (),
    ("很满意 是 否", "满意 是 否", "基本满意 是 否", "不满意 否 是"),
    ("满意 是 否", "较满意 是 否", "一般 否 否", "不满意 否 是"),
    ("满意 是 否", "不满意 否 是"),
    ("满意 是 否", "基本满意 是 否", "不太满意 否 是", "不满意 否 是"),
)
BIG = 250
"""So many items need a decimal for what is nearly all or nearly none."""


def year(seed: int) -> Sample:
    """One random year, most of them small, one in fifty of ``BIG`` items."""
    rng = random.Random(f"year {seed}")
    n = BIG if seed % 50 == 49 else rng.choice((1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 16, 24))
    made = case(
        n, rng.randint(1, 6), seed, place=rng.choice(PLACES), rare=n < BIG and seed % 4 > 0,
        unfinished=0.004 if n == BIG else rng.choice((0, 0, 0.1, 0.3, 0.6, 1)),
    )  # fmt: skip
    settings = {
        **made.register["基本信息"][0],
        "占比小数位数": rng.choice((0, 0, 1, 2)),
        "占比取整方式": rng.choice(("合计为100", "四舍五入")),
        "满意率口径": rng.choice(("全部", "已反馈")),
    }
    made = replace(made, register={**made.register, "基本信息": [settings]})
    return _rescaled(_reclassed(made, rng), rng)


def faults(seed: int) -> list[str]:
    """What the recount finds in one year's report."""
    made = year(seed)
    workbooks = files(made) if seed % 10 == 0 else plain_files(made)
    return printed.faults(report(workbooks), workbooks)


def plain_files(made: Sample) -> dict[str, bytes]:
    """The rows as bare workbooks, without the looks of our forms: quicker, and read all the same."""
    found = {}
    for raw in raw_workbooks(made):
        book = openpyxl.Workbook(write_only=True)
        for sheet in raw.sheets:
            grid = book.create_sheet(sheet.name)
            for row in sheet.rows:
                grid.append(row)
        stream = io.BytesIO()
        book.save(stream)
        found[raw.file] = stream.getvalue()
    return found


def report(workbooks: dict[str, bytes]) -> bytes:
    """The report on these workbooks; its charts are dots."""
    read = [reader.read_workbook(content, name) for name, content in workbooks.items()]
    books = [book for book, _ in read if book is not None]
    dataset, found = validate_workbooks(books, tuple(KINDS[0].workbooks))
    issues = [*found, *KINDS[0].check(dataset)]
    wrong = [str(issue) for issue in issues if issue.severity is Severity.ERROR]
    if wrong:
        raise AssertionError(wrong)
    return default_report(KINDS[0].report(dataset), lambda _: PNG)


def _reclassed(made: Sample, rng: random.Random) -> Sample:
    """In every other year a scheme of two to five classes instead of those of the case."""
    if rng.random() < 0.5:
        return made
    letters = rng.choice(("甲乙丙丁戊", "ABCDE"))[: rng.randint(2, 5)]
    solved = rng.randint(1, len(letters) - 1)
    classes = [
        {"代码": letter, "名称": f"{'一二三四五'[place]}等办理", "计入解决": "是" if place < solved else "否",
         "需填原因": "否", "需填承诺时限": "否"}
        for place, letter in enumerate(letters)
    ]  # fmt: skip
    return _handled(
        replace(made, register={**made.register, "办理结果分类": classes}),
        lambda row: {**row, "办理结果": rng.choice(letters)} if row.get("办理结果") else row,
    )


def _rescaled(made: Sample, rng: random.Random) -> Sample:
    """Another scale of satisfaction."""
    chosen = rng.choice(SCALES)
    if not chosen:
        return made
    columns = ("名称", "计入满意", "需重新办理")
    classes = [dict(zip(columns, row.split(), strict=True)) for row in chosen]
    names = [row["名称"] for row in classes]
    redo = [row["名称"] for row in classes if row["需重新办理"] == "是"]

    def rated(row: dict[str, Any]) -> dict[str, Any]:
        new = {c: rng.choice(names) for c in ("满意度", "态度满意度", "重办满意度") if row.get(c)}
        if row.get("重办答复日期"):
            new["满意度"] = rng.choice(redo)
        return row | new

    return _handled(replace(made, register={**made.register, "满意度分类": classes}), rated)


def _handled(made: Sample, change: Any) -> Sample:
    """The year with every row of 办理情况 changed."""
    returns = {
        name: {**sheets, "办理情况": [change(dict(row)) for row in sheets["办理情况"]]}
        for name, sheets in made.returns.items()
    }
    return replace(made, returns=returns)


def main() -> int:
    """Run what the command line asks for and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.years")
    parser.add_argument("years", nargs="?", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="the first year")
    parser.add_argument("--only", type=int, metavar="SEED", help="one year")
    asked = parser.parse_args()
    seeds = [asked.only] if asked.only is not None else range(asked.seed, asked.seed + asked.years)
    clock, kinds = time.perf_counter(), Counter[str]()
    for seed in seeds:
        found = faults(seed)
        kinds["with faults" if found else "right"] += 1
        sys.stdout.writelines(f"{seed}: {fault}\n" for fault in found)
        sys.stdout.flush()
    sys.stdout.write(f"{dict(kinds)} in {time.perf_counter() - clock:.0f} s\n")
    return 1 if kinds["with faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
