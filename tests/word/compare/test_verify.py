"""``verify``: every tampering is found, and nothing that leaves a report true is called one."""

from __future__ import annotations

import copy
import json
import random
import shutil
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

import reportgen
from reportgen.cli.output import show_findings
from reportgen.word.after.comments import annotate_figures, comment_findings
from reportgen.word.after.finalize import finalize_report
from reportgen.word.compare.findings import KINDS, Finding
from reportgen.word.compare.remedies import REMEDIES
from reportgen.word.compare.staleness import find_stale_places
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.reader import read_report
from tests.conftest import Convert
from tests.support import changed_sample, harmless, makers, tampering, templates
from tests.support.command_line import run_here
from tests.support.editing import HARMLESS, parsed, prose, sentences, split_tables
from tests.support.tampering import TC, TR, Report, T, field_of, opened
from tests.support.tampering_kinds import KINDS as TAMPERINGS
from tests.support.tampering_kinds import Kind, missed, reports, tried
from tests.support.templates import W, docx, r, shown
from tests.word.refresh.test_refresh import PROVOKED as OF_REFRESH


def found(content: bytes) -> list[Finding]:
    return verify_report(read_report(content))


def kinds(content: bytes) -> set[str]:
    return {finding.kind for finding in found(content)}


def tampered(content: bytes, change: Callable[[Report], object]) -> list[Finding]:
    report = opened(content)
    change(report)
    return found(report.saved())


@pytest.fixture(scope="module")
def contents() -> list[bytes]:
    return list(reports())


@pytest.mark.parametrize("kind", TAMPERINGS, ids=lambda kind: kind.name)
def test_no_kind_of_tampering_is_missed(kind: Kind, contents: Sequence[bytes]) -> None:
    """One of each; ``python -m tests.support.tampering_kinds 700`` tries many."""
    found_ = tried(kind, contents, zlib.crc32(kind.name.encode()) % 7)
    assert found_ is not None
    assert not missed(kind, found_[1]), found_[0]


def test_an_untouched_report_agrees(sample_report: bytes) -> None:
    assert found(sample_report) == []
    assert found(annotate_figures(sample_report)) == []


@pytest.mark.parametrize("edit", HARMLESS, ids=lambda edit: edit.__name__)
def test_what_leaves_a_report_true_is_not_raised(
    sample_report: bytes, edit: Callable[[Report], None], audited: Callable[[bytes], Sequence[str]]
) -> None:
    report = opened(sample_report)
    edit(report)
    content = report.saved()
    assert content != sample_report
    assert found(content) == []
    assert audited(content) == []
    assert audited(finalize_report(content)) == []


@pytest.mark.parametrize("seed", range(12))
def test_nor_are_several_such_edits_together(sample_report: bytes, seed: int) -> None:
    report = opened(sample_report)
    edits = random.Random(seed).sample(HARMLESS[:-1], 3)
    for edit in sorted(edits, key=lambda each: each.__name__ == "split"):  # not halves moved apart
        edit(report)
    assert found(report.saved()) == []


@pytest.mark.parametrize("seed", [0, 1, 2, 16, 36, 148, 226, 273])
def test_harmless_edits_at_random_places_raise_nothing(
    contents: Sequence[bytes], seed: int
) -> None:
    """``python -m tests.support.harmless 300`` tries many."""
    content, names = harmless.edited(contents[seed % len(contents)], random.Random(seed))
    assert found(content) == [], names


@pytest.mark.parametrize("seed", range(6))
def test_untouched_reports_from_templates_of_many_makers_agree(seed: int) -> None:
    """``python -m tests.support.makers 200`` makes many."""
    habits, found_ = makers.said(seed)
    assert found_ == [], habits


def excerpt_of(
    it: Report, change: Callable[[list[str]], list[str]], columns: Sequence[int] = (0, 1, 2, 3)
) -> None:
    """The head and two rows of annex 2, some columns, put into the text; the last row changed."""
    table = next(each for each in it.tree.iter(f"{{{W}}}tbl") if shown(each).startswith("部门"))
    rows = [[shown(row.findall(TC)[at]) for at in columns] for row in list(table.iter(TR))[:3]]
    rows[-1] = change(rows[-1])
    cells = ["".join(f"<w:tc><w:p>{r(text)}</w:p></w:tc>" for text in row) for row in rows]
    lines = "".join(f"<w:tr>{each}</w:tr>" for each in cells)
    sentences(it)[3].addnext(parsed(f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>")[0])


def test_excerpts_of_an_annex_are_checked_row_by_row(sample_report: bytes) -> None:
    def swapped(row: list[str]) -> list[str]:
        return [row[0], f"{row[1]}0", *row[2:]]

    assert tampered(sample_report, lambda it: excerpt_of(it, lambda row: row)) == []
    (finding,) = tampered(sample_report, lambda it: excerpt_of(it, swapped))
    assert (finding.kind, finding.severity) == ("excerpt-changed", "错误")
    assert finding.found == f"{finding.expected}0"
    other = ["另一单位", "5", "5", "5"]
    assert tampered(sample_report, lambda it: excerpt_of(it, lambda _: other)) == []


def test_libreoffice_raises_nothing_and_hides_nothing(
    sample_report: bytes, convert: Convert, sample_folder: Path, tmp_path: Path
) -> None:
    report = opened(sample_report)
    sentences(report)[2].append(parsed(r("这项工作得到代表好评。"))[0])
    saved = convert(report.saved(), "docx", "docx")
    assert found(saved) == []
    (tmp_path / "报告.docx").write_bytes(saved)
    assert reportgen.verify(tmp_path / "报告.docx", sample_folder).findings == []
    assert reportgen.trace(tmp_path / "报告.docx", "建议.件数")[0] == "建议.件数＝7件"
    field_of(report, "建议.件数").text = "8"
    (finding,) = found(convert(report.saved(), "docx", "docx"))
    assert (finding.kind, finding.found, finding.expected) == ("figure-overtyped", "8", "7")


def test_place_sentence_is_and_should_be(sample_report: bytes) -> None:
    report = opened(sample_report)
    field_of(report, "建议.件数").text = "8"
    (finding,) = found(report.saved())
    assert str(finding) == (
        "开头第1段“建议.件数”：现为“8”，应为“7”（2024年度，代表共提出议案0件、建议8件，"
        "经镇人大主席团交办，由5个部门承办。）"
    )
    assert (finding.severity, finding.title) == ("错误", "数字被改写")


def one(content: bytes, change: Callable[[Report], object]) -> tuple[str, str, str]:
    (finding,) = tampered(content, change)
    return finding.kind, finding.found, finding.expected


def test_what_becomes_of_a_figure(sample_report: bytes) -> None:
    def typed_over(report: Report) -> None:
        here = field_of(report, "建议.件数")
        here.text = "8"
        here.unlink()

    def moved(report: Report) -> None:
        here = field_of(report, "建议.件数")
        target = prose(report)[-1]
        target.extend(here.runs)

    content = sample_report
    assert one(content, typed_over) == ("figure-replaced", "8", "7")
    assert one(content, lambda it: field_of(it, "建议.件数").unlink()) == ("figure-plain", "7", "7")
    assert one(content, lambda it: field_of(it, "建议.件数").remove()) == ("figure-gone", "", "7")
    other = tampered(content, lambda it: field_of(it, "建议.件数").name("结果.A.件数"))
    assert [(each.kind, each.found, each.expected) for each in other] == [
        ("figure-overtyped", "7", "6"), ("figure-other", "7（结果.A.件数）", "7"),
    ]  # fmt: skip
    assert {each.kind for each in tampered(content, moved)} == {"sentence-changed"}
    unknown = tampered(content, lambda it: field_of(it, "建议.件数").name("没有.这个"))
    assert [each.kind for each in unknown] == ["figure-other", "figure-unknown"]


def test_a_deleted_paragraph_takes_its_figures_with_it(sample_report: bytes) -> None:
    def drop(report: Report) -> None:
        here = next(p for p in prose(report) if "这方面的议案、建议共" in shown(p))
        here.getparent().remove(here)

    gone = {
        finding.key for finding in tampered(sample_report, drop) if finding.kind == "figure-gone"
    }
    assert gone == {
        "专题.经济转型发展.件数",
        "专题.经济转型发展.占比",
        "专题.经济转型发展.解决件数",
    }


def test_numbers_typed_by_hand_are_named(sample_report: bytes) -> None:
    def write(report: Report) -> None:
        prose(report)[4].append(
            parsed(r("另外协调资金120万元，走访十二户，惠及百分之九十的群众。"))[0]
        )

    reminders = tampered(sample_report, write)
    assert [(each.kind, each.found) for each in reminders] == [
        ("number-typed", "120万元"), ("number-typed", "十二户"), ("number-typed", "百分之九十"),
    ]  # fmt: skip
    assert {each.severity for each in reminders} == {"提醒"}


def test_columns_rows_and_cells_of_tables(sample_report: bytes) -> None:
    def cell(text: str, new: str) -> Callable[[Report], None]:
        def run(report: Report) -> None:
            here = next(
                t for c in report.tree.iter(TC) for t in c.iter(f"{{{W}}}t") if t.text == text
            )
            here.text = new

        return run

    title = "关于加强食品安全工作的建议"
    assert one(sample_report, cell(title, f"{title}（补）")) == (
        "cell-changed", f"{title}（补）", title,
    )  # fmt: skip
    (place,) = {each.place for each in tampered(sample_report, cell(title, "另一件"))}
    assert place == "附件1 序号6·标题"

    def drop_row(report: Report) -> None:
        row = list(report.tree.iter(TR))[3]
        row.getparent().remove(row)

    (gone,) = tampered(sample_report, drop_row)
    assert (gone.kind, gone.place) == ("row-gone", "生成时的附件1 序号3")
    assert gone.expected.startswith("3｜")

    def drop_column(report: Report) -> None:
        for row in next(report.tree.iter(f"{{{W}}}tbl")).iter(TR):
            row.remove(row.findall(TC)[5])

    assert one(sample_report, drop_column) == ("column-gone", "", "主办")

    def add_column(report: Report) -> None:
        for row in next(report.tree.iter(f"{{{W}}}tbl")).iter(TR):
            row.append(parsed(f"<w:tc><w:p>{r('新')}</w:p></w:tc>")[0])

    assert one(sample_report, add_column) == ("column-added", "新", "")


def own_column(at: int, title: str, words: str) -> Callable[[Report], None]:
    """A column typed into the first table, its cells not all alike."""

    def run(report: Report) -> None:
        for number, row in enumerate(next(report.tree.iter(f"{{{W}}}tbl")).findall(TR)):
            text = (words if number % 2 else "") if number else title
            row.findall(TC)[at].addprevious(parsed(f"<w:tc><w:p>{r(text)}</w:p></w:tc>")[0])

    return run


@pytest.mark.parametrize("at", [1, 4, 7, 11])
def test_a_column_of_one_s_own_is_a_remark_and_the_others_are_still_compared(
    sample_report: bytes, at: int
) -> None:
    words = "A"  # as in a column that is there
    (remark,) = tampered(sample_report, own_column(at, "签字", words))
    assert (remark.kind, remark.severity, remark.found) == ("column-added", "提醒", "签字")

    def change(report: Report) -> None:
        own_column(at, "签字", words)(report)
        name = next(t for c in report.tree.iter(TC) for t in c.iter(T) if t.text == "张庆理")
        name.text = "张庆礼"

    seen = [each for each in tampered(sample_report, change) if each.kind != "column-added"]
    assert [(each.kind, each.found, each.expected, each.severity) for each in seen] == [
        ("cell-changed", "张庆礼", "张庆理", "错误")
    ]


@pytest.mark.parametrize("title", ["关于加大对企业帮扶力度的建议", "关于加强食品安全工作的建议"])
def test_the_cells_of_both_halves_of_a_split_table(sample_report: bytes, title: str) -> None:
    """The place is said as if the table were whole."""

    def change(report: Report) -> None:
        split_tables(report)
        next(
            t for c in report.tree.iter(TC) for t in c.iter(f"{{{W}}}t") if t.text == title
        ).text = "甲"

    (finding,) = tampered(sample_report, change)
    assert (finding.kind, finding.found, finding.expected) == ("cell-changed", "甲", title)
    assert (finding.severity, finding.place.rpartition("·")[2]) == ("错误", "标题")
    assert finding.place.startswith("附件1 序号")


def test_rows_that_a_split_loses_or_repeats(sample_report: bytes) -> None:
    def lose(report: Report) -> None:
        split_tables(report)
        drop(row_of(report, "6"))

    def repeat(report: Report) -> None:
        split_tables(report)
        row_of(report, "6").addnext(copy.deepcopy(row_of(report, "6")))

    gone, added = tampered(sample_report, lose), tampered(sample_report, repeat)
    assert [each.kind for each in gone] == ["row-gone"]
    assert [each.kind for each in added] == ["row-added"]


def test_a_table_that_somebody_added_is_none_of_ours(sample_report: bytes) -> None:
    def add(report: Report) -> None:
        cells = "".join(f"<w:tc><w:p>{r(text)}</w:p></w:tc>" for text in ("事项", "进度"))
        new = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>"
        prose(report)[5].addnext(parsed(new)[0])

    assert tampered(sample_report, add) == []


def test_names_that_are_not_the_register_s(sample_report: bytes) -> None:
    def retype(old: str, new: str) -> Callable[[Report], None]:
        def run(report: Report) -> None:
            here = next(
                t for p in prose(report) for t in p.iter(f"{{{W}}}t") if old in (t.text or "")
            )
            here.text = here.text.replace(old, new)

        return run

    kind, is_, should = one(sample_report, retype("张鹤斌", "张鹤宾"))
    assert (kind, is_, should) == ("name-changed", "张鹤宾", "张鹤斌")
    title = "关于加大对企业帮扶力度的建议"
    assert one(sample_report, retype(title, f"{title}案")) == (
        "name-changed", f"《{title}案》", f"《{title}》",
    )  # fmt: skip
    assert one(sample_report, retype("镇人大主席团", "县人大常委会"))[0] == "name-changed"
    assert one(sample_report, retype("2024年12月10日", "2024年11月10日"))[2] == "2024年12月10日"


def test_properties_that_would_come_up_when_fields_are_updated(sample_report: bytes) -> None:
    report = opened(sample_report)
    report.parts["docProps/custom.xml"] = report.parts["docProps/custom.xml"].replace(
        b">7</", b">9</", 1
    )
    assert kinds(report.saved()) == {"property-changed"}


def test_comments_are_written_into_a_copy(
    sample_report: bytes, audited: Callable[[bytes], Sequence[str]]
) -> None:
    report = opened(sample_report)
    field_of(report, "建议.件数").text = "8"
    drawing = next(report.tree.iter(f"{{{W}}}drawing"))
    drawing.getparent().remove(drawing)
    content = report.saved()
    commented = comment_findings(content, found(content))
    comments = opened(commented).parts["word/comments.xml"].decode()
    assert comments.count("<w:comment ") == 2
    assert "现为“8”，应为“7”" in comments
    assert audited(commented) == []
    assert [each.kind for each in found(commented)] == [each.kind for each in found(content)]
    again = comment_findings(commented, found(content))
    assert opened(again).parts["word/comments.xml"].decode().count("<w:comment ") == 4
    assert audited(again) == []


def with_all_satisfied(folder: Path, target: Path) -> str:
    """A copy of the sample's folder in which one 基本满意 has become 满意; the file's name."""
    changed = ""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        copy = target / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        if path.parent.name == "填报" and not changed:
            book = load_workbook(copy)
            cells = [cell for row in book["办理情况"].iter_rows() for cell in row]
            cell = next((cell for cell in cells if cell.value == "基本满意"), None)
            if cell is not None:
                cell.value = "满意"
                book.save(copy)
                changed = f"填报/{path.name}"
    return changed


def test_against_a_folder_by_the_template_that_made_the_report(
    sample_folder: Path, tmp_path: Path
) -> None:
    template = tmp_path / "另外的模板.docx"
    template.write_bytes(docx(templates.p("共提出建议{{ 建议.件数 }}件。")))
    built = reportgen.build(sample_folder, tmp_path / "结果", template=template)
    assert built.document
    path = built.document.path
    assert reportgen.verify(path, sample_folder, template=template).findings == []
    findings = reportgen.verify(path, sample_folder).findings
    assert {each.kind for each in findings} == {"template-changed", "wording-stale"}


def test_another_template_is_not_said_to_be_other_data(
    sample_report: bytes, sample_folder: Path, tmp_path: Path
) -> None:
    path, template = tmp_path / "报告.docx", tmp_path / "另外的模板.docx"
    path.write_bytes(sample_report)
    template.write_bytes(docx(templates.p("共提出建议{{ 建议.件数 }}件。")))
    findings = reportgen.verify(path, sample_folder, template=template).findings
    assert {each.kind for each in findings} == {
        "template-changed", "wording-stale", "row-stale", "picture-stale",
    }  # fmt: skip
    assert not [each for each in findings if "数据已变" in each.title]
    gone = {each.expected for each in findings if each.kind == "row-stale"}
    assert gone == {"（重新生成时没有这张表）"}


def test_against_a_folder_whose_data_changed(
    sample_report: bytes, sample_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(sample_report)
    assert reportgen.verify(path, sample_folder).findings == []
    changed = with_all_satisfied(sample_folder, tmp_path / "新")
    findings = reportgen.verify(path, tmp_path / "新").findings
    said = {(each.kind, each.place, each.key, each.found, each.expected) for each in findings}
    assert said >= {
        ("input-changed", changed, "", "内容已改", ""),
        ("figure-stale", "开头第1段", "满意度.满意.件数", "5", "6"),
        ("figure-stale", "开头第1段", "满意度.基本满意.件数", "2", "1"),
    }
    rows = [each for each in findings if each.kind == "row-stale"]
    assert [(each.found, each.expected) for each in rows] == [("基本满意", "满意")]
    assert {each.kind for each in findings} == {
        "input-changed", "figure-stale", "row-stale", "picture-stale",
    }  # fmt: skip


SELF = (
    "核对完毕：报告与报告自带的生成记录一致。\n"
    "这只说明报告生成以后没有改动数字；自带的记录也可能被人改过，数据也可能已经更新。"
    "请在命令后面写上工作目录，与数据再核对一次。\n"
)
"""What is said of a report that only vouches for itself."""


def test_the_command_and_its_exit_codes(sample_report: bytes, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(sample_report)
    done = run_here("verify", path)
    *said, step = done.stdout.splitlines(keepends=True)
    assert (done.returncode, "".join(said)) == (0, SELF)
    assert step == f"下一步：运行 reportgen finalize {path} 目录 定稿。\n"
    report = opened(sample_report)
    field_of(report, "建议.件数").text = "8"
    path.write_bytes(report.saved())
    done = run_here("verify", path, "--comments")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "错误　数字被改写（1处）"
    assert (tmp_path / "报告（核对）.docx").is_file()
    done = run_here("verify", path, "--json")
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["key"], finding["expected"], done.returncode) == ("建议.件数", "7", 1)
    (tmp_path / "别的.docx").write_bytes(b"abc")
    done = run_here("verify", tmp_path / "别的.docx")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("不能继续：")


def drop_table(report: Report) -> None:
    table = next(report.tree.iter(f"{{{W}}}tbl"))
    table.getparent().remove(table)


def retype_text(old: str, new: str) -> Callable[[Report], None]:
    def run(report: Report) -> None:
        for p in prose(report):
            for text in p.iter(f"{{{W}}}t"):
                text.text = (text.text or "").replace(old, new)

    return run


def drop_paragraph(words: str) -> Callable[[Report], None]:
    def run(report: Report) -> None:
        here = next(p for p in prose(report) if words in shown(p))
        here.getparent().remove(here)

    return run


def retype_unit(report: Report) -> None:
    behind = field_of(report, "建议.件数").runs[-1].getnext()
    text = next(behind.iter(f"{{{W}}}t"))
    text.text = text.text.replace("件", "条", 1)


def copy_figure(report: Report) -> None:
    prose(report)[-1].extend(copy.deepcopy(each) for each in field_of(report, "建议.件数").runs)


def add_column(report: Report) -> None:
    for row in next(report.tree.iter(f"{{{W}}}tbl")).iter(TR):
        row.append(parsed(f"<w:tc><w:p>{r('新')}</w:p></w:tc>")[0])


def type_beside(key: str, before: str = "", after: str = "") -> Callable[[Report], None]:
    def run(report: Report) -> None:
        runs = field_of(report, key).runs
        if before:
            runs[0].addprevious(parsed(r(before))[0])
        if after:
            runs[-1].addnext(parsed(r(after))[0])

    return run


def move_under(words: str, heading: str) -> Callable[[Report], None]:
    def run(report: Report) -> None:
        here = next(p for p in prose(report) if shown(p).startswith(words))
        next(p for p in prose(report) if shown(p) == heading).addnext(here)

    return run


def swap_captions(report: Report) -> None:
    one, other = [p for p in prose(report) if shown(p).startswith("图")][:2]
    after = other.getprevious()
    one.addnext(other)
    after.addnext(one)


def crop(report: Report) -> None:
    blip = next(report.tree.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"))
    space = etree.QName(blip).namespace
    blip.addnext(etree.Element(f"{{{space}}}srcRect", {"r": "30000"}))


def by_chance(change: Callable[[Report, random.Random], str]) -> Callable[[Report], object]:
    return lambda report: change(report, random.Random(2))


PROVOKED: dict[str, Callable[[Report], object]] = {
    "figure-overtyped": by_chance(tampering.overtype),
    "figure-replaced": by_chance(tampering.replace),
    "figure-other": by_chance(tampering.point_elsewhere),
    "figure-gone": by_chance(tampering.delete),
    "figure-unknown": lambda it: field_of(it, "建议.件数").name("没有.这个"),
    "property-changed": lambda it: it.parts.update(
        {"docProps/custom.xml": it.parts["docProps/custom.xml"].replace(b">7</", b">9</", 1)}),
    "cell-changed": by_chance(tampering.fill_cell),
    "row-gone": by_chance(tampering.drop_row),
    "row-added": by_chance(tampering.add_row),
    "column-gone": by_chance(tampering.drop_column),
    "column-added": add_column,
    "table-gone": drop_table,
    "picture-gone": by_chance(tampering.drop_image),
    "picture-replaced": by_chance(tampering.replace_image),
    "picture-words": by_chance(tampering.retype_alt),
    "name-changed": retype_text("张鹤斌", "张鹤宾"),
    "name-extended": retype_text("张鹤斌", "张鹤斌某"),
    "name-gone": drop_paragraph("公厕卫生保洁"),
    "unit-changed": retype_unit,
    "figure-plain": by_chance(tampering.flatten),
    "figure-copied": copy_figure,
    "figure-dressed": type_beside("建议.件数", before="1"),
    "figure-redressed": lambda it: setattr(field_of(it, "建议.件数"), "text", "七"),
    "number-changed": retype_text("3个月", "6个月"),
    "sentence-changed": retype_text("均按期", "多数按期"),
    "sentence-gone": retype_text("，均按期答复", ""),
    "claim-typed": retype_text("请予审议", "成绩全部属实，请予审议"),
    "paragraph-moved": move_under("承办部门围绕", "人居环境治理"),
    "caption-other": swap_captions,
    "caption-number": retype_text("1", "3"),
    "picture-cropped": crop,
    "figure-mistyped": lambda it: prose(it)[4].append(parsed(r("人大代表共提出意见948条。"))[0]),
    "claim-false": lambda it: prose(it)[4].append(parsed(r("全部解决。"))[0]),
    "reckoning-wrong": lambda it: prose(it)[4].append(parsed(r("召开会议12次，按层级分：镇级3次、村级5次、其他5次。"))[0]),
    "reckoning-doubtful": lambda it: prose(it)[4].append(parsed(r("计划新开工270项，已开工129项，开工率47%。"))[0]),
    "number-typed": lambda it: prose(it)[4].append(parsed(r("另外走访十二户。"))[0]),
}  # fmt: skip
"""Kinds that the report alone gives, each with a tampering that leads to it."""

STALE = {"figure-stale", "row-stale", "picture-stale", "name-stale", "wording-stale"}
"""Kinds that other data give."""

OF_FOLDERS = {"input-changed", "folder-faulty"}
"""Kinds that tell of the folder."""

OF_TEMPLATES = {"template-changed"}
"""Kinds that tell of the template."""


@pytest.mark.parametrize("kind", PROVOKED)
def test_every_kind_is_provoked(sample_report: bytes, kind: str) -> None:
    assert kind in {each.kind for each in tampered(sample_report, PROVOKED[kind])}


def test_other_data_give_every_kind_of_staleness() -> None:
    report = read_report(changed_sample.built(changed_sample.sample()))
    seen = set()
    for change in changed_sample.CHANGES.values():
        case = changed_sample.sample(change)
        record = read_report(changed_sample.built(case)).record
        seen |= {
            each.kind
            for each in find_stale_places(report, record, changed_sample.report(case).quoted)
        }
    assert seen - {"input-changed"} == STALE


def test_a_folder_with_errors_is_said_to_be_one(
    sample_report: bytes, sample_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(sample_report)
    shutil.copytree(sample_folder, tmp_path / "新")
    (tmp_path / "新" / "填报" / "社会事务办公室.xlsx").write_bytes(b"abc")
    said = {each.kind for each in reportgen.verify(path, tmp_path / "新").findings}
    assert said >= OF_FOLDERS


def test_every_kind_says_what_to_do(
    sample_report: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert REMEDIES.keys() == KINDS.keys()
    assert all(
        text.startswith(("请", "数值没有变", "数据有变", "报告用的")) for text in REMEDIES.values()
    )
    show_findings(tampered(sample_report, PROVOKED["figure-dressed"]))
    assert REMEDIES["figure-dressed"] in capsys.readouterr().out


PLACES: dict[str, tuple[Callable[[Report], object], str]] = {
    "opening": (PROVOKED["figure-overtyped"], ""),
    "a sentence": (retype_text("3个月", "6个月"), "“主要做法”第"),
    "under a theme": (retype_text("占总件数的", "占全部件数的"), "“代表建议办理情况—经济转型发展”第1段"),
    "a line of its own": (retype_text("各位代表", "尊敬的各位代表"), "“尊敬的各位代表：”"),
    "a heading": (retype_text("主要做法", "主要措施"), "标题“主要措施”"),
    "a cell": (lambda it: setattr(cell_of(it, "农业农村办公室", 3), "text", "9"), "附件2 农业农村办公室·A"),
    "a row": (lambda it: drop(row_of(it, "农业农村办公室")), "生成时的附件2 农业农村办公室"),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name, (_, place) in PLACES.items() if place])
def test_places_are_those_a_reader_knows(sample_report: bytes, name: str) -> None:
    change, place = PLACES[name]
    assert any(each.place.startswith(place) for each in tampered(sample_report, change))


def row_of(report: Report, name: str) -> etree._Element:
    return [row for row in report.tree.iter(TR) if shown(row).startswith(name)][-1]


def cell_of(report: Report, name: str, column: int) -> etree._Element:
    return next(row_of(report, name).findall(TC)[column].iter(f"{{{W}}}t"))


def drop(element: etree._Element) -> None:
    element.getparent().remove(element)


def test_a_difference_is_quoted_with_what_stands_around_it(sample_report: bytes) -> None:
    (found_,) = tampered(sample_report, retype_text("3个月", "3个月左右"))
    assert (found_.found, found_.expected) == ("3个月左右", "3个月")


def test_no_kind_is_missing() -> None:
    """What is provoked here, by ``refresh`` and by ``finalize`` is all there is."""
    of_finalize = {kind for kind in KINDS if kind.startswith("left-")} - {"left-out"}
    of_charts = {kind for kind in KINDS if kind.startswith("chart-")}  # test_native_charts, twice
    elsewhere = OF_REFRESH.keys() | of_finalize | of_charts | {"year-kept", "excerpt-changed"}
    assert PROVOKED.keys() | STALE | OF_FOLDERS | OF_TEMPLATES | elsewhere == KINDS.keys()


@pytest.mark.parametrize(
    ("before", "after"),
    [("＜", ""), ("不止", ""), ("突破", ""), ("", "+"), ("", "0"), ("", ".5"), ("", "、8")],
)
def test_what_makes_another_number_of_a_figure_is_one_error(
    sample_report: bytes, before: str, after: str
) -> None:
    """One finding that says it, no second one on the unit or on the digit that was typed."""
    found = tampered(sample_report, type_beside("建议.件数", before, after))
    assert [each.kind for each in found] == ["figure-dressed"]
    assert found[0].found == f"{before}7{after}"
