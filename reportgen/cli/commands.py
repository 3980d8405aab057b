"""The door: the only room that prints, reads the environment and picks exit codes.

0 done (reminders included) · 1 the data has errors · 2 cannot run · 130 interrupted (Ctrl-C).
"""

from __future__ import annotations

import datetime as dt
import gc
import gettext
import logging
import os
import signal
import sys
import traceback
from importlib.resources import files
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from reportgen.commands.check import Checked

os.environ["LANGUAGE"] = "zh_CN"  # read by gettext when click looks up its words
gettext.bindtextdomain("messages", str(files("reportgen.cli") / "locale"))

import click  # noqa: E402  (its words are looked up in the catalogue bound above)

import reportgen  # noqa: E402
from reportgen.cli.output import (  # noqa: E402
    Bar,
    check_as_json,
    finding_as_json,
    hush,
    in_line,
    proof_as_json,
    say,
    say_json,
    show_done,
    show_findings,
    show_issues,
    show_laid,
    show_next,
    show_proof,
    show_sent_back,
    show_summary,
    show_table,
    show_verdict,
    usage,
    visible,
)  # fmt: skip
from reportgen.errors import ReportgenError  # noqa: E402
from reportgen.workspace.names import OUTPUT as OUTPUT_FOLDER  # noqa: E402

DONE, FAULTY, CANNOT = 0, 1, 2
INTERRUPTED = 130
"""As shells have it: 128 and the number of the signal."""
TAKEN = "已有同名的文件，没有覆盖；另存为下面的文件。"
_MANY = 6
"""Files of one folder that are still named one by one."""


def _expect_workbooks(
    _context: click.Context, _parameter: click.Parameter, folder: Path | None
) -> Path | None:
    """The process that parses them starts while pandas is loaded."""
    from reportgen.excel.read import child  # noqa: PLC0415

    if folder is not None:
        child.expect()
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


def _day(_context: click.Context, _parameter: click.Parameter, text: str | None) -> dt.date:
    """The day asked for, in any usual form, else today."""
    from reportgen.schema.columns import Day  # noqa: PLC0415

    found = dt.date.today() if text is None else Day().read(text)
    if not isinstance(found, dt.date):
        raise click.BadParameter(f"“{in_line(text)}”不是日期，请写成 2024-6-1 的样子。")
    return found


def _place(folder: Path, out: Path | None) -> Path:
    """Where results go: what is checked elsewhere never touches the results of this folder."""
    return folder / OUTPUT_FOLDER if out is None else out


MADE_WITH = click.option(
    "--template", metavar="文件", type=click.Path(path_type=Path),
    help="报告是用这个报告模板生成的，不是工作目录里的那个。",
)  # fmt: skip

TODAY = click.option(
    "--today", metavar="日期", callback=_day, help="按哪一天核对期限，默认为今天。"
)


def main() -> None:
    """Run the command line; a ReportgenError is one message, anything else is our bug.

    Ctrl-C is one line at any moment, with an exit code of its own.
    """
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _run()
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断，没有做完。已写好的文件都是完整的，再运行一次即可。", err=True)
        sys.exit(INTERRUPTED)


def _run() -> None:
    os.environ["MPLBACKEND"] = "agg"  # one that is not installed would keep charts from being drawn
    for stream in (sys.stdout, sys.stderr):
        _speak_chinese(stream)
    gc.set_threshold(
        100_000, 20, 50
    )  # cells are no garbage: searching them takes a tenth of the time
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # on its first run it speaks English
    try:
        sys.exit(commands(standalone_mode=False) or DONE)
    except click.ClickException as error:
        click.echo(usage(error), err=True)
        sys.exit(CANNOT)
    except click.Abort:
        raise
    except ReportgenError as error:
        _stop("不能继续：" + "\n".join(map(in_line, error.lines)))
    except OSError as error:
        _stop(f"不能继续：{in_line(_refused(error))}")
    except Exception:  # noqa: BLE001
        _stop(f"{traceback.format_exc()}程序出了意外，这是软件的问题。请把上面的内容发给维护人员。")


def _stop(why: str) -> NoReturn:
    try:
        click.echo(visible(why), err=True)
    except OSError:  # nobody listens there either
        hush(sys.stderr)
    sys.exit(CANNOT)


def _refused(error: OSError) -> str:
    """What the system refused outside of the working folder: most likely to take what is printed."""
    from reportgen.workspace.faults import cause  # noqa: PLC0415

    why, remedy = cause(error)
    where = f"“{error.filename}”" if error.filename else "屏幕输出写不进去："
    return f"{where}{why}。{remedy}。"


def _speak_chinese(stream: object) -> None:
    """Let a stream that has no Chinese characters write UTF-8; nothing to do where there is none."""
    if isinstance(stream, TextIOWrapper):
        try:
            "报告".encode(stream.encoding)
        except (UnicodeEncodeError, LookupError):
            stream.reconfigure(encoding="utf-8")
        stream.reconfigure(errors="replace")


@click.group(
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(reportgen.__version__, prog_name="reportgen")
def commands() -> None:
    """由部门填报的 Excel 表生成人大代表建议办理情况报告。

    \b
    顺序：init 建立工作目录，填好台账后 assign 交办，
    收回填报表后 check 核查，最后 build 生成报告。
    """


@commands.command(options_metavar="[选项]", short_help="建立工作目录（空白台账、报告模板等）")
@FOLDER
@click.option("--sample", is_flag=True, help="放入填好的永安镇示例。")
@click.option(
    "--from",
    "before",
    metavar="上年目录",
    type=click.Path(path_type=Path),
    help="沿用上年工作目录的设置、名单、报告模板，并填好上年数据和上年承诺。",
)
def init(folder: Path, before: Path | None, *, sample: bool) -> None:
    """建立工作目录：空白台账、报告模板、模板字段表和双击即可运行的命令。

    已有的文件不会被覆盖。
    """
    from reportgen.commands.init import init_from  # noqa: PLC0415

    if before and sample:
        raise click.UsageError("--sample 和 --from 只能用一个。")
    show_laid(init_from(folder, before) if before else reportgen.init(folder, sample=sample))
    if sample:
        show_next(f"看看填好的台账和填报表，再运行 reportgen build {folder} 生成报告。")
    else:
        show_next(f"填好“建议台账.xlsx”，再运行 reportgen assign {folder} 交办。")


@commands.command("import-ledger", options_metavar="[选项]", short_help="导入已有的旧台账")
@click.argument("file", metavar="旧台账", type=click.Path(path_type=Path))
@FOLDER
@click.option(
    "--sheet", metavar="工作表", default="", help="导入哪张工作表，默认为最像台账的一张。"
)
def import_ledger(file: Path, folder: Path, sheet: str) -> None:
    """把已有的旧台账导入为标准的“建议台账.xlsx”，放在工作目录里。

    旧台账可以是 .xlsx、.xls、.ods、.csv，或从网页系统导出的表格。

    表头怎样对应、哪些内容是推断的、哪些行和栏没有导入，都会列出来，并写入“导入说明.xlsx”。
    已有的台账不会被覆盖。
    """
    imported = reportgen.import_ledger(file, folder, sheet=sheet)
    for line in imported.lines:
        say(visible(line))
    if imported.aside:
        say("工作目录里已有“建议台账.xlsx”，没有覆盖；导入的内容另存为下面的文件。")
    for parent, paths in groupby(imported.written, key=lambda path: path.parent):
        found = list(paths)
        if len(found) > _MANY:
            say(f"已生成：{in_line(parent)} 里的{len(found)}份部门填报表")
            continue
        for path in found:
            say(f"已生成：{in_line(path)}")
    show_next(
        f"对照“导入说明.xlsx”核对，补填“基本信息”等内容，再运行 reportgen check {folder} 核查。"
    )


@commands.command(options_metavar="[选项]", short_help="交办：给每个部门生成填报表")
@FOLDER
def assign(folder: Path) -> None:
    """交办：按台账给每个承办部门生成一份填报表，放在“填报”文件夹。

    已有的填报表不会改动；新增的件另出一份补充表。
    """
    laid = reportgen.assign(folder)
    show_laid(laid)
    show_issues(laid.issues)
    if laid.issues and not laid.written and not laid.kept:
        show_next(f"改正上面的错误，再运行 reportgen assign {folder} 交办。")
        sys.exit(FAULTY)
    show_next(
        f"把“填报”文件夹里的文件发给各部门，收回后放回原处，再运行 reportgen check {folder} 核查。"
    )


@commands.command(options_metavar="[选项]", short_help="核查台账和各部门填报表")
@FOLDER
@OUTPUT
@TODAY
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供其他程序使用。")
def check(folder: Path, out: Path | None, today: dt.date, *, as_json: bool) -> None:
    """核查台账和各部门填报表，一次列出全部问题：在哪里、错在哪、怎么改。

    同时在输出文件夹写出核查结果.xlsx（交回情况、问题清单、催报），并给有错误的工作簿各做一份
    标明错处的副本，放在“退改”文件夹，可直接发给部门改正。
    """
    from reportgen.commands.check import send_back  # noqa: PLC0415
    from reportgen.schema.model import Stage  # noqa: PLC0415

    with Bar() as bar:
        checked = reportgen.check(folder, today=today, stage=Stage.CHECK, progress=bar)
    if not as_json:  # before anything is saved: 核查结果 may be open in Excel
        show_issues(checked.issues, "其余见核查结果.xlsx，或加 --json 查看全部")
        show_summary(checked)
    sent = send_back(checked, folder, _place(folder, out))
    if as_json:
        say_json(check_as_json(checked, sent))
    else:
        show_sent_back(sent)
        show_next(_after_check(checked, folder))
    sys.exit(FAULTY if checked.errors else DONE)


def _after_check(checked: Checked, folder: Path) -> str:
    if checked.errors:
        return (
            "台账的错误自己改正；部门的把“退改”里的副本和“催报”里的话发去，改好交回后"
            f"再运行 reportgen check {folder}。"
        )
    first = "填好“还没有填”的各项，再" if checked.still_due else ""
    return f"{first}运行 reportgen build {folder} 生成报告。"


@commands.command(options_metavar="[选项]", short_help="督办看板：谁办到哪一步，还有几天")
@FOLDER
@OUTPUT
@TODAY
def status(folder: Path, out: Path | None, today: dt.date) -> None:
    """督办看板：各部门、各件的交办、沟通、答复、反馈情况，还有几天或逾期几天。

    同时生成一页的 Word 督办通报。
    """
    with Bar() as bar:
        found = reportgen.status(folder, _place(folder, out), today, progress=bar)
    say(f"截至{today.year}年{today.month}月{today.day}日")
    for title, rows in found.board.items():
        show_table(title, rows, found.in_brief.get(title, ()))
    if found.faults:
        say(f"数据有错误{len(found.faults)}处，看板可能不全，请先运行 reportgen check。")
    if found.notice.aside:
        say(
            "已有同名的督办通报（有人改动过，或不是这个工作目录的），没有覆盖；新的另存为下面的文件。"
        )
    say(f"督办通报：{in_line(found.notice.path)}")
    show_next("看过督办通报，发给各承办部门。")


@commands.command(options_metavar="[选项]", short_help="生成 Word 报告")
@FOLDER
@OUTPUT
@click.option(
    "--template", metavar="文件", type=click.Path(path_type=Path), help="使用另外的报告模板。"
)
@click.option("--draft", is_flag=True, help="有错误也生成，作为草稿，首页列出问题。")
@click.option("--annotate", is_flag=True, help="在每个数字旁加批注，写明来源，供审阅用。")
def build(
    folder: Path, out: Path | None, template: Path | None, *, draft: bool, annotate: bool
) -> None:
    """核查、统计并生成正式的 Word 报告。有错误时不生成，除非加 --draft。"""
    with Bar() as bar:
        built = reportgen.build(
            folder,
            _place(folder, out),
            template=template,
            draft=draft,
            annotate=annotate,
            progress=bar,
        )
    show_issues(built.checked.issues)
    if built.document is None:
        show_summary(built.checked)
        show_next(
            f"改正上面的错误再生成；先运行 reportgen check {folder} 可得到标明错处的副本，"
            "加 --draft 可先出草稿。"
        )
        sys.exit(FAULTY)
    if built.document.aside:
        say(
            "已有同名的报告（有人改动过，或不是这个工作目录的），没有覆盖；新报告另存为下面的文件。"
        )
    say(f"已生成报告：{in_line(built.document.path)}")
    say(f"数据来源表：{in_line(built.facts)}")
    if built.idle:
        say(
            f"提醒：“报告句子.docx”里写了“{in_line('”“'.join(built.idle))}”，报告模板没有用到，没有写进报告。"
        )
    if draft or annotate:
        show_next(f"供审阅用；数据齐了以后运行 reportgen build {folder} 生成正式报告。")
    else:
        show_next(
            f"在 Word 里审改，改好后运行 reportgen finalize {built.document.path} {folder} 定稿。"
        )


@commands.command(options_metavar="[选项]", short_help="查数字的来源：哪个文件、哪些单元格")
@REPORT
@click.argument("key", metavar="[数字名称]", default="")
def trace(report: Path, key: str) -> None:
    """查报告中一个数字的来源：怎样得出，出自哪个文件、哪张表、哪些单元格。

    不写数字名称的，列出报告中的全部数字和它们所在的位置。只需要报告本身，不需要工作目录。
    """
    if key:
        say("\n".join(map(in_line, reportgen.trace(report, key))))
        show_next("打开上面的文件，到写明的单元格核对。")
        return
    for figure in reportgen.figures(report):
        say(in_line(f"{figure.key}＝{figure.text}　{'、'.join(figure.places)}"))
    show_next(f"查其中一个的来源，运行 reportgen trace {report} 数字名称。")


@commands.command(options_metavar="[选项]", short_help="核对改过的报告与数据是否还一致")
@REPORT
@MAYBE_FOLDER
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供其他程序使用。")
@click.option("--comments", is_flag=True, help="另存一份，在每一处加批注。")
@MADE_WITH
def verify(
    report: Path, folder: Path | None, template: Path | None, *, as_json: bool, comments: bool
) -> None:
    """核对改过的报告：哪些数字、表格、图表、名称被改动，哪些带数字或论断的句子改过。

    请写上工作目录，与目录中现在的数据核对；不写的，只与报告自带的生成记录核对。
    改格式、润色不带数字和论断的文字、在同一标题下移动段落，都不算不一致。
    """
    verified = reportgen.verify(report, folder, comments=comments, template=template)
    if as_json:
        found = [finding_as_json(finding) for finding in verified.findings]
        content = {"errors": len(verified.errors), "findings": found}
        say_json(content)
    else:
        show_findings(verified.findings)
        show_verdict(verified.findings, with_folder=folder is not None)
        if verified.copy is not None:
            if verified.copy.aside:
                say(TAKEN)
            say(f"加了批注的副本：{in_line(verified.copy.path)}")
        again = f"reportgen verify {report} {folder or '目录'}"
        final = f"运行 reportgen finalize {report} {folder or '目录'} 定稿。"
        show_next(f"改正上面的错误，再运行 {again}。" if verified.errors else final)
    sys.exit(FAULTY if verified.errors else DONE)


@commands.command(options_metavar="[选项]", short_help="核算任何文稿里的数字：占比、合计、增幅")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供其他程序使用。")
@click.option("--comments", is_flag=True, help="Word 文档另存一份，在每一处加批注。")
def proofread(files: tuple[Path, ...], *, as_json: bool, comments: bool) -> None:
    """核算文稿（.docx、.txt、.md）里的数字：占比、分项合计、增幅、表格合计等是否自相矛盾。

    不需要工作目录，什么文稿都可以；正文、表格、脚注、页眉、文本框一并核算。
    报出来的是文稿自己对不上自己的地方；没有报的，只说明能核算的关系都对得上。
    """
    from reportgen.commands import proofread as proofreading  # noqa: PLC0415

    done = [
        proofreading.proofread(file, today=dt.date.today(), comments=comments) for file in files
    ]
    if as_json:
        told = {str(each.path): proof_as_json(each) for each in done}
        shown = told if len(done) > 1 else proof_as_json(done[0])
        say_json(shown)
    else:
        for each in done:
            show_proof(each)
    errors = any(each.proof.errors for each in done)
    if not as_json:
        show_next("逐处改正，再核算一次。" if errors else "文稿里对得上，再与原始数据核对一遍。")
    sys.exit(FAULTY if errors else DONE)


@commands.command(options_metavar="[选项]", short_help="用新数据更新改过的报告，保留修改")
@REPORT
@FOLDER
@BESIDE
@click.option(
    "--template", metavar="文件", type=click.Path(path_type=Path),
    help="用这个报告模板，不用工作目录里的。",
)  # fmt: skip
@click.option(
    "--other-template", is_flag=True, help="工作目录里的模板不是生成这份报告的那个，也用它更新。"
)
def refresh(
    report: Path, folder: Path, out: Path | None, template: Path | None, *, other_template: bool
) -> None:
    """用工作目录中现在的数据更新改过的报告：数字、表格、图表换成新的，人工修改都保留。

    人工修改与新数据对不上的地方一一列出。原来的报告不动，更新后的另存为一份。
    目录换成下一年度的，就以上年的报告为底稿生成今年的报告。
    报告模板不是生成这份报告的那一个时，先停下来问清楚用哪个。
    """
    with Bar() as bar:
        renewed = reportgen.refresh(
            report, folder, out, template=template, other_template=other_template, progress=bar
        )
    if renewed.document is None:
        show_issues(renewed.checked.issues)
        show_summary(renewed.checked)
        show_next("改正上面的错误，再运行一次。")
        sys.exit(FAULTY)
    show_done(renewed.done)
    show_findings(renewed.findings)
    errors = sum(finding.severity == "错误" for finding in renewed.findings)
    if errors:
        say(f"有{errors}处没有合并，都保留着人工修改的内容，请逐处核对。")
    if renewed.document.aside:
        say(TAKEN)
    say(f"更新后的报告：{in_line(renewed.document.path)}（原来的报告没有改动）")
    show_next(f"在 Word 里看一遍，再运行 reportgen verify {renewed.document.path} {folder} 核对。")
    sys.exit(FAULTY if errors else DONE)


_TO_FINALIZE = {
    "错误": "请先改正上面的错误；确认无误、仍要定稿的，加 --force。",
    "提醒": "请逐处看过上面的提醒；都没有问题的，加 --accept-remarks 再运行一次。",
}


@commands.command(options_metavar="[选项]", short_help="定稿：清除来源信息，供报送印发")
@REPORT
@MAYBE_FOLDER
@BESIDE
@click.option("--accept-remarks", "accept", is_flag=True, help="提醒都已看过，可以定稿。")
@click.option("--force", is_flag=True, help="有错误也定稿。")
@MADE_WITH
def finalize(
    report: Path, folder: Path | None, out: Path | None, template: Path | None,
    *, accept: bool, force: bool,
) -> None:  # fmt: skip
    """另存一份定稿：数字变成普通文字，批注、修订、书签、数据来源和个人信息都清除，文字不变。

    先核对（写上工作目录的，与其中的数据核对）。有错误的不定稿，除非加 --force；
    有提醒的，看过以后加 --accept-remarks。
    """
    done = reportgen.finalize(report, folder, out, accept=accept, force=force, template=template)
    show_findings(done.findings)
    show_verdict(done.findings, with_folder=folder is not None)
    if done.document is None:
        say("没有定稿。")
        show_next(_TO_FINALIZE[done.stopped])
        sys.exit(FAULTY)
    if done.document.aside:
        say(TAKEN)
    say(f"定稿：{in_line(done.document.path)}")
    show_next("打开定稿看一遍版面，套红头后报送印发；原来的报告留作底稿。")


@commands.command(options_metavar="[选项]", short_help="按工作目录的数据重新生成模板字段表")
@FOLDER
def fields(folder: Path) -> None:
    """按工作目录里的数据、报告模板和句子，重新生成“模板字段表.xlsx”：每个字段的写法、含义和现在的值。

    分类列出，用得最多的在前；改过的字段表先移到“上一版”。
    """
    from reportgen.commands import standard_files  # noqa: PLC0415

    show_laid(standard_files.fields(folder))
    show_next(
        f"照抄“写法”一栏到“报告模板.docx”里要用的地方，再运行 reportgen build {folder} 生成报告。"
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
        say(
            "提醒：现在的报告模板没有用到这些句子，改了也不会写进报告。请把要用的 {{ 句.名称 }} 写进"
            "“报告模板.docx”；或把它移走，用 reportgen init 重新写出一份默认的模板。"
        )
    show_next(
        f"在 Word 里改“报告句子.docx”第三格的文字，再运行 reportgen build {folder} 生成报告。"
    )


@commands.command(options_metavar="[选项]", short_help="生成空白标准表和默认模板")
@FOLDER
@click.option("--overwrite", is_flag=True, help="覆盖已有的同名文件。")
def forms(folder: Path, *, overwrite: bool) -> None:
    """生成空白的标准表、默认报告模板和模板字段表。"""
    from reportgen.commands import standard_files  # noqa: PLC0415

    show_laid(standard_files.forms(folder, overwrite=overwrite))
    show_next("这些是空白表样；要开始一年的工作，运行 reportgen init 目录。")
