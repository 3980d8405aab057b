"""Many at once: uploads to the office's page, departments behind their links, and those that stall."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import reportgen
from tests.fuzz.page.served import PATIENCE, File, Served, read_text

REGISTER = "建议台账.xlsx"


def send_all_at_once(served: Served, files: Sequence[File]) -> list[str]:
    """What is wrong with the answers to files sent by as many windows at once."""
    with ThreadPoolExecutor(len(files)) as windows:
        answers = windows.map(lambda each: served.send("/f/镇/receive", [each]), files)
        return [
            f"{name}: {answer.status_code}"
            for (name, _), answer in zip(files, answers, strict=True)
            if f"“{name}”" not in read_text(answer)
        ]


def hand_in_all_at_once(base: str, sent: Sequence[tuple[str, File]]) -> list[str]:
    """The same of departments, each through its link from a machine of its own."""

    def hand_in(each: tuple[str, File]) -> str:
        link, (name, content) = each
        with httpx.Client(base_url=base, timeout=PATIENCE, follow_redirects=True) as client:
            files = [("files", (name, content))]
            answer = client.post(f"{link}/hand-in", files=files, headers={"origin": base})
        text = read_text(answer)
        told = "已收到" in text or "没有采用" in text
        return "" if answer.status_code == 200 and told else f"{name}: {answer.status_code}"

    with ThreadPoolExecutor(len(sent)) as machines:
        return [fault for fault in machines.map(hand_in, sent) if fault]


def stall(base: str, heads: int) -> float:
    """Seconds until a page answers again that so many connections have asked half a question."""
    host, port = base.removeprefix("http://").split(":")
    held = [socket.create_connection((host, int(port))) for _ in range(heads)]
    for each in held:
        each.sendall(b"POST /d/x/hand-in HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    begun = time.monotonic()
    while not _answers(base):
        time.sleep(0.2)
    for each in held:
        each.close()
    return time.monotonic() - begun


def stall_upload(base: str, link: str) -> tuple[float, str]:
    """After how long an upload that stops in the middle is given up, and what is said."""
    host, port = base.removeprefix("http://").split(":")
    begun = time.monotonic()
    with socket.create_connection((host, int(port))) as held:
        head = (
            f"POST {link}/hand-in HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {base}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n--x\r\n"
        )
        held.sendall(head.encode())
        came = b"".join(iter(lambda: held.recv(65536), b""))
    return time.monotonic() - begun, came.decode(errors="replace")


def _answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/assets/page.css", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def lay_many_departments(folder: Path, count: int) -> dict[str, bytes]:
    """A working folder with so many departments more than the sample's; by department its form."""
    reportgen.init(folder, sample=True)
    path = folder / REGISTER
    book = load_workbook(path)
    owners, items = book["承办部门"], book[REGISTER.removesuffix(".xlsx")]
    for number in range(1, count + 1):
        _append_like_last(owners, {"全称": f"第{number}办公室", "简称": f"{number}办"})
        _append_like_last(
            items,
            {"编号": f"9{number:03}", "标题": f"关于第{number}件事的建议", "主办部门": f"第{number}办公室", "协办部门": None},
        )  # fmt: skip
    book.save(path)
    reportgen.assign(folder)
    return {each.stem: each.read_bytes() for each in (folder / "填报").iterdir()}


def _append_like_last(sheet: Worksheet, values: dict[Any, Any]) -> None:
    """One row more, as the last but for these."""
    rows = [row for row in sheet.iter_rows() if any(cell.value is not None for cell in row)]
    heading = next(row for row in rows if any(cell.value in values for cell in row))
    names = {cell.column: cell.value for cell in heading}
    for cell in rows[-1]:
        below = sheet.cell((rows[-1][0].row or 0) + 1, cell.column)
        below.value = values.get(names.get(cell.column), cell.value)


def vary(content: bytes, number: int) -> bytes:
    """A return that differs from all others, and is as good."""
    book = load_workbook(io.BytesIO(content))
    book.properties.description = str(number)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
