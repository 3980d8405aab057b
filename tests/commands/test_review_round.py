"""A whole round: letters come, go back, come again, and report, trace, status and verify tell of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

import reportgen
from reportgen.commands.trace import trace
from tests.commands.test_review import fill, lay
from tests.support.letters import Round
from tests.support.recount import recount

DAY = dt.date(2024, 12, 10)
SIXTH = Round()
FAULTY = replace(SIXTH, addressee="张庆里代表：")
SECOND = replace(
    SIXTH, doc_number="永经函〔2024〕2号", title="关于永安镇第十九届人民代表大会第三次会议第2号建议的答复",
    addressee="张曼曼代表：",
    opening="您提出的《关于加大对企业帮扶力度的建议》（第2号）收悉。现答复如下：",
    answer=("一、走访企业12家，对企业反映的用工、用电、融资等帮扶事项逐一登记，明确专人负责帮扶。",
            "二、开展政策宣讲，把惠企政策送到企业手中，帮助符合条件的企业申报奖补项目，加大帮扶力度。"),
    unit="经济发展办公室", date="2024年5月30日",
)  # fmt: skip


@pytest.fixture
def folder(own_sample: Path) -> Path:
    (own_sample / "答复函").mkdir()
    return own_sample


def review(folder: Path) -> None:
    reportgen.review(folder, folder / "output", DAY)


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def built(folder: Path) -> tuple[Path, Mapping[str, object]]:
    """The report, and its figures on the review by key."""
    out = reportgen.build(folder, folder / "output")
    assert out.document is not None
    assert out.facts is not None
    facts = json.loads(out.facts.read_text("utf-8"))["facts"]
    assert not recount(facts, folder)
    return out.document.path, {
        key.removeprefix("审核."): fact["value"]
        for key, fact in facts.items()
        if key.startswith("审核.")
    }


def test_the_report_tells_of_each_round_what_the_record_shows(folder: Path) -> None:
    path, figures = built(folder)
    assert not figures
    assert "严把审核关" not in text_of(path)

    lay(folder, "6.docx", FAULTY)
    lay(folder, "2.docx", SECOND)
    review(folder)
    path, figures = built(folder)
    said = text_of(path)
    assert {name: figures[name] for name in ("已审件数", "退回件数", "整改通过件数", "待整改件数")} == {
        "已审件数": 2, "退回件数": 1, "整改通过件数": 0, "待整改件数": 1,
    }  # fmt: skip
    assert "严把审核关，对2件的答复函逐件审核，退回整改1件。" in said
    assert "整改到位" not in said

    lay(folder, "6.docx", SIXTH)
    review(folder)
    path, figures = built(folder)
    assert {**figures, "未交件数": 5, "应审件数": 7} == figures
    assert (figures["整改通过件数"], figures["一次通过件数"], figures["退回次数"]) == (1, 1, 1)
    assert figures["一次通过率"] == "50"
    assert "对2件的答复函逐件审核，退回整改1件，已整改到位。" in text_of(path)
    assert not [each for each in reportgen.verify(path, folder).findings if each.kind != "as-built"]


def test_a_figure_leads_to_its_rows_of_the_record(folder: Path) -> None:
    lay(folder, "6.docx", FAULTY)
    review(folder)
    lay(folder, "6.docx", SIXTH)
    review(folder)
    path, _ = built(folder)
    record = openpyxl.load_workbook(folder / "审核记录.xlsx")["审核记录"]
    rows = [row for row in range(4, 8) if record.cell(row, 1).value == "6"]
    lines = trace(path, "审核.退回件数")
    assert f"单元格：审核记录.xlsx“审核记录”A{rows[0]}:A{rows[-1]}" in [
        line.strip() for line in lines
    ]
    assert any("正文" in line for line in lines)


def test_what_the_office_concludes_counts(folder: Path) -> None:
    lay(folder, "2.docx", SECOND)
    review(folder)
    _, figures = built(folder)
    assert (figures["退回件数"], figures["一次通过件数"]) == (0, 1)
    fill(folder, 1, "人工结论", "退回")
    fill(folder, 1, "退回原因", "雷同")
    path, figures = built(folder)
    assert (figures["退回件数"], figures["一次通过件数"], figures["退回原因.雷同.件数"]) == (
        1,
        0,
        1,
    )
    assert "均一次通过" not in text_of(path)


def test_verify_and_refresh_know_the_record_as_an_input(folder: Path) -> None:
    lay(folder, "6.docx", FAULTY)
    review(folder)
    path, _ = built(folder)
    lay(folder, "6.docx", SIXTH)
    review(folder)
    said = reportgen.verify(path, folder).findings
    assert any("审核记录.xlsx" in f"{each}" for each in said)
    renewed = reportgen.refresh(path, folder)
    assert "退回整改1件，已整改到位" in text_of(renewed.document.path)


def test_status_and_notice_show_what_is_missing_and_what_went_back(folder: Path) -> None:
    before = reportgen.status(folder, folder / "output", DAY)
    assert "答复函" not in before.board["各件"][0]
    lay(folder, "6.docx", FAULTY)
    lay(folder, "2.docx", SECOND)
    review(folder)
    now = reportgen.status(folder, folder / "output", DAY)
    standing = {row["编号"]: row["答复函"] for row in now.board["各件"]}
    assert standing == {"1": "没有交来", "2": "一次通过", "3": "没有交来", "4": "没有交来",
                        "5": "没有交来", "6": "退回整改中", "7": "没有交来"}  # fmt: skip
    said = text_of(now.notice.path)
    assert "没有交来答复函5件（编号1、3、4、5等）" in said
    assert "答复函退回整改、没有改好交回1件（编号6）" in said
    early = reportgen.status(folder, folder / "output", dt.date(2024, 12, 1))
    assert "答复函" not in early.board["各件"][0]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"PK\x03\x04 half a file", "审核记录.xlsx"), (b"", "审核记录.xlsx")],
)
def test_a_damaged_record_is_named_and_stops_the_report(
    folder: Path, content: bytes, said: str
) -> None:
    (folder / "审核记录.xlsx").write_bytes(content)
    checked = reportgen.check(folder)
    assert [issue.file for issue in checked.errors] == [said]
    assert checked.errors[0].remedy
    assert reportgen.build(folder, folder / "output").document is None


def test_a_wrong_cell_of_the_record_is_named_with_its_place(folder: Path) -> None:
    lay(folder, "6.docx", FAULTY)
    review(folder)
    fill(folder, 1, "人工结论", "差不多")
    (issue,) = reportgen.check(folder).errors
    assert (issue.file, issue.sheet, issue.cell) == ("审核记录.xlsx", "审核记录", "I4")
