"""A zip of unknown origin → its XML parts, within limits; bloated sheets are thinned on the way.

Borders pulled down to row 700,000 make hundreds of megabytes of cells without content; of a large
sheet only the cells that hold something are kept.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from reportgen.archive import Archive, ArchiveEntry, ArchiveError, has_long_stretch
from reportgen.excel.read.refusal import RefusedError

MAX_UNPACKED = 128 * 2**20
"""Bytes of all XML parts of a package together, thinned."""
MAX_INFLATED = 512 * 2**20
"""Bytes of all of them as they stand in the package."""
MAX_TAGS = 6_000_000
"""Tags of all of them, thinned: a cell with content takes four."""
LARGE = 32 * 2**20
"""Bytes of a part from which on it is thinned."""


def unpack_parts(content: bytes) -> dict[str, bytes]:
    """The XML parts of a package by path, within the limits on bytes, tags and what is in a tag."""
    try:
        archive = Archive(content, MAX_INFLATED)
        wanted = [entry for entry in archive.entries if is_xml_part(entry.name)]
        if sum(entry.size for entry in wanted) > MAX_INFLATED:
            raise RefusedError(code="bloated")
        parts = dict(_unpack_within_limit(archive, wanted))
        refuse_crowded(parts.values())
    except ArchiveError as error:
        raise RefusedError(code="bloated") if error.bloated else RefusedError from error
    return parts


def pack_parts(parts: dict[str, bytes]) -> bytes:
    """A package of these parts, not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for path, part in parts.items():
            package.writestr(path, part)
    return buffer.getvalue()


def list_part_names(content: bytes) -> list[str]:
    """What the package holds; empty if its list cannot be read."""
    try:
        return [entry.name for entry in Archive(content, MAX_INFLATED).entries]
    except ArchiveError:
        return []


def is_xml_part(name: str) -> bool:
    """Whether a part may be needed; pictures are not even unpacked."""
    return name.lower().endswith((".xml", ".rels", "mimetype"))


def refuse_crowded(parts: Iterable[bytes]) -> None:
    """ArchiveError if XML parts hold more than they may: what is read costs many times its bytes."""
    room = MAX_TAGS
    for part in parts:
        room -= part.count(b"<")
        if room < 0 or has_long_stretch(part):
            raise ArchiveError("is crowded", bloated=True)


def _unpack_within_limit(
    archive: Archive, entries: Iterable[ArchiveEntry]
) -> Iterator[tuple[str, bytes]]:
    room = MAX_UNPACKED
    for entry in entries:
        pieces = archive.pieces(entry)
        part = _join_pieces(_thin_pieces(pieces) if entry.size > LARGE else pieces, room)
        room -= len(part)
        yield entry.name.replace("\\", "/").lstrip("/"), part


def _join_pieces(pieces: Iterator[bytes], room: int) -> bytes:
    kept: list[bytes] = []
    for piece in pieces:
        kept.append(piece)
        room -= len(piece)
        if room < 0:
            raise RefusedError(code="bloated")
    return b"".join(kept)


_EMPTY_CELL = re.compile(rb"""<c(?=\s[^<>]*?\br=["'])[^<>]*(?:/>|></c>)""")
_EMPTY_ROW = re.compile(rb"""<row(?=\s[^<>]*?\br=["'])[^<>]*(?:/>|>\s*</row>)""")
"""Where others stand is told by their references, so that these may go."""


def _thin_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The part piece by piece, cut behind a row, without empty cells and rows."""
    rest = b""
    for piece in pieces:
        rest += piece
        rows, end, rest = rest.rpartition(b"</row>")
        if end:
            yield _drop_empty_cells(rows + end)
        elif len(rest) > MAX_UNPACKED // 2:
            raise RefusedError(code="bloated")
    yield _drop_empty_cells(rest)


def _drop_empty_cells(xml: bytes) -> bytes:
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", xml))
