"""``publish`` at the door: what it prints, and its exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import reportgen
from reportgen.cli.group import DONE, FAULTY, FOLDER, OUTPUT, choose_output, commands
from reportgen.cli.output import ProgressBar, as_argument, print_text, show_next, to_one_line

if TYPE_CHECKING:
    from reportgen.commands.publish import Published


@commands.command(options_metavar="[选项]", short_help="给审核通过的答复函做上网的公开稿")
@FOLDER
@OUTPUT
def publish(folder: Path, out: Path | None) -> None:
    """给审核通过的答复函各做一份公开稿，放在输出文件夹的“答复函审核/公开稿”里，原件不动。

    电话、手机号、联系人、签发人、批注、修订痕迹和作者等文档信息都去掉，逐份列出去掉了什么。

    有错误的、写明不予公开或依申请公开的，不做公开稿，并说明原因。
    """
    with ProgressBar() as bar:
        done = reportgen.publish(folder, choose_output(folder, out), progress=bar)
    show_published(done)
    made = sum(one.copy is not None for one in done.papers)
    if made:
        show_next("打开公开稿看一遍，再放上网站。")
    else:
        show_next(
            f"没有可以公开的；先运行 reportgen review {as_argument(folder)} 审核，改正后再运行。"
        )
    sys.exit(DONE if made else FAULTY)


def show_published(done: Published) -> None:
    """Of each paper its copy and what was removed, or why there is none."""
    for one in done.papers:
        if one.copy is None:
            print_text(
                f"{click.style('没有公开', fg='yellow')}  {to_one_line(one.file)}：{to_one_line(one.refused)}。"
            )
            continue
        print_text(f"{to_one_line(one.file)} → {to_one_line(one.copy.path)}")
        print_text(f"        去掉了：{to_one_line('、'.join(one.removed))}。")
        for note in one.notes:
            print_text(f"        提醒：{note}。")
    for path in done.withdrawn:
        print_text(f"以前的公开稿不再公开，移到了“上一版”：{to_one_line(path)}")
    for path in done.kept:
        print_text(f"以前的公开稿不再公开，但有人改动过，没有动它，请自己删去：{to_one_line(path)}")
    made = sum(one.copy is not None for one in done.papers)
    print_text(f"公开稿{made}份，没有公开的{len(done.papers) - made}份。")
