"""What is done to a file: to its bytes, to the parts of its package, to the XML in a part.

Every function takes a random generator and what it changes, and returns the changed thing; the
same generator state gives the same damage.
"""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise

Parts = list[tuple[str, bytes]]
"""Names and contents of a package's parts; a name may stand there twice."""

NUMBERS = (
    "", "0", "-1", "1", "2", "255", "65536", "99999", "1048576", "1048577", "16384", "2147483647",
    "2147483648", "4294967295", "9223372036854775807", "18446744073709551616", "1e308", "1e-320",
    "NaN", "inf", "-0", "0x10", " 7 ", "７", "1" * 400, "3.5", "true", "二",
)  # fmt: skip
REFERENCES = (
    "A1", "A0", "A", "1", "", "XFD1048576", "XFE1", "A1048577", "ZZZ9999999", "ZZ99999", "Z299999",
    "AAAA1", "a5", "$A$5", "R1C1", "A4294967296", "Ａ１", "A1:B2", "sheet!A1", "A-1",
)  # fmt: skip
RANGES = ("A1:XFD1048576", "B2:A1", "A1", "A1:ZZZZ9", ":", "A0:B0", "C3:C3:C3", "1:1", "A:A")
TYPES = ("s", "str", "b", "e", "n", "d", "inlineStr", "", "x", "S")
TEXTS = (
    "=1+1", "#REF!", "𠮷野", "\u202e倒", "\ufffd", "&#x1F;", "&#0;", "&#xD800;", "&amp;lt;", "]]&gt;",
    "_x0000_", "_x000D_", "  ", "\t", "\n\n", "{指标", "{{ 建议.件数 }}", "{% for x in y %}", "%s{0}",
    "2023-02-30", "9999-99-99", "20240506", "45418.999999", "1900-1-0", "3000年1月1日", "12:00",
    "1,2,3", "２０２４．５．６", "100余余", "约", "、、、", "；" * 50, "长" * 40_000, "a" * 300, "\u200b",
    "-5件", "1e5", "10000000000000000000000", "A类B类", "是否", "nan", "None", "办理情况", "编号",
)  # fmt: skip
BOMBS = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">{more}]>',
    '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
)

Bytes = Callable[[random.Random, bytes], bytes]
OnParts = Callable[[random.Random, Parts], Parts]


def damaged(rng: random.Random, content: bytes) -> bytes:
    """The file after one to three kinds of damage, mostly to XML in its parts."""
    is_package = content.startswith(b"PK")
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if is_package and content.startswith(b"PK") and rng.random() < 0.85:
            content = _repacked(rng, content)
        else:
            content = rng.choice(BYTES)(rng, content)
    return content


# bytes


def flip(rng: random.Random, content: bytes) -> bytes:
    """Some bytes changed, a bit or the whole of them."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 20, 200)) if content else 0):
        place = rng.randrange(len(changed))
        changed[place] = rng.choice((changed[place] ^ (1 << rng.randrange(8)), rng.randrange(256)))
    return bytes(changed)


def insert(rng: random.Random, content: bytes) -> bytes:
    """Random bytes put in, or a piece of the file repeated."""
    place, start = rng.randrange(len(content) + 1), rng.randrange(len(content) + 1)
    size = rng.choice((1, 2, 7, 100, 5000))
    piece = rng.choice((rng.randbytes(size), content[start : start + size]))
    return content[:place] + piece + content[place:]


def delete(rng: random.Random, content: bytes) -> bytes:
    """A piece taken out."""
    place = rng.randrange(len(content) + 1)
    return content[:place] + content[place + rng.choice((1, 2, 7, 100, 5000)) :]


def truncate(rng: random.Random, content: bytes) -> bytes:
    """The end missing."""
    return content[: rng.randrange(len(content) + 1)]


def lie_in_zip(rng: random.Random, content: bytes) -> bytes:
    """A number in one of the zip's own records changed: sizes, offsets, method, flags, CRC."""
    signs = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")
    starts = [found.start() for sign in signs for found in re.finditer(re.escape(sign), content)]
    if not starts:
        return flip(rng, content)
    place = rng.choice(starts) + rng.randrange(4, 46, 2)
    number = rng.choice((b"\0\0", b"\xff\xff", b"\1\0", b"\x63\0", b"\0\x80", rng.randbytes(2)))
    return content[:place] + number * rng.choice((1, 2)) + content[place + 2 :]


BYTES: Sequence[Bytes] = (flip, flip, insert, delete, truncate, lie_in_zip, lie_in_zip)


# parts


def swap(rng: random.Random, parts: Parts) -> Parts:
    """Two parts under each other's name."""
    (a, first), (b, second) = (rng.choice(parts) for _ in range(2))
    return [(name, second if name == a else first if name == b else part) for name, part in parts]


def repeat(rng: random.Random, parts: Parts) -> Parts:
    """A part there twice: the same, or another's content under its name."""
    return [*parts, (rng.choice(parts)[0], rng.choice(parts)[1])]


def rename(rng: random.Random, parts: Parts) -> Parts:
    """A part under a new name."""
    place = rng.randrange(len(parts))
    name, part = parts[place]
    new = rng.choice(
        (name.upper(), f"/{name}", name.replace("/", "\\"), f"../{name}", "x.xml", f"{name}/", "", name + "\0", "名" * 90)
    )  # fmt: skip
    return [*parts[:place], (new, part), *parts[place + 1 :]]


def remove(rng: random.Random, parts: Parts) -> Parts:
    """A part missing."""
    gone = rng.randrange(len(parts))
    return [*parts[:gone], *parts[gone + 1 :]]


def mistype(rng: random.Random, parts: Parts) -> Parts:
    """Wrong content types."""
    return [
        (name, _swap_values(rng, part, rb'ContentType="([^"]*)"') if "Content_Types" in name else part)
        for name, part in parts
    ]  # fmt: skip


def mislink(rng: random.Random, parts: Parts) -> Parts:
    """Relationships that lead elsewhere, or have another's id or type."""
    pattern = rng.choice(
        (rb'Target="([^"]*)"', rb'Id="([^"]*)"', rb'Type="([^"]*)"', rb'Mode="(\w*)"')
    )
    return [
        (name, _swap_values(rng, part, pattern) if name.endswith(".rels") else part)
        for name, part in parts
    ]  # fmt: skip


def inside(rng: random.Random, parts: Parts) -> Parts:
    """One part's content changed; the larger parts, sheets and texts, more often."""
    place = rng.choices(range(len(parts)), [500 + len(part) for _, part in parts])[0]
    name, part = parts[place]
    changed = rng.choice(INSIDE)(rng, part)
    return [*parts[:place], (name, changed), *parts[place + 1 :]]


PARTS: Sequence[OnParts] = (*[inside] * 12, swap, repeat, rename, remove, mistype, mislink)


# inside a part


def number(rng: random.Random, part: bytes) -> bytes:
    """A number in an attribute or an element: too large, negative, not a number."""
    return _replace_one(rng, part, rb'(?<=[">])\d+(?=["<])', NUMBERS)


def reference(rng: random.Random, part: bytes) -> bytes:
    """A cell's reference: far away, not one, the same as another's."""
    return _replace_one(rng, part, rb'(?<= r=")[A-Z]+\d+(?=")', REFERENCES)


def bounds(rng: random.Random, part: bytes) -> bytes:
    """A range (dimension, merged cells, filters): huge, reversed, not one."""
    return _replace_one(rng, part, rb'(?<=ref=")[A-Z0-9:]+(?=")', RANGES)


def cell_type(rng: random.Random, part: bytes) -> bytes:
    """A cell's type that does not fit what it holds."""
    return _replace_one(rng, part, rb'(?<= t=")\w+(?=")', TYPES)


def text(rng: random.Random, part: bytes) -> bytes:
    """What stands between two tags."""
    return _replace_one(rng, part, rb"(?<=>)[^<>]+(?=<)", TEXTS)


def attribute(rng: random.Random, part: bytes) -> bytes:
    """An attribute gone, from one place or from everywhere."""
    found = re.findall(rb' [\w:]+="[^"]*"', part)
    if not found:
        return flip(rng, part)
    chosen: bytes = rng.choice(found)
    if rng.random() < 0.3:
        return re.sub(rb" " + re.escape(chosen.split(b"=")[0].strip()) + rb'="[^"]*"', b"", part)
    return part.replace(chosen, b"", 1)


def element(rng: random.Random, part: bytes) -> bytes:
    """An element's name changed, or an element repeated, unclosed, or gone."""
    tags = list(re.finditer(rb"<[^<>]+>", part))
    if not tags:
        return flip(rng, part)
    found = rng.choice(tags)
    tag = found.group()
    new = rng.choice(
        (b"", tag * 2, tag * 3000, b"</a>", b"<a>", tag[:-1], b"<x:" + tag[1:], b"<f>1</f>")
    )
    return part[: found.start()] + new + part[found.end() :]  # fmt: skip


def far_apart(rng: random.Random, part: bytes) -> bytes:
    """Filled cells at both ends of a sheet, with and without references."""
    row, cell = rng.choice((1_048_576, 700_000, 99_999)), rng.choice(("XFD", "ZZ", "Z", "A"))
    here = rng.choice((f' r="{cell}{row}"', f' r="{cell}{row}" s="1"', f" r='{cell}{row}'", ""))
    far = f'<row r="{row}"><c{here}><v>1</v></c></row>'
    cells = "<row>" + "<c><v>1</v></c>" * rng.choice((1, 20_000)) + "</row>" + "<row/>" * 9_000
    added = rng.choice((far, cells, cells + far)).encode()
    return part.replace(b"</sheetData>", added + b"</sheetData>")


def repeated_cells(rng: random.Random, part: bytes) -> bytes:
    """An .ods that repeats a row or a cell a million times."""
    times = rng.choice(("1048576", "16384", "4294967295", "-1", "0", "x", "70000"))
    name = rng.choice((b"number-rows-repeated", b"number-columns-repeated"))
    if name not in part:
        return number(rng, part)
    return re.sub(name + rb'="\d+"', name + f'="{times}"'.encode(), part, count=rng.choice((0, 1)))


def nested(rng: random.Random, part: bytes) -> bytes:
    """Elements in elements in elements."""
    depth = rng.choice((50, 300, 5_000, 200_000))
    name = rng.choice((b"a", b"c", b"is", b"w:r", b"sdt"))
    place = _between_tags(rng, part)
    opened, closed = (b"<" + name + b">") * depth, (b"</" + name + b">") * depth
    return part[:place] + opened + closed + part[place:]


def bomb(rng: random.Random, part: bytes) -> bytes:
    """Entities that grow to gigabytes, or point at files and hosts."""
    letters = "bcdefghijkl"
    more = "".join(f'<!ENTITY {new} "{f"&{old};" * 20}">' for old, new in pairwise(letters))
    doctype = rng.choice(BOMBS).replace("{more}", more).encode()
    end = part.find(b"?>") + 2 if part.startswith(b"<?xml") else 0
    place = part.find(b">", part.find(b"<", end + 1)) + 1
    entity = rng.choice((b"&l;", b"&a;"))
    return part[:end] + doctype + part[end:place] + entity + part[place:]


def encoding(rng: random.Random, part: bytes) -> bytes:
    """Another encoding, declared or used."""
    name = rng.choice(("utf-16", "gbk", "ascii", "nonsense", "utf-8-sig", "utf-32", "cp037"))
    if rng.random() < 0.5:
        head = f'<?xml version="1.0" encoding="{name}"?>'.encode()
        return head + re.sub(rb"^<\?xml.*?\?>", b"", part)
    try:
        return part.decode().encode(name, errors="replace")
    except (LookupError, UnicodeDecodeError):
        return part


def huge(rng: random.Random, part: bytes) -> bytes:
    """Megabytes of one thing: blanks, one long text, a row over and over."""
    place = _between_tags(rng, part)
    row = re.search(rb"<row.*?</row>", part, re.DOTALL)
    stuff = rng.choice((b" ", b"<!-- -->", "长".encode(), row.group() if row else b"x"))
    size = rng.choice((1_000_000, 20_000_000, 60_000_000))
    return part[:place] + stuff * (size // len(stuff)) + part[place:]


def emptied(rng: random.Random, part: bytes) -> bytes:
    """Nothing, only blanks, or only the head of the part."""
    return rng.choice((b"", b" ", b"\0" * 10, part[:60]))


INSIDE: Sequence[Bytes] = (
    *[number, reference, cell_type, text, text] * 5,
    *[bounds, attribute, element, flip, delete, insert] * 2,
    far_apart, repeated_cells, nested, bomb, encoding, emptied,
)  # fmt: skip
RARE: Sequence[Bytes] = (huge,)
"""Costly: a few of thousands."""


def _repacked(rng: random.Random, content: bytes) -> bytes:
    """Unzipped, changed and zipped again; what cannot be unzipped any more has its bytes changed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [(entry.filename, package.read(entry)) for entry in package.infolist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        return rng.choice(BYTES)(rng, content)
    except (ValueError, LookupError, MemoryError, OverflowError):
        return content
    if not parts:
        return content
    if rng.random() < 0.004:
        place = rng.randrange(len(parts))
        name, part = parts[place]
        parts[place] = name, rng.choice(RARE)(rng, part)
    else:
        parts = rng.choice(PARTS)(rng, parts)
    return repacked(parts)


def repacked(parts: Parts) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
    ):
        warnings.simplefilter("ignore")  # duplicate names are meant
        for name, part in parts:
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()  # fmt: skip


def _replace_one(rng: random.Random, part: bytes, pattern: bytes, options: Sequence[str]) -> bytes:
    """One of the places that match, or now and then all of them, gets another content."""
    found = list(re.finditer(pattern, part))
    if not found:
        return flip(rng, part)
    new = rng.choice(options).encode()
    if rng.random() < 0.03 and len(new) < 100:
        return re.sub(pattern, new.replace(b"\\", b""), part)
    for place in sorted(
        rng.sample(found, min(len(found), rng.choice((1, 1, 3)))), key=lambda m: -m.start()
    ):
        part = part[: place.start()] + new + part[place.end() :]  # fmt: skip
    return part


def _swap_values(rng: random.Random, part: bytes, pattern: bytes) -> bytes:
    """One match's group replaced by another's, or by something strange."""
    found = list(re.finditer(pattern, part))
    if not found:
        return part
    target, other = rng.choice(found), rng.choice(found)
    strange = (b"", b"/", b"../../../x", b"http://127.0.0.1/x", b"#", b"x" * 3000)
    new = rng.choice((other.group(1), rng.choice(strange)))
    return part[: target.start(1)] + new + part[target.end(1) :]


def _between_tags(rng: random.Random, part: bytes) -> int:
    ends = [found.end() for found in re.finditer(rb">", part[:200_000])]
    return rng.choice(ends) if ends else len(part)
