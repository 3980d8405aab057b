"""Harmless edits at random places, several together; ``verify`` must say nothing of any of them.

``python -m tests.support.harmless 300`` prints how many were tried and of which it said something.
"""

from __future__ import annotations

import copy
import random
import sys
from collections.abc import Callable, Sequence

from lxml import etree

from reportgen.word.compare.verify import verify_report
from reportgen.word.document.reader import read_report
from tests.support import editing
from tests.support.editing import bolden, halve, looks_of, parsed, sentences
from tests.support.tampering import TC, TR, WP, P, R, Report, T, fields, opened
from tests.support.tampering_kinds import reports
from tests.support.templates import W, r

Edit = Callable[[Report, random.Random], object]
TBL = f"{{{W}}}tbl"
PLAIN = (
    "各承办部门主动上门听取意见。", "代表们给予充分肯定。", "这项工作得到群众好评。",
    "有关情况已向代表通报。", "我们将继续抓好落实。", "办理工作进展顺利。",
)  # fmt: skip
LAST = ("split", "move_paragraphs", "split_tables", "simple_fields")
"""Not followed by others: halves of a paragraph moved apart, rows taken from halves."""
CUTTING = {"excerpt", "cut_table", "take_rows_out"}
"""Tables without a head, of which split_tables would repeat a row as if it were one."""


def excerpt(report: Report, chance: random.Random) -> str:
    """Some rows of a table, not all of its columns, copied to a place in the text."""
    source = chance.choice([each for each in report.tree.iter(TBL) if len(each) > 4])
    head, *rows = source.findall(TR)
    picked = sorted(chance.sample(range(len(rows)), min(len(rows), chance.randint(1, 4))))
    kept = sorted({0, 1, 2, 3} | set(chance.sample(range(len(head.findall(TC))), 3)))
    new = parsed("<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>")[0]
    with_head = chance.random() < 0.8
    for row in [*([head] if with_head else []), *(rows[at] for at in picked)]:
        new.append(copied(row, kept if with_head else None))
    chance.choice(sentences(report)).addnext(new)
    return f"摘录{len(picked)}行"


def copied(row: etree._Element, columns: Sequence[int] | None = None) -> etree._Element:
    """A row as it comes out of the clipboard: no bookmarks, figures as plain text."""
    new = copy.deepcopy(row)
    for mark in list(new.iter(f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd")):
        mark.getparent().remove(mark)
    for each in fields(new):
        each.unlink()
    for at, cell in enumerate(new.findall(TC)):
        if columns is not None and at not in columns:
            new.remove(cell)
    return new


def add_sentence(report: Report, chance: random.Random) -> None:
    p = chance.choice(sentences(report))
    at = 1 if chance.random() < 0.5 and p.find(f"{{{W}}}pPr") is not None else len(p)
    p.insert(at, parsed(r(chance.choice(PLAIN)))[0])


def add_paragraph(report: Report, chance: random.Random) -> None:
    new = parsed(f"<w:p>{r(chance.choice(PLAIN))}</w:p>")[0]
    chance.choice(sentences(report)).addnext(new)


def restyle_some(report: Report, chance: random.Random) -> None:
    for run in chance.sample(list(report.tree.iter(R)), 40):
        bolden(looks_of(run))
        halve(run)


def save_again(report: Report, chance: random.Random) -> None:
    """What Word leaves when it saves: rsids, marks of its spelling check, its own bookmarks."""
    for number, p in enumerate(chance.sample(list(report.tree.iter(P)), 20)):
        p.set(f"{{{W}}}rsidR", f"00{number:06X}")
        at = 1 if p.find(f"{{{W}}}pPr") is not None else 0
        p.insert(at, parsed('<w:proofErr w:type="spellStart"/>')[0])
        p.append(parsed('<w:proofErr w:type="spellEnd"/>')[0])
        mark = f'<w:bookmarkStart w:id="{88000 + number}" w:name="_Hlk{number}"/>'
        p.insert(at, parsed(mark)[0])
        p.append(parsed(f'<w:bookmarkEnd w:id="{88000 + number}"/>')[0])


def enclose(report: Report, chance: random.Random) -> None:
    """A paragraph in a content control, runs of another in a smart tag."""
    one, other = chance.sample(sentences(report), 2)
    around = parsed("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")[0]
    if one.find(f".//{{{W}}}sectPr") is None:
        one.addprevious(around)
        around[1].append(one)
    tag = parsed('<w:smartTag w:uri="urn:x" w:element="date"/>')[0]
    inside = {run for each in fields(other) for run in each.runs}
    run = next((run for run in other.findall(R) if run not in inside), None)
    if run is not None:
        run.addprevious(tag)
        tag.append(run)


def break_page(report: Report, chance: random.Random) -> None:
    new = parsed('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')[0]
    chance.choice(sentences(report)).addprevious(new)


def empty_row(report: Report, chance: random.Random) -> None:
    row = chance.choice(list(report.tree.iter(TR)))
    new = copied(row)
    for p in new.iter(P):
        p[:] = [each for each in p if each.tag == f"{{{W}}}pPr"]
    row.addnext(new)


def cut_table(report: Report, chance: random.Random) -> None:
    """拆分表格 at any row."""
    table = chance.choice([each for each in report.tree.iter(TBL) if len(each.findall(TR)) > 3])
    rows = table.findall(TR)
    second = parsed("<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>")[0]
    second.extend(rows[chance.randrange(2, len(rows)) :])
    table.addnext(second)
    table.addnext(etree.Element(P))


def resize(report: Report, chance: random.Random) -> None:
    for extent in report.tree.iter(f"{WP}extent"):
        if chance.random() < 0.5:
            extent.set("cx", str(int(extent.get("cx")) // 2))
            extent.set("cy", str(int(extent.get("cy")) // 2))


def track_polish(report: Report, chance: random.Random) -> None:
    new = f'<w:ins w:id="9700" {editing.AUTHOR}>{r(chance.choice(PLAIN))}</w:ins>'
    chance.choice(sentences(report)).append(parsed(new)[0])


def space_out(report: Report, chance: random.Random) -> None:
    """Spaces and line ends typed where nobody minds them."""
    inside = {run for each in fields(report.tree) for run in each.runs}
    texts = [t for p in sentences(report) for run in p.findall(R) if run not in inside
             for t in run.findall(T) if t.text]  # fmt: skip
    text = chance.choice(texts)
    at = chance.randint(0, len(text.text))
    text.text = f"{text.text[:at]}{chance.choice([' ', '　'])}{text.text[at:]}"


def lay(edit: Callable[[Report], None]) -> Edit:
    def run(report: Report, _chance: random.Random) -> None:
        edit(report)

    run.__name__ = edit.__name__
    return run


EDITS: Sequence[Edit] = (
    excerpt, excerpt, add_sentence, add_paragraph, restyle_some, save_again, enclose, break_page,
    empty_row, cut_table, resize, track_polish, space_out, *map(lay, editing.HARMLESS),
)  # fmt: skip


def edited(content: bytes, chance: random.Random) -> tuple[bytes, list[str]]:
    """A report after one to four of these edits, and their names."""
    report = opened(content)
    edits = chance.sample(EDITS, chance.randint(1, 4))
    edits.sort(key=lambda each: each.__name__ in LAST)
    while sum(each.__name__ in LAST for each in edits) > 1:
        edits.pop()
    if edits[-1].__name__ == "split_tables":
        edits = [edit for edit in edits if edit.__name__ not in CUTTING]
    for edit in edits:
        edit(report, chance)
    return report.saved(), [each.__name__ for each in edits]


def main(count: int) -> int:
    """Try ``count`` edited reports."""
    contents = list(reports())
    done = (
        (number, *edited(contents[number % len(contents)], random.Random(number)))
        for number in range(count)
    )
    tried = (
        (number, names, verify_report(read_report(content))) for number, content, names in done
    )
    return editing.tell_false_alarms(tried, "{count}份，{places}处修改（{kinds}种），误报{wrong}份")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
