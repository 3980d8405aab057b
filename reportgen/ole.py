"""The directory of an OLE file: what .xls, .doc and every file with a password say they are.

A document inserted into another one is a storage inside it and counts for nothing here.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import olefile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How such a file begins."""


def list_streams(content: bytes) -> set[str]:
    """The names, in lower case, of what stands at the top; ValueError if there is no order."""
    try:
        with _open_ole(content) as found:
            return {path[0].lower() for path in found.listdir(streams=True, storages=True)}
    except Exception as error:
        raise ValueError("not a sound OLE file") from error


def read_stream(content: bytes, *names: str) -> bytes:
    """The first stream of one of these names at the top; empty if there is none, or it is broken."""
    try:
        with _open_ole(content) as found:
            name = next(name for name in names if found.exists(name))
            read: bytes = found.openstream(name).read()
    except Exception:  # noqa: BLE001 (olefile has no error of its own for what is out of order)
        return b""
    return read


def _open_ole(content: bytes) -> olefile.OleFileIO:
    import olefile  # noqa: PLC0415 (most runs meet no such file)

    return olefile.OleFileIO(io.BytesIO(content))
