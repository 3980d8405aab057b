"""What is done to a record: to one value in its tree, or to the letters of its JSON."""

from __future__ import annotations

import html
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator, MutableMapping, MutableSequence
from typing import Any

from tests.fuzz.damage import BYTES, attribute, repacked, text

Place = tuple[Any, Any]
"""A mapping or a list, and the key or the number of one of its values."""

VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1, 2**31, 2**63, 10**400, 1e308, 0.5, "", " ", "长" * 40_000, "〇", "\u202e倒",
    "\ud800", "../../建议台账.xlsx", "..", "/etc/passwd", "C:\\x", "CON", "~$x", "a\0b", "x" * 300, "=1+1",
    "{{ 建议.件数 }}", "9999-99-99", "0001-01-01", "A=", [], {}, [[]], [None], [0, 0], [1, 2**40],
    ["a", "b"], [""], {"": ""}, "f" * 64, ["f" * 64], {"region": -1, "item": [], "part": 0},
)  # fmt: skip


def damaged_json(rng: random.Random, content: bytes) -> bytes:
    """The JSON after one to three kinds of damage, mostly to a value in it."""
    for _ in range(rng.choice((1, 1, 2, 3))):
        if rng.random() < 0.15:
            content = rng.choice(BYTES)(rng, content)
            continue
        try:
            tree = json.loads(content)
        except (ValueError, RecursionError):
            content = rng.choice(BYTES)(rng, content)
            continue
        content = _written(rng.choice(KINDS)(rng, tree))
    return content


def with_damaged_record(rng: random.Random, docx: bytes) -> bytes:
    """A report whose record is damaged, or its custom properties."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = [(entry.filename, package.read(entry)) for entry in package.infolist()]
    in_properties = rng.random() < 0.2
    return repacked([(name, _with_damage(rng, name, part, in_properties)) for name, part in parts])


def _with_damage(rng: random.Random, name: str, part: bytes, in_properties: bool) -> bytes:
    if in_properties:
        return rng.choice((text, attribute))(rng, part) if name == "docProps/custom.xml" else part
    pieces = _PIECE.findall(part) if name.startswith("customXml/") else ()
    if not pieces:
        return part
    record = damaged_json(rng, html.unescape(b"".join(pieces).decode()).encode())
    shown = html.escape(record.decode(errors="replace"), quote=False)
    start, end = part.index(b"<piece>"), part.rindex(b"</piece>") + len(b"</piece>")
    return part[:start] + f"<piece>{shown}</piece>".encode(errors="replace") + part[end:]


_PIECE = re.compile(rb"<piece>(.*?)</piece>", re.DOTALL)


def replaced(rng: random.Random, tree: Any) -> Any:
    """A value of another type, or one that means mischief."""
    places = list(_places(tree))
    if not places:
        return rng.choice(VALUES)
    holder, key = _chosen(rng, places)
    holder[key] = rng.choice(VALUES)
    return tree


def removed(rng: random.Random, tree: Any) -> Any:
    """An entry missing."""
    places = list(_places(tree))
    if places:
        holder, key = _chosen(rng, places)
        del holder[key]
    return tree


def swapped(rng: random.Random, tree: Any) -> Any:
    """Two values in each other's place, or one of them in both."""
    places = list(_places(tree))
    if places:
        (one, a), (other, b) = rng.choice(places), rng.choice(places)
        first, second = json.dumps(one[a]), json.dumps(other[b])
        one[a] = json.loads(second)
        if rng.random() < 0.5:
            other[b] = json.loads(first)
    return tree


def renamed(rng: random.Random, tree: Any) -> Any:
    """An entry under another name: one that the tool never gives, or another entry's."""
    holders = [holder for holder, key in _places(tree) if isinstance(key, str)]
    if holders:
        holder = rng.choice(holders)
        old = rng.choice(list(holder))
        names = (
            "",
            "../" + old,
            old.upper(),
            "退改/" + old,
            "上一版/../" + old,
            "建议台账.xlsx",
            "x" * 300,
        )
        holder[rng.choice((*names, *holder))] = holder.pop(old)
    return tree


def repeated(rng: random.Random, tree: Any) -> Any:
    """An entry many times over, or one entry more."""
    holder, key = rng.choice(list(_places(tree)) or [([tree], 0)])
    if isinstance(holder, MutableSequence):
        holder[key:key] = [holder[key]] * rng.choice((1, 1, 3, 3000))
    else:
        holder.update({f"{key}{n}": holder[key] for n in range(rng.choice((1, 3, 3000)))})
    return tree


def deepened(rng: random.Random, tree: Any) -> Any:
    """A value in lists in lists."""
    places = list(_places(tree))
    if places:
        holder, key = _chosen(rng, places)
        for _ in range(rng.choice((1, 2, 50, 400))):
            holder[key] = [holder[key]] if rng.random() < 0.5 else {"a": holder[key]}
    return tree


KINDS: tuple[Callable[[random.Random, Any], Any], ...] = (
    *[replaced] * 6, removed, removed, swapped, swapped, renamed, renamed, repeated, deepened,
)  # fmt: skip


def _places(tree: Any) -> Iterator[Place]:
    """Every value below the top, however deep."""
    below = [tree]
    while below:
        holder = below.pop()
        keys = (
            list(holder) if isinstance(holder, MutableMapping)
            else range(len(holder)) if isinstance(holder, MutableSequence) else ()
        )  # fmt: skip
        for key in keys:
            yield holder, key
            below.append(holder[key])


def _chosen(rng: random.Random, places: list[Place]) -> Place:
    """Any of them; now and then one of the few near the top, which are many entries' parents."""
    return rng.choice(places[:12]) if rng.random() < 0.2 else rng.choice(places)


def _written(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False).encode(errors="surrogatepass")
