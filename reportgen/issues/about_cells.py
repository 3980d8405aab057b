"""What can be wrong with one cell, with a row, and with a return held against the register.

Entries of ``reportgen.issues.CATALOGUE``.
"""

from __future__ import annotations

from reportgen.issues.issue_kind import IssueKind, Severity

_E, _R = Severity.ERROR, Severity.REMINDER

CELLS_AND_ROWS: dict[str, IssueKind] = {
    # one cell
    "required": IssueKind(_E, "“{column}”没有填", "请填写{column}"),
    "required-later": IssueKind(_R, "“{column}”还没有填", "现在可以不填，生成报告前请填写"),
    "wrong-type": IssueKind(_E, "“{value}”不是{expected}", "请改填{expected}，如：{example}"),
    "too-long": IssueKind(
        _E,
        "这一格有{letters}个字，太长了，不像是{expected}",
        "请改填{expected}，如：{example}；说明的话写到说明栏里",
    ),
    "impossible-date": IssueKind(
        _E, "“{value}”不是真实的日期，日历上没有{date}", "请核对后改填正确的日期"
    ),
    "incomplete-date": IssueKind(_E, "日期“{value}”{lack}", "请写{say}"),
    "date-out-of-range": IssueKind(_E, "日期“{value}”不在{low}至{high}之间", "请核对年份后改正"),
    "out-of-range": IssueKind(_E, "“{value}”超出允许范围（{low}至{high}）", "请核对后改正"),
    "not-in-list": IssueKind(
        _E, "“{value}”不在可选范围内{nearest}", "请从下拉列表中选择：{options}"
    ),
    "unknown-name": IssueKind(
        _E,
        "“{name}”不在“{sheet_name}”表中{nearest}",
        "请改正；名称无误的，请先在“{sheet_name}”表中登记“{name}”",
        told="“{name}”不在可以填写的名称里{nearest}",
        asked="请改正；名称无误的，请告知交办机关",
    ),
    "taken-as": IssueKind(
        _R,
        "“{value}”不是规定的说法，已按“{meant}”读取",
        "请核对；不对的，请从下拉列表中选择",
    ),
    "ambiguous-name": IssueKind(
        _E,
        "“{name}”在“{sheet_name}”表中指向不止一行",
        "请填写{target}，或改正“{sheet_name}”表中重复的简称、别名",
        told="“{name}”可以指不止一个",
        asked="请填写{target}",
    ),
    "formula": IssueKind(
        _E,
        "这一格是公式（{value}），没有算出的结果可读",
        "请改填结果数值或文字（复制后“选择性粘贴—值”）",
    ),
    "picture": IssueKind(
        _E, "这一格是图片，读不出里面的文字", "请删去图片，把内容改填成文字；图片可另附文件"
    ),
    "shown-otherwise": IssueKind(
        _R,
        "这一格显示为“{shown}”，实际存的数是{stored}，已按显示的填",
        "请核对；应以实际存的数为准的，请照实改填",
    ),
    "day-not-shown": IssueKind(
        _R,
        "这一格显示为“{shown}”，没有写明是哪一日；实际存的日期是{stored}，已按这一天读取",
        "请核对，写全年、月、日",
    ),
    "shows-nothing": IssueKind(
        _R,
        "这一格看上去是空的，里面却有“{stored}”（单元格格式设成了不显示），已照常读取",
        "请核对：要填的，请把单元格格式改为“常规”；不要的请清空",
    ),
    "struck-row": IssueKind(
        _R,
        "这一行有划了删除线的内容（{cells}），已照常读取",
        "作废的，请删去这一行或清空这几格；仍然有效的，请去掉删除线",
    ),
    "unseen-row": IssueKind(
        _R,
        "这一行有看不见的字（{cells}，白色或极小），已照常读取",
        "请选中这几格，把字体颜色改为“自动”、字号改为正常后核对；不要的请清空",
    ),
    "hidden-rows": IssueKind(
        _R, "第{rows}行是隐藏的，里面有内容，已照常读取", "请取消隐藏（或筛选）后核对；不要的请删去"
    ),
    "hidden-column": IssueKind(
        _R,
        "“{column}”一栏（{letter}列）是隐藏的，里面有内容，已照常读取",
        "请取消隐藏后核对；不要的请清空",
    ),
    "covered-cell": IssueKind(
        _R,
        "这一格被合并单元格{range}盖住，看不见；里面有“{value}”，已照常读取",
        "请取消合并单元格后核对；不要的请清空",
    ),
    "error-value": IssueKind(_E, "这一格是错误值{value}", "请改填正确的内容"),
    "merged-cells": IssueKind(
        _E,
        "{range}合并成了一格，分不清里面的内容是哪一栏的",
        "请取消合并单元格，把内容分别填入各栏",
    ),
    "odd-key": IssueKind(
        _R,
        "“{column}”里有{signs}，已按看得见的读取",
        "请把这一格清空，重新输入一遍，不要从网页、微信粘贴",
    ),
    "duplicate-key": IssueKind(
        _E, "{column}“{value}”与第{other}行重复", "请核对，每一行的{column}不能相同"
    ),
    "tag-in-cell": IssueKind(
        _E,
        "“{value}”里有 {{{{ 或 {{%，和报告模板的标签一样，印在报告里会被当作没有换成数据",
        "请改用别的括号，或只写一个花括号",
    ),
    # several cells of a row
    "required-when": IssueKind(_E, "“{column}”没有填：{because}", "请填写{column}"),
    "date-order": IssueKind(
        _E, "{column}（{value}）早于{other}（{date}）", "请核对这两个日期，改正填错的一个"
    ),
    "date-after": IssueKind(
        _E,
        "{column}（{value}）晚于{other}（{date}）",
        "请核对日期；如确属以后发生的事，应留到下次填报",
    ),
    "more-than": IssueKind(
        _E, "{column}（{value}）大于{other}（{limit}）", "请核对这两个数，改正填错的一个"
    ),
    "other-unit": IssueKind(
        _E,
        "“{value}”写的是“{typed}”，“{other}”一栏写的是“{unit}”",
        "请核对后改成同一个单位；数值是按“{typed}”填的，请换算成“{unit}”再填",
    ),
    "other-counter": IssueKind(
        _E,
        "“{value}”写的是“{typed}”，“{column}”的单位是“{unit}”",
        "请核对后按“{unit}”填写，只填数字即可",
    ),
    "scale-twice": IssueKind(
        _E,
        "“{value}”里写了“{scale}”，单位“{unit}”里又有“{again}”，看不出是多少",
        "请只在一处写：数值写{short}、单位写{scale}{rest}，或者数值写{text}、单位写{rest}",
    ),
    "named-twice": IssueKind(_E, "“{name}”同时出现在“{other}”中", "请从其中一栏删去"),
    # register against returns
    "not-assigned": IssueKind(
        _E,
        "{item}没有交给{department}办理",
        "请核对交办清单，删去这一行或更正台账",
        asked="请与交办机关核对；不是本部门办理的，请删去这一行",
    ),
    "locked-changed": IssueKind(
        _E,
        "“{column}”由交办机关填写，现为“{value}”，台账为“{expected}”",
        "请改回“{expected}”；台账有误的请告知交办机关更正",
        told="“{column}”由交办机关填写，现为“{value}”，交办时为“{expected}”",
        asked="请改回“{expected}”；交办有误的请告知交办机关更正",
    ),
    "item-repeated": IssueKind(
        _E, "{item}在{department}的表中出现了不止一次（另见{other}）", "请只保留一行"
    ),
    "item-not-returned": IssueKind(
        _E,
        "{item}（{department}{role}）没有报回",
        "请{department}在填报表中补填这一{counter}；填报表里没有这一{counter}的，请重新运行“交办”",
        asked="请在填报表中补填这一{counter}；填报表里没有这一{counter}的，请向交办机关要补充表",
    ),
    "department-not-returned": IssueKind(
        _E,
        "{department}的填报表还没有交回{load}",
        "请催收后放入“填报”文件夹；已经放入而读不出来的，请按该文件的提示处理",
    ),
    "form-still-blank": IssueKind(
        _E,
        "{department}的填报表还没有填{load}，“填报”文件夹里的还是发出的空表",
        "请催收，用交回的表换下空表",
    ),
    "unknown-calendar": IssueKind(
        _R,
        "{years}年的节假日安排还不知道，“{column}”中的工作日按周一至周五推算",
        "放假安排公布后请更新软件（pip install -U chinesecalendar）；在此之前请自行核对期限",
    ),
    "other-place": IssueKind(
        _R,
        "“{value}”中的“{place}”与单位名称“{own}”不同",
        "请核对是不是别处的名称没有改过来；名称无误的可不改",
    ),
    "other-self": IssueKind(
        _R,
        "文字中自称“{said}”，基本信息中的自称是“{own}”",
        "请核对是不是从别处复制来的文字；确属指上级的，最好写全名称",
    ),
    "other-year": IssueKind(
        _R, "“{column}”{value}与{other}“{year}”不符", "请核对是不是沿用了往年的日期或年度"
    ),
    "bad-brace": IssueKind(_E, "文字中的花括号没有成对", "指标请写成“{{指标名称}}”，一左一右"),
}
