"""Changing an XML part of somebody's workbook without touching a byte that is not meant.

``parse_outline`` says where every element stands; an ``Edit`` is a stretch of bytes and what stands there
instead; ``apply_edits`` carries edits out.  What no edit names stays as it was, byte for byte: elements
we have never heard of, extensions, prefixes, the order of attributes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from reportgen.excel.cell_text import drop_controls, escape_x_codes
from reportgen.xml_text import escape, quoteattr

Edit = tuple[int, int, bytes]
"""From where to where, and what stands there instead."""


class UnfitError(ValueError):
    """A part is written in a way in which it cannot be changed safely."""


@dataclass(slots=True)
class ElementSpan:
    """Where an element stands: start tag from ``start`` to ``inside``, end tag from ``close``.

    ``name`` is without prefix; ``attributes`` are as written.  Of an element without content
    (``<a/>``) ``inside``, ``close`` and ``end`` are the same.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    inside: int
    close: int = 0
    end: int = 0
    children: list[ElementSpan] = field(default_factory=list)

    def child(self, name: str) -> ElementSpan | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, *names: str) -> Iterator[ElementSpan]:
        """Every element below of these names, in order."""
        for child in self.children:
            if child.name in names:
                yield child
            yield from child.all(*names)


def parse_outline(xml: bytes, skipped: str = "") -> ElementSpan:
    """The root element.  The content of ``skipped``, if there is any, is not looked into.

    Raises UnfitError unless it is UTF-8, declares no entities and has at most ``MOST`` elements,
    ExpatError if it is broken.
    """
    return _Outline(xml).of(skipped)


def read_text_content(xml: bytes, element: ElementSpan) -> str:
    """What stands in an element that holds only text."""
    return html.unescape(xml[element.inside : element.close].decode())


def apply_edits(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with all edits made; of insertions at one place the first comes first."""
    pieces: list[bytes] = []
    done = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [xml[done:start], new]
        done = end
    return b"".join([*pieces, xml[done:]])


def cut_element(element: ElementSpan) -> Edit:
    """Without the element."""
    return element.start, element.end, b""


def append_child(xml: bytes, element: ElementSpan, content: bytes) -> Edit:
    """With ``content`` as the last child."""
    if element.close < element.end:
        return element.close, element.close, content
    tag = xml[element.start + 1 : element.end].split()[0].removesuffix(b"/>")
    return element.end - 2, element.end, b">" + content + b"</" + tag + b">"


def insert_child(root: ElementSpan, order: Sequence[str], name: str, content: bytes) -> Edit:
    """With ``content``, a child of that name, where the format's order of children wants it."""
    before = set(order[: order.index(name) + 1])
    ends = [child.end for child in root.children if child.name in before]
    place = max(ends, default=root.inside)
    return place, place, content


def set_attribute(xml: bytes, element: ElementSpan, name: str, value: str) -> Edit:
    """With this value of an attribute, whether it was there or not."""
    tag = xml[element.start : element.inside]
    new = b" %s=%s" % (name.encode(), quoteattr(value).encode())
    found = re.search(rb"""\s%s\s*=\s*("[^"]*"|'[^']*')""" % re.escape(name.encode()), tag)
    if found:
        return element.start + found.start(), element.start + found.end(), new
    place = element.inside - (2 if tag.endswith(b"/>") else 1)
    return place, place, new


def make_fragment(root: ElementSpan, xml: bytes, content: str) -> bytes:
    """An element of ours, written without prefix, as it may stand in a document that has one."""
    if b":" not in xml[root.start : root.inside].split()[0]:
        return content.encode()
    prefix = xml[root.start + 1 : root.inside].partition(b":")[0].decode()
    space = root.attributes[f"xmlns:{prefix}"]
    return re.sub(r"^<\w+", lambda found: f"{found[0]} xmlns={quoteattr(space)}", content).encode()


def to_xml_text(text: str) -> str:
    """A text as it may stand in a part that Excel reads."""
    return escape(escape_x_codes(drop_controls(text)))


class _Outline:
    """An expat parser that notes where elements begin and end."""

    def __init__(self, xml: bytes) -> None:
        self.xml, self.moved, self.room = xml, 0, MOST
        self.open = [ElementSpan("", {}, 0, 0)]
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.XmlDeclHandler = _require_utf8
        self.parser.EntityDeclHandler = _refuse_entity

    def of(self, skipped: str) -> ElementSpan:
        if self.xml[:2] in _UTF16:
            raise UnfitError
        first, last = _find_skipped(self.xml, skipped)
        self.parser.Parse(self.xml[:first])
        self.moved = last - first
        self.parser.Parse(self.xml[last:], True)
        return self.open[0].children[0]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        place = self.parser.CurrentByteIndex + self.moved
        found = _TAG.match(self.xml, place)
        self.room -= 1
        if not found or self.room < 0:
            raise UnfitError
        element = ElementSpan(tag.rpartition(":")[2], attributes, place, found.end())
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, _: str) -> None:
        element = self.open.pop()
        if self.xml[element.inside - 2 : element.inside] == b"/>":
            element.close = element.end = element.inside
        else:
            element.close = self.parser.CurrentByteIndex + self.moved
            element.end = self.xml.index(b">", element.close) + 1


def _find_skipped(xml: bytes, skipped: str) -> tuple[int, int]:
    """From behind the start tag to the end tag of the element that is not looked into."""
    found = re.search(rb"<(?:\w+:)?%s[^>/]*>" % skipped.encode(), xml) if skipped else None
    if not found:
        return 0, 0
    tag = found[0][1:].split()[0].removesuffix(b">")
    return found.end(), xml.rindex(b"</" + tag, found.end())


def _require_utf8(_: str, encoding: str | None, __: int) -> None:
    if (encoding or "utf-8").lower() not in ("utf-8", "utf8"):
        raise UnfitError


def _refuse_entity(*_: object) -> None:
    raise UnfitError


MOST = 200_000
"""So many elements, those of ``skipped`` apart, no sound part has; each takes half a kilobyte."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_TAG = re.compile(rb"""<[^\s<>/]+(?:\s+[^\s=<>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
