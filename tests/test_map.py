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
