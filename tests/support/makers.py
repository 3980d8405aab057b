"""Templates as many makers leave them; a report made from one, and not touched, agrees with itself.

``python -m tests.support.makers 200`` prints of how many untouched reports ``verify`` said something.
"""

from __future__ import annotations

import copy
import datetime as dt
import random
import sys
from collections.abc import Callable, Sequence

from lxml import etree

from reportgen.reports import KINDS
from reportgen.word.compare.findings import Finding
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.reader import read_report
from reportgen.word.render.fill import fill_template
from reportgen.word.template import gongwen
from reportgen.word.template.sentences import Template, split_wording
from tests.support import changed_sample
from tests.support.editing import ABOUT, about_of, parsed, ruby, tell_false_alarms
from tests.support.generate import case
from tests.support.tampering import P, R, Report, T, opened
from tests.support.templates import W, r

Habit = Callable[[Report, random.Random], None]
V = "urn:schemas-microsoft-com:vml"
TAG = frozenset("{}%")
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DOCPROPERTY "{}" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


OUTLINE, SENTENCES = split_wording(KINDS[0].wording())
TEMPLATE = gongwen.build_template(OUTLINE, date=dt.date(2024, 12, 20))


def texts(report: Report) -> list[etree._Element]:
    """Texts that hold no tag, in the body's own paragraphs."""
    found = [t for p in report.tree[0].findall(P) for t in p.iter(T)]
    return [t for t in found if len(t.text or "") > 3 and TAG.isdisjoint(t.text)]


def plain(report: Report) -> list[etree._Element]:
    """Paragraphs of the body that hold words and no tag."""
    return [
        p
        for p in report.tree[0].findall(P)
        if "".join(p.itertext()).strip() and TAG.isdisjoint("".join(p.itertext()))
    ]


def split_runs(report: Report, chance: random.Random) -> None:
    """Word parts runs by who saved them when, inside tags as well."""
    for run in list(report.tree.iter(R)):
        text = run.find(T)
        if text is None or len(text.text or "") < 2 or chance.random() < 0.5:
            continue
        at = chance.randrange(1, len(text.text))
        rest = copy.deepcopy(run)
        rest.find(T).text, text.text = text.text[at:], text.text[:at]
        for each in (run, rest):
            each.set(f"{{{W}}}rsidR", f"{chance.randrange(16**8):08X}")
            for one in each.iter(T):
                one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addnext(rest)


def check_spelling(report: Report, chance: random.Random) -> None:
    for p in list(report.tree.iter(P)):
        if chance.random() < 0.3:
            at = 1 if p.find(ABOUT) is not None else 0
            p.insert(at, parsed('<w:proofErr w:type="gramStart"/>')[0])
            p.append(parsed('<w:proofErr w:type="gramEnd"/>')[0])


def set_bookmarks(report: Report, chance: random.Random) -> None:
    for number, p in enumerate(chance.sample(plain(report), 3)):
        mark = f'<w:bookmarkStart w:id="{9000 + number}" w:name="_Toc{number}"/>'
        p.insert(1 if p.find(ABOUT) is not None else 0, parsed(mark)[0])
        p.append(parsed(f'<w:bookmarkEnd w:id="{9000 + number}"/>')[0])


def use_controls(report: Report, chance: random.Random) -> None:
    p = chance.choice(plain(report))
    around = parsed("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")[0]
    if p.find(f".//{{{W}}}sectPr") is None:
        p.addprevious(around)
        around[1].append(p)


def use_smart_tags(report: Report, chance: random.Random) -> None:
    frame_run(report, chance, '<w:smartTag w:uri="urn:x" w:element="place"/>')


def frame_run(report: Report, chance: random.Random, frame: str) -> None:
    """Some run stands in this element from now on."""
    run = chance.choice(texts(report)).getparent()
    around = parsed(frame)[0]
    run.addprevious(around)
    around.append(run)


def give_readings(report: Report, chance: random.Random) -> None:
    text = chance.choice(texts(report))
    text.getparent().addprevious(parsed(ruby(text.text[0]))[0])
    text.text = text.text[1:]


def own_property(report: Report, chance: random.Random) -> None:
    """A field of the office's own."""
    p = chance.choice(plain(report))
    for each in parsed(FIELD.format(chance.choice(["文号", "Company"]), r("永政办〔2024〕7号"))):
        p.append(each)


def page_fields(report: Report, chance: random.Random) -> None:
    p = chance.choice(plain(report))
    p.append(parsed(f'<w:fldSimple w:instr=" DATE ">{r("2024年12月20日")}</w:fldSimple>')[0])


def text_box(report: Report, chance: random.Random) -> None:
    box = f"<w:txbxContent><w:p>{r('内部资料 共印30份')}</w:p></w:txbxContent>"
    shape = f'<v:shape xmlns:v="{V}"><v:textbox>{box}</v:textbox></v:shape>'
    chance.choice(plain(report)).append(parsed(f"<w:r><w:pict>{shape}</w:pict></w:r>")[0])


def own_table(report: Report, chance: random.Random) -> None:
    """A table of contacts, one with a table in a cell."""
    inner = (
        f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p>{r('值班 2人')}</w:p></w:tc></w:tr></w:tbl>"
    )
    cells = (
        f"<w:tc><w:p>{r('联系人')}</w:p></w:tc><w:tc>{inner}<w:p>{r('电话 5120001')}</w:p></w:tc>"
    )
    new = parsed(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>")[0]
    p = chance.choice(plain(report))
    p.addnext(new)
    new.addnext(etree.Element(P))


def own_paragraphs(report: Report, chance: random.Random) -> None:
    words = chance.choice(
        ["（此件公开发布）", "抄送：县人大常委会办公室，共5份。", "1. 全部按期答复。"]
    )
    chance.choice(plain(report)).addnext(parsed(f"<w:p>{r(words)}</w:p>")[0])


def breaks_and_tabs(report: Report, chance: random.Random) -> None:
    run = chance.choice(texts(report)).getparent()
    run.append(parsed(chance.choice(["<w:br/>", "<w:tab/>", "<w:noBreakHyphen/>"]))[0])


def own_style(report: Report, chance: random.Random) -> None:
    for p in chance.sample(plain(report), 3):
        about_of(p).append(parsed('<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>')[0])


def link_words(report: Report, chance: random.Random) -> None:
    frame_run(report, chance, '<w:hyperlink w:anchor="_Toc0" w:history="1"/>')


def fixed_numbers(report: Report, chance: random.Random) -> None:
    """Numbers and claims that the template says every year."""
    text = chance.choice(texts(report))
    text.text = f"{text.text}（全市12个乡镇均按《办法》第3条办理，占九成以上）"


def empty_lines(report: Report, chance: random.Random) -> None:
    for p in chance.sample(plain(report), 2):
        p.addnext(etree.Element(P))


def header_words(report: Report, chance: random.Random) -> None:
    for name in [name for name in report.parts if name.startswith(("word/header", "word/footer"))]:
        part = etree.fromstring(report.parts[name])
        part.append(parsed(f"<w:p>{r('第2版 内部使用 印60份')}</w:p>")[0])
        report.parts[name] = etree.tostring(part)


HABITS: Sequence[Habit] = (
    split_runs, check_spelling, set_bookmarks, use_controls, use_smart_tags, give_readings,
    own_property, page_fields, text_box, own_table, own_paragraphs, breaks_and_tabs, own_style,
    link_words, fixed_numbers, empty_lines, header_words,
)  # fmt: skip


def made(seed: int) -> tuple[bytes, list[str]]:
    """A report from a random template and a random year, and the habits of the template's maker."""
    chance = random.Random(f"maker {seed}")
    report = opened(TEMPLATE)
    habits = chance.sample(HABITS, chance.randint(1, 6))
    for habit in habits:
        habit(report, chance)
    year = case(chance.choice((3, 8, 16)), seed=seed, rare=seed % 2 == 0)
    if seed % 3 == 0:
        year = changed_sample.sample()
    data = changed_sample.report(year)
    content = fill_template(Template(report.saved(), SENTENCES), data, changed_sample.draw)
    return content, [habit.__name__ for habit in habits]


def said(seed: int) -> tuple[list[str], list[Finding]]:
    """The habits of a maker, and what ``verify`` says of the untouched report."""
    content, habits = made(seed)
    return habits, verify_report(read_report(content))


def main(count: int) -> int:
    """Verify so many untouched reports."""
    tried = ((seed, *said(seed)) for seed in range(count))
    return tell_false_alarms(
        tried, "{count}份没有改过的报告，{kinds}种做法{places}处，误报{wrong}份"
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
