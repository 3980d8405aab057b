"""退改记录.json: what earlier checks of a working folder knew of its corrected copies.

Only ``check`` writes it, where there is something to remember.  It may say anything: what is not as
we write it is passed over, and a folder that cannot be written to is checked all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reportgen import workspace
from reportgen.data import Dataset
from reportgen.errors import WorkspaceError
from reportgen.issues import Issue
from reportgen.validation.generations import Generation
from reportgen.validation.known_returns import (
    KnownReturn,
    KnownReturns,
    find_gone,
    remember_returns,
)
from reportgen.validation.workbook_match import RecognisedForm

_ALL = "退改"


def read_known(folder: Path) -> KnownReturns:
    """By owner, what was remembered; empty if nothing was."""
    try:
        file = workspace.optional(folder, workspace.KNOWN_RETURNS)
        told = json.loads(file.content or b"")[_ALL].items() if file else ()
        found = {str(owner): list(_parse_returns(entries)) for owner, entries in told}
    except (WorkspaceError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    return {owner: returns for owner, returns in found.items() if returns}


def find_gone_returns(
    known: KnownReturns, dataset: Dataset, forms: Sequence[RecognisedForm]
) -> Iterator[Issue]:
    """What counts in place of something newer that an earlier check knew of."""
    for owner, returns in known.items():
        files = dataset.returned.get(owner, ())
        counted = {form.raw.file: Generation.of(form) for form in forms if form.raw.file in files}
        yield from find_gone(returns, counted)


def note_returns(
    folder: Path,
    dataset: Dataset,
    forms: Sequence[RecognisedForm],
    sent_out: Mapping[str, tuple[str, ...]],
) -> None:
    """Remember the corrected copies that have come back, and by file what is sent out now."""
    owners = {file: owner for owner, files in dataset.returned.items() for file in files}
    now: dict[str, list[KnownReturn]] = {}
    for form in forms:
        owner, file = owners.get(form.raw.file), form.raw.file
        if owner is not None and form.sent:
            now.setdefault(owner, []).append(KnownReturn(file, Generation.of(form)))
        if owner is not None and file in sent_out:
            copy = KnownReturn(file, Generation("", sent_out[file]))
            now.setdefault(owner, []).append(copy)
    if now:
        with suppress(WorkspaceError), workspace.lock_folder(folder):
            known = read_known(folder)
            _write_known(folder, {**known, **_add_returns(known, now)})


def _add_returns(known: KnownReturns, now: KnownReturns) -> KnownReturns:
    return {owner: remember_returns(known.get(owner, ()), new) for owner, new in now.items()}


def _write_known(folder: Path, known: KnownReturns) -> None:
    told = {
        owner: [
            {"文件": each.file, "内容": each.generation.content, "退改": each.generation.sent}
            for each in returns
        ]
        for owner, returns in sorted(known.items())
    }
    content = workspace.to_readable_json({_ALL: told})
    workspace.overwrite_file(folder / workspace.KNOWN_RETURNS, content, worthless=lambda _: True)


def _parse_returns(entries: Sequence[object]) -> Iterator[KnownReturn]:
    for each in entries:
        match each:
            case {"文件": str(file), "内容": str(content), "退改": [str(), *_] as sent}:
                yield KnownReturn(file, Generation(content, tuple(map(str, sent))))
