"""Runs a template's tree over a report: evaluates, loops, chooses, and joins the XML.

What cannot be shown becomes a located mistake, and the run goes on to find the others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from jinja2 import TemplateError as ExpressionError

from reportgen.errors import Mistake
from reportgen.facts.model import Absent, Fact, FiguredText
from reportgen.facts.report import Drawing, Item, Items
from reportgen.word.document import fields
from reportgen.word.document.snapshot import AsideRow, join_pieces_to_line
from reportgen.word.document.text_rows import ROWS
from reportgen.word.render.row_breaks import are_short, keep_whole
from reportgen.word.render.row_cells import PlannedCell, RowPlan
from reportgen.word.render.rows_aside import Markup, RowsAside, show_text
from reportgen.word.render.tree import Body, Conditional, Loop, MarkedSlot, RegionMark, Segment
from reportgen.word.template import picture
from reportgen.word.template.expressions import (
    BARE_NUMBER,
    Compiled,
    LeafValue,
    compile_expressions,
    unwrap_value,
    wrap_node,
)
from reportgen.word.template.filters import CannotShow
from reportgen.word.template.filters import format_date as in_words
from reportgen.word.template.lint import CHART_PART, CHART_PLACE, is_drawing
from reportgen.word.template.tags import Tag
from reportgen.word.xml.revisions import MARK
from reportgen.word.xml.wml import make_run

LeafLine: TypeAlias = list[str | Fact]

MOST_TURNS = 500_000
"""So many turns of all loops together are run."""

MOST_TEXT = 200_000_000
"""So many letters of XML one part may become: far above any report, far below a machine's memory."""

_CANNOT = (CannotShow, ExpressionError, TypeError, ValueError, ArithmeticError)
_FAILED = object()
_JOINED = re.compile("、|等$")
_MARKS = "《》“”"
_SHORTEST_NAME, _LONGEST_TITLE, _A_NAME = 2, 8, 24
"""Letters: of a name that something follows, of what follows it (同志, 等4名同志), of both."""


@dataclass
class TemplateRenderer:
    """One run.

    ``caption``: a caption's paragraph properties.

    Afterwards ``drawings`` holds the pictures that instructions (``picture``) stand for, ``facts`` holds the facts shown, in order of first use, ``marks`` what each of our
    bookmarks stands for, ``rows`` those of long tables (``postprocess`` says how they come in),
    ``turns`` the loops around bookmarks (``list_numbering.Turns``), and ``mistakes`` what could not be
    shown, by the tag's number.
    """

    names: Mapping[str, object]
    caption: str
    names_of: Mapping[str, str] = field(default_factory=dict)
    drawings: list[Drawing] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    marks: dict[str, dict[str, object]] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    rows: list[RowsAside] = field(default_factory=list)
    row_lines: list[list[AsideRow]] = field(default_factory=list)
    mistakes: dict[int, Mistake] = field(default_factory=dict)
    _xml: list[str] = field(default_factory=list)
    _items: list[str] = field(default_factory=list)
    turns: dict[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    _around: tuple[tuple[int, int], ...] = ()
    _turns: int = 0
    _size: int = 0
    _in_rows: bool = False

    def part(self, body: Body) -> str:
        """The XML of one part."""
        self._xml = []
        self._run(body, {name: wrap_node(node) for name, node in self.names.items()})
        return "".join(self._xml)

    def _run(self, body: Body, scope: Mapping[str, Any]) -> None:
        for node in body:
            match node:
                case Segment():
                    self._segment(node, scope)
                case Loop():
                    self._loop(node, scope)
                case Conditional():
                    self._choice(node, scope)

    def _segment(self, segment: Segment, scope: Mapping[str, Any]) -> None:
        values = iter(self._values(segment, scope))
        for part in segment.parts:
            if isinstance(part, str):
                self._xml.append(part)
            elif isinstance(part, MarkedSlot):
                self._xml.append(self._slot(part, next(values)))
            else:
                self._xml.append(self._mark(part))

    def _values(self, segment: Segment, scope: Mapping[str, Any]) -> Sequence[Any]:
        try:
            return segment.evaluate(scope)
        except _CANNOT:  # find out which
            return [
                self._value(tag, compile_expressions([tag.code]), scope) for tag in segment.tags
            ]

    def _value(self, tag: Tag, evaluate: Compiled, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401
        try:
            return evaluate(scope)[0]
        except CannotShow as reason:
            self._mistake(tag, str(reason))
        except _CANNOT:
            self._mistake(tag, "算不出结果，请检查各名称是不是数字")
        return _FAILED

    def _loop(self, loop: Loop, scope: Mapping[str, Any]) -> None:
        if loop.plain:
            self._plain_loop(loop, scope)
            return
        for inner in self._iter_turns(loop, scope):
            before = len(self._xml)
            self._run(loop.body, inner)
            made = "".join(self._xml[before:])
            self._size += len(made)
            if loop.tag.governs == "rows" and are_short(made):
                self._xml[before:] = map(keep_whole, self._xml[before:])

    def _iter_turns(self, loop: Loop, scope: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The names of each turn, while it is run."""
        found = unwrap_value(self._value(loop.tag, loop.items, scope))
        items = found.items if isinstance(found, Items) else ()
        inner = dict(scope)
        for number, item in enumerate(items, 1):
            if self._spent(loop.tag):
                break
            inner[loop.tag.target] = item
            inner["loop"] = {
                "index": LeafValue(str(number), number),
                "first": number == 1,
                "last": number == len(items),
            }
            self._items.append(item.key)
            around = self._around
            self._around = (*around, (loop.tag.order, self._turns))
            yield inner
            self._items.pop()
            self._around = around

    def _spent(self, tag: Tag) -> bool:
        """Whether there are too many turns or too much text for one more turn; then a mistake."""
        self._turns += 1
        spent = self._turns > MOST_TURNS or self._size > MOST_TEXT
        if spent:
            self._mistake(tag, "循环的次数太多，或写出的内容太长，请检查是不是把列表套在了列表里")
        return spent

    def _plain_loop(self, loop: Loop, scope: Mapping[str, Any]) -> None:
        """Rows that are set aside; those with a picture are not."""
        made, lines, drawn = RowsAside(), list[AsideRow](), len(self.drawings)
        self._in_rows = True
        for inner in self._iter_turns(loop, scope):
            marked = len(self.marks)
            taken: list[int] = []
            shown = [*self._iter_shown(loop.body, inner, taken)]
            turn = loop.plan_turn(tuple(taken))
            pieces = self._fill(turn.holes, iter(shown))
            self._size += turn.model.length + sum(map(len, pieces))
            made.turns.append((turn.model.choose(pieces), pieces))
            lines += self._lines_of(turn.model.plans, shown, marked)
        self._in_rows = False
        if len(self.drawings) > drawn:
            self._xml += made.iter_xml()
        elif made.turns:
            self._xml.append(f"<?{ROWS} {len(self.rows)}?>")
            self.rows.append(made)
            self.row_lines.append(lines)

    def _iter_shown(self, body: Body, scope: Mapping[str, Any], taken: list[int]) -> Iterator[Any]:
        """The values of a plain body's slots; ``taken`` tells afterwards the branches."""
        for node in body:
            if isinstance(node, Segment):
                yield from self._values(node, scope)
            elif isinstance(node, Conditional):
                number = self._choose(node, scope)
                taken.append(number)
                if number >= 0:
                    yield from self._iter_shown(node.branches[number][2], scope, taken)

    def _fill(
        self, holes: Sequence[MarkedSlot | RegionMark], values: Iterator[Any]
    ) -> Sequence[str]:
        """The pieces of a turn."""
        pieces: list[str] = []
        for hole in holes:
            if isinstance(hole, RegionMark):
                pieces.append(Markup(self._mark(hole)))
                continue
            value = next(values)
            plain = type(value) is str and not hole.mark and "\n" not in value  # most cells
            pieces.append(value if plain else Markup(self._slot(hole, value)))
        return pieces

    def _lines_of(
        self, rows: Sequence[RowPlan], shown: Sequence[Any], marked: int
    ) -> Iterator[AsideRow]:
        """What the rows of the turn just run show; ``marked``: how many marks there were before.

        Each row has a bookmark, and one more for each further line in its first cell.
        """
        fresh = (f"{MARK}{number}" for number in range(marked + 1, len(self.marks) + 1))
        marks = (mark for mark in fresh if "line" not in self.marks[mark])
        for row in rows:
            yield [next(marks, ""), *(_show_cell(cell, shown) for cell in row.cells)]

    def _choice(self, choice: Conditional, scope: Mapping[str, Any]) -> None:
        number = self._choose(choice, scope)
        if number >= 0:
            self._run(choice.branches[number][2], scope)

    def _choose(self, choice: Conditional, scope: Mapping[str, Any]) -> int:
        """The number of the branch to be taken, -1 for none."""
        for number, (tag, condition, _) in enumerate(choice.branches):
            holds = self._value(tag, condition, scope)
            if holds is _FAILED:
                break
            if holds:
                return number
        return -1

    def _slot(self, marked: MarkedSlot, value: object) -> str:
        """What a slot becomes; nothing for a mistake."""
        if value is _FAILED:
            return ""
        leaf = unwrap_value(value)
        if type(leaf) is str and "\n" not in leaf and "\r" not in leaf:  # most of them
            if not self._in_rows:
                self._quote(leaf)
            return show_text(marked.slot, leaf, self._mark(marked.mark) if marked.mark else "")
        try:
            return self._leaf(marked, leaf)
        except CannotShow as reason:
            self._mistake(marked.slot.tag, str(reason))
            return ""

    def _quote(self, text: str) -> None:
        """Note a name, or several joined by 、, that the text is: 张三, 《标题》, 张三等4名同志."""
        for part in (text, *_JOINED.split(text)):
            bare = part.strip(_MARKS)
            shortest = max(_SHORTEST_NAME, len(bare) - _LONGEST_TITLE)
            for end in (len(bare), *range(len(bare) - 1, shortest - 1, -1)):
                if bare[:end] in self.names_of:
                    self.quotes[bare[:end]] = self.names_of[bare[:end]]
                    break

    def _leaf(self, marked: MarkedSlot, leaf: object) -> str:
        if is_drawing(leaf):
            return self._picture(marked, leaf)
        lines = _split_leaf(leaf)
        said = "".join(str(part) for line in lines for part in line)
        if not self._in_rows and (isinstance(leaf, str | dt.date) or len(said) <= _A_NAME):
            self._quote(said)
        return self._lines(marked, [self._runs(line, marked.slot.properties) for line in lines])

    def _lines(self, marked: MarkedSlot, lines: Sequence[str]) -> str:
        slot = marked.slot
        if slot.paragraph is None:
            return f"<w:r>{slot.properties}<w:br/></w:r>".join(lines)
        return "".join(
            self._paragraph(slot.paragraph, marked.mark, number, content)
            for number, content in enumerate(lines)
        )

    def _runs(self, line: Iterable[str | Fact], properties: str) -> str:
        return "".join(
            self._field(part, properties) if isinstance(part, Fact) else make_run(properties, part)
            for part in line
        )

    def _field(self, fact: Fact, properties: str) -> str:
        known = self.facts.setdefault(fact.key, fact)
        if known.text != fact.text:
            raise AssertionError(f"two figures named {fact.key}: {known.text}, {fact.text}")
        return fields.make_fact_field(fact, properties)

    def _paragraph(self, properties: str, mark: RegionMark | None, line: int, content: str) -> str:
        begun = self._mark(mark, line) if mark else ""
        return f"<w:p>{properties}{begun}{content}</w:p>"

    def _picture(self, marked: MarkedSlot, drawing: Drawing) -> str:
        tag = marked.slot.tag
        if not tag.pictures or not tag.alone:
            raise CannotShow(CHART_PLACE if tag.pictures else CHART_PART)
        shown = f"<w:r><?{picture.PICTURE} {len(self.drawings)}?></w:r>"
        placed = self._paragraph(marked.slot.picture, marked.mark, 0, shown)
        self.drawings.append(drawing)
        caption = picture.make_caption(drawing, len(self.drawings))
        return placed + self._paragraph(self.caption, marked.mark, 1, caption)

    def _mark(self, mark: RegionMark, line: int = 0) -> str:
        name = f"{MARK}{len(self.marks) + 1}"
        told = {"line": line} if line else {}
        self.marks[name] = {
            "region": mark.region,
            "item": [*self._items],
            "part": mark.part,
            **told,
        }
        # finish gives the ids their numbers; until then they must differ from the template's.
        # An end behind the last run would be an empty line of its own in LibreOffice.
        if self._around and not self._in_rows:
            self.turns[name] = self._around
        return f'<w:bookmarkStart w:id="{name}" w:name="{name}"/><w:bookmarkEnd w:id="{name}"/>'

    def _mistake(self, tag: Tag, text: str) -> None:
        turn = f"（循环到“{'／'.join(self._items)}”时）" if self._items else ""
        self.mistakes.setdefault(tag.order, Mistake(tag.place, tag.typed, f"{text}{turn}"))


def _show_cell(cell: PlannedCell, shown: Sequence[Any]) -> str | list[str]:
    if isinstance(cell, int) and isinstance(text := shown[cell], str):  # most cells
        return text
    parts: list[str | Fact] = []
    for each in [cell] if isinstance(cell, int) else cell:
        leaf = each if isinstance(each, str) else unwrap_value(shown[each])
        for number, line in enumerate(_split_leaf_or_nothing(leaf)):
            parts += ["\n", *line] if number else line
    return join_pieces_to_line(parts)


def _split_leaf(leaf: object) -> list[LeafLine]:
    """What a value shows, by line.

    Raises:
        CannotShow: it is nothing that can be shown.
    """
    match leaf:
        case str():
            return [[line] for line in _split_at_line_ends(leaf)]
        case Fact():
            return [[leaf]]
        case Absent():
            return [[str(leaf)]]
        case FiguredText():
            return _split_text(leaf)
        case dt.date():
            return [[str(in_words(leaf))]]
    raise CannotShow(_explain_unshowable(leaf))


def _split_leaf_or_nothing(leaf: object) -> list[LeafLine]:
    """As ``_split_leaf``; nothing for what has already become a mistake."""
    try:
        return _split_leaf(leaf)
    except CannotShow:
        return []


def _split_text(text: FiguredText) -> list[LeafLine]:
    lines: list[LeafLine] = [[]]
    for part in text.parts:
        pieces = _split_at_line_ends(part) if isinstance(part, str) else [part]
        lines[-1].append(pieces[0])
        lines += [[piece] for piece in pieces[1:]]
    return lines


def _split_at_line_ends(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _explain_unshowable(leaf: object) -> str:
    if leaf is None:
        return "这次没有内容，请把这一处写在 {% if … %} 里面"
    if isinstance(leaf, bool):
        return "这是一个条件，不能打印，请写在 {% if … %} 里"
    if isinstance(leaf, Items | list):
        return "这是一个列表，要用 {% for … %} 逐项写出，或用“顿号”连接"
    if isinstance(leaf, Item | Mapping):
        return "这是一组名称，请写到其中的一项"
    return BARE_NUMBER
