"""The commands up to the report: set up, hand out, check, build; and the files an office makes its own."""

from __future__ import annotations

import datetime as dt
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

import reportgen
from reportgen.cli.as_json import check_as_json, print_json
from reportgen.cli.group import (
    CHARTS,
    DONE,
    FAULTY,
    FOLDER,
    KIND,
    OUTPUT,
    PDF,
    TODAY,
    choose_output,
    commands,
)
from reportgen.cli.output import (
    ProgressBar,
    as_argument,
    mark_unseen,
    print_text,
    show_issues,
    show_laid,
    show_next,
    show_pdf,
    show_saved,
    show_sent_back,
    show_summary,
    show_table,
    to_one_line,
)
from reportgen.data import day_in_words

if TYPE_CHECKING:
    from reportgen.commands.build import BuiltReport
    from reportgen.commands.check import CheckedFolder
    from reportgen.facts.report import ChartForm

_MANY = 6
"""Files of one folder that are still named one by one."""


@commands.command(options_metavar="[选项]", short_help="建立工作目录（空白台账、报告模板等）")
@FOLDER
@click.option("--sample", is_flag=True, help="放入填好的永安镇示例。")
@click.option(
    "--from",
    "before",
    metavar="上年目录",
    type=click.Path(path_type=Path),
    help="沿用上年工作目录的设置、名单、报告模板和上年的数据。",
)
@KIND
def init(folder: Path, before: Path | None, kind: str, *, sample: bool) -> None:
    """建立工作目录：空白台账、报告模板、模板字段表和双击即可运行的命令。

    已有的文件不会被覆盖。
    """
    from reportgen.commands.init import init_from  # noqa: PLC0415
    from reportgen.commands.kinds import kind_named  # noqa: PLC0415

    if before and (sample or kind):
        raise click.UsageError("--from 不能和 --sample、--kind 一起用：种类和上年的相同。")
    laid = (
        init_from(folder, before)
        if before
        else reportgen.init(folder, sample=sample, kind=kind_named(kind))
    )
    show_laid(laid, "新台账沿用了上年的内容，请看一遍：")
    if sample:
        show_next(
            f"看看填好的台账和填报表，再运行 reportgen build {as_argument(folder)} 生成报告。"
        )
    else:
        show_next(f"填好“{laid.register}”，再运行 reportgen assign {as_argument(folder)} 交办。")


@commands.command("import-ledger", options_metavar="[选项]", short_help="导入已有的旧台账")
@click.argument("file", metavar="旧台账", type=click.Path(path_type=Path))
@FOLDER
@click.option(
    "--sheet", metavar="工作表", default="", help="导入哪张工作表，默认为最像台账的一张。"
)
@KIND
def import_ledger(file: Path, folder: Path, sheet: str, kind: str) -> None:
    """把已有的旧台账导入为标准的台账，放在工作目录里。

    旧台账可以是 .xlsx、.xls、.ods、.csv，或从网页系统导出的表格。

    表头怎样对应、哪些内容是推断的、哪些行和栏没有导入，都会列出来，并写入“导入说明.xlsx”。
    已有的台账不会被覆盖。
    """
    from reportgen.commands.kinds import kind_named  # noqa: PLC0415

    imported = reportgen.import_ledger(file, folder, sheet=sheet, kind=kind_named(kind))
    for line in imported.lines:
        print_text(mark_unseen(line))
    if imported.aside:
        print_text(f"工作目录里已有“{imported.register}”，没有覆盖；导入的内容另存为下面的文件。")
    for parent, paths in groupby(imported.written, key=lambda path: path.parent):
        found = list(paths)
        if len(found) > _MANY:
            print_text(f"已生成：{to_one_line(parent)} 里的{len(found)}份部门填报表")
            continue
        for path in found:
            print_text(f"已生成：{to_one_line(path)}")
    show_next(
        f"对照“导入说明.xlsx”核对，补填“基本信息”等内容，再运行 reportgen check {as_argument(folder)} 核查。"
    )


@commands.command(options_metavar="[选项]", short_help="交办：给每个部门生成填报表")
@FOLDER
def assign(folder: Path) -> None:
    """交办：按台账给每个承办部门生成一份填报表，放在“填报”文件夹。

    已有的填报表不会改动；新增的件另出一份补充表。
    """
    laid = reportgen.assign(folder)
    show_laid(laid, "还要部门填、发出的表里没有列的（没有为此另发表）：")
    show_issues(laid.issues)
    if laid.issues and not laid.written and not laid.kept:
        show_next(f"改正上面的错误，再运行 reportgen assign {as_argument(folder)} 交办。")
        sys.exit(FAULTY)
    sent = (
        "把“填报”文件夹里新生成的文件发给各部门"
        if laid.written
        else "没有新的表要发；还没有发出的照发"
    )
    show_next(f"{sent}，收回后放回原处，再运行 reportgen check {as_argument(folder)} 核查。")


@commands.command(options_metavar="[选项]", short_help="核查台账和各部门填报表")
@FOLDER
@OUTPUT
@TODAY
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供其他程序使用。")
def check(folder: Path, out: Path | None, today: dt.date, *, as_json: bool) -> None:
    """核查台账和各部门填报表，一次列出全部问题：在哪里、错在哪、怎么改。

    同时在输出文件夹写出核查结果.xlsx（交回情况、问题清单、催报）和双击就能看的核查结果.html，并给有错误的工作簿各做一份
    标明错处的副本，放在“退改”文件夹，可直接发给部门改正。
    """
    from reportgen.commands.check import send_back  # noqa: PLC0415
    from reportgen.schema.model import Stage  # noqa: PLC0415

    with ProgressBar() as bar:
        checked = reportgen.check(folder, today=today, stage=Stage.CHECK, progress=bar)
    if not as_json:  # before anything is saved: 核查结果 may be open in Excel
        show_issues(checked.issues, "其余见核查结果.xlsx，或加 --json 查看全部")
        show_summary(checked)
    sent = send_back(checked, folder, choose_output(folder, out))
    if as_json:
        print_json(check_as_json(checked, sent))
    else:
        show_sent_back(sent)
        show_next(_tell_next_step(checked, folder))
    sys.exit(FAULTY if checked.errors else DONE)


def _tell_next_step(checked: CheckedFolder, folder: Path) -> str:
    if checked.errors:
        return f"{_tell_who_corrects(checked)}再运行 reportgen check {as_argument(folder)}。"
    first = "填好“还没有填”的各项，再" if checked.still_due else ""
    return f"{first}运行 reportgen build {as_argument(folder)} 生成报告。"


def _tell_who_corrects(checked: CheckedFolder) -> str:
    """What the office does itself, what it sends to whom; only what there is to do."""
    from reportgen.reports.assignment.return_checks import NOT_RETURNED  # noqa: PLC0415

    own = checked.files[0].name
    missing = [one for one in checked.errors if one.code in NOT_RETURNED]
    others = [one for one in checked.errors if one not in missing]
    todo = [
        "改正台账的错误" if any(one.file == own for one in others) else "",
        "把“退改”里的副本发给部门改正" if any(one.file != own for one in others) else "",
        "用“核查结果”里“催报”的话催收没有交的表" if missing else "",
    ]
    return "；".join(filter(None, todo)) + "；办好后"


@commands.command(options_metavar="[选项]", short_help="打印用的办理卡片，一件一页")
@FOLDER
@click.argument("department", metavar="[部门]", default="")
@OUTPUT
def cards(folder: Path, department: str, out: Path | None) -> None:
    """办理卡片：一件一页的 Word 文档，交办机关填的各栏已印好，其余手写；供不用电脑的承办人用。

    不写部门的，全部部门的都在里面，一页一件。
    """
    done = reportgen.cards(folder, choose_output(folder, out), department)
    show_saved(f"办理卡片{done.count}页", done.document)
    show_next("打印出来发给各部门，手写填好后照着录入填报表。")


@commands.command(options_metavar="[选项]", short_help="督办看板：谁办到哪一步，还有几天")
@FOLDER
@OUTPUT
@TODAY
def status(folder: Path, out: Path | None, today: dt.date) -> None:
    """督办看板：各部门交了没有、办到哪一步，还有几天或逾期几天。

    同时生成一页的 Word 督办通报，和双击就能看的看板.html。
    """
    with ProgressBar() as bar:
        found = reportgen.status(folder, choose_output(folder, out), today, progress=bar)
    print_text(f"截至{day_in_words(today)}")
    for title, rows in found.board.items():
        show_table(title, rows, found.in_brief.get(title, ()))
    if found.faults:
        print_text(f"数据有错误{len(found.faults)}处，看板可能不全，请先运行 reportgen check。")
    show_saved("督办通报", found.notice)
    print_text(f"看板，双击在浏览器里看：{to_one_line(found.page.path)}")
    show_next("看过督办通报，发给各部门。")


@commands.command(options_metavar="[选项]", short_help="生成 Word 报告")
@FOLDER
@OUTPUT
@click.option(
    "--template", metavar="文件", type=click.Path(path_type=Path), help="使用另外的报告模板。"
)
@click.option("--draft", is_flag=True, help="有错误也生成，作为草稿，首页列出问题。")
@click.option("--annotate", is_flag=True, help="在每个数字旁加批注，写明来源，供审阅用。")
@CHARTS
@PDF
def build(
    folder: Path, out: Path | None, template: Path | None, charts: ChartForm | None, *,
    draft: bool, annotate: bool, pdf: bool,
) -> None:  # fmt: skip
    """核查、统计并生成正式的 Word 报告。有错误时不生成，除非加 --draft。"""
    if charts != "native":
        from reportgen.charts.drawing_process import expect_charts  # noqa: PLC0415

        expect_charts()
    with ProgressBar() as bar:
        built = reportgen.build(
            folder,
            choose_output(folder, out),
            template=template,
            draft=draft,
            annotate=annotate,
            charts=charts,
            pdf=pdf,
            progress=bar,
        )
    show_issues(built.checked.issues)
    if built.document is None:
        show_summary(built.checked)
        show_next(
            f"改正上面的错误再生成；先运行 reportgen check {as_argument(folder)} 可得到标明错处的副本，"
            "加 --draft 可先出草稿。"
        )
        sys.exit(FAULTY)
    show_saved("已生成报告", built.document)
    print_text(f"数据来源表：{to_one_line(built.facts)}")
    show_pdf(built.pdf)
    _warn_of_template(built)
    if draft or annotate:
        show_next(
            f"供审阅用；数据齐了以后运行 reportgen build {as_argument(folder)} 生成正式报告。"
        )
    else:
        show_next(
            f"在 Word 里审改，改好后运行 reportgen finalize {as_argument(built.document.path)} {as_argument(folder)} 定稿。"
        )


def _warn_of_template(built: BuiltReport) -> None:
    """What of the office's sentences is not used, and what of its template nobody sees."""
    if built.idle:
        print_text(
            f"提醒：“报告句子.docx”里写了“{to_one_line('”“'.join(built.idle))}”，报告模板没有用到，没有写进报告。"
        )
    if built.unseen:
        print_text(
            "提醒：报告模板里有看不见的文字（隐藏、白色或极小），会照样留在报告里，不要的请在模板中删去："
        )
    for place, text in built.unseen:
        print_text(f"  · {place}“{to_one_line(mark_unseen(text))}”")


@commands.command(options_metavar="[选项]", short_help="按工作目录的数据重新生成模板字段表")
@FOLDER
def fields(folder: Path) -> None:
    """按工作目录里的数据、报告模板和句子，重新生成“模板字段表.xlsx”：每个字段的写法、含义和现在的值。

    分类列出，用得最多的在前；改过的字段表先移到“上一版”。
    """
    from reportgen.commands import standard_files  # noqa: PLC0415

    show_laid(standard_files.fields(folder))
    show_next(
        f"照抄“写法”一栏到“报告模板.docx”里要用的地方，再运行 reportgen build {as_argument(folder)} 生成报告。"
    )


@commands.command(options_metavar="[选项]", short_help="写出报告里的句子，供修改")
@FOLDER
def sentences(folder: Path) -> None:
    """把报告模板里 {{ 句.名称 }} 所用的句子写到工作目录的“报告句子.docx”，在 Word 中改了就照改过的写。

    已有的文件不会被覆盖；其中没有的句子用内置的。要恢复内置的句子，把这个文件移走即可。
    """
    from reportgen.commands import standard_files  # noqa: PLC0415

    show_laid(standard_files.sentences(folder))
    if not standard_files.uses_sentences(folder):
        print_text(
            "提醒：现在的报告模板没有用到这些句子，改了也不会写进报告。请把要用的 {{ 句.名称 }} 写进"
            "“报告模板.docx”；或把它移走，用 reportgen init 重新写出一份默认的模板。"
        )
    show_next(
        f"在 Word 里改“报告句子.docx”第三格的文字，再运行 reportgen build {as_argument(folder)} 生成报告。"
    )


@commands.command(options_metavar="[选项]", short_help="生成空白标准表和默认模板")
@FOLDER
@click.option("--overwrite", is_flag=True, help="覆盖已有的同名文件。")
@KIND
def forms(folder: Path, kind: str, *, overwrite: bool) -> None:
    """生成空白的标准表、默认报告模板和模板字段表。"""
    from reportgen.commands import standard_files  # noqa: PLC0415
    from reportgen.commands.kinds import kind_named  # noqa: PLC0415

    show_laid(standard_files.forms(folder, overwrite=overwrite, kind=kind_named(kind)))
    show_next("这些是空白表样；要开始一年的工作，运行 reportgen init 目录。")
