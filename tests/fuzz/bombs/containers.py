"""Zips and XML parts for bombs: sound ones, and ones that say of themselves what is not so."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
XML = '<?xml version="1.0" encoding="UTF-8"?>'

Part = "str | bytes | Again"


@dataclass(frozen=True)
class Again:
    """A part that is one text between many repetitions of another, deflated without being made."""

    before: str
    piece: str
    times: int
    after: str

    def deflated(self) -> tuple[bytes, int, int]:
        """The stream, its checksum and its length unpacked."""
        squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
        block = self.piece.encode() * (turns := min(self.times, 10_000))
        whole, rest = divmod(self.times, turns)
        pieces = [self.before.encode(), *[block] * whole, self.piece.encode() * rest]
        checksum = length = 0
        stream = []
        for each in (*pieces, self.after.encode()):
            checksum, length = zlib.crc32(each, checksum), length + len(each)
            stream.append(squeeze.compress(each))
        return b"".join([*stream, squeeze.flush()]), checksum, length


def zipped(parts: Mapping[str, str | bytes | Again], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    if any(isinstance(part, Again) for part in parts.values()):
        return by_hand([_entry(name, part) for name, part in parts.items()])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


@dataclass(frozen=True)
class Entry:
    """An entry of a zip as its directory states it; ``at``: where it stands, if not in its turn."""

    name: str
    stream: bytes
    checksum: int
    length: int
    method: int = 8
    at: int | None = None
    flags: int = 0x800


def by_hand(entries: list[Entry]) -> bytes:
    """A zip that states exactly this, whether it is so or not."""
    body, directory = io.BytesIO(), []
    for each in entries:
        place = body.tell() if each.at is None else each.at
        name = each.name.encode()
        told = struct.pack(
            "<HHHHHIIIHH", 20, each.flags, each.method, 0, 33, each.checksum, len(each.stream),
            each.length, len(name), 0,
        )  # fmt: skip
        if each.at is None:
            body.write(b"PK\3\4" + told + name + each.stream)
        directory.append(
            b"PK\1\2"
            + struct.pack("<H", 20)
            + told
            + struct.pack("<HHHII", 0, 0, 0, 0, place)
            + name
        )
    listed = b"".join(directory)
    count = min(len(entries), 0xFFFF)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), body.tell(), 0)
    return body.getvalue() + listed + b"PK\5\6" + end


def _entry(name: str, part: str | bytes | Again) -> Entry:
    if isinstance(part, Again):
        return Entry(name, *part.deflated())
    content = part.encode() if isinstance(part, str) else part
    return Entry(name, *Again(content.decode(), "", 1, "").deflated())


def relations(**leads: tuple[str, str]) -> str:
    """A relationship part: by id, the type's last word and the target."""
    listed = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in leads.items()
    )
    return f'{XML}<Relationships xmlns="{LINKS}">{listed}</Relationships>'
