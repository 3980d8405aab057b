"""The parts of somebody's .xlsx: taken apart, related to each other, put together again.

Every part that is not named stays as it was; only the zip around them is new, with a fixed date,
so that the same parts give the same bytes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from reportgen.archive import Archive
from reportgen.excel.mark.xml_edit import (
    Edit,
    ElementSpan,
    UnfitError,
    append_child,
    apply_edits,
    cut_element,
    make_fragment,
    parse_outline,
)
from reportgen.excel.read.zip_parts import is_xml_part, refuse_crowded
from reportgen.xml_text import quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LARGEST = 256 * 2**20
"""Bytes of all parts together, pictures too."""

SHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing",
)  # fmt: skip
"""What stands in a sheet, in this order; nothing behind it is ever ours."""

_TYPES = "[Content_Types].xml"
_USUAL = "xl/workbook.xml"
_UNFIT = ("_xmlsignatures/", "xl/revisions/")
"""Folders of a signed workbook (the signature would break) and of one with a log of changes."""
_EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)


@dataclass(frozen=True, slots=True)
class PartRelation:
    """From one part to another, whose path is ``target``."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook and the path of its part."""

    name: str
    path: str
    relation: str


class WorkbookPackage:
    """An .xlsx taken apart; UnfitError where it had better not be changed.

    ``workbook``: the path of its main part.
    """

    def __init__(self, content: bytes) -> None:
        archive = Archive(content, LARGEST)
        if not _has_plain_names([entry.name for entry in archive.entries]):
            raise UnfitError
        self.parts = {entry.name: archive.read(entry.name) for entry in archive.entries}
        refuse_crowded(part for name, part in self.parts.items() if is_xml_part(name))
        self.workbook = self._main_part()
        if parse_outline(self.parts[self.workbook]).child("sheets") is None:
            raise UnfitError

    def pack(self) -> bytes:
        """The .xlsx again."""
        final = io.BytesIO()
        with zipfile.ZipFile(final, "w") as target:
            for name, part in self.parts.items():
                target.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
        return final.getvalue()

    def edit(self, path: str, *edits: Edit) -> None:
        """Make edits in one part."""
        self.parts[path] = apply_edits(self.parts[path], edits)

    def sheets(self) -> Iterator[SheetPart]:
        """Every worksheet, in the order of the tabs."""
        found = {relation.id: relation for relation in self.relations(self.workbook)}
        for sheet in parse_outline(self.parts[self.workbook]).all("sheet"):
            values = {name.rpartition(":")[2]: value for name, value in sheet.attributes.items()}
            relation = found[values["id"]]
            yield SheetPart(values["name"], relation.target, relation.id)

    def relations(self, path: str) -> Iterator[PartRelation]:
        """From that part to others of this package."""
        at = _relations_path_of(path)
        for element in parse_outline(self.parts.get(at, _EMPTY_RELATIONS)).children:
            values = element.attributes
            if values.get("TargetMode") != "External":
                target = posixpath.join("/" + posixpath.dirname(path), values["Target"])
                kind = values["Type"].rpartition("/")[2]
                yield PartRelation(values["Id"], kind, posixpath.normpath(target)[1:])

    def relate(self, path: str, kind: str, target: str) -> str:
        """Relate a part to another; the relation's id."""
        at = _relations_path_of(path)
        xml = self.parts.setdefault(at, _EMPTY_RELATIONS)
        root = parse_outline(xml)
        taken = {element.attributes["Id"] for element in root.children}
        new = next(name for n in range(1, len(taken) + 2) if (name := f"rId{n}") not in taken)
        text = f'<Relationship Id="{new}" Type="{RELATION}/{kind}" Target="/{target}"/>'
        self.edit(at, append_child(xml, root, make_fragment(root, xml, text)))
        return new

    def add(self, path: str, content: bytes, content_type: str) -> None:
        """A new part."""
        self.parts[path] = content
        self._declare("Override", "PartName", f"/{path}", content_type)

    def allow(self, extension: str, content_type: str) -> None:
        """Parts whose names end so are of this type, unless it says so already."""
        root = parse_outline(self.parts[_TYPES])
        known = {element.attributes.get("Extension", "").lower() for element in root.children}
        if extension not in known:
            self._declare("Default", "Extension", extension, content_type)

    def remove(self, path: str, relation: PartRelation, source: str) -> None:
        """A part, its declaration and the relation by which it hangs on ``source``."""
        for gone in (path, _relations_path_of(path)):
            self.parts.pop(gone, None)
        for at, name, value in (
            (_TYPES, "PartName", f"/{path}"),
            (_relations_path_of(source), "Id", relation.id),
        ):
            found = parse_outline(self.parts[at]).children
            self.edit(at, *(cut_element(one) for one in found if one.attributes.get(name) == value))

    def keep(self, paths: Collection[str]) -> None:
        """Only these parts, what they say of their relations, and the list of types."""
        kept = {_TYPES, *paths, *map(_relations_path_of, ("", *paths))}
        self.parts = {path: part for path, part in self.parts.items() if path in kept}
        declared = parse_outline(self.parts[_TYPES]).children
        names = {f"/{path}".lower() for path in self.parts}
        gone = (
            one for one in declared if one.name == "Override" and _part_name_of(one) not in names
        )
        self.edit(_TYPES, *map(cut_element, gone))

    def free(self, stem: str, extension: str) -> str:
        """The first path of that stem with a number that is free."""
        taken = {path.lower() for path in self.parts}
        numbers = range(1, len(taken) + 2)
        paths = (f"{stem}{number}.{extension}" for number in numbers)
        return next(path for path in paths if path.lower() not in taken)

    def _main_part(self) -> str:
        """Where the package says that the workbook is, else where it usually is."""
        related = (one.target for one in self.relations("") if one.kind == "officeDocument")
        return next((path for path in related if path in self.parts), _USUAL)

    def _declare(self, tag: str, key: str, value: str, content_type: str) -> None:
        xml = self.parts[_TYPES]
        root = parse_outline(xml)
        text = f"<{tag} {key}={quoteattr(value)} ContentType={quoteattr(content_type)}/>"
        new = make_fragment(root, xml, text)
        others = [one.start for one in root.children if one.name == "Override"]
        at_front = tag == "Default" and others
        self.edit(_TYPES, (others[0], others[0], new) if at_front else append_child(xml, root, new))


def _has_plain_names(names: list[str]) -> bool:
    """Whether the entries are named as a package's parts are, each once."""
    lower = [name.lower() for name in names]
    odd = any("\\" in name or name.startswith(("/", *_UNFIT)) for name in names)
    return not odd and len(set(lower)) == len(lower)


def _part_name_of(override: ElementSpan) -> str:
    return override.attributes.get("PartName", "").lower()


def _relations_path_of(path: str) -> str:
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")
