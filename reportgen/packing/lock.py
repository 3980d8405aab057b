"""Which version of every part, for which machine, and the hashes of its files: ``locked.txt``."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKED = Path(__file__).parent / "locked.txt"
PYTHONS = ("3.11", "3.12", "3.13")


@dataclass(frozen=True)
class Target:
    """A sort of machine: its tags for pip, and what only it needs.

    pip judges what depends on the system by the machine it runs on: that goes by name.
    """

    name: str
    tags: tuple[str, ...]
    only: tuple[str, ...] = ()

    def options(self, python: str) -> list[str]:
        """What pip must be told to choose files for it."""
        tags = [part for tag in self.tags for part in ("--platform", tag)]
        return ["--only-binary=:all:", "--python-version", python, "--implementation", "cp", *tags]


_OLDEST = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_17", "manylinux2014")
"""Of glibc: 2.28 is that of UOS 20 and Kylin V10."""
TARGETS = {
    each.name: each
    for each in (
        Target("windows", ("win_amd64",), ("colorama", "tzdata")),
        Target("linux-x86_64", tuple(f"{tag}_x86_64" for tag in _OLDEST)),
        Target("linux-aarch64", tuple(f"{tag}_aarch64" for tag in _OLDEST)),
    )
}


def write_lock() -> None:
    """Choose versions anew and write them with the hashes of all targets' files."""
    pinned: dict[str, str] = {}
    hashes: dict[str, set[str]] = {}
    for target in TARGETS.values():
        for python in PYTHONS:
            for name, version, digest in _resolve(target, python, pinned):
                pinned[name] = version
                hashes.setdefault(name, set()).add(digest)
    lines = [format_line(name, pinned[name], hashes[name]) for name in sorted(pinned)]
    LOCKED.write_text("\n".join([*lines, ""]), "utf-8")


def format_line(name: str, version: str, hashes: Iterable[str]) -> str:
    """One requirement as pip reads it."""
    return " ".join([f"{name}=={version}", *(f"--hash=sha256:{each}" for each in sorted(hashes))])


def read_lock() -> list[str]:
    """One line a part; what only one system needs is small and does no harm on the others."""
    return LOCKED.read_text("utf-8").splitlines()


def run_pip(*arguments: str) -> None:
    """Run pip; CalledProcessError if it does not do what it is asked."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True)  # noqa: S603


def _resolve(target: Target, python: str, pinned: dict[str, str]) -> Sequence[tuple[str, str, str]]:
    """Name, version and hash of each part, the versions kept that are pinned already."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    with tempfile.TemporaryDirectory() as name:
        report, bounds = Path(name) / "report.json", Path(name) / "bounds.txt"
        bounds.write_text("".join(f"{part}=={version}\n" for part, version in pinned.items()))
        run_pip(
            "install", "--dry-run", "--report", str(report), "--target", str(Path(name) / "to"),
            "-c", str(bounds), *target.options(python), *about["dependencies"], *target.only,
        )  # fmt: skip
        found = json.loads(report.read_text("utf-8"))["install"]
    return [
        (
            part["metadata"]["name"].lower().replace("_", "-"),
            part["metadata"]["version"],
            part["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for part in found
    ]
