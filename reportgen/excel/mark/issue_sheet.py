"""The sheet 核查意见 in somebody's workbook: one row per issue, with a link to its cell.

It is known by its footer, whatever it is renamed to, also when another program has saved it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.data import ISSUE_SHEET
from reportgen.excel.mark.package import MAIN
from reportgen.excel.mark.sheets import quote_sheet_name
from reportgen.excel.mark.styles_part import StylesPart
from reportgen.excel.mark.xml_edit import parse_outline, read_text_content, to_xml_text
from reportgen.excel.write.looks import HIGHEST, count_lines_needed
from reportgen.issues import Issue, Severity
from reportgen.xml_text import quoteattr

SHEET = ISSUE_SHEET
HEADER_ROW = 4
MOST = 2000
"""So many issues are listed; who has more does better to correct some of them first."""

FILLS: Mapping[Severity, str] = {Severity.ERROR: "FFFFC7CE", Severity.REMINDER: "FFFFF2A8"}
"""Of wrong cells, and of the words 错误 and 提醒 here."""


def write_issue_sheet(issues: Sequence[Issue], sheets: Sequence[str], styles: StylesPart) -> bytes:
    """The sheet's part; ``sheets``: the workbook's sheets, to which one can jump."""
    looks = _add_looks(styles)
    shown = issues[:MOST]
    rows = [
        _make_row(1, 30, [(SHEET, looks["title"])]),
        _make_row(2, 22, [(_summarise_issues(issues), looks["line"])]),
        _make_row(3, 15 * count_lines_needed(_HOW, sum(_WIDTHS)) + 8, [(_HOW, looks["line"])]),
        _make_row(HEADER_ROW, 24, [(name, looks["head"]) for name in _COLUMNS]),
    ]
    rows += [_make_issue_row(number, issue, sheets, looks) for number, issue in enumerate(shown, 1)]
    return _SHEET.format(
        columns="".join(_make_column(number, width) for number, width in enumerate(_WIDTHS, 1)),
        rows="".join(rows),
        links=_make_links(shown, sheets),
    ).encode()


def is_issue_sheet(xml: bytes) -> bool:
    """Whether a sheet's part is one that ``write_issue_sheet`` made."""
    footers = parse_outline(xml, "sheetData").all("oddFooter")
    return any(_SIGN in read_text_content(xml, footer) for footer in footers)


def _summarise_issues(issues: Sequence[Issue]) -> str:
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    text = f"本工作簿有错误{errors}处，提醒{len(issues) - errors}处。"
    return text + (f"下面列出前{MOST}处。" if len(issues) > MOST else "")


def _make_issue_row(
    number: int, issue: Issue, sheets: Sequence[str], looks: Mapping[str, int]
) -> str:
    place = "link" if issue.sheet in sheets else "text"
    texts = (
        (str(number), looks["number"]),
        (str(issue.severity), looks[issue.severity]),
        (issue.place or "整个文件", looks[place]),
        (f"{issue.message}。", looks["text"]),
        (f"{issue.remedy}。", looks["text"]),
    )
    wrapped = zip((text for text, _ in texts), _WIDTHS, strict=True)
    lines = max(count_lines_needed(text, width) for text, width in wrapped)
    return _make_row(HEADER_ROW + number, min(lines * 15 + 6, HIGHEST), texts)


def _make_row(row: int, height: float, texts: Sequence[tuple[str, int]]) -> str:
    cells = "".join(
        f'<c r="{letter}{row}" s="{look}" t="inlineStr">'
        f'<is><t xml:space="preserve">{to_xml_text(text)}</t></is></c>'
        for letter, (text, look) in zip("ABCDE", texts, strict=False)
    )
    return f'<row r="{row}" ht="{height}" customHeight="1">{cells}</row>'


def _make_links(issues: Sequence[Issue], sheets: Sequence[str]) -> str:
    places = {
        row: f"{quote_sheet_name(issue.sheet)}!{issue.cell or 'A1'}"
        for row, issue in enumerate(issues, HEADER_ROW + 1)
        if issue.sheet in sheets
    }
    links = "".join(
        f'<hyperlink ref="C{row}" location={quoteattr(place)}/>' for row, place in places.items()
    )
    return f"<hyperlinks>{links}</hyperlinks>" if links else ""


def _make_column(number: int, width: float) -> str:
    return f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'


def _add_looks(styles: StylesPart) -> dict[str, int]:
    """The numbers of the looks that the sheet needs, by what they are for."""

    def look(font: str, at: str, paper: str = "", *, boxed: bool = True) -> int:
        fill = _FILL.format(paper) if paper else _NO_FILL
        numbers = {
            "font": styles.index("fonts", font),
            "fill": styles.index("fills", fill),
            "border": styles.index("borders", _BOX if boxed else _NO_BOX),
        }
        indent = int(boxed and at == "left")
        return styles.index("cellXfs", _CELL.format(**numbers, at=at, indent=indent))

    return {
        "title": look(_TITLE_FONT, "left", boxed=False),
        "line": look(_TEXT_FONT, "left", boxed=False),
        "head": look(_HEAD_FONT, "center", "FFDCE6F0"),
        "number": look(_TEXT_FONT, "center"),
        "text": look(_TEXT_FONT, "left"),
        "link": look(_LINK_FONT, "left"),
        **{severity: look(_TEXT_FONT, "center", paper) for severity, paper in FILLS.items()},
    }


_COLUMNS = ("序号", "类别", "位置", "问题", "怎么改")
_WIDTHS = (7, 8, 26, 52, 58)
_HOW = (
    "红色的格子有错误，必须改正；黄色的格子请核对。点“位置”可以跳到那一格，格子的批注里写着同样的话。"
    "请直接在本工作簿里改正，保存后交回即可；颜色、批注和本表不用清除，再次核查时会自动更新。"
)
_SIGN = "核查意见（reportgen 生成）"
_FONT = '<font>{}<sz val="{}"/><color rgb="{}"/><name val="{}"/><family val="2"/></font>'
_TITLE_FONT = _FONT.format("<b/>", 16, "FF1F2D3D", "黑体")
_HEAD_FONT = _FONT.format("", 11, "FF1F2D3D", "黑体")
_TEXT_FONT = _FONT.format("", 11, "FF1F2D3D", "宋体")
_LINK_FONT = _FONT.format("<u/>", 11, "FF0B5CAD", "宋体")
_NO_FILL = '<fill><patternFill patternType="none"/></fill>'
_FILL = '<fill><patternFill patternType="solid"><fgColor rgb="{}"/></patternFill></fill>'
_NO_BOX = "<border><left/><right/><top/><bottom/><diagonal/></border>"
_LINE = ' style="thin"><color rgb="FF9AA5B1"/></'
_BOX = (
    f"<border><left{_LINE}left><right{_LINE}right><top{_LINE}top>"
    f"<bottom{_LINE}bottom><diagonal/></border>"
)
_CELL = (
    '<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
    ' quotePrefix="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
    '<alignment horizontal="{at}" vertical="center" wrapText="1" indent="{indent}"/></xf>'
)
"""With quotePrefix, a text that begins with ``=`` stays a text when somebody edits the cell."""
_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="FFC00000"/>'
    '<pageSetUpPr fitToPage="1"/></sheetPr>'
    '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
    f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{HEADER_ROW + 1}" activePane="bottomLeft"'
    ' state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
    '<mergeCells count="3"><mergeCell ref="A1:E1"/><mergeCell ref="A2:E2"/>'
    '<mergeCell ref="A3:E3"/></mergeCells>{links}<printOptions horizontalCentered="1"/>'
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    f"<headerFooter><oddFooter>&amp;L{_SIGN}&amp;R第 &amp;P 页，共 &amp;N 页</oddFooter>"
    "</headerFooter></worksheet>"
)
