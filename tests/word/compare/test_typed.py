"""What people type into a live report, held against its figures: of any trade, here of forestry."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reportgen.facts.model import Cells, Fact, Facts, Origin
from reportgen.word.compare.findings import Finding
from reportgen.word.compare.typed.arithmetic import is_explained
from reportgen.word.compare.typed.bound_figures import BoundFigures
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.model import Content
from reportgen.word.document.reader import read_report
from reportgen.word.refresh import refresh_report
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentences import Template
from tests.support.editing import parsed, prose
from tests.support.tampering import opened
from tests.support.templates import docx, p, r, report

COUNTS = {
    "地块.总数": 236, "验收.块数": 218, "按期验收.块数": 205, "补植.块数": 31, "逾期验收.块数": 13, "未验收.块数": 18,
    "林场.青龙山林场.块数": 97, "林场.大河林场.块数": 139,
}  # fmt: skip
SHARES = {
    "验收.占比": ("验收.块数", "地块.总数"), "按期验收.占比": ("按期验收.块数", "验收.块数"),
    "补植.占比": ("补植.块数", "地块.总数"), "抽检.占比": ("抽检.块数", "验收.块数"),
}  # fmt: skip
TEMPLATE = docx(
    p("一、总体情况"),
    p("全年造林地块共{{ 地块.总数 }}块，已验收{{ 验收.块数 }}块，占地块总数的{{ 验收.占比 }}，按期验收率{{ 按期验收.占比 }}。"),
    p("青龙山林场造林{{ 林场.青龙山林场.块数 }}块，大河林场造林{{ 林场.大河林场.块数 }}块。"),
    p("下一步，继续抓好管护。"),
)  # fmt: skip


def count(key: str, value: int) -> Fact:
    cells = Cells("造林.xlsx", "地块", "B", ((2, value + 1),))
    return Fact(key, value, str(value), "块", Origin(f"{key}的块数", "计件", (cells,)))


def made(**changed: int) -> bytes:
    counts = (
        COUNTS
        | {"抽检.块数": COUNTS["验收.块数"]}
        | {key.replace("_", "."): value for key, value in changed.items()}
    )
    facts = {key: count(key, value) for key, value in counts.items()}
    for key, (part, base) in SHARES.items():
        share = Decimal(f"{100 * counts[part] / counts[base]:.1f}")
        if key == "补植.占比":
            share += Decimal("0.2")  # adjusted, so that shares make 100
        origin = Origin(f"{part}占{base}的百分比", "占比", facts=(part, base))
        facts[key] = Fact(key, share, f"{share}%", "%", origin, base)
    tree: dict[str, Any] = {}
    for key, fact in facts.items():
        *path, last = key.split(".")
        here = tree
        for name in path:
            here = here.setdefault(name, {})
        here[last] = fact
    whole = replace(report(**tree), facts=Facts(facts))
    return fill_template(Template(TEMPLATE), whole, lambda _: b"")


def typed(text: str, content: bytes | None = None) -> bytes:
    """The report with a text at its end."""
    it = opened(content or made())
    prose(it)[-1].append(parsed(r(text))[0])
    return it.saved()


def told(text: str) -> list[Finding]:
    return verify_report(read_report(typed(text)))


@pytest.mark.parametrize(
    "text",
    [
        "全年造林地块共236块，其中青龙山林场97块、大河林场139块。",
        "已验收218块，占地块总数的92.4%，按期验收205块。",
        "已验收地块二百一十八块，占92%。",
        "按期验收率94.0%，也就是按期验收205块，占验收块数的94.04%。",
        "按期验收的占地块总数的86.9%。",
        "补植31块，占验收块数的14.2%。",
        "未验收18块。",
        "验收的全部抽检。",
    ],
)
def test_what_the_figures_say_as_well_is_no_remark(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("已验收281块。", "验收.块数", "218块（造林.xlsx“地块”B2:B219），似有两个数字颠倒"),
        ("已验收219块。", "验收.块数", "似有一个数字写错"),
        ("全年造林地块共2360块。", "地块.总数", "小数点或位数"),
        (
            "已验收218块，占92.3%。",
            "验收.占比",
            "92.4%（验收.块数＝218、地块.总数＝236），似为截尾",
        ),
        ("补植31块，占地块总数的13.2%。", "补植.占比", "末位不符"),
        ("按期验收率86.9%。", "按期验收.占比", "似为按“地块.总数”算的"),
        ("按期验收率49.0%。", "按期验收.占比", "似有两个数字颠倒"),
        ("青龙山林场造林79块。", "林场.青龙山林场.块数", "97块"),
        (
            "青龙山林场造林139块，大河林场造林97块。",
            "林场.青龙山林场.块数",
            "与旁边的一个数写颠倒了",
        ),
    ],
)
def test_one_slip_from_a_figure_is_an_error_that_names_it(text: str, key: str, said: str) -> None:
    errors = [each for each in told(text) if each.severity == "错误"]
    assert {each.kind for each in errors} == {"figure-mistyped"}
    assert errors[0].key == key
    assert said in errors[0].expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("地块全部验收。", "验收.占比"), ("验收地块均按期验收。", "按期验收.占比"), ("没有逾期验收的地块。", "逾期验收.块数"),
        ("地块218块均按期验收。", "按期验收.占比"),
    ],
)  # fmt: skip
def test_a_claim_is_held_against_the_figure_that_decides_it(text: str, key: str) -> None:
    assert ("claim-false", key) in {(each.kind, each.key) for each in told(text)}


@pytest.mark.parametrize(
    "text",
    [
        "上半年验收217块。", "去年验收281块。", "其中青龙山林场验收219块。", "国有林场已验收219块。", "平均每个林场验收217块。",
        "计划补植32块。", "没有验收的地块要抓紧。", "青龙山林场全部按期验收。", "走访群众218户。", "已验收约220块。",
        "补植的全部成活。", "目前全部完工。", "每块地均有人管护。", "验收的重点地块12块均按期验收。",
    ],
)  # fmt: skip
def test_what_may_mean_something_else_is_no_error(text: str) -> None:
    assert all(each.severity != "错误" for each in told(text))


def test_typed_numbers_are_reckoned_with_what_stands_around() -> None:
    (wrong,) = [
        each
        for each in told("召开会议12次，按层级分：市级3次、县级5次、其他5次。")
        if each.severity == "错误"
    ]
    assert wrong.kind == "reckoning-wrong"
    assert "3+5+5=13，文中12" in wrong.found
    assert not [
        each
        for each in told("召开会议13次，按层级分：市级3次、县级5次、其他5次。")
        if each.kind.startswith("reckoning")
    ]


def test_what_any_figure_explains_is_no_contradiction() -> None:
    """31 of all 236, which are not named here, be it as worked out or as the report adjusts it."""
    for share in ("13.1", "13.3"):
        found = told(f"种植97块，落叶松31块，占{share}%。")
        assert not any(each.kind.startswith("reckoning") for each in found), share
    figures = BoundFigures(read_report(made()).record["facts"], Content())
    assert is_explained("占97块、31块，占13.3%", [(10, 15), (5, 7), (1, 3)], figures)
    assert not is_explained("占97块、31块，占35.7%", [(10, 15), (5, 7), (1, 3)], figures)


def test_refresh_tells_what_was_right_and_is_no_longer() -> None:
    edited = typed("截至目前，已验收218块，按期验收205块，走访12户。")
    findings = refresh_report(edited, made(验收_块数=225)).findings
    assert [(each.kind, each.key, each.found) for each in findings] == [
        ("figure-kept", "验收.块数", "218块"), ("number-typed", "", "12户")
    ]  # fmt: skip
    assert "225块（造林.xlsx" in findings[0].expected
    again = refresh_report(edited, made()).findings
    assert [(each.kind, each.found) for each in again] == [("number-typed", "12户")]
    edited = typed("地块全部验收。", made(验收_块数=236))
    assert [each.kind for each in refresh_report(edited, made()).findings] == ["claim-false"]
    assert refresh_report(edited, made(验收_块数=236)).findings == []
