"""One folder of ``rollup``: its figures, and what its own report states otherwise; nothing is raised."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen import workspace
from reportgen.commands.check import CheckedFolder, check
from reportgen.commands.folder.inputs import put_in_words
from reportgen.commands.many.folder_report import MOST_ERRORS, name_death
from reportgen.errors import ReportError, ReportgenError
from reportgen.facts.model import add_unit
from reportgen.facts.report import Report
from reportgen.reports.rollup.units import StatedOtherwise, UnitResult, reduce_report

UNREADABLE = "没有台账，或者台账不能使用"


@dataclass(frozen=True)
class UnitTask:
    """A folder to be counted: ``name``, its path below the root; ``reports``: where else its report is."""

    name: str
    folder: Path
    reports: tuple[Path, ...] = ()

    def run(self) -> Sequence[UnitResult]:
        """Check the folder, count, and keep what is rolled up; a sequence of one, to be joined."""
        begun = time.perf_counter()
        try:
            result = _count_unit(self)
        except ReportgenError as error:
            result = self._leave_out("；".join(error.lines), UNREADABLE)
        except OSError as error:
            result = self._leave_out(str(error), UNREADABLE)
        except Exception as error:  # noqa: BLE001 (our own mistake must not cost the other folders)
            result = self._leave_out(f"程序出了意外，这是软件的问题（{type(error).__name__}）")
        return (replace(result, seconds=time.perf_counter() - begun),)

    def explain_death(self, seconds: float, *, too_long: bool) -> Sequence[UnitResult]:
        """What is said of a folder at which the process ended."""
        return (replace(self._leave_out(name_death(too_long=too_long)), seconds=seconds),)

    def _leave_out(self, reason: str, why: str = "统计时程序中断") -> UnitResult:
        return UnitResult(self.name, digest=self.name, reasons=(reason,), why=why)


def _count_unit(task: UnitTask) -> UnitResult:
    checked = check(task.folder)
    kind, digest = checked.kind, _digest(checked)
    if checked.errors:
        why = f"填报的数据有{len(checked.errors)}处错误，还没有改正"
        return UnitResult(task.name, digest, kind.name, reasons=_describe_errors(checked), why=why)
    report = kind.report(checked.dataset)
    figures = reduce_report(report, kind.rollup())
    keys = dict.fromkeys([*figures.facts, *figures.divided])
    stated = tuple(_find_stated_otherwise(task, report, keys))
    return UnitResult(task.name, digest, kind.name, figures, stated=stated)


def _digest(checked: CheckedFolder) -> str:
    """Of what was read, names included; what else lies in the folder makes no other town of it."""
    listed = "\n".join(f"{name} {digest}" for name, digest in sorted(checked.inputs.items()))
    return hashlib.sha256(listed.encode(errors="replace")).hexdigest()


def _describe_errors(checked: CheckedFolder) -> tuple[str, ...]:
    errors = checked.errors
    more = len(errors) - MOST_ERRORS
    said = [put_in_words(issue) for issue in errors[:MOST_ERRORS]]
    return tuple(said + ([f"还有{more}处错误。"] if more > 0 else []))


def _find_stated_otherwise(
    task: UnitTask, report: Report, keys: Iterable[str]
) -> Iterator[StatedOtherwise]:
    """Where the unit's own report, if it has one, shows other figures than its data."""
    stem = workspace.to_file_name(report.title)
    for path in workspace.find_documents([task.folder, *task.reports], stem):
        shown = _read_shown(path)
        for key in keys:
            fact = report.facts.get(key)
            text, unit = (fact.text, fact.unit) if fact else ("", "")
            now = add_unit(text, unit) or "没有这个数"
            wrong = [each for each in shown.get(key, ()) if each[0] != text]
            for said, places in _group_places(wrong).items():
                yield StatedOtherwise(path.name, places, key, add_unit(said, unit), now)


def _group_places(shown: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """By text where it stands: the first place, and how many there are."""
    found: dict[str, list[str]] = {}
    for text, place in shown:
        found.setdefault(text, []).append(place)
    return {
        text: places[0] + (f"等{len(places)}处" if len(places) > 1 else "")
        for text, places in found.items()
    }


def _read_shown(path: Path) -> Mapping[str, Sequence[tuple[str, str]]]:
    """By figure, what the document shows of it and where; a document that is no report shows none."""
    from reportgen.word.document.reader import read_report  # noqa: PLC0415

    try:
        content = read_report(workspace.read_document(path)).content
    except ReportError:
        return {}
    found: dict[str, list[tuple[str, str]]] = {}
    for paragraph in content.figured:
        for figure in paragraph.figures:
            found.setdefault(figure.key, []).append((figure.text.strip(), paragraph.place))
    return found
