"""What a chart that Word draws itself shows, read from its part: as we, Word or LibreOffice write it.

Word shows what the part remembers of the data (its caches), and opens the workbook inside only for
editing; so the caches are what a reader sees, and the workbook is what they become at the next edit.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from reportgen.facts.report import ChartTable
from reportgen.word.document.model import NativeReading
from reportgen.word.xml.package import WordPackage, parse_xml_part
from reportgen.word.xml.wml import A, C, parse_whole_number


def c(name: str) -> str:
    """``ser`` → the qualified name of ``c:ser``."""
    return f"{{{C}}}{name}"


def read_chart(package: WordPackage, part: str) -> NativeReading:
    """The chart of this part.

    Raises:
        ValueError, lxml.etree.XMLSyntaxError: the part is damaged.
    """
    root = parse_xml_part(package.parts[part])
    books = [link.part for link in package.linked(part) if link.type == "package"]
    workbook = package.parts[books[0]] if books else b""
    return NativeReading(
        read_table(root),
        hashlib.sha256(workbook).hexdigest() if books else "",
        workbook,
        tuple(dict.fromkeys(_iter_labels(root))),
        tuple(dict.fromkeys(_iter_texts(root))),
        tuple(series.findtext(f".//{c('val')}//{c('f')}") or "" for series in list_series(root)),
    )


def read_table(root: etree._Element) -> ChartTable:
    """The names and numbers that the chart remembers, in its order."""
    series = list_series(root)
    names = next((found for each in series if (found := _read_points(each.find(c("cat"))))), ())
    return ChartTable(
        tuple(names),
        tuple(
            (_read_name(each), tuple(map(tidy_number, _read_points(each.find(c("val"))))))
            for each in series
        ),
    )


def list_series(root: etree._Element) -> list[etree._Element]:
    """The series, in the order in which they are drawn."""
    return sorted(root.iter(c("ser")), key=lambda each: _read_value(each, "order"))


def digest_table(table: ChartTable) -> str:
    """What tells the table apart from others: its SHA-256."""
    plain = json.dumps([table.categories, table.series], ensure_ascii=False)
    return hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()


def tidy_number(text: str) -> str:
    """A number without what programs write differently (``5.0``, ``5E0``); other text as it is."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:
        return text
    # other programs keep numbers in binary, with some 15 digits
    return f"{value.quantize(_FINEST).normalize():f}" if value else "0"


_DIGITS = 15
_FINEST = Decimal("1e-9")


def _read_name(series: etree._Element) -> str:
    about = series.find(c("tx"))
    points = _read_points(about)
    plain = about.findtext(c("v")) if about is not None else None
    return points[0] if points else plain or ""


def _read_points(holder: etree._Element | None) -> list[str]:
    """The texts of a cache, by index; a point that is missing is empty."""
    if holder is None:
        return []
    found: dict[int, str] = {}
    for point in holder.iter(c("pt")):
        number = parse_whole_number(point.get("idx"))
        found.setdefault(number, point.findtext(c("v")) or "")
    counts = [parse_whole_number(each.get("val")) for each in holder.iter(c("ptCount"))]
    length = min(max([*counts, *(number + 1 for number in found)], default=0), _MOST_POINTS)
    return [found.get(number, "") for number in range(length)]


_MOST_POINTS = 10_000


def _read_value(parent: etree._Element, name: str) -> int:
    child = parent.find(c(name))
    return parse_whole_number(child.get("val")) if child is not None else 0


def _iter_labels(root: etree._Element) -> Iterator[str]:
    """What stands over the numbers and is not they.

    Also the names of categories where a series has others than the first: Word shows the first's.
    """
    for labels in root.iter(c("dLbls")):
        yield from _iter_typed(labels)
    for each in root.iter(c("numFmt")):
        code = each.get("formatCode", "")
        if _speaks(code):
            yield code
    if any(each.get("val") in _ON for each in root.iter(c("showPercent"))):
        yield "Word 另算的百分比"
    categories = [tuple(_read_points(each.find(c("cat")))) for each in list_series(root)]
    first = next((each for each in categories if each), ())
    yield from ("、".join(each) for each in categories if each not in ((), first))


def _iter_texts(root: etree._Element) -> Iterator[str]:
    """What is typed in titles and elsewhere."""
    over = {text for labels in root.iter(c("dLbls")) for text in _iter_typed(labels)}
    yield from (text for text in _iter_typed(root) if text not in over)


def _iter_typed(holder: etree._Element) -> Iterator[str]:
    for paragraph in holder.iter(f"{{{A}}}p"):
        text = "".join(str(part) for part in paragraph.itertext()).strip()
        if text:
            yield text


def _speaks(code: str) -> bool:
    """Whether a number format writes digits of its own, or another number than there is."""
    quoted = re.findall(r'"([^"]*)"|\\(.)', code)
    bare = re.sub(r'"[^"]*"|\\.', "", code)
    typed = any(sign.isdigit() for pair in quoted for text in pair for sign in text)
    return typed or re.search(r"[1-9%]|,(?![#0])", bare) is not None


_ON = ("1", "true")
