"""What the buttons do: each starts one command and goes to the screen that tells what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import reportgen
from reportgen.commands.build import BuiltReport
from reportgen.commands.check import SentBack
from reportgen.commands.receive import ReceivedFile, receive
from reportgen.commands.standard_files import LaidFiles
from reportgen.page.answers import address_of, desk_of, go_on, office_of
from reportgen.page.desk import QUICK, Desk
from reportgen.page.uploads import TooMuchError, read_fields, read_uploads
from reportgen.workspace import to_file_name

NOTHING_SENT = "没有收到文件。请选好文件再交。"


async def check(request: Request) -> Response:
    """核查, with the result's workbook and the marked copies."""
    desk = desk_of(request)
    job = office_of(request).worker.start(
        "核查", lambda tell: desk.check_and_send_back(dt.date.today(), tell), _tell_sent
    )
    return await go_on(desk, "issues", job)  # type: ignore[arg-type]


def _tell_sent(sent: SentBack) -> Sequence[str]:
    *copies, result = sent.files.saved
    said = [f"核查完毕，结果写在“{result.path.name}”，标明错处的副本{len(copies)}份。"]
    said += [f"“{file}”不能标注，没有副本，请按下面的问题处理。" for file in sent.uncopied]
    return said


async def assign(request: Request) -> Response:
    """交办."""
    desk = desk_of(request)
    job = office_of(request).worker.start(
        "交办", lambda _: reportgen.assign(desk.folder), _tell_laid
    )
    return await go_on(desk, "assign", job)  # type: ignore[arg-type]


def _tell_laid(laid: LaidFiles) -> Sequence[str]:
    if laid.issues and not laid.written and not laid.kept:
        return ["台账还有错误，没有生成填报表。请到“问题”里看，改正后再交办。"]
    names = "、".join(path.stem for path in laid.written)
    said = [f"新生成{len(laid.written)}份：{names}。"] if laid.written else []
    return [*said, f"已有、没有改动的{len(laid.kept)}份。"] if laid.kept else said


async def take_in(request: Request) -> Response:
    """收表: keep what was dropped, and check."""
    desk = desk_of(request)
    sent = await read_uploads(request)
    if not sent:
        raise TooMuchError(400, NOTHING_SENT)
    files = [(each.name, each.content) for each in sent]
    job = office_of(request).worker.start(
        "收表", lambda tell: receive(desk.folder, files, tell), _tell_received
    )
    return await go_on(desk, "receive", job)  # type: ignore[arg-type]


def _tell_received(found: Sequence[ReceivedFile]) -> Sequence[str]:
    return [f"“{each.sent}”：{each.sort}，{each.said}。" for each in found]


async def build(request: Request) -> Response:
    """生成报告."""
    desk = desk_of(request)
    fields = await read_fields(request)
    draft, annotate = "draft" in fields, "annotate" in fields
    job = office_of(request).worker.start(
        "生成报告",
        lambda tell: reportgen.build(
            desk.folder, desk.out, draft=draft, annotate=annotate, progress=tell
        ),
        _tell_built,
    )
    await job.wait(QUICK)
    name = _name_of_built(desk, job.result)
    return await go_on(desk, "report", job, **({"name": name} if name else {}))  # type: ignore[arg-type]


def _name_of_built(desk: Desk, built: BuiltReport | None) -> str:
    if built is None or built.document is None:
        return ""
    return built.document.path.relative_to(desk.folder).as_posix()


def _tell_built(built: BuiltReport) -> Sequence[str]:
    if built.document is None:
        stopped = f"数据有错误{len(built.checked.errors)}处，没有生成。"
        return [stopped + "请到“问题”里看，改正后再生成；要先看样子的，可以出草稿。"]
    aside = "（已有同名的报告有人改动过，没有覆盖，另存为这一份）" if built.document.aside else ""
    return [f"已生成“{built.document.path.name}”{aside}。"]


async def create(request: Request) -> Response:
    """建立工作目录: blank, or with the sample; nothing that is there is changed."""
    office = office_of(request)
    fields = await read_fields(request)
    if office.is_single or not fields.get("name", "").strip():
        return RedirectResponse("/folders", 303)
    name = to_file_name(fields["name"].strip())
    sample = fields.get("what") == "sample"
    job = office.worker.start(
        "建立工作目录", lambda _: reportgen.init(office.root / name, sample=sample), _tell_made
    )
    await job.wait(QUICK * 4)
    desk = office.desk(name)
    if desk is None:
        return RedirectResponse(f"/folders?job={job.number}", 303)
    return RedirectResponse(address_of(desk, "overview", job=job.number), 303)


def _tell_made(laid: LaidFiles) -> Sequence[str]:
    return [f"已建立。请打开“{laid.register}”填好，再到“交办”。"] if laid.written else []
