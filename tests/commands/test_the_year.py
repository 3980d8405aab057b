"""A whole year of an invented township, played by the commands alone, and what they say at each step.

青石镇 2024: twelve items, two of them motions, one handled by two departments each for itself, three
result classes, four ratings, a limit in working days.  Departments return what they have, as they
have it: .xlsx, .csv, .et, .ods and a .zip, and not without mistakes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from reportgen.cli.commands import commands
from tests.conftest import Convert

Records = Sequence[Mapping[str, object]]
DEPARTMENTS = ("农业办", "经发办", "村建办", "社会办", "教育办")
SETTINGS = {
    "单位名称": "青石镇", "自称": "我镇", "政府名称": "青石镇人民政府", "党委名称": "青石镇党委",
    "人大机构名称": "青石镇人大主席团", "年度": 2024, "署名": "青石镇人民政府",
}  # fmt: skip
CLASSES = [
    {"代码": "A", "名称": "已解决", "计入解决": "是", "需填原因": "否", "需填承诺时限": "否"},
    {"代码": "B", "名称": "列入计划", "计入解决": "否", "需填原因": "否", "需填承诺时限": "是"},
    {"代码": "C", "名称": "留作参考", "计入解决": "否", "需填原因": "是", "需填承诺时限": "否"},
]
RATINGS = [
    {"名称": name, "计入满意": "否" if name == "不满意" else "是",
     "需重新办理": "是" if name == "不满意" else "否"}
    for name in ("很满意", "满意", "基本满意", "不满意")
]  # fmt: skip
THINGS = ["渠", "路", "桥", "灯", "井", "站", "校", "院", "林", "塘", "河", "库"]


def items() -> Records:
    """1 and 2 are motions; 12 is handled by 农业办 and 经发办, each for itself."""
    return [
        {
            "编号": n, "类别": "议案" if n < 3 else "建议", "标题": f"关于整修{thing}的建议",
            "领衔代表": "王石" if n % 2 else "李青", "专题": "民生", "来源": "大会",
            "提出日期": "2024.1.10", "交办日期": "2024年2月20日",
            "办理方式": "分办" if n == 12 else "独办",
            "主办部门": "农业办、经发办" if n == 12 else DEPARTMENTS[n % 5],
        }
        for n, thing in enumerate(THINGS, 1)
    ]  # fmt: skip


def answered(number: int) -> dict[str, object]:
    """What a department writes of an item: 3 is not solved, 4 promised, 5 not satisfactory."""
    answer: dict[str, object] = {
        "办理方案日期": "2024.3.1", "承办人": "赵一", "沟通方式": "电话", "沟通日期": "2024.3.8",
        "办理结果": "A", "办理措施及成效": "已经整修。", "答复日期": "2024-4-10",
        "签发人": "钱二", "满意度": ("很满意", "满意", "基本满意")[number % 3], "反馈日期": "2024-4-30",
    }  # fmt: skip
    if number == 3:
        answer |= {"办理结果": "C", "未解决原因": "不属于本镇权限"}
    if number == 4:
        answer |= {"办理结果": "B", "承诺完成时限": "2025年6月底"}
    if number == 5:
        answer |= {"满意度": "不满意"}
    return answer


def type_in(path: Path, sheet: str, records: Sequence[Mapping[str, Any]]) -> None:
    """Type rows below the header of a table, over what stands there."""
    book = load_workbook(path)
    target = book[sheet]
    names = {cell.value: cell.column for cell in target[3]}
    for row, record in enumerate(records, 4):
        for name, value in record.items():
            target.cell(row, names[name]).value = value
    book.save(path)


def set_up(path: Path, sheet: str, values: Mapping[str, Any]) -> None:
    """Type into a sheet of 项目 and 内容."""
    book = load_workbook(path)
    for row in book[sheet].iter_rows(min_row=4):
        row[1].value = values.get(str(row[0].value), row[1].value)
    book.save(path)


def fill(path: Path) -> None:
    """A department fills in every item that its form lists."""
    sheet = load_workbook(path)["办理情况"]
    numbers = [int(sheet.cell(row, 1).value) for row in range(4, sheet.max_row + 1)]
    type_in(path, "办理情况", [answered(number) for number in numbers])


def fill_register(register: Path) -> None:
    """What must be there for handing out, and nothing that is due only at the year's end."""
    set_up(register, "基本信息", SETTINGS)
    set_up(register, "办理规则", {"答复期限": "60个工作日"})
    for sheet, records in (
        ("办理结果分类", CLASSES),
        ("满意度分类", RATINGS),
        ("承办部门", [{"全称": name, "联系人": "孙三"} for name in DEPARTMENTS]),
        ("代表名册", [{"姓名": name, "层级": "乡镇"} for name in ("王石", "李青")]),
        ("专题", [{"名称": "民生"}]),
        ("建议台账", items()),
    ):
        type_in(register, sheet, records)


def run(*arguments: str, code: int = 0) -> str:
    """What a command says; it must end with that exit code, and with the next step."""
    done = CliRunner().invoke(commands, list(arguments))
    assert done.exit_code == code, done.output
    assert done.output.splitlines()[-1].startswith("下一步："), done.output
    return done.output


def test_the_year(tmp_path: Path, convert: Convert) -> None:
    folder = tmp_path / "青石镇2024"
    begin_and_hand_out(folder)
    come_back_with_mistakes(folder, convert)
    correct_and_press(folder)
    report_and_begin_anew(folder)


def begin_and_hand_out(folder: Path) -> None:
    """January to May; 60 working days from 20 February end on 16 May."""
    assert "已生成" in run("init", str(folder))
    said = run("assign", str(folder), code=1)
    assert "“建议台账”表" in said
    assert "成文日期" not in said
    fill_register(folder / "建议台账.xlsx")
    said = run("assign", str(folder))
    assert [name for name in DEPARTMENTS if f"{name}.xlsx" in said] == list(DEPARTMENTS)
    assert "错误" not in said
    said = run("check", str(folder), "--today", "2024-3-1", code=1)
    assert "发出的表还没有填：农业办、经发办、村建办、社会办、教育办。" in said
    assert "已交回填报表的部门：0个" in said
    assert "下一步：用“核查结果”里“催报”的话催收没有交的表；办好后再运行" in said
    said = run("status", str(folder), "--today", "2024-5-10")
    assert "\t2024-5-16\t还有6天" in said


def come_back_with_mistakes(folder: Path, convert: Convert) -> None:
    """What the departments have is kept in the folder 部门, what they send is what counts."""
    returns, kept = folder / "填报", folder.parent / "部门"
    for name in DEPARTMENTS:
        fill(returns / f"{name}.xlsx")
    returns.rename(kept)
    type_in(kept / "农业办.xlsx", "办理情况", [{"办理结果": "D"}])
    type_in(kept / "村建办.xlsx", "办理情况", [{"答复日期": "4月10日"}])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(kept / "教育办.xlsx", "教育办.xlsx")
    returns.mkdir()
    for name, content in {
        "农业办.xlsx": (kept / "农业办.xlsx").read_bytes(),
        "经发办.csv": "编号,办理结果\n1,A\n".encode("gbk"),
        "村建办.et": convert((kept / "村建办.xlsx").read_bytes(), "xlsx", "xls"),
        "社会办.ods": convert((kept / "社会办.xlsx").read_bytes(), "xlsx", "ods"),
        "教育办.zip": packed.getvalue(),
    }.items():
        (returns / name).write_bytes(content)
    said = run("check", str(folder), "--today", "2024-6-10", code=1)
    assert "“D”不在“办理结果分类”表中" in said
    assert "它是文本文件，不是 Excel 工作簿" in said
    assert "“4月10日”没有写年份" in said
    assert "这是压缩包（zip），里面的表没有读取" in said
    assert "改正台账的错误" not in said
    assert "下一步：把“退改”里的副本发给部门改正；" in said
    assert f"标明错处的副本，可发回改正：{folder}/output/退改/填报/农业办.xlsx" in said
    assert "这个文件不能标注，没有副本，请按问题清单处理：填报/村建办.et" in said


def correct_and_press(folder: Path) -> None:
    """The marked copy is corrected and returned; the others send what they have again."""
    returns, kept = folder / "填报", folder.parent / "部门"
    type_in(kept / "村建办.xlsx", "办理情况", [{"答复日期": "2024.4.10"}])
    for name, sent in (("经发办", "csv"), ("村建办", "et"), ("教育办", "zip")):
        (returns / f"{name}.{sent}").unlink()
        (returns / f"{name}.xlsx").write_bytes((kept / f"{name}.xlsx").read_bytes())
    copy = folder / "output/退改/填报/农业办.xlsx"
    type_in(copy, "办理情况", [{"办理结果": "A"}])
    (returns / "农业办.xlsx").write_bytes(copy.read_bytes())
    said = run("check", str(folder), "--today", "2024-6-10")
    assert "核查完毕：没有错误，提醒4处，其中2处生成报告前要填好。" in said
    assert "下一步：填好“还没有填”的各项，再运行 reportgen build" in said
    assert "代表不满意，重新办理的期限为2024年5月30日，已超过11天" in said
    said = run("status", str(folder), "--today", "2024-5-20")
    assert "重新办理，还有10天\t2024-5-30\t5\t关于整修井的建议\t农业办" in said


def report_and_begin_anew(folder: Path) -> None:
    """December: what is due only for the report; then next year begins with this one."""
    said = run("build", str(folder), code=1)
    assert "“成文日期”没有填" in said
    register, new = folder / "建议台账.xlsx", folder.parent / "青石镇2025"
    set_up(register, "基本信息", {"成文日期": "2024-12-20", "统计截止日期": "2024.12.10"})
    type_in(register, "专题", [{"办理综述": "我镇逐件整修。"}])
    report = folder / "output/青石镇2024年度人大代表建议办理情况的报告.docx"
    assert f"已生成报告：{report}" in run("build", str(folder))
    text = "".join(paragraph.text for paragraph in Document(str(report)).paragraphs)
    for shown in ("议案2件", "建议10件", "12件", "2025年6月底"):
        assert shown in text, shown
    assert "核对完毕：报告与工作目录里的数据一致。" in run("verify", str(report), str(folder))
    said = run("finalize", str(report), str(folder), "--accept-remarks")
    assert "（定稿）.docx" in said
    said = run("init", str(new), "--from", str(folder))
    assert "“基本信息”：年度已改为2025" in said
    assert "“上年承诺”填入了1件" in said
    promised = load_workbook(new / "建议台账.xlsx")["上年承诺"]
    assert [cell.value for cell in promised[4]][:5] == [
        "4", "关于整修灯的建议", "教育办", "2025年6月底", "B",
    ]  # fmt: skip
