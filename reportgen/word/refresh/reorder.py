"""Elements put in the order of the new report, unless people have put them in one of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from reportgen.word.xml.wml import remove_element


@dataclass(frozen=True)
class MovableUnit:
    """An element that both reports have, where it stood as made (-1: nowhere), and where now."""

    element: etree._Element
    made: int
    new: int


def is_moved(units: Sequence[MovableUnit]) -> bool:
    """Whether people have changed the order; ``units`` as they stand in the document."""
    return not _is_ascending([unit.made for unit in units if unit.made >= 0])


def arrange_units(units: Sequence[MovableUnit], follows: Callable[[etree._Element], bool]) -> bool:
    """Put the units, siblings all, in the new order; → whether that changed anything.

    What a person put behind a unit (``follows``) goes with it; all else stays where it is.
    """
    if _is_ascending([unit.new for unit in units]):
        return False
    places = [etree.Element("place") for _ in units]
    trains: dict[int, list[etree._Element]] = {}
    for unit, place in zip(units, places, strict=True):
        train = trains[unit.new] = _find_followers(unit.element, follows)
        unit.element.addprevious(place)
        for each in train:
            remove_element(each)
    for place, number in zip(places, sorted(trains), strict=True):
        for each in trains[number]:
            place.addprevious(each)
        remove_element(place)
    return True


def _find_followers(
    element: etree._Element, follows: Callable[[etree._Element], bool]
) -> list[etree._Element]:
    found = [element]
    following = element.getnext()
    while following is not None and follows(following):
        found.append(following)
        following = following.getnext()
    return found


def _is_ascending(numbers: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers))
