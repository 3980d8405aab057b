"""The commands on a report that is there: trace, verify, refresh, finalize; and any text proofread."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

import reportgen
from reportgen.cli.as_json import finding_as_json, print_json, proof_as_json
from reportgen.cli.group import (
    BESIDE,
    DONE,
    FAULTY,
    FOLDER,
    MADE_WITH,
    MAYBE_FOLDER,
    PDF,
    REPORT,
    commands,
)
from reportgen.cli.output import (
    ProgressBar,
    as_argument,
    print_text,
    show_done,
    show_findings,
    show_issues,
    show_next,
    show_pdf,
    show_proof,
    show_saved,
    show_summary,
    show_verdict,
    to_one_line,
)


@commands.command(options_metavar="[选项]", short_help="查数字的来源：哪个文件、哪些单元格")
@REPORT
@click.argument("key", metavar="[数字名称]", default="")
def trace(report: Path, key: str) -> None:
    """查报告中一个数字的来源：怎样得出，出自哪个文件、哪张表、哪些单元格。

    不写数字名称的，列出报告中的全部数字和它们所在的位置。只需要报告本身，不需要工作目录。
    """
    if key:
        print_text("\n".join(map(to_one_line, reportgen.trace(report, key))))
        show_next("打开上面的文件，到写明的单元格核对。")
        return
    for figure in reportgen.figures(report):
        print_text(to_one_line(f"{figure.key}＝{figure.text}　{'、'.join(figure.places)}"))
    show_next(f"查其中一个的来源，运行 reportgen trace {as_argument(report)} 数字名称。")


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
        print_json(content)
    else:
        show_findings(verified.findings)
        show_verdict(verified.findings, with_folder=folder is not None)
        if verified.copy is not None:
            show_saved("加了批注的副本", verified.copy)
        again = f"reportgen verify {as_argument(report)} {as_argument(folder or '目录')}"
        final = (
            f"运行 reportgen finalize {as_argument(report)} {as_argument(folder or '目录')} 定稿。"
        )
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
        print_json(shown)
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
    with ProgressBar() as bar:
        renewed = reportgen.refresh(
            report, folder, out, template=template, other_template=other_template, progress=bar
        )
    if renewed.document is None:
        assert renewed.checked is not None
        show_issues(renewed.checked.issues)
        show_summary(renewed.checked)
        show_next("改正上面的错误，再运行一次。")
        sys.exit(FAULTY)
    show_done(renewed.done)
    show_findings(renewed.findings)
    errors = sum(finding.severity == "错误" for finding in renewed.findings)
    if errors:
        print_text(f"有{errors}处没有合并，都保留着人工修改的内容，请逐处核对。")
    show_saved("更新后的报告", renewed.document, "（原来的报告没有改动）")
    show_next(
        f"在 Word 里看一遍，再运行 reportgen verify {as_argument(renewed.document.path)} {as_argument(folder)} 核对。"
    )
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
@PDF
def finalize(
    report: Path, folder: Path | None, out: Path | None, template: Path | None,
    *, accept: bool, force: bool, pdf: bool,
) -> None:  # fmt: skip
    """另存一份定稿：数字变成普通文字，批注、修订、书签、数据来源和个人信息都清除，文字不变。

    先核对（写上工作目录的，与其中的数据核对）。有错误的不定稿，除非加 --force；
    有提醒的，看过以后加 --accept-remarks。
    """
    done = reportgen.finalize(
        report, folder, out, accept=accept, force=force, template=template, pdf=pdf
    )
    show_findings(done.findings)
    show_verdict(done.findings, with_folder=folder is not None)
    if done.document is None:
        print_text("没有定稿。")
        show_next(_TO_FINALIZE[done.stopped])
        sys.exit(FAULTY)
    show_saved("定稿", done.document)
    show_pdf(done.pdf)
    show_next("打开定稿看一遍版面，套红头后报送印发；原来的报告留作底稿。")
