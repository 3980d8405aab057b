"""What stands under which heading and beside which picture or table, as made and now.

A sentence is only true under its heading, a caption only at its picture.  A heading keeps its
place if its words are there, or others stand between the same neighbours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.compare.letter_alignment import find_opcodes
from reportgen.word.compare.signs import is_label, signs_of, split_clauses
from reportgen.word.compare.table_diff import match_tables
from reportgen.word.document.model import Content, DocumentTable, Paragraph, Picture, drop_spaces

_CAPTION = re.compile(r"(图|表)\s*(\d+)")
_SHORTEST = 4
"""Letters of a clause that is looked for; shorter ones stand anywhere (其中, 目前)."""
_LINES = 2
"""So many lines of their own right before a table name it (附件1 and a title)."""


def compare_outlines(made: Content, now: Content) -> Iterator[Finding]:
    """Sentences under other headings, captions at other pictures and tables."""
    yield from _find_moved_paragraphs(made.paragraphs, now.paragraphs)
    yield from _compare_captions(made.pictures, now.pictures)
    yield from _compare_table_titles(made, now)
    yield from _check_caption_numbers(made.paragraphs, now.paragraphs)


def _find_moved_paragraphs(
    made: Sequence[Paragraph], now: Sequence[Paragraph]
) -> Iterator[Finding]:
    known: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for paragraph, heading in _iter_under_headings(made, {}):
        for words in _list_clauses(paragraph):
            known[words].add(heading)
    renamed = _find_renamed_headings(made, now)
    present = {heading for _, heading in _iter_under_headings(now, renamed)} | {""}
    for paragraph, heading in _iter_under_headings(now, renamed):
        if is_label(paragraph) and _CAPTION.match(paragraph.text.strip()):
            continue  # it goes with its picture
        for words in _list_clauses(paragraph):
            expected = known.get(words, set()) & present
            if expected and heading not in expected:
                yield make_finding(
                    "paragraph-moved",
                    paragraph,
                    _show_heading(heading),
                    _show_heading(min(expected)),
                )
                break


def _list_clauses(paragraph: Paragraph) -> list[tuple[str, ...]]:
    return [
        clause.words
        for clause in split_clauses(signs_of([paragraph]))
        if len(clause.words) >= _SHORTEST
    ]


def _show_heading(heading: str) -> str:
    return heading or "（标题以前）"


def _iter_under_headings(
    paragraphs: Iterable[Paragraph], renamed: Mapping[str, str]
) -> Iterator[tuple[Paragraph, str]]:
    """Each paragraph with the heading it stands under; a heading stands under one of less level."""
    path: list[tuple[int, str]] = [(0, "")]
    for paragraph in paragraphs:
        if paragraph.level:
            while path[-1][0] >= paragraph.level:
                path.pop()
            yield paragraph, path[-1][1]
            name = drop_spaces(paragraph.text)
            path.append((paragraph.level, renamed.get(name, name)))
        elif paragraph.text.strip():
            yield paragraph, path[-1][1]


def _find_renamed_headings(made: Iterable[Paragraph], now: Iterable[Paragraph]) -> dict[str, str]:
    """What a heading that is new was called, if it stands where one has gone."""
    was, is_ = ([drop_spaces(each.text) for each in side if each.level] for side in (made, now))
    found: dict[str, str] = {}
    for step, i, i_end, j, j_end in find_opcodes(was, is_):
        gone = [name for name in was[i:i_end] if name not in is_]
        new = [name for name in is_[j:j_end] if name not in was]
        if step == "replace" and len(gone) == len(new):
            found |= dict(zip(new, gone, strict=True))
    return found


def _compare_captions(made: Sequence[Picture], now: Sequence[Picture]) -> Iterator[Finding]:
    """Pictures of ours that have the caption of another one beside them."""
    charts = {picture.name: picture for picture in made}
    others = {
        _drop_caption_number(picture.captions[1]): picture.name
        for picture in made
        if picture.captions[1]
    }
    for picture in now:
        chart = charts.get(picture.name)
        if chart is None or not chart.captions[1]:
            continue
        beside = [_drop_caption_number(each) for each in picture.captions]
        wrong = next(
            (text for text in reversed(beside) if others.get(text, picture.name) != picture.name),
            "",
        )
        if wrong and _drop_caption_number(chart.captions[1]) not in beside:
            yield make_finding(
                "caption-other",
                picture,
                wrong,
                _drop_caption_number(chart.captions[1]),
                key=picture.name,
            )


def _drop_caption_number(caption: str) -> str:
    """Without the number, which Word counts anew."""
    text = drop_spaces(caption)
    found = _CAPTION.match(text)
    return text[found.end() :] if found else text


def _compare_table_titles(made: Content, now: Content) -> Iterator[Finding]:
    """Tables of ours that have lines of another one above them."""
    before, after = _list_titled_tables(made), _list_titled_tables(now)
    found = match_tables(
        *({at_: table for at_, (table, _) in enumerate(side)} for side in (before, after))
    )
    known = {text: number for number, (_, lines) in enumerate(before) for text in lines}
    for number, other in found.items():
        for line in after[other][1]:
            if known.get(line, number) != number:
                expected = "、".join(before[number][1])
                where = next(after[other][0].rows[0].paragraphs)
                yield make_finding("caption-other", where, line, expected)
                break


def _list_titled_tables(content: Content) -> list[tuple[DocumentTable, list[str]]]:
    """Each table with the lines of their own right before it."""
    found: list[tuple[DocumentTable, list[str]]] = []
    lines: list[str] = []
    for block in content.body:
        if isinstance(block, DocumentTable):
            if block.rows:
                found.append((block, lines[-_LINES:]))
            lines = []
        elif block.text.strip():
            lines = [*lines, drop_spaces(block.text)] if is_label(block) else []
    return found


def _check_caption_numbers(
    made: Sequence[Paragraph], now: Sequence[Paragraph]
) -> Iterator[Finding]:
    """Captions that do not count 1, 2, 3 any more."""
    if any(True for _ in _find_miscounted(made)):
        return
    for paragraph, found, expected in _find_miscounted(now):
        yield make_finding("caption-number", paragraph, found, expected)


def _find_miscounted(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, str, str]]:
    count: defaultdict[str, int] = defaultdict(int)
    for paragraph in paragraphs:
        found = _CAPTION.match(paragraph.text.strip()) if is_label(paragraph) else None
        if found:
            count[found[1]] += 1
            if int(found[2]) != count[found[1]]:
                yield paragraph, f"{found[1]}{found[2]}", f"{found[1]}{count[found[1]]}"
