"""The commands that work on many working folders at once."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

import reportgen
from reportgen.cli.group import CHARTS, DONE, FAULTY, choose_output, commands
from reportgen.cli.output import (
    ProgressBar,
    as_argument,
    print_text,
    show_issues,
    show_laid,
    show_next,
    show_saved,
    to_one_line,
)

if TYPE_CHECKING:
    from reportgen.commands.many.folder_report import FolderReport
    from reportgen.facts.report import ChartForm

_SHOWN = 20
"""So many folders without a report are named; 批量结果 has all."""


_CLUSTER = click.option(
    "--cluster", metavar="地址", default="",
    help="交给几台电脑一起做：dask 调度程序的地址，如 tcp://10.0.0.5:8786；目录要放在各台都能用同一路径打开的共享文件夹里。",
)  # fmt: skip


@commands.command(options_metavar="[选项]", short_help="批量：为许多工作目录各生成一份报告")
@click.argument("root", metavar="总目录", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "out", metavar="文件夹", type=click.Path(path_type=Path), required=True,
    help="结果放在哪里；每个工作目录在其中有一个同名的文件夹。",
)  # fmt: skip
@CHARTS
@click.option(
    "--workers", metavar="个数", type=click.IntRange(0, 256), default=None,
    help="同时生成几份，默认为处理器的核数；0 为一份一份来。",
)  # fmt: skip
@_CLUSTER
def batch(
    root: Path, out: Path, charts: ChartForm | None, workers: int | None, cluster: str
) -> None:
    """为总目录下的每个工作目录各生成一份报告，同时写出“批量结果.xlsx”：哪些生成了，哪些没有、为什么。

    一个目录有问题，不影响其余的。中途停了，再运行一次就接着做；内容没有变过的不重做。
    图默认用 Word 的可编辑图表（台账里写明的除外），没有改过的报告照常可以核对、更新、定稿。
    """
    with ProgressBar() as bar:
        done = reportgen.batch(
            root, out, charts=charts, workers=workers, cluster=cluster, tell=_Progress(bar)
        )
    for each in done.failed[:_SHOWN]:
        print_text(f"{to_one_line(each.folder)}：{each.outcome.value}")
        for line in each.errors:
            print_text(f"  {to_one_line(line)}")
    if len(done.failed) > _SHOWN:
        print_text(f"还有{len(done.failed) - _SHOWN}个目录没有生成，见批量结果。")
    kept = sum(each.outcome.name == "UNCHANGED" for each in done.reports)
    print_text(
        f"工作目录{len(done.reports)}个：新生成{len(done.reports) - len(done.failed) - kept}份，"
        f"没有变化{kept}份，没有生成{len(done.failed)}份。"
    )
    print_text(f"批量结果：{to_one_line(done.summary.path)}")
    again = f"再运行 reportgen batch {as_argument(root)} -o {as_argument(out)}，只做改过的和没有生成的。"
    show_next(f"改正没有生成的目录，{again}" if done.failed else f"有目录改了数据，{again}")
    sys.exit(FAULTY if done.failed else DONE)


@commands.command(options_metavar="[选项]", short_help="汇总：把许多工作目录的数合成一份报告")
@click.argument("root", metavar="总目录", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "out", metavar="文件夹", type=click.Path(path_type=Path),
    help="结果放在哪里，默认为总目录里的 output。",
)  # fmt: skip
@click.option(
    "--template",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="用这个报告模板，不用内置的。",
)
@click.option(
    "--charts", type=click.Choice(["picture", "native"]), default="picture",
    help="图的形式：picture 图片（默认），native 在 Word 里能改样式、能编辑数据的图表。",
)  # fmt: skip
@click.option(
    "--workers", metavar="个数", type=click.IntRange(0, 256), default=None,
    help="同时统计几个目录，默认为处理器的核数；0 为一个一个来。",
)  # fmt: skip
@click.option(
    "--reports", metavar="文件夹", type=click.Path(path_type=Path),
    help="各单位自己的报告不在它的目录里的，写它们在哪里（如 batch 的结果），与数据不一致的一并指出。",
)  # fmt: skip
@click.option(
    "--write-template", is_flag=True,
    help="在总目录里写出内置的“汇总模板.docx”和“汇总模板字段表.xlsx”，在 Word 里改好以后再汇总就用它。",
)  # fmt: skip
@_CLUSTER
def rollup(
    root: Path, out: Path | None, template: Path | None, charts: ChartForm, workers: int | None,
    cluster: str, reports: Path | None, *, write_template: bool,
) -> None:  # fmt: skip
    """把总目录下各个工作目录的数加起来，生成一份汇总报告：合计、分单位、分类别、排名和各单位统计表。

    件数相加；占比、比率由相加后的数重新计算。每个数都查得到是哪个单位的哪些单元格。
    有错误、读不出、重复或者不是这一期的目录不计入，逐个说明，报告里也写明没有计入。
    汇总报告照常用 trace、verify、refresh、finalize，目录写总目录。
    """
    with ProgressBar() as bar:
        done = reportgen.rollup(
            root, choose_output(root, out), template=template, charts=charts, workers=workers,
            cluster=cluster, reports=reports, write_template=write_template, tell=_Counting(bar),
        )  # fmt: skip
    show_issues(done.strays, "其余见汇总结果")
    for report in done.reports:
        show_issues(report.issues, "其余见汇总结果")
        print_text(f"{report.kind}：计入{report.counted}个单位，没有计入{report.left_out}个。")
        show_saved("汇总报告", report.document)
    print_text(f"汇总结果：{to_one_line(done.summary.path)}（哪些计入、哪些没有、为什么）")
    if done.settings:
        said = "填好单位名称、署名、成文日期，再汇总一次，就写进报告"
        print_text(f"已生成：{to_one_line(done.settings)}（{said}）")
    if done.template:
        show_laid(done.template)
    first = done.reports[0].document.path
    errors = done.strays or any(report.errors for report in done.reports)
    again = f"运行 reportgen verify {as_argument(first)} {as_argument(root)} 核对。"
    show_next("改正上面的错误，再汇总一次。" if errors else f"在 Word 里看一遍，改过以后{again}")
    sys.exit(FAULTY if errors else DONE)


class _Counting:
    """How many folders are counted, and which is the last."""

    def __init__(self, bar: ProgressBar) -> None:
        self._bar, self._done = bar, 0

    def __call__(self, folder: str, total: int) -> None:
        self._done += 1
        self._bar(self._done, total, folder)


class _Progress:
    """How many are done and failed, and how long the rest may take."""

    def __init__(self, bar: ProgressBar) -> None:
        self._bar, self._begun = bar, time.monotonic()
        self._done = self._failed = 0

    def __call__(self, report: FolderReport, total: int) -> None:
        self._done += 1
        self._failed += not report.is_done
        left = (time.monotonic() - self._begun) / self._done * (total - self._done)
        said = f"没有生成{self._failed}，约还要{_put_time_in_words(left)}"
        self._bar(self._done, total, said)


def _put_time_in_words(seconds: float) -> str:
    return f"{seconds:.0f}秒" if seconds < 100 else f"{seconds / 60:.0f}分钟"
