"""Single tamperings with a finished report, as editing in Word leaves them, at XML level."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from tests.support.templates import PNG, W, shown

P, R, T, TR, TC = (f"{{{W}}}{name}" for name in ("p", "r", "t", "tr", "tc"))
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DOCUMENT = "word/document.xml"
Node = etree._Element


@dataclass
class Report:
    """A finished report opened for tampering."""

    parts: dict[str, bytes]
    tree: Node

    def saved(self) -> bytes:
        """As a .docx again."""
        parts = {**self.parts, DOCUMENT: etree.tostring(self.tree)}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return buffer.getvalue()


def opened(content: bytes) -> Report:
    """A .docx as parts, its body parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return Report(parts, etree.fromstring(parts[DOCUMENT]))


@dataclass
class Field:
    """One live field: its five runs (or more), the key it names and the text it shows."""

    runs: list[Node]
    key: str = ""
    results: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(shown(run) for run in self.results)

    @text.setter
    def text(self, value: str) -> None:
        first, *others = self.results
        first.find(T).text = value
        for run in others:
            run.getparent().remove(run)

    def name(self, key: str) -> None:
        for run in self.runs:
            for code in run.findall(f"{{{W}}}instrText"):
                code.text = code.text.replace(f'"{self.key}"', f'"{key}"')

    def remove(self) -> None:
        for run in self.runs:
            run.getparent().remove(run)

    def unlink(self) -> None:
        """Only the text stays."""
        for run in self.runs:
            if run not in self.results:
                run.getparent().remove(run)


def fields(tree: Node) -> list[Field]:
    """All live figures, in order."""
    found: list[Field] = []
    for run in tree.iter(R):
        mark = run.find(f"{{{W}}}fldChar")
        kind = mark.get(f"{{{W}}}fldCharType") if mark is not None else ""
        if kind == "begin":
            found.append(Field([]))
            inside, showing = True, False
        elif not found or not inside:
            continue
        found[-1].runs.append(run)
        code = run.findtext(f"{{{W}}}instrText") or ""
        if "DOCPROPERTY" in code:
            found[-1].key = code.split('"')[1]
        if showing and run.find(T) is not None:
            found[-1].results.append(run)
        showing = kind == "separate" or (showing and kind != "end")
        inside = kind != "end"
    return [each for each in found if each.key]


def field_of(report: Report, key: str) -> Field:
    """The first that shows this figure."""
    return next(each for each in fields(report.tree) if each.key == key)


def other_number(text: str, chance: random.Random) -> str:
    """Another number that looks like it."""
    changed = text
    while changed == text:
        at = chance.choice([at for at, letter in enumerate(text) if letter.isdigit()] or [0])
        changed = text[:at] + chance.choice("0123456789") + text[at + 1 :]
    return changed


def overtype(report: Report, chance: random.Random) -> str:
    each = chance.choice(fields(report.tree))
    each.text = other_number(each.text, chance)
    return f"{each.key} 域内改为 {each.text}"


def replace(report: Report, chance: random.Random) -> str:
    each = chance.choice(fields(report.tree))
    each.text = other_number(each.text, chance)
    each.unlink()
    return f"{each.key} 换成文字 {each.text}"


def flatten(report: Report, chance: random.Random) -> str:
    each = chance.choice(fields(report.tree))
    each.unlink()
    return f"{each.key} 变成普通文字"


def delete(report: Report, chance: random.Random) -> str:
    each = chance.choice(fields(report.tree))
    each.remove()
    return f"{each.key} 删去"


def point_elsewhere(report: Report, chance: random.Random) -> str:
    """The field names another figure; its text follows, as after F9, or not yet."""
    all_fields = fields(report.tree)
    each = chance.choice(all_fields)
    other = chance.choice([one for one in all_fields if one.key != each.key])
    each.name(other.key)
    if chance.random() < 0.5:
        each.text = other.text
    return f"{each.key} 改指 {other.key}"


def swap(report: Report, chance: random.Random) -> str:
    """Two figures of one paragraph change places."""
    paragraphs = [p for p in report.tree.iter(P) if len({f.key for f in fields(p)}) > 1]
    here = fields(chance.choice(paragraphs))
    one, other = chance.sample(here, 2)
    if one.key == other.key:
        one.text = other_number(one.text, chance)
        return f"{one.key} 域内改为 {one.text}"
    one_text, other_text = one.text, other.text
    one.name(other.key)
    other.name(one.key)
    one.text, other.text = other_text, one_text
    return f"{one.key} 与 {other.key} 互换"


def copy_elsewhere(report: Report, chance: random.Random) -> str:
    each = chance.choice(fields(report.tree))
    target = chance.choice([p for p in report.tree.iter(P) if p.getparent().tag != TC and shown(p)])
    target.extend(copy.deepcopy(run) for run in each.runs)
    return f"{each.key} 复制到“{shown(target)[:10]}”"


def retype_cell(report: Report, chance: random.Random) -> str:
    cells = [text for cell in report.tree.iter(TC) for text in cell.iter(T) if text.text]
    return _retype(chance.choice(cells), chance)


def fill_cell(report: Report, chance: random.Random) -> str:
    empty = [p for cell in report.tree.iter(TC) for p in cell.iter(P) if not shown(p)]
    p = chance.choice(empty)
    etree.SubElement(etree.SubElement(p, R), T).text = "补记"
    return "空格里写了字"


def drop_row(report: Report, chance: random.Random) -> str:
    row = chance.choice(list(report.tree.iter(TR)))
    text = shown(row)
    row.getparent().remove(row)
    return f"删去一行 {text[:20]}"


def add_row(report: Report, chance: random.Random) -> str:
    row = chance.choice(list(report.tree.iter(TR)))
    made = copy.deepcopy(row)
    for mark in list(made.iter(f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd")):
        mark.getparent().remove(mark)
    for text in made.iter(T):
        text.text = chance.choice(["另加", "", text.text])
    row.addnext(made)
    return f"加一行 {shown(made)[:20]}"


def drop_column(report: Report, chance: random.Random) -> str:
    table = chance.choice(list(report.tree.iter(f"{{{W}}}tbl")))
    rows = list(table.iter(TR))
    at = chance.randrange(len(rows[0].findall(TC)))
    for row in rows:
        row.remove(row.findall(TC)[at])
    return f"删去第{at + 1}列"


def replace_image(report: Report, chance: random.Random) -> str:
    name = chance.choice([name for name in report.parts if name.endswith(".png")])
    report.parts[name] = PNG
    return f"换掉 {name}"


def retype_alt(report: Report, chance: random.Random) -> str:
    about = chance.choice(list(report.tree.iter(f"{WP}docPr")))
    about.set("descr", other_number(about.get("descr", ""), chance))
    return "改替代文字"


def drop_image(report: Report, chance: random.Random) -> str:
    drawing = chance.choice(list(report.tree.iter(f"{{{W}}}drawing")))
    drawing.getparent().remove(drawing)
    return "删去图"


def _retype(text: Node, chance: random.Random) -> str:
    """One character becomes another, goes, or comes in."""
    before = text.text
    while text.text == before:
        at = chance.randrange(len(before))
        text.text = (
            before[:at] + chance.choice(["某", "", f"{before[at]}某", "9"]) + before[at + 1 :]
        )
    return f"“{before}”改为“{text.text}”"
