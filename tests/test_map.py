"""The map of CONTRIBUTING.md leads somewhere."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

import reportgen

PACKAGE = Path(reportgen.__file__).parent
TOP = PACKAGE.parent


def named() -> list[str]:
    text = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+(?:\.py|\.md|/))`", text)))


@pytest.mark.skipif(not (TOP / "CONTRIBUTING.md").exists(), reason="installed without its papers")
def test_every_place_of_the_map_exists() -> None:
    assert len(named()) > 30
    assert [
        name for name in named() if not any((at / name).exists() for at in (PACKAGE, TOP))
    ] == []


@pytest.mark.skipif(not (TOP / "README.md").exists(), reason="installed without its papers")
def test_every_picture_of_the_readme_is_there_and_small() -> None:
    shown = re.findall(r"!\[.+?\]\((.+?)\)", (TOP / "README.md").read_text(encoding="utf-8"))
    assert len(shown) >= 5
    assert [name for name in shown if (TOP / name).stat().st_size > 100_000] == []


def test_no_public_type_has_two_homes() -> None:
    """One word, one meaning: a class, or a name for a type, is found where its name is found."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for statement in ast.parse(path.read_bytes()).body:
            if name := name_of_type(statement):
                homes[name].append(path.relative_to(PACKAGE).as_posix())
    assert len(homes) > 400
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def name_of_type(statement: ast.stmt) -> str:
    """Of a class or of a name given to a type, unless it is private; type variables stand apart."""
    match statement:
        case ast.ClassDef(name=name):
            pass
        case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias")):
            pass
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp()):
            pass
        case _:
            return ""
    return name if name[0].isupper() and not name.isupper() else ""
