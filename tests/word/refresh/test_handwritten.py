"""What people wrote is carried on by ``refresh``, and told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from reportgen.word.after.comments import years_left
from reportgen.word.after.finalize import finalize_report
from reportgen.word.compare.findings import Finding
from reportgen.word.document.reader import open_report, read_report
from reportgen.word.refresh import refresh_report
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentences import Template
from tests.support.editing import parsed
from tests.support.tampering import opened
from tests.support.templates import W, docx, fact, p, r, report, table

TEMPLATE = docx(
    p("一、总体情况"), p("全年共收到建议{{ 组.件数 }}件，办理工作进展顺利。"),
    table(["事项", "件数"], ["建议", "{{ 组.件数 }}"]),
    p("下一步，继续抓好落实。"), header=p("内部资料"),
)  # fmt: skip


def made(count: int, period: str = "2024") -> bytes:
    figures = report(组={"件数": fact("组.件数", count)})
    return fill_template(Template(TEMPLATE), replace(figures, period=period), lambda _: b"")


def after(
    old: str, new: str, fresh: bytes, part: str = "word/document.xml"
) -> tuple[bytes, list[Finding]]:
    """A report of 7 in which somebody wrote ``new`` for ``old``, refreshed."""
    edited = opened(made(7))
    text = edited.parts[part].decode()
    assert text.count(old) == 1
    edited.parts[part] = text.replace(old, new).encode()
    if part == "word/document.xml":
        edited.tree = etree.fromstring(edited.parts[part])
    done = refresh_report(edited.saved(), fresh)
    return done.content, list(done.findings)


@pytest.mark.parametrize(("old", "new", "part", "told"), [
    ("进展顺利。", "进展顺利，走访十二户。", "word/document.xml", ("number-typed", "十二户")),
    ("继续抓好落实。", "继续抓好落实。全部代表都满意。", "word/document.xml", ("claim-typed", "全部")),
    ("继续抓好落实。", "再投入120万元。", "word/document.xml", ("number-typed", "120万元")),
    ("内部资料", "内部资料（印30份）", "word/header.xml", ("number-typed", "30份")),
    (">建议<", ">建议（另有3件口头提出）<", "word/document.xml", ("number-typed", "3件")),
])  # fmt: skip
def test_a_typed_number_or_claim_is_told_even_if_nothing_else_changes(
    old: str, new: str, part: str, told: tuple[str, str]
) -> None:
    for count in (7, 8):
        content, findings = after(old, new, made(count), part)
        assert any(each.kind == told[0] and told[1] in each.found for each in findings), findings
        assert refresh_report(content, made(count)).findings != []
    _, findings = after(old, old, made(8), part)
    assert findings == []


def test_places_are_those_a_reader_knows() -> None:
    """A heading and a paragraph under it, not the fourth of the body."""
    edited = opened(made(7))
    first = next(edited.tree.iter(f"{{{W}}}p"))
    first.insert(0, parsed('<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')[0])
    edited.parts["word/document.xml"] = etree.tostring(edited.tree, encoding="utf-8").replace(
        "进展顺利".encode(), "进展顺利，走访十二户".encode()
    )
    edited.tree = etree.fromstring(edited.parts["word/document.xml"])
    (told,) = refresh_report(edited.saved(), made(8)).findings
    assert told.place == "“一、总体情况”第1段"


@pytest.mark.parametrize("count", [7, 8])
def test_numbers_in_tables_and_columns_of_one_s_own_are_told(count: int) -> None:
    """Typed into a new table, and into a new column of a table of ours."""
    edited = opened(made(7))
    ours = next(edited.tree.iter(f"{{{W}}}tbl"))
    for row, text in zip(ours.iter(f"{{{W}}}tr"), ("备注", "5件"), strict=True):
        row.extend(parsed(f"<w:tc><w:p>{r(text)}</w:p></w:tc>"))
    cells = "".join(f"<w:tc><w:p>{r(text)}</w:p></w:tc>" for text in ("走访群众", "30户"))
    ours.addnext(parsed(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>")[0])
    ours.addnext(etree.Element(f"{{{W}}}p"))
    told = list(refresh_report(edited.saved(), made(count)).findings)
    numbers = {each.found for each in told if each.kind == "number-typed"}
    assert numbers == {"5件", "30户"}


def test_another_year_is_no_change_of_data() -> None:
    words = "代表们给予好评。"
    content, findings = after("继续抓好落实。", f"继续抓好落实。{words}", made(9, "2025"))
    kept = [each for each in findings if each.kind == "year-kept"]
    assert [(each.found, each.severity) for each in kept] == [(words, "提醒")]
    comments = opened(content).parts["word/comments.xml"].decode()
    assert words in comments
    assert "年度已变" in comments
    assert read_report(content).record["period"] == "2025"
    again = opened(refresh_report(content, made(9, "2025")).content).parts
    assert again["word/comments.xml"].decode() == comments  # until a person takes it out
    assert "word/comments.xml" not in opened(finalize_report(content)).parts
    third = refresh_report(content, made(9, "2026"))
    assert opened(third.content).parts["word/comments.xml"].decode().count(words) == 1
    _, same_year = after("继续抓好落实。", f"继续抓好落实。{words}", made(9))
    assert [each.kind for each in same_year] == []


ELSEWHERE = {
    "word/header.xml": ("内部资料", "页眉"), "word/footnotes.xml": ("口径同上", "脚注"),
    "word/document.xml": ("提要", "正文的文本框"),
}  # fmt: skip


@pytest.mark.parametrize("part", ELSEWHERE)
def test_sentences_of_another_year_where_word_has_no_comments_are_told_with_their_place(
    part: str,
) -> None:
    """Their comments stand in the body, at its start or at the paragraph that holds the box."""
    old, place = ELSEWHERE[part]
    box = f"<w:txbxContent>{p('提要')}</w:txbxContent>"
    box = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{box}</v:textbox></v:shape>'
    holder = f"<w:p>{r('共{{ 组.件数 }}件。')}<w:r><w:pict>{box}</w:pict></w:r></w:p>"
    template = docx(p("一、总体情况"), holder, header=p("内部资料"), footnote=p("口径同上"))

    def year(count: int, period: str) -> bytes:
        figures = report(组={"件数": fact("组.件数", count)})
        return fill_template(Template(template), replace(figures, period=period), lambda _: b"")

    def kept(findings: list[Finding]) -> list[str]:
        return [each.found for each in findings if each.kind == "year-kept"]

    words = f"{old}，代表们给予好评。"
    edited = opened(year(7, "2024"))
    written = edited.parts[part].replace(old.encode(), words.encode())
    edited.parts[part] = written
    if part == "word/document.xml":
        edited.tree = etree.fromstring(written)
    done = refresh_report(edited.saved(), year(9, "2025"))
    assert kept(list(done.findings)) == [words]
    assert [each.place for each in done.findings if each.kind == "year-kept"] == [place]
    after_all = opened(done.content)
    assert words in after_all.parts["word/comments.xml"].decode()
    (anchor,) = after_all.tree.iter(f"{{{W}}}commentReference")
    assert not list(anchor.iterancestors(f"{{{W}}}txbxContent"))
    left = years_left(open_report(done.content))
    assert kept(left) == [words]
    assert left[0].place == place or part == "word/document.xml"
    assert kept(list(refresh_report(done.content, year(9, "2025")).findings)) == [words]
