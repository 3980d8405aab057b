"""Random editing of a small report, as in Word: whatever a person types is a word of its own.

The editor keeps account of what it does by label (``small_report``): ``touched`` texts may differ
from a fresh report, ``busy`` ones hold something that keeps them from being taken out, and ``moved``
says that the order is a person's.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from tests.support.editing import ABOUT, AUTHOR, about_of, bolden, halve, looks_of, parsed
from tests.support.small_report import NAMES, dot, label
from tests.support.tampering import TC, TR, WP, Field, P, R, Report, T, fields, opened
from tests.support.templates import W, r, shown

TBL, LOOKS, TRACKED = (f"{{{W}}}{name}" for name in ("tbl", "rPr", "ins"))
A_EXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}ext"
COMMENTS = "word/comments.xml"
COMMENT_MARKS = [
    f"{{{W}}}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
]
WORD = re.compile(r"甲\d\d\d\d乙")
PAGE = 'xmlns:v="urn:schemas-microsoft-com:vml"'
Node = etree._Element


@dataclass
class Editor:
    """Edits a report, and keeps account of it."""

    report: Report
    chance: random.Random
    touched: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    moved: bool = False
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.labels: dict[Node, str] = {}
        self.count = 0
        for child in self.body:
            if child.tag == P:
                self.labels[child] = label(shown(child))
            for row in child.iter(TR):
                self.labels[row] = shown(row.find(TC))

    @property
    def body(self) -> Node:
        return self.report.tree[0]

    @property
    def paragraphs(self) -> list[Node]:
        """Those of the body that were made or typed, outside tables, with text."""
        return [p for p in self.body.findall(P) if shown(p)]

    @property
    def rows(self) -> list[Node]:
        return [row for table in self.body.findall(TBL) for row in table.iter(TR)]

    def word(self) -> str:
        """Something that nobody else types."""
        self.count += 1
        return f"甲{self.count:04d}乙"

    def touch(self, element: Node) -> None:
        """What a person changes the text of."""
        self.touched.add(self._label(element))

    def touch_all(self, table: Node) -> None:
        """What becomes of rows that come in is up to the columns as well."""
        for row in table.iter(TR):
            self.touch(row)
        self.touched |= {f"{kind}{name}" for kind in "行清" for name in NAMES}

    def fill_up(self, element: Node) -> None:
        """What a person puts something into."""
        self.busy.add(self._label(element))

    def _label(self, element: Node) -> str:
        for each in (element, *element.iterancestors()):
            if each in self.labels:
                return self.labels[each]
        return ""

    def texts(self, within: Node) -> list[Node]:
        """Texts outside fields, text boxes and changes."""
        inside = {t for each in fields(within) for run in each.runs for t in run.iter(T)}
        return [
            t
            for t in within.iter(T)
            if t.text and t not in inside and t.getparent().getparent().tag in {P, TRACKED}
        ]

    def any_text(self) -> Node | None:
        found = [t for each in (*self.paragraphs, *self.rows) for t in self.texts(each)]
        return self.chance.choice(found) if found else None

    def any_field(self) -> Field | None:
        found = fields(self.report.tree)
        return self.chance.choice(found) if found else None


def edited(content: bytes, chance: random.Random, most: int = 4) -> tuple[bytes, Editor]:
    """A small report after one to so many edits."""
    editor = Editor(opened(content), chance)
    for _ in range(chance.randint(1, most)):
        edit = chance.choice(EDITS)
        editor.log.append(edit.__name__)
        edit(editor)
    return editor.report.saved(), editor


def words(report: Report) -> set[str]:
    """All words of persons that can be read somewhere in it; not in rows taken out."""
    return {
        word
        for name, content in report.parts.items()
        if name.startswith("word/") and name.endswith(".xml")
        for p in (report.tree if name == "word/document.xml" else etree.fromstring(content)).iter(P)
        if not any(row.find(f"{{{W}}}trPr/{{{W}}}del") is not None for row in p.iterancestors(TR))
        for word in WORD.findall("".join(t.text or "" for t in p.iter(T)))
    }


def type_in(it: Editor) -> None:
    """A word somewhere in a text."""
    text = it.any_text()
    if text is not None:
        at = it.chance.randint(0, len(text.text))
        text.text = text.text[:at] + it.word() + text.text[at:]
        it.touch(text)


def type_at_end(it: Editor) -> None:
    p = it.chance.choice(it.paragraphs)
    p.append(parsed(r(it.word()))[0])
    it.touch(p)


def type_at_begin(it: Editor) -> None:
    p = it.chance.choice(it.paragraphs)
    p.insert(1 if p.find(ABOUT) is not None else 0, parsed(r(it.word()))[0])
    it.touch(p)


def strike(it: Editor) -> None:
    """Some letters out."""
    text = it.any_text()
    if text is not None:
        a, b = sorted(it.chance.randint(0, len(text.text)) for _ in "ab")
        text.text = text.text[:a] + text.text[b:]
        it.touch(text)


def retype(it: Editor) -> None:
    """Some letters by a word."""
    text = it.any_text()
    if text is not None:
        a, b = sorted(it.chance.randint(0, len(text.text)) for _ in "ab")
        text.text = text.text[:a] + it.word() + text.text[b:]
        it.touch(text)


def restyle(it: Editor) -> None:
    """Runs bold, split in two, the results of fields too."""
    p = it.chance.choice([*it.paragraphs, *it.rows])
    for run in list(p.iter(R)):
        looks = looks_of(run)
        if it.chance.random() < 0.7:
            bolden(looks)
        halve(run)


def add_paragraph(it: Editor) -> None:
    new = parsed(f"<w:p>{r(it.word())}</w:p>")[0]
    here = it.chance.choice([*it.paragraphs, *it.body.findall(TBL)])
    if it.chance.random() < 0.5:
        here.addprevious(new)
    else:
        here.addnext(new)


def drop_paragraph(it: Editor) -> None:
    p = it.chance.choice(it.paragraphs)
    it.touch(p)
    it.body.remove(p)


def move_paragraph(it: Editor) -> None:
    p, there = it.chance.choice(it.paragraphs), it.chance.choice(it.paragraphs)
    if p is not there:
        it.moved = True
        there.addnext(p)


def split_paragraph(it: Editor) -> None:
    """Enter between two runs that stand in no field, or within a text."""
    p = it.chance.choice(it.paragraphs)
    texts = [t for t in it.texts(p) if t.getparent().getparent() is p]
    if not texts:
        return
    text = it.chance.choice(texts)
    run, at = text.getparent(), it.chance.randint(0, len(text.text))
    rest = copy.deepcopy(run)
    rest.find(T).text = text.text[at:]
    text.text = text.text[:at]
    half = etree.Element(P)
    about = p.find(ABOUT)
    if about is not None:
        half.append(copy.deepcopy(about))
    half.append(rest)
    half.extend(list(run.itersiblings()))
    p.addnext(half)
    it.touch(p)
    it.labels[half] = it.labels.get(p, "")


def join_paragraphs(it: Editor) -> None:
    p = it.chance.choice(it.paragraphs)
    following = p.getnext()
    if following is not None and following.tag == P:
        it.touch(p)
        it.touch(following)
        p.extend([each for each in following if each.tag != ABOUT])
        it.body.remove(following)


def overtype(it: Editor) -> None:
    """In the field: the words around it stay as they are."""
    each = it.any_field()
    if each is not None and each.results:
        each.text = it.chance.choice([it.word(), "7", "88"])
        it.fill_up(each.runs[0])


def flatten(it: Editor) -> None:
    """A figure by plain text, the same or another."""
    each = it.any_field()
    if each is not None and each.results:
        each.text = it.chance.choice([it.word(), "7", each.text])
        it.touch(each.runs[0])
        each.unlink()


def drop_figure(it: Editor) -> None:
    each = it.any_field()
    if each is not None:
        it.touch(each.runs[0])
        each.remove()


def copy_figure(it: Editor) -> None:
    each = it.any_field()
    if each is not None:
        p = it.chance.choice(it.paragraphs)
        p.extend(copy.deepcopy(run) for run in each.runs)
        it.touch(p)


def drop_row(it: Editor) -> None:
    row = it.chance.choice(it.rows)
    if len(row.getparent().findall(TR)) > 1:
        it.touch(row)
        row.getparent().remove(row)


def add_row(it: Editor) -> None:
    row = it.chance.choice(it.rows)
    new = copy.deepcopy(row)
    drop_marks(new)
    for each in fields(new):
        each.unlink()
    for number, text in enumerate(new.iter(T)):
        text.text = "" if number else it.word()
    row.addnext(new)


def move_row(it: Editor) -> None:
    row = it.chance.choice(it.rows)
    there = it.chance.choice(row.getparent().findall(TR))
    if row is not there:
        it.moved = True
        there.addnext(row)


def retype_cell(it: Editor) -> None:
    """Everything in one cell."""
    cell = it.chance.choice([cell for row in it.rows for cell in row.findall(TC)])
    it.touch(cell)
    p = cell.find(P)
    for run in p.findall(R):
        p.remove(run)
    p.append(parsed(r(it.word()))[0])


def add_column(it: Editor) -> None:
    table = it.chance.choice(it.body.findall(TBL))
    at = it.chance.randint(0, 3)
    it.touch_all(table)
    for row in table.iter(TR):
        cells = row.findall(TC)
        new = parsed(f"<w:tc><w:tcPr/><w:p>{r(it.word())}</w:p></w:tc>")[0]
        if at < len(cells):
            cells[at].addprevious(new)
        else:
            cells[-1].addnext(new)


def drop_column(it: Editor) -> None:
    table = it.chance.choice(it.body.findall(TBL))
    at = it.chance.randint(0, 3)
    it.touch_all(table)
    for row in table.iter(TR):
        if len(row.findall(TC)) > at > 0:
            row.remove(row.findall(TC)[at])


def resize_chart(it: Editor) -> None:
    for each in it.report.tree.iter(f"{WP}extent", A_EXT):
        each.set("cx", str(int(each.get("cx")) // 2))
        each.set("cy", str(int(each.get("cy")) // 2))


def replace_chart(it: Editor) -> None:
    name = next(name for name in it.report.parts if name.endswith(".png"))
    it.report.parts[name] = dot(999)


def drop_chart(it: Editor) -> None:
    for drawing in list(it.report.tree.iter(f"{{{W}}}drawing")):
        drawing.getparent().remove(drawing)


def track_in(it: Editor) -> None:
    """A word, as a tracked change."""
    p = it.chance.choice(it.paragraphs)
    new = f'<w:ins w:id="{8000 + it.count}" {AUTHOR}>{r(it.word())}</w:ins>'
    p.insert(it.chance.choice([len(p), 1 if p.find(ABOUT) is not None else 0]), parsed(new)[0])
    it.touch(p)


def track_out(it: Editor) -> None:
    """A run, as a tracked change."""
    text = it.any_text()
    if text is None or text.getparent().getparent().tag != P:
        return
    run = text.getparent()
    gone = parsed(f'<w:del w:id="{8500 + it.count}" {AUTHOR}/>')[0]
    it.touch(run)
    run.addprevious(gone)
    gone.append(run)
    for each in run.iter(T):
        each.tag = f"{{{W}}}delText"


def track_row_out(it: Editor) -> None:
    row = it.chance.choice(it.rows)
    if len(row.getparent().findall(TR)) > 1 and row.find(f"{{{W}}}trPr") is None:
        row.insert(0, parsed(f'<w:trPr><w:del w:id="8999" {AUTHOR}/></w:trPr>')[0])
        it.touch(row)


def comment(it: Editor) -> None:
    """A remark on a paragraph."""
    p = it.chance.choice(it.paragraphs)
    old = it.report.parts.get(COMMENTS, f'<w:comments xmlns:w="{W}"/>'.encode())
    comments = etree.fromstring(old)
    number = str(len(comments))
    comments.append(
        parsed(f'<w:comment w:id="{number}" {AUTHOR}><w:p>{r(it.word())}</w:p></w:comment>')[0]
    )
    if COMMENTS not in it.report.parts:
        _link(it.report, "comments")
    it.report.parts[COMMENTS] = etree.tostring(comments)
    begin = 1 if p.find(ABOUT) is not None else 0
    p.insert(begin, parsed(f'<w:commentRangeStart w:id="{number}"/>')[0])
    end = f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
    p.extend(parsed(end))
    it.fill_up(p)


def footnote(it: Editor) -> None:
    p = it.chance.choice(it.paragraphs)
    name = "word/footnotes.xml"
    old = it.report.parts.get(name, f'<w:footnotes xmlns:w="{W}"/>'.encode())
    notes = etree.fromstring(old)
    number = str(len(notes) + 1)
    notes.append(parsed(f'<w:footnote w:id="{number}"><w:p>{r(it.word())}</w:p></w:footnote>')[0])
    if name not in it.report.parts:
        _link(it.report, "footnotes")
    it.report.parts[name] = etree.tostring(notes)
    p.append(parsed(f'<w:r><w:footnoteReference w:id="{number}"/></w:r>')[0])
    it.fill_up(p)


def link(it: Editor) -> None:
    """A run made a link."""
    text = it.any_text()
    if text is not None and text.getparent().getparent().tag == P:
        run = text.getparent()
        around = parsed('<w:hyperlink w:anchor="别处"/>')[0]
        run.addprevious(around)
        around.append(run)


def text_box(it: Editor) -> None:
    p = it.chance.choice(it.paragraphs)
    content = f"<w:txbxContent><w:p>{r(it.word())}</w:p></w:txbxContent>"
    shape = f"<v:shape {PAGE}><v:textbox>{content}</v:textbox></v:shape>"
    p.append(parsed(f"<w:r><w:pict>{shape}</w:pict></w:r>")[0])
    it.fill_up(p)


def header(it: Editor) -> None:
    """A word in the header or the footer."""
    name = it.chance.choice(["word/header.xml", "word/footer.xml"])
    root = etree.fromstring(it.report.parts[name])
    root.find(P).append(parsed(r(it.word()))[0])
    it.report.parts[name] = etree.tostring(root)


def drop_table(it: Editor) -> None:
    table = it.chance.choice(it.body.findall(TBL) or [None])
    if table is not None and len(it.body.findall(TBL)) > 1:
        it.touch_all(table)
        it.body.remove(table)


def move_table(it: Editor) -> None:
    table = it.chance.choice(it.body.findall(TBL))
    it.chance.choice(it.paragraphs).addnext(table)
    it.moved = True


def copy_paragraph(it: Editor) -> None:
    """Copied and put in elsewhere, under a name of its own; bookmarks do not come along."""
    p = copy.deepcopy(it.chance.choice(it.paragraphs))
    for each in p.iter(T):
        each.text = (each.text or "").replace("：", "﹕")
    drop_marks(p)
    for each in list(p.iter(f"{{{W}}}drawing", f"{{{W}}}pict", f"{{{W}}}footnoteReference")):
        each.getparent().remove(each)
    for each in list(p.iter(*COMMENT_MARKS)):
        each.getparent().remove(each)
    it.chance.choice(it.paragraphs).addnext(p)


def as_simple_fields(it: Editor) -> None:
    """All complex fields as fldSimple, as some programs write them."""
    for each in fields(it.report.tree):
        inside = {run.getparent() for run in each.runs}
        if len(inside) == 1 and each.results:
            instruction = f'<w:fldSimple w:instr=" DOCPROPERTY &quot;{each.key}&quot; "/>'
            simple = parsed(instruction)[0]
            each.runs[0].addprevious(simple)
            results = each.results
            each.remove()
            simple.extend(results)


def merge_cells(it: Editor) -> None:
    """The first two cells of a row become one."""
    row = it.chance.choice(it.rows)
    cells = row.findall(TC)
    if len(cells) > 2:
        it.touch(row)
        about = cells[0].find(f"{{{W}}}tcPr")
        if about is None:
            about = etree.Element(f"{{{W}}}tcPr")
            cells[0].insert(0, about)
        about.append(parsed('<w:gridSpan w:val="2"/>')[0])
        cells[0].extend(cells[1].findall(P))
        row.remove(cells[1])


def second_line(it: Editor) -> None:
    """A second paragraph in a cell."""
    cell = it.chance.choice([cell for row in it.rows for cell in row.findall(TC)])
    it.touch(cell)
    cell.append(parsed(f"<w:p>{r(it.word())}</w:p>")[0])


def inner_table(it: Editor) -> None:
    """A table in a cell."""
    cell = it.chance.choice([cell for row in it.rows for cell in row.findall(TC)])
    it.touch(cell)
    inner = (
        f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p>{r(it.word())}</w:p></w:tc></w:tr></w:tbl>"
    )
    cell[-1].addprevious(parsed(inner)[0])


def control(it: Editor) -> None:
    """A paragraph in a content control."""
    p = it.chance.choice(it.paragraphs)
    around = parsed("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")[0]
    p.addprevious(around)
    around[1].append(p)
    it.fill_up(p)


def own_bookmark(it: Editor) -> None:
    """A bookmark of the person's own, over one paragraph or more."""
    number = str(70000 + len(it.log))
    start, end = it.chance.choice(it.paragraphs), it.chance.choice(it.paragraphs)
    if it.body.index(start) <= it.body.index(end):
        begin = 1 if start.find(ABOUT) is not None else 0
        start.insert(begin, parsed(f'<w:bookmarkStart w:id="{number}" w:name="我的{number}"/>')[0])
        end.append(parsed(f'<w:bookmarkEnd w:id="{number}"/>')[0])


def track_end(it: Editor) -> None:
    """The end of a paragraph deleted, as a tracked change."""
    p = it.chance.choice(it.paragraphs)
    about = about_of(p)
    if about.find(LOOKS) is None:
        about.append(parsed(f'<w:rPr><w:del w:id="8777" {AUTHOR}/></w:rPr>')[0])
        it.fill_up(p)


def track_figure(it: Editor) -> None:
    """A figure overtyped as a tracked change."""
    each = it.any_field()
    if each is not None and each.results:
        run = each.results[0]
        number = 8200 + len(it.log)
        new = f'<w:ins w:id="{number}" {AUTHOR}>{r(it.word())}</w:ins>'
        old = f'<w:del w:id="{number + 300}" {AUTHOR}><w:r><w:delText>0</w:delText></w:r></w:del>'
        for other in each.results[1:]:
            other.getparent().remove(other)
        run.addprevious(parsed(old)[0])
        run.addprevious(parsed(new)[0])
        run.getparent().remove(run)
        it.fill_up(each.runs[0])


def type_signs(it: Editor) -> None:
    """A line break and a tab, each between words."""
    p: etree._Element | None = it.chance.choice(it.paragraphs)
    text = it.any_text()
    run = text.getparent() if text is not None else None
    p = run.getparent() if run is not None else p
    new = f"<w:r><w:t>{it.word()}</w:t><w:br/><w:t>{it.word()}</w:t><w:tab/></w:r>"
    if run is not None and p is not None and p.tag == P:
        run.addnext(parsed(new)[0])
        it.touch(p)


def drop_marks(within: Node) -> None:
    for mark in list(within.iter(f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd")):
        mark.getparent().remove(mark)


def lose_marks(it: Editor) -> None:
    """All our bookmarks gone, as after a trip through a poor program."""
    drop_marks(it.report.tree)


def _link(report: Report, kind: str) -> None:
    """The part word/<kind>.xml made known to the package."""
    relations = "word/_rels/document.xml.rels"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    type_ = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    report.parts[relations] = report.parts[relations].replace(
        b"</Relationships>",
        f'<Relationship Id="my{kind}" Type="{office}/{kind}" Target="{kind}.xml"/></Relationships>'.encode(),
    )
    report.parts["[Content_Types].xml"] = report.parts["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/word/{kind}.xml" ContentType="{type_}"/></Types>'.encode(),
    )


EDITS: list[Callable[[Editor], None]] = [
    type_in, type_in, type_at_end, type_at_begin, strike, retype, restyle, add_paragraph,
    drop_paragraph, move_paragraph, split_paragraph, join_paragraphs, overtype, flatten,
    drop_figure, copy_figure, drop_row, add_row, move_row, retype_cell, add_column, drop_column,
    resize_chart, replace_chart, drop_chart, track_in, track_out, track_row_out, comment,
    footnote, link, text_box, header, drop_table, move_table, copy_paragraph, as_simple_fields,
    merge_cells, second_line, inner_table, control, own_bookmark, track_end, track_figure,
    type_signs, lose_marks,
]  # fmt: skip
