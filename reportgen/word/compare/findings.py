"""What ``verify`` finds in an edited report and ``refresh`` cannot merge: the kinds, and ``Finding``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.issues import Severity
from reportgen.steps import name_steps
from reportgen.word.compare.remedies import REMEDIES
from reportgen.word.document.model import Paragraph, Picture

_ERROR, _REMINDER = Severity.ERROR, Severity.REMINDER

KINDS: Mapping[str, tuple[Severity, str]] = {
    "figure-overtyped": (_ERROR, "数字被改写"),
    "figure-replaced": (_ERROR, "数字被换成手工写的，数值不同"),
    "figure-other": (_ERROR, "显示的是另一个数字"),
    "unit-changed": (_ERROR, "数字后面的单位被改动"),
    "figure-dressed": (_ERROR, "数字前后加了字，读起来已是另一个数"),
    "number-changed": (_ERROR, "文字里的数字被改动"),
    "figure-mistyped": (_ERROR, "手工写的数字与报告的数字对不上"),
    "claim-false": (_ERROR, "手工写的结论与报告的数字不符"),
    "reckoning-wrong": (_ERROR, "手工写的数字自相矛盾"),
    "figure-gone": (_ERROR, "数字被删去"),
    "figure-unknown": (_ERROR, "这个数字没有来源"),
    "property-changed": (_ERROR, "文档属性被改动，在 Word 中更新域后会显示错误的数字"),
    "cell-changed": (_ERROR, "表格内容被改动"),
    "excerpt-changed": (_ERROR, "摘自附件或别的表，内容与那里不一致"),
    "row-gone": (_ERROR, "表格少了一行"),
    "row-added": (_ERROR, "表格多了一行"),
    "column-gone": (_ERROR, "表格少了一列"),
    "column-added": (_REMINDER, "表格多了一列，内容请自行核对"),
    "table-gone": (_ERROR, "表格被删去"),
    "picture-gone": (_ERROR, "图表被删去"),
    "picture-replaced": (_ERROR, "图表被换成另一张图"),
    "picture-words": (_ERROR, "图表的替代文字被改动"),
    "chart-value": (_ERROR, "图表里的数被改动"),
    "chart-names": (_ERROR, "图表里的名称或项目被改动"),
    "chart-label": (_ERROR, "图表上的标签不是图表的数"),
    "chart-workbook": (_ERROR, "图表的数据表与图上不一致，一点“编辑数据”图就会变"),
    "name-changed": (_ERROR, "名称与台账不一致"),
    "figure-stale": (_ERROR, "数据已变，报告中的数字没有跟着变"),
    "row-stale": (_ERROR, "数据或模板已变，表格没有跟着变"),
    "picture-stale": (_ERROR, "数据或模板已变，图表没有跟着变"),
    "name-stale": (_ERROR, "台账中已改名或删去"),
    "folder-faulty": (_REMINDER, "工作目录的数据有错误，以下比较仅供参考"),
    "input-changed": (_REMINDER, "报告生成以后改动过的文件"),
    "template-changed": (_REMINDER, "现在的报告模板与生成报告时用的不同"),
    "wording-stale": (_REMINDER, "数据或模板已变，重新生成时文字也会不同"),
    "sentence-changed": (_REMINDER, "这一句改过，请核对"),
    "sentence-gone": (_REMINDER, "这一句删去了，请核对"),
    "claim-typed": (_REMINDER, "手工写的结论，没有来源，请自行核对"),
    "paragraph-moved": (_REMINDER, "移到了另一个标题下，请核对"),
    "caption-other": (_REMINDER, "图题、表题与生成时不同，请核对"),
    "caption-number": (_REMINDER, "图、表的编号不连续"),
    "picture-cropped": (_REMINDER, "图表被裁剪，请核对有没有裁去内容"),
    "chart-words-gone": (_REMINDER, "图表的替代文字没有了（LibreOffice 存盘时会去掉）"),
    "chart-text": (_REMINDER, "图表里有手工写的文字，请核对"),
    "figure-redressed": (_REMINDER, "数字换了写法，数值没有变"),
    "figure-plain": (_REMINDER, "数字变成了普通文字，数值没有变，但不再随数据更新"),
    "figure-copied": (_REMINDER, "数字在别处又用了一次，数值正确"),
    "name-extended": (_REMINDER, "名称前后加了字，请核对"),
    "name-gone": (_REMINDER, "文中不再提到"),
    "text-kept": (_ERROR, "新数据与人工修改的内容不同，保留了修改"),
    "gone-kept": (_ERROR, "新数据里已经没有，因为有人工修改，保留了原文"),
    "left-out": (_ERROR, "新数据应有的文字没有放入，因为原文有人工修改"),
    "figure-kept": (_ERROR, "手工写的数字没有随数据更新"),
    "figure-lost": (_ERROR, "新数据里已经没有这个数字，按普通文字保留"),
    "picture-kept": (_ERROR, "图被换过，没有更新"),
    "chart-kept": (_ERROR, "图表里的数或名称被改过，没有更新"),
    "chart-sheet-renewed": (_REMINDER, "图表的数据表有人改过，已换成新数据的；原来的在原报告里"),
    "figure-renewed": (_REMINDER, "手工改过的数字已换成新数据"),
    "deleted-changed": (_REMINDER, "人工删去的内容在新数据里已不同，没有恢复"),
    "order-kept": (_REMINDER, "顺序经人工调整，没有按新数据重排"),
    "left-hidden": (_REMINDER, "隐藏的文字，看不见但仍在文件里"),
    "left-white": (_REMINDER, "白色或极小的文字，看不见但仍在文件里"),
    "left-embedded": (_REMINDER, "嵌有别的文件或控件，会一同带出"),
    "left-outside": (_REMINDER, "有通向文件以外的链接，会一同带出"),
    "left-picture": (_REMINDER, "图片里可能带有作者、软件等信息，去不掉"),
    "year-kept": (_REMINDER, "上一份报告里人工写的句子，年度已变，请逐句核对"),
    "reckoning-doubtful": (_REMINDER, "手工写的数字可能对不上，请核对"),
    "number-typed": (_REMINDER, "手工写的数字，没有来源，请自行核对"),
}
"""Severity and heading by kind, in the order of the list shown."""

_SAID = {
    "sentence-changed": ("现为", "生成时为"),
    "sentence-gone": ("", "生成时为"),
    "claim-typed": ("写的是", ""),
    "chart-text": ("写的是", ""),
    "number-typed": ("写的是", ""),
    "figure-mistyped": ("写的是", "报告的数字是"),
    "claim-false": ("写的是", "报告的数字是"),
    "reckoning-wrong": ("", ""),
    "reckoning-doubtful": ("", ""),
    "paragraph-moved": ("现在的标题是", "生成时的标题是"),
    "text-kept": ("保留的是", "新数据为"),
    "gone-kept": ("保留的是", ""),
    "left-out": ("", "新数据为"),
    "figure-kept": ("写的是", "新数据为"),
    "figure-lost": ("保留的是", ""),
    "figure-renewed": ("原来写的是", "换成了"),
    "deleted-changed": ("", "新数据为"),
}
"""How a kind speaks of what is there and what should be, if not as 现为 and 应为."""
_AROUND = 14
"""So many letters stand on either side of a difference that is quoted."""
_STOPS = re.compile(r"(?<=[。；！？\n])")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where an edited report no longer agrees.

    ``place`` and ``sentence``: where, and the words around it; ``found`` and ``expected``: what is
    there and what should be; ``key``: the figure's.  ``part`` and ``number``: the paragraph as in
    ``model.Paragraph``; number -1: nowhere in the document as it is now.  ``start``: where in its
    text.
    """

    kind: str
    place: str
    found: str
    expected: str
    sentence: str = ""
    key: str = ""
    part: str = ""
    number: int = -1
    start: int = field(default=0, compare=False)

    @property
    def severity(self) -> Severity:
        """错误 or 提醒 where nothing in the report is wrong because of it."""
        return KINDS[self.kind][0]

    @property
    def title(self) -> str:
        """The kind in words."""
        return KINDS[self.kind][1]

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return name_steps(REMEDIES[self.kind])

    @property
    def said(self) -> str:
        """What stands there, and what should."""
        is_, should = _SAID.get(self.kind, ("现为", "应为"))
        parts = ((is_, self.found), (should, self.expected))
        return "，".join(f"{word}“{text}”" for word, text in parts if text)

    def __str__(self) -> str:
        figure, said = f"“{self.key}”" if self.key else "", self.said
        around = f"（{self.sentence}）" if self.sentence not in {"", self.found} else ""
        return f"{self.place}{figure}{'：' if said else ''}{said}{around}"


def make_finding(
    kind: str, where: Paragraph | Picture, found: str, expected: str, *, key: str = "", start: int = 0
) -> Finding:  # fmt: skip
    """A finding in a paragraph as it is now; ``start``: where in its text."""
    sentence = quote_sentence_at(where.text, start) if isinstance(where, Paragraph) else ""
    return Finding(
        kind, where.place, found, expected, sentence, key, where.part, where.number, start
    )


def make_gone_finding(
    kind: str, where: Paragraph, expected: str, *, key: str = "", start: int = 0
) -> Finding:
    """A finding on a paragraph that was there when the report was made and is no longer."""
    place = f"生成时的{where.place}"
    return Finding(kind, place, "", expected, quote_sentence_at(where.text, start), key)


def quote_sentence_at(text: str, start: int) -> str:
    """The sentence around a place in a text, not too long."""
    end = 0
    for sentence in _STOPS.split(text):
        begin, end = end, end + len(sentence)
        if start < end:
            cut = max(0, min(start - begin - _LONGEST // 2, len(sentence) - _LONGEST))
            shown = sentence[cut : cut + _LONGEST].strip()
            return f"{'…' if cut else ''}{shown}{'…' if len(sentence) > cut + _LONGEST else ''}"
    return text[-_LONGEST:].strip()


def cut_to_difference(found: Sequence[str], expected: Sequence[str]) -> tuple[str, str, int]:
    """Two texts (of signs) cut down to what stands around their difference, and where it begins."""
    start = next(
        (
            at_
            for at_, (one, other) in enumerate(zip(found, expected, strict=False))
            if one != other
        ),
        min(len(found), len(expected)),
    )
    behind = 0
    while (
        behind < min(len(found), len(expected)) - start
        and found[-1 - behind] == expected[-1 - behind]
    ):
        behind += 1
    cut = max(0, start - _AROUND) if max(len(found), len(expected)) > _LONGEST else 0
    excerpts = [_cut_excerpt(text, cut, len(text) - behind) for text in (found, expected)]
    return excerpts[0], excerpts[1], start


def _cut_excerpt(text: Sequence[str], start: int, end: int) -> str:
    end = min(len(text), max(end + _AROUND, start + _LONGEST))
    last = min(end, start + 2 * _LONGEST)
    return f"{'…' if start else ''}{''.join(text[start:last])}{'…' if last < len(text) else ''}"
