"""Which letters may go on the website, and what of their words may not.

复文 are published unless they are secret, their telephone numbers are not (皖政办〔2015〕2号), and a
deputy's personal data never (北京市办理条例 §25); what may be published is decided with the answer
(国办发〔2014〕46号), so that a letter without a decision is told of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from reportgen.data import Dataset, Row
from reportgen.reports.review import Paper, Private, Publication, Publishing
from reportgen.reports.suggestions.letters.readings import Reading, read_letters
from reportgen.reports.suggestions.letters.rounds import find_round
from reportgen.reports.suggestions.letters.tasks import OfficeRecords, read_office
from reportgen.reports.suggestions.letters.words import (
    MOBILE,
    PHONE,
    SIGNED_IN_TEXT,
    SIGNER,
    half_width_line,
)
from reportgen.reports.suggestions.sheets.review_record import PASSED, RETURNED

_CLOSED = re.compile("不予公开|不宜公开|依申请公开|不公开")
_LABELLED = re.compile(
    r"\s*\(?\s*(?:联\s*系\s*(?:人|电\s*话|方\s*式)|承办人|经办人|电\s*话|手\s*机|传\s*真)[^:]{0,8}:"
)
_AREA_CODE = re.compile(r"(?<!\d)\(?0\d{2,3}\)?\s*-?\s*\d{7,8}(?!\d)")
_AFTER_LABEL = re.compile(r"(?:电话|手机|热线|传真|致电|拨打)[^\d]{0,6}(?P<n>\d{7,8})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_SENTENCE = re.compile("[^。;]*[。;]?")
_LEFT_OUT = "（略）"
_SHORT = 90
"""So long a line of contact details may be."""


def choose_public(
    dataset: Dataset, papers: Sequence[Paper], past: Sequence[Row]
) -> Sequence[Publication]:
    """Every letter in order: its copy's name, or why there is none."""
    office = read_office(dataset)
    readings = {reading.paper.name: reading for reading in read_letters(office, papers)[0]}
    return [
        _decide(office, readings[paper.name], past)
        if paper.name in readings
        else Publication(paper.name, refused=f"读不出来：{paper.problem}")
        for paper in papers
    ]


def _decide(office: OfficeRecords, reading: Reading, past: Sequence[Row]) -> Publication:
    task, letter = reading.task, reading.letter
    refused = _why_refused(reading, past)
    if task is None or refused:
        return Publication(reading.paper.name, refused=refused)
    several = sum(each.number == task.number for each in office.tasks) > 1
    mark = letter.publicity.text if letter.publicity else ""
    undecided = not (mark or task.publicity)
    return Publication(
        reading.paper.name,
        f"{task.number}（{task.department}）" if several else task.number,
        letter.title.text if letter.title else task.title,
        letter.day or dt.date(1980, 1, 1),
        notes=["没有写明能否公开，请先确认，并在台账的“公开属性”栏填写"] if undecided else (),
    )


def _why_refused(reading: Reading, past: Sequence[Row]) -> str:
    """Nothing of a letter that passed; the reviewer's own conclusion wins."""
    task = reading.task
    if task is None:
        return "认不出答复的是哪一件"
    row = find_round(past, task.number, task.department, reading.paper.sha256) or {}
    judged = row.get("人工结论")
    if judged == RETURNED:
        return "审核人已经退回"
    if reading.errors and judged != PASSED:
        return f"有错误{reading.errors}处，审核没有通过"
    marks = (task.publicity, reading.letter.publicity.text if reading.letter.publicity else "")
    closed = next((found.group() for mark in marks if (found := _CLOSED.search(mark))), "")
    return f"写明“{closed}”" if closed else ""


def find_private(text: str) -> Sequence[Private]:
    """What of a paragraph is not published: lines of contact, who signed, numbers of persons."""
    plain = half_width_line(text)
    if _LABELLED.match(plain) and len(plain) < _SHORT:
        return [Private(0, len(text), "联系人和电话")]
    if re.fullmatch(rf"\s*(?:{PHONE.pattern})\s*", plain):
        return [Private(0, len(text), "电话")]
    found: list[Private] = []
    for each in sorted(_iter_private(plain), key=lambda one: (one.begin, -one.end)):
        if not found or each.begin >= found[-1].end:
            found.append(each)
    return found


def _iter_private(plain: str) -> Iterator[Private]:
    signer = SIGNER.search(plain)
    if signer:
        yield Private(signer.start(), signer.end("name"), "签发人")
    for sentence in _SENTENCE.finditer(plain):
        if SIGNED_IN_TEXT.search(sentence.group()):
            yield Private(sentence.start(), sentence.end(), "签发人")
    for what, pattern in (("身份证号", _IDENTITY), ("手机号", MOBILE), ("电话", _AREA_CODE)):
        for number in pattern.finditer(plain):
            yield Private(number.start(), number.end(), what, _LEFT_OUT)
    for number in _AFTER_LABEL.finditer(plain):
        yield Private(number.start("n"), number.end("n"), "电话", _LEFT_OUT)


PUBLISHING = Publishing(choose_public, find_private)
