"""The addresses of the page, and what answers each; whatever goes wrong becomes a page of one sentence."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportgen.errors import ReportgenError
from reportgen.page import departments
from reportgen.page.actions import folders as folder_actions
from reportgen.page.actions import many as many_actions
from reportgen.page.actions import papers as paper_actions
from reportgen.page.actions import proofread as proofread_actions
from reportgen.page.actions import report as report_actions
from reportgen.page.actions import year as actions
from reportgen.page.desk import Office
from reportgen.page.guard import refuse
from reportgen.page.root_desk import NAME, RootDesk
from reportgen.page.screens import links as link_screens
from reportgen.page.screens import many as many_screens
from reportgen.page.screens import papers as paper_screens
from reportgen.page.screens import proofread as proofread_screens
from reportgen.page.screens import report as report_screens
from reportgen.page.screens import year as screens
from reportgen.page.uploads import TooMuchError
from reportgen.page.worker import OUR_BUG

NOT_FOUND = "没有这个页面。"
NOT_SO = "这个地址不接受这样的请求。"


def make_app(office: Office) -> Starlette:
    """The application; nobody is kept out by it, see ``guard``."""
    app = Starlette(
        routes=[*_list_screens(), *_list_actions(), *(_list_lan_routes() if office.lan else ())],
        exception_handlers={
            HTTPException: _tell_missing,
            TooMuchError: _tell_too_much,
            ReportgenError: _tell_problem,
            Exception: _tell_bug,
        },
    )
    app.state.office = office
    app.state.root_desk = RootDesk(NAME, office.root)
    return app


def _list_screens() -> list[Route]:
    return [
        Route("/", screens.folders),
        Route("/folders", screens.folders),
        Route("/assets/{name}", screens.asset),
        Route("/jobs/{number:int}", screens.job_state),
        Route("/proofread", proofread_screens.proofread),
        Route("/proofread/copy", proofread_screens.copy),
        Route("/f/{folder:path}/overview", screens.checked(screens.overview)),
        Route("/f/{folder:path}/assign", screens.checked(screens.assign)),
        Route("/f/{folder:path}/receive", screens.receive),
        Route("/f/{folder:path}/issues", screens.checked(screens.issues)),
        Route("/f/{folder:path}/papers", screens.checked(paper_screens.papers)),
        Route("/f/{folder:path}/review", screens.checked(paper_screens.review)),
        Route("/all/rollup", many_screens.rollup),
        *(each for base in ("/f/{folder:path}", "/all") for each in _list_report_screens(base)),
    ]


def _list_report_screens(base: str) -> list[Route]:
    """Those of a working folder and of the one that holds them all."""
    named = {
        "report": report_screens.report,
        "verify": report_screens.verify,
        "figure": report_screens.figure,
        "chart": report_screens.chart,
        "table": report_screens.table,
        "picture": report_screens.picture,
        "file": screens.download,
        "packed": screens.packed,
    }
    return [Route(f"{base}/{name}", show) for name, show in named.items()]


def _list_actions() -> list[Route]:
    named = {
        "check": actions.check,
        "assign": actions.assign,
        "cards": actions.cards,
        "status": actions.status,
        "receive": actions.take_in,
        "use": folder_actions.use_received,
        "build": actions.build,
        "sentences": report_actions.write_sentences,
        "fields": report_actions.renew_fields,
        "papers": paper_actions.write,
        "papers/templates": paper_actions.write_templates,
        "review": paper_actions.review,
        "review/publish": paper_actions.publish,
    }
    of_reports = {
        "verify": report_actions.verify,
        "verify/drop": report_actions.verify_dropped,
        "refresh": report_actions.refresh,
        "finalize": report_actions.finalize,
    }
    of_all = {
        "rollup": many_actions.rollup,
        "batch": many_actions.batch,
        "halt": many_actions.halt,
        "settings": many_actions.take_settings,
        "settings/blank": many_actions.lay_settings,
    }
    answers = {"/f/{folder:path}": {**named, **of_reports}, "/all": {**of_all, **of_reports}}
    found = [
        Route(f"{base}/{name}", do, methods=["POST"])
        for base, each in answers.items()
        for name, do in each.items()
    ]
    return [
        Route("/folders/create", folder_actions.create, methods=["POST"]),
        Route("/proofread", proofread_actions.proofread, methods=["POST"]),
        *found,
    ]


def _list_lan_routes() -> list[Route]:
    """Links are looked up among the folders that lie in the root itself."""
    return [
        Route("/f/{folder}/links", screens.checked(link_screens.links)),
        Route("/f/{folder}/links", link_screens.renew, methods=["POST"]),
        *departments.list_routes(),
    ]


async def _tell_missing(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = {404: NOT_FOUND, 405: NOT_SO}.get(error.status_code, error.detail)
    own = error.detail if not error.detail.isascii() else said
    return refuse(error.status_code, own)


async def _tell_too_much(_request: Request, error: Exception) -> Response:
    assert isinstance(error, TooMuchError)
    return refuse(error.status, error.said)


async def _tell_problem(_request: Request, error: Exception) -> Response:
    return refuse(409, str(error))


async def _tell_bug(_request: Request, _error: Exception) -> Response:
    """What happened is logged where the error arrives, in ``guard``."""
    return refuse(500, OUR_BUG[0])
