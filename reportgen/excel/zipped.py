"""A zip of unknown origin → its XML parts, within limits; bloated sheets are thinned on the way.

Borders pulled down to row 700,000 make hundreds of megabytes of cells without content; of a large
sheet only the cells that hold something are kept.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO

from reportgen.excel.refusal import RefusedError

MAX_UNPACKED = 256 * 2**20
"""Bytes of all XML parts of a package together, thinned."""
MAX_INFLATED = 2**30
"""Bytes of all of them as they stand in the package."""
MAX_PARTS = 10_000
"""Parts of a package."""
LARGE = 32 * 2**20
"""Bytes of a part from which on it is thinned."""


def unpack(content: bytes) -> dict[str, bytes]:
    """The XML parts of a package by path, none longer than it declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            wanted = [entry for entry in entries if _is_wanted(entry.filename)]
            size = sum(entry.file_size for entry in wanted)
            if len(entries) > MAX_PARTS:
                raise RefusedError("展开后有太多部件，不像正常的表格")
            if size > MAX_INFLATED:
                raise RefusedError(code="bloated")
            return _within_limit(package, wanted)
    except zipfile.BadZipFile as error:
        raise RefusedError from error


def repack(parts: dict[str, bytes]) -> bytes:
    """A package of these parts, not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for path, part in parts.items():
            package.writestr(path, part)
    return buffer.getvalue()


def names(content: bytes) -> list[str]:
    """What the package holds; empty if its list cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return package.namelist()[:MAX_PARTS]
    except (zipfile.BadZipFile, OSError, ValueError):
        return []


def _within_limit(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    room = MAX_UNPACKED
    for entry in entries:
        if entry.file_size > LARGE:
            with package.open(entry) as source:
                part = _joined(_thinned(source), room)
        else:
            part = package.read(entry)
        room -= len(part)
        if room < 0:
            raise RefusedError(code="bloated")
        parts[entry.filename.replace("\\", "/").lstrip("/")] = part
    return parts


def _is_wanted(name: str) -> bool:
    """Whether a part may be needed; pictures are not even unpacked."""
    return name.lower().endswith((".xml", ".rels", "mimetype"))


def _joined(pieces: Iterator[bytes], room: int) -> bytes:
    kept: list[bytes] = []
    for piece in pieces:
        kept.append(piece)
        room -= len(piece)
        if room < 0:
            raise RefusedError(code="bloated")
    return b"".join(kept)


_PIECE = 8 * 2**20
_EMPTY_CELL = re.compile(rb"""<c(?=\s[^<>]*?\br=["'])[^<>]*(?:/>|></c>)""")
_EMPTY_ROW = re.compile(rb"""<row(?=\s[^<>]*?\br=["'])[^<>]*(?:/>|>\s*</row>)""")
"""Where others stand is told by their references, so that these may go."""


def _thinned(source: IO[bytes]) -> Iterator[bytes]:
    """The part piece by piece, cut behind a row, without empty cells and rows."""
    rest = b""
    while piece := source.read(_PIECE):
        rest += piece
        rows, end, rest = rest.rpartition(b"</row>")
        if end:
            yield _without_empty(rows + end)
        elif len(rest) > MAX_UNPACKED:
            raise RefusedError(code="bloated")
    yield _without_empty(rest)


def _without_empty(xml: bytes) -> bytes:
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", xml))
