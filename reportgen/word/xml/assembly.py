"""A package as python-docx's document, and back.

python-docx writes what a program puts into a document: styles, sections, tables, pictures, headers,
comments.  It is handed the parts one by one, as it trusts the files that it opens itself: a link
that leads nowhere stops it, and what it saves bears the time of saving.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as TYPES
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, element_class_lookup
from docx.package import Package as DocxPackage
from docx.parts.comments import CommentsPart
from docx.parts.document import DocumentPart
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.parts.image import ImagePart
from docx.parts.numbering import NumberingPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart
from lxml import etree

from reportgen.word.xml import package as packages
from reportgen.word.xml.package import WordPackage

_XML_PARTS: Mapping[str, type[XmlPart]] = {
    TYPES.OFFICE_DOCUMENT: DocumentPart,
    TYPES.STYLES: StylesPart,
    TYPES.NUMBERING: NumberingPart,
    TYPES.SETTINGS: SettingsPart,
    TYPES.COMMENTS: CommentsPart,
    TYPES.HEADER: HeaderPart,
    TYPES.FOOTER: FooterPart,
}
"""Which part is what, by the relationship that leads to it: other programs mistake content types."""
_ONLY = frozenset([TYPES.STYLES, TYPES.NUMBERING, TYPES.SETTINGS, TYPES.COMMENTS])


def parse_docx_part(content: bytes | str) -> Any:  # noqa: ANN401 - python-docx's elements have methods of their own
    """An XML part as python-docx's elements; errors as of ``package.parse_xml_part``."""
    return packages.parse_xml_part(content, element_class_lookup)


def make_element(tag: str, **attributes: str) -> Any:  # noqa: ANN401 - python-docx's elements
    """A new element, such as ``w:spacing``, with these attributes of Word's own (``val``, ``sz``)."""
    return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})


def as_document(
    package: WordPackage, trees: Mapping[str, etree._Element] | None = None
) -> Document:
    """The parts that the package leads to, for python-docx to work on.

    ``trees``: parts by name that are parsed already, by this module's ``parse_docx_part``.
    """
    made = DocxPackage()
    document: Any = _make_part(package, package.document, TYPES.OFFICE_DOCUMENT, made, trees or {})
    made.load_rel(TYPES.OFFICE_DOCUMENT, document, "rId1")
    sources: dict[str, Part] = {package.document: document}
    for name in _iter_growing_names(sources):
        inside = {link.id: link.part for link in package.linked(name)}
        for each in package.relations(name):
            key, type_ = each.get("Id", ""), _choose_relation_type(each, sources[name])
            target = inside.get(key)
            if target is None:  # outside, or missing: python-docx must know that the id is taken
                sources[name].load_rel(type_, each.get("Target", ""), key, is_external=True)
                continue
            if target not in sources:
                sources[target] = _make_part(package, target, type_, made, trees or {})
            sources[name].load_rel(type_, sources[target], key)
    for part in sources.values():
        if isinstance(part, ImagePart):
            made.image_parts.append(part)
    return Document(document.element, document)


def put_document_back(document: Document, package: WordPackage) -> None:
    """Write into the package what python-docx has changed and added, under the names it gave."""
    parts: dict[str, Part] = {package.document: document.part}
    for name in _iter_growing_names(parts):
        part = parts[name]
        if isinstance(part, XmlPart) or name not in package.parts:
            package.put(name, part.blob, part.content_type)
        relations = package.relations(name)
        known = {each.get("Id") for each in relations}
        fresh = packages.parse_xml_part(part.rels.xml)
        relations.extend(each for each in fresh if each.get("Id") not in known)
        inside = (each.target_part for each in part.rels.values() if not each.is_external)
        parts |= {each.partname[1:]: each for each in inside if each.partname[1:] not in parts}


def _iter_growing_names(parts: Mapping[str, Part]) -> Iterator[str]:
    """The names, those included that are added while they are gone through."""
    seen: set[str] = set()
    while fresh := [name for name in parts if name not in seen]:
        seen.update(fresh)
        yield from fresh


def _choose_relation_type(relation: etree._Element, source: Part) -> str:
    """What a part is to its source; python-docx knows only one each of what it calls by its type."""
    type_ = relation.get("Type", "")
    taken = type_ in _ONLY and any(each.reltype == type_ for each in source.rels.values())
    return "" if taken else type_


def _make_part(
    package: WordPackage,
    name: str,
    type_: str,
    made: DocxPackage,
    trees: Mapping[str, etree._Element],
) -> Part:
    uri, content_type, content = PackURI(f"/{name}"), package.type_of(name), package.parts[name]
    if type_ in _XML_PARTS:
        tree: Any = trees[name] if name in trees else parse_docx_part(content)
        return _XML_PARTS[type_](uri, content_type, tree, made)
    picture = type_ == TYPES.IMAGE or name.startswith("word/media/")
    part: Part = (ImagePart if picture else Part).load(uri, content_type, content, made)
    return part
