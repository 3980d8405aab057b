"""Word comments added to a finished report: where figures come from, what ``verify`` found."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.errors import ReportError
from reportgen.facts.model import Fact, from_json
from reportgen.facts.provenance import summary
from reportgen.word.compare.findings import Finding
from reportgen.word.document.paragraph_reader import LiveField, Reader
from reportgen.word.document.reader import opened, record_of
from reportgen.word.document.record import Record
from reportgen.word.xml.assembly import as_document, put_back
from reportgen.word.xml.package import Package, parse, to_xml
from reportgen.word.xml.revisions import COMMENT_PARTS
from reportgen.word.xml.wml import remove, remove_with_run, w, writable

AUTHOR = "报告核对"
_INITIALS = "核"


@dataclass(frozen=True, slots=True)
class Note:
    """A comment's lines, and the elements of one paragraph it begins before and ends after.

    No elements: the whole paragraph.
    """

    paragraph: etree._Element
    lines: Sequence[str]
    around: tuple[etree._Element, etree._Element] | None = None


def annotate(docx: bytes) -> bytes:
    """The report with a comment at each figure of its body that tells where it comes from.

    Raises:
        ReportError: it is no report of ours.
    """
    package = opened(docx)
    record = record_of(package)
    tree = parse(package.parts[package.document])
    add_notes(package, tree, list(_sources(tree, from_json(record["facts"]))), _date(record))
    return _saved(package, tree, record)


def marked(docx: bytes, findings: Iterable[Finding]) -> bytes:
    """The report with a comment at each finding; those nowhere in the body stand at its start."""
    package = opened(docx)
    record = record_of(package)
    tree = parse(package.parts[package.document])
    paragraphs = list(tree.iter(w("p")))
    by_place: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        here = finding.part == package.document and finding.number >= 0
        by_place[finding.number if here else 0].append(finding)
    if not paragraphs:
        raise ReportError("报告的正文里一个段落也没有，批注无处可放。")
    notes = [
        Note(paragraphs[number], [f"{one.severity}：{one.title}", str(one), f"{one.remedy}。"])
        for number, found in sorted(by_place.items())
        for one in found
    ]
    add_notes(package, tree, notes, _date(record))
    return _saved(package, tree, record)


def comment_paragraphs(
    docx: bytes, notes: Iterable[tuple[int, Sequence[str]]], date: dt.date
) -> bytes:
    """Any Word document with comments at paragraphs of its body, by number; -1: at its start.

    Raises:
        ReportError: it cannot be read, or has no paragraph.
    """
    package = opened(docx)
    tree = parse(package.parts[package.document])
    paragraphs = list(tree.iter(w("p")))
    if not paragraphs:
        raise ReportError("文档的正文里一个段落也没有，批注无处可放。")
    shown = [Note(paragraphs[max(at, 0)], lines) for at, lines in notes]
    add_notes(package, tree, shown, date)
    package.parts[package.document] = to_xml(tree)
    return package.to_bytes(date)


def drop_ours(package: Package, trees: Mapping[str, etree._Element], *, but: str = "") -> set[str]:
    """Take out the comments that this module has made; → the parts changed.

    ``but``: those that begin so stay.  Where people have replied to comments all stay: a reply needs what it replies to.
    """
    links = {link.type: link.part for link in package.linked(package.document)}
    if "comments" not in links or b"paraIdParent" in package.parts.get(
        links.get("commentsExtended", ""), b""
    ):
        return set()
    root = parse(package.parts[links["comments"]])
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
        remove(each)
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


def _sources(tree: etree._Element, facts: Mapping[str, Fact]) -> Iterator[Note]:
    reader = Reader()
    for p in tree.iter(w("p")):
        for piece in reader.paragraph(p).pieces:
            if isinstance(piece, LiveField) and piece.key in facts:
                yield Note(p, summary(facts, piece.key), (piece.first, piece.last))


def add_notes(package: Package, tree: etree._Element, notes: Sequence[Note], date: dt.date) -> None:
    """Add comments to a document whose tree is written afterwards."""
    if not notes:
        return
    document = as_document(package, {package.document: tree})
    for note in notes:
        text = writable("\n".join(note.lines))
        comment = document.comments.add_comment(text, AUTHOR, _INITIALS)
        comment._comment_elm.date = dt.datetime.combine(date, dt.time())
        _anchor(note, str(comment.comment_id))
    put_back(document, package)


def _anchor(note: Note, number: str) -> None:
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


def _date(record: Record) -> dt.date:
    return dt.date.fromisoformat(record.get("date", "1980-01-01"))


def _saved(package: Package, tree: etree._Element, record: Record) -> bytes:
    package.parts[package.document] = to_xml(tree)
    return package.to_bytes(_date(record))
