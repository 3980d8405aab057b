"""What a finished report would carry along that nobody sees, and that cannot simply be taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from reportgen.word.compare.findings import Finding
from reportgen.word.document.reader import parse_trees
from reportgen.word.xml.package import Link, WordPackage, read_word_package
from reportgen.word.xml.wml import w

EMBEDDED: Mapping[str, str] = {
    "oleObject": "嵌入的对象", "package": "嵌入的文件", "control": "控件", "aFChunk": "嵌入的文档",
    "subDocument": "子文档", "chart": "图表及其数据表", "chartEx": "图表及其数据表",
    "diagramData": "SmartArt 图形", "video": "视频", "audio": "音频", "media": "媒体文件",
}  # fmt: skip
"""Relationship types that lead to other files inside the report, and what these are called."""
_LIGHT, _TINY = 0xF0, 4
"""From this value of each colour on text is white on white; half points below which it is not seen."""
_OFF = ("0", "false", "off")


def find_carried_along(package: WordPackage) -> list[Finding]:
    """Hidden and white text, embedded files, links to outside, pictures that may tell more."""
    trees, named = parse_trees(package, package.parts[package.document])
    unseen = UnseenText(package)
    found: list[Finding] = []
    for name, label in named.items():
        found += unseen.find(trees[name], label)
        found += _find_outside_links(package, name, label)
        found += _find_embedded_files(package, name, label)
        found += _find_talkative_pictures(package, name, label)
    return list(dict.fromkeys(found))


def find_unseen_text(content: bytes) -> list[tuple[str, str]]:
    """Where a sound document has text that nobody sees, hidden, white or tiny, and the text."""
    package = read_word_package(content)
    trees, named = parse_trees(package, package.parts[package.document])
    unseen = UnseenText(package)
    found = [
        finding for name, label in named.items() for finding in unseen.find(trees[name], label)
    ]
    return list(dict.fromkeys((each.place, each.found) for each in found))


class UnseenText:
    """Finds text that nobody sees, by itself or by the styles of this package."""

    def __init__(self, package: WordPackage) -> None:
        self._hidden = _find_style_ids(package, "vanish")
        self._shaded = _find_shaded_styles(package)

    def find(self, root: etree._Element, label: str) -> Iterator[Finding]:
        """What is under an element; ``label``: what users call its part."""
        for run in root.iter(w("r")) if self._hidden else _iter_doubtful_runs(root):
            kind = (
                "left-hidden" if _is_hidden(run, self._hidden)
                else "left-white" if _is_invisible(run, self._shaded)
                else ""
            )  # fmt: skip
            text = "".join(t.text or "" for t in run.iter(w("t"))).strip() if kind else ""
            if text:
                yield Finding(kind, label, text[:40], "")


def _iter_doubtful_runs(root: etree._Element) -> Iterator[etree._Element]:
    """Runs that may be unseen by what they say themselves: few of many; some more than once."""
    for mark in root.iter(w("vanish"), w("color"), w("sz")):
        run = next(mark.iterancestors(w("r")), None)
        if run is not None:
            yield run


def _is_hidden(run: etree._Element, hidden: frozenset[str]) -> bool:
    own = run.find(f"{w('rPr')}/{w('vanish')}")
    if own is not None:
        return own.get(w("val"), "1") not in _OFF
    paragraph = next(run.iterancestors(w("p")), None)
    styles = [run.find(f"{w('rPr')}/{w('rStyle')}")]
    styles += [paragraph.find(f"{w('pPr')}/{w('pStyle')}")] if paragraph is not None else []
    return any(style is not None and style.get(w("val"), "") in hidden for style in styles)


def _is_invisible(run: etree._Element, shaded: frozenset[str]) -> bool:
    properties = run.find(w("rPr"))
    if properties is None:
        return False
    size = properties.find(w("sz"))
    if (
        size is not None
        and size.get(w("val"), "").isdigit()
        and int(size.get(w("val"), "")) <= _TINY
    ):
        return True
    color = properties.find(w("color"))
    return color is not None and _is_light(color.get(w("val"), "")) and not _is_on_dark(run, shaded)


def _is_light(color: str) -> bool:
    try:
        return len(color) == 6 and min(bytes.fromhex(color)) >= _LIGHT
    except ValueError:
        return False


def _is_on_dark(run: etree._Element, shaded: frozenset[str]) -> bool:
    """Whether the text, its paragraph, its cell or its table's style has a colour behind it."""
    behind = [run.find(f"{w('rPr')}/{w('shd')}"), run.find(f"{w('rPr')}/{w('highlight')}")]
    holders = run.iterancestors(w("p"), w("tc"))
    behind += [holder.find(f"{holder.tag}Pr/{w('shd')}") for holder in holders]
    for table in run.iterancestors(w("tbl")):
        style = table.find(f"{w('tblPr')}/{w('tblStyle')}")
        if style is not None and style.get(w("val"), "") in shaded:
            return True
    fills = [each.get(w("fill")) or each.get(w("val")) or "" for each in behind if each is not None]
    return any(fill not in ("", "auto", "white", "none") and not _is_light(fill) for fill in fills)


def _find_style_ids(package: WordPackage, mark: str) -> frozenset[str]:
    """Ids of the styles whose text has this property, by themselves or by what they are based on."""
    own: set[str] = set()
    based: dict[str, str] = {}
    for style in _iter_styles(package):
        ident = style.get(w("styleId"), "")
        found = style.find(f"{w('rPr')}/{w(mark)}")
        parent = style.find(w("basedOn"))
        if found is not None and found.get(w("val"), "1") not in _OFF:
            own.add(ident)
        elif found is None and parent is not None:
            based[ident] = parent.get(w("val"), "")
    for _ in based:  # as deep as the chain of styles may be
        more = {ident for ident, parent in based.items() if parent in own} - own
        if not more:
            break
        own |= more
    return frozenset(own)


def _find_shaded_styles(package: WordPackage) -> frozenset[str]:
    return frozenset(
        style.get(w("styleId"), "")
        for style in _iter_styles(package)
        if any(
            each.get(w("fill"), "auto") not in ("auto", "FFFFFF") for each in style.iter(w("shd"))
        )
    )


def _iter_styles(package: WordPackage) -> Iterator[etree._Element]:
    for link in package.linked(package.document):
        if link.type == "styles":
            yield from package.look_at(link.part).iter(w("style"))


def _find_outside_links(package: WordPackage, name: str, label: str) -> Iterator[Finding]:
    for link in package.outside(name).values():
        yield Finding("left-outside", label, link.target[:80], "")


def _find_embedded_files(package: WordPackage, name: str, label: str) -> Iterator[Finding]:
    for link in package.linked(name):
        if link.type in EMBEDDED and _holds_more(package, link):
            yield Finding("left-embedded", label, EMBEDDED[link.type], "")


def _holds_more(package: WordPackage, link: Link) -> bool:
    """Whether more is in it than is seen: a chart without a workbook is all seen."""
    return link.type != "chart" or bool(package.linked(link.part) or package.outside(link.part))


def _find_talkative_pictures(package: WordPackage, name: str, label: str) -> Iterator[Finding]:
    from reportgen.word.after.picture_bytes import drop_metadata  # noqa: PLC0415 (it loads Pillow)

    for link in package.linked(name):
        if link.type == "image" and drop_metadata(package.parts[link.part]) is None:
            ending = link.part.rpartition(".")[2].upper()
            yield Finding("left-picture", label, f"{ending} 图片", "")
