"""Macros, links, queries, objects in a return: told at the file, and its marked copy has none."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

import reportgen
from reportgen import workspace
from reportgen.commands.check import send_back
from reportgen.excel.mark.marked_copy import mark_workbook
from reportgen.excel.read import reader
from reportgen.issues import Issue
from tests.conftest import Lay
from tests.excel.test_containers import biff
from tests.excel.test_marked_copy import findings
from tests.support.damage import put, unzipped, zipped
from tests.support.ledgers import COMPLETE, as_xlsx
from tests.support.mutations import FARM
from tests.support.ole import Tree, ole

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet2.xml"
SECRET = "\\\\外人\\共享"
Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def form(sample_folder: Path) -> bytes:
    return (sample_folder / FARM).read_bytes()


def rels(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def related(parts: Parts, source: str, kind: str, target: str, *, outside: bool = False) -> str:
    """A relation more; its id."""
    path = rels(source)
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    xml = parts.get(path, empty + b"</Relationships>").decode()
    name = f"rId{xml.count('<Relationship ') + 90}"
    mode = ' TargetMode="External"' if outside else ""
    new = f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"{mode}/>'
    parts[path] = xml.replace("</Relationships>", f"{new}</Relationships>").encode()
    return name


def typed(parts: Parts, path: str, content_type: str) -> None:
    new = f'<Override PartName="/{path}" ContentType="{content_type}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", new.encode())


def inserted(parts: Parts, path: str, before: str, xml: str) -> None:
    assert before.encode() in parts[path]
    parts[path] = parts[path].replace(before.encode(), xml.encode() + before.encode(), 1)


def macros(parts: Parts) -> None:
    parts["xl/vbaProject.bin"] = SECRET.encode()
    related(parts, "xl/workbook.xml", "vbaProject", "vbaProject.bin")
    typed(parts, "xl/vbaProject.bin", "application/vnd.ms-office.vbaProject")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    inserted(parts, "xl/workbook.xml", "</definedNames>",
             f'<definedName name="Auto_Open" comment="{SECRET}">\'填写说明\'!$A$1</definedName>')  # fmt: skip


def linked(parts: Parts, inside: str, name: str = "a") -> None:
    path = f"xl/externalLinks/external{name}.xml"
    parts[path] = f'<externalLink xmlns="{MAIN}" xmlns:r="{R}">{inside}</externalLink>'.encode()
    related(parts, path, "externalLinkPath", f"file:///{SECRET}", outside=True)
    typed(
        parts, path, "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    )
    found = related(parts, "xl/workbook.xml", "externalLink", f"externalLinks/external{name}.xml")
    xml = f'<externalReference xmlns:r="{R}" r:id="{found}"/>'
    inserted(
        parts,
        "xl/workbook.xml",
        "<definedNames>",
        f"<externalReferences>{xml}</externalReferences>",
    )
    inserted(parts, "xl/workbook.xml", "</definedNames>",
             '<definedName name="外">[1]Sheet1!$A$1</definedName>')  # fmt: skip
    inserted(parts, SHEET, "</sheetData>",
             '<row r="9000"><c r="A9000"><f t="shared" ref="A9000:B9000" si="7">[1]Sheet1!A1</f><v>5</v></c>'
             '<c r="B9000"><f t="shared" si="7"/><v>6</v></c><c r="C9000"><f>1+1</f><v>2</v></c></row>')  # fmt: skip


def links(parts: Parts) -> None:
    linked(parts, '<externalBook r:id="rId90"/>')


def dde(parts: Parts) -> None:
    linked(parts, f'<ddeLink ddeService="cmd" ddeTopic="/c {SECRET}"/>')


def queries(parts: Parts) -> None:
    parts["xl/connections.xml"] = (
        f'<connections xmlns="{MAIN}"><connection id="1" type="4" refreshedVersion="0">'
        f'<webPr url="http://{SECRET}"/></connection></connections>'
    ).encode()
    related(parts, "xl/workbook.xml", "connections", "connections.xml")
    typed(parts, "xl/connections.xml",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml")  # fmt: skip


def fetching(parts: Parts) -> None:
    inserted(parts, SHEET, "</sheetData>", '<row r="9001"><c r="A9001" t="str">'
             f'<f>_xlfn.WEBSERVICE("http://{SECRET}")</f><v>7</v></c></row>')  # fmt: skip


def objects(parts: Parts) -> None:
    parts["xl/embeddings/oleObject1.bin"] = SECRET.encode()
    found = related(parts, SHEET, "oleObject", "../embeddings/oleObject1.bin")
    typed(parts, "xl/embeddings/oleObject1.bin",
          "application/vnd.openxmlformats-officedocument.oleObject")  # fmt: skip
    held(
        parts,
        f'<oleObjects><oleObject progId="Package" shapeId="1025" r:id="{found}"/></oleObjects>',
    )


def controls(parts: Parts) -> None:
    """As Excel writes it: a list in a cover, which holds more covers."""
    parts["xl/activeX/activeX1.xml"] = f'<ocx xmlns:r="{R}" r:id="rId90"/>'.encode()
    parts["xl/activeX/activeX1.bin"] = SECRET.encode()
    related(parts, "xl/activeX/activeX1.xml", "activeXControlBinary", "activeX1.bin")
    found = related(parts, SHEET, "control", "../activeX/activeX1.xml")
    typed(parts, "xl/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml")
    typed(parts, "xl/activeX/activeX1.bin", "application/vnd.ms-office.activeX")
    control = f'<control shapeId="1025" r:id="{found}" name="B"/>'
    inner = f'<mc:AlternateContent><mc:Choice Requires="x14">{control}</mc:Choice></mc:AlternateContent>'
    held(parts, f'<mc:AlternateContent xmlns:mc="{COVER}"><mc:Choice xmlns:x14="{X14}" Requires="x14">'
                f"<controls>{inner}</controls></mc:Choice></mc:AlternateContent>")  # fmt: skip


COVER = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def held(parts: Parts, xml: str) -> None:
    root = parts[SHEET].rpartition(b"</worksheet>")[0].decode()
    place = root.find("<extLst>")
    place = len(root) if place < 0 else place
    xml = re.sub(r"^<([\w:]+)", rf'<\1 xmlns:r="{R}"', xml)
    parts[SHEET] = f"{root[:place]}{xml}{root[place:]}</worksheet>".encode()


KINDS = (
    ("宏", macros), ("外部链接", links), ("DDE 链接", dde), ("外部数据查询", queries),
    ("外部数据查询", fetching), ("嵌入的对象", objects), ("控件", controls),
)  # fmt: skip


def armed(form: bytes, *changes: object) -> bytes:
    folder = {FARM: form}
    put(FARM, "办理情况", I4="X类")(folder)
    parts = unzipped(folder[FARM])
    for change in changes:
        assert callable(change)
        change(parts)
    return zipped(parts)


WRONG = Issue(
    "wrong-type", FARM, "办理情况", "I4", "办理结果", "X类", {"expected": "类别", "example": "A"}
)


@pytest.mark.parametrize(("name", "change"), KINDS)
def test_what_acts_by_itself_is_told_and_left_out_of_the_copy(
    name: str, change: object, form: bytes, tmp_path: Path
) -> None:
    content = armed(form, change)
    book, issues = reader.read_workbook(content, FARM)
    assert book is not None
    assert not issues
    assert name in book.active
    copy = mark_workbook(content, [WRONG])
    assert copy is not None
    again, _ = reader.read_workbook(copy, FARM)
    assert again is not None
    assert again.active == ()
    assert again.sheets[1].rows[:6] == book.sheets[1].rows[:6]
    parts = unzipped(copy)
    assert not [path for path, part in parts.items() if SECRET.encode() in part]
    assert not [path for path in parts if re.search("vba|external|connections|embed|activeX", path)]
    plain = mark_workbook(armed(form), [WRONG])
    assert plain is not None
    (tmp_path / "plain.xlsx").write_bytes(plain)
    (tmp_path / "copy.xlsx").write_bytes(copy)
    assert findings(tmp_path / "copy.xlsx") <= findings(tmp_path / "plain.xlsx")


def test_a_formula_that_reaches_outside_leaves_its_last_result(form: bytes) -> None:
    copy = mark_workbook(armed(form, links, fetching), [WRONG])
    assert copy is not None
    sheet = unzipped(copy)[SHEET].decode()
    assert '<c r="A9000"><v>5</v></c><c r="B9000"><v>6</v></c>' in sheet
    assert '<c r="C9000"><f>1+1</f><v>2</v></c>' in sheet
    assert '<c r="A9001" t="str"><v>7</v></c>' in sheet


def test_a_workbook_without_any_is_not_said_to_have_some(form: bytes) -> None:
    book, _ = reader.read_workbook(form, FARM)
    assert book is not None
    assert book.active == ()


def test_where_something_would_still_lead_outside_there_is_no_copy(form: bytes) -> None:
    def chart(parts: Parts) -> None:
        parts["xl/charts/chart1.xml"] = (
            b'<c:chartSpace xmlns:c="c"><c:f>[1]Sheet1!$A$1</c:f></c:chartSpace>'
        )
        related(parts, SHEET, "chart", "../charts/chart1.xml")

    assert mark_workbook(armed(form, links, chart), [WRONG]) is None


def test_a_return_with_macros_is_a_reminder_and_its_copy_is_no_xlsm(
    form: bytes, lay_sample: Lay, tmp_path: Path
) -> None:
    folder = lay_sample(tmp_path / "永安镇2024")
    (folder / FARM).unlink()
    path = (folder / FARM).with_suffix(".xlsm")
    path.write_bytes(armed(form, macros, links))
    checked = reportgen.check(folder)
    (told,) = [issue for issue in checked.issues if issue.code == "active-content"]
    assert told.file == f"填报/{path.name}"
    assert "有宏、外部链接" in told.message
    sent = send_back(checked, folder, tmp_path / "out")
    copy = sent.copies[-1].path
    assert copy.relative_to(tmp_path / "out").as_posix() == f"退改/{FARM}"
    types = zipfile.ZipFile(copy).read("[Content_Types].xml")
    assert b"macro" not in types
    assert b"vba" not in types


def test_two_copies_never_have_one_name() -> None:
    found = workspace.name_copies(["填报/甲.xlsm", "填报/甲.xlsx", "填报/乙.XLSM", "丙.xls"])
    assert found == {
        "填报/甲.xlsm": "填报/甲（xlsm）.xlsx", "填报/甲.xlsx": "填报/甲.xlsx",
        "填报/乙.XLSM": "填报/乙.xlsx", "丙.xls": "丙.xls",
    }  # fmt: skip


def record(kind: int, content: bytes) -> bytes:
    return kind.to_bytes(2, "little") + len(content).to_bytes(2, "little") + content


XLS: dict[str, dict[str, bytes | Tree]] = {
    "宏": {"_VBA_PROJECT_CUR": {"dir": b"1"}},
    "控件": {"Ctls": b"1"},
    "嵌入的对象": {"MBD0001": {"WordDocument": b"1"}},
}


@pytest.mark.parametrize("name", XLS)
def test_storages_of_an_xls(name: str) -> None:
    assert told_of(ole({"Workbook": biff([["甲"]]), **XLS[name]})) == (name,)


@pytest.mark.parametrize(
    ("more", "name"),
    [
        (record(0x1AE, b"\1\0\5\0\0\1b.xls"), "外部链接"),
        (record(0x1AE, b"\0\0\5\0\0cmd\3/c"), "DDE 链接"),
        (record(0x876, b"\0\0\0\0"), "外部数据查询"),
    ],
)
def test_records_of_an_xls(more: bytes, name: str) -> None:
    assert told_of(ole({"Workbook": biff([["甲"]]) + more})) == (name,)
    assert told_of(ole({"Workbook": biff([["甲"]]) + record(0x1AE, b"\1\0\1\4")})) == ()  # itself


def told_of(content: bytes) -> tuple[str, ...]:
    book, issues = reader.read_workbook(content, "甲.xls")
    assert book is not None, issues
    return book.active


@pytest.mark.parametrize(
    ("path", "xml", "name"),
    [
        ("Basic/Standard/Module1.xml", "<m/>", "宏"),
        ("content.xml", "<script:event-listener/>", "宏"),
        ("content.xml", '<table:dde-link office:dde-source=""/>', "DDE 链接"),
        ("content.xml", '<table:cell-range-source xlink:href="a"/>', "外部数据查询"),
        ("content.xml", "<draw:object-ole/>", "嵌入的对象"),
    ],
)
def test_an_ods(path: str, xml: str, name: str) -> None:
    spaces = "".join(
        f' xmlns:{each}="{each}"' for each in ("script", "table", "office", "xlink", "draw")
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:c{spaces}/>",
    }
    parts[path] = f"<office:c{spaces}>{xml}</office:c>" if path == "content.xml" else xml
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name_, content in parts.items():
            package.writestr(name_, content)
    assert told_of(buffer.getvalue()) == (name,)


def test_what_acts_by_itself_in_a_ledger_is_told_and_not_imported(tmp_path: Path) -> None:
    parts = unzipped(as_xlsx(COMPLETE))
    parts["xl/vbaProject.bin"] = SECRET.encode()
    related(parts, "xl/workbook.xml", "vbaProject", "vbaProject.bin")
    related(parts, "xl/worksheets/sheet1.xml", "oleObject", f"file:///{SECRET}", outside=True)
    for name, content in {"有": zipped(parts), "没有": as_xlsx(COMPLETE)}.items():
        ledger = tmp_path / f"{name}.xlsx"
        ledger.write_bytes(content)
        imported = reportgen.import_ledger(ledger, tmp_path / name)
        told = [line for line in imported.lines if "没有运行" in line]
        assert [line.partition("里有")[2][:8] for line in told] == ["宏、嵌入的对象；"] * (
            name == "有"
        )
        written = [unzipped(path.read_bytes()) for path in (tmp_path / name).rglob("*.xlsx")]
        assert not [one for one in written if any(SECRET.encode() in part for part in one.values())]
