"""A chart is known again however Word compresses it, and is not taken for another one."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

import reportgen
from reportgen.charts.kinds import Chart
from reportgen.charts.likeness import is_same_chart, make_print
from reportgen.charts.render import render
from reportgen.reports import KINDS
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.reader import read_report
from tests.support.small_report import dot
from tests.support.tampering import WP, Report, opened
from tests.support.templates import PNG, W
from tests.word.refresh.test_refresh import ALL_DONE, after

DPI = 220


@pytest.fixture(scope="module")
def charts(sample_folder: Path) -> list[Chart]:
    """Those of the sample."""
    report = KINDS[0].report(reportgen.check(sample_folder).dataset)
    group = report.names["图"]
    assert isinstance(group, dict)
    return [chart for chart in group.values() if isinstance(chart, Chart)]


def compressed(png: bytes, dpi: int, kind: str = "JPEG", quality: int = 70) -> bytes:
    """As “compress pictures” leaves it."""
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    size = (round(image.width * dpi / DPI), round(image.height * dpi / DPI))
    made = io.BytesIO()
    paper.convert("RGB").resize(size, Image.Resampling.BICUBIC).save(made, kind, quality=quality)
    return made.getvalue()


def with_one_digit_changed(chart: Chart) -> Iterator[Chart]:
    """Each number printed on it in turn with its first digit another one, the marks as they are."""
    for at, series in enumerate(chart.series):
        for place, fact in enumerate(series.facts):
            other = {"1": "2", "2": "3", "3": "8", "5": "6", "6": "8", "7": "1", "8": "6", "0": "9"}
            text = other.get(fact.text[0], "4") + fact.text[1:]
            facts = list(series.facts)
            facts[place] = dataclasses.replace(fact, text=text)
            changed = list(chart.series)
            changed[at] = dataclasses.replace(series, facts=facts)
            yield dataclasses.replace(chart, series=changed)


def test_a_compressed_chart_is_the_same(charts: list[Chart]) -> None:
    for chart in charts:
        png = render(chart)
        for dpi, kind, quality in (
            (96, "JPEG", 50),
            (150, "JPEG", 75),
            (150, "PNG", 0),
            (220, "JPEG", 60),
        ):
            assert is_same_chart(make_print(png), compressed(png, dpi, kind, quality)), (
                chart.key,
                dpi,
            )


def test_one_digit_makes_it_another(charts: list[Chart]) -> None:
    count = 0
    for chart in charts[:2]:
        for other in with_one_digit_changed(chart):
            picture = render(other)
            if picture == render(chart):  # a nought that is not printed
                continue
            count += 1
            assert not is_same_chart(make_print(render(chart)), picture)
            assert not is_same_chart(make_print(render(chart)), compressed(picture, 96))
    assert count > 5


def test_what_is_no_picture_or_cropped_is_none(charts: list[Chart]) -> None:
    png = render(charts[0])
    image = Image.open(io.BytesIO(png))
    cropped = io.BytesIO()
    image.crop((0, 0, image.width * 9 // 10, image.height)).save(cropped, "PNG")
    assert not is_same_chart(make_print(png), cropped.getvalue())
    for content in (b"", b"abc", png[:500], PNG):
        assert not is_same_chart(make_print(png), content)


def compress_all(report: Report) -> None:
    """All pictures as JPEGs of 150 dpi under the names they have."""
    report.parts |= {
        name: compressed(content, 150) for name, content in report.parts.items()
        if name.endswith(".png")
    }  # fmt: skip


def name_all_alike(report: Report) -> None:
    for about in report.tree.iter(f"{WP}docPr"):
        about.set("name", "图片 1")


def paste_another_of_the_same_name(report: Report) -> None:
    """A seal whose name is that of a chart."""
    drawing = next(report.tree.iter("{*}drawing"))
    xml = etree.tostring(drawing.getparent()).replace(b'descr="', b'descr="seal ')
    links = report.parts["word/_rels/document.xml.rels"]
    seal = b'<Relationship Id="seal" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/seal.png"/>'
    report.parts["word/_rels/document.xml.rels"] = links.replace(
        b"</Relationships>", seal + b"</Relationships>"
    )
    report.parts["word/media/seal.png"] = PNG
    copy = etree.fromstring(xml)
    next(copy.iter("{*}blip")).set(
        "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed", "seal"
    )
    drawing.getparent().getparent().addprevious(etree.fromstring(f'<w:p xmlns:w="{W}"/>'))
    drawing.getparent().getparent().getprevious().append(copy)


@pytest.mark.parametrize(
    "edit",
    [compress_all, name_all_alike, paste_another_of_the_same_name],
    ids=lambda edit: edit.__name__,
)
def test_verify_raises_nothing(sample_report: bytes, edit: Callable[[Report], None]) -> None:
    report = opened(sample_report)
    edit(report)
    assert report.saved() != sample_report
    assert verify_report(read_report(report.saved())) == []


def test_two_charts_exchanged_are_told(sample_report: bytes) -> None:
    report = opened(sample_report)
    one, other = [name for name in report.parts if name.endswith(".png")][:2]
    report.parts[one], report.parts[other] = report.parts[other], report.parts[one]
    assert {each.kind for each in verify_report(read_report(report.saved()))} == {"picture-words"}
    report.parts[one] = report.parts[other]
    assert "picture-gone" in {each.kind for each in verify_report(read_report(report.saved()))}


def test_a_compressed_chart_is_drawn_anew() -> None:
    done = after(ALL_DONE, compress_all)
    assert done.findings == []
    assert [each.image for each in read_report(done.content).content.pictures] == [dot(3)]
    assert verify_report(read_report(done.content)) == []
