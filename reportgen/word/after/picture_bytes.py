"""Pictures without what is not seen: author, place, software, whatever was put behind the end.

PNG and JPEG keep every pixel as it is: only the pieces that hold no picture are left out.  GIF and
TIFF are written anew.  What other formats (EMF, WMF, SVG …) carry cannot be taken out here.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator

from PIL import Image

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset([
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD",
    b"pHYs",
])  # fmt: skip
"""ISO/IEC 15948: the pieces that decide what is seen; text, time, EXIF and profiles are not."""
_ALONE = frozenset([0x01, *range(0xD0, 0xD8)])
"""JPEG markers without a length (ISO/IEC 10918-1, B.1.1.3)."""
_SCAN, _END = 0xDA, 0xD9
_JPEG_KEPT_APPS = frozenset([0xE0, 0xEE])
"""JFIF and Adobe: they say how the colours are meant."""
_COMMENT = 0xFE
_REWRITTEN = ("GIF", "TIFF")


def drop_metadata(content: bytes) -> bytes | None:
    """The picture with nothing in it but what is seen; None if that cannot be made sure."""
    try:
        if content.startswith(_PNG):
            return _PNG + b"".join(_iter_png_pieces(content))
        if content.startswith(b"\xff\xd8"):
            return b"\xff\xd8" + b"".join(_iter_jpeg_pieces(content))
        if content.startswith(b"BM"):
            return content[: struct.unpack_from("<I", content, 2)[0]]
        return _rewrite_picture(content)
    except (ValueError, struct.error, OSError, Image.DecompressionBombError):
        return None


def _iter_png_pieces(content: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place < len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content):
            raise ValueError
        if kind in _PNG_KEPT:
            yield content[place:end]
        if kind == b"IEND":
            return
        place = end
    raise ValueError


def _iter_jpeg_pieces(content: bytes) -> Iterator[bytes]:
    place = 2
    while True:
        lead, kind = struct.unpack_from(">BB", content, place)
        if lead != 0xFF:
            raise ValueError
        if kind == _END:
            yield content[place : place + 2]
            return
        end = place + 2 + (0 if kind in _ALONE else struct.unpack_from(">H", content, place + 2)[0])
        end = _find_scan_end(content, end) if kind == _SCAN else end
        is_app = 0xE0 <= kind <= 0xEF
        if kind != _COMMENT and (not is_app or kind in _JPEG_KEPT_APPS):
            yield content[place:end]
        place = end


def _find_scan_end(content: bytes, place: int) -> int:
    """Where the compressed picture ends: at the next marker that is no restart."""
    while True:
        place = content.index(b"\xff", place)
        following = content[place + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            place += 2
        elif following == 0xFF:
            place += 1
        else:
            return place


def _rewrite_picture(content: bytes) -> bytes | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = Image.open(io.BytesIO(content))
        if picture.format not in _REWRITTEN:
            return None
        plain = Image.new(picture.mode, picture.size)
        plain.putdata(list(picture.getdata()))
        if palette := picture.getpalette():
            plain.putpalette(palette)
        buffer = io.BytesIO()
        plain.save(buffer, picture.format)
        return buffer.getvalue()
