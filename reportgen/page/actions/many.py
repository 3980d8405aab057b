"""What the buttons of 汇总 do: long runs over all working folders, one at a time; and what is said of their report."""

from __future__ import annotations

import itertools
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import reportgen
from reportgen import workspace
from reportgen.commands.desk import many_folders
from reportgen.commands.folder.progress import Progress
from reportgen.commands.many import county
from reportgen.commands.many.batch import BatchedReports, TellFolder
from reportgen.commands.many.county import TellUnit
from reportgen.commands.many.folder_report import FolderReport
from reportgen.commands.many.rollup import RolledUp
from reportgen.page.actions import said
from reportgen.page.actions.year import require_files, start
from reportgen.page.answers import address_of, go_on, office_of, root_of
from reportgen.page.root_desk import RootDesk
from reportgen.page.uploads import read_fields
from reportgen.page.worker import Said

WRITING = "写汇总报告"


async def rollup(request: Request) -> Response:
    """生成汇总报告, of all that can be counted."""
    root, fields = root_of(request), await read_fields(request)
    template = "template" in fields
    job = start(
        request, root, "汇总",
        lambda tell: _roll_up(root, tell, template=template), said.tell_rolled_up,
    )  # fmt: skip
    return await go_on(root, "rollup", job)


def _roll_up(root: RootDesk, tell: Progress, *, template: bool) -> RolledUp:
    done = reportgen.rollup(
        root.folder, root.out, reports=root.batch_out, write_template=template,
        tell=_count_units(tell),
    )  # fmt: skip
    root.summaries[workspace.ROLLUP_RESULT] = done.summary.path
    return replace(done, results=())  # what every unit gave is much, and told


def _count_units(tell: Progress) -> TellUnit:
    """How many are counted; one more step is the report."""
    done = itertools.count(1)

    def told(folder: str, total: int) -> None:
        number = next(done)
        tell(number, total + 1, WRITING if number == total else f"{number}/{total}　{folder}")

    return told


async def batch(request: Request) -> Response:
    """逐个生成报告: those that did not change are passed over."""
    root = root_of(request)
    job = start(
        request, root, "逐个生成报告", lambda tell: _build_all(root, tell), said.tell_batched
    )
    return await go_on(root, "rollup", job)


def _build_all(root: RootDesk, tell: Progress) -> BatchedReports:
    done = reportgen.batch(root.folder, root.batch_out, tell=_count_reports(tell))
    root.summaries[workspace.BATCH_RESULT] = done.summary.path
    return done


def _count_reports(tell: Progress) -> TellFolder:
    """How many are done, and how many of them have no report."""
    made: list[bool] = []

    def told(report: FolderReport, total: int) -> None:
        made.append(report.is_done)
        failed = made.count(False)
        left_out = f"，没有生成{failed}个" if failed else ""
        tell(len(made), total, f"{len(made)}/{total}{left_out}　{report.folder}")

    return told


async def halt(request: Request) -> Response:
    """停下: the long run goes no further than to its next folder."""
    root, job = root_of(request), office_of(request).worker.running
    if job is None:
        return RedirectResponse(address_of(root, "rollup"), 303)
    job.halt()
    return await go_on(root, "rollup", job)


async def lay_settings(request: Request) -> Response:
    """汇总设置, blank, to be filled in; one that is there stays."""
    root = root_of(request)
    job = office_of(request).worker.start(
        "汇总设置", lambda _: county.lay_settings(root.folder), _tell_laid
    )
    return await go_on(root, "rollup", job)


def _tell_laid(laid: bool) -> Said:
    return Said(["已写出空白的，在下面下载，填好再交。" if laid else "已有，没有改动。"])


async def take_settings(request: Request) -> Response:
    """汇总设置, filled in, in place of the one there, which is put aside."""
    root, (given, *_) = root_of(request), await require_files(request)
    job = office_of(request).worker.start(
        "汇总设置",
        lambda _: many_folders.take_settings(root.folder, given.name, given.content),
        said.tell_settings,
    )
    return await go_on(root, "rollup", job)
