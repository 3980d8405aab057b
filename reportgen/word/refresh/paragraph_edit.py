"""A paragraph made to show another text with the least change, and figures made to show new values.

Letters that stay keep their runs and looks, and so do tracked changes and whatever else stands
between them; what comes in looks like what it replaces, or else like what stands before it.
"""

from __future__ import annotations

import copy
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from lxml import etree

from reportgen.word.compare.letter_alignment import count_alike_at_ends, find_opcodes
from reportgen.word.document import fields
from reportgen.word.document.model import Figure, Pieces
from reportgen.word.document.paragraph_reader import LiveField, ParagraphReader, TypedWords
from reportgen.word.refresh.merge3 import TextSign, key_of_sign, split_pieces_to_signs
from reportgen.word.xml.revisions import copy_settled_looks
from reportgen.word.xml.runs import (
    ABOUT,
    END,
    FIELD_KIND,
    FIELD_MARK,
    LOOKS,
    RUN,
    SIMPLE,
    START,
    TEXT,
    has_content,
    part_run,
    put_text,
    take_readings_off,
)
from reportgen.word.xml.wml import make_run, parse_elements, remove_element, remove_with_run

_Step: TypeAlias = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where one sign stands: in a field, or as the nth letter of some words."""

    piece: TypedWords | LiveField
    offset: int = 0

    @property
    def sign(self) -> TextSign:
        if isinstance(self.piece, TypedWords):
            return self.piece.text[self.offset]
        return split_pieces_to_signs([Figure(self.piece.key, "")])[0]


def rewrite_paragraph(
    p: etree._Element, text: Sequence[TextSign], figures: Mapping[str, str],
    foreign: Container[str] = (),
) -> bool:  # fmt: skip
    """Let a paragraph show this text.

    ``figures``: what a figure that comes in shows; ``foreign``: properties that are no figures.

    → whether anything had to be changed.
    """
    spots, steps = _find_steps(p, text, foreign)
    if take_readings_off(_find_changed_runs(spots, steps)):  # they would be above other letters
        spots, steps = _find_steps(p, text, foreign)
    for _, i, i_end, j, j_end in reversed(steps):
        host = _find_host(spots, i, i_end)
        _insert_text(p, host, text[j:j_end], figures)
        for spot in reversed(spots[i:i_end]):
            _delete_sign(p, spot)
    return bool(steps)


def _find_steps(
    p: etree._Element, text: Sequence[TextSign], foreign: Container[str]
) -> tuple[list[_Spot], list[_Step]]:
    """What a paragraph shows, and what has to be changed in it; words that repeat stay in place."""
    spots = [
        spot
        for piece in ParagraphReader(foreign).paragraph(p).pieces
        for spot in _iter_spots(piece)
    ]
    signs = [spot.sign for spot in spots]
    start, end = count_alike_at_ends(signs, text)
    steps = find_opcodes(signs[start : len(signs) - end], text[start : len(text) - end])
    return spots, [
        (kind, i + start, i_end + start, j + start, j_end + start)
        for kind, i, i_end, j, j_end in steps
        if kind != "equal"
    ]


def _find_changed_runs(spots: Sequence[_Spot], steps: Iterable[_Step]) -> set[etree._Element]:
    """Those with letters that are to go or are to be followed by others."""
    return {
        spot.piece.run
        for _, i, i_end, _, _ in steps
        for spot in spots[i - (0 < i == i_end) : i_end]
        if isinstance(spot.piece, TypedWords)
    }


def fill_paragraph(p: etree._Element, text: Pieces) -> None:
    """Let a paragraph show only this, all in the looks its first run has."""
    looks = p.find(f".//{RUN}/{LOOKS}")
    figures = {piece.key: piece.text for piece in text if isinstance(piece, Figure)}
    new = _make_runs(split_pieces_to_signs(text), figures, looks)
    for child in list(p):
        if child.tag != ABOUT:
            p.remove(child)
    p.extend(new)


def renew_field(p: etree._Element, live: LiveField, text: str) -> None:
    """Let a figure of a paragraph show this text, in the looks its result has now."""
    first, *others = live.results or [_make_result(p, live)]
    for words in others:
        remove_with_run(words.holder)
    if first.holder.tag != TEXT:
        holder = etree.Element(TEXT)
        first.holder.addprevious(holder)
        remove_element(first.holder)
    else:
        holder = first.holder
    put_text(holder, text)


def unlink_field(p: etree._Element, live: LiveField) -> None:
    """Let only the text of a figure stay."""
    if live.first.tag == SIMPLE:
        for child in list(live.first):
            live.first.addprevious(child)
        remove_element(live.first)
        return
    shown = {words.holder for words in live.results}
    for element in list(_iter_field_elements(p, live)):
        if element not in shown:
            remove_with_run(element)


def _iter_spots(piece: TypedWords | LiveField) -> Iterator[_Spot]:
    letters = len(piece.text) if isinstance(piece, TypedWords) else 1
    return (_Spot(piece, offset) for offset in range(letters))


@dataclass(frozen=True, slots=True)
class _Host:
    """Beside which spot something comes in, and on which side."""

    spot: _Spot
    after: bool


def _find_host(spots: Sequence[_Spot], start: int, end: int) -> _Host | None:
    """The last letter to be replaced, else the one before, else the one after; else a figure.

    Nothing to be replaced stands behind it in the same words, so that its place stays true.
    """
    near = [_Host(spot, after=True) for spot in reversed(spots[start:end])]
    near += [_Host(spots[start - 1], after=True)] if start else []
    near += [_Host(spots[end], after=False)] if end < len(spots) else []
    letters = [host for host in near if _is_text(host.spot)]
    return next(iter(letters or near), None)


def _is_text(spot: _Spot) -> bool:
    return isinstance(spot.piece, TypedWords) and spot.piece.holder.tag == TEXT


def _insert_text(
    p: etree._Element, host: _Host | None, text: Sequence[TextSign], figures: Mapping[str, str]
) -> None:
    if not text:
        return
    plain = not any(key_of_sign(sign) is not None or sign in "\n\t" for sign in text)
    piece = host.spot.piece if host else None
    if host and plain and isinstance(piece, TypedWords) and piece.holder.tag == TEXT:
        holder, offset = piece.holder, host.spot.offset + host.after
        shown = holder.text or ""
        put_text(holder, f"{shown[:offset]}{''.join(text)}{shown[offset:]}")
        return
    new = _make_runs(text, figures, _find_looks(p, host))
    if host is None:
        _append_runs(p, new)
    elif isinstance(piece, LiveField):
        _put_beside(piece.last if host.after else piece.first, new, host.after)
    elif piece:
        _insert_into_run(piece, host.spot.offset + host.after, new)


def _make_runs(
    text: Sequence[TextSign], figures: Mapping[str, str], looks: etree._Element | None
) -> list[etree._Element]:
    found: list[etree._Element] = []
    for key, group in groupby(text, key_of_sign):
        if key is None:
            found += parse_elements(make_run("", "".join(group)))
        else:
            found += [
                each
                for _ in group
                for each in parse_elements(fields.make_figure_field(key, figures.get(key, "")))
            ]
    if looks is not None:
        for each in found:
            each.insert(0, copy.deepcopy(looks))
    return found


def _find_looks(p: etree._Element, host: _Host | None) -> etree._Element | None:
    """Of the run beside; in an empty paragraph, of its end."""
    if host is None:
        looks = p.find(f"{ABOUT}/{LOOKS}")
        return None if looks is None else copy_settled_looks(looks)
    piece = host.spot.piece
    if isinstance(piece, TypedWords):
        return piece.run.find(LOOKS)
    shown = piece.results[0].run if piece.results else piece.first
    return shown.find(LOOKS)


def _append_runs(p: etree._Element, new: Sequence[etree._Element]) -> None:
    """Into a paragraph without text: behind its bookmarks, if it has any."""
    at = 1 if p.find(ABOUT) is not None else 0
    for number, child in enumerate(p):
        if child.tag in {START, END}:
            at = number + 1
    p[at:at] = new


def _put_beside(element: etree._Element, new: Sequence[etree._Element], after: bool) -> None:
    if after:
        for each in reversed(new):
            element.addnext(each)
    else:
        for each in new:
            element.addprevious(each)


def _insert_into_run(words: TypedWords, offset: int, new: Sequence[etree._Element]) -> None:
    """Between two letters of a run, which becomes two runs; or before or after a sign."""
    part_run(words.holder, offset)
    _put_beside(words.run, new, after=True)
    if not has_content(words.run):
        remove_element(words.run)


def _delete_sign(p: etree._Element, spot: _Spot) -> None:
    piece = spot.piece
    if isinstance(piece, LiveField):
        for element in list(_iter_field_elements(p, piece)):
            remove_with_run(element)
        return
    holder = piece.holder
    if holder.tag != TEXT:
        remove_with_run(holder)
        return
    shown = holder.text or ""
    put_text(holder, shown[: spot.offset] + shown[spot.offset + 1 :])
    if not holder.text:
        remove_with_run(holder)


def _iter_field_elements(p: etree._Element, live: LiveField) -> Iterator[etree._Element]:
    """What a field is made of: a fldSimple, or all in its runs from its begin to its end."""
    if live.first.tag == SIMPLE:
        yield live.first
        return
    depth = 0
    begun = False
    for element in p.iter():
        parent = element.getparent()
        if element.tag == RUN or parent is None or parent.tag != RUN:
            continue
        begun = begun or (parent is live.first and element.get(FIELD_KIND) == "begin")
        if begun and element.tag != LOOKS:
            depth += {"begin": 1, "end": -1}.get(element.get(FIELD_KIND, ""), 0)
            yield element
            if depth == 0:
                return


def _make_result(p: etree._Element, live: LiveField) -> TypedWords:
    """A place for the result of a field that shows nothing."""
    new = parse_elements(make_run("", " "))[0]
    shown = TypedWords("", new, new[0])
    if live.first.tag == SIMPLE:
        live.first.append(new)
        return shown
    looks = live.first.find(LOOKS)
    if looks is not None:
        new.insert(0, copy.deepcopy(looks))
    marks = {each.get(FIELD_KIND): each.getparent() for each in _iter_field_elements(p, live)}
    parting = marks.get("separate")
    if parting is not None:
        parting.addnext(new)
    else:
        separate = etree.Element(FIELD_MARK, {FIELD_KIND: "separate"})
        new.insert(len(new) - 1, separate)
        live.last.addprevious(new)
    return shown
