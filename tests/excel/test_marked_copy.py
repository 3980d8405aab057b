"""Marked copies: wrong cells are shown, all else is the sender's, and the copy can come back."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openxml_audit import OpenXmlValidator

import reportgen
from reportgen.excel.mark import xml_edit
from reportgen.excel.mark.marked_copy import mark_workbook
from reportgen.excel.read import reader
from reportgen.issues import Issue
from reportgen.raw import RawWorkbook
from tests.support.damage import Change, Folder, on_book, put
from tests.support.damage import unzipped as parts
from tests.support.damage import zipped as repacked
from tests.support.mutations import DAMAGED, FARM, OFFICE, Damaged

SHEET, TAB = "办理情况", "核查意见"
RED, YELLOW = "FFFFC7CE", "FFFFF2A8"
WRONG = put(FARM, SHEET, I4="X类", M5="2024年9月31日", P4=None, K4="=A1")
"""Three errors and a reminder."""


def changed(sample: Folder, *changes: Change) -> Folder:
    files = dict(sample)
    for change in changes:
        change(files)
    return files


def checked(files: Folder, folder: Path) -> list[Issue]:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(reportgen.check(folder).issues)


def own(issues: list[Issue], file: str = FARM) -> list[Issue]:
    return [issue for issue in issues if issue.file == file]


def marked(content: bytes, issues: list[Issue]) -> bytes:
    copy = mark_workbook(content, issues)
    assert copy is not None
    return copy


def issue(cell: str, value: str = "甲", sheet: str = SHEET, code: str = "wrong-type") -> Issue:
    return Issue(code, FARM, sheet, cell, "答复日期", value, {"expected": "日期", "example": "1-1"})


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def comments(content: bytes) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in opened(content)
        for row in sheet.iter_rows()
        for cell in row
        if getattr(cell, "comment", None)
    }


def colours(content: bytes) -> dict[tuple[str, str], str]:
    """The colour of each cell that a format of ours covers."""
    return {
        (sheet.title, cell): rule.dxf.fill.bgColor.rgb
        for sheet in opened(content)
        for block in sheet.conditional_formatting
        for rule in block.rules
        if rule.formula == ['LEN("reportgen")>0']
        for cell in str(block.sqref).split()
    }


def looks(content: bytes) -> dict[tuple[str, str], tuple[object, ...]]:
    """Value and style of every cell but those of our sheet."""
    traits = ("font", "fill", "border", "alignment", "number_format", "protection")
    return {
        (sheet.title, cell.coordinate): (cell.value, *(repr(getattr(cell, t)) for t in traits))
        for sheet in opened(content)
        if sheet.title != TAB
        for row in sheet.iter_rows()
        for cell in row
    }


def raw(content: bytes) -> RawWorkbook:
    workbook, issues = reader.read_workbook(content, FARM)
    assert workbook is not None, issues
    return workbook


# What is marked


def test_exactly_the_wrong_cells_are_coloured_and_explained(sample: Folder, tmp_path: Path) -> None:
    files = changed(sample, WRONG, put(FARM, "工作成效", A4="民生服务保障", D4="若干"))
    issues = own(checked(files, tmp_path))
    copy = marked(files[FARM], issues)
    places = {(issue.sheet, issue.cell): issue for issue in issues}
    assert set(places) == set(comments(copy)) == set(colours(copy))
    assert len(places) >= 6
    for place, found in places.items():
        assert found.message in comments(copy)[place]
        assert found.remedy in comments(copy)[place]
        assert colours(copy)[place] == (YELLOW if found.code == "not-rated" else RED)


def test_everything_else_is_the_senders_byte_for_byte(sample: Folder) -> None:
    """Only insertions: with our pieces cut out again, each of their parts is what it was."""
    before = parts(sample[FARM])
    after = parts(marked(sample[FARM], [issue("I4"), issue("D4", sheet="工作成效")]))
    touched = {name for name in before if before[name] != after[name]}
    sheets = {f"xl/worksheets/sheet{number}.xml" for number in (2, 3)}
    assert touched == sheets | {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
    }  # fmt: skip
    for name in sheets:
        data = re.search(rb"<sheetData>.*</sheetData>", before[name], re.DOTALL)
        assert data
        assert data[0] in after[name]


def test_values_and_styles_stay_and_nothing_more_is_read(sample: Folder, tmp_path: Path) -> None:
    files = changed(sample, WRONG)
    copy = marked(files[FARM], own(checked(files, tmp_path)))
    assert looks(copy) == looks(files[FARM])
    assert raw(copy).sheets[:-1] == raw(files[FARM]).sheets
    assert raw(copy).sheets[-1].name == TAB


@pytest.mark.parametrize(
    ("cell", "row", "column", "corner"),
    [("I4", 3, 8, "9, 12, 2, 4"), ("B9", 8, 1, "2, 12, 7, 4"), ("A1", 0, 0, "1, 12, 0, 4")],
)
def test_a_comment_s_box_belongs_to_its_cell_and_opens_beside_it(
    cell: str, row: int, column: int, corner: str, sample: Folder
) -> None:
    """Counted from 0: its cell, and its corner right of it and a row above, as Excel places it."""
    box = parts(marked(sample[FARM], [issue(cell)]))["xl/drawings/vmlDrawing1.vml"].decode()
    assert f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column>" in box
    (anchor,) = re.findall("<x:Anchor>(.*?)</x:Anchor>", box)
    assert anchor.startswith(f"{corner}, ")
    left, _, top, _, right, _, bottom, _ = map(int, anchor.split(","))
    assert left < right
    assert top < bottom


def test_several_issues_of_a_cell_share_one_comment_and_the_worse_colour(sample: Folder) -> None:
    copy = marked(sample[FARM], [issue("I4", code="not-rated"), issue("I4", "乙")])
    text = comments(copy)[SHEET, "I4"]
    assert text.count("核查意见（reportgen）") == 1
    assert "1. 提醒：已经答复" in text
    assert "2. 错误：“乙”不是日期" in text
    assert colours(copy) == {(SHEET, "I4"): RED}


def test_every_issue_has_a_row_with_a_link_on_the_last_sheet(sample: Folder) -> None:
    issues = [
        issue("I4"),
        Issue("missing-column", FARM, SHEET, details={"name": "办理结果"}),
        Issue("missing-sheet", FARM, details={"name": "典型事例"}),
    ]
    book = opened(marked(sample[FARM], issues))
    assert book.sheetnames[-1] == TAB
    assert book.active.title == TAB
    sheet = book[TAB]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert rows[0] == ("序号", "类别", "位置", "问题", "怎么改")
    assert [row[2] for row in rows[1:]] == ["“办理情况”表 I4", "“办理情况”表", "整个文件"]
    assert rows[3][:2] == ("3", "错误")
    assert rows[3][3] == f"{issues[2].message}。"
    links = [sheet.cell(row, 3).hyperlink for row in (5, 6, 7)]
    assert [link and link.location for link in links] == ["'办理情况'!I4", "'办理情况'!A1", None]
    assert not comments(marked(sample[FARM], issues[1:]))


def test_only_our_sheet_is_selected(sample: Folder) -> None:
    """Two selected sheets would both take what one types."""
    book = opened(marked(sample[FARM], [issue("I4")]))
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [TAB]


def test_the_cell_that_one_sees_is_marked_where_cells_are_merged(sample: Folder) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book[SHEET].merge_cells("I4:I5")

    files = changed(sample, on_book(FARM, merge))
    copy = marked(files[FARM], [issue("I5")])
    assert colours(copy) == {(SHEET, "I4:I5"): RED}
    assert list(comments(copy)) == [(SHEET, "I4")]


def test_no_text_becomes_a_formula_or_breaks_the_xml(sample: Folder) -> None:
    nasty = "=HYPERLINK(1)&<b>\x07\ud800_x0041_“"
    column = Issue("required", FARM, SHEET, "I4", "=1+1", nasty)
    texts = Issue("missing-sheet", FARM, details={"name": nasty})
    copy = marked(sample[FARM], [column, issue("M4", nasty), texts])
    assert b"<f>" not in parts(copy)["xl/worksheets/sheet7.xml"]
    assert "=HYPERLINK(1)&<b>_x0041_“" in str(raw(copy).sheets[-1].rows)
    assert "&<b>" in comments(copy)[SHEET, "M4"]


def test_a_list_too_long_to_be_read_is_cut_and_says_so(sample: Folder) -> None:
    copy = marked(sample[FARM], [issue(f"M{row}") for row in range(4, 2504)])
    sheet = opened(copy)[TAB]
    assert sheet["A2"].value == "本工作簿有错误2500处，提醒0处。下面列出前2000处。"
    assert sheet.max_row == 2004
    assert len(colours(copy)) == 2000


# Coming back


@pytest.mark.parametrize("case", DAMAGED[::9], ids=lambda case: case.label)
def test_a_marked_copy_is_read_as_the_original(
    case: Damaged, sample: Folder, tmp_path: Path
) -> None:
    files = changed(sample, *case.changes)
    issues = checked(files, tmp_path / "a")
    copies = {
        name: mark_workbook(files[name], own(issues, name)) for name in {i.file for i in issues}
    }
    again = {**files, **{name: copy for name, copy in copies.items() if copy}}
    assert checked(again, tmp_path / "b") == issues


def test_a_corrected_marked_copy_has_nothing_wrong(sample: Folder, tmp_path: Path) -> None:
    files = changed(sample, WRONG)
    files[FARM] = marked(files[FARM], own(checked(files, tmp_path)))
    book = opened(sample[FARM])[SHEET]
    right = {cell: book[cell].value for cell in ("I4", "M5", "P4", "K4")}
    put(FARM, SHEET, **right)(files)
    assert checked(files, tmp_path) == []


def test_marking_twice_is_marking_once(sample: Folder, tmp_path: Path) -> None:
    files = changed(sample, WRONG)
    issues = own(checked(files, tmp_path))
    once = marked(files[FARM], issues)
    assert marked(files[FARM], issues) == once
    assert marked(once, issues) == once


def test_old_marks_go_when_others_come(sample: Folder) -> None:
    first = marked(sample[FARM], [issue("I4"), issue("D4", sheet="工作成效")])
    second = marked(first, [issue("M4")])
    assert list(comments(second)) == list(colours(second)) == [(SHEET, "M4")]
    assert opened(second).sheetnames.count(TAB) == 1


def test_marks_are_known_again_after_openpyxl_moved_the_sheet_and_saved(sample: Folder) -> None:
    def move(book: openpyxl.Workbook) -> None:
        book.move_sheet(TAB, -6)
        book[TAB].title = "意见"

    files = {FARM: marked(sample[FARM], [issue("I4")])}
    on_book(FARM, move)(files)
    copy = marked(files[FARM], [issue("M4")])
    assert opened(copy).sheetnames == [*opened(sample[FARM]).sheetnames, TAB]
    assert list(comments(copy)) == list(colours(copy)) == [(SHEET, "M4")]
    titles = opened(copy)[SHEET].print_title_rows
    assert titles == opened(sample[FARM])[SHEET].print_title_rows


def test_a_marked_copy_saved_by_another_program_is_still_ours(
    sample: Folder, tmp_path: Path, convert: Callable[[bytes, str, str], bytes]
) -> None:
    def comment(book: openpyxl.Workbook) -> None:
        book[SHEET]["I4"].comment = Comment("这里再问一下", "李四")

    files = changed(sample, on_book(FARM, comment), WRONG)
    issues = checked(files, tmp_path)
    copy = marked(files[FARM], own(issues))
    saved = convert(copy, "xlsx", "xlsx")
    assert set(comments(saved)) == set(comments(copy))
    assert colours(saved) == colours(copy)
    assert opened(saved)[TAB]["C5"].hyperlink
    again = marked(saved, own(issues))
    assert comments(again) == comments(copy)
    assert set(colours(again)) == set(colours(copy))
    assert opened(again).sheetnames == opened(copy).sheetnames
    found = checked({**files, FARM: convert(again, "xlsx", "ods")}, tmp_path)
    assert [i.cell for i in own(found)] == [i.cell for i in own(issues) if i.code != "formula"]


# What is theirs


def test_a_senders_comment_stays_above_ours_and_alone_when_ours_goes(sample: Folder) -> None:
    def comment(book: openpyxl.Workbook) -> None:
        book[SHEET]["I4"].comment = Comment("这里再问一下\n老王", "李四")
        book[SHEET]["B5"].comment = Comment("标题无误", "李四")

    files = changed(sample, on_book(FARM, comment))
    theirs = comments(files[FARM])
    copy = marked(files[FARM], [issue("I4"), issue("M4")])
    text = comments(copy)[SHEET, "I4"]
    assert text.startswith("这里再问一下\n老王\n────────────\n核查意见（reportgen）\n错误：")
    assert comments(copy)[SHEET, "B5"] == "标题无误"
    assert opened(copy)[SHEET]["I4"].comment.author == "李四"
    assert opened(copy)[SHEET]["M4"].comment.author == "reportgen"
    assert comments(marked(copy, [issue("M5")])) == {
        **theirs,
        (SHEET, "M5"): comments(marked(sample[FARM], [issue("M5")]))[SHEET, "M5"],
    }
    assert marked(copy, [issue("I4"), issue("M4")]) == copy


def test_a_comment_in_several_fonts_keeps_them(sample: Folder) -> None:
    """As Excel writes comments: the author in bold, then the words."""
    files = parts(marked(sample[FARM], [issue("I4")]))
    path = "xl/comments1.xml"
    theirs = (
        b"<text><r><rPr><b/></rPr><t>A &amp; B:</t></r>"
        b'<r><rPr><i/></rPr><t xml:space="preserve">\n&lt;ask&gt; </t></r></text>'
    )
    files[path] = re.sub(rb"<text>.*</text>", lambda _: theirs, files[path], flags=re.DOTALL)
    copy = marked(repacked(files), [issue("I4")])
    assert theirs.removesuffix(b"</text>") in parts(copy)[path]
    assert "核查意见（reportgen）" in comments(copy)[SHEET, "I4"]
    assert parts(marked(copy, []))[path] == files[path]


def test_what_a_sender_writes_into_our_comment_is_not_lost(sample: Folder) -> None:
    def answer(book: openpyxl.Workbook) -> None:
        found = book[SHEET]["I4"].comment
        book[SHEET]["I4"].comment = Comment(found.text + "\n已问过代表", "reportgen")

    files = {FARM: marked(sample[FARM], [issue("I4")])}
    on_book(FARM, answer)(files)
    assert comments(marked(files[FARM], [issue("M4")]))[SHEET, "I4"].strip() == "已问过代表"


def test_fills_formats_drop_downs_and_hidden_rows_stay(sample: Folder) -> None:
    def theirs(book: openpyxl.Workbook) -> None:
        sheet = book[SHEET]
        sheet["I4"].fill = PatternFill("solid", start_color="FF00FF00")
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["Q"].hidden = True
        sheet.column_dimensions["B"].width = 61.5
        sheet.auto_filter.ref = "A3:S5"

    files = changed(sample, on_book(FARM, theirs))
    copy = marked(files[FARM], [issue("I4"), issue("I5"), issue("D4", sheet="工作成效")])
    assert looks(copy) == looks(files[FARM])
    before, after = parts(files[FARM]), parts(copy)
    for tag in (b"cols", b"dataValidations", b"sheetProtection", b"autoFilter", b"mergeCells"):
        pattern = rb"<%s[\s>].*?(?:</%s>|/>)" % (tag, tag)
        path = "xl/worksheets/sheet2.xml"
        found = re.search(pattern, before[path], re.DOTALL)
        assert found, tag
        assert found[0] in after[path]
    assert opened(copy)[SHEET].row_dimensions[5].hidden
    tint = opened(copy)["工作成效"].conditional_formatting
    rules = sorted((rule.priority, rule.formula[0]) for block in tint for rule in block.rules)
    assert rules[0] == (1, 'LEN("reportgen")>0')
    assert [formula for _, formula in rules[1:]] == [
        rule.formula[0]
        for block in opened(sample[FARM])["工作成效"].conditional_formatting
        for rule in block.rules
    ]


EXTENSION = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="urn:x14">'
    b'<x14:dataValidations count="1"><x14:dataValidation type="list" prompt="a>b"/>'
    b"</x14:dataValidations></ext></extLst></worksheet>"
)


def test_what_openpyxl_would_drop_stays(sample: Folder) -> None:
    """Drop-downs as Excel saves them when the list stands on another sheet; parts unheard of."""
    before = parts(sample[FARM])
    path = "xl/worksheets/sheet2.xml"
    before[path] = before[path].replace(b"</worksheet>", EXTENSION)
    before["xl/drawings/drawing9.xml"] = b"<shapes>\xff not even XML</shapes>"
    before["customXml/item1.xml"] = b"<a/>"
    after = parts(marked(repacked(before), [issue("I4")]))
    assert after[path].endswith(EXTENSION)
    assert after["xl/drawings/drawing9.xml"] == before["xl/drawings/drawing9.xml"]
    assert after["customXml/item1.xml"] == before["customXml/item1.xml"]


def test_boxes_of_another_kind_stay_where_ours_come_and_go(sample: Folder) -> None:
    """Form controls stand in the same drawing as comments, in a dialect that is no XML."""
    once = parts(marked(sample[FARM], [issue("I4")]))
    path = "xl/drawings/vmlDrawing1.vml"
    button = b'<v:shape id="_x0000_s9001"><x:ClientData ObjectType="Button"><br></v:shape>'
    once[path] = once[path].replace(b"</xml>", button + b"\n</xml>")
    after = parts(marked(repacked(once), [issue("M4")]))[path]
    assert after.count(b'ObjectType="Note"') == 1
    assert button in after
    assert b'id="_x0000_s9002"' in after


def test_a_talk_in_a_cell_is_left_alone(sample: Folder) -> None:
    """Excel would drop what stands beside a threaded comment."""

    def comment(book: openpyxl.Workbook) -> None:
        book[SHEET]["I4"].comment = Comment("[Threaded comment] …", "tc={1}")

    files = changed(sample, on_book(FARM, comment))
    copy = marked(files[FARM], [issue("I4")])
    assert comments(copy) == comments(files[FARM])
    assert colours(copy) == {(SHEET, "I4"): RED}


def test_a_sheet_of_theirs_called_like_ours_stays(sample: Folder) -> None:
    files = changed(sample, on_book(FARM, lambda book: book.create_sheet(TAB)))
    copy = marked(files[FARM], [issue("I4")])
    assert opened(copy).sheetnames[-2:] == [TAB, f"{TAB}（2）"]
    assert marked(copy, [issue("I4")]) == copy


def test_a_workbook_written_with_prefixes_is_marked_too(sample: Folder) -> None:
    """As some programs write it: every element with a prefix."""
    prefixed = {
        name: re.sub(rb"<(/?)(?![?!])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=", 1)
        if name.startswith("xl/") and name.endswith(".xml") and "theme" not in name
        else part
        for name, part in parts(sample[FARM]).items()
    }
    copy = marked(repacked(prefixed), [issue("I4")])
    assert list(comments(copy)) == list(colours(copy)) == [(SHEET, "I4")]
    assert marked(copy, [issue("I4")]) == copy


def test_a_workbook_whose_main_part_has_another_name_is_marked_too(sample: Folder) -> None:
    """Only the relationships say where it is."""
    moved = {
        name.replace("xl/workbook.xml", "xl/book2.xml").replace(
            "xl/_rels/workbook.xml.rels", "xl/_rels/book2.xml.rels"
        ): re.sub(rb'((?:/|Target=")xl/)workbook.xml', rb"\1book2.xml", part)
        for name, part in parts(sample[FARM]).items()
    }
    copy = marked(repacked(moved), [issue("I4")])
    assert "xl/workbook.xml" not in parts(copy)
    assert list(comments(copy)) == list(colours(copy)) == [(SHEET, "I4")]
    assert raw(copy).sheets[-1].name == TAB
    assert marked(copy, [issue("I4")]) == copy


# What is not touched


@pytest.mark.parametrize(
    "change",
    [
        lambda found: {**found, "_xmlsignatures/sig1.xml": b"<a/>"},
        lambda found: {**found, "xl/revisions/log.xml": b"<a/>"},
        lambda found: {**found, "XL/workbook.xml": b"<a/>"},
        lambda found: {name: part for name, part in found.items() if "styles" not in name},
        lambda found: {**found, "xl/workbook.xml": found["xl/workbook.xml"][:-5]},
        lambda found: {
            **found,
            "xl/workbook.xml": found["xl/workbook.xml"].decode().encode("utf-16"),
        },
        # once, a sheet of 60 MB outside its sheetData took more than 1 GB
        lambda found: {
            name: part.replace(b"</sheetData>", b"</sheetData>" + b"<brk/>" * (xml_edit.MOST + 1))
            for name, part in found.items()
        },
    ],
    ids=["signed", "logged", "twice", "styleless", "broken", "utf-16", "endless"],
)
def test_what_cannot_be_changed_safely_is_left(
    change: Callable[[dict[str, bytes]], dict[str, bytes]], sample: Folder
) -> None:
    assert mark_workbook(repacked(change(parts(sample[FARM]))), [issue("I4")]) is None


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0" * 200, b"<html>"])
def test_what_is_no_workbook_is_left(content: bytes) -> None:
    assert mark_workbook(content, [issue("I4")]) is None


@pytest.mark.parametrize("height", ["1" * 400, "-3", "1000000000"])
def test_a_row_of_impossible_height_is_no_crash(height: str, sample: Folder) -> None:
    """A height beyond all floats became infinite, which is no number of pixels."""
    before = parts(sample[FARM])
    sheets = {name: part for name, part in before.items() if name.startswith("xl/worksheets/sheet")}
    bent = {
        name: re.sub(rb'(\sht=)"[^"]*"', rf'\1"{height}"'.encode(), part)
        for name, part in sheets.items()
    }
    assert bent != sheets
    assert mark_workbook(repacked({**before, **bent}), [issue("I4")]) is not None


def test_a_damaged_part_is_no_crash(sample: Folder) -> None:
    chance = random.Random(7)
    before = parts(marked(sample[FARM], [issue("I4")]))
    names = [name for name in before if name.endswith((".xml", ".rels", ".vml"))]
    for _ in range(150):
        name = chance.choice(names)
        part = bytearray(before[name])
        for _ in range(chance.randint(1, 6)):
            part[chance.randrange(len(part))] = chance.choice(b'<>/"= 09azA&\xff')
        copy = mark_workbook(repacked({**before, name: bytes(part)}), [issue("M4")])
        assert copy is None or zipfile.ZipFile(io.BytesIO(copy)).testzip() is None


# As a file


def test_an_independent_validator_finds_no_more_than_in_a_bare_workbook(
    sample: Folder, tmp_path: Path
) -> None:
    bare = openpyxl.Workbook()
    bare.create_sheet("甲")["A1"] = "乙"
    bare.save(tmp_path / "bare.xlsx")
    for name, file in (("a", FARM), ("b", OFFICE)):
        sheet = SHEET if file == FARM else "建议台账"
        content = marked(sample[file], [issue("I4", sheet=sheet), issue("B5", sheet=sheet)])
        (tmp_path / f"{name}.xlsx").write_bytes(content)
        assert findings(tmp_path / f"{name}.xlsx") <= findings(tmp_path / "bare.xlsx")


def findings(path: Path) -> set[str]:
    """What is remarked on, without the numbers and names in it."""
    result: Any = OpenXmlValidator().validate(path)
    remarks = [*result.errors, *getattr(result, "warnings", ())]
    return {re.sub(r"sheet\d+|\d+", "", remark.description) for remark in remarks}
