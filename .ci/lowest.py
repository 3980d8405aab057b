"""Print the project's dependencies at the lowest versions that it declares, one a line.

``>=`` becomes ``==``; what is pinned otherwise stays.  For ``pip install -r``.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

pyproject = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))
for dependency in pyproject["project"]["dependencies"]:
    print(dependency.replace(">=", "=="))  # noqa: T201
