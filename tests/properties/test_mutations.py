"""Damaged copies of the 永安镇 case: every fault is found at its place, and nothing else is.

The tables are in ``mutations``; here each of their rows is laid in a folder and checked.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
import string
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

import reportgen
import tests
from reportgen.commands.check import CheckedFolder
from reportgen.excel.read import reader
from reportgen.issues import CATALOGUE, Issue, Severity
from reportgen.reports import KINDS
from reportgen.reports.suggestions.figures.joined_items import join_items
from tests.support.command_line import run_here
from tests.support.damage import Change, Folder
from tests.support.mutations import (
    BUILD,
    DAMAGED,
    ECON,
    FARM,
    HINTED,
    MARKET,
    OFFICE,
    SOCIAL,
    UNTIDY,
    Damaged,
    Untidy,
    day,
    named,
)  # fmt: skip
from tests.support.returned_forms import AS_IF_NEVER, RETURNED
from tests.support.tiny_kind import LAMPS

BETWEEN_CHINESE = re.compile(r"[\u4e00-\u9fff”》）][,:;!?()][\u4e00-\u9fff“《（]")

ALL_DAMAGED = (*DAMAGED, *RETURNED)
ALL_UNTIDY = (*UNTIDY, *AS_IF_NEVER)

_read = functools.cache(reader.read_workbook)


@pytest.fixture(autouse=True)
def each_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most files of a damaged folder are those of the sample: reading them again shows nothing."""
    monkeypatch.setattr(reader, "read_workbook", _read)


def lay(sample: Folder, changes: Iterable[Change], folder: Path) -> Path:
    """The sample in that folder, with these changes made to it."""
    files = dict(sample)
    for change in changes:
        change(files)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def shown(name: str, checked: CheckedFolder) -> str:
    """What a failing test shows: the row of the table, and the issues as the user reads them."""
    lines = [
        f"{issue.code} {issue.file} {issue.place}：{issue.message}。{issue.remedy}。"
        for issue in checked.issues
    ]
    return "\n".join([name, *lines])


def meaning(checked: CheckedFolder) -> object:
    """What a folder says, wherever it stands: figures, items, settings."""
    report = KINDS[0].report(checked.dataset)
    figures = {fact.key: (fact.value, fact.text, fact.unit) for fact in report.facts.values()}
    return figures, join_items(checked.dataset).table.to_dict("records"), checked.dataset.settings


@pytest.mark.parametrize("today", [None, day(1, 1), day(6, 5), day(6, 6), day(12, 31, 2050)])
def test_the_sample_itself_has_no_issue_whatever_the_day(
    today: dt.date | None, sample: Folder, tmp_path: Path
) -> None:
    found = list(reportgen.check(lay(sample, (), tmp_path), today=today).issues)
    assert {issue.code for issue in found} <= {"not-rated"}  # as of June nobody has been asked yet
    assert not found or (today is not None and today.month == 6)


@pytest.mark.parametrize("case", ALL_DAMAGED, ids=lambda case: case.label)
def test_exactly_what_is_wrong_is_found(case: Damaged, sample: Folder, tmp_path: Path) -> None:
    folder = lay(sample, case.changes, tmp_path)
    checked = reportgen.check(folder, today=case.today, stage=case.stage)
    found = [(issue.code, issue.file, issue.sheet, issue.cell) for issue in checked.issues]
    assert Counter(found) == Counter(case.expected), shown(case.name, checked)
    for issue in checked.issues:
        assert_reads_well(issue)
        if issue.file.startswith("填报/") and issue.sheet:
            assert_meant_for_the_sender(replace(issue, outward=True))
    errors = [code for code, *_ in case.expected if CATALOGUE[code].severity is Severity.ERROR]
    assert len(checked.errors) == len(errors)
    if case.far_reaching:
        assert_countable(checked)


OFFICE_WORDS = (
    "台账",
    "承办部门”表",
    "代表名册",
    "办理规则",
    "“填报”",
    "“交办”",
    "软件",
    "工作目录",
)


def assert_meant_for_the_sender(issue: Issue) -> None:
    """A clerk is not told to change the office's sheets, nor what other departments filled in."""
    said = f"{issue.message}。{issue.remedy}".replace("请交办机关在台账“延期答复”中填“是”", "")
    assert [word for word in OFFICE_WORDS if word in said] == [], said
    others = [Path(name).stem for name in (FARM, ECON, BUILD, SOCIAL, MARKET) if name != issue.file]
    named = [name for name in others if name in said.replace(issue.value, "")]
    assert [name for name in named if name not in Path(issue.file).stem] == [], said


def assert_reads_well(issue: Issue) -> None:
    """Nothing left unfilled, full-width punctuation, printable on a Chinese console."""
    kind, given = CATALOGUE[issue.code], dict(issue.details)
    given |= {
        name: text for name, text in (("column", issue.column), ("value", issue.value)) if text
    }
    wanted = {
        name for pattern in (kind.message, kind.remedy)
        for _, name, _, _ in string.Formatter().parse(pattern) if name
    }  # fmt: skip
    assert wanted <= set(given), f"{issue.code}缺{wanted - set(given)}"
    for text in (issue.message, issue.remedy):
        assert not re.search(r"\{[a-z_]*\}", text), text
        assert not BETWEEN_CHINESE.search(text), text
        assert text[-1] not in "。，；：", text
        text.encode("gbk")


def assert_countable(checked: CheckedFolder) -> None:
    """A draft can be made of what is left, and no department answered more than it was given."""
    figures = KINDS[0].report(checked.dataset).facts
    for key, fact in figures.items():
        if key.endswith("正在办理件数"):
            assert isinstance(fact.value, int)
            assert fact.value >= 0, key


ELSEWHERE = {
    "active-content": "excel/test_active_content.py",
    "bloated": "excel/test_containers.py",
    "measure-open": "validation/test_generations.py",
    "measure-repeated": "validation/test_generations.py",
    "newer-gone": "validation/test_generations.py",
    "newer-sent-out": "validation/test_generations.py",
    "stale-copy": "validation/test_generations.py",
    "stale-copy-differs": "validation/test_generations.py",
    "superseded": "validation/test_generations.py",
    "parts-added": "commands/test_second_kind.py",
    "odd-key": "validation/test_what_clerks_type.py",
    "packed": "excel/test_reader.py",
    "restricted": "excel/test_reader.py",
    "taken-as": "validation/test_what_clerks_type.py",
    "unseen-row": "validation/test_dirty_cells.py",
    "too-long": "properties/test_linear.py",
    "unit-copied": "commands/test_rollup.py",
    "unit-divides-otherwise": "suggestions/test_rolled_up.py",
    "unit-figure-unlike": "reports/test_rollup.py",
    "unit-left-out": "commands/test_rollup.py",
    "unit-named-alike": "commands/test_rollup.py",
    "unit-named-twice": "commands/test_rollup.py",
    "unit-of-other-period": "commands/test_rollup.py",
    "unit-states-otherwise": "commands/test_rollup.py",
}
"""Codes that a table of changed workbooks cannot provoke, and where they are."""


def test_every_kind_of_issue_is_provoked() -> None:
    here = {code for case in ALL_DAMAGED for code, *_ in case.expected}
    assert CATALOGUE.keys() - LAMPS.codes.keys() == here | ELSEWHERE.keys()
    for code, file in ELSEWHERE.items():
        assert code not in here
        assert f'"{code}"' in (Path(tests.__file__).parent / file).read_text("utf-8")


def test_no_row_stands_twice_in_the_tables() -> None:
    names = Counter([*(one.name for one in ALL_DAMAGED), *(one.name for one in ALL_UNTIDY)])
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(("change", "hint"), HINTED)
def test_the_nearest_name_is_offered(
    change: Change | tuple[Change, ...], hint: str, sample: Folder, tmp_path: Path
) -> None:
    changes = change if isinstance(change, tuple) else (change,)
    (issue,) = reportgen.check(lay(sample, changes, tmp_path)).issues
    assert (f"（是不是“{hint}”？）" if hint else "") in issue.message
    assert bool(hint) == ("是不是" in issue.message), issue.message


@pytest.fixture(scope="session")
def sample_meaning(sample: Folder, tmp_path_factory: pytest.TempPathFactory) -> object:
    return meaning(reportgen.check(lay(sample, (), tmp_path_factory.mktemp("sample"))))


@pytest.mark.parametrize("case", ALL_UNTIDY)
def test_dirt_changes_nothing(
    case: Untidy, sample: Folder, sample_meaning: object, tmp_path: Path
) -> None:
    checked = reportgen.check(lay(sample, case.changes, tmp_path / "untidy"))
    assert not checked.issues, shown(case.name, checked)
    tidy = sample_meaning
    if case.like:
        tidy = meaning(reportgen.check(lay(sample, case.like, tmp_path / "tidy")))
    assert meaning(checked) == tidy, case.name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("填报表成了加密的文件", 1),
        ("一次找出各处的错", 1),
        ("还在办理", 0),
    ],
    ids=["one", "many", "reminder"],
)
def test_the_command_says_the_same(name: str, code: int, sample: Folder, tmp_path: Path) -> None:
    case = named(name)
    folder = lay(sample, case.changes, tmp_path)
    plain = run_here("check", folder)
    assert (plain.returncode, plain.stderr) == (code, "")
    for _, file, sheet, cell in case.expected:
        assert file in plain.stdout
        assert not cell or f"“{sheet}”表 {cell}：" in plain.stdout
    as_data = run_here("check", folder, "--json")
    issues = json.loads(as_data.stdout)["issues"]
    places = [tuple(issue[part] for part in ("code", "file", "sheet", "cell")) for issue in issues]
    assert (as_data.returncode, as_data.stderr) == (code, "")
    assert Counter(places) == Counter(case.expected)


@pytest.mark.parametrize("content", [None, b"PK\x03\x04"], ids=["missing", "torn"])
def test_without_a_usable_register_the_command_cannot_run(
    content: bytes | None, sample: Folder, tmp_path: Path
) -> None:
    folder = lay(sample, (), tmp_path)
    (folder / OFFICE).unlink()
    if content is not None:
        (folder / OFFICE).write_bytes(content)
    done = run_here("check", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("不能继续：")
    assert OFFICE in done.stderr
    assert "Traceback" not in done.stderr
