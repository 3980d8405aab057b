"""Tags as people type them: found in a paragraph's text and read into ``Tag`` values.

``{{ … }}`` prints, ``{% … %}`` governs, ``{# … #}`` is a remark.  Signs that nobody sees count as
not there, and outside quoted strings full-width punctuation and curly quotes are read as their
ASCII twins, in the brackets as well.  Nothing is evaluated here and nothing is raised: a tag that
cannot be read, or is nearly one (``{ { x } }``, ``{{ x }}}``), has a ``fault``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from reportgen import glyphs

TagKind = Literal[
    "print", "for", "if", "elif", "else", "endif", "endfor", "remark", "faulty", "single",
    "sentence", "endsentence",
]  # fmt: skip
Governs = Literal["text", "cells", "rows", "paragraphs"]


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a template, as typed, as read, and (once it is placed) where it stands.

    ``code``: the expression printed, looped over or tested.  ``target``: a loop's variable.
    ``governs``: what a control tag repeats or leaves out.  ``level``: the number of the row of
    siblings it stands in; a block must end at the level where it begins.  ``depth``: how many
    tables it stands in.  ``alone``: a print tag that is all its paragraph holds.
    ``pictures``: whether a chart may stand in this part of the document.  ``order``: its number.
    A faulty statement keeps its kind if it opens or divides a block.  A single one is text in one
    pair of braces: a mistake if it is a name, else it stays as it is.  ``within``: the sentence it
    comes from (``sentences``), whose words stand between a tag sentence and a tag endsentence.
    """

    kind: TagKind
    typed: str
    code: str = ""
    target: str = ""
    fault: str = ""
    place: str = ""
    governs: Governs = "text"
    level: int = 0
    depth: int = 0
    alone: bool = False
    pictures: bool = True
    order: int = 0
    within: str = ""


@dataclass(frozen=True, slots=True)
class TagSpan:
    """A tag and the span of the paragraph's text it takes."""

    start: int
    end: int
    tag: Tag


def find_tags(text: str) -> list[TagSpan]:
    """The tags in a paragraph's text, in order, the faulty ones included."""
    return list(_find_spans(text)) if _BRACE.search(text) else []


def find_singles(text: str) -> list[Tag]:
    """What stands outside tags in one pair of braces, where two may have been meant."""
    kept: list[str] = []
    position = 0
    for each in find_tags(text) if "{" in text or "｛" in text else ():
        kept += [text[position : each.start], " " * (each.end - each.start)]
        position = each.end
    outside = "".join([*kept, text[position:]])
    if not _BRACE.search(outside):
        return []
    found = _SINGLE.finditer(glyphs.to_seen_text(outside.translate(_SPACES)))
    return [Tag("single", each[0], to_ascii_twins(each[1]).strip()) for each in found]


def to_ascii_twins(code: str) -> str:
    """Full-width punctuation, letters and digits as ASCII, and curly quotes as straight ones.

    ≥, ≤ and ≠ are what they look like, and one equals sign means two.  What stands in quotes stays
    as it is.
    """
    pieces: list[str] = []
    position = 0
    for string in _STRING.finditer(code):
        pieces.append(_replace_twins(code[position : string.start()]))
        content = string[0][1:-1]
        quote = "'" if '"' in content else '"'
        pieces.append(f"{quote}{content}{quote}")
        position = string.end()
    return "".join([*pieces, _replace_twins(code[position:])])


_BRACE = re.compile("[{}｛｝]")
_OPENER = re.compile(r"[{｛](?:(\s*)([{｛%％])|([#＃]))")
_CLOSER = re.compile("([}｝%％#＃])[}｝]")
_NEAR_CLOSER = re.compile(r"[}｝%％]\s*[}｝]")
_CLOSERS = {
    "{": re.compile("[}｝][}｝]"),
    "%": re.compile("[%％][}｝]"),
    "#": re.compile("[#＃][}｝]"),
}
_OPENING, _CLOSING = ("{", "｛"), ("}", "｝")
_TYPED = {"{": "}}", "%": "%}", "#": "#}"}
_WHOLE = {"{": "{{ … }}", "%": "{% … %}"}
_SINGLE = re.compile(r"(?<![{｛])[{｛]\s*([^\W\d][^{}｛｝]{0,60})[}｝](?![}｝])")
_STRING = re.compile("\"[^\"]*\"|'[^']*'|[“”][^“”]*[“”]|[‘’][^‘’]*[‘’]")
_OWN_TWINS = {
    "。": ".", "【": "[", "】": "]", "、": ",", "≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", "≠": "!=",
    "×": "*", "÷": "/",
}  # fmt: skip
_ONE_EQUALS = re.compile("(?<![=!<>])=(?!=)")
_TESTS: Mapping[str, TagKind] = {"if": "if", "elif": "elif"}
_PLAIN: Mapping[str, TagKind] = {"else": "else", "endif": "endif", "endfor": "endfor"}
_SPACES = str.maketrans("\n\t", "  ")
_USABLE = f"可用的只有 {'、'.join(('for', *_TESTS, *_PLAIN))}"
_ELSE_IFS = ("elseif", "elsif")
_LONGEST_QUOTE = 30


@lru_cache(maxsize=1024)  # a template is read for its names, its singles and its streams
def _find_spans(text: str) -> tuple[TagSpan, ...]:
    plain = text.translate(_SPACES)
    if plain.isascii() or len(glyphs.to_seen_text(plain)) == len(plain):
        return tuple(_scan_text(glyphs.to_seen_text(plain)))
    kept = [(place, sign) for place, each in enumerate(plain) for sign in glyphs.to_seen_text(each)]
    found = _scan_text("".join(sign for _, sign in kept))
    return tuple(TagSpan(kept[one.start][0], kept[one.end - 1][0] + 1, one.tag) for one in found)


@cache
def _find_twin(sign: str) -> str:
    """The ASCII sign that a sign looks like, or the sign itself; ① and ² are names' own."""
    like = glyphs.half_width(sign)
    numeral = unicodedata.category(sign) in {"No", "Nl"}
    return like if len(like) == 1 and like.isascii() and not numeral else sign


def _replace_twins(code: str) -> str:
    code = "".join(_OWN_TWINS.get(sign) or _find_twin(sign) for sign in code)
    return _ONE_EQUALS.sub("==", code)


def _scan_text(text: str) -> Iterator[TagSpan]:
    """What ends a tag is looked for up to the next opener only, but for a remark, which may hold any."""
    position, remarks_end = 0, True
    while opener := _OPENER.search(text, position):
        yield from _iter_stray_closers(text, position, opener.start())
        following = _OPENER.search(text, opener.end())
        until = following.start() if following else len(text)
        near = _match_near_tag(text, opener, until)
        if near is not None:
            yield near
            position = near.end
            continue
        shape = _replace_twins(opener[2] or opener[3])
        if shape != "#":
            closer = _CLOSERS[shape].search(text, opener.end(), until)
        else:
            closer = _CLOSERS[shape].search(text, opener.end()) if remarks_end else None
            remarks_end = closer is not None
        if closer:
            position = closer.end()
            typed = text[opener.start() : position]
            yield TagSpan(opener.start(), position, _read_tag(shape, typed))
        else:
            position = until
            typed = text[opener.start() : position].strip()[:_LONGEST_QUOTE]
            fault = f"这个标签没有结束，请在同一段内用 {_TYPED[shape]} 结束"
            yield TagSpan(opener.start(), position, Tag("faulty", typed, fault=fault))
    yield from _iter_stray_closers(text, position, len(text))


def _match_near_tag(text: str, opener: re.Match[str], until: int) -> TagSpan | None:
    """What is nearly a tag: spaces between its braces, or a brace too many; it ends before there."""
    closer = _NEAR_CLOSER.search(text, opener.end(), until)
    if opener[3] or closer is None:
        return None
    begun, ended = opener.end(), closer.end()
    more = text.startswith(_OPENING, begun), text.startswith(_CLOSING, ended)
    fault = _explain_braces(opener[0], closer[0], *more)
    if not fault:
        return None
    shape, end = _replace_twins(opener[2]), ended + more[1]
    code = text[begun + more[0] : closer.start()]
    tag = _read_tag(shape, f"{{{shape}{code}{_TYPED[shape]}")
    kind: TagKind = "faulty" if tag.kind == "print" else tag.kind
    fault = f"{fault}，应写成 {_WHOLE[shape]}"
    typed = text[opener.start() : end]
    return TagSpan(opener.start(), end, replace(tag, kind=kind, typed=typed, fault=fault))


def _explain_braces(opener: str, closer: str, before: bool, after: bool) -> str:
    """What is wrong with the braces of a tag; ``before``, ``after``: whether one more stands there."""
    if len(opener) > len("{{") or len(closer) > len("}}"):
        return "两个括号之间不能有空格"
    return "开头多了一个花括号" if before else "结尾多了一个花括号" if after else ""


def _iter_stray_closers(text: str, start: int, end: int) -> Iterator[TagSpan]:
    for closer in _CLOSER.finditer(text, start, end):
        before = text[max(start, closer.start() - 12) : closer.end()].strip()
        fault = f"{closer[0]} 前面没有标签的开头，请补上开头或删去它"
        yield TagSpan(closer.start(), closer.end(), Tag("faulty", before, fault=fault))


def _read_tag(shape: str, typed: str) -> Tag:
    if shape == "#":
        return Tag("remark", typed)
    code = to_ascii_twins(typed[2:-2])
    code = re.sub(r"^[-+]|[-+]$", "", code).strip()  # Jinja's white space marks: nothing to do
    if shape == "{":
        fault = "" if code else "标签里没有写内容"
        return Tag("print" if code else "faulty", typed, code, fault=fault)
    return _read_statement(typed, code)


def _read_statement(typed: str, code: str) -> Tag:
    word, _, rest = code.partition(" ")
    rest = rest.strip()
    if word == "for":
        return _read_loop(typed, rest)
    if word in _ELSE_IFS or (word == "else" and rest.startswith("if")):
        return Tag("elif", typed, fault="“否则如果”应写成 {% elif 条件 %}")
    if word in _TESTS:
        return Tag(_TESTS[word], typed, rest, fault="" if rest else f"{word} 后面没有写条件")
    if word in _PLAIN:
        return Tag(_PLAIN[word], typed, fault=f"{word} 后面不应再写内容" if rest else "")
    return Tag("faulty", typed, fault=f"没有“{word}”这种控制标签，{_USABLE}")


def _read_loop(typed: str, rest: str) -> Tag:
    parts = re.fullmatch(r"(\w+) +in +(.+)", rest)
    if not parts or not parts[1].isidentifier():
        return Tag("for", typed, fault="循环应写成 {% for 名称 in 列表 %}")
    if parts[1] in {"loop", "in", "if", "not", "and", "or", "is", "else"}:
        return Tag("for", typed, fault=f"“{parts[1]}”另有用处，请换一个循环名称")
    return Tag("for", typed, parts[2].strip(), parts[1])
