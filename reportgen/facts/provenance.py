"""Where a figure comes from, in words: its rule, its cells, and the figures behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reportgen.facts.model import Cells, Fact
from reportgen.nearest_name import list_closest
from reportgen.steps import Step

_LINES = 8
_NEAR = 3


def trace_figure(facts: Mapping[str, Fact], key: str) -> list[str]:
    """The lines that tell it, figures behind it indented below; each is told once.

    Raises:
        KeyError: there is no figure of this name.
    """
    return list(_iter_lines(facts, facts[key], "", set()))


def summarize_figure(facts: Mapping[str, Fact], key: str) -> list[str]:
    """The figure alone, not too long, as the text of a comment."""
    lines = list(_describe_figure(facts, facts[key]))
    if len(lines) <= _LINES:
        return lines
    return [*lines[:_LINES], f"……共{len(lines)}行，其余见{Step.SOURCE}"]


def find_near_keys(facts: Iterable[str], key: str) -> list[str]:
    """Names of figures that may have been meant, the likeliest first."""
    return list_closest(key, facts, _NEAR)


def _iter_lines(
    facts: Mapping[str, Fact], fact: Fact, indent: str, told: set[str]
) -> Iterator[str]:
    first, *others = _describe_figure(facts, fact)
    if fact.key in told:
        yield f"{indent}{first}（见上）"
        return
    told.add(fact.key)
    yield f"{indent}{first}"
    yield from (f"{indent}  {line}" for line in others)
    behind = [key for key in (*fact.source.facts, fact.base) if key in facts]
    for key in dict.fromkeys(behind):
        yield from _iter_lines(facts, facts[key], f"{indent}    ", told)


def _describe_figure(facts: Mapping[str, Fact], fact: Fact) -> Iterator[str]:
    source = fact.source
    meaning = f"　{fact.meaning}" if fact.meaning and fact.meaning != source.rule else ""
    yield f"{fact.key}＝{fact.with_unit}{meaning}"
    yield f"规则：{source.rule}（{source.method}）"
    if fact.base in facts:
        yield f"占比基数：{fact.base}＝{facts[fact.base].with_unit}"
    if source.facts:
        behind = (f"{key}＝{facts[key].with_unit}" if key in facts else key for key in source.facts)
        yield f"由这些数字得出：{'、'.join(behind)}"
    yield from (f"单元格：{cells}" for cells in source.cells)
    if source.among:
        yield f"查看范围：{_join_cells(source.among)}"
    if source.note:
        yield f"说明：{source.note}"


def _join_cells(cells: Iterable[Cells]) -> str:
    return "、".join(map(str, cells))
