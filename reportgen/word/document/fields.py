"""Live fields: a Fact written into Word so that it can be read back and renewed.

A Fact is a DOCPROPERTY field whose result is always written, and a custom document property
with the same text.  A record of all facts travels in the document as a custom XML part; other
programs rename that part and drop attributes, so it is found by its namespace.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from lxml import etree

from reportgen.facts.model import Fact
from reportgen.word.document.record import (
    DamagedRecordError,
    ReportRecord,
    decode_record,
    iter_encoded,
)
from reportgen.word.xml.package import OFFICE, WordPackage, parse_xml_part, to_xml
from reportgen.word.xml.wml import escape, make_field

RECORD = "urn:reportgen:record:1"

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_NAMES: Any = {None: _CUSTOM, "vt": _VARIANTS}  # lxml's stubs know no default namespace
_CUSTOM_LINK = "custom-properties"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PIECE = 1_000_000  # letters; parsers refuse a single text of more than 10 MB
_DATA = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_DATA_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_BEFORE_BRACE = re.compile(rb"\{(?=[{%])")
_DATA_ID = "{6F1B0C52-8E43-4D0B-9C57-5A2D7E1F3B90}"


def make_fact_field(fact: Fact, properties: str) -> str:
    """The runs of the fact's field; ``properties``: their ``<w:rPr>…`` or nothing."""
    return make_figure_field(fact.key, fact.text, properties)


def make_figure_field(key: str, text: str, properties: str = "") -> str:
    """The runs of a field that names this key and shows this text."""
    return make_field(properties, rf'DOCPROPERTY "{key}" \* MERGEFORMAT', text)


def add_properties(
    package: WordPackage, figures: Mapping[str, str], earlier: Iterable[str] = ()
) -> None:
    """Give the document a custom property for each figure it shows, in this order.

    Other properties follow; those of an earlier report's figures are dropped, and those that Word
    would take for one of ours (it does not tell capitals apart).
    """
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap=_NAMES)
    for key, text in figures.items():
        prop = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_USER_DEFINED, name=key)
        etree.SubElement(prop, f"{{{_VARIANTS}}}lpwstr").text = text
    name = next(
        (link.part for link in package.linked("") if link.type == _CUSTOM_LINK),
        "docProps/custom.xml",
    )
    dropped = {key.casefold() for key in (*figures, *earlier)}
    if name in package.parts:
        root.extend(
            each for each in parse_xml_part(package.parts[name]) if _fold_name(each) not in dropped
        )
    if not len(root):
        package.unlink("", frozenset(["custom-properties"]))
        return
    for number, prop in enumerate(root, 2):
        prop.set("pid", str(number))
    package.put(name, to_xml(root), _CUSTOM_TYPE)
    package.link("", name, f"{OFFICE}/custom-properties")


def add_record(package: WordPackage, record: Mapping[str, Any]) -> None:
    """Embed the record; one that the template brought along is replaced."""
    # it quotes the template's tags; no part may hold one
    text = io.BytesIO()
    text.writelines(_BEFORE_BRACE.sub(rb"\\u007b", each) for each in iter_encoded(record))
    text.seek(0)
    earlier = _find_record_part(package.parts)
    item = earlier[0] if earlier else package.free_name("customXml/item{}.xml")
    letters = io.TextIOWrapper(text, "utf-8", newline="")
    part = io.BytesIO()
    part.write(f'{_DECLARATION}<record xmlns="{RECORD}">'.encode())
    for piece in iter(partial(letters.read, _PIECE), ""):
        part.write(f"<piece>{escape(piece)}</piece>".encode())
    part.write(b"</record>")
    package.put(item, part.getvalue(), "application/xml")
    package.link(package.document, item, f"{OFFICE}/customXml")
    about = next((link.part for link in package.linked(item)), None)
    about = about or package.free_name("customXml/itemProps{}.xml")
    described = (
        f'<ds:datastoreItem xmlns:ds="{_DATA}" ds:itemID="{_DATA_ID}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{RECORD}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    package.put(about, to_xml(parse_xml_part(described)), _DATA_TYPE)
    package.link(item, about, f"{OFFICE}/customXmlProps")


def read_report_record(package: WordPackage) -> ReportRecord | None:
    """The record in an opened report; None if there is none.

    Raises:
        DamagedRecordError: there is one that cannot be relied on.
    """
    try:
        item = _find_record_part(package.parts)
    except (ValueError, etree.XMLSyntaxError) as error:
        raise DamagedRecordError from error
    return None if item is None else decode_record("".join(map(str, item[1].itertext())))


def read_custom_properties(package: WordPackage) -> dict[str, str]:
    """The custom document properties by name, as text."""
    name = next((link.part for link in package.linked("") if link.type == _CUSTOM_LINK), "")
    if name not in package.parts:
        return {}
    root = parse_xml_part(package.parts[name])
    return {each.get("name", ""): "".join(map(str, each.itertext())) for each in root}


def _fold_name(prop: etree._Element) -> str:
    return prop.get("name", "").casefold()


def _find_record_part(parts: Mapping[str, bytes]) -> tuple[str, etree._Element] | None:
    """The part that holds the record, and its tree."""
    marker = RECORD.encode()
    for name, content in parts.items():
        if name.startswith("customXml/") and name.endswith(".xml") and marker in content:
            root = parse_xml_part(content)
            if root.tag == f"{{{RECORD}}}record":
                return name, root
    return None
