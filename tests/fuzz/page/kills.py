"""The page killed in the middle of taking in files and building: nothing is lost, nothing half-written."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import threading
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import httpx

import reportgen
from tests.fuzz.page.served import Served, serve

LONGEST = 2.5
"""Seconds: uploads and a build take no longer."""
LATE = "填报/市场监督管理所.xlsx"
OURS = ("output/", "退改记录.json")
"""What commands may renew."""


def kill_once(root: Path, sample: Mapping[str, bytes], seconds: float) -> str:
    """Kill a page that was sent files and asked to build; what is wrong with what is left, if anything."""
    folder = root / "镇"
    lay(folder, sample)
    before = read_all(folder)
    said: list[str] = []
    with serve(root) as served:
        served.get("/f/镇/overview")
        work = threading.Thread(target=_work, args=(served, sample[LATE], said))
        work.start()
        time.sleep(seconds)
        served.kill()
        work.join()
    return judge_folder(folder, before, {sample[LATE]: "已放入“填报”" in "".join(said)})


def _work(served: Served, late: bytes, said: list[str]) -> None:
    with suppress(httpx.HTTPError):
        files = [("市场监督管理所.xlsx", late), ("别的.pdf", b"%PDF-1.7" + b"x" * 300_000)]
        said.append(served.send("/f/镇/receive", files).text)
        said.append(served.post("/f/镇/check", data={}).text)
        said.append(served.post("/f/镇/build", data={}).text)


def lay(folder: Path, sample: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in sample.items():
        if name != LATE:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def read_all(folder: Path) -> dict[str, bytes]:
    """Every file but those that are only on their way to their names."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def judge_folder(folder: Path, before: Mapping[str, bytes], promised: Mapping[bytes, bool]) -> str:
    """Whether what was there, and what was said to be kept, is there, each file is whole, and work goes on."""
    after = read_all(folder)
    lost = [n for n, c in before.items() if not n.startswith(OURS) and after.get(n) != c]
    broken = [name for name, content in after.items() if not is_whole(name, folder / name)]
    missing = [c for c, said in promised.items() if said and c not in after.values()]
    if lost or broken or missing:
        return f"lost {lost}, broken {broken}, promised and missing {len(missing)}"
    reportgen.check(folder, today=dt.date(2024, 12, 20))
    built = reportgen.build(folder, folder / "output", draft=True)
    return "" if built.document else "no draft can be built any more"


def is_whole(name: str, path: Path) -> bool:
    """Whether a file can be read to its end."""
    if name.endswith((".xlsx", ".docx")):
        try:
            with zipfile.ZipFile(path) as archive:
                return archive.testzip() is None
        except (zipfile.BadZipFile, OSError):
            return False
    if name.endswith(".json"):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            return False
    return True


def choose_moments(count: int, seed: int) -> list[float]:
    rng = random.Random(seed)
    return [rng.uniform(0, LONGEST) for _ in range(count)]
