"""办理措施及成效: what departments write of each suggestion, for a sentence and for the annex."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.data import OWNER, Dataset, day_in_words
from reportgen.reports.suggestions.sheets.vocabulary import LEADING_ROLES

_BRIEF = 120
"""Characters of an account that a sentence of the report takes in; the annex has all of it."""
_STOPS = "。！？"


@dataclass(frozen=True, slots=True)
class Account:
    """What one department wrote of one suggestion, on one line and without its last stop.

    ``open``: why it is not solved, and by when it will be.
    """

    department: str
    leads: bool
    text: str
    open: str = ""

    @property
    def full(self) -> str:
        """Everything."""
        return "。".join(filter(None, (self.text, self.open)))


def collect_accounts(dataset: Dataset) -> Mapping[str, Sequence[Account]]:
    """By number, the leading departments first; rows without a word, or of nobody, give nothing."""
    table = dataset.tables["办理情况"]
    names = ("编号", OWNER, "办理角色", "办理措施及成效", "未解决原因", "承诺完成时限")
    columns = [table[name] for name in names]
    found: dict[str, list[Account]] = {}
    for number, department, role, text, reason, day in zip(*columns, strict=True):
        leads = role in LEADING_ROLES
        account = Account(department, leads, join_lines(text), _describe_open(reason, day))
        if number is not None and department is not None and account.full:
            found.setdefault(number, []).append(account)
    return {
        number: sorted(each, key=lambda account: not account.leads)
        for number, each in found.items()
    }


def tell_in_full(told: Sequence[Account]) -> str:
    """Everything that was written; where several wrote, each by its name."""
    if len(told) == 1:
        return told[0].full
    return "；".join(f"{each.department}：{each.full}" for each in told)


def tell_in_brief(told: Sequence[Account]) -> str:
    """What those who lead wrote, as far as one sentence of a report can take it in."""
    leading = [each for each in told if each.leads and each.text]
    if len(leading) == 1:
        return shorten_account(leading[0].text)
    return "；".join(f"{each.department}：{shorten_account(each.text)}" for each in leading)


def join_lines(text: object) -> str:
    """Lines joined as one reads them, the last stop left to the sentence around it."""
    lines = (line.strip() for line in str(text or "").splitlines())
    ended = (line if line[-1] in "。！？；：，、" else f"{line}；" for line in lines if line)
    return "".join(ended).rstrip("。；，、：")


def _describe_open(reason: object, day: object) -> str:
    said = f"未解决原因：{join_lines(reason)}" if reason else ""
    date = day_in_words(day) if isinstance(day, dt.date) else str(day or "")
    return "；".join(filter(None, (said, f"承诺于{date}前完成" if date else "")))


def shorten_account(text: str) -> str:
    """The first whole sentences that fit, at least one."""
    sentences = re.findall(rf"[^{_STOPS}]*[{_STOPS}]*", text)
    taken: str = sentences[0]
    for sentence in sentences[1:]:
        if len(taken) + len(sentence) > _BRIEF:
            break
        taken += sentence
    return taken.rstrip("。")
