"""办理卡片: one page for each item in a department's hands."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.table import Table

import reportgen
from reportgen.commands.folder.template import EDITION
from reportgen.errors import WorkspaceError
from reportgen.word.template import gongwen
from tests.conftest import Lay


@pytest.fixture
def folder(tmp_path: Path, lay_sample: Lay) -> Path:
    """The sample."""
    return lay_sample(tmp_path / "永安镇2024")


def _shown(table: Table) -> dict[str, str]:
    """By what stands left of it, what stands in a field."""
    texts = [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]
    return {name: text for row in texts for name, text in zip(row[::2], row[1::2], strict=True)}


def test_every_item_of_every_department_has_a_page(folder: Path) -> None:
    done = reportgen.cards(folder, folder / "output")
    document = Document(str(done.document.path))
    titles = [p for p in document.paragraphs if p.text == "永安镇2024年度办理情况卡"]
    assert len(titles) == len(document.tables) == done.count == 9
    assert all(title.style.paragraph_format.page_break_before for title in titles if title.style)


def test_what_the_office_knows_is_printed_and_the_rest_is_empty(folder: Path) -> None:
    done = reportgen.cards(folder, folder / "output", "村镇建设办公室")
    assert done.document.path.name == "永安镇2024年度办理卡片（村镇建设办公室）.docx"
    first, second = map(_shown, Document(str(done.document.path)).tables)
    assert (first["编号"], second["编号"]) == ("3", "7")
    given = ("承办部门", "办理角色", "交办日期", "答复期限", "会同单位")
    assert [first[name] for name in given] == [
        "村镇建设办公室", "主办", "2024-3-5", "2024-6-5", "农业农村办公室",
    ]  # fmt: skip
    assert not first["办理措施及成效"].strip()
    assert first["满意度"] == "□满意　□基本满意　□不满意"
    assert first["办理结果"].startswith("□A：已解决或基本解决　□C：")


def test_a_department_without_items_is_told_the_one_that_is_meant(folder: Path) -> None:
    with pytest.raises(WorkspaceError, match="是不是“村镇建设办公室”"):
        reportgen.cards(folder, folder / "output", "村镇建设办")


def test_a_name_with_signs_of_a_template_is_printed_as_it_is(folder: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(folder / "建议台账.xlsx")
    book["建议台账"]["C4"] = "关于<甲|乙>¶路的建议"
    book.save(folder / "建议台账.xlsx")
    done = reportgen.cards(folder, folder / "output", "农业农村办公室")
    assert _shown(Document(str(done.document.path)).tables[0])["标题"] == "关于<甲|乙>¶路的建议"


def test_a_cell_of_an_outline_spans_the_ones_marked_so() -> None:
    outline = "|1|1|1|1|\n| 甲 | 乙 |<|<|\n| 丙 |<| 丁 | 戊 |"
    content = gongwen.build_template(outline, date=EDITION.date())
    from io import BytesIO

    (table,) = Document(BytesIO(content)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [["甲", "乙", "乙", "乙"], ["丙", "丙", "丁", "戊"]]
