"""Turns of phrase that several papers share: whom they speak to, of which session, under which number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportgen.facts.report import Item, Items
from reportgen.reports.papers import SLOT
from reportgen.reports.suggestions.letters.tasks import OfficeRecords, Task

PARAGRAPH = {"文字": "一段文字"}


def key_of_task(office: OfficeRecords, task: Task) -> str:
    """The number; with the department where several answer the same item."""
    several = sum(each.number == task.number for each in office.tasks) > 1
    return f"{task.number}（{task.department}）" if several else task.number


def name_proposers(signers: Sequence[str]) -> str:
    """张三代表, 张三等3名代表; an open slot where nobody is known."""
    if not signers:
        return f"{SLOT}代表"
    return f"{signers[0]}等{len(signers)}名代表" if len(signers) > 1 else f"{signers[0]}代表"


def tell_pronoun(signers: Sequence[str]) -> str:
    """您 of one, 你们 of several."""
    return "你们" if len(signers) > 1 else "您"


def name_meeting(office: OfficeRecords, task: Task) -> str:
    """The session as the register names it, if it names one, else the year."""
    named = office.setting("届次")
    if task.session != "闭会" and office.meeting is not None:
        return named
    return f"{office.setting('年度') or SLOT}年"


def make_doc_number(code: str, day: dt.date | None, office: OfficeRecords) -> str:
    """机关代字〔年份〕序号, the last to be filled in."""
    year = str(day.year) if day else office.setting("年度")
    return f"{code or SLOT}〔{year or SLOT}〕{SLOT}号"


def paragraphs(text: str) -> Items:
    """Each line of a text as a paragraph."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Items([Item(str(n), {"文字": line}) for n, line in enumerate(lines, 1)], PARAGRAPH)
