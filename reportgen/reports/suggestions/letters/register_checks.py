"""A letter against the register: which item it answers, of which session, under which title, to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from reportgen.nearest_name import find_closest
from reportgen.reports.suggestions.letters.case import Case, Found, found_at
from reportgen.reports.suggestions.letters.matching import is_number_of
from reportgen.reports.suggestions.letters.model import ADDRESSEE, Addressee, Session
from reportgen.reports.suggestions.letters.tasks import Task
from reportgen.reports.suggestions.letters.words import bare, title_core


def check_numbers(case: Case) -> Iterator[Found]:
    """number-differs: in title or opening; of items handled together its own must be among the numbers there."""
    slots, together = case.letter.item_numbers, list(_together(case))
    own = [slot for slot in slots if is_number_of(slot.text, case.task)]
    named = {slot.place for slot in own}
    also = "，函中前后不一" if own else ""
    for slot in slots:
        merged = any(is_number_of(slot.text, task) for task in together)
        if slot not in own and not (merged and slot.place in named):
            yield found_at(
                "number-differs", slot, place_name=slot.place, found=slot.text,
                expected=case.task.number, also=also,
            )  # fmt: skip


def _together(case: Case) -> Iterator[Task]:
    main = case.task.merged or case.task.number
    return (task for task in case.office.tasks if main in (task.number, task.merged))


def check_sessions(case: Case) -> Iterator[Found]:
    """session-differs: a blank left, another than the register's, or two in one letter."""
    term, meeting = case.office.term, case.office.meeting
    known = [
        session for session in case.letter.sessions if None not in (session.term, session.meeting)
    ]
    first = known[0] if known else None
    for session in case.letter.sessions:
        why = _why_wrong(session, term, meeting, first)
        if why:
            yield Found("session-differs", session.place, session.number, session.quote,
                        {"found": session.quote, "why": why})  # fmt: skip


def _why_wrong(
    session: Session, term: int | None, meeting: int | None, first: Session | None
) -> str:
    if session.term is None or session.meeting is None:
        return "缺字"
    if term is not None and session.term != term:
        return f"与台账的第{term}届不符"
    if meeting is not None and session.meeting != meeting:
        return f"与台账的第{meeting}次会议不符"
    if first and (session.term, session.meeting) != (first.term, first.meeting):
        return f"与前文的“{first.quote}”不一致"
    return ""


def check_title(case: Case) -> Iterator[Found]:
    """title-differs: the suggestion's title as quoted is not the register's."""
    quoted = case.letter.quoted
    if quoted is None or title_core(quoted.text) == title_core(case.task.title):
        return
    diff = _describe_difference(bare(quoted.text), bare(case.task.title))
    yield found_at("title-differs", quoted, found=quoted.text, expected=case.task.title, diff=diff)


def _describe_difference(found: str, expected: str) -> str:
    """In brackets what is to be put in place of what; empty for quite another title."""
    matcher = SequenceMatcher(None, found, expected, autojunk=False)
    if matcher.ratio() < 0.6:
        return "（像是另一件建议）"
    changes = [
        (found[a:b], expected[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    ]
    shown = "；".join(
        f"“{wrong}”应为“{right}”"
        if wrong and right
        else f"多“{wrong}”"
        if wrong
        else f"缺“{right}”"
        for wrong, right in changes[:3]
    )
    return f"（{shown}）"


def check_addressee(case: Case) -> Iterator[Found]:
    """addressee-differs: nobody, somebody else, one sign off, one too few, or another count."""
    addressee = case.letter.addressee
    if addressee is None:
        yield found_at(
            "addressee-differs",
            case.letter.opening,
            place=ADDRESSEE,
            what="没有主送（写给哪位代表）",
        )
        return
    if any(re.search("[xX×*]", name) for name in addressee.names):
        return  # slot-left says it
    for what in _wrong_names(case, addressee):
        yield found_at("addressee-differs", addressee.slot, what=what)


def _wrong_names(case: Case, addressee: Addressee) -> Iterator[str]:
    signers = case.task.signers
    strangers = [name for name in addressee.names if name not in signers]
    missing = [name for name in signers if name not in case.addressed]
    for name in strangers:
        near = find_closest(name, missing) if len(name) > 1 else None
        if near and _is_slip(name, near):
            missing.remove(near)
            yield f"主送“{name}”与台账“{near}”一字之差"
        else:
            yield f"主送的“{name}”不是这件建议的提出人（台账为{'、'.join(signers)}）"
    if addressee.etc:
        missing = [name for name in missing if name == case.task.leader]
        if addressee.said and addressee.said != len(signers):
            yield f"主送写“等{addressee.said}名”，台账共{len(signers)}名"
    if missing:
        yield f"主送缺{'、'.join(missing)}"


def _is_slip(name: str, right: str) -> bool:
    """One sign replaced, left out or added."""
    if len(name) == len(right):
        return sum(a != b for a, b in zip(name, right, strict=True)) == 1
    short, long = sorted((name, right), key=len)
    return len(long) - len(short) == 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


REGISTER_CHECKS = (
    check_numbers, check_sessions, check_title, check_addressee,
)  # fmt: skip
