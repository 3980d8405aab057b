"""No message names an option or a command: that is said by a Step, in the words of the door."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import reportgen
from reportgen.steps import Step, name_steps, speak_as_page
from reportgen.word.compare.findings import KINDS, Finding

PACKAGE = Path(reportgen.__file__).parent
AT_THE_TERMINAL = ("cli", "packing", "steps.py", "page/lan.py", "commands/many/cluster.py")
"""Where options are named: what is printed there is read at the terminal."""
COMMAND = re.compile(
    r"reportgen [a-z]|(?<![\w-])--?[a-z][a-z-]*"
    r"|（(?:check|build|refresh|verify|finalize|trace)）|[用先] ?(?:check|build|refresh|init)\b"
)


def iter_texts(path: Path) -> Iterator[str]:
    """The texts in Chinese of a module, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docs else None
        if isinstance(text, str) and re.search("[\u4e00-\u9fff]", text):
            yield text


def test_texts_outside_the_terminals_door_name_no_option() -> None:
    found = {
        (path.name, text)
        for path in PACKAGE.rglob("*.py")
        if not path.relative_to(PACKAGE).as_posix().startswith(AT_THE_TERMINAL)
        for text in iter_texts(path)
        if COMMAND.search(text)
    }
    assert found == set()
    assert COMMAND.search("请用 -o 换一个文件夹")
    assert COMMAND.search(str(Step.REFRESH))


def test_a_step_is_named_by_the_door() -> None:
    with ThreadPoolExecutor(1, initializer=speak_as_page) as page:
        said = page.submit(lambda: [(kind, Finding(kind, "", "", "").remedy) for kind in KINDS])
        assert [text for _, text in said.result() if COMMAND.search(text)] == []
        assert (
            page.submit(name_steps, "属实的，{accept}").result()
            == "属实的，定稿时选上“提醒都已看过”"
        )
        assert [step for step in Step if COMMAND.search(page.submit(str, step).result())] == []
    assert Finding("sentence-gone", "", "", "").remedy.endswith("定稿时加 --accept-remarks")
