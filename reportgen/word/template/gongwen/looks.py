"""The looks of an official document after GB/T 9704-2012, as styles.

Lengths are twentieths of a point: 579 is one of the 22 lines of a page, 315 one of the 28 characters
of a line (16 pt less 0.25 pt of character spacing).  Only what is set like body text builds on
Normal: its exact lines would clip pictures and stretch tables; the rest stays off the line grid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.styles.styles import Styles

from reportgen.word.template.tag_style import TAG_STYLE, TAG_STYLE_ID
from reportgen.word.xml.assembly import make_element

LEAD, LEAD_ID = "段首句", "Lead"
"""The character style of a run-in heading."""

_CENTER, _LEFT, _RIGHT, _BOTH = ALIGN.CENTER, ALIGN.LEFT, ALIGN.RIGHT, ALIGN.JUSTIFY
_KEPT: Mapping[str, Any] = {"keep_with_next": True}


@dataclass(frozen=True)
class _Font:
    """A Chinese font; Latin letters and digits are Times New Roman.

    ``letters``: they are the font's own, as they would look thin beside it.
    """

    name: str
    letters: bool = False


_FANGSONG, _KAI, _SONG = _Font("仿宋"), _Font("楷体"), _Font("宋体")
_HEI, _TITLE = _Font("黑体", letters=True), _Font("方正小标宋简体", letters=True)


@dataclass(frozen=True)
class _Look:
    """A paragraph style: what differs from the style it builds on.

    ``layout``: by the names python-docx has for it; lengths in twentieths of a point.
    ``follows``: the style of the paragraph typed after it, if another.  ``level``: in the outline,
    and for headings in the list that numbers them.
    """

    id: str
    name: str
    priority: int
    builds_on: str = ""
    follows: str = ""
    layout: Mapping[str, Any] = field(default_factory=dict)
    font: _Font | None = None
    size: float = 0
    alias: str = ""
    level: int | None = None


_LOOKS = (
    # the text, top to bottom
    _Look("Normal", "Normal", 1, size=16, layout={
        "line_spacing": 579, "first_line_indent": 630, "alignment": _BOTH}),
    _Look("DocumentTitle", "公文标题", 2, follows="TitleLine", font=_TITLE, size=22, layout={
        **_KEPT, "space_before": 1158, "line_spacing": 700, "alignment": _CENTER}),
    _Look("TitleLine", "题下说明", 3, "Normal", font=_KAI, layout={
        "first_line_indent": 0, "alignment": _CENTER}),
    _Look("Addressee", "称谓", 4, "Normal", "Normal", layout={
        "space_before": 579, "first_line_indent": 0}),
    _Look("Heading1", "Heading 1", 5, "Normal", "Normal", _KEPT, _HEI, alias="一级标题", level=0),
    _Look("Heading2", "Heading 2", 6, "Normal", "Normal", _KEPT, _KAI, alias="二级标题", level=1),
    _Look("Heading3", "Heading 3", 7, "Normal", "Normal", _KEPT, alias="三级标题", level=2),
    _Look("Heading4", "Heading 4", 8, "Normal", "Normal", _KEPT, alias="四级标题", level=3),
    # the end of the text: the page with the signature must not be without a line of the text, GB/T
    # 9704-2012 7.3.5; 附件： is 945 wide, the number and its point 230, and a long name runs back to
    # its own first character
    _Look("Closing", "结语", 19, "Normal", "AnnexList", {**_KEPT, "keep_together": True}),
    _Look("AnnexList", "附件说明", 20, "Normal", "AnnexListNext", {
        **_KEPT, "space_before": 579, "left_indent": 1805, "first_line_indent": -1175,
        "alignment": _LEFT}),
    _Look("AnnexListNext", "附件说明续行", 21, "AnnexList", "AnnexListNext", {
        "space_before": 0, "left_indent": 1805, "first_line_indent": -230}),
    # The standard (no seal): the date's first character stands two characters right of the
    # signature's, and the longer of the two lines ends two characters before the margin.  How long
    # they are is not known here, so the date ends two characters and the signature four before the
    # margin: exact for a name as wide as its date (永安镇人民政府, 2024年12月31日).
    _Look("IssuedBy", "署名", 22, "Normal", "IssuedOn", {
        **_KEPT, "space_before": 1158, "right_indent": 1260, "first_line_indent": 0,
        "alignment": _RIGHT}),
    _Look("IssuedOn", "成文日期", 23, "Normal", layout={
        "right_indent": 630, "first_line_indent": 0, "alignment": _RIGHT}),
    # annexes
    _Look("AnnexLabel", "附件标识", 30, "Normal", "AnnexTitle", {
        **_KEPT, "page_break_before": True, "first_line_indent": 0}, _HEI),
    _Look("AnnexTitle", "附件标题", 31, "DocumentTitle", "Normal", {
        "space_before": 579, "space_after": 289}, level=0),
    # figures and tables
    _Look("Figure", "图", 40, follows="FigureCaption", layout={
        **_KEPT, "space_before": 160, "alignment": _CENTER}),
    _Look("FigureCaption", "图题", 41, follows="Normal", font=_HEI, size=12, layout={
        "space_before": 60, "space_after": 160, "alignment": _CENTER}),
    _Look("TableCaption", "表题", 42, "FigureCaption", "Normal", {
        **_KEPT, "space_before": 160, "space_after": 60}),
    _Look("TableText", "表格文字", 43, font=_SONG, layout={"alignment": _CENTER}),
    _Look("TableHead", "表头", 44, "TableText", font=_HEI),
    _Look("ListText", "一览表文字", 44, "TableText", size=9),
    _Look("ListHead", "一览表表头", 44, "TableHead", size=9),
    _Look("TableTotal", "合计行", 44, "TableText", font=_HEI),
    _Look("ListTotal", "一览表合计行", 44, "TableTotal", size=9),
    _Look("Note", "注", 45, layout={
        "space_before": 60, "space_after": 120, "alignment": _BOTH, "keep_together": True}),
    # what disappears when the template is filled, and where a section ends
    _Look("Control", "模板标记", 50, follows="Normal"),
    _Look("SectionEnd", "分节", 51, layout={"line_spacing": 14}, size=1),
    # page
    _Look("Header", "Header", 60, layout={"alignment": _CENTER}),
    _Look("Footer", "Footer", 61, layout={"line_spacing": 280}, font=_Font("宋体", letters=True), size=14, alias="页码"),
)  # fmt: skip
_LETTER_LOOKS = (
    _Look("Issuer", "发文机关标志", 2, font=_TITLE, size=26, layout={
        "line_spacing": 640, "alignment": _CENTER}),
    _Look("LetterEdge", "信函版尾线", 2, layout={"line_spacing": 240}, size=1),
    _Look("HeadLine", "版头", 2, "Normal", "HeadLine", layout={
        "first_line_indent": 0, "alignment": _RIGHT}),
    _Look("Remark", "附注", 24, "Normal"),
    _Look("CopiesTo", "版记", 25, "Normal", layout={
        "space_before": 289, "left_indent": 315, "right_indent": 315, "first_line_indent": 0},
        size=14),
)  # fmt: skip
"""Of a letter (GB/T 9704-2012, 10): what stands at the top of its first page, and below its date."""
_GREY, _RED = RGBColor(0x80, 0x80, 0x80), RGBColor(0xFF, 0x00, 0x00)


def add_gongwen_styles(styles: Styles, *, letter: bool = False) -> None:
    """Give a document these styles, a letter's too; there must be one named Normal."""
    looks = (*_LOOKS, *_LETTER_LOOKS) if letter else _LOOKS
    made = {look.id: _add_style(styles, look) for look in looks}
    for look in looks:
        _set_up_style(made[look.id], look, made)
    made["Control"].font.color.rgb = _GREY
    if letter:
        made["Issuer"].font.color.rgb = _RED
    tag: CharacterStyle = styles.add_style(TAG_STYLE, WD_STYLE_TYPE.CHARACTER)
    tag.style_id, tag.priority, tag.quick_style = TAG_STYLE_ID, 50, True
    tag.font.color.rgb = _GREY
    for name in ("Header", "Footer"):
        made[name].unhide_when_used = True
    for name in ("Header", "Footer", "SectionEnd"):
        made[name].quick_style = False
    lead: CharacterStyle = styles.add_style(LEAD, WD_STYLE_TYPE.CHARACTER)
    lead.style_id, lead.priority, lead.quick_style = LEAD_ID, 6, True
    _set_font(lead, _KAI)


def number_by_list(numbered: Any, level: int) -> None:  # noqa: ANN401 - python-docx's elements
    """Number a style or a paragraph by the one list of ``base/word/numbering.xml``."""
    properties = numbered.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = 1


def _add_style(styles: Styles, look: _Look) -> ParagraphStyle:
    here, built_in = look.name in styles, look.name.isascii()
    style: ParagraphStyle = (
        styles[look.name]
        if here
        else styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, built_in)
    )
    style.style_id = look.id
    return style


def _set_up_style(style: ParagraphStyle, look: _Look, others: Mapping[str, ParagraphStyle]) -> None:
    """Everything about one style, in the order that the format asks of what python-docx lacks."""
    style.base_style = others.get(look.builds_on)
    if look.follows:
        style.next_paragraph_style = others[look.follows]
    style.priority, style.quick_style = look.priority, True
    if look.alias:
        style.element.find(qn("w:name")).addnext(make_element("w:aliases", val=look.alias))
    if look.id == "Normal":
        _tighten_letters(style)
    elif not look.builds_on:
        style.element.get_or_add_pPr().append(make_element("w:snapToGrid", val="0"))
    if look.id.startswith("Heading"):
        number_by_list(style.element, look.level or 0)
    for name, value in look.layout.items():
        length = isinstance(value, int) and not isinstance(value, bool | ALIGN)
        setattr(style.paragraph_format, name, Twips(value) if length else value)
    if look.level is not None:
        style.element.get_or_add_pPr().append(make_element("w:outlineLvl", val=str(look.level)))
    if look.font:
        _set_font(style, look.font)
    if look.size:
        style.font.size = Pt(look.size)


def _set_font(style: CharacterStyle, font: _Font) -> None:
    """``hAnsi`` decides about “ ” … and —, which would otherwise come out half-width."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "eastAsia", "hAnsi") if font.letters else ("eastAsia", "hAnsi"):
        fonts.set(qn(f"w:{script}"), font.name)


def _tighten_letters(style: ParagraphStyle) -> None:
    # 28 characters of 16 - 0.3 pt in 442.2 pt; with - 0.25 they fit too, but LibreOffice then loses
    # a punctuation mark that hangs over the end of a justified line now and then
    style.element.get_or_add_rPr().append(make_element("w:spacing", val="-6"))
