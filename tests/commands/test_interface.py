"""The package as other programs use it: ``import reportgen``."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from importlib import import_module
from pathlib import Path

import reportgen


def test_the_example_of_the_docstring_runs(tmp_path: Path) -> None:
    """A process of its own, for what the example loads and where it writes."""
    _, _, rest = (reportgen.__doc__ or "").partition("::\n")
    example = textwrap.dedent(rest.partition("\nEach is told")[0])
    command = [sys.executable, "-X", "utf8", "-c", example]
    done = subprocess.run(command, check=False, capture_output=True, cwd=tmp_path, timeout=300)
    assert done.stderr.decode() == ""
    traced, findings = done.stdout.decode().splitlines()
    assert "建议.件数" in traced
    assert findings == "[]"
    assert list(tmp_path.rglob("*报告.docx"))


def test_every_command_is_the_one_of_its_module() -> None:
    elsewhere = {"figures": "trace", "batch": "many.batch", "rollup": "many.rollup"}
    for name in set(reportgen.__all__) - {"ReportgenError"}:
        module = import_module(f"reportgen.commands.{elsewhere.get(name, name)}")
        assert getattr(reportgen, name) is getattr(module, name), name


def test_importing_the_package_loads_neither_pandas_nor_a_room() -> None:
    code = "import sys, reportgen; print(sorted(m for m in sys.modules if m.startswith('reportgen.')), 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)
    assert done.stdout.decode().strip() == "['reportgen.errors'] False"
