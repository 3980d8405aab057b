"""What the buttons up to the report do: each starts one command and goes to the screen that tells of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

import reportgen
from reportgen.commands.build import BuiltReport
from reportgen.commands.desk.receive import receive
from reportgen.commands.folder.progress import Progress
from reportgen.page.actions import said
from reportgen.page.answers import desk_of, go_on, office_of
from reportgen.page.desk import QUICK, Desk
from reportgen.page.uploads import TooMuchError, Upload, read_fields, read_uploads
from reportgen.page.worker import Job, Said

NOTHING_SENT = "没有收到文件。请选好文件再交。"
Result = TypeVar("Result")


async def run(
    request: Request, screen: str, command: str,
    do: Callable[[Desk, Progress], Result], say: Callable[[Result], Said], **query: str,
) -> Response:  # fmt: skip
    """Start a command on the working folder that is asked for, and go to the screen that tells of it."""
    desk = desk_of(request)
    job = start(request, desk, command, lambda tell: do(desk, tell), say)
    return await go_on(desk, screen, job, **query)


def start(
    request: Request, desk: Desk, command: str, do: Callable[[Progress], Result],
    say: Callable[[Result], Said],
) -> Job:  # fmt: skip
    """Start a command on a folder; what looks into all working folders is a long run."""
    worker = office_of(request).worker
    return (worker.start_aside if desk.is_root else worker.start)(command, do, say)


async def check(request: Request) -> Response:
    """核查, with the result's workbook and the marked copies."""
    today = dt.date.today()
    return await run(
        request, "issues", "核查",
        lambda desk, tell: desk.check_and_send_back(today, tell), said.tell_sent,
    )  # fmt: skip


async def assign(request: Request) -> Response:
    """交办."""
    return await run(
        request,
        "assign",
        "交办",
        lambda desk, _: reportgen.assign(desk.folder),
        said.tell_handed_out,
    )


async def cards(request: Request) -> Response:
    """办理卡片, of all departments."""
    return await run(
        request, "assign", "办理卡片",
        lambda desk, _: reportgen.cards(desk.folder, desk.out), said.tell_printed,
    )  # fmt: skip


async def status(request: Request) -> Response:
    """督办通报, as of today."""
    today = dt.date.today()
    return await run(
        request, "overview", "督办通报",
        lambda desk, tell: reportgen.status(desk.folder, desk.out, today, tell), said.tell_noticed,
    )  # fmt: skip


async def take_in(request: Request) -> Response:
    """收表: keep what was dropped."""
    sent = await require_files(request)
    files = [(each.name, each.content) for each in sent]
    return await run(
        request, "receive", "收表",
        lambda desk, tell: receive(desk.folder, files, tell), said.tell_received,
    )  # fmt: skip


async def require_files(request: Request) -> list[Upload]:
    """The files that a form brings; TooMuchError if it brings none."""
    sent, _ = await read_uploads(request)
    if not sent:
        raise TooMuchError(400, NOTHING_SENT)
    return sent


async def build(request: Request) -> Response:
    """生成报告."""
    desk = desk_of(request)
    fields = await read_fields(request)
    draft, annotate, pdf = (each in fields for each in ("draft", "annotate", "pdf"))
    job = office_of(request).worker.start(
        "生成报告",
        lambda tell: reportgen.build(
            desk.folder, desk.out, draft=draft, annotate=annotate, pdf=pdf, progress=tell
        ),
        said.tell_built,
    )
    await job.wait(QUICK)
    built = job.result
    if isinstance(built, BuiltReport) and built.document is not None:
        return await go_on(desk, "report", job, name=desk.name_of(built.document.path))
    return await go_on(desk, "report", job)
