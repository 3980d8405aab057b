"""Importing ledgers that are not our form: what is read, guessed, left out, and said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportgen
from reportgen.errors import LedgerError, ReportgenError
from reportgen.excel.read import foreign_files, reader
from reportgen.ledger import explanation
from reportgen.ledger.dates import read_ledger_day
from reportgen.ledger.model import Matter
from reportgen.raw import RawSheet, RawWorkbook, Value
from reportgen.reports.suggestions.importing.names_in_cells import (
    find_alike_names,
    read_departments,
    read_deputies,
)
from reportgen.schema.columns import Day
from tests.conftest import Convert
from tests.support.command_line import run_here
from tests.support.ledgers import (
    ANSWERS,
    BY_DEPARTMENT,
    CATALOGUE,
    CATALOGUE_MERGED,
    COMPLETE,
    KEY_ITEMS,
    PER_ITEM,
    PROGRESS,
    PROMISES,
    as_page,
    as_text,
    as_xlsx,
    imported,
    ledger,
    raw,
    remarks,
    rows,
)

ITEM = ("编号", "类别", "标题", "领衔代表", "主办部门", "协办部门", "办理方式", "备注")

# ---- the layouts seen


def test_a_catalogue_with_a_header_of_two_rows() -> None:
    table, result = imported(ledger(CATALOGUE, CATALOGUE_MERGED))
    assert table.header_rows == (2, 3)
    assert [(one.field, one.title) for one in table.mapped] == [
        ("编号", "建议编号"),
        ("代表单位", "提建议人／单位"),
        ("领衔代表", "提建议人／姓名"),
        ("标题", "建议标题"),
        ("主办部门", "拟主办单位"),
        ("协办部门", "会办单位"),
        ("备注", "备注"),
    ]
    assert rows(result.register["建议台账"], *ITEM) == [
        "001|建议|关于修建农村公路的建议|张三|县交通局|县财政局|主办协办|",
        "002|建议|关于加强校园食品安全的建议|李四|县教育局、县市场监管局||分办|急；提建议人／姓名：李四等5名代表",
    ]
    assert rows(result.register["代表名册"], "姓名", "代表团") == [
        "张三|第一代表团",
        "李四|第二代表团",
    ]
    assert [(one.row, one.reason) for one in table.left_out] == [(6, "合计行")]
    assert remarks(result, Matter.MOVED) == [
        "C5 李四等5名代表 → 填入李四，“等5名代表”没有姓名，原文记入备注"
    ]
    assert "E5 县教育局、县市场监管局 → 列了几个单位而没有分主办、协办，按“分办”填写" in remarks(
        result, Matter.GUESS
    )
    assert list(result.missing) == ["专题", "来源", "提出日期", "交办日期"]
    assert not result.returns


@pytest.mark.parametrize(
    ("table", "merged"), [(CATALOGUE, CATALOGUE_MERGED), (KEY_ITEMS, ("C2:D2", "A2:A3"))]
)
def test_merged_cells_are_inferred_where_the_file_does_not_tell(
    table: str, merged: tuple[str, ...]
) -> None:
    told, inferred = imported(ledger(table, merged)), imported(ledger(table))
    assert told[1].register == inferred[1].register
    assert told[0].mapped == inferred[0].mapped


def test_key_items_are_numbered_by_their_number_not_by_their_row() -> None:
    table, result = imported(ledger(KEY_ITEMS))
    assert rows(result.register["建议台账"], "编号", "重点督办") == ["17|是", "23|是"]
    assert " 2024年重点建议目录 → 可能是2024，请在“基本信息”中填写" in remarks(
        result, Matter.ADVICE
    )
    assert table.has("序号")


def test_a_tick_in_one_of_three_columns_is_the_rating() -> None:
    _, result = imported(ledger(PER_ITEM))
    found = {
        name: rows(sheets["办理情况"], "编号", "满意度") for name, sheets in result.returns.items()
    }
    assert found == {"农业局": ["12|满意"], "水利局": ["13|基本满意"], "教育局": ["14|不满意"]}


def test_several_rows_of_one_item_are_one_item_with_a_return_for_each_department() -> None:
    _, result = imported(ledger(ANSWERS))
    assert rows(result.register["建议台账"], *ITEM, "专题", "提出日期", "交办日期") == [
        "7|建议|关于甲的建议|张三|住建局|交通局|主办协办|提案人数：3|城建|2024-01-10|2024-03-01",
        "8|建议|关于乙的建议|李四|教育局||独办|提案人数：1|教育|2024-01-10|2024-03-01",
        "9|建议|关于丙的建议|李四|教育局、财政局||分办|提案人数：1|教育|2024-01-10|2024-03-01",
    ]
    handled = ("编号", "办理角色", "办理结果", "答复日期", "满意度", "备注")
    assert {
        name: rows(sheets["办理情况"], *handled) for name, sheets in result.returns.items()
    } == {
        "住建局": ["7|主办|A|2024-05-06|满意|解决程度：解决或基本解决"],
        "交通局": ["7|协办||2024-05-02||办理结果：A；满意度：满意；解决程度：解决或基本解决"],
        "教育局": [
            "8|主办|B|2024-05-08|基本满意|解决程度：列入计划拟解决",
            "9|分办|C|2024-05-09|不满意|解决程度：因条件所限",
        ],
        "财政局": ["9|分办|A|2024-06-06|满意|解决程度：解决或基本解决"],
    }
    assert " 十五届三次 → 请在“基本信息”中填写" in remarks(result, Matter.ADVICE)
    assert "第3、4、6、7行  → 编号和标题相同（或合并在一格里）的几行，合为一件" in remarks(
        result, Matter.GUESS
    )


def test_a_department_named_above_the_header_counts_for_all() -> None:
    _, result = imported(ledger(PROMISES))
    assert rows(result.register["建议台账"], *ITEM) == ["12|建议|关于水库的建议||县水利局||独办|"]
    handled = result.returns["县水利局"]["办理情况"]
    assert rows(handled, "办理结果", "承诺完成时限", "办理措施及成效") == ["B|2025-06-30|正在施工"]


@pytest.mark.parametrize("table", [BY_DEPARTMENT, PROGRESS])
def test_a_table_of_counts_is_refused_with_advice(table: str) -> None:
    with pytest.raises(LedgerError, match="请确认台账逐件登记，并把表头中相应的一栏改为“标题”"):
        imported(ledger(table))


# ---- columns


def test_unknown_columns_are_named_with_all_they_hold() -> None:
    table, _ = imported(
        ledger("""
| 编号 | 案由 | 代表证号 | 主办单位 | 主办单位电话 |  |
| 1 | 关于甲的建议 | '0012 | 教育局 | 123 | 手写 |
""")
    )
    assert [(one.title, dict(one.cells)) for one in table.unused] == [
        ("代表证号", {2: "0012"}),
        ("主办单位电话", {2: "123"}),
        ("（没有表头）", {2: "手写"}),
    ]


@pytest.mark.parametrize(
    ("heading", "content", "field"),
    [
        ("类别", "议案", "类别"),
        ("类别", "农业农村", "专题"),
        ("办理结果", "A类", "办理结果"),
        ("办理结果", "基本满意", "满意度"),
        ("办理结果", "已派人修好并回访", "办理措施及成效"),
        ("代表意见", "满意", "满意度"),
        ("拟定主办单位名称", "教育局", "主办部门"),
        ("联名（附议）代表", "李四", "联名代表"),
        ("交办时间（年月日）", "2024-3-5", "交办日期"),
        ("评价", "很满意", "满意度"),
        ("主办单位意见", "同意", None),
        ("代表编号", "3", None),
    ],
)
def test_a_heading_is_read_by_its_words_and_its_content(
    heading: str, content: str, field: str | None
) -> None:
    table, _ = imported(ledger(f"| 编号 | 标题 | {heading} |\n| 1 | 关于甲的建议 | {content} |\n"))
    assert [one.field for one in table.mapped if one.column == 3] == ([field] if field else [])
    assert [one.title for one in table.unused] == ([] if field else [heading])


def test_titles_are_told_by_how_they_begin_if_no_heading_is_known() -> None:
    table, result = imported(
        ledger("""
| 序号 | 事项一览 | 姓名 | 承办单位 | 交办时间 |
| 1 | 关于甲的建议 | 张三 | 教育局 | / |
| 2 | 《关于乙的建议》 | 李四 | 教育局 | — |
""")
    )
    assert [one.reason for one in table.mapped if one.field == "标题"] == [
        "表头不认识，但内容多以“关于”开头，请核对"
    ]
    assert rows(result.register["建议台账"], "标题", "交办日期") == [
        "关于甲的建议|",
        "关于乙的建议|",
    ]
    assert not remarks(result, Matter.UNREAD)


def test_columns_of_one_kind_are_read_together() -> None:
    _, result = imported(
        ledger("""
| 编号 | 标题 | 领衔代表 | 附议人1 | 附议人2 | 承办单位 |  | 办理结果 |  |  |
|     |     |        |        |        | 主办 | 会办 | A | B | C |
| 1 | 关于甲的建议 | 张三 | 李四 | 王五 | 村建办 | 财政所 |  | √ |  |
| 2 | 关于乙的建议 | 赵六等6人 | 5人 |  | 村建办 |  | √ |  |  |
""")
    )
    assert rows(
        result.register["建议台账"], "领衔代表", "联名代表", "主办部门", "协办部门", "备注"
    ) == [
        "张三|李四、王五|村建办|财政所|",
        "赵六||村建办||领衔代表：赵六等6人；附议人1：5人",
    ]
    assert rows(result.returns["村建办"]["办理情况"], "办理结果") == ["B", "A"]


def test_the_second_column_of_one_meaning_is_left_and_said() -> None:
    table, result = imported(
        ledger("| 编号 | 标题 | 承办单位 | 主办单位 |\n| 1 | 甲 | 教育局、财政局 | 教育局 |\n")
    )
    assert rows(result.register["建议台账"], "主办部门") == ["教育局"]
    assert [(one.title, one.reason) for one in table.unused] == [
        ("承办单位", "“主办部门”已取自D列“主办单位”")
    ]


def test_ticks_under_two_groups_are_two_ratings() -> None:
    _, result = imported(
        ledger("""
| 编号 | 标题 | 主办单位 | 办理结果 |  |  | 办理态度 |  |  |
|     |     |        | 满意 | 基本满意 | 不满意 | 满意 | 基本满意 | 不满意 |
| 1 | 关于甲的建议 | 教育局 |  | √ |  | √ |  |  |
""")
    )
    handled = result.returns["教育局"]["办理情况"]
    assert rows(handled, "满意度", "态度满意度") == ["基本满意|满意"]


def test_doubtful_ticks_are_kept_in_words() -> None:
    _, result = imported(
        ledger("""
| 编号 | 标题 | 主办单位 | 满意 | 基本满意 | 不满意 |
| 1 | 关于甲的建议 | 教育局 | √ | √ |  |
| 2 | 关于乙的建议 | 教育局 | 再议 |  |  |
| 3 | 关于丙的建议 | 教育局 | × | √ | × |
""")
    )
    assert rows(result.returns["教育局"]["办理情况"], "编号", "满意度", "备注") == [
        "1||满意：√；基本满意：√",
        "2||满意：再议",
        "3|基本满意|",
    ]
    assert remarks(result, Matter.UNREAD) == [
        "D2 √ → 同一行打了不止一个勾，没有填入，原文记入填报表的备注",
        "E2 √ → 同一行打了不止一个勾，没有填入，原文记入填报表的备注",
        "D3 再议 → 应只在一栏打勾，这里写的不是勾，没有填入，原文记入填报表的备注",
    ]


def test_columns_of_names_are_not_taken_for_ticks() -> None:
    _, result = imported(
        ledger("| 编号 | 标题 | 主办 | 会办 | 分办 |\n| 1 | 甲 | 教育局 | 财政局 |  |\n")
    )
    assert rows(result.register["建议台账"], "主办部门", "协办部门") == ["教育局|财政局"]


# ---- rows


def test_rows_that_are_no_items_are_left_out_with_their_reason() -> None:
    table, result = imported(
        ledger("""
| 编号 | 标题 | 领衔代表 | 主办单位 |
| 一、农业农村类（2件） |  |  |  |
| 1 | 关于甲的建议 | 张三 | 农业局 |
| 2 | 关于农贸市场合计费用公示的建议 | 李四 | 农业局 |
| 小计 | 2件 |  |  |
|  |  |  |  |
| 二、文化类（1件） |  |  |  |
| 编号 | 标题 | 领衔代表 | 主办单位 |
| 3 |  | 王五 | 文旅局 |
|  |  |  | 财政局 |
| 总　计 | 3 |  |  |
| 注：以上为大会期间收到的建议 |  |  |  |
""")
    )
    assert [f"{one.row} {one.reason}" for one in table.left_out] == [
        "2 只有一格有内容，看作小标题或附注",
        "5 合计行",
        "6 空行",
        "7 只有一格有内容，看作小标题或附注",
        "8 重复的表头",
        "10 只有一格有内容，看作小标题或附注",
        "11 合计行",
        "12 只有一格有内容，看作小标题或附注",
    ]
    assert rows(result.register["建议台账"], "编号", "标题", "专题") == [
        "1|关于甲的建议|农业农村",
        "2|关于农贸市场合计费用公示的建议|农业农村",
        "3||文化",
    ]


@pytest.mark.parametrize(("blank", "end"), [(12, "13行）"), (13, "13行等）")])
def test_of_many_blank_rows_the_first_are_named(blank: int, end: str) -> None:
    table, result = imported(
        ledger(
            "| 编号 | 标题 | 领衔代表 | 主办单位 |\n"
            + "|  |  |  |  |\n" * blank
            + "| 1 | 关于甲的建议 | 张三 | 农业局 |\n"
        )
    )
    (said,) = [
        line for line in explanation.iter_explanation_lines(table, result, "") if "空行" in line
    ]
    assert f"空行{blank}行（" in said
    assert said.endswith(end)


def test_headings_among_the_rows_may_tell_motions_from_suggestions() -> None:
    _, result = imported(
        ledger("""
| 编号 | 标题 | 主办单位 |
| 一、议案（1件） |  |  |
| 1 | 关于甲 | 农业局 |
| 二、建议（1件） |  |  |
| 2 | 关于乙 | 农业局 |
""")
    )
    assert rows(result.register["建议台账"], "编号", "类别", "专题") == ["1|议案|", "2|建议|"]


def test_rows_held_together_by_a_merged_cell_are_one_item() -> None:
    _, result = imported(
        ledger(
            """
| 编号 | 标题 | 代表团 | 领衔代表 | 承办单位 | 交办时间 | 答复时间 |
| 1 | 关于甲的建议 | 一团 | 张三 | 教育局 | 2024-3-5 | 2024-5-6 |
|   |  |  | 李四 | 财政局 |  | 2024-5-8 |
| 2 | 关于乙的建议 | 二团 | 王五 | 水利局 |  | 2024-5-9 |
""",
            ("A2:A3", "B2:B3", "C2:C3", "F2:F4"),
        )
    )
    assert rows(
        result.register["建议台账"],
        "编号",
        "领衔代表",
        "联名代表",
        "主办部门",
        "办理方式",
        "交办日期",
    ) == [
        "1|张三|李四|教育局、财政局|分办|2024-03-05",
        "2|王五||水利局|独办|2024-03-05",
    ]
    answered = {name: rows(one["办理情况"], "答复日期") for name, one in result.returns.items()}
    assert answered == {
        "教育局": ["2024-05-06"],
        "财政局": ["2024-05-08"],
        "水利局": ["2024-05-09"],
    }
    assert rows(result.register["代表名册"], "姓名", "代表团") == [
        "张三|一团",
        "李四|一团",
        "王五|二团",
    ]


def test_without_numbers_the_serial_numbers_or_counting_help() -> None:
    _, serial = imported(
        ledger("| 序号 | 标题 | 主办 |\n| 3 | 甲 | 教育局 |\n| 5 | 乙 | 教育局 |\n")
    )
    assert rows(serial.register["建议台账"], "编号") == ["3", "5"]
    _, counted = imported(
        ledger("| 序号 | 标题 | 主办 |\n| 1 | 甲 | 教育局 |\n| 1 | 乙 | 教育局 |\n")
    )
    assert rows(counted.register["建议台账"], "编号") == ["1", "2"]
    assert any("编为1、2、3" in one.done for one in counted.remarks)


def test_equal_numbers_of_different_items_are_kept_and_said() -> None:
    _, result = imported(
        ledger("| 编号 | 标题 | 主办 |\n| 1 | 甲 | 教育局 |\n| 1 | 乙 | 教育局 |\n")
    )
    assert rows(result.register["建议台账"], "编号", "标题") == ["1|甲", "1|乙"]
    assert " 1 → 有2件编号相同而标题不同，都已导入，请改成不同的编号" in remarks(
        result, Matter.GUESS
    )


# ---- several headers, several sheets


def test_a_second_header_is_read_as_a_header() -> None:
    table, result = imported(
        ledger("""
| 一、议案 |  |  |  |  |
| 编号 | 标题 | 领衔代表 | 主办单位 | 满意度 |
| 议1 | 关于甲的议案 | 王建国 | 住建局 | 满意 |
| 二、建议 |  |  |  |  |
| 编号 | 标题 | 主办单位 | 领衔代表 | 联系人 |
| 12 | 关于乙的建议 | 教育局 | 李梅 | 手写 |
| 编号 | 标题 | 主办单位 | 领衔代表 |  |
| 13 | 关于丙的建议 | 民政局 | 赵强 |  |
""")
    )
    assert rows(result.register["建议台账"], "编号", "类别", "领衔代表", "主办部门") == [
        "议1|议案|王建国|住建局",
        "12|建议|李梅|教育局",
        "13|建议|赵强|民政局",
    ]
    assert [f"{one.row} {one.reason}" for one in table.left_out] == [
        "4 只有一格有内容，看作小标题或附注",
        "5 另一个表头，下面各行按它读",
        "7 重复的表头",
    ]
    assert [
        (one.field, one.column, one.reason) for one in table.mapped if "第5行" in one.reason
    ] == [
        ("主办部门", 3, "“主办单位”是“主办部门”的常见叫法（第5行的表头）"),
        ("领衔代表", 4, "与标准栏目同名（第5行的表头）"),
    ]
    assert [(one.title, dict(one.cells)) for one in table.unused] == [("联系人", {6: "手写"})]


def test_a_record_of_words_that_are_headings_elsewhere_is_no_header() -> None:
    table, _ = imported(
        ledger("""
| 编号 | 类别 | 标题 | 办理方式 | 主办单位 |
| 1 | 建议 | 关于甲的建议 | 分办 | 教育局 |
| 2 | 建议 | 内容 | 主办 | 教育局 |
""")
    )
    assert [record.row for record in table.records] == [2, 3]


SESSION_SHEET = """
| {}代表建议一览 |  |  |  |
| 编号 | 标题 | 领衔代表 | 主办单位 |
| {} | 关于{}的建议 | 张三 | {} |
|  |  |  | 财政局 |
"""


def test_sheets_of_one_layout_are_one_ledger_and_said() -> None:
    book = RawWorkbook(
        "f.xlsx",
        [
            raw(SESSION_SHEET.format("大会期间", 1, "甲", "教育局"), name="大会"),
            raw(SESSION_SHEET.format("闭会期间", 2, "乙", "？ 局"), name="闭会"),
            raw("| 编号 | 标题 | 备注 |\n| 9 | 丁 |  |\n", name="草稿"),
        ],
    )
    table, result = imported(book)
    assert table.sheets == ["大会", "闭会"]
    assert rows(result.register["建议台账"], "编号", "标题", "来源") == [
        "1|关于甲的建议|大会",
        "2|关于乙的建议|闭会",
    ]
    said = list(explanation.iter_explanation_lines(table, result, ""))
    assert (
        "合并的工作表：“大会”、“闭会”的栏目相同，合为一本台账导入，请核对；只要其中一张的，用 --sheet 指定"
        in said
    )
    assert "  “闭会”第4行：只有一格有内容，看作小标题或附注（财政局）" in said
    assert any(one.place == "第3行，“闭会”第3行" for one in result.remarks), result.remarks
    assert imported(book, "闭会")[0].sheets == ["闭会"]


def test_a_copy_of_a_sheet_is_not_counted_twice() -> None:
    text = SESSION_SHEET.format("", 1, "甲", "教育局")
    table, result = imported(
        RawWorkbook("f.xlsx", [raw(text, name="台账"), raw(text, name="备份")])
    )
    assert (table.sheets, table.others) == (["台账"], ("“备份”（认出4栏）",))
    assert len(result.register["建议台账"]) == 1


@pytest.mark.parametrize(
    ("added", "known"),
    [
        ("| 提交者（自动） | 提交时间（自动） |", True),
        ("| 提交人 | 提交时间 |", True),
        ("| 来自IP | 提交答卷时间 |", True),
        ("| 备考 | 提交时间 |", False),
    ],
)
def test_what_a_collection_form_records_is_no_content(added: str, known: bool) -> None:
    head = "| 编号 | 标题 | 主办单位 " + added
    table, result = imported(ledger(f"{head}\n| 1 | 甲 | 教育局 | 张三 | 2024-3-5 |\n"))
    assert table.has("提出日期") != known
    assert [one.reason for one in table.unused] == ["在线收集表自动记录的栏，不是台账的内容"] * (
        2 if known else 0
    )
    assert rows(result.register["代表名册"], "姓名") == []


def test_the_numbers_of_a_collection_forms_questions_are_no_part_of_the_headings() -> None:
    head = "| 一、编号（必填） | 2. 建议标题 | 第3题、主办单位 | (4)领衔代表 |"
    table, _ = imported(ledger(f"{head}\n| 1 | 修路 | 教育局 | 张三 |\n"))
    assert all(table.has(name) for name in ("编号", "标题", "主办部门", "领衔代表"))


@pytest.mark.parametrize("shown", ["修路", ""])
def test_what_a_format_hides_is_imported_and_told(shown: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["编号", "标题", "主办单位"], ["1", "修路", "教育局"]):
        book.active.append(row)
    book.active["B2"].number_format = ";;;" if not shown else "General"
    book.save(tmp_path / "账.xlsx")
    done = reportgen.import_ledger(tmp_path / "账.xlsx", tmp_path / "镇")
    assert any("修路" in str(row) for row in sheet_rows(tmp_path / "镇/建议台账.xlsx"))
    told = any("单元格格式设成了不显示，仍照常导入" in line for line in done.lines)
    assert told == (not shown)


def sheet_rows(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)["建议台账"].iter_rows(values_only=True))


# ---- values


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024.3.5", "2024-03-05"),
        ("2024.03.05.", "2024-03-05"),
        ("2024、3、5", "2024-03-05"),
        ("２０２４年３月５日", "2024-03-05"),
        ("2024年3月5号（星期二）", "2024-03-05"),
        ("20240305", "2024-03-05"),
        (45356, "2024-03-05"),
        (dt.datetime(2024, 3, 5, 9, 30), "2024-03-05"),
        ("2024-3-5 10:30:00", "2024-03-05"),
        ("二〇二四年三月五日", "2024-03-05"),
        ("二○二四年十二月二十一日", "2024-12-21"),
        ("二零二四年十月三十日", "2024-10-30"),
    ],
)
def test_dates_in_usual_forms_need_no_guess(text: Value, day: str) -> None:
    found = read_ledger_day(text, None, Day())
    assert (str(found.day), found.guess, found.flaw) == (day, "", "")


@pytest.mark.parametrize(
    ("text", "day", "guess"),
    [
        ("24.3.5", "2024-03-05", "年份补为2024年"),
        ("二四年三月五日", "2024-03-05", "年份补为2024年"),
        ("3月5日", "2023-03-05", "年份按表头上方的标题补为2023年"),
        ("三月五日", "2023-03-05", "年份按表头上方的标题补为2023年"),
        ("十二月二十一号", "2023-12-21", "年份按表头上方的标题补为2023年"),
        ("2024年3月5日前", "2024-03-05", "“2024年3月5日前”按2024年3月5日填写"),
    ],
)
def test_what_is_added_to_a_date_is_said(text: str, day: str, guess: str) -> None:
    found = read_ledger_day(text, 2023, Day())
    assert (str(found.day), found.guess) == (day, guess)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("2008年9月31日", "日历上没有2008年9月31日"),
        ("3月5日", "没有写年份"),
        ("三月五日", "没有写年份"),
        ("2024年6月底", "没有写哪一日"),
        ("三月上旬", "不是日期"),
        ("2024.3.5-2024.3.8", "不是日期"),
        ("1024.3.5", "不在1990"),
    ],
)
def test_what_is_no_date_is_not_made_one(text: str, flaw: str) -> None:
    assert read_ledger_day(text, None, Day()).flaw.startswith(flaw)


@pytest.mark.parametrize(
    ("text", "names", "unnamed"),
    [
        ("张三", "张三", ""),
        ("刘　亚", "刘亚", ""),
        ("张三、李四，王五", "张三 李四 王五", ""),
        ("张三 李四\n王 五", "张三 李四 王五", ""),
        ("欧阳 锋", "欧阳锋", ""),
        ("张三等5人", "张三", "等5人"),
        ("张三、李四等5名代表", "张三 李四", "等5名代表"),
        ("张三等十二位代表", "张三", "等十二位代表"),
        ("张三（领衔）、李四", "张三 李四", ""),
        ("领衔：张三；附议：李四代表", "张三 李四", ""),
        ("阿依古丽·买买提", "阿依古丽·买买提", ""),
    ],
)
def test_deputies_in_one_cell(text: str, names: str, unnamed: str) -> None:
    found = read_deputies(text)
    assert (" ".join(found.names), found.unnamed) == (names, unnamed)


@pytest.mark.parametrize(
    ("text", "leads", "helpers", "plain"),
    [
        ("县教育局", "", "", "县教育局"),
        ("县 教育局", "", "", "县教育局"),
        ("教育局、财政局，水利局\n农业局", "", "", "教育局 财政局 水利局 农业局"),
        ("教育局 财政局", "", "", "教育局 财政局"),
        ("主办：教育局；协办：财政局、水利局", "教育局", "财政局 水利局", ""),
        ("主办单位：教育局 会办单位：财政局", "教育局", "财政局", ""),
        ("教育局（主办）、财政局（协）", "教育局", "财政局", ""),
        ("牵头：教育局\n配合：财政局", "教育局", "财政局", ""),
        ("无", "", "", ""),
    ],
)
def test_departments_in_one_cell(text: str, leads: str, helpers: str, plain: str) -> None:
    found = read_departments(text)
    assert [" ".join(one) for one in (found.leads, found.helpers, found.plain)] == [
        leads, helpers, plain,
    ]  # fmt: skip


def test_alike_names_are_said_and_not_merged() -> None:
    names = [
        "农业农村局",
        "农业局",
        "县教育局",
        "教育局",
        "财政局",
        "民政局",
        "交通运输局",
        "交通局",
    ]
    assert list(find_alike_names(names)) == [
        ("农业农村局", "农业局"), ("县教育局", "教育局"), ("交通运输局", "交通局"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "units", "expected"),
    [
        ("单办", "教育局", "独办|教育局|"),
        ("会办", "教育局、财政局", "主办协办|教育局|财政局"),
        ("分办", "教育局、财政局", "分办|教育局、财政局|"),
        ("单办", "教育局、财政局", "分办|教育局、财政局|"),
        ("", "教育局、财政局", "分办|教育局、财政局|"),
        ("", "主办：教育局；协办：财政局", "主办协办|教育局|财政局"),
        ("会办", "教育局", "主办协办|教育局|"),
    ],
)
def test_the_manner_follows_what_is_stated_and_how_many_there_are(
    stated: str, units: str, expected: str
) -> None:
    _, result = imported(
        ledger(f"| 编号 | 标题 | 承办单位 | 办理类型 |\n| 1 | 甲 | {units} | {stated} |\n")
    )
    assert rows(result.register["建议台账"], "办理方式", "主办部门", "协办部门") == [expected]


def test_other_classes_than_the_usual_are_carried_over_with_their_words() -> None:
    head = "| 编号 | 标题 | 主办单位 | 办理结果 |\n"
    _, result = imported(
        ledger(head + "| 1 | 甲 | 教育局 | 甲类 |\n| 2 | 乙 | 教育局 | 乙类（正在办） |\n")
    )
    assert rows(result.register["办理结果分类"], "代码", "名称", "计入解决") == [
        "甲||",
        "乙|正在办|",
    ]
    _, result = imported(
        ledger(head + "| 1 | 甲 | 教育局 | A |\n| 2 | 乙 | 教育局 | D 留作参考 |\n")
    )
    assert rows(result.register["办理结果分类"], "代码", "计入解决") == [
        "A|是",
        "B|否",
        "C|否",
        "D|",
    ]
    assert any(one.text == "D" and "请按当地规定补填" in one.done for one in result.remarks)


def test_results_without_a_department_are_not_lost() -> None:
    _, result = imported(
        ledger(
            "| 编号 | 标题 | 办理结果 | 答复时间 |\n| 1 | 甲 | A | 2024-5-6 |\n| 2 | 乙 | B |  |\n"
        )
    )
    assert rows(result.register["建议台账"], "编号", "备注") == [
        "1|办理结果：A；答复日期：2024-05-06",
        "2|办理结果：B",
    ]


def test_formulas_and_errors_are_said() -> None:
    _, result = imported(
        ledger("| 编号 | 标题 | 主办单位 |\n| 1 | 甲 | #REF! |\n| 2 | =A1 | 教育局 |\n")
    )
    assert remarks(result, Matter.UNREAD) == [
        "C2 #REF! → 错误值，没有填入，原文记入备注",
        "B3 =A1 → 公式没有算出的结果，没有填入，原文记入备注",
    ]


# ---- which sheet


def test_the_sheet_with_most_columns_is_taken_and_the_others_are_named() -> None:
    small = raw("| 编号 | 标题 | 备注 |\n| 1 | 甲 |  |\n", name="草稿")
    large = raw("| 编号 | 标题 | 主办单位 | 备注 |\n| 2 | 乙 | 教育局 |  |\n", name="正式")
    book = RawWorkbook("两张.xlsx", [raw("| 说明 |\n", name="封面"), small, large])
    table, result = imported(book)
    assert (table.sheets, list(table.others)) == (["正式"], ["“草稿”（认出3栏）"])
    assert any("“草稿”" in line for line in explanation.iter_explanation_lines(table, result, ""))
    assert imported(book, "草稿")[0].sheets == ["草稿"]
    with pytest.raises(LedgerError, match="没有工作表“第三张”，只有“封面”、“草稿”、“正式”"):
        imported(book, "第三张")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("| 张三 | 李四 |\n| 1 | 2 |\n", "没有找到台账的表头"),
        ("| 编号 | 标题 |\n", "表头下面没有可以导入的行"),
        ("", "没有找到台账的表头"),
    ],
)
def test_what_is_no_ledger_is_refused_with_advice(table: str, message: str) -> None:
    with pytest.raises(LedgerError, match=message):
        imported(ledger(table))


cell = st.one_of(
    st.none(),
    st.sampled_from(
        ["编号", "标题", "满意", "不满意", "√", "合计", "主办单位", "3月5日", "A", "、", "等"]
    ),
    st.text(max_size=8),
    st.floats(),
    st.dates().map(lambda day: dt.datetime(day.year, day.month, day.day)),
)


@given(st.lists(st.lists(cell, max_size=6), max_size=8), st.booleans())
def test_nothing_makes_it_stumble(lines: list[list[Value]], headed: bool) -> None:
    head: list[list[Value]] = [["编号", "标题", "领衔代表", "主办单位", "答复时间", "满意度"]]
    sheet = RawSheet("s", [*(head if headed else []), *lines], merged=[(2, 2, 4, 2), (1, 1, 9, 9)])
    try:
        table, result = imported(RawWorkbook("f", [sheet]))
    except ReportgenError:
        return
    assert list(explanation.iter_explanation_lines(table, result, ""))
    said = {record.row for record in table.records} | {one.row for one in table.left_out}
    assert said == set(range(table.header_rows[1] + 1, len(sheet.rows) + 1))


# ---- the files


@pytest.mark.parametrize(
    ("content", "container"),
    [
        (as_xlsx(CATALOGUE, CATALOGUE_MERGED), "电子表格"),
        (as_text(CATALOGUE, "gb18030"), "文本表格（GBK编码）"),
        (as_text(CATALOGUE, "utf-8"), "文本表格（UTF-8编码）"),
        (as_text(CATALOGUE, "utf-8-sig"), "文本表格（UTF-8编码）"),
        (as_text(CATALOGUE, "utf-16", "\t"), "文本表格（UTF-16编码）"),
        (as_text(CATALOGUE, "gb18030", "\t"), "文本表格（GBK编码）"),
        (as_page(CATALOGUE, CATALOGUE_MERGED), "网页表格（GBK编码）"),
        (as_page(CATALOGUE, CATALOGUE_MERGED, charset="utf-8"), "网页表格（UTF-8编码）"),
    ],
)
def test_the_same_ledger_in_every_container(content: bytes, container: str) -> None:
    opened = foreign_files.read_foreign_file(content, "旧台账.xls")
    assert opened.container == container
    assert opened.workbook is not None
    found = imported(opened.workbook)[1].register
    assert found == imported(ledger(CATALOGUE, CATALOGUE_MERGED))[1].register


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_ledger_saved_by_an_office_program(convert: Convert, kind: str) -> None:
    content = convert(as_xlsx(CATALOGUE, CATALOGUE_MERGED), "xlsx", kind)
    opened = foreign_files.read_foreign_file(content, f"旧台账.{kind}")
    assert opened.workbook is not None
    found = imported(opened.workbook)[1].register
    assert found == imported(ledger(CATALOGUE, CATALOGUE_MERGED))[1].register


def test_a_page_keeps_line_breaks_and_entities() -> None:
    page = (
        b"<table><tr><th>a<th>b<tr><td>&lt;x&gt;&nbsp;&#26032;<br>y<td rowspan=2>z<tr><td>w</table>"
    )
    opened = foreign_files.read_foreign_file(page, "f.xls")
    assert opened.workbook is not None
    (sheet,) = opened.workbook.sheets
    assert sheet.rows == [["a", "b"], ["<x> 新\ny", "z"], ["w"]]
    assert sheet.merged == [(2, 2, 3, 2)]


def test_quoted_text_keeps_its_commas_and_leading_zeros() -> None:
    opened = foreign_files.read_foreign_file('编号,标题\n="007","甲,\n乙"\n'.encode(), "f.csv")
    assert opened.workbook is not None
    assert opened.workbook.sheets[0].rows == [["编号", "标题"], ["007", "甲,\n乙"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 wps", "文件已损坏或不完整"),
        ("只有一栏\n没有分开\n".encode(), "看不出是怎样分栏的"),
        (b"<html><body><p>no <table></table></body></html>", "网页里没有能读的表格"),
        (b"<table><tr>" + b"<td colspan=900>" * 9, "网页里没有能读的表格"),
        (b"%PDF-1.4\n%\xc4", "PDF"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         "XML 表格"),
        (b"\x00\x01\x02\xff\xfe\x00", "不是 Excel 工作簿"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    opened = foreign_files.read_foreign_file(content, "f.xls")
    assert opened.workbook is None
    assert reason in opened.issues[0].message


@given(st.binary(max_size=300), st.sampled_from([b"", b"<table><tr><td>", b"a,b\n", b"PK\x03\x04"]))
def test_no_bytes_make_it_stumble(content: bytes, start: bytes) -> None:
    opened = foreign_files.read_foreign_file(start + content, "f.xls")
    assert (opened.workbook is None) == bool(opened.issues)


# ---- the whole way


def test_a_complete_ledger_leaves_only_the_settings_to_fill(tmp_path: Path) -> None:
    (tmp_path / "旧.csv").write_bytes(as_text(COMPLETE, "gb18030"))
    laid = reportgen.import_ledger(tmp_path / "旧.csv", tmp_path / "新")
    assert [path.relative_to(tmp_path / "新").as_posix() for path in laid.written] == [
        "建议台账.xlsx", "填报/农业局.xlsx", "填报/水利局.xlsx", "导入说明.xlsx",
    ]  # fmt: skip
    checked = reportgen.check(tmp_path / "新")
    assert {(issue.sheet, issue.code) for issue in checked.errors} == {
        ("基本信息", "required"),
        ("代表名册", "required"),
    }
    missing = [issue for issue in checked.errors if issue.sheet == "代表名册"]
    assert [issue.cell for issue in missing] == ["B6"]  # 王五, who only signed with others


def test_all_that_was_done_stands_in_the_explanation(tmp_path: Path) -> None:
    (tmp_path / "旧.xlsx").write_bytes(as_xlsx(CATALOGUE, CATALOGUE_MERGED))
    laid = reportgen.import_ledger(tmp_path / "旧.xlsx", tmp_path / "新")
    notes, _ = reader.read_workbook(laid.written[-1].read_bytes(), "导入说明.xlsx")
    assert notes is not None
    text = {s.name: [[v for v in line if v] for line in s.rows[3:]] for s in notes.sheets}
    assert ["领衔代表", "C", "提建议人／姓名", "合并表头“提建议人／姓名”"] in text["栏目对应"]
    assert ["第6行", "合计行", "合 计 2件"] in text["没有导入的行"]
    assert [line[0] for line in text["请核对"]].count("改记在别处") == 1


@pytest.mark.parametrize(
    ("said", "differs"),
    [
        ("2件", False),
        ("共2件", False),
        ("3件", True),
        ("2", False),
        ("3", True),
        ("共计三件", True),
    ],
)
def test_a_total_is_compared_with_the_rows_above(said: str, differs: bool) -> None:
    lines = f"""
        | 编号 | 标题 | 主办单位 |
        |---|---|---|
        | 1 | 关于修路的建议 | 交通局 |
        | 2 | 关于架桥的建议 | 交通局 |
        | 合计 | {said} | |
    """
    table, _ = imported(ledger(lines))
    (left,) = table.left_out
    assert left.reason.startswith("合计行")
    assert ("请核对" in left.reason) is differs
    assert ("写的是3件，上面读到的是2件" in left.reason) is differs


def test_an_existing_register_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "旧.csv").write_bytes(as_text(COMPLETE, "utf-8"))
    (tmp_path / "建议台账.xlsx").write_bytes(b"mine")
    laid = reportgen.import_ledger(tmp_path / "旧.csv", tmp_path)
    assert laid.aside
    assert (tmp_path / "建议台账.xlsx").read_bytes() == b"mine"
    assert not (tmp_path / "填报").exists()
    assert [path.relative_to(tmp_path).as_posix() for path in laid.written] == [
        "建议台账（导入）.xlsx", "填报（导入）/农业局.xlsx", "填报（导入）/水利局.xlsx", "导入说明.xlsx",
    ]  # fmt: skip


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "旧.csv").write_bytes(as_text(COMPLETE, "utf-8"))
    first = reportgen.import_ledger(tmp_path / "旧.csv", tmp_path / "甲").written
    second = reportgen.import_ledger(tmp_path / "旧.csv", tmp_path / "乙").written
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_our_own_form_need_not_be_imported(tmp_path: Path) -> None:
    reportgen.init(tmp_path)
    with pytest.raises(LedgerError, match="已经是本系统的标准表"):
        reportgen.import_ledger(tmp_path / "建议台账.xlsx", tmp_path / "新")


def test_the_command_tells_a_clerk_what_happened(tmp_path: Path) -> None:
    (tmp_path / "旧.xls").write_bytes(as_page(PER_ITEM))
    shown = run_here("import-ledger", "旧.xls", "新", cwd=tmp_path)
    text = shown.stdout
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "原台账：“旧.xls”（网页表格（GBK编码）），工作表“表1”，表头在第2至3行" in text
    assert "  满意度 ← G列“满意”（在“满意”一栏打勾）" in text
    assert "原表没有的栏：专题、来源、提出日期、交办日期，请在台账中补填" in text
    assert "已生成：" in text
    checked = run_here("check", "新", cwd=tmp_path)
    assert checked.returncode == 1
    assert "Traceback" not in checked.stderr


def test_what_cannot_be_imported_is_one_message_and_exit_2(tmp_path: Path) -> None:
    (tmp_path / "空.xls").write_bytes(b"")
    for name, message in (("空.xls", "文件是空的"), ("没有.xls", "找不到要导入的台账")):
        shown = run_here("import-ledger", name, "新", cwd=tmp_path)
        assert shown.returncode == 2
        assert message in shown.stderr
        assert "Traceback" not in shown.stderr
    assert not (tmp_path / "新").exists()
