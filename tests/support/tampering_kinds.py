"""Every kind of tampering that ``verify`` must find, and the command that tries many of each.

``python -m tests.support.tampering_kinds 700`` prints, by kind, how many were tried and how many missed.
"""

from __future__ import annotations

import copy
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.issues import Severity
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.reader import read_report
from tests.support import changed_sample, generate, tampering
from tests.support.editing import AUTHOR, looks_of, parsed, prose, sentences
from tests.support.tampering import TC, TR, WP, Field, R, Report, T, fields, opened
from tests.support.templates import W, r, shown

Change = Callable[[Report, random.Random], str | None]
"""What it did, or None where the report has no place for it."""

ERROR, REMARK = Severity.ERROR, Severity.REMINDER
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


@dataclass(frozen=True)
class Kind:
    """One kind of tampering, and how severe what ``verify`` says of it must be at least."""

    name: str
    change: Change
    severity: Severity


def in_text(each: Field) -> bool:
    return next(each.runs[0].iterancestors(TC), None) is None


def unit_of(each: Field) -> str:
    """What stands right behind it."""
    following = each.runs[-1].getnext()
    return shown(following) if following is not None and following.tag == R else ""


def a_figure(
    report: Report, chance: random.Random, suitable: Callable[[Field], bool] = in_text
) -> Field | None:
    found = [each for each in fields(report.tree) if suitable(each) and in_text(each)]
    return chance.choice(found) if found else None


def beside(before: str = "", after: str = "", suits: Callable[[Field], bool] = in_text) -> Change:
    """Text typed right before or behind a figure."""

    def run(report: Report, chance: random.Random) -> str | None:
        each = a_figure(report, chance, suits)
        if each is None:
            return None
        if before:
            each.runs[0].addprevious(parsed(r(before))[0])
        if after:
            each.runs[-1].addnext(parsed(r(after))[0])
        return f"{each.key}：{before}{each.text}{after}"

    return run


def behind_unit(words: str) -> Change:
    """Text typed behind a figure's unit: 7件左右."""

    def run(report: Report, chance: random.Random) -> str | None:
        each = a_figure(report, chance, lambda one: unit_of(one)[:1] in {"件", "条"})
        if each is None:
            return None
        text = each.runs[-1].getnext().find(T)
        text.text = f"{text.text[0]}{words}{text.text[1:]}"
        return f"{each.key}：{each.text}{text.text[:6]}"

    return run


def other_unit(unit: str) -> Change:
    def run(report: Report, chance: random.Random) -> str | None:
        each = a_figure(report, chance, lambda one: unit_of(one)[:1] in {"件", "条", "家", "处"})
        if each is None:
            return None
        text = each.runs[-1].getnext().find(T)
        if text.text[0] == unit:
            return None
        text.text = f"{unit}{text.text[1:]}"
        return f"{each.key}：{each.text}{text.text[:6]}"

    return run


def put_in_place(said: Callable[[str], str], suits: Callable[[Field], bool] = in_text) -> Change:
    """A figure gives way to typed text."""

    def run(report: Report, chance: random.Random) -> str | None:
        each = a_figure(report, chance, suits)
        if each is None or said(each.text) == each.text:
            return None
        each.text = said(each.text)
        each.unlink()
        return f"{each.key}：换成{each.text}"

    return run


def typed_inside(said: Callable[[str], str], suits: Callable[[Field], bool] = in_text) -> Change:
    """A figure stays a field and shows something else."""

    def run(report: Report, chance: random.Random) -> str | None:
        each = a_figure(report, chance, suits)
        if each is None:
            return None
        each.text = said(each.text)
        return f"{each.key}：域内改为{each.text}"

    return run


def small(each: Field) -> bool:
    return in_text(each) and each.text.isdigit() and 1 <= int(each.text) <= 10


def percent(each: Field) -> bool:
    return in_text(each) and each.text.endswith("%")


def in_words(text: str) -> str:
    return "零一二三四五六七八九十"[int(text)]


def plain_texts(report: Report) -> list[etree._Element]:
    """The words of the body outside tables and figures; what stands between two is one text."""
    inside = {run for each in fields(report.tree) for run in each.runs}
    found: list[etree._Element] = []
    for p in prose(report):
        last = None
        for run in p.iter(R):
            text = run.find(T)
            if run in inside or text is None or not text.text or run.find(f"{{{W}}}br") is not None:
                last = None
            elif last is None:
                last = text
                found.append(text)
            else:
                last.text = f"{last.text or ''}{text.text or ''}"
                run.getparent().remove(run)
    return found


def reword(pattern: str, new: str) -> Change:
    """Words that match give way to others, in one place."""

    def run(report: Report, chance: random.Random) -> str | None:
        found = [
            (text, match)
            for text in plain_texts(report)
            for match in re.finditer(pattern, text.text)
            if match[0] != match.expand(new)
        ]
        if not found:
            return None
        text, match = chance.choice(found)
        text.text = f"{text.text[: match.start()]}{match.expand(new)}{text.text[match.end() :]}"
        return f"{match[0]}→{match.expand(new)}"

    return run


def sentence(words: str) -> Change:
    """A new sentence at the end of a paragraph."""

    def run(report: Report, chance: random.Random) -> str:
        chance.choice(sentences(report)).append(parsed(r(words))[0])
        return words

    return run


def paragraph(words: str) -> Change:
    """A new paragraph."""

    def run(report: Report, chance: random.Random) -> str:
        chance.choice(sentences(report)).addnext(parsed(f"<w:p>{r(words)}</w:p>")[0])
        return words

    return run


def style(p: etree._Element) -> str:
    named = p.find(f"{{{W}}}pPr/{{{W}}}pStyle")
    return named.get(f"{{{W}}}val", "") if named is not None else ""


def of_style(report: Report, *names: str) -> list[etree._Element]:
    return [p for p in prose(report) if style(p) in names]


def retitle(*styles: str) -> Change:
    """A line of its own says something else."""

    def run(report: Report, chance: random.Random) -> str | None:
        lines = of_style(report, *styles)
        if not lines:
            return None
        text = chance.choice([t for t in chance.choice(lines).iter(T) if t.text])
        old, text.text = (
            text.text,
            chance.choice([f"{text.text[:-1]}某", f"某{text.text[1:]}", "有关情况说明"]),
        )
        return f"{old}→{text.text}"

    return run


def exchange(*styles: str) -> Change:
    """Two lines of their own change places."""

    def run(report: Report, chance: random.Random) -> str | None:
        lines = of_style(report, *styles)
        if len(lines) < 2:
            return None
        swap_nodes(*chance.sample(lines, 2))
        return f"互换 {styles}"

    return run


def swap_nodes(one: etree._Element, other: etree._Element) -> None:
    """Two elements of one document change places."""
    mark = etree.Element("mark")
    one.addprevious(mark)
    other.addprevious(one)
    mark.addprevious(other)
    mark.getparent().remove(mark)


def drop_line(*styles: str) -> Change:
    def run(report: Report, chance: random.Random) -> str | None:
        lines = of_style(report, *styles)
        if not lines:
            return None
        line = chance.choice(lines)
        line.getparent().remove(line)
        return f"删去 {shown(line)}"

    return run


def under_theme(report: Report, chance: random.Random) -> str | None:
    """A paragraph with a figure goes under another heading."""
    heads = of_style(report, "Heading2")
    bodies = [p for p in sentences(report) if p.getprevious() in heads]
    if len(bodies) < 2:
        return None
    body = chance.choice(bodies)
    head = chance.choice([each for each in heads if each is not body.getprevious()])
    head.addnext(body)
    return f"“{shown(body)[:12]}”移到“{shown(head)}”下"


def sentence_elsewhere(report: Report, chance: random.Random) -> str | None:
    """A sentence with a figure is cut and pasted into a paragraph under another heading."""
    each = a_figure(report, chance, lambda one: bool(unit_of(one)))
    heads = of_style(report, "Heading1")
    if each is None or not heads:
        return None
    p = each.runs[0].getparent()
    runs = list(p.findall(R))
    at, until = runs.index(each.runs[0]), runs.index(each.runs[-1]) + 1
    cut = runs[max(at - 1, 0) : until + 1]
    targets = [
        one
        for one in sentences(report)
        if one is not p and section(one, heads) != section(p, heads)
    ]
    if not targets:
        return None
    chance.choice(targets).extend(cut)
    return f"{each.key} 连同前后文字移走"


def section(p: etree._Element, heads: Sequence[etree._Element]) -> int:
    here = list(p.getparent())
    return sum(here.index(each) < here.index(p) for each in heads)


def new_heading(report: Report, chance: random.Random) -> str | None:
    """A heading is put over paragraphs of another one."""
    heads = of_style(report, "Heading2")
    bodies = [p for p in sentences(report) if p.getprevious() in heads]
    if not bodies:
        return None
    body = chance.choice(bodies)
    made = copy.deepcopy(body.getprevious())
    for mark in list(made.iter(f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd")):
        mark.getparent().remove(mark)
    made.find(f".//{T.partition('}')[0]}}}t").text = "教育卫生"
    body.addprevious(made)
    return f"“{shown(body)[:12]}”上面加了标题"


def swap_labels(report: Report, chance: random.Random) -> str | None:
    """What two figures of a paragraph count is exchanged, the figures stay."""
    for p in chance.sample(sentences(report), len(sentences(report))):
        inside = {run for each in fields(p) for run in each.runs}
        texts = [t for t in p.iter(T) if t.text and t.getparent() not in inside]
        found = [
            (t, m)
            for t in texts
            for m in re.finditer(r"[^，。；、：件占的（）]{2,8}(?=[的]?$)", t.text)
        ]
        if len(found) > 1:
            (one, first), (other, second) = chance.sample(found, 2)
            if first[0] != second[0] and one is not other:
                one.text = one.text.replace(first[0], second[0])
                other.text = other.text.replace(second[0], first[0])
                return f"{first[0]}⇄{second[0]}"
    return None


def swap_clauses(report: Report, chance: random.Random) -> str | None:
    """Two figures change places with the runs before them."""
    for p in chance.sample(sentences(report), len(sentences(report))):
        here = [each for each in fields(p) if len({one.text for one in fields(p)}) > 1]
        if len(here) > 1:
            one, other = chance.sample(here, 2)
            if one.text != other.text:
                for a, b in zip(one.runs, other.runs, strict=False):
                    swap_nodes(a, b)
                return f"{one.key}⇄{other.key}"
    return None


def move_figure(report: Report, chance: random.Random) -> str | None:
    """A figure is cut out and pasted into another sentence."""
    each = a_figure(report, chance)
    targets = [
        p for p in sentences(report) if each is not None and p is not each.runs[0].getparent()
    ]
    if each is None:
        return None
    target = chance.choice(targets)
    at = chance.choice([*target.findall(R)][-1:])
    for run in each.runs:
        at.addprevious(run)
    return f"{each.key} 移到“{shown(target)[:12]}”"


def drop_sentence(report: Report, chance: random.Random) -> str | None:
    """A sentence that claims something goes, together with nothing else."""
    return reword(r"(?<=。)[^。]*(?:均|全部|尚未|没有|已经|不)[^。]*。", "")(report, chance)


def track_in(words: str) -> Change:
    """Typed with changes tracked, right before a figure."""

    def run(report: Report, chance: random.Random) -> str | None:
        each = a_figure(report, chance)
        if each is None:
            return None
        each.runs[0].addprevious(parsed(f'<w:ins w:id="9000" {AUTHOR}>{r(words)}</w:ins>')[0])
        return f"{each.key}：修订插入{words}"

    return run


def track_out(pattern: str) -> Change:
    """Deleted with changes tracked."""

    def run(report: Report, chance: random.Random) -> str | None:
        found = [(t, m) for t in plain_texts(report) for m in re.finditer(pattern, t.text)]
        if not found:
            return None
        text, match = chance.choice(found)
        before, after = text.text[: match.start()], text.text[match.end() :]
        run_ = text.getparent()
        gone = f'<w:del w:id="9001" {AUTHOR}><w:r><w:delText>{match[0]}</w:delText></w:r></w:del>'
        new = parsed(f"{gone}{r(after)}")
        text.text = before
        for each in reversed(new):
            run_.addnext(each)
        return f"修订删去{match[0]}"

    return run


def looking(*looks: str) -> Change:
    """A figure with these looks, which let nobody read it."""

    def run(report: Report, chance: random.Random) -> str | None:
        each = a_figure(report, chance)
        if each is None:
            return None
        for run_ in each.results:
            for look in looks:
                looks_of(run_).append(etree.Element(f"{{{W}}}{look}"))
        return f"{each.key}：{looks}"

    return run


def linked(words: str) -> Change:
    """In a hyperlink right before a figure."""

    def run(report: Report, chance: random.Random) -> str | None:
        each = a_figure(report, chance)
        if each is None:
            return None
        each.runs[0].addprevious(parsed(f'<w:hyperlink w:anchor="a">{r(words)}</w:hyperlink>')[0])
        return f"{each.key}：超链接里写了{words}"

    return run


def in_cell(change: Callable[[str], str]) -> Change:
    """The text of a filled cell of a table."""

    def run(report: Report, chance: random.Random) -> str | None:
        texts = [
            t
            for cell in report.tree.iter(TC)
            for t in cell.iter(T)
            if t.text and change(t.text) != t.text
        ]
        if not texts:
            return None
        text = chance.choice(texts)
        old, text.text = text.text, change(text.text)
        return f"单元格 {old}→{text.text}"

    return run


def beside_in_cell(words: str, *, before: bool) -> Change:
    def run(report: Report, chance: random.Random) -> str | None:
        found = [each for each in fields(report.tree) if not in_text(each)]
        if not found:
            return None
        each = chance.choice(found)
        new = parsed(r(words))[0]
        if before:
            each.runs[0].addprevious(new)
        else:
            each.runs[-1].addnext(new)
        return f"单元格 {each.key}：加了{words}"

    return run


def swap_columns(report: Report, chance: random.Random) -> str | None:
    """Two columns change places below their headers."""
    table = chance.choice(list(report.tree.iter(f"{{{W}}}tbl")))
    rows = list(table.iter(TR))
    one, other = chance.sample(range(len(rows[0].findall(TC))), 2)
    body = rows[1:]
    if all(shown(row.findall(TC)[one]) == shown(row.findall(TC)[other]) for row in body):
        return None
    for row in body:
        cells = row.findall(TC)
        swap_nodes(cells[one], cells[other])
    return f"第{one + 1}列与第{other + 1}列的内容互换"


def swap_headers(report: Report, chance: random.Random) -> str | None:
    row = next(chance.choice(list(report.tree.iter(f"{{{W}}}tbl"))).iter(TR))
    one, other = chance.sample(row.findall(TC), 2)
    swap_nodes(one, other)
    return f"表头 {shown(one)}⇄{shown(other)}"


def swap_cells(report: Report, chance: random.Random) -> str | None:
    """Two cells of a column change places."""
    rows = list(chance.choice(list(report.tree.iter(f"{{{W}}}tbl"))).iter(TR))[1:]
    column = chance.randrange(len(rows[0].findall(TC)))
    for _ in range(20):
        one, other = (row.findall(TC)[column] for row in chance.sample(rows, 2))
        if shown(one) != shown(other):
            swap_nodes(one, other)
            return f"{shown(one)}⇄{shown(other)}"
    return None


def drop_table(report: Report, chance: random.Random) -> str:
    table = chance.choice(list(report.tree.iter(f"{{{W}}}tbl")))
    table.getparent().remove(table)
    return "删去表"


def swap_images(report: Report, chance: random.Random) -> str | None:
    blips = list(report.tree.iter(f"{A}blip"))
    if len(blips) < 2:
        return None
    one, other = chance.sample(blips, 2)
    first, second = one.get(RELATION), other.get(RELATION)
    one.set(RELATION, second)
    other.set(RELATION, first)
    return "两张图互换图像"


def swap_pictures(report: Report, chance: random.Random) -> str | None:
    """Two pictures change places, their captions stay."""
    drawings = list(report.tree.iter(f"{{{W}}}drawing"))
    if len(drawings) < 2:
        return None
    swap_nodes(*chance.sample(drawings, 2))
    return "两张图互换位置"


def crop(report: Report, chance: random.Random) -> str | None:
    blips = list(report.tree.iter(f"{A}blip"))
    if not blips:
        return None
    side = chance.choice("ltrb")
    chance.choice(blips).addnext(etree.Element(f"{A}srcRect", {side: "20000"}))
    return f"裁剪 {side}"


def renumber_caption(report: Report, chance: random.Random) -> str | None:
    """The number in a caption's field is typed over."""
    texts = [
        t for p in of_style(report, "FigureCaption") for t in p.iter(T) if (t.text or "").isdigit()
    ]
    if not texts:
        return None
    text = chance.choice(texts)
    text.text = str(int(text.text) + 2)
    return f"图题编号改为{text.text}"


def retype_alt(report: Report, chance: random.Random) -> str | None:
    found = [
        each
        for each in report.tree.iter(f"{WP}docPr")
        if any(map(str.isdigit, each.get("descr", "")))
    ]
    if not found:
        return None
    about = chance.choice(found)
    about.set("descr", tampering.other_number(about.get("descr"), chance))
    return "改替代文字"


def change_property(report: Report, chance: random.Random) -> str:
    part = report.parts["docProps/custom.xml"].decode()
    found = chance.choice(list(re.finditer(r">(\d+)</vt:lpwstr>", part)))
    new = f"{part[: found.start(1)]}{int(found[1]) + 1}{part[found.end(1) :]}"
    report.parts["docProps/custom.xml"] = new.encode()
    return "改文档属性"


def in_footer(report: Report, chance: random.Random) -> str:
    name = chance.choice([name for name in report.parts if name.startswith("word/footer")])
    part = etree.fromstring(report.parts[name])
    part.append(parsed(f"<w:p>{r('共办结建议12件')}</w:p>")[0])
    report.parts[name] = etree.tostring(part)
    return "页脚里写了数字"


def named(change: Callable[[Mapping[str, str]], Change]) -> Change:
    """What needs the names that the report quotes."""

    def run(report: Report, chance: random.Random) -> str | None:
        names = read_report(report.saved()).record["quotes"]
        return change(names)(report, chance)

    return run


def retype_name(names: Mapping[str, str]) -> Change:
    def run(report: Report, chance: random.Random) -> str | None:
        found = [
            (text, name)
            for text in plain_texts(report)
            for name in names
            if name in (text.text or "") and len(name) > 2
        ]
        if not found:
            return None
        text, name = chance.choice(found)
        at = chance.randrange(len(name))
        text.text = text.text.replace(name, f"{name[:at]}某{name[at + 1 :]}", 1)
        return f"{name} 改一个字"

    return run


def swap_names(names: Mapping[str, str]) -> Change:
    """Two names of a kind change places in the text."""

    def run(report: Report, chance: random.Random) -> str | None:
        found = [
            (text, name)
            for text in plain_texts(report)
            for name in names
            if name in (text.text or "") and len(name) > 2
        ]
        for _ in range(40):
            if len(found) < 2:
                return None
            (one, first), (other, second) = chance.sample(found, 2)
            if (
                one is not other
                and names[first] == names[second]
                and first not in second
                and second not in first
            ):
                one.text = one.text.replace(first, second, 1)
                other.text = other.text.replace(second, first, 1)
                return f"{first}⇄{second}"
        return None

    return run


def drop_clause(report: Report, chance: random.Random) -> str | None:
    """A clause that qualifies a claim goes."""
    return reword(
        r"(?<=[，；])[^，。；]*(?:均|全部|尚未|没有|已经|不|其中|含|按[^，。；]*计算)[^，。；]*[，；]",
        "",
    )(report, chance)


ERRORS: dict[str, Change] = {
    "域内改数": tampering.overtype, "换成手写的数": tampering.replace, "删去数字": tampering.delete,
    "改指另一数字": tampering.point_elsewhere, "两数互换": tampering.swap,
    "前加数字": beside(before="1"), "后加数字": beside(after="0"), "前加全角数字": beside(before="２"),
    "前加汉字数字": beside(before="十"), "后加汉字数字": beside(after="十"), "后加万": beside(after="万"),
    "前加负号": beside(before="-"), "前加约": beside(before="约"), "前加近": beside(before="近"),
    "前加至少": beside(before="至少"), "前加不足": beside(before="不足"), "前加超过": beside(before="超过"),
    "前加第": beside(before="第"), "前加大于号": beside(before="≥"),
    "后加余": beside(after="余"), "后加多": beside(after="多", suits=small), "后加几": beside(after="几"),
    "单位后加左右": behind_unit("左右"), "单位后加以上": behind_unit("以上"), "单位后加不等": behind_unit("不等"),
    "后加小数": beside(after=".5", suits=small), "百分数后加小数": beside(after=".5%", suits=percent),
    "后加区间": beside(after="至9", suits=small), "前加区间": beside(before="6—", suits=small),
    "后加分母": beside(after="/10", suits=small),
    "域内加小数": typed_inside(lambda text: f"{text[:-1]}.5%", percent),
    "域内去百分号": typed_inside(lambda text: text[:-1], percent),
    "域内清空": typed_inside(lambda _: ""),
    "换成另一汉字数": put_in_place(lambda text: in_words(str(11 - int(text))), lambda f: small(f) and f.text != "1"),
    "换成概数": put_in_place(lambda _: "数十"), "换成多": put_in_place(lambda _: "多"),
    "换成区间": put_in_place(lambda text: f"{text}至{int(text) + 1}", small),
    "换成约数": put_in_place(lambda text: f"近{text}"), "换成分数": put_in_place(lambda _: "三分之二", percent),
    "换成几成": put_in_place(lambda _: "近九成", percent), "换成千分数": put_in_place(lambda text: f"{text[:-1]}‰", percent),
    "改单位": other_unit("项"), "改单位为人": other_unit("人"), "修订插入数字": track_in("1"), "修订插入约": track_in("约"),
    "超链接里加数字": linked("3"), "隐藏数字": looking("vanish"), "划去数字": looking("strike"),
    "前加带圈数字": beside(before="①"), "后加上标": beside(after="²"), "后加以上": beside(after="以上"), "文字里的期限": reword(r"\d+个(?:月|工作日)|(?<=之日起)\d+日", "9个月"),
    "文字里的期限换单位": reword(r"(\d)个月", r"\1天"), "改年度": reword("20(\\d\\d)年度", "19\\1年度"),
    "改日期": reword(r"(\d+)月(\d+)日", r"\1月3日"),
    "改单元格": tampering.retype_cell, "空格里写字": tampering.fill_cell, "删一行": tampering.drop_row,
    "加一行": tampering.add_row, "删一列": tampering.drop_column, "互换两列": swap_columns, "互换表头": swap_headers,
    "互换两格": swap_cells, "删去表": drop_table, "单元格数字前加数字": beside_in_cell("1", before=True),
    "单元格数字后加余": beside_in_cell("余", before=False), "单元格里减一字": in_cell(lambda text: text[1:]),
    "换图": tampering.replace_image, "两图互换图像": swap_images, "改替代文字": retype_alt, "删图": tampering.drop_image,
    "改文档属性": change_property, "改名称一字": named(retype_name),
}  # fmt: skip
"""A changed number, name, table or picture."""

REMARKS: dict[str, Change] = {
    "两名互换": named(swap_names),
    "变成普通文字": tampering.flatten, "换成汉字": put_in_place(in_words, small),
    "换成全角百分号": put_in_place(lambda text: f"{text[:-1]}％", percent), "域内换成汉字": typed_inside(in_words, small),
    "数字抄到别处": tampering.copy_elsewhere, "数字移到别句": move_figure, "数字连同前后移走": sentence_elsewhere,
    "均改多数": reword("均(?!衡)", "多数"), "删均": reword("均(?!衡)", ""), "全部改大部分": reword("全部", "大部分"),
    "按期改逾期": reword("按期", "逾期"), "已改将": reword("已(?!作)", "将"), "加不": reword("(?<=[，。；])已?答复", "未答复"),
    "尚未改已经": reword("尚未|还没有|没有", "已经"), "加没有": reword("作了", "没有作"), "加基本": reword("已(?=解决|答复|办结|全部)", "基本"),
    "加全部": reword("(?<=[，。])有(?=$)", "全部"), "加仅": beside(before="仅"),
    "不改去": reword("不(?=超过|并入|满意|能)", ""), "含改不含": reword("(?<!包)含", "不含"),
    "改基数": reword("总件数", "已答复件数"), "删基数": reword("议案、建议总件数的|总件数的", ""), "口径改变": reword("按[^，。；]{1,12}计算", "按收到的件数计算"),
    "方向": reword("增加|增长|减少|下降|超过", "低于"), "互换标签": swap_labels, "互换两数的位置": swap_clauses,
    "建议改议案": reword("建议(?=$|总|[，、])", "提案"), "改动作": reword("解决(?=$|，|的)", "研究"),
    "加括号": reword("(?<=件)(?=[，。；])", "（不含重复件）"), "加除外": reword("(?<=，)(?=[^，。]*$)", "除个别件外"),
    "加问号": reword("(?<=答复|解决|超过)(?=[，。])", "（？）"), "日期换成汉字": reword("2024年12月10日|2023年12月8日", "二〇二三年十二月八日"),
    "修订删均": track_out("均|全部|尚未|没有"), "删论断的句子": drop_sentence, "删论断的短句": drop_clause,
    "起算改变": reword("自[^，。]{2,8}之日起", "自收到之日起"),
    "段落移到另一标题": under_theme, "标题互换": exchange("Heading2"), "改标题": retitle("Heading1", "Heading2"),
    "删标题": drop_line("Heading1", "Heading2"), "另加标题": new_heading, "改报告题目": retitle("DocumentTitle"),
    "改称谓": retitle("Addressee"), "改署名": retitle("IssuedBy"), "改附件名": retitle("AnnexList", "AnnexListNext"),
    "改附件标题": retitle("AnnexTitle", "AnnexLabel"), "附件标题互换": exchange("AnnexTitle"), "附件号互换": exchange("AnnexLabel"),
    "图题互换": exchange("FigureCaption"), "图题改号": renumber_caption, "改图题": retitle("FigureCaption"),
    "删图题": drop_line("FigureCaption"), "图互换位置": swap_pictures, "裁剪图": crop, "页脚里写数字": in_footer,
    "改表注": reword("单位为件|按全部件数计算|按已反馈件数计算", "单位为条"),
    **{f"新句：{words}": sentence(f"另外{words}。") for words in (
        "答复八件", "走访两件", "三分之二的代表满意", "近八成群众受益", "1/3得到解决", "群众评分96分", "投入3.2亿",
        "解决数十件", "走访上百户", "办结十几件", "一半已见效", "惠及百分之九十的群众", "增长2倍", "协调资金120万元",
        "在6月30日前完成", "两年内完成", "全部按期办结", "没有一件拖延", "绝大多数代表表示满意", "件数同比增加")},
    "新段：数字": paragraph("全年新增办结建议九件，得到代表好评。"), "新段：论断": paragraph("各件均已落实，没有遗留问题。"),
}  # fmt: skip
"""A changed claim, a number typed, the same value in another dress."""

KINDS = [
    *(Kind(name, change, ERROR) for name, change in ERRORS.items()),
    *(Kind(name, change, REMARK) for name, change in REMARKS.items()),
]


def reports() -> Iterator[bytes]:
    """The sample and random years with what is rare in life; each has places the others lack."""
    yield changed_sample.built(changed_sample.sample())
    for seed in range(5):
        yield changed_sample.built(
            generate.case(40, seed=seed, rare=seed % 2 == 0, unfinished=0.2 * (seed % 2))
        )


def tried(kind: Kind, contents: Sequence[bytes], seed: int) -> tuple[str, bytes] | None:
    """What the tampering did and the report then, in the first report that has a place for it."""
    for step in range(len(contents)):
        chance = random.Random(f"{kind.name} {seed} {step}")
        report = opened(contents[(seed + step) % len(contents)])
        said = kind.change(report, chance)
        if said is not None:
            return said, report.saved()
    return None


def missed(kind: Kind, content: bytes) -> bool:
    """Whether ``verify`` says less of it than it must."""
    severities = {finding.severity for finding in verify_report(read_report(content))}
    return not severities if kind.severity is REMARK else ERROR not in severities


def main(count: int) -> int:
    """Try ``count`` tamperings, all kinds in turn."""
    contents, done, wrong = list(reports()), Counter[str](), Counter[str]()
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        found = tried(kind, contents, number // len(KINDS))
        if found is not None:
            done[kind.name] += 1
            if missed(kind, found[1]):
                wrong[kind.name] += 1
                sys.stdout.write(f"没有发现：{kind.name} {found[0]}\n")
    for kind in KINDS:
        sys.stdout.write(
            f"{kind.severity} {kind.name}：{done[kind.name]}处，漏{wrong[kind.name]}处\n"
        )
    sys.stdout.write(f"{len(done)}种，{done.total()}处，漏{wrong.total()}处\n")
    return min(wrong.total(), 1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
