"""The words of a letter: of another trade or place, pronouns, doubled ones, signs in pairs, sums."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.proofread.levels import ERROR
from reportgen.proofread.proof import proofread_text, quote_sentence
from reportgen.reports.suggestions.letters.case import (
    Case,
    Found,
    found_at,
    outside_quotes,
    search_all,
)
from reportgen.reports.suggestions.letters.words import half_width_line

_OTHER_TRADE = re.compile(r"(?<!常委会)(?<!政协)委员(?!会|小组)|提案(?!委)")
_MOTION = re.compile("议案(?!建议)(?!委)")
_EXPLAINED = re.compile(r"议案.{0,6}转|转.{0,8}议案|作为.{0,4}建议")
_SPEAKS = re.compile(
    r"(?:代表|您|委员)[^。;,，]{0,12}(?:表示|感到|对此)[^。;]{0,14}(?<!不)(?<!是否)满意"
    r"|(?:得到|受到)[^。;]{0,8}代表[^。;]{0,8}(?:满意|认可|好评|肯定)"
)
_DOUBLED = re.compile(
    r"([^\s\d.。…—_\-*×]{4,}|(?=[^,]*[\u4e00-\u9fff])[\w,]{4,}?)\1|(?<!目)的的|对对(?!方)|和和(?![美气睦])|是是(?!非)"
)
_NESTED = re.compile(
    r"关于\s*[《“]\s*关于|[《“][^》”]{2,80}的(?:建议|议案)[》”]\s*的(?:建议|议案|提案|意见)"
)
_PAIRS = (("“", "”", "引号"), ("《", "》", "书名号"), ("(", ")", "括号"), ("〔", "〕", "括号"))
_PLACES = "镇乡县市区旗"
_SELVES = (("我镇", "我乡", "我街道"), ("我县", "我市", "我区", "我旗"))
_OTHER_PLACE = re.compile(
    rf"([\u4e00-\u9fff]{{2,4}}[{_PLACES}])(?=人民政府|党委|人大|人民代表大会|第)"
)


def check_trade_words(case: Case) -> Iterator[Found]:
    """wrong-trade-word: each word once."""
    patterns = [_OTHER_TRADE]
    explained = _EXPLAINED.search(half_width_line("".join(s.text for s in case.letter.everything)))
    if case.task.kind != "议案" and not (case.task.converted and explained):
        patterns.append(_MOTION)
    told: set[str] = set()
    for pattern in patterns:
        for slot, term in search_all(case.letter.everything, pattern):
            if term not in told:
                told.add(term)
                yield found_at("wrong-trade-word", slot, term, term=term)


def check_pronouns(case: Case) -> Iterator[Found]:
    """pronouns: against how many are addressed."""
    addressee = case.letter.addressee
    if addressee is None:
        return
    named, several = len(addressee.names), addressee.persons > 1
    wrong = [r"您们"]
    wrong += [] if several else [r"(?<![您(（])你们", r"你(?![们(（]|单位|局|办)", r"各位代表"]
    wrong += [r"您(?!们)", r"你(?!们|单位|局|办)"] if several and named > 1 else []
    told = {
        quote: slot
        for pattern in reversed(wrong)
        for slot, quote in reversed(list(search_all(case.letter.paragraphs, re.compile(pattern))))
    }
    if told:
        what, slot = "、".join(f"“{quote}”" for quote in told), next(iter(told.values()))
        count = (
            f"{addressee.persons}人"
            if several and not addressee.etc
            else "多人"
            if several
            else "1人"
        )
        yield found_at("pronouns", slot, next(iter(told)), what=what, count=count)


def check_third_person(case: Case) -> Iterator[Found]:
    """third-person: the only one addressed, by name."""
    addressee = case.letter.addressee
    if addressee is None or addressee.persons != 1 or not addressee.names[0]:
        return
    pattern = re.compile(rf"{re.escape(addressee.names[0])}(?:人大)?代表|该(?:人大)?代表")
    for slot, quote in search_all(case.letter.paragraphs, pattern):
        yield found_at("third-person", slot, quote, name=addressee.names[0], found=quote)
        return


def check_claims_for_deputy(case: Case) -> Iterator[Found]:
    """speaks-for-deputy."""
    for slot, quote in search_all(case.letter.paragraphs, _SPEAKS):
        if not re.search("是否|如|若|请|让|希望|能够", quote):
            yield found_at("speaks-for-deputy", slot, quote, found=quote)


def check_doubled_words(case: Case) -> Iterator[Found]:
    """The same words twice: doubled."""
    for slot, quote in search_all(case.letter.everything, _DOUBLED, quoted=True):
        yield found_at("doubled", slot, quote, found=quote)


def check_pairs(case: Case) -> Iterator[Found]:
    """unbalanced: quotation marks and brackets, over the letter as a whole."""
    texts = [
        (slot, re.sub(r"(?:^|(?<=[。;:,\s]))\(?\w{1,3}\)", "", half_width_line(slot.text)))
        for slot in case.letter.everything
    ]
    for left, right, name in _PAIRS:
        counts = [(slot, text.count(left) - text.count(right)) for slot, text in texts]
        odd = [slot for slot, count in counts if count]
        if sum(count for _, count in counts) and odd:
            quote = _around(odd[0].text, left, right)
            yield found_at("unbalanced", odd[0], quote, what=name, found=quote)


def _around(text: str, left: str, right: str) -> str:
    """Some words around the last such sign."""
    at = max(half_width_line(text).rfind(sign) for sign in (left, right))
    return text[max(0, at - 8) : at + 9]


def check_nesting(case: Case) -> Iterator[Found]:
    """nested-title, in title and opening."""
    told = [slot for slot in (case.letter.title, case.letter.opening) if slot]
    for slot, quote in search_all(told, _NESTED, quoted=True):
        yield found_at("nested-title", slot, quote, found=quote)


def check_sums(case: Case) -> Iterator[Found]:
    """sums: what does not add up in the answer, by the reckoning of any text."""
    slots = case.letter.answer
    text = "\n".join(slot.text for slot in slots)
    for finding in proofread_text(text).findings:
        if finding.level == ERROR:
            line = text.count("\n", 0, finding.spans[0][0])
            yield found_at(
                "sums",
                slots[min(line, len(slots) - 1)],
                quote_sentence(text, finding),
                what=finding.message,
            )


def check_other_places(case: Case) -> Iterator[Found]:
    """other-place: a place of the same sort as ours in the name of an office."""
    own = case.office.setting("单位名称")
    for slot, quote in search_all(case.letter.everything, _OTHER_PLACE):
        same_sort = own and quote[-1] == own[-1]
        if (
            same_sort
            and own not in quote
            and not quote.endswith(own[-3:])
            and not re.search(f"[{_PLACES}省州各我本该两]", quote[:-1])
        ):
            yield found_at("other-place", slot, quote, found=quote, expected=own)


def check_self(case: Case) -> Iterator[Found]:
    """other-self: 我乡 in a letter of 我镇."""
    own = case.office.setting("自称")
    group = next((group for group in _SELVES if own in group), ())
    for other in group:
        for slot, quote in search_all(case.letter.paragraphs, re.compile(other)):
            if other != own:
                yield found_at("other-self", slot, quote, found=other, expected=own)
                break


def check_year(case: Case) -> Iterator[Found]:
    """other-year: of the date."""
    day, year = case.letter.day, case.office.settings.get("年度")
    if day and isinstance(year, int) and day.year - year not in (0, 1):
        yield found_at(
            "other-year",
            case.letter.date,
            found=case.letter.date.text if case.letter.date else "",
            expected=str(year),
        )


def check_words_of_answer(case: Case) -> Iterator[Found]:
    """name-variant: a name of the title with a sign that sounds alike."""
    from reportgen.reports.suggestions.letters.homophones import find_variants  # noqa: PLC0415

    told: set[str] = set()
    for slot in case.letter.paragraphs:
        for found, expected in find_variants(case.task.title, outside_quotes(slot.text)):
            if found not in told:
                told.add(found)
                yield found_at("name-variant", slot, found, found=found, expected=expected)


WORD_CHECKS = (
    check_trade_words, check_pronouns, check_third_person, check_claims_for_deputy,
    check_doubled_words, check_pairs, check_nesting, check_sums, check_other_places, check_self,
    check_year, check_words_of_answer,
)  # fmt: skip
