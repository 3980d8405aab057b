"""A look at an .xls's own records, for what calamine does not tell: the cells that hold an error.

calamine gives them as empty text.  An .xls is a small file system (OLE) with one stream of records
(BIFF); only cells with an error are picked out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

Odd = dict[tuple[int, int], str]
"""Errors by (row, column), counted from 1."""


def is_encrypted(content: bytes) -> bool:
    """Whether it asks for a password; False if that cannot be told."""
    try:
        head = list(islice(_records(_workbook_stream(content), 0), _HEAD))
    except (struct.error, IndexError, ValueError):
        return False
    return any(kind == _FILEPASS for kind, _, _ in head)


def errors(content: bytes) -> list[Odd]:
    """The error cells of each worksheet, in order; ValueError if the file is not in order."""
    try:
        stream = _workbook_stream(content)
        return [_errors_from(stream, start) for start in _worksheets(stream)]
    except (struct.error, IndexError) as error:
        raise ValueError("not an .xls") from error


_END = 0xFFFFFFFA
"""Sector numbers from here on are no sectors."""
_BOUNDSHEET, _BOF, _EOF, _FORMULA, _BOOLERR, _FILEPASS = 0x85, 0x809, 0x0A, 0x06, 0x205, 0x2F
_HEAD = 10
"""The cipher is named among the first so many records."""
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def _workbook_stream(content: bytes) -> bytes:
    """The stream Workbook (Book before Excel 97)."""
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    directory, _, limit, small_table, _, more = struct.unpack_from("<6I", content, 48)
    size, small_size = 1 << shift, 1 << small_shift

    def chain(first: int, table: list[int], source: bytes, offset: int, length: int) -> bytes:
        parts, sector = [], first
        while sector < _END:
            start = offset + sector * length
            parts.append(source[start : start + length])
            sector = table[sector]
            if len(parts) * length > len(content):
                raise ValueError("sectors in a circle")
        return b"".join(parts)

    table = _sector_table(content, size, more)
    entries = list(_entries(chain(directory, table, content, size, size)))
    first, length = next(
        (found[1:] for found in entries if found[0].lower() in ("workbook", "book")), (_END, 0)
    )
    if length >= limit:
        return chain(first, table, content, size, size)[:length]
    small = _numbers(chain(small_table, table, content, size, size))
    inner = chain(entries[0][1], table, content, size, size)
    return chain(first, small, inner, 0, small_size)[:length]


def _sector_table(content: bytes, size: int, more: int) -> list[int]:
    """For each sector, the one that follows it."""
    listed = list(struct.unpack_from("<109I", content, 76))
    while more < _END and len(listed) * size <= len(content) * 2:
        numbers = _numbers(content[(more + 1) * size : (more + 2) * size])
        listed += numbers[:-1]
        more = numbers[-1]
    sectors = (content[(n + 1) * size : (n + 2) * size] for n in listed if n < _END)
    return _numbers(b"".join(sectors))


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _entries(directory: bytes) -> Iterator[tuple[str, int, int]]:
    """Name, first sector and length of every stream."""
    for at in range(0, len(directory) - 127, 128):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        yield name, *struct.unpack_from("<II", directory, at + 116)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Type, place and length of each record."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _worksheets(stream: bytes) -> Iterator[int]:
    """Where each worksheet begins; charts and macros are none."""
    for kind, at, _ in _records(stream, 0):
        if kind == _EOF:
            return
        if kind == _BOUNDSHEET:
            start, _, sort = struct.unpack_from("<IBB", stream, at)
            if sort & 0x0F == 0:
                yield start


def _errors_from(stream: bytes, start: int) -> Odd:
    odd: Odd = {}
    depth = 0
    for kind, at, _ in _records(stream, start):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            break
        code = _error_in(stream, kind, at)
        if code is not None:
            row, column = struct.unpack_from("<HH", stream, at)
            odd[row + 1, column + 1] = _ERRORS.get(code, "#VALUE!")
    return odd


def _error_in(stream: bytes, kind: int, at: int) -> int | None:
    """The code of the error that a cell's record holds."""
    if kind == _BOOLERR and stream[at + 7] == 1:
        return stream[at + 6]
    if kind == _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
        return stream[at + 8]
    return None
