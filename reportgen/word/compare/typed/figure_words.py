"""The words by which a figure is known in a text: those of its key, and those the report uses for it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.word.document.model import Content, Paragraph, drop_spaces
from reportgen.word.document.record import FactOfRecord

_MEASURE = re.compile(r"总?(?:数量?|占比|比例|比重|率)$")
"""Ends a part of a key and says only how it is measured."""
_JOINTS = re.compile(r"[、和与及“”‘’（）()《》\s]")
_STOPS = re.compile(r"[，。；：！？,;:!?\n]")
_FILLERS = re.compile(
    r"截至目前|到目前为止|到年底|全年|年度|本年|今年|目前|总共|一共|共计|合计|总计|累计|总的|总数|件数|人数|"
    r"也就是|即|收到|接到|受理|提出|我[镇乡县市区街办省]|[全本][镇乡县市区街省]|同时|另外|此外|其|共|总|已经|已|的|了|为|是|有|达|到|等|在|由|经|对|于|率|"
    r"占|比例|比重|比|计|中|得|以|均|全部|都|进行|作了|表示|分别|含|个|约"
)
NARROW = re.compile(
    r"半年|季度|月|上年|去年|往年|前年|上届|上次|此前|以前|过去|其中|除|不|未|没|无|非|每|平均|人均|计划|目标|争取|"
    r"预计|力争|将|拟|比上|比去|较|同比|环比|增|减|升|降|提高|回落|累积|仅|只|首批|第|新|原|又|再|复|部分|个别|有的|左右|近"
)
"""Says that the number is of a part, of another time, or of what is not."""


def groups_of(facts: Iterable[str]) -> frozenset[str]:
    """Return the first parts of keys that only gather others: 部门 of 部门.甲.件数 and 部门.乙.件数."""
    members: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for key in facts:
        first, *middle = key.split(".")
        if len(middle) > 1:
            members[first, middle[-1]].add(middle[0])
    return frozenset(first for (first, _), found in members.items() if len(found) > 1)


def names_of(fact: FactOfRecord, groups: frozenset[str]) -> frozenset[str]:
    """Return the parts of a figure's key that a text must hold to speak of it."""
    first, *others = fact["key"].split(".")
    names = {name for part in others if (name := _name_of(part, fact["unit"]))}
    return frozenset({*names, *([] if first in groups and names else [plain(first)])})


def _name_of(part: str, unit: str) -> str:
    """A part of a key without what only says how it is measured: 验收 of 验收块数."""
    bare = _MEASURE.sub("", part)
    return plain(bare if bare == part else bare.removesuffix(unit))


def labels_of(
    made: Content, units: Mapping[str, str]
) -> tuple[Mapping[str, str], Mapping[str, Sequence[str]]]:
    """Return by key what stands before a figure in the report as made, if before no other; and its clauses."""
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    clauses: defaultdict[str, list[str]] = defaultdict(list)
    for paragraph in made.paragraphs:
        for key, label, clause in _said_before(paragraph, units):
            clauses[key].append(clause)
            if len(_FILLERS.sub("", label)) > 1:
                labels[label][key] += 1
    alone = {next(iter(keys)): label for label, keys in labels.items() if len(keys) == 1}
    return alone, clauses


def _said_before(paragraph: Paragraph, units: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Of each figure its key, the words before it in its clause, and all words of the clause."""
    pieces = paragraph.pieces
    previous = ""
    for place, piece in enumerate(pieces):
        if isinstance(piece, str):
            continue
        before = pieces[place - 1] if place else ""
        behind = pieces[place + 1] if place + 1 < len(pieces) else ""
        lead = before.removeprefix(previous) if isinstance(before, str) else ""
        lead = _STOPS.split(lead)[-1]
        tail = _STOPS.split(behind)[0] if isinstance(behind, str) else ""
        previous = units.get(piece.key, "")
        yield piece.key, plain(lead).removeprefix("其中"), plain(lead + tail)


def leading(sentence: str) -> str:
    """Return the clauses before a number's own in which no number stands: what they say goes for it, too."""
    return "".join(each for each in _STOPS.split(sentence) if not any(map(str.isdigit, each)))


def unsaid(rest: str, said: str) -> int:
    """Count how many letters of a text stand in no two that the figure's own words hold."""
    left = 0
    for stretch in re.split(r"[^\u4e00-\u9fff]+", rest):
        known = [False] * len(stretch)
        for at in range(len(stretch) - 1):
            if stretch[at : at + 2] in said:
                known[at] = known[at + 1] = True
        unknown = "".join(
            sign if not here else " " for sign, here in zip(stretch, known, strict=True)
        )
        left += len("".join(_FILLERS.sub("", unknown).split()))
    return left


def plain(text: str) -> str:
    """Return a text without what only joins or quotes."""
    return _JOINTS.sub("", drop_spaces(text))
