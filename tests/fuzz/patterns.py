"""``python -m tests.fuzz.patterns [WORD …]``: which regular expressions take quadratic time.

Every pattern of the package is tried on texts made to wear it out: a beginning that it likes, a
piece many times over, an end that it does not.  A text twice as long may take twice as long; where
it takes three times as long, and noticeably long at all, pattern and piece are named.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import reportgen

LETTERS = 4_000
"""Of a text: about as long as a cell may be, short enough to try many."""
NOTICEABLE = 0.015
"""Seconds that a linear pattern never takes for so many letters."""
SUSPICIOUS = NOTICEABLE / 16 / 2
"""Seconds for a quarter of the letters: a quadratic one that is noticeable takes twice that."""


@dataclass(frozen=True)
class Found:
    """A pattern of the package: the module it stands in, and in which ways it is used there."""

    module: str
    pattern: re.Pattern[Any]
    ways: frozenset[str]


def patterns() -> Iterator[Found]:
    """Every pattern compiled in a module, and every one written into a call of ``re``."""
    for info in pkgutil.walk_packages(reportgen.__path__, "reportgen."):
        if not info.name.endswith("__main__"):
            module = importlib.import_module(info.name)
            source = Path(str(module.__file__)).read_text(encoding="utf-8")
            yield from (Found(info.name, *each) for each in _named(module, source))
            yield from (Found(info.name, *each) for each in _written(source))


def worn_out(found: Found, letters: int = LETTERS) -> str:
    """The piece that, repeated, takes the pattern quadratic time; empty if none is found."""
    pattern = found.pattern
    for before, piece, after in _pieces(pattern):

        def seconds(letters: int) -> float:
            text = before + piece * (letters // len(piece)) + after  # noqa: B023 (called at once)
            return _seconds(pattern, text, found.ways)

        if seconds(letters // 4) > SUSPICIOUS and (once := seconds(letters)) > NOTICEABLE:
            twice = seconds(2 * letters)
            if twice > 3 * once:
                return f"{before!r} + {piece!r} × n + {after!r}: {once:.2f} s, {twice:.2f} s"
    return ""


_Used = tuple[re.Pattern[Any], frozenset[str]]


def _named(module: ModuleType, source: str) -> Iterator[_Used]:
    """Of a pattern inside a table it is not known how it is used: then it is searched for."""
    for name, value in vars(module).items():
        if isinstance(value, re.Pattern):
            ways = frozenset(re.findall(rf"\b{name}\s*\.\s*(\w+)\b", source))
            if ways or f"{name} =" in source:
                yield value, ways or frozenset(["search"])
        elif not name.startswith("__"):
            yield from ((each, frozenset(["search"])) for each in _within([value]))


def _within(values: Iterable[object], depth: int = 0) -> Iterator[re.Pattern[Any]]:
    for value in values:
        if isinstance(value, re.Pattern):
            yield value
        elif depth < 3 and isinstance(value, list | tuple | set | frozenset):
            yield from _within(value, depth + 1)
        elif depth < 3 and isinstance(value, dict):
            yield from _within((*value.keys(), *value.values()), depth + 1)


def _written(source: str) -> Iterator[_Used]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name("re"), attr=way),
                args=[ast.Constant(str() | bytes() as text), *_],
            ) if way not in ("escape", "compile"):
                flags = re.DOTALL if "DOTALL" in ast.unparse(node) else 0
                yield re.compile(text, flags), frozenset([way])


def _pieces(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    text = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    signs = list(
        dict.fromkeys([*_signs(parser.parse(text, pattern.flags & ~re.UNICODE)), " ", "1"])
    )
    pairs = itertools.islice(itertools.permutations(signs[:7], 2), 42)
    pieces = [*signs, *map("".join, pairs)]
    liked = ["", *_liked(text)]
    for piece, before in itertools.product(pieces, liked):
        yield before, piece, "\0"


def _liked(text: str) -> Iterator[str]:
    """Beginnings: the letters that stand at the front of the pattern, up to each of them."""
    letters = "".join(re.findall(r"(?:\\.|\[[^\]]*\]|\(\?[:=!<]+)|(\w|[<\"《“\-（])", text)[:6])
    for end in range(1, min(len(letters), 3) + 1):
        yield letters[:end]


def _signs(tree: Any) -> Iterator[str]:
    """A letter of every kind that the pattern speaks of."""
    for kind, argument in tree:
        name = str(kind)
        if name in ("LITERAL", "NOT_LITERAL") and argument:
            yield chr(argument)
        elif name == "ANY":
            yield "a"
        elif name == "RANGE":
            yield chr(argument[0])
        elif name == "CATEGORY":
            yield {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " "}.get(str(argument), "a")
        elif name == "IN":
            yield from _signs(argument)
        elif name == "BRANCH":
            for each in argument[1]:
                yield from _signs(each)
        else:
            found = argument if isinstance(argument, tuple | list) else (argument,)
            for each in found:
                if isinstance(each, parser.SubPattern):
                    yield from _signs(each)


def _seconds(pattern: re.Pattern[Any], text: str, ways: frozenset[str]) -> float:
    subject: Any = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    clock = time.thread_time()
    if not ways <= {"match", "fullmatch"}:
        pattern.search(subject)
    if "match" in ways:
        pattern.match(subject)
    if "fullmatch" in ways:
        pattern.fullmatch(subject)
    return time.thread_time() - clock


def main(words: list[str]) -> int:
    """Name the patterns that are not linear."""
    worn = count = 0
    for found in dict.fromkeys(patterns()):
        if words and not any(word in found.module for word in words):
            continue
        count += 1
        if piece := worn_out(found):
            worn += 1
            sys.stdout.write(f"{found.module}: {found.pattern.pattern!r}\n    {piece}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{count} patterns, {worn} of them in quadratic time\n")
    return 1 if worn else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
