"""The sheet 填写说明 of a form: what it is for, how to fill it in, every column of every sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from reportgen.excel.cell_text import write_cell
from reportgen.excel.write import form_styles, looks
from reportgen.schema.amounts import Quantity
from reportgen.schema.columns import Choice, Code, Day, Ref, WholeNumber
from reportgen.schema.model import Column, Sheet, Stage, Workbook
from reportgen.schema.periods import Period
from reportgen.schema.rules import RequiredWhen

"""The sheet's name; nothing is read from it."""

Lists = Mapping[tuple[str, str], Sequence[str]]
Notes = Mapping[tuple[str, str], str]

_LOWEST, _PAGE, _FEW = 15.0, 650.0, 0.3
"""Points of a row of one line, of the rows on a page; the part of a page that is too little for one."""
_WIDTHS = (18, 14, 46, 72)
_HEADER = ("栏目", "是否必填", "可以填什么", "说明")
_HOW = (
    "表头或项目为红字的必填；已经开始填写的行，必填而未填的格子显示为浅黄色。",
    "带下拉箭头的格子，点箭头从列表中选择；选中格子时会出现填写提示。",
    "日期填成 2024-5-6 的样子，也可以填 2024.5.6 或 2024年5月6日。",
    "一格里要填几个名字的，用顿号隔开，如：张三、李四。",
    "没有内容的格子留空，不要填“无”“/”或空格；不要填公式。",
    "不要改动工作表名称和表头，也不要合并单元格；可以调整列宽、行高，行不够时可以接着往下填。",
    "填好后保存为 .xlsx 格式；用 WPS 或 Excel 都可以。",
)
_RETURNED = (
    "交回一份就行，不要拆成几个文件，也不要另建新表；文件可以改名，表里记着是哪个部门的。",
    "核查后退回来的副本，标红的格子必须改，标黄的请核对；直接在副本里改好交回，颜色和批注不用清除。",
)
_SEALED = "灰底的格子由交办机关填好，不能改动；如有错误，请告知交办机关更正。"


def write_guide(target: Worksheet, workbook: Workbook, lists: Lists, notes: Notes) -> None:
    """Fill an empty sheet with the guide to a workbook."""
    form_styles.set_widths(target, _WIDTHS)
    form_styles.write_top_line(target, 1, f"{workbook.name}填写说明", looks.TITLE, len(_WIDTHS))
    row = 2
    for text in (workbook.purpose, *_iter_instructions(workbook)):
        form_styles.write_top_line(target, row, text, looks.LINE, len(_WIDTHS))
        row += 1
    for sheet in workbook.sheets:
        row = _write_section(target, row + 1, sheet, lists, notes)
    form_styles.set_page(target)
    target.sheet_view.showGridLines = False
    _draw_in(target, row)


def _draw_in(target: Worksheet, rows: int) -> None:
    """A few rows that would begin one page more make the print a little smaller instead."""
    heights = (target.row_dimensions[row].height or _LOWEST for row in range(1, rows + 1))
    pages = sum(heights) / _PAGE
    if pages > 1 and pages % 1 < _FEW:
        target.page_setup.fitToHeight = int(pages)


def _iter_instructions(workbook: Workbook) -> Iterator[str]:
    locked = any(column.locked for sheet in workbook.sheets for column in sheet.columns)
    lines = (*_HOW, *(_RETURNED if workbook.owned else ()), *([_SEALED] if locked else ()))
    for number, text in enumerate(lines, 1):
        yield f"{number}. {text}"


def _write_section(target: Worksheet, row: int, sheet: Sheet, lists: Lists, notes: Notes) -> int:
    """One sheet's columns, from ``row`` on; the first free row after them."""
    form_styles.write_top_line(target, row, f"“{sheet.name}”表", looks.SECTION, len(_WIDTHS))
    form_styles.write_top_line(target, row + 1, sheet.instruction, looks.LINE, len(_WIDTHS))
    for number, text in enumerate(_HEADER, 1):
        write_cell(target, row + 2, number, text, looks.HEADER)
    for at, column in enumerate(sheet.columns, row + 3):
        texts = (
            column.name,
            _word_need(sheet, column),
            _word_content(column, lists),
            _word_remark(sheet, column, notes),
        )
        for number, text in enumerate(texts, 1):
            write_cell(target, at, number, text, looks.NOTE if number > 1 else looks.LABEL)
        lines = map(looks.count_lines_needed, texts, _WIDTHS)
        form_styles.fit_row(target, at, max(lines))
    return row + 3 + len(sheet.columns)


def _word_need(sheet: Sheet, column: Column) -> str:
    if column.locked:
        return "交办机关填"
    if column.required:
        return "必填" if column.due < Stage.REPORT else "报告前必填"
    return "有时必填" if any(_iter_conditions(sheet, column)) else "选填"


def _iter_conditions(sheet: Sheet, column: Column) -> Iterator[str]:
    for rule in sheet.rules:
        if isinstance(rule, RequiredWhen) and rule.column == column.name:
            yield rule.because


def _word_content(column: Column, lists: Lists) -> str:
    text = "文字"
    match column.type:
        case Choice(options=options):
            text = _word_list(options)
        case Ref(sheet=name, column=key) if (name, key) in lists:
            text = _word_list(lists[name, key])
        case WholeNumber(minimum=low, maximum=high) if high < WholeNumber().maximum:
            text = f"{low}至{high}之间的整数"
        case Day() | Quantity() | Period():
            text = f"{column.type.expected}，如：{column.type.example}"
        case Ref() | WholeNumber():
            text = column.type.expected
        case Code():
            text = "文字、数字均可"
    return "" if column.locked else text


def _word_list(options: Sequence[str]) -> str:
    """A list of people would fill the page."""
    return "从列表中选择" + (f"：{'、'.join(options)}" if len(options) <= 20 else "")


def _word_remark(sheet: Sheet, column: Column, notes: Notes) -> str:
    said = [column.note, notes.get((sheet.name, column.name), "")]
    said += [f"须填的情形：{because}" for because in _iter_conditions(sheet, column)]
    said += ["在本表中不能重复"] if column.once else []
    return "\n".join(text for text in said if text)
