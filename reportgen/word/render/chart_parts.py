"""Charts that Word draws itself, put into the document: the drawing, the chart's part, its workbook."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Mm

from reportgen.facts.report import WORKBOOK, Drawing, NativeChart
from reportgen.word.xml.wml import (
    WP,
    A,
    C,
    R,
    W,
    drop_unwritable,
    escape,
    remove_element,
)

CHART_TYPE, SHEET_TYPE = CONTENT_TYPE.DML_CHART, CONTENT_TYPE.SML_SHEET


def insert_chart(document: Document, note: Any, drawing: Drawing, chart: NativeChart) -> None:  # noqa: ANN401
    """Put a chart into the run in which this instruction stands."""
    package = document.part.package
    assert package is not None
    names = [
        package.next_partname(pattern)
        for pattern in ("/word/charts/chart%d.xml", "/word/embeddings/Microsoft_Excel_Sheet%d.xlsx")
    ]
    xml = drop_unwritable(chart.xml).encode()
    part = Part(PackURI(names[0]), CHART_TYPE, xml, package)
    workbook = Part(PackURI(names[1]), SHEET_TYPE, chart.workbook, package)
    part.load_rel(RELATIONSHIP_TYPE.PACKAGE, workbook, WORKBOOK)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    note.addprevious(parse_xml(_write_drawing(drawing, relation)))
    remove_element(note)


def _write_drawing(drawing: Drawing, relation: str) -> str:
    """The frame in the line of text; its number is given later."""
    width, height = (int(Mm(length)) for length in drawing.size)
    name, words = (escape(text) for text in (drawing.key, drawing.alt))
    return (
        f'<w:drawing xmlns:w="{W}" '
        f'xmlns:wp="{WP}" xmlns:a="{A}" xmlns:c="{C}" xmlns:r="{R}">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="1" name="{name}" descr="{words}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{C}"><c:chart r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )
