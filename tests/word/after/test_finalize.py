"""``finalize``: nothing but what is read leaves the house."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

import reportgen
from reportgen.commands.finalize import FinalizedReport
from reportgen.commands.refresh import RefreshedReport
from reportgen.word.after.carried_along import find_carried_along
from reportgen.word.after.comments import annotate_figures
from reportgen.word.after.finalize import finalize_opened, finalize_report
from reportgen.word.after.picture_bytes import drop_metadata
from reportgen.word.compare.findings import Finding
from reportgen.word.document.reader import open_package, open_report
from tests.conftest import Convert
from tests.support.documents import Document
from tests.support.editing import add_sentences, simple_fields, track
from tests.support.planted import everything, planted
from tests.support.tampering import fields, opened
from tests.support.templates import W, lines

TRACES = ("rg_", "DOCPROPERTY", "urn:reportgen", "rsid", "甲", "reportgen", "报告核对")


@pytest.fixture(scope="module")
def edited(sample_report: bytes) -> bytes:
    """With comments, tracked changes, session marks and a person's name in it."""
    report = opened(annotate_figures(sample_report))
    add_sentences(report)
    track(report)
    for number, p in enumerate(report.tree.iter(f"{{{W}}}p")):
        p.set(f"{{{W}}}rsidR", f"00AB{number:04X}")
    report.parts["docProps/app.xml"] = report.parts["docProps/app.xml"].replace(
        b"</Properties>", "<Company>甲公司</Company><Manager>甲</Manager></Properties>".encode()
    )
    report.parts["docProps/core.xml"] = report.parts["docProps/core.xml"].replace(
        "<cp:lastModifiedBy>永安镇人民政府".encode(), "<cp:lastModifiedBy>甲".encode()
    )
    settings = report.parts["word/settings.xml"].decode()
    rsids = '<w:rsids><w:rsidRoot w:val="00AB1234"/><w:rsid w:val="00AB1234"/></w:rsids>'
    head, _, rest = settings.partition("<w:compat")
    report.parts["word/settings.xml"] = (
        f"{head}<w:compat{rest}".encode() if rest else settings.encode()
    )
    if rest:
        body, _, tail = rest.partition("</w:compat>")
        done = f"{head}<w:compat{body}</w:compat>{rsids}{tail}"
        report.parts["word/settings.xml"] = done.encode()
    return report.saved()


def test_the_text_stays_and_everything_else_goes(
    edited: bytes, audited: Callable[[bytes], Sequence[str]]
) -> None:
    final = finalize_report(edited)
    everything = Document(final).everything
    assert [trace for trace in TRACES if trace in everything.replace("rg_rows", "")] == []
    with zipfile.ZipFile(io.BytesIO(final)) as package:
        names = package.namelist()
        package.testzip()
    gone = ("customXml", "docProps/custom", "docProps/app", "comments", "people")
    assert [name for name in names if name.startswith(gone) or "comments" in name] == []
    assert audited(final) == []


def test_what_is_read_is_the_same(sample_report: bytes) -> None:
    assert lines(finalize_report(sample_report)) == lines(sample_report)
    assert not fields(opened(finalize_report(sample_report)).tree)


def test_simple_fields_become_text_too(sample_report: bytes) -> None:
    report = opened(sample_report)
    simple_fields(report)
    assert report.tree.find(f".//{{{W}}}fldSimple") is not None
    final = opened(finalize_report(report.saved())).tree
    assert final.find(f".//{{{W}}}fldSimple") is None
    assert lines(finalize_report(report.saved())) == lines(sample_report)


def test_page_numbers_stay_live(sample_report: bytes) -> None:
    parts = opened(finalize_report(sample_report)).parts
    footers = [content for name, content in parts.items() if name.startswith("word/footer")]
    assert footers
    assert all(b"PAGE" in content for content in footers)


def test_half_a_field_is_cleared_away(sample_report: bytes) -> None:
    report = opened(sample_report)
    ended = fields(report.tree)[0].runs[-1]
    ended.getparent().remove(ended)
    final = etree.tostring(opened(finalize_report(report.saved())).tree, encoding="unicode")
    assert final.count('"begin"') == final.count('"end"')


def test_same_input_same_bytes(edited: bytes) -> None:
    assert finalize_report(edited) == finalize_report(edited)


def test_it_is_refused_while_something_disagrees(sample_report: bytes, tmp_path: Path) -> None:
    report = opened(sample_report)
    fields(report.tree)[1].text = "8"
    path = tmp_path / "报告.docx"
    path.write_bytes(report.saved())
    refused = reportgen.finalize(path)
    assert refused.document is None
    assert [each.kind for each in refused.findings] == ["figure-overtyped"]
    assert list(tmp_path.iterdir()) == [path]
    done = reportgen.finalize(path, force=True)
    assert done.document is not None
    assert done.document.path.name == "报告（定稿）.docx"


def test_remarks_are_to_be_accepted(sample_report: bytes, tmp_path: Path) -> None:
    report = opened(sample_report)
    fields(report.tree)[1].unlink()
    path = tmp_path / "报告.docx"
    path.write_bytes(report.saved())
    refused = reportgen.finalize(path)
    assert (refused.document, refused.stopped) == (None, "提醒")
    assert [each.kind for each in refused.findings] == ["figure-plain"]
    assert list(tmp_path.iterdir()) == [path]
    done = reportgen.finalize(path, accept=True)
    assert done.document is not None


def test_it_is_held_against_the_folder_if_one_is_given(
    sample_report: bytes, sample_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(sample_report)
    assert reportgen.finalize(path, sample_folder).document is not None
    changed = shutil.copytree(sample_folder, tmp_path / "新")
    (changed / "填报" / "社会事务办公室.xlsx").unlink()
    refused = reportgen.finalize(path, changed)
    assert (refused.document, refused.stopped) == (None, "错误")
    assert "figure-stale" in {each.kind for each in refused.findings}


def test_nothing_is_overwritten(sample_report: bytes, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(sample_report)
    names = []
    for out in (None, None, tmp_path / "别处", tmp_path / "印发.docx"):
        done = reportgen.finalize(path, out=out)
        assert done.document is not None
        names.append(done.document.path.relative_to(tmp_path).as_posix())
    assert names == [
        "报告（定稿）.docx",
        "报告（定稿）.docx",
        "别处/报告（定稿）.docx",
        "印发.docx",
    ]
    assert path.read_bytes() == sample_report


@pytest.mark.parametrize("command", ["finalize", "refresh"])
def test_the_report_itself_is_never_replaced(
    command: str, sample_folder: Path, tmp_path: Path
) -> None:
    built = reportgen.build(sample_folder, tmp_path).document
    assert built is not None
    before = built.path.read_bytes()
    done: FinalizedReport | RefreshedReport
    if command == "finalize":
        done = reportgen.finalize(built.path, out=built.path)
    else:
        done = reportgen.refresh(built.path, sample_folder, built.path)
    assert done.document is not None
    assert built.path.read_bytes() == before
    assert done.document.path == built.path or done.document.aside


def test_libreoffice_reads_the_same(
    sample_report: bytes, convert: Convert, pdf_text: Callable[[bytes, Path], str], tmp_path: Path
) -> None:
    """Its line breaks may differ: it sets a little space beside digits, but not beside a field's."""
    before, after = (
        re.sub(r"\s|—\s*\d+\s*—", "", pdf_text(convert(content, "docx", "pdf"), tmp_path))
        for content in (sample_report, finalize_report(sample_report))
    )
    assert len(before) > 1000
    assert after == before


def test_no_planted_secret_survives(
    sample_report: bytes, audited: Callable[[bytes], Sequence[str]]
) -> None:
    report, places = planted(sample_report)
    assert len(places) >= 100
    before = everything(report)
    assert [place for secret, place in places.items() if secret.encode() not in before] == []
    final = finalize_report(report)
    after = everything(final)
    assert [place for secret, place in places.items() if secret.encode() in after] == []
    assert b"SECRET" not in after
    shown = [line for line in lines(final) if line != "字"]
    assert [line for line in lines(sample_report) if line not in shown] == []
    assert audited(final) == []


def test_pictures_keep_every_pixel(sample_report: bytes) -> None:
    report, _ = planted(sample_report)
    before, after = (
        [content for name, content in opened(docx).parts.items() if name.startswith("word/media/")]
        for docx in (sample_report, finalize_report(report))
    )
    assert after == before or [pixels(one) for one in after] == [pixels(one) for one in before]


def pixels(picture: bytes) -> bytes:
    return Image.open(io.BytesIO(picture)).tobytes()


def exif_photo() -> bytes:
    picture = Image.frombytes("RGB", (64, 48), bytes(range(256)) * 36)
    exif = Image.Exif()
    exif[0x013B] = "SECRET"
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", exif=exif, comment=b"SECRET", progressive=True)
    return buffer.getvalue() + b"SECRET"


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "TIFF", "BMP"])
def test_other_pictures_lose_what_is_not_seen(kind: str) -> None:
    photo = exif_photo()
    if kind != "JPEG":
        buffer = io.BytesIO()
        picture = Image.open(io.BytesIO(photo))
        more = {"comment": b"SECRET"} if kind == "GIF" else {}
        picture.save(buffer, kind, **more)
        photo = buffer.getvalue() + b"SECRET"
    cleaned = drop_metadata(photo)
    assert cleaned is not None
    assert b"SECRET" in photo
    assert b"SECRET" not in cleaned
    assert pixels(cleaned) == pixels(photo)


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"\x01\0\0\0" * 30, b"\x89PNG\r\n\x1a\nxx", b"\xff\xd8\xff"]
)
def test_what_cannot_be_made_sure_of_is_not_vouched_for(content: bytes) -> None:
    assert drop_metadata(content) is None


HIDDEN = {
    "left-hidden": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部意见</w:t></w:r></w:p>",
    "left-white": '<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>内部意见</w:t></w:r></w:p>',
}


def left_over(content: bytes) -> list[Finding]:
    """What is said of the copy before it is packed: just what whoever opens it would find."""
    final = finalize_opened(open_report(content))
    found = final.find_left_over()
    assert found == find_carried_along(open_package(final.to_bytes()))
    return found


@pytest.mark.parametrize("kind", HIDDEN)
def test_what_is_not_seen_is_named(sample_report: bytes, kind: str) -> None:
    assert left_over(sample_report) == []
    report = opened(sample_report)
    body = report.parts["word/document.xml"].replace(b"<w:p>", HIDDEN[kind].encode() + b"<w:p>", 1)
    (found,) = left_over(rezipped(report.parts | {"word/document.xml": body}))
    assert (found.kind, found.place, found.found) == (kind, "正文", "内部意见")


def test_links_and_embedded_files_are_named(sample_report: bytes) -> None:
    parts = dict(opened(sample_report).parts)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        f'<Relationship Id="rA" Type="{office}/hyperlink" TargetMode="External" Target="file:///C:/x"/>'
        f'<Relationship Id="rB" Type="{office}/package" Target="embeddings/a.xlsx"/>'
        f'<Relationship Id="rC" Type="{office}/image" Target="media/a.emf"/></Relationships>'
    )
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", links.encode())
    parts["word/embeddings/a.xlsx"], parts["word/media/a.emf"] = b"PK", b"\x01\0\0\0"
    used = "".join(
        f'<w:hyperlink r:id="{id_}"><w:r><w:t>x</w:t></w:r></w:hyperlink>'
        for id_ in ("rA", "rB", "rC")
    )
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:p>", f"<w:p>{used}</w:p><w:p>".encode(), 1
    )
    assert [(found.kind, found.found) for found in left_over(rezipped(parts))] == [
        ("left-outside", "file:///C:/x"),
        ("left-embedded", "嵌入的文件"),
        ("left-picture", "EMF 图片"),
    ]


def rezipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()
