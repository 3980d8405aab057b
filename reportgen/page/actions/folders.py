"""What the buttons of 工作目录 do: a new one, blank, with the sample, of the next year, from an old ledger."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import reportgen
from reportgen import workspace
from reportgen.commands.desk.receive import adopt
from reportgen.commands.import_ledger import ImportedLedger
from reportgen.commands.init import init_from
from reportgen.commands.kinds import kind_named
from reportgen.page.actions import said
from reportgen.page.actions.year import NOTHING_SENT, run
from reportgen.page.answers import address_of, desk_of, file_of, office_of
from reportgen.page.desk import QUICK, Office
from reportgen.page.uploads import TooMuchError, Upload, read_fields, read_uploads
from reportgen.page.worker import Job, Said
from reportgen.reports.kind import ReportKind

NO_NAME = "请写上工作目录的名称。"
NOT_HERE = "工作台是在一个工作目录上打开的，不能在它外面建立别的。"
TAKEN = "已有“{name}”，没有改动。请换一个名称。"


async def create(request: Request) -> Response:
    """建立工作目录; nothing that is there is changed."""
    office = office_of(request)
    files, fields = await read_uploads(request)
    name = fields.get("name", "").strip()
    if office.is_single:
        raise TooMuchError(409, NOT_HERE)
    if not name:
        raise TooMuchError(400, NO_NAME)
    name = workspace.to_file_name(name)
    if workspace.holds(office.root, name):
        raise TooMuchError(409, TAKEN.format(name=name))
    job = _start(office, office.root / name, fields, files)
    await job.wait(QUICK * 4)
    desk = office.desk(name)
    if desk is None:
        return RedirectResponse(f"/folders?job={job.number}", 303)
    return RedirectResponse(address_of(desk, "overview", job=job.number), 303)


def _start(office: Office, folder: Path, fields: dict[str, str], files: list[Upload]) -> Job:
    what, kind = fields.get("what", "blank"), kind_named(fields.get("kind", ""))
    if what == "ledger":
        return _start_import(office, folder, kind, fields, files)
    if what == "before":
        before = office.desk(fields.get("before", ""))
        if before is None:
            raise TooMuchError(400, "请选沿用哪一年的工作目录。")
        return office.worker.start(
            "建立下一年的工作目录", lambda _: init_from(folder, before.folder), said.tell_set_up
        )
    return office.worker.start(
        "建立工作目录",
        lambda _: reportgen.init(folder, sample=what == "sample", kind=kind),
        said.tell_sample if what == "sample" else said.tell_set_up,
    )


def _start_import(
    office: Office, folder: Path, kind: ReportKind, fields: dict[str, str], files: list[Upload]
) -> Job:
    if not files:
        raise TooMuchError(400, NOTHING_SENT)
    given, sheet = files[0], fields.get("sheet", "").strip()

    def do() -> ImportedLedger:
        kept = workspace.save_new(
            folder / workspace.RECEIVED, workspace.to_safe_name(given.name), given.content
        )
        return reportgen.import_ledger(kept.path, folder, sheet=sheet, kind=kind)

    return office.worker.start("导入旧台账", lambda _: do(), said.tell_imported)


async def use_received(request: Request) -> Response:
    """Take a register or a template that was handed in as the folder's own, or import a ledger."""
    fields = await read_fields(request)
    path = file_of(desk_of(request), fields.get("name", ""))
    sheet = fields.get("sheet", "").strip()
    if fields.get("as") == "ledger":
        return await run(
            request, "receive", "导入旧台账",
            lambda desk, _: reportgen.import_ledger(
                path, desk.folder, sheet=sheet, kind=desk.kind
            ),
            said.tell_imported,
        )  # fmt: skip
    return await run(
        request, "receive", "换用",
        lambda desk, _: adopt(desk.folder, path), _tell_adopted,
    )  # fmt: skip


def _tell_adopted(path: Path) -> Said:
    return Said([f"已换用为“{path.name}”；原来有的，移到“收到/换下”。"])
