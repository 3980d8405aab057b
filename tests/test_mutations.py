"""Damaged copies of the 永安镇 case: every fault found, at its place, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.damage import Folder
from tests.mutations import DAMAGED, UNTIDY, Damaged, Untidy

from reportgen import pipeline
from reportgen.pipeline import Checked


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The files of the sample case, by name."""
    folder = tmp_path_factory.mktemp("永安镇2024")
    laid = pipeline.init(folder, sample=True)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in laid.written}


def lay(files: Folder, folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def damage(sample: Folder, changes, folder: Path) -> Path:
    files = dict(sample)
    for change in changes:
        change(files)
    return lay(files, folder)


@pytest.mark.parametrize("case", DAMAGED, ids=lambda c: c.name)
def test_damage(case: Damaged, sample: Folder, tmp_path: Path) -> None:
    checked = pipeline.check(damage(sample, case.changes, tmp_path))
    found = [(i.code, i.file, i.sheet, i.cell) for i in checked.issues]
    assert sorted(found) == sorted(case.expected), "\n".join(f"{i.place} {i.message}。{i.remedy}" for i in checked.issues)


from reportgen.reports import KINDS
from reportgen.reports.suggestions.items import items

def meaning(checked: Checked):
    report = KINDS[0].report(checked.dataset)
    figures = {f.key: (f.value, f.text, f.unit, f.base) for f in report.facts.values()}
    return figures, items(checked.dataset).table.to_dict("records"), checked.dataset.settings

@pytest.mark.parametrize("case", UNTIDY, ids=lambda c: c.name)
def test_untidy(case: Untidy, sample: Folder, tmp_path: Path) -> None:
    checked = pipeline.check(damage(sample, case.changes, tmp_path/"a"))
    assert not checked.issues, "\n".join(f"{i.place} {i.message}。{i.remedy}" for i in checked.issues)
    assert meaning(checked) == meaning(pipeline.check(damage(sample, case.like, tmp_path/"b")))
