"""A secretary's year in a browser, from an empty folder to the finalized report, step by step.

``test_browser`` lives through it; ``python -m tests.page.pictures`` takes a picture of every screen on the way.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from openpyxl import load_workbook

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME = "永安镇2024"
TITLE = "永安镇2024年度人大代表建议办理情况的报告"
REGISTER = "建议台账.xlsx"
FAULTY = {"市场监督管理所": ("M4", "去年夏天"), "农业农村办公室": ("I4", "办好了")}
"""By department, the cell of 办理情况 that it fills in wrongly."""
SENTENCE = "办理质量比上年有所提高。"
"""What the secretary adds by hand; it must be there at the end."""
_DROP = """files => {
  const dropped = new DataTransfer();
  for (const [name, content] of Object.entries(files))
    dropped.items.add(new File([Uint8Array.from(atob(content), sign => sign.charCodeAt(0))], name));
  document.dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, bubbles: true, cancelable: true}));
}"""


@dataclass
class Year:
    """The window, the files of the sample by name, the folder it is about; ``look``: at a screen, by name."""

    window: Page
    sample: Mapping[str, bytes]
    root: Path
    look: Callable[[str], None] = lambda _: None

    @property
    def folder(self) -> Path:
        return self.root / NAME

    def live(self, address: str) -> None:
        """All of it."""
        self.window.goto(address)
        assert "token" not in self.window.url
        self.begin()
        self.hand_out()
        self.collect()
        self.correct()
        self.build()
        self.ask()
        self.edit_and_verify()
        self.renew_and_finalize()
        self.write_papers()

    def begin(self) -> None:
        assert "还没有工作目录" in self.window.inner_text("main")
        self.look("工作目录")
        self.window.fill("input[name=name]", NAME)
        self.click("建立")
        assert "已建立" in self.said()
        self.go("收表")
        self.drop({REGISTER: self.sample[REGISTER]})
        assert "已作为本目录的台账" in self.said()

    def hand_out(self) -> None:
        self.go("交办")
        self.click("交办：生成填报表")
        assert "新生成5份" in self.said()
        self.look("交办")
        assert self.download("全部下载")[:2] == b"PK"

    def collect(self) -> None:
        returns = {
            name.removeprefix("填报/"): content
            for name, content in self.sample.items()
            if name.startswith("填报/")
        }
        for owner, (cell, value) in FAULTY.items():
            file = f"{owner}.xlsx"
            returns[file] = fill(returns[file], cell, value)
        late = returns.pop("村镇建设办公室.xlsx")
        self.go("收表")
        self.drop(returns)
        assert self.said().count("已放入“填报”") == 4
        self.look("收表")
        self.go("总览")
        assert "村镇建设办公室：\n" in self.window.inner_text("main")  # is urged
        self.look("总览")
        self.go("收表")
        self.window.set_input_files("#files", files=[as_file("村建.xlsx", late)])
        self.click("收下")
        assert "填报表" in self.said()

    def correct(self) -> None:
        self.go("报告")
        self.click("生成报告")
        assert "没有生成" in self.said()
        self.go("问题")
        self.click("核查，并做出标明错处的副本")
        assert "标明错处的副本2份" in self.said()
        assert "“去年夏天”不是日期" in self.window.inner_text("main")
        self.look("问题")
        right = {"市场监督管理所": ("M4", "2024-6-4"), "农业农村办公室": ("I4", "A")}
        corrected = {
            f"{owner}.xlsx": fill(self.download(f"标明错处的副本 >> text={owner}"), cell, value)
            for owner, (cell, value) in right.items()
        }
        self.go("收表")
        self.drop(corrected)
        assert self.said().count("填报表") >= 2
        self.go("问题")
        assert "错误0处" in self.window.inner_text(".sum")

    def build(self) -> None:
        self.go("报告")
        self.click("生成报告")
        assert f"已生成“{TITLE}.docx”" in self.said()
        self.window.wait_for_selector(".paper a.figure")
        self.look("报告")

    def ask(self) -> None:
        """After a figure with the keyboard, a chart and a table with the mouse."""
        self.window.locator(".paper a.figure", has_text="86%").first.focus()
        self.window.keyboard.press("Enter")
        self.window.wait_for_selector("dialog[open] #fragment")
        assert "占议案建议总件数的百分比" in self.window.inner_text("dialog")
        self.window.click("dialog a.figure >> nth=0")
        self.window.wait_for_selector("dialog .marked")
        assert "办理结果" in self.window.inner_text("dialog thead >> nth=0")
        self.look("数字")
        self.close()
        self.window.click(".picture a >> nth=0")
        self.window.wait_for_selector("dialog[open] .marked")
        assert "里面的数" in self.window.inner_text("dialog")
        self.look("图")
        self.close()
        self.window.click("text=第3张表：来源")
        self.window.wait_for_selector("dialog[open] .marked")
        assert "取自下面的表" in self.window.inner_text("dialog")
        self.close()

    def close(self) -> None:
        self.window.keyboard.press("Escape")
        assert self.window.locator("dialog[open]").count() == 0

    def edit_and_verify(self) -> None:
        document = Document(io.BytesIO(self.download("下载 Word 报告")))
        target = next(p for p in document.paragraphs if p.text.startswith("办理结果的构成"))
        target.add_run(SENTENCE)
        wrong = next(p for p in document.paragraphs if p.text.startswith("各位代表"))
        wrong.add_run("全年共办理建议9件。")
        edited = io.BytesIO()
        document.save(edited)
        self.go("核对")
        self.drop({"领导改过.docx": edited.getvalue()})
        assert "提醒2处" in self.said()
        assert "全年共办理建议9件" in self.window.inner_text(".issues")
        self.look("核对")
        wrong.runs[-1].text = ""
        edited = io.BytesIO()
        document.save(edited)
        self.drop({"改正.docx": edited.getvalue()})
        assert "提醒1处" in self.said()

    def renew_and_finalize(self) -> None:
        path = self.folder / "填报/村建.xlsx"
        path.write_bytes(fill(path.read_bytes(), "P4", "基本满意"))
        self.click("核对")
        assert "错误" in self.said()
        self.click("更新：放进现在的数据，保留修改")
        assert "人工修改都保留" in self.said()
        self.window.select_option("select[name=name]", "收到/改正（更新）.docx")
        self.window.check("input[name=accept]")
        self.click("定稿：清除来源信息，供报送")
        assert "已定稿" in self.said()
        final = Document(io.BytesIO(self.download("下载")))
        text = "\n".join(paragraph.text for paragraph in final.paragraphs)
        assert SENTENCE in text
        assert "基本满意3件" in text

    def write_papers(self) -> None:
        self.go("公文")
        self.window.check("input[name=交办清单]")
        self.click("生成公文")
        assert "已生成：交办清单5份" in self.said()
        self.look("公文")

    # hands and eyes

    def go(self, screen: str) -> None:
        with self.window.expect_navigation():
            self.window.click(f"nav >> text={screen}")
        self.window.wait_for_selector(f"h1:text-is('{screen}')")

    def click(self, button: str) -> None:
        with self.window.expect_navigation():
            self.window.click(f"button:text-is('{button}')")

    def said(self) -> str:
        """What the last command has done, once it has."""
        self.window.wait_for_selector(".job.good, .job.bad")
        return self.window.inner_text(".job")

    def drop(self, files: Mapping[str, bytes]) -> None:
        """As from the desktop, onto the window."""
        packed = {name: base64.b64encode(content).decode() for name, content in files.items()}
        with self.window.expect_navigation():
            self.window.evaluate(_DROP, packed)

    def download(self, link: str) -> bytes:
        with self.window.expect_download() as coming:
            self.window.click(f"a:has-text('{link}')" if ">>" not in link else f"text={link}")
        return Path(coming.value.path()).read_bytes()


def fill(content: bytes, cell: str, value: str) -> bytes:
    """A return with this in a cell of 办理情况."""
    book = load_workbook(io.BytesIO(content))
    book["办理情况"][cell] = value
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def as_file(name: str, content: bytes) -> dict[str, object]:
    """As the browser takes it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}
