"""The catalogue of everything that can be wrong in a filled workbook, and ``Issue``.

What only one kind of report knows stands with the kind, which declares it here when it is loaded.

An ``Issue`` is a value: it is collected, shown, written into marked copies, never raised.  Its
text is made here and only here: where · what · what to do.  ``{value}`` is the cell's content as
typed, other names are the issue's details.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum

from reportgen.data import parse_address
from reportgen.glyphs import name_strange_signs


class Severity(StrEnum):
    """An error keeps the report from being built; a reminder does not."""

    ERROR = "错误"
    REMINDER = "提醒"


@dataclass(frozen=True, slots=True)
class IssueKind:
    """One entry of the catalogue: how bad, what is wrong, what to do.

    ``told`` and ``asked``: the same for the one who filled in the workbook, where that differs: it
    names no other's workbook and asks nobody to change sheets that are the office's.
    """

    severity: Severity
    message: str
    remedy: str
    told: str = ""
    asked: str = ""


_LONGEST = 60
"""So many characters of a cell are quoted in a message."""

_E, _R = Severity.ERROR, Severity.REMINDER

CATALOGUE: dict[str, IssueKind] = {
    # the file
    "unreadable": IssueKind(
        _E,
        "这个文件读不出来：{reason}",
        "请用 Excel 或 WPS 打开后另存为 .xlsx，再放回原处；打不开的，请换一份完好的文件",
    ),
    "encrypted": IssueKind(
        _E, "这个文件设了打开密码，读不出来", "请在 Excel 或 WPS 中取消打开密码，另存后放回原处"
    ),
    "restricted": IssueKind(
        _E, "这个文件受权限保护（IRM），读不出来", "请原来的部门取消权限保护，另存后放回原处"
    ),
    "empty-file": IssueKind(
        _E,
        "这个文件是空的，没有任何内容",
        "存在网盘或云文档里的，请先下载到本机、打开看到内容后再放回；空文件请换成填好的表",
    ),
    "packed": IssueKind(
        _E,
        "这是压缩包（{reason}），里面的表没有读取",
        "请先解压，把里面的表放在这里，再把压缩包移走",
    ),
    "other-file": IssueKind(
        _E,
        "这是{reason}，不是 Excel 工作簿",
        "请把内容填入标准表后放回；与填报无关的，请移出“填报”文件夹",
    ),
    "bloated": IssueKind(
        _E,
        "表里有大量只有格式、没有内容的行或列，展开后过大，读不出来",
        "请打开这个文件，选中最后一行内容以下的所有空行（和右边的空列），删除后保存",
    ),
    "unknown-workbook": IssueKind(
        _E,
        "这个文件不是本系统发出的表",
        "请把内容填入标准表；与本次报告无关的文件请移出“填报”文件夹",
    ),
    "repeated-workbook": IssueKind(
        _E,
        "“{form}”只能有一份，这是多出来的一份，没有读取（已读取{other}）",
        "请核对后只留一份，把另一份移出工作目录",
    ),
    "old-form": IssueKind(
        _R,
        "这是第{found}版的“{form}”，现在用第{version}版；已照常读取，后来增加的栏目按没有填处理",
        "需要填写后来增加的栏目时，请换用现在的标准表",
    ),
    "newer-form": IssueKind(
        _E,
        "这是第{found}版的“{form}”，本软件只认得第{version}版",
        "请先更新软件；或者换用本软件发出的标准表，把已填的内容复制过去",
        asked="请向交办机关要现在用的标准表，把已填的内容复制过去",
    ),
    "older-version": IssueKind(
        _R,
        "这一份没有读取：“{other}”是同一部门的，内容相同或更全",
        "请核对；无误的可把这一份移出“填报”文件夹",
        asked="请核对；两份中以哪一份为准，请告知交办机关",
    ),
    "superseded": IssueKind(
        _R,
        "这一份没有读取：部门已经在它的退改副本上改好交回（第{number}次退改，“{other}”），以改好的为准",
        "不用处理；也可以把这一份移出“填报”文件夹",
        asked="不用处理，以改好交回的为准",
    ),
    "stale-copy": IssueKind(
        _R,
        "这一份是第{own}次退改的副本，没有读取：后来的第{number}次退改“{other}”已经交回，内容都在里面",
        "请核对；无误的可把这一份移出“填报”文件夹",
        asked="请核对；以最后一次退改的为准",
    ),
    "stale-copy-differs": IssueKind(
        _E,
        "这一份是第{own}次退改的副本，没有读取：后来的第{number}次退改“{other}”已经交回，内容却有不同：{cells}",
        "以后来的为准的，把这一份移出“填报”文件夹；这一份里要保留的，先抄到后来的一份里",
        asked="请核对以哪一次的为准，要保留的都填在最后一次退改的副本里再交",
    ),
    "versions-differ": IssueKind(
        _E,
        "这一份没有读取：“{other}”也是这个部门填的，填的件相同，内容却有不同：{cells}",
        "请与部门核对以哪一份为准，各有可取的并成一份，再把另一份移出“填报”文件夹",
        asked="请核对以哪一份为准，各有可取的并成一份再交",
    ),
    "parts-added": IssueKind(
        _R,
        "“{other}”也是{department}填的，里面没有相同的行，两份的内容加在一起统计",
        "请核对：各填一部分的，不用处理；同一份改过再交的，把旧的一份移出“填报”文件夹",
        asked="请核对：各填一部分的，不用处理；同一份改过再交的，请告知以哪一份为准",
    ),
    "active-content": IssueKind(
        _R,
        "这个文件里有{found}；没有运行，也没有读取，标明错处的副本里不带这些",
        "填报用不着这些，请核对来源，删去后另存为 .xlsx（外部链接：“数据—编辑链接—断开链接”）",
    ),
    "unknown-owner": IssueKind(
        _E,
        "看不出这张表是哪个部门的{marked}",
        "请用“交办”命令生成的表填报，或在文件名中写上部门全称（与“{sheet_name}”表一致）",
        asked="请用交办机关发来的表填报，或在文件名中写上部门全称",
    ),
    # sheet and header
    "missing-sheet": IssueKind(
        _E, "缺少工作表“{name}”{nearest}", "请把工作表改名为“{name}”，或从空白表中复制过来"
    ),
    "renamed-sheet": IssueKind(
        _R,
        "没有名为“{name}”的工作表；“{found}”的栏目与它相同，已按“{name}”读取",
        "请核对；最好把工作表名改回“{name}”",
    ),
    "sheet-copy": IssueKind(
        _E,
        "工作表“{found}”的栏目与“{name}”相同、内容不同，没有读取",
        "请把需要的内容并入“{name}”，再删去“{found}”",
    ),
    "missing-column": IssueKind(
        _E,
        "缺少“{name}”一栏{nearest}",
        "已有这一栏的，请把表头改为“{name}”；没有的，请从空白表中补上这一栏",
    ),
    "missing-header": IssueKind(
        _E, "找不到表头（应有“{names}”等栏目）", "请从空白表中复制表头，补在第一行数据上方"
    ),
    "duplicate-column": IssueKind(
        _E, "“{name}”一栏出现了两次，只读取了左边的一栏", "请核对后删去或改名其中一栏"
    ),
    "extra-column": IssueKind(
        _R, "表头“{value}”不是标准栏目，这一栏没有读取", "如有需要上报的内容，请填入标准栏目或备注"
    ),
    "empty-table": IssueKind(_E, "“{name}”表里一行也没有填", "请从表头下一行起填写{unless}"),
    "empty-later": IssueKind(
        _R, "“{name}”表里一行也没有填", "现在可以不填，生成报告前请从表头下一行起填写"
    ),
    "missing-item": IssueKind(
        _E,
        "缺少“{name}”这一项{nearest}",
        "已有这一项的，请把项目改为“{name}”；没有的，请从空白表中补上这一行",
    ),
    "extra-item": IssueKind(
        _R, "项目“{value}”不是标准项目，这一行没有读取", "如有需要填报的内容，请填入标准项目"
    ),
    "lone-cell": IssueKind(
        _E, "这一行只填了这一格（{value}），没有读取", "请补全这一行；不需要的请把这一格清空"
    ),
    "total-differs": IssueKind(
        _E,
        "这一行是合计，写的是{value}，{right}；合计行不重复计入",
        "请核对合计和各行，改正填错的一个；不需要合计的，请删去这一行",
    ),
    "total-row": IssueKind(
        _R, "这一行（{value}）看作合计，没有计入", "请核对；不是合计的，请补全这一行并改正名称"
    ),
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


def declare(codes: Mapping[str, IssueKind]) -> None:
    """Add the issues of a kind of report to the catalogue.

    Raises:
        ValueError: a code stands for something else already.
    """
    taken = [code for code, kind in codes.items() if CATALOGUE.get(code, kind) != kind]
    if taken:
        raise ValueError(f"issue codes declared twice: {', '.join(taken)}")
    CATALOGUE.update(codes)


NOT_YET_DUE = ("required-later", "empty-later")
"""What is missing, but needed only at a later stage of the year."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong, at one place.  ``cell`` is empty where a whole sheet or file is meant.

    ``given``: a column of the same row on which the judgement rests.  ``outward``: it is said to the
    one who filled in the workbook, not to the office.
    """

    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    column: str = ""
    value: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    given: str = ""
    outward: bool = False

    @property
    def row(self) -> int:
        """Excel's row number, 0 without a cell."""
        return parse_address(self.cell)[0] if self.cell else 0

    @property
    def severity(self) -> Severity:
        """错误 or 提醒, from the catalogue."""
        return CATALOGUE[self.code].severity

    @property
    def message(self) -> str:
        """What is wrong, in one Chinese clause; signs that do not look like what they are, named."""
        signs = name_strange_signs(self.value + self.details.get("name", ""))
        hint = f"（里面有{signs}）" if signs and self.severity is Severity.ERROR else ""
        kind = CATALOGUE[self.code]
        return self._filled((self.outward and kind.told) or kind.message) + hint

    @property
    def remedy(self) -> str:
        """What to do about it."""
        kind = CATALOGUE[self.code]
        return self._filled((self.outward and kind.asked) or kind.remedy)

    @property
    def place(self) -> str:
        """Sheet and cell, as one would look for them: ``“办理情况”表 I6``."""
        return f"“{self.sheet}”表 {self.cell}".rstrip() if self.sheet else ""

    def _filled(self, pattern: str) -> str:
        return pattern.format_map(
            _Words({"column": self.column, "value": _quote_value(self.value), **self.details})
        )


class _Words(dict[str, str]):
    """A detail that was not given leaves no trace in the sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def _quote_value(value: str) -> str:
    """A cell's content on one line, cut where it would drown the message."""
    text = " ".join(value.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def arrange_issues(issues: Iterable[Issue], sheets: Iterable[tuple[str, str]]) -> tuple[Issue, ...]:
    """In the order in which one goes through the files: file, sheet, row, column.

    What rests on a cell that is itself found wrong is left out: one fault is one issue.
    ``sheets``: (file, sheet) in that order, as in ``Dataset.letters``; other files come last.
    """
    ranks = {place: rank for rank, place in enumerate(sheets, 1)}
    files: dict[str, int] = {}
    for (file, _), rank in ranks.items():
        files.setdefault(file, rank)

    def key(issue: Issue) -> tuple[object, ...]:
        file = files.get(issue.file, len(ranks) + 1)
        sheet = ranks.get((issue.file, issue.sheet), 0)
        return (
            file,
            issue.file,
            sheet,
            issue.sheet,
            parse_address(issue.cell) if issue.cell else (0, 0),
        )

    return tuple(sorted(_drop_dependent(list(issues)), key=key))


def _drop_dependent(issues: Iterable[Issue]) -> Iterator[Issue]:
    wrong = {
        (issue.file, issue.sheet, issue.row, issue.column)
        for issue in issues
        if issue.severity is Severity.ERROR
    }
    for issue in issues:
        if (issue.file, issue.sheet, issue.row, issue.given) not in wrong or not issue.given:
            yield issue


def name_sheets_as_in_files(
    issues: Iterable[Issue], tabs: Mapping[tuple[str, str], str]
) -> tuple[Issue, ...]:
    """The issues with each sheet called as it is in its file (``Dataset.tabs``)."""
    return tuple(
        replace(issue, sheet=tabs.get((issue.file, issue.sheet), issue.sheet)) for issue in issues
    )


def find_closest(name: str, names: Iterable[str]) -> str | None:
    """The name that looks most like ``name``, if any does."""
    letters = set(name)
    allowed = [item for item in names if not letters.isdisjoint(item)]
    half = 0.5 if len(name) > 2 else 0.6  # of two characters one alone says nothing
    found = get_close_matches(name, allowed, n=1, cutoff=half) or [
        item for item in allowed if name and (name in item or item in name)
    ]
    return found[0] if found else None


def did_you_mean(name: str | None) -> str:
    """``（是不是“X”？）``, or nothing."""
    return f"（是不是“{name}”？）" if name else ""


def suggest_nearest(name: str, allowed: Iterable[str]) -> str:
    """``（是不是“X”？）`` for the allowed name that looks most like ``name``, or nothing."""
    return did_you_mean(find_closest(name, allowed))
