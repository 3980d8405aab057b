"""Rows kept as text are what they would be as elements, also where words of them have a condition."""

from collections.abc import Sequence
from typing import Any

import pytest

from reportgen.facts.model import Fact, FiguredText
from reportgen.word.render import tree
from reportgen.word.render.fill import fill_template
from reportgen.word.render.row_cells import RowPlan, plan_rows
from reportgen.word.template.sentences import Template
from tests.support.templates import docx, fact, items, record_of, report, rows, table

LOOP = "{% for 件 in 列 %}"
ROW = [
    "{{ 件.号 }}",
    "{% if 件.措施 %}{{ 件.措施 }}。{% endif %}",
    "{% if 件.数 > 1 %}共{{ 件.数 }}个{% elif 件.急 %}{% if 件.措施 %}急：{{ 件.措施 }}{% endif %}{% else %}无{% endif %}",
    "两行：{{ 件.文 }}",
]


def text_of(figure: Fact) -> FiguredText:
    return FiguredText(("头", figure, "件\n尾"))


LISTED: list[dict[str, object]] = [
    {
        "号": "1",
        "措施": "修路",
        "急": "",
        "数": fact("件.1.数", 1),
        "文": text_of(fact("件.1.数", 1)),
    },
    {
        "号": "2",
        "措施": "",
        "急": "急",
        "数": fact("件.2.数", 1),
        "文": text_of(fact("件.2.数", 1)),
    },
    {
        "号": "3",
        "措施": "架桥\n通水",
        "急": "急",
        "数": fact("件.3.数", 3),
        "文": text_of(fact("件.3.数", 3)),
    },
    {
        "号": "4",
        "措施": "验收",
        "急": "急",
        "数": fact("件.4.数", 0),
        "文": text_of(fact("件.4.数", 0)),
    },
]


def made() -> bytes:
    shape = dict.fromkeys(LISTED[0], "")
    blank = [""] * (len(ROW) - 1)
    body = table(list("号措数文"), [LOOP, *blank], ROW, ["{% endfor %}", *blank])
    names = {"列": items(shape, *LISTED)}
    return fill_template(Template(docx(body)), report(**names), lambda _: b"")


def test_the_document_and_its_record_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    planned = list[object]()

    def plan(parts: Sequence[str | None]) -> list[RowPlan]:
        planned.append(parts)
        return plan_rows(parts)

    monkeypatch.setattr("reportgen.word.render.tree.plan_rows", plan)
    as_text = made()
    assert len(planned) == len(LISTED)  # each takes other branches
    monkeypatch.setattr(tree, "_FINISHED", ("<w:",))
    as_elements = made()
    assert len(planned) == len(LISTED)
    assert rows(as_text) == rows(as_elements)
    assert record_of(as_text) == record_of(as_elements)
    kept: Any = record_of(as_text)["made"]["body"][0]
    assert kept["rows"][3][1:] == [
        "3", "架桥\n通水。", ["共", "件.3.数", "个"], ["两行：头", "件.3.数", "件\n尾"],
    ]  # fmt: skip
