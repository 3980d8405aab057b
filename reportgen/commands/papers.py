"""``papers``: the papers around the report, written from what the data allow; what a person edited stays."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen import workspace
from reportgen.commands.check import CheckedFolder, check
from reportgen.commands.folder.drawing import choose_drawing
from reportgen.commands.folder.inputs import kind_of, list_input_paths
from reportgen.commands.folder.progress import Progress
from reportgen.commands.folder.template import EDITION
from reportgen.errors import DocumentError, TemplateError, UnusableTemplateError, WorkspaceError
from reportgen.facts.model import Facts
from reportgen.facts.report import Report
from reportgen.issues import Issue, Severity, name_sheets_as_in_files
from reportgen.nearest_name import find_closest
from reportgen.reports.kind import ReportKind
from reportgen.reports.papers import (
    SLOT,
    PaperDraft,
    PaperSource,
    TablePaper,
    WordPaper,
    WrittenPaper,
)
from reportgen.schema.model import Stage
from reportgen.validation import validate_workbooks
from reportgen.workspace import SavedFile

TEMPLATES, PLACE = "公文模板", "公文"
"""In the working folder, the office's own templates; in the output folder, the papers."""


@dataclass(frozen=True)
class WrittenPapers:
    """What was written: by paper's name its files; ``errors`` of the register kept it all from being written.

    ``nothing``: papers for which there is nothing to write.  ``faults``: errors of what was returned.
    ``removed``: earlier ones no longer wanted, put aside; ``kept``: of these, those somebody edited.
    """

    files: Mapping[str, Sequence[SavedFile]]
    nothing: Sequence[str] = ()
    errors: Sequence[Issue] = ()
    faults: int = 0
    removed: Sequence[Path] = ()
    kept: Sequence[Path] = ()


def papers(
    folder: Path, out: Path, today: dt.date, names: Sequence[str] = (),
    progress: Progress = lambda *_: None,
) -> WrittenPapers:  # fmt: skip
    """Write the papers named, or all; each from the office's own template, else from the built-in one.

    Raises:
        WorkspaceError: there is no such paper, or this kind has none.
        TemplateError: with every mistake in one of the office's templates.
    """
    workspace.refuse_among_returns(folder, out)
    wanted = choose_papers(kind_of(folder), names)
    checked = check(folder, today=today, stage=Stage.HAND_OUT)
    if errors := _find_register_errors(checked):
        return WrittenPapers({}, errors=errors)
    source = PaperSource(checked.dataset, today)
    made = [(paper, dict(_make(folder, paper, source, progress))) for paper in wanted]
    return _save(folder, out, checked, made)


def _find_register_errors(checked: CheckedFolder) -> Sequence[Issue]:
    """Those of the register by itself, as when it is handed out: nobody need have returned anything."""
    declared = tuple(checked.kind.workbooks)
    register, found = validate_workbooks(checked.workbooks[:1], declared, stage=Stage.HAND_OUT)
    errors = [issue for issue in found if issue.severity is Severity.ERROR]
    return name_sheets_as_in_files(errors, register.tabs)


def templates(folder: Path) -> Sequence[Path]:
    """Write the built-in templates into the folder 公文模板, where they go before these; what is there stays."""
    from reportgen.word.template import gongwen  # noqa: PLC0415

    workspace.require_folder(folder)
    written = []
    for paper in choose_papers(kind_of(folder), ()):
        path = folder / TEMPLATES / f"{paper.name}.docx"
        workspace.ensure_folder(path.parent)
        if isinstance(paper, WordPaper) and workspace.create_file(
            path, gongwen.build_template(paper.wording(), date=EDITION.date())
        ):
            written.append(path)
    return written


def select_written(paper: WrittenPaper, names: Iterable[str]) -> list[str]:
    """Of the names of files in the output folder those of one paper, also what stands beside an edited one."""
    place = f"{PLACE}/{paper.name}"
    begins = (f"{place}/",) if paper.each else (f"{place}.", f"{place}（")
    return sorted((name for name in names if name.startswith(begins)), key=_in_order)


def _in_order(name: str) -> tuple[object, ...]:
    """Numbers in names by what they count: 2 before 10."""
    return tuple((not part.isdecimal(), part.zfill(9)) for part in re.split(r"([0-9]+)", name))


def choose_papers(kind: ReportKind, names: Sequence[str]) -> Sequence[WrittenPaper]:
    """Those of a kind that were asked for by command word or by name, all without a name.

    Raises:
        WorkspaceError: there is none of that name.
    """
    papers = kind.papers()
    known = list(dict.fromkeys(paper.command for paper in papers))
    if not known:
        raise WorkspaceError(f"“{kind.name}”没有要生成的公文。")
    for name in names:
        if not any(name in (paper.command, paper.name) for paper in papers):
            near = find_closest(name, known)
            hint = f"是不是“{near}”？" if near else ""
            raise WorkspaceError(f"没有“{name}”这种公文。{hint}可以写的有：{'、'.join(known)}。")
    return [paper for paper in papers if not names or {paper.command, paper.name} & set(names)]


# making


def _make(
    folder: Path, paper: WrittenPaper, source: PaperSource, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    """The files of one paper: their names and contents."""
    if isinstance(paper, TablePaper):
        yield from _make_table(paper, source)
        return
    drafts = list(paper.drafts(source))
    template = _choose_template(folder, paper) if drafts else b""
    taken: Counter[str] = Counter()
    for done, draft in enumerate(drafts):
        progress(done, len(drafts), paper.name)
        name = workspace.to_file_name(draft.key or paper.name)
        taken[name] += 1  # numbers that differ only in signs that no file name takes
        again = f"-{taken[name]}" if taken[name] > 1 else ""
        yield f"{name}{again}.docx", _fill(template, paper, draft, source.today)


def _make_table(paper: TablePaper, source: PaperSource) -> Iterator[tuple[str, bytes]]:
    from reportgen.excel.write.forms import write_form  # noqa: PLC0415

    rows = paper.rows(source)
    if any(rows.values()):
        yield (
            f"{paper.name}.xlsx",
            write_form(paper.book, rows=rows, title=paper.name, created=EDITION),
        )


def _choose_template(folder: Path, paper: WordPaper) -> bytes:
    from reportgen.word.template import gongwen  # noqa: PLC0415

    own = workspace.optional(folder, f"{TEMPLATES}/{paper.name}.docx")
    if own is not None:
        return own.content or b""
    return gongwen.build_template(paper.wording(), date=EDITION.date())


def _fill(template: bytes, paper: WordPaper, draft: PaperDraft, today: dt.date) -> bytes:
    """The finished paper: no live figures, no record, as it leaves the house; open slots tinted."""
    from reportgen.word.after.finalize import finalize_report  # noqa: PLC0415
    from reportgen.word.after.open_slots import tint_slots  # noqa: PLC0415
    from reportgen.word.render.fill import fill_template  # noqa: PLC0415
    from reportgen.word.template.sentences import Template  # noqa: PLC0415

    title = f"{paper.name}{f'（{draft.key}）' if draft.key else ''}"
    report = Report(title, draft.unit, today, draft.names, Facts())
    file = f"“{TEMPLATES}/{paper.name}.docx”"
    try:
        filled = fill_template(Template(template), report, choose_drawing("picture"))
    except UnusableTemplateError as error:
        raise UnusableTemplateError(error.mistakes[0].text, file) from error
    except TemplateError as error:
        raise TemplateError(error.mistakes, file) from error
    except DocumentError as error:
        raise UnusableTemplateError(error.reason, file) from error
    return tint_slots(finalize_report(filled), SLOT, today)


# saving


def _save(
    folder: Path, out: Path, checked: CheckedFolder,
    made: Sequence[tuple[WrittenPaper, Mapping[str, bytes]]],
) -> WrittenPapers:  # fmt: skip
    """Each paper on its own, so that asking for one leaves the others alone."""
    inputs = list_input_paths(folder, checked.files, checked.kind)
    files: dict[str, Sequence[SavedFile]] = {}
    removed: list[Path] = []
    kept: list[Path] = []
    for paper, content in made:
        place = out / PLACE / paper.name if paper.each else out / PLACE
        if not content and not place.exists():
            continue
        maker = workspace.maker_of(f"papers {paper.name}", folder, place)
        renewed = workspace.save_outputs(place, content, maker, inputs, all_of_it=True)
        if content:
            files[paper.name] = renewed.saved
        removed += renewed.removed
        kept += renewed.kept
    nothing = [paper.name for paper, content in made if not content]
    from reportgen.reports.check_result import ABOUT_A_DEPARTMENT  # noqa: PLC0415

    faults = sum(issue.code not in ABOUT_A_DEPARTMENT for issue in checked.errors)
    return WrittenPapers(files, nothing, faults=faults, removed=removed, kept=kept)
