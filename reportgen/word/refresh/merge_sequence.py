"""Three sequences made into one: items as made, as people have edited them, as made now.

What both reports have is renewed where it stands.  What people took out stays out.  What the data
no longer say goes, unless somebody has worked on it.  What they say for the first time comes in
behind what stands before it.  All is put in the new order, unless people have made one of their
own.  ``merge_body`` knows blocks, ``merge_table`` rows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from lxml import etree

from reportgen.word.refresh.reorder import MovableUnit, arrange_units, is_moved
from reportgen.word.refresh.state import RefreshState
from reportgen.word.xml.wml import w

_SECTION = w("sectPr")

_Item = TypeVar("_Item")


class SequenceMerge(ABC, Generic[_Item]):
    """Items of one kind.

    ``here``: by the number of an item as made, the places it has now; ``places``: the one in the
    new report; ``homes``: the elements in which the items stand.
    """

    def __init__(
        self, state: RefreshState,
        made: Sequence[_Item], now: Sequence[_Item], new: Sequence[_Item],
        here: Mapping[int, Sequence[int]], places: Mapping[int, int],
        homes: Sequence[etree._Element],
    ) -> None:  # fmt: skip
        self._state, self._part = state, state.now.package.document
        self._made, self._now, self._new = made, now, new
        self._here, self._places, self._homes = here, places, homes

    def merge_items(self) -> None:
        """Renew the edited report's items."""
        for number, made in enumerate(self._made):
            if number not in self._places:
                self._take_out(number)
            elif self._here.get(number):
                self._renew(number, self._new[self._places[number]])
            else:
                self._tell_deleted(made, self._new[self._places[number]])
        self._arrange(self._bring_in())

    @abstractmethod
    def _node(self, place: int) -> etree._Element:
        """The element of an item as it is now."""

    @abstractmethod
    def _renew(self, number: int, new: _Item) -> None:
        """Let an item say what the data say, where nobody has edited it."""

    @abstractmethod
    def _tell_deleted(self, made: _Item, new: _Item) -> None:
        """Tell that what a person took out would say something else now."""

    @abstractmethod
    def _is_untouched(self, number: int, place: int) -> bool:
        """Whether an item is as made, wherever it stands."""

    @abstractmethod
    def _tell_kept(self, now: _Item) -> None:
        """Tell that what the data no longer say stays."""

    @abstractmethod
    def _make_fresh(self, new: _Item) -> etree._Element | None:
        """The element of an item that comes in, if it may."""

    @abstractmethod
    def _tell_order(self, units: Sequence[MovableUnit]) -> None:
        """Tell what there is to tell if people have made an order of their own."""

    def _list_typed(self) -> list[int]:
        """The places of items that were not made, and go with what they stand behind."""
        known = {place for here in self._here.values() for place in here}
        return [place for place in range(len(self._now)) if place not in known]

    def _take_out(self, number: int) -> bool:
        """What the data no longer say goes; → whether something of it stays."""
        kept = False
        for place in self._here.get(number, ()):
            node = self._node(place)
            if self._is_untouched(number, place) and self._state.is_ours(node):
                self._state.remove(node, self._part)
            else:
                self._tell_kept(self._now[place])
                kept = True
        return kept

    def _bring_in(self) -> list[MovableUnit]:
        made_of = {place: number for number, place in self._places.items()}
        came: list[MovableUnit] = []
        last: etree._Element | int | None = None
        waiting: list[etree._Element] = []
        for place, new in enumerate(self._new):
            here = self._here.get(made_of.get(place, -1))
            if here:
                for each in waiting:
                    self._node(here[0]).addprevious(each)
                waiting, last = [], here[-1]
            elif place not in made_of and (fresh := self._make_fresh(new)) is not None:
                came.append(MovableUnit(fresh, -1, place))
                if last is None:
                    waiting.append(fresh)
                else:
                    (self._node(last) if isinstance(last, int) else last).addnext(fresh)
                    last = fresh
        self._begin_anew(waiting)
        return came

    def _begin_anew(self, came: Sequence[etree._Element]) -> None:
        """Nothing is left of what was made: new items come in at the end."""
        home = self._homes[0]
        section = home.find(_SECTION)
        end = len(home) if section is None else home.index(section)
        home[end:end] = came

    def _arrange(self, came: Sequence[MovableUnit]) -> None:
        units = self._sort_units(came)
        if is_moved(units):
            self._tell_order(units)
            return
        typed = {self._node(place) for place in self._list_typed()}
        if arrange_units(units, lambda it: it in typed and next(it.iter(_SECTION), None) is None):
            self._state.changed.add(self._part)
            self._state.done["moved"] += 1

    def _sort_units(self, came: Sequence[MovableUnit]) -> list[MovableUnit]:
        """The items that both have, neither split nor joined, and those that came, as they stand."""
        shared = Counter(place for here in self._here.values() for place in here)
        units = [
            MovableUnit(self._node(here[0]), number, self._places[number])
            for number, here in self._here.items()
            if number in self._places and len(here) == 1 and shared[here[0]] == 1
        ]
        children = (child for home in self._homes for child in home)
        order = {child: number for number, child in enumerate(children)}
        found = [unit for unit in (*units, *came) if unit.element in order]
        return sorted(found, key=lambda unit: order[unit.element])
