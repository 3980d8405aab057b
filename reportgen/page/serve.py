"""The page opened: a port on this machine, the browser, and the end when nobody looks at it any more."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from reportgen.excel.read import child
from reportgen.page.app import make_app
from reportgen.page.desk import Office
from reportgen.page.guard import Guard
from reportgen.page.lan import Lan, Network, list_addresses, listen_at, name_host
from reportgen.page.patience import PatientProtocol
from reportgen.page.worker import Worker
from reportgen.views.render import render_view
from reportgen.workspace import require_folder

HOST = "127.0.0.1"
TICK = 5.0
"""Seconds between two looks whether somebody is still there."""
IDLE = 120
"""Ticks without a request after which the page ends: a window asks every half minute.  While the
machine sleeps there are no ticks."""
LAST_WORDS = 1.0
"""Seconds in which the window still gets the style of the last page."""
GOODBYE = "工作台已停止，可以关闭这个窗口。再用时请重新打开。"


@dataclass(frozen=True)
class OpenedPage:
    """A page that is being served: the address to open, with its token, and what ends it.

    ``links``: how links to it begin, one for each network; empty if only this machine reaches it.
    """

    address: str
    stop: Callable[[], None]
    links: Sequence[str] = ()


def serve_page(
    root: Path, tell: Callable[[OpenedPage], None], port: int = 0, network: Network | None = None
) -> None:
    """Serve the working folders in ``root``, or ``root`` itself, until the page is stopped.

    ``tell``: called once it can be opened.  ``port``: 0 takes a free one.  ``network``: others in
    the office's network may hand in; the page then stays open without being looked at.

    Raises:
        WorkspaceError: there is no such folder, or the certificate cannot be used.
        OSError: the port is taken.
    """
    require_folder(root)
    if network:
        network.require_sound()
    others = (network.hosts or list_addresses()) if network else ()
    with ExitStack() as open_ones:
        listening: list[socket.socket] = []
        for host in (HOST, *others):
            listening.append(open_ones.enter_context(listen_at(host, port)))
            port = listening[0].getsockname()[1]
        names = [name_host(host, port) for host in others]
        asyncio.run(_serve(root, listening, names, tell, network))


async def _serve(
    root: Path, listening: Sequence[socket.socket], names: Sequence[str],
    tell: Callable[[OpenedPage], None], network: Network | None,
) -> None:  # fmt: skip
    """``names``: by which others in the network call this page."""
    port = listening[0].getsockname()[1]
    scheme = network.scheme if network else "http"
    links = [f"{scheme}://{name}" for name in names]
    lan = Lan(links or [f"{scheme}://{HOST}:{port}"], scheme == "https") if network else None
    office = Office(root, lan, Worker(gc.collect))
    app = make_app(office)
    hosts = [*_name_hosts(port), *names]
    guard = Guard(app, hosts, port, lan=lan is not None, secure=scheme == "https")
    presence = _Presence(guard, lambda: office.worker.running is not None)
    server = uvicorn.Server(_configure(presence, network))

    def stop() -> None:
        server.should_exit = True

    app.router.routes.append(Route("/stop", _stop_with(stop), methods=["POST"]))
    _warm_up(office)
    tell(OpenedPage(f"{scheme}://{HOST}:{port}/?token={guard.token}", stop, links))
    watching = None if network else asyncio.create_task(presence.watch(stop))
    try:
        await server.serve(sockets=list(listening))
    finally:
        if watching:
            watching.cancel()
        office.worker.stop()


def _name_hosts(port: int) -> list[str]:
    return [f"{HOST}:{port}", f"localhost:{port}"]


def _configure(app: ASGIApp, network: Network | None) -> uvicorn.Config:
    return uvicorn.Config(
        app, lifespan="off", ws="none", http=PatientProtocol, loop="asyncio", access_log=False,
        log_level="warning", server_header=False, limit_concurrency=100, timeout_keep_alive=30,
        timeout_graceful_shutdown=5, proxy_headers=False,
        ssl_certfile=network.cert if network else None, ssl_keyfile=network.key if network else None,
    )  # fmt: skip


def _warm_up(office: Office) -> None:
    """Load what the commands need while the browser opens: the first command finds it there."""
    child.start_process()
    office.worker.start("准备", lambda _: _load_rooms())


def _load_rooms() -> None:
    from reportgen.charts import render  # noqa: F401, PLC0415
    from reportgen.commands import build, check, trace, verify  # noqa: F401, PLC0415
    from reportgen.word.after import comments  # noqa: F401, PLC0415
    from reportgen.word.document import reader  # noqa: F401, PLC0415
    from reportgen.word.render import fill  # noqa: F401, PLC0415

    gc.collect()
    gc.freeze()  # what is loaded stays: what is looked through after each job is little


def _stop_with(stop: Callable[[], None]) -> Callable[[Request], object]:
    async def answer(_: Request) -> Response:
        asyncio.get_running_loop().call_later(LAST_WORDS, stop)
        page = render_view("message", title="已停止", lines=[GOODBYE], back=False)
        return HTMLResponse(page)

    return answer


class _Presence:
    """The application, and how long nobody has asked it anything; ``is_busy``: a long run goes on."""

    def __init__(self, app: ASGIApp, is_busy: Callable[[], bool]) -> None:
        self._app, self._is_busy, self._ticks = app, is_busy, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._ticks = 0
        await self._app(scope, receive, send)

    async def watch(self, stop: Callable[[], None]) -> None:
        """End the page once nobody has been there for IDLE ticks."""
        while self._ticks < IDLE:
            await asyncio.sleep(TICK)
            self._ticks = 0 if self._is_busy() else self._ticks + 1
        stop()


def open_browser(address: str) -> None:
    """The default browser, which may take its time."""
    import webbrowser  # noqa: PLC0415

    def run() -> None:
        with suppress(Exception):
            webbrowser.open(address)

    threading.Thread(target=run, daemon=True).start()
