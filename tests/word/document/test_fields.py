"""Live fields, bookmarks and the record: what lets a report be checked after editing."""

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

from lxml import etree

from reportgen import __version__
from reportgen.facts.model import Cells, Fact, Facts, FiguredText, Origin
from reportgen.facts.report import Report
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentences import Template
from tests.support.templates import (
    PNG,
    W,
    docx,
    fact,
    items,
    lines,
    p,
    part,
    r,
    record_of,
    report,
    shown,
    table,
)

SHARE = Fact(
    "建议.占比",
    Decimal("86.0"),
    "86.0%",
    "",
    Origin(
        "解决件数除以件数", "占比", (Cells("台账.xlsx", "建议台账", "I", ((3, 9), (12, 12))),),
        ("建议.解决", "建议.件数"), (Cells("台账.xlsx", "建议台账", "I", ((3, 20),)),), ("A",), "凑整",
    ),
    "建议.件数",
    "解决的占比",
)  # fmt: skip
TOTAL = fact("建议.件数", 984)
NAMES = {
    "建议": {"占比": SHARE, "件数": TOTAL},
    "综述": FiguredText(("修路", fact("修路.公里", 15), "公里\n架桥", fact("架桥.座数", 2), "座")),
    "部门列表": items(
        {"名称": "", "事项": {"标题": "", "数": ""}},
        {"名称": "农业办", "事项": items({"标题": "", "数": ""}, {"标题": "修路", "数": fact("修路.件", 1)})},
        {"名称": "经济办", "事项": items({"标题": "", "数": ""}, {"标题": "架桥", "数": fact("架桥.件", 3)})},
    ),
}  # fmt: skip
REPORT = Report(
    "办理情况的报告", "永安镇人民政府", dt.date(2025, 1, 6), NAMES,
    Facts({each.key: each for each in (SHARE, TOTAL)}), {"修路": "标题"},
)  # fmt: skip
BOLD = '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>'


def filled(*body: str, **parts: str) -> bytes:
    return fill_template(Template(docx(*body, **parts)), REPORT, lambda _: PNG)


def properties(document: bytes) -> dict[str, str]:
    """The custom properties, by name."""
    root = part(document, "docProps/custom.xml")
    return {str(each.get("name")): "".join(each.itertext()) for each in root}


def instructions(document: bytes, name: str = "word/document.xml") -> list[str]:
    return [(each.text or "").strip() for each in part(document, name).iter(f"{{{W}}}instrText")]


def test_a_fact_is_five_runs_of_equal_looks() -> None:
    document = filled(f"<w:p>{r('共{{ 建议.件数 }}件', BOLD)}</w:p>")
    runs = list(part(document).iter(f"{{{W}}}r"))
    kinds = [[etree.QName(child).localname for child in run] for run in runs]
    assert kinds == [
        ["rPr", "t"], ["rPr", "fldChar"], ["rPr", "instrText"], ["rPr", "fldChar"], ["rPr", "t"],
        ["rPr", "fldChar"], ["rPr", "t"],
    ]  # fmt: skip
    assert len({etree.tostring(run[0]) for run in runs[1:6]}) == 1
    looks = [etree.QName(each).localname for each in runs[1][0]]
    assert looks == ["b", "noProof", "sz", "lang"]  # no line breaks within a number
    assert instructions(document) == [r'DOCPROPERTY "建议.件数" \* MERGEFORMAT']
    steps = [run[1].get(f"{{{W}}}fldCharType") for run in runs if run[1].tag == f"{{{W}}}fldChar"]
    assert steps == ["begin", "separate", "end"]
    assert shown(runs[4]) == "984"


def test_every_fact_is_a_field_and_a_property_in_order_of_first_use() -> None:
    document = filled(
        p("{{ 综述 }}"), p("{{ 建议.件数 | 中文数字 }}、{{ 建议.件数 }}、{{ 建议.件数 }}"), footer=p("{{ 建议.占比 }}")
    )  # fmt: skip
    assert list(properties(document).items()) == [
        ("修路.公里", "15"), ("架桥.座数", "2"), ("建议.件数|中文数字", "九百八十四"), ("建议.件数", "984"),
        ("建议.占比", "86.0%"),
    ]  # fmt: skip
    root = part(document, "docProps/custom.xml")
    assert [each.get("pid") for each in root] == ["2", "3", "4", "5", "6"]
    assert len(instructions(document)) == 5
    assert instructions(document, "word/footer.xml") == [r'DOCPROPERTY "建议.占比" \* MERGEFORMAT']


def test_a_report_without_facts_has_no_properties() -> None:
    with zipfile.ZipFile(io.BytesIO(filled(p("正文")))) as archive:
        assert "docProps/custom.xml" not in archive.namelist()


def test_the_record_tells_where_figures_come_from() -> None:
    template = docx(p("{{ 建议.件数 | 中文数字 }}"))
    record = record_of(fill_template(Template(template), REPORT, lambda _: PNG))
    assert list(record["facts"]) == ["建议.占比", "建议.件数", "建议.件数|中文数字"]
    assert record["facts"]["建议.占比"] == {
        "key": "建议.占比",
        "value": "86.0",
        "text": "86.0%",
        "unit": "",
        "base": "建议.件数",
        "meaning": "解决的占比",
        "source": {
            "rule": "解决件数除以件数",
            "method": "占比",
            "cells": [
                {
                    "file": "台账.xlsx",
                    "sheet": "建议台账",
                    "column": "I",
                    "rows": [[3, 9], [12, 12]],
                }
            ],
            "facts": ["建议.解决", "建议.件数"],
            "among": [{"file": "台账.xlsx", "sheet": "建议台账", "column": "I", "rows": [[3, 20]]}],
            "equals": ["A"],
            "note": "凑整",
        },
    }
    derived = record["facts"]["建议.件数|中文数字"]
    assert (derived["value"], derived["source"]["facts"]) == (984, ["建议.件数"])
    assert record["template"] == hashlib.sha256(template).hexdigest()
    assert record["tool"] == __version__


def marked(document: bytes) -> list[tuple[str | None, str]]:
    """Each of our bookmarks with the text of its paragraph; it must lie within one paragraph."""
    found: list[tuple[str | None, str]] = []
    for start in part(document).iter(f"{{{W}}}bookmarkStart"):
        paragraph = start.getparent()
        ends = [each.get(f"{{{W}}}id") for each in paragraph.findall(f"{{{W}}}bookmarkEnd")]
        assert start.get(f"{{{W}}}id") in ends
        found.append((start.get(f"{{{W}}}name"), shown(paragraph)))
    return found


BLOCKS = [
    p("首段"),
    p("{% for 门 in 部门列表 %}"),
    p("部门：{{ 门.名称 }}"),
    table(
        ["标题", "件数"],
        ["{% for 事 in 门.事项 %}", ""],
        ["{{ 事.标题 }}", "{{ 事.数 }}"],
        ["{% endfor %}", ""],
    ),
    p("{% if loop.last %}"),
    p("{{ 综述 }}"),
    p("{% else %}"),
    p("{% if 门.名称 %}未完{% endif %}"),
    p("{% endif %}"),
    p("{% endfor %}"),
    p("末段"),
]


def test_what_blocks_made_is_marked_and_mapped() -> None:
    document = filled(*BLOCKS)
    record = record_of(document)
    assert record["regions"] == [
        {"place": "正文第2段", "tag": "{% for 门 in 部门列表 %}"},
        {"place": "第1张表第2行第1列", "tag": "{% for 事 in 门.事项 %}"},
        {"place": "正文第4段", "tag": "{% if loop.last %}"},
    ]
    texts = dict(marked(document))
    assert [(texts[name], *mark.values()) for name, mark in record["marks"].items()] == [
        ("部门：农业办", 0, ["农业办"], 0),
        ("标题", 0, ["农业办"], 1),
        ("修路", 1, ["农业办", "修路"], 0),
        ("未完", 2, ["农业办"], 1),
        ("部门：经济办", 0, ["经济办"], 0),
        ("标题", 0, ["经济办"], 1),
        ("架桥", 1, ["经济办", "架桥"], 0),
        ("修路15公里", 2, ["经济办"], 0),
        ("架桥2座", 2, ["经济办"], 0, 1),
    ]
    assert list(record["marks"]) == [f"rg_{number}" for number in range(1, 10)]


def test_a_finished_report_can_serve_as_a_template_again() -> None:
    first = filled(*BLOCKS, p("{{ 建议.件数 }}"))
    again = fill_template(Template(first), report(年=fact("年.件数", 7)), lambda _: PNG)
    assert lines(again) == lines(first)
    record = record_of(again)
    assert (record["marks"], list(record["facts"])) == ({}, ["年.件数"])
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        names = archive.namelist()
    assert [name for name in names if name.startswith("customXml/item")] == [
        "customXml/item1.xml", "customXml/itemProps1.xml",
    ]  # fmt: skip
    assert "docProps/custom.xml" not in names


def with_property(name: str, *body: str, tag: str = "") -> bytes:
    """A template that has a property of this name, put there by another program, and a tag."""
    made = fill_template(Template(docx(*body)), report(制=fact("制作", 1)), lambda _: PNG)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    foreign = contents["docProps/custom.xml"].replace("制作".encode(), name.encode())
    body_part = contents["word/document.xml"].replace("标签处".encode(), tag.encode())
    changed = {"docProps/custom.xml": foreign, "word/document.xml": body_part}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part_name, content in (contents | changed).items():
            archive.writestr(part_name, content)
    return buffer.getvalue()


def test_properties_of_the_template_stay() -> None:
    template = with_property("KSOProductBuildVer", p("{{ 制 }}"))
    # the template has no tag, so nothing but its own property is left
    document = fill_template(Template(template), REPORT, lambda _: PNG)
    assert properties(document) == {"KSOProductBuildVer": "1"}


def test_a_property_gives_way_to_a_figure_whose_name_differs_only_in_capitals() -> None:
    """Word takes KSO and kso for one property, and would show the first."""
    template = with_property("KSO", p("{{ 制 }}标签处"), tag="{{ kso }}")
    assert properties(template) == {"KSO": "1"}
    document = fill_template(Template(template), report(kso=fact("kso", 7)), lambda _: PNG)
    assert properties(document) == {"kso": "7"}


def test_libreoffice_keeps_fields_bookmarks_and_record(
    convert: Callable[[bytes, str, str], bytes],
) -> None:
    document = filled(
        *BLOCKS,
        table(["{{ 建议.件数 }}"]),
        p("{{ 建议.件数 | 中文数字 }}"),
        header=p("共{{ 建议.占比 }}"),
    )
    saved = convert(document, "docx", "docx")
    assert record_of(saved) == record_of(document)
    assert properties(saved) == properties(document)
    assert marked(saved) == marked(document)

    def keys(content: bytes, name: str) -> list[str]:
        return [text.split('"')[1] for text in instructions(content, name) if '"' in text]

    assert keys(saved, "word/document.xml") == keys(document, "word/document.xml")
    header = next(name for name in _names(saved) if name.startswith("word/header"))
    assert [text for text in lines(saved, header) if text] == ["共86.0%"]
    assert [text for text in lines(saved) if text] == [text for text in lines(document) if text]


def _names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()
