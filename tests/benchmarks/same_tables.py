"""docxtpl given the tables of our report: ``python -m tests.benchmarks.same_tables TEMPLATE DATA OUT``.

``take_tables`` reads them from a report, and ``make_template`` is the template for them; both run
beforehand and are not timed.  It reads no workbook, counts nothing, draws nothing, checks nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

Tables = Mapping[str, Sequence[Mapping[str, str]]]


def main(template: Path, data: Path, out: Path) -> None:
    """Fill the template."""
    document = DocxTemplate(template)
    document.render(json.loads(data.read_text(encoding="utf-8")))
    document.save(out)


def take_tables(report: Path) -> Tables:
    """The rows of each table, by column, below names of their own."""
    found = {}
    for number, table in enumerate(docx.Document(str(report)).element.iter(qn("w:tbl"))):
        rows = [
            ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in table.iter(qn("w:tr"))
        ]  # fmt: skip
        most = max(map(len, rows))
        named = [dict(zip(map("列{}".format, range(most)), row, strict=False)) for row in rows]
        found[f"表{number}"] = [{**dict.fromkeys(named[0], ""), **row} for row in named]
    return found


def make_template(path: Path, tables: Tables) -> None:
    """A table for each, with its rows in a loop."""
    document: Any = docx.Document()
    for name, rows in tables.items():
        columns = list(rows[0])
        table = document.add_table(3, len(columns), style="Table Grid")
        table.cell(0, 0).text = f"{{%tr for 行 in {name} %}}"
        for at, column in enumerate(columns):
            table.cell(1, at).text = f"{{{{ 行.{column} }}}}"
        table.cell(2, 0).text = "{%tr endfor %}"
        document.add_paragraph()
    document.save(path)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
