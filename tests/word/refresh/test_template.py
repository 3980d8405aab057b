"""A report refreshed with another template: its new words come in, and the edits stay."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from pathlib import Path

import pytest

import reportgen
from reportgen.errors import ReportError
from reportgen.facts.report import Report
from reportgen.reports import KINDS
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.reader import read_report
from reportgen.word.refresh import refresh_report
from reportgen.word.render.fill import fill_template
from reportgen.word.template import gongwen
from reportgen.word.template.sentences import Template, split_wording
from tests.support.templates import PNG, docx, p

DATE = dt.date(2024, 12, 20)


@pytest.fixture(scope="module")
def report(sample_folder: Path) -> Report:
    return KINDS[0].report(reportgen.check(sample_folder).dataset)


def made(wording: str, report: Report) -> bytes:
    outline, sentences = split_wording(wording)
    template = gongwen.build_template(outline, date=DATE)
    return fill_template(Template(template, sentences), report, lambda _: PNG)


def reworded(wording: str, rng: random.Random) -> str:
    """Paragraphs left out, added and changed, wherever a paragraph may be."""
    found = []
    for line in wording.split("\n"):
        is_paragraph = line and not line.startswith(("#", "%", "|", "{", "=", "-", ":", ">", "@"))
        chance = rng.random()
        if is_paragraph and chance < 0.15:
            continue
        found.append(
            line.replace("承办部门", "各承办部门", 1) if is_paragraph and chance > 0.9 else line
        )
        if is_paragraph and 0.8 < chance < 0.9:
            found.append(f"第{rng.randint(1, 99)}句是新加的，共有{{{{ 建议.件数 }}}}件。")
    return "\n".join(found)


def shown(content: bytes) -> list[str]:
    return [each.text for each in read_report(content).content.everything if each.text.strip()]


@pytest.mark.parametrize("seed", range(8))
def test_an_unedited_report_reads_as_if_made_with_it(report: Report, seed: int) -> None:
    wording = KINDS[0].wording()
    fresh = made(reworded(wording, random.Random(seed)), report)
    done = refresh_report(made(wording, report), fresh)
    assert done.findings == []
    assert shown(done.content) == shown(fresh)
    assert verify_report(read_report(done.content)) == []
    again = refresh_report(done.content, fresh)
    assert (again.content, again.findings, dict(again.done)) == (done.content, [], {})


def test_the_template_that_made_the_report_is_known(sample_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "镇"
    shutil.copytree(sample_folder, folder)
    other = folder / "简报.docx"
    other.write_bytes(docx(p("共{{ 建议.件数 }}件。")))
    built = reportgen.build(folder, tmp_path, template=other)
    assert built.document is not None
    report = built.document.path
    with pytest.raises(ReportError, match="模板后来改过，或者当时用的是别的模板"):
        reportgen.refresh(report, folder)
    renewed = reportgen.refresh(report, folder, template=other)
    assert (renewed.findings, renewed.done) == ([], {})
    renewed = reportgen.refresh(report, folder, other_template=True)
    assert renewed.done["added"] > 30
    (folder / "报告模板.docx").unlink()
    with pytest.raises(ReportError, match="没有报告模板，现在用的会是内置的模板"):
        reportgen.refresh(report, folder)
