"""A parser's process that runs, instead of parsing, what stands in the file."""

from __future__ import annotations

from reportgen.excel.read import child_parser


def serve() -> None:
    """As ``child_parser.serve``."""
    child_parser._JOBS = {"workbook": lambda content: eval(content.decode())}
    child_parser.serve()
