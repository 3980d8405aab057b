"""``refresh`` and ``finalize`` with Word's own charts."""

import io
import random
import zipfile

import pytest
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.excel.read.chart_sheet import read_chart_sheet
from reportgen.reports.kind import Sample
from reportgen.word.after.finalize import finalize_opened
from reportgen.word.document.model import NativeReading
from reportgen.word.document.reader import open_report, open_trees, read_content, read_report
from reportgen.word.refresh import RefreshResult, refresh_report
from tests.support.changed_sample import CHANGES, sample
from tests.support.chart_tampering import (
    C,
    book_of,
    charts,
    found,
    in_chart,
    native,
    other_value,
    recolour,
    rewrite,
    to_pie,
    write_otherwise,
)
from tests.support.tampering import WP, Report, opened

BEFORE = native(sample())
DATA = ("new_class", "one_more", "one_less", "other_department", "all_solved")


def shown(content: bytes) -> dict[str, NativeReading]:
    pictures = read_report(content).content.pictures
    return {picture.name: picture.chart for picture in pictures if picture.chart}


def refreshed(edited: Report, change: str) -> tuple[RefreshResult, bytes]:
    fresh = native(sample(CHANGES[change]))
    return refresh_report(edited.saved(), fresh), fresh


def restyled() -> Report:
    """As somebody leaves it who likes pies and other colours."""
    report, chance = opened(BEFORE), random.Random(1)
    for name in charts(report):
        root = etree.fromstring(report.parts[name])
        (to_pie if name.endswith("1.xml") else recolour)(root, chance)
        report.parts[name] = etree.tostring(root)
    return report


@pytest.mark.parametrize("change", DATA)
def test_data_are_renewed_and_looks_stay(change: str) -> None:
    before = restyled()
    done, fresh = refreshed(before, change)
    assert [each for each in done.findings if each.kind.startswith(("chart", "picture"))] == []
    now = shown(done.content)
    assert {name: each.table for name, each in now.items()} == {
        name: each.table for name, each in shown(fresh).items()
    }
    for each in now.values():
        assert read_chart_sheet(each.workbook, each.cells) == each.table
    assert [each for each in found(done.content) if each.kind.startswith("chart")] == []
    after = opened(done.content)
    assert b"pieChart" in after.parts["word/charts/chart1.xml"]
    kept = etree.fromstring(before.parts["word/charts/chart4.xml"])
    new = etree.fromstring(after.parts["word/charts/chart4.xml"])
    looks = [
        [etree.tostring(one.find(f"{C}spPr")) for one in root.iter(f"{C}ser")]
        for root in (kept, new)
    ]
    assert looks[1][: len(looks[0])] == looks[0][: len(looks[1])]


def test_a_changed_number_is_kept_and_told() -> None:
    report = opened(BEFORE)
    assert in_chart(other_value)(report, random.Random(0))
    done, _ = refreshed(report, "one_more")
    (told,) = [each for each in done.findings if each.kind == "chart-kept"]
    assert (
        shown(done.content)[told.found or told.expected].table
        == shown(report.saved())[told.found or told.expected].table
    )


def test_a_workbook_somebody_wrote_into_is_told() -> None:
    report = opened(BEFORE)

    def note(sheet: Worksheet) -> None:
        sheet["H1"] = "备注"

    rewrite(report, charts(report)[0], note)
    done, _ = refreshed(report, "one_more")
    assert [each.kind for each in done.findings if "chart" in each.kind] == ["chart-sheet-renewed"]


def test_after_libreoffice_words_and_references_come_back() -> None:
    report = opened(BEFORE)
    for about in report.tree.iter(f"{WP}docPr"):
        about.attrib.pop("descr")
    for name in charts(report):
        root = etree.fromstring(report.parts[name])
        write_otherwise(root, random.Random(0))
        for link in root.findall(f"{C}externalData"):
            root.remove(link)
        report.parts[name] = etree.tostring(root)
        report.parts.pop(book_of(name))
        report.parts.pop(name.replace("charts/", "charts/_rels/") + ".rels")
    done, _ = refreshed(report, "one_more")
    assert done.findings == []
    assert found(done.content) == []
    for each in shown(done.content).values():
        assert read_chart_sheet(each.workbook, each.cells) == each.table


def all_satisfied(case: Sample) -> None:
    """Ratings of one sort are not worth a chart."""
    for rows in case.returns.values():
        for each in rows["办理情况"]:
            each.update(  # type: ignore[attr-defined]
                {"满意度（办理结果）": "满意"}
                if "满意度（办理结果）" in each
                else {"满意度": "满意"}
            )


def test_a_chart_that_comes_in_brings_its_workbook() -> None:
    before = native(sample(all_satisfied))
    assert "图.满意度" not in shown(before)
    done = refresh_report(before, BEFORE)
    assert shown(done.content).keys() == shown(BEFORE).keys()
    assert found(done.content) == []
    for each in shown(done.content).values():
        assert read_chart_sheet(each.workbook, each.cells) == each.table


def test_final_copy_shows_the_charts_and_carries_no_workbook() -> None:
    copy = finalize_opened(open_report(BEFORE))
    final = copy.to_bytes()
    with zipfile.ZipFile(io.BytesIO(final)) as archive:
        names = archive.namelist()
        assert b"externalData" not in b"".join(map(archive.read, names))
    assert len([name for name in names if name.startswith("word/charts/chart")]) == 4
    assert [name for name in names if "embeddings" in name] == []
    package, trees, labels = open_trees(final)
    tables = [picture.chart for picture in read_content(package, trees, labels).pictures]
    assert [each.table for each in tables if each] == [
        each.table for each in shown(BEFORE).values()
    ]
    assert copy.find_left_over() == []
