"""Who may ask what: nobody but the browser window that was opened with the token.

A page that one visits elsewhere can send requests to this machine, too.  So, of every request: the Host
must be an address we serve (no name that an attacker lets point here), the cookie must be ours, and
what changes something must come from a page of ours, as the browser itself says (``Origin``,
``Sec-Fetch-Site``).  With ``--lan`` others may ask for what stands behind links, which
``departments`` guards, and for the style; all else stays for this machine.  Every answer forbids scripts and frames that are not ours (CSP).
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportgen.page.worker import OUR_BUG
from reportgen.views.render import render_view

READING = ("GET", "HEAD")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer a form would send “Origin: null”
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
NOT_HERE = "这个地址不是工作台的地址。请用打开工作台时的窗口。"
NO_COOKIE = "没有打开工作台的凭据。请关闭这个窗口，从启动窗口里写的地址重新打开。"
NOT_FROM_HERE = "工作台只能在打开它的电脑上用。部门请用发来的链接。"
FROM_ELSEWHERE = "这个请求不是从工作台的页面发出的，没有执行。"
BEHIND_LINKS = ("/d/", "/assets/")
_BITS = 32
"""Bytes of a secret."""


def refuse(status: int, said: str, *, back: bool = True) -> Response:
    """A page of one sentence; ``back``: with a way to the page."""
    page = render_view("message", title="不能继续", lines=[said], back=back)
    return HTMLResponse(page, status, {"Connection": "close"} if status in {408, 413} else None)


class Guard:
    """The application behind the door; ``token`` is in the opened address, the cookie after that.

    ``port``: of the address we serve, which tells our cookie from that of another page at work.
    ``lan``: others may ask, too; ``secure``: the address begins with https.
    """

    def __init__(
        self, app: ASGIApp, hosts: Collection[str], port: int,
        *, lan: bool = False, secure: bool = False,
    ) -> None:  # fmt: skip
        self.token, self._key = secrets.token_urlsafe(_BITS), secrets.token_urlsafe(_BITS)
        self._app, self._hosts, self._cookie = app, frozenset(hosts), f"reportgen-{port}"
        self._lan, self._secure = lan, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            return
        refused = self._refuse(scope)
        answer = _Answer(send)
        try:
            await (refused or self._app)(scope, receive, answer)
        except Exception:
            logging.getLogger(__name__).exception("answering")
            if not answer.begun:
                page = render_view("message", title="不能继续", lines=OUR_BUG, back=False)
                await HTMLResponse(page, 500)(scope, receive, answer)

    def _refuse(self, scope: Scope) -> Response | None:
        """What to say instead of an answer; the entry with the token is one, too."""
        headers = Headers(scope=scope)
        reads = scope["method"] in READING
        if headers.get("host", "") not in self._hosts:
            return refuse(421, NOT_HERE)
        if self._lan and scope["path"].startswith(BEHIND_LINKS):
            return self._refuse_stranger(headers, reads=reads)
        return self._refuse_at_the_desk(scope, headers, reads=reads)

    def _refuse_at_the_desk(
        self, scope: Scope, headers: Headers, *, reads: bool
    ) -> Response | None:
        """The office's side: for the window on this machine that was opened with the token."""
        if self._lan and not _is_this_machine(scope):
            return refuse(403, NOT_FROM_HERE, back=False)
        if reads and scope["path"] == "/" and self._brings_token(scope):
            return self._let_in()
        if not self._brings_cookie(headers):
            return refuse(403, NO_COOKIE)
        if _comes_from_elsewhere(headers, self._hosts, reads=reads):
            return refuse(403, FROM_ELSEWHERE)
        return None

    def _refuse_stranger(self, headers: Headers, *, reads: bool) -> Response | None:
        """A link may stand on any page; what is sent must come from the screen behind it."""
        if not reads and _comes_from_elsewhere(headers, self._hosts, reads=reads):
            return refuse(403, FROM_ELSEWHERE, back=False)
        return None

    def _brings_token(self, scope: Scope) -> bool:
        query = scope["query_string"].decode("latin-1")
        try:
            given = parse_qs(query, max_num_fields=8).get("token", [""])[0]
        except ValueError:
            return False
        return _is_same(given, self.token)

    def _let_in(self) -> Response:
        """The address without the token, and the cookie, which ends with the browser."""
        found = RedirectResponse("/", 303)
        found.set_cookie(
            self._cookie, self._key, httponly=True, samesite="strict", secure=self._secure, path="/"
        )
        return found

    def _brings_cookie(self, headers: Headers) -> bool:
        try:
            given = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return False
        return given is not None and _is_same(given.value, self._key)


def _is_this_machine(scope: Scope) -> bool:
    client = scope.get("client")
    return client is not None and client[0] in {"127.0.0.1", "::1"}


def _is_same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode(), secret.encode())


def _comes_from_elsewhere(headers: Headers, hosts: Collection[str], *, reads: bool) -> bool:
    """Whether another page has sent it; what changes something must say that it was ours."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if site not in {None, "same-origin", "none"}:
        return True
    if origin is not None and origin.partition("://")[2] not in hosts:
        return True
    return not reads and origin is None and site != "same-origin"


class _Answer:
    """What is sent, with the headers that every answer has."""

    def __init__(self, send: Send) -> None:
        self._send, self.begun = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await self._send(message)
