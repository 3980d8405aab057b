"""What only a person can tell, with the evidence beside it: subject, substance, class, copying.

The thresholds were measured on 80 published letters: of the title's pairs of signs at most a tenth
stands in letters that push the matter away; unrelated letters share 13 signs in a row at most.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reportgen.reports.suggestions.letters.case import Case, Found, found_at, search_all
from reportgen.reports.suggestions.letters.model import Letter, LetterSlot
from reportgen.reports.suggestions.letters.words import bare, title_core

_NAMED, _THIN = 0.10, 60
_RUN, _SHARE = 20, 0.10
_GRAM = 8
_COMMON = 30
"""So many letters share a run of signs before only the first of them is compared with the others."""
_STOP = re.compile(
    "关于|加强|加大|进一步|推进|推动|做好|工作|问题|力度|建设|发展|建议|提升|完善|的|和|与|及|对|在|我[镇乡县市区]"
)
_AGAINST = re.compile(
    "不符合|暂不|暂无|无法|不能(?!满足)|尚未|考虑.{0,8}(?:试点|纳入)|未列入|不具备|难以|没有依据"
)


def check_subject(case: Case) -> Iterator[Found]:
    """subject-not-named: hardly a pair of signs of the title stands in the answer."""
    pairs = title_pairs(case.task.title)
    text = bare(case.letter.answer_text)
    if len(pairs) < 3 or not text:
        return
    missing = [pair for pair in pairs if pair not in text]
    if 1 - len(missing) / len(pairs) <= _NAMED:
        words = "、".join(
            filter(None, (bare(each) for each in _STOP.split(title_core(case.task.title))))
        )
        yield found_at("subject-not-named", next(iter(case.letter.answer), None), words=words)


def check_wishes(case: Case) -> Iterator[Found]:
    """request-not-answered: a request of which no word stands in the answer, or only the request itself."""
    wishes = [line.strip() for line in case.task.wishes.splitlines() if line.strip()]
    for wish in wishes:
        what = _why_unanswered(wish, wishes, case.letter.answer)
        if what:
            slot = next(iter(case.letter.answer), None)
            yield found_at("request-not-answered", slot, wish, found=wish, what=what)


def _why_unanswered(wish: str, wishes: Sequence[str], answer: Sequence[LetterSlot]) -> str:
    texts = [bare(slot.text) for slot in answer]
    at = next((n for n, text in enumerate(texts) if bare(wish) in text), -1)
    if at < 0:
        pairs, said = title_pairs(wish), "".join(texts)
        missing = [pair for pair in pairs if pair not in said]
        return (
            "正文没有提到"
            if len(pairs) > _FEW_PAIRS and len(missing) >= (1 - _NAMED) * len(pairs)
            else ""
        )
    point = texts[at].replace(bare(wish), "", 1)
    for text in texts[at + 1 :]:
        if any(bare(other) in text for other in wishes if other != wish):
            break
        point += text
    return "只写了诉求，没有写答复" if len(point) < _POINT else ""


_FEW_PAIRS, _POINT = 2, 15
"""Of so few pairs of signs nothing is told; a point of fewer signs answers nothing."""


def title_pairs(title: str) -> list[str]:
    """Neighbouring signs of a title's telling words, each once."""
    parts = _STOP.split(title_core(title))
    return list(dict.fromkeys(part[n : n + 2] for part in parts for n in range(len(part) - 1)))


def check_substance(case: Case) -> Iterator[Found]:
    """Too short to tell anything: thin."""
    count = len(bare(case.letter.answer_text))
    if count < _THIN:
        yield found_at("thin", next(iter(case.letter.answer), None), count=str(count))


def check_class_against_text(case: Case) -> Iterator[Found]:
    """class-against-text."""
    result = case.result
    if result is None or not result.solved:
        return
    for slot, quote in search_all(case.letter.answer, _AGAINST):
        yield found_at("class-against-text", slot, quote, cls=result.code, found=quote)
        return


JUDGEMENT_CHECKS = (check_subject, check_wishes, check_substance, check_class_against_text)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two letters, by their places in the list, and what they share: the longest run, the share."""

    one: int
    other: int
    quote: str
    share: float

    @property
    def run(self) -> int:
        """How many signs in a row."""
        return len(self.quote)


def find_overlaps(letters: Sequence[Letter]) -> list[Overlap]:
    """Pairs of answers of which one was copied from the other, in part at least.

    An inverted index of runs of 8 signs finds who shares any; only those are compared.  In a run a
    number counts as one sign: dates make stock sentences long.
    """
    texts = [_telling(letter) for letter in letters]
    grams = [{text[n : n + _GRAM] for n in range(len(text) - _GRAM + 1)} for text in texts]
    shared = _count_shared(grams)
    found = []
    for (one, other), count in shared.items():
        share = count / max(1, min(len(grams[one]), len(grams[other])))
        if count >= _RUN - _GRAM + 1 or (share >= _SHARE and count >= _GRAM):
            quote = _longest_run(texts[one], texts[other])
            if len(_NUMBERS.sub("0", quote)) >= _RUN or share >= _SHARE:
                found.append(Overlap(one, other, quote, share))
    return sorted(found, key=lambda each: (each.one, each.other))


def _telling(letter: Letter) -> str:
    """Characters and digits of the answer, without the suggestion's own title."""
    text = bare(letter.answer_text)
    if letter.quoted:
        text = text.replace(bare(letter.quoted.text), "").replace(
            title_core(letter.quoted.text), ""
        )
    return _UNTOLD.sub("", text)


_UNTOLD, _NUMBERS = re.compile(r"[^\u4e00-\u9fff0-9]"), re.compile(r"[0-9]+")


def _count_shared(grams: Sequence[set[str]]) -> Mapping[tuple[int, int], int]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for n, each in enumerate(grams):
        for gram in each:
            holders[gram].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for who in holders.values():
        if len(who) > _COMMON:
            shared.update((who[0], other) for other in who[1:])
        elif len(who) > 1:
            shared.update((a, b) for at, a in enumerate(who) for b in who[at + 1 :])
    return shared


def _longest_run(one: str, other: str) -> str:
    found = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[found.a : found.a + found.size]
