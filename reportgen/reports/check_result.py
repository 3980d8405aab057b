"""核查结果: who has returned and how it stands, every issue, and what to write to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from reportgen.data import Dataset, Rows
from reportgen.issues import Issue, Severity
from reportgen.reports.assignment.progress import ReturnProgress
from reportgen.reports.assignment.return_checks import NOT_RETURNED
from reportgen.reports.assignment.return_state import ReturnState, shown_state
from reportgen.reports.kind import ReportKind
from reportgen.reports.words import KindWords
from reportgen.schema.columns import FreeText, WholeNumber
from reportgen.schema.model import Column, Sheet, Workbook

LISTED = 2000
"""So many issues of one file are listed."""
QUOTED = 8
"""So many issues are told in a letter that comes with a marked copy; without one, LONGEST."""
LONGEST = 20


def _make_text_column(name: str, width: int) -> Column:
    return Column(name, FreeText(), locked=True, width=width)


def _make_count_column(name: str) -> Column:
    return Column(name, WholeNumber(), locked=True, width=10)


NAME = "核查结果"


def check_result(kind: ReportKind) -> Workbook:
    """The workbook, with the columns of what the kind counts and of how it calls its items."""
    return Workbook(
        NAME,
        1,
        (
            Sheet(
                "交回情况",
                (
                    _make_text_column("部门", 22), _make_text_column("交回情况", 16), _make_text_column("文件", 34),
                    _make_text_column("最后保存", 18), *map(_make_count_column, kind.counted), _make_count_column("错误"),
                    _make_count_column("提醒"), _make_text_column("是否齐全", 10),
                ),
                "“交回情况”看表里填了什么：未填写是发出的空表还放在那里；"
                f"{kind.words.complete}；改正件是按核查意见改过交回的。齐全：已填齐，并且没有错误。"
                "“最后保存”取自文件本身记录的保存时间，没有记录的空着。",
                blank_rows=0,
            ),
            Sheet(
                "问题清单",
                (
                    _make_text_column("部门", 14), _make_text_column("文件", 20), _make_text_column("位置", 16),
                    *(_make_text_column(name, width) for name, width in _named(kind)),
                    _make_text_column("类别", 7), _make_text_column("问题", 38), _make_text_column("怎么改", 36),
                    _make_text_column("退改副本", 20),
                ),
                "全部问题，先列台账，再按部门列。退改副本里已把有问题的格子标出，可直接发给部门改正。",
                blank_rows=0,
            ),
            Sheet(
                "催报",
                (
                    _make_text_column("部门", 22), _make_text_column("联系人", 12), _make_text_column("电话", 18),
                    _make_text_column("催报内容", 100),
                ),
                "每个还没有交齐的部门一段话，复制“催报内容”即可发送；有退改副本的一并发去。",
                blank_rows=0,
            ),
        ),
        purpose="核查的结果：谁已交回，有哪些问题，怎样催报。只供查阅，不用填写。",
    )  # fmt: skip


def _named(kind: ReportKind) -> list[tuple[str, int]]:
    """The columns by which an item is known, its key and its title if it has one, and how wide."""
    first = next(iter(kind.hand_outs), None)
    columns = ((first.key, 7), (first.title, 24)) if first else ()
    return [(name, width) for name, width in columns if name]


NO_COPY = "没有生成（这个文件不能标注）"
ABOUT_A_DEPARTMENT = ("item-not-returned", *NOT_RETURNED)
"""Issues that stand at a cell of the register, where nothing is wrong: a department is to act."""


@dataclass(frozen=True)
class CheckOutcome:
    """What was checked, and for which kind: the dataset, its issues, and about the files they stand in.

    ``register``: the file that belongs to the office.  ``copies``: by file at fault, where its
    marked copy is, empty if there is none.  ``saved``: by file, when it was last saved.
    """

    kind: ReportKind
    dataset: Dataset
    issues: Sequence[Issue]
    progress: Sequence[ReturnProgress]
    register: str
    copies: Mapping[str, str]
    saved: Mapping[str, dt.datetime]

    @cached_property
    def by_department(self) -> Mapping[str, Sequence[Issue]]:
        """The issues by whose they are, in the departments' order; first those of none."""
        data = self.dataset
        known = (data.returned, data.unread, data.set_aside)
        owners = {file: name for by in known for name, files in by.items() for file in files}
        departments = [progress.department for progress in self.progress]
        found: dict[str, list[Issue]] = {department: [] for department in ("", *departments)}
        for issue in self.issues:
            found.setdefault(_find_owner(issue, owners), []).append(issue)
        return found

    @cached_property
    def items(self) -> Mapping[tuple[str, str, int], Mapping[str, object]]:
        """What the item in each row is known by, by file, tab and row."""
        named = [name for name, _ in _named(self.kind)]
        return {
            (file, self.dataset.tabs.get((file, sheet), sheet), row): dict(
                zip(named, cells, strict=True)
            )
            for table in self.dataset.tables.values()
            if named and {*named} <= {*table.columns}
            for (file, sheet, row), cells in zip(
                table.index, table[named].itertuples(index=False, name=None), strict=True
            )
        }


def make_result_rows(outcome: CheckOutcome) -> Rows:
    """The rows of the workbook."""
    standings = [_make_standing(outcome, progress) for progress in outcome.progress]
    return {
        "交回情况": [_make_return_row(standing) for standing in standings],
        "问题清单": list(_iter_issue_rows(outcome)),
        "催报": [_make_letter_row(s, outcome) for s in standings if not s.complete],
    }


@dataclass(frozen=True)
class _DepartmentStanding:
    """One department: its files, the issues that it has to deal with, and the state as shown."""

    progress: ReturnProgress
    files: Sequence[str]
    issues: Sequence[Issue]
    saved: Sequence[dt.datetime]
    state: str

    @property
    def errors(self) -> Sequence[Issue]:
        return [issue for issue in self.issues if issue.severity is Severity.ERROR]

    @property
    def complete(self) -> bool:
        return self.progress.state is ReturnState.COMPLETE and not self.errors


def _make_standing(outcome: CheckOutcome, progress: ReturnProgress) -> _DepartmentStanding:
    name = progress.department
    files = outcome.dataset.returned.get(name, ())
    issues = outcome.by_department[name]
    saved = [outcome.saved[file] for file in files if file in outcome.saved]
    state = shown_state(outcome.dataset, name, progress.state)
    return _DepartmentStanding(progress, files, issues, saved, state)


def _find_owner(issue: Issue, owners: Mapping[str, str]) -> str:
    """Whose an issue is: named in it, or the owner of the file."""
    if issue.code in ABOUT_A_DEPARTMENT:
        return issue.details["department"]
    return owners.get(issue.file, "")


def _make_return_row(standing: _DepartmentStanding) -> Mapping[str, object]:
    progress = standing.progress
    return {
        "部门": progress.department,
        "交回情况": standing.state,
        "文件": "\n".join(standing.files),
        "最后保存": _format_moment(max(standing.saved)) if standing.saved else "",
        **progress.counts,
        "错误": len(standing.errors),
        "提醒": len(standing.issues) - len(standing.errors),
        "是否齐全": "是" if standing.complete else "否",
    }


def _format_moment(moment: dt.datetime) -> str:
    return f"{moment.year}-{moment.month}-{moment.day} {moment:%H:%M}"


# 问题清单


def _iter_issue_rows(outcome: CheckOutcome) -> Iterator[Mapping[str, object]]:
    listed: dict[str, int] = {}
    for department, issues in outcome.by_department.items():
        for issue in issues:
            listed[issue.file] = listed.get(issue.file, 0) + 1
            if listed[issue.file] <= LISTED:
                yield _make_issue_row(outcome, department, issue)
    for file, count in listed.items():
        if count > LISTED:
            yield {"文件": file, "问题": f"问题太多，只列出前{LISTED}处，另有{count - LISTED}处。"}


def _make_issue_row(outcome: CheckOutcome, department: str, issue: Issue) -> Mapping[str, object]:
    owner = "（台账）" if issue.file == outcome.register else "（看不出部门）"
    copy = None if issue.code in ABOUT_A_DEPARTMENT else outcome.copies.get(issue.file)
    return {
        "部门": department or owner,
        "文件": issue.file,
        "位置": issue.place or "整个文件",
        **outcome.items.get((issue.file, issue.sheet, _row_of(issue.cell)), {}),
        "类别": str(issue.severity),
        "问题": f"{issue.message}。",
        "怎么改": f"{issue.remedy}。",
        "退改副本": NO_COPY if copy == "" else copy,
    }


def _row_of(cell: str) -> int:
    """``J4`` → 4; 0 if an issue is not about one cell."""
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdecimal() else 0


# 催报


def _make_letter_row(standing: _DepartmentStanding, outcome: CheckOutcome) -> Mapping[str, object]:
    return {
        "部门": standing.progress.department,
        "联系人": standing.progress.contact,
        "电话": standing.progress.phone,
        "催报内容": _write_letter(standing, outcome),
    }


def _write_letter(standing: _DepartmentStanding, outcome: CheckOutcome) -> str:
    begun = standing.progress.state in (ReturnState.BEGUN, ReturnState.COMPLETE)
    paragraphs = (
        _iter_request_lines(standing, outcome)
        if begun
        else _iter_reminder_lines(standing, outcome.kind.words)
    )
    return "\n".join([f"{standing.progress.department}：", *paragraphs, "谢谢支持！"])


def _iter_reminder_lines(standing: _DepartmentStanding, words: KindWords) -> Iterator[str]:
    """Nothing has come, or only the form as it was sent out, or nothing that can be read."""
    progress = standing.progress
    damaged = [issue for issue in standing.errors if issue.code not in ABOUT_A_DEPARTMENT]
    blank = progress.state is ReturnState.BLANK
    waiting = "发去的填报表还没有填好交回。" if blank else "填报表还没有收到。"
    asked = words.asked.format_map(progress.counts) if any(progress.counts.values()) else ""
    yield asked + ("发来的填报表没能读取：" if damaged else waiting)
    yield from (_write_issue_sentence(issue, words, with_file=True) for issue in damaged)
    yield (
        "请处理后重新发来。" if damaged else "请抓紧填好后发来；如已发出，请核对一下是否发送成功。"
    )


def _iter_request_lines(standing: _DepartmentStanding, outcome: CheckOutcome) -> Iterator[str]:
    """What came is to be corrected or completed."""
    errors, words = standing.errors, outcome.kind.words
    copied = any(outcome.copies.get(issue.file) for issue in errors)
    shown = errors[: QUOTED if copied else LONGEST]
    yield "贵单位的填报表已收到。" + (f"核查发现{len(errors)}处需要改正：" if errors else "")
    several = len(standing.files) > 1
    for number, issue in enumerate(shown, 1):
        yield f"{number}. {_write_issue_sentence(issue, words, with_file=several)}"
    if len(errors) > len(shown):
        yield f"其余{len(errors) - len(shown)}处不一一列出。"
    for code, said in words.open.items():
        if count := sum(issue.code == code for issue in standing.issues):
            yield said.format(count=count)
    yield _explain_next_step(copied=copied, several=several)


def _write_issue_sentence(issue: Issue, words: KindWords, *, with_file: bool) -> str:
    """One issue of a file of theirs, or an item that is not in any."""
    if issue.code in ABOUT_A_DEPARTMENT:
        return f"{issue.message}。请补填；填报表里没有这一{words.counter}的，请告诉我们补发。"
    file = f"“{PurePosixPath(issue.file).name}”" if with_file else ""
    place = f"{file}{issue.place}：" if file or issue.place else ""
    return f"{place}{issue.message}。{issue.remedy}。"


def _explain_next_step(*, copied: bool, several: bool) -> str:
    if not copied:
        return "请改好后重新发来。"
    which = "随后发去的各个工作簿" if several else "随后发去的工作簿"
    return (
        f"{which}里，要改的格子已标成红色，批注和“核查意见”表写明了怎么改。"
        "请直接在里面改正，保存后发回；颜色和批注不用清除。"
    )
