"""Wheels of the program and all its parts, with what installs them where there is no index."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from reportgen import __version__
from reportgen.packing.launchers import linux_installer, windows_installer
from reportgen.packing.lock import ROOT, Target, format_line, read_lock, run_pip


def make_bundle(target: Target, python: str, out: Path) -> None:
    """``wheels/``, ``requirements.txt`` with the hashes of all of them, and the launchers.

    Raises:
        CalledProcessError: a part is not to be had, or not the one that was locked.
    """
    gather_wheels(target, python, out)
    installer = windows_installer() if target.name == "windows" else linux_installer()
    write_launchers(out, installer)


def gather_wheels(target: Target, python: str, out: Path) -> None:
    """The wheels, each held against its hash, and the requirements that name them."""
    wheels = out / "wheels"
    wheels.mkdir(parents=True)
    lines = read_lock()
    with tempfile.TemporaryDirectory() as name:
        locked = Path(name) / "locked.txt"
        locked.write_text("\n".join(lines), "utf-8")
        run_pip(
            "download", "--no-deps", "--require-hashes", "-r", str(locked), "-d", str(wheels),
            *target.options(python),
        )  # fmt: skip
    run_pip("wheel", "--no-deps", "-w", str(wheels), str(ROOT))
    (own,) = wheels.glob("reportgen-*.whl")
    digest = hashlib.sha256(own.read_bytes()).hexdigest()
    text = "\n".join([*lines, format_line("reportgen", __version__, [digest]), ""])
    (out / "requirements.txt").write_text(text, "utf-8")


def write_launchers(out: Path, launchers: Mapping[str, bytes]) -> None:
    """The files one double-clicks, allowed to run."""
    for name, content in launchers.items():
        (out / name).write_bytes(content)
        (out / name).chmod(0o755)
