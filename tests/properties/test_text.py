"""What the finished report says: hundreds of random reports read well, and say what was counted.

Charts are not drawn here (a dot stands in their place); what they would show is checked.
"""

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import reportgen
from reportgen.charts.kinds import Chart
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.validation import validate_workbooks
from tests.conftest import Lay
from tests.support import brute
from tests.support.default_wording import default_report
from tests.support.documents import Document
from tests.support.generate import case, raw_workbooks
from tests.support.templates import PNG, record_of

PLACES = ("清河镇", "左门乡", "沁阳市")
NEVER = {
    "模板标记": r"\{\{|\{%|%\}|\}\}|〔",
    "程序的空值": r"None|nan|NaT|Absent|Fact\(",
    "标点重叠": "[，。、；：！？][，。、；：！？]|[（《“][，。、；：）》”]|[，、；：][）》”]",
    "半角标点": r"(?<=[\u4e00-\u9fff▢])[,;:!?()]|[,;:!?()](?=[\u4e00-\u9fff▢])",
    "句首标点": "^[，。、；：！？）》”]",
    "件前没有数": "(?<![▢一两几每逐各总条文案事附件])(?<!单位为)件(?![数件])",
    "占后没有数": "占(?!▢|总件数的▢|议案、建议总件数的▢|总件数的百分比|道|比(?:之和|作了调整))",
    "率后没有数": "(?:答复率|办结率|满意率（含基本满意）为)(?!▢)",
    "不是取自数据的数": r"(?<![\d.])(?!(?:(?<=之和为)|(?<=不等于))100%)\d[\d.]*(?:件|条|个部门|%)",
    "两数相连": "▢▢",
}
"""What no sentence may contain; ▢ is a figure."""


def read(sample: Sample) -> tuple[Document, list[Chart]]:
    """The report on a case, and the charts it asked for."""
    dataset, _ = validate_workbooks(raw_workbooks(sample), tuple(KINDS[0].workbooks))
    drawn: list[Chart] = []

    def draw(chart: Any) -> bytes:
        drawn.append(chart)
        return PNG

    return Document(default_report(KINDS[0].report(dataset), draw)), drawn


def bad_sentences(document: Document) -> list[str]:
    """What is wrong with the words, with the paragraph it is in."""
    found = [
        f"{name}：{each.text}"
        for each in document.paragraphs
        for name, pattern in NEVER.items()
        if re.search(pattern, each.slots)
    ]
    return found + [f"没有写完：{each.text}" for each in document.prose if each.text[-1:] != "。"]


def figures_off(document: Document, charts: list[Chart], sample: Sample) -> list[str]:
    """Figures that are not what plain counting gives: in fields, properties, record and charts."""
    right = {key: figure.text for key, figure in brute.figures(sample).items()}
    record = record_of(document.content)["facts"]
    shown = [
        *document.fields,
        *document.properties.items(),
        *((key, fact["text"]) for key, fact in record.items()),
        *((fact.key, fact.text) for chart in charts for one in chart.series for fact in one.facts),
    ]
    return [f"{key}：{text}" for key, text in shown if right.get(key) != text]


def varied(seed: int) -> Sample:
    """One to twelve items; two places in three are no towns; every other case is full of rarities."""
    return case(
        seed % 12 + 1, seed % 7 + 1, seed,
        place=PLACES[seed % 3], rare=seed % 2 > 0, unfinished=(0, 0.2, 0.6, 1)[seed // 3 % 4],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "slots"),
    [
        ("模板标记", "共{{ 建议.件数 }}件。"),
        ("程序的空值", "办理结果为“None”。"),
        ("标点重叠", "已办结，。"),
        ("标点重叠", "由（）承办。"),
        ("标点重叠", "关于《》的建议。"),
        ("半角标点", "已办结,群众满意。"),
        ("句首标点", "，已办结。"),
        ("件前没有数", "共提出建议件，已全部答复。"),
        ("占后没有数", "已解决的▢件，占。"),
        ("率后没有数", "已答复▢件，答复率，其余正在办理。"),
        ("不是取自数据的数", "共提出建议7件。"),
        ("两数相连", "共▢▢件。"),
        ("不是取自数据的数", "各项占比之和为99%。"),
        ("占后没有数", "占比▢。"),
    ],
)
def test_what_no_sentence_may_contain_is_recognised(name: str, slots: str) -> None:
    assert name in [each for each, pattern in NEVER.items() if re.search(pattern, slots)]


@pytest.mark.parametrize("start", range(0, 90, 10))
def test_a_random_report_reads_well_and_says_what_was_counted(start: int) -> None:
    for seed in range(start, start + 10):
        sample = varied(seed)
        document, charts = read(sample)
        assert bad_sentences(document) == []
        assert figures_off(document, charts, sample) == []
        assert foreign_names(document, sample.register["基本信息"][0]["自称"]) == []


def foreign_names(document: Document, own: object) -> list[str]:
    """Words that belong to another place."""
    words = {"永安", "我镇", "我乡", "我市", "我县"} - {own}
    everything = document.everything
    return sorted(word for word in words if word in everything)


def test_charts_say_in_words_what_they_show() -> None:
    all_ = ["图.办理结果", "图.满意度", "图.专题分布", "图.部门办理"]
    seen = set()
    for seed in range(12):
        document, charts = read(varied(seed))
        keys = [chart.key for chart in charts]
        assert keys == [key for key in all_ if key in keys]  # too few items make no chart
        seen |= {*keys}
        assert document.alt_texts == [chart.alt for chart in charts]
        for chart in charts:
            assert chart.series
            for one in chart.series:
                assert len(one.facts) == len(chart.categories)
                assert all(fact.text in chart.alt for fact in one.facts)
    assert seen == {*all_}


def test_tables_show_the_register_and_add_up() -> None:
    for seed in range(0, 24, 3):
        sample = varied(seed)
        items, departments, _ = read(sample)[0].tables
        assert [row[1] for row in items[1:]] == [row["编号"] for row in sample.register["建议台账"]]
        for column in range(1, len(departments[0]) - 1):
            *parts, whole = [int(row[column]) for row in departments[1:]]
            assert sum(parts) == whole


def test_without_feedback_there_is_no_rate() -> None:
    """Of all items none are satisfied, but nobody has been asked yet."""
    sample = case(5, 2, 1, unfinished=1.0)
    _, departments, _ = read(sample)[0].tables
    assert "满意.占比" not in brute.figures(sample)
    assert {row[-1] for row in departments[1:]} == {"—"}


def test_a_year_without_suggestions_says_so() -> None:
    sample = replace(case(3, 2, 1, action=False, last_year=False), returns={})
    sample = replace(sample, register={**sample.register, "建议台账": []})
    document, charts = read(sample)
    assert bad_sentences(document) == []
    assert charts == []
    assert any("没有交办的议案、建议" in each.text for each in document.prose)


@pytest.fixture(scope="module")
def yongan(lay_sample: Lay, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the 永安镇 case."""
    return lay_sample(tmp_path_factory.mktemp("永安镇"))


@pytest.fixture(autouse=True)
def dots(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipeline's charts are dots too."""
    monkeypatch.setattr("reportgen.charts.render.render", lambda _: PNG)


def built(folder: Path, out: Path) -> tuple[Document, dict[str, Any]]:
    """The report on a folder, and facts.json."""
    result = reportgen.build(folder, out)
    assert list(result.checked.issues) == []
    assert result.document is not None
    assert result.facts is not None
    content = result.document.path.read_bytes()
    return Document(content), json.loads(result.facts.read_text(encoding="utf-8"))["facts"]


YONGAN = (
    "议案0件、建议7件", "由5个部门承办", "已全部答复代表",
    "已解决或基本解决的6件，占议案、建议总件数的86%",
    "受政策、权限等客观条件限制未能办理，已作解释说明的1件，占14%",
    "代表对办理结果均表示满意或基本满意",
    "“聚民意，惠民生”行动中，人大代表共提出意见984条，已全部办结",
    "走访帮扶企业15家", "检查食品生产经营单位7家次", "学校食堂2家次", "排查食品安全隐患10条",
    "医疗服务水平开展民意调查2次", "整治乱停乱放车辆100余辆", "占道经营40余起",
    "清除交通安全隐患10余处", "清理乱张乱贴广告60余处", "乱堆乱放50余处",
)  # fmt: skip
"""Every figure that the town's report states, in our words."""

SUGGESTIONS = (
    ("经济转型发展", "张鹤斌", "关于加大政策支持引领，发展壮大肉牛养殖、延长产业链的建议", "A"),
    ("经济转型发展", "张曼曼", "关于加大对企业帮扶力度的建议", "A"),
    ("人居环境治理", "刘停战", "关于做好村庄环境集中攻坚，确保和美乡村擂台赛取得实效的建议", "A"),
    ("人居环境治理", "朱婷婷", "关于抓牢公益岗作用发挥，抓实人居环境整治的建议", "A"),
    ("民生服务保障", "刘亚", "关于基层医疗机构发展的建议", "A"),
    ("民生服务保障", "张庆理", "关于加强食品安全工作的建议", "A"),
    ("人居环境治理", "示例代表", "示例：关于争取上级资金实施镇区道路提升的建议", "C"),
)
CASES = (
    ("王飞鸿", "关于更换村内破损垃圾桶并及时清运垃圾的建议"),
    ("刘兴虎", "关于整治镇区小摊小贩占道经营及车辆乱停乱放的建议"),
    ("高前进", "关于加强公厕卫生保洁和长效管护的建议"),
)


def test_the_sample_states_every_figure_of_the_published_report(
    yongan: Path, tmp_path: Path
) -> None:
    document, facts = built(yongan, tmp_path)
    prose = "\n".join(each.text for each in document.prose)
    assert [phrase for phrase in YONGAN if phrase not in prose] == []
    assert [f"{a}代表提出《{b}》" for a, b in CASES if f"{a}代表提出《{b}》" not in prose] == []
    assert bad_sentences(document) == []
    assert [text for key, text in document.fields if facts[key]["text"] != text] == []


def test_the_sample_quotes_every_suggestion_under_its_theme_and_in_the_annex(
    yongan: Path, tmp_path: Path
) -> None:
    document, _ = built(yongan, tmp_path)
    items, departments, accounts = document.tables
    assert [(row[4], row[3], row[9]) for row in items[1:]] == [row[1:] for row in SUGGESTIONS]
    assert departments[-1] == ["合计", "7", "2", "6", "1", "0", "7", "100%"]
    told = {row["编号"]: row for row in accounts_of(accounts)}
    assert told["6"]["办理措施及成效"] == (
        "市场监督管理所：开展食品安全专项检查，隐患逐条整改；社会事务办公室：配合做好学校食堂检查。"
    )
    assert list(told) == [row[1] for row in items[1:]]
    theme, found = "", []
    for each in document.paragraphs:
        theme = each.text if each.style == "Heading2" else theme
        found += [
            (theme, *pair) for pair in re.findall(r"([^、。，]+?代表)提出的《(.+?)》", each.text)
        ]
    for theme, deputy, title, _ in SUGGESTIONS:
        assert any((theme, title) == (a, c) and deputy in b for a, b, c in found), title


def accounts_of(rows: list[list[str]]) -> list[dict[str, str]]:
    """The rows of a table by its header."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_department_changes_its_mind_and_every_figure_follows(
    yongan: Path, tmp_path: Path
) -> None:
    """The second suggestion, from A to C: 5 and 2 of 7, 71 % and 29 %."""
    before, old = built(yongan, tmp_path / "before")
    path = yongan / "填报/经济发展办公室.xlsx"
    original = path.read_bytes()
    path.write_bytes(changed(original, {"办理结果": "C", "未解决原因": "需要县里出台政策"}))
    try:
        after, new = built(yongan, tmp_path / "after")
    finally:
        path.write_bytes(original)
    prose = "\n".join(each.text for each in after.prose)
    assert "已解决或基本解决的5件，占议案、建议总件数的71%；" in prose
    assert "已作解释说明的2件，占29%。" in prose
    assert "《关于加大对企业帮扶力度的建议》，由经济发展办公室承办" in prose
    assert "原因是：需要县里出台政策。" in prose
    items, departments, _ = after.tables
    assert [row[9] for row in items[1:]] == ["A", "C", "A", "A", "A", "A", "C"]
    assert [row[3:5] for row in departments[1:]][1::4] == [["0", "1"], ["5", "2"]]
    assert "已解决或基本解决5件，占71%；" in after.alt_texts[0]
    assert "经济发展办公室主办1件，已解决或基本解决0件，" in after.alt_texts[-1]
    assert [share for share in ("86%", "14%", "6件") if share in before.everything]
    assert [share for share in ("86%", "14%", "6件") if share in after.everything] == []
    assert [share for share in ("86%", "14%") if share in json.dumps(new)] == []
    moved = {key for key in new if new[key]["text"] != old[key]["text"]}
    assert moved >= {"结果.A.件数", "结果.A.占比", "结果.C.件数", "结果.C.占比", "解决.件数"}
    record = record_of(after.content)["facts"]
    for key in moved:
        assert record[key]["text"] == new[key]["text"]
        assert after.properties.get(key, new[key]["text"]) == new[key]["text"]
    assert {key for key, text in after.fields if text != new[key]["text"]} == set()


def changed(content: bytes, cells: dict[str, str]) -> bytes:
    """A return workbook with cells of the first row of 办理情况 replaced."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["办理情况"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "编号")
    for cell in header:
        if str(cell.value) in cells:
            sheet.cell((cell.row or 0) + 1, cell.column).value = cells[str(cell.value)]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
