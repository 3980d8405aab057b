"""Our remarks as cell comments (批注) in somebody's sheet, beside and below their own.

A remark is a block of text between two lines by which it is found again, wherever another program
has put it: ``clear`` takes exactly that away.  A comment of Excel is two things, its text in one
part and its box in another, in a dialect of its own that need not be proper XML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from reportgen.data import position
from reportgen.excel.looks import lines_needed
from reportgen.excel.parts import MAIN, RELATION, SHEET_ORDER, Package
from reportgen.excel.splicing import (
    Edit,
    Element,
    UnfitError,
    appended,
    fragment,
    inserted,
    outline,
    removed,
    xml_text,
)

AUTHOR = "reportgen"
FIRST_LINE = "核查意见（reportgen）"
LAST_LINE = "（以上由 reportgen 写入，改正后不必删除）"
SEPARATOR = "────────────"
"""Between the sender's comment and our remark."""


def write(package: Package, sheet: str, remarks: Mapping[str, str]) -> None:
    """Add remarks, by cell, to the sheet at that path.

    A cell in which people talk to each other (a threaded comment) takes no remark: Excel shows the
    talk and drops whatever stands beside it.
    """
    if not remarks:
        return
    boxes = _boxes(package, sheet) or _new_boxes(package, sheet)
    texts = _texts(package, sheet) or _new_texts(package, sheet)
    new = _write_texts(package, texts, remarks)
    _write_boxes(package, boxes, {cell: remarks[cell] for cell in new})


def clear(package: Package, sheet: str) -> None:
    """Take away every remark of ours, and the comments that hold nothing else."""
    texts, boxes = _texts(package, sheet), _boxes(package, sheet)
    if texts is None:
        return
    xml = package.parts[texts]
    edits: list[Edit] = []
    emptied: list[str] = []
    for comment in outline(xml).all("comment"):
        runs = list(_runs(xml, comment))
        whole = "".join(text for _, text in runs)
        kept = _REMARK.sub("", whole)
        if kept != whole and not kept.strip():
            edits.append(removed(comment))
            emptied.append(comment.attributes["ref"])
        elif kept != whole:
            edits += _cut(runs, [found.span() for found in _REMARK.finditer(whole)])
    package.edit(texts, *edits)
    if boxes is not None:
        package.parts[boxes] = _without_boxes(package.parts[boxes], emptied)


_REMARK = re.compile(
    rf"(?:\n?{SEPARATOR}\s*)?{re.escape(FIRST_LINE)}.*?{re.escape(LAST_LINE)}", re.DOTALL
)


# the texts


def _texts(package: Package, sheet: str) -> str | None:
    found = (one.target for one in package.relations(sheet) if one.kind == "comments")
    return next(found, None)


def _new_texts(package: Package, sheet: str) -> str:
    path = package.free("xl/comments", "xml")
    package.add(path, _NO_TEXTS.encode(), _TEXTS_TYPE)
    package.relate(sheet, "comments", path)
    return path


def _write_texts(package: Package, path: str, remarks: Mapping[str, str]) -> Sequence[str]:
    """→ the cells that had no comment before."""
    xml = package.parts[path]
    root = outline(xml)
    authors, comments = root.child("authors"), root.child("commentList")
    if authors is None or comments is None:
        raise UnfitError
    names = [html.unescape(xml[one.inside : one.close].decode()) for one in authors.children]
    there = {comment.attributes["ref"]: comment for comment in comments.children}
    edits: list[Edit] = []
    if AUTHOR not in names:
        edits.append(appended(xml, authors, fragment(root, xml, f"<author>{AUTHOR}</author>")))
        names.append(AUTHOR)
    for cell, comment in there.items():
        if cell in remarks and not _is_talk(comment, names):
            edits.append(_below(xml, root, comment, _block(remarks[cell])))
    new = [cell for cell in remarks if cell not in there]
    texts = (_comment(cell, names.index(AUTHOR), remarks[cell]) for cell in new)
    edits.append(appended(xml, comments, b"".join(fragment(root, xml, text) for text in texts)))
    package.edit(path, *edits)
    return new


def _is_talk(comment: Element, names: Sequence[str]) -> bool:
    return names[int(comment.attributes["authorId"])].startswith("tc=")


def _below(xml: bytes, root: Element, comment: Element, block: str) -> Edit:
    """Our block behind the sender's own words, which keep their looks."""
    text = comment.child("text")
    if text is None:
        raise UnfitError
    added = xml_text(f"\n{SEPARATOR}\n{block}")
    plain = text.child("t")
    if plain is not None and plain.close < plain.end and text.child("r") is None:
        return plain.close, plain.close, added.encode()
    run = f'<r><t xml:space="preserve">{added}</t></r>'
    return appended(xml, text, fragment(root, xml, run))


def _block(remark: str) -> str:
    return f"{FIRST_LINE}\n{remark}\n{LAST_LINE}"


def _comment(cell: str, author: int, remark: str) -> str:
    first, rest = xml_text(FIRST_LINE), xml_text(f"\n{remark}\n{LAST_LINE}")
    return (
        f'<comment ref="{cell}" authorId="{author}"><text>'
        f"<r><rPr><b/>{_FONT}</rPr><t>{first}</t></r>"
        f'<r><rPr>{_FONT}</rPr><t xml:space="preserve">{rest}</t></r></text></comment>'
    )


def _runs(xml: bytes, comment: Element) -> Iterator[tuple[Element, str]]:
    """Each ``r`` or plain ``t`` of a comment with its text."""
    text = comment.child("text")
    for child in text.children if text else ():
        found = child if child.name == "t" else child.child("t")
        if child.name in ("t", "r") and found is not None:
            yield child, html.unescape(xml[found.inside : found.close].decode())


def _cut(runs: Sequence[tuple[Element, str]], spans: Sequence[tuple[int, int]]) -> Iterator[Edit]:
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
            yield found.inside, found.close, xml_text(kept).encode()
        else:
            yield removed(element)


# the boxes


def _boxes(package: Package, sheet: str) -> str | None:
    xml = package.parts[sheet]
    found = outline(xml, "sheetData").child("legacyDrawing")
    if found is None:
        return None
    ids = [value for name, value in found.attributes.items() if name.endswith(":id")]
    return next(one.target for one in package.relations(sheet) if one.id in ids)


def _new_boxes(package: Package, sheet: str) -> str:
    path = package.free("xl/drawings/vmlDrawing", "vml")
    number = re.findall(r"\d+", path)[-1]
    package.parts[path] = _NO_BOXES.format(number=number).encode()
    package.allow("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    relation = package.relate(sheet, "vmlDrawing", path)
    xml = package.parts[sheet]
    root = outline(xml, "sheetData")
    drawing = fragment(root, xml, f'<legacyDrawing xmlns:r="{RELATION}" r:id="{relation}"/>')
    package.edit(sheet, inserted(root, SHEET_ORDER, "legacyDrawing", drawing))
    return path


def _write_boxes(package: Package, path: str, remarks: Mapping[str, str]) -> None:
    xml = package.parts[path]
    begin, close, end = xml.rpartition(b"</xml>")
    if not close:
        raise UnfitError
    first = 1024 * int(re.findall(r"\d+", path)[-1] if re.search(r"\d", path) else 1)
    used = max([first, *map(int, re.findall(rb'id="_x0000_s(\d+)"', xml))])
    shape = b"" if b'id="_x0000_t202"' in xml else _SHAPE_TYPE.encode()
    boxes = (
        _box(number, cell, _block(text)) for number, (cell, text) in enumerate(remarks.items(), 1)
    )
    new = "".join(box.format(id=used + n) for n, box in enumerate(boxes, 1)).encode()
    package.parts[path] = begin + shape + new + close + end


def _box(number: int, cell: str, text: str) -> str:
    """Wide enough for a sentence, as high as the text needs."""
    row, column = position(cell)
    height = 14 * lines_needed(text, _BOX_CHARACTERS) + 12
    return (
        '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;'
        f"margin-left:60pt;margin-top:2pt;width:270pt;height:{height}pt;z-index:{number};"
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column>"
        "</x:ClientData></v:shape>"
    )


def _without_boxes(xml: bytes, cells: Sequence[str]) -> bytes:
    """Without the notes at these cells."""
    places = {position(cell) for cell in cells}

    def kept(found: re.Match[bytes]) -> bytes:
        row, column = (re.search(rb"<x:%s>(\d+)<" % tag, found[0]) for tag in (b"Row", b"Column"))
        if b'ObjectType="Note"' not in found[0] or not row or not column:
            return found[0]
        return b"" if (int(row[1]) + 1, int(column[1]) + 1) in places else found[0]

    return _BOX.sub(kept, xml) if places else xml


_BOX = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_BOX_CHARACTERS = 46
_FONT = '<sz val="10"/><color indexed="81"/><rFont val="宋体"/><charset val="134"/>'
_TEXTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_NO_TEXTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
)
_NO_BOXES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{number}"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
