"""A sheet more, or one less, in somebody's workbook; what counts the sheets is kept right."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from reportgen.excel.mark.package import RELATION, Package, SheetPart
from reportgen.excel.mark.xml_edit import (
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

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr",
    "absPath", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames",
)  # fmt: skip
"""What stands before the names in a workbook."""


def add_sheet(package: Package, name: str, content: bytes, header: int) -> None:
    """Add a sheet behind all others and let the workbook open on it.

    ``header``: the row repeated on every printed page.
    """
    for sheet in package.sheets():
        _unselect(package, sheet.path)
    place = _append(package, name, content)
    xml = package.parts[package.workbook]
    root = outline(xml)
    package.edit(
        package.workbook,
        *(with_attribute(xml, view, "activeTab", str(place)) for view in _views(root)),
        _with_name(xml, root, place, f"{quoted(name)}!${header}:${header}"),
    )


def add_hidden_sheet(package: Package, name: str, content: bytes) -> None:
    """Add a sheet behind all others that nobody is shown, or offered to show."""
    _append(package, name, content, ' state="veryHidden"')


def _append(package: Package, name: str, content: bytes, state: str = "") -> int:
    """Add a sheet behind all others; how many stand before it."""
    path = package.free("xl/worksheets/sheet", "xml")
    package.add(path, content, _TYPE)
    relation = package.relate(package.workbook, "worksheet", path)
    xml = package.parts[package.workbook]
    root = outline(xml)
    sheets = root.child("sheets")
    assert sheets is not None
    number = 1 + max(int(sheet.attributes["sheetId"]) for sheet in sheets.children)
    entry = f'<sheet xmlns:r="{RELATION}" name={quoteattr(name)} sheetId="{number}"{state} r:id="{relation}"/>'
    package.edit(package.workbook, appended(xml, sheets, fragment(root, xml, entry)))
    return len(sheets.children)


def drop_sheet(package: Package, place: int, sheet: SheetPart) -> None:
    """Take a sheet away; ``place``: how many sheets stand before it."""
    relations = package.relations(package.workbook)
    relation = next(one for one in relations if one.id == sheet.relation)
    package.remove(sheet.path, relation, package.workbook)
    xml = package.parts[package.workbook]
    root = outline(xml)
    edits = [removed(list(root.all("sheet"))[place])]
    for view in _views(root):
        active = int(view.attributes.get("activeTab", 0))
        new = 0 if active == place else active - (active > place)
        edits.append(with_attribute(xml, view, "activeTab", str(new)))
    package.edit(package.workbook, *edits, *_without_names(xml, root, place))


def quoted(sheet: str) -> str:
    """A sheet's name as formulas and links write it."""
    return "'" + sheet.replace("'", "''") + "'"


def _unselect(package: Package, path: str) -> None:
    """Two sheets selected together would both take what one types."""
    xml = package.parts[path]
    for view in outline(xml, "sheetData").all("sheetView"):
        if view.attributes.get("tabSelected", "0") != "0":
            package.edit(path, with_attribute(xml, view, "tabSelected", "0"))
            return


def _views(root: Element) -> list[Element]:
    views = root.child("bookViews")
    return views.children[:1] if views else []


def _with_name(xml: bytes, root: Element, place: int, area: str) -> Edit:
    name = (
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
        f"{xml_text(area)}</definedName>"
    )
    group = root.child("definedNames")
    if group is not None:
        return appended(xml, group, fragment(root, xml, name))
    content = fragment(root, xml, f"<definedNames>{name}</definedNames>")
    return inserted(root, _ORDER, "definedNames", content)


def _without_names(xml: bytes, root: Element, place: int) -> Iterator[Edit]:
    """Names that belong to one sheet say to which by its number."""
    group = root.child("definedNames")
    names = [name for name in group.children if "localSheetId" in name.attributes] if group else []
    own = [name for name in names if int(name.attributes["localSheetId"]) == place]
    if group and own and len(own) == len(group.children):
        yield removed(group)
        return
    yield from map(removed, own)
    for name in names:
        number = int(name.attributes["localSheetId"])
        if number > place:
            yield with_attribute(xml, name, "localSheetId", str(number - 1))
