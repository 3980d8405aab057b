"""The parts of a template in which nobody looks for tags: charts, SmartArt, properties, settings.

They go into the report as they are, so a tag there is a mistake, and so is whatever would make the
report fetch something or run a program.  What only the writing program keeps for itself is cleaned
without a word: a list of headings with the tag in it, the data of a control that is no longer tied.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from lxml import etree

from reportgen.errors import Mistake
from reportgen.word.document.fields import RECORD
from reportgen.word.template import hidden_content
from reportgen.word.xml.package import WordPackage, parse_xml_part, to_xml
from reportgen.word.xml.wml import A, R, W, remove_element, w

_KINDS: Mapping[str, str] = {
    "chart": "图表", "chartEx": "图表", "diagramData": "SmartArt 图形", "diagramDrawing": "SmartArt 图形",
    "diagramLayout": "SmartArt 图形", "chartUserShapes": "图表", "glossaryDocument": "文档部件（自动图文集）",
    "settings": "文档设置", "styles": "样式", "numbering": "编号格式", "custom-properties": "自定义文档属性",
    "header": "没有用到的页眉", "footer": "没有用到的页脚", "attachedTemplate": "所附的文档模板",
}  # fmt: skip
"""What a part is to the user, by the relationship that leads to it."""

_RUNNING = frozenset([
    "oleObject", "control", "activeXControlBinary", "vbaProject", "aFChunk", "subDocument",
    "webextensiontaskpanes", "webextension",
])  # fmt: skip
"""Relationships to what runs, or is another document."""

_LEFT_OUT = frozenset(["core-properties", "thumbnail", "digital-signature-origin"])
_RELATED: Any = etree.XPath("//@r:*[ancestor::w:p]", namespaces={"w": W, "r": R})
_SCHEMELESS = re.compile("(file:/{0,3})?[a-z]:/|file:///(?!/)|(?![a-z]{2,}:|//)")
_DIGIT = re.compile("(?<![0-9])[0-9]{1,9}$")
_AROUND_TEXT: Any = etree.XPath(
    "//@*[contains(., '{') or contains(., '｛')][not(ancestor::w:p)]", namespaces={"w": W}
)
_ABOUT: Mapping[str, str] = {
    w("sdtPr"): "内容控件的属性", w("tblPr"): "表格的属性（替代文字）", w("sectPr"): "页面的属性",
}  # fmt: skip
_HOLDERS = (w("p"), f"{{{A}}}p")


def clean_parts(package: WordPackage) -> None:
    """Take out what programs keep for themselves, so that no tag is left there, in place.

    A template attached by a path of this machine goes too: the path says whose it is.
    """
    for link in package.linked(""):  # Word lists the headings of a document in its properties
        if link.type == "extended-properties" and hidden_content.find_dead_tags(
            _read_all_text(package.parts[link.part])
        ):
            package.unlink("", frozenset(["extended-properties"]))
    for link in package.linked(package.document):
        if link.type == "customXml":
            _empty_tags(package, link.part)
        if link.type == "settings":
            _detach_template(package, link.part)


def find_part_mistakes(package: WordPackage, labels: Mapping[str, str]) -> list[Mistake]:
    """Every tag, link and program outside the text; ``labels``: the parts that hold text."""
    found: dict[Mistake, None] = {}
    for part, place in _iter_named_parts(package, labels):
        look = _iter_tags_about_text if part in labels else _iter_dead_tags
        told = list(look(package, part))
        told += _iter_active_content(
            package, part, _find_text_relations(package, part) if part in labels else set()
        )
        found |= {Mistake(place, typed, fault): None for typed, fault in told}
    return list(found)


def _iter_named_parts(package: WordPackage, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every part that is led to, once, with its name for the user."""
    yield "", "整个文件"
    seen, waiting = {""}, [(link.part, link.type) for link in package.linked("")]
    while waiting:
        part, type_ = waiting.pop(0)
        if part in seen or type_ in _LEFT_OUT:
            continue
        seen.add(part)
        yield (
            part,
            labels.get(part) or f"{_KINDS.get(type_, '文档的其他部分')}{_read_part_number(part)}",
        )
        waiting += [(link.part, link.type) for link in package.linked(part)]
    apart = {link.part for link in package.linked("") if link.type in _LEFT_OUT} | seen
    for part in sorted(package.parts.keys() - apart):  # nothing leads there, yet it comes along
        yield part, "文档的其他部分"


def _read_part_number(part: str) -> str:
    """``word/charts/chart2.xml`` → 2: as its program counts it."""
    found = _DIGIT.search(part.rpartition(".")[0])
    return found[0] if found and part.count("/") > 1 else ""


def _iter_dead_tags(package: WordPackage, part: str) -> Iterator[tuple[str, str]]:
    content = package.parts.get(part, b"")
    if not part.endswith(".xml") or RECORD.encode() in content:
        return
    for typed in hidden_content.find_dead_tags(_read_all_text(content)):
        yield typed, f"这里{hidden_content.MOVE}"
    for link in package.outside(part).values():
        for typed in hidden_content.find_dead_tags(unquote(link.target)):
            yield typed, f"链接地址里{hidden_content.MOVE}"


def _iter_tags_about_text(package: WordPackage, part: str) -> Iterator[tuple[str, str]]:
    """What is told of controls, tables and sections; paragraphs are looked at by themselves."""
    content = package.parts.get(part, b"")
    if b"{" not in content and "｛".encode() not in content:
        return
    for value in _AROUND_TEXT(package.look_at(part)):
        about = {str(each.tag) for each in (value.getparent(), *value.getparent().iterancestors())}
        where = next((name for tag, name in _ABOUT.items() if tag in about), "版式的属性")
        for typed in hidden_content.find_dead_tags(str(value)):
            yield typed, f"{where}里{hidden_content.MOVE}"


def _read_all_text(content: bytes) -> str:
    """Every text and attribute of a part, a line each; the text of a paragraph as one."""
    if b"{" not in content and "｛".encode() not in content:
        return ""
    root = parse_xml_part(content)
    lines = ["".join(map(str, holder.itertext())) for holder in root.iter(*_HOLDERS)]
    within = {each for holder in root.iter(*_HOLDERS) for each in holder.iter()}
    lines += [each.text for each in root.iter() if each.text and each not in within]
    lines += [each.tail for each in root.iter() if each.tail]
    lines += [str(value) for each in root.iter() for value in each.attrib.values()]
    return "\n".join(lines)


def _iter_active_content(
    package: WordPackage, part: str, told: Container[str]
) -> Iterator[tuple[str, str]]:
    """What a part links to that ought to be in the file, and what runs; not what is told already."""
    for identity, link in package.outside(part).items():
        if link.type != "hyperlink" and identity not in told:
            yield hidden_content.make_link_fault(link)
    for inside in package.linked(part):
        if inside.type in _RUNNING and inside.id not in told:
            yield "", hidden_content.EMBEDDED


def _find_text_relations(package: WordPackage, part: str) -> set[str]:
    """The relationships that paragraphs of a part use, which are told where they stand."""
    return {str(each) for each in _RELATED(package.look_at(part))}


def _empty_tags(package: WordPackage, part: str) -> None:
    content = package.parts[part]
    if RECORD.encode() in content or not hidden_content.find_dead_tags(_read_all_text(content)):
        return
    root = parse_xml_part(content)
    for each in root.iter():
        each.text = None if hidden_content.find_dead_tags(each.text or "") else each.text
    package.parts[part] = to_xml(root)


def _detach_template(package: WordPackage, settings: str) -> None:
    links = package.outside(settings).values()
    if any(link.type == "attachedTemplate" and _is_local(link.target) for link in links):
        package.unlink(settings, frozenset(["attachedTemplate"]))
        root = parse_xml_part(package.parts[settings])
        for each in root.findall(w("attachedTemplate")):
            remove_element(each)
        package.parts[settings] = to_xml(root)


def _is_local(target: str) -> bool:
    """Whether an address is on this machine (``Normal.dotm``, a drive), not a server's."""
    return _SCHEMELESS.match(target.lower().replace("\\", "/")) is not None
