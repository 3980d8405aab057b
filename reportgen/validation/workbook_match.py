"""Which of the declared forms a workbook is: by its mark, else by the names of its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.data import BEGUN, MARK_SHEET, SENT
from reportgen.issues import Issue
from reportgen.raw import RawWorkbook
from reportgen.schema.columns import is_blank, normalise_name, to_plain_text
from reportgen.schema.model import Workbook


@dataclass(frozen=True, slots=True)
class RecognisedForm:
    """A workbook that was recognised: what it is declared as, its edition, whose it says it is.

    ``edition``: its version; an older one is read like our own, a newer one as far as it goes.
    ``begun``: by sheet, the rows that the office has begun in it, as texts by column.
    ``sent``: the contents of which it is a marked copy, see ``generations``.
    """

    raw: RawWorkbook
    declared: Workbook
    owner: str = ""
    edition: int = 1
    begun: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    sent: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether we know what is in this edition."""
        return self.edition <= self.declared.version


def recognise_workbooks(
    workbooks: Sequence[RawWorkbook], declared: Sequence[Workbook]
) -> tuple[list[RecognisedForm], list[Issue]]:
    """The forms, those that exist once first.

    Issues: unknown-, repeated-workbook, old-, newer-form, active-content.
    """
    found = [(raw, _recognise_form(raw, declared)) for raw in workbooks]
    issues = [Issue("unknown-workbook", raw.file) for raw, form in found if form is None]
    forms = sorted(
        (form for _, form in found if form is not None),
        key=lambda form: (form.declared.owned, declared.index(form.declared)),
    )
    repeated = list(_find_repeated(forms))
    forms = [form for form in forms if form.raw.file not in {issue.file for issue in repeated}]
    return forms, [*issues, *repeated, *_find_other_editions(forms), *_find_active(workbooks)]


def read_mark(raw: RawWorkbook) -> dict[str, str]:
    """What the workbook says of itself on its hidden sheet; empty if it has none."""
    sheet = raw.sheet(MARK_SHEET)
    rows = [row for row in sheet.rows if len(row) > 1] if sheet else []
    return {to_plain_text(row[0]): to_plain_text(row[1]) for row in rows if not is_blank(row[1])}


def _recognise_form(raw: RawWorkbook, declared: Sequence[Workbook]) -> RecognisedForm | None:
    marked = read_mark(raw)
    if "表种" in marked:
        book = next((book for book in declared if book.name == marked["表种"]), None)
    else:
        book = _match_by_sheets(raw, declared)
    if book is None:
        return None
    edition = marked.get("版本", "")
    is_number = edition.isdecimal() and len(edition) <= _DIGITS
    return RecognisedForm(
        raw,
        book,
        marked.get("部门", ""),
        int(edition) if is_number else book.version,
        _read_begun_rows(raw),
        tuple(marked.get(SENT, "").split()),
    )


def _read_begun_rows(raw: RawWorkbook) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """By sheet, the rows that the mark says the office has begun."""
    sheet = raw.sheet(MARK_SHEET)
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in sheet.rows if sheet else ():
        texts = [to_plain_text(value) for value in row if not is_blank(value)]
        if len(texts) > 2 and texts[0] == BEGUN:
            begun = dict(zip(texts[2::2], texts[3::2], strict=False))
            found.setdefault(texts[1], []).append(begun)
    return found


_DIGITS = 4
"""Of an edition's number."""


def _match_by_sheets(raw: RawWorkbook, declared: Iterable[Workbook]) -> Workbook | None:
    """The form that shares most sheets with this one; where equal, a department's."""
    names = {normalise_name(sheet.name) for sheet in raw.sheets}
    shared = [(len(names & {s.name for s in book.sheets}), book.owned, book) for book in declared]
    count, _, book = max(shared, key=lambda entry: entry[:2])
    return book if count else None


def _find_repeated(forms: Iterable[RecognisedForm]) -> Iterator[Issue]:
    first: dict[str, str] = {}
    for form in forms:
        name = form.declared.name
        if not form.declared.owned and first.setdefault(name, form.raw.file) != form.raw.file:
            details = {"form": name, "other": first[name]}
            yield Issue("repeated-workbook", form.raw.file, details=details)


def _find_active(workbooks: Iterable[RawWorkbook]) -> Iterator[Issue]:
    for raw in workbooks:
        if raw.active:
            yield Issue("active-content", raw.file, details={"found": "、".join(raw.active)})


def _find_other_editions(forms: Iterable[RecognisedForm]) -> Iterator[Issue]:
    for form in forms:
        found, ours = form.edition, form.declared.version
        if found != ours:
            details = {"form": form.declared.name, "found": str(found), "version": str(ours)}
            code = "old-form" if form.known else "newer-form"
            yield Issue(code, form.raw.file, details=details)
