"""Words taken out of a paragraph, however its runs divide them and whatever stands around them."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from reportgen.word.after.cut_words import Cut, cut_words
from reportgen.word.xml.wml import W

RUBY = (
    "<w:r><w:ruby><w:rt><w:r><w:t>{reading}</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>{text}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)


def find_name(text: str) -> list[Cut]:
    """王小明, with whatever blank stands in it."""
    return [Cut(found.start(), found.end(), "人名") for found in re.finditer("王[ ]?小明", text)]


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        ("<w:r><w:t>请王</w:t></w:r><w:r><w:t>小明来</w:t></w:r>", "请来"),
        ("<w:r><w:t>请王</w:t><w:tab/><w:t>小明来</w:t></w:r>", "请来"),
        ('<w:hyperlink w:anchor="a"><w:r><w:t>请王小</w:t></w:r></w:hyperlink><w:r><w:t>明来</w:t></w:r>', "请来"),
        ("<w:r><w:t>请王</w:t></w:r>" + RUBY.format(reading="xiao", text="小") + "<w:r><w:t>明来</w:t></w:r>", "请来"),
        (RUBY.format(reading="qing", text="请") + "<w:r><w:t>王小明来</w:t></w:r>", "qing请来"),
        ("<w:r><w:t>请小王来</w:t></w:r>", "请小王来"),
    ],
)  # fmt: skip
def test_a_name_goes_and_so_does_its_reading(inside: str, left: str) -> None:
    p = etree.fromstring(f'<w:p xmlns:w="{W}">{inside}</w:p>')
    root = etree.Element(f"{{{W}}}body")
    root.append(p)
    told = list(cut_words(root, find_name))
    assert "".join(map(str, p.itertext())) == left
    assert [what for what, _ in told] == ["人名"] * ("小王" not in inside)
