"""Proofreading: what is read, what is reckoned, what is silent, and the score on labelled passages."""

from __future__ import annotations

import ast
import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

import reportgen
import reportgen.proofread as room
from reportgen.cli.commands import commands
from reportgen.commands.folder.template import choose_template
from reportgen.proofread.blocks import split_blocks
from reportgen.proofread.numerals import read_numeral
from reportgen.proofread.proof import drop_bound_findings, proofread_blocks, proofread_text
from reportgen.proofread.sums import find_sums
from reportgen.proofread.tokens import read_numbers
from reportgen.reports import KINDS
from reportgen.word.document.running_text import read_running_text
from reportgen.word.render.fill import fill_template
from tests.support import generate, more_prose, official_prose

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DATA = Path(__file__).parents[1] / "data" / "proofread_dev.json"


def numbers(text: str) -> list[tuple[Fraction, str, str]]:
    return [(each.value, each.unit, each.kind.value) for each in read_numbers(split_blocks(text))]


def found(text: str) -> list[tuple[str, str, str]]:
    return [(each.code, each.level, each.message) for each in proofread_text(text).findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共1,234件、12 345人", [(1234, "件", "count"), (12345, "人", "count")]),
        ("投资13亿9538万元", [(1395380000, "元", "count")]),
        ("增长百分之四十七点五", [(Fraction("47.5"), "", "percent")]),
        ("提高3.2个百分点，出生率8.1‰", [(Fraction("3.2"), "", "points"), (Fraction("8.1"), "", "permille")]),
        ("收到一百二十三件", [(123, "件", "count")]),
        ("2024年3月5日20时，1至3月，第17、18件，0-14岁，12345热线，近5年，PM2.5，〔2024〕5号", []),
    ],
)  # fmt: skip
def test_numbers_are_read_and_names_are_not(
    text: str, expected: list[tuple[Fraction, str, str]]
) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("words", "value"), [("二十", 20), ("一百零五", 105), ("三千万", 30000000), ("七八", None)]
)
def test_numerals(words: str, value: int | None) -> None:
    read = read_numeral(words)
    assert (read and read[0]) == value


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("计划新开工270项，已开工129项，开工率47%。", "占比不符", "似为截尾，应为48%"),
        ("共办81件。满意70件，占86.4%；基本满意11件，占11.6%。", "占比不符", "11÷81=13.58%，文中11.6%"),
        ("共接件63件，按类型分：建议21件、投诉15件、举报13件、咨询13件、其他2件。", "分项合计不符", "=64，文中63"),
        ("法人单位4491个，比上次增加2574个，增长144.3%。", "增幅不符", "应为134.3%"),
        ("共办建议49件、提案66件。已解决的74件，占64.25%；暂不能办理的8件，占6.95%。", "占比不符", "74÷（49+66）=64.3478%"),
        ("全年立案588件，其中经济类150件，占25.4%；政治类98件，占16.6%；文化类120件，占20.3%；社会类223件，占37.7%。", "分项合计不符", "=591，文中588"),
        ("现有基层组织457.2万个，净增5.3亿个，增幅1.2%。", "增幅不符", "似为万、亿写错"),
        ("需为16350人发放1271万元：学前386人，17万元；普高9064人，400万元；中职7000人，854万元。", "分项合计不符", "=16450，文中16350"),
        ("提出议案1件、建议14件。已解决13件，占86.6%；待解决1件，占6.7%；参考1件，占6.7%。", "占比不符", "13÷（1+14）"),
        ("来访29件，同比下降36.93%。", "不可能的比率", "只能是36.96%"),
        ("0-14岁提高0.52个百分点，15-59岁下降6.34个百分点，60岁以上提高4.82个百分点。", "净增减不符", "相抵"),
        ("整改率97.28%。甲类整改率98.1%，其中县级整改率96.61%、镇级整改率96.93%。", "总体不在分项之间", "98.1%"),
        ("年末会员9918.5万名，净增114.4万名，下降1.2%。", "增减方向矛盾", "相反"),
        ("完成造林58339亩，占年度任务44245亩的133.0%。", "占比不符", "应为131.9%"),
        ("抽检食品2670批次，合格2593批次，不合格77批次，合格率97.21%。", "占比不符", "应为97.12%"),
        ("安排项目270个，计划投资21.5亿元。截至9月底，已开工129个，开工率74.8%。", "占比不符", "颠倒"),
        ("受理案件6617件，同比上升61.78%（上年5666件）。", "增幅不符", "应为16.78%"),
        ("户籍人口83195人。\n男性47325人，占56.88%；女性35780人，占43.12%。", "分项合计不符", "=83105，文中83195"),
        ("执业（助理）医师2089人，其中执业医师1390人（含全科25人）、执业助理医师504人。", "分项合计不符", "=1894，文中2089"),
        ("上年结转120件，新收2310件，办结2200件，年末未结320件。", "净增减不符", "230"),
        ("接待游客412.35万人次，旅游收入32.10亿元，人均消费787.5元。", "平均数不符", "778.5"),
        ("播种面积60.00万亩，总产量25.20万吨，平均亩产240公斤。", "平均数不符", "420"),
        ("共接待群众来访321批。\n全年接待群众来访的312批中，领导接待的过半。", "前后不一致", "前面说的是321"),
        ("报告120万份，其中严重的24亿份，占20%。", "部分大于总数", "数量级"),
        ("三次产业比为25.72:26.84:74.44。", "占比合计不符", "74.44"),
        ("每千人抽检量由3.23批次升到5.36批次，提高2.31批次。", "增减数不符", "5.36-3.23=2.13"),
        ("今年承诺的65件实事已办成26件，完成率100%。", "占比不符", "应为40%"),
        ("全年进出口269.84亿元，其中出口165.85亿元。出口占进出口的66.46%。", "占比不符", "165.85亿÷269.84亿"),
        ("提建议401件，承办372件，占92.8%。办成的A类299件，占74.6%；B类55件，占14.8%；C类18件，占4.8%。", "占比不符", "299÷372"),
        ("提出议案13件、建议20件。已解决7件，占议案、建议总件数的24%；列入计划26件，占79%。", "占比不符", "应为21%"),
        ("出生率12.17‰；死亡率5.73‰。出生率上升0.78个千分点，死亡率下降12.34个千分点，自然增长率上升6.44个千分点。", "净增减不符", "得出13.12"),
        ("全年发生事故25起、死亡5人，同比分别减少65起、13人，分别下降72.2%和27.2%。", "增幅不符", "应为72.2%"),
        ("批捕97件134人，去年197件375人，件数和人数分别下降50.76%、46.27%。", "增幅不符", "应为64.27%"),
        ("全县应种10160人，实种8591人，接种率为84.65%。", "占比不符", "应为84.56%"),
        ("甲、乙、丙三镇分别接种815人、1043人、970人，合计2838人。", "分项合计不符", "=2828，文中2838"),
        ("到位资金3354万元，已支出1633万元，结余1712万元。", "净增减不符", "1721"),
        ("办结率由97.1%提高到98.4%，提高2.3个百分点。", "增减数不符", "98.4%-97.1%=1.3"),
        ("全县共有党员30336名，增幅1.1%。\n党员的职业：工人6315名，农牧渔民3590名，专业技术人员6654名，机关人员9423名，其他职业人员4345名。", "分项合计不符", "文中30336"),
        ("本月共受理来电759件，其中投诉69件。\n| 类别 | 数量（件） |\n|---|---|\n| 咨询 | 540 |\n| 投诉 | 69 |\n| 求助 | 186 |\n| 合计 | 795 |", "前后不一致", "表中是795，文中是759"),
        ("总收入35.12亿元。\n| 项目 | 金额（万元） |\n|---|---|\n| 税收 | 240000 |\n| 非税 | 113200 |\n| 收入合计 | 353200 |", "前后不一致", "表中是353200"),
        ("出口53.71亿美元。超亿美元的出口29.53万美元，增长68.92%，占54.98%。", "占比不符", "万、亿写错"),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_reckoning(text: str, code: str, said: str) -> None:
    assert any(one == code and said in message for one, _, message in found(text)), found(text)


@pytest.mark.parametrize(
    "text",
    [
        "办结率、满意率均为100%，其中57件已办结，代表满意56件。",
        "收到意见约200件，其中采纳60件、未采纳130件。",
        "今年会议收到提案4531件，其中经济类1000件、社会类900件等。",
        "97件134人，去年197件375人，件数和人数分别下降50.76%、64.27%。",
        "商品类投诉240件，占46.1%。完成财政收入10.2亿元，为预算的102.3%，增长8.5%。",
        "提出议案1件、建议14件。已解决13件，占86.7%；待解决1件，占6.7%；其余1件，占6.7%（各项占比之和为100%，作了调整）。",
        "少数民族党员442名，占14.85%。",
        "基层代表在县级代表里占52.53%，在乡级代表里占76.75%。",
        "地块236块，已验收218块，占地块总数的92.4%，按期验收率94.0%。",
        "地块236块，已验收218块，优质工程验收率94.0%。",
        "批准逮捕181件，不批准逮捕73件，不捕率29.3%。",
        "满意144件，基本满意2件，满意率100%。",
        "已整改72项，列入计划110项；其中甲类整改率48.48%。",
        "查处问题161起，涉及吃喝80起、津贴80起、礼品51起（部分案件涉及多种类型）。",
        "发生445起，比上年的582起下降23.54%。",
        "甲等12件，占60%；乙等8件，占40%。代表对15件的结果作了评价，其中满意6件、不满意9件。",
        "甲类3件，占42.8%；乙类2件，占28.6%；丙类2件，占28.6%，共7件（为使各项占比之和为100%，个别占比作了调整）。",
        "总收入35.3亿元。\n| 项目 | 金额（万元） |\n|---|---|\n| 税收 | 240000 |\n| 非税 | 113200 |\n| 收入合计 | 353200 |",
        (
            "| 单位 | 主办 | 甲 | 乙 | 正在办理 | 已答复 |\n|---|---|---|---|---|---|\n| 东办 | 59 | 53 | 5 | 1 | 58 |\n| 西办 | 61 | 40 | 21 | 0 | 61 |\n"
            "| 南办 | 37 | 30 | 7 | 0 | 37 |\n| 北办 | 48 | 44 | 4 | 0 | 48 |\n| 中办 | 33 | 20 | 13 | 0 | 33 |"
        ),
        "受理30件，办结25件、20人，分别下降5.1%和3.2%，较上年减少1件、2人。",
        "受理20件，上年18件、22件，分别增长5.1%和9.9%。",
        "受理20件、30人，上年18件、22件，分别增长5.1%和9.9%。",
        "批捕97件134人，上年同期批捕100件、起诉197件375人，分别下降5.7%和64.2%。",
        "办结率由97.1%提高到98.4%，其中甲类95.3%，提高0.9个百分点。",
        "应检1000家，实到853家，覆盖率84.2%。",
        "承办代表建议268件，其中主办210件、会办76件；涉及30个单位。",
        "上月共受理759件。\n| 类别 | 数量（件） |\n|---|---|\n| 咨询 | 540 |\n| 投诉 | 69 |\n| 求助 | 186 |\n| 合计 | 795 |",
        "合格率由97.1%提高到98.4%，满意率为95.3%，提高0.9个百分点。",
        "全县1000人，其中男600人、女400人，另有外来人口50人，合计1050人。",
        "党员30336名，增幅1.1%。\n党员大会、党课和主题党日共办：甲类315名，乙类590名，其他45名。",
        "上月受理759件。\n| 类别 | 数量（件） |\n|---|---|\n| 咨询 | 540 |\n| 投诉 | 69 |\n| 求助 | 186 |\n| 合计 | 795 |",
    ],
)
def test_what_may_be_meant_otherwise_is_silent(text: str) -> None:
    assert found(text) == []


def test_a_table_is_voted_on_by_its_columns() -> None:
    rows = [("单位", "件数", "人数", "天数"), ("甲", "3", "5", "7"), ("乙", "4", "6", "8"), ("丙", "1", "2", "3")]  # fmt: skip
    total = ("合计", "8", "13", "19")
    text = "\n".join(f"| {' | '.join(row)} |" for row in [*rows, total])
    (finding,) = proofread_text(text).findings
    assert finding.level == "错误"
    assert text[slice(*finding.spans[0])] == "19"
    assert not proofread_text(text.replace("19", "18")).findings


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(11, 400), min_size=3, max_size=6), st.data())
def test_a_sound_paragraph_is_silent_and_one_change_is_found(
    parts: list[int], data: st.DataObject
) -> None:
    total = sum(parts)
    names = "甲乙丙丁戊己"
    shares = [f"{100 * part / total:.2f}" for part in parts]
    if any(
        round(float(share) * total / 100) != part for share, part in zip(shares, parts, strict=True)
    ):
        return

    def paragraph(changed: int | None = None) -> str:
        items = (
            f"{names[at]}类{part if changed != at else part + 3}件，占{shares[at]}%"
            for at, part in enumerate(parts)
        )
        return f"全年共收到来件{total}件，按类型分：{'；'.join(items)}。"

    assert not proofread_text(paragraph()).findings
    at = data.draw(st.integers(0, len(parts) - 1))
    text = paragraph(at)
    spot = text.index(f"{names[at]}类") + 2
    spans = [span for each in proofread_text(text).findings for span in each.spans]
    assert any(start <= spot < end for start, end in spans)


def test_command_tells_place_reckoning_and_how_much_was_checked(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    document = Document()
    document.add_paragraph("概况。")
    document.add_paragraph("计划新开工270项，已开工129项，开工率87%。")
    document.save(path)
    result = CliRunner().invoke(commands, ["proofread", str(path), "--comments"])
    assert result.exit_code == 1
    assert "正文第2段" in result.output
    assert "129÷270=47.78%，文中87%" in result.output
    assert "核对了1个数字关系" in result.output
    copy = tmp_path / "报告（核对）.docx"
    assert "129÷270" in "".join(Document(copy).part._comments_part.element.itertext())


def test_comments_on_a_plain_text_are_said_to_be_impossible(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("共8件，其中甲类5件、乙类3件。", encoding="utf-8")
    result = CliRunner().invoke(commands, ["proofread", str(path), "--comments"])
    assert result.exit_code == 0
    assert "文本文件里加不了批注" in result.output
    assert [each.name for each in tmp_path.iterdir()] == ["报告.txt"]
    assert "加不了批注" not in CliRunner().invoke(commands, ["proofread", str(path)]).output


def test_command_speaks_json_for_several_files(tmp_path: Path) -> None:
    for name, text in (("一.txt", "共8件，其中甲类5件、乙类3件。"), ("二.md", "没有数字。")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("一.txt", "二.md")]
    result = CliRunner().invoke(commands, ["proofread", *paths, "--json"])
    told = json.loads(result.output)
    assert list(told) == paths
    assert {each["relation"] for each in told[paths[0]]["checked"]} == {"sum", "le"}
    assert told[paths[1]] == {"findings": [], "checked": []}


def test_the_room_imports_only_what_it_needs() -> None:
    allowed = {"__future__", "re", "collections", "dataclasses", "fractions", "decimal", "enum", "itertools", "bisect", "functools", "math", "typing", "reportgen"}  # fmt: skip
    parts = ("tokens", "relations", "reckoning", "wording")
    for path in Path(room.__file__).parent.glob("*.py"):
        modules = [
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for name in ([node.module] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names])
        ]  # fmt: skip
        assert {name.partition(".")[0] for name in modules} <= allowed, path.name
        assert all(
            name.startswith("reportgen.proofread.")
            for name in modules
            if name.startswith("reportgen")
        )
        if path.stem in parts:
            others = {f"reportgen.proofread.{part}" for part in parts} - {
                f"reportgen.proofread.{path.stem}"
            }
            assert not others & set(modules), path.name
    for part in ("reckoning", "formulas", "rough", "slips"):
        text = (Path(room.__file__).parent / f"{part}.py").read_text(encoding="utf-8")
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in text), part


def _touches(spans: Iterable[Sequence[int]], others: Iterable[Sequence[int]]) -> bool:
    return any(a < d and c < b for a, b in spans for c, d in others)


def test_score_on_labelled_passages() -> None:
    """Floors of what the labelled passages of published reports give."""
    wrong, soft = {"wrong", "truncated", "off-by-unit"}, {"forced100", "suspect", "impossible", "doubtful"}  # fmt: skip
    hits = hits_of = alarms = reminders = covered = shares = 0
    for passage in json.loads(DATA.read_text(encoding="utf-8")):
        if passage["origin"] != "wild":
            continue
        proof = proofread_text(passage["text"])
        spans = {
            name: [n["span"] for c in passage["claims"] if c["verdict"] in kinds for n in c["numbers"] if n["span"]]
            for name, kinds in (("wrong", wrong), ("soft", soft))
        }  # fmt: skip
        hits_of += passage["faulty"]
        hits += passage["faulty"] and any(_touches(f.spans, spans["wrong"]) for f in proof.findings)
        false = [f for f in proof.findings if not _touches(f.spans, spans["wrong"] + spans["soft"])]
        alarms += any(f.level == "错误" for f in false)
        reminders += sum(f.level == "提醒" for f in false)
        known = [relation for _, relation in proof.checked]
        for claim in passage["claims"]:
            own = [n["span"] for n in claim["numbers"] if n["span"]]
            if claim["relation"] == "share" and len(own) >= 2:
                shares += 1
                need = len(own) - (len(own) > 2)
                covered += any(sum(_touches([s], each) for s in own) >= need for each in known)
    assert hits == hits_of
    assert alarms == 0
    assert reminders == 0
    assert covered / shares >= 0.97


@pytest.mark.parametrize(
    "kind",
    [*official_prose.KINDS, *more_prose.KINDS, *official_prose.TRICKY],
    ids=lambda kind: kind.__name__,
)
def test_sound_passages_of_many_trades_are_silent(
    kind: Callable[[official_prose.Draw], str],
) -> None:
    for seed in (0, 1):
        one = official_prose.passage(kind, seed)
        assert not proofread_text(one.text).findings, one.text


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from((*official_prose.KINDS, *more_prose.KINDS, *official_prose.TRICKY)),
    st.integers(2, 10**6),
)
def test_any_sound_passage_is_silent(kind: Callable[[official_prose.Draw], str], seed: int) -> None:
    one = official_prose.passage(kind, seed)
    assert not [each for each in proofread_text(one.text).findings if each.level == "错误"], (
        one.text
    )


def test_most_single_changes_in_them_are_found() -> None:
    """``python -m tests.support.official_prose 400`` prints how many of which."""
    tried = hits = 0
    for number, kind in enumerate((*official_prose.KINDS, *more_prose.KINDS)):
        for _, _, text, spot in official_prose.changed(official_prose.passage(kind, 0), number):
            tried += 1
            hits += any(_touches(each.spans, [spot]) for each in proofread_text(text).findings)
    assert hits / tried > 0.8


def test_proofreading_a_document_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    document = Document()
    document.add_paragraph("共8件，其中甲类5件、乙类3件。")
    document.save(path)
    code = (
        "import sys, datetime as dt, pathlib\n"
        "from reportgen.commands.proofread import proofread\n"
        f"proofread(pathlib.Path({str(path)!r}), today=dt.date(2024, 1, 1))\n"
        "print([name for name in ('pandas', 'numpy', 'matplotlib', 'openpyxl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_another_paragraph_does_not_accuse() -> None:
    first = "诉求71412件，当场答复37643件，占52.7%；转办33769件，占47.3%。"
    assert not found(
        f"{first}\n居前三位的是能源172件、建设80件、民政50件，三类合计占全部工单的59.68%。"
    )


@pytest.mark.parametrize("seed", [3, 4])
def test_our_own_reports_untouched_give_no_finding(seed: int, tmp_path: Path) -> None:
    for name, content in generate.files(generate.case(12, 3, seed, rare=seed == 3)).items():
        path = tmp_path / "f" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    kind = KINDS[0]
    checked = reportgen.check(tmp_path / "f")
    report = kind.report(checked.dataset)
    template = choose_template(tmp_path / "f", None, kind)
    made = fill_template(template, report, lambda _: PIXEL, inputs=checked.inputs)
    running = read_running_text(made)
    proof = drop_bound_findings(proofread_blocks(running.blocks), running.bound)
    assert not proof.findings
    assert len(proof.checked) > 10


def test_a_long_list_is_not_looked_through_run_by_run() -> None:
    """Two hundred counts in one sentence made 1,300,000 readings, four hundred some gigabytes."""
    text = "各村分别为" + "、".join(f"{number}件" for number in range(1, 201)) + "。"
    blocks = split_blocks(text)
    claims = list(find_sums(read_numbers(blocks)))
    assert claims
    assert sum(len(claim.readings) for claim in claims) < 1000


_AFFAIRS = "".join(
    f"{sign}镇收到{7 * at + 20}件，办结{5 * at + 9}件，占{3 * at % 90 + 5}.{at % 10}%。"
    for at, sign in enumerate("东西南北中上下前后左右新旧大小高低长短内外")
)


def _dense_table(rows: int) -> str:
    lines = [
        f"| {sign}村 | {at * 7 % 10} | {at * 3 % 8} |"
        for at, sign in enumerate(map(chr, range(0x5E00, 0x5E00 + rows)))
    ]
    return "| 单位 | 收到 | 办结 |\n|---|---|---|\n" + "\n".join(lines)


def test_work_grows_with_the_length() -> None:
    """Calls of functions: a sentence of 2,000 counts and shares took 150 s."""
    once = _AFFAIRS.replace("。", "，") * 5
    assert _count_calls(once * 2) < 2.4 * _count_calls(once)


def test_a_dense_table_is_not_reckoned_through() -> None:
    """Forty rows of small numbers, some of them 0: 110,000 sums of fractions took six seconds."""
    assert _count_calls(_dense_table(40)) < 1_000_000


def _count_calls(text: str) -> int:
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        proofread_text(text)
    finally:
        sys.setprofile(None)
    return calls
