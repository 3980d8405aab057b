"""A letter against the returns: its class, 文号, 签发人, 署名, days, and what the helpers said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.data import day_in_words
from reportgen.issues import Severity
from reportgen.reports.suggestions.letters import words
from reportgen.reports.suggestions.letters.case import Case, Found, found_at, severity_by
from reportgen.reports.suggestions.letters.model import HEAD, TAIL
from reportgen.reports.suggestions.letters.words import bare
from reportgen.reports.suggestions.sheets.vocabulary import UNMARKED


def check_class(case: Case) -> Iterator[Found]:
    """class-missing, class-differs."""
    mark, filled = case.letter.class_mark, case.task.text("办理结果")
    if mark is None and case.office.setting("类别标注方式") == "不标注":
        return
    if mark is None:
        if case.office.setting("类别标注方式") == UNMARKED:
            return
        example = filled or next(iter(case.office.classes), "A")
        yield found_at("class-missing", case.letter.title, place=HEAD, example=example)
    elif filled and mark.text != filled:
        yield found_at("class-differs", mark, found=mark.text, expected=filled)


def check_doc_number(case: Case) -> Iterator[Found]:
    """letter-number: missing, its brackets, its year, another than the return's."""
    slot, filled, must = (
        case.letter.doc_number,
        case.task.text("答复文号"),
        case.asked("答复须有文号"),
    )
    if slot is None:
        if must or filled:
            yield found_at("letter-number", case.letter.title, place=HEAD, severity=severity_by(strict=must),
                           what="没有文号", do=f"请写上文号{f'，填报为“{filled}”' if filled else ''}")  # fmt: skip
        return
    found = words.DOC_NUMBER.search(words.half_width_line(slot.text))
    day = case.letter.day
    if found and (found["open"], found["close"]) != ("〔", "〕"):
        yield found_at(
            "letter-number",
            slot,
            what=f"文号“{slot.text}”的括号不对",
            do="年份应当用六角括号“〔〕”",
        )
    if found and day and found["year"] not in (str(day.year), str(day.year)[2:]):
        yield found_at(
            "letter-number",
            slot,
            what=f"文号“{slot.text}”的年份与落款的{day.year}年不符",
            do="请核对年份",
        )
    if filled and bare(filled) != bare(slot.text):
        yield found_at("letter-number", slot, severity=Severity.ERROR,
                       what=f"文号“{slot.text}”与填报的“{filled}”不同", do="请核对后改成一致")  # fmt: skip


def check_signer(case: Case) -> Iterator[Found]:
    """signer: missing, another than the return's, not the head of the department."""
    slot, filled, head = case.letter.signer, case.task.text("签发人"), case.department.head
    must = case.asked("答复须有签发人")
    if slot is None or not slot.text:
        if must and slot is None:
            yield found_at("signer", case.letter.title, place=HEAD, severity=severity_by(strict=True),
                           what="没有签发人", do="请写上签发人")  # fmt: skip
        return
    if filled and filled not in slot.text:
        yield found_at("signer", slot, severity=Severity.ERROR,
                       what=f"签发人“{slot.text}”与填报的“{filled}”不同", do="请核对后改成一致")  # fmt: skip
    elif head and head not in slot.text:
        yield found_at(
            "signer",
            slot,
            what=f"签发人是“{slot.text}”，主要负责人是“{head}”",
            do="答复函应由主要负责人审签，请核对",
        )


def check_signature(case: Case) -> Iterator[Found]:
    """sign-off: of the 署名; a helper's is joint-opinion."""
    unit, department = case.letter.unit, case.task.department
    if unit is None:
        yield found_at(
            "sign-off",
            case.letter.date,
            place=TAIL,
            what="没有署名",
            do=f"请在落款写明“{department}”并盖章",
        )
        return
    if case.office.signs_for(unit.text, department):
        return
    helper = next(
        (name for name in case.task.helpers if case.office.signs_for(unit.text, name)), ""
    )
    if helper:
        yield found_at("joint-opinion", unit, severity=Severity.ERROR, what=f"署名是协办部门“{helper}”",
                       do=f"会办意见送主办部门，由“{department}”统一答复代表")  # fmt: skip
    else:
        yield found_at(
            "sign-off", unit, what=f"署名“{unit.text}”不是主办部门的全称", do=f"请写“{department}”"
        )


def check_date(case: Case) -> Iterator[Found]:
    """sign-off: of the date; late ones are only told, as nobody can mend them."""
    date, day = case.letter.date, case.letter.day
    if date is None:
        yield found_at(
            "sign-off",
            case.letter.unit,
            place=TAIL,
            what="没有日期",
            do="请写明成文日期，如2024年5月6日",
        )
        return
    if not words.RIGHT_DATE.fullmatch(re.sub(r"\s", "", date.text)) or day is None:
        shown = day_in_words(day) if day else "2024年5月6日"
        yield found_at(
            "sign-off", date, what=f"日期“{date.text}”写得不规范", do=f"请写成“{shown}”的样子"
        )
    if day is None:
        return
    filled = [case.task.day("答复日期"), case.task.day("重办答复日期")]
    if filled[0] and day not in filled:
        yield found_at("sign-off", date, what=f"落款日期与填报的答复日期{day_in_words(filled[0])}不同",
                       do="请核对后改成一致")  # fmt: skip
    due = case.task.due
    if due and day > due and day != filled[1]:
        yield found_at("sign-off", date, severity=Severity.REMINDER,
                       what=f"答复逾期{(day - due).days}天（期限为{day_in_words(due)}）",
                       do="请向代表说明；经同意延期的，在台账“延期答复”栏填“是”")  # fmt: skip


def check_contact_with_deputy(case: Case) -> Iterator[Found]:
    """no-contact: the return tells of none, or of one after the answer."""
    task, day = case.task, case.letter.day
    contacted = task.day("沟通日期")
    if task.reply and contacted is None:
        yield Found("no-contact", details={"what": "填报表里没有与代表沟通的记录"})
    elif contacted and day and contacted > day:
        yield found_at("no-contact", case.letter.date,
                       what=f"沟通日期{day_in_words(contacted)}晚于答复日期")  # fmt: skip


def check_joint_opinions(case: Case) -> Iterator[Found]:
    """joint-opinion: not in hand when answered, or not told of."""
    told = case.letter.answer_text + (case.letter.opening.text if case.letter.opening else "")
    for helper, given in case.task.helpers.items():
        day = case.letter.day
        if given is None:
            what = f"协办部门“{helper}”的会办意见没有送到就答复了"
            yield Found(
                "joint-opinion",
                details={"what": what, "do": "请先取得会办意见；已送到的，请协办部门补填日期"},
            )
        elif day and given > day:
            what = f"协办部门“{helper}”的会办意见{day_in_words(given)}才送到，晚于答复"
            yield found_at(
                "joint-opinion",
                case.letter.date,
                what=what,
                do="请核对日期；会办意见有变化的应补充答复",
            )
        names = (
            case.office.departments[helper].names
            if helper in case.office.departments
            else (helper,)
        )
        if not any(name in told for name in names):
            what = f"函中没有说明协办部门“{helper}”的意见"
            yield Found("joint-opinion", details={"what": what, "do": "请写明会办意见"})


RETURN_CHECKS = (
    check_class, check_doc_number, check_signer, check_signature, check_date, check_contact_with_deputy, check_joint_opinions,
)  # fmt: skip
