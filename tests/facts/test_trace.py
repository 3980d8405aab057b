"""``trace`` and ``build --annotate``: any figure back to its cells, from the report alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

import reportgen
from reportgen.errors import ReportError
from reportgen.facts.model import Facts, from_json, to_json
from reportgen.facts.provenance import trace_figure
from reportgen.reports import KINDS
from reportgen.word.after.comments import annotate_figures
from reportgen.word.document.reader import read_report
from tests.support.tampering import fields, opened
from tests.support.templates import W


@pytest.fixture
def path(sample_report: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "报告.docx"
    path.write_bytes(sample_report)
    return path


def facts(content: bytes) -> Facts:
    return from_json(read_report(content).record["facts"])


def test_a_share_leads_to_the_cells_behind_both_its_figures(path: Path) -> None:
    lines = reportgen.trace(path, "结果.A.占比")
    assert lines[:4] == [
        "结果.A.占比＝86%",
        "  规则：占议案建议总件数的百分比（占比）",
        "  占比基数：议案建议.件数＝7件",
        "  由这些数字得出：结果.A.件数＝6件、议案建议.件数＝7件",
    ]
    assert "      单元格：填报/社会事务办公室.xlsx“办理情况”I4:I5" in lines
    assert "      单元格：建议台账.xlsx“建议台账”A4:A10" in lines
    assert lines[-1] == "在报告中：正文第3段、图1 议案、建议办理结果构成"


def test_the_cells_named_hold_what_is_counted(sample_report: bytes, sample_folder: Path) -> None:
    found = facts(sample_report)["结果.A.件数"]
    values = []
    for cells in found.source.cells:
        sheet = load_workbook(sample_folder / cells.file)[cells.sheet]
        column = column_index_from_string(cells.column)
        values += [sheet.cell(row, column).value for a, b in cells.rows for row in range(a, b + 1)]
    assert len(values) == found.value
    assert all(str(value).startswith("A") for value in values)


def test_every_figure_can_be_traced(path: Path, sample_report: bytes) -> None:
    known = facts(sample_report)
    for key in known:
        assert trace_figure(known, key)[0].startswith(f"{key}＝")
    shown = reportgen.figures(path)
    written = {each.key for each in fields(opened(sample_report).tree)}
    drawn = {each.key for each in shown if any(place.startswith("图") for place in each.places)}
    assert {each.key for each in shown} == written | drawn
    assert drawn - written == {"满意度.满意.占比", "满意度.基本满意.占比"}
    assert all(each.places for each in shown)


def test_an_unknown_name_is_met_with_the_nearest(path: Path) -> None:
    with pytest.raises(ReportError, match=r"相近的有：“建议\.件数”"):
        reportgen.trace(path, "建议件数")
    with pytest.raises(ReportError, match="可以列出全部数字"):
        reportgen.trace(path, "xyz")


def test_facts_survive_the_record(sample_folder: Path) -> None:
    report = KINDS[0].report(reportgen.check(sample_folder).dataset)
    plain = to_json(report.facts.values())
    assert to_json(from_json(plain).values()) == plain
    assert all(
        type(value) is type(report.facts[key].value) or isinstance(value, Decimal)
        for key, value in ((key, fact.value) for key, fact in from_json(plain).items())
    )


def test_each_figure_of_the_body_has_its_comment(
    sample_report: bytes, audited: Callable[[bytes], Sequence[str]]
) -> None:
    annotated = annotate_figures(sample_report)
    report = opened(annotated)
    figures = fields(report.tree)
    comments = opened(annotated).parts["word/comments.xml"].decode()
    assert comments.count("<w:comment ") == len(figures) > 50
    assert len(list(report.tree.iter(f"{{{W}}}commentReference"))) == len(figures)
    for figure in figures:
        start = figure.runs[0].getprevious()
        assert start.tag == f"{{{W}}}commentRangeStart"
        assert f"{figure.key}＝" in comments
    assert audited(annotated) == []
    assert annotate_figures(sample_report) == annotated


def test_build_annotate(sample_folder: Path, sample_report: bytes, tmp_path: Path) -> None:
    built = reportgen.build(sample_folder, tmp_path, annotate=True)
    assert built.document is not None
    assert built.document.path.name.endswith("报告（来源批注）.docx")
    assert built.document.path.read_bytes() == annotate_figures(sample_report)
    assert reportgen.verify(built.document.path, sample_folder).findings == []
