"""A browser without a window: asks the page in this process, with whatever headers a test gives it."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

from reportgen.page.app import make_app
from reportgen.page.desk import Office
from reportgen.page.guard import Guard
from reportgen.page.lan import Lan

PORT = 8123
HERE = f"http://127.0.0.1:{PORT}"
OF_NO_FOLDER = (
    "/proofread", "/proofread/copy",
    *(f"/all/{name}" for name in (
        "rollup", "report", "verify", "figure", "chart", "table", "picture", "file?name=汇总设置.xlsx",
        "packed?under=output", "batch", "halt", "settings", "settings/blank", "verify/drop", "refresh", "finalize",
    )),
)  # fmt: skip
"""Addresses of the office's screens and actions that belong to no working folder."""
OWN = {"origin": HERE, "sec-fetch-site": "same-origin"}


class Client:
    """The page over the folders in ``root``; ``enter`` fetches the cookie."""

    def __init__(self, root: Path, lan: Lan | None = None) -> None:
        self.office = Office(root, lan)
        self.app = make_app(self.office)
        hosts = [f"127.0.0.1:{PORT}", f"localhost:{PORT}"]
        self.guard = Guard(self.app, hosts, PORT, lan=lan is not None)
        self.address = "127.0.0.1"
        self.cookies: dict[str, str] = {}

    def enter(self) -> "Client":
        answer = self.get(f"/?token={self.guard.token}")
        assert answer.status_code == 303
        self.cookies = dict(answer.cookies)
        return self

    def get(self, address: str, **headers: str) -> httpx.Response:
        return self.ask("GET", address, headers)

    def post(self, address: str, **given: object) -> httpx.Response:
        """As a form of the page sends it."""
        return self.ask("POST", address, OWN, **given)

    def follow(self, answer: httpx.Response) -> httpx.Response:
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"])

    def ask(
        self, method: str, address: str, headers: Mapping[str, str], **given: object
    ) -> httpx.Response:
        async def run() -> httpx.Response:
            transport = httpx.ASGITransport(self.guard, client=(self.address, 9))
            async with httpx.AsyncClient(
                transport=transport, base_url=HERE, cookies=self.cookies
            ) as client:
                return await client.request(method, address, headers=dict(headers), **given)

        answer = asyncio.run(run())
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert find_options(answer.text) == []
        return answer

    def finish(self, answer: httpx.Response) -> httpx.Response:
        """The screen that an action leads to, once its command is done."""
        number = int(parse_qs(urlsplit(answer.headers["location"]).query)["job"][0])
        self.office.worker.jobs[number].future.result(60)
        return self.follow(answer)


def find_options(text: str) -> list[str]:
    """What in a page is said to somebody at a terminal."""
    return re.findall(
        r"(?<![\w/-])--?[a-z][a-z-]*|reportgen [a-z]+|（[a-z]+）", re.sub(r"<[^>]*>", " ", text)
    )


async def endless(piece: bytes, count: int, sent: list[int]) -> AsyncIterator[bytes]:
    """A body in ``count`` pieces; ``sent`` grows with each that was asked for."""
    for number in range(count):
        sent.append(number)
        yield piece
