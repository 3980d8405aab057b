"""The command that opens the page to work in."""

from __future__ import annotations

from collections.abc import Sequence
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
@click.option(
    "--lan", is_flag=True, help="让办公网里的部门用各自的链接下载、交表；不写就只有本机能用。"
)
@click.option(
    "--cert",
    metavar="证书",
    type=click.Path(path_type=Path),
    help="与 --lan、--key 一起用：PEM 格式的证书，传送加密。",
)
@click.option(
    "--key",
    metavar="私钥",
    type=click.Path(path_type=Path),
    help="与 --cert 配对的私钥，PEM 格式，没有密码。",
)
@click.option(
    "--host",
    "hosts",
    metavar="地址",
    multiple=True,
    help="与 --lan 一起用：只在这个地址（IPv4、IPv6 或本机的名称）上开，链接也用它；可以写几次。",
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只写出地址。")
def page(
    folder: Path, port: int, cert: Path | None, key: Path | None, hosts: tuple[str, ...],
    *, lan: bool, no_browser: bool,
) -> None:  # fmt: skip
    """打开工作台：在浏览器里建立工作目录、交办、收表、核查、生成报告、核对和定稿。

    目录可以是一个工作目录，也可以是放着几个工作目录的文件夹。只有这台电脑上能打开，不连外网。
    写上 --lan 的，部门可以在办公网里用各自的链接下载和交自己的表；链接在“链接”一页生成。
    """
    from reportgen.page.lan import PORT, Network  # noqa: PLC0415
    from reportgen.page.serve import open_browser, serve_page  # noqa: PLC0415

    if (cert is None) != (key is None) or (cert and not lan):
        raise click.UsageError("--cert 和 --key 要一起写，并且只与 --lan 一起用。")
    if hosts and not lan:
        raise click.UsageError("--host 只与 --lan 一起用。")

    def tell(opened: OpenedPage) -> None:
        print_text(f"工作台已打开：{to_one_line(opened.address)}")
        print_text(
            "只有这台电脑能打开这个地址，请不要转发。用完后在页面上点“停止”，或关闭这个窗口。"
        )
        if lan:
            _tell_network(opened.links, secure=cert is not None)
        if not no_browser:
            open_browser(opened.address)

    serve_page(
        folder, tell, port or (PORT if lan else 0), Network(cert, key, hosts) if lan else None
    )
    print_text("工作台已停止。")


def _tell_network(links: Sequence[str], *, secure: bool) -> None:
    where = "、".join(links) or "没有找到，电脑可能没有接网线"
    print_text(f"部门可以从办公网交表，本机在网里的地址：{where}。请在“链接”一页生成各部门的链接。")
    if not secure:
        print_text("没有证书（--cert、--key），传送没有加密：只在可以信任的办公网里用。")
