"""What all steps of a refresh share: the three reports, and what was done and could not be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.document.model import Content, Figure, Paragraph, drop_spaces, text_of_pieces
from reportgen.word.document.reader import OpenedReport
from reportgen.word.document.snapshot import from_record, read_pictures
from reportgen.word.refresh.block_match import align_origins
from reportgen.word.refresh.copy_elements import ElementCopier
from reportgen.word.refresh.element_index import ElementIndex
from reportgen.word.refresh.merge3 import (
    TextSign,
    join_signs_to_pieces,
    merge_texts,
    split_pieces_to_signs,
)
from reportgen.word.refresh.paragraph_edit import rewrite_paragraph
from reportgen.word.refresh.template_origin import TemplateOrigin, read_origins
from reportgen.word.xml.wml import WP, M, remove_element, w

_PICTURE = f"{{{WP}}}docPr"
_FOREIGN = [
    *(w(name) for name in ("footnoteReference", "endnoteReference", "commentReference", "object")),
    *(w(name) for name in ("pict", "ins", "del", "moveFrom", "moveTo", "txbxContent")),
    f"{{{M}}}oMath",
]  # fmt: skip


@dataclass
class RefreshState:
    """``now``: the edited report, which is changed; ``new``: one made from the data as they are.

    ``changed``: the parts of ``now`` whose trees were changed; ``done``: how often what was done;
    ``rows_added``: the numbers of the rows that came in as text.
    """

    now: OpenedReport
    new: OpenedReport
    findings: list[Finding] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    done: Counter[str] = field(default_factory=Counter)
    rows_added: set[int] = field(default_factory=set)

    @cached_property
    def made(self) -> Content:
        """The edited report as it was made."""
        return from_record(self.now.reading.record)

    @cached_property
    def origins(self) -> Mapping[str, TemplateOrigin]:
        """Of the edited report's bookmarks, as the new report's template counts."""
        then, now = self.now.reading.record, self.new.reading.record
        found = read_origins(then)
        if then.get("template") == now.get("template"):
            return found
        return align_origins(self.made.body, self.new.reading.content.body, found, self.new_origins)

    @cached_property
    def new_origins(self) -> Mapping[str, TemplateOrigin]:
        """Of the new report's bookmarks."""
        return read_origins(self.new.reading.record)

    @cached_property
    def old_figures(self) -> Mapping[str, str]:
        """What each figure showed when the report was made."""
        return _read_figure_texts(self.now)

    @cached_property
    def figures(self) -> Mapping[str, str]:
        """What each figure is now."""
        return _read_figure_texts(self.new)

    @cached_property
    def foreign(self) -> frozenset[str]:
        """The document properties that fields of either report show and that are no figures."""
        return self.now.reading.foreign | self.new.reading.foreign - self.figures.keys()

    @cached_property
    def graft(self) -> ElementCopier:
        """Takes over elements of the new report."""
        tree = self.now.trees[self.now.package.document]
        return ElementCopier(self.new.package, self.now.package, tree, self.now.aside)

    @cached_property
    def elements(self) -> ElementIndex:
        """Those of the edited report."""
        return ElementIndex(self.now)

    @cached_property
    def new_elements(self) -> ElementIndex:
        """Those of the new report."""
        return ElementIndex(self.new)

    def element(self, paragraph: Paragraph) -> etree._Element:
        """A paragraph of the edited report, even if it has been changed or moved since."""
        return self.elements.paragraph(paragraph)

    def new_element(self, paragraph: Paragraph) -> etree._Element:
        """A paragraph of the new report."""
        return self.new_elements.paragraph(paragraph)

    def text(self, made: Paragraph, now: Paragraph, new: Paragraph) -> None:
        """Let a paragraph say what the data say now, where nobody has edited it."""
        merged = merge_texts(*(split_pieces_to_signs(each.pieces) for each in (made, now, new)))
        for collision in merged.collisions:
            kept, fresh = self.shown(collision.kept, old=True), self.shown(collision.new)
            self.findings.append(make_finding("text-kept", now, kept, fresh))
        if rewrite_paragraph(self.element(now), merged.signs, self.figures, self.foreign):
            self.changed.add(now.part)
            self.done["text"] += 1

    def shown(self, text: Iterable[TextSign], *, old: bool = False) -> str:
        """Signs as a reader sees them."""
        known = {**self.figures, **self.old_figures} if old else self.figures
        return text_of_pieces(join_signs_to_pieces(text, known))

    def overtyped(self, paragraphs: Iterable[Paragraph]) -> list[tuple[Paragraph, Figure]]:
        """The figures in whose fields somebody has typed something else."""
        return [
            (paragraph, figure)
            for paragraph in paragraphs
            for figure in paragraph.figures
            if drop_spaces(figure.text) != drop_spaces(self.old_figures.get(figure.key, ""))
        ]

    def is_ours(self, element: etree._Element) -> bool:
        """Whether an element holds nothing, its text apart, that a person has put there."""
        if next(element.iter(*_FOREIGN), None) is not None:
            return False
        return all(each.get("name") in self._gone_charts for each in element.iter(_PICTURE))

    @cached_property
    def _gone_charts(self) -> set[str]:
        """The names of charts that the new report has no more; others were moved here."""
        made = {picture.name for picture in self.made.pictures}
        return made - {picture.name for picture in read_pictures(self.new.reading.record)}

    def remove(self, element: etree._Element, part: str) -> None:
        """Take something out of the edited report."""
        remove_element(element)
        self.changed.add(part)
        self.done["removed"] += 1


def _read_figure_texts(opened: OpenedReport) -> Mapping[str, str]:
    return {key: fact["text"] for key, fact in opened.reading.record["facts"].items()}
