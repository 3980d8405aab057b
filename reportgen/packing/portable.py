"""A folder to unzip and use: the program, its parts, and a Python of its own."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

from reportgen.packing.bundle import gather_wheels, write_launchers
from reportgen.packing.launchers import linux_launchers, windows_launchers
from reportgen.packing.lock import Target, run_pip

_NOT_NEEDED = ("tests", "__pycache__", "sample_data")


def make_portable(target: Target, python: str, interpreter: Path, out: Path) -> None:
    """``interpreter``: for Windows the zip of the embeddable Python, for Linux a folder that can be moved.

    Raises:
        CalledProcessError: as of ``make_bundle``.
    """
    home = out / "python"
    if target.name == "windows":
        packages = _lay_windows(interpreter, home)
        launchers = windows_launchers("python\\python.exe")
    else:
        packages = _lay_linux(interpreter, home, python)
        launchers = linux_launchers("python/bin/python3")
    with tempfile.TemporaryDirectory() as name:
        gather_wheels(target, python, Path(name))
        run_pip(
            "install", "--no-deps", "--no-index", "--no-compile", "--require-hashes",
            "--find-links", str(Path(name) / "wheels"), "-r", str(Path(name) / "requirements.txt"),
            "--target", str(packages), *target.options(python),
        )  # fmt: skip
    _trim(packages)
    write_launchers(out, launchers)


def _lay_windows(interpreter: Path, home: Path) -> Path:
    """Unpack it, and let it find packages: what stands in its ``._pth`` is all it looks at."""
    with zipfile.ZipFile(interpreter) as archive:
        archive.extractall(home)
    for paths in home.glob("python*._pth"):
        paths.write_text(f"{paths.stem}.zip\n.\nLib\\site-packages\n", "ascii")
    return home / "Lib" / "site-packages"


def _lay_linux(interpreter: Path, home: Path, python: str) -> Path:
    shutil.copytree(
        interpreter,
        home,
        symlinks=True,
        ignore=shutil.ignore_patterns(*_NOT_NEEDED, "site-packages", "test", "idlelib"),
    )
    return home / "lib" / f"python{python}" / "site-packages"


def _trim(packages: Path) -> None:
    """Without the packages' own tests, caches, examples, and scripts that name this machine's Python."""
    for name in _NOT_NEEDED:
        for folder in packages.rglob(name):
            if folder.is_dir() and "reportgen" not in folder.parts:
                shutil.rmtree(folder)
    shutil.rmtree(packages / "bin", ignore_errors=True)
