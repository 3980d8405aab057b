"""A sheet more, or one less, in somebody's workbook; what counts the sheets is kept right."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.excel.mark.package import RELATION, SheetPart, WorkbookPackage
from reportgen.excel.mark.xml_edit import (
    Edit,
    ElementSpan,
    append_child,
    cut_element,
    insert_child,
    make_fragment,
    parse_outline,
    set_attribute,
    to_xml_text,
)
from reportgen.xml_text import quoteattr

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr",
    "absPath", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames",
)  # fmt: skip
"""What stands before the names in a workbook."""


def add_sheet(package: WorkbookPackage, name: str, content: bytes, header: int) -> None:
    """Add a sheet behind all others and let the workbook open on it.

    ``header``: the row repeated on every printed page.
    """
    for sheet in package.sheets():
        _unselect_sheet(package, sheet.path)
    place = _append_sheet(package, name, content)
    xml = package.parts[package.workbook]
    root = parse_outline(xml)
    package.edit(
        package.workbook,
        *(set_attribute(xml, view, "activeTab", str(place)) for view in _find_views(root)),
        _set_print_titles(xml, root, place, f"{quote_sheet_name(name)}!${header}:${header}"),
    )


def add_hidden_sheet(package: WorkbookPackage, name: str, content: bytes) -> None:
    """Add a sheet behind all others that nobody is shown, or offered to show."""
    _append_sheet(package, name, content, ' state="veryHidden"')


def _append_sheet(package: WorkbookPackage, name: str, content: bytes, state: str = "") -> int:
    """Add a sheet behind all others; how many stand before it."""
    path = package.free("xl/worksheets/sheet", "xml")
    package.add(path, content, _TYPE)
    relation = package.relate(package.workbook, "worksheet", path)
    xml = package.parts[package.workbook]
    root = parse_outline(xml)
    sheets = root.child("sheets")
    assert sheets is not None
    number = 1 + max(int(sheet.attributes["sheetId"]) for sheet in sheets.children)
    entry = f'<sheet xmlns:r="{RELATION}" name={quoteattr(name)} sheetId="{number}"{state} r:id="{relation}"/>'
    package.edit(package.workbook, append_child(xml, sheets, make_fragment(root, xml, entry)))
    return len(sheets.children)


def drop_sheet(package: WorkbookPackage, place: int, sheet: SheetPart) -> None:
    """Take a sheet away; ``place``: how many sheets stand before it."""
    relations = package.relations(package.workbook)
    relation = next(one for one in relations if one.id == sheet.relation)
    package.remove(sheet.path, relation, package.workbook)
    xml = package.parts[package.workbook]
    root = parse_outline(xml)
    edits = [cut_element(list(root.all("sheet"))[place])]
    for view in _find_views(root):
        active = int(view.attributes.get("activeTab", 0))
        new = 0 if active == place else active - (active > place)
        edits.append(set_attribute(xml, view, "activeTab", str(new)))
    package.edit(package.workbook, *edits, *_drop_sheet_names(xml, root, place))


def quote_sheet_name(sheet: str) -> str:
    """A sheet's name as formulas and links write it."""
    return "'" + sheet.replace("'", "''") + "'"


def _unselect_sheet(package: WorkbookPackage, path: str) -> None:
    """Two sheets selected together would both take what one types."""
    xml = package.parts[path]
    for view in parse_outline(xml, "sheetData").all("sheetView"):
        if view.attributes.get("tabSelected", "0") != "0":
            package.edit(path, set_attribute(xml, view, "tabSelected", "0"))
            return


def _find_views(root: ElementSpan) -> list[ElementSpan]:
    views = root.child("bookViews")
    return views.children[:1] if views else []


def _set_print_titles(xml: bytes, root: ElementSpan, place: int, area: str) -> Edit:
    name = (
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
        f"{to_xml_text(area)}</definedName>"
    )
    group = root.child("definedNames")
    if group is not None:
        return append_child(xml, group, make_fragment(root, xml, name))
    content = make_fragment(root, xml, f"<definedNames>{name}</definedNames>")
    return insert_child(root, _ORDER, "definedNames", content)


def _drop_sheet_names(xml: bytes, root: ElementSpan, place: int) -> Iterator[Edit]:
    """Names that belong to one sheet say to which by its number."""
    group = root.child("definedNames")
    names = [name for name in group.children if "localSheetId" in name.attributes] if group else []
    own = [name for name in names if int(name.attributes["localSheetId"]) == place]
    if group and own and len(own) == len(group.children):
        yield cut_element(group)
        return
    yield from map(cut_element, own)
    for name in names:
        number = int(name.attributes["localSheetId"])
        if number > place:
            yield set_attribute(xml, name, "localSheetId", str(number - 1))
