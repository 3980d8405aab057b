"""The program as it is handed out, tried where there is no internet: ``python -m tests.hand_out``.

The wheels are gathered for this machine, installed with the network switched off (a network namespace
of its own, Linux only) and with an empty home, and the report of the sample is built and verified.
The same with a portable folder around this machine's own Python.  It takes minutes and the package
index, so that the suite does not run it.
"""

import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from reportgen.packing.bundle import make_bundle
from reportgen.packing.lock import TARGETS
from reportgen.packing.portable import make_portable

RUN = """
set -e
export HOME="$1/home"
mkdir "$HOME"
cd "$1"
if [ -x ./install.sh ]; then ./install.sh; fi
if python3 -c "import socket as s; s.socket(s.AF_INET, s.SOCK_DGRAM).connect(('192.0.2.1', 9))" 2>/dev/null; then exit 9; fi
unset PYTHONPATH
PY="$2"
"$PY" -P -m reportgen init --sample case
"$PY" -P -m reportgen check case
"$PY" -P -m reportgen build case
"$PY" -P -m reportgen verify case/output/*.docx case
"$PY" -P - <<'END'
import re, subprocess, sys, urllib.request
page = subprocess.Popen([sys.executable, "-P", "-m", "reportgen", "page", ".", "--no-browser"], stdout=-1, text=True)
address = re.search(r"http://\\S+", page.stdout.readline())[0]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())
assert "case" in opener.open(address).read().decode()
page.kill()
END
"""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def run_offline(folder: Path, python: str) -> None:
    """Install if need be, and do the main job, without a network but the machine's own."""
    script = "ip link set lo up 2>/dev/null || true\n" + RUN
    command = ["unshare", "-rn", "sh", "-c", script, "try", str(folder), python]
    subprocess.run(command, check=True)


def try_bundle() -> None:
    machine = {"x86_64": "linux-x86_64", "aarch64": "linux-aarch64"}[platform.machine()]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "bundle"
        out.mkdir()
        make_bundle(TARGETS[machine], version, out)
        size = sum(path.stat().st_size for path in out.rglob("*"))
        say(f"wheels: {size / 2**20:.0f} MB")
        run_offline(out, "./.venv/bin/python")
    say("wheels: installed and used without a network")
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "portable"
        out.mkdir()
        make_portable(TARGETS[machine], version, Path(sys.base_prefix), out)
        size = sum(path.stat().st_size for path in out.rglob("*") if not path.is_symlink())
        say(f"portable: {size / 2**20:.0f} MB")
        run_offline(out, "./python/bin/python3")
    say("portable: used without a network")


if __name__ == "__main__":
    try_bundle()
