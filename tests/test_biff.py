"""The file system inside an .xls, made by hand: long lists of sectors, circles, small streams."""

import struct

import pytest

from reportgen.excel import biff

FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
BOF, BOUNDSHEET, ERROR, FILEPASS, EOF = 0x809, 0x85, 0x205, 0x2F, 0x0A


def sector(*numbers: int, fill: int = FREE) -> bytes:
    """512 bytes of numbers."""
    return struct.pack("<128I", *numbers, *[fill] * (128 - len(numbers)))


def header(*listed: int, more: int = END, directory: int = 0, limit: int = 4096) -> bytes:
    """``listed``: where the sector table stands; ``more``: where its list goes on."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + struct.pack("<HH", 9, 6)
    head = head.ljust(48, b"\0") + struct.pack("<6I", directory, 0, limit, END, 0, more)
    return head.ljust(76, b"\0") + struct.pack("<109I", *listed, *[FREE] * (109 - len(listed)))


def entry(name: str, first: int, length: int) -> bytes:
    """A stream in the directory."""
    text = name.encode("utf-16-le")
    head = (text + b"\0\0").ljust(64, b"\0") + struct.pack("<H", len(text) + 2)
    return head.ljust(116, b"\0") + struct.pack("<II", first, length) + bytes(4)


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def stream(error: int = 0x07) -> bytes:
    """A workbook with one sheet in which C2 is #DIV/0!, or another error."""
    sheet = struct.pack("<IBB", 0, 0, 0)
    start = len(record(BOF, bytes(16)) + record(BOUNDSHEET, sheet) + record(EOF))
    wrong = struct.pack("<HHHBB", 1, 2, 0, error, 1)
    return b"".join((
        record(BOF, bytes(16)), record(BOUNDSHEET, struct.pack("<IBB", start, 0, 0)), record(EOF),
        record(BOF, bytes(16)), record(ERROR, wrong), record(EOF),
    ))  # fmt: skip


def large(following: list[int], content: bytes = b"") -> bytes:
    """A workbook in sectors 2 and 3 of a file whose table, sector 0, says what follows each."""
    directory = (entry("Root Entry", END, 0) + entry("Workbook", 2, 1024)).ljust(512, b"\0")
    parts = (header(0, directory=1, limit=512), sector(*following), directory)
    return b"".join(parts) + (content or stream()).ljust(1024, b"\0")


def test_an_error_is_found_at_its_cell() -> None:
    assert biff.errors(large([END, END, 3, END])) == [{(2, 3): "#DIV/0!"}]


@pytest.mark.parametrize(
    ("code", "shown"),
    [(0, "#NULL!"), (0x0F, "#VALUE!"), (0x17, "#REF!"), (0x1D, "#NAME?"), (0x24, "#NUM!"),
     (0x2A, "#N/A"), (0x55, "#VALUE!")],
)  # fmt: skip
def test_errors_are_called_as_excel_shows_them(code: int, shown: str) -> None:
    assert biff.errors(large([END, END, 3, END], stream(code))) == [{(2, 3): shown}]


def test_a_small_workbook_stands_in_small_sectors() -> None:
    """Their table is sector 2, and they all stand in sector 3, the second one first."""
    content = stream()
    assert 64 < len(content) <= 128
    root = entry("Root Entry", 3, 512) + entry("Workbook", 1, len(content))
    numbers = [END, 0]
    content = content[64:].ljust(64, b"\0") + content[:64]
    whole = bytearray(
        header(0, directory=1) + sector(END, END, END, END) + root.ljust(512, b"\0")
        + sector(*numbers) + content.ljust(512, b"\0")
    )  # fmt: skip
    struct.pack_into("<I", whole, 60, 2)
    assert biff.errors(bytes(whole)) == [{(2, 3): "#DIV/0!"}]


def test_sectors_that_follow_each_other_in_a_circle_are_no_hang() -> None:
    with pytest.raises(ValueError, match="circle"):
        biff.errors(large([END, END, 3, 2]))
    assert not biff.is_encrypted(large([END, END, 3, 2]))


def test_a_password_is_told_from_the_first_records() -> None:
    locked = record(BOF, bytes(16)) + record(FILEPASS, bytes(6))
    assert biff.is_encrypted(large([END, END, 3, END], locked))
    assert not biff.is_encrypted(large([END, END, 3, END]))
    assert not biff.is_encrypted(b"\xd0\xcf\x11\xe0")


def test_the_table_of_a_large_file_goes_on_elsewhere() -> None:
    """Files over 7 MB: the list of the table's sectors continues in sectors of its own."""
    content = header(0, more=1) + sector(7, fill=END) + sector(2, fill=FREE)[:-4]
    content += struct.pack("<I", 3) + sector(8, fill=END) + sector(4, fill=FREE)[:-4]
    content += struct.pack("<I", END) + sector(9, fill=END) + bytes(200_000)
    assert [n for n in biff._sector_table(content, 512, 1) if n != END] == [7, 8, 9]


def test_a_list_that_goes_on_in_itself_ends() -> None:
    content = header(0, more=1) + sector(7, fill=END) + sector(2, fill=1) + sector(8, fill=END)
    content += bytes(200_000)
    assert biff._sector_table(content, 512, 1)[0] == 7
