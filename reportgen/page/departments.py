"""What a department sees behind its own link, and what it may do there: fetch its files and hand in.

The code in the address is all it has; it is looked up before anything that is sent is read.  Nothing
said here names a place on this machine, or anything of another department.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from reportgen.commands.desk.hand_in import hand_in, has_room, keep_files
from reportgen.commands.desk.links import find_link
from reportgen.commands.desk.own_view import OwnView, list_owners, view_own
from reportgen.errors import ReportgenError
from reportgen.page.answers import find_copies, office_of
from reportgen.page.desk import Desk
from reportgen.page.guard import refuse
from reportgen.page.lan import Lan, log_wrong_code
from reportgen.page.uploads import TooMuchError, read_uploads
from reportgen.views.render import render_view

MOST, MANY = 20 * 1024 * 1024, 10
"""Bytes and files of one sending: a form filled in has some hundred thousand."""
PATIENCE = 60.0
"""Seconds that a department waits for a check: many may hand in at once, and one check tells them all."""
SHOWN_ISSUES = 100
WRONG = "这个链接不对，或已经换成新的。请核对，或向交办机关要新的链接。"
TOO_OFTEN = "刚才的链接不对。请过一分钟再试。"
NOT_NOW = "现在不能处理，已经交来的文件都留着。请告知交办机关，或过一会儿再试。"
CHECKING = "正在核查，请过一会儿刷新这一页。"
NOTHING_SENT = "没有收到文件。请选好文件再交。"
FULL = "交来的文件已经太多，这一次的没有接收。请与交办机关联系。"
NO_FILE = "没有这个文件，可能已经换成新的。请回到上一页重新下载。"
Answer = Callable[[Request, Desk, str], Awaitable[Response]]


def list_routes() -> list[Route]:
    """The addresses behind a link."""
    return [
        Route("/d/{code}", _entered(_show)),
        Route("/d/{code}/file", _entered(_download)),
        Route("/d/{code}/hand-in", _entered(_take_in), methods=["POST"]),
    ]


def lan_of(request: Request) -> Lan:
    """Of the office that is served; there is one where these addresses are."""
    found = office_of(request).lan
    assert found is not None
    return found


def _entered(do: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Only for whoever brings a code; whatever goes wrong is a sentence that tells nothing else."""

    async def answer(request: Request) -> Response:
        try:
            return await do(request, *await _enter(request))
        except TooMuchError as error:
            return refuse(error.status, error.said, back=False)
        except (ReportgenError, OSError):
            logging.getLogger(__name__).exception("behind a link")
            return refuse(503, NOT_NOW, back=False)

    return answer


async def _enter(request: Request) -> tuple[Desk, str]:
    """The working folder and the owner of a code."""
    office, brake = office_of(request), lan_of(request).brake
    client = request.client.host if request.client else ""
    if not brake.allows(client):
        raise TooMuchError(429, TOO_OFTEN)
    code = request.path_params["code"]
    for name, folder in office.folders.items():
        owner = await asyncio.to_thread(find_link, folder, code)
        desk = office.desk(name) if owner else None
        if owner and desk:
            return desk, owner
    brake.note(client)
    await asyncio.to_thread(log_wrong_code, office.root, client)
    raise TooMuchError(403, WRONG)


async def _look(request: Request, desk: Desk, owner: str) -> tuple[OwnView, Mapping[str, Path]]:
    """What the owner may see, and by name the files that it may fetch."""
    office = office_of(request)
    pending = await office.look(desk, PATIENCE)
    if pending is not None:
        raise TooMuchError(503, NOT_NOW if pending.finished else CHECKING)

    def view() -> tuple[OwnView, Mapping[str, Path]] | None:
        if desk.checked is None or owner not in list_owners(desk.outcome):
            return None
        if desk.sent is None and desk.checked.errors:  # what was marked is of an earlier check
            with suppress(ReportgenError):
                desk.send_back()
        own = view_own(desk.checked, desk.outcome, desk.board, owner, SHOWN_ISSUES)
        return own, _list_files(desk, own)

    found = await office.worker.run(view)
    if found is None:
        raise TooMuchError(403, WRONG)
    return found


def _list_files(desk: Desk, own: OwnView) -> Mapping[str, Path]:
    """Its workbooks and their marked copies, by name."""
    copies = find_copies(desk)
    names = [*own.files, *(copies[file] for file in own.files if file in copies)]
    there = desk.files
    return {name: there[name] for name in names if name in there}


async def _show(request: Request, desk: Desk, owner: str) -> Response:
    own, files = await _look(request, desk, owner)
    here, lan = _address_of(request), lan_of(request)
    links = [
        (
            PurePosixPath(name).name,
            name not in own.files,
            f"{here}/file?name={quote(name, safe='')}",
        )
        for name in files
    ]
    said = lan.said.pop((desk.name, owner), ())
    review = desk.kind.review if desk.kind else None
    page = render_view(
        "department",
        own=own,
        letters=review.name if review else "",
        links=links,
        here=here,
        said=said,
        secure=lan.secure,
    )
    return HTMLResponse(page)


def _address_of(request: Request) -> str:
    return f"/d/{quote(request.path_params['code'], safe='')}"


async def _download(request: Request, desk: Desk, owner: str) -> Response:
    _, files = await _look(request, desk, owner)
    path = files.get(request.query_params.get("name", ""))
    if path is None:
        raise TooMuchError(404, NO_FILE)
    return FileResponse(path, filename=path.name, media_type="application/octet-stream")


async def _take_in(request: Request, desk: Desk, owner: str) -> Response:
    """Keep what is sent, lay the returns among it under 填报, and tell on the owner's screen, which checks."""
    await _look(request, desk, owner)
    sent, _ = await read_uploads(request, MOST, MANY)
    if not sent:
        raise TooMuchError(400, NOTHING_SENT)
    files = [(each.name, each.content) for each in sent]
    if not has_room(desk.folder, owner, files):
        raise TooMuchError(429, FULL)
    await asyncio.to_thread(keep_files, desk.folder, owner, files, dt.datetime.now())

    def take() -> list[str]:
        checked = desk.checked
        assert checked is not None
        return hand_in(desk.folder, checked, owner, files)

    worker = office_of(request).worker
    said = await worker.run(take)
    worker.tidy()
    lan_of(request).said[desk.name, owner] = said
    return RedirectResponse(_address_of(request), 303)
