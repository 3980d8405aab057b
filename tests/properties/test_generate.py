"""Generated cases are valid: read, checked and counted without an error."""

import pytest

from reportgen.data import Dataset
from reportgen.excel.read import reader
from reportgen.issues import Issue, Severity
from reportgen.raw import RawWorkbook
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.validation import validate_workbooks
from tests.support.generate import UNFINISHED, UNTIMELY, case, files

SIZES = [(1, 1, 0), (2, 2, 1), (7, 5, 0), (7, 5, 1), (40, 8, 0)]


def read_back(sample: Sample) -> tuple[Dataset, list[Issue]]:
    workbooks: list[RawWorkbook] = []
    issues: list[Issue] = []
    for name, content in files(sample).items():
        workbook, found = reader.read_workbook(content, name)
        assert workbook is not None
        workbooks.append(workbook)
        issues += found
    dataset, found = validate_workbooks(workbooks, tuple(KINDS[0].workbooks))
    return dataset, [*issues, *found, *KINDS[0].check(dataset)]


@pytest.mark.parametrize(("n", "departments", "seed"), SIZES)
def test_a_generated_case_has_no_errors_and_all_its_rows(
    n: int, departments: int, seed: int
) -> None:
    sample = case(n, departments, seed)
    dataset, issues = read_back(sample)
    assert [str(issue) for issue in issues if issue.severity is Severity.ERROR] == []
    assert {issue.code for issue in issues} <= UNFINISHED
    assert len(dataset.tables["建议台账"]) == n
    handled = sum(len(rows["办理情况"]) for rows in sample.returns.values())
    assert len(dataset.tables["办理情况"]) == handled >= n


def test_open_items_are_those_asked_for() -> None:
    codes = {issue.code for issue in read_back(case(30, 4, unfinished=0.0))[1]}
    assert "in-progress" not in codes
    open_codes = [issue.code for issue in read_back(case(30, 4, unfinished=1.0))[1]]
    assert open_codes.count("in-progress") >= 30


def test_cases_differ_by_seed_and_by_nothing_else() -> None:
    assert case(7, 5, 1) == case(7, 5, 1)
    assert case(7, 5, 1) != case(7, 5, 2)
    assert case(7, 5, place="东岭乡").register["基本信息"][0]["自称"] == "我乡"
    assert not case(7, 5, action=False).register["民生行动"]
    assert case(7, 5, last_year=True).register["上年数据"]


def test_a_case_of_rarities_is_valid_too() -> None:
    sample = case(30, 5, 1, rare=True, unfinished=0.3)
    _, issues = read_back(sample)
    assert {issue.code for issue in issues} <= UNFINISHED | UNTIMELY
    rows = sample.register["建议台账"]
    assert sum(row["办理方式"] == "分办" for row in rows) >= 5
    assert sum(row["类别"] == "议案" for row in rows) >= 5
