"""Somebody's .xlsx without what acts by itself or fetches from elsewhere; all else stays as it was.

Relations to such parts go, then what refers to them, then every part that nothing leads to any more.
A formula that reaches outside leaves its last result.  Where something would still refer to what is
gone, Excel would call the workbook damaged: then there is no copy at all (UnfitError).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.excel.mark.package import WorkbookPackage
from reportgen.excel.mark.sheets import drop_sheet
from reportgen.excel.mark.xml_edit import (
    Edit,
    ElementSpan,
    UnfitError,
    cut_element,
    parse_outline,
    read_text_content,
)
from reportgen.excel.read import active_content


def disarm_package(package: WorkbookPackage) -> None:
    """Take away macros, links, queries, objects, controls; a workbook without them is not touched."""
    if not active_content.find_in_package(
        {path.lower(): part for path, part in package.parts.items()}
    ):
        return
    _drop_macro_sheets(package)
    listed = [path for path in package.parts if path.endswith(".rels")]
    cut = {source: names for path in listed for source, names in _cut_relations(package, path)}
    _drop_outside_names(package)
    sheets = {sheet.path for sheet in package.sheets()}
    for path in [path for path in package.parts if path.endswith((".xml", ".vml"))]:
        _disarm_part(package, path, is_sheet=path in sheets)
    _declare_no_macros(package)
    package.keep(_find_reached_parts(package))
    if any(
        _has_dangling_reference(part, cut.get(path, b"")) for path, part in package.parts.items()
    ):
        raise UnfitError


_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet", "dialogsheet")
_OUTSIDE = rb"""\[\d+\][^\[\]()+*/,;=<>&"^]*!"""
"""A place in another workbook as formulas name it: ``[1]Sheet1!A1``."""
_LEFT = re.compile(
    rb"<(?:\w+:)?(?:f|formula[12]?)(?:\s[^<>]*)?>[^<]*" + _OUTSIDE + rb"|\bconnectionI[dD]="
)


def _drop_macro_sheets(package: WorkbookPackage) -> None:
    kinds = {relation.id: relation.kind for relation in package.relations(package.workbook)}
    for place, sheet in reversed(list(enumerate(package.sheets()))):
        if kinds[sheet.relation] in _MACRO_SHEETS:
            drop_sheet(package, place, sheet)


def _cut_relations(package: WorkbookPackage, path: str) -> Iterator[tuple[str, bytes]]:
    """Relations of one part, and what it holds by them; → that part, and what they were called."""
    cut = [
        one
        for one in parse_outline(package.parts[path]).children
        if active_content.kind_of_relation(one.attributes)
    ]
    package.edit(path, *map(cut_element, cut))
    source = path.replace("_rels/", "").removesuffix(".rels")
    if cut and source in package.parts:
        names = b"|".join(re.escape(one.attributes["Id"].encode()) for one in cut)
        root = parse_outline(package.parts[source], "sheetData")
        package.edit(
            source, *(cut_element(one) for one in root.children if _is_list_of_cut_parts(one))
        )
        linked = rb"""\s\w+:link=["'](?:%s)["']""" % names
        package.parts[source] = re.sub(linked, b"", package.parts[source])
        yield source, names


def _has_dangling_reference(part: bytes, cut: bytes) -> bool:
    """Whether a part names another workbook, a query, or a relation that is cut."""
    named = re.search(rb"""\w:\w+=["'](?:%s)["']""" % cut, part) if cut else None
    return bool(named or _LEFT.search(part))


_LISTS = ("oleObjects", "controls", "externalReferences")


def _is_list_of_cut_parts(child: ElementSpan) -> bool:
    """Whether a child of a sheet or of the workbook lists what hangs on relations that are cut."""
    in_cover = child.name == "AlternateContent" and any(child.all(*_LISTS))
    return child.name in _LISTS or in_cover


def _drop_outside_names(package: WorkbookPackage) -> None:
    """Without names that stand for macros or for places in other workbooks."""
    xml = package.parts[package.workbook]
    group = parse_outline(xml).child("definedNames")
    if group is None:
        return
    gone = [name for name in group.children if _is_name_outside(xml, name)]
    whole = len(gone) == len(group.children)
    edits: list[Edit] = [cut_element(group)] if whole else [cut_element(name) for name in gone]
    package.edit(package.workbook, *edits)


def _is_name_outside(xml: bytes, name: ElementSpan) -> bool:
    values = name.attributes
    runs = any(key in values for key in ("function", "vbProcedure", "xlm", "macro"))
    starts = values["name"].lower().startswith(("_xlnm.auto_", "auto_"))
    return runs or starts or bool(re.search(_OUTSIDE, read_text_content(xml, name).encode()))


def _disarm_part(package: WorkbookPackage, path: str, *, is_sheet: bool) -> None:
    part = package.parts[path]
    new = _OF_QUERY.sub(b"", _MACRO_CALL.sub(b"", part))
    if is_sheet:
        new = _drop_outside_formulas(new)
        if new.count(b"<f") != part.count(b"<f"):
            _drop_calculation_order(package)
    package.parts[path] = new


_MACRO_CALL = re.compile(rb"""\smacro=("[^"]+"|'[^']+')|<x:FmlaMacro>[^<]*</x:FmlaMacro>""")
_OF_QUERY = re.compile(rb"""\s(?:tableType=["']queryTable["']|queryTableFieldId=["']\d+["'])""")
_FORMULA = re.compile(rb"<((?:\w+:)?f)(?:\s([^<>]*?))?(?:/>|>([^<]*)</\1>)")


def _drop_outside_formulas(sheet: bytes) -> bytes:
    """Without those that reach outside, and those that repeat one of them."""
    shared = {
        _read_shared_index(found)
        for found in _FORMULA.finditer(sheet)
        if _read_shared_index(found) and _reaches_outside(found[3] or b"")
    }

    def kept(found: re.Match[bytes]) -> bytes:
        outside = _reaches_outside(found[3] or b"") or _read_shared_index(found) in shared
        return b"" if outside else found[0]

    return _FORMULA.sub(kept, sheet)


def _read_shared_index(formula: re.Match[bytes]) -> bytes:
    """The number under which a formula is written once for several cells, empty for most."""
    found = re.search(rb"""\bsi=["'](\d+)["']""", formula[2] or b"")
    return found[1] if found else b""


def _reaches_outside(formula: bytes) -> bool:
    return bool(re.search(_OUTSIDE, formula) or active_content.FETCHING.search(formula))


def _drop_calculation_order(package: WorkbookPackage) -> None:
    """The order of calculation names cells that hold no formula any more; Excel makes it anew."""
    for relation in list(package.relations(package.workbook)):
        if relation.kind == "calcChain":
            package.remove(relation.target, relation, package.workbook)


def _declare_no_macros(package: WorkbookPackage) -> None:
    types = package.parts["[Content_Types].xml"]
    package.parts["[Content_Types].xml"] = re.sub(
        rb"application/vnd\.ms-excel\.(?:sheet|template|addin)\.macroEnabled\.main\+xml",
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        types,
    )


def _find_reached_parts(package: WorkbookPackage) -> set[str]:
    """The parts to which relations lead, whatever the case of the letters."""
    paths = {path.lower(): path for path in package.parts}
    reached: set[str] = set()
    todo = [""]
    while todo:
        for relation in package.relations(todo.pop()):
            path = paths.get(relation.target.lower(), "")
            if path and path not in reached:
                reached.add(path)
                todo.append(path)
    return reached
