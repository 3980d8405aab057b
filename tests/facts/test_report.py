"""The finished report of the sample, as the people who receive it see it."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

import reportgen
from reportgen.commands.folder.template import EDITION, make_default_template
from reportgen.excel.write import forms
from reportgen.reports import KINDS
from tests.conftest import Convert, Lay

KIND = KINDS[0]
NAME = "永安镇2024年度人大代表建议办理情况的报告.docx"


@pytest.fixture(scope="module")
def folder(lay_sample: Lay, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_sample(tmp_path_factory.mktemp("永安镇2024"))


@pytest.fixture(scope="module")
def report(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    built = reportgen.build(folder, tmp_path_factory.mktemp("output"))
    assert built.document is not None
    assert built.document.path.name == NAME
    return built.document.path.read_bytes()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def audit(content: bytes, folder: Path, name: str) -> list[str]:
    path = folder / name
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def test_an_independent_validator_finds_nothing(report: bytes, tmp_path: Path) -> None:
    assert audit(report, tmp_path, "报告.docx") == []
    assert audit(make_default_template(KIND), tmp_path, "模板.docx") == []


def test_the_folder_s_own_template_gives_the_same_report(
    folder: Path, report: bytes, tmp_path: Path
) -> None:
    (folder / "报告模板.docx").rename(folder / "另一个.docx")
    try:
        built = reportgen.build(folder, tmp_path)
    finally:
        (folder / "另一个.docx").rename(folder / "报告模板.docx")
    assert built.document is not None
    assert built.document.path.read_bytes() == report


def test_same_input_same_bytes_wherever_and_whenever(
    folder: Path, report: bytes, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "别处" / "永安镇"
    elsewhere.mkdir(parents=True)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            target = elsewhere / path.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    subprocess.run(
        [sys.executable, "-m", "reportgen", "build", str(elsewhere), "-o", str(tmp_path / "out")],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
    )
    assert parts((tmp_path / "out" / NAME).read_bytes()) == parts(report)
    assert (tmp_path / "out" / NAME).read_bytes() == report


def test_fonts_are_named_and_no_theme_decides(report: bytes) -> None:
    for name, content in parts(report).items():
        if name.startswith("word/") and name.endswith(".xml"):
            assert b"Theme=" not in content, name
    styles = parts(report)["word/styles.xml"].decode()
    for font in ("仿宋", "黑体", "楷体", "小标宋"):
        assert font in styles


def test_pages_as_libreoffice_shows_them(
    folder: Path,
    tmp_path: Path,
    convert: Convert,
    pdf_text: Callable[[bytes, Path], str],
) -> None:
    """A full page of a long 综述: 22 lines of 28 characters; page numbers outside."""
    prose = "".join(islice(cycle("认真办理代表建议"), 28 * 22 * 4))
    themes = [{**KIND.sample.register["专题"][0], "办理综述": prose}]
    rows = {**KIND.sample.register, "专题": [*themes, *KIND.sample.register["专题"][1:]]}
    for path in folder.rglob("*.xlsx"):
        target = tmp_path / path.relative_to(folder)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    register = forms.write_form(KIND.register, rows=rows, created=EDITION)
    (tmp_path / "建议台账.xlsx").write_bytes(register)
    built = reportgen.build(tmp_path, tmp_path)
    assert built.document is not None
    pdf = convert(built.document.path.read_bytes(), "docx", "pdf")
    pages = pdf_text(pdf, tmp_path).split("\f")[:-1]
    full = [page.split() for page in pages if "".join(page.split()).count("代表建议") >= 76]
    assert len(full) >= 2
    for page in full:
        assert [len(line) for line in page if len(line) > 5] == [28] * 22
    for number, text in enumerate(pages, 1):
        foot = next(each for each in text.splitlines() if re.search(rf"— *{number} *—", each))
        assert (foot.index("—") > 20) == (number % 2 == 1)
