"""``python -m reportgen.packing lock | wheels TARGET OUT | portable TARGET PYTHON OUT``, from a checkout."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.packing.bundle import make_bundle
from reportgen.packing.lock import PYTHONS, TARGETS, write_lock
from reportgen.packing.portable import make_portable


def main() -> None:
    """Do what is asked; OUT must not be there yet."""
    parser = argparse.ArgumentParser(prog="python -m reportgen.packing", description=__doc__)
    does = parser.add_subparsers(dest="does", required=True)
    does.add_parser("lock", help="choose the versions of all parts anew")
    for name, help_ in (("wheels", "wheels with an installer"), ("portable", "a folder to unzip")):
        one = does.add_parser(name, help=help_)
        one.add_argument("target", choices=TARGETS)
        one.add_argument("--python-version", choices=PYTHONS, default="3.12")
        if name == "portable":
            one.add_argument("interpreter", type=Path)
        one.add_argument("out", type=Path)
    asked = parser.parse_args()
    if asked.does == "lock":
        write_lock()
        return
    asked.out.mkdir(parents=True)
    target = TARGETS[asked.target]
    if asked.does == "wheels":
        make_bundle(target, asked.python_version, asked.out)
    else:
        make_portable(target, asked.python_version, asked.interpreter, asked.out)


if __name__ == "__main__":
    main()
