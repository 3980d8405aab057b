"""What a template uses: which names and sentences, how often, and what the sentences say now."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from jinja2 import TemplateSyntaxError, nodes

from reportgen.facts.report import Report
from reportgen.word.document.reader import read_content
from reportgen.word.render.fill import check_template, make_filled_report, read_streams
from reportgen.word.template import gongwen
from reportgen.word.template.expressions import parsed, path_of
from reportgen.word.template.sentences import PREFIX, Sentences, Template
from reportgen.word.template.stream import Event, TagSlot
from reportgen.word.template.tags import Tag

_DATE = dt.date(1980, 1, 1)
IN_A_LOOP = "（写在循环里，各不相同）"
_BEGIN = re.compile(r"※(\d+)※")


def count_used_names(template: Template) -> Mapping[str, int]:
    """How often a template names what, its sentences' words included.

    A name of a list's items stands behind the list's: ``专题列表.列举.标题``.

    Raises:
        TemplateError: the file cannot be read at all.
    """
    return Counter(name for stream in read_streams(template) for name in _iter_names(stream))


def render_sentences(sentences: Sentences, report: Report) -> Mapping[str, str]:
    """What each sentence says on this report, by name; its paragraphs are parted by line ends."""
    faulty = _find_unsayable(sentences, report)
    sound = {name: each for name, each in sentences.items() if name not in faulty}
    made = make_filled_report(_make_sentences_template(sound), report, lambda _: b"")
    found: dict[int, list[str]] = {}
    for paragraph in read_content(made.package, made.trees, made.labels).body:
        text = getattr(paragraph, "text", "")
        if begun := _BEGIN.fullmatch(text):
            found[int(begun[1])] = []
        elif found:
            found[max(found)].append(text)
    texts = {name: "\n".join(found[number]) for number, name in enumerate(sound)}
    return {name: texts.get(name, IN_A_LOOP) for name in sentences}


def _find_unsayable(sentences: Sentences, report: Report) -> set[str]:
    """The sentences that cannot be said by themselves: they are faulty, or speak of a loop's items."""
    found = check_template(_make_sentences_template(sentences), report.names)
    return {
        name
        for name, each in sentences.items()
        if any(f"“{each.written}”" in mistake.place for mistake in found)
    }


def _make_sentences_template(sentences: Sentences) -> Template:
    lines = [f"※{number}※\n{{{{ {PREFIX}.{name} }}}}" for number, name in enumerate(sentences)]
    return Template(gongwen.build_template("\n".join(lines), date=_DATE), sentences)


def _iter_names(stream: Iterable[Event]) -> Iterator[str]:
    """The names in one part; loop variables stand for what is looped over."""
    scopes: list[Mapping[str, str]] = [{}]
    for event in stream:
        tag = event.tag if isinstance(event, TagSlot) else event
        if not isinstance(tag, Tag):
            continue
        here = [_spell_in_full(path, scopes[-1]) for path in _find_paths(tag.code)]
        yield from here
        if tag.kind == "sentence":
            yield f"{PREFIX}.{tag.typed}"
        elif tag.kind == "for":
            scopes.append({**scopes[-1], tag.target: here[0] if here else ""})
        elif tag.kind == "endfor" and len(scopes) > 1:
            scopes.pop()


def _spell_in_full(path: tuple[str, ...], scope: Mapping[str, str]) -> str:
    return ".".join([scope.get(path[0], path[0]), *path[1:]])


def _find_paths(code: str) -> list[tuple[str, ...]]:
    try:
        return list(_iter_paths(parsed(code))) if code else []
    except TemplateSyntaxError:
        return []  # told where the report is built


def _iter_paths(node: nodes.Node) -> Iterator[tuple[str, ...]]:
    path = path_of(node) if isinstance(node, nodes.Expr) else ()
    if path:
        yield path
    else:
        for child in node.iter_child_nodes():
            yield from _iter_paths(child)
