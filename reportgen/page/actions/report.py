"""What the buttons of 核对 do: an edited report verified, renewed, made final; and what reports are worded with."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

import reportgen
from reportgen.commands import standard_files
from reportgen.commands.desk.many_folders import keep_reports
from reportgen.commands.desk.receive import ReceivedFile, Sort, receive
from reportgen.page.actions import said
from reportgen.page.actions.year import require_files, run, start
from reportgen.page.answers import desk_of, file_of, go_on, office_of
from reportgen.page.desk import QUICK
from reportgen.page.uploads import read_fields


async def verify(request: Request) -> Response:
    """核对, against the data as they are now."""
    path, name, fields = await _read_choice(request)
    comments, template = "comments" in fields, _find_template(request, fields)
    return await run(
        request, "verify", "核对",
        lambda desk, _: reportgen.verify(
            path, desk.folder, comments=comments, template=template
        ),
        said.tell_verified, name=name,
    )  # fmt: skip


async def verify_dropped(request: Request) -> Response:
    """Keep an edited report that was dropped, and verify it."""
    desk = desk_of(request)
    files = [(each.name, each.content) for each in await require_files(request)]
    take = keep_reports if desk.is_root else receive
    taking = office_of(request).worker.start(
        "收报告", lambda tell: take(desk.folder, files, tell), said.tell_received
    )
    await taking.wait(QUICK * 4)
    path = _find_report(taking.result)
    if path is None:
        return await go_on(desk, "verify", taking)
    job = start(
        request, desk, "核对", lambda _: reportgen.verify(path, desk.folder), said.tell_verified
    )
    return await go_on(desk, "verify", job, name=desk.name_of(path))


def _find_report(received: object) -> Path | None:
    """The first report among what was received."""
    found = received if isinstance(received, list) else []
    return next(
        (one.path for one in found if isinstance(one, ReceivedFile) and one.sort is Sort.REPORT),
        None,
    )


async def refresh(request: Request) -> Response:
    """更新: the edited report with the data as they are now."""
    path, name, fields = await _read_choice(request)
    other, template = "other" in fields, _find_template(request, fields)
    return await run(
        request, "verify", "更新",
        lambda desk, tell: reportgen.refresh(
            path, desk.folder, template=template, other_template=other, progress=tell
        ),
        said.tell_refreshed, name=name,
    )  # fmt: skip


async def finalize(request: Request) -> Response:
    """定稿: not where something disagrees; what was looked at must be said."""
    path, name, fields = await _read_choice(request)
    accept, force, pdf = (each in fields for each in ("accept", "force", "pdf"))
    template = _find_template(request, fields)
    return await run(
        request, "verify", "定稿",
        lambda desk, _: reportgen.finalize(
            path, desk.folder, accept=accept, force=force, template=template, pdf=pdf
        ),
        said.tell_finalized, name=name,
    )  # fmt: skip


async def write_sentences(request: Request) -> Response:
    """报告句子, to be edited; one that is there stays."""
    return await run(
        request, "report", "报告句子",
        lambda desk, _: (
            standard_files.sentences(desk.folder), standard_files.uses_sentences(desk.folder)
        ),
        lambda done: said.tell_sentences(*done),
    )  # fmt: skip


async def renew_fields(request: Request) -> Response:
    """模板字段表, with the values of this folder."""
    return await run(
        request, "report", "模板字段表",
        lambda desk, _: standard_files.fields(desk.folder), said.tell_fields,
    )  # fmt: skip


async def _read_choice(request: Request) -> tuple[Path, str, dict[str, str]]:
    """The report that a form names, its name, and what else the form says."""
    fields = await read_fields(request)
    name = fields.get("name", "")
    return file_of(desk_of(request), name), name, fields


def _find_template(request: Request, fields: dict[str, str]) -> Path | None:
    """The template with which the report was made, if a form names another than the present one."""
    name = fields.get("template", "")
    return file_of(desk_of(request), name) if name else None
