"""What a template's paragraph holds beside its text: tags that would stay as typed, and active content.

Text boxes, equations, phonetic guides, field codes, WordArt, link addresses and the words for
pictures are not read for tags: each tag there is a mistake of its own.  So is whatever would let
the finished report reach outside itself: fields that fetch (``DDE``, ``INCLUDETEXT`` …), linked
pictures, embedded programs.
Source of the fields' names: ECMA-376 Part 1, 17.16.5; DDE fields: Word's own help.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from lxml import etree

from reportgen.word.template import tags
from reportgen.word.template.tags import Tag
from reportgen.word.xml.package import OutsideLink
from reportgen.word.xml.wml import A, M, R, remove_element, w

_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"


def find_hidden_faults(p: etree._Element, links: Mapping[str, OutsideLink]) -> list[Tag]:
    """The mistakes hidden in a paragraph; ``links``: what leads outside, by relationship id."""
    if next(p.iter(*_LOOKED_AT), None) is None and not _BRACED(p):
        return []
    hidden = dict.fromkeys([*_iter_dead_tags(p, links), *_iter_active_content(p, links)])
    return [Tag("faulty", typed, fault=fault) for typed, fault in hidden]


def unbind_controls(root: etree._Element) -> None:
    """Untie content controls that hold tags from the data they are bound to, in place.

    Word would put those data, with the tag as typed, over the result whenever it opens the report.
    """
    for binding in [each for each in root.iter() if str(each.tag).endswith("}dataBinding")]:
        control = next(binding.iterancestors(w("sdt")), None)
        if control is not None and find_dead_tags(_read_text(control)):
            remove_element(binding)


def find_dead_tags(text: str) -> list[str]:
    """The tags in a text that nobody reads; a closing bracket alone is none."""
    near = "{" in text or "｛" in text
    return (
        [each.tag.typed for each in tags.find_tags(text) if each.tag.typed[0] in "{｛"]
        if near
        else []
    )


_HOLDERS: Mapping[str, str] = {
    f"{{{M}}}oMath": "公式", w("rt"): "拼音指南", w("rubyBase"): "拼音指南", f"{{{A}}}p": "图形",
}  # fmt: skip
_FIELD_PARTS = (w("fldChar"), w("instrText"), w("fldSimple"))
_EMBEDDED = (f"{_O}OLEObject", w("control"))
_LEADING = (w("hyperlink"), f"{{{A}}}hlinkClick", f"{{{A}}}blip", f"{_V}imagedata", f"{_V}textpath")
_LOOKED_AT = (*_HOLDERS, *_FIELD_PARTS, *_EMBEDDED, *_LEADING, w("txbxContent"))
_TEXTS = (w("t"), f"{{{M}}}t", f"{{{A}}}t")
_BRACED: Any = etree.XPath(".//@*[contains(., '{') or contains(., '｛')]")
_RELATED: Any = etree.XPath(".//@r:*", namespaces={"r": R})
_ATTRIBUTES: Mapping[str, str] = {
    "textpath": "艺术字", "docPr": "图片的替代文字", "cNvPr": "图片的替代文字", "hyperlink": "链接",
    "shape": "图形", "fldSimple": "域代码",
}  # fmt: skip
_FETCHING = frozenset([
    "DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "RD",
    "DATABASE", "EMBED", "CONTROL", "HTMLCONTROL", "MACROBUTTON", "PRINT",
])  # fmt: skip
MOVE = "不能用标签，请移到正文、页眉或页脚的文字中"
_LONGEST = 40


def _iter_dead_tags(
    p: etree._Element, links: Mapping[str, OutsideLink]
) -> Iterator[tuple[str, str]]:
    for box in p.iterfind(f".//{w('txbxContent')}//{w('p')}"):
        yield from _fault_dead_tags(_read_text(box), "文本框")
    for holder in p.iter(*_HOLDERS):
        yield from _fault_dead_tags(_read_text(holder), _HOLDERS[str(holder.tag)])
    for code in _iter_field_codes(p):
        yield from _fault_dead_tags(code, "域代码")
    for value in _BRACED(p):
        name = etree.QName(value.getparent()).localname
        yield from _fault_dead_tags(str(value), _ATTRIBUTES.get(name, "图形和链接的属性"))
    for link in _iter_outside_links(p, links):
        yield from _fault_dead_tags(unquote(link.target), "链接地址")


def _fault_dead_tags(text: str, where: str) -> Iterator[tuple[str, str]]:
    return ((typed, f"{where}里{MOVE}") for typed in find_dead_tags(text))


def _read_text(holder: etree._Element) -> str:
    return "".join(each.text or "" for each in holder.iter(*_TEXTS))


def _iter_field_codes(p: etree._Element) -> Iterator[str]:
    """The instructions of the fields that begin in a paragraph; a nested one counts apart."""
    open_: list[str] = []
    for each in p.iter(*_FIELD_PARTS):
        kind = each.get(w("fldCharType"))
        if each.tag == w("fldSimple"):
            yield each.get(w("instr"), "")
        elif kind == "begin":
            open_.append("")
        elif kind and open_:
            yield open_.pop()  # its result may hold fields of their own
            open_ += [""] if kind == "separate" else []
        elif not kind and open_:
            open_[-1] += each.text or ""
    yield from open_


def _iter_outside_links(
    p: etree._Element, links: Mapping[str, OutsideLink]
) -> Iterator[OutsideLink]:
    """Where a paragraph leads outside."""
    return (links[value] for value in map(str, _RELATED(p) if links else ()) if value in links)


def _iter_active_content(
    p: etree._Element, links: Mapping[str, OutsideLink]
) -> Iterator[tuple[str, str]]:
    for code in _iter_field_codes(p):
        name = next(iter(code.split()), "").upper()
        if name in _FETCHING:
            quoted = " ".join(code.split())[:_LONGEST]
            yield (
                quoted,
                f"域 {name} 会从文档以外取内容或运行程序，请删去这个域，把内容直接写在模板里",
            )
    for link in _iter_outside_links(p, links):
        if link.type != "hyperlink":
            yield make_link_fault(link)
    for each in p.iter(*_EMBEDDED):
        yield each.get("ProgID", ""), EMBEDDED


def make_link_fault(link: OutsideLink) -> tuple[str, str]:
    """The mistake of something that is not in the file but elsewhere."""
    what = _LINKED.get(link.type, "内容")
    fault = f"{what}不在文档里，只是一个链接，换个地方会看不到，也可能被人替换；请插入到文档里，再断开链接"
    return unquote(link.target)[:_LONGEST], fault


EMBEDDED = "嵌入的对象（OLE、控件）可以运行程序，请删去，改为文字或图片"
_LINKED: Mapping[str, str] = {
    "image": "图片", "oleObject": "链接的对象", "subDocument": "子文档", "video": "视频",
    "audio": "声音",
}  # fmt: skip
