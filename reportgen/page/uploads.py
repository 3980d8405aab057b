"""Files that a browser sends: counted while they come, refused as soon as they are too many or too large."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from reportgen.workspace.files import LARGEST

MOST = 200 * 1024 * 1024
"""Bytes of all files sent at once."""
MANY = 200
"""Files sent at once."""
SECONDS, STALL = 300.0, 20.0
"""For all of them to come, and between two pieces."""
SHORT = 100_000
"""Bytes of a form without files."""


class TooMuchError(Exception):
    """What was sent is not taken; ``status`` of HTTP, and the sentence for the user."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status, self.said = status, said


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as sent: its name is only a text, ``content`` its bytes."""

    name: str
    content: bytes


TOO_LARGE = "一次传来的文件太大（超过{most}MB），没有接收。请分几次交，或检查是不是选错了文件。"
TOO_SLOW = "传得太久或中途停了，没有接收完。请再交一次；文件多的分几次交。"
BROKEN = "传来的内容不完整，或一次超过了{many}个文件，没有接收。请分几次再交。"


async def read_uploads(
    request: Request, most: int | None = None, many: int | None = None
) -> tuple[list[Upload], dict[str, str]]:
    """The files of a form, and its texts; so many bytes and files at most, else MOST and MANY.

    Raises:
        TooMuchError: they are more than is taken, or not whole.
    """
    form = await _read_form(request, most or MOST, many or MANY)
    try:
        sent = [each for _, each in form.multi_items() if isinstance(each, UploadFile)]
        if any((each.size or 0) > LARGEST for each in sent):
            raise TooMuchError(
                413, f"有文件超过{LARGEST >> 20}MB，没有接收。请检查是不是选错了文件。"
            )
        files = [Upload(each.filename or "", await each.read()) for each in sent if each.filename]
        return files, {name: text for name, text in form.items() if isinstance(text, str)}
    finally:
        await form.close()


async def read_fields(request: Request) -> dict[str, str]:
    """The texts of a short form; TooMuchError as of ``read_uploads``."""
    try:
        async with asyncio.timeout(STALL):
            body = b"".join([piece async for piece in _count(request, SHORT)])
    except (TimeoutError, ClientDisconnect) as error:
        raise TooMuchError(408, TOO_SLOW) from error
    try:
        return dict(parse_qsl(body.decode(), max_num_fields=20))
    except ValueError as error:
        raise TooMuchError(400, BROKEN.format(many=MANY)) from error


async def _read_form(request: Request, most: int, many: int) -> FormData:
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > most:
        raise TooMuchError(413, TOO_LARGE.format(most=most >> 20))
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise TooMuchError(415, BROKEN.format(many=many))
    parser = MultiPartParser(request.headers, _count(request, most), max_files=many, max_fields=20)
    try:
        async with asyncio.timeout(SECONDS):
            return await parser.parse()
    except TimeoutError as error:
        raise TooMuchError(408, TOO_SLOW) from error
    except (MultiPartException, ClientDisconnect, KeyError, UnicodeError) as error:
        raise TooMuchError(400, BROKEN.format(many=many)) from error


async def _count(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body as it comes; what is announced as less than it is, and what no longer comes, ends it."""
    room, stream = most, request.stream()
    while True:
        try:
            async with asyncio.timeout(STALL):
                piece = await anext(stream, None)
        except TimeoutError as error:
            raise TooMuchError(408, TOO_SLOW) from error
        if piece is None:
            return
        room -= len(piece)
        if room < 0:
            raise TooMuchError(413, TOO_LARGE.format(most=most >> 20))
        yield piece
