"""``publish``: what may go on the website goes without telephone numbers, names of signers and traces."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from openxml_audit import OpenXmlValidator

import reportgen
from reportgen.cli.commands import commands
from reportgen.reports.suggestions.letters.publication import find_private
from tests.support.filled_books import enter
from tests.support.letters import Round

DAY = dt.date(2024, 12, 10)
LETTER = replace(
    Round(), doc_number="永市监函〔2024〕6号　签发人：马平", contact="联系人：陈晨　手机：13812345678",
    extra=("公开属性：主动公开", "此答复函已经马所长审签。"),
    answer=(*Round().answer, "群众可拨打举报电话0931-7654321反映情况，也可拨打12315。"),
)  # fmt: skip


@pytest.fixture
def folder(own_sample: Path) -> Path:
    (own_sample / "答复函").mkdir()
    return own_sample


def lay(folder: Path, letter: Round, name: str = "食品.docx", **draft: str) -> Path:
    path = folder / "答复函" / name
    path.write_bytes(letter.to_bytes(**draft))
    return path


def everything_in(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_the_copy_is_without_what_is_private_and_tells_what_it_left_out(folder: Path) -> None:
    original = lay(folder, LETTER, header="市场监督管理所　电话：0931-1234567", box="签发人：马平")
    before = original.read_bytes()
    (one,) = reportgen.publish(folder, folder / "output").papers
    assert one.copy is not None, one.refused
    assert one.copy.path == folder / "output/答复函审核/公开稿/6.docx"
    assert original.read_bytes() == before
    shown = [p.text for p in docx.Document(str(one.copy.path)).paragraphs]
    assert shown == [
        "类别：A",
        "永市监函〔2024〕6号　",
        LETTER.title,
        LETTER.addressee,
        LETTER.opening,
        *Round().answer,
        "群众可拨打举报电话（略）反映情况，也可拨打12315。",
        LETTER.closing,
        "市场监督管理所",
        "2024年6月4日",
        "公开属性：主动公开",
    ]
    raw = everything_in(one.copy.path)
    assert not re.search("13812345678|0931-|7654321|马平|马所长|陈晨|python-docx|<w:comment", raw)
    assert {text.partition("“")[0] for text in one.removed} == {
        "签发人", "联系人和电话", "电话", "作者等文档信息",
    }  # fmt: skip
    assert "联系人和电话“联系人：陈晨　手机：13812345678”" in one.removed


@pytest.mark.parametrize(("changes", "register", "why"), [
    ({"addressee": "张庆里代表："}, "", "有错误1处，审核没有通过"),
    ({"extra": ("不予公开",)}, "", "写明“不予公开”"),
    ({"extra": ("依申请公开",)}, "", "写明“依申请公开”"),
    ({}, "不予公开", "写明“不予公开”"),
    ({"title": "关于路灯的答复", "opening": "您提出的路灯的事收悉。现答复如下："}, "", "认不出答复的是哪一件"),
])  # fmt: skip
def test_what_may_not_be_published_is_refused_with_the_reason(
    changes: dict[str, object], register: str, why: str, folder: Path
) -> None:
    lay(folder, replace(Round(), **changes), "甲.docx")
    if register:
        enter(folder / "建议台账.xlsx", "建议台账", {"公开属性": register}, "6")
    (one,) = reportgen.publish(folder, folder / "output").papers
    assert (one.copy, one.refused) == (None, why)
    assert not (folder / "output/答复函审核/公开稿").exists()


def test_the_reviewers_own_conclusion_wins(folder: Path) -> None:
    lay(folder, Round(), inserted="并已逐家复查。", comment="请核对")
    reportgen.review(folder, folder / "output", DAY)
    (one,) = reportgen.publish(folder, folder / "output").papers
    assert "有错误" in one.refused
    conclude(folder, "通过")
    (one,) = reportgen.publish(folder, folder / "output").papers
    assert one.copy is not None
    assert {"批注1条", "修订痕迹1处"} <= set(one.removed)
    assert "请核对" not in everything_in(one.copy.path)
    conclude(folder, "退回")
    again = reportgen.publish(folder, folder / "output")
    assert [each.refused for each in again.papers] == ["审核人已经退回"]
    assert again.withdrawn == (one.copy.path,)
    assert not one.copy.path.exists()


def conclude(folder: Path, verdict: str) -> None:
    path = folder / "审核记录.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["审核记录"]
    column = next(cell.column for cell in page[3] if cell.value == "人工结论")
    page.cell(4, int(column or 0)).value = verdict
    book.save(path)


def test_hidden_text_keeps_a_letter_in_the_house(folder: Path) -> None:
    document = docx.Document(io.BytesIO(Round().to_bytes()))
    document.paragraphs[4].add_run("内部意见").font.hidden = True
    document.save(str(folder / "答复函/食品.docx"))
    reportgen.review(folder, folder / "output", DAY)
    conclude(folder, "通过")
    (one,) = reportgen.publish(folder, folder / "output").papers
    assert one.copy is None
    assert "隐藏的文字" in one.refused


def test_without_a_decision_it_is_told(folder: Path) -> None:
    lay(folder, Round())
    done = CliRunner().invoke(commands, ["publish", str(folder)])
    assert done.exit_code == 0, done.output
    assert "提醒：没有写明能否公开，请先确认" in done.output
    assert "去掉了：联系人和电话“联系人：陈晨　电话：0931-1234567”、作者等文档信息。" in done.output
    assert "公开稿1份，没有公开的0份。" in done.output
    found = OpenXmlValidator().validate(folder / "output/答复函审核/公开稿/6.docx")
    assert [str(error) for error in found.errors] == []


@pytest.mark.parametrize(("text", "left"), [
    ("（联系人：陈晨　联系电话：0931-1234567）", ""),
    ("联系电话：1234567", ""),
    ("0931-1234567", ""),
    ("承办人及电话:李明 13900001111", ""),
    ("签发人：马平", ""),
    ("永函〔2024〕3号    签发人：马平", "永函〔2024〕3号    "),
    ("请致电张三，电话０９３１－１２３４５６７。", "请致电张三，电话（略）。"),
    ("身份证号620123199001011234的村民", "身份证号（略）的村民"),
    ("投入资金12345678元，新修道路2345678米。", "投入资金12345678元，新修道路2345678米。"),
    ("2024年开通服务电话，受理来电3000余个。", "2024年开通服务电话，受理来电3000余个。"),
    ("拨打12345热线。", "拨打12345热线。"),
    ("此答复函已经王局长审签，现予答复。谢谢。", "谢谢。"),
])  # fmt: skip
def test_what_is_private_in_a_line(text: str, left: str) -> None:
    found = text
    for each in reversed(find_private(text)):
        found = found[: each.begin] + each.instead + found[each.end :]
    assert found == left
