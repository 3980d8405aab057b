"""What a letter promises, and until when: against the return's 承诺完成时限 and the date below."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.data import day_in_words
from reportgen.issues import Severity
from reportgen.reports.suggestions.letters.case import Case, Found, found_at, outside_quotes
from reportgen.reports.suggestions.letters.model import Letter, LetterSlot
from reportgen.schema.periods import Deadline

_FUTURE = re.compile("将|计划|拟|预计|争取|力争|确保|列入|纳入|届时|下一步|承诺|完成时限")
_VAGUE = re.compile(
    r"(?:待|等).{1,14}(?:后|时)|条件(?:成熟|允许|具备)|适时|尽快|尽早|择机|逐步(?:解决|推进|实施)|视情"
)
_DONE = re.compile("已经?(?:于|在)?|完成了|以来|自从|截至|曾")
_DATE = re.compile(
    r"(?P<d>(?:20\d\d年|今年|本年|明年|年)(?:\d{1,2}月(?:\d{1,2}日|底|末|份)?|[底末内]|[上下]半年|第?[一二三四1-4]季度)?(?:前|底前|之前)?)"
)
_CLAUSE = re.compile("[^，。；;,\n]+")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Promise:
    """A clause that promises; ``until``: its day, None if none can be read; ``dated``: names a time."""

    slot: LetterSlot
    text: str
    dated: bool
    until: dt.date | None


def find_promises(letter: Letter) -> list[Promise]:
    """Those with a time, and those that only say 尽快."""
    return [promise for slot in letter.answer for promise in _promises_in(slot, letter.day)]


def _promises_in(slot: LetterSlot, day: dt.date | None) -> Iterator[Promise]:
    text = outside_quotes(slot.text)
    for found in _CLAUSE.finditer(text):
        clause = found.group().strip()
        shown = slot.text[found.start() : found.end()].strip()[:_LONGEST]
        date = next((each for each in _DATE.finditer(clause) if len(each["d"]) > 1), None)
        if date and _FUTURE.search(clause) and not _DONE.search(clause[: date.start()]):
            yield Promise(slot, shown, True, _read_until(date["d"], day))
        elif not date and _VAGUE.search(clause):
            yield Promise(slot, shown, False, None)


def _read_until(text: str, day: dt.date | None) -> dt.date | None:
    """The last day of what is named; 今年 is the year of the letter."""
    year = day.year if day else 0
    for word, number in (("今年", year), ("本年", year), ("明年", year + 1)):
        text = text.replace(word, f"{number}年" if number > 1 else word)
    plain = re.sub(r"份", "", text)
    plain = re.sub(r"(\d月)(?:前|之前)?$", r"\1底", plain)
    plain = re.sub(r"年(?:前|之前)?$", "年底", plain)
    found = Deadline().read(plain)
    return found if isinstance(found, dt.date) else None


def check_promises(case: Case) -> Iterator[Found]:
    """promise-undated, promise-differs, promise-past."""
    promises, day = find_promises(case.letter), case.letter.day
    dated = [promise for promise in promises if promise.dated]
    result = case.result
    if result and result.promise and not dated:
        last = promises[0] if promises else None
        slot = last.slot if last else next(iter(case.letter.answer), None)
        shown = last.text if last else f"归入{result.code}的答复"
        yield found_at("promise-undated", slot, shown, severity=Severity.ERROR, found=shown)
    elif not dated:
        for promise in promises[:1]:
            yield found_at("promise-undated", promise.slot, promise.text, found=promise.text)
    yield from _differing(case, dated)
    for promise in dated:
        if promise.until and day and promise.until < day:
            yield found_at(
                "promise-past",
                promise.slot,
                promise.text,
                found=promise.text,
                date=day_in_words(day),
            )


def _differing(case: Case, dated: list[Promise]) -> Iterator[Found]:
    filled = case.task.day("承诺完成时限")
    read = [promise for promise in dated if promise.until]
    if filled and read and filled not in [promise.until for promise in read]:
        days = "、".join(day_in_words(promise.until) for promise in read[:3] if promise.until)
        yield found_at(
            "promise-differs", read[0].slot, read[0].text, found=days, expected=day_in_words(filled)
        )


_REASON = re.compile(
    "因|由于|受.{0,12}(?:限制|影响|制约)|不符合|不属于|政策|资金|权限|不具备|没有依据|规定|条件"
)


def check_reason(case: Case) -> Iterator[Found]:
    """reason-missing, of a class that must tell it."""
    result = case.result
    if result and result.reason and not _REASON.search(case.letter.answer_text):
        yield found_at("reason-missing", next(iter(case.letter.answer), None), cls=result.code)


PROMISE_CHECKS = (check_promises, check_reason)
