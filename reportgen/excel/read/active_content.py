"""What in a returned workbook acts by itself or fetches from elsewhere: macros, links, queries, objects.

None of it is run or read here, but whoever opens the workbook next should know of it.  Kinds of
relations: ECMA-376 part 1, chapter 12, and MS-XLSX; records of .xls: MS-XLS 2.3.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from reportgen.excel.read.sheet_scan import find_elements

MACROS, LINKS, DDE, QUERIES, OBJECTS, CONTROLS, ADDINS = ALL = (
    "宏", "外部链接", "DDE 链接", "外部数据查询", "嵌入的对象", "控件", "加载项",
)  # fmt: skip

_BY_RELATION: Mapping[str, str] = {
    **dict.fromkeys(("vbaProject", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"), MACROS),
    "externalLink": LINKS,
    **dict.fromkeys(("connections", "queryTable"), QUERIES),
    **dict.fromkeys(("oleObject", "package"), OBJECTS),
    **dict.fromkeys(("control", "activeXControlBinary", "ctrlProp"), CONTROLS),
    **dict.fromkeys(
        ("attachedToolbars", "extensibility", "webextension", "webextensiontaskpanes", "taskpanes"),
        ADDINS,
    ),
}
"""By the last word of a relation's type, what stands at its end."""

FETCHING = re.compile(rb"(?<!\w)(?:WEBSERVICE|RTD|CALL|REGISTER|REGISTER\.ID|IMAGE)\(")
"""Functions of a formula that fetch from the network or call programs."""


def find_in_package(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """What the parts of an .xlsx hold, each kind once; ``parts`` by path in lower case."""
    return _sort_kinds(_iter_package_kinds(parts))


def find_in_ods(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """The same of an .ods."""
    text = parts.get("content.xml", b"") + parts.get("styles.xml", b"")
    found = [kind for sign, kind in _ODS if sign in text]
    if any(path.startswith(("basic/", "scripts/")) for path in parts):
        found.append(MACROS)
    return _sort_kinds(found)


def find_in_xls(streams: Collection[str], book: bytes) -> tuple[str, ...]:
    """The same of an .xls: ``streams`` at its top, in lower case; ``book``: its main stream."""
    found = [kind for is_one, kind in _STREAMS if any(map(is_one, streams))]
    return _sort_kinds([*found, *_iter_record_kinds(book)])


def kind_of_relation(relation: Mapping[str, str]) -> str:
    """What stands at the end of a relation, by its attributes; empty if it does nothing by itself."""
    kind = relation.get("Type", "").rpartition("/")[2]
    if kind in _BY_RELATION:
        return _BY_RELATION[kind]
    outside = relation.get("TargetMode") == "External" and kind != "hyperlink"
    return LINKS if outside else ""


def _sort_kinds(found: Iterable[str]) -> tuple[str, ...]:
    there = set(found)
    return tuple(kind for kind in ALL if kind in there)


def _iter_package_kinds(parts: Mapping[str, bytes]) -> Iterator[str]:
    for path, part in parts.items():
        if path.endswith(".rels"):
            for relation in find_elements(part, "Relationship"):
                if kind := kind_of_relation(relation):
                    yield kind
        elif b"<ddeLink" in part or b":ddeLink" in part:
            yield DDE
        elif any(sign.search(part) for sign in _FORMULA_BEGINS) and may_fetch(part):
            yield QUERIES


def may_fetch(sheet: bytes) -> bool:
    """Whether a formula of the sheet may fetch something."""
    if not any(name in sheet for name in _NAMES):
        return False
    return any(FETCHING.search(formula[0]) for formula in _FORMULA.finditer(sheet))


_FORMULA_BEGINS = (re.compile(rb"<f[\s>]"), re.compile(rb":f[\s>]"))
_NAMES = (b"WEBSERVICE(", b"RTD(", b"CALL(", b"REGISTER", b"IMAGE(")
"""Looked for first: a part without formulas, or without these, is not gone through formula by formula."""
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?>[^<]*<")

_ODS = (
    (b"<script:event-listener", MACROS),
    (b"<table:dde-link", DDE),
    (b"<office:dde-source", DDE),
    (b"<table:table-source", LINKS),
    (b"'file:", LINKS),
    (b'xlink:href="http', LINKS),
    (b"<table:cell-range-source", QUERIES),
    (b"<table:database-source", QUERIES),
    (b"<draw:object-ole", OBJECTS),
    (b"<draw:plugin", OBJECTS),
    (b"<draw:applet", OBJECTS),
    (b"<draw:floating-frame", OBJECTS),
    (b"<form:form ", CONTROLS),
)
"""How each stands in an .ods (OpenDocument 1.3, part 3)."""

_STREAMS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda name: name in ("_vba_project_cur", "_vba_project"), MACROS),
    (lambda name: name == "ctls", CONTROLS),
    (lambda name: name.startswith("mbd") or name == "\x01ole10native", OBJECTS),
)


def _iter_record_kinds(book: bytes) -> Iterator[str]:
    """One after another: kind, length, content."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        content = book[at + 4 : at + 4 + length] if kind in _RECORDS else b""
        at += 4 + length
        if kind in _RECORDS:
            yield from _RECORDS[kind](content)


def _read_sheet_entry(content: bytes) -> Iterator[str]:
    """BOUNDSHEET: a sheet of macros (1) or a module (6)."""
    if len(content) > 5 and content[5] in (1, 6):
        yield MACROS


def _read_book_entry(content: bytes) -> Iterator[str]:
    """SUPBOOK: another workbook, or, with a sign that divides program and topic, a DDE link."""
    if len(content) > 4 and content[2:4] not in (b"\x01\x04", b"\x01\x3a"):
        yield DDE if b"\x03" in content[4:] else LINKS


def _read_query(_: bytes) -> Iterator[str]:
    yield QUERIES


_RECORDS = {
    0x0085: _read_sheet_entry,
    0x01AE: _read_book_entry,
    0x00DC: _read_query,
    0x01AD: _read_query,
    0x0876: _read_query,
}
"""BOUNDSHEET, SUPBOOK, and of queries DBQUERY, QSI and DCONN."""
