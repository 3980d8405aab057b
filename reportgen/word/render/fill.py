"""A template and a report in, the finished Word document out."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as TYPES
from lxml import etree

from reportgen import __version__
from reportgen.errors import DocumentError, Mistake, TemplateError, UnusableTemplateError
from reportgen.facts.model import to_json
from reportgen.facts.report import DrawnChart, NativeChart, Report
from reportgen.word.document import fields
from reportgen.word.document.chart_reader import digest_table
from reportgen.word.document.model import Content
from reportgen.word.document.reader import read_content
from reportgen.word.document.record import DamagedRecordError
from reportgen.word.document.snapshot import to_record
from reportgen.word.render import column_widths, kept_rows, leftovers, list_numbering
from reportgen.word.render.chart_parts import insert_chart
from reportgen.word.render.postprocess import UniqueNumbers, finish_part, iter_with_rows
from reportgen.word.render.renderer import TemplateRenderer
from reportgen.word.render.rows_aside import RowsAside
from reportgen.word.render.tree import TreeBuilder
from reportgen.word.template import lint, other_parts, picture
from reportgen.word.template.sentences import (
    Sentence,
    Sentences,
    Template,
    hash_template,
    iter_used_sentences,
)
from reportgen.word.template.stream import Event, TagSlot, read_part
from reportgen.word.template.tag_style import drop_tag_style, find_tag_styles
from reportgen.word.template.tags import Tag
from reportgen.word.xml import package as packages
from reportgen.word.xml.assembly import as_document, parse_docx_part, put_document_back
from reportgen.word.xml.package import OutsideLink, WordPackage, to_xml
from reportgen.word.xml.revisions import COMMENT_PARTS
from reportgen.word.xml.stories import label_parts as part_labels
from reportgen.word.xml.unpacking import UNREADABLE

MOST_TAGS = 20_000
"""Tags of a template; ours has some hundred."""
_TOO_MANY = f"模板里的标签太多（超过{MOST_TAGS}个），不像正常的模板，请检查是不是重复粘贴了内容"

Draw = Callable[[Any], bytes | DrawnChart | NativeChart]
"""Of a PNG alone the print is made here."""


@dataclass(frozen=True, slots=True)
class _TemplatePart:
    """A part that takes tags: its name in the package, its name for the user, its stream."""

    name: str
    label: str
    stream: Sequence[Event]


@dataclass(frozen=True)
class FilledReport:
    """A finished document before it is packed.

    ``rows``: the rows of long tables, for which instructions stand in the trees (``postprocess``);
    ``figures``: what each figure shows, in order of first use; ``record``: what the document is to
    carry of how it was made.
    """

    package: WordPackage
    trees: Mapping[str, etree._Element]
    labels: Mapping[str, str]
    rows: Sequence[RowsAside]
    figures: Mapping[str, str]
    record: Mapping[str, Any]


def fill_template(
    template: Template,
    report: Report,
    draw: Draw,
    *,
    inputs: Mapping[str, str] | None = None,
    draft: Sequence[str] | None = None,
) -> bytes:
    """The finished .docx; arguments and errors as for ``make_filled_report``."""
    made = make_filled_report(template, report, draw, inputs=inputs, draft=draft)
    package = made.package
    package.parts |= {name: to_xml(tree) for name, tree in made.trees.items()}
    fields.add_properties(package, made.figures, _find_earlier_figures(package))
    fields.add_record(package, made.record)
    package.unlink(package.document, COMMENT_PARTS)
    package.describe(report.title, report.author, report.date)
    leftovers.refuse_leftovers_in_parts(package.parts, made.rows)
    pieces = {name: iter_with_rows(package.parts[name], made.rows) for name in made.trees}
    return package.to_bytes(report.date, pieces)


def make_filled_report(
    template: Template,
    report: Report,
    draw: Draw,
    *,
    inputs: Mapping[str, str] | None = None,
    draft: Sequence[str] | None = None,
) -> FilledReport:
    """The finished document.

    ``draw`` gives the PNG of a chart, or what Word draws itself, and is called only for charts that
    the template shows; it gives nothing where only the record is asked for.
    ``inputs``: the SHA-256 of the files that the report was made from, by name.
    ``draft``: sentences on what is missing; the document is then marked as a draft.

    Raises:
        TemplateError: with every mistake in the template, those that show without running and
            those met when running.
    """
    package = _open_template(template.content)
    parts = _read_parts(package, template.sentences)
    checked = lint.check_streams([part.stream for part in parts], report.names)
    folder = TreeBuilder()
    filling = TemplateRenderer(report.names, _find_caption_style(package), report.quoted)
    found = [*checked.mistakes, *_find_other_mistakes(package, parts)]
    bodies = [folder.fold(stream) for stream in checked.streams] if checked.sound else []
    texts = [filling.part(body) for body in bodies]
    _stop_on_mistakes([*found, *filling.mistakes.items()])
    trees = {part.name: parse_docx_part(text) for part, text in zip(parts, texts, strict=True)}
    document = _open_document(package, trees)
    prints = _draw_charts(document, filling, draw)
    figures = {key: fact.text for key, fact in filling.facts.items()}
    _finish_trees(trees, document, filling, figures)
    if draft is not None:
        _mark_draft(document, draft)
    put_document_back(document, package)
    labels = {part.name: part.label for part in parts}
    shown, own = _read_shown(package, trees, labels, {**report.facts, **filling.facts}.keys())
    leftovers.refuse_leftovers(shown, filling.row_lines, figures.values())
    drawn = {each.key: [fact.key for fact in each.figures] for each in filling.drawings}
    made = to_record(shown, filling.row_lines, prints, drawn)
    about: dict[str, Any] = {
        "template": hash_template(template, _find_used_names(parts)),
        "inputs": dict(inputs or {}),
    }
    about |= {"own": own} if own else {}
    record = {**about, **_make_record(report, filling, folder), "made": made}
    return FilledReport(package, trees, labels, filling.rows, figures, record)


def _finish_trees(
    trees: Mapping[str, etree._Element], document: Document, filling: TemplateRenderer,
    figures: Mapping[str, str],
) -> None:  # fmt: skip
    """What can be settled only when all text stands: numbers, lists, columns, rows that stay together."""
    numbers = UniqueNumbers(count(len(filling.marks) + 1))
    for tree in trees.values():
        finish_part(tree, numbers, filling.rows)
    _restart_lists(document, filling)
    column_widths.fit_tables(document.element, filling.rows, filling.row_lines, figures)
    kept_rows.keep_totals(document.element, filling.rows)


def _read_shown(
    package: WordPackage, trees: Mapping[str, etree._Element], labels: Mapping[str, str],
    figures: Collection[str],
) -> tuple[Content, Sequence[str]]:  # fmt: skip
    """What the document shows, and the document properties that the template's own fields name."""
    shown = read_content(package, trees, labels)
    own = {each.key for paragraph in shown.figured for each in paragraph.figures} - {*figures}
    return (read_content(package, trees, labels, foreign=own) if own else shown), sorted(own)


def identify_template(template: Template) -> str:
    """What a report's record says of its template, sentences included.

    Raises:
        TemplateError: the file cannot be read at all.
    """
    return hash_template(template, find_used_sentences(template))


def check_template(template: Template, names: Mapping[str, object]) -> list[Mistake]:
    """The mistakes that show without running the template, in its order.

    Raises:
        TemplateError: the file cannot be read at all.
    """
    package = _open_template(template.content)
    parts = _read_parts(package, template.sentences)
    checked = lint.check_streams([part.stream for part in parts], names)
    return [mistake for _, mistake in [*checked.mistakes, *_find_other_mistakes(package, parts)]]


def _find_other_mistakes(
    package: WordPackage, parts: Sequence[_TemplatePart]
) -> list[tuple[int, Mistake]]:
    """The mistakes in parts that hold no text, after all others."""
    found = other_parts.find_part_mistakes(package, {part.name: part.label for part in parts})
    return [(sys.maxsize, mistake) for mistake in found]


def find_used_sentences(template: Template) -> set[str]:
    """The names of the sentences that a template uses.

    Raises:
        TemplateError: the file cannot be read at all.
    """
    return _find_used_names(_read_parts(_open_template(template.content), template.sentences))


def read_streams(template: Template) -> list[Sequence[Event]]:
    """The parts of a template that take tags, as streams.

    Raises:
        TemplateError: the file cannot be read at all.
    """
    return [
        part.stream for part in _read_parts(_open_template(template.content), template.sentences)
    ]


def _find_used_names(parts: Sequence[_TemplatePart]) -> set[str]:
    """The sentences that a template uses."""
    return {name for part in parts for name in iter_used_sentences(part.stream)}


def _open_template(template: bytes) -> WordPackage:
    try:
        return packages.read_word_package(template)
    except DocumentError as error:
        raise UnusableTemplateError(error.reason) from error


def _read_parts(package: WordPackage, known: Sentences) -> list[_TemplatePart]:
    """The parts that take tags: the body first, then headers and footers, then notes."""
    try:
        other_parts.clean_parts(package)
        styles = _find_styles_part(package)
        tag_looks = find_tag_styles(package.look_at(styles)) if styles else frozenset()
        labels = part_labels(package, package.look_at(package.document))
        sentences = tuple(known.values())
        parts = [
            _TemplatePart(name, label, _read_stream(
                package.parts[name], tag_looks, label, tuple(package.outside(name).items()), sentences
            ))
            for name, label in labels.items()
        ]  # fmt: skip
    except (KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UnusableTemplateError(UNREADABLE) from error
    if sum(isinstance(each, TagSlot | Tag) for part in parts for each in part.stream) > MOST_TAGS:
        raise UnusableTemplateError(_TOO_MANY)
    return parts


@lru_cache(maxsize=32)  # of many folders most have one template
def _read_stream(
    part: bytes, tag_looks: frozenset[str], label: str, links: tuple[tuple[str, OutsideLink], ...],
    known: tuple[Sentence, ...],
) -> Sequence[Event]:  # fmt: skip
    """The stream of one part, for arguments as of ``read_part``; errors as there."""
    root = packages.parse_xml_part(part)
    drop_tag_style(root, tag_looks)
    return tuple(read_part(root, label, dict(links), {each.name: each for each in known}))


def _find_caption_style(package: WordPackage) -> str:
    styles = _find_styles_part(package)
    return picture.find_caption_style(package.look_at(styles) if styles else None)


def _find_styles_part(package: WordPackage) -> str:
    links = package.linked(package.document)
    return next((link.part for link in links if link.type == "styles"), "")


def _open_document(package: WordPackage, trees: Mapping[str, etree._Element]) -> Document:
    try:
        return as_document(package, trees)
    except (ValueError, etree.XMLSyntaxError) as error:
        raise UnusableTemplateError(UNREADABLE) from error


def _draw_charts(document: Document, filling: TemplateRenderer, draw: Draw) -> dict[str, bytes]:
    """Put the charts in; → their prints, as ``to_record`` takes them."""
    prints: dict[str, bytes] = {}
    for note in list(document.element.iter(etree.ProcessingInstruction)):
        if note.target == picture.PICTURE:
            drawing = filling.drawings[int(note.text)]
            drawn = draw(drawing)
            if isinstance(drawn, NativeChart):
                prints[digest_table(drawn.table)] = b""
                insert_chart(document, note, drawing, drawn)
                continue
            if isinstance(drawn, bytes):
                drawn = DrawnChart(drawn, _make_print(drawn))
            image = drawn.image or picture.UNDRAWN
            prints[hashlib.sha256(image).hexdigest()] = drawn.print
            picture.insert_picture(document, note, drawing, image)
    return prints


def _mark_draft(document: Document, missing: Sequence[str]) -> None:
    from reportgen.word.render.draft_mark import mark_draft  # noqa: PLC0415 (seldom wanted)

    mark_draft(document, missing)


def _make_print(drawn: bytes) -> bytes:
    from reportgen.charts import likeness  # noqa: PLC0415 (it loads Pillow)

    return likeness.make_print(drawn) if drawn else b""


def _stop_on_mistakes(found: Sequence[tuple[int, Mistake]]) -> None:
    if found:
        raise TemplateError([mistake for _, mistake in sorted(found, key=lambda each: each[0])])


def _restart_lists(document: Document, filling: TemplateRenderer) -> None:
    rels = document.part.rels.values()
    parts = {each.reltype: each.target_part for each in rels if not each.is_external}
    if filling.turns and TYPES.NUMBERING in parts:
        styles = parts[TYPES.STYLES].element if TYPES.STYLES in parts else None
        list_numbering.restart_lists(
            document.element, styles, parts[TYPES.NUMBERING].element, filling.turns
        )


def _find_earlier_figures(package: WordPackage) -> Collection[str]:
    """The figures of the report that the template once was, if it was one."""
    try:
        record = fields.read_report_record(package)
    except DamagedRecordError:
        return ()
    return record["facts"].keys() if record else ()


def _make_record(report: Report, filling: TemplateRenderer, folder: TreeBuilder) -> dict[str, Any]:
    """What lets the document be verified and renewed after editing."""
    return {
        "tool": __version__,
        "title": report.title,
        "author": report.author,
        "date": report.date.isoformat(),
        "period": report.period,
        **({"rolled_up": report.rolled_up} if report.rolled_up else {}),
        "facts": to_json({**report.facts, **filling.facts}.values()),
        "regions": [asdict(region) for region in folder.regions],
        "marks": filling.marks,
        "quotes": filling.quotes,
    }
