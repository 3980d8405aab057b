"""The command that opens the page to work in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.group import commands
from reportgen.cli.output import print_text, to_one_line

if TYPE_CHECKING:
    from reportgen.page.serve import OpenedPage


@commands.command(options_metavar="[选项]", short_help="打开工作台：在浏览器里做完全部工作")
@click.argument("folder", metavar="[目录]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--port",
    metavar="端口",
    default=0,
    type=click.IntRange(0, 65535),
    help="用这个端口，默认为任一空闲的。",
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只写出地址。")
def page(folder: Path, port: int, *, no_browser: bool) -> None:
    """打开工作台：在浏览器里建立工作目录、交办、收表、核查、生成报告、核对和定稿。

    目录可以是一个工作目录，也可以是放着几个工作目录的文件夹。只有这台电脑上能打开，不连外网。
    """
    from reportgen.page.serve import open_browser, serve_page  # noqa: PLC0415

    def tell(opened: OpenedPage) -> None:
        print_text(f"工作台已打开：{to_one_line(opened.address)}")
        print_text(
            "只有这台电脑能打开这个地址，请不要转发。用完后在页面上点“停止”，或关闭这个窗口。"
        )
        if not no_browser:
            open_browser(opened.address)

    serve_page(folder, tell, port)
    print_text("工作台已停止。")
