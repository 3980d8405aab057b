"""The record inside a report is read as what it is: bytes that anybody may have changed."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

import reportgen
from reportgen.errors import ReportError
from reportgen.word.document.reader import read_report
from reportgen.word.document.record import DamagedRecordError, decode_record
from reportgen.word.xml.package import OFFICE, WordPackage
from reportgen.word.xml.package import read_word_package as read_package

STRANGE: tuple[object, ...] = (
    None,
    1,
    -7,
    1.5,
    "x",
    "",
    [],
    {},
    [None],
    {"x": 1},
    True,
    [["a"]] * 3,
)


def record_text(docx: bytes) -> str:
    return json.dumps(dict(upkeep_record(docx)), ensure_ascii=False)


def upkeep_record(docx: bytes) -> Any:
    return read_report(docx).record


def with_record(docx: bytes, text: str) -> bytes:
    """The report with another text in place of its record."""
    package: WordPackage = read_package(docx)
    for name, part in package.parts.items():
        if b"urn:reportgen:record:1" in part and b"<record" in part:
            head = b'<?xml version="1.0" encoding="UTF-8"?><record xmlns="urn:reportgen:record:1">'
            escaped = text.replace("&", "&amp;").replace("<", "&lt;")
            package.parts[name] = head + f"<piece>{escaped}</piece></record>".encode()
    return package.to_bytes(dt.date(2024, 1, 1))


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from spots(inner, (*path, key))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from spots(inner, (*path, place))


def changed(record: Any, path: tuple[Any, ...], new: object) -> Any:
    made = json.loads(json.dumps(record))
    if not path:
        return new
    inner = made
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = new
    return made


def test_it_reads_what_was_written(sample_report: bytes) -> None:
    text = record_text(sample_report)
    assert json.loads(json.dumps(decode_record(text))) == json.loads(text)


@pytest.mark.parametrize("text", ["", "x", "[]", "null", "{}", '{"facts":{}}', "[" * 100_000])
def test_what_is_no_record_is_refused(text: str, sample_report: bytes, tmp_path: Path) -> None:
    with pytest.raises(DamagedRecordError):
        decode_record(text)
    path = tmp_path / "报告.docx"
    path.write_bytes(with_record(sample_report, text))
    for command in (reportgen.verify, reportgen.finalize):
        with pytest.raises(ReportError, match="数据来源已损坏"):
            command(path)


@pytest.mark.parametrize("seed", range(30))
def test_a_changed_entry_is_refused_or_verified(
    seed: int, sample_report: bytes, tmp_path: Path
) -> None:
    """Whatever is put in place of any entry: a finding, a refusal, never a traceback."""
    rng = random.Random(seed)
    record = json.loads(record_text(sample_report))
    for _ in range(3):
        record = changed(record, rng.choice(list(spots(record))), rng.choice(STRANGE))
        if not isinstance(record, dict):
            break
    path = tmp_path / "报告.docx"
    path.write_bytes(with_record(sample_report, json.dumps(record, ensure_ascii=False)))
    for command in (reportgen.verify, reportgen.finalize):
        try:
            assert command(path) is not None
        except ReportError as refused:
            assert str(refused)  # noqa: PT017 (either is right)


def test_a_missing_entry_is_refused_or_verified(sample_report: bytes, tmp_path: Path) -> None:
    """Of each name one is left out: a finding, a refusal, never a traceback."""
    record = json.loads(record_text(sample_report))
    named = {path[-1]: path for path in spots(record) if path and str(path[-1]).isalpha()}
    names = {name: path for name, path in named.items() if name.isascii()}  # not keys of the data
    path = tmp_path / "报告.docx"
    for name, at in names.items():
        inner = made = json.loads(json.dumps(record))
        for step in at[:-1]:
            inner = inner[step]
        del inner[name]
        path.write_bytes(with_record(sample_report, json.dumps(made, ensure_ascii=False)))
        try:
            assert reportgen.verify(path) is not None
        except ReportError as refused:
            assert str(refused), at  # noqa: PT017 (either is right)


def test_a_figure_of_an_earlier_edition_tells_no_meaning_and_is_traced(
    sample_report: bytes, tmp_path: Path
) -> None:
    record = upkeep_record(sample_report)
    facts = {
        key: {name: told for name, told in fact.items() if name != "meaning"}
        for key, fact in record["facts"].items()
    }
    path = tmp_path / "报告.docx"
    path.write_bytes(with_record(sample_report, json.dumps({**record, "facts": facts})))
    assert reportgen.trace(path, "建议.件数")[0].startswith("建议.件数＝")


def test_what_the_package_relates_to_and_does_not_hold_is_not_brought_along(
    sample_report: bytes,
) -> None:
    package = read_package(sample_report)
    del package.parts["docProps/core.xml"]
    content = package.to_bytes(dt.date(2024, 1, 1))
    assert not {link.type for link in read_package(content).linked("")} & {"core-properties"}
    docx.Document(io.BytesIO(read_package(content).to_bytes(dt.date(2024, 1, 1))))


def test_the_document_stays_whatever_else_is_said_of_it(sample_report: bytes) -> None:
    package = read_package(sample_report)
    for link in package.relations(""):
        if link.get("Type", "").endswith("core-properties"):
            link.set("Target", package.document)
    package.describe("题目", "", dt.date(2024, 1, 1))
    assert package.document in package.parts


def test_a_part_that_is_no_markup_is_told_before_anything_is_made_of_it(
    sample_report: bytes, tmp_path: Path
) -> None:
    """Each kind of part that some command reads, under a name that says nothing."""
    for kind in ("comments", "styles", "numbering", "settings", "footnotes", "header", "customXml"):
        package = read_package(sample_report)
        package.parts["word/x.bin"] = b"\x89PNG"
        package.link(package.document, "word/x.bin", f"{OFFICE}/{kind}")
        path = tmp_path / "报告.docx"
        path.write_bytes(package.to_bytes(dt.date(2024, 1, 1)))
        with pytest.raises(ReportError, match="不是能读取的 Word 文档"):
            reportgen.verify(path, comments=True)


def test_relations_that_lead_nowhere_stay_only_where_the_text_refers_to_them(
    sample_report: bytes,
) -> None:
    package = read_package(sample_report)
    used = next(link for link in package.linked(package.document) if link.type == "image")
    for gone in (used.part, "word/numbering.xml"):
        del package.parts[gone]
    kept = read_package(package.to_bytes(dt.date(2024, 1, 1))).relations("word/document.xml")
    assert used.id in {link.get("Id") for link in kept}
    assert not [link for link in kept if link.get("Target") == "numbering.xml"]
