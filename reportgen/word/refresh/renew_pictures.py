"""The charts of the edited report drawn anew; the size a person gave one stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from reportgen.word.compare.drawn_charts import match_drawn_charts
from reportgen.word.compare.findings import make_finding
from reportgen.word.document.chart_reader import digest_table, read_chart
from reportgen.word.document.model import Picture, drop_spaces
from reportgen.word.document.part_reader import find_chart_part
from reportgen.word.document.reader import OpenedReport
from reportgen.word.document.snapshot import read_pictures
from reportgen.word.refresh.renew_charts import renew_chart
from reportgen.word.refresh.state import RefreshState
from reportgen.word.xml.wml import WP, A, R, w

_ABOUT = f"{{{WP}}}docPr"
_BLIP = f"{{{A}}}blip"
_SLACK = 0.01
"""Other programs change sizes by less."""


def renew_pictures(state: RefreshState) -> None:
    """Replace each chart's image and words, unless somebody has put another image there."""
    fresh = {picture.name: picture for picture in read_pictures(state.new.reading.record)}
    for each in match_drawn_charts(state.made.pictures, state.now.reading.content.pictures):
        new = fresh.get(each.chart.name)
        pictures = {(now.part, now.name, now.sha256): now for now in each.now}
        for now in pictures.values() if new else ():
            assert new is not None
            if each.replaced:
                native = now.chart and each.chart.chart
                kind = "chart-kept" if native else "picture-kept"
                state.findings.append(make_finding(kind, now, "", each.chart.name))
            elif (new.sha256, new.alt) != (each.chart.sha256, now.alt):
                for drawing in list(_iter_drawings(state.now, now)):
                    _redraw_picture(state, drawing, now, each.chart, new)


def has_native_charts(record: Mapping[str, Any]) -> bool:
    """Whether a report was made with charts that Word draws itself."""
    return any(picture.chart for picture in read_pictures(record))


def _iter_drawings(opened: OpenedReport, picture: Picture) -> Iterator[etree._Element]:
    """Those of its name that show its image."""
    for drawing in opened.trees[picture.part].iter(w("drawing")):
        about = next(drawing.iter(_ABOUT), None)
        if about is None or about.get("name", "") != picture.name:
            continue
        if picture.chart:
            part = _find_drawn_part(opened, picture.part, drawing)
            if part and digest_table(read_chart(opened.package, part).table) == picture.sha256:
                yield drawing
        elif (
            opened.package.parts.get(_find_image_part(opened, picture.part, drawing))
            == picture.image
        ):
            yield drawing


def _find_image_part(opened: OpenedReport, part: str, drawing: etree._Element) -> str:
    """The name of the part that holds its image."""
    blip = next(drawing.iter(_BLIP), None)
    images = {link.id: link.part for link in opened.package.linked(part)}
    return images.get(blip.get(f"{{{R}}}embed", ""), "") if blip is not None else ""


def _find_drawn_part(opened: OpenedReport, part: str, drawing: etree._Element) -> str:
    """The name of the part that holds its chart."""
    return find_chart_part({link.id: link.part for link in opened.package.linked(part)}, drawing)


def _redraw_picture(
    state: RefreshState, drawing: etree._Element, now: Picture, before: Picture, fresh: Picture
) -> None:
    if now.chart and fresh.chart:
        _renew_native_chart(state, drawing, now, before, fresh)
    elif now.chart or fresh.chart:
        state.findings.append(make_finding("picture-kept", now, "", before.name))
        return
    else:
        name = _find_image_part(state.now, now.part, drawing)
        image = _find_picture(state, fresh).image
        state.now.package.put(name, image, "image/png")  # whatever it was compressed to
    for about in drawing.iter(_ABOUT):
        words = drop_spaces(now.alt)
        if words in _list_own_words(now, before) and now.alt != fresh.alt:
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


def _list_own_words(now: Picture, before: Picture) -> set[str]:
    """Words that nobody has changed; LibreOffice leaves out those of a chart."""
    return {drop_spaces(before.alt), *([""] if now.chart else [])}


def _renew_native_chart(
    state: RefreshState, drawing: etree._Element, now: Picture, before: Picture, fresh: Picture
) -> None:
    source = _find_picture(state, fresh)
    part = _find_drawn_part(state.now, now.part, drawing)
    drawn = next(_iter_drawings(state.new, source))
    fresh_part = _find_drawn_part(state.new, source.part, drawn)
    assert now.chart is not None
    assert before.chart is not None
    if now.chart.digest not in {"", before.chart.digest}:
        state.findings.append(make_finding("chart-sheet-renewed", now, "", before.name))
    renew_chart(state.now.package, part, state.new.package, fresh_part)


def _find_picture(state: RefreshState, fresh: Picture) -> Picture:
    """A chart of the new report."""
    pictures = state.new.reading.content.pictures
    return next(each for each in pictures if each.sha256 == fresh.sha256)


def _choose_size(now: Picture, before: Picture, fresh: Picture) -> tuple[int, int]:
    """As drawn; if a person has resized it, its width, and the height that goes with that."""
    if all(abs(a - b) <= _SLACK * b for a, b in zip(now.size, before.size, strict=True)):
        return fresh.size if fresh.size != before.size else now.size
    if fresh.size[0] * before.size[1] == fresh.size[1] * before.size[0] or not fresh.size[0]:
        return now.size
    return now.size[0], round(now.size[0] * fresh.size[1] / fresh.size[0])
