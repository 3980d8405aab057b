"""What the button of 文稿核算 does: documents reckoned as they come; nothing of them is written anywhere."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import Response

from reportgen.commands.desk.reckon_apart import reckon_apart
from reportgen.page.actions.year import require_files
from reportgen.page.answers import go_to, office_of

KEPT = 5
"""So many results are kept, in memory, for windows that still show them."""


async def proofread(request: Request) -> Response:
    """核算, of what was dropped."""
    files = [(each.name, each.content) for each in await require_files(request)]
    today = dt.date.today()
    job = office_of(request).worker.start_apart(
        "文稿核算", lambda tell: reckon_apart(files, today, tell), kept=KEPT
    )
    return await go_to(f"/proofread?job={job.number}", job)
