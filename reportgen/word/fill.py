"""A template and a report in, the finished Word document out."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from lxml import etree

from reportgen import __version__
from reportgen.analysis.facts import to_json
from reportgen.analysis.report import Drawing, Report
from reportgen.charts import likeness
from reportgen.errors import Mistake, TemplateError
from reportgen.word import checking, fields, fitting, leftovers, lists, otherparts, pictures
from reportgen.word import draft as drafts
from reportgen.word import package as packages
from reportgen.word.blocks import Folder
from reportgen.word.contents import Content
from reportgen.word.filling import Filling
from reportgen.word.finish import Numbers, finish, with_rows
from reportgen.word.made import to_record
from reportgen.word.ooxml import w
from reportgen.word.package import OFFICE, Package, parse, to_xml
from reportgen.word.parts import labels as part_labels
from reportgen.word.reading import content
from reportgen.word.record import DamagedRecordError
from reportgen.word.revisions import COMMENT_PARTS
from reportgen.word.sentences import Sentences, identity, used_in
from reportgen.word.tag_style import undress
from reportgen.word.template import Event, read_part

Draw = Callable[[Any], bytes]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that takes tags: its name in the package, its name for the user, its stream."""

    name: str
    label: str
    stream: Sequence[Event]


@dataclass(frozen=True)
class Filled:
    """A finished document before it is packed.

    ``rows``: the text of long tables' rows, for which instructions stand in the trees (``finish``);
    ``figures``: what each figure shows, in order of first use; ``record``: what the document is to
    carry of how it was made.
    """

    package: Package
    trees: Mapping[str, etree._Element]
    labels: Mapping[str, str]
    rows: Sequence[str]
    figures: Mapping[str, str]
    record: Mapping[str, Any]


def fill(
    template: bytes,
    report: Report,
    draw: Draw,
    *,
    sentences: Sentences | None = None,
    inputs: Mapping[str, str] | None = None,
    draft: Sequence[str] | None = None,
) -> bytes:
    """The finished .docx; arguments and errors as for ``filled``."""
    made = filled(template, report, draw, sentences=sentences, inputs=inputs, draft=draft)
    package = made.package
    for name, tree in made.trees.items():
        package.parts[name] = with_rows(to_xml(tree), made.rows)
    fields.add_properties(package, made.figures, _figures_before(package))
    fields.add_record(package, made.record)
    package.unlink(package.document, COMMENT_PARTS)
    package.describe(report.title, report.author, report.date)
    leftovers.refuse_parts(package.parts)
    return package.to_bytes(report.date)


def filled(
    template: bytes,
    report: Report,
    draw: Draw,
    *,
    sentences: Sentences | None = None,
    inputs: Mapping[str, str] | None = None,
    draft: Sequence[str] | None = None,
) -> Filled:
    """The finished document.

    ``draw`` gives the PNG of a chart and is called only for charts that the template shows.
    ``sentences``: those that the template may use.
    ``inputs``: the SHA-256 of the files that the report was made from, by name.
    ``draft``: sentences on what is missing; the document is then marked as a draft.

    Raises:
        TemplateError: with every mistake in the template, those that show without running and
            those met when running.
    """
    known = sentences or {}
    package = packages.read(template)
    parts = _parts(package, known)
    checked = checking.check([part.stream for part in parts], report.names)
    folder = Folder()
    prints: dict[str, bytes] = {}
    filling = _filling(package, report, draw, prints)
    found = [*checked.mistakes, *_elsewhere(package, parts)]
    filling.may_draw = not found
    bodies = [folder.fold(stream) for stream in checked.streams] if checked.sound else []
    texts = [filling.part(body) for body in bodies]
    _stop_on([*found, *filling.mistakes.items()])
    trees = _finished(parts, texts, filling)
    figures = {key: fact.text for key, fact in filling.facts.items()}
    _restart_lists(package, trees[package.document], filling)
    fitting.fit(trees[package.document], filling.rows, filling.row_lines, figures)
    if draft is not None:
        _mark_draft(package, trees, draft)
    labels = {part.name: part.label for part in parts}
    shown, own = _shown(package, trees, labels, {**report.facts, **filling.facts}.keys())
    leftovers.refuse(shown, filling.row_lines, figures.values())
    made = to_record(shown, filling.row_lines, prints)
    about: dict[str, Any] = {
        "template": identity(template, _used(parts), known),
        "inputs": dict(inputs or {}),
    }
    about |= {"own": own} if own else {}
    record = {**about, **_record(report, filling, folder), "made": made}
    return Filled(package, trees, labels, filling.rows, figures, record)


def _shown(
    package: Package, trees: Mapping[str, etree._Element], labels: Mapping[str, str],
    figures: Collection[str],
) -> tuple[Content, Sequence[str]]:  # fmt: skip
    """What the document shows, and the document properties that the template's own fields name."""
    shown = content(package, trees, labels)
    own = {each.key for paragraph in shown.figured for each in paragraph.figures} - {*figures}
    return (content(package, trees, labels, foreign=own) if own else shown), sorted(own)


def template_identity(template: bytes, sentences: Sentences) -> str:
    """What a report's record says of its template, sentences included.

    Raises:
        TemplateError: the file cannot be read at all.
    """
    return identity(template, used_sentences(template, sentences), sentences)


def check(
    template: bytes, names: Mapping[str, object], sentences: Sentences | None = None
) -> list[Mistake]:
    """The mistakes that show without running the template, in its order.

    Raises:
        TemplateError: the file cannot be read at all.
    """
    package = packages.read(template)
    parts = _parts(package, sentences or {})
    checked = checking.check([part.stream for part in parts], names)
    return [mistake for _, mistake in [*checked.mistakes, *_elsewhere(package, parts)]]


def _elsewhere(package: Package, parts: Sequence[_Part]) -> list[tuple[int, Mistake]]:
    """The mistakes in parts that hold no text, after all others."""
    found = otherparts.mistakes(package, {part.name: part.label for part in parts})
    return [(sys.maxsize, mistake) for mistake in found]


def used_sentences(template: bytes, sentences: Sentences) -> set[str]:
    """The names of the sentences that a template uses.

    Raises:
        TemplateError: the file cannot be read at all.
    """
    return _used(_parts(packages.read(template), sentences))


def streams(template: bytes, sentences: Sentences) -> list[Sequence[Event]]:
    """The parts of a template that take tags, as streams.

    Raises:
        TemplateError: the file cannot be read at all.
    """
    return [part.stream for part in _parts(packages.read(template), sentences)]


def _used(parts: Sequence[_Part]) -> set[str]:
    """The sentences that a template uses."""
    return {name for part in parts for name in used_in(part.stream)}


def _parts(package: Package, known: Sentences) -> list[_Part]:
    """The parts that take tags: the body first, then headers and footers, then notes."""
    try:
        otherparts.clean(package)
        styles = next(_linked_trees(package, "styles"), None)
        labels = part_labels(package, parse(package.parts[package.document]))
        return [
            _Part(name, label, read_part(root, label, package.outside(name), known))
            for name, label in labels.items()
            for root in [_undressed(package.parts[name], styles)]
        ]
    except (KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise packages.unusable() from error


def _undressed(part: bytes, styles: etree._Element | None) -> etree._Element:
    root = parse(part)
    undress(root, styles)
    return root


def _filling(package: Package, report: Report, draw: Draw, prints: dict[str, bytes]) -> Filling:
    """``prints`` takes those of the charts that are drawn, by the SHA-256 of their images."""
    styles = next(
        (link.part for link in package.linked(package.document) if link.type == "styles"), None
    )
    caption = pictures.caption_style(parse(package.parts[styles]) if styles else None)

    def place(drawing: Drawing) -> str:
        name = package.free_name("word/media/image{}.png")
        package.put_default("png", "image/png")
        image = draw(drawing)
        prints[hashlib.sha256(image).hexdigest()] = likeness.print_of(image)
        package.put(name, image, "image/png")
        return package.link(package.document, name, f"{OFFICE}/image")

    return Filling(report.names, place, caption, report.quoted)


def _stop_on(found: Sequence[tuple[int, Mistake]]) -> None:
    if found:
        raise TemplateError([mistake for _, mistake in sorted(found, key=lambda each: each[0])])


def _finished(
    parts: Sequence[_Part], texts: Sequence[str], filling: Filling
) -> dict[str, etree._Element]:
    numbers = Numbers(count(len(filling.marks) + 1))
    trees = {part.name: parse(text) for part, text in zip(parts, texts, strict=True)}
    for tree in trees.values():
        finish(tree, numbers, filling.rows)
    return trees


def _restart_lists(package: Package, document: etree._Element, filling: Filling) -> None:
    names = {link.type: link.part for link in package.linked(package.document)}
    if "numbering" in names and filling.turns:
        numbering = parse(package.parts[names["numbering"]])
        styles = parse(package.parts[names["styles"]]) if "styles" in names else None
        if lists.restart(document, styles, numbering, filling.turns):
            package.parts[names["numbering"]] = to_xml(numbering)


def _mark_draft(
    package: Package, trees: Mapping[str, etree._Element], missing: Sequence[str]
) -> None:
    document = trees[package.document]
    for tree in trees.values():
        if tree.tag == w("hdr"):
            drafts.mark_header(tree)
    settings = next(_linked_trees(package, "settings"), None)
    drafts.add_headers(package, document, drafts.kinds(document, settings))
    drafts.front_page(document, missing)


def _linked_trees(package: Package, kind: str) -> Iterator[etree._Element]:
    for link in package.linked(package.document):
        if link.type == kind:
            yield parse(package.parts[link.part])


def _figures_before(package: Package) -> Collection[str]:
    """The figures of the report that the template once was, if it was one."""
    try:
        record = fields.record_in(package)
    except DamagedRecordError:
        return ()
    return record["facts"].keys() if record else ()


def _record(report: Report, filling: Filling, folder: Folder) -> dict[str, Any]:
    """What lets the document be verified and renewed after editing."""
    return {
        "tool": __version__,
        "title": report.title,
        "author": report.author,
        "date": report.date.isoformat(),
        "period": report.period,
        "facts": to_json({**report.facts, **filling.facts}.values()),
        "regions": [asdict(region) for region in folder.regions],
        "marks": filling.marks,
        "quotes": filling.quotes,
    }
