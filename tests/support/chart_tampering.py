"""Charts that Word draws itself, tampered with in every way that ``verify`` must find; and harmless edits.

``python -m tests.support.chart_tampering 500`` prints, by kind, how many were tried and how many missed.
"""

from __future__ import annotations

import copy
import io
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator

import openpyxl
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.commands.folder.drawing import choose_drawing
from reportgen.excel.read.chart_sheet import read_chart_sheet
from reportgen.issues import Severity
from reportgen.word.compare.findings import Finding
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.reader import read_report
from tests.support import changed_sample, generate
from tests.support.default_wording import default_report
from tests.support.tampering import WP, Report, opened
from tests.support.templates import W

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Node = etree._Element
Change = Callable[[Report, random.Random], bool]
"""Whether the report had a place for it."""


def native(case: object) -> bytes:
    """A case's report with charts that Word draws itself."""
    return default_report(changed_sample.report(case), choose_drawing("native"))


def found(content: bytes) -> list[Finding]:
    """What ``verify`` says, workbooks looked into."""
    return verify_report(read_report(content), read_chart_sheet)


def charts(report: Report) -> list[str]:
    return sorted(name for name in report.parts if name.startswith("word/charts/chart"))


def book_of(chart: str) -> str:
    return chart.replace("charts/chart", "embeddings/Microsoft_Excel_Sheet").replace("xml", "xlsx")


def in_chart(edit: Callable[[Node, random.Random], object]) -> Change:
    """An edit of one chart's part."""

    def run(report: Report, chance: random.Random) -> bool:
        names = charts(report)
        for name in chance.sample(names, len(names)):
            root = etree.fromstring(report.parts[name])
            before = etree.tostring(root)
            edit(root, chance)
            report.parts[name] = etree.tostring(root)
            if report.parts[name] != before:
                return True
        return False

    return run


def in_book(
    edit: Callable[[Worksheet, random.Random], object],
) -> Change:
    """An edit of one chart's workbook, what Word shows left as it is."""

    def run(report: Report, chance: random.Random) -> bool:
        rewrite(report, chance.choice(charts(report)), lambda sheet: edit(sheet, chance))
        return True

    return run


def rewrite(report: Report, chart: str, edit: Callable[[Worksheet], object]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(report.parts[book_of(chart)]))
    edit(book.worksheets[0])
    made = io.BytesIO()
    book.save(made)
    report.parts[book_of(chart)] = made.getvalue()


def cells(root: Node, of: str) -> list[Node]:
    """The texts of a kind (``val``, ``cat``, ``tx``)."""
    return [each for holder in root.iter(f"{C}{of}") for each in holder.iter(f"{C}v")]


def other_value(root: Node, chance: random.Random) -> None:
    cell = chance.choice(cells(root, "val"))
    cell.text = str(int(cell.text or 0) + chance.choice((1, 2, 10, 90)))


def half_a_value(root: Node, chance: random.Random) -> None:
    cell = chance.choice(cells(root, "val"))
    cell.text = f"{cell.text}.5"


def no_value(root: Node, chance: random.Random) -> None:
    point = chance.choice(cells(root, "val")).getparent()
    point.getparent().remove(point)


def exchange_values(root: Node, chance: random.Random) -> None:
    one, other = chance.choice(cells(root, "val")), chance.choice(cells(root, "val"))
    one.text, other.text = other.text, one.text


def other_name(root: Node, chance: random.Random) -> None:
    for cell in (cell for cell in cells(root, "cat")):
        cell.text = (cell.text or "").replace("办", "处").replace("意", "用").replace("决", "答")


def other_share(root: Node, chance: random.Random) -> None:
    """A share or a total beside a name."""
    for cell in cells(root, "cat")[:1]:
        cell.text = (cell.text or "").replace("%", "5%").replace("件", "0件")


def exchange_names(root: Node, chance: random.Random) -> None:
    values = [[each.text for each in one.iter(f"{C}v")] for one in root.iter(f"{C}val")]
    if all(each[0] == each[-1] for each in values):
        return
    for holder in root.iter(f"{C}cat"):
        names = list(holder.iter(f"{C}v"))
        names[0].text, names[-1].text = names[-1].text, names[0].text


def other_series(root: Node, chance: random.Random) -> None:
    chance.choice(cells(root, "tx")).text = "其他"


def drop_series(root: Node, chance: random.Random) -> None:
    series = list(root.iter(f"{C}ser"))
    if len(series) > 1:
        series[-1].getparent().remove(series[-1])


def add_series(root: Node, chance: random.Random) -> None:
    last = list(root.iter(f"{C}ser"))[-1]
    more = copy.deepcopy(last)
    next(more.iter(f"{C}v")).text = "上年"
    last.addnext(more)


def drop_row(root: Node, chance: random.Random) -> None:
    """The last category and what belongs to it."""
    for count in list(root.iter(f"{C}ptCount")):
        points = count.getparent().findall(f"{C}pt")
        if len(points) > 1:
            count.set("val", str(len(points) - 1))
            count.getparent().remove(points[-1])


def type_a_label(root: Node, chance: random.Random) -> None:
    labels = next(root.iter(f"{C}dLbls"))
    text = f'<c:tx xmlns:c="{C[1:-1]}" xmlns:a="{A[1:-1]}"><c:rich><a:bodyPr/><a:p><a:r><a:t>99件</a:t></a:r></a:p></c:rich></c:tx>'
    label = etree.SubElement(labels, f"{C}dLbl")
    etree.SubElement(label, f"{C}idx").set("val", "0")
    label.append(etree.fromstring(text))
    labels.insert(0, label)


def other_format(code: str) -> Callable[[Node, random.Random], object]:
    def run(root: Node, chance: random.Random) -> None:
        next(next(root.iter(f"{C}dLbls")).iter(f"{C}numFmt")).set("formatCode", code)

    return run


def percentages(root: Node, chance: random.Random) -> None:
    for each in root.iter(f"{C}showPercent"):
        each.set("val", "1")


def book_value(sheet: Worksheet, chance: random.Random) -> None:
    row, column = chance.randint(2, sheet.max_row), chance.randint(2, sheet.max_column)
    sheet.cell(row, column).value = float(sheet.cell(row, column).value) + chance.choice(
        (1, 0.5, 10)
    )


def book_name(sheet: Worksheet, chance: random.Random) -> None:
    sheet.cell(chance.randint(2, sheet.max_row), 1).value = "别的"


def book_row_gone(sheet: Worksheet, chance: random.Random) -> None:
    sheet.delete_rows(chance.randint(2, sheet.max_row))


def edit_data(report: Report, chance: random.Random) -> bool:
    """“编辑数据”: the workbook and what Word shows."""
    chart = chance.choice(charts(report))
    root = etree.fromstring(report.parts[chart])
    value = next(next(root.iter(f"{C}val")).iter(f"{C}v"))
    value.text = str(int(value.text or 0) + 3)
    report.parts[chart] = etree.tostring(root)

    def edit(sheet: Worksheet) -> None:
        sheet["B2"] = int(value.text or 0)

    rewrite(report, chart, edit)
    return True


def exchange_charts(report: Report, chance: random.Random) -> bool:
    one, other = chance.sample(charts(report), 2)
    report.parts[one], report.parts[other] = report.parts[other], report.parts[one]
    return True


def exchange_books(report: Report, chance: random.Random) -> bool:
    one, other = map(book_of, chance.sample(charts(report), 2))
    report.parts[one], report.parts[other] = report.parts[other], report.parts[one]
    return True


def spoil_book(report: Report, chance: random.Random) -> bool:
    report.parts[book_of(chance.choice(charts(report)))] = b"PK\x03\x04" + bytes(200)
    return True


def drop_chart(report: Report, chance: random.Random) -> bool:
    drawing = chance.choice(list(report.tree.iter(f"{{{W}}}drawing")))
    drawing.getparent().remove(drawing)
    return True


def retype_words(report: Report, chance: random.Random) -> bool:
    about = chance.choice(list(report.tree.iter(f"{WP}docPr")))
    about.set("descr", about.get("descr", "").replace("件", "起"))
    return True


TAMPERINGS: dict[str, Change] = {
    "改图上的数": in_chart(other_value), "改成小数": in_chart(half_a_value), "删一个数": in_chart(no_value),
    "两数互换": in_chart(exchange_values), "改类别名": in_chart(other_name), "改名后的占比合计": in_chart(other_share),
    "两类互换名称": in_chart(exchange_names), "改系列名": in_chart(other_series), "删系列": in_chart(drop_series),
    "加系列": in_chart(add_series), "删一类": in_chart(drop_row), "重打标签": in_chart(type_a_label),
    "格式里写数": in_chart(other_format('0"0件"')), "格式改成百分数": in_chart(other_format("0%")),
    "格式改成千": in_chart(other_format('0,"件"')), "另算百分比": in_chart(percentages),
    "只改数据表的数": in_book(book_value), "只改数据表的名称": in_book(book_name), "数据表删行": in_book(book_row_gone),
    "编辑数据": edit_data, "两图互换": exchange_charts, "两数据表互换": exchange_books, "数据表损坏": spoil_book,
    "删图": drop_chart, "改替代文字": retype_words,
}  # fmt: skip


def to_pie(root: Node, chance: random.Random) -> None:
    bars = next(root.iter(f"{C}barChart"))
    bars.tag = f"{C}pieChart"
    for name in ("barDir", "grouping", "gapWidth", "overlap", "axId"):
        for each in bars.findall(f"{C}{name}"):
            bars.remove(each)
    for each in [*root.iter(f"{C}catAx"), *root.iter(f"{C}valAx")]:
        each.getparent().remove(each)


def recolour(root: Node, chance: random.Random) -> None:
    for each in root.iter(f"{A}srgbClr"):
        each.set("val", f"{chance.randrange(16**6):06X}")


def reorder(root: Node, chance: random.Random) -> None:
    """The rows from the last to the first."""
    for holder in [*root.iter(f"{C}cat"), *root.iter(f"{C}val")]:
        texts = [each.text for each in holder.iter(f"{C}v")]
        for each, text in zip(holder.iter(f"{C}v"), reversed(texts), strict=True):
            each.text = text


def write_otherwise(root: Node, chance: random.Random) -> None:
    """As LibreOffice and others write numbers and formats."""
    for each in cells(root, "val"):
        each.text = f"{each.text}.0"
    for each in root.iter(f"{C}numFmt"):
        each.set("formatCode", each.get("formatCode", "").replace('"件"', "\\件"))
    for each in root.iter(f"{C}f"):
        each.text = "categories"


def resave_book(sheet: Worksheet, chance: random.Random) -> None:
    sheet["H1"] = "备注"


def rename(report: Report, chance: random.Random) -> bool:
    """As Word calls what is pasted."""
    for number, about in enumerate(report.tree.iter(f"{WP}docPr")):
        about.set("name", f"图表 {number}")
    return True


HARMLESS: dict[str, Change] = {
    "改成饼图": in_chart(to_pie), "改颜色": in_chart(recolour), "换顺序": in_chart(reorder),
    "别的写法": in_chart(write_otherwise), "另存数据表": in_book(resave_book), "改名": rename,
}  # fmt: skip


def reports() -> Iterator[bytes]:
    """The sample and random years."""
    yield native(changed_sample.sample())
    for seed in range(4):
        yield native(generate.case(40, seed=seed, rare=seed % 2 == 0))


def tampered(contents: list[bytes], count: int) -> Iterator[tuple[str, bytes]]:
    """So many reports with one thing made false, all kinds in turn."""
    names, number = list(TAMPERINGS), 0
    while count:
        name, chance = names[number % len(names)], random.Random(number)
        report = opened(contents[number // len(names) % len(contents)])
        number += 1
        if TAMPERINGS[name](report, chance):
            count -= 1
            yield name, report.saved()


def is_missed(content: bytes) -> bool:
    return Severity.ERROR not in {finding.severity for finding in found(content)}


def main(count: int) -> int:
    """Try ``count`` tamperings."""
    done, wrong = Counter[str](), Counter[str]()
    for name, content in tampered(list(reports()), count):
        done[name] += 1
        wrong[name] += is_missed(content)
    for name in TAMPERINGS:
        sys.stdout.write(f"{name}：{done[name]}处，漏{wrong[name]}处\n")
    sys.stdout.write(f"{len(done)}种，{done.total()}处，漏{wrong.total()}处\n")
    return min(wrong.total(), 1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
