"""What to do next, in the words of the door one came in by: an option of a command, or a button of the page.

A message says ``f"请{Step.OTHER_FOLDER}"`` and reads right in both.  Where it is made tells which: the page
says so once for the thread in which its commands run.
"""

from __future__ import annotations

from contextvars import ContextVar
from enum import Enum

_IN_PAGE = ContextVar("in_page", default=False)


class Step(Enum):
    """Something to do: as one does it at the terminal, and in the page."""

    INIT = "用 reportgen init 建立", "在“工作目录”里建立"
    BLANK_FOR_SAMPLE = "不加 --sample 可建立空白的", "选“空白台账和报告模板”可建立空白的"
    BLANK_FOR_NEXT = "不加 --from 可建立空白的", "选“空白台账和报告模板”可建立空白的"
    ONE_SHEET = "用 --sheet 指定", "在“工作表”一栏写上它的名称，再导入一次"
    OTHER_FOLDER = "用 -o 换一个文件夹", "换一个文件夹"
    CHECK = "核查（check）", "到“问题”里看"
    BUILD = "用 build 重新生成", "在“报告”里重新生成"
    SOURCE = "reportgen trace", "工作台的“报告”：点这个数"
    REFRESH = "“更新”（refresh）", "“更新”"
    TEMPLATE_THEN = "用 --template 指定它", "把它放进工作目录的“收到”，在“当时的模板”里选它"
    OTHER_TEMPLATE = "加 --other-template", "选上“报告模板改过，也用现在的”"
    ACCEPT = "定稿时加 --accept-remarks", "定稿时选上“提醒都已看过”"
    FORCE = "定稿时加 --force", "定稿时选上“错误也都看过，照样定稿”"

    def __str__(self) -> str:
        return self.value[_IN_PAGE.get()]


def name_steps(text: str) -> str:
    """A text with ``{refresh}``, ``{accept}`` … named by the door."""
    return text.format_map({step.name.lower(): step for step in Step})


def speak_as_page(in_page: bool = True) -> None:
    """From now on, in this thread, messages name the page's buttons."""
    _IN_PAGE.set(in_page)


def speaks_as_page() -> bool:
    """Whether messages of this thread name the page's buttons: another process is told so."""
    return _IN_PAGE.get()
