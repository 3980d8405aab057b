"""The body's paragraphs and tables, block by block: renewed, brought in, taken out, put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml import etree

from reportgen.word.compare.findings import Finding, make_finding, make_gone_finding
from reportgen.word.document.model import Block, DocumentTable, Paragraph
from reportgen.word.refresh.block_match import find_fates, match_new_places
from reportgen.word.refresh.merge_sequence import SequenceMerge
from reportgen.word.refresh.merge_table import TableMerge, find_table
from reportgen.word.refresh.reorder import MovableUnit
from reportgen.word.refresh.state import RefreshState
from reportgen.word.refresh.template_origin import TemplateOrigin
from reportgen.word.xml.revisions import copy_settled_looks
from reportgen.word.xml.wml import FRAME_PROPERTIES, FRAMES, w

_ABOUT, _SECTION, _DRAWING, _NUMBER = w("pPr"), w("sectPr"), w("drawing"), w("numPr")


class BodyMerge(SequenceMerge[Block]):
    """The body as made, as it is now, and as it would be made now."""

    def __init__(self, state: RefreshState) -> None:
        made, now, new = (
            content.body
            for content in (state.made, state.now.reading.content, state.new.reading.content)
        )
        self._fates = find_fates(made, now)
        here = {number: fate.now for number, fate in self._fates.items()}
        places = match_new_places(made, new, state.origins, state.new_origins)
        root = state.now.trees[state.now.package.document]
        super().__init__(state, made, now, new, here, places, [next(iter(root), root)])
        self._worded: set[object] = set()
        """Choices whose words are no longer the data's, but stay for what somebody did to them."""
        self._tables = {
            place: find_table(state.elements, block)
            for place, block in enumerate(now)
            if isinstance(block, DocumentTable) and any(row.width for row in block.rows)
        }

    def _node(self, place: int) -> etree._Element:
        block = self._now[place]
        if isinstance(block, Paragraph):
            return _find_frame(self._state.element(block))
        return self._tables[place]

    def _renew(self, number: int, new: Block) -> None:
        made, fate = self._made[number], self._fates[number]
        now = self._now[fate.now[0]]
        match made, now, new:
            case DocumentTable(), DocumentTable(), DocumentTable():
                here = replace(now, rows=tuple(fate.rows))
                self._tables[fate.now[0]] = TableMerge(self._state, made, here, new).merge()
            case Paragraph(), Paragraph(), Paragraph() if fate.alone:
                self._state.text(made, now, new)
            case Paragraph(), Paragraph(), Paragraph() if made.signature != new.signature:
                self._state.findings.append(make_finding("text-kept", now, now.text, new.text))

    def _tell_deleted(self, made: Block, new: Block) -> None:
        if _read_signature(made) == _read_signature(new):
            return
        if isinstance(made, Paragraph) and isinstance(new, Paragraph):
            found = make_gone_finding("deleted-changed", made, new.text)
        else:
            found = Finding("deleted-changed", f"生成时的{made.place}", "", "表格")
        self._state.findings.append(found)

    def _take_out(self, number: int) -> bool:
        made = self._made[number]
        kept = super()._take_out(number)
        if kept or (not self._fates[number].now and _read_words(made)):
            self._worded |= self._choices(made)
        return kept

    def _is_untouched(self, number: int, place: int) -> bool:
        """A table must stand alone, too: not joined to another."""
        fate, made, now = self._fates[number], self._made[number], self._now[place]
        if not isinstance(made, DocumentTable) or not isinstance(now, DocumentTable):
            return fate.kept and not self._state.overtyped(_list_paragraphs(now))
        here = [self._now[each] for each in fate.now]
        rows = sum(len(each.rows) for each in here if isinstance(each, DocumentTable))
        whole = replace(now, rows=tuple(fate.rows))
        return rows == len(fate.rows) and TableMerge.untouched(self._state, made, whole)

    def _tell_kept(self, now: Block) -> None:
        first = _list_paragraphs(now)[0]
        self._state.findings.append(make_finding("gone-kept", first, _read_words(now), ""))

    def _choices(self, made: Block) -> set[object]:
        """The choices of wording that a block comes from."""
        found = (origin.chosen for origin in _list_origins(made, self._state.origins))
        return {choice for choice in found if choice is not None}

    def _refused(self, new: Block) -> bool:
        """Other words for what a person has worded: they are told, not put beside it."""
        origin = next(iter(_list_origins(new, self._state.new_origins)), None)
        if origin is None or origin.chosen not in self._worded:
            return False
        place = f"新报告的{new.place}"
        self._state.findings.append(Finding("left-out", place, "", _read_words(new)))
        return True

    def _make_fresh(self, new: Block) -> etree._Element | None:
        """A block of the new report; a paragraph set like the same one of another item."""
        if self._refused(new):
            return None
        self._state.changed.add(self._part)
        self._state.done["added"] += 1
        source = self._new_element(new)
        fresh = self._state.graft.taken(source)
        about = self._sibling(new)
        if about is not None and next(fresh.iter(_DRAWING, _SECTION), None) is None:
            looks, own = copy_settled_looks(about), fresh.find(f"{_ABOUT}/{_NUMBER}")
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
        patterns = {each.pattern for each in _list_origins(new, self._state.new_origins)}
        for number, made in enumerate(self._made):
            fate = self._fates[number]
            here = {each.pattern for each in _list_origins(made, self._state.origins)}
            if fate.kept and fate.now and here & patterns:
                now = self._now[fate.now[0]]
                assert isinstance(now, Paragraph)
                about = self._state.element(now).find(_ABOUT)
                if about is not None and about.find(_SECTION) is None:
                    return about
        return None

    def _list_typed(self) -> list[int]:
        """Of paragraphs only those with text."""
        blocks = ((place, self._now[place]) for place in super()._list_typed())
        return [at for at, each in blocks if isinstance(each, Paragraph) and each.text.strip()]

    def _tell_order(self, units: Sequence[MovableUnit]) -> None:
        """The data have another order than the report was made with."""
        as_made = [unit.new for unit in sorted(units, key=lambda unit: unit.made)]
        if as_made != sorted(as_made):
            self._state.findings.append(Finding("order-kept", "正文", "", ""))

    def _new_element(self, block: Block) -> etree._Element:
        if isinstance(block, Paragraph):
            return self._state.new_element(block)
        table = find_table(self._state.new_elements, block)
        self._state.new_elements.take_out(table)
        return table


def _find_frame(element: etree._Element) -> etree._Element:
    """A paragraph with the control around it, if that holds nothing else."""
    parent = element.getparent()
    if parent is None or parent.tag not in FRAMES:
        return element
    alone = all(each is element or each.tag in FRAME_PROPERTIES for each in parent)
    return _find_frame(parent) if alone else element


def _read_signature(block: Block) -> object:
    if isinstance(block, Paragraph):
        return block.signature
    return [row.signature for row in block.rows]


def _list_paragraphs(block: Block) -> list[Paragraph]:
    if isinstance(block, Paragraph):
        return [block]
    return [paragraph for row in block.rows for paragraph in row.paragraphs]


def _list_origins(block: Block, known: Mapping[str, TemplateOrigin]) -> list[TemplateOrigin]:
    marks = block.marks if isinstance(block, Paragraph) else ()
    return [known[mark] for mark in marks if mark in known]


def _read_words(block: Block) -> str:
    return "".join(paragraph.text for paragraph in _list_paragraphs(block))
