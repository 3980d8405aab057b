"""What the user reads on the console: issues, findings, tables, what was written, progress."""

from __future__ import annotations

import os
import re
import shlex
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING, Any, Self, TextIO

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from reportgen.commands.check import CheckedFolder, SentBack
    from reportgen.commands.folder.pdf import PrintedPdf
    from reportgen.commands.proofread import ProofreadFile
    from reportgen.commands.standard_files import LaidFiles
    from reportgen.issues import Issue
    from reportgen.word.compare.findings import Finding
    from reportgen.workspace.outputs import RenewedOutputs, SavedFile

SHOWN_OF_A_FILE = 50
"""So many issues of a file are printed; more than that nobody reads in a console."""
SHOWN_IN_ALL = 300
"""So many issues of all files together; of further files only how many they have."""
CHECK_AGAIN = "全部问题请运行 reportgen check 查看"
SHOWN_ON_BOARD = 100
"""So many rows of a table of the board are drawn on a terminal."""
LONG = 20
"""Columns on a terminal; what is longer takes several lines of a table."""
PATIENCE = 1.0
"""Seconds; what is done within them needs no progress bar."""


def mark_unseen(text: str, *, kept: str = "\n\t") -> str:
    """A text with marks for what a terminal would obey or not show: escapes, signs of direction."""
    return text.translate({ord(sign): f"〔U+{ord(sign):04X}〕" for sign in find_unseen(text, kept)})


def find_unseen(text: str, kept: str) -> set[str]:
    """The signs that a terminal would obey or not show, but for those ``kept``."""
    return {sign for sign in text if unicodedata.category(sign) in _UNSEEN and sign not in kept}


_UNSEEN = ("Cc", "Cf", "Zl", "Zp")


def to_one_line(text: object) -> str:
    """As ``mark_unseen``, of a name or a cell that must not break the line it stands in."""
    return mark_unseen(str(text), kept="")


def as_argument(path: object) -> str:
    """A path as it can be typed after a command: in quotes where the command line would part it."""
    text = str(path)
    if not _PARTED.search(text):
        return text
    return f'"{text}"' if os.name == "nt" or not _READ_IN_QUOTES & set(text) else shlex.quote(text)


_PARTED = re.compile(r"[\s!-,;<=>?\[\]^`{|}]")
"""Where a command line, of Windows or any other, may end a word or see a sign of its own."""
_READ_IN_QUOTES = {'"', "$", "`", "\\"}


def describe_usage_error(error: click.ClickException) -> str:
    """What is wrong with a command as it was typed; its words may hold any signs."""
    shown, message = StringIO(), error.format_message()
    error.show(shown)  # which drops what would colour a terminal
    text = shown.getvalue().rstrip("\n")
    told = _use_chinese_signs(to_one_line(message))
    return mark_unseen(text.replace(click.unstyle(message), told))


def _use_chinese_signs(message: str) -> str:
    """Click's own quotes, full stops and spaces as Chinese has them."""
    quoted = re.sub(r" ?'([^']*)'", r"“\1”", message)
    return re.sub("。 ?（", "（", re.sub(r"\.$", "。", quoted))


def print_text(text: str, *, nl: bool = True) -> None:
    """Print; where nobody reads on (``… | head``), the command goes on without a word.

    Raises:
        OSError: the output cannot be written (a full disk).
    """
    try:
        click.echo(text, nl=nl)
    except BrokenPipeError:
        silence_stream(sys.stdout)
    except OSError:
        silence_stream(sys.stdout)
        raise


def silence_stream(stream: TextIO) -> None:
    """Let a stream that cannot be written to lead nowhere: it would complain again at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def show_laid(laid: LaidFiles, about: str = "") -> None:
    """Files written, and those that were there already; ``about``: what stands above the notes."""
    for path in laid.written:
        print_text(f"已生成：{to_one_line(path)}")
    for path in laid.kept:
        print_text(f"已有，未改动：{to_one_line(path)}")
    if laid.notes:
        print_text(about)
    for note in laid.notes:
        print_text(f"  · {to_one_line(note)}")


def show_issues(issues: Sequence[Issue], rest: str = CHECK_AGAIN) -> None:
    """Grouped by file, of each file so many, errors before reminders; plain text when piped.

    ``rest``: where those that are not shown can be seen.
    """
    room = SHOWN_IN_ALL
    for file, group in groupby(issues, key=lambda issue: issue.file):
        found, most = list(group), min(SHOWN_OF_A_FILE, room)
        shown = sorted(found, key=lambda issue: issue.severity == "提醒")[:most]
        room -= len(shown)
        lines = [click.style(to_one_line(file) or "整体", bold=True)]
        lines += [_format_issue(issue) for issue in (found if len(found) == len(shown) else shown)]
        if len(found) > len(shown):
            errors = sum(issue.severity == "错误" for issue in found)
            said = f"只列出{len(shown)}处" if shown else "这里不再列出"
            lines.append(
                f"  ……这个文件共有错误{errors}处、提醒{len(found) - errors}处，{said}；{rest}。"
            )
        print_text("\n".join(lines))


def show_done(done: Mapping[str, int]) -> None:
    """What a refresh has changed."""
    said = [f"{name}{done[key]}{unit}" for key, name, unit in _DONE if done.get(key)]
    print_text(f"已更新：{'，'.join(said)}。" if said else "数据没有变化，报告没有需要更新的地方。")


def show_findings(findings: Sequence[Finding]) -> None:
    """Grouped by kind."""
    for title, group in groupby(findings, key=lambda finding: finding.title):
        found = list(group)
        severity = click.style(str(found[0].severity), **_LOOKS[found[0].severity])
        print_text(f"{severity}　{click.style(title, bold=True)}（{len(found)}处）")
        print_text("\n".join(f"  {mark_unseen(str(finding))}" for finding in found))
        print_text(f"  怎么办：{found[0].remedy}。")


def show_verdict(findings: Sequence[Finding], *, with_folder: bool) -> None:
    """How a verification ended; without the folder the report only vouches for itself."""
    errors = sum(finding.severity == "错误" for finding in findings)
    held = "工作目录里的数据" if with_folder else "报告自带的生成记录"
    if findings:
        print_text(f"核对完毕：与{held}比，错误{errors}处，提醒{len(findings) - errors}处。")
    else:
        print_text(f"核对完毕：报告与{held}一致。")
    if not with_folder:
        print_text(
            "这只说明报告生成以后没有改动数字；自带的记录也可能被人改过，数据也可能已经更新。"
            "请在命令后面写上工作目录，与数据再核对一次。"
        )


def show_proof(done: ProofreadFile) -> None:
    """What does not add up in a file, grouped by place, and how much was reckoned."""
    print_text(click.style(to_one_line(done.path), bold=True))
    pairs = zip(done.places, done.proof.findings, strict=True)
    for (place, sentence), group in groupby(pairs, key=lambda each: each[0]):
        print_text(f"  {to_one_line(place)}：{to_one_line(sentence)}")
        for _, finding in group:
            level = click.style(finding.level, **_LOOKS[finding.level])
            print_text(f"    {level}　{finding.code}：{to_one_line(finding.message)}")
    checked, found = len(done.proof.checked), done.proof.findings
    errors = len(done.proof.errors)
    if not checked:
        print_text("  没有找到可以核算的数字关系，这不等于没有错。")
    elif not found:
        print_text(f"  核对了{checked}个数字关系，没有发现不符。")
    else:
        print_text(f"  核对了{checked}个数字关系：错误{errors}处，提醒{len(found) - errors}处。")
    if done.copy is not None:
        print_text(f"  加了批注的副本：{to_one_line(done.copy.path)}")
    if done.uncommented:
        print_text(
            "  文本文件里加不了批注，没有另存；要批注的，请另存为 Word 文档（.docx）再核算。"
        )


def show_next(step: str) -> None:
    """The last line of a command: what comes next."""
    print_text(f"下一步：{to_one_line(step)}")


def show_table(title: str, rows: Sequence[Mapping[str, str]], in_brief: Sequence[str] = ()) -> None:
    """A table on a terminal; lines with tabs when piped.

    ``in_brief``: the headings shown where not all have room.
    """
    print_text(f"\n{title}" if rows else f"\n{title}：没有")
    if not rows:
        return
    if sys.stdout.isatty():
        _draw_table(rows, in_brief)
        return
    for line in (rows[0], *(row.values() for row in rows)):
        print_text("\t".join(map(to_one_line, line)))


def _draw_table(rows: Sequence[Mapping[str, str]], in_brief: Sequence[str]) -> None:
    """Long texts take several lines; days and numbers are never broken."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.cells import cell_len  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    widths = {name: max(cell_len(name), *(cell_len(row[name]) for row in rows)) for name in rows[0]}
    room = sum(min(width, LONG) + 2 for width in widths.values()) + 2
    names = [n for n in widths if room <= console.width or n in in_brief or not in_brief]
    table = Table(box=SIMPLE_HEAD)
    for name in names:
        table.add_column(name, no_wrap=widths[name] <= LONG, overflow="fold")
    for row in rows[:SHOWN_ON_BOARD]:
        late = any(value.startswith("逾期") for value in row.values())
        table.add_row(
            *(Text(to_one_line(row[name])) for name in names), style="red" if late else ""
        )
    console.print(table)
    if len(rows) > SHOWN_ON_BOARD:
        print_text(
            f"只列出{SHOWN_ON_BOARD}行，共{len(rows)}行；全部可用 reportgen status 目录 > 看板.txt 查看。"
        )


def look_of(severity: str) -> dict[str, Any]:
    """How 错误 and 提醒 look on a terminal."""
    return _LOOKS[severity]


def _format_issue(issue: Issue) -> str:
    severity = click.style(str(issue.severity), **_LOOKS[issue.severity])
    place = f"{issue.place}：" if issue.place else ""
    said = to_one_line(f"{place}{issue.message}。")
    return f"  {severity}  {said}\n        {to_one_line(issue.remedy)}。"


class ProgressBar:
    """A progress bar on a terminal's stderr, for what takes longer than ``PATIENCE``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._begin = clock, clock()
        self._bar: Progress | None = None

    def __call__(self, done: int, total: int, name: str) -> None:
        """As ``commands.folder.progress.Progress``."""
        waited = self._clock() - self._begin
        if self._bar is None and waited > PATIENCE and sys.stderr.isatty():
            self._bar = _start_bar()
        if self._bar is not None:
            self._bar.update(
                self._bar.task_ids[0],
                completed=done,
                total=total,
                description=to_one_line(name),
                refresh=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


def _start_bar() -> Progress:
    """Without threads and without signs that a GBK console lacks."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = TextColumn("进度"), BarColumn(30), MofNCompleteColumn()
    name = TextColumn("{task.description}", markup=False)
    bar = Progress(*columns, name, console=Console(stderr=True), transient=True, auto_refresh=False)
    bar.add_task("")
    bar.start()
    return bar


def show_summary(checked: CheckedFolder) -> None:
    """Who has returned, and how the check ended."""
    from reportgen.reports.assignment.return_checks import BLANK, MISSING  # noqa: PLC0415

    errors, reminders = len(checked.errors), len(checked.issues) - len(checked.errors)
    missing, blank = (list_departments(checked.issues, code) for code in (MISSING, BLANK))
    print_text(f"已交回填报表的部门：{len(checked.dataset.begun)}个。", nl=False)
    print_text(f"尚未交回：{to_one_line('、'.join(missing))}。" if missing else "", nl=False)
    print_text(f"发出的表还没有填：{to_one_line('、'.join(blank))}。" if blank else "")
    if not checked.issues:
        print_text("核查完毕，没有发现问题。")
    elif errors:
        print_text(f"核查完毕：错误{errors}处，提醒{reminders}处。错误全部改正后才能生成报告。")
    elif due := len(checked.still_due):
        print_text(f"核查完毕：没有错误，提醒{reminders}处，其中{due}处生成报告前要填好。")
    else:
        print_text(f"核查完毕：没有错误，提醒{reminders}处，可以生成报告。")


def show_saved(what: str, saved: SavedFile, more: str = "") -> None:
    """Where a file was written, and why not where it should be."""
    if saved.aside:
        print_text(
            "已有同名的文件（有人改动过，或不是这个工作目录的），没有覆盖；新的另存为下面的文件。"
        )
    print_text(f"{what}：{to_one_line(saved.path)}{more}")


def show_pdf(printed: PrintedPdf | None) -> None:
    """The PDF, if one was asked for, or why there is none."""
    if printed is not None and printed.file is not None:
        print_text(f"PDF：{to_one_line(printed.file.path)}")
    elif printed is not None:
        print_text(to_one_line(printed.problem))


def show_earlier(files: RenewedOutputs, were: str) -> None:
    """What stands beside a file that somebody edited, and what became of those of before.

    ``were``: how the sentence on one of those begins.
    """
    if any(saved.aside for saved in files.saved):
        print_text(
            "名称带“（2）”等序号的：已有同名的文件（有人改动过，或不是这个工作目录的），没有覆盖，另存为新文件。"
        )
    for path in files.removed:
        print_text(f"{were}已移到“上一版”文件夹：{to_one_line(path)}")
    for path in files.kept:
        print_text(f"{were}有人改动过，没有移走：{to_one_line(path)}")


def show_sent_back(sent: SentBack) -> None:
    """What a check has written."""
    print_text(f"核查结果（交回情况、问题清单、催报）：{to_one_line(sent.result.path)}")
    print_text(f"同样的内容，双击在浏览器里看：{to_one_line(sent.page.path)}")
    for copy in sent.copies:
        print_text(f"标明错处的副本，可发回改正：{to_one_line(copy.path)}")
    for file in sent.uncopied:
        print_text(f"这个文件不能标注，没有副本，请按问题清单处理：{to_one_line(file)}")
    show_earlier(sent.files, "上次核查的结果，")


def list_departments(issues: Iterable[Issue], *codes: str) -> list[str]:
    """The departments that issues of these codes tell of."""
    return [issue.details["department"] for issue in issues if issue.code in codes]


_DONE = (
    ("figure", "数字", "处"), ("text", "文字", "段"), ("cell", "表格", "格"), ("picture", "图表", "张"),
    ("row", "新增表格行", "行"), ("added", "新增段落", "段"), ("removed", "删去", "处"),
    ("moved", "重排顺序", "处"),
)  # fmt: skip
"""What a refresh counts, as the user reads it."""
_LOOKS: dict[str, dict[str, Any]] = {"错误": {"fg": "red", "bold": True}, "提醒": {"fg": "yellow"}}
