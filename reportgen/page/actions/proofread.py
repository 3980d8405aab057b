"""What the button of 文稿核算 does: documents reckoned as they come; nothing of them is written anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from reportgen.commands.folder.progress import Progress
from reportgen.commands.proofread import ReckonedDocument, reckon
from reportgen.errors import ReportgenError
from reportgen.page.actions.year import require_files
from reportgen.page.answers import go_to, office_of
from reportgen.page.uploads import Upload

KEPT = 5
"""So many results are kept, in memory, for windows that still show them."""


@dataclass(frozen=True)
class DroppedDocument:
    """A document by its ``name``, and what reckoning it gave; ``problem``: the lines that tell why it cannot be."""

    name: str
    done: ReckonedDocument | None
    problem: Sequence[str] = ()


async def proofread(request: Request) -> Response:
    """核算, of what was dropped."""
    files, today = await require_files(request), dt.date.today()
    job = office_of(request).worker.start(
        "文稿核算", lambda tell: _reckon_all(files, today, tell), kept=KEPT
    )
    return await go_to(f"/proofread?job={job.number}", job)


def _reckon_all(files: Sequence[Upload], today: dt.date, tell: Progress) -> list[DroppedDocument]:
    found = []
    for number, each in enumerate(files):
        tell(number, len(files), each.name)
        found.append(_reckon(each, today))
    return found


def _reckon(file: Upload, today: dt.date) -> DroppedDocument:
    """One that cannot be read does not stop the others."""
    try:
        done = reckon(file.name, file.content, today=today, comments=True)
    except ReportgenError as error:
        return DroppedDocument(file.name, None, error.lines)
    return DroppedDocument(file.name, done)
