"""Pictures of the page, taken on the way through a year.

``python -m tests.page.pictures`` takes those of README.md anew, into ``tests/page/pictures``;
``python -m tests.page.pictures FOLDER`` every screen, wide and narrow, to be looked at.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

import reportgen
from tests.page.many_folders import County, lay_towns
from tests.page.whole_year import NAME, Year

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent / "pictures"
WIDE, NARROW, README = (1100, 800), (360, 700), (1000, 700)
SHOWN = {
    "收表": "collect",
    "总览": "overview",
    "问题": "issues",
    "数字": "figure",
    "核对": "verify",
}
"""By screen, what its picture in README.md is called."""
COLOURS = 64


def main(folder: str = "") -> None:
    """Live through the year, and take the pictures."""
    with tempfile.TemporaryDirectory() as place, open_window() as window:
        root = Path(place)
        reportgen.init(root / "sample" / NAME, sample=True)
        sample = read_files(root / "sample" / NAME)
        (root / "page").mkdir()
        look = take_all(window, Path(folder)) if folder else take_shown(window)
        with serve(root / "page") as address:
            Year(window, sample, root / "page", look).live(address)
        if folder:
            lay_towns(root / "county", root / "sample" / NAME)
            with serve(root / "county") as address:
                County(window, look).work(address, towns=3)


def take_shown(window: Page) -> Callable[[str], None]:
    """Those of README.md, in few colours."""
    HERE.mkdir(exist_ok=True)

    def look(name: str) -> None:
        if name in SHOWN:
            set_size(window, README)
            picture = Image.open(io.BytesIO(window.screenshot())).convert("RGB")
            picture.quantize(COLOURS).save(HERE / f"{SHOWN[name]}.png", optimize=True)

    return look


def take_all(window: Page, folder: Path) -> Callable[[str], None]:
    """Every screen, numbered, from its top to its end."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[str] = []

    def look(name: str) -> None:
        taken.append(name)
        whole = not window.locator("dialog[open]").count()
        for size in (NARROW, WIDE):
            set_size(window, size)
            path = folder / f"{len(taken):02}-{name}-{size[0]}.png"
            window.screenshot(path=path, full_page=whole)

    return look


def set_size(window: Page, size: tuple[int, int]) -> None:
    window.set_viewport_size({"width": size[0], "height": size[1]})


def read_files(folder: Path) -> dict[str, bytes]:
    """By name in the folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@contextmanager
def open_window() -> Iterator[Page]:
    """A window of the system's Chromium, in Chinese."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "chromium-browser",
            args=["--no-sandbox", "--lang=zh-CN"],
            env={"LANGUAGE": "zh_CN"},
        )
        yield browser.new_context(locale="zh-CN").new_page()
        browser.close()


@contextmanager
def serve(root: Path) -> Iterator[str]:
    """The page over a folder, as the command starts it; its address."""
    command = [sys.executable, "-m", "reportgen", "page", str(root), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        try:
            yield found[0]
        finally:
            process.kill()


if __name__ == "__main__":
    main(*sys.argv[1:2])
