"""``verify`` and Word's own charts: every change of what they say is found, none of how they look.

``python -m tests.support.chart_tampering N`` tries many more.
"""

import random
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

import reportgen
from reportgen.word.compare.findings import KINDS
from tests.support.changed_sample import sample
from tests.support.chart_tampering import HARMLESS, TAMPERINGS, found, is_missed, native
from tests.support.tampering import WP, opened


@pytest.fixture(scope="module")
def report() -> bytes:
    return native(sample())


def test_untouched_is_silent_and_valid(report: bytes, tmp_path: Path) -> None:
    assert found(report) == []
    path = tmp_path / "报告.docx"
    path.write_bytes(report)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_trace_names_the_charts_that_show_a_figure(report: bytes, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(report)
    place = reportgen.trace(path, "结果.A.件数")[-1]
    assert place.endswith("图1 议案、建议办理结果构成")
    assert (
        "图4 各部门主办议案、建议办理情况"
        in reportgen.trace(path, "部门.农业农村办公室.主办件数")[-1]
    )


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found(report: bytes, name: str) -> None:
    edited = opened(report)
    assert TAMPERINGS[name](edited, random.Random(name))
    assert not is_missed(edited.saved())


@pytest.mark.parametrize("name", HARMLESS)
def test_restyling_is_silent(report: bytes, name: str) -> None:
    edited = opened(report)
    assert HARMLESS[name](edited, random.Random(name))
    assert found(edited.saved()) == []


def test_all_kinds_are_provoked(report: bytes) -> None:
    """Here and where charts are refreshed."""
    told = set()
    for name in ("改图上的数", "改类别名", "重打标签", "只改数据表的数"):
        edited = opened(report)
        TAMPERINGS[name](edited, random.Random(name))
        told |= {each.kind for each in found(edited.saved())}
    of_charts = {kind for kind in KINDS if kind.startswith("chart-")}
    assert told >= of_charts - {
        "chart-text", "chart-words-gone", "chart-kept", "chart-sheet-renewed"
    }  # fmt: skip


def test_a_title_somebody_has_typed_is_a_reminder(report: bytes) -> None:
    edited = opened(report)
    name = "word/charts/chart1.xml"
    title = (
        b"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>2023</a:t></a:r><a:r><a:t>\xe5\xb9\xb4</a:t>"
        b"</a:r></a:p></c:rich></c:tx></c:title><c:autoTitleDeleted"
    )
    edited.parts[name] = edited.parts[name].replace(b"<c:autoTitleDeleted", title)
    assert [(each.kind, each.found) for each in found(edited.saved())] == [("chart-text", "2023年")]


def test_the_number_and_its_names_are_told(report: bytes) -> None:
    edited = opened(report)
    name = "word/charts/chart4.xml"
    edited.parts[name] = edited.parts[name].replace(
        b'<c:pt idx="1"><c:v>2</c:v>', b'<c:pt idx="1"><c:v>9</c:v>', 1
    )
    (told,) = found(edited.saved())
    assert told.kind == "chart-value"
    assert "社会事务办公室 2件，已解决或基本解决：9" in str(told).replace(
        "社会事务办公室2件", "社会事务办公室 2件"
    )
    assert "应为" in str(told)


def test_words_that_libreoffice_leaves_out_are_a_reminder(report: bytes) -> None:
    edited = opened(report)
    for about in edited.tree.iter(f"{WP}docPr"):
        about.attrib.pop("descr")
    assert {(each.kind, each.severity) for each in found(edited.saved())} == {
        ("chart-words-gone", "提醒")
    }
