"""What was read, guessed and left out in an import: for the console, and as the workbook 导入说明."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportgen.ledger.model import ImportRemark, LedgerTable, Matter, RecordsBySheet, TransferResult
from reportgen.raw import column_letter
from reportgen.schema.columns import FreeText
from reportgen.schema.model import Column, Sheet, Workbook
from reportgen.steps import Step


def _make_sheet(name: str, instruction: str, *columns: tuple[str, int]) -> Sheet:
    read_only = (Column(title, FreeText(), locked=True, width=width) for title, width in columns)
    return Sheet(name, tuple(read_only), instruction, blank_rows=0)


EXPLANATION = Workbook(
    "导入说明",
    1,
    (
        _make_sheet("总览", "从哪里导入、导入了什么。", ("项目", 16), ("内容", 90)),
        _make_sheet(
            "栏目对应", "台账的每一栏取自原表的哪一栏；不对的，请改原表的表头后重新导入，或直接改台账。",
            ("台账栏目", 18), ("原表列", 10), ("原表表头", 36), ("依据", 50),
        ),
        _make_sheet(
            "请核对", "没有读懂的、推断填写的、改记在别处的，都列在这里。",
            ("事项", 22), ("原表位置", 18), ("栏目", 14), ("原文", 50), ("处理", 60),
        ),
        _make_sheet(
            "没有导入的行", "原表中没有导入的行。",
            ("原表行", 10), ("原因", 36), ("内容", 90),
        ),
        _make_sheet(
            "没有用上的栏", "标准表中没有位置的栏，内容全部列在这里，以免丢失。",
            ("原表位置", 12), ("原表表头", 30), ("原因", 44), ("内容", 70),
        ),
    ),
    purpose="导入旧台账时的栏目对应、推断和遗漏。只供查阅，不用填写。",
)  # fmt: skip


def make_explanation_rows(
    table: LedgerTable, imported: TransferResult, container: str, notes: Sequence[str] = ()
) -> RecordsBySheet:
    """The rows of the workbook 导入说明; ``notes``: what was assumed to open the file."""
    return {
        "总览": [
            {"项目": name, "内容": text} for name, text in _iter_overview(table, imported, container, notes)
        ],
        "栏目对应": [
            {"台账栏目": one.field, "原表列": column_letter(one.column), "原表表头": one.title, "依据": one.reason}
            for one in table.mapped
        ],
        "请核对": [
            {"事项": one.matter.value, "原表位置": one.place, "栏目": one.column, "原文": one.text, "处理": one.done}
            for one in imported.remarks
        ],
        "没有导入的行": [
            {"原表行": table.rows_named([one.row]), "原因": one.reason, "内容": one.text} for one in table.left_out
        ],
        "没有用上的栏": [
            {"原表位置": table.place(row, one.column), "原表表头": one.title, "原因": one.reason, "内容": text}
            for one in table.unused
            for row, text in one.cells.items()
        ],
    }  # fmt: skip


def iter_explanation_lines(
    table: LedgerTable, imported: TransferResult, container: str, notes: Sequence[str] = ()
) -> Iterator[str]:
    """The same for the console, long lists cut short."""
    for name, text in _iter_overview(table, imported, container, notes):
        yield f"{name}：{text}"
    yield "栏目对应："
    for one in table.mapped:
        yield f"  {one.field} ← {column_letter(one.column)}列“{one.title}”（{one.reason}）"
    if table.unused:
        yield "没有用上的栏："
        for unused in table.unused:
            yield f"  {column_letter(unused.column)}列“{unused.title}”（{len(unused.cells)}格）：{unused.reason}"
    if table.left_out:
        yield "没有导入的行："
        yield from (f"  {text}" for text in _iter_left_out(table))
    for matter in Matter:
        found = [remark for remark in imported.remarks if remark.matter is matter]
        if found:
            yield f"{matter}（{len(found)}处）："
            yield from _cut_list([f"  {_word_remark(remark)}" for remark in found])


_MOST = 12
"""Lines of a list on the console."""


def _iter_overview(
    table: LedgerTable, imported: TransferResult, container: str, notes: Sequence[str]
) -> Iterator[tuple[str, str]]:
    first, last = table.header_rows
    header = f"第{first}行" if first == last else f"第{first}至{last}行"
    yield "原台账", f"“{table.file}”（{container}），工作表“{table.sheets[0]}”，表头在{header}"
    if len(table.sheets) > 1:
        names = "、".join(f"“{name}”" for name in table.sheets)
        yield (
            "合并的工作表",
            f"{names}的栏目相同，合为一本台账导入，请核对；只要其中一张的，{Step.ONE_SHEET}",
        )
    for note in notes:
        yield "读取时", note
    if table.others:
        yield (
            "其他工作表",
            f"{'、'.join(table.others)}也像台账，没有导入；要导入的，{Step.ONE_SHEET}",
        )
    if table.above:
        yield "表头上方", "；".join(table.above)
    for text in imported.summary:
        yield "导入结果", text
    if imported.missing:
        yield "原表没有的栏", f"{'、'.join(imported.missing)}，请在台账中补填"


def _iter_left_out(table: LedgerTable) -> Iterator[str]:
    """Rows left out, blank ones together."""
    blank = [one.row for one in table.left_out if not one.text]
    if blank:
        named = table.rows_named(blank[:_MOST])
        yield f"空行{len(blank)}行（{named}{'等' if len(blank) > _MOST else ''}）"
    others = [one for one in table.left_out if one.text]
    yield from _cut_list(
        [
            f"{table.rows_named([one.row])}：{one.reason}（{_shorten_text(one.text)}）"
            for one in others
        ]
    )


def _cut_list(texts: Sequence[str]) -> Iterable[str]:
    if len(texts) <= _MOST:
        return texts
    return [*texts[:_MOST], f"  ……共{len(texts)}条，其余见“导入说明”"]


def _word_remark(remark: ImportRemark) -> str:
    what = "　".join(part for part in (_shorten_text(remark.place), remark.column) if part)
    text = f"“{_shorten_text(remark.text)}”" if remark.text else ""
    return f"{what}{text}：{remark.done}" if what or text else remark.done


def _shorten_text(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:40] + "……"
