"""Every workbook that any command writes holds texts and numbers, nothing that Excel would run."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import reportgen
from reportgen.commands.check import send_back
from reportgen.commands.folder.template import EDITION
from reportgen.excel.write import forms
from reportgen.reports import KINDS
from tests.support.changed_sample import sample
from tests.support.generate import files
from tests.support.ledgers import COMPLETE, as_text

KIND = KINDS[0]
HOSTILE = ("=cmd|'/c calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("x","y")')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


def hostile_folder(folder: Path, text: str) -> None:
    """The case with this text as a department's name, a title, a person, a theme, a measure."""
    made = sample()
    old = made.register["承办部门"][0]["全称"]
    register = {
        sheet: [
            {key: text if value == old else value for key, value in row.items()} for row in rows
        ]
        for sheet, rows in made.register.items()
    }
    items: list[dict[str, Any]] = [dict(row) for row in register["建议台账"]]
    for row in items:
        row["主办部门"] = tuple(text if name == old else name for name in row["主办部门"] or ())
        row["标题"], row["备注"] = f"{text}{row['编号']}", text
    register["建议台账"] = items
    content = forms.write_form(KIND.register, rows=register, created=EDITION)
    (folder / "建议台账.xlsx").write_bytes(content)


def everything_wrong(path: Path) -> list[str]:
    """What of a workbook Excel would run or fetch; texts that an edit would make a formula."""
    found = []
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            part = package.read(name)
            if "/worksheets/" in name and _FORMULA.search(part.replace(b"<formula", b"")):
                found.append(f"formula in {name}")
            if re.search(r"vba|externalLink|connections|activeX|embeddings", name):
                found.append(name)
            if name.endswith(".rels") and b'TargetMode="External"' in part:
                found.append(f"external target in {name}")
    book = load_workbook(path)
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                is_text = isinstance(cell.value, str) and cell.value.startswith(
                    ("=", "+", "-", "@")
                )
                if is_text and not cell.quotePrefix:
                    found.append(f"{sheet.title}!{cell.coordinate} {cell.value}")
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_no_command_writes_a_formula(text: str, tmp_path: Path) -> None:
    hostile_folder(tmp_path, text)
    reportgen.assign(tmp_path)
    checked = reportgen.check(tmp_path)
    send_back(checked, tmp_path, tmp_path / "out")
    (tmp_path / "旧.csv").write_bytes(as_text(COMPLETE.replace("教育局", text.strip()), "utf-8"))
    reportgen.import_ledger(tmp_path / "旧.csv", tmp_path / "导入")
    written = sorted(tmp_path.rglob("*.xlsx"))
    assert len(written) > 5
    assert {path.name: wrong for path in written if (wrong := everything_wrong(path))} == {}


def test_the_scan_sees_what_it_looks_for(tmp_path: Path) -> None:
    content = files(sample())["建议台账.xlsx"]
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert everything_wrong(path) == []
    book = load_workbook(path)
    book.worksheets[0]["A1"] = "=1+1"
    book.worksheets[0]["A2"] = "-3"
    book.save(path)
    assert len(everything_wrong(path)) == 3
