"""``refresh`` after random editing: nothing a person typed is lost, nothing the data say is missed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

import pytest

from reportgen.word.after.finalize import finalize_report
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.reader import read_report
from reportgen.word.document.text_rows import TextRows
from reportgen.word.refresh import RefreshResult, refresh_report
from tests.support.random_edits import Editor, edited, words
from tests.support.small_report import (
    Data,
    built,
    changed,
    figures_of,
    label,
    labelled,
    other_count,
    random_data,
)  # fmt: skip
from tests.support.tampering import WP, opened
from tests.support.templates import W

seen = lru_cache(maxsize=4)(read_report)
"""Each document is looked at from many sides; nobody changes what was read."""

CARRIED = {"number-typed", "claim-typed", "sentence-changed", "year-kept"}
"""What is told of every edit that stays (``test_refresh_handwritten``)."""
UNSETTLED = {"figure-kept", "picture-kept"} | CARRIED
"""What stays as a person wants it, and is told every time."""


def problems(seed: int, most: int = 4) -> list[str]:
    """What goes wrong with random data, up to so many random edits, and other random data."""
    chance = random.Random(seed)
    data = random_data(chance)
    report, editor = edited(built(data), chance, most)
    how = chance.choices([changed, other_count, same], [8, 1, 1])[0]
    fresh = built(how(data, chance))
    done = refresh_report(report, fresh)
    found = [
        *(unlike(report, done) if how is not changed else ()),
        *lost(report, done),
        *untold(done),
        *stale(done, fresh),
        *missed(editor, done, fresh),
        *around(editor, done, fresh),
        *untidy(done),
        *unstable(done, fresh),
    ]
    return [f"{each}  <{'、'.join(editor.log)}>" for each in found]


def same(data: Data, _: random.Random) -> Data:
    """No change."""
    return data


def unlike(report: bytes, done: RefreshResult) -> Iterator[str]:
    """What is not as people left it, when the data have at most other figures."""
    before, now = (seen(each).content.everything for each in (report, done.content))
    kept = [[each.signature for each in side] for side in (before, now)]
    yield from (f"unlike|{one}|{other}" for one, other in zip_longest(*kept) if one != other)


def lost(report: bytes, done: RefreshResult) -> Iterator[str]:
    """Words of persons that are neither there nor told."""
    told = "".join(f"{each.found}{each.sentence}" for each in done.findings)
    for word in sorted(words(opened(report)) - words(opened(done.content))):
        if word not in told:
            yield f"lost|{word}"


def untold(done: RefreshResult) -> Iterator[str]:
    """Words of persons, each with a number in it, that are carried on and not told."""
    told = "".join(f"{each.found}{each.sentence}" for each in done.findings)
    report = opened(done.content)
    report.parts.pop("word/comments.xml", None)
    yield from (f"untold|{word}" for word in sorted(words(report)) if word not in told)


def stale(done: RefreshResult, fresh: bytes) -> Iterator[str]:
    """Live figures that do not show what they are now, in the text or in the properties."""
    now, known = seen(done.content), figures_of(fresh)
    shown = [figure for each in now.content.everything for figure in each.figures]
    for figure in shown:
        if figure.text != known.get(figure.key):
            yield f"stale|{figure}"
        if now.properties.get(figure.key) != known.get(figure.key):
            yield f"property|{figure}"
    if figures_of(done.content) != known:
        yield "record|"


def missed(editor: Editor, done: RefreshResult, fresh: bytes) -> Iterator[str]:
    """What nobody edited must read as in the fresh report, in its order."""
    now, new = (labelled(seen(each).content) for each in (done.content, fresh))
    kept = {label(each.found) for each in done.findings if each.kind == "gone-kept"}
    alone = {*editor.labels.values()} - editor.touched - editor.busy - {""}
    yield from (f"kept|{each}" for each in kept & alone)
    touched = editor.touched | _whole_tables(done) | kept
    for name, text in new.items():
        if name not in touched and now.get(name) != text:
            yield f"missed|{text}|{now.get(name)}"
    for name in editor.labels.values():
        if name in now and name not in {"", *new, *touched}:
            yield f"left over|{name}"
    if not editor.moved:
        order = [name for name in now if name in new and name not in touched]
        if order != [name for name in new if name not in touched and name in now]:
            yield f"order|{order}"


def around(editor: Editor, done: RefreshResult, fresh: bytes) -> Iterator[str]:
    """Headers, footers and the chart, if nobody touched them."""
    now, new = seen(done.content).content, seen(fresh).content
    if "header" not in editor.log:
        lines = {each.text for each in now.edges}
        yield from (f"edge|{each.text}" for each in new.edges if each.text not in lines)
    if {"replace_chart", "drop_chart", "drop_paragraph"}.intersection(editor.log):
        return
    one, other = [[(each.sha256, each.alt) for each in side.pictures] for side in (now, new)]
    if one != other:
        yield "chart|"
    halves = editor.log.count("resize_chart")
    if now.pictures[0].size[0] != new.pictures[0].size[0] >> halves:
        yield f"size|{now.pictures[0].size}"


def _whole_tables(done: RefreshResult) -> set[str]:
    """Rows of the table whose columns are others now: edited anywhere, all of it stays."""
    kept = any(each.found == "原来的各栏" for each in done.findings)
    return {"类别", "件数"} if kept else set()


def untidy(done: RefreshResult) -> Iterator[str]:
    """Ids and names that occur twice; bookmarks that the record does not know."""
    tree = opened(done.content).tree
    starts = list(tree.iter(f"{{{W}}}bookmarkStart"))
    for what, values in (
        ("bookmark id", [each.get(f"{{{W}}}id") for each in starts]),
        ("bookmark name", [each.get(f"{{{W}}}name") for each in starts]),
        ("end id", [each.get(f"{{{W}}}id") for each in tree.iter(f"{{{W}}}bookmarkEnd")]),
        ("drawing id", [each.get("id") for each in tree.iter(f"{WP}docPr")]),
    ):
        twice = [value for value, count in Counter(values).items() if count > 1]
        if twice:
            yield f"{what}|{twice}"
    known = seen(done.content).record["marks"]
    for each in starts:
        name = each.get(f"{{{W}}}name", "")
        if name.startswith("rg_") and name not in known:
            yield f"unknown mark|{name}"
    ends = {each.get(f"{{{W}}}id") for each in tree.iter(f"{{{W}}}bookmarkEnd")}
    if {each.get(f"{{{W}}}id") for each in starts} != ends:
        yield "open bookmark|"


def unstable(done: RefreshResult, fresh: bytes) -> Iterator[str]:
    """A second refresh with the same data changes nothing; the other commands work."""
    again = refresh_report(done.content, fresh)
    one, other = opened(done.content).parts, opened(again.content).parts
    for name in sorted({*one, *other}):
        if one.get(name) != other.get(name):
            yield f"unstable part|{name}"
    for finding in again.findings:
        if finding.kind not in UNSETTLED:
            yield f"unstable|{finding.kind} {finding}"
    if again.done:
        yield f"done again|{dict(again.done)}"
    verify_report(read_report(done.content))
    finalize_report(done.content)


@pytest.fixture(params=[False, True], ids=["rows as elements", "rows as text"])
def aside(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain rows are kept as text also in short tables, as in long ones."""
    if request.param:
        monkeypatch.setitem(TextRows.split.__kwdefaults__, "many", 1)


@pytest.mark.usefixtures("aside")
@pytest.mark.parametrize("block", range(4))
def test_random_edits_of_small_reports(block: int) -> None:
    seeds = range(block * 16, block * 16 + 16)
    assert {seed: found for seed in seeds if (found := problems(seed))} == {}
