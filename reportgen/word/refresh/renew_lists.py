"""Numbered lists of one document in another: a turn that came in brings its own list along."""

from __future__ import annotations

import copy

from lxml import etree

from reportgen.word.render.list_numbering import begin_list_anew
from reportgen.word.xml.package import WordPackage, parse_xml_part, to_xml
from reportgen.word.xml.wml import w

_VALUE = w("val")


class ListTransfer:
    """The lists of two documents made from one template, of which the second is to have both."""

    def __init__(self, source: WordPackage, target: WordPackage) -> None:
        self._target = target
        self._source_tree, self._name = _read_numbering(source)[0], _read_numbering(target)[1]
        self._tree = _read_numbering(target)[0]
        self._begun: dict[str, str] = {}

    def bring(self, number: etree._Element) -> bool:
        """Let the target have the list that a ``w:numPr`` names; False if it has none of its kind."""
        named = number.find(w("numId"))
        name = "" if named is None else named.get(_VALUE, "")
        come, here = (_find_list(tree, name) for tree in (self._source_tree, self._tree))
        if come is None or self._tree is None:
            return False
        if here is not None:
            return _read_list_kind(here, self._tree) == _read_list_kind(come, self._source_tree)
        if _read_list_kind(come, self._tree) != _read_list_kind(come, self._source_tree):
            return False
        others = self._tree.findall(w("num"))
        (others[-1].addnext if others else self._tree.append)(copy.deepcopy(come))
        self._target.parts[self._name] = to_xml(self._tree)
        return True

    def begin_anew(self, number: etree._Element, source: etree._Element) -> None:
        """Let a ``w:numPr`` count in a list like its own, but of its own turn, as the source's does."""
        here, there = (each.find(w("numId")) for each in (number, source))
        name = "" if there is None else there.get(_VALUE, "")
        come = _find_list(self._source_tree, name)
        if here is None or come is None or self._tree is None:
            return
        if come.find(f"{w('lvlOverride')}/{w('startOverride')}") is None:
            return  # it goes on through all turns
        if name not in self._begun:
            self._begun[name] = begin_list_anew(self._tree, here.get(_VALUE, ""))
            self._target.parts[self._name] = to_xml(self._tree)
        here.set(_VALUE, self._begun[name])


def _read_numbering(package: WordPackage) -> tuple[etree._Element | None, str]:
    for link in package.linked(package.document):
        if link.type == "numbering":
            return parse_xml_part(package.parts[link.part]), link.part
    return None, ""


def _find_list(tree: etree._Element | None, name: str) -> etree._Element | None:
    nums = [] if tree is None else tree.findall(w("num"))
    return next((num for num in nums if num.get(w("numId")) == name), None)


def _read_list_kind(num: etree._Element, tree: etree._Element | None) -> bytes:
    """What the list looks like, as bytes; nothing if the tree has no such kind."""
    named = num.find(w("abstractNumId"))
    name = "" if named is None else named.get(_VALUE, "")
    kinds = [] if tree is None else tree.findall(w("abstractNum"))
    found = next((kind for kind in kinds if kind.get(w("abstractNumId")) == name), None)
    return b"" if found is None else etree.tostring(found, method="c14n")
