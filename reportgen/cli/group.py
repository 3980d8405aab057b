"""The commands' group, and the arguments and options that several of them take."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

import reportgen
from reportgen.cli.output import to_one_line

DONE, FAULTY, CANNOT = 0, 1, 2
INTERRUPTED = 130
"""As shells have it: 128 and the number of the signal."""


def _expect_workbooks(
    _context: click.Context, _parameter: click.Parameter, folder: Path | None
) -> Path | None:
    """The process that parses them starts while pandas is loaded."""
    from reportgen.excel.read import child  # noqa: PLC0415

    if folder is not None:
        child.start_process()
    return folder


FOLDER = click.argument(
    "folder", metavar="目录", type=click.Path(path_type=Path), callback=_expect_workbooks
)

MAYBE_FOLDER = click.argument(
    "folder", metavar="[目录]", required=False, type=click.Path(path_type=Path),
    callback=_expect_workbooks,
)  # fmt: skip

REPORT = click.argument("report", metavar="报告", type=click.Path(path_type=Path))

OUTPUT = click.option(
    "-o", "--output", "out", metavar="文件夹", type=click.Path(path_type=Path),
    help="结果放在哪里，默认为工作目录里的 output。",
)  # fmt: skip

BESIDE = click.option(
    "-o", "--output", "out", metavar="文件", type=click.Path(path_type=Path),
    help="存到哪个文件或文件夹，默认与原报告放在一起。",
)  # fmt: skip


CHARTS = click.option(
    "--charts", type=click.Choice(["picture", "native"]), default=None,
    help="图的形式：picture 图片，native 在 Word 里能改样式、能编辑数据的图表；默认按台账“基本信息”的“图的形式”。",
)  # fmt: skip


def _parse_day(_context: click.Context, _parameter: click.Parameter, text: str | None) -> dt.date:
    """The day asked for, in any usual form, else today."""
    from reportgen.schema.columns import Day  # noqa: PLC0415

    found = dt.date.today() if text is None else Day().read(text)
    if not isinstance(found, dt.date):
        raise click.BadParameter(f"“{to_one_line(text)}”不是日期，请写成 2024-6-1 的样子。")
    return found


def choose_output(folder: Path, out: Path | None) -> Path:
    """Where results go: what is checked elsewhere never touches the results of this folder."""
    from reportgen.workspace.names import OUTPUT as USUAL  # noqa: PLC0415

    return folder / USUAL if out is None else out


MADE_WITH = click.option(
    "--template", metavar="文件", type=click.Path(path_type=Path),
    help="报告是用这个报告模板生成的，不是工作目录里的那个。",
)  # fmt: skip

PDF = click.option(
    "--pdf", is_flag=True, help="同时存一份 PDF（用电脑上的 Word、WPS 或 LibreOffice 转换）。"
)

KIND = click.option(
    "--kind", metavar="名称", default="", help="建立哪一种报告的文件；不写的用最常用的一种。"
)

TODAY = click.option(
    "--today", metavar="日期", callback=_parse_day, help="按哪一天核对期限，默认为今天。"
)


@click.group(
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(reportgen.__version__, prog_name="reportgen")
def commands() -> None:
    """由部门填报的 Excel 表生成正式的 Word 报告。

    \b
    顺序：init 建立工作目录，填好台账后 assign 交办，
    收回填报表后 check 核查，最后 build 生成报告。
    """
