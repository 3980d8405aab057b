"""``python -m tests.fuzz.faults [WORD …]``: every command killed before each of its steps, each refused.

The commands (those whose name holds one of the words) run on the sample, with what people have typed
beside it.  Before every step that the working folder's room asks of the system the command dies; then
the step is refused, three times for different reasons, once where it only looks.  The small stories
(WORD ``small``) are refused for every reason.  After each, and after the next run, nothing may be
lost, half done, doubled as “（2）” or stale.

What a command works out from the same bytes is worked out once (``remembered``): only the steps differ.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
import os
import pickle
import shutil
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import docx
import openpyxl

import reportgen
from reportgen.charts import likeness
from reportgen.charts import render as drawing
from reportgen.commands import standard_files
from reportgen.commands.check import send_back
from reportgen.commands.folder import template
from reportgen.commands.folder.template import EDITION
from reportgen.commands.init import init_from
from reportgen.commands.proofread import proofread
from reportgen.commands.standard_files import forms
from reportgen.excel.mark import marked_copy
from reportgen.excel.read import reader
from reportgen.excel.write import added_rows, result_book
from reportgen.excel.write import forms as writer
from reportgen.reports.kind import ReportKind
from reportgen.validation import validate_workbooks
from reportgen.word.after import comments, finalize
from reportgen.word.compare import verify
from reportgen.word.document import plain_lines
from reportgen.word.render import fill
from tests.support.faults import LOOKING, REFUSALS, STORIES, Story, play
from tests.support.ledgers import COMPLETE, as_text
from tests.support.letters import Round

REMEMBERED = (
    reader.read_workbook, validate_workbooks, standard_files.make_sample_case, standard_files.make_sample_field_list,
    standard_files.make_sentence_file, template.make_default_template, marked_copy.mark_workbook, writer.write_form,
    result_book.write_result_book,
    fill.fill_template, verify.verify_report, finalize.finalize_report, comments.comment_findings,
    comments.comment_paragraphs, plain_lines.read_plain_lines, added_rows.add_rows, drawing.render,
    likeness.make_print,
)  # fmt: skip
"""Functions whose result follows from their arguments alone."""
REPORT = "output/报告.docx"
LETTER = "答复函/食品.docx"
ROUNDS = "审核记录.xlsx"


@contextmanager
def remembered() -> Iterator[None]:
    """Wherever they have been imported, the functions compute each result once."""
    with ExitStack() as stack:
        for function in REMEMBERED:
            once = _once(function)
            for name, module in list(sys.modules.items()):
                for own, value in (
                    list(vars(module).items()) if name.startswith("reportgen") else ()
                ):
                    if value is function:
                        stack.enter_context(mock.patch.object(module, own, once))
        stack.enter_context(mock.patch.object(os, "fsync"))  # the run after a fault need not wait
        yield


def _once(function: Callable[..., Any]) -> Callable[..., Any]:
    results: dict[bytes, Any] = {}

    @functools.wraps(function)
    def once(*arguments: Any, **options: Any) -> Any:
        key = _key((arguments, options))
        if key not in results:
            results[key] = function(*arguments, **options)
        return results[key]

    return once


def _key(arguments: object) -> bytes:
    """A hash of the arguments."""
    buffer = io.BytesIO()
    _Pickler(buffer, 5).dump(arguments)
    return hashlib.sha256(buffer.getvalue()).digest()


class _Pickler(pickle.Pickler):
    """Functions and kinds of report stand for themselves."""

    def reducer_override(self, each: object) -> Any:
        if isinstance(each, types.FunctionType):
            return str, (each.__qualname__,)
        if isinstance(each, types.MappingProxyType):
            return dict, (dict(each),)
        return (str, (each.register.name,)) if isinstance(each, ReportKind) else NotImplemented


def _sample(folder: Path) -> None:
    reportgen.init(folder, sample=True)


def _unreturned(folder: Path) -> None:
    _sample(folder)
    (folder / "填报/市场监督管理所.xlsx").unlink()


def _reworded(folder: Path) -> None:
    """A report of ours, and a template that has been changed since."""
    _sample(folder)
    _build(folder)
    _edit(folder / "报告模板.docx")


def _edited(folder: Path) -> None:
    """A report that somebody has gone on writing in."""
    _reworded(folder)
    (report,) = (folder / "output").glob("*报告.docx")
    shutil.move(report, folder / REPORT)
    _edit(folder / REPORT)


def _faulty(folder: Path) -> None:
    """A return whose marked copy has been made, and which has changed since."""
    _unreturned(folder)
    path = folder / "填报/农业农村办公室.xlsx"
    content = path.read_bytes()
    path.write_bytes(b"PK" + content)
    _check(folder)
    path.write_bytes(content)


def _edit(path: Path) -> None:
    document = docx.Document(str(path))
    document.add_paragraph("这一段是后来写的。")
    document.core_properties.modified = EDITION + dt.timedelta(1)
    document.save(str(path))


def _check(folder: Path) -> None:
    send_back(reportgen.check(folder), folder, folder / "output")


def _status(folder: Path) -> None:
    reportgen.status(folder, folder / "output", EDITION.date())


def _build(folder: Path) -> None:
    reportgen.build(folder, folder / "output")


def _draft(folder: Path) -> None:
    reportgen.build(folder, folder / "output", draft=True)


def _import(folder: Path) -> None:
    reportgen.import_ledger(folder / "旧台账.csv", folder / "新")


def _cards(folder: Path) -> None:
    reportgen.cards(folder, folder / "output")


def _review(folder: Path) -> None:
    reportgen.review(folder, folder / "output", EDITION.date())


def _reviewed(folder: Path) -> None:
    """Letters reviewed once, one of which has come anew, and what the office wrote in the record."""
    _sample(folder)
    (folder / LETTER).parent.mkdir()
    (folder / LETTER).write_bytes(replace(Round(), addressee="张庆里代表：").to_bytes())
    (folder / LETTER).with_name("又一份.docx").write_bytes(Round().to_bytes())
    _review(folder)
    record = openpyxl.load_workbook(folder / ROUNDS)
    record["审核记录"]["N3"] = "自加的栏"
    record.save(folder / ROUNDS)
    (folder / LETTER).write_bytes(replace(Round(), unit="市场监管所").to_bytes())


def _proofread(folder: Path) -> None:
    proofread(folder / REPORT, today=EDITION.date(), comments=True)


def _ledger(folder: Path) -> None:
    (folder / "旧台账.csv").write_bytes(as_text(COMPLETE, "utf-8"))


def _then(
    first: Callable[[Path], object], second: Callable[[Path], object]
) -> Callable[[Path], None]:
    def both(folder: Path) -> None:
        first(folder)
        second(folder)

    return both


COMMANDS: tuple[tuple[Story, tuple[str, ...]], ...] = (
    (Story("init", lambda _: None, _sample, {}), ()),
    (Story("init --from", _sample, lambda f: init_from(f / "新", f), {}), ("建议台账.xlsx",)),
    (Story("assign", _unreturned, reportgen.assign, {}), ("建议台账.xlsx", "填报/农业农村办公室.xlsx")),
    (Story("check", _faulty, _check, {}), ("填报/农业农村办公室.xlsx",)),
    (Story("status", _then(_unreturned, _status), _status, {}), ("建议台账.xlsx",)),
    (Story("build", _sample, _build, {}), ("建议台账.xlsx",)),
    (Story("build anew", _reworded, _build, {}), ("报告模板.docx",)),
    (Story("build --draft", _then(_unreturned, _draft), _draft, {}), ("建议台账.xlsx",)),
    (Story("finalize", _edited, lambda f: reportgen.finalize(f / REPORT, f, force=True), {}), (REPORT,)),
    (Story("verify", _edited, lambda f: reportgen.verify(f / REPORT, f, comments=True), {}), (REPORT,)),
    (Story("refresh", _edited, lambda f: reportgen.refresh(f / REPORT, f, other_template=True), {}), (REPORT,)),
    (Story("cards", _then(_unreturned, _cards), _cards, {}), ("建议台账.xlsx",)),
    (Story("review", _reviewed, _review, {}), (LETTER, ROUNDS)),
    (Story("proofread", _edited, _proofread, {}), (REPORT,)),
    (Story("forms", _then(forms, lambda f: _edit(f / "报告模板.docx")), lambda f: forms(f, overwrite=True), {}), ("报告模板.docx",)),
    (Story("fields", _sample, standard_files.fields, {}), ("建议台账.xlsx",)),
    (Story("sentences", _sample, standard_files.sentences, {}), ("建议台账.xlsx",)),
    (Story("import-ledger", _ledger, _import, {}), ("旧台账.csv",)),
)  # fmt: skip
"""Each command, and of the files that people have made there those to be looked for afterwards."""


def faults(story: Story, *, every: int = 1, reasons: int = 3) -> Iterator[tuple[int, str]]:
    """Step by step (every so many), what is wrong: the number of the step, and the words."""
    with tempfile.TemporaryDirectory() as place, remembered():
        at, met = 1, "start"
        while met:
            met, wrong = play(story, Path(place), at)
            yield from ((at, f"killed at {met}: {line}") for line in wrong)
            turned = REFUSALS[at % len(REFUSALS) :] + REFUSALS[: at % len(REFUSALS)]
            chosen = turned[:1] if met in LOOKING else turned[:reasons]
            for refusal in chosen if met else ():
                _, wrong = play(story, Path(place), at, refusal)
                yield from ((at, f"{met} refused ({refusal}): {line}") for line in wrong)
            yield at, ""
            at += every


def lay_once(story: Story, names: tuple[str, ...], place: Path) -> Story:
    """The story with its folder made once, and what stands there under these names as typed."""
    place.mkdir()
    story.before(place)
    typed = {name: (place / name).read_bytes() for name in names}
    return Story(
        story.name, lambda f: shutil.copytree(place, f, dirs_exist_ok=True), story.run, typed
    )


def main(words: list[str]) -> int:
    """Print what is wrong, and the steps of each command."""
    wrong = 0
    for name, story, typed, reasons in _chosen(words):
        clock, at = time.process_time(), 0
        with tempfile.TemporaryDirectory() as place:
            made = lay_once(story, typed, Path(place) / "made") if typed else story
            for at, line in faults(made, reasons=reasons):
                wrong += bool(line)
                sys.stdout.write(f"{name}, step {at}: {line}\n" if line else "")
                sys.stdout.flush()
        sys.stdout.write(f"{name}: {at - 1} steps, {time.process_time() - clock:.0f} s of CPU\n")
        sys.stdout.flush()
    sys.stdout.write(f"{wrong} faults\n")
    return 1 if wrong else 0


def _chosen(words: list[str]) -> Iterator[tuple[str, Story, tuple[str, ...], int]]:
    every = [(f"small {story.name}", story, (), len(REFUSALS)) for story in STORIES]
    every += [(story.name, story, typed, 3) for story, typed in COMMANDS]  # type: ignore[misc]
    return (each for each in every if not words or any(word in each[0] for word in words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
