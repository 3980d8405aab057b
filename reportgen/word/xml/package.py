"""A .docx as parts: read with limits, parts added and replaced, written with a fixed date.

Unlike tables (``excel.read.child``), documents are parsed in this process: a command has only the one,
so that no rest of a run is to be saved from it; and the limits are set before the XML is parsed.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from lxml import etree

from reportgen import ole
from reportgen.archive import ArchiveError
from reportgen.errors import DocumentError
from reportgen.word.xml.unpacking import (
    UNREADABLE,
    explain_no_package,
    explain_other_kind,
    explain_other_zip,
    is_xml,
    unzip_parts,
)
from reportgen.word.xml.wml import drop_unwritable

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE_NAMES: Any = {None: _TYPES}  # lxml's stubs know no default namespace
_LINK_NAMES: Any = {None: _LINKS}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DOCUMENT = f"{_WORD}document.main+xml"
_DOTX = f"{_WORD}template.main+xml"
_LONGEST_TITLE = 255  # python-docx refuses longer ones
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_MIDNIGHT = "T00:00:00Z"
_TOO_LARGE = (
    "这份文档展开后太大，不像正常的报告，请检查是不是放错了文件，"
    "或在 Word 或 WPS 中删去多余的内容后另存一份"
)
_LONG = 4 * 2**20  # bytes of a part
_OFTEN = 2**17  # bytes of a part that may stand in many documents
_BETWEEN = re.compile(rb">\s*[^<\s]|<!--")
_MARKUP = frozenset([
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "customXml",
    "styles", "numbering", "settings", "comments", "commentsExtended", "footnotes", "endnotes",
    "header", "footer", "theme", "fontTable", "webSettings", "glossaryDocument",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship: its id, its type's last word (``header``), and the part it leads to."""

    id: str
    type: str
    part: str


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """A relationship that leaves the file: its type's last word, and the address it leads to."""

    type: str
    target: str


@dataclass
class WordPackage:
    """The parts of a Word file by name (``word/document.xml``), in the order of the zip.

    ``types`` is the parsed [Content_Types].xml; other parts are parsed when asked for.
    """

    parts: dict[str, bytes]
    types: etree._Element
    links: dict[str, etree._Element] = field(default_factory=dict)
    _looked_at: dict[str, tuple[bytes, etree._Element]] = field(default_factory=dict)

    def look_at(self, name: str) -> etree._Element:
        """A part as a tree that is only to be read: parsed once for all who ask for it.

        Errors as of ``parse_xml_part``.
        """
        content = self.parts[name]
        known = self._looked_at.get(name)
        if known is None or known[0] is not content:
            known = self._looked_at[name] = content, parse_xml_part(content)
        return known[1]

    @property
    def document(self) -> str:
        """Name of the main document part."""
        return next(link.part for link in self.linked("") if link.type == "officeDocument")

    def linked(self, part: str) -> list[Link]:
        """What a part (``""``: the package itself) relates to, of what is there, in order."""
        return [link for link in self._leading(part) if link.part in self.parts]

    def relations(self, part: str) -> etree._Element:
        """The relationships of a part as a tree, which is written in the end."""
        if part not in self.links:
            content = self.parts.get(_rels_part_name(part))
            empty = etree.Element(f"{{{_LINKS}}}Relationships", nsmap=_LINK_NAMES)
            self.links[part] = parse_xml_part(content) if content else empty
        return self.links[part]

    def link(self, part: str, target: str, type_: str) -> str:
        """The id of a relationship from ``part`` to ``target``, made if there is none."""
        for known in self._leading(part):
            if known.part == target:
                return known.id
        links = self.relations(part)
        taken = {link.get("Id") for link in links}
        fresh = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        self.relate(part, fresh, target, type_)
        return fresh

    def relate(self, part: str, identity: str, target: str, type_: str) -> None:
        """Add a relationship from ``part`` to ``target`` under an id that is free."""
        path = posixpath.relpath(f"/{target}", posixpath.join("/", posixpath.dirname(part)))
        relation = f"{{{_LINKS}}}Relationship"
        etree.SubElement(self.relations(part), relation, Id=identity, Type=type_, Target=path)

    def unlink(self, part: str, types: frozenset[str]) -> None:
        """Remove what ``part`` relates to by these types, parts of the file included."""
        inside = {link.id: link.part for link in self.linked(part)}
        for link in list(self.relations(part)):
            if link.get("Type", "").rpartition("/")[2] in types:
                self.relations(part).remove(link)
                name = inside.get(link.get("Id", ""))
                if name is not None and name != self.document:
                    self.parts.pop(name, None)
                    self.parts.pop(_rels_part_name(name), None)
                    self._retype(name, None)

    def drop_dangling(self) -> None:
        """Remove relations to parts that are not there, but for those that their source refers to."""
        for source in ["", *self.parts]:
            for link in self._leading(source) if _rels_part_name(source) in self.parts else ():
                if link.part not in self.parts and not self._refers(source, link.id):
                    self._unrelate(source, link.id)

    def _refers(self, source: str, identity: str) -> bool:
        return f'"{identity}"'.encode() in self.parts.get(source, b"")

    def _unrelate(self, source: str, identity: str) -> None:
        for link in list(self.relations(source)):
            if link.get("Id", "") == identity:
                self.relations(source).remove(link)

    def only(self, parts: Mapping[str, tuple[bytes, frozenset[str]]]) -> WordPackage:
        """A new package of these parts alone: the content of each and its relations kept, by id."""
        made = WordPackage({}, etree.Element(f"{{{_TYPES}}}Types", nsmap=_TYPE_NAMES))
        made.put_default("rels", _RELATIONS_TYPE)
        made.put_default("xml", "application/xml")
        for name, (content, kept) in parts.items():
            made.put(name, content, self.type_of(name))
            links = [link for link in self.relations(name) if link.get("Id") in kept]
            made.relations(name).extend(links)
        made.link("", self.document, f"{OFFICE}/officeDocument")
        return made

    def put(self, name: str, content: bytes, content_type: str) -> None:
        """Add or replace a part."""
        self.parts[name] = content
        if self.type_of(name) != content_type:
            self._retype(name, content_type)

    def put_default(self, ending: str, content_type: str) -> None:
        """Let all parts with this ending (``png``) be of one type."""
        if not any(each.get("Extension", "").lower() == ending for each in self.types):
            self.types.insert(
                0,
                self.types.makeelement(
                    f"{{{_TYPES}}}Default", Extension=ending, ContentType=content_type
                ),
            )

    def free_name(self, pattern: str) -> str:
        """The first part name of a numbered pattern (``word/header{}.xml``) not yet taken."""
        return next(
            name
            for number in range(1, len(self.parts) + 2)
            if (name := pattern.format(number)) not in self.parts
        )

    def describe(self, title: str, author: str, date: dt.date) -> None:
        """Write the document's properties anew: nothing of the template's history stays.

        Without an author nobody is named.
        """
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE  # noqa: PLC0415
        from docx.opc.coreprops import CoreProperties  # noqa: PLC0415 - what only reads needs none
        from docx.oxml.coreprops import CT_CoreProperties  # noqa: PLC0415

        root = CT_CoreProperties.new()
        properties = CoreProperties(root)
        properties.title = drop_unwritable(title)[:_LONGEST_TITLE]
        if author:
            properties.author = properties.last_modified_by = drop_unwritable(author)[
                :_LONGEST_TITLE
            ]
        properties.created = properties.modified = dt.datetime.combine(date, dt.time())
        self.unlink("", frozenset(["core-properties"]))
        self.put("docProps/core.xml", to_xml(root), CONTENT_TYPE.OPC_CORE_PROPERTIES)
        self.link("", "docProps/core.xml", RELATIONSHIP_TYPE.CORE_PROPERTIES)

    def redescribe(self, changed: Mapping[str, str]) -> None:
        """Change the document's properties (title, author, dates) that are still as we wrote them.

        ``changed``: the new text by the old one; a date as YYYY-MM-DD.
        """
        stamps = {f"{old}{_MIDNIGHT}": f"{new}{_MIDNIGHT}" for old, new in changed.items()}
        new = {old: new for old, new in {**stamps, **changed}.items() if old and old != new}
        for link in self.linked("") if new else ():
            if link.type == "core-properties":
                root = parse_xml_part(self.parts[link.part])
                for each in root:
                    each.text = new.get(each.text or "", each.text)
                self.parts[link.part] = to_xml(root)

    def to_bytes(self, date: dt.date, pieces: Mapping[str, Iterable[bytes]] | None = None) -> bytes:
        """The zip: content types first, every entry dated ``date``.

        ``pieces``: of parts too long to be held as a whole, what is written in their place.
        """
        for part, links in self.links.items():
            if len(links):
                self.parts[_rels_part_name(part)] = to_xml(links)
            else:  # the old bytes would still say where it led
                self.parts.pop(_rels_part_name(part), None)
        contents = {"[Content_Types].xml": to_xml(self.types)} | self.parts
        stamp = (max(date.year, 1980), date.month, date.day, 0, 0, 0)
        buffer = io.BytesIO()
        # a long table shrinks to a thirtieth at any level, and the lowest takes half the time
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in contents.items():
                info = zipfile.ZipInfo(name, stamp)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0  # the same bytes on Windows and elsewhere
                with archive.open(info, "w") as entry:
                    entry.writelines((pieces or {}).get(name, [content]))
        return buffer.getvalue()

    def _leading(self, part: str) -> list[Link]:
        """What a part relates to inside the file, even if it is missing there."""
        folder = posixpath.dirname(part)
        return [
            Link(
                link.get("Id", ""),
                link.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))[1:],
            )
            for link in self.relations(part)
            if link.get("TargetMode") != "External"
        ]

    def outside(self, part: str) -> dict[str, OutsideLink]:
        """Where a part leads outside the file, by relationship id."""
        return {
            link.get("Id", ""): OutsideLink(
                link.get("Type", "").rpartition("/")[2], link.get("Target", "")
            )
            for link in self.relations(part)
            if link.get("TargetMode") == "External"
        }

    def type_of(self, name: str) -> str:
        """The content type of a part."""
        ending = name.rpartition(".")[2].lower()
        for each in self.types:
            if each.get("PartName") == f"/{name}":
                return each.get("ContentType", "")
        for each in self.types:
            if each.get("Extension", "").lower() == ending:
                return each.get("ContentType", "")
        return ""

    def _retype(self, name: str, content_type: str | None) -> None:
        for each in self.types.findall(f"{{{_TYPES}}}Override"):
            if each.get("PartName") == f"/{name}":
                self.types.remove(each)
        if content_type:
            override = f"{{{_TYPES}}}Override"
            etree.SubElement(self.types, override, PartName=f"/{name}", ContentType=content_type)


def read_word_package(content: bytes) -> WordPackage:
    """The package of a .docx, of which every part can be read: none fails later, half-way through.

    Raises:
        DocumentError: the file is no Word document that can be filled in or read.
    """
    if content.startswith(ole.MAGIC):
        raise DocumentError(explain_no_package(content))
    try:
        parts = unzip_parts(content)
        if "[Content_Types].xml" not in parts:
            raise DocumentError(explain_other_zip(parts))
        for name, part in parts.items():
            if is_xml(name):
                (_refuse_broken_again if len(part) < _OFTEN else _refuse_broken_xml)(part)
            if name.endswith(".rels") and _BETWEEN.search(part):
                parts[name] = _drop_text_between(part)
        package = WordPackage(parts, parse_xml_part(parts.pop("[Content_Types].xml")))
        package.drop_dangling()
        _refuse_no_markup(package)
        _refuse_double_use(package)
        body = parts[package.document]
        kind = package.type_of(package.document)
    except ArchiveError as error:
        raise DocumentError(_TOO_LARGE if error.bloated else explain_no_package(content)) from error
    except (
        LookupError, StopIteration, ValueError, etree.XMLSyntaxError, expat.ExpatError,
    ) as error:  # fmt: skip
        raise DocumentError(UNREADABLE) from error
    if kind not in {_DOCUMENT, _DOTX}:
        raise DocumentError(explain_other_kind(kind))
    package.put(package.document, body, _DOCUMENT)
    return package


def _refuse_no_markup(package: WordPackage) -> None:
    """Errors as of ``parse_xml_part``, of a part that is markup by its relation, whatever it is called."""
    for source in ("", package.document):
        for link in package.linked(source):
            if link.type in _MARKUP and not is_xml(link.part):
                parse_xml_part(package.parts[link.part])


def _refuse_double_use(package: WordPackage) -> None:
    """ValueError where one part is to be two things: written as the one, it would not be the other."""
    known: dict[str, str] = {}
    for source in ["", *package.parts]:
        for link in package.linked(source) if _rels_part_name(source) in package.parts else ():
            other = known.setdefault(link.part, link.type)
            if other != link.type and not _MARKUP.isdisjoint({other, link.type}):
                raise ValueError(f"{link.part} is {other} and {link.type}")


def _refuse_broken_xml(part: bytes) -> None:
    """Errors as of ``parse_xml_part``; a long table is looked through without making a tree of it."""
    if len(part) < _LONG:
        parse_xml_part(part)
    else:
        expat.ParserCreate().Parse(part, True)


def _drop_text_between(relations: bytes) -> bytes:
    """A part of relations, which are nothing but attributes: text between them no program shows."""
    root = parse_xml_part(relations)
    for each in root.iter():
        each.text = each.tail = None
    return to_xml(root)


@lru_cache(maxsize=64)
def _refuse_broken_again(part: bytes) -> None:
    """As ``_refuse_broken_xml``; styles, themes and fonts of many documents of one office are the same bytes."""
    _refuse_broken_xml(part)


def parse_xml_part(
    content: bytes | str, classes: etree.ElementClassLookup | None = None
) -> etree._Element:
    """An XML part as a tree; nothing outside it is read and no entity expanded.

    ``classes``: of what classes its elements are, instead of lxml's own.

    Raises:
        ValueError: the part declares a document type.
        lxml.etree.XMLSyntaxError: it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    parser.set_element_class_lookup(classes)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("document type declared")
    return root


def to_xml(root: etree._Element) -> bytes:
    """A tree as the bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rels_part_name(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")
