"""The sheet 核查意见 in somebody's workbook: one row per issue, with a link to its cell.

It is known by its footer, whatever it is renamed to; a sheet of theirs that has the same name stays
and ours takes another.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from reportgen.excel.looks import lines_needed
from reportgen.excel.parts import MAIN, WORKBOOK, Package, SheetPart
from reportgen.excel.splicing import (
    Edit,
    Element,
    appended,
    fragment,
    inserted,
    outline,
    removed,
    with_attribute,
    xml_text,
)
from reportgen.excel.styles import Styles
from reportgen.issues import Issue, Severity

NAME = "核查意见"
LISTED = 2000
"""So many issues at most; who has more does better to correct some of them first."""


def add(package: Package, styles: Styles, issues: Sequence[Issue]) -> None:
    """Add the sheet behind all others and let the workbook open on it."""
    names = [sheet.name for sheet in package.sheets()]
    others = (f"{NAME}（{number}）" for number in range(2, len(names) + 2))
    name = next(name for name in (NAME, *others) if name not in names)
    path = package.free("xl/worksheets/sheet", "xml")
    package.add(path, _sheet(issues, names, _looks(styles)).encode(), _SHEET_TYPE)
    relation = package.relate(WORKBOOK, "worksheet", path)
    xml = package.parts[WORKBOOK]
    root = outline(xml)
    sheets = root.child("sheets")
    assert sheets is not None
    number = 1 + max(int(sheet.attributes["sheetId"]) for sheet in sheets.children)
    entry = (
        f'<sheet name="{name}" sheetId="{number}" xmlns:r="{_RELATIONS}" r:id="{relation}"/>'
    )
    package.edit(
        WORKBOOK,
        appended(xml, sheets, fragment(root, xml, entry)),
        *(with_attribute(xml, view, "activeTab", str(len(names))) for view in _views(root)),
        _with_repeated_header(xml, root, name, len(names)),
    )


def take_out(package: Package) -> None:
    """Take our sheet away again, wherever it stands by now."""
    for place, sheet in reversed(list(enumerate(package.sheets()))):
        if _FOOTER.encode() in package.parts[sheet.path]:
            _remove(package, place, sheet)


def unselect(package: Package, sheet: str) -> None:
    """Let a sheet of theirs not be selected together with ours: what one types would go to both."""
    xml = package.parts[sheet]
    views = outline(xml, "sheetData").all("sheetView")
    chosen = [view for view in views if view.attributes.get("tabSelected") not in (None, "0")]
    package.edit(sheet, *(with_attribute(xml, view, "tabSelected", "0") for view in chosen))


def _remove(package: Package, place: int, sheet: SheetPart) -> None:
    relations = package.relations(WORKBOOK)
    relation = next(one for one in relations if one.id == sheet.relation)
    package.remove(sheet.path, relation, WORKBOOK)
    xml = package.parts[WORKBOOK]
    root = outline(xml)
    entries = list(root.all("sheet"))
    edits = [removed(entries[place])]
    for view in _views(root):
        active = int(view.attributes.get("activeTab", 0))
        new = 0 if active == place else active - (active > place)
        edits.append(with_attribute(xml, view, "activeTab", str(new)))
    package.edit(WORKBOOK, *edits, *_names_moved(xml, root, place))


def _names_moved(xml: bytes, root: Element, place: int) -> Iterator[Edit]:
    """Names that belong to one sheet count the sheets."""
    group = root.child("definedNames")
    names = group.children if group else []
    own = [name for name in names if name.attributes.get("localSheetId") == str(place)]
    if group and len(own) == len(names):
        yield removed(group)
        return
    yield from map(removed, own)
    for name in names:
        number = int(name.attributes.get("localSheetId", 0))
        if number > place:
            yield with_attribute(xml, name, "localSheetId", str(number - 1))


def _with_repeated_header(xml: bytes, root: Element, sheet: str, place: int) -> Edit:
    name = (
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
        f"'{sheet}'!${_HEADER_ROW}:${_HEADER_ROW}</definedName>"
    )
    group = root.child("definedNames")
    if group is not None:
        return appended(xml, group, fragment(root, xml, name))
    content = fragment(root, xml, f"<definedNames>{name}</definedNames>")
    return inserted(root, _WORKBOOK_ORDER, "definedNames", content)


def _views(root: Element) -> list[Element]:
    views = root.child("bookViews")
    return views.children[:1] if views else []


# the sheet


def _looks(styles: Styles) -> dict[str, int]:
    """The numbers of the looks that the sheet needs."""
    ink, red, blue = (
        styles.index("fonts", _FONT.format(bold=bold, size=size, color=color, line=line, name=name))
        for bold, size, color, line, name in (
            ("", 11, "FF1F2D3D", "", "宋体"),
            ("<b/>", 16, "FF1F2D3D", "", "黑体"),
            ("", 11, "FF0B5CAD", "<u/>", "宋体"),
        )
    )
    head = styles.index(
        "fonts", _FONT.format(bold="", size=11, color="FF1F2D3D", line="", name="黑体")
    )
    plain = styles.index("fills", '<fill><patternFill patternType="none"/></fill>')
    paper, wrong, doubtful = (
        styles.index("fills", _FILL.format(color=color)) for color in ("FFDCE6F0", *FILLS.values())
    )
    box = styles.index("borders", _BORDER)
    none = styles.index("borders", _NO_BORDER)
    return {
        "title": styles.index("cellXfs", _XF.format(font=red, fill=plain, border=none, at="left")),
        "line": styles.index("cellXfs", _XF.format(font=ink, fill=plain, border=none, at="left")),
        "head": styles.index("cellXfs", _XF.format(font=head, fill=paper, border=box, at="center")),
        "text": styles.index("cellXfs", _XF.format(font=ink, fill=plain, border=box, at="left")),
        "number": styles.index(
            "cellXfs", _XF.format(font=ink, fill=plain, border=box, at="center")
        ),
        "link": styles.index("cellXfs", _XF.format(font=blue, fill=plain, border=box, at="left")),
        Severity.ERROR: styles.index(
            "cellXfs", _XF.format(font=ink, fill=wrong, border=box, at="center")
        ),
        Severity.REMINDER: styles.index(
            "cellXfs", _XF.format(font=ink, fill=doubtful, border=box, at="center")
        ),
    }


def _sheet(issues: Sequence[Issue], sheets: Sequence[str], looks: dict[str, int]) -> str:
    shown = issues[:LISTED]
    rows = [
        _row(1, [(NAME, "title")], 30),
        _row(2, [(_summary(issues), "line")], 20),
        _row(3, [(_HOW, "line")], 50),
        _row(_HEADER_ROW, [(text, "head") for text, _ in _COLUMNS], 24),
    ]
    rows += [_issue_row(number, issue, sheets) for number, issue in enumerate(shown, 1)]
    body = "".join(row.format_map(looks) for row in rows)
    return _SHEET.format(
        columns="".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, (_, width) in enumerate(_COLUMNS, 1)
        ),
        rows=body,
        merged="".join(f'<mergeCell ref="A{row}:E{row}"/>' for row in (1, 2, 3)),
        links=_links(shown, sheets),
    )
