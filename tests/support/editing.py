"""What people do to a finished report in Word that leaves it as true as it was."""

from __future__ import annotations

import copy
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from reportgen.word.compare.findings import Finding
from tests.support.tampering import DOCUMENT, P, R, Report, T, fields
from tests.support.templates import W, r, shown

ABOUT = f"{{{W}}}pPr"
AUTHOR = 'w:author="甲" w:date="2025-01-02T08:00:00Z"'


def parsed(xml: str) -> list[etree._Element]:
    """Elements of a piece of WordprocessingML."""
    return list(etree.fromstring(f'<w:all xmlns:w="{W}">{xml}</w:all>'))


def prose(report: Report) -> list[etree._Element]:
    """The body's paragraphs with text, outside tables."""
    return [p for p in report.tree[0].findall(P) if shown(p)]


def sentences(report: Report) -> list[etree._Element]:
    """Those that are made of sentences: no title, heading, caption or date."""
    return [p for p in prose(report) if shown(p).endswith("。")]


def looks_of(run: etree._Element) -> etree._Element:
    """A run's properties, made if it has none."""
    looks = run.find(f"{{{W}}}rPr")
    if looks is None:
        looks = etree.Element(f"{{{W}}}rPr")
        run.insert(0, looks)
    return looks


def about_of(p: etree._Element) -> etree._Element:
    """A paragraph's properties, made if it has none."""
    about = p.find(ABOUT)
    if about is None:
        about = etree.Element(ABOUT)
        p.insert(0, about)
    return about


def tell_false_alarms(
    tried: Iterable[tuple[int, Sequence[str], Sequence[Finding]]], said: str
) -> int:
    """Say of each case (number, what was done, what is found) in which something is found; → 1 if any.

    ``said``: the last line, with ``count``, ``kinds``, ``places`` and ``wrong``.
    """
    count = wrong = 0
    done = Counter[str]()
    for number, names, found in tried:
        count += 1
        done.update(names)
        if found:
            wrong += 1
            sys.stdout.write(f"{number} {names}：{found[0].kind} {found[0]}\n")
    told = said.format(count=count, kinds=len(done), places=done.total(), wrong=wrong)
    sys.stdout.write(f"{told}\n")
    return min(wrong, 1)


def halve(run: etree._Element) -> None:
    """Split a run of properties and text after its first letter."""
    text = run.find(T)
    if text is not None and len(text.text or "") > 1 and len(run) == 2:
        rest = copy.deepcopy(run)
        rest.find(T).text = text.text[1:]
        text.text = text.text[0]
        run.addnext(rest)


def bolden(looks: etree._Element) -> None:
    """Bold, where the format wants it among a run's looks."""
    before = sum(each.tag in {f"{{{W}}}rStyle", f"{{{W}}}rFonts"} for each in looks)
    looks.insert(before, etree.Element(f"{{{W}}}b"))


def restyle(report: Report) -> None:
    """Every run bold, in its own style, and split after its first letter; paragraphs indented."""
    for run in list(report.tree.iter(R)):
        bolden(looks_of(run))
        halve(run)


def add_sentences(report: Report) -> None:
    """New sentences without figures: after, before and between what is there."""
    for number, p in enumerate(sentences(report)):
        sentence = parsed(r("各承办部门主动上门听取意见，代表们给予充分肯定。"))[0]
        at = 1 if number % 2 and p.find(f"{{{W}}}pPr") is not None else len(p)
        p.insert(at, sentence)
    last = sentences(report)[4]
    last.addnext(
        copy.deepcopy(
            parsed(f"<w:p>{r('在此基础上，我们着力抓好三个方面的工作，一件一件抓落实。')}</w:p>")[0]
        )
    )


def move_paragraphs(report: Report) -> None:
    """The paragraphs under each heading in another order."""
    for here in _under_headings(report):
        last = here[0].getprevious()
        for p in here[::-1]:
            last.addnext(p)
            last = p


def _under_headings(report: Report) -> list[list[etree._Element]]:
    """The paragraphs made of sentences that follow each other."""
    found: list[list[etree._Element]] = [[]]
    movable = set(sentences(report)[1:])
    for each in report.tree[0]:
        if each in movable:
            found[-1].append(each)
        elif found[-1]:
            found.append([])
    return [here for here in found if len(here) > 1]


def split(report: Report) -> None:
    """Enter after a comma or stop in the middle of each longer paragraph."""
    for p in prose(report):
        runs = [run for run in p.findall(R) if run.find(T) is not None]
        if len(runs) < 4 or p.find(f".//{{{W}}}sectPr") is not None:
            continue
        cut = _outside(p, runs[len(runs) // 2])
        if cut is None:
            continue
        half = etree.Element(P)
        about = p.find(f"{{{W}}}pPr")
        if about is not None:
            half.append(copy.deepcopy(about))
        half.extend(list(p)[p.index(cut) :])
        p.addnext(half)


def _outside(p: etree._Element, run: etree._Element) -> etree._Element | None:
    """The first run from ``run`` on that stands in no field and follows a comma or stop."""
    inside, before = False, ""
    for each in p.findall(R):
        mark = each.find(f"{{{W}}}fldChar")
        kind = mark.get(f"{{{W}}}fldCharType") if mark is not None else ""
        inside = inside or kind == "begin"
        if not inside and p.index(each) >= p.index(run) and before.endswith(("，", "。", "；")):
            return each
        before += shown(each)
        inside = inside and kind != "end"
    return None


def join(report: Report) -> None:
    """The second paragraph under a heading goes on in the first."""
    body = report.tree[0]
    for here in _under_headings(report):
        p, following = here[:2]
        p.extend([each for each in following if each.tag != f"{{{W}}}pPr"])
        body.remove(following)


def track(report: Report) -> None:
    """Polishing with changes tracked: words in, words out, a paragraph's end deleted."""
    for number, p in enumerate(sentences(report)[:10]):
        new = parsed(f'<w:ins w:id="{9000 + number}" {AUTHOR}>{r("据统计，")}</w:ins>')[0]
        old = parsed(
            f'<w:del w:id="{9100 + number}" {AUTHOR}><w:r><w:delText>旧的7件</w:delText></w:r></w:del>'
        )[0]
        at = 1 if p.find(f"{{{W}}}pPr") is not None else 0
        p[at:at] = [new, old]
    ended = next(here[0] for here in _under_headings(report)).find(f"{{{W}}}pPr")
    mark = parsed(f'<w:rPr><w:del w:id="9300" {AUTHOR}/></w:rPr>')[0]
    ended.append(mark)


def simple_fields(report: Report) -> None:
    """Complex fields as fldSimple."""
    xml = etree.tostring(report.tree, encoding="unicode")
    begin = r'<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:fldChar w:fldCharType="{}"/></w:r>'
    code = r"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:instrText[^>]*>( DOCPROPERTY [^<]*)</w:instrText></w:r>"
    pattern = (
        begin.format("begin") + code + begin.format("separate") + "(.*?)" + begin.format("end")
    )

    def simple(found: re.Match[str]) -> str:
        quoted = found[1].replace('"', "&quot;")
        return f'<w:fldSimple w:instr="{quoted}">{found[2]}</w:fldSimple>'

    report.tree = etree.fromstring(re.sub(pattern, simple, xml))
    report.parts[DOCUMENT] = etree.tostring(report.tree)


def ruby(text: str, reading: str = "du") -> str:
    """Letters with their reading above them (拼音指南)."""
    about = (
        '<w:rubyPr><w:rubyAlign w:val="distributeSpace"/><w:hps w:val="14"/><w:hpsRaise w:val="30"/>'
        '<w:hpsBaseText w:val="32"/><w:lid w:val="zh-CN"/></w:rubyPr>'
    )
    above, under = f"<w:rt>{r(reading)}</w:rt>", f"<w:rubyBase>{r(text)}</w:rubyBase>"
    return f"<w:r><w:ruby>{about}{above}{under}</w:ruby></w:r>"


def give_readings(report: Report) -> None:
    """The first letter of every text outside figures with its reading above it."""
    inside = {run for field in fields(report.tree) for run in field.runs}
    for run in [run for p in prose(report) for run in p.findall(R) if run not in inside]:
        text = run.find(T)
        if text is not None and len(text.text or "") > 1 and len(run) <= 2:
            run.addprevious(parsed(ruby(text.text[0]))[0])
            text.text = text.text[1:]


def add_empty_row(report: Report) -> None:
    """As people do to part two groups."""
    row = list(report.tree.iter(f"{{{W}}}tr"))[2]
    empty = copy.deepcopy(row)
    for p in empty.iter(P):
        p[:] = [each for each in p if each.tag == f"{{{W}}}pPr"]
    row.addnext(empty)


def _halved(table: etree._Element) -> etree._Element:
    """A table split in the middle (拆分表格); → the second half, an empty line before it."""
    rows = table.findall(f"{{{W}}}tr")
    second = copy.deepcopy(table)
    for row in second.findall(f"{{{W}}}tr")[: len(rows) // 2]:
        second.remove(row)
    for row in rows[len(rows) // 2 :]:
        table.remove(row)
    table.addnext(second)
    table.addnext(etree.Element(P))
    return second


def split_tables(report: Report) -> None:
    """Every table in two, the head of every other one repeated above its second half."""
    for number, table in enumerate(list(report.tree.iter(f"{{{W}}}tbl"))):
        head = copy.deepcopy(table.find(f"{{{W}}}tr"))
        second = _halved(table)
        if number % 2:
            for mark in list(head.iter(f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd")):
                mark.getparent().remove(mark)
            second.find(f"{{{W}}}tr").addprevious(head)


def take_rows_out(report: Report) -> None:
    """Two rows cut from the first table and put into one of their own at the report's end."""
    table = next(report.tree.iter(f"{{{W}}}tbl"))
    new = parsed("<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>")[0]
    new.extend(table.findall(f"{{{W}}}tr")[2:4])
    body = report.tree[0]
    body.insert(len(body) - 1, new)


HARMLESS = [
    split_tables,
    take_rows_out,
    add_empty_row,
    give_readings,
    restyle,
    add_sentences,
    move_paragraphs,
    split,
    join,
    track,
    simple_fields,
]
