"""链接: the office's screen of the links with which departments hand in, each shown once when it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from reportgen.commands.desk.links import list_links, renew_links
from reportgen.commands.desk.own_view import list_owners
from reportgen.page.answers import desk_of, office_of, show_desk
from reportgen.page.departments import lan_of
from reportgen.page.desk import Desk
from reportgen.page.uploads import read_fields


def links(request: Request, desk: Desk, fresh: Mapping[str, str] | None = None) -> Response:
    """Who has a link and since when; ``fresh``: by department those just made, to be sent now."""
    made = list_links(desk.folder)
    owners = [(owner, made.get(owner, "")) for owner in list_owners(desk.outcome)]
    lan = lan_of(request)
    return show_desk(
        request, desk, "links", owners=owners, fresh=fresh or {}, secure=lan.secure,
        addresses=lan.addresses,
    )  # fmt: skip


async def renew(request: Request) -> Response:
    """A new link for one department, or a first one for all that have none."""
    desk, office, now = desk_of(request), office_of(request), dt.datetime.now()
    asked = (await read_fields(request)).get("owner", "")
    pending = await office.look(desk)
    if pending is not None:
        return show_desk(request, desk, "waiting", pending=pending)

    def make() -> Response:
        owners, made = list_owners(desk.outcome), list_links(desk.folder)
        chosen = [each for each in owners if each == asked or (not asked and each not in made)]
        codes = renew_links(desk.folder, chosen, now)
        base = lan_of(request).addresses[0]
        return links(request, desk, {owner: f"{base}/d/{code}" for owner, code in codes.items()})

    return await office.worker.run(make)
