"""The charts of the edited report drawn anew; the size a person gave one stays."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reportgen.word.compare.drawn_charts import match_drawn_charts
from reportgen.word.compare.findings import make_finding
from reportgen.word.document.model import Picture, drop_spaces
from reportgen.word.document.reader import OpenedReport
from reportgen.word.document.snapshot import from_record
from reportgen.word.refresh.state import RefreshState
from reportgen.word.xml.wml import WP, A, R, w

_ABOUT = f"{{{WP}}}docPr"
_BLIP = f"{{{A}}}blip"
_SLACK = 0.01
"""Other programs change sizes by less."""


def renew_pictures(state: RefreshState) -> None:
    """Replace each chart's image and words, unless somebody has put another image there."""
    fresh = {picture.name: picture for picture in from_record(state.new.reading.record).pictures}
    for each in match_drawn_charts(state.made.pictures, state.now.reading.content.pictures):
        new = fresh.get(each.chart.name)
        pictures = {(now.part, now.name, now.sha256): now for now in each.now}
        for now in pictures.values() if new else ():
            assert new is not None
            if each.replaced:
                state.findings.append(make_finding("picture-kept", now, "", each.chart.name))
            elif (new.sha256, new.alt) != (each.chart.sha256, now.alt):
                for drawing in list(_iter_drawings(state.now, now)):
                    _redraw_picture(state, drawing, now, each.chart, new)


def _iter_drawings(opened: OpenedReport, picture: Picture) -> Iterator[etree._Element]:
    """Those of its name that show its image."""
    for drawing in opened.trees[picture.part].iter(w("drawing")):
        about = next(drawing.iter(_ABOUT), None)
        if about is None or about.get("name", "") != picture.name:
            continue
        if (
            opened.package.parts.get(_find_image_part(opened, picture.part, drawing))
            == picture.image
        ):
            yield drawing


def _find_image_part(opened: OpenedReport, part: str, drawing: etree._Element) -> str:
    """The name of the part that holds its image."""
    blip = next(drawing.iter(_BLIP), None)
    images = {link.id: link.part for link in opened.package.linked(part)}
    return images.get(blip.get(f"{{{R}}}embed", ""), "") if blip is not None else ""


def _redraw_picture(
    state: RefreshState, drawing: etree._Element, now: Picture, before: Picture, fresh: Picture
) -> None:
    name = _find_image_part(state.now, now.part, drawing)
    state.now.package.put(
        name, _find_image(state, fresh), "image/png"
    )  # whatever it was compressed to
    for about in drawing.iter(_ABOUT):
        if drop_spaces(now.alt) == drop_spaces(before.alt) and now.alt != fresh.alt:
            about.set("descr", fresh.alt)
            state.changed.add(now.part)
    size = _choose_size(now, before, fresh)
    if size != now.size:
        for extent in drawing.iter(f"{{{WP}}}extent", f"{{{A}}}ext"):
            if extent.get("cx") is None:  # an extension, which has the same name
                continue
            extent.set("cx", str(size[0]))
            extent.set("cy", str(size[1]))
        state.changed.add(now.part)
    state.done["picture"] += 1


def _find_image(state: RefreshState, fresh: Picture) -> bytes:
    """That of a chart of the new report."""
    pictures = state.new.reading.content.pictures
    return next(each.image for each in pictures if each.sha256 == fresh.sha256)


def _choose_size(now: Picture, before: Picture, fresh: Picture) -> tuple[int, int]:
    """As drawn; if a person has resized it, its width, and the height that goes with that."""
    if all(abs(a - b) <= _SLACK * b for a, b in zip(now.size, before.size, strict=True)):
        return fresh.size if fresh.size != before.size else now.size
    if fresh.size[0] * before.size[1] == fresh.size[1] * before.size[0] or not fresh.size[0]:
        return now.size
    return now.size[0], round(now.size[0] * fresh.size[1] / fresh.size[0])
