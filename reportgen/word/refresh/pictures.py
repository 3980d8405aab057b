"""The charts of the edited report drawn anew; the size a person gave one stays."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reportgen.word.contents import Picture, tight
from reportgen.word.findings import Finding
from reportgen.word.ooxml import WP, A, R, w
from reportgen.word.reading import Opened
from reportgen.word.refresh.state import State

_ABOUT = f"{{{WP}}}docPr"
_SLACK = 0.01
"""Other programs change sizes by less."""


def renew_pictures(state: State) -> None:
    """Replace each chart's image and words, unless somebody has put another image there."""
    made = {picture.name: picture for picture in state.made.pictures}
    new = {picture.name: picture for picture in state.new.reading.content.pictures}
    for now in state.now.reading.content.pictures:
        before = made.get(now.name) or _by_image(state, now)
        fresh = new.get(before.name) if before else None
        if before is None or fresh is None or (fresh.sha256, fresh.alt) == (now.sha256, now.alt):
            continue
        if now.sha256 != before.sha256:
            state.findings.append(
                Finding(
                    "picture-kept", now.place, "", before.name, part=now.part, number=now.number
                )
            )
            continue
        for drawing in _drawings(state.now, now):
            _redraw(state, drawing, now, before, fresh)


def _by_image(state: State, now: Picture) -> Picture | None:
    """A chart whose name an editor has changed."""
    return next((each for each in state.made.pictures if each.sha256 == now.sha256), None)


def _drawings(opened: Opened, picture: Picture) -> Iterator[etree._Element]:
    for drawing in opened.trees[picture.part].iter(w("drawing")):
        about = next(drawing.iter(_ABOUT), None)
        if about is not None and about.get("name") == picture.name:
            yield drawing


def _image_part(opened: Opened, picture: Picture, drawing: etree._Element) -> str:
    """The name of the part that holds its image."""
    blip = next(drawing.iter(f"{{{A}}}blip"))
    images = {link.id: link.part for link in opened.package.linked(picture.part)}
    return images[blip.get(f"{{{R}}}embed", "")]


def _redraw(
    state: State, drawing: etree._Element, now: Picture, before: Picture, fresh: Picture
) -> None:
    drawn = next(_drawings(state.new, fresh))
    image = state.new.package.parts[_image_part(state.new, fresh, drawn)]
    state.now.package.parts[_image_part(state.now, now, drawing)] = image
    for about in drawing.iter(_ABOUT):
        if tight(now.alt) == tight(before.alt) and now.alt != fresh.alt:
            about.set("descr", fresh.alt)
            state.changed.add(now.part)
    size = _size(now, before, fresh)
    if size != now.size:
        for extent in drawing.iter(f"{{{WP}}}extent", f"{{{A}}}ext"):
            if extent.get("cx") is None:  # an extension, which has the same name
                continue
            extent.set("cx", str(size[0]))
            extent.set("cy", str(size[1]))
        state.changed.add(now.part)
    state.done["picture"] += 1


def _size(now: Picture, before: Picture, fresh: Picture) -> tuple[int, int]:
    """As drawn; if a person has resized it, its width, and the height that goes with that."""
    if all(abs(a - b) <= _SLACK * b for a, b in zip(now.size, before.size, strict=True)):
        return fresh.size if fresh.size != before.size else now.size
    if fresh.size[0] * before.size[1] == fresh.size[1] * before.size[0] or not fresh.size[0]:
        return now.size
    return now.size[0], round(now.size[0] * fresh.size[1] / fresh.size[0])
