"""The one door for zips from outside: stored or deflated, counted while they unfold, one error.

A zip's own directory is not believed: an entry that unfolds to more than it states, or a package to
more than it may, is refused as soon as the first byte too many comes out.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MAX_ENTRIES = 10_000
"""Entries of a package."""
MAX_NAME = 1_000
"""Letters of an entry's name."""
MAX_STRETCH = 400_000
"""Bytes from one tag of an XML part to the next: a cell of Excel holds 32,767 letters."""
_PIECE = 8 * 2**20
"""Bytes that come out at a time."""


class ArchiveError(ValueError):
    """A zip that cannot be read: ``bloated`` if it unfolds to too much, else damaged or locked."""

    def __init__(self, reason: str, *, bloated: bool = False) -> None:
        super().__init__(reason)
        self.bloated = bloated


@dataclass(frozen=True)
class ArchiveEntry:
    """A file in the zip, as its directory states it: ``size`` in bytes, unfolded."""

    name: str
    size: int
    info: zipfile.ZipInfo


class Archive:
    """A zip whose entries unfold to ``most`` bytes in all, however often they are read."""

    def __init__(self, content: bytes, most: int) -> None:
        self._content, self._room = content, most
        self.entries = tuple(_list_entries(content))
        self._last = {entry.name: entry for entry in self.entries}

    def read(self, name: str) -> bytes:
        """The bytes of the last entry of that name, empty if there is none."""
        entry = self._last.get(name)
        return b"".join(self.pieces(entry)) if entry else b""

    def pieces(self, entry: ArchiveEntry) -> Iterator[bytes]:
        """An entry as it unfolds; ArchiveError as soon as it is not what it says."""
        checksum = length = 0
        for piece in _inflate_entry(entry.info, self._content):
            length += len(piece)
            self._room -= len(piece)
            if self._room < 0:
                raise ArchiveError("unfolds to too much", bloated=True)
            if length > entry.size:
                raise ArchiveError("holds more than it states")
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if length != entry.size or checksum != entry.info.CRC:
            raise ArchiveError("is not what it was")


def has_long_stretch(part: bytes) -> bool:
    """Whether a tag or a text of an XML part is longer than any can be; leaps from tag to tag."""
    place = 0
    while place + MAX_STRETCH < len(part):
        following = part.rfind(b"<", place + 1, place + MAX_STRETCH + 1)
        if following < 0:
            return True
        place = following
    return False


def _list_entries(content: bytes) -> Iterator[ArchiveEntry]:
    """The entries of the directory, folders left out."""
    if content.count(_IN_DIRECTORY) > 2 * MAX_ENTRIES:  # before anything is made of them
        raise ArchiveError("too many entries", bloated=True)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            found = package.infolist()
    except Exception as error:
        raise ArchiveError("no sound directory") from error
    if len(found) > MAX_ENTRIES:
        raise ArchiveError("too many entries", bloated=True)
    for info in found:
        if len(info.filename) > MAX_NAME:
            raise ArchiveError("too long a name")
        if not info.is_dir():
            yield ArchiveEntry(info.filename, info.file_size, info)


_IN_DIRECTORY = b"PK\1\2"
_HEAD = struct.Struct("<4s22xHH")
"""What stands before an entry: its mark, …, the lengths of its name and of what is added to it."""
_LOCKED = 0x1


def _inflate_entry(info: zipfile.ZipInfo, content: bytes) -> Iterator[bytes]:
    packed = _find_packed_bytes(info, content)
    if info.compress_type == zipfile.ZIP_STORED:
        yield packed.tobytes()
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise ArchiveError("neither stored nor deflated")
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not inflating.eof:
            yield inflating.decompress(packed, _PIECE)
            packed = memoryview(inflating.unconsumed_tail)
            if not packed and not inflating.eof:
                yield inflating.flush(_PIECE)
                break
    except zlib.error as error:
        raise ArchiveError("no sound stream") from error


def _find_packed_bytes(info: zipfile.ZipInfo, content: bytes) -> memoryview:
    """The bytes of an entry as they stand in the zip."""
    if info.flag_bits & _LOCKED:
        raise ArchiveError("locked")
    try:
        mark, name, more = _HEAD.unpack_from(content, info.header_offset)
    except struct.error as error:
        raise ArchiveError("no such place") from error
    start = info.header_offset + _HEAD.size + name + more
    if mark != b"PK\3\4" or start + info.compress_size > len(content):
        raise ArchiveError("no such place")
    return memoryview(content)[start : start + info.compress_size]
