"""Word comments added to a finished report: where figures come from, what ``verify`` found."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.errors import ReportError
from reportgen.facts.model import Fact, from_json
from reportgen.facts.provenance import summarize_figure
from reportgen.word.compare.findings import KINDS, Finding, make_finding
from reportgen.word.compare.places import name_places
from reportgen.word.document.model import Paragraph
from reportgen.word.document.paragraph_reader import LiveField, ParagraphReader
from reportgen.word.document.part_reader import iter_numbered_paragraphs
from reportgen.word.document.reader import (
    OpenedReport,
    open_package,
    require_record,
)
from reportgen.word.document.record import ReportRecord
from reportgen.word.xml.package import WordPackage, parse_xml_part, to_xml
from reportgen.word.xml.revisions import COMMENT_PARTS
from reportgen.word.xml.stories import BODY
from reportgen.word.xml.wml import drop_unwritable, remove_element, remove_with_run, w

AUTHOR = "报告核对"
_INITIALS = "核"
OF_ANOTHER_YEAR = "：".join(map(str, KINDS["year-kept"]))
"""So begins a comment at a sentence of another year; it stays until the person takes it out."""
_BOX = w("txbxContent")


@dataclass(frozen=True, slots=True)
class CommentNote:
    """A comment's lines, and the elements of one paragraph it begins before and ends after.

    No elements: the whole paragraph.
    """

    paragraph: etree._Element
    lines: Sequence[str]
    around: tuple[etree._Element, etree._Element] | None = None


def annotate_figures(docx: bytes) -> bytes:
    """The report with a comment at each figure of its body that tells where it comes from.

    Raises:
        ReportError: it is no report of ours.
    """
    package = open_package(docx)
    record = require_record(package)
    tree = parse_xml_part(package.parts[package.document])
    add_notes(
        package,
        tree,
        list(_iter_source_notes(tree, from_json(record["facts"]))),
        _read_date(record),
    )
    return _pack_report(package, tree, record)


def comment_findings(docx: bytes, findings: Iterable[Finding]) -> bytes:
    """The report with a comment at each finding; those nowhere in the body stand at its start."""
    package = open_package(docx)
    record = require_record(package)
    tree = parse_xml_part(package.parts[package.document])
    paragraphs = _list_paragraphs(tree)
    by_place: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        here = finding.part == package.document and finding.number >= 0
        by_place[finding.number if here else 0].append(finding)
    notes = [
        CommentNote(
            paragraphs[number], [f"{one.severity}：{one.title}", str(one), f"{one.remedy}。"]
        )
        for number, found in sorted(by_place.items())
        for one in found
    ]
    add_notes(package, tree, notes, _read_date(record))
    return _pack_report(package, tree, record)


def comment_paragraphs(
    docx: bytes, notes: Iterable[tuple[int, Sequence[str]]], date: dt.date, author: str = AUTHOR
) -> bytes:
    """Any Word document with comments at paragraphs of its body, by number; -1: at its start.

    Raises:
        ReportError: it cannot be read, or has no paragraph.
    """
    package = open_package(docx)
    tree = parse_xml_part(package.parts[package.document])
    paragraphs = _list_paragraphs(tree)
    shown = [CommentNote(paragraphs[max(at, 0)], lines) for at, lines in notes]
    add_notes(package, tree, shown, date, author)
    package.parts[package.document] = to_xml(tree)
    return package.to_bytes(date)


def _list_paragraphs(tree: etree._Element) -> list[etree._Element]:
    found = list(tree.iter(w("p")))
    if not found:
        raise ReportError("文档的正文里一个段落也没有，批注无处可放。")
    return found


def comment_on_years(
    package: WordPackage, tree: etree._Element, found: Iterable[tuple[Finding, etree._Element | None]],
    date: dt.date,
) -> bool:  # fmt: skip
    """A comment at each sentence of another year, by its paragraph; → whether there was any.

    Open XML has no comments in headers, footers and notes: None.  Those stand at the body's start
    and say where the sentence is.
    """
    start = next(tree.iter(w("p")), None)
    notes = [
        CommentNote(start if element is None else element,
             [OF_ANOTHER_YEAR, *([one.place] if element is None else []), one.found])
        for one, element in found
        if start is not None
    ]  # fmt: skip
    add_notes(package, tree, notes, date)
    return bool(notes)


def years_left(report: OpenedReport) -> list[Finding]:
    """year-kept at each sentence of another year of which nobody has taken out the comment."""
    package, content = report.package, report.reading.content
    links = {link.type: link.part for link in package.linked(package.document)}
    if "comments" not in links:
        return []
    said = _of_another_year(parse_xml_part(package.parts[links["comments"]]))
    tree = report.trees[package.document]
    here = {each.number: each for each in content.everything if each.part == package.document}
    found = [
        _year_left(here.get(number), said[id_])
        for number, p in iter_numbered_paragraphs(tree, report.aside)
        if isinstance(p.tag, str)
        for each in p.iter(w("commentReference"))
        if (id_ := each.get(w("id"), "")) in said
    ]
    return name_places(found, content, content)


def _of_another_year(comments: etree._Element) -> dict[str, list[str]]:
    """The lines of these comments, by their ids."""
    found = {}
    for each in comments:
        title, *lines = ["".join(map(str, p.itertext())) for p in each.iter(w("p"))] or [""]
        if each.get(w("author")) == AUTHOR and title == OF_ANOTHER_YEAR and lines:
            found[each.get(w("id"), "")] = lines
    return found


def _year_left(paragraph: Paragraph | None, lines: Sequence[str]) -> Finding:
    *elsewhere, sentence = lines
    if paragraph is None or elsewhere:
        return Finding("year-kept", "".join(elsewhere) or BODY, sentence, "")
    return make_finding("year-kept", paragraph, sentence, "")


def drop_own_comments(
    package: WordPackage, trees: Mapping[str, etree._Element], *, but: str = ""
) -> set[str]:
    """Take out the comments that this module has made; → the parts changed.

    ``but``: those that begin so stay.  Where people have replied to comments all stay: a reply needs what it replies to.
    """
    links = {link.type: link.part for link in package.linked(package.document)}
    if "comments" not in links or b"paraIdParent" in package.parts.get(
        links.get("commentsExtended", ""), b""
    ):
        return set()
    root = parse_xml_part(package.parts[links["comments"]])
    ours = [
        each
        for each in root
        if each.get(w("author")) == AUTHOR
        and not (but and "".join(map(str, each.itertext())).startswith(but))
    ]
    if not ours:
        return set()
    numbers = {each.get(w("id")) for each in ours}
    for each in ours:
        remove_element(each)
    if len(root):
        package.parts[links["comments"]] = to_xml(root)
    else:
        package.unlink(package.document, COMMENT_PARTS)
    return {name for name, tree in trees.items() if _drop_anchors(tree, numbers)}


def _drop_anchors(tree: etree._Element, numbers: set[str | None]) -> bool:
    anchors = [
        each
        for each in tree.iter(*map(w, ("commentRangeStart", "commentRangeEnd", "commentReference")))
        if each.get(w("id")) in numbers
    ]
    for each in anchors:
        remove_with_run(each)
    return bool(anchors)


def _iter_source_notes(tree: etree._Element, facts: Mapping[str, Fact]) -> Iterator[CommentNote]:
    reader = ParagraphReader()
    for p in tree.iter(w("p")):
        for piece in reader.paragraph(p).pieces:
            if isinstance(piece, LiveField) and piece.key in facts:
                yield CommentNote(p, summarize_figure(facts, piece.key), (piece.first, piece.last))


def add_notes(
    package: WordPackage,
    tree: etree._Element,
    notes: Sequence[CommentNote],
    date: dt.date,
    author: str = AUTHOR,
) -> None:
    """Add comments to a document whose tree is written afterwards."""
    if not notes:
        return
    from reportgen.word.xml.assembly import (  # noqa: PLC0415 (verify mostly writes no comments)
        as_document,
        put_document_back,
    )

    document = as_document(package, {package.document: tree})
    for note in map(_outside_boxes, notes):
        text = drop_unwritable("\n".join(note.lines))
        comment = document.comments.add_comment(text, author, _INITIALS)
        comment._comment_elm.date = dt.datetime.combine(date, dt.time())
        _anchor_note(note, str(comment.comment_id))
    put_document_back(document, package)


def _outside_boxes(note: CommentNote) -> CommentNote:
    """Word has no comments in text boxes: at the paragraph that holds the box."""
    outer = [p for box in note.paragraph.iterancestors(_BOX) for p in box.iterancestors(w("p"))]
    return CommentNote(outer[-1], note.lines) if outer else note


def _anchor_note(note: CommentNote, number: str) -> None:
    start = etree.Element(w("commentRangeStart"), {w("id"): number})
    end = etree.Element(w("commentRangeEnd"), {w("id"): number})
    reference = etree.Element(w("r"))
    etree.SubElement(reference, w("commentReference"), {w("id"): number})
    if note.around is None or note.around[1] is note.paragraph:
        begin = 1 if note.paragraph.find(w("pPr")) is not None else 0
        note.paragraph.insert(begin, start)
        note.paragraph.extend([end, reference])
    else:
        first, last = note.around
        first.addprevious(start)
        last.addnext(end)
        end.addnext(reference)


def _read_date(record: ReportRecord) -> dt.date:
    return dt.date.fromisoformat(record.get("date", "1980-01-01"))


def _pack_report(package: WordPackage, tree: etree._Element, record: ReportRecord) -> bytes:
    package.parts[package.document] = to_xml(tree)
    return package.to_bytes(_read_date(record))
