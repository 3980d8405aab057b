"""python-docx makes the template and puts in what a program adds; checking does without it."""

import datetime as dt
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest

from reportgen.word.render.fill import fill_template
from reportgen.word.template import gongwen
from reportgen.word.template.sentences import Template
from tests.support.templates import PNG, Chart, p, report
from tests.support.templates import docx as template

BLOCKED = """
import sys
sys.modules["docx"] = None
sys.argv = ["reportgen", *{arguments!r}]
from reportgen.cli.commands import main
main()
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command on a machine without python-docx."""
    code = BLOCKED.format(arguments=list(arguments))
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_a_report_is_not_built_without_it_and_a_check_is(
    sample_folder: Path, tmp_path: Path
) -> None:
    assert run("check", str(sample_folder), "-o", str(tmp_path)).returncode == 0
    built = run("build", str(sample_folder), "-o", str(tmp_path))
    assert "No module named 'docx" in built.stderr
    assert not list(tmp_path.glob("*.docx"))


def test_it_finds_our_styles_sections_and_footers_in_the_template() -> None:
    made = docx.Document(
        BytesIO(gongwen.build_template("# 甲\n=== 横排\n#@ 附件1", date=dt.date(2025, 1, 15)))
    )
    assert made.styles["公文标题"].font.size.pt == 22
    assert made.paragraphs[0].style.name == "公文标题"
    assert [section.page_width.twips for section in made.sections] == [11906, 16838]
    assert made.sections[0].footer.paragraphs[0].text == "— 1 —"
    properties = made.core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")


@pytest.mark.parametrize("lines", [["{{ 图.甲 }}"], ["前", "{{ 图.甲 }}", "{{ 图.甲 }}"]])
def test_it_finds_the_charts_in_a_report(lines: list[str]) -> None:
    names = {"图": {"甲": Chart("图.甲", "题", "说明")}}
    made = docx.Document(
        BytesIO(fill_template(Template(template(*map(p, lines))), report(**names), lambda _: PNG))
    )
    shapes = made.inline_shapes
    assert len(shapes) == sum("图" in line for line in lines)
    assert {shape._inline.docPr.name for shape in shapes} == {"图.甲"}
    images = [part for part in made.part.package.iter_parts() if "image" in part.content_type]
    assert [part.blob for part in images] == [PNG]
