"""A year begun with the one before: what is carried over, what is emptied, what is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import reportgen
from reportgen.cli.commands import commands
from reportgen.commands.folder.template import make_default_template
from reportgen.commands.init import init_from
from reportgen.issues import Severity
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.schema.model import Stage
from tests.support.changed_sample import answer, sample
from tests.support.generate import case, files

KIND = KINDS[0]


def lay(case_: Sample, folder: Path) -> Path:
    for name, content in files(case_).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def promised(made: Sample) -> None:
    """Number 5 is not solved, but promised."""
    answer(made, "5").update(办理结果="C", 未解决原因="资金不足", 承诺完成时限="2025-6-30")


def register_of(folder: Path) -> Any:
    return reportgen.check(folder, stage=Stage.HAND_OUT).dataset


def test_what_stays_is_carried_over_and_what_was_the_years_is_not(tmp_path: Path) -> None:
    old = lay(sample(promised), tmp_path / "旧")
    laid = init_from(tmp_path / "新", old)
    new = register_of(tmp_path / "新")
    before = register_of(old)
    assert new.settings["年度"] == before.settings["年度"] + 1
    for name in ("单位名称", "政府名称", "党委名称", "届次", "满意率口径", "答复期限"):
        assert new.settings[name] == before.settings[name], name
    for name in ("成文日期", "统计截止日期", "行动综述", "会议名称"):
        assert new.settings[name] is None, name
    for sheet in ("办理结果分类", "满意度分类", "承办部门", "代表名册"):
        old_rows, new_rows = (d.tables[sheet].to_dict("records") for d in (before, new))
        assert new_rows == old_rows, sheet
    assert list(new.tables["专题"]["名称"]) == list(before.tables["专题"]["名称"])
    assert set(new.tables["专题"]["办理综述"]) == {None}
    assert len(new.tables["建议台账"]) == 0
    assert any("年度已改为2025" in note for note in laid.notes)


def test_figures_and_promises_are_those_of_the_report(tmp_path: Path) -> None:
    old = lay(sample(promised), tmp_path / "旧")
    facts = KIND.report(reportgen.check(old).dataset).facts
    init_from(tmp_path / "新", old)
    new = register_of(tmp_path / "新")
    figures = dict(zip(new.tables["上年数据"]["指标"], new.tables["上年数据"]["数值"], strict=True))
    assert figures["建议件数"] == facts["建议.件数"].value == 7
    assert figures["解决件数"] == facts["解决.件数"].value
    assert figures["承诺件数"] == facts["承诺.件数"].value == 1
    (row,) = new.tables["上年承诺"].to_dict("records")
    assert (row["编号"], row["主办部门"], row["现办理结果"]) == ("5", "社会事务办公室", "C")
    assert str(row["承诺完成时限"]) == "2025-06-30"


@pytest.mark.parametrize("seed", range(12))
def test_the_new_year_is_free_of_errors_but_for_what_is_to_come(seed: int, tmp_path: Path) -> None:
    old = lay(case(9, 4, seed, rare=True), tmp_path / "旧")
    init_from(tmp_path / "新", old)
    errors = reportgen.check(tmp_path / "新", stage=Stage.HAND_OUT).errors
    found = {(error.code, error.sheet, error.column) for error in errors}
    to_come = ("required-when", "办理规则", "大会闭会日期")
    assert found - {to_come} == {("empty-table", "建议台账", "")}


@pytest.mark.parametrize(("number", "named"), [(10, "109、110"), (11, "109、110等")])
def test_older_promises_are_named_up_to_ten(number: int, named: str, tmp_path: Path) -> None:
    def open_since(made: Sample) -> None:
        made.register["上年承诺"] = [
            {"编号": str(100 + n), "标题": f"关于架桥{n}的建议", "现办理结果": "C"}
            for n in range(1, number + 1)
        ]

    laid = init_from(tmp_path / "新", lay(sample(open_since), tmp_path / "旧"))
    (note,) = [note for note in laid.notes if note.startswith("更早承诺")]
    assert note.startswith(f"更早承诺、还没有解决的{number}件（编号101、102、")
    assert f"{named}）没有转入" in note


def test_a_year_with_errors_gives_its_lists_but_no_figures(tmp_path: Path) -> None:
    def faulty(made: Sample) -> None:
        answer(made, "5").update(答复日期=None)

    old = lay(sample(faulty), tmp_path / "旧")
    assert any(one.severity is Severity.ERROR for one in reportgen.check(old).issues)
    laid = init_from(tmp_path / "新", old)
    new = register_of(tmp_path / "新")
    assert (len(new.tables["上年数据"]), len(new.tables["上年承诺"])) == (0, 0)
    assert len(new.tables["承办部门"]) == 5
    assert any("上年的数据还有错误" in note for note in laid.notes)


def test_the_template_comes_along_and_nothing_there_is_touched(tmp_path: Path) -> None:
    old = lay(sample(), tmp_path / "旧")
    own = make_default_template(KIND) + b"\0"  # no other file
    (old / "报告模板.docx").write_bytes(own)
    new = tmp_path / "新"
    new.mkdir()
    (new / "建议台账.xlsx").write_bytes(b"mine")
    laid = init_from(new, old)
    assert (new / "报告模板.docx").read_bytes() == own
    assert (new / "建议台账.xlsx").read_bytes() == b"mine"
    assert (laid.kept, laid.notes) == ([new / "建议台账.xlsx"], ())


def test_the_console_lists_what_to_look_at(tmp_path: Path) -> None:
    old = lay(sample(promised), tmp_path / "旧")
    done = CliRunner().invoke(commands, ["init", str(tmp_path / "新"), "--from", str(old)])
    assert done.exit_code == 0
    lines = done.output.splitlines()
    start = lines.index("新台账沿用了上年的内容，请看一遍：")
    assert all(line.startswith("  · ") for line in lines[start + 1 : -1])
    assert lines[-1].startswith("下一步：填好“建议台账.xlsx”")
    assert "  · “上年承诺”填入了1件，“现办理结果”还是上年的，请逐件“回头看”后更新" in lines
    both = CliRunner().invoke(commands, ["init", str(tmp_path), "--from", str(old), "--sample"])
    assert both.exit_code != 0
