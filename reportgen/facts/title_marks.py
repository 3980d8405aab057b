"""Titles between title marks: a title that itself holds 《》 (GB/T 15834: inside them 〈〉)."""

from __future__ import annotations

import re

_OTHER = str.maketrans("《》〈〉", "〈〉《》")


def turn_inner_marks(title: str) -> str:
    """A title as it stands between 《 and 》: without such marks around the whole, those inside turned.

    ``落实《条例》 → 落实〈条例〉``; what is written with 〈〉 already stays.
    """
    plain = title.strip()
    if re.fullmatch("《[^《》]*》", plain):
        plain = plain[1:-1]
    first = re.search("[《〈]", plain)
    return plain.translate(_OTHER) if first and first[0] == "《" else plain


def put_in_marks(title: str) -> str:
    """``《落实〈条例〉的意见》``; nothing stays nothing."""
    inside = turn_inner_marks(title)
    return f"《{inside}》" if inside else ""
