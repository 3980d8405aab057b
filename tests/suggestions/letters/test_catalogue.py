"""What the catalogue of letters' faults promises of each: what it rests on, and what to do."""

from __future__ import annotations

import re

import pytest

from reportgen.issues import Severity
from reportgen.reports.suggestions.letters.catalogue import LETTER_FAULTS, Entry

READ = {
    "代表法": {"第五十一条"},
    "重庆条例": {"第二十二条", "第二十三条", "第二十五条"},
    "上海规定": {"第十七条", "第十八条", "第二十条"},
    "山东条例": {"第二十条", "第二十二条"},
    "河南办法": {"第十八条", "第二十一条"},
    "北京条例": {"第二十五条"},
    "青岛条例": {"第二十九条"},
}
"""The articles that say what they are cited for, by what each law or regulation is called here."""


@pytest.mark.parametrize("code", LETTER_FAULTS)
def test_what_returns_a_letter_rests_on_something_and_can_be_mended(code: str) -> None:
    entry = LETTER_FAULTS[code]
    assert entry.remedy
    assert entry.basis or entry.severity is not Severity.ERROR
    assert not (entry.judgement and entry.severity is Severity.ERROR)


@pytest.mark.parametrize("entry", LETTER_FAULTS.values(), ids=LETTER_FAULTS)
def test_only_articles_that_were_read_are_cited(entry: Entry) -> None:
    cited: list[tuple[str, str]] = []
    for part in re.split(r"[、：；]", entry.basis):
        if found := re.fullmatch(r"(.*?)(第[一二三四五六七八九十]+条)", part):
            cited.append((found[1] or cited[-1][0], found[2]))
    assert len(cited) == len(re.findall(r"第[一二三四五六七八九十]+条", entry.basis))
    assert all(article in READ[name] for name, article in cited)
