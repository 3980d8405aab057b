"""Bytes of a text → the tables in it: those of a web page (GBK or UTF-8), or the one of a plain text."""

from __future__ import annotations

import codecs
import email
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportgen.excel.read import not_workbooks
from reportgen.excel.read.raw_sheets import find_too_long, make_raw_sheet, mark_formulas_odd
from reportgen.excel.read.refusal import RefusedError, too_long_text
from reportgen.excel.read.text_table import TooLongError, read_text_table
from reportgen.raw import RawSheet, Value


@dataclass(frozen=True)
class ParsedText:
    """The tables of a text, and what had to be assumed to read them."""

    sheets: tuple[RawSheet, ...]
    container: str
    notes: tuple[str, ...] = ()


def parse_text(content: bytes) -> ParsedText | None:
    """The tables of a text, None if it is none; in the process apart.  Raises RefusedError."""
    if _ARCHIVE.match(content[:_HEAD]):
        return _read_web_archive(content)
    decoded = _decode_text(content)
    if (
        decoded is None
        or not_workbooks.refusal_of_bytes(content).code != "unreadable"
        or _XML.match(decoded[0])
    ):
        return None
    text, encoding = decoded
    if _WEB.match(text):
        return _read_web_page(text, f"网页表格（{encoding}编码）")
    return _read_plain_text(text, f"文本表格（{encoding}编码）")


def _read_web_page(text: str, container: str) -> ParsedText:
    if text.count("<") > _TAGS:
        raise RefusedError(_BEYOND)
    if sheets := _read_page_tables(text):
        return _make_parsed_text(sheets, container)
    raise RefusedError("网页里没有能读的表格，表格可能在另外的文件里")


def _read_web_archive(content: bytes) -> ParsedText:
    """The pages in a web archive, one behind the other."""
    try:
        pages = [
            _decode_text(part.get_payload(decode=True))  # type: ignore[arg-type]
            for part in email.message_from_bytes(content).walk()
            if part.get_content_type() == "text/html"
        ]
    except RecursionError as error:  # parts in parts in parts
        raise RefusedError(_BEYOND) from error
    return _read_web_page("\n".join(page[0] for page in pages if page), "网页存档")


def _read_plain_text(text: str, container: str) -> ParsedText:
    try:
        table = read_text_table(text)
    except TooLongError as error:
        raise RefusedError(_BEYOND) from error
    if table is None:
        raise RefusedError("它是文本文件，看不出是怎样分栏的（应以逗号或制表符分隔）")
    return _make_parsed_text(
        [mark_formulas_odd(make_raw_sheet("文本", table.rows))], container, table.notes
    )


def _make_parsed_text(
    sheets: Sequence[RawSheet], container: str, notes: tuple[str, ...] = ()
) -> ParsedText:
    for sheet in sheets:
        if cell := find_too_long(sheet):
            raise too_long_text(sheet.name, cell)
    return ParsedText(tuple(sheets), container, notes)


_XML = re.compile(
    r"(?s:\s*<\?xml(?!.{0,2000}<html).{0,2000}(?:office:spreadsheet|:xmlns:office:))", re.IGNORECASE
)
_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\n[ \t]*)*?MIME-Version:", re.IGNORECASE)
"""How a web archive (“单个文件网页”, .mht) begins: as an e-mail does."""
_HEAD = 20_000
"""Bytes within which it is seen."""
_TAGS, _TABLES = 2_000_000, 1_000
"""Signs that may begin a tag, and tables, of a web page."""
_BEYOND = "它的内容太多，不像正常的表格"
_ENCODINGS = ("utf-8", "utf-16", "utf-32", "gb", "big5", "ascii", "iso-8859", "windows-", "cp")
"""How the names of encodings begin that may be stated; Python knows others that are none."""
_WEB = re.compile(r"\s*<")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _decode_text(content: bytes) -> tuple[str, str] | None:
    """The text and its encoding's usual name; None if it is no text."""
    marked = [name for mark, name in _BOMS if content.startswith(mark)]
    stated = _CHARSET.search(content[:2000])
    name = stated[1].decode("ascii").lower() if stated else ""
    named = [name] if name.startswith(_ENCODINGS) else []
    for name in (*marked, *named, "utf-8", "gb18030"):
        try:
            text = content.decode("gb18030" if name.lower().startswith("gb") else name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text, "GBK" if name.lower().startswith("gb") else name.upper()[:6].rstrip("-")
    return None


# web pages


def _read_page_tables(text: str) -> list[RawSheet]:
    """Every table of a page that holds anything, in their order; none if they are beyond measure."""
    page = _Page()
    try:
        page.read(_drop_comments(text))
    except _TooLargeError:
        return []
    tables = [table for table in page.tables if table.rows]
    return [table.sheet(f"表{number}") for number, table in enumerate(tables, 1)]


def _drop_comments(text: str) -> str:
    """Looked for by plain splitting: what is left open must not be searched again and again."""
    first, *others = text.split("<!--")
    kept = "".join((first, *(part.partition("-->")[2] for part in others)))
    return re.sub(r"<[!?][^<>]*>", "", kept)


_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:]*+)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""")
_WIDEST, _MOST = 1000, 3_000_000
"""Columns of a web table; steps across its columns, all rows together."""


class _TooLargeError(Exception):
    """Cells that span more than any real table has."""


@dataclass
class _Table:
    """A table being read: cells so far, and which columns are taken down to which row."""

    rows: list[list[Value]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    text: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    size: int = 0

    def open_row(self) -> None:
        self.close_cell()
        self.rows.append([])

    def open_cell(self, rows: int, columns: int) -> None:
        self.close_cell()
        if not self.rows:
            self.rows.append([])
        self.text, self.span = [], (rows, columns)

    def close_cell(self) -> None:
        """Put the cell's text where it belongs: right of what reaches down from the rows above."""
        if self.text is None:
            return
        text, self.text = _squeeze_spaces("".join(self.text)), None
        row, line = len(self.rows), self.rows[-1]
        while self.taken.get(len(line) + 1, 0) >= row:
            line.append(None)
        column, (down, across) = len(line) + 1, self.span
        self.size += column + across + 5
        if column + across > _WIDEST or self.size > _MOST:
            raise _TooLargeError
        line += [text or None, *[None] * (across - 1)]
        if down > 1 or across > 1:
            self.merged.append((row, column, row + down - 1, column + across - 1))
            self.taken |= {column + more: row + down - 1 for more in range(across)}

    def sheet(self, name: str) -> RawSheet:
        self.close_cell()
        return mark_formulas_odd(make_raw_sheet(name, self.rows, merged=self.merged))


class _Page:
    """The tables of a page; end tags may be missing, tables may stand inside tables."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.skipped = ""

    def read(self, text: str) -> None:
        """Tag after tag; a ``<`` that begins none is text."""
        place = 0
        for tag in _TAG.finditer(text):
            self.text(text[place : tag.start()])
            self.tag(tag[2].lower(), tag[3], ends=bool(tag[1]))
            place = tag.end()
        self.text(text[place:])

    def tag(self, name: str, attributes: str, *, ends: bool) -> None:
        """Open or close what it says; inside a style or a script nothing counts."""
        if name in ("style", "script"):
            self.skipped = "" if ends else name
        elif self.skipped:
            return
        elif ends:
            self.end(name)
        elif name == "table":
            if len(self.tables) >= _TABLES:
                raise _TooLargeError
            self.open.append(_Table())
            self.tables.append(self.open[-1])
        elif name in ("br", "p", "div"):
            self.text("\r")
        elif self.open and name == "tr":
            self.open[-1].open_row()
        elif self.open and name in ("td", "th"):
            self.open[-1].open_cell(_read_span(attributes, "row"), _read_span(attributes, "col"))

    def end(self, name: str) -> None:
        if self.open and name in ("td", "th", "tr", "table"):
            self.open[-1].close_cell()
            if name == "table":
                self.open.pop()

    def text(self, piece: str) -> None:
        """Text counts only inside a cell."""
        if piece and self.open and self.open[-1].text is not None and not self.skipped:
            text = piece if piece == "\r" else html.unescape(piece).replace("\r", " ")
            self.open[-1].text.append(text)


def _read_span(attributes: str, direction: str) -> int:
    found = re.search(
        rf"{direction}span\s*+=\s*+[\"']?\s*+([0-9]{{1,6}})", attributes, re.IGNORECASE
    )
    return min(max(int(found[1]), 1), _WIDEST) if found else 1


def _squeeze_spaces(text: str) -> str:
    """White space of the source is one space; a line break is one only where the page says so."""
    lines = (re.sub(r"[ \t\n\f\v\u00a0]+", " ", line).strip() for line in text.split("\r"))
    return "\n".join(line for line in lines if line)
