"""汇总: the working folders below the one that the page was opened on, and what became of each together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reportgen import workspace
from reportgen.commands.desk.many_folders import FolderState, LastRun, is_taken_for_one
from reportgen.commands.many.rollup import RolledUp
from reportgen.page.answers import address_of, job_of, office_of, root_of, show_desk
from reportgen.page.root_desk import BATCH, RootDesk
from reportgen.page.worker import Job

ENOUGH = 2
"""Of so many folders a report on all of them is something else than one's own."""


async def rollup(request: Request) -> Response:
    """The folders, and how far a long run is; once a roll-up is done, its report."""
    root, job = root_of(request), job_of(request)
    running = office_of(request).worker.running
    done = job.result if job else None
    if job and isinstance(done, RolledUp):
        name = root.name_of(done.reports[0].document.path)
        return RedirectResponse(address_of(root, "report", name=name, job=job.number), 303)
    return await office_of(request).worker.run(
        lambda: _rollup(request, root, running or job, running)
    )


def _rollup(request: Request, root: RootDesk, job: Job | None, running: Job | None) -> Response:
    rolled, built = root.read_runs()
    states, files = root.list_states(rolled, built), root.files
    units = f"{root.out.name}/{BATCH}"
    documents = {name: f"{units}/{row['报告']}" for name, row in built.rows.items()}
    return show_desk(
        request, root, "rollup", job=job, running=running, states=states,
        results=[name for name in _name_results(root) if name in files],
        reports=list(root.find_reports()), own=_find_pages(request, states), units=units,
        documents={name: document for name, document in documents.items() if document in files},
        rolled_at=_say_when(rolled), built_at=_say_when(built), notes=_list_notes(rolled, states),
        settings=workspace.ROLLUP_SETTINGS, has_settings=workspace.ROLLUP_SETTINGS in files,
        enough=ENOUGH, is_taken_for_one=not states and is_taken_for_one(root.folder, root.out),
    )  # fmt: skip


def _list_notes(rolled: LastRun, states: Sequence[FolderState]) -> list[str]:
    """What the last roll-up said of what is no working folder: of 汇总设置."""
    known = {each.folder for each in states}
    return [
        row["说明"] for name, row in rolled.rows.items() if name not in known and not row["结果"]
    ]


def _name_results(root: RootDesk) -> list[str]:
    """汇总结果 and 批量结果, as the last runs called them."""
    usual = {
        workspace.ROLLUP_RESULT: root.out / workspace.ROLLUP_RESULT,
        workspace.BATCH_RESULT: root.batch_out / workspace.BATCH_RESULT,
    }
    return [root.name_of(path) for path in {**usual, **root.summaries}.values()]


def _find_pages(request: Request, states: Sequence[FolderState]) -> Mapping[str, str]:
    """By folder, the address of its own screens, however deep it lies."""
    office = office_of(request)
    office.note_below(each.folder for each in states)
    desks = [office.desk(each.folder) for each in states]
    return {desk.name: address_of(desk, "overview") for desk in desks if desk}


def _say_when(run: LastRun) -> str:
    if not run.when:
        return ""
    at = dt.datetime.fromtimestamp(run.when)
    return f"{at.month}月{at.day}日{at.hour}:{at.minute:02}"
