"""The running text of an edited report beside the text as made: figures, names, typed numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from reportgen.word.contents import Figure, Paragraph, tight
from reportgen.word.findings import Finding, at, before
from reportgen.word.pairing import Group, groups

SLOT = "\ufffc"
"""Stands for a figure in a text of signs."""

_DIGITS = r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*"
_WORDS = "[〇零一二三四五六七八九十百千万亿两半]"
_NUMBER = re.compile(rf"{_DIGITS}[%％余]?|{_WORDS}+余?")
_UNIT = (
    "件|条|项|个百分点|个|人次|人|名|户|家|处|座|次|场|份|所|部|辆|盏|吨|亩|公里|千米|米|平方米|立方米|"
    "万元|亿元|元|万|成|倍|%|％"
)
_TYPED = re.compile(
    rf"{_DIGITS}[余多]?(?:{_UNIT})|百分之{_WORDS}+|{_WORDS}{{2,}}[余多]?(?:{_UNIT})"
)
_FIRST_UNIT = re.compile(_UNIT)
_LONGEST_UNIT = 4
_QUOTES = {"《": "》", "“": "”", "（": "）"}
_SIMILAR = 0.5
_FEW = 2
_LETTERS = re.compile("[^\\W\\d_等和与及同由对经向为]+")


@dataclass(frozen=True, slots=True)
class _Sign:
    """One character, or one figure, with the place it stands at."""

    symbol: str
    paragraph: Paragraph
    start: int
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch as made and what stands there now; ``context``: where, if one side is empty."""

    made: Sequence[_Sign]
    now: Sequence[_Sign]
    context: _Sign | None

    @property
    def typed(self) -> str:
        """What stands there now, figures left out."""
        return "".join(sign.symbol for sign in self.now if sign.figure is None)

    def finding(self, kind: str, sign: _Sign, found: str = "") -> Finding:
        """On a figure as made; placed where the text is now, if it is."""
        assert sign.figure is not None
        here = self.now[0] if self.now else self.context
        key, text = sign.figure.key, sign.figure.text
        if here is None:
            return before(kind, sign.paragraph, text, key=key, start=sign.start)
        return at(kind, here.paragraph, found, text, key=key, start=here.start)


@dataclass
class Compared:
    """What comparing finds.  Figures that went and came may yet turn out to have been moved."""

    findings: list[Finding] = field(default_factory=list)
    went: list[tuple[_Change, _Sign]] = field(default_factory=list)
    came: list[_Sign] = field(default_factory=list)

    def settle(self) -> list[Finding]:
        """All findings, once a figure that went here and came there is known as moved."""
        arrived = Counter(_key(sign) for sign in self.came)
        left: Counter[str] = Counter()
        for change, sign in self.went:
            left[_key(sign)] += 1
            if left[_key(sign)] > arrived[_key(sign)]:
                self.findings.append(_gone(change, sign))
        for sign in self.came:
            left[_key(sign)] -= 1
            if left[_key(sign)] < 0:
                self.findings.append(_copied(sign))
        return self.findings


def compare(
    made: Sequence[Paragraph], now: Sequence[Paragraph], names: Mapping[str, str]
) -> list[Finding]:
    """Where the text no longer agrees with the text as made; ``names``: as quoted, what each is."""
    compared = Compared()
    everything = tight("".join(paragraph.text for paragraph in now))
    for group in groups(made, now):
        _compare_group(group, names, everything, compared)
    return compared.settle()


def _compare_group(
    group: Group, names: Mapping[str, str], everything: str, compared: Compared
) -> None:
    made, now = _signs(group.made), _signs(group.now)
    matcher = SequenceMatcher(
        None, [each.symbol for each in made], [each.symbol for each in now], autojunk=False
    )
    steps = matcher.get_opcodes()
    settled: set[int] = set()  # places in ``now`` that a finding already speaks of
    for kind, i, i_end, j, j_end in steps:
        if kind != "equal":
            context = now[j - 1] if j else next(iter(now), None)
            change = _Change(made[i:i_end], now[j:j_end], context)
            if _figures(change, compared):
                settled.update(range(j, j_end))
    compared.findings += _units(made, now, steps)
    compared.findings += _names(_Sides(made, now, steps), names, everything)
    changed = {j for kind, _, _, a, b in steps if kind != "equal" for j in range(a, b)}
    compared.findings += _typed(now, changed - settled)


def _signs(paragraphs: Iterable[Paragraph]) -> list[_Sign]:
    signs = []
    for paragraph in paragraphs:
        start = 0
        for piece in paragraph.pieces:
            if isinstance(piece, Figure):
                signs.append(_Sign(f"\0{piece.key}", paragraph, start, piece))
                start += len(piece.text)
                continue
            for letter in piece:
                if tight(letter):
                    signs.append(_Sign(letter, paragraph, start))
                start += 1
    return signs


def _figures(change: _Change, compared: Compared) -> bool:
    """Look at the figures in a changed stretch; whether a finding speaks of all that is new."""
    went = [sign for sign in change.made if sign.figure]
    came = [sign for sign in change.now if sign.figure]
    in_place = len(change.made) == len(went) == 1
    if in_place and len(change.now) == len(came) == 1:
        kind = "figure-other"
        shown = came[0].figure.text if came[0].figure else ""
        compared.findings.append(change.finding(kind, went[0], f"{shown}（{_key(came[0])}）"))
        return True
    if in_place and not came and _NUMBER.search(change.typed):
        compared.findings.append(_retyped(change, went[0]))
        return True
    compared.went += [(change, sign) for sign in went]
    compared.came += came
    return False


def _retyped(change: _Change, sign: _Sign) -> Finding:
    assert sign.figure is not None
    same = tight(sign.figure.text) in {change.typed, *_numbers(change.typed)}
    return change.finding("figure-plain" if same else "figure-replaced", sign, change.typed)


def _gone(change: _Change, sign: _Sign) -> Finding:
    """A figure that is nowhere now: it may still stand there as plain text."""
    assert sign.figure is not None
    numbers = _numbers(change.typed)
    if tight(sign.figure.text) in numbers:
        return change.finding("figure-plain", sign, sign.figure.text)
    if numbers and len(numbers) == sum(1 for each in change.made if each.figure):
        return change.finding("figure-replaced", sign, "、".join(numbers))
    return change.finding("figure-gone", sign)


def _copied(sign: _Sign) -> Finding:
    assert sign.figure is not None
    text = sign.figure.text
    return at("figure-copied", sign.paragraph, text, "", key=_key(sign), start=sign.start)


def _units(
    made: Sequence[_Sign], now: Sequence[_Sign], steps: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[Finding]:
    """Figures that stand as made, but before another unit (万元 for 元)."""
    for kind, i, i_end, j, _ in steps:
        for at_ in range(i, i_end if kind == "equal" else i):
            sign = now[j + at_ - i]
            before_, here = _unit_after(made, at_), _unit_after(now, j + at_ - i)
            if sign.figure and before_ and before_ != here:
                shown = sign.figure.text
                yield at("unit-changed", sign.paragraph, f"{shown}{here}", f"{shown}{before_}",
                         key=sign.figure.key, start=sign.start)  # fmt: skip


def _unit_after(signs: Sequence[_Sign], number: int) -> str:
    """The unit right behind a figure, if there is one."""
    if signs[number].figure is None:
        return ""
    following = signs[number + 1 : number + 1 + _LONGEST_UNIT]
    here = [sign for sign in following if sign.paragraph is signs[number].paragraph]
    found = _FIRST_UNIT.match(_text(here))
    return found[0] if found else ""


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


def _key(sign: _Sign) -> str:
    return sign.figure.key if sign.figure else ""


@dataclass(frozen=True)
class _Sides:
    """A group as two texts of signs, and the steps from one to the other."""

    made: Sequence[_Sign]
    now: Sequence[_Sign]
    steps: Sequence[tuple[str, int, int, int, int]]

    @property
    def texts(self) -> tuple[str, str]:
        """As made, and now."""
        return _text(self.made), _text(self.now)

    def keeps(self, start: int, end: int) -> bool:
        """Whether a stretch as made stands there unchanged."""
        return any(step == "equal" and i <= start and end <= i_end
                   for step, i, i_end, _, _ in self.steps)  # fmt: skip

    def in_place(self, start: int, end: int) -> bool:
        """Whether all that changed in a stretch as made lies within it."""
        return all(
            start <= i and i_end <= end
            for step, i, i_end, _, _ in self.steps
            if step != "equal" and i < end and i_end > start
        )

    def added_at(self, start: int, end: int) -> range:
        """Where a letter or two now stand right before or after a stretch as made."""
        for step, i, i_end, j, j_end in self.steps:
            beside = i == i_end and i in {start, end} and j_end - j <= _FEW
            if step == "insert" and beside and _LETTERS.fullmatch(_text(self.now[j:j_end])):
                return range(j, j_end)
        return range(0)

    def now_at(self, start: int, end: int) -> tuple[int, int]:
        """The stretch now that stands where this stretch as made stood."""
        begin = stop = len(self.now)
        for step, i, i_end, j, j_end in self.steps:
            if i <= start < i_end:
                begin = j + start - i if step == "equal" else j
            if i < end <= i_end:
                stop = j + end - i if step == "equal" else j_end
        return begin, stop


def _names(sides: _Sides, names: Mapping[str, str], everything: str) -> Iterator[Finding]:
    """Names as made that do not read so now."""
    made, now = sides.texts
    for start, end, name in _quoted(made, names):
        quoted, inner = made[start:end], tight(name)
        added = sides.added_at(start, end)
        if added:
            sign = sides.now[added.start]
            yield at("name-extended", sign.paragraph, now[added.start : added.stop], name,
                     key=names[name], start=sign.start)  # fmt: skip
        if sides.keeps(start, end) or now.count(quoted) >= made.count(quoted):
            continue
        begin, stop = sides.now_at(start, end)
        found = now[begin:stop]
        if now.count(inner) >= made.count(inner) and not _encloses(found):
            continue
        alike = SequenceMatcher(None, quoted, found, autojunk=False).ratio() >= _SIMILAR
        if _bare(found) and (alike or sides.in_place(start, end)):
            sign = sides.now[begin]
            yield at(
                "name-changed", sign.paragraph, found, quoted, key=names[name], start=sign.start
            )
        elif inner not in everything:
            sign = sides.made[start]
            yield before("name-gone", sign.paragraph, name, key=names[name], start=sign.start)


def _encloses(text: str) -> bool:
    return len(text) > 1 and _QUOTES.get(text[0]) == text[-1]


def _bare(text: str) -> str:
    return text.strip("".join((*_QUOTES, *_QUOTES.values())))


def _quoted(text: str, names: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Where names stand, the longest first where they overlap; with the quotes around them."""
    taken = [False] * len(text)
    found = []
    for name in sorted(names, key=len, reverse=True):
        inner = tight(name)
        start = text.find(inner)
        while start >= 0:
            end = start + len(inner)
            if not any(taken[start:end]):
                taken[start:end] = [True] * len(inner)
                closed = start and _QUOTES.get(text[start - 1]) == text[end : end + 1]
                found.append((start - 1, end + 1, name) if closed else (start, end, name))
            start = text.find(inner, end)
    return sorted(found)


def _typed(now: Sequence[_Sign], changed: set[int]) -> Iterator[Finding]:
    """Numbers with a unit that came in as plain text."""
    text = _text(now)
    for number in _TYPED.finditer(text):
        if changed.intersection(range(number.start(), number.end())):
            sign = now[number.start()]
            yield at("number-typed", sign.paragraph, number[0], "", start=sign.start)


def _text(signs: Iterable[_Sign]) -> str:
    return "".join(SLOT if sign.figure else sign.symbol for sign in signs)
