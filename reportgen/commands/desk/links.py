"""链接.json in 网上交表: by owner the link with which it hands in, of which only the hash is kept.

It may say anything: what is not as we write it is passed over, and opens nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen import workspace

FILE = "链接.json"
BITS = 128
"""Of a code.  So many cannot be guessed, and a plain hash of them cannot be turned back."""
_ALL, _HASH, _MADE = "链接", "摘要", "生成时间"


def list_links(folder: Path) -> Mapping[str, str]:
    """By owner that has a link, when it was made."""
    return {owner: made for owner, (_, made) in _read_links(folder).items()}


def renew_links(folder: Path, owners: Sequence[str], now: dt.datetime) -> Mapping[str, str]:
    """A new code for each of these owners; what they had opens nothing from now on.

    Raises:
        WorkspaceError: the folder cannot be written to.
    """
    codes = {owner: secrets.token_urlsafe(BITS // 8) for owner in owners}
    made = now.isoformat(sep=" ", timespec="minutes")
    workspace.ensure_folder(folder / workspace.HANDED_IN)
    with workspace.lock_folder(folder):
        links = {**_read_links(folder), **{o: (_hash(code), made) for o, code in codes.items()}}
        told = {owner: {_HASH: digest, _MADE: day} for owner, (digest, day) in links.items()}
        content = workspace.to_readable_json({_ALL: told})
        path = folder / workspace.HANDED_IN / FILE
        workspace.overwrite_file(path, content, worthless=lambda _: True)
    return codes


def find_link(folder: Path, code: str) -> str | None:
    """Whose code it is, None if nobody's."""
    given = _hash(code)
    for owner, (digest, _) in _read_links(folder).items():
        if hmac.compare_digest(digest, given):
            return owner
    return None


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode(errors="replace")).hexdigest()


def _read_links(folder: Path) -> dict[str, tuple[str, str]]:
    file = workspace.optional(folder, f"{workspace.HANDED_IN}/{FILE}")
    try:
        told = json.loads(file.content or b"")[_ALL].items() if file else ()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    found = {}
    for owner, each in told:
        match each:
            case {"摘要": str(digest), "生成时间": str(made)} if digest.isascii():
                found[str(owner)] = (digest, made)
    return found
