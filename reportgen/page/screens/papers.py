"""公文 and 审核: the papers written around the report, and those that departments wrote."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportgen.commands.papers import PLACE, TEMPLATES, select_written
from reportgen.commands.publish import COPIES, Published
from reportgen.commands.review import Review
from reportgen.page.answers import job_of, show_desk
from reportgen.page.desk import Desk
from reportgen.workspace.names import LAST

NO_PAPERS = "这一种报告没有要生成的公文。"
NO_REVIEW = "这一种报告没有要审核的文书。"


def papers(request: Request, desk: Desk) -> Response:
    """公文: which there are to write, and what of them is written."""
    declared = desk.kind.papers() if desk.kind else ()
    if not declared:
        raise HTTPException(404, NO_PAPERS)
    results = list_in(desk, desk.out.name)
    written = [
        (paper, [f"{desk.out.name}/{name}" for name in select_written(paper, results)])
        for paper in declared
    ]
    own = list_in(desk, TEMPLATES)
    return show_desk(
        request, desk, "papers", written=written, own=own, templates=TEMPLATES,
        place=f"{desk.out.name}/{PLACE}",
    )  # fmt: skip


def review(request: Request, desk: Desk) -> Response:
    """审核: the papers that were handed in, what the last review found, and their copies for all to read."""
    rules = desk.kind.review if desk.kind else None
    if rules is None:
        raise HTTPException(404, NO_REVIEW)
    copies = f"{desk.out.name}/{rules.out}/{COPIES}"
    job = job_of(request)
    done = job.result if job else None
    remarks = done.reviewed.remarks if isinstance(done, Review) else ()
    published = done.papers if isinstance(done, Published) else ()
    return show_desk(
        request, desk, "review", rules=rules, there=list_in(desk, rules.folder), remarks=remarks,
        copies=copies, public=list_in(desk, copies), published=published,
    )  # fmt: skip


def list_in(desk: Desk, place: str) -> list[str]:
    """The names, in that folder of the working folder, of the files that lie in it, without 上一版."""
    return [
        name.removeprefix(f"{place}/")
        for name in desk.files
        if name.startswith(f"{place}/") and LAST not in name.split("/")
    ]
