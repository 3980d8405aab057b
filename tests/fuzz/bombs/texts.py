"""Ledgers that are bombs: separated text, web pages, web archives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.excel.read.text_table import MAX_LINES

TITLE = "编号,标题,承办单位\n"


def _page(cells: str) -> bytes:
    return f"<html><meta charset=utf-8><body><table>{cells}</table></body></html>".encode()


def _archive(depth: int) -> bytes:
    heads = "".join(
        f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'
        for n in range(depth)
    )
    return (heads + "Content-Type: text/html\n\n<table><tr><td>1</table>").encode()


TEXTS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "csv-one-line-300mb": (".csv", lambda: b"1," * 150_000_000),
    "csv-one-line-90mb": (".csv", lambda: b"1," * 45_000_000),
    "csv-one-line-40mb": (".csv", lambda: b"1," * 20_000_000),
    "csv-one-cell-40mb": (".csv", lambda: TITLE.encode() + b"1,2," + b"3" * 40_000_000),
    "csv-empty-lines": (".csv", lambda: TITLE.encode() + b"\n" * 40_000_000),
    "csv-open-quotes": (".csv", lambda: TITLE.encode() + b'"1,2\n' * 400_000),
    "csv-open-quote-just-under": (".csv", lambda: TITLE.encode() + b'1,"a,b\n' + b"2,b,c\n" * (MAX_LINES - 100)),
    "csv-open-quotes-just-under": (".csv", lambda: TITLE.encode() + b'"1,2,3\n' * (MAX_LINES - 100)),
    "csv-quotes-only": (".csv", lambda: TITLE.encode() + b'"' * 20_000_000),
    "csv-nul": (".csv", lambda: b"\0" * 40_000_000),
    "csv-punycode": (".csv", lambda: b"<meta charset=punycode>," + b"a" * 20_000 + b"-" + b"b" * 200_000),
    "csv-utf-7": (".csv", lambda: b"<meta charset=utf-7>," + b"+" * 4_000_000),
    "csv-separators": (".csv", lambda: (",;|\t" * 100_000 + "\n").encode() * 40),
    "html-cells": (".xls", lambda: _page("<tr>" + "<td>1" * 3_000_000)),
    "html-spans": (".xls", lambda: _page("<tr><td rowspan=999999 colspan=999>1" * 100_000)),
    "html-tables": (".xls", lambda: _page("<table>" * 3_000_000)),
    "html-paragraphs": (".xls", lambda: _page("<tr><td>" + "<p>" * 8_000_000)),
    "html-comments": (".xls", lambda: _page("<!--" * 5_000_000)),
    "html-quotes": (".xls", lambda: _page('<td a="' * 2_000_000)),
    "html-span-blanks": (".xls", lambda: _page("<tr><td colspan=" + " " * 100_000 + ">1")),
    "html-entities": (".xls", lambda: _page("<tr><td>" + "&amp" * 5_000_000)),
    "mht-deep": (".mht", lambda: _archive(3000)),
    "mht-headers": (".mht", lambda: b"a:\n" * 8_000_000),
}  # fmt: skip
