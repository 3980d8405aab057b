"""The body's paragraphs and tables, block by block: renewed, brought in, taken out, put in order."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from reportgen.word.compare.findings import Finding, make_finding, make_gone_finding
from reportgen.word.document.model import Block, DocumentTable, Paragraph
from reportgen.word.refresh.block_match import BlockFate, find_fates, match_new_places
from reportgen.word.refresh.element_index import ElementIndex
from reportgen.word.refresh.merge_table import TableMerge
from reportgen.word.refresh.reorder import MovableUnit, arrange_units, is_moved
from reportgen.word.refresh.state import RefreshState
from reportgen.word.xml.wml import remove_element, w

_ABOUT, _SECTION, _DRAWING, _NUMBER = w("pPr"), w("sectPr"), w("drawing"), w("numPr")
_FRAMES = frozenset(map(w, ("sdt", "sdtContent", "customXml")))
_TRACKED = [w(name) for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")]
_ABOUT_FRAMES = frozenset(map(w, ("sdtPr", "sdtEndPr", "customXmlPr")))


class BodyMerge:
    """The body as made, as it is now, and as it would be made now."""

    def __init__(self, state: RefreshState) -> None:
        self._state = state
        self._made: Sequence[Block] = state.made.body
        self._now: Sequence[Block] = state.now.reading.content.body
        self._new: Sequence[Block] = state.new.reading.content.body
        self._fates = find_fates(self._made, self._now)
        self._places = match_new_places(self._made, self._new, state.origins, state.new_origins)
        self._came: dict[int, etree._Element] = {}
        self._worded: set[object] = set()
        """Choices whose words are no longer the data's, but stay for what somebody did to them."""
        self._tables = {
            id(block): _find_table(state.elements, block)
            for block in self._now
            if isinstance(block, DocumentTable)
        }

    def merge(self) -> None:
        """Renew the edited report's body."""
        for number, block in enumerate(self._made):
            if number not in self._places:
                self._gone(number, block)
            elif not self._fates[number].now:
                self._deleted(block, self._new[self._places[number]])
            else:
                self._renew(number, block)
        self._bring_in()
        self._arrange()

    def _renew(self, number: int, made: Block) -> None:
        fate, new = self._fates[number], self._new[self._places[number]]
        now = self._now[fate.now[0]]
        if (
            isinstance(made, DocumentTable)
            and isinstance(now, DocumentTable)
            and isinstance(new, DocumentTable)
        ):
            here = replace(now, rows=tuple(fate.rows))
            self._tables[id(now)] = TableMerge(self._state, made, here, new).merge()
        elif (
            isinstance(made, Paragraph)
            and isinstance(now, Paragraph)
            and isinstance(new, Paragraph)
        ):
            if fate.alone:
                self._state.text(made, now, new)
            elif made.signature != new.signature:
                self._state.findings.append(make_finding("text-kept", now, now.text, new.text))

    def _deleted(self, made: Block, new: Block) -> None:
        """What a person took out stays out."""
        if isinstance(made, Paragraph) and isinstance(new, Paragraph):
            if made.signature != new.signature:
                self._state.findings.append(make_gone_finding("deleted-changed", made, new.text))
        elif (
            not isinstance(new, DocumentTable)
            or not isinstance(made, DocumentTable)
            or _has_other_rows(made, new)
        ):
            self._state.findings.append(
                Finding("deleted-changed", f"生成时的{made.place}", "", "表格")
            )

    def _gone(self, number: int, made: Block) -> None:
        """What the data no longer say goes, unless somebody has worked on it."""
        fate = self._fates[number]
        if not fate.now and _read_words(made):
            self._worded |= self._choices(made)
        for place in fate.now:
            now = self._now[place]
            element = self._element(now)
            if element is None:
                continue
            if isinstance(made, DocumentTable) and isinstance(now, DocumentTable):
                kept = self._is_untouched(fate, made, now)
            else:
                kept = fate.kept and not self._state.overtyped(_list_paragraphs(now))
            if kept and self._state.is_ours(element):
                self._state.remove(element, self._state.now.package.document)
            else:
                first = next(iter(_list_paragraphs(now)))
                self._state.findings.append(make_finding("gone-kept", first, _read_words(now), ""))
                self._worded |= self._choices(made)

    def _is_untouched(self, fate: BlockFate, made: DocumentTable, now: DocumentTable) -> bool:
        """Whether a table is as made and stands alone: not joined to another."""
        here = [self._now[place] for place in fate.now]
        if sum(len(each.rows) for each in here if isinstance(each, DocumentTable)) != len(
            fate.rows
        ):
            return False
        return TableMerge.untouched(self._state, made, replace(now, rows=tuple(fate.rows)))

    def _choices(self, made: Block) -> set[object]:
        """The choices of wording that a block comes from."""
        known = self._state.origins
        chosen = (known[mark].chosen for mark in _list_marks(made) if mark in known)
        return {choice for choice in chosen if choice is not None}

    def _bring_in(self) -> None:
        """What the data say for the first time comes in behind what stands before it."""
        made_of = {place: number for number, place in self._places.items()}
        last: etree._Element | None = None
        waiting: list[etree._Element] = []
        for place, block in enumerate(self._new):
            if place in made_of:
                here = [self._element(self._now[at_]) for at_ in self._fates[made_of[place]].now]
                known = [each for each in here if each is not None]
                for each in waiting if known else ():
                    known[0].addprevious(each)
                waiting = [] if known else waiting
                last = known[-1] if known else last
            elif not self._refused(block):
                fresh = self._came[place] = self._fresh(block)
                if last is None:
                    waiting.append(fresh)
                else:
                    last.addnext(fresh)
                    last = fresh

    def _refused(self, new: Block) -> bool:
        """Other words for what a person has worded: they are told, not put beside it."""
        origin = next(
            (self._state.new_origins[m] for m in _list_marks(new) if m in self._state.new_origins),
            None,
        )
        if origin is None or origin.chosen not in self._worded:
            return False
        self._state.findings.append(Finding("left-out", _name_place(new), "", _read_words(new)))
        return True

    def _fresh(self, new: Block) -> etree._Element:
        """A block of the new report; a paragraph set like the same one of another item."""
        self._state.changed.add(self._state.now.package.document)
        self._state.done["added"] += 1
        source = self._new_element(new)
        fresh = self._state.graft.taken(source)
        about = self._sibling(new)
        if about is not None and next(fresh.iter(_DRAWING, _SECTION), None) is None:
            looks, own = _settle_looks(about), fresh.find(f"{_ABOUT}/{_NUMBER}")
            for theirs in looks.findall(_NUMBER):
                if own is not None:  # each item may count in a list of its own
                    looks.replace(theirs, own)
                else:
                    self._state.graft.begin_list(theirs, source)
            for old in fresh.findall(_ABOUT):
                fresh.remove(old)
            fresh.insert(0, looks)
        return fresh

    def _sibling(self, new: Block) -> etree._Element | None:
        patterns = {
            self._state.new_origins[m].pattern
            for m in _list_marks(new)
            if m in self._state.new_origins
        }
        for number, made in enumerate(self._made):
            fate = self._fates[number]
            here = {
                self._state.origins[m].pattern
                for m in _list_marks(made)
                if m in self._state.origins
            }
            if fate.kept and fate.now and here & patterns:
                now = self._now[fate.now[0]]
                assert isinstance(now, Paragraph)
                about = self._state.element(now).find(_ABOUT)
                if about is not None and about.find(_SECTION) is None:
                    return about
        return None

    def _arrange(self) -> None:
        units = self._units()
        if is_moved(units):
            if [unit.new for unit in sorted(units, key=_as_made)] != sorted(
                unit.new for unit in units
            ):
                self._state.findings.append(Finding("order-kept", "正文", "", ""))
            return
        mine = {self._element(block) for block in self._typed()}
        if arrange_units(
            units, lambda each: each in mine and next(each.iter(_SECTION), None) is None
        ):
            self._state.changed.add(self._state.now.package.document)
            self._state.done["moved"] += 1

    def _units(self) -> list[MovableUnit]:
        """The blocks that both have and those that came in, as they stand in the body."""
        root = self._state.now.trees[self._state.now.package.document]
        order = {child: number for number, child in enumerate(next(iter(root), root))}
        units = [MovableUnit(element, -1, place) for place, element in self._came.items()]
        shared = Counter(place for fate in self._fates.values() for place in fate.now)
        for number, place in self._places.items():
            fate = self._fates[number]
            element = (
                self._element(self._now[fate.now[0]])
                if len(fate.now) == 1 and fate.alone and shared[fate.now[0]] == 1
                else None
            )
            if element is not None:
                units.append(MovableUnit(element, number, place))
        return sorted(
            (unit for unit in units if unit.element in order), key=lambda unit: order[unit.element]
        )

    def _typed(self) -> list[Paragraph]:
        """Paragraphs with text that come from nothing that was made."""
        known = {place for fate in self._fates.values() for place in fate.now}
        return [
            block
            for place, block in enumerate(self._now)
            if place not in known and isinstance(block, Paragraph) and block.text.strip()
        ]

    def _element(self, block: Block) -> etree._Element | None:
        if isinstance(block, Paragraph):
            return _find_frame(self._state.element(block))
        return self._tables[id(block)]

    def _new_element(self, block: Block) -> etree._Element:
        if isinstance(block, Paragraph):
            return self._state.new_element(block)
        table = _find_table(self._state.new_elements, block)
        assert table is not None
        self._state.new_elements.take_out(table)
        return table


def _settle_looks(about: etree._Element) -> etree._Element:
    """A paragraph's looks without what was tracked in them."""
    new = copy.deepcopy(about)
    for tracked in list(new.iter(*_TRACKED)):
        remove_element(tracked)
    return new


def _find_frame(element: etree._Element) -> etree._Element:
    """A paragraph with the control around it, if that holds nothing else."""
    parent = element.getparent()
    if parent is None or parent.tag not in _FRAMES:
        return element
    alone = all(each is element or each.tag in _ABOUT_FRAMES for each in parent)
    return _find_frame(parent) if alone else element


def _as_made(unit: MovableUnit) -> int:
    return unit.made


def _has_other_rows(made: DocumentTable, new: DocumentTable) -> bool:
    return [row.signature for row in made.rows] != [row.signature for row in new.rows]


def _find_table(elements: ElementIndex, block: DocumentTable) -> etree._Element | None:
    first = next((row for row in block.rows if row.width), None)
    if first is None:
        return None
    *_, table = elements.row(first).iterancestors(w("tbl"))
    return table


def _list_paragraphs(block: Block) -> list[Paragraph]:
    return (
        [block]
        if isinstance(block, Paragraph)
        else [p for row in block.rows for p in row.paragraphs]
    )


def _list_marks(block: Block) -> Sequence[str]:
    return block.marks if isinstance(block, Paragraph) else ()


def _name_place(block: Block) -> str:
    return f"新报告的{block.place}"


def _read_words(block: Block) -> str:
    return "".join(paragraph.text for paragraph in _list_paragraphs(block))
