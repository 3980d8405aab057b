"""A slice of the fuzz run (``python -m tests.fuzz``): damaged files give issues, never a traceback."""

import sys
from dataclasses import replace

import pytest

from reportgen.excel.read import parsing
from reportgen.raw import RawWorkbook
from tests.fuzz import cases, workers
from tests.fuzz.cases import Originals

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="内存上限（RLIMIT_AS）只在 Linux 上可设"
)


@pytest.fixture(scope="module")
def originals() -> Originals:
    return Originals.of_sample(foreign=False)


@pytest.mark.parametrize(
    ("what", "number"),
    [("workbook", 40), ("template", 14), ("report", 16), ("record", 8), ("folder", 6)],
)
def test_damaged_files_give_issues_or_a_refusal(
    what: str, number: int, originals: Originals
) -> None:
    tally = workers.run(what, range(number), 7, originals, workers=1)
    assert tally.faults == {}
    assert tally.counts.total() == number
    assert len(tally.counts) >= 2  # some are read, some are not
    assert tally.slowest < workers.SECONDS


def test_every_case_can_be_made_again(originals: Originals) -> None:
    first = [originals.case("workbook", 3, number) for number in range(20)]
    assert first == [originals.case("workbook", 3, number) for number in range(20)]
    assert len({case.content for case in first}) == 20


@pytest.mark.usefixtures("_parsed_here")
def test_a_traceback_and_a_lack_of_memory_are_faults(
    originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = originals.case("workbook", 0, 0)
    case = replace(case, content=originals.workbooks[case.file])
    assert not cases.outcome(case, originals).startswith("!")
    monkeypatch.setattr(cases, "validate_workbooks", lambda *_: {}["没有"])
    assert cases.outcome(case, originals).startswith("!KeyError test_fuzz.py")
    monkeypatch.setattr(parsing, "parse_workbook", out_of_memory)
    assert cases.outcome(case, originals) == "!memory"


def test_a_case_that_takes_too_long_is_a_fault(
    originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.0)
    tally = workers.run("workbook", [1], 0, originals, workers=1)
    assert tally.faults == {1: "!stuck"}


def out_of_memory(*_: object) -> RawWorkbook:
    raise MemoryError
