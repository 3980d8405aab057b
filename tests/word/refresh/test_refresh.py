"""``refresh``: each rule in a small example; the sample report under every change of its data."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

import reportgen
from reportgen.errors import ReportError
from reportgen.word import refresh as room
from reportgen.word.after.comments import annotate_figures
from reportgen.word.after.finalize import finalize_report
from reportgen.word.compare.findings import KINDS, Finding
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.model import Content
from reportgen.word.document.reader import read_report
from reportgen.word.document.text_rows import TextRows
from reportgen.word.refresh import RefreshResult, refresh_report
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentences import Template
from tests.conftest import Convert
from tests.properties.test_refresh_random import CARRIED, lost, stale, unstable, untidy
from tests.support import random_edits
from tests.support.changed_sample import CHANGES, one_more, other_title, sample
from tests.support.changed_sample import built as sample_built
from tests.support.command_line import run_here
from tests.support.editing import AUTHOR, parsed, prose
from tests.support.generate import case
from tests.support.small_report import (
    CASE,
    Data,
    Thing,
    built,
    dot,
    label,
    labelled,
    random_data,
)  # fmt: skip
from tests.support.small_report import changed as changed_data
from tests.support.tampering import TC, TR, WP, P, R, Report, T, field_of, fields, opened
from tests.support.templates import Chart, W, docx, fact, items, p, r, shown, table
from tests.support.templates import report as plain_report

Edit = Callable[[Report], object]

CORE = "docProps/core.xml"
"""Title, author and dates."""


# What the examples are made of


def after(now: Data, *edits: Edit, made: Data = CASE) -> RefreshResult:
    """A small report, edited, with other data."""
    report = opened(built(made))
    for edit in edits:
        edit(report)
    return refresh_report(report.saved(), built(now))


def texts(done: RefreshResult) -> dict[str, str]:
    return labelled(read_report(done.content).content)


def told(done: RefreshResult) -> list[Finding]:
    """What could not be merged."""
    return [each for each in done.findings if each.kind not in CARRIED]


def kinds(done: RefreshResult) -> list[str]:
    return [each.kind for each in told(done)]


def the(done: RefreshResult) -> Finding:
    (finding,) = told(done)
    return finding


def with_thing(name: str, **values: object) -> Data:
    """The small case, one item changed."""
    things = [replace(each, **values) if each.name == name else each for each in CASE.things]
    return replace(CASE, things=tuple(things))


def without(name: str) -> Data:
    """The small case, one item withdrawn."""
    return replace(CASE, things=tuple(each for each in CASE.things if each.name != name))


def paragraph(report: Report, name: str) -> etree._Element:
    return next(each for each in report.tree[0].findall(P) if label(shown(each)) == name)


def row(report: Report, name: str) -> etree._Element:
    return next(each for each in report.tree.iter(TR) if shown(each[0]) == name)


def retype(name: str, old: str, new: str) -> Edit:
    """Some words of a paragraph become others."""

    def edit(report: Report) -> None:
        text = next(t for t in paragraph(report, name).iter(T) if old in (t.text or ""))
        text.text = text.text.replace(old, new)

    return edit


def add(name: str, words: str) -> Edit:
    """Words at the end of a paragraph."""
    return lambda report: paragraph(report, name).append(parsed(r(words))[0])


def drop(name: str) -> Edit:
    return lambda report: report.tree[0].remove(paragraph(report, name))


def move(name: str, behind: str) -> Edit:
    return lambda report: paragraph(report, behind).addnext(paragraph(report, name))


def write_behind(name: str, words: str) -> Edit:
    """A new paragraph."""
    return lambda report: paragraph(report, name).addnext(parsed(p(words))[0])


def cell(name: str, at: int, words: str) -> Edit:
    """All of one cell."""

    def edit(report: Report) -> None:
        here = row(report, name).findall(TC)[at].find(P)
        for each in here.findall(R):
            here.remove(each)
        here.append(parsed(r(words))[0])

    return edit


def overtype(key: str, text: str) -> Edit:
    def edit(report: Report) -> None:
        field_of(report, key).text = text

    return edit


def flatten(key: str, text: str) -> Edit:
    """A figure becomes text."""

    def edit(report: Report) -> None:
        here = field_of(report, key)
        here.text = text
        here.unlink()

    return edit


OTHER_PLACE = with_thing("西", place="村建办")
OTHER_COUNT = with_thing("西", count=40)
ALL_DONE = with_thing("西", result=0)
NO_ECONOMY = replace(without("东"), themes=CASE.themes[1:])


# Nothing changed


@pytest.mark.parametrize("report", [pytest.param(lambda: built(CASE), id="small"),
                                    pytest.param(lambda: sample_built(sample()), id="sample")])  # fmt: skip
def test_without_changes_and_edits_the_document_is_the_same(report: Callable[[], bytes]) -> None:
    content = report()
    done = refresh_report(content, content)
    assert opened(done.content).parts == opened(content).parts
    assert (told(done), dict(done.done)) == ([], {})


def test_with_edits_and_the_same_data_nothing_is_changed() -> None:
    report = opened(built(CASE))
    for edit in (add("总述", "特此说明。"), drop("结尾"), cell("行西", 1, "综合办")):
        edit(report)
    done = refresh_report(report.saved(), built(CASE))
    assert opened(done.content).parts == opened(report.saved()).parts
    assert (told(done), dict(done.done)) == ([], {})


# Nothing edited: the text of a fresh report


def plain(content: Content) -> list[object]:
    """All that is read, without where."""
    return [
        *(each.pieces for each in content.everything),
        *((each.name, each.alt, each.size, each.sha256) for each in content.pictures),
    ]


def assert_as_fresh(done: RefreshResult, fresh: bytes) -> None:
    now, new = read_report(done.content), read_report(fresh)
    assert told(done) == []
    assert plain(now.content) == plain(new.content)
    assert (now.properties, now.record) == (new.properties, new.record)
    assert verify_report(now) == []
    assert list(untidy(done)) == []
    assert opened(done.content).parts[CORE] == opened(fresh).parts[CORE]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_sample_unedited_reads_like_a_fresh_report(
    change: Callable[..., None], audited: Callable[[bytes], Sequence[str]]
) -> None:
    one, other = sample_built(sample()), sample_built(sample(change))
    assert plain(read_report(one).content) != plain(read_report(other).content)
    for made, fresh in ((one, other), (other, one)):
        done = refresh_report(made, fresh)
        assert_as_fresh(done, fresh)
        assert audited(done.content) == []


@pytest.mark.parametrize("seed", range(5))
def test_random_cases_unedited_read_like_fresh_reports(seed: int) -> None:
    chance = random.Random(seed)
    one, other = (
        sample_built(case(chance.randint(3, 30), 5, chance.randint(0, 999), rare=bool(seed % 2)))
        for _ in "ab"
    )
    assert_as_fresh(refresh_report(one, other), other)


@pytest.mark.parametrize("block", range(4))
def test_small_reports_unedited_read_like_fresh_ones(block: int) -> None:
    for seed in range(block * 16, block * 16 + 16):
        chance = random.Random(seed)
        data = random_data(chance)
        fresh = built(changed_data(data, chance))
        assert_as_fresh(refresh_report(built(data), fresh), fresh)


def test_another_year_s_items_are_other_items_though_they_have_the_same_numbers() -> None:
    """The prose typed about last year's number 1 stays with it, and is told."""
    made = opened(sample_built(sample()))
    row = next(row for row in made.tree.iter(TR) if shown(row.findall(TC)[1]) == "1")
    row.findall(TC)[11].find(P).append(parsed(r("已去现场看过"))[0])
    fresh = sample_built(sample(CHANGES["next_year"]))
    done = refresh_report(made.saved(), fresh)
    assert kinds(done) == ["gone-kept"]
    assert "已去现场看过" in the(done).found
    now = [[shown(cell) for cell in row.findall(TC)] for row in opened(done.content).tree.iter(TR)]
    assert "关于修建田间道路的建议" in {row[3] for row in now if len(row) > 3}


# Loops


def test_untouched_items_are_made_anew() -> None:
    done = after(OTHER_PLACE)
    assert texts(done)["西项"] == "西项：由村建办办理，还在办，惠及34户。"
    assert texts(done)["行西"] == "行西｜村建办｜正在解决｜34"
    assert kinds(done) == []


def test_edited_items_keep_their_prose_and_get_their_figures() -> None:
    done = after(OTHER_COUNT, add("西项", "群众都说好。"))
    assert texts(done)["西项"] == "西项：由经发办办理，还在办，惠及40户。群众都说好。"
    assert kinds(done) == []


def test_what_people_and_data_change_in_different_clauses_comes_together() -> None:
    done = after(OTHER_PLACE, retype("西项", "还在办", "正在抓紧办"))
    assert texts(done)["西项"] == "西项：由村建办办理，正在抓紧办，惠及34户。"
    assert kinds(done) == []


def test_where_both_change_the_same_people_s_words_stay() -> None:
    done = after(OTHER_PLACE, retype("西项", "经发办", "综合办和经发办一起"))
    assert texts(done)["西项"] == "西项：由综合办和经发办一起办理，还在办，惠及34户。"
    assert kinds(done) == ["text-kept"]
    assert "综合办" in the(done).found
    assert "由村建办办理" in the(done).expected


def test_new_items_come_in_where_they_belong() -> None:
    new = Thing("北", "民生服务", "村建办", 0, 78)
    done = after(replace(CASE, things=(*CASE.things[:2], new, *CASE.things[2:])))
    names = list(texts(done))
    assert names[names.index("西项") :][:3] == ["西项", "北项", "南项"]
    assert names[names.index("行西") :][:3] == ["行西", "行北", "行南"]
    assert texts(done)["行北"] == "行北｜村建办｜已解决｜78"


def test_new_items_come_in_though_people_left_nothing_of_what_was_made() -> None:
    def clear(report: Report) -> None:
        body = report.tree[0]
        for each in [each for each in body if each.tag != f"{{{W}}}sectPr"]:
            body.remove(each)
        body.insert(0, parsed(p("另写的话。"))[0])

    new = Thing("北", "民生服务", "村建办", 0, 78)
    done = after(replace(CASE, things=(*CASE.things, new)), clear)
    *paragraphs, section = opened(done.content).tree[0]
    assert [label(shown(each)) for each in paragraphs] == ["另写的话。", "北项"]
    assert section.tag == f"{{{W}}}sectPr"


def test_a_new_item_looks_like_its_siblings_do_now() -> None:
    def indent(report: Report) -> None:
        looks = '<w:pPr><w:ind w:left="777"/></w:pPr>'
        for name in ("西项", "南项"):
            paragraph(report, name).insert(0, parsed(looks)[0])

    def colour(report: Report) -> None:
        for name in ("行东", "行西", "行南"):
            for run in row(report, name).iter(R):
                run.insert(0, parsed('<w:rPr><w:color w:val="FF0000"/></w:rPr>')[0])

    new = Thing("北", "民生服务", "村建办", 0, 78)
    done = after(replace(CASE, things=(*CASE.things, new)), indent, colour)
    report = opened(done.content)
    assert paragraph(report, "北项").find(f".//{{{W}}}ind").get(f"{{{W}}}left") == "777"
    runs = list(row(report, "行北").iter(R))
    assert all(run.find(f".//{{{W}}}color") is not None for run in runs if run.find(T) is not None)


def test_items_that_are_gone_go_if_nobody_worked_on_them() -> None:
    done = after(without("西"), add("南项", "群众都说好。"))
    assert {"西项", "行西"} & texts(done).keys() == set()
    assert kinds(done) == []


def test_items_that_are_gone_stay_if_somebody_worked_on_them() -> None:
    done = after(without("西"), add("西项", "群众都说好。"), cell("行西", 1, "经发办、综合办"))
    assert texts(done)["西项"].endswith("惠及34户。群众都说好。")
    assert texts(done)["行西"] == "行西｜经发办、综合办｜正在解决｜34"
    assert kinds(done) == ["gone-kept", "gone-kept", "figure-lost", "figure-lost"]
    assert "清西" not in texts(done)
    assert fields_named(done, "事项.西.数") == []


def test_a_figure_overtyped_counts_as_work() -> None:
    done = after(without("西"), overtype("事项.西.数", "35"))
    assert texts(done)["西项"] == "西项：由经发办办理，还在办，惠及35户。"
    assert kinds(done) == ["gone-kept", "figure-lost"]
    assert "行西" not in texts(done)


def fields_named(done: RefreshResult, key: str) -> list[str]:
    return [each.text for each in fields(opened(done.content).tree) if each.key == key]


@pytest.mark.parametrize("what", [
    '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>',
    '<w:r><w:footnoteReference w:id="2"/></w:r>',
    f'<w:ins w:id="3" {AUTHOR}>{r("已核")}</w:ins>',
    f'<w:del w:id="3" {AUTHOR}><w:r><w:delText>已核</w:delText></w:r></w:del>',
    f"<w:r><w:pict><w:txbxContent>{p('已核')}</w:txbxContent></w:pict></w:r>",
])  # fmt: skip
def test_so_do_those_that_hold_a_note_a_change_or_a_box(what: str) -> None:
    done = after(without("西"), lambda report: paragraph(report, "西项").extend(parsed(what)))
    assert "西项" in "".join(texts(done))
    assert "gone-kept" in kinds(done)


def test_what_people_write_between_items_stays_and_moves_along() -> None:
    other_way = replace(CASE, themes=CASE.themes[::-1])
    done = after(other_way, write_behind("南项", "补充：群众都说好。"))
    names = list(texts(done))
    assert names[names.index("城乡建设") :][:6] == [
        "城乡建设", "民生服务", "西项", "南项", "补充", "经济发展",
    ]  # fmt: skip
    assert kinds(done) == []


def test_an_order_that_people_made_stays() -> None:
    done = after(OTHER_COUNT, move("南项", "民生服务"))
    assert kinds(done) == []
    names = list(texts(done))
    assert names.index("南项") < names.index("西项")
    done = after(replace(CASE, themes=CASE.themes[::-1]), move("南项", "民生服务"))
    assert kinds(done) == ["order-kept"]


def test_a_copy_is_not_taken_for_the_original() -> None:
    def copy(report: Report) -> None:
        here = paragraph(report, "附表")
        paragraph(report, "标题").addnext(parsed(etree.tostring(here, encoding="unicode"))[0])

    more = replace(CASE, themes=CASE.themes[::-1])
    done = after(more, copy)
    assert kinds(done) == []
    assert list(texts(done)).index("城乡建设") < list(texts(done)).index("民生服务")


def test_of_items_that_read_the_same_the_right_one_is_renewed() -> None:
    template = docx(p("{% for 项 in 列表 %}"), p("{{ 项.文 }}"), p("{% endfor %}"), p("末"))

    def listed(first: str) -> bytes:
        entries = ({"名": "一", "文": first}, {"名": "二", "文": "已经办好。"})
        return fill_template(
            Template(template), plain_report(列表=items({"名": "", "文": ""}, *entries)), dot_of
        )

    report = opened(listed("已经办好。"))
    report.tree[0].remove(report.tree[0].findall(P)[1])
    done = refresh_report(report.saved(), listed("还在抓紧办。"))
    assert [each.text for each in read_report(done.content).content.paragraphs] == [
        "还在抓紧办。",
        "末",
    ]
    assert kinds(done) == []


# Wording under conditions


def test_wording_that_flips_is_replaced_if_nobody_worked_on_it() -> None:
    done = after(ALL_DONE)
    assert texts(done)["未完"] == "未完：全部办理完毕，代表们表示满意。"
    assert kinds(done) == []


def test_wording_that_flips_stays_if_somebody_worked_on_it() -> None:
    done = after(ALL_DONE, add("未完", "请代表们放心。"))
    assert texts(done)["未完"] == "未完：还有0件正在办理，我们将抓紧推进。请代表们放心。"
    assert kinds(done) == ["gone-kept", "left-out"]
    assert done.findings[1].expected == "未完：全部办理完毕，代表们表示满意。"


def test_so_does_wording_that_only_holds_a_note() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    done = after(ALL_DONE, lambda report: paragraph(report, "未完").extend(parsed(note)))
    assert kinds(done) == ["gone-kept", "left-out"]
    assert texts(done)["未完"] == "未完：还有0件正在办理，我们将抓紧推进。"


def test_wording_that_was_taken_out_does_not_come_back_in_other_words() -> None:
    done = after(ALL_DONE, drop("未完"))
    assert "未完" not in texts(done)
    assert kinds(done) == ["left-out"]


# Tables


def test_a_cell_that_people_retyped_stays_and_is_told_if_the_data_differ() -> None:
    mine = cell("行西", 1, "综合办")
    assert kinds(after(OTHER_COUNT, mine)) == []
    done = after(OTHER_PLACE, mine)
    assert texts(done)["行西"] == "行西｜综合办｜正在解决｜34"
    assert (the(done).kind, the(done).found, the(done).expected) == (
        "text-kept",
        "综合办",
        "村建办",
    )


def test_rows_that_people_took_out_or_put_in_stay_so() -> None:
    def edit(report: Report) -> None:
        gone = row(report, "行西")
        new = parsed(etree.tostring(row(report, "行东"), encoding="unicode"))[0]
        random_edits.drop_marks(new)
        next(new.iter(T)).text = "另加"
        row(report, "行南").addnext(new)
        gone.getparent().remove(gone)

    assert kinds(after(CASE, edit)) == []
    done = after(OTHER_PLACE, edit)
    assert "行西" not in texts(done)
    assert texts(done)["另加东"] == "另加东｜农业办｜已解决｜12"
    assert (the(done).kind, the(done).expected) == ("deleted-changed", "行西｜村建办｜正在解决｜34")


def test_a_column_that_people_added_stays_and_new_rows_have_it() -> None:
    def edit(report: Report) -> None:
        for each in row(report, "名称").getparent().findall(TR):
            each.append(parsed(f"<w:tc><w:p>{r('阅')}</w:p></w:tc>")[0])

    new = Thing("北", "民生服务", "村建办", 0, 78)
    done = after(replace(OTHER_PLACE, things=(*OTHER_PLACE.things, new)), edit)
    assert texts(done)["行西"] == "行西｜村建办｜正在解决｜34｜阅"
    assert texts(done)["行北"] == "行北｜村建办｜已解决｜78｜"
    assert kinds(done) == []


def test_a_table_with_other_columns_is_replaced_if_nobody_edited_it() -> None:
    done = after(replace(CASE, classes=3))
    assert texts(done)["类别"] == "类别｜已解决｜正在解决｜暂缓解决"
    assert kinds(done) == []
    done = after(replace(CASE, classes=3), cell("类别", 1, "办好了"))
    assert texts(done)["类别"] == "类别｜办好了｜正在解决"
    assert the(done).kind == "text-kept"


def test_a_table_whose_first_rows_go_can_still_be_renewed() -> None:
    def edit(report: Report) -> None:
        for name in ("名称", "合计"):
            gone = row(report, name)
            gone.getparent().remove(gone)

    done = after(replace(without("东"), themes=CASE.themes[::-1]), edit)
    assert [name for name in texts(done) if name.startswith("行")] == ["行西", "行南"]
    assert after(Data((), CASE.themes), edit).content


def split_behind(name: str, *, with_head: bool = False) -> Edit:
    """A table split in two below this row, the head repeated if wanted."""

    def edit(report: Report) -> None:
        last = row(report, name)
        table = last.getparent()
        second = parsed("<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>")[0]
        if with_head:
            second.append(parsed(etree.tostring(table.find(TR), encoding="unicode"))[0])
            random_edits.drop_marks(second)
        second.extend(list(last.itersiblings(TR)))
        table.addnext(second)
        table.addnext(etree.Element(P))

    return edit


def tables_of(done: RefreshResult) -> list[list[str]]:
    """Of each table with rows of things, their names."""
    found = [
        [next(row.paragraphs).text for row in table.rows]
        for table in read_report(done.content).content.tables
    ]
    return [names for names in found if any(name.startswith("行") for name in names)]


@pytest.mark.parametrize("with_head", [False, True])
def test_the_rows_of_a_split_table_are_renewed_in_both_halves(with_head: bool) -> None:
    edit = split_behind("行东", with_head=with_head)
    head = ["名称"] * with_head
    assert after(CASE, edit).done.get("cell", 0) == 0
    new = Thing("北", "民生服务", "村建办", 0, 78)
    now = replace(CASE, things=tuple(
        replace(each, place="村建办") for each in (*CASE.things, new)))  # fmt: skip
    done = after(now, edit)
    assert kinds(done) == []
    assert texts(done)["行东"].startswith("行东｜村建办")
    assert texts(done)["行西"].startswith("行西｜村建办")
    first, second = tables_of(done)
    assert (first, second[: 2 + with_head]) == (["名称", "行东"], [*head, "行西", "行南"])
    assert "行北" in second


def test_rows_of_a_split_table_go_and_change_places() -> None:
    done = after(without("西"), split_behind("行西"))
    assert tables_of(done) == [["名称", "行东"], ["行南", "合计"]]
    turned = replace(CASE, things=CASE.things[::-1])
    done = after(turned, split_behind("行西"))
    fresh = [name for name in labelled(read_report(built(turned)).content) if name.startswith("行")]
    assert [name for each in tables_of(done) for name in each if name.startswith("行")] == fresh
    assert kinds(done) == []


def test_a_cell_retyped_in_the_second_half_of_a_split_table_stays() -> None:
    done = after(OTHER_PLACE, cell("行西", 1, "综合办"), split_behind("行东"))
    assert (the(done).kind, the(done).found, the(done).expected) == (
        "text-kept", "综合办", "村建办",
    )  # fmt: skip


def test_tables_joined_are_renewed_each_from_its_own_data() -> None:
    def join(report: Report) -> None:
        things, classes = (row(report, name).getparent() for name in ("名称", "类别"))
        things.extend(classes.findall(TR))
        classes.getparent().remove(classes)

    assert kinds(after(CASE, join)) == []
    done = after(OTHER_PLACE, join)
    assert texts(done)["行西"].startswith("行西｜村建办")
    assert kinds(done) == []


# Figures and charts


def looks_of(content: bytes, key: str) -> list[str]:
    report = opened(content)
    result = field_of(report, key).results[0]
    return [etree.QName(each).localname for each in result.find(f"{{{W}}}rPr")]


def test_a_figure_is_renewed_in_the_looks_it_has() -> None:
    def bold(report: Report) -> None:
        for run in field_of(report, "事项.西.数").results:
            run.insert(0, parsed("<w:rPr><w:b/><w:i/></w:rPr>")[0])

    done = after(OTHER_COUNT, bold)
    assert looks_of(done.content, "事项.西.数") == ["b", "i"]
    assert fields_named(done, "事项.西.数") == ["40", "40"]


def test_a_figure_overtyped_in_its_field_is_renewed_and_told() -> None:
    done = after(OTHER_COUNT, overtype("事项.西.数", "35"))
    assert fields_named(done, "事项.西.数") == ["40", "40"]
    finding = the(done)
    assert (finding.kind, finding.found, finding.expected) == ("figure-renewed", "35", "40")
    assert kinds(after(CASE, overtype("事项.西.数", "35"))) == ["figure-renewed"]
    assert kinds(after(OTHER_COUNT, overtype("事项.西.数", "40"))) == []


def test_a_figure_typed_as_text_stays_and_is_told_if_it_is_wrong() -> None:
    done = after(OTHER_COUNT, flatten("事项.西.数", "34"))
    assert "惠及34户" in texts(done)["西项"]
    assert (the(done).kind, the(done).found, the(done).expected) == ("figure-kept", "34", "40")
    assert kinds(after(CASE, flatten("事项.西.数", "34"))) == []
    assert kinds(after(CASE, flatten("事项.西.数", "35"))) == ["figure-kept"]


def test_a_figure_that_the_data_no_longer_have_becomes_text() -> None:
    def copy(report: Report) -> None:
        runs = field_of(report, "专题.经济发展.数").runs
        paragraph(report, "结尾").extend(
            parsed("".join(etree.tostring(run, encoding="unicode") for run in runs))
        )

    done = after(NO_ECONOMY, copy)
    assert kinds(done) == ["figure-lost"]
    assert texts(done)["结尾"] == "结尾：特此报告，请予审议。1"
    assert fields_named(done, "专题.经济发展.数") == []


def resize(report: Report) -> None:
    for each in report.tree.iter(f"{WP}extent", random_edits.A_EXT):
        each.set("cx", "1000000")
        each.set("cy", "500000")


def picture(done: RefreshResult) -> tuple[str, tuple[int, int], bytes]:
    (found,) = read_report(done.content).content.pictures
    image = next(part for name, part in opened(done.content).parts.items() if name.endswith(".png"))
    return found.alt, found.size, image


def test_a_chart_is_drawn_anew_in_the_size_it_has() -> None:
    done = after(ALL_DONE, resize)
    assert picture(done) == ("已解决为3", (1_000_000, 500_000), dot(3))
    assert kinds(done) == []


def test_a_chart_that_people_replaced_or_took_out_stays_so() -> None:
    def replaced(report: Report) -> None:
        name = next(name for name in report.parts if name.endswith(".png"))
        report.parts[name] = dot(77)

    done = after(ALL_DONE, replaced)
    assert kinds(done) == ["picture-kept"]
    assert picture(done)[2] == dot(77)
    gone = after(ALL_DONE, lambda report: [
        each.getparent().remove(each) for each in list(report.tree.iter(f"{{{W}}}drawing"))
    ])  # fmt: skip
    assert read_report(gone.content).content.pictures == []


def test_a_chart_that_stands_in_a_paragraph_that_goes_is_not_lost() -> None:
    def join(report: Report) -> None:
        chart = next(report.tree.iter(f"{{{W}}}drawing"))
        paragraph(report, "西项").append(chart.getparent())

    done = after(without("西"), join)
    assert len(read_report(done.content).content.pictures) == 1


def test_charts_of_the_sample_are_the_fresh_ones(
    sample_report: bytes, sample_folder: Path, tmp_path: Path
) -> None:
    """Drawn for once, not dots."""
    folder = changed_folder(sample_folder, tmp_path / "新")
    fresh = reportgen.build(folder, tmp_path / "output").document
    assert fresh is not None
    assert_as_fresh(refresh_report(sample_report, fresh.path.read_bytes()), fresh.path.read_bytes())


CHARTS = docx(p("{% if 数 %}"), p("{{ 图.二 }}"), p("{% endif %}"), p("{{ 图.一 }}"), p("末"))


def with_charts(number: int, height: float) -> bytes:
    """A report with one chart, or two; the second one is so high."""
    one = Chart("图.一", "一", "第一", (150.0, height))
    names = {"数": fact("数", number), "图": {"一": one, "二": Chart("图.二", "二", "第二")}}
    return fill_template(
        Template(CHARTS), plain_report(**names), lambda chart: dot(ord(chart.title) + int(height))
    )


def test_a_chart_that_comes_in_has_a_number_of_its_own() -> None:
    fresh = with_charts(1, 75)
    assert_as_fresh(refresh_report(with_charts(0, 75), fresh), fresh)


def test_a_chart_with_other_proportions_keeps_the_width_that_people_gave_it() -> None:
    fresh = with_charts(0, 100)
    assert_as_fresh(refresh_report(with_charts(0, 75), fresh), fresh)
    report = opened(with_charts(0, 75))
    resize(report)
    (found,) = read_report(refresh_report(report.saved(), fresh).content).content.pictures
    assert found.size == (1_000_000, round(1_000_000 * 100 / 150))


# Headers, titles, notes


def test_headers_follow_the_data_and_keep_what_people_wrote() -> None:
    def edit(report: Report) -> None:
        head = etree.fromstring(report.parts["word/header.xml"])
        head.find(P).append(parsed(r("（送审稿）"))[0])
        report.parts["word/header.xml"] = etree.tostring(head)

    next_year = replace(CASE, year="2025", unit="清河镇")
    edges = [each.text for each in read_report(after(next_year).content).content.edges]
    assert edges == ["2025年清河镇报告", "共3件"]
    edges = [each.text for each in read_report(after(next_year, edit).content).content.edges]
    assert edges == ["2025年清河镇报告（送审稿）", "共3件"]


def test_a_header_that_another_template_has_is_told() -> None:
    made = fill_template(
        Template(docx(p("正文"), header=p("{{ 年 }}年报告"))), plain_report(年="2024"), dot_of
    )
    more = docx(p("正文"), header=p("{{ 年 }}年报告") + p("内部资料，注意保存"))
    done = refresh_report(made, fill_template(Template(more), plain_report(年="2025"), dot_of))
    assert (the(done).kind, the(done).expected) == ("left-out", "内部资料，注意保存")


def dot_of(_: object) -> bytes:
    return dot(0)


def test_tracked_changes_stay_tracked() -> None:
    def edit(report: Report) -> None:
        new = f'<w:ins w:id="91" {AUTHOR}>{r("群众都说好。")}</w:ins>'
        paragraph(report, "西项").append(parsed(new)[0])

    done = after(with_thing("西", place="村建办", count=40), edit)
    assert texts(done)["西项"] == "西项：由村建办办理，还在办，惠及40户。群众都说好。"
    here = paragraph(opened(done.content), "西项").find(f"{{{W}}}ins")
    assert shown(here) == "群众都说好。"


def test_a_bookmark_that_loses_one_end_goes() -> None:
    def edit(report: Report) -> None:
        start, end = (f'<w:bookmark{each} w:id="700"/>' for each in ("Start", "End"))
        start = start.replace("/>", ' w:name="我的"/>')
        paragraph(report, "西项").insert(0, parsed(start)[0])
        paragraph(report, "结尾").append(parsed(end)[0])

    assert 'w:id="700"' in opened(after(CASE, edit).content).parts["word/document.xml"].decode()
    done = after(without("西"), edit)
    assert 'w:id="700"' not in opened(done.content).parts["word/document.xml"].decode()
    assert list(untidy(done)) == []


# All kinds of finding

PROVOKED: dict[str, tuple[Data, Edit]] = {
    "text-kept": (OTHER_PLACE, retype("西项", "经发办", "综合办")),
    "gone-kept": (without("西"), add("西项", "群众都说好。")),
    "left-out": (ALL_DONE, drop("未完")),
    "figure-kept": (OTHER_COUNT, flatten("事项.西.数", "34")),
    "figure-lost": (without("西"), add("西项", "群众都说好。")),
    "picture-kept": (ALL_DONE, lambda it: it.parts.update(
        {name: dot(7) for name in it.parts if name.endswith(".png")})),
    "figure-renewed": (OTHER_COUNT, overtype("事项.西.数", "35")),
    "deleted-changed": (OTHER_PLACE, drop("西项")),
    "order-kept": (replace(CASE, themes=CASE.themes[::-1]), move("南项", "民生服务")),
}  # fmt: skip
"""By kind, data and an edit that lead to it."""


@pytest.mark.parametrize("kind", PROVOKED)
def test_every_kind_is_provoked_and_said_in_words(kind: str) -> None:
    found = [each for each in after(*PROVOKED[kind]).findings if each.kind == kind]
    assert found
    assert all(KINDS[kind][1] == each.title and each.place in str(each) for each in found)


def test_no_kind_is_missing() -> None:
    """All that refresh can say, as its source has it, beside what it says of people's own words."""
    folder = Path(room.__file__).parent
    source = "".join(
        path.read_text("utf-8") for path in folder.glob("*.py") if path.name != "handwritten.py"
    )
    said = {kind for kind in KINDS if f'"{kind}"' in source}
    told_otherwise = {"figure-plain", "figure-replaced"}  # told as figure-kept
    of_native_charts = {"chart-kept", "chart-sheet-renewed"}  # test_native_charts
    assert said - told_otherwise - of_native_charts == PROVOKED.keys()


# Random editing of the sample

SAMPLE_EDITS = [
    edit for edit in dict.fromkeys(random_edits.EDITS)
    if edit.__name__ not in {"header", "comment", "footnote", "replace_chart", "drop_chart",
                             "inner_table", "text_box", "add_column", "drop_column", "merge_cells"}
]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_random_edits_of_the_sample(seed: int, audited: Callable[[bytes], Sequence[str]]) -> None:
    chance = random.Random(seed)
    editor = random_edits.Editor(opened(sample_built(sample())), chance)
    for edit in chance.sample(SAMPLE_EDITS, 4):
        edit(editor)
    report = editor.report.saved()
    names = list(CHANGES)
    fresh = sample_built(sample(CHANGES[names[seed % len(names)]]))
    done = refresh_report(report, fresh)
    problems = [*lost(report, done), *stale(done, fresh), *untidy(done), *unstable(done, fresh)]
    assert problems == []
    assert set(audited(done.content)) - set(audited(report)) == set()


# Other programs


def test_libreoffice_in_between(sample_report: bytes, convert: Convert) -> None:
    """It changes a sentence's runs, ids and parts; the report can be renewed all the same."""
    report = opened(sample_built(sample()))
    closing = next(p for p in prose(report) if "政府的法定职责" in "".join(p.itertext()))
    closing.append(parsed(r("这项工作得到代表好评。"))[0])
    saved = convert(report.saved(), "docx", "docx")
    fresh = sample_built(sample(one_more, other_title, CHANGES["all_solved"]))
    done = refresh_report(saved, fresh)
    assert told(done) == []
    now, new = (read_report(each).content for each in (done.content, fresh))
    lines = [[each.text for each in side.paragraphs if each.text] for side in (now, new)]
    assert [each.replace("这项工作得到代表好评。", "") for each in lines[0]] == lines[1]
    assert "这项工作得到代表好评。" in "".join(lines[0])
    rows = [
        [[shown(c) for c in row.iter(TC)] for row in opened(each).tree.iter(TR)]
        for each in (done.content, fresh)
    ]
    assert rows[0] == rows[1]
    assert {each.text for each in now.edges if "—" not in each.text} == {
        each.text for each in new.edges if "—" not in each.text
    }
    assert [(one.name, one.alt, one.sha256) for one in now.pictures] == [
        (one.name, one.alt, one.sha256) for one in new.pictures
    ]
    problems = [*lost(saved, done), *stale(done, fresh), *untidy(done), *unstable(done, fresh)]
    assert problems == []
    assert verify_report(read_report(done.content)) == []


def test_our_own_comments_go_and_those_of_people_stay(
    audited: Callable[[bytes], Sequence[str]],
) -> None:
    editor = random_edits.Editor(opened(annotate_figures(sample_built(sample()))), random.Random(1))
    random_edits.comment(editor)
    fresh = sample_built(sample(other_title))
    done = refresh_report(editor.report.saved(), fresh)
    comments = opened(done.content).parts["word/comments.xml"].decode()
    assert comments.count("<w:comment ") == 1
    assert "甲0001乙" in comments
    assert list(unstable(done, fresh)) == []
    assert audited(done.content) == []


# From file to file


def changed_folder(folder: Path, target: Path, faulty: bool = False) -> Path:
    """A copy of the sample's folder in which a title was corrected, or that has an error."""
    shutil.copytree(folder, target)
    for path in (target / "建议台账.xlsx", *(target / "填报").glob("*.xlsx")):
        book = load_workbook(path)
        for sheet in book:
            for cells in sheet.iter_rows():
                for each in cells:
                    if each.value == "关于加大对企业帮扶力度的建议":
                        each.value = "关于加大对中小企业帮扶力度的建议"
                    elif faulty and each.value == "经济转型发展" and sheet.title == "建议台账":
                        each.value = "没有这个专题"
        book.save(path)
    return target


def next_years_folder(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    path = target / "建议台账.xlsx"
    book = load_workbook(path)
    for cells in book["基本信息"].iter_rows():
        for each in cells:
            if each.value == 2024:
                each.value = 2025
    book.save(path)
    return target


@pytest.fixture
def path(sample_report: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "报告.docx"
    path.write_bytes(sample_report)
    return path


def test_the_new_report_is_saved_beside_the_old_one(
    path: Path, sample_report: bytes, sample_folder: Path, tmp_path: Path
) -> None:
    folder = changed_folder(sample_folder, tmp_path / "新")
    done = reportgen.refresh(path, folder)
    assert done.document is not None
    assert (done.document.path.name, told(done)) == ("报告（更新）.docx", [])
    assert path.read_bytes() == sample_report
    assert reportgen.verify(done.document.path, folder).findings == []
    assert reportgen.trace(done.document.path, "建议.件数")[0] == "建议.件数＝7件"
    assert {each.key for each in reportgen.figures(done.document.path)} == {
        each.key for each in reportgen.figures(path)
    }
    again = reportgen.refresh(done.document.path, folder)
    assert again.document is not None
    assert again.document.path == done.document.path  # the very same report is not saved twice
    assert finalize_report(again.document.path.read_bytes())


def test_another_year_s_report_has_its_own_name(
    path: Path, sample_folder: Path, tmp_path: Path
) -> None:
    done = reportgen.refresh(path, next_years_folder(sample_folder, tmp_path / "2025"))
    assert done.document is not None
    assert re.search("2025年度.*报告", done.document.path.stem)
    assert done.document.path.parent == path.parent


def test_errors_among_the_data_stop_it(path: Path, sample_folder: Path, tmp_path: Path) -> None:
    folder = changed_folder(sample_folder, tmp_path / "错", faulty=True)
    before = sorted(tmp_path.rglob("*"))
    assert reportgen.refresh(path, folder).document is None
    done = run_here("refresh", path, folder)
    assert done.returncode == 1
    assert "没有这个专题" in done.stdout
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_not_ours_is_refused(sample_folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "别的.docx"
    other.write_bytes(docx(p("别的文档")))
    with pytest.raises(ReportError, match="不是本工具生成的报告"):
        reportgen.refresh(other, sample_folder)
    done = run_here("refresh", other, sample_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("不能继续：")


def test_the_command_says_what_was_done_and_what_was_not(
    path: Path, sample_folder: Path, tmp_path: Path
) -> None:
    folder = changed_folder(sample_folder, tmp_path / "新")
    done = run_here("refresh", path, folder, "-o", tmp_path / "新报告.docx")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "已更新：文字1段，表格2格。"
    assert (tmp_path / "新报告.docx").is_file()
    report = opened(path.read_bytes())
    old = "关于加大对企业帮扶力度的建议"
    text = next(t for t in report.tree.iter(T) if old in (t.text or "") and len(t.text) == len(old))
    text.text = "关于帮扶企业的建议"
    path.write_bytes(report.saved())
    done = run_here("refresh", path, folder, "-o", tmp_path / "别处")
    assert done.returncode == 1
    assert "新数据与人工修改的内容不同，保留了修改（1处）" in done.stdout
    assert "有1处没有合并" in done.stdout
    assert (tmp_path / "别处" / "报告（更新）.docx").is_file()
    done = run_here("refresh", path, sample_folder)
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0, "数据没有变化，报告没有需要更新的地方。",
    )  # fmt: skip


# Comments of our own


def test_comments_that_we_made_go_and_a_persons_stays(sample_report: bytes) -> None:
    report = opened(annotate_figures(sample_report))
    text = f'<w:comment w:id="9999" {AUTHOR}><w:p><w:r><w:t>请核实</w:t></w:r></w:p></w:comment>'
    part = report.parts["word/comments.xml"]
    report.parts["word/comments.xml"] = part.replace(
        b"</w:comments>", f"{text}</w:comments>".encode()
    )
    prose(report)[3].append(parsed('<w:r><w:commentReference w:id="9999"/></w:r>')[0])
    done = refresh_report(report.saved(), sample_report)
    assert told(done) == []
    after = opened(done.content)
    comments = etree.fromstring(after.parts["word/comments.xml"])
    assert [each.get(f"{{{W}}}id") for each in comments] == ["9999"]
    anchors = after.tree.iter(f"{{{W}}}commentReference", f"{{{W}}}commentRangeStart")
    assert [each.get(f"{{{W}}}id") for each in anchors] == ["9999"]


def test_an_annotated_report_gives_the_same_as_one_that_is_not(sample_report: bytes) -> None:
    done = refresh_report(annotate_figures(sample_report), sample_report)
    assert "word/comments.xml" not in opened(done.content).parts
    assert plain(read_report(done.content).content) == plain(read_report(sample_report).content)


def test_comments_that_were_answered_stay(sample_report: bytes) -> None:
    """An answer needs what it answers."""
    report = opened(annotate_figures(sample_report))
    extended = (
        b'<w15:commentsEx xmlns:w15="urn:x"><w15:commentEx w15:paraIdParent="1"/></w15:commentsEx>'
    )
    report.parts["word/commentsExtended.xml"] = extended
    name = "word/_rels/document.xml.rels"
    link = b'<Relationship Id="rId990" Type="http://x/commentsExtended" Target="commentsExtended.xml"/>'
    report.parts[name] = report.parts[name].replace(b"</Relationships>", link + b"</Relationships>")
    done = refresh_report(report.saved(), sample_report)
    assert opened(done.content).parts["word/comments.xml"] == report.parts["word/comments.xml"]


# Rows set aside


def test_new_rows_of_several_lines_where_no_old_row_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The model of the new rows is set aside and has just gone, and text alone does not do."""
    monkeypatch.setitem(TextRows.split.__kwdefaults__, "many", 1)
    template = docx(table(["{% for 件 in 列表 %}"], ["{{ 件.名 }}"], ["{% endfor %}"]))

    def made(*names: str) -> bytes:
        listed = items({"名": ""}, *({"名": name} for name in names))
        return fill_template(Template(template), plain_report(列表=listed), lambda _: dot(0))

    old, new = made("甲", "乙"), made("第一行\n第二行", "丙")
    done = refresh_report(old, new)
    assert (told(done), plain(read_report(done.content).content)) == (
        [],
        plain(read_report(new).content),
    )
