"""Which task a letter answers: by the numbers inside, then the title, then the name of its file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from reportgen.reports.suggestions.letters.model import Letter
from reportgen.reports.suggestions.letters.tasks import OfficeRecords, Task
from reportgen.reports.suggestions.letters.words import bare, title_core, whole_number

_NUMBER, _TITLE, _DEPUTY, _UNIT, _FILE = 1.0, 1.5, 1.0, 0.75, 0.5
"""What speaks for a task, and how loud."""
_ALIKE = 0.85
"""From so alike a title on it names the item; unrelated titles reach 0.52 at most."""


@dataclass(frozen=True)
class Match:
    """A letter and its task; ``nearest``: where there is none, the task whose title is most alike."""

    letter: Letter
    task: Task | None
    nearest: Task | None = None


def match_letters(letters: Sequence[Letter], office: OfficeRecords) -> list[Match]:
    """Each letter with its task."""
    titles = {task.number: _Title(title_core(task.title)) for task in office.tasks}
    return [_match(letter, office, titles) for letter in letters]


class _Title:
    """A title's core, made ready to be compared with those that many letters quote."""

    def __init__(self, core: str) -> None:
        self.core = core
        self._matcher = SequenceMatcher(None, "", core, autojunk=False)

    def likeness(self, quoted: str) -> float:
        """How alike a quoted title's core is, 1 if the same; 0 for what is not even half alike."""
        if quoted == self.core:
            return 1.0
        matcher = self._matcher
        matcher.set_seq1(quoted)
        half = matcher.real_quick_ratio() >= 0.5 and matcher.quick_ratio() >= 0.5
        return matcher.ratio() if half else 0.0


def _match(letter: Letter, office: OfficeRecords, titles: Mapping[str, _Title]) -> Match:
    quoted = title_core(letter.quoted.text) if letter.quoted else ""
    signs = _Signs(letter)
    alike = _find_alike(quoted, titles) if quoted else {}
    ranked = [
        (
            _weight(signs, task, titles[task.number].core, alike.get(task.number, 0.0), office),
            -n,
            task,
        )
        for n, task in enumerate(office.tasks)
    ]
    found = [(weight, n, task) for weight, n, task in ranked if weight > 0]
    if found:
        return Match(letter, max(found, key=lambda each: each[:2])[2])
    best = max(alike, key=lambda number: alike[number], default="")
    near = next((t for t in office.tasks if t.number == best and alike[best] >= 0.5), None)
    return Match(letter, None, near)


def _find_alike(quoted: str, titles: Mapping[str, _Title]) -> dict[str, float]:
    """How alike each title is; only the same ones where there are any."""
    same = {number: 1.0 for number, title in titles.items() if title.core == quoted}
    return same or {number: title.likeness(quoted) for number, title in titles.items()}


class _Signs:
    """What in a letter may tell its task, read once and held against every task."""

    def __init__(self, letter: Letter) -> None:
        stem = PurePosixPath(letter.file).stem
        self.letter = letter
        self.numbers = [_read_number(slot.text) for slot in letter.item_numbers]
        self.in_file = [
            _read_number(each) for each in re.findall(r"(?<!\d)\d{1,5}(?!\d)", stem)[:1]
        ]
        self.stem = bare(stem)


def _read_number(text: str) -> tuple[int | None, str]:
    """A 件号 as a number, and sign by sign."""
    return whole_number(text), bare(text)


def _weight(signs: _Signs, task: Task, core: str, alike: float, office: OfficeRecords) -> float:
    """How much speaks for it; nothing, unless number, title or file name does."""
    letter = signs.letter
    numbers = sum(_is_same_number(number, task) for number in signs.numbers)
    titled = _TITLE * alike if alike >= _ALIKE else 0.0
    in_name = bool(task.title) and core in signs.stem
    in_name = in_name or any(_is_same_number(number, task) for number in signs.in_file)
    named = _FILE if in_name else 0.0
    if not (numbers or titled or named):
        return 0.0
    addressee = letter.addressee.names if letter.addressee else ()
    deputy = _DEPUTY if task.leader in addressee else 0.0
    signed = letter.unit is not None and office.signs_for(letter.unit.text, task.department)
    in_file = any(name in letter.file for name in office.departments[task.department].names) if (
        task.department in office.departments) else False  # fmt: skip
    unit = _UNIT if signed or in_file else 0.0
    return _NUMBER * numbers + titled + named + deputy + unit


def _is_same_number(number: tuple[int | None, str], task: Task) -> bool:
    if task.count is not None:
        return number[0] == task.count
    return number[1] == bare(task.number)


def is_number_of(number: str, task: Task) -> bool:
    """Whether a 件号 as written is this item's: ``012`` is 12, other codes sign by sign."""
    return _is_same_number(_read_number(number), task)
