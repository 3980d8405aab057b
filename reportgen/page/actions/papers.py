"""What the buttons of 公文 and 审核 do: papers written, others' reviewed and made public."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import Response

import reportgen
from reportgen.commands import papers
from reportgen.page.actions import said
from reportgen.page.actions.year import run
from reportgen.page.uploads import read_fields


async def write(request: Request) -> Response:
    """公文, those that are chosen, or all; what somebody edited stays."""
    today = dt.date.today()
    chosen = list(await read_fields(request))
    return await run(
        request, "papers", "公文",
        lambda desk, tell: reportgen.papers(desk.folder, desk.out, today, chosen, tell),
        said.tell_written,
    )  # fmt: skip


async def write_templates(request: Request) -> Response:
    """公文模板, to be edited; those that are there stay."""
    return await run(
        request, "papers", "公文模板",
        lambda desk, _: papers.templates(desk.folder), said.tell_templates,
    )  # fmt: skip


async def review(request: Request) -> Response:
    """审核, of all papers that were handed in."""
    today = dt.date.today()
    return await run(
        request, "review", "审核",
        lambda desk, tell: reportgen.review(desk.folder, desk.out, today, tell), said.tell_reviewed,
    )  # fmt: skip


async def publish(request: Request) -> Response:
    """公开稿, of the papers that passed."""
    return await run(
        request, "review", "公开稿",
        lambda desk, tell: reportgen.publish(desk.folder, desk.out, tell), said.tell_published,
    )  # fmt: skip
