"""报告 and 核对: a report to look at, what stands behind its figures, charts and tables, and what disagrees in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportgen import workspace
from reportgen.commands.check import CheckedFolder
from reportgen.commands.folder.look import ShownRows, show_cells, show_quoted
from reportgen.commands.folder.look_at_report import ShownReport
from reportgen.errors import ReportgenError
from reportgen.facts.model import Cells, Fact
from reportgen.issues import Severity
from reportgen.page.answers import NO_FILE, desk_of, file_of, job_of, office_of, show_desk
from reportgen.page.desk import Desk
from reportgen.page.root_desk import RootDesk
from reportgen.word.document.model import Picture

WORDED = (workspace.TEMPLATE, workspace.SENTENCES, workspace.FIELD_LIST)
"""With what a report is worded, in the working folder."""
ROLLED_WORDED = (workspace.ROLLUP_TEMPLATE, workspace.ROLLUP_FIELDS)
"""A report on all of them, in the folder that holds them."""
MOST_UNITS = 20
"""So many stretches of cells of a figure on many units are shown at once."""
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""What is shown as a picture, by how it begins."""


async def report(request: Request) -> Response:
    """报告: those that are there, and one of them to look at."""
    desk = desk_of(request)
    return await office_of(request).worker.run(lambda: _report(request, desk))


def _report(request: Request, desk: Desk) -> Response:
    found, name = _choose_report(request, desk)
    looked = look_at(desk, name) if name else None
    worded = [each for each in (ROLLED_WORDED if desk.is_root else WORDED) if each in desk.files]
    return show_desk(
        request, desk, "report", "rolled" if desk.is_root else "", reports=found, name=name, looked=looked, worded=worded,
        formal=PurePosixPath(name).name,
    )  # fmt: skip


def _choose_report(request: Request, desk: Desk) -> tuple[list[str], str]:
    """The reports that are there, and the one asked for by name, else the first; "" if there is none."""
    found = list(desk.find_reports())
    return found, request.query_params.get("name", "") or next(iter(found), "")


def look_at(desk: Desk, name: str) -> ShownReport:
    """A report by the name of its file; 404 if there is none; ReportgenError if it is no report."""
    found = desk.look_at(file_of(desk, name))
    if isinstance(found, ReportgenError):
        raise found
    return found


async def figure(request: Request) -> Response:
    """Where a figure of a report comes from: its rule, and its cells among their neighbours."""
    desk, name, looked = await _look_at_asked(request)
    key = request.query_params.get("key", "")
    if key not in looked.facts:
        raise HTTPException(404, "报告里没有这个数字。")
    fact = looked.facts[key]
    behind = [
        each
        for each in looked.trace_back([fact])[1:]
        if each.key in {*fact.source.facts, fact.base}
    ]
    rows = (
        await _show_rows_of_units(request, desk, fact)
        if isinstance(desk, RootDesk)
        else await _show_rows(request, desk, lambda now: show_cells(now, [fact]))
    )
    return show_desk(request, desk, "figure", fact=fact, rows=rows, behind=behind, name=name)


async def chart(request: Request) -> Response:
    """Which figures a chart shows, and the rows in which their cells stand."""
    desk, name, looked = await _look_at_asked(request)
    number = request.query_params.get("number", "")
    picture = _find_picture(looked, number)
    facts = looked.list_charted(int(number))
    rows = await _show_rows(request, desk, lambda now: show_cells(now, looked.trace_back(facts)))
    return show_desk(
        request, desk, "behind", what=f"图：{picture.alt}", facts=facts, rows=rows, name=name
    )


async def table(request: Request) -> Response:
    """Which figures a table holds and the rows in which their cells stand, else those it quotes."""
    desk, name, looked = await _look_at_asked(request)
    place = request.query_params.get("place", "")
    found = looked.find_table(place)
    if found is None:
        raise HTTPException(404, "报告里没有这张表。")
    facts = looked.list_tabled(found)
    texts = [[text for text in row.texts if text] for row in found.rows]
    rows = await _show_rows(
        request, desk,
        lambda now: show_cells(now, looked.trace_back(facts)) if facts else show_quoted(now, texts),
    )  # fmt: skip
    return show_desk(request, desk, "behind", what=place, facts=facts, rows=rows, name=name)


async def _look_at_asked(request: Request) -> tuple[Desk, str, ShownReport]:
    """The report that is asked for by name; errors as of ``look_at``."""
    desk, name = desk_of(request), request.query_params.get("name", "")
    return desk, name, await office_of(request).worker.run(lambda: look_at(desk, name))


async def _show_rows(
    request: Request, desk: Desk, show: Callable[[CheckedFolder], list[ShownRows]]
) -> list[ShownRows]:
    """Rows of the workbooks as they are now; none while these cannot be checked.

    Nor of all units at once: their figures lead to them.
    """
    if desk.is_root:
        return []
    pending, now = await office_of(request).look(desk), desk.checked
    if pending is not None or now is None:
        return []
    return await office_of(request).worker.run(lambda: show(now))


async def _show_rows_of_units(request: Request, root: RootDesk, fact: Fact) -> list[ShownRows]:
    """The rows of the units in which a figure's own cells stand; of a unit's figure those of one."""
    office = office_of(request)
    names = await office.worker.run(root.list_names)
    office.note_below(names)
    meant = [
        (name, cells)
        for cells in fact.source.cells[:MOST_UNITS]
        for name in names
        if cells.file.startswith(f"{name}/")
    ]
    found = [await _show_rows_of_unit(request, name, fact, cells) for name, cells in meant]
    return [rows for each in found for rows in each]


async def _show_rows_of_unit(
    request: Request, name: str, fact: Fact, cells: Cells
) -> list[ShownRows]:
    """As of a figure of the unit's own report, which names its files without the folder."""
    unit = office_of(request).desk(name)
    if unit is None:
        return []
    here = replace(cells, file=cells.file.removeprefix(f"{name}/"))
    own = replace(fact, source=replace(fact.source, cells=(here,)))
    shown = await _show_rows(request, unit, lambda now: show_cells(now, [own]))
    return [replace(each, file=f"{name}/{each.file}") for each in shown]


async def picture(request: Request) -> Response:
    """One picture of a report."""
    _, _, looked = await _look_at_asked(request)
    number = request.query_params.get("number", "")
    image = _find_picture(looked, number).image
    kind = next((kind for head, kind in PICTURES.items() if image.startswith(head)), "")
    if not kind:
        raise HTTPException(404, NO_FILE)
    return Response(image, media_type=kind)


def _find_picture(looked: ShownReport, number: str) -> Picture:
    pictures = looked.reading.content.pictures
    if not (number.isascii() and number.isdecimal()) or int(number) >= len(pictures):
        raise HTTPException(404, NO_FILE)
    return pictures[int(number)]


async def verify(request: Request) -> Response:
    """核对: which report is to be held against the data, and what was found in it."""
    desk = desk_of(request)
    return await office_of(request).worker.run(lambda: _verify(request, desk))


def _verify(request: Request, desk: Desk) -> Response:
    found, name = _choose_report(request, desk)
    job = job_of(request)
    findings = getattr(job.result, "findings", ()) if job else ()
    ranked = sorted(findings, key=lambda each: each.severity is not Severity.ERROR)
    prefix = f"{workspace.RECEIVED}/"
    templates = [
        each for each in desk.files
        if each.startswith(prefix) and each.endswith(".docx") and each not in found
    ]  # fmt: skip
    return show_desk(
        request, desk, "verify", reports=found, name=name, findings=ranked,
        templates=templates, chosen=request.query_params.get("template", ""),
    )  # fmt: skip
