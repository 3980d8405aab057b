"""The parts of a document that people write in, and what they are called to the user."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from reportgen.word.xml.package import WordPackage
from reportgen.word.xml.wml import R, w

BODY = "正文"

_EDGES = {w("headerReference"): "页眉", w("footerReference"): "页脚"}
_NOTES = {"footnotes": "脚注", "endnotes": "尾注"}


def label_parts(package: WordPackage, root: etree._Element) -> dict[str, str]:
    """Labels by part: the body (whose tree is ``root``), headers and footers, notes."""
    found = {package.document: BODY, **_label_edges(package, root)}
    for link in package.linked(package.document):
        if link.type in _NOTES:
            found[link.part] = _NOTES[link.type]
    return found


def _label_edges(package: WordPackage, root: etree._Element) -> dict[str, str]:
    """Headers and footers, named as far as needed to tell them apart."""
    targets = {link.id: link.part for link in package.linked(package.document)}
    found = [
        (targets[edge.get(f"{{{R}}}id", "")], section, edge.get(w("type"), ""), _EDGES[edge.tag])
        for section, properties in enumerate(root.iter(w("sectPr")), 1)
        for edge in properties
        if edge.tag in _EDGES
    ]
    sections = {section for _, section, _, _ in found}
    shared = Counter((section, name) for _, section, _, name in found)
    pages = {"default": "", "first": "首页", "even": "偶数页"}
    labels: dict[str, str] = {}
    for part, section, kind, name in found:
        page = pages.get(kind, "")
        if kind == "default" and shared[section, name] > 1:
            page = "普通页"
        labels.setdefault(part, f"{f'第{section}节' if len(sections) > 1 else ''}{page}{name}")
    return labels
