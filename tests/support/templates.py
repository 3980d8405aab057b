"""Small Word templates for tests, written as WordprocessingML a reviewer can read."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from reportgen.facts.model import Fact, Facts, Origin
from reportgen.facts.report import Item, Items, Report
from reportgen.word.document import fields
from reportgen.word.document.record import ReportRecord
from reportgen.word.xml import package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
"""A black dot."""


def record_of(document: bytes) -> ReportRecord:
    """The record that a finished report carries."""
    found = fields.read_report_record(package.read_word_package(document))
    assert found is not None
    return found


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p>{properties}{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table(*rows: Sequence[str], width: int = 2000) -> str:
    """A table of single-paragraph cells, all columns equally wide; ``2|text`` spans two."""
    cells = [[cell.rpartition("|")[::2] for cell in row] for row in map(spans, rows)]
    count = max(sum(int(span) for span, _ in row) for row in cells)
    grid = f'<w:gridCol w:w="{width}"/>' * count
    body = "".join(
        "<w:tr>" + "".join(_cell(text, int(span), width) for span, text in row) + "</w:tr>"
        for row in cells
    )
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def spans(row: Sequence[str]) -> list[str]:
    """Cells with their span written out."""
    return [cell if re.match(r"\d\|", cell) else f"1|{cell.replace('|', '¦')}" for cell in row]


def _cell(text: str, span: int, width: int) -> str:
    text = text.replace("¦", "|")
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    content = text if text.startswith("<w:") else p(text)
    return f'<w:tc><w:tcPr><w:tcW w:w="{span * width}" w:type="dxa"/>{spanned}</w:tcPr>{content}</w:tc>'


def docx(
    *body: str,
    header: str = "",
    footer: str = "",
    footnote: str = "",
    styles: str = "",
    more: str = "",
) -> bytes:
    """A .docx with this body; ``more``: XML inside the last section's properties."""
    edges = [("header", header), ("footer", footer)]
    section = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{kind}"/>' for kind, text in edges if text
    )
    parts = {
        "word/document.xml": ("document.main", _root(
            "document", f"<w:body>{''.join(body)}<w:sectPr>{section}{more}</w:sectPr></w:body>"
        )),
        "word/styles.xml": ("styles", _root("styles", styles)),
    }  # fmt: skip
    for kind, text in edges:
        if text:
            parts[f"word/{kind}.xml"] = (kind, _root("hdr" if kind == "header" else "ftr", text))
    if footnote:
        notes = f'<w:footnote w:id="1">{footnote}</w:footnote>'
        parts["word/footnotes.xml"] = ("footnotes", _root("footnotes", notes))
    return _zipped(parts)


def with_part(content: bytes, parts: Mapping[str, bytes] | None = None, links: str = "") -> bytes:
    """A .docx with further parts, and further relationships of its body."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", f"{links}</Relationships>".encode())
            new.writestr(name, part)
        for name, part in (parts or {}).items():
            new.writestr(name, part)
    return buffer.getvalue()


def _root(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{name}>'


def _zipped(parts: Mapping[str, tuple[str, str]]) -> bytes:
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{WORD}.{kind}+xml"/>'
        for name, (kind, _) in parts.items()
    )
    links = "".join(
        f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{name.removeprefix("word/")}"/>'
        for name, (kind, _) in parts.items()
        if kind != "document.main"
    )
    relations = f'xmlns="{PACKAGE}/relationships"'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships {relations}><Relationship Id="rId1" Type="{R}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f"<Relationships {relations}>{links}</Relationships>"
        )
        for name, (_, content) in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    """One part of a finished document, parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def shown(element: etree._Element) -> str:
    """The text a reader sees in it: a break is ⏎."""
    marks = {f"{{{W}}}br": "⏎", f"{{{W}}}tab": "\t"}
    return "".join(
        marks.get(each.tag) or each.text or ""
        for each in element.iter(f"{{{W}}}t", f"{{{W}}}br", f"{{{W}}}tab")
        if each.getparent().tag == f"{{{W}}}r"
    )


def lines(content: bytes, name: str = "word/document.xml") -> list[str]:
    """The paragraphs' texts, those in tables included."""
    return [shown(each) for each in part(content, name).iter(f"{{{W}}}p")]


def rows(content: bytes) -> list[list[str]]:
    """All tables' rows, as the texts of their cells."""
    return [
        [shown(cell) for cell in row.findall(f"{{{W}}}tc")]
        for row in part(content).iter(f"{{{W}}}tr")
    ]


def fact(key: str, value: int, unit: str = "件") -> Fact:
    """A figure counted by hand."""
    return Fact(key, value, str(value), unit, Origin("手工清点", "计件"))


def items(shape: Mapping[str, object], *entries: Mapping[str, object]) -> Items:
    """A list; each item's key is its first name's text."""
    return Items([Item(str(next(iter(entry.values()))), entry) for entry in entries], shape)


@dataclass(frozen=True)
class Chart:
    """A chart as far as Word is concerned."""

    key: str
    title: str
    alt: str
    size: tuple[float, float] = (150.0, 75.0)
    figures: tuple[Fact, ...] = ()


def report(**names: object) -> Report:
    """A report that offers these names; its facts are those at the top of the tree."""
    facts = {node.key: node for node in names.values() if isinstance(node, Fact)}
    return Report(
        "永安镇办理情况的报告", "永安镇人民政府", dt.date(2025, 1, 6), names, Facts(facts)
    )
