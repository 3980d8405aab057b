"""文稿核算: where any document is dropped, what does not add up in it, and its copy with comments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportgen import workspace
from reportgen.commands.desk.reckon_apart import DroppedDocument
from reportgen.page.answers import job_of, save_as, show
from reportgen.proofread.levels import WHAT_TO_DO

GONE = "这一次核算的结果没有留着，请把文稿再核算一次。"


async def proofread(request: Request) -> Response:
    """What was dropped last, document by document."""
    job = job_of(request)
    if job is None and "job" in request.query_params:
        raise HTTPException(404, GONE)
    return show(
        request, "proofread", "文稿核算", done=_list_dropped(request), remedies=WHAT_TO_DO,
        number=job.number if job else 0,
    )  # fmt: skip


async def copy(request: Request) -> Response:
    """The Word document with a comment at each finding."""
    found, at = _list_dropped(request), request.query_params.get("at", "")
    if not (at.isascii() and at.isdecimal()) or int(at) >= len(found):
        raise HTTPException(404, GONE)
    document = found[int(at)]
    if document.done is None or not document.done.commented:
        raise HTTPException(404, GONE)
    stem = PurePath(workspace.to_safe_name(document.name)).stem
    return save_as(f"{stem}{workspace.COMMENTED}.docx", document.done.commented)


def _list_dropped(request: Request) -> Sequence[DroppedDocument]:
    job = job_of(request)
    found = job.result if job else None
    return (
        [each for each in found if isinstance(each, DroppedDocument)]
        if isinstance(found, list)
        else []
    )
