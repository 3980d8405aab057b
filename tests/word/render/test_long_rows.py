"""Rows set aside are what they would be as elements, also where words of them have a condition."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from lxml import etree

from reportgen.facts.model import Fact, FiguredText
from reportgen.word.render import tree
from reportgen.word.render.fill import fill_template
from reportgen.word.render.row_cells import RowPlan, plan_rows
from reportgen.word.template.sentences import Template
from tests.support.templates import (
    Chart,
    W,
    docx,
    fact,
    items,
    p,
    part,
    record_of,
    report,
    rows,
    table,
)

LOOP = "{% for 件 in 列 %}"
CHART = Chart("图.结果", "各类件数", "A类1件")
ROW = [
    "{{ 件.号 }}",
    "{% if 件.措施 %}{{ 件.措施 }}。{% endif %}",
    "{% if 件.数 > 1 %}共{{ 件.数 }}个{% elif 件.急 %}{% if 件.措施 %}急：{{ 件.措施 }}{% endif %}{% else %}无{% endif %}",
    "两行：{{ 件.文 }}",
]


def text_of(figure: Fact) -> FiguredText:
    return FiguredText(("头", figure, "件\n尾"))


def item(number: int, step: str, urgent: str, count: int) -> dict[str, object]:
    figure = fact(f"件.{number}.数", count)
    return {"号": str(number), "措施": step, "急": urgent, "数": figure, "文": text_of(figure)}


LISTED = [
    item(1, "修路", "", 1),
    item(2, "", "急", 1),
    item(3, "架桥\n通水", "急", 3),
    item(4, "验收<&>\t移交", "急", 0),
]
OTHERS = {
    "the first cell": ["{% if 件.措施 %}{{ 件.号 }}{% else %}{{ 件.号 }}号{% endif %}", "{{ 件.措施 }}", "", ""],
    "the first cell at times": ["{% if 件.措施 %}{{ 件.号 }}{% endif %}", "{{ 件.措施 }}", "", ""],
    "paragraphs": ["{{ 件.号 }}", p("{% if 件.措施 %}") + p("{{ 件.措施 }}") + p("{% endif %}") + p("止"), "", ""],
    "paragraphs of the first cell": [
        p("{% if 件.措施 %}") + p("{{ 件.措施 }}") + p("{% endif %}") + p("{{ 件.号 }}"), "甲", "", "",
    ],
}  # fmt: skip


@cache
def template(*row: str) -> bytes:
    """Made once: a zip tells the time."""
    blank = [""] * (len(ROW) - 1)
    second = ["{{ 件.号 }}"] * len(ROW)
    end = ["{% endfor %}", *blank]
    return docx(table(list("号措数文"), [LOOP, *blank], row, second, end))


def made(row: Sequence[str] = ROW) -> bytes:
    names = {"列": items(dict.fromkeys(LISTED[0], ""), *LISTED)}
    return fill_template(Template(template(*row)), report(**names), lambda _: b"")


def seen(document: bytes) -> tuple[bytes, object]:
    """What stands in a document, however it is written, and its record."""
    return etree.tostring(part(document), method="c14n"), record_of(document)


def test_the_document_and_its_record_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    planned = list[object]()

    def plan(parts: Sequence[str | None]) -> list[RowPlan]:
        planned.append(parts)
        return plan_rows(parts)

    monkeypatch.setattr("reportgen.word.render.tree.plan_rows", plan)
    set_aside = made()
    assert len(planned) == len(LISTED)  # each takes other branches
    monkeypatch.setattr(tree, "_FINISHED", ("<w:",))
    as_elements = made()
    assert len(planned) == len(LISTED)
    assert seen(set_aside) == seen(as_elements)
    kept: Any = record_of(set_aside)["made"]["body"][0]
    assert kept["rows"][5][1:] == [
        "3", "架桥\n通水。", ["共", "件.3.数", "个"], ["两行：头", "件.3.数", "件\n尾"],
    ]  # fmt: skip


@pytest.mark.parametrize("row", OTHERS.values(), ids=OTHERS)
def test_other_conditions_in_a_row_give_the_same(
    row: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = seen(made(row))
    monkeypatch.setattr(tree, "_FINISHED", ("<w:",))
    assert found == seen(made(row))


def test_rows_with_a_chart_are_elements_and_show_it() -> None:
    charts = items({"号": "", "图": ""}, *({"号": number, "图": CHART} for number in "12"))
    body = table([LOOP, ""], ["{{ 件.号 }}", "{{ 件.图 }}"], ["{% endfor %}", ""])
    document = fill_template(Template(docx(body)), report(列=charts), lambda _: b"")
    assert rows(document) == [["1", "图1 各类件数"], ["2", "图2 各类件数"]]
    kept: Any = record_of(document)["made"]["body"][0]
    assert [row[1:] for row in kept["rows"]] == rows(document)


def test_fixed_words_count_where_a_row_holds_a_long_text() -> None:
    about = '<w:tr><w:trPr><w:trHeight w:val="1"/></w:trPr>'
    body = table([LOOP], ["长" * 199 + "{{ 件.号 }}"], ["{% endfor %}"]).replace("<w:tr>", about)
    listed = items({"号": ""}, {"号": "1"}, {"号": "12"})
    document = part(fill_template(Template(docx(body)), report(列=listed), lambda _: b""))
    whole = [row.find(f".//{{{W}}}cantSplit") is not None for row in document.iter(f"{{{W}}}tr")]
    assert whole == [True, False]
