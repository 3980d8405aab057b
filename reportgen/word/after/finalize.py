"""The copy of a report that leaves the house: what is to be read, and nothing that is not named here.

Not a list of what to take away but of what to keep: parts are reached from the document over known
relations or by a reference in the text, settings are those that decide how it looks, pictures keep
their pixels only, charts of ours that Word draws itself what is seen of them and no workbook.
Figures become plain text, and so do the numbers of captions; page numbers,
cross-references and tables of contents stay live.  Tracked changes are accepted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from lxml import etree

from reportgen.word.after.carried_along import UnseenText, find_carried_along
from reportgen.word.after.cut_words import FindCuts, cut_words
from reportgen.word.after.picture_bytes import drop_metadata
from reportgen.word.after.settled_rows import settle_rows
from reportgen.word.after.traces import clear_traces, flatten_fields
from reportgen.word.compare.findings import Finding
from reportgen.word.document.part_reader import find_chart_part
from reportgen.word.document.reader import (
    OpenedReport,
    open_package,
    open_report,
    parse_trees,
    read_content,
)
from reportgen.word.document.snapshot import read_pictures
from reportgen.word.document.text_rows import TextRows, is_row_note
from reportgen.word.xml import stories
from reportgen.word.xml.package import WordPackage, parse_xml_part, to_xml
from reportgen.word.xml.revisions import accept_revisions
from reportgen.word.xml.wml import WP, C, R, remove_element, w

_IMPLIED = frozenset(
    ["styles", "numbering", "settings", "fontTable", "theme", "footnotes", "endnotes"]
)
"""Relations that hold without a reference in the part's text."""
_SETTINGS = frozenset([
    "embedTrueTypeFonts", "saveSubsetFonts", "mirrorMargins", "alignBordersAndEdges",
    "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop",
    "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps",
    "evenAndOddHeaders", "bookFoldRevPrinting", "bookFoldPrinting", "bookFoldPrintingSheets",
    "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing",
    "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery",
    "characterSpacingControl", "noLineBreaksAfter", "noLineBreaksBefore", "strictFirstAndLastChars",
    "documentProtection", "footnotePr", "endnotePr", "compat", "mathPr", "themeFontLang",
    "clrSchemeMapping", "decimalSymbol", "listSeparator", "displayBackgroundShape",
])  # fmt: skip
"""What of the settings decides how the document looks or who may change it."""
_SESSION = re.compile(r"rsid\w*|paraId|textId")


@dataclass(frozen=True)
class FinalCopy:
    """A finished copy before it is packed; ``rows``: of its body, for which notes stand there."""

    package: WordPackage
    date: dt.date
    rows: TextRows

    def find_left_over(self) -> list[Finding]:
        """What it carries along that nobody sees; a person must say that it may.

        Nothing is in the rows: of each markup among them a specimen was looked at.
        """
        return find_carried_along(self.package)

    def to_bytes(self) -> bytes:
        """The .docx."""
        parts, body = self.package.parts, self.package.document
        whole = parts | {body: self.rows.joined(parts[body])}
        return replace(self.package, parts=whole).to_bytes(self.date)


def finalize_report(docx: bytes) -> bytes:
    """The finished report without its ties, comments and traces of editing.

    Raises:
        ReportError: it cannot be read.
    """
    return finalize_opened(open_report(docx)).to_bytes()


def finalize_opened(report: OpenedReport) -> FinalCopy:
    """As ``finalize_report``, of one that is open; its trees are used up."""
    package, record = report.package, report.reading.record
    body = report.trees[package.document]
    unread = settle_rows(body, report.aside, partial(_finalize_alone, UnseenText(package)))
    parts = _Parts(package, report.trees, stories.label_parts(package, body), unread)
    _drop_workbooks(package, parts.trees, {each.name for each in read_pictures(record)})
    _clear_parts(parts)
    date = dt.date.fromisoformat(record.get("date", "1980-01-01"))
    return _copy_reached_parts(package, record.get("title", ""), date, report.aside)


@dataclass(frozen=True)
class PublicCopy:
    """``final``: the copy; ``cut``: what was taken out of its text, what it was and the words."""

    final: FinalCopy
    cut: Sequence[tuple[str, str]]


def make_public_copy(docx: bytes, title: str, date: dt.date, find: FindCuts) -> PublicCopy:
    """Any document without comments and traces, and without the words that ``find`` finds.

    Raises:
        ReportError: it cannot be read.
    """
    package = open_package(docx)
    trees, named = parse_trees(package, package.parts[package.document])
    _clear_parts(_Parts(package, trees, named))
    cut = [each for tree in trees.values() for each in cut_words(tree, find)]
    for name, tree in trees.items() if cut else ():
        package.parts[name] = to_xml(tree)
    return PublicCopy(_copy_reached_parts(package, title, date, TextRows()), cut)


def _copy_reached_parts(
    package: WordPackage, title: str, date: dt.date, rows: TextRows
) -> FinalCopy:
    final = package.only(_find_reached_parts(package))
    final.describe(title, "", date)
    return FinalCopy(final, date, rows)


@dataclass(frozen=True)
class _Parts:
    """The parts that people write in, as trees, and what users call them.

    ``unread``: what stands for rows that are text already and stay as they are.
    """

    package: WordPackage
    trees: Mapping[str, etree._Element]
    labels: Mapping[str, str]
    unread: TextRows = field(default_factory=TextRows)

    @property
    def text(self) -> str:
        """All that is read; an accepted deletion may have joined paragraphs."""
        shown = read_content(self.package, self.trees, self.labels, self.unread, headings=False)
        return "".join(paragraph.text for paragraph in shown.everything)


def _clear_parts(parts: _Parts) -> None:
    """Accept all changes, make fields plain and take traces out; what is read stays."""
    before = parts.text
    for tree in parts.trees.values():
        accept_revisions(tree)
    _check_same_text(before, parts.text)
    for tree in parts.trees.values():
        flatten_fields(tree)  # what Word works out is read only once it is plain text
    before = parts.text
    for name, tree in parts.trees.items():
        clear_traces(tree, keep_rows=bool(parts.unread.rows) and name == parts.package.document)
        parts.package.parts[name] = to_xml(tree)
    _check_same_text(before, parts.text)


def _finalize_alone(unseen: UnseenText, part: bytes) -> bytes:
    """A part as it stands in the copy; nothing if it is to be looked at where it stands."""
    root = parse_xml_part(part)
    accept_revisions(root)
    clear_traces(root)
    content, referred = _clean_part(to_xml(root), "")
    return b"" if referred or any(unseen.find(root, "")) else content


def _drop_workbooks(
    package: WordPackage, trees: Mapping[str, etree._Element], names: Collection[str]
) -> None:
    """Take the workbooks out of our charts: more may stand in them than is seen."""
    for part, tree in trees.items():
        links = {link.id: link.part for link in package.linked(part)}
        for drawing in tree.iter(w("drawing")):
            about = next(drawing.iter(f"{{{WP}}}docPr"), None)
            name = find_chart_part(links, drawing)
            if about is None or about.get("name") not in names or not name:
                continue
            root = parse_xml_part(package.parts[name])
            for each in list(root.iter(f"{{{C}}}externalData")):
                remove_element(each)
            package.parts[name] = to_xml(root)


def _check_same_text(before: str, after: str) -> None:
    if after != before:
        raise AssertionError("the text a reader sees must not change")


def _find_reached_parts(package: WordPackage) -> dict[str, tuple[bytes, frozenset[str]]]:
    """Every part reached from the document, cleaned, with the relations it keeps, by id."""
    found: dict[str, tuple[bytes, frozenset[str]]] = {}
    waiting = [(package.document, "officeDocument")]
    while waiting:
        name, kind = waiting.pop(0)
        if name not in found:
            content, referred = _clean_part(package.parts[name], kind)
            links = package.linked(name)
            kept = {link.id for link in links if link.type in _IMPLIED or link.id in referred}
            found[name] = content, frozenset(kept | (package.outside(name).keys() & referred))
            waiting += [(link.part, link.type) for link in links if link.id in kept]
    return found


def _clean_part(part: bytes, kind: str) -> tuple[bytes, set[str]]:
    """A part without what editing leaves, and the ids of relations that it refers to."""
    if kind == "image":
        return drop_metadata(part) or part, set()
    if not part.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return part, set()
    root = parse_xml_part(part)
    if kind == "settings":
        _keep_children(root, _SETTINGS)
    referred: set[str] = set()
    for element in list(root.iter()):
        tag = element.tag
        if not isinstance(tag, str):
            if kind != "officeDocument" or not is_row_note(element):
                _drop_instruction(element)
        elif tag.rpartition("}")[2] in ("rsid", "rsids"):
            remove_element(element)
        else:
            referred |= _clean_attributes(element)
    return to_xml(root), referred


def _keep_children(root: etree._Element, names: Iterable[str]) -> None:
    wanted = set(names)
    for child in list(root):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in wanted:
            root.remove(child)


def _drop_instruction(element: etree._Element) -> None:
    if element.getparent() is not None and not element.tail:
        remove_element(element)


def _clean_attributes(element: etree._Element) -> set[str]:
    """Session marks go; the ids of relations that the others hold."""
    referred = set()
    for name, value in element.items():
        if _is_session_mark(str(name)):
            del element.attrib[name]
        elif str(name).startswith(_RELATION):
            referred.add(str(value))
    return referred


@lru_cache(maxsize=1024)
def _is_session_mark(name: str) -> bool:
    """Many attributes have few names."""
    return bool(_SESSION.fullmatch(name.rpartition("}")[2]))


_RELATION = f"{{{R}}}"
