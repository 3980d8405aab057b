"""Text of a template that nobody sees, though it stands in every report made from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from reportgen.cli.commands import commands
from reportgen.commands.folder.template import make_default_template
from reportgen.commands.kinds import kind_named
from reportgen.word.after.carried_along import find_unseen_text
from tests.support.templates import docx

SEEN = "<w:r><w:t>看得见</w:t></w:r>"


def run(text: str, looks: str) -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    "looks",
    ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:color w:val="FEFEFE"/>', '<w:sz w:val="2"/>'],
)
def test_hidden_white_and_tiny_text_is_found(looks: str) -> None:
    content = docx(f"<w:p>{SEEN}{run('内部底稿', looks)}</w:p>")
    assert find_unseen_text(content) == [("正文", "内部底稿")]


@pytest.mark.parametrize(
    "looks",
    [
        '<w:vanish w:val="0"/>', '<w:color w:val="808080"/>', '<w:sz w:val="18"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3A5F"/>',
    ],
)  # fmt: skip
def test_what_is_seen_is_not_told(looks: str) -> None:
    assert find_unseen_text(docx(f"<w:p>{run('看得见', looks)}</w:p>")) == []


def test_the_built_in_template_has_none() -> None:
    assert find_unseen_text(make_default_template(kind_named())) == []


def test_it_is_said_when_a_report_is_built(own_sample: Path, tmp_path: Path) -> None:
    template = tmp_path / "模板.docx"
    template.write_bytes(docx(f"<w:p>{SEEN}{run('内部底稿，勿外传', '<w:vanish/>')}</w:p>"))
    done = CliRunner().invoke(commands, ["build", str(own_sample), "--template", str(template)])
    assert done.exit_code == 0, done.output
    assert "看不见的文字" in done.output
    assert "  · 正文“内部底稿，勿外传”" in done.output
