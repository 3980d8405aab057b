"""``review``: the papers that departments wrote, read, matched and checked, all that is wrong at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reportgen import workspace
from reportgen.commands.check import CheckedFolder, check
from reportgen.commands.folder.inputs import list_input_paths, put_in_words
from reportgen.commands.folder.progress import Progress
from reportgen.commands.folder.template import EDITION
from reportgen.errors import ReportError, WorkspaceError
from reportgen.issues import Severity
from reportgen.reports.kind import PaperReview
from reportgen.reports.review import Line, Paper, Remark, Reviewed
from reportgen.schema.model import Stage
from reportgen.steps import Step
from reportgen.workspace import InputFile, RenewedOutputs

REVIEWER = "答复审核"
"""Who the comments in the copies are by."""
_BEHIND = "（批注）"


@dataclass(frozen=True)
class Review:
    """What a review gives: its findings, the files written, and where the record stands.

    ``files``: the copies with comments, and last the result's workbook.
    """

    name: str
    reviewed: Reviewed
    files: RenewedOutputs
    record: Path

    @property
    def errors(self) -> Sequence[Remark]:
        """What returns a paper, or is missing."""
        return [one for one in self.reviewed.remarks if one.severity is Severity.ERROR]


def review(folder: Path, out: Path, today: dt.date, progress: Progress = lambda *_: None) -> Review:
    """Review all papers of a working folder; a further review only adds to the record.

    Raises:
        WorkspaceError: this kind has no such papers, there are none, or a paper or a return cannot
            be read now: what contradicts it would pass, and the record keeps what is noted.
        ReportError: the record has errors, which would be lost.
    """
    workspace.refuse_among_returns(folder, out)
    checked = check(folder, stage=Stage.CHECK)
    rules = checked.kind.review
    if rules is None:
        raise WorkspaceError(f"“{checked.kind.name}”没有要审核的文书。")
    keep_out_of(folder / rules.folder, out)
    _refuse_unread(checked, rules)
    files, papers = read_papers(folder, rules, progress)
    with workspace.lock_folder(folder):
        record = _read_record(folder, rules)
        reviewed = rules.review(checked.dataset, papers, record.rows, today)
        inputs = list_input_paths(folder, checked.files, checked.kind)
        renewed = _save(folder, out, rules, files, reviewed, today, inputs)
        path = _note_rounds(folder, rules, record, reviewed)
    return Review(rules.name, reviewed, renewed, path)


def read_papers(
    folder: Path, rules: PaperReview, progress: Progress
) -> tuple[Sequence[InputFile], Sequence[Paper]]:
    """Everything brought, as files and as papers.

    Raises:
        WorkspaceError: nothing is there, or a file cannot be opened now.
    """
    files = list(workspace.papers(folder, rules.folder))
    if not files:
        raise WorkspaceError(
            f"“{folder / rules.folder}”里没有{rules.name}。请把部门交来的{rules.name}（.docx）放进去。"
        )
    for unread in (file for file in files if file.content is None):
        raise WorkspaceError(f"没有审核。{unread.problem}")
    papers = [_read(file, done, len(files), progress) for done, file in enumerate(files)]
    progress(len(files), len(files), "核对")
    return files, papers


def read_rounds(folder: Path, rules: PaperReview) -> Sequence[Mapping[str, object]]:
    """The rows of the record so far; ReportError if it has errors."""
    return _read_record(folder, rules).rows


def keep_out_of(place: Path, out: Path) -> None:
    """WorkspaceError if results would lie where papers are brought."""
    if place.resolve() in (out.resolve(), *out.resolve().parents):
        raise WorkspaceError(
            f"结果不能放在“{place.name}”文件夹里，那里的文件下次会被当作交来的。请{Step.OTHER_FOLDER}。"
        )


def _refuse_unread(checked: CheckedFolder, rules: PaperReview) -> None:
    read = {each.file for each in checked.workbooks}
    unread = {file.name for file in checked.files} - read
    for issue in checked.issues:
        if issue.file in unread and issue.code != "other-file":
            raise WorkspaceError(
                f"没有审核：{rules.name}要与填报的内容对照，而有一份填报表读不出来。{put_in_words(issue)}"
            )


def _read(file: InputFile, done: int, total: int, progress: Progress) -> Paper:
    from reportgen.word.document.plain_lines import read_plain_lines  # noqa: PLC0415

    progress(done, total, file.name)
    assert file.content is not None
    try:
        read = read_plain_lines(file.content)
    except ReportError as error:
        return Paper(file.name, sha256=file.sha256, problem=_why(file, str(error)))
    lines = [Line(*line) for line in read.lines]
    if not any(line.text.strip() for line in lines):
        return Paper(file.name, sha256=file.sha256, problem="里面没有文字，可能是扫描的图片")
    return Paper(file.name, lines, read.changes, read.comments, file.sha256)


def _why(file: InputFile, said: str) -> str:
    """What a file is that is no .docx, as far as its name tells."""
    suffix = PurePosixPath(file.name).suffix.lower()
    kinds = {".doc": "旧的 Word 格式（.doc）", ".wps": "WPS 自己的格式（.wps）", ".pdf": "PDF 文件"}
    return f"这是{kinds[suffix]}" if suffix in kinds else said.rstrip("。")


# the record


@dataclass(frozen=True)
class _Record:
    """The record as it lies there: its content, empty if there is none, rows, and columns' letters."""

    content: bytes = b""
    rows: Sequence[Mapping[str, object]] = ()
    letters: Mapping[str, str] | None = None
    tab: str = ""


def _read_record(folder: Path, rules: PaperReview) -> _Record:
    from reportgen.excel.read import reader  # noqa: PLC0415
    from reportgen.validation import validate_workbooks  # noqa: PLC0415

    file = workspace.optional(folder, f"{rules.record.name}.xlsx")
    if file is None or file.content is None:
        return _Record()
    workbook, issues = reader.read_workbook(file.content, file.name)
    sheet = rules.record.sheets[0].name
    dataset, found = validate_workbooks([workbook] if workbook else [], (rules.record,))
    wrong = [each for each in (*issues, *found) if each.severity is Severity.ERROR]
    letters = dataset.letters.get((file.name, sheet))
    if wrong or letters is None:
        said = "".join(put_in_words(each) for each in wrong[:5]) or f"里面没有“{sheet}”表。"
        raise ReportError(f"“{file.name}”读不出来，没有审核，也没有改动它。{said}")
    table = dataset.tables[sheet]
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.itertuples(index=False)]
    return _Record(file.content, rows, letters, dataset.tabs.get((file.name, sheet), sheet))


def _note_rounds(folder: Path, rules: PaperReview, record: _Record, reviewed: Reviewed) -> Path:
    """Add the new rounds to the record; the one before is put aside."""
    from reportgen.excel.write.added_rows import add_rows  # noqa: PLC0415
    from reportgen.excel.write.forms import write_form  # noqa: PLC0415

    path = folder / f"{rules.record.name}.xlsx"
    if record.content and not reviewed.rounds:
        return path
    if record.content:
        content = add_rows(
            record.content, record.tab, record.letters or {}, reviewed.rounds, EDITION
        )
    else:
        rows = {rules.record.sheets[0].name: reviewed.rounds}
        content = write_form(rules.record, created=EDITION, rows=rows)
    workspace.overwrite_file(path, content, worthless=lambda _: False)
    return path


# results


def _save(
    folder: Path, out: Path, rules: PaperReview, files: Sequence[InputFile], reviewed: Reviewed,
    today: dt.date, inputs: Sequence[Path],
) -> RenewedOutputs:  # fmt: skip
    from reportgen.excel.write.result_book import write_result_book  # noqa: PLC0415

    place = out / rules.out
    copies = {
        f"{workspace.SENT_BACK}/{_copy_name(file.name, rules.folder)}": copy
        for file in files
        if (copy := _marked(file, reviewed.remarks, today))
    }
    result = rules.result
    book = write_result_book(result, reviewed.result, title=result.name, created=EDITION)
    return workspace.save_outputs(
        place,
        {**copies, f"{result.name}.xlsx": book},
        workspace.maker_of("review", folder, place),
        [*inputs, *(folder / file.name for file in files)],
        all_of_it=True,
    )


def _copy_name(name: str, folder: str) -> str:
    path = PurePosixPath(name).relative_to(folder)
    return path.with_name(f"{path.stem}{_BEHIND}.docx").as_posix()


def _marked(file: InputFile, remarks: Sequence[Remark], today: dt.date) -> bytes | None:
    """A copy with a comment at each place; None where nothing is wrong or it cannot be read."""
    from reportgen.word.after.comments import comment_paragraphs  # noqa: PLC0415

    own = [remark for remark in remarks if remark.file == file.name]
    errors = sum(remark.severity is Severity.ERROR for remark in own)
    if not errors or file.content is None:
        return None
    summing = [f"审核发现错误{errors}处，提醒{len(own) - errors}处，请改正后重新交来。"]
    notes = [(-1, summing), *((remark.number, _comment(remark)) for remark in own)]
    try:
        return comment_paragraphs(file.content, notes, today, author=REVIEWER)
    except ReportError:
        return None


def _comment(remark: Remark) -> list[str]:
    return [f"{remark.level}：{remark.message}。", f"{remark.remedy}。"]
