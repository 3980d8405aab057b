"""The page for others in the office's network (``--lan``): its addresses, and wrong codes slowed and logged."""

from __future__ import annotations

import datetime as dt
import errno
import ipaddress
import json
import logging
import os
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen import workspace
from reportgen.errors import WorkspaceError

PORT = 8421
"""Where links lead unless another is asked for: they must hold after the page was opened anew."""
WRONG = "错误链接.jsonl"
"""In 网上交表 of the folder that the page was opened on: a line for every wrong code."""
_LONGEST, _FORGOTTEN, _CLIENTS = 60.0, 600.0, 1000
_ELSEWHERE = ("192.0.2.1", 9)
"""No machine has it: asking which way leads there sends nothing, and tells our address."""


@dataclass(frozen=True)
class Network:
    """What was asked for; without ``cert`` and ``key`` whoever listens in the network reads along.

    ``hosts``: the addresses or names of this machine to serve, all that are found if none is named.
    """

    cert: Path | None = None
    key: Path | None = None
    hosts: Sequence[str] = ()

    @property
    def scheme(self) -> str:
        """As addresses begin."""
        return "https" if self.cert else "http"

    def require_sound(self) -> None:
        """WorkspaceError if certificate and key cannot be used."""
        if self.cert is None or self.key is None:
            return
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.cert, self.key, lambda: "")
        except (OSError, ValueError) as error:
            raise WorkspaceError(
                "证书或私钥不能用。请核对 --cert 和 --key：两个都是 PEM 格式的文件，私钥与证书配对，没有密码。"
            ) from error


class Brake:
    """Who has given a wrong code may try again only after a while, longer each time; by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[str, tuple[int, float]] = {}

    def allows(self, client: str) -> bool:
        """Whether it may try now."""
        count, last = self._wrong.get(client, (0, 0.0))
        return not count or self._clock() - last >= min(2.0 ** (count - 1), _LONGEST)

    def note(self, client: str) -> None:
        """It has given a wrong code."""
        now = self._clock()
        recent = {who: each for who, each in self._wrong.items() if now - each[1] < _FORGOTTEN}
        self._wrong = dict(list(recent.items())[-_CLIENTS:])
        self._wrong[client] = (self._wrong.get(client, (0, now))[0] + 1, now)


@dataclass
class Lan:
    """How others in the network reach the page.

    ``addresses``: as links begin, the likeliest first.  ``said``: by working folder and owner, what
    became of what was sent last, told once.
    """

    addresses: Sequence[str]
    secure: bool = False
    brake: Brake = field(default_factory=Brake)
    said: dict[tuple[str, str], Sequence[str]] = field(default_factory=dict)


def listen_at(host: str, port: int) -> socket.socket:
    """A socket at an address or a name of this machine, of whichever protocol it is.

    Raises:
        WorkspaceError: it is none of this machine.
        OSError: the port is taken.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, _, _, _, address = found[0]
        if ipaddress.ip_address(address[0]).is_unspecified:
            raise WorkspaceError(f"“{host}”不是具体的地址，请把 --host 写成部门打开时用的那个。")
        return _listen(family, address)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise WorkspaceError(f"“{host}”不是这台电脑的地址，请核对 --host。") from error
        raise


def _listen(family: socket.AddressFamily, address: tuple[Any, ...]) -> socket.socket:
    """As ``socket.create_server``, but said to be TCP.

    asyncio sets TCP_NODELAY only on sockets that say so; without it every answer waits 40 ms for the
    browser's acknowledgement.
    """
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        found.bind(address)
        found.listen()
    except OSError:
        found.close()
        raise
    return found


def name_host(host: str, port: int) -> str:
    """As a browser names it: ``10.1.2.3:8421``, ``[fd00::1]:8421``; names in small letters."""
    return f"[{host}]:{port}" if ":" in host else f"{host.lower()}:{port}"


def list_addresses() -> list[str]:
    """The addresses of this machine in its networks, without the one that only it can reach."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.connect(_ELSEWHERE)
        found.append(asking.getsockname()[0])
    with suppress(OSError):
        found += [
            str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), 0, socket.AF_INET)
        ]
    return [each for each in dict.fromkeys(found) if not each.startswith(("127.", "0."))]


def log_wrong_code(root: Path, client: str) -> None:
    """Who gave it, and when; not the code, which may be nearly right."""
    logging.getLogger(__name__).warning("wrong code from %s", client)
    place = root / workspace.HANDED_IN
    workspace.ensure_folder(place)
    told = {"时间": dt.datetime.now().isoformat(timespec="seconds"), "来自": client}
    workspace.append_line(place / WRONG, json.dumps(told, ensure_ascii=False))
