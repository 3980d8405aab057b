"""The page in a process of its own: started, asked as a browser would, watched, killed."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from html import unescape
from pathlib import Path

import httpx
import psutil

PATIENCE = 120.0
"""Seconds for an answer."""
ALONE = (
    "import reportgen.page.serve as serve; serve.list_addresses = list;"
    "from reportgen.cli.commands import main; main()"
)
"""The command on a machine that is in no network: what is served stays here."""
File = tuple[str, bytes]


class Served:
    """A page that is served: ``folder`` is opened with ``ask`` and its kin; ``peak``: bytes of memory."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.base = address.partition("/?")[0]
        self.client = httpx.Client(
            base_url=self.base, timeout=PATIENCE, limits=httpx.Limits(max_connections=None)
        )
        self.client.get(address)
        self.peak = 0
        self._watch = threading.Thread(target=self._watch_memory, daemon=True)
        self._watch.start()

    def get(self, address: str) -> httpx.Response:
        return self.client.get(address, follow_redirects=True)

    def post(self, address: str, **given: object) -> httpx.Response:
        """As a form of the page sends it; the screen that tells of it, once its command is done."""
        answer = self.client.post(address, headers={"origin": self.base}, **given)
        number = re.search(r"job=(\d+)", answer.headers.get("location", ""))
        while number and not self.get(f"/jobs/{number[1]}").json()["finished"]:
            time.sleep(0.05)
        return self.get(answer.headers["location"]) if answer.is_redirect else answer

    def send(self, address: str, files: Iterable[File]) -> httpx.Response:
        return self.post(address, files=[("files", each) for each in files])

    def is_alive(self) -> bool:
        return self.process.poll() is None and self.get("/jobs/0").status_code == 200

    def make_links(self, folder: str) -> dict[str, str]:
        """By department the link that it was given."""
        while "data-job" in self.get(f"/f/{folder}/overview").text:  # is still being checked
            time.sleep(0.2)
        text = self.post(f"/f/{folder}/links", data={}).text
        found = re.findall(r"<h3>(.+?)</h3>\s*<pre[^>]*>(.+?)</pre>", text)
        return {owner: link.removeprefix(self.base) for owner, link in found}

    def kill(self) -> None:
        """At once, without a last word; its helper ends with it."""
        self.process.kill()
        self.process.wait()

    def _watch_memory(self) -> None:
        with suppress(psutil.Error):
            watched = psutil.Process(self.process.pid)
            while True:
                every = [watched, *watched.children(recursive=True)]
                with suppress(psutil.Error):
                    self.peak = max(self.peak, sum(each.memory_info().rss for each in every))
                time.sleep(0.02)


@contextmanager
def serve(root: Path, *, lan: bool = False) -> Iterator[Served]:
    """The page over a folder; ``lan``: links are made, though they lead no further than this machine."""
    network = ["--lan", "--port", str(_find_free_port())] if lan else []
    command = [sys.executable, "-c", ALONE, "page", str(root), "--no-browser", *network]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        served = Served(process, found[0])
        try:
            yield served
        finally:
            served.client.close()
            served.kill()


def _find_free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def read_text(answer: httpx.Response) -> str:
    """What a page says, without its tags."""
    return unescape(re.sub(r"<[^>]*>", " ", answer.text))
