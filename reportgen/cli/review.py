"""``review`` at the door: what it prints, and its exit code."""

from __future__ import annotations

import datetime as dt
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

import reportgen
from reportgen.cli.as_json import print_json, review_as_json
from reportgen.cli.group import DONE, FAULTY, FOLDER, OUTPUT, TODAY, choose_output, commands
from reportgen.cli.output import (
    SHOWN_IN_ALL,
    ProgressBar,
    as_argument,
    look_of,
    print_text,
    show_earlier,
    show_next,
    to_one_line,
)

if TYPE_CHECKING:
    from reportgen.commands.review import Review
    from reportgen.reports.review import Remark


@commands.command(options_metavar="[选项]", short_help="审核各部门的答复函")
@FOLDER
@OUTPUT
@TODAY
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供其他程序使用。")
def review(folder: Path, out: Path | None, today: dt.date, *, as_json: bool) -> None:
    """审核“答复函”文件夹里的全部答复函（.docx，文件名不限），一次列出全部问题。

    与台账、填报表对照件号、标题、主送、类别、署名、日期等，在输出文件夹写出“答复函审核/审核结果.xlsx”，
    给有错误的答复函各做一份加了批注的副本（原件不动），并在“审核记录.xlsx”里每份每次添一行。
    """
    with ProgressBar() as bar:
        done = reportgen.review(folder, choose_output(folder, out), today, progress=bar)
    if as_json:
        print_json(review_as_json(done))
    else:
        show_review(done)
        show_next(_next_step(done, folder))
    sys.exit(FAULTY if done.errors else DONE)


def _next_step(done: Review, folder: Path) -> str:
    if done.errors:
        return f"把加了批注的副本发回部门改正，收回后放回“{done.name}”文件夹，再运行 reportgen review {as_argument(folder)} 审核。"
    return "审核人看过“请审核人判断”的各处，在“审核记录.xlsx”里填写人工结论。"


def show_review(done: Review) -> None:
    """Grouped by file, errors before reminders before what a person has to judge."""
    shown = 0
    for file, group in groupby(done.reviewed.remarks, key=lambda remark: remark.file):
        found = sorted(group, key=_rank)
        if shown + len(found) > SHOWN_IN_ALL:
            print_text(f"其余见{to_one_line(done.files.saved[-1].path)}")
            break
        shown += len(found)
        print_text(click.style(to_one_line(file) or "没有交来的", bold=True))
        for remark in found:
            _show_remark(remark)
    counts = "，".join(f"{name}{count}份" for name, count in done.reviewed.summary if count)
    print_text(f"审核完毕：{counts}。")
    *copies, result = done.files.saved
    print_text(f"审核结果：{to_one_line(result.path)}")
    if copies:
        first = copies[0].path
        where = first if len(copies) == 1 else first.parent
        print_text(f"加了批注的副本{len(copies)}份，在：{to_one_line(where)}")
    show_earlier(done.files, "上次的副本已不需要，")
    print_text(f"审核记录：{to_one_line(done.record)}")


def _rank(remark: Remark) -> int:
    return 2 if remark.judgement else int(str(remark.severity) == "提醒")


def _show_remark(remark: Remark) -> None:
    said = to_one_line(
        f"{remark.place}：{remark.message}。" if remark.file else f"{remark.message}。"
    )
    print_text(
        f"  {click.style(remark.level, **look_of(str(remark.severity)))}  {said}\n        {to_one_line(remark.remedy)}。"
    )
