"""The standard files: blank and prefilled workbooks, the sample, 模板字段表, the office's sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.commands.check import check
from reportgen.commands.folder.inputs import kind_of, read_register
from reportgen.commands.folder.template import (
    EDITION,
    choose_template,
    make_default_template,
    read_default_sentences,
)
from reportgen.commands.kinds import kind_named
from reportgen.data import Dataset, Rows
from reportgen.errors import WorkspaceError
from reportgen.excel.read import reader
from reportgen.issues import Issue
from reportgen.reports.kind import NO_ROWS, ReportKind
from reportgen.validation import validate_workbooks

if TYPE_CHECKING:
    from reportgen.facts.report import Report
    from reportgen.word.template.sentences import Sentences, Template


@dataclass(frozen=True)
class LaidFiles:
    """Files written by ``init``, ``assign`` or ``forms``; ``kept``: those that were there before.

    ``notes``: what of them to look at, in sentences.  ``register``: which of them is to be filled in.
    """

    written: Sequence[Path] = ()
    kept: Sequence[Path] = ()
    issues: Sequence[Issue] = field(default_factory=tuple)
    notes: Sequence[str] = ()
    register: str = ""


def forms(folder: Path, *, overwrite: bool = False, kind: ReportKind | None = None) -> LaidFiles:
    """Write the blank standard forms, the default template and 模板字段表.

    ``overwrite``: also in place of those that are there; what somebody has edited is put aside.

    Raises:
        WorkspaceError: to be overwritten is a register that is filled in.
    """
    kind = kind or kind_named()
    if overwrite:
        _refuse_filled(folder, kind)
    register = make_register_form(kind, kind.starter)
    blank = read_register(register, kind)
    content = {
        kind.register_file: register,
        kind.return_form_file: make_return_form(kind, blank, "", {}),
        workspace.TEMPLATE: make_default_template(kind),
        workspace.SENTENCES: make_sentence_file(read_default_sentences(kind)),
        workspace.FIELD_LIST: make_sample_field_list(kind),
    }
    return lay_files(folder, content, overwrite=overwrite)


def sentences(folder: Path) -> LaidFiles:
    """Write the built-in sentences into a working folder, to be edited; a file that is there stays."""
    kind = kind_of(folder)
    return lay_files(
        folder,
        {workspace.SENTENCES: make_sentence_file(read_default_sentences(kind))},
        overwrite=False,
    )


def fields(folder: Path) -> LaidFiles:
    """Make the folder's 模板字段表 anew, from its own data, template and sentences."""
    checked = check(folder)
    kind = checked.kind
    content = make_field_list(kind.report(checked.dataset), choose_template(folder, None, kind))
    path = folder / workspace.FIELD_LIST
    with workspace.lock_folder(folder):
        workspace.overwrite_file(path, content, worthless=is_as_made)
    return LaidFiles([path])


def uses_sentences(folder: Path) -> bool:
    """Whether the folder's template uses any sentence."""
    from reportgen.word.render.fill import find_used_sentences  # noqa: PLC0415

    kind = kind_of(folder)
    return bool(find_used_sentences(choose_template(folder, None, kind)))


def make_sentence_file(sentences: Sentences) -> bytes:
    """报告句子.docx of these sentences."""
    from reportgen.word.template import sentence_file  # noqa: PLC0415

    return sentence_file.write_sentence_file(sentences, date=EDITION.date())


def make_register_form(kind: ReportKind, rows: Rows, title: str = "") -> bytes:
    """The register with these rows by sheet."""
    from reportgen.excel.write import forms as writer  # noqa: PLC0415

    return writer.write_form(kind.register, rows=rows, title=title, created=EDITION)


def select_questions(rows: Rows, kind: ReportKind) -> Rows:
    """Of what is handed out, the rows that a department completes if it has to do with them."""
    items = [each.answers.name for each in kind.hand_outs]
    return {sheet: found for sheet, found in rows.items() if sheet not in items}


def make_return_form(
    kind: ReportKind, dataset: Dataset, department: str, rows: Rows, begun: Rows = NO_ROWS
) -> bytes:
    """A department's return with these rows by sheet, and the lists of the register.

    ``begun``: those of the rows that it may leave alone.
    """
    from reportgen.excel.write import forms as writer  # noqa: PLC0415

    return writer.write_form(
        kind.returned,
        rows=rows,
        lists=kind.lists(dataset),
        notes=kind.notes(dataset),
        begun=begun,
        owner=department,
        created=EDITION,
    )


@cache
def make_sample_case(kind: ReportKind) -> Mapping[str, bytes]:
    """The sample case as it would stand after the departments returned their workbooks.

    Of a kind without a sample, its blank register alone.
    """
    sample = kind.sample
    if sample is None:
        return {kind.register_file: make_register_form(kind, kind.starter)}
    register = make_register_form(kind, sample.register, sample.title)
    dataset = read_register(register, kind)
    content = {kind.register_file: register}
    for department, rows in kind.handed_out(dataset).items():
        filled = _fill_handed_out(rows, sample.returns[department], kind)
        name = f"{workspace.RETURNS}/{workspace.to_file_name(department)}.xlsx"
        content[name] = make_return_form(
            kind, dataset, department, filled, select_questions(rows, kind)
        )
    return content


def _fill_handed_out(handed_out: Rows, returned: Rows, kind: ReportKind) -> Rows:
    """The handed-out items, each completed by what the department wrote behind its key.

    What else it was asked stands there as it answered.
    """
    completed = {
        each.answers.name: [
            {**record, **_behind(record[each.key], each.key, returned[each.answers.name])}
            for record in handed_out.get(each.answers.name, ())
        ]
        for each in kind.hand_outs
    }
    return {**returned, **completed}


def _behind(
    value: object, key: str, records: Sequence[Mapping[str, object]]
) -> Mapping[str, object]:
    return next(own for own in records if own[key] == value)


@cache
def make_sample_field_list(kind: ReportKind) -> bytes:
    """模板字段表 of the default template, with the values of the sample case."""
    workbooks = [
        workbook
        for name, content in make_sample_case(kind).items()
        if (workbook := reader.read_workbook(content, name)[0]) is not None
    ]
    dataset, _ = validate_workbooks(workbooks, tuple(kind.workbooks))
    from reportgen.word.template.sentences import Template  # noqa: PLC0415

    return make_field_list(
        kind.report(dataset),
        Template(make_default_template(kind), read_default_sentences(kind)),
        "模板字段（当前值取自示例；重新生成“模板字段表”，就换成本目录的数据）",
    )


def make_field_list(report: Report, template: Template, title: str = "模板字段") -> bytes:
    """模板字段表: every name a template may use, with its value and how often this one uses it."""
    from reportgen.excel.write.result_book import write_result_book  # noqa: PLC0415
    from reportgen.reports.field_list import FIELD_LIST, Passage, make_field_rows  # noqa: PLC0415
    from reportgen.word.render.usage import count_used_names, render_sentences  # noqa: PLC0415

    now = render_sentences(template.sentences, report)
    passages = [
        Passage(each.written, each.note, now[each.name]) for each in template.sentences.values()
    ]
    rows = make_field_rows(report, passages, count_used_names(template))
    return write_result_book(FIELD_LIST, rows, title=title, created=EDITION)


def lay_files(folder: Path, content: Mapping[str, bytes], *, overwrite: bool) -> LaidFiles:
    """Lay files by name into a folder; those that are there stay, or are put aside."""
    written: list[Path] = []
    kept: list[Path] = []
    for name, data in content.items():
        path = folder / name
        if overwrite:
            workspace.overwrite_file(path, data, worthless=is_as_made)
            written.append(path)
        else:
            (written if workspace.create_file(path, data) else kept).append(path)
    return LaidFiles(written, kept)


def _refuse_filled(folder: Path, kind: ReportKind) -> None:
    if not workspace.holds(folder, kind.register_file):
        return
    file = workspace.find_register(folder, [kind.register_file])
    workbook, _ = reader.read_workbook(file.content or b"", file.name)
    filled = workbook is None or any(
        len(table)
        for name, table in validate_workbooks([workbook], tuple(kind.workbooks))[0].tables.items()
        if name not in kind.starter
    )
    if filled:
        raise WorkspaceError(
            f"“{folder}”里的“{kind.register_file}”已经填了内容，不能换成空白表。"
            "请把标准表样生成到另一个文件夹。"
        )


def is_as_made(content: bytes) -> bool:
    """Whether a file of ours was not saved by anybody since we made it."""
    from reportgen.excel.read.core_properties import is_as_created  # noqa: PLC0415

    return is_as_created(content)
