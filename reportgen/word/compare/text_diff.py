"""The running text of an edited report beside the text as made: figures, names, typed numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from reportgen.issues import Severity
from reportgen.word.compare import sentence_diff
from reportgen.word.compare.alignment import group_paragraphs
from reportgen.word.compare.findings import Finding, make_finding, make_gone_finding
from reportgen.word.compare.letter_alignment import find_opcodes
from reportgen.word.compare.quantities import (
    UNITS,
    WrittenQuantity,
    find_quantities,
    has_same_value,
    unit_of,
)
from reportgen.word.compare.quoted_names import TextSides, find_changed_names
from reportgen.word.compare.sentence_diff import SignSpot
from reportgen.word.compare.signs import (
    Sign,
    signs_of,
    split_clauses,
    split_sentences,
    text_of_signs,
)
from reportgen.word.document.model import Paragraph, drop_spaces

_FIRST_UNIT = re.compile(UNITS)
_LONGEST_UNIT = 4

SentenceWords: TypeAlias = tuple[str, ...]
SignPair: TypeAlias = tuple[Sequence[Sign], Sequence[Sign]]


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch as made and what stands there now; ``context``: where, if one side is empty.

    ``typed``: the numbers typed there; ``units``: behind the figures as made.
    """

    made: Sequence[Sign]
    now: Sequence[Sign]
    context: Sign | None
    typed: Sequence[WrittenQuantity]
    units: Sequence[str]

    def finding(self, kind: str, sign: Sign, found: str = "") -> Finding:
        """On a figure as made; placed where the text is now, if it is."""
        assert sign.figure is not None
        here = self.now[0] if self.now else self.context
        key, text = sign.figure.key, sign.figure.text
        if here is None:
            return make_gone_finding(kind, sign.paragraph, text, key=key, start=sign.start)
        return make_finding(kind, here.paragraph, found, text, key=key, start=here.start)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What of the whole documents is looked at for each of their texts.

    ``names`` as for ``compare_texts``; ``everything``: all that stands there now; ``kept``: as in
    ``wording``, as made and now.
    """

    names: Mapping[str, str]
    everything: str
    kept: tuple[sentence_diff.Kept, sentence_diff.Kept]


@dataclass
class TextComparison:
    """What comparing finds.  Figures that went and came may yet turn out to have been moved.

    ``spots``: the signs that an error speaks of; ``typed``: where numbers were typed; ``said``:
    about sentences.
    """

    findings: list[Finding] = field(default_factory=list)
    went: list[tuple[_Change, Sign]] = field(default_factory=list)
    came: list[Sign] = field(default_factory=list)
    typed: list[tuple[Finding, frozenset[SignSpot]]] = field(default_factory=list)
    said: list[sentence_diff.SentenceFinding] = field(default_factory=list)

    def settle(self) -> list[Finding]:
        """All findings, once a figure that went here and came there is known as moved."""
        arrived = Counter(sign.key for sign in self.came)
        left: Counter[str] = Counter()
        for change, sign in self.went:
            left[sign.key] += 1
            if left[sign.key] > arrived[sign.key]:
                self.findings.append(_report_gone(change, sign))
        for sign in self.came:
            left[sign.key] -= 1
            if left[sign.key] < 0:
                self.findings.append(_report_copied(sign))
        return [*self.findings, *self._unsaid()]

    def _unsaid(self) -> Iterator[Finding]:
        """What no error speaks of already."""
        errors = [each for each in self.findings if each.severity is Severity.ERROR]
        gone = {each.key for each in errors if each.kind == "figure-gone"}
        told = [each for each in self.findings if each in errors or each.kind == "name-extended"]
        spots = {(each.part, each.number, each.start) for each in told if each.number >= 0}
        left = [each for each in self.said if not each.spots & spots]
        wrong = [each for each in left if each.finding.severity is Severity.ERROR]
        yield from (each.finding for each in wrong)
        spots |= {spot for each in wrong for spot in each.spots}
        yield from (found for found, here in self.typed if not here & spots)
        yield from (
            each.finding
            for each in left
            if each not in wrong and not each.spots & spots and not each.keys & gone
        )


def compare_texts(
    made: Sequence[Paragraph], now: Sequence[Paragraph], names: Mapping[str, str]
) -> list[Finding]:
    """Where the text no longer agrees with the text as made; ``names``: as quoted, what each is."""
    compared = TextComparison()
    everything = drop_spaces("".join(paragraph.text for paragraph in now))
    texts = [(signs_of(group.made), signs_of(group.now)) for group in group_paragraphs(made, now)]
    if texts:
        whole = _Whole(names, everything, sentence_diff.find_kept_clauses(made, now))
        for before_, after in _drop_equal_sentences(texts):
            _compare_text_pair(before_, after, whole, compared)
    return compared.settle()


def _drop_equal_sentences(texts: Sequence[SignPair]) -> list[SignPair]:
    """The texts without the sentences that stand in both, wherever; first those of one pair."""
    left = [
        [Counter(each.words for each in split_sentences(side)) for side in pair] for pair in texts
    ]
    own = [made & now for made, now in left]
    rest = [
        sum(
            (side[at_] - shared for side, shared in zip(left, own, strict=True)),
            Counter[SentenceWords](),
        )
        for at_ in (0, 1)
    ]
    moved = rest[0] & rest[1]
    spare = moved.copy(), moved.copy()
    return [
        (
            _drop_known_sentences(made, shared.copy(), spare[0]),
            _drop_known_sentences(now, shared.copy(), spare[1]),
        )
        for (made, now), shared in zip(texts, own, strict=True)
    ]


def _drop_known_sentences(
    signs: Sequence[Sign], shared: Counter[SentenceWords], moved: Counter[SentenceWords]
) -> list[Sign]:
    kept: list[Sign] = []
    for sentence in split_sentences(signs):
        for known in (shared, moved):
            if known[sentence.words] > 0:
                known[sentence.words] -= 1
                break
        else:
            kept += sentence.signs
    return kept


def _compare_text_pair(
    made: Sequence[Sign], now: Sequence[Sign], whole: _Whole, compared: TextComparison
) -> None:
    steps = find_opcodes([each.symbol for each in made], [each.symbol for each in now])
    numbers = find_quantities(text_of_signs(now))
    settled: set[int] = set()  # places in ``now`` that a finding already speaks of
    for kind, i, i_end, j, j_end in steps:
        if kind != "equal":
            context = now[j - 1] if j else next(iter(now), None)
            typed = [each for each in numbers if each.start < j_end and each.end > j]
            units = [_find_unit_after(made, at_) for at_ in range(i, i_end) if made[at_].figure]
            change = _Change(made[i:i_end], now[j:j_end], context, typed, units)
            if _compare_figures(change, compared):
                settled.update(range(j, j_end))
    compared.findings += _compare_units(made, now, steps)
    compared.findings += find_changed_names(
        TextSides(made, now, steps), whole.names, whole.everything
    )
    changed = {j for kind, _, _, a, b in steps if kind != "equal" for j in range(a, b)}
    for clause in split_clauses(now):
        kept = sentence_diff.place_of_clause(clause) in whole.kept[1]
        settled.update(range(clause.start, clause.end) if kept else ())
    compared.typed += _find_typed_numbers(now, numbers, changed - settled)
    compared.said += sentence_diff.compare_sentences(made, now, whole.kept, whole.names)


def _compare_figures(change: _Change, compared: TextComparison) -> bool:
    """Look at the figures in a changed stretch; whether a finding speaks of all that is new."""
    went = [sign for sign in change.made if sign.figure]
    came = [sign for sign in change.now if sign.figure]
    in_place = len(change.made) == len(went) == 1
    if in_place and len(change.now) == len(came) == 1:
        shown = came[0].figure.text if came[0].figure else ""
        found = change.finding("figure-other", went[0], f"{shown}（{came[0].key}）")
        compared.findings.append(found)
        return True
    if went and not came and len(went) == len(change.typed):
        for sign, number, unit in zip(went, change.typed, change.units, strict=True):
            compared.findings.append(_report_retyped(change, sign, number, unit))
        return in_place
    compared.went += [(change, sign) for sign in went]
    compared.came += came
    return False


def _report_retyped(change: _Change, sign: Sign, number: WrittenQuantity, unit: str) -> Finding:
    assert sign.figure is not None
    same = has_same_value(sign.figure.text, number.text) and unit in {"", unit_of(number.text)}
    kind = "figure-plain" if same else "figure-replaced"
    return change.finding(kind, sign, number.text.removesuffix(unit))


def _report_gone(change: _Change, sign: Sign) -> Finding:
    """A figure that is nowhere now: it may still stand there as plain text."""
    assert sign.figure is not None
    for number in change.typed:
        if has_same_value(sign.figure.text, number.text):
            return change.finding("figure-plain", sign, number.text)
    return change.finding("figure-gone", sign)


def _report_copied(sign: Sign) -> Finding:
    assert sign.figure is not None
    text = sign.figure.text
    return make_finding("figure-copied", sign.paragraph, text, "", key=sign.key, start=sign.start)


def _compare_units(
    made: Sequence[Sign], now: Sequence[Sign], steps: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[Finding]:
    """Figures that stand as made, but before another unit (万元 for 元)."""
    for kind, i, i_end, j, _ in steps:
        for at_ in range(i, i_end if kind == "equal" else i):
            sign = now[j + at_ - i]
            before_, here = _find_unit_after(made, at_), _find_unit_after(now, j + at_ - i)
            if sign.figure and before_ and before_ != here:
                shown = sign.figure.text
                yield make_finding("unit-changed", sign.paragraph, f"{shown}{here}", f"{shown}{before_}",
                         key=sign.figure.key, start=sign.start)  # fmt: skip


def _find_unit_after(signs: Sequence[Sign], number: int) -> str:
    """The unit right behind a figure, if there is one."""
    if signs[number].figure is None:
        return ""
    following = signs[number + 1 : number + 1 + _LONGEST_UNIT]
    here = [sign for sign in following if sign.paragraph is signs[number].paragraph]
    found = _FIRST_UNIT.match(text_of_signs(here))
    return found[0] if found else ""


def _find_typed_numbers(
    now: Sequence[Sign], numbers: Sequence[WrittenQuantity], changed: set[int]
) -> Iterator[tuple[Finding, frozenset[SignSpot]]]:
    """Numbers that came in as plain text."""
    for number in numbers:
        if changed.intersection(range(number.start, number.end)):
            sign = now[number.start]
            found = make_finding("number-typed", sign.paragraph, number.text, "", start=sign.start)
            yield found, sentence_diff.spots_of_signs(now[number.start : number.end])
