"""Messages between this process and another (``processes``), over a pipe."""

from __future__ import annotations

from typing import IO


def write_message(stream: IO[bytes], content: bytes) -> None:
    """Its length in eight bytes, then the message."""
    stream.write(len(content).to_bytes(8, "big"))
    stream.write(content)
    stream.flush()


def read_message(stream: IO[bytes]) -> bytes | None:
    """The next message, None if there will be none any more."""
    length = stream.read(8)
    content = stream.read(int.from_bytes(length, "big")) if len(length) == 8 else b""
    return content if len(length) == 8 and len(content) == int.from_bytes(length, "big") else None
