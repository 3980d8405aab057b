"""Finds the mistakes of a template without running it: blocks that do not close, unknown names."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard

from reportgen.errors import Mistake
from reportgen.facts.report import Drawing
from reportgen.word.template import name_check
from reportgen.word.template.stream import Event, TagSlot
from reportgen.word.template.tags import Tag

CHART_PLACE = "图只能单独成段，请让这个标签自成一段"
CHART_PART = "图只能放在正文里，不能放在页眉、页脚或脚注中"

DEEPEST, DEEPEST_LOOP = 20, 4
"""So many blocks, and so many loops, may stand in each other."""

_LAYERS = {
    "paragraphs": "单独成段",
    "rows": "单独占表格的一行",
    "cells": "单独占表格的一格",
    "text": "和其他文字在同一段",
}


@dataclasses.dataclass
class LintResult:
    """What was found.

    ``streams``: every tag numbered, faulty ones made harmless so that running the rest finds
    what only shows then.  ``mistakes``: by the tag's number.  ``sound``: all blocks close.
    """

    streams: list[list[Event]]
    mistakes: list[tuple[int, Mistake]]
    sound: bool


def check_streams(streams: Iterable[Sequence[Event]], tree: Mapping[str, object]) -> LintResult:
    """All mistakes that show without running, in the template's order."""
    numbers = itertools.count()
    done: list[list[Event]] = []
    mistakes: list[tuple[int, Mistake]] = []
    sound = True
    for stream in streams:
        checker = _StreamChecker(tree, numbers)
        done.append(checker.stream(stream))
        mistakes += checker.mistakes
        sound = sound and checker.sound
    return LintResult(done, sorted(mistakes, key=lambda each: each[0]), sound)


def is_drawing(value: object) -> TypeGuard[Drawing]:
    """Whether this is a chart (of whatever class)."""
    return hasattr(value, "alt") and hasattr(value, "size")


class _StreamChecker:
    """Follows one part's blocks and the names known in them."""

    def __init__(self, tree: Mapping[str, object], numbers: itertools.count[int]) -> None:
        self.mistakes: list[tuple[int, Mistake]] = []
        self.sound = True
        self._scopes: list[Mapping[str, object]] = [tree]
        self._open: list[Tag] = []
        self._ended: set[int] = set()  # blocks that already have their {% else %}
        self._numbers = numbers

    def stream(self, stream: Iterable[Event]) -> list[Event]:
        """The stream with faulty tags made harmless."""
        done = [self._event(event) for event in stream]
        for opener in self._open:
            self._structure(opener, f"没有结束，缺少 {{% end{opener.kind} %}}")
        return done

    def _event(self, event: Event) -> Event:
        if isinstance(event, TagSlot):
            tag = dataclasses.replace(event.tag, order=next(self._numbers))
            slot = dataclasses.replace(event, tag=tag)
            return "" if self._faulty_print(tag) else slot
        if isinstance(event, Tag):
            tag = dataclasses.replace(event, order=next(self._numbers))
            if tag.kind == "single":
                self._single(tag)
            if tag.fault:
                self._mistake(tag, tag.fault)
            return self._control(tag)
        return event

    def _control(self, tag: Tag) -> Event:
        match tag.kind:
            case "for":
                return self._loop(tag)
            case "if":
                self._opened(tag, self._scopes[-1])
                return self._tested(tag)
            case "elif" | "else":
                self._divide(tag)
                return self._tested(tag) if tag.kind == "elif" else tag
            case "endfor" | "endif":
                self._close(tag)
                return tag
            case "sentence":
                self._opened(tag, self._scopes[-1])
            case "endsentence":
                self._close(tag)
        return ""

    def _loop(self, tag: Tag) -> Tag:
        scope = {**self._scopes[-1], "loop": name_check.LOOP}
        if not tag.code:
            self._opened(tag, {**scope, name_check.BLIND: True})
            return _make_harmless(tag)
        item, faults = name_check.check_loop_code(tag.code, self._scopes[-1])
        self._opened(tag, {**scope, tag.target: item})
        return self._told(tag, faults)

    def _tested(self, tag: Tag) -> Tag:
        if not tag.code:
            return _make_harmless(tag)
        return self._told(tag, name_check.check_test_code(tag.code, self._scopes[-1]))

    def _told(self, tag: Tag, faults: Sequence[str]) -> Tag:
        for fault in faults:
            self._mistake(tag, fault)
        return _make_harmless(tag) if faults else tag

    def _faulty_print(self, tag: Tag) -> bool:
        known, faults = name_check.check_print_code(tag.code, self._scopes[-1])
        if is_drawing(known) and not tag.pictures:
            faults.append(CHART_PART)
        elif is_drawing(known) and not tag.alone:
            faults.append(CHART_PLACE)
        for fault in faults:
            self._mistake(tag, fault)
        return bool(faults)

    def _single(self, tag: Tag) -> None:
        """A mistake if it names something that there is; else it is nothing but text."""
        known, faults = name_check.check_print_code(tag.code, self._scopes[-1])
        if not faults and known is not name_check.ExpressionKind.UNKNOWN:
            self._mistake(tag, f"只有一层花括号，应写成 {{{{ {tag.code} }}}}")

    def _opened(self, tag: Tag, scope: Mapping[str, object]) -> None:
        self._open.append(tag)
        loops = sum(each.kind == "for" for each in self._open)
        blocks = sum(each.kind != "sentence" for each in self._open)
        if blocks == DEEPEST + 1 or (tag.kind == "for" and loops == DEEPEST_LOOP + 1):
            self._structure(tag, "一层套一层套得太多，请减少套用的层数")
        self._scopes.append(scope)

    def _divide(self, tag: Tag) -> None:
        opener = self._open[-1] if self._open else None
        if opener is None or opener.kind != "if":
            self._structure(tag, "前面没有对应的 {% if … %}")
        elif opener.level != tag.level:
            self._layers(opener, tag)
        elif opener.order in self._ended:
            self._structure(tag, "前面已经有 {% else %}，后面只能是 {% endif %}")
        elif tag.kind == "else":
            self._ended.add(opener.order)

    def _close(self, tag: Tag) -> None:
        kind = tag.kind.removeprefix("end")
        if all(opener.kind != kind for opener in self._reached()):
            self._structure(tag, f"前面没有对应的 {{% {kind} … %}}")
            return
        while (opener := self._open.pop()).kind != kind:
            self._scopes.pop()
            self._structure(opener, f"没有结束，缺少 {{% end{opener.kind} %}}")
        self._scopes.pop()
        if opener.level != tag.level:
            self._layers(opener, tag)

    def _reached(self) -> list[Tag]:
        """The open blocks that may be closed here: a sentence closes none but its own."""
        inside = itertools.takewhile(lambda tag: tag.kind != "sentence", reversed(self._open))
        return [*inside, *(tag for tag in self._open if tag.kind == "sentence")]

    def _layers(self, opener: Tag, tag: Tag) -> None:
        here, there = _LAYERS[opener.governs], _LAYERS[tag.governs]
        if opener.governs == tag.governs:
            advice = "不在同一段、同一格或同一个表格里；要管几个整段，请让两处各自单独成段"
        else:
            advice = f"这里{here}，那里{there}；两处要用同样的放法"
        self._structure(opener, f"与{tag.place}的“{tag.typed}”不配：{advice}")

    def _structure(self, tag: Tag, text: str) -> None:
        self.sound = False
        self._mistake(tag, text)

    def _mistake(self, tag: Tag, text: str) -> None:
        self.mistakes.append((tag.order, Mistake(tag.place, tag.typed, text)))


def _make_harmless(tag: Tag) -> Tag:
    return dataclasses.replace(tag, code="[]" if tag.kind == "for" else "false")
