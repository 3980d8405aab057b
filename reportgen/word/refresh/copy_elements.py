"""Pieces of one document put into another: what they lead to and are called comes along.

Pictures and other parts are taken over under free names, styles are found by their names (other
programs change their ids), and bookmarks and drawings get numbers that are free.
"""

from __future__ import annotations

import copy
import itertools
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from lxml import etree

from reportgen.word.document.text_rows import TextRows
from reportgen.word.refresh.renew_lists import ListTransfer
from reportgen.word.xml.package import OFFICE, Link, WordPackage, parse_xml_part
from reportgen.word.xml.wml import WP, R, parse_whole_number, remove_element, w

_STYLES = [w(name) for name in ("pStyle", "rStyle", "tblStyle")]
_BOOKMARKS = [w("bookmarkStart"), w("bookmarkEnd")]
_VALUE, _ID = w("val"), w("id")
_OWN = {
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}"
    for name in ("paraId", "textId")
}
_PICTURE = f"{{{WP}}}docPr"


class ElementCopier:
    """Takes elements of one package's document over into the document (``tree``) of another.

    ``marks``: the bookmarks that came along.
    """

    def __init__(
        self, source: WordPackage, target: WordPackage, tree: etree._Element, aside: TextRows
    ) -> None:
        self._source, self._target = source, target
        here = (parse_whole_number(each.get(_ID)) for each in tree.iter(*_BOOKMARKS))
        self._bookmarks = itertools.count(max([*here, *aside.ids()], default=0) + 1)
        self.marks: list[etree._Element] = []
        taken = (parse_whole_number(each.get("id")) for each in tree.iter(_PICTURE))
        self._drawings = itertools.count(max(taken, default=0) + 1)
        self._parts: dict[str, str] = {}

    def taken(self, element: etree._Element) -> etree._Element:
        """A copy of an element of the source that fits into the target."""
        new = copy.deepcopy(element)
        new.tail = None
        for each in new.iter(*_STYLES):
            each.set(_VALUE, self._styles.get(each.get(_VALUE, ""), each.get(_VALUE, "")))
        for each in [] if self._same("numbering") else list(new.iter(w("numPr"))):
            if not self._lists.bring(each):
                remove_element(each)
        for drawing in new.iter(_PICTURE):
            drawing.set("id", str(next(self._drawings)))
        self._number(new)
        self._relate(new)
        return new

    def begin_list(self, number: etree._Element, source: etree._Element) -> None:
        """Number a paragraph that came in without its list in one that begins where the source's does."""
        for named in source.findall(f"{w('pPr')}/{w('numPr')}"):
            self._lists.begin_anew(number, named)

    def anonymous(self, element: etree._Element) -> etree._Element:
        """A copy of an element of the target, without what only one of the two may have."""
        new = copy.deepcopy(element)
        for mark in list(new.iter(*_BOOKMARKS)):
            remove_element(mark)
        for each in new.iter():
            for name in _OWN & set(each.attrib):
                del each.attrib[name]
        return new

    def number(self) -> int:
        """A number for a bookmark."""
        return next(self._bookmarks)

    def mark(self, element: etree._Element, names: Sequence[str]) -> None:
        """Give an element's first paragraph bookmarks of these names, where it begins."""
        p = next(element.iter(w("p")))
        begin = 1 if p.find(w("pPr")) is not None else 0
        for name in names:
            number = str(self.number())
            self.marks.append(etree.Element(w("bookmarkStart"), {_ID: number, w("name"): name}))
            p.insert(begin, etree.Element(w("bookmarkEnd"), {_ID: number}))
            p.insert(begin, self.marks[-1])

    @cached_property
    def _lists(self) -> ListTransfer:
        return ListTransfer(self._source, self._target)

    @cached_property
    def _styles(self) -> Mapping[str, str]:
        """The target's style id by the source's."""
        if self._same("styles"):
            return {}
        names = {name: id_ for id_, name in _iter_style_names(self._target)}
        return {id_: names[name] for id_, name in _iter_style_names(self._source) if name in names}

    def _same(self, type_: str) -> bool:
        parts = [
            next(
                (package.parts[link.part] for link in _list_links(package) if link.type == type_),
                b"",
            )
            for package in (self._source, self._target)
        ]
        return parts[0] == parts[1]

    def _number(self, new: etree._Element) -> None:
        fresh: dict[str, str] = {}
        for mark in new.iter(*_BOOKMARKS):
            old = mark.get(_ID, "")
            fresh.setdefault(old, str(self.number()))
            mark.set(_ID, fresh[old])
            self.marks.append(mark)

    def _relate(self, new: etree._Element) -> None:
        links = {link.id: link for link in _list_links(self._source)}
        for element in list(new.iter()):
            for name, value in element.attrib.items():
                if not str(name).startswith(f"{{{R}}}"):
                    continue
                if value in links:
                    element.set(name, self._led_to(links[str(value)]))
                else:
                    remove_element(element)

    def _led_to(self, link: Link) -> str:
        name = self._parts.get(link.part) or self._copied(link.part)
        self._parts[link.part] = name
        return self._target.link(self._target.document, name, f"{OFFICE}/{link.type}")

    def _copied(self, part: str) -> str:
        """The target's part with this content, brought along if it has none of this name.

        What leads on (a chart to its workbook) is brought along always: two drawings of one chart
        would change together.
        """
        content, links = self._source.parts[part], self._source.linked(part)
        if self._target.parts.get(part) == content and not links:
            return part
        stem, ending = posixpath.splitext(part)
        name = self._target.free_name(f"{stem.rstrip('0123456789')}{{}}{ending}")
        self._target.put(name, content, self._source.type_of(part))
        for link in links:
            self._target.relate(name, link.id, self._copied(link.part), f"{OFFICE}/{link.type}")
        return name


def _list_links(package: WordPackage) -> list[Link]:
    return package.linked(package.document)


def _iter_style_names(package: WordPackage) -> Iterator[tuple[str, str]]:
    """Ids and names."""
    for link in _list_links(package):
        if link.type == "styles":
            for style in parse_xml_part(package.parts[link.part]).iter(w("style")):
                name = style.find(w("name"))
                if name is not None:
                    yield style.get(w("styleId"), ""), name.get(_VALUE, "")
