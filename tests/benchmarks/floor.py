"""How little it can take: the same tables and counts written by hand for one fixed document.

``python -m tests.benchmarks.floor FOLDER OUT [pictures]`` reads with calamine, counts with plain
dictionaries and writes the document's XML as text.  No template, no checks, no record, no way to
tell where a number is from: it is the limit, not a program for an office.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
Row = dict[str, Any]


def main(folder: Path, out: Path, *, pictures: bool) -> None:
    """Read, count, write."""
    items = table(folder / "建议台账.xlsx", "建议台账")
    returned: list[Row] = []
    for path in sorted((folder / "填报").glob("*.xlsx")):
        returned += [{**row, "部门": path.stem} for row in table(path, "办理情况")]
    by_item = {row["编号"]: row for row in returned if row["办理角色"] != "协办"}
    results = Counter(str(row["办理结果"]) for row in by_item.values())
    themes = Counter(str(row["专题"]) for row in items)
    units = Counter(row["部门"] for row in by_item.values())
    lines = [f"共办理议案、建议{len(items)}件。"]
    lines += [f"{name}：{count}件" for group in (results, themes) for name, count in group.items()]
    annex = [
        [*map(str, row.values()), str(by_item.get(row["编号"], {}).get("办理结果", ""))]
        for row in items
    ]
    body = "".join(map(paragraph, lines)) + rows(annex) + paragraph("")
    body += rows([[name, str(count)] for name, count in units.items()])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        for number, counts in enumerate((results, themes, units) if pictures else ()):
            archive.writestr(f"word/media/{number}.png", drawn(counts))


def table(path: Path, sheet: str) -> list[Row]:
    """The rows below the heading in row 3."""
    head, *found = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()[2:]
    names = [str(name).rstrip("*＊ ") for name in head]
    return [dict(zip(names, row, strict=True)) for row in found if row[0] not in ("", None)]


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def rows(cells: list[list[str]]) -> str:
    made = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in cells)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def drawn(counts: Counter[str]) -> bytes:
    """Bars by matplotlib's object API."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4), dpi=220)
    FigureCanvasAgg(figure)
    figure.add_subplot().barh(range(len(counts)), list(counts.values()))
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), pictures="pictures" in sys.argv)
