"""What is filled in and not printed is told; a year without suggestions is one that says so."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen.issues import Issue
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.validation import validate_workbooks
from tests.properties.test_text import read
from tests.suggestions.test_sentences import NONE, SETTINGS, opinions, promised, suggestion, year
from tests.support.documents import Document
from tests.support.generate import files, raw_workbooks
from tests.support.templates import W, part

ACTION = {"行动名称": "“聚民意”行动", "行动综述": "清理了路障。"}
CASES = [{"代表": "赵甲", "建议标题": "关于路灯的建议"}]
HELD = {"民生行动": opinions(("县", 3, 3))}
THEMES = [{"名称": "民生"}, {"名称": "道路", "引语": "要致富，先修路。", "办理综述": "修了桥。"}]
SAID = {"没有议案建议": "是"}


def told(sample: Sample) -> list[Issue]:
    """What a check says of a year."""
    dataset, issues = validate_workbooks(raw_workbooks(sample), tuple(KINDS[0].workbooks))
    return [*issues, *KINDS[0].check(dataset)]


def codes(sample: Sample) -> list[str]:
    """The same in short: code and column."""
    return [f"{issue.code} {issue.column}" for issue in told(sample)]


def with_measures(sample: Sample, *rows: Mapping[str, Any]) -> Sample:
    """The year, with these measures in the first department's return."""
    (name, sheets), *others = sample.returns.items()
    return replace(sample, returns={name: {**sheets, "工作成效": rows}, **dict(others)})


def measure(name: str, theme: str | None = "民生") -> dict[str, object]:
    belongs = "建议办理" if theme else "民生行动"
    return {"专题": theme, "归属": belongs, "指标": name, "数值": 3, "单位": "处"}


@pytest.mark.parametrize(
    ("filled", "printed", "expected"),
    [
        ({"基本信息": ACTION}, HELD, ["not-printed 行动名称", "not-printed 行动综述"]),
        ({"典型事例": CASES}, HELD, ["not-printed 建议标题"]),
        ({"基本信息": ACTION, "民生行动": opinions(("县", 0, 0))}, HELD,
         ["not-printed 行动名称", "not-printed 行动综述"]),
        ({"专题": THEMES}, {"专题": THEMES[:1]}, ["not-printed 引语", "not-printed 办理综述"]),
        ({"基本信息": {"报告日期": dt.date(2023, 12, 20)}},
         {"基本信息": {"报告日期": dt.date(2023, 12, 20), "会议名称": "第五次会议"}}, ["not-printed 报告日期"]),
    ],
)  # fmt: skip
def test_what_no_sentence_prints_is_told(
    filled: dict[str, Any], printed: dict[str, Any], expected: list[str]
) -> None:
    assert codes(year(suggestion(1), **filled)) == expected
    assert codes(year(suggestion(1), **{**filled, **printed})) == []


def test_the_reminder_names_the_cell_and_the_remedy() -> None:
    (issue,) = told(year(suggestion(1), 典型事例=CASES))
    assert (issue.sheet, issue.cell) == ("典型事例", "B2")
    assert issue.message == (
        "填了“建议标题”，报告中却没有地方写：“民生行动”表没有填提出条数，这一部分不写"
    )
    assert issue.remedy == "请与人大办核对；没有开展民生行动的，请删去这一行"


def test_a_fault_in_what_decides_it_is_one_issue() -> None:
    rows = [{"代表层级": "县", "提出条数": "三十来条", "办结条数": 3}]
    assert codes(year(suggestion(1), 基本信息=ACTION, 民生行动=rows)) == ["wrong-type 提出条数"]


def test_measures_that_no_text_quotes_are_told_at_the_text_that_could() -> None:
    theme = {"名称": "民生", "办理综述": "修路{修路}。"}
    made = with_measures(year(suggestion(1), 专题=[theme]), measure("修路"), measure("架桥"))
    (issue,) = told(made)
    assert (issue.code, issue.sheet, issue.column) == ("measure-unused", "专题", "办理综述")
    assert issue.message == "部门填报的“架桥”没有写进“办理综述”，报告中不会出现"
    both = [{**theme, "办理综述": "修路{修路}，架桥{架桥}。"}]
    assert (
        told(with_measures(year(suggestion(1), 专题=both), measure("修路"), measure("架桥"))) == []
    )
    action = with_measures(year(suggestion(1), **HELD), measure("清理路障", None))
    assert codes(action) == ["measure-unused 行动综述"]


def test_each_text_prints_the_measure_of_its_own_theme() -> None:
    """All three have a 检查: 3 and 5 in the themes, 7 in 民生行动."""
    themes = [{"名称": name, "办理综述": "检查{检查}。"} for name in ("民生", "道路")]
    made = with_measures(
        year(
            suggestion(1),
            suggestion(2, 专题="道路"),
            专题=themes,
            基本信息={**ACTION, "行动综述": "检查{检查}。"},
            **HELD,
        ),
        measure("检查", "道路") | {"数值": 5},
        measure("检查", None) | {"数值": 7},
        measure("检查", "民生"),
    )
    text = "\n".join(each.text for each in read(made)[0].prose)
    assert re.findall("检查[0-9]+处", text) == ["检查3处", "检查5处", "检查7处"]


def test_an_empty_register_is_an_error_unless_the_office_says_so() -> None:
    bare: dict[str, Any] = {"代表名册": [], "专题": []}
    (first, *_) = told(year(**bare))
    assert first.code == "empty-table"
    assert first.remedy.endswith("确实没有的，请在“基本信息”的“没有议案建议”中填“是”")
    assert codes(year(**bare, 基本信息=SAID)) == []
    assert codes(year(suggestion(1), 基本信息=SAID)) == ["not-none 没有议案建议"]


def test_a_year_without_suggestions_is_built_without_annexes(tmp_path: Path) -> None:
    made = year(基本信息=SAID, 上年承诺=promised("A"), **HELD)
    for name, content in files(made).items():
        (tmp_path / name).write_bytes(content)
    result = reportgen.build(tmp_path, tmp_path / "output")
    assert list(result.checked.issues) == []
    assert result.document is not None
    document = Document(result.document.path.read_bytes())
    text = "\n".join(each.text for each in document.paragraphs)
    assert "2023年度没有交办的议案、建议。" in text
    assert "县级人大代表共提出意见3条" in text
    assert "对上年承诺以后解决的1件开展“回头看”，现已全部解决" in text
    assert "附件" not in text
    assert document.tables == []
    (section,) = sections(document)
    assert len(section.findall("{*}footerReference")) == 2
    assert section.find("{*}pgSz").get(f"{{{W}}}orient") is None


def sections(document: Document) -> list[Any]:
    return list(part(document.content).iter(f"{{{W}}}sectPr"))


def test_the_usual_year_tells_nothing() -> None:
    assert SETTINGS["年度"] == 2023
    assert codes(year(suggestion(1))) == []
    assert [code.split()[0] for code in codes(NONE)] == ["empty-table"]
