"""What the screens show: each a question about a working folder as it stands, answered by the commands."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path, PurePosixPath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

import reportgen
from reportgen import workspace
from reportgen.commands.desk.receive import ASIDE
from reportgen.commands.folder.look import show_issues
from reportgen.commands.folder.look_at_report import ShownReport
from reportgen.page.answers import (
    NO_FILE,
    address_of,
    desk_of,
    file_of,
    find_copies,
    office_of,
    save_as,
    show,
    show_desk,
)
from reportgen.page.desk import Desk
from reportgen.reports.check_result import make_result_rows
from reportgen.views.render import ASSETS, read_asset
from reportgen.workspace.names import LAST

NOT_PACKED = (".json", ".jsonl")
"""What only programs read."""
SHOWN_ISSUES = 100
"""So many issues of one department are shown; all of them stand in 核查结果.xlsx."""
TABLES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".txt")
"""What may be a register or a ledger."""

Screen = Callable[[Request], Awaitable[Response]]


async def asset(request: Request) -> Response:
    """A file of the style, the script or the icon."""
    name = request.path_params["name"]
    if name not in ASSETS:
        raise HTTPException(404, NO_FILE)
    return Response(read_asset(name), media_type=ASSETS[name])


async def job_state(request: Request) -> Response:
    """How far a job is, for the script."""
    job = office_of(request).worker.jobs.get(request.path_params["number"])
    if job is None:
        return JSONResponse({"finished": True})
    told = {"done": job.done, "total": job.total, "step": job.step, "finished": job.finished}
    return JSONResponse(told)


async def folders(request: Request) -> Response:
    """工作目录: which there are, and how to begin another one; one alone is opened at once."""
    office = office_of(request)
    if request.url.path == "/" and office.is_single:
        (name,) = office.folders
        desk = office.desk(name)
        assert desk is not None
        return RedirectResponse(address_of(desk, "overview"), 303)
    desks = [desk for name in office.folders if (desk := office.desk(name))]
    found = [(desk, address_of(desk, "overview")) for desk in desks]
    kinds = [kind.name for kind in reportgen.kinds()]
    return show(request, "folders", "工作目录", found=found, kinds=kinds, office=office)


def checked(screen: Callable[[Request, Desk], Response]) -> Screen:
    """A screen that tells of a check: it waits for one that is current, or shows how far it is."""

    async def answer(request: Request) -> Response:
        desk = desk_of(request)
        pending = await office_of(request).look(desk)
        if pending is not None:
            return show_desk(request, desk, "waiting", pending=pending)
        return await office_of(request).worker.run(lambda: screen(request, desk))

    return answer


def overview(request: Request, desk: Desk) -> Response:
    """总览: each department, and the texts that urge."""
    outcome, checked_ = desk.outcome, desk.checked
    assert checked_ is not None
    assert desk.day is not None
    return show_desk(
        request, desk, "overview", rows=make_result_rows(outcome), checked=checked_, day=desk.day,
        board=desk.board,
    )  # fmt: skip


def assign(request: Request, desk: Desk) -> Response:
    """交办: the forms that are there to be sent."""
    prefix = f"{workspace.RETURNS}/"
    forms = [name for name in desk.files if name.startswith(prefix)]
    return show_desk(request, desk, "assign", forms=forms)


def issues(request: Request, desk: Desk) -> Response:
    """问题: by department, each with the row as filled in."""
    outcome, checked_ = desk.outcome, desk.checked
    assert checked_ is not None
    found = show_issues(checked_, outcome, SHOWN_ISSUES)
    counts = {department: len(each) for department, each in outcome.by_department.items()}
    copies = find_copies(desk)
    links = {name: address_of(desk, "file", name=name) for name in copies.values()}
    return show_desk(
        request, desk, "issues", links=links, found=found, counts=counts, checked=checked_, outcome=outcome,
        copies=copies, results=_find_results(desk),
    )  # fmt: skip


def _find_results(desk: Desk) -> list[str]:
    if desk.sent is None:
        return []
    return [desk.name_of(desk.sent.result.path)]


async def receive(request: Request) -> Response:
    """收表: where files are dropped, and what was dropped last."""
    desk = desk_of(request)
    prefix = f"{workspace.RECEIVED}/"
    there = {name: path for name, path in desk.files.items() if name.startswith(prefix)}
    aside = [name for name in there if name.startswith(f"{prefix}{ASIDE}/")]
    kept = [name for name in there if name not in aside]
    tables = [name for name in kept if name.endswith(TABLES)]
    papers = [
        name
        for name in kept
        if name.endswith(".docx") and not isinstance(desk.look_at(there[name]), ShownReport)
    ]
    return show_desk(request, desk, "receive", kept=kept, aside=aside, tables=tables, papers=papers)


async def download(request: Request) -> Response:
    """A file of the working folder, always as one to be saved."""
    path = file_of(desk_of(request), request.query_params.get("name", ""))
    return FileResponse(path, filename=path.name, media_type="application/octet-stream")


async def packed(request: Request) -> Response:
    """All files that lie in one folder of the working folder, in one file."""
    desk = desk_of(request)
    under = request.query_params.get("under", "")
    files = {
        name.removeprefix(f"{under}/"): path
        for name, path in desk.files.items()
        if name.startswith(f"{under}/")
        and not name.endswith(NOT_PACKED)
        and LAST not in name.split("/")
    }
    if not files:
        raise HTTPException(404, NO_FILE)
    content = await asyncio.to_thread(_pack, files)
    return save_as(f"{PurePosixPath(under).name}.zip", content, "application/zip")


def _pack(files: Mapping[str, Path]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, path in files.items():
            archive.write(path, name)
    return packed.getvalue()
