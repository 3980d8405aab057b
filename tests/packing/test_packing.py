"""What can be seen without the package index: the lock, the launchers, how a Python is laid out.

That a bundle and a folder work without a network ``python -m tests.hand_out`` tries.
"""

import re
import tomllib
import zipfile
from pathlib import Path

from packaging.requirements import Requirement

from reportgen.packing import launchers
from reportgen.packing.lock import PYTHONS, ROOT, TARGETS, read_lock
from reportgen.packing.portable import _lay_windows, _trim


def test_the_lock_holds_every_dependency_in_a_version_that_is_allowed() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = dict(line.split(" ")[0].split("==") for line in read_lock())
    for text in about["dependencies"]:
        wanted = Requirement(text)
        assert locked[wanted.name] in wanted.specifier, text
    for target in TARGETS.values():
        assert {*target.only} <= {*locked}


def test_every_part_is_locked_by_its_hashes() -> None:
    for line in read_lock():
        assert re.fullmatch(r"[a-z0-9.-]+==\S+( --hash=sha256:[0-9a-f]{64})+", line)
    files = {line.split("==")[0]: line.count("--hash") for line in read_lock()}
    assert files["numpy"] == len(TARGETS) * len(PYTHONS)  # one file each: it is compiled


def test_launchers_run_nothing_that_lies_beside_them() -> None:
    commands = {
        **launchers.windows_installer(),
        **launchers.windows_launchers("python\\python.exe"),
    }
    for name, content in commands.items():
        assert content.isascii(), name
        assert b"NoDefaultCurrentDirectoryInExePath" in content
        if name != "安装.cmd":
            assert b'"%~dp0' in content
            assert b" -P -m reportgen " in content
    for content in (
        *launchers.linux_installer().values(),
        *launchers.linux_launchers("p").values(),
    ):
        assert b"\r" not in content
    assert b"--no-index" in launchers.linux_installer()["install.sh"]
    assert b"--require-hashes" in launchers.windows_installer()["安装.cmd"]


def test_the_embeddable_python_finds_the_packages_and_nothing_else(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "embed.zip", "w") as archive:
        archive.writestr("python.exe", b"MZ")
        archive.writestr("python312._pth", "python312.zip\n.\n#import site\n")
    packages = _lay_windows(tmp_path / "embed.zip", tmp_path / "python")
    assert packages == tmp_path / "python/Lib/site-packages"
    paths = (tmp_path / "python/python312._pth").read_text().split()
    assert paths == ["python312.zip", ".", "Lib\\site-packages"]


def test_tests_of_packages_are_left_out(tmp_path: Path) -> None:
    for name in ("pandas/tests/x.py", "numpy/core/__pycache__/x.pyc", "reportgen/a.py", "bin/x"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("")
    _trim(tmp_path)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.py"]
