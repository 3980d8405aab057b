"""The page in a real browser: what only a browser does, with the server as the command starts it."""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Lay
from tests.page.many_folders import County, lay_towns
from tests.page.whole_year import Year

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NARROW = {"width": 360, "height": 700}


MISSED = """() => {
  const dropped = new DataTransfer();
  dropped.items.add(new File(["x"], "x.xlsx"));
  return document.dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, bubbles: true, cancelable: true}));
}"""
"""A file dropped on a page that takes none: whether the browser is to open it."""

Server = tuple[subprocess.Popen[str], str]


@contextmanager
def start(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with the test, however that ends."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The page over an empty folder, and the address that it says."""
    (tmp_path / "root").mkdir()
    command = [sys.executable, "-m", "reportgen", "page", str(tmp_path / "root"), "--no-browser"]
    with start(command) as process:
        yield process, read_address(process)


def read_address(process: subprocess.Popen[str]) -> str:
    """That it says first."""
    assert process.stdout is not None
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found is not None
    return found[0]


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """The system's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("没有 Chromium，跳过需要它的测试")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: "Browser") -> Iterator["Page"]:
    """A window of it, that has nothing to complain of."""
    complaints: list[str] = []
    context = chromium.new_context()
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints


def test_the_secretary_works_through_the_whole_year(
    server: Server, window: "Page", sample: dict[str, bytes], tmp_path: Path
) -> None:
    process, address = server
    year = Year(window, sample, tmp_path / "root")
    year.live(address)
    window.set_viewport_size(NARROW)
    for screen in (
        "总览",
        "交办",
        "收表",
        "问题",
        "报告",
        "核对",
        "公文",
        "答复函审核",
        "工作目录",
    ):
        year.go(screen)
        wide = window.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW["width"], screen
    with window.expect_event("dialog") as coming:
        window.once("dialog", lambda shown: shown.accept())
        assert window.evaluate(MISSED) is False  # the browser does not leave for the file
    assert coming.value.message.startswith("这一页不收文件，没有收下。部门交回的表请到“收表”里交")
    window.click("text=停止")
    window.wait_for_selector("h1:text-is('已停止')", state="attached")
    window.goto("about:blank")
    assert process.wait(20) == 0


ONE_BY_ONE = (
    "import reportgen.commands.many.batch as batch; batch.count_workers = lambda *_: 0;"
    "from reportgen.cli.commands import main; main()"
)
"""The command without processes for the reports: for three towns they are not worth their start."""


def test_a_county_rolls_up_its_towns(window: "Page", tmp_path: Path, sample_folder: Path) -> None:
    lay_towns(tmp_path, sample_folder)
    county = County(window)
    command = [sys.executable, "-c", ONE_BY_ONE, "page", str(tmp_path), "--no-browser"]
    with start(command) as process:
        county.work(read_address(process), towns=3)
        window.set_viewport_size(NARROW)
        for screen in ("汇总", "汇总报告", "核对", "文稿核算", "工作目录"):
            county.go(screen)
            wide = window.evaluate("document.documentElement.scrollWidth")
            assert wide <= NARROW["width"], screen
        window.goto("about:blank")  # the page asks now and then whether we are still there


ALONE = (
    "import reportgen.page.serve as serve; serve.list_addresses = list;"
    "from reportgen.cli.commands import main; main()"
)
"""The command on a machine that is in no network: what is served stays here."""


def test_a_department_hands_in_through_its_link(
    tmp_path: Path, lay_sample: Lay, window: "Page"
) -> None:
    lay_sample(tmp_path / "永安镇2024")
    given = (tmp_path / "永安镇2024/填报/市场监督管理所.xlsx").rename(tmp_path / "交.xlsx")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-c", ALONE, "page", str(tmp_path), "--no-browser"]
    with start([*command, "--lan", "--port", port]) as process:
        address = read_address(process)
        assert process.stdout is not None
        assert "没有加密" in "".join(process.stdout.readline() for _ in range(3))
        window.goto(address)
        window.click("text=永安镇2024")
        window.click("nav >> text=链接")
        window.click("button[value=市场监督管理所]")
        link = window.inner_text("#link-1")
        window.context.clear_cookies()
        window.set_viewport_size(NARROW)
        window.goto(link)
        assert "还没有接收" in window.inner_text("main")
        window.set_input_files("#files", given)
        window.click("button:text-is('交表')")
        window.wait_for_selector(".job")
        assert "已收到" in window.inner_text(".job")
        assert "已接收" in window.inner_text(".sum")
        assert window.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        window.goto("about:blank")  # the page asks now and then whether we are still there
    assert (tmp_path / "永安镇2024/填报/市场监督管理所.xlsx").read_bytes() == given.read_bytes()


def test_another_page_in_the_same_browser_gets_nothing(
    server: Server, window: "Page", tmp_path: Path, lay_sample: Lay
) -> None:
    _, address = server
    lay_sample(tmp_path / "root/永安镇2024")
    window.goto(address)
    here = window.url.rstrip("/")
    stranger = window.context.new_page()
    stranger.route(
        "http://stranger.example/",
        lambda route: route.fulfill(body="<p>hello</p>", content_type="text/html"),
    )
    stranger.goto("http://stranger.example/")
    asked = "address => fetch(address, {method: 'POST', credentials: 'include', mode: 'no-cors'}).then(a => a.type, e => 'none')"
    assert stranger.evaluate(asked, f"{here}/stop") in {"opaque", "none"}
    stranger.evaluate("address => { location = address }", f"{here}/folders")
    stranger.wait_for_url(f"{here}/folders")
    assert "没有打开工作台的凭据" in stranger.inner_text("main")
    window.reload()  # still there: nobody has stopped it
    assert "永安镇2024" in window.inner_text("main")
