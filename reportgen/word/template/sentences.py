"""Ready sentences: ``{{ 句.办理总况 }}`` in a template is read as the words that bear this name.

The words take the place of the tag before anything else is done, so that a report cannot be told
from one whose template has them typed out.  A sentence of one line or more:

* alone in a paragraph outside tables, each line is a paragraph like it, under the rules of every
  template: a line that is nothing but a control tag governs whole paragraphs, and so does the
  condition of a line that is one condition from end to end without an {% else %};
* beside other text, or in a table, the lines are joined.

A block must end in the sentence in which it begins, and no sentence stands in another.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from reportgen.nearest_name import did_you_mean, find_closest
from reportgen.word.template import tags
from reportgen.word.template.paragraph_tags import Piece, TaggedParagraph
from reportgen.word.template.tags import Tag, TagSpan

BOUNDS = frozenset(["sentence", "endsentence"])
"""The tags around the words of a sentence."""
PREFIX = "句"
"""What stands before the name of a sentence in a template."""


@dataclass(frozen=True, slots=True)
class Sentence:
    r"""The words behind a name, a paragraph each; a ``\n`` in one breaks the line.

    ``source``: where somebody has written them; empty if they are built in.  ``note``: what the
    sentence is for.
    """

    name: str
    lines: tuple[str, ...]
    source: str = ""
    note: str = ""

    @property
    def written(self) -> str:
        """As one writes it in a template, without the braces."""
        return f"{PREFIX}.{self.name}"


Sentences: TypeAlias = Mapping[str, Sentence]


@dataclass(frozen=True)
class Template:
    """A template's file, and the sentences it may use."""

    content: bytes
    sentences: Sentences = field(default_factory=dict)


def split_wording(wording: str) -> tuple[str, Sentences]:
    """A kind's wording parted into the outline of its template and its sentences.

    ``@@ 名称 用处`` begins a sentence; it ends with the next one or the end of the text.
    """
    outline, *rest = re.split(r"^@@ +", wording, flags=re.MULTILINE)
    found = [_parse_passage(*text.partition("\n")[::2]) for text in rest]
    return outline, {sentence.name: sentence for sentence in found}


def _parse_passage(head: str, body: str) -> Sentence:
    name, _, note = head.partition(" ")
    lines = (line.strip().replace("\\", "\n") for line in _REMARK.sub("", body).splitlines())
    return Sentence(name.strip(), tuple(filter(None, lines)), note=note.strip())


def find_sentence_name(tag: Tag) -> str:
    """The sentence that a tag asks for; empty if it asks for none."""
    asked = _ASKED.fullmatch(tag.code) if tag.kind == "print" else None
    return asked[1] if asked else ""


def hash_template(template: Template, used: Iterable[str]) -> str:
    """What tells a template with the words it takes in from every other one: a SHA-256.

    A template that takes none is known by its bytes alone.
    """
    taken = {name: template.sentences[name].lines for name in sorted(set(used))}
    added = json.dumps(taken, ensure_ascii=False, sort_keys=True).encode() if taken else b""
    return hashlib.sha256(template.content + added).hexdigest()


def fault_unknown_sentences(paragraph: TaggedParagraph, sentences: Sentences) -> TaggedParagraph:
    """The paragraph, its tags for sentences that do not exist made faulty."""
    found = [
        replace(each, tag=_fault_unknown_sentence(each.tag, sentences)) for each in paragraph.found
    ]
    return TaggedParagraph(paragraph.pieces, found)


def find_lone_sentence(paragraph: TaggedParagraph, sentences: Sentences) -> Sentence | None:
    """The sentence that is all a paragraph holds."""
    lone = paragraph.lone_print
    return sentences.get(find_sentence_name(lone)) if lone else None


def make_sentence_paragraphs(
    paragraph: TaggedParagraph, sentence: Sentence, *, joined: bool
) -> list[TaggedParagraph]:
    """The sentence in place of a paragraph that holds nothing else; ``joined``: as one paragraph."""
    looks, _ = paragraph.first_print
    lines = ["".join(sentence.lines)] if joined else [*_iter_lines(sentence)]
    return [
        TaggedParagraph([*_make_pieces(looks, line)], _find_inner_tags(line, sentence))
        for line in lines
    ]


def inline_sentences(paragraph: TaggedParagraph, sentences: Sentences) -> TaggedParagraph:
    """The paragraph with the words of each sentence in it, between tags that say where it begins."""
    pieces, found, shift = [*paragraph.pieces], list[TagSpan](), 0
    for each in paragraph.found:
        start, end = each.start + shift, each.end + shift
        sentence = sentences.get(find_sentence_name(each.tag))
        if sentence is None:
            found.append(TagSpan(start, end, each.tag))
            continue
        words = "".join(sentence.lines)
        pieces = _replace_words(pieces, start, end, words)
        inner = [_move_span(one, start) for one in _find_inner_tags(words, sentence)]
        close = TagSpan(start + len(words), start + len(words), make_end_tag(sentence))
        found += [TagSpan(start, start, make_begin_tag(sentence)), *inner, close]
        shift += len(words) - (each.end - each.start)
    return (
        TaggedParagraph(_merge_pieces(pieces), found)
        if len(found) > len(paragraph.found)
        else paragraph
    )


def iter_seamless_content(
    content: Iterable[tuple[Piece, str | Tag]],
) -> Iterator[tuple[Piece, str | Tag]]:
    """A paragraph's content; where a sentence begins or ends does not part the text around."""
    before: tuple[Piece, str] | None = None
    for piece, part in content:
        if isinstance(part, Tag) and part.kind in BOUNDS:
            yield piece, part
            continue
        if before and before[0] is piece and isinstance(part, str):
            before = piece, before[1] + part
            continue
        if before:
            yield before
        before = (piece, part) if isinstance(part, str) else None
        if not isinstance(part, str):
            yield piece, part
    if before:
        yield before


def make_begin_tag(sentence: Sentence) -> Tag:
    """The tag that stands before the words of a sentence."""
    return Tag("sentence", sentence.name, within=_label_sentence(sentence))


def make_end_tag(sentence: Sentence) -> Tag:
    """The tag that stands behind them."""
    return Tag("endsentence", sentence.name, within=_label_sentence(sentence))


def find_singles_in_sentences(paragraph: TaggedParagraph, sentences: Sentences) -> list[Tag]:
    """What stands in one pair of braces in the sentences of a paragraph."""
    used = (sentences.get(find_sentence_name(each.tag)) for each in paragraph.found)
    return [
        replace(tag, within=_label_sentence(sentence))
        for sentence in used
        if sentence
        for line in sentence.lines
        for tag in tags.find_singles(line)
    ]


def find_idle_sentences(
    sentences: Sentences, built_in: Sentences, used: Container[str]
) -> list[Sentence]:
    """The sentences that somebody has written in other words, and that are not used."""
    return [
        each
        for name, each in sentences.items()
        if each.source
        and name not in used
        and (name not in built_in or each.lines != built_in[name].lines)
    ]


def iter_used_sentences(events: Iterable[object]) -> Iterator[str]:
    """The names of the sentences in a template's stream."""
    return (each.typed for each in events if isinstance(each, Tag) and each.kind == "sentence")


_REMARK = re.compile("^%%.*$", re.MULTILINE)
_ASKED = re.compile(rf"{PREFIX}\s*\.\s*(\w+)")


def _label_sentence(sentence: Sentence) -> str:
    return f"“{sentence.written}”{f'（{sentence.source}）' if sentence.source else ''}"


def _fault_unknown_sentence(tag: Tag, sentences: Sentences) -> Tag:
    name = find_sentence_name(tag)
    if not name or name in sentences:
        return tag
    near = find_closest(name, sentences, ours=True)
    hint = did_you_mean(near and f"{PREFIX}.{near}")
    return Tag("faulty", tag.typed, fault=f"没有“{PREFIX}.{name}”这一句{hint}")


def _find_inner_tags(words: str, sentence: Sentence) -> list[TagSpan]:
    found = tags.find_tags(words)
    return [replace(each, tag=_mark_inner_tag(each.tag, sentence)) for each in found]


def _mark_inner_tag(tag: Tag, sentence: Sentence) -> Tag:
    if find_sentence_name(tag):
        fault = "一句里不能再用另一句，请把文字直接写进去"
        tag = Tag("faulty", tag.typed, fault=fault)
    return replace(tag, within=_label_sentence(sentence))


def _iter_lines(sentence: Sentence) -> Iterator[str]:
    """Its lines; a condition that takes a whole line is parted from what it governs."""
    for line in sentence.lines:
        found = tags.find_tags(line)
        cuts = _find_cuts(found, len(line))
        yield from filter(None, (line[start:end] for start, end in pairwise(cuts)))


def _find_cuts(found: Sequence[TagSpan], length: int) -> list[int]:
    """Where to part a line that is one condition from its first sign to its last.

    One with an {% else %} always says something, so that it needs no paragraph that may vanish.
    """
    depth, cuts = 0, list[int]()
    for each in found if found and found[0].start == 0 else ():
        depth += each.tag.kind in {"if", "for"}
        if depth == 1 and each.tag.kind == "else":
            break
        if depth == 1 and each.tag.kind in {"if", "elif", "endif"}:
            cuts += [each.start, each.end]
        depth -= each.tag.kind in {"endif", "endfor"}
        if not depth:
            break
    return cuts if cuts and cuts[0] == 0 and cuts[-1] == length and not depth else [0, length]


def _move_span(found: TagSpan, by: int) -> TagSpan:
    return replace(found, start=found.start + by, end=found.end + by)


def _replace_words(pieces: Iterable[Piece], start: int, end: int, words: str) -> list[Piece]:
    """The pieces with ``words`` for their text from ``start`` to ``end``, looking as it began."""
    done, before = list[Piece](), 0
    for piece in pieces:
        first, last = max(start - before, 0), min(end - before, len(piece.text))
        before += len(piece.text)
        if not piece.text or first >= last:
            done.append(piece)
            continue
        done += _make_pieces(piece, f"{piece.text[:first]}{words}{piece.text[last:]}")
        words = ""
    return done


def _make_pieces(looks: Piece, words: str) -> Iterator[Piece]:
    """The words in pieces that look like this one; a line break is a piece of its own."""
    for text in filter(None, re.split("(\n)", words)):
        xml = f"<w:r>{looks.properties}<w:br/></w:r>" if text == "\n" else ""
        yield replace(looks, xml=xml, text=text)


def _merge_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, those of plain text that follow each other with the same looks made one."""
    done: list[Piece] = []
    for piece in pieces:
        last = done[-1] if done else None
        if (
            last
            and last.kind == piece.kind == "text"
            and replace(last, text="") == replace(piece, text="")
            and not piece.xml
        ):
            done[-1] = replace(last, text=last.text + piece.text)
        else:
            done.append(piece)
    return done
