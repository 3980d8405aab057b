"""``papers`` at the door: what it prints, and its exit code."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

import reportgen
from reportgen.cli.group import DONE, FAULTY, FOLDER, OUTPUT, TODAY, choose_output, commands
from reportgen.cli.output import (
    ProgressBar,
    as_argument,
    print_text,
    show_issues,
    show_next,
    to_one_line,
)

if TYPE_CHECKING:
    from reportgen.commands.papers import WrittenPapers


@commands.command(options_metavar="[选项]", short_help="生成公文：通知、底稿、台账")
@FOLDER
@click.argument("names", metavar="[公文…]", nargs=-1)
@OUTPUT
@TODAY
@click.option("--templates", is_flag=True, help="只把内置的公文模板写到“公文模板”文件夹，供修改。")
def papers(
    folder: Path, names: Sequence[str], out: Path | None, today: dt.date, *, templates: bool
) -> None:
    """生成报告以外的公文，放在输出文件夹的“公文”里；不写哪几种的，数据够写的都写。

    没有数据的地方写“【待填】”，涂成黄色。有人改动过的公文不会被覆盖，新的另存在旁边。

    工作目录的“公文模板”文件夹里有同名的模板，就用那里的；加 --templates 写出内置的模板。
    """
    if templates:
        _write_templates(folder)
        return
    with ProgressBar() as bar:
        done = reportgen.papers(folder, choose_output(folder, out), today, names, progress=bar)
    if done.errors:
        show_issues(done.errors)
        show_next(
            f"台账有错误，没有生成公文。改正后再运行 reportgen papers {as_argument(folder)}。"
        )
        sys.exit(FAULTY)
    show_papers(done)
    if done.files:
        show_next("打开公文，把涂成黄色的“【待填】”填好，再发出去。")
    else:
        show_next(f"数据有了变化，再运行 reportgen papers {as_argument(folder)}。")
    sys.exit(DONE)


def _write_templates(folder: Path) -> None:
    from reportgen.commands.papers import TEMPLATES, templates  # noqa: PLC0415

    written = templates(folder)
    for path in written:
        print_text(f"已生成：{to_one_line(path)}")
    if not written:
        print_text(f"“{TEMPLATES}”文件夹里已经都有了，没有覆盖；要恢复内置的，把那一份移走再运行。")
    show_next(f"在 Word 里改文字和版式，再运行 reportgen papers {as_argument(folder)} 生成公文。")


def show_papers(done: WrittenPapers) -> None:
    """Each kind with how many and where; what stands beside an edited one; what there was no data for."""
    for name, saved in done.files.items():
        where = saved[0].path if len(saved) == 1 else saved[0].path.parent
        print_text(f"{name}{len(saved)}份：{to_one_line(where)}")
        for one in saved:
            if one.aside:
                print_text(
                    f"  已有同名的（有人改动过），没有覆盖；新的另存为：{to_one_line(one.path)}"
                )
    if done.nothing:
        print_text(f"没有要写的：{'、'.join(done.nothing)}。")
    for path in done.kept:
        print_text(f"这一份已经不需要，但有人改动过，没有动它：{to_one_line(path)}")
    if done.faults:
        print_text(
            f"提醒：填报的数据有错误{done.faults}处，公文可能不准，请先运行 reportgen check。"
        )
