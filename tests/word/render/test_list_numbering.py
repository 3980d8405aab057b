"""Numbered lists in loops: whose number each paragraph counts with."""

import pytest

from reportgen.word.refresh import refresh_report
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentences import Template
from tests.support.tampering import opened
from tests.support.templates import W, docx, fact, items, p, part, report, table, with_part

NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0">'
    '<w:start w:val="4"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
)
STYLES = (
    '<w:style w:styleId="List"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    '<w:ind w:left="77"/></w:pPr></w:style>'
    '<w:style w:styleId="Mine"><w:basedOn w:val="List"/></w:style>'
)
DIRECT = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
STYLED = '<w:pPr><w:pStyle w:val="Mine"/></w:pPr>'
OUTER, INNER = "{% for 甲 in 列 %}", "{% for 乙 in 甲.项 %}"
END = p("{% endfor %}")
NAMES = {
    "列": items(
        {"名": "", "项": {"名": ""}},
        *({"名": name, "项": items({"名": ""}, {"名": "一"}, {"名": "二"})} for name in "东西"),
    )
}
LINK = (
    '<Relationship Id="n" Target="numbering.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"/>'
)


def lists(*body: str) -> list[int]:
    """Of each numbered paragraph in order, which of the lists met so far it counts in."""
    parts = {"word/numbering.xml": NUMBERING.encode()}
    made = fill_template(
        Template(with_part(docx(*body, styles=STYLES), parts, LINK)), report(**NAMES), lambda _: b""
    )
    found = [
        [each.get(f"{{{W}}}val") for each in paragraph.iter(f"{{{W}}}numId")] or ["style"]
        for paragraph in part(made).iter(f"{{{W}}}p")
        if list(paragraph.iter(f"{{{W}}}numId", f"{{{W}}}pStyle"))
    ]
    order = list(dict.fromkeys(each[0] for each in found))
    return [order.index(each[0]) for each in found]


def test_a_list_behind_another_paragraph_begins_anew_in_each_turn() -> None:
    assert lists(p(OUTER), p("{{ 甲.名 }}"), p("点", DIRECT), p("点", STYLED), END) == [0, 0, 1, 1]


def test_a_list_that_counts_the_turns_goes_on() -> None:
    assert lists(p(OUTER), p("{{ 甲.名 }}", DIRECT), p("文"), p("点", STYLED), END) == [0, 1, 0, 1]


def test_a_list_that_stands_outside_too_goes_on() -> None:
    body = [p(OUTER), p("{{ 甲.名 }}"), p("点", DIRECT), END]
    assert lists(p("点", DIRECT), *body) == [0, 0, 0]


def test_an_inner_loop_counts_its_turns_anew_in_each_outer_turn() -> None:
    inner = [p(INNER), p("{{ 乙.名 }}", DIRECT), END]
    assert lists(p(OUTER), p("{{ 甲.名 }}"), *inner, END) == [0, 0, 1, 1]


def test_rows_have_lists_of_their_own() -> None:
    cells = table(
        [OUTER, ""], ["{{ 甲.名 }}", p("点", DIRECT) + p("点", DIRECT)], ["{% endfor %}", ""]
    )
    assert lists(cells) == [0, 0, 1, 1]


def test_the_new_lists_start_where_the_old_one_does_and_keep_the_indent_of_the_style() -> None:
    template = with_part(
        docx(p(OUTER), p("{{ 甲.名 }}"), p("点", STYLED), END, styles=STYLES),
        {"word/numbering.xml": NUMBERING.encode()},
        LINK,
    )
    made = fill_template(Template(template), report(**NAMES, 数=fact("数", 1)), lambda _: b"")
    nums = part(made, "word/numbering.xml").findall(f"{{{W}}}num")
    starts = [num[1][0].get(f"{{{W}}}val") for num in nums[1:]]
    assert ([num.get(f"{{{W}}}numId") for num in nums], starts) == (["1", "2", "3"], ["4", "4"])
    indents = [each.get(f"{{{W}}}left") for each in part(made).iter(f"{{{W}}}ind")]
    assert indents == ["77", "77"]


def before_and_after() -> tuple[bytes, bytes]:
    """A report of two turns that have lists of their own, and one of three."""
    body = docx(p(OUTER), p("{{ 甲.名 }}"), p("点{{ 甲.名 }}", DIRECT), END, styles=STYLES)
    template = with_part(body, {"word/numbering.xml": NUMBERING.encode()}, LINK)
    reports = [
        report(列=items({"名": ""}, *({"名": name} for name in names)), 数=fact("数", 1))
        for names in ("东西", "东西南")
    ]
    made, fresh = (fill_template(Template(template), each, lambda _: b"") for each in reports)
    return made, fresh


def numbers(document: bytes) -> tuple[list[str | None], list[str | None]]:
    """The lists that the paragraphs name, and those that there are."""
    value, nums = f"{{{W}}}val", part(document, "word/numbering.xml").findall(f"{{{W}}}num")
    return (
        [each.get(value) for each in part(document).iter(f"{{{W}}}numId")],
        [each.get(f"{{{W}}}numId") for each in nums],
    )


def test_a_turn_that_comes_in_by_a_refresh_brings_its_list() -> None:
    made, fresh = before_and_after()
    assert numbers(refresh_report(made, fresh).content) == (["2", "3", "4"], ["1", "2", "3", "4"])


BULLETS = (
    '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1">'
)


@pytest.mark.parametrize(
    ("old", "new", "lists"),
    [
        ("</w:numbering>", '<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num></w:numbering>',
         ["1", "2", "3", "4", "5"]),
        ('<w:start w:val="4"/>', '<w:start w:val="1"/>', ["1", "2", "3", "4"]),
    ],
    ids=["the number is a list of the office's", "the office changed how the list looks"],
)  # fmt: skip
def test_a_paragraph_that_comes_in_never_counts_in_a_list_of_another_kind(
    old: str, new: str, lists: list[str]
) -> None:
    """List numbers mean nothing in another document; it counts like another turn, from the start."""
    made, fresh = before_and_after()
    edited = opened(made)
    numbering = edited.parts["word/numbering.xml"].decode()
    changed = numbering.replace('<w:num w:numId="1">', BULLETS).replace(old, new)
    edited.parts["word/numbering.xml"] = changed.encode()
    done = refresh_report(edited.saved(), fresh).content
    assert "点南" in "".join(part(done).itertext())
    assert numbers(done) == (["2", "3", lists[-1]], lists)
    begun = part(done, "word/numbering.xml").findall(f"{{{W}}}num")[-1]
    assert begun.find(f"{{{W}}}lvlOverride/{{{W}}}startOverride") is not None
