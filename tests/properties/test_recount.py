"""Every figure can be recounted from the cells it names, by a script that knows nothing of us."""

import ast
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import reportgen
from reportgen.facts.model import to_json
from reportgen.reports import KINDS
from tests.support import recount
from tests.support.generate import case, files

SCRIPT = Path(recount.__file__)
Figures = dict[str, Any]


def laid(folder: Path, content: dict[str, bytes]) -> Path:
    """The folder with these files in it."""
    for name, data in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def figures(folder: Path) -> Figures:
    """What facts.json says of the folder, read back from JSON."""
    checked = reportgen.check(folder)
    assert not checked.errors
    found: Figures = to_json(KINDS[0].report(checked.dataset).facts.values())
    return dict(json.loads(json.dumps(found)))


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> tuple[Path, Figures]:
    """The 永安镇 folder and its figures."""
    return sample_folder, figures(sample_folder)


def test_the_script_knows_nothing_of_reportgen() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [getattr(node, "module", None) or node.names[0].name for node in imports]
    assert names
    assert not [name for name in names if name.startswith(("reportgen", "tests"))]


def test_the_script_runs_by_itself_on_a_built_report(
    sample: tuple[Path, Figures], tmp_path: Path
) -> None:
    folder, facts = sample
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({"facts": facts}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(path), str(folder)],
        capture_output=True, check=False, cwd=tmp_path, env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout.decode() == f"共{len(facts)}个数，0处不符。\n"
    assert done.returncode == 0


@pytest.mark.parametrize("seed", range(10))
def test_every_figure_of_a_random_case_can_be_recounted(seed: int, tmp_path: Path) -> None:
    made = case(seed * 3 + 1, seed % 5 + 1, seed, rare=seed % 3 > 0, unfinished=seed % 4 / 4)
    folder = laid(tmp_path, files(made))
    assert recount.recount(figures(folder), folder) == []


def test_a_changed_figure_is_found_whichever_it_is(sample: tuple[Path, Figures]) -> None:
    folder, facts = sample
    cells = recount.Cells(folder)
    for key, fact in facts.items():
        value = str(fact["value"])
        wrong = str(int(value) + 1) if value.isdigit() else f"9{value}"
        changed = {**fact, "value": wrong, "text": wrong + "%" * (fact["unit"] == "%")}
        faults = list(recount.Audit({**facts, key: changed}, cells).complaints())
        assert any(fault.startswith(f"{key}：") for fault in faults), key


@pytest.mark.parametrize("key", ["结果.A.占比", "建议.件数", "成效.经济转型发展.走访帮扶企业"])
def test_a_text_that_is_not_the_value_is_found(sample: tuple[Path, Figures], key: str) -> None:
    folder, facts = sample
    changed = {**facts, key: {**facts[key], "text": "88"}}
    (fault,) = recount.recount(changed, folder)
    assert fault.startswith(f"{key}：文字“88”与数值")


@pytest.mark.parametrize(
    ("file", "sheet", "cell", "value", "keys"),
    [
        ("填报/村镇建设办公室.xlsx", "办理情况", "办理结果", "A", {"结果.A.件数", "结果.C.件数"}),
        ("填报/经济发展办公室.xlsx", "工作成效", "数值", 16, {"成效.经济转型发展.走访帮扶企业"}),
        ("建议台账.xlsx", "建议台账", "类别", "议案", {"议案.件数", "建议.件数"}),
    ],
)
def test_a_cell_changed_after_the_report_is_found(
    sample: tuple[Path, Figures], tmp_path: Path, file: str, sheet: str, cell: str,
    value: str | int, keys: set[str],
) -> None:  # fmt: skip
    folder, facts = sample
    paths = folder.rglob("*.xlsx")
    laid(tmp_path, {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})
    (tmp_path / file).write_bytes(changed(tmp_path / file, sheet, cell, value))
    faults = recount.recount(facts, tmp_path)
    assert keys <= {fault.partition("：")[0] for fault in faults}


def changed(path: Path, sheet: str, column: str, value: str | int) -> bytes:
    """The workbook with the last filled cell of a column replaced."""
    book = openpyxl.load_workbook(path)
    (header,) = (cell for row in book[sheet].iter_rows() for cell in row if cell.value == column)
    cells = [cell for (cell,) in book[sheet].iter_rows(
        min_row=header.row + 1, min_col=header.column, max_col=header.column
    ) if cell.value is not None]  # fmt: skip
    cells[-1].value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
