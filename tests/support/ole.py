"""OLE files made by hand: streams at the top, and storages with streams of their own."""

from __future__ import annotations

import struct
from collections.abc import Mapping

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _LEAST = 512, 4096

Tree = Mapping[str, "bytes | Tree"]


def ole(tree: Tree) -> bytes:
    """The file of these streams (bytes) and storages (more of the same)."""
    sectors: list[bytes] = []
    follows: list[int] = []

    def put(content: bytes) -> int:
        first, count = len(sectors), -(-len(content) // _SECTOR)
        padded = content.ljust(count * _SECTOR, b"\0")
        sectors.extend(padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR))
        follows.extend([*range(first + 1, first + count), _END])
        return first

    entries: list[bytes] = []

    def add(name: str, kind: int, start: int = 0, size: int = 0) -> int:
        text = name.encode("utf-16-le")
        links = struct.pack("<3I", _FREE, _FREE, _FREE)
        head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1) + links
        entries.append(head + bytes(36) + struct.pack("<IIi", start, size, 0))
        return len(entries) - 1

    def link(entry: int, at: int, other: int) -> None:
        old = entries[entry]
        entries[entry] = old[:at] + struct.pack("<I", other) + old[at + 4 :]

    def fill(parent: int, inside: Tree) -> None:
        last = None
        for name, content in inside.items():
            if isinstance(content, bytes):
                padded = content.ljust(_LEAST, b"\0")
                entry = add(name, 2, put(padded), len(padded))
            else:
                entry = add(name, 1)
            link(parent if last is None else last, 76 if last is None else 72, entry)
            last = entry
            if not isinstance(content, bytes):
                fill(entry, content)

    fill(add("Root Entry", 5, _END), tree)
    directory = put(b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\0"))
    tables = 1
    while tables * 128 < len(sectors) + tables:
        tables += 1
    places = range(len(sectors), len(sectors) + tables)
    follows += [_FAT] * tables
    table = follows + [_FREE] * (tables * 128 - len(follows))
    head = MAGIC + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, tables, directory, 0, _LEAST, _END, 0, _END, 0)
    head += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


ENCRYPTED = ole({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\1"})
"""A workbook or document with a password."""
