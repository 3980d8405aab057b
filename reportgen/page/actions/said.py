"""What a command has done, in the words of the page and with the files to be fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen.commands.build import BuiltReport
from reportgen.commands.cards import Cards
from reportgen.commands.check import SentBack
from reportgen.commands.desk.receive import ReceivedFile
from reportgen.commands.finalize import FinalizedReport
from reportgen.commands.folder.pdf import PrintedPdf
from reportgen.commands.import_ledger import ImportedLedger
from reportgen.commands.many.batch import BatchedReports
from reportgen.commands.many.folder_report import Outcome
from reportgen.commands.many.rollup import RolledUp
from reportgen.commands.papers import WrittenPapers
from reportgen.commands.publish import Published
from reportgen.commands.refresh import RefreshedReport
from reportgen.commands.review import Review
from reportgen.commands.standard_files import LaidFiles
from reportgen.commands.status import FolderStatus
from reportgen.commands.verify import VerifiedReport
from reportgen.issues import Severity
from reportgen.page.worker import Said
from reportgen.workspace import ROLLUP_SETTINGS, SavedFile

ASIDE = "（已有同名的，有人改动过，没有覆盖，另存为这一份）"
FAULTY = "数据有错误{count}处，没有{what}。请到“问题”里看，改正后再来"


def tell_sent(sent: SentBack) -> Said:
    """Of ``check``."""
    lines = [f"核查完毕，结果写在“{sent.result.path.name}”，标明错处的副本{len(sent.copies)}份。"]
    lines += [f"“{file}”不能标注，没有副本，请按下面的问题处理。" for file in sent.uncopied]
    return Said(lines)


def tell_handed_out(laid: LaidFiles) -> Said:
    """Of ``assign``."""
    if laid.issues and not laid.written and not laid.kept:
        return Said(["台账还有错误，没有生成填报表。请到“问题”里看，改正后再交办。"], done=False)
    names = "、".join(path.stem for path in laid.written)
    new = [f"新生成{len(laid.written)}份：{names}。"] if laid.written else []
    old = [f"已有、没有改动的{len(laid.kept)}份。"] if laid.kept else []
    return Said([*new, *old])


def tell_set_up(laid: LaidFiles) -> Said:
    """Of ``init``, blank, with the sample or from the year before."""
    if not laid.written:
        return Said(["已有这个工作目录，没有改动。"])
    names = [path.parent.name for path in laid.written if path.name == laid.register]
    first = f"已建立“{'、'.join(names)}”。请打开工作目录里的“{laid.register}”填好，再到“交办”。"
    return Said([first, *laid.notes])


def tell_sample(laid: LaidFiles) -> Said:
    """Of ``init`` with the sample, in which everything is filled in."""
    if not laid.written:
        return tell_set_up(laid)
    return Said(["已建立填好的示例。看看“总览”，再到“报告”里生成报告。", *laid.notes])


def tell_imported(done: ImportedLedger) -> Said:
    """Of ``import-ledger``."""
    beside = "；已有台账，没有覆盖，导入的另存在旁边" if done.aside else ""
    first = f"已导入，写出{len(done.written)}个文件{beside}。请对照“导入说明.xlsx”核对："
    return Said([first, *done.lines])


def tell_received(found: Sequence[ReceivedFile]) -> Said:
    """Of ``receive``."""
    return Said([f"“{each.sent}”：{each.sort}，{each.said}。" for each in found])


def tell_built(built: BuiltReport) -> Said:
    """Of ``build``."""
    if built.document is None:
        stopped = FAULTY.format(count=len(built.checked.errors), what="生成")
        return Said([f"{stopped}；要先看样子的，可以出草稿。"], done=False)
    lines = [f"已生成“{built.document.path.name}”{_beside(built.document)}。"]
    if built.idle:
        lines.append(f"“报告句子”里写了“{'”“'.join(built.idle)}”，报告模板没有用到，没有写进报告。")
    return _with_pdf(lines, built.document, built.pdf)


def tell_rolled_up(done: RolledUp) -> Said:
    """Of ``rollup``."""
    lines = [
        f"已生成“{each.document.path.name}”{_beside(each.document)}：计入{each.counted}个单位，"
        f"没有计入{each.left_out}个。"
        for each in done.reports
    ]
    if done.strays or any(each.errors for each in done.reports):
        lines.append(
            f"没有计入的、与数据不一致的，逐个写在“汇总”一页和“{done.summary.path.name}”里。"
        )
    if done.settings:
        lines.append(
            f"标题里的单位名称、署名、日期，在“汇总”一页的“{done.settings.name}”里填，再生成一次。"
        )
    laid = [*done.template.written, *done.template.kept] if done.template else []
    if laid:
        lines.append("已有内置的汇总模板，在 Word 里改好，再生成汇总报告就用它。")
    return Said(lines, [*(each.document.path for each in done.reports), done.summary.path, *laid])


def tell_batched(done: BatchedReports) -> Said:
    """Of ``batch``."""
    kept = sum(each.outcome is Outcome.UNCHANGED for each in done.reports)
    new = len(done.reports) - len(done.failed) - kept
    first = f"工作目录{len(done.reports)}个：新生成{new}份，没有变化、沿用上次的{kept}份，"
    lines = [f"{first}没有生成{len(done.failed)}份。"]
    if done.failed:
        lines.append("没有生成的、为什么，逐个写在下面。改正后再来一次，只做改过的和没有生成的。")
    return Said(lines, [done.summary.path])


def tell_settings(problems: Sequence[str]) -> Said:
    """Of 汇总设置 that was handed in."""
    lines = [f"“{ROLLUP_SETTINGS}”已收下；原来有的，移到“收到/换下”。再生成汇总报告，就写进去。"]
    return Said([*lines, *problems])


def tell_printed(done: Cards) -> Said:
    """Of ``cards``."""
    return Said([f"办理卡片{done.count}页{_beside(done.document)}。"], [done.document.path])


def tell_noticed(found: FolderStatus) -> Said:
    """Of ``status``."""
    return Said([f"已写出“{found.notice.path.stem}”{_beside(found.notice)}。"], [found.notice.path])


def tell_sentences(laid: LaidFiles, used: bool) -> Said:
    """Of ``sentences``; ``used``: whether the template uses any."""
    path = (*laid.written, *laid.kept)[0]
    lines = [f"在 Word 里改“{path.name}”第三格的文字，保存，再生成报告。"]
    lines += ["已有这个文件，没有改动；要恢复内置的，把它移走再来。"] if laid.kept else []
    unused = "现在的报告模板没有用到这些句子，改了也不会写进报告。请把要用的 {{ 句.名称 }} 写进报告模板。"
    return Said(lines if used else [*lines, unused], [path])


def tell_fields(laid: LaidFiles) -> Said:
    """Of ``fields``."""
    path = laid.written[0]
    return Said(
        [f"已写出“{path.name}”。照抄“写法”一栏到报告模板里要用的地方，再生成报告。"], [path]
    )


def tell_verified(done: VerifiedReport) -> Said:
    """Of ``verify``."""
    copy = [done.copy.path] if done.copy else []
    if not done.findings:
        return Said(["核对完毕：报告与工作目录里的数据一致。"])
    errors = len(done.errors)
    return Said([f"核对完毕：错误{errors}处，提醒{len(done.findings) - errors}处，见下面。"], copy)


def tell_refreshed(done: RefreshedReport) -> Said:
    """Of ``refresh``."""
    if done.document is None:
        assert done.checked is not None
        return Said([FAULTY.format(count=len(done.checked.errors), what="更新") + "。"], done=False)
    changed = sum(done.done.values())
    errors = sum(each.severity is Severity.ERROR for each in done.findings)
    lines = [
        f"已更新{changed}处，人工修改都保留，另存为“{done.document.path.name}”；原来的没有动。"
    ]
    lines += [f"有{errors}处没有合并，保留着人工修改的内容，请逐处核对，见下面。"] if errors else []
    return Said(lines, [done.document.path])


def tell_finalized(done: FinalizedReport) -> Said:
    """Of ``finalize``."""
    if done.document is None:
        return Said([_STOPPED[done.stopped]], done=False)
    lines = [f"已定稿，存为“{done.document.path.name}”；原来的报告留作底稿。"]
    return _with_pdf(lines, done.document, done.pdf)


def _with_pdf(lines: Sequence[str], document: SavedFile, printed: PrintedPdf | None) -> Said:
    if printed is None or printed.file is None:
        return Said([*lines, printed.problem] if printed else lines, [document.path])
    return Said(lines, [document.path, printed.file.path])


def tell_reviewed(done: Review) -> Said:
    """Of ``review``."""
    *copies, result = [saved.path for saved in done.files.saved]
    counts = "，".join(f"{name}{count}份" for name, count in done.reviewed.summary if count)
    return Said([f"审核完毕：{counts}。结果写在“{result.name}”，原件没有动。"], [result, *copies])


def tell_written(done: WrittenPapers) -> Said:
    """Of ``papers``."""
    if done.errors:
        return Said([FAULTY.format(count=len(done.errors), what="生成公文") + "。"], done=False)
    written = "、".join(f"{name}{len(saved)}份" for name, saved in done.files.items())
    lines = [f"已生成：{written}。把涂成黄色的“【待填】”填好，再发出去。"] if written else []
    lines += [
        f"{name}已有同名的，有人改动过，没有覆盖，新的另存为“{one.path.name}”。"
        for name, saved in done.files.items()
        for one in saved
        if one.aside
    ]
    lines += [f"没有要写的：{'、'.join(done.nothing)}。"] if done.nothing else []
    lines += [f"“{path.name}”已经不需要，但有人改动过，没有动它。" for path in done.kept]
    lines += (
        [f"填报的数据有错误{done.faults}处，公文可能不准，请先看“问题”。"] if done.faults else []
    )
    return Said(lines)


def tell_templates(written: Sequence[Path]) -> Said:
    """Of ``papers``, the templates alone."""
    if not written:
        return Said(["“公文模板”里已经都有，没有改动；要恢复内置的，把那一份移走再来。"])
    return Said(
        [f"已把内置的模板{len(written)}份写到工作目录的“公文模板”，在 Word 里改好再生成公文。"]
    )


def tell_published(done: Published) -> Said:
    """Of ``publish``."""
    made = [one.copy.path for one in done.papers if one.copy]
    lines = [f"公开稿{len(made)}份，没有公开的{len(done.papers) - len(made)}份，逐份见下面。"]
    lines += [f"“{path.name}”不再公开，移到了“上一版”。" for path in done.withdrawn]
    lines += [f"“{path.name}”不再公开，但有人改动过，没有动它，请自己删去。" for path in done.kept]
    return Said(lines)


_STOPPED: Mapping[str, str] = {
    "错误": "没有定稿：请先改正下面的错误。",
    "提醒": "没有定稿：请逐处看过下面的提醒，没有问题的，选上“提醒都已看过”再定稿。",
}


def _beside(saved: SavedFile) -> str:
    return ASIDE if saved.aside else ""
