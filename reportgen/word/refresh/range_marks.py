"""Bookmarks and comments that reach from one paragraph to another, when one of the two goes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reportgen.word.xml.wml import remove_element, w

_PAIRS = [
    (w(f"{name}Start"), w(f"{name}End"))
    for name in ("bookmark", "commentRange", "moveFromRange", "moveToRange")
]


class RangePairs:
    """The starts of a document with their ends, as they were before anything was changed."""

    def __init__(self, tree: etree._Element) -> None:
        self._tree = tree
        self._pairs = [pair for tags in _PAIRS for pair in _iter_pairs(tree, *tags)]

    def close(self) -> bool:
        """Take out what has lost its other end; → whether anything had."""
        left = [[each for each in pair if self._holds(each)] for pair in self._pairs]
        halves = [each for pair in left if len(pair) == 1 for each in pair]
        for each in halves:
            remove_element(each)
        return bool(halves)

    def _holds(self, element: etree._Element) -> bool:
        *_, root = (element, *element.iterancestors())
        return root is self._tree


def _iter_pairs(
    tree: etree._Element, start: str, end: str
) -> Iterator[tuple[etree._Element, etree._Element]]:
    ends = {each.get(w("id")): each for each in tree.iter(end)}
    for each in tree.iter(start):
        if each.get(w("id")) in ends:
            yield each, ends[each.get(w("id"))]
