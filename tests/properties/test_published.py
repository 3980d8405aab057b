"""What sixteen offices published, counted again by us.

Where the published shares are sound, ours are the same numbers.  Not sound, and therefore not
compared (``FLAWED``): P08, P11 and P30 办理结果 and P33 专题, whose shares are cut off, wrong or of
mixed decimals.  In P42 提案结果 the office moved one share by hand so that they add up; ours does
the same, and says so in the figure's note.
"""

import re
from decimal import Decimal

import pytest

from reportgen.facts.measures import make_key_part
from reportgen.facts.model import Facts
from reportgen.issues import Severity
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.reports.suggestions.figures.catalogue import count_facts
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.validation import validate_workbooks
from tests.properties.test_generate import read_back
from tests.support import brute
from tests.support.default_wording import default_report
from tests.support.documents import Document
from tests.support.generate import UNFINISHED, raw_workbooks
from tests.support.published import Case, Group, cases, sample, sample_of
from tests.support.templates import PNG

CASES = cases()
OTHERS = [(case, group) for case in CASES for group in case.others]
PREFIX = {"专题": "专题", "办理结果": "结果", "满意度": "满意度"}
FLAWED = {("P08", "办理结果"), ("P11", "办理结果"), ("P30", "办理结果"), ("P33", "专题")}


def counted(made: Sample) -> Facts:
    """The facts of a case in which nothing is wrong."""
    dataset, issues = validate_workbooks(raw_workbooks(made), tuple(KINDS[0].workbooks))
    found = [*issues, *KINDS[0].check(dataset)]
    assert [issue for issue in found if issue.severity is Severity.ERROR] == []
    return count_facts(Scope.of(dataset))


def compare(found: Facts, prefix: str, group: Group, *, sound: bool) -> None:
    """The group's counts, and its shares where the published ones are sound."""
    for name, count in group.counts.items():
        assert found[f"{prefix}.{make_key_part(name)}.件数"].value == count
    if sound:
        for name, share in group.published.items():
            assert found[f"{prefix}.{make_key_part(name)}.占比"].value == share


def add_up(found: Facts, prefix: str) -> bool:
    """Whether the printed shares of a group, 正在办理 with 结果, add up to 100."""
    keys = [key for key in found if key.startswith(f"{prefix}.") and key.endswith(".占比")]
    keys += ["正在办理.占比"] if prefix == "结果" else []
    return sum(found[key].value for key in keys) == 100  # type: ignore[misc]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_published_figures_come_out(case: Case) -> None:
    made = sample(case)
    found = counted(made)
    assert found["议案建议.件数"].value == case.total
    assert found["议案.件数"].value == case.motions
    assert found["承办部门.个数"].value == case.departments
    for name, prefix in PREFIX.items():
        if group := case.group(name):
            compare(found, prefix, group, sound=(case.id, name) not in FLAWED)
        assert add_up(found, prefix)
    fixed = {key: one.text for key, one in brute.figures(made).items() if key.count(".") == 1}
    assert {key: fact.text for key, fact in found.items() if key.count(".") == 1} == fixed


@pytest.mark.parametrize(("case", "group"), OTHERS, ids=lambda x: getattr(x, "id", None) or x.name)
def test_other_groups_come_out_as_classes_and_as_themes(case: Case, group: Group) -> None:
    found = counted(sample_of(group))
    assert found["议案建议.件数"].value == group.base
    compare(found, "结果", group, sound=True)
    if group.complete:
        compare(found, "专题", group, sound=True)
    assert add_up(found, "结果")
    assert add_up(found, "专题")


def test_what_no_class_covers_is_still_being_handled() -> None:
    """P54 accounts for 66 of 74, P48's share is of 401 of which 372 are its own."""
    by_id = {case.id: case for case in CASES}
    assert counted(sample(by_id["P54"]))["正在办理.件数"].value == 8
    (group,) = by_id["P48"].others
    found = counted(sample_of(group))
    assert (found["正在办理.件数"].value, found["正在办理.占比"].text) == (29, "7.2%")


def test_the_flawed_groups_are_those_marked_so_and_differ_from_ours() -> None:
    marked = {(c.id, g.name) for c in CASES for g in c.groups if g.flaw and g.flaw != "凑整"}
    assert marked == FLAWED
    for case in CASES:
        for name, prefix in PREFIX.items():
            if (case.id, name) in FLAWED:
                group, found = case.group(name), counted(sample(case))
                assert group is not None
                with pytest.raises(AssertionError):
                    compare(found, prefix, group, sound=True)


def test_the_share_forced_by_hand_is_ours_with_a_note() -> None:
    (group,) = (group for case in CASES for group in case.groups if group.name == "提案结果")
    share = counted(sample_of(group))["结果.B.占比"]
    assert share.text == "58.34%"
    assert share.source.note == "为使各项合计为100%，由58.33%调整"


SOUND = [
    (case, group)
    for case in CASES
    for group in case.groups
    if group.name in ("专题", "办理结果")
    and group.published
    and (case.id, group.name) not in FLAWED
]


@pytest.mark.parametrize(("case", "group"), SOUND, ids=lambda x: getattr(x, "id", None) or x.name)
def test_the_report_prints_the_published_figures(case: Case, group: Group) -> None:
    dataset, _ = validate_workbooks(raw_workbooks(sample(case)), tuple(KINDS[0].workbooks))
    report = KINDS[0].report(dataset)
    document = Document(default_report(report, lambda _: PNG))
    prose = "\n".join(each.text for each in document.prose)
    sentence = "(?:件，占(?:议案、建议总件数的|总件数的)?)"
    printed = re.findall(rf"(\d+){sentence}([\d.]+)%", prose)
    found = {(int(count), Decimal(share)) for count, share in printed}
    published = {(group.counts[name], share) for name, share in group.published.items()}
    assert published <= found


@pytest.mark.parametrize("id", ["P33", "P35"])
def test_the_real_workbooks_give_the_same(id: str) -> None:  # noqa: A002
    made = sample(next(case for case in CASES if case.id == id))
    dataset, issues = read_back(made)
    assert {issue.code for issue in issues} <= UNFINISHED
    read = count_facts(Scope.of(dataset))
    assert {key: fact.text for key, fact in read.items()} == {
        key: fact.text for key, fact in counted(made).items()
    }
