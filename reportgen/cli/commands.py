"""The door: ``main`` runs a command; it reads the environment and picks the exit code.

0 done (reminders included) · 1 the data has errors · 2 cannot run · 130 interrupted (Ctrl-C).
"""

from __future__ import annotations

import os
import signal
import sys
from io import TextIOWrapper
from typing import NoReturn

import click

from reportgen.cli import before_report, edited_report, many_reports, page, papers, publish, review
from reportgen.cli.group import CANNOT, DONE, INTERRUPTED, commands
from reportgen.cli.output import describe_usage_error, mark_unseen, silence_stream, to_one_line
from reportgen.errors import ReportgenError

__all__ = [
    "before_report",
    "commands",
    "edited_report",
    "main",
    "many_reports",
    "page",
    "papers",
    "publish",
    "review",
]  # the commands are there once their modules are


def main() -> None:
    """Run the command line; a ReportgenError is one message, anything else is our bug.

    Ctrl-C is one line at any moment, with an exit code of its own.
    """
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _run_commands()
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断，没有做完。已写好的文件都是完整的，再运行一次即可。", err=True)
        sys.exit(INTERRUPTED)


def _run_commands() -> None:
    os.environ["MPLBACKEND"] = "agg"  # one that is not installed would keep charts from being drawn
    os.environ["OPENBLAS_NUM_THREADS"] = (
        "1"  # numpy's threads for matrices cost each process 0.05 s
    )
    for stream in (sys.stdout, sys.stderr):
        _speak_chinese(stream)
    try:
        sys.exit(commands(standalone_mode=False) or DONE)
    except click.ClickException as error:
        click.echo(describe_usage_error(error), err=True)
        sys.exit(CANNOT)
    except click.Abort:
        raise
    except ReportgenError as error:
        _stop_with_message("不能继续：" + "\n".join(map(to_one_line, error.lines)))
    except OSError as error:
        _stop_with_message(f"不能继续：{to_one_line(_describe_refusal(error))}")
    except Exception:  # noqa: BLE001
        from traceback import format_exc  # noqa: PLC0415

        _stop_with_message(
            f"{format_exc()}程序出了意外，这是软件的问题。请把上面的内容发给维护人员。"
        )


def _stop_with_message(why: str) -> NoReturn:
    try:
        click.echo(mark_unseen(why), err=True)
    except OSError:  # nobody listens there either
        silence_stream(sys.stderr)
    sys.exit(CANNOT)


def _describe_refusal(error: OSError) -> str:
    """What the system refused outside of the working folder: most likely to take what is printed."""
    from reportgen.workspace.faults import find_cause  # noqa: PLC0415

    why, remedy = find_cause(error)
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
