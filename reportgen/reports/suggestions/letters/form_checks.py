"""A letter by itself: left-overs of the form, opening, contact, enclosures, whether it may be published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportgen.issues import Severity
from reportgen.reports.suggestions.letters import words
from reportgen.reports.suggestions.letters.case import (
    Case,
    Found,
    found_at,
    search_all,
    severity_by,
)
from reportgen.reports.suggestions.letters.model import (
    CONTACT,
    COPIES,
    HEAD,
    OPENING,
    WHOLE,
    LetterSlot,
)
from reportgen.reports.suggestions.letters.words import half_width_line

_SLOTS = re.compile(
    r"[×＊*○]{2,}|(?<![A-Za-z0-9])[xX]{2,}(?![A-Za-z0-9])"
    r"|[您你]\s*\(\s*(?:你?们|您们?)\s*\)|\(\s*你们\s*\)|_{2,}"
    r"|第\s*[_\[\]\(\)〔〕]*\s*号|第\s*[\[\(〔_]\s*[\]\)〕_]?\s*[届次]|[〔\[\(]\s*\d{0,4}\s*[〕\]\)]\s*号"
    r"|【[^】]{0,20}】|\{\{.*?\}\}|(?<![\d一二三四五六七八九十〇○零])年\s+月\s+日"
)
_LABEL = re.compile(
    r"^\s*(?:签\s*发\s*人|领导签字|联\s*系\s*人|联系电话|电\s*话|(?:委员|代表)?反馈意见|抄\s*送|类\s*别|办理结果)"
    r"\s*:\s*[_\s]*$"
)
_SIGNER_BLANK = re.compile(r"签\s*发\s*人\s*:\s*[_\s]*$")


def check_revisions(case: Case) -> Iterator[Found]:
    """revisions-left."""
    counts = ((case.paper.changes, "处修订"), (case.paper.comments, "条批注"))
    what = "、".join(f"{count}{unit}" for count, unit in counts if count)
    if what:
        yield Found("revisions-left", details={"what": what})


def check_opening(case: Case) -> Iterator[Found]:
    """opening: what it is about, 如下, the number anywhere."""
    text = case.letter.opening.text if case.letter.opening else ""
    lack = [] if words.RECEIVED.search(half_width_line(text)) else ["收到的是哪一件建议"]
    lack += [] if words.AS_FOLLOWS.search(text) else ["“现答复如下”"]
    lack += [] if case.letter.item_numbers else ["件号"]
    if lack:
        yield found_at("opening", case.letter.opening, place=OPENING, lack="、".join(lack))


def check_slots(case: Case) -> Iterator[Found]:
    """slot-left, each once."""
    told: set[tuple[str, str]] = set()
    for slot in case.letter.everything:
        for quote in _slots_in(slot):
            if (slot.place, quote) not in told:
                told.add((slot.place, quote))
                yield found_at("slot-left", slot, quote, found=quote)


def _slots_in(slot: LetterSlot) -> Iterator[str]:
    text = half_width_line(slot.text)
    for pattern in (_SLOTS, _LABEL, _SIGNER_BLANK):
        found = pattern.search(text)
        if found:
            yield slot.text[found.start() : found.end()].strip()
            return


def check_contact_lines(case: Case) -> Iterator[Found]:
    """contact: who may be asked."""
    lack = [] if case.letter.contact_name else ["联系人"]
    lack += [] if case.letter.phone else ["联系电话"]
    if lack:
        yield found_at("contact", case.letter.contact, place=CONTACT, lack="和".join(lack),
                       severity=severity_by(strict=case.asked("答复须有电话")))  # fmt: skip


def check_enclosures(case: Case) -> Iterator[Found]:
    """enclosure: the form to rate it, an annex spoken of, copies."""
    letter, form = case.letter, case.office.setting("回执名称") or "征询意见表"
    text = "\n".join(slot.text for slot in letter.everything)
    if not re.search(f"回执|征询意见|征求意见表|反馈表|{re.escape(form)}", text):
        yield Found(
            "enclosure",
            details={"what": f"没有请代表填写{form}", "do": f"请附{form}，并在文末请代表填写"},
        )
    if re.search(
        r"见附件|附件\d|\(附后\)", half_width_line(letter.answer_text)
    ) and not _names_annex(letter.everything):
        yield Found(
            "enclosure",
            WHOLE,
            details={"what": "正文提到附件，文末没有附件", "do": "请补上附件说明和附件"},
        )
    missing = [
        name
        for name in re.split("[、,，;；\\s]+", case.office.setting("抄送单位"))
        if name and name not in (letter.copies.text if letter.copies else "")
    ]
    if missing:
        yield found_at(
            "enclosure",
            letter.copies,
            place=COPIES,
            what=f"没有抄送{'、'.join(missing)}",
            do="请补写抄送",
        )


def _names_annex(slots: Sequence[LetterSlot]) -> bool:
    return any(words.ENCLOSURE.match(half_width_line(slot.text)) for slot in slots)


_PUBLICITY = re.compile("主动公开|依申请公开|不予公开")


def check_publication(case: Case) -> Iterator[Found]:
    """publication: whether it may be published, and personal numbers in what is."""
    mark, filled = case.letter.publicity, case.task.publicity
    said = _PUBLICITY.search(mark.text) if mark else None
    if said and filled and said[0] != filled:
        yield found_at(
            "publication", mark, said[0], severity=Severity.ERROR,
            what=f"公开属性写“{said[0]}”，台账为“{filled}”", do="请核对后改成一致",
        )  # fmt: skip
    if mark is None and case.asked("答复须写公开属性"):
        yield Found(
            "publication",
            HEAD,
            details={"what": "没有公开属性", "do": "请写明主动公开、依申请公开或不予公开"},
        )
    if mark is not None and re.search("不予公开|依申请公开", mark.text):
        return
    for slot, quote in search_all(case.letter.everything, words.MOBILE, quoted=True):
        shown = f"{quote[:3]}****{quote[-4:]}"
        yield found_at(
            "publication",
            slot,
            shown,
            what=f"{'主动公开的' if mark else ''}函里有手机号{shown}",
            do="公开稿里请删去；联系电话最好写办公电话",
        )
        return


FORM_CHECKS = (
    check_revisions, check_opening, check_slots, check_contact_lines, check_enclosures,
    check_publication,
)  # fmt: skip
