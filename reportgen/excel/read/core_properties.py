"""What an .xlsx says of itself: when its sender last saved it."""

from __future__ import annotations

import datetime as dt
import re

from reportgen.archive import Archive, ArchiveError

LOCAL = dt.timedelta(hours=8)
"""Excel and WPS write Greenwich time; China has one time zone."""


def read_last_saved(content: bytes) -> dt.datetime | None:
    """When somebody last saved the workbook, in local time.

    None if it does not say (.xls, .ods), or was not saved by anybody since we made it: then it was
    changed at the moment it was created.
    """
    xml = _read_core_part(content)
    created, modified = (_read_moment(xml, tag) for tag in (b"created", b"modified"))
    return None if modified is None or modified == created else modified + LOCAL


def is_as_created(content: bytes) -> bool:
    """Whether it says that it was not saved by anybody since it was made."""
    xml = _read_core_part(content)
    created, modified = (_read_moment(xml, tag) for tag in (b"created", b"modified"))
    return created is not None and modified == created


def _read_core_part(content: bytes) -> bytes:
    """The part of a package that tells when it was saved, empty if there is none."""
    try:
        return Archive(content, _LARGEST).read("docProps/core.xml")
    except ArchiveError:
        return b""


def _read_moment(xml: bytes, tag: bytes) -> dt.datetime | None:
    found = re.search(rb"<(?:\w+:)?%s\b[^>]*>([\d-]{10}T[\d:]{8})" % tag, xml)
    try:
        return dt.datetime.fromisoformat(found[1].decode()) if found else None
    except ValueError:
        return None


_LARGEST = 2**20
