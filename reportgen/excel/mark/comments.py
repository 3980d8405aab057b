"""Our remarks as cell comments (批注) in somebody's sheet, beside and below their own.

A remark is a block of text between two lines by which it is found again, wherever another program
has put it: ``clear_comments`` takes exactly that away.  The boxes in which comments appear are drawings, kept
in another part (``vml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reportgen.excel.mark import vml
from reportgen.excel.mark.package import MAIN, WorkbookPackage
from reportgen.excel.mark.xml_edit import (
    Edit,
    ElementSpan,
    UnfitError,
    append_child,
    cut_element,
    make_fragment,
    parse_outline,
    read_text_content,
    to_xml_text,
)

AUTHOR = "reportgen"
FIRST_LINE = "核查意见（reportgen）"
LAST_LINE = "（以上由 reportgen 写入，改正后不必删除）"
SEPARATOR = "────────────"
"""Between the sender's comment and our remark."""


def write_comments(package: WorkbookPackage, sheet: str, remarks: Mapping[str, str]) -> None:
    """Add remarks, by cell, to the sheet at that path.

    A cell in which people talk to each other (a threaded comment) takes no remark: Excel shows the
    talk and drops whatever stands beside it.
    """
    if not remarks:
        return
    texts = _find_comments_part(package, sheet) or _add_comments_part(package, sheet)
    new = _write_remarks(package, texts, remarks)
    vml.write_boxes(package, sheet, {cell: _frame_remark(remarks[cell]) for cell in new})


def clear_comments(package: WorkbookPackage, sheet: str) -> None:
    """Take away every remark of ours, and the comments that hold nothing else."""
    texts = _find_comments_part(package, sheet)
    if texts is None:
        return
    xml = package.parts[texts]
    edits: list[Edit] = []
    emptied: list[str] = []
    for comment in parse_outline(xml).all("comment"):
        runs = list(_iter_runs(xml, comment))
        whole = "".join(text for _, text in runs)
        kept = _REMARK.sub("", whole)
        if kept != whole and not kept.strip():
            edits.append(cut_element(comment))
            emptied.append(comment.attributes["ref"])
        elif kept != whole:
            edits += _cut_spans(runs, [found.span() for found in _REMARK.finditer(whole)])
    package.edit(texts, *edits)
    vml.clear_boxes(package, sheet, emptied)


_REMARK = re.compile(
    rf"(?:\n?{SEPARATOR}\s*)?{re.escape(FIRST_LINE)}.*?{re.escape(LAST_LINE)}", re.DOTALL
)


# the texts


def _find_comments_part(package: WorkbookPackage, sheet: str) -> str | None:
    found = (one.target for one in package.relations(sheet) if one.kind == "comments")
    return next(found, None)


def _add_comments_part(package: WorkbookPackage, sheet: str) -> str:
    path = package.free("xl/comments", "xml")
    package.add(path, _NO_TEXTS.encode(), _TEXTS_TYPE)
    package.relate(sheet, "comments", path)
    return path


def _write_remarks(
    package: WorkbookPackage, path: str, remarks: Mapping[str, str]
) -> Sequence[str]:
    """→ the cells that had no comment before."""
    xml = package.parts[path]
    root = parse_outline(xml)
    authors, comments = root.child("authors"), root.child("commentList")
    if authors is None or comments is None:
        raise UnfitError
    names = [read_text_content(xml, one) for one in authors.children]
    there = {comment.attributes["ref"]: comment for comment in comments.children}
    edits: list[Edit] = []
    if AUTHOR not in names:
        edits.append(
            append_child(xml, authors, make_fragment(root, xml, f"<author>{AUTHOR}</author>"))
        )
        names.append(AUTHOR)
    for cell, comment in there.items():
        if cell in remarks and not _is_threaded(comment, names):
            edits.append(_append_remark(xml, root, comment, _frame_remark(remarks[cell])))
    new = [cell for cell in remarks if cell not in there]
    texts = (_make_comment(cell, names.index(AUTHOR), remarks[cell]) for cell in new)
    edits.append(
        append_child(xml, comments, b"".join(make_fragment(root, xml, text) for text in texts))
    )
    package.edit(path, *edits)
    return new


def _is_threaded(comment: ElementSpan, names: Sequence[str]) -> bool:
    return names[int(comment.attributes["authorId"])].startswith("tc=")


def _append_remark(xml: bytes, root: ElementSpan, comment: ElementSpan, block: str) -> Edit:
    """Our block behind the sender's own words, which keep their looks."""
    text = comment.child("text")
    if text is None:
        raise UnfitError
    added = to_xml_text(f"\n{SEPARATOR}\n{block}")
    plain = text.child("t")
    if plain is not None and plain.close < plain.end and text.child("r") is None:
        return plain.close, plain.close, added.encode()
    run = f'<r><t xml:space="preserve">{added}</t></r>'
    return append_child(xml, text, make_fragment(root, xml, run))


def _frame_remark(remark: str) -> str:
    return f"{FIRST_LINE}\n{remark}\n{LAST_LINE}"


def _make_comment(cell: str, author: int, remark: str) -> str:
    first, rest = to_xml_text(FIRST_LINE), to_xml_text(f"\n{remark}\n{LAST_LINE}")
    return (
        f'<comment ref="{cell}" authorId="{author}"><text>'
        f"<r><rPr><b/>{_FONT}</rPr><t>{first}</t></r>"
        f'<r><rPr>{_FONT}</rPr><t xml:space="preserve">{rest}</t></r></text></comment>'
    )


def _iter_runs(xml: bytes, comment: ElementSpan) -> Iterator[tuple[ElementSpan, str]]:
    """Each ``r`` or plain ``t`` of a comment with its text."""
    text = comment.child("text")
    for child in text.children if text else ():
        found = child if child.name == "t" else child.child("t")
        if child.name in ("t", "r") and found is not None:
            yield child, read_text_content(xml, found)


def _cut_spans(
    runs: Sequence[tuple[ElementSpan, str]], spans: Sequence[tuple[int, int]]
) -> Iterator[Edit]:
    """Without these stretches of the whole text; a run of which nothing is left goes."""
    begin = 0
    for element, text in runs:
        places = range(begin, begin + len(text))
        kept = "".join(
            char
            for place, char in zip(places, text, strict=True)
            if not any(start <= place < end for start, end in spans)
        )
        begin += len(text)
        if kept == text:
            continue
        found = element if element.name == "t" else element.child("t")
        assert found is not None
        if kept:
            yield found.inside, found.close, to_xml_text(kept).encode()
        else:
            yield cut_element(element)


_FONT = '<sz val="10"/><color indexed="81"/><rFont val="宋体"/><charset val="134"/>'
_TEXTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_NO_TEXTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
)
