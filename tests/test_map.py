"""The map of CONTRIBUTING.md leads somewhere."""

from __future__ import annotations

import re
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
