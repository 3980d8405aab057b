"""Finished reports as a reader sees them: paragraphs by style, figures apart from words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tests.support.templates import W, part, shown

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_KEY = re.compile(r'DOCPROPERTY "(.+?)" ')


@dataclass(frozen=True)
class Paragraph:
    """``text`` as shown; ``slots``: the same with ▢ for each live figure."""

    style: str
    text: str
    slots: str


@dataclass(frozen=True)
class Document:
    """A finished .docx."""

    content: bytes

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Those of the body outside tables."""
        body = part(self.content)[0]
        return [_paragraph(each) for each in body.findall(f"{{{W}}}p")]

    @property
    def prose(self) -> list[Paragraph]:
        """The running text."""
        return [each for each in self.paragraphs if each.style in ("Normal", "Closing", "Note")]

    @property
    def tables(self) -> list[list[list[str]]]:
        """Each table's rows, as the texts of their cells."""
        return [
            [[shown(cell) for cell in row.iter(f"{{{W}}}tc")] for row in table.iter(f"{{{W}}}tr")]
            for table in part(self.content).iter(f"{{{W}}}tbl")
        ]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Key and shown text of every live figure, in order."""
        return [pair for each in part(self.content).iter(f"{{{W}}}p") for pair in _fields(each)]

    @property
    def properties(self) -> dict[str, str]:
        """The custom document properties."""
        return {
            each.get("name", ""): "".join(map(str, each.itertext()))
            for each in part(self.content, "docProps/custom.xml")
        }

    @property
    def alt_texts(self) -> list[str]:
        """What the pictures say of themselves."""
        return [each.get("descr", "") for each in part(self.content).iter(DRAWING)]

    @property
    def everything(self) -> str:
        """All text and attributes of all parts, for looking whether something is nowhere."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            roots = [etree.fromstring(archive.read(name)) for name in names]
        return "\n".join(text for root in roots for text in _texts(root))


def _texts(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        yield from (str(value) for value in element.attrib.values())
    for paragraph in root.iter(f"{{{W}}}p"):
        yield shown(paragraph)
    if not root.tag.startswith(f"{{{W}}}"):
        yield from (str(text) for text in root.itertext())


def _fields(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    key, text, showing = "", "", False
    for run in paragraph.iter(f"{{{W}}}r"):
        mark = run.find(f"{{{W}}}fldChar")
        kind = mark.get(f"{{{W}}}fldCharType") if mark is not None else ""
        found = _KEY.search(run.findtext(f"{{{W}}}instrText") or "")
        key, text = (found[1], "") if found else (key, text)
        showing = kind == "separate" or (showing and kind != "end")
        text += (run.findtext(f"{{{W}}}t") or "") if showing else ""
        if kind == "end" and key:
            yield key, text
            key = ""


def _paragraph(element: etree._Element) -> Paragraph:
    style = element.find(f"{{{W}}}pPr/{{{W}}}pStyle")
    name = style.get(f"{{{W}}}val", "") if style is not None else "Normal"
    text, slots, showing = "", "", False
    for run in element.iter(f"{{{W}}}r"):
        mark = run.find(f"{{{W}}}fldChar")
        kind = mark.get(f"{{{W}}}fldCharType") if mark is not None else ""
        showing = kind == "separate" or (showing and kind != "end")
        slots += "▢" if kind == "end" else ""
        piece = shown(run)
        text += piece
        slots += "" if showing else piece
    return Paragraph(name, text, slots)
