"""What every screen needs of a request: the working folder it names, the job it tells of, the page filled."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from reportgen.page.desk import QUICK, Desk, Office
from reportgen.page.root_desk import RootDesk
from reportgen.page.worker import Job
from reportgen.views.render import render_view

NO_FOLDER = "这里没有这个工作目录，可能已经移走或改名。"
NO_ROOT = "工作台是在一个工作目录上打开的。要汇总，请在放着各个工作目录的文件夹上打开工作台。"
NO_FILE = "工作目录里没有这个文件，可能已经移走或改名。"
SCREENS = {
    "overview": "总览",
    "assign": "交办",
    "receive": "收表",
    "issues": "问题",
    "report": "报告",
    "verify": "核对",
    "papers": "公文",
    "review": "审核",
}
"""By its address, what a screen is called, in the order of the year."""
ROOT_SCREENS = {"rollup": "汇总", "report": "汇总报告", "verify": "核对"}
"""Those of the folder that holds the working folders."""
OTHERS = {"/folders": "工作目录", "/all/rollup": "汇总", "/proofread": "文稿核算"}
"""By address, the screens that belong to no working folder."""


def office_of(request: Request) -> Office:
    """The working folders that are served."""
    found = request.app.state.office
    assert isinstance(found, Office)
    return found


def desk_of(request: Request) -> Desk:
    """The working folder that the address names, else the one that holds them all; 404 if there is none."""
    name = request.path_params.get("folder")
    desk = root_of(request) if name is None else office_of(request).desk(name)
    if desk is None:
        raise HTTPException(404, NO_FOLDER)
    return desk


def root_of(request: Request) -> RootDesk:
    """The folder that holds the working folders; 404 if the page was opened on one of them."""
    root = request.app.state.root_desk
    assert isinstance(root, RootDesk)
    if office_of(request).is_single:
        raise HTTPException(404, NO_ROOT)
    return root


def file_of(desk: Desk, name: str) -> Path:
    """The file of that name among those listed; 404 if there is none."""
    path = desk.files.get(name)
    if path is None:
        raise HTTPException(404, NO_FILE)
    return path


def address_of(desk: Desk, screen: str, **query: str | int) -> str:
    """The address of a screen of a working folder."""
    asked = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in query.items())
    return f"{desk.address}/{screen}" + (f"?{asked}" if asked else "")


def job_of(request: Request) -> Job | None:
    """The job of which the screen is to tell."""
    number = request.query_params.get("job", "")
    return office_of(request).worker.jobs.get(int(number)) if number.isdecimal() else None


def show(request: Request, template: str, title: str, **values: object) -> Response:
    """A screen of no working folder."""
    filled = {"title": title, "desk": None, "job": job_of(request), "screens": {}, **values}
    filled.setdefault("others", list_others(request))
    return HTMLResponse(render_view(template, **filled))


def list_others(request: Request, desk: Desk | None = None) -> Mapping[str, str]:
    """By address, the screens of no working folder; 汇总 beside those of a folder only if it lies deeper.

    Where the page was opened on a single folder nothing is rolled up.
    """
    beside = desk is None or "/" in desk.name
    rolled_up = beside and not office_of(request).is_single
    return {to: said for to, said in OTHERS.items() if rolled_up or to != "/all/rollup"}


def show_desk(
    request: Request, desk: Desk, screen: str, template: str = "", **values: object
) -> Response:
    """A screen of a working folder; ``template``: if it is not called as the screen."""
    screens = _list_screens(request, desk)
    return show(
        request, template or screen, screens.get(screen, ("",))[0], desk=desk, screen=screen,
        screens=screens, others=list_others(request, desk), address=lambda to, **query: address_of(desk, to, **query),
        **values,
    )  # fmt: skip


def _list_screens(request: Request, desk: Desk) -> Mapping[str, tuple[str, str]]:
    """By screen its name and address; what a kind of report or the page does not have is left out."""
    if desk.is_root:
        return {screen: (name, address_of(desk, screen)) for screen, name in ROOT_SCREENS.items()}
    kind = desk.kind
    review = f"{kind.review.name}审核" if kind and kind.review else ""
    papers = SCREENS["papers"] if kind and kind.papers() else ""
    links = "链接" if office_of(request).lan and "/" not in desk.name else ""
    names = {**SCREENS, "papers": papers, "review": review, "links": links}
    return {screen: (name, address_of(desk, screen)) for screen, name in names.items() if name}


async def go_on(desk: Desk, screen: str, job: Job, **query: str | int) -> Response:
    """To the screen that tells what came of a job, at once if it is quick."""
    return await go_to(address_of(desk, screen, job=job.number, **query), job)


async def go_to(address: str, job: Job) -> Response:
    """As ``go_on``, to a screen of any address."""
    await job.wait(QUICK)
    return RedirectResponse(address, 303)


def save_as(name: str, content: bytes, media_type: str = "application/octet-stream") -> Response:
    """A file that lies nowhere, always as one to be saved."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=media_type, headers=headers)


def find_copies(desk: Desk) -> dict[str, str]:
    """By workbook with errors, the name of its marked copy among the files listed."""
    if desk.sent is None:
        return {}
    found = {path.relative_to(desk.folder).as_posix() for path in desk.files.values()}
    saved = {each.path.relative_to(desk.folder).as_posix() for each in desk.sent.files.saved}
    there = {f"{desk.out.name}/{place}": file for file, place in desk.sent.places.items() if place}
    return {there[name]: name for name in there if name in found & saved}
