"""Letters built after 54 published ones are parsed as their fact sheets say."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.reports.suggestions.letters.grammar import parse_letter
from reportgen.reports.suggestions.letters.model import Letter
from reportgen.reports.suggestions.letters.words import whole_number
from tests.support.letters import Draft, Sheet, as_paper, fact_sheets


def parsed(draft: Draft) -> Letter:
    return parse_letter(as_paper(draft.to_bytes()))


@pytest.mark.parametrize("sheet", fact_sheets(), ids=str)
def test_a_published_form_is_parsed_as_its_sheet_says(sheet: Sheet) -> None:
    letter, facts = parsed(sheet.draft), sheet.facts
    told, addressee = facts["addressee"], letter.addressee
    assert addressee is not None
    assert len(addressee.names) == told["named"]
    assert (addressee.etc, addressee.honorific, addressee.role) == (
        told["etc"], told["honorific"], told["role"],
    )  # fmt: skip
    assert addressee.said == (int(told["count_said"]) if told["count_said"] else None)
    assert addressee.colon == told["colon"]
    numbers = [facts["item_number_in_title"], facts["item_number_in_opening"]]
    if not facts["title_form"]:
        numbers = numbers[1:]
    asked = [str(int(number)) for number in numbers if number]
    assert [slot.text for slot in letter.item_numbers] == asked
    mark = facts["class_mark"]
    assert (letter.class_mark.text if letter.class_mark else None) == (mark and mark["value"])
    assert bool(letter.signer) == facts["signer_line"]
    if facts["doc_number"]:
        assert letter.doc_number
        assert letter.doc_number.text == facts["doc_number"]
    else:
        assert letter.doc_number is None
    tail = facts["tail"] or dict.fromkeys(("signed_by", "date", "contact_name", "phone", "cc"))
    assert (letter.unit.text if letter.unit else None) == (
        "某县交通运输局" if tail["signed_by"] else None
    )
    assert bool(letter.date) == bool(tail["date"])
    if tail["date"] and tail["date_form_ok"]:
        assert letter.day == dt.date(2023, 5, 18)
    assert bool(letter.contact_name) == bool(tail["contact_name"])
    assert bool(letter.phone) == bool(tail["phone"])
    assert bool(letter.copies) == bool(tail["cc"])
    assert letter.answer_text == "我单位已安排专人办理，相关工作正在推进。"


def test_text_boxes_tables_and_headers_are_read() -> None:
    draft = Draft(
        ["关于第3号建议的答复", "张三代表：", "您提出的“增设路灯”的建议收悉。现答复如下：",
         "路灯已经装好。", "永安镇人民政府", "2024年5月6日"],
        box="类别：B", header="永安镇人民政府文件", table=("联系人", "王二", "电话", "0931-1234567"),
    )  # fmt: skip
    letter = parsed(draft)
    assert letter.class_mark
    assert letter.class_mark.text == "B"
    assert (letter.contact_name, letter.phone) == ("王二", "0931-1234567")
    assert letter.unit
    assert letter.unit.text == "永安镇人民政府"
    assert letter.day == dt.date(2024, 5, 6)


def test_tracked_changes_are_accepted_and_told() -> None:
    draft = Draft(["张三代表："], inserted="路灯已经装好。", comment="请核对")
    paper = as_paper(draft.to_bytes())
    assert [line.text for line in paper.lines] == ["张三代表：", "路灯已经装好。"]
    assert (paper.changes, paper.comments) == (1, 1)


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("０", None), ("012", 12), ("十二", 12), ("一百零五", 105), ("二百", 200), ("甲", None)],
)  # fmt: skip
def test_numbers_in_words(text: str, number: int | None) -> None:
    assert whole_number(text) == (0 if text == "０" else number)
