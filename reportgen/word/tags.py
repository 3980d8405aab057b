"""Tags as people type them: found in a paragraph's text and read into ``Tag`` values.

``{{ … }}`` prints, ``{% … %}`` governs, ``{# … #}`` is a remark.  Outside quoted strings,
full-width punctuation and curly quotes are read as their ASCII twins, in the brackets as well.
Nothing is evaluated here and nothing is raised: a tag that cannot be read has a ``fault``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["print", "for", "if", "elif", "else", "endif", "endfor", "remark", "faulty"]
Governs = Literal["text", "cells", "rows", "paragraphs"]


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a template, as typed, as read, and (once it is placed) where it stands.

    ``code``: the expression printed, looped over or tested.  ``target``: a loop's variable.
    ``governs``: what a control tag repeats or leaves out.  ``level``: the number of the row of
    siblings it stands in; a block must end at the level where it begins.  ``depth``: how many
    tables it stands in.  ``alone``: a print tag that is all its paragraph holds.
    ``pictures``: whether a chart may stand in this part of the document.  ``order``: its number.
    A faulty statement keeps its kind if it opens or divides a block.
    """

    kind: Kind
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


@dataclass(frozen=True, slots=True)
class Found:
    """A tag and the span of the paragraph's text it takes."""

    start: int
    end: int
    tag: Tag


def find(text: str) -> list[Found]:
    """The tags in a paragraph's text, in order, the faulty ones included."""
    return list(_scan(text.translate(_SPACES)))


def ascii_twins(code: str) -> str:
    """Full-width punctuation, letters and digits as ASCII, and curly quotes as straight ones.

    What stands in quotes stays as it is.
    """
    pieces: list[str] = []
    position = 0
    for string in _STRING.finditer(code):
        pieces.append(code[position : string.start()].translate(_TWINS))
        content = string[0][1:-1]
        quote = "'" if '"' in content else '"'
        pieces.append(f"{quote}{content}{quote}")
        position = string.end()
    return "".join([*pieces, code[position:].translate(_TWINS)])


_OPENER = re.compile("[{｛]([{｛%％#＃])")
_CLOSER = re.compile("([}｝%％#＃])[}｝]")
_CLOSERS = {
    "{": re.compile("[}｝][}｝]"),
    "%": re.compile("[%％][}｝]"),
    "#": re.compile("[#＃][}｝]"),
}
_TYPED = {"{": "}}", "%": "%}", "#": "#}"}
_STRING = re.compile("\"[^\"]*\"|'[^']*'|[“”][^“”]*[“”]|[‘’][^‘’]*[‘’]")
_TWINS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans(
    {"。": ".", "“": '"', "”": '"', "‘": "'", "’": "'", "【": "[", "】": "]", "、": ","}
    | dict.fromkeys("\u3000\u00a0\u2002\u2003", " ")
)
_TESTS: Mapping[str, Kind] = {"if": "if", "elif": "elif"}
_PLAIN: Mapping[str, Kind] = {"else": "else", "endif": "endif", "endfor": "endfor"}
_SPACES = str.maketrans("\n\t", "  ")
_WORDS = ("for", *_TESTS, *_PLAIN)
_LONGEST_QUOTE = 30


def _scan(text: str) -> Iterator[Found]:
    position = 0
    while opener := _OPENER.search(text, position):
        yield from _strays(text, position, opener.start())
        shape = ascii_twins(opener[1])
        closer = _CLOSERS[shape].search(text, opener.end())
        following = _OPENER.search(text, opener.end())
        if closer and (shape == "#" or not following or closer.start() < following.start()):
            position = closer.end()
            typed = text[opener.start() : position]
            yield Found(opener.start(), position, _read(shape, typed))
        else:
            position = following.start() if following else len(text)
            typed = text[opener.start() : position].strip()[:_LONGEST_QUOTE]
            fault = f"这个标签没有结束，请在同一段内用 {_TYPED[shape]} 结束"
            yield Found(opener.start(), position, Tag("faulty", typed, fault=fault))
    yield from _strays(text, position, len(text))


def _strays(text: str, start: int, end: int) -> Iterator[Found]:
    for closer in _CLOSER.finditer(text, start, end):
        before = text[max(start, closer.start() - 12) : closer.end()].strip()
        fault = f"{closer[0]} 前面没有标签的开头，请补上开头或删去它"
        yield Found(closer.start(), closer.end(), Tag("faulty", before, fault=fault))


def _read(shape: str, typed: str) -> Tag:
    if shape == "#":
        return Tag("remark", typed)
    code = ascii_twins(typed[2:-2])
    code = re.sub(r"^[-+]|[-+]$", "", code).strip()  # Jinja's white space marks: nothing to do
    if shape == "{":
        fault = "" if code else "标签里没有写内容"
        return Tag("print" if code else "faulty", typed, code, fault=fault)
    return _statement(typed, code)


def _statement(typed: str, code: str) -> Tag:
    word, _, rest = code.partition(" ")
    rest = rest.strip()
    if word == "for":
        return _loop(typed, rest)
    if word == "else" and rest.startswith("if"):
        return Tag("elif", typed, fault="“否则如果”应写成 {% elif 条件 %}")
    if word in _TESTS:
        return Tag(_TESTS[word], typed, rest, fault="" if rest else f"{word} 后面没有写条件")
    if word in _PLAIN:
        return Tag(_PLAIN[word], typed, fault=f"{word} 后面不应再写内容" if rest else "")
    return Tag("faulty", typed, fault=_unknown_statement(word))


def _loop(typed: str, rest: str) -> Tag:
    parts = re.fullmatch(r"(\w+) +in +(.+)", rest)
    if not parts or not parts[1].isidentifier():
        return Tag("for", typed, fault="循环应写成 {% for 名称 in 列表 %}")
    if parts[1] in {"loop", "in", "if", "not", "and", "or", "is", "else"}:
        return Tag("for", typed, fault=f"“{parts[1]}”另有用处，请换一个循环名称")
    return Tag("for", typed, parts[2].strip(), parts[1])


def _unknown_statement(word: str) -> str:
    near = difflib.get_close_matches(word.lower(), _WORDS, n=1)
    hint = f"，是否想写“{near[0]}”？" if near else "，可用的只有 for、if、elif、else、endif、endfor"
    return f"没有“{word}”这种控制标签{hint}"
