"""A county's secretary in a browser: a draft reckoned, towns rolled up, a figure followed to its cells, every report built.

``test_browser`` does it; ``python -m tests.page.pictures FOLDER`` takes a picture of every screen on the way.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document

from tests.commands.test_rollup import lay_town
from tests.page.whole_year import as_file

if TYPE_CHECKING:
    from playwright.sync_api import Page

SENTENCE = "上半年共受理来信来访120件，办结114件，办结率为90.0%。"
REPORT = "2024年度人大代表建议办理情况汇总报告"


EAST, WEST, BAD = "东片 #1%/永安镇2024", "太平镇2024", "坏镇2024"


def lay_towns(root: Path, sample: Path) -> None:
    """Two sound towns, one of them deeper, and one whose register is no workbook."""
    shutil.copytree(sample, root / EAST)
    lay_town(root / WEST, sample, "太平镇")
    (root / BAD).mkdir()
    (root / BAD / "建议台账.xlsx").write_bytes(b"no workbook")


@dataclass
class County:
    """The window; ``look``: at a screen, by name."""

    window: Page
    look: Callable[[str], None] = lambda _: None

    def work(self, address: str, towns: int) -> None:
        """All of it, over so many towns, one of which has no sound register."""
        self.window.goto(address)
        self.reckon()
        self.roll_up(towns)
        self.ask()
        self.build_all(towns)

    def reckon(self) -> None:
        self.go("文稿核算")
        self.look("文稿")
        document, packed = Document(), io.BytesIO()
        document.add_paragraph(SENTENCE)
        document.save(packed)
        files = [as_file("汇报.docx", packed.getvalue()), as_file("扫描.pdf", b"%PDF-1.7")]
        self.window.set_input_files("#files", files=files)
        self.click("核算")
        self.window.wait_for_selector(".issues")
        assert "应为95.0%" in self.window.inner_text(".issues")
        self.look("文稿核算")
        with self.window.expect_download() as coming:
            self.window.click("text=下载加了批注的 Word 文档")
        copy = Document(io.BytesIO(Path(coming.value.path()).read_bytes()))
        assert [each.text for each in copy.comments] != []

    def roll_up(self, towns: int) -> None:
        self.go("汇总")
        assert f"找到工作目录{towns}个" in self.window.inner_text(".sum")
        self.look("汇总以前")
        self.click("生成汇总报告")
        self.window.wait_for_selector(".job")
        self.look("正在汇总")
        self.window.wait_for_selector(".paper")
        assert f"计入{towns - 1}个单位，没有计入1个" in self.window.inner_text(".job")
        assert f"已生成“{REPORT}.docx”" in self.window.inner_text(".job")
        self.look("汇总报告")

    def ask(self) -> None:
        """From a total to a unit, from there to its cells."""
        self.window.click(".paper a.figure[title^='建议.件数'] >> nth=0")
        self.window.wait_for_selector("dialog[open] .facts")
        self.look("合计的来源")
        self.window.click("dialog .facts a >> nth=0")
        self.window.wait_for_selector("dialog .marked")
        assert "建议台账.xlsx" in self.window.inner_text("dialog")
        self.look("单位的来源")
        self.window.keyboard.press("Escape")

    def build_all(self, towns: int) -> None:
        self.go("汇总")
        self.click("逐个生成报告")
        self.window.wait_for_selector(".job")
        self.window.reload()
        self.window.wait_for_selector(".job.good")
        assert f"新生成{towns - 1}份" in self.window.inner_text(".job")
        assert "没有计入" in self.window.inner_text("table")
        self.look("汇总")
        self.go("核对")
        self.look("汇总报告的核对")

    def go(self, screen: str) -> None:
        with self.window.expect_navigation():
            self.window.click(f"nav >> text='{screen}'")
        self.window.wait_for_selector(f"h1:text-is('{screen}')")

    def click(self, button: str) -> None:
        with self.window.expect_navigation():
            self.window.click(f"button:text-is('{button}')")
