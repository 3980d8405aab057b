"""The committed forms, default template and sample are those that the code writes today."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import reportgen
from reportgen.commands.standard_files import forms

COMMITTED = Path(__file__).parents[2] / "input_templates"
SAMPLE = COMMITTED / "示例" / "永安镇2024"


def parts(path: Path) -> dict[str, bytes]:
    """A package's parts by name; any other file as its one part."""
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        return {"": content}
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    forms(folder)
    reportgen.init(folder / "示例" / "永安镇2024", sample=True)
    return folder


def test_the_same_files_are_committed(written: Path) -> None:
    assert names(COMMITTED) == names(written)


@pytest.mark.parametrize("name", names(COMMITTED))
def test_each_is_current(written: Path, name: str) -> None:
    """If this fails: see README, 「To add a column…」, for the two commands that renew them."""
    assert parts(COMMITTED / name) == parts(written / name)
