"""What a case is: which file of the 永安镇 case is damaged how, and how it must end.

A case has a number; seed and number decide everything, so that any case can be made again.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import reportgen
from reportgen import workspace
from reportgen.charts.kinds import Chart
from reportgen.commands.folder.template import read_default_sentences
from reportgen.errors import ReportError, TemplateError
from reportgen.excel.mark import marked_copy
from reportgen.excel.read import parsing, reader
from reportgen.facts.model import from_json
from reportgen.facts.provenance import trace_figure
from reportgen.facts.report import Report
from reportgen.issues import Issue, Severity, arrange_issues
from reportgen.raw import RawWorkbook
from reportgen.reports import KINDS
from reportgen.validation import validate_workbooks
from reportgen.word.after.comments import comment_findings
from reportgen.word.after.finalize import finalize_report
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.reader import open_report
from reportgen.word.refresh import merge_reports
from reportgen.word.refresh.as_opened import open_filled_report
from reportgen.word.render.fill import fill_template, make_filled_report
from reportgen.word.template.sentences import Template
from reportgen.word.xml import package
from tests.fuzz import commands
from tests.fuzz.damage import damaged
from tests.fuzz.json_damage import with_damaged_record

KIND = KINDS[0]
EDITED = "报告.docx"
FOREIGN = 0.015
"""Share of .xls and .ods among the workbooks: each costs a process."""


@dataclass(frozen=True)
class Case:
    """A damaged file: what it is tried as, its name in the working folder and its bytes."""

    kind: str
    number: int
    file: str
    content: bytes


@dataclass
class Originals:
    """The files before the damage: ``workbooks`` and ``template`` of the sample case, and
    ``foreign``, some of the workbooks as LibreOffice writes them in other formats."""

    workbooks: Mapping[str, bytes]
    template: bytes
    foreign: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def of_sample(cls, *, foreign: bool) -> Originals:
        """Made anew; without .xls and .ods if LibreOffice is not there."""
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "sample"
            reportgen.init(folder, sample=True)
            books = {
                file.name: file.content or b""
                for file in [
                    workspace.find_register(folder, [KIND.register_file]),
                    *workspace.iter_returns(folder),
                ]
            }
            template = (folder / workspace.TEMPLATE).read_bytes()
            chosen = [folder / name for name in (*list(books)[:3],)] if foreign else []
            others = {
                f"{path.relative_to(folder).with_suffix('').as_posix()}.{kind}": content
                for path in chosen
                for kind in ("xls", "ods")
                if (content := _converted(path, kind, Path(scratch)))
            }
        return cls(books, template, others)

    @cached_property
    def read(self) -> Mapping[str, RawWorkbook]:
        """The sound workbooks."""
        found = {
            name: reader.read_workbook(content, name)[0] for name, content in self.workbooks.items()
        }
        return {name: book for name, book in found.items() if book is not None}

    @cached_property
    def report(self) -> Report:
        """What the template is filled with."""
        return KIND.report(validate_workbooks(list(self.read.values()), tuple(KIND.workbooks))[0])

    @cached_property
    def folder(self) -> Mapping[str, bytes]:
        """A working folder after a year's work."""
        return commands.files()

    @cached_property
    def edited(self) -> bytes:
        """A report as it may be edited."""
        return fill_template(
            Template(self.template, read_default_sentences(KIND)), self.report, _drawn
        )

    def prepare(self, what: str) -> None:
        """Read what the cases need, before the first of them is timed."""
        assert getattr(self, KINDS_OF_CASES[what].needs)

    def case(self, kind: str, seed: int, number: int) -> Case:
        """The damaged file of that number."""
        rng = random.Random(f"{kind} {seed} {number}")
        return Case(kind, number, *KINDS_OF_CASES[kind].make(self, rng))

    def _workbook(self, rng: random.Random) -> tuple[str, bytes]:
        files = self.foreign if rng.random() < FOREIGN and self.foreign else self.workbooks
        name = rng.choice(list(files))
        if files is self.workbooks and rng.random() < 0.4:
            name = KIND.register_file
        return name, damaged(rng, files[name])

    def _template(self, rng: random.Random) -> tuple[str, bytes]:
        return workspace.TEMPLATE, damaged(rng, self.template)

    def _report(self, rng: random.Random) -> tuple[str, bytes]:
        return EDITED, damaged(rng, self.edited)

    def _record(self, rng: random.Random) -> tuple[str, bytes]:
        return EDITED, with_damaged_record(rng, self.edited)

    def _folder(self, rng: random.Random) -> tuple[str, bytes]:
        return commands.damaged_file(rng, self.folder)


def outcome(case: Case, originals: Originals) -> str:
    """How a case ended, in a word; what it must not end in begins with ``!``."""
    judge = KINDS_OF_CASES[case.kind].judge
    with _memory_watched() as ran_out:
        try:
            found = judge(case, originals)
        except MemoryError:
            found = "!memory"
        except Exception as error:  # noqa: BLE001
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            return f"!{type(error).__name__} {where} {error}"[:300]
    return "!memory" if ran_out else found


def _checked(case: Case, originals: Originals) -> str:
    """Read, validated, compared and, where there are errors, sent back marked."""
    stem = case.file.rpartition(".")[0]
    sound = {
        name: book
        for name, book in originals.read.items()
        if name.rpartition(".")[0] != stem
        and (name == KIND.register_file or stem == KIND.register_file.rpartition(".")[0])
    }
    book, issues = reader.read_workbook(case.content, case.file)
    if book is None:
        _told(issues)
        return "unreadable"
    books = [book, *sound.values()] if stem == "建议台账" else [*sound.values(), book]
    dataset, found = validate_workbooks(books, tuple(KIND.workbooks))
    found = arrange_issues((*found, *KIND.check(dataset)), dataset.letters)
    _told([*issues, *found])
    own = [issue for issue in found if issue.file == case.file]
    marked = ""
    if any(issue.severity is Severity.ERROR for issue in own):
        marked = ", marked" if marked_copy.mark_workbook(case.content, own) else ", no copy"
    return f"issues{marked}" if own else "no issue"


def _filled(case: Case, originals: Originals) -> str:
    """A damaged template: filled, or refused with its mistakes."""
    try:
        fill_template(
            Template(case.content, read_default_sentences(KIND)), originals.report, _drawn
        )
    except TemplateError as error:
        return "refused" if error.mistakes and str(error) else "!without mistakes"
    return "filled"


def _looked_after(case: Case, originals: Originals) -> str:
    """A damaged report: verified, marked, finalized and refreshed, or refused."""
    try:
        opened = open_report(case.content)
    except ReportError as error:
        return "refused" if str(error) else "!without a word"
    found = verify_report(opened.reading)
    written = [finalize_report(case.content)]
    with suppress(ReportError):  # nowhere to put a comment
        written.append(comment_findings(case.content, found))
    if case.number % 4 == 0:
        fresh = make_filled_report(
            Template(originals.template, read_default_sentences(KIND)), originals.report, _drawn
        )
        written.append(merge_reports(opened, open_filled_report(fresh)).content)
    facts = from_json(opened.reading.record["facts"])
    assert all(trace_figure(facts, key) for key in list(facts)[case.number % 7 :: 7])
    assert all(map(str, found))
    for content in written:
        package.read_word_package(content)
    return "findings" if found else "nothing found"


def _ended(case: Case, originals: Originals) -> str:
    return commands.judge(case.file, case.content, case.number, originals.folder)


@dataclass(frozen=True)
class Kind:
    """How a kind of case is made and judged, and what of the originals it needs."""

    make: Callable[[Originals, random.Random], tuple[str, bytes]]
    judge: Callable[[Case, Originals], str]
    needs: str


KINDS_OF_CASES: Mapping[str, Kind] = {
    "workbook": Kind(Originals._workbook, _checked, "read"),
    "template": Kind(Originals._template, _filled, "report"),
    "report": Kind(Originals._report, _looked_after, "edited"),
    "record": Kind(Originals._record, _looked_after, "edited"),
    "folder": Kind(Originals._folder, _ended, "folder"),
}
"""By name."""


def _drawn(chart: Chart) -> bytes:
    assert chart.title
    return _PIXEL


def _told(issues: Sequence[Issue]) -> None:
    """Every issue can be put into words."""
    for issue in issues:
        assert issue.message
        assert issue.remedy
        assert issue.place or not issue.cell


@contextmanager
def _memory_watched() -> Iterator[list[bool]]:
    """Whether memory ran out inside the reader, which takes every exception for a damaged file."""
    ran_out: list[bool] = []
    parse = parsing.parse_workbook

    def watched(content: bytes) -> parsing.Parsed:
        try:
            return parse(content)
        except MemoryError:
            ran_out.append(True)
            raise

    parsing.parse_workbook = watched
    try:
        yield ran_out
    finally:
        parsing.parse_workbook = parse


def _converted(path: Path, kind: str, scratch: Path) -> bytes | None:
    office = shutil.which("soffice")
    if office is None:
        return None
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(scratch),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # fmt: skip
    return (scratch / f"{path.stem}.{kind}").read_bytes()


_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001488af5740000000049454e44ae426082"
)
