"""A clean letter raises nothing; made false in one way, it is found at that place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen.data import Dataset
from reportgen.issues import Severity
from reportgen.reports.review import Paper, Remark
from reportgen.reports.suggestions.letters.catalogue import LETTER_FAULTS
from reportgen.reports.suggestions.letters.review import review_letters
from tests.support.letters import Round, as_paper

DAY = dt.date(2024, 12, 10)
CLEAN = Round()


@pytest.fixture(scope="module")
def dataset(sample_folder: Path) -> Dataset:
    return reportgen.check(sample_folder).dataset


def with_settings(dataset: Dataset, settings: Mapping[str, object]) -> Dataset:
    return replace(dataset, settings={**dataset.settings, **settings})


def with_cells(dataset: Dataset, sheet: str, number: str, cells: Mapping[str, Any]) -> Dataset:
    table = dataset.tables[sheet].copy()
    row = table.index[(table["编号"] == number) & (table.get("办理角色", "主办") != "协办")][0]
    for name, value in cells.items():
        table.at[row, name] = value
    return replace(dataset, tables={**dataset.tables, sheet: table})


def remarks_on(dataset: Dataset, *papers: Paper) -> list[Remark]:
    """What is said of these papers, not of those that did not come."""
    return [one for one in review_letters(dataset, papers, [], DAY).remarks if one.file]


def told(remarks: Sequence[Remark]) -> set[str]:
    return {f"{one.code} {one.place}" for one in remarks}


def test_the_clean_letter_raises_nothing(dataset: Dataset) -> None:
    assert remarks_on(dataset, as_paper(CLEAN.to_bytes())) == []


@dataclass(frozen=True)
class Mutation:
    """``parts``: of the letter, put in place of the clean ones; ``draft``: of its document;
    ``register``, ``reply``: cells; ``settings``: of the register.  ``expected``: all that is told."""

    name: str
    expected: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    draft: Mapping[str, Any] = field(default_factory=dict)
    register: Mapping[str, object] = field(default_factory=dict)
    reply: Mapping[str, object] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def letter(name: str, expected: str, **parts: Any) -> Mutation:
    return Mutation(name, expected, parts)


def swapped(part: str, old: str, new: str) -> dict[str, Any]:
    text = getattr(CLEAN, part)
    assert old in text
    return {part: text.replace(old, new)}


def answer(at: int, old: str, new: str) -> dict[str, Any]:
    lines = list(CLEAN.answer)
    assert old in lines[at]
    lines[at] = lines[at].replace(old, new)
    return {"answer": lines}


def added(text: str) -> dict[str, Any]:
    return {"answer": [*CLEAN.answer, text]}


LONG_OTHER = (
    "关于发展肉牛产业，我办走访养殖大户，宣讲扶持政策，协助申报项目，并邀请畜牧专家到村讲课。",
    "下半年继续走访，动员养殖户加入合作社，统一防疫、统一饲料、统一销售，带动更多群众增收致富。",
)
MUTATIONS = [
    letter("件号+1，标题", "number-differs 标题", **swapped("title", "第6号", "第7号")),
    letter("件号-1，标题", "number-differs 标题", **swapped("title", "第6号", "第5号")),
    letter("件号+1，开头", "number-differs 开头", **swapped("opening", "第6号", "第7号")),
    letter("件号，两处", "number-differs 标题, number-differs 开头",
           **swapped("title", "第6号", "第60号"), **swapped("opening", "第6号", "第60号")),
    letter("件号用汉字而错", "number-differs 标题", **swapped("title", "第6号", "第十六号")),
    letter("届次缺字", "session-differs 标题", **swapped("title", "第三次会议", "第次会议")),
    letter("标题和开头会次不同", "session-differs 开头",
           **swapped("opening", "您提出", "您在第十九届人民代表大会第二次会议上提出")),
    Mutation("届与台账不同", "session-differs 标题", swapped("title", "第十九届", "第十八届"),
             settings={"届次": "第十九届"}),
    Mutation("次与台账不同", "session-differs 标题", swapped("title", "第三次", "第二次"),
             settings={"届次": "第十九届第三次会议"}),
    letter("引用标题错一字", "title-differs 开头", **swapped("opening", "食品安全", "食品案全")),
    letter("引用标题少字", "title-differs 开头", **swapped("opening", "加强食品", "食品")),
    letter("引用别件的标题", "title-differs 开头",
           **swapped("opening", "关于加强食品安全工作的建议", "关于加大对企业帮扶力度的建议")),
    letter("名字错一字", "addressee-differs 主送", addressee="张庆里代表："),
    letter("名字少一字", "addressee-differs 主送", addressee="张庆代表："),
    letter("写给别人", "addressee-differs 主送", addressee="刘亚代表："),
    letter("多写一人", "addressee-differs 主送, pronouns 开头", addressee="张庆理、刘亚代表："),
    letter("人数不符", "addressee-differs 主送", addressee="张庆理等3名代表："),
    letter("没有主送", "addressee-differs 开头", addressee=""),
    Mutation("联名的没有写上", "addressee-differs 主送", register={"联名代表": ("刘亚",)}),
    letter("没有类别", "class-missing 标题", mark=""),
    letter("类别不同", "class-differs 版头", mark="类别：C"),
    letter("类别没有填", "class-missing 标题, slot-left 版头", mark="类别："),
    Mutation("没有文号而须有", "letter-number 标题", {"doc_number": ""}, settings={"答复须有文号": "是"}),
    letter("文号括号", "letter-number 版头", doc_number="永市监函[2024]6号"),
    letter("文号年份", "letter-number 版头", doc_number="永市监函〔2023〕6号"),
    Mutation("文号与填报不同", "letter-number 版头", reply={"答复文号": "永市监函〔2024〕9号"}),
    Mutation("填报了文号而函中没有", "letter-number 标题", {"doc_number": ""},
             reply={"答复文号": "永市监函〔2024〕6号"}),
    Mutation("签发人与填报不同", "signer 版头", {"doc_number": "永市监函〔2024〕6号　签发人：王五"},
             reply={"签发人": "王武"}),
    letter("签发人空着", "slot-left 版头", doc_number="永市监函〔2024〕6号　签发人："),
    letter("开头没有如下", "opening 开头", **swapped("opening", "，现答复如下：", "。")),
    letter("开头没有收悉", "opening 开头", **swapped("opening", "收悉", "的情况")),
    letter("哪里都没有件号", "opening 开头", **swapped("title", "第6号建议", "建议"),
           **swapped("opening", "（第6号）", "")),
    letter("空位：xx代表", "slot-left 主送", addressee="xx代表："),
    letter("空位：您（你们）", "slot-left 开头", **swapped("opening", "您提出", "您（你们）提出")),
    letter("空位：待填", "slot-left 第3段", **answer(1, "镇政府公示栏", "【待填】")),
    letter("空位：下划线", "slot-left 第2段", **answer(0, "2家次", "___家次")),
    letter("空位：文号", "slot-left 版头", doc_number="永市监函〔2024〕　号"),
    letter("空位：联系人", "contact 联系方式, slot-left 落款", contact="联系人："),
    letter("空位：日期", "sign-off 落款, slot-left 落款", date="　　年　月　日"),
    letter("提案", "wrong-trade-word 第2段", **answer(0, "隐患", "提案中的隐患")),
    letter("委员", "wrong-trade-word 主送", addressee="张庆理委员："),
    letter("议案", "wrong-trade-word 第2段", **answer(0, "隐患", "议案中的隐患")),
    letter("您们", "pronouns 第5段", closing="感谢您们的关心和支持。请填写所附的征询意见表。"),
    letter("第三人称", "third-person 第2段", **answer(0, "我所", "我所与张庆理代表面谈后")),
    letter("替代表满意", "speaks-for-deputy 第5段", **added("代表对办理结果表示满意。")),
    letter("字词重复", "doubled 第2段", **answer(0, "逐条督促整改", "逐条督促逐条督促整改")),
    letter("缺引号", "unbalanced 第3段", **answer(1, "长效机制", "“长效机制")),
    letter("缺书名号", "unbalanced 开头", **swapped("opening", "建议》", "建议")),
    letter("标题套标题", "nested-title 标题",
           title="关于《关于加强食品安全工作的建议》（第6号）的答复"),
    letter("合计不符", "sums 第5段", **added("检查食品店10家，合格8家，合格率90%。")),
    letter("别的镇", "other-place 第3段", **answer(1, "镇政府公示栏", "永平镇人民政府公示栏")),
    letter("我乡", "other-self 第3段", **answer(1, "学校周边", "我乡学校周边")),
    letter("往年的日期", "joint-opinion 落款, no-contact 落款, other-year 落款, sign-off 落款", date="2022年6月4日", doc_number=""),
    letter("没有署名", "sign-off 落款", unit=""),
    letter("署名用简称", "sign-off 落款", unit="市场监管所"),
    letter("协办署名", "joint-opinion 落款", unit="社会事务办公室"),
    letter("没有日期", "sign-off 落款", date=""),
    letter("日期与填报不同", "sign-off 落款", date="2024年6月3日"),
    letter("日期用汉字", "sign-off 落款", date="二〇二四年六月四日"),
    letter("日期写成点", "sign-off 落款", date="2024.6.4"),
    letter("日期只有年月", "sign-off 落款", date="2024年6月"),
    Mutation("逾期", "sign-off 落款, no-contact 落款", {"date": "2024年6月6日"},
             reply={"答复日期": dt.date(2024, 6, 6), "沟通日期": dt.date(2024, 6, 8)}),
    letter("没有联系人和电话", "contact 联系方式", contact=""),
    letter("没有电话", "contact 联系方式", contact="联系人：陈晨"),
    letter("没有联系人", "contact 联系方式", contact="电话：0931-1234567"),
    letter("没有征询意见表", "enclosure 全文", closing="感谢您对我们工作的关心和支持。"),
    letter("附件没有附", "enclosure 全文", **answer(1, "公示栏公布", "公示栏公布（名单见附件）")),
    letter("手机号", "publication 落款", contact="联系人：陈晨　电话：13812345678"),
    Mutation("没有公开属性", "publication 版头", settings={"答复须写公开属性": "是"}),
    Mutation("没有抄送", "enclosure 抄送", settings={"抄送单位": "镇人大主席团"}),
    Mutation("有修订", "revisions-left 全文", draft={"inserted": "特此答复。"}),
    Mutation("有批注", "revisions-left 全文", draft={"comment": "请领导审定"}),
    Mutation("没有沟通", "no-contact 全文", reply={"沟通日期": None}),
    Mutation("沟通晚于答复", "no-contact 落款", reply={"沟通日期": dt.date(2024, 6, 9)}),
    letter("没有说会办意见", "joint-opinion 全文", **answer(2, "社会事务办公室的会办意见", "有关意见"),
           **swapped("opening", "会同社会事务办公室", "认真")),
    letter("含糊的承诺", "promise-undated 第5段", **added("对其余问题，待资金到位后组织整改。")),
    Mutation("承诺与填报不同", "promise-differs 第5段", added("计划2025年6月底前完成其余整改。"),
             reply={"承诺完成时限": dt.date(2025, 12, 31)}),
    letter("过去的承诺", "promise-past 第5段", **added("计划2023年底完成其余整改。")),
    Mutation("须有原因而没有", "reason-missing 第2段", {"mark": "类别：C"}, reply={"办理结果": "C"}),
    letter("类别与正文矛盾", "class-against-text 第5段", **added("其余各户暂不列入检查。")),
    letter("内容太少", "thin 第2段", answer=["会同社会事务办公室检查了食品安全，隐患已经整改。"]),
    letter("答非所问", "joint-opinion 全文, subject-not-named 第2段", answer=LONG_OTHER,
           **swapped("opening", "经会同社会事务办公室研究，", "")),
    Mutation("诉求没有答", "request-not-answered 第2段", register={"主要诉求": "1.检查食品单位\n2.增设夜间照明设施"}),
    Mutation("诉求只抄没有答", "request-not-answered 第2段", {"answer": [*CLEAN.answer, "四、增设夜间照明设施。"]},
             register={"主要诉求": "检查食品单位\n增设夜间照明设施"}),
    Mutation("公开属性不同", "publication 版头", {"extra": ("（此件主动公开）",)}, register={"公开属性": "依申请公开"}),
    letter("同音的地名", "name-variant 第5段", **added("已在柳沟村设立食品检查点。")),
    letter("认不出", "letter-unmatched 标题", title="关于有关建议的答复",
           opening="您提出的《关于修建村内广场的建议》收悉。现答复如下："),
]  # fmt: skip


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_a_mutation_is_found_at_its_place(mutation: Mutation, dataset: Dataset) -> None:
    data = with_settings(dataset, mutation.settings)
    data = with_cells(data, "办理情况", "6", mutation.reply)
    register = dict(mutation.register)
    if "同音" in mutation.name:
        register["标题"] = "关于加强刘沟村食品安全工作的建议"
    data = with_cells(data, "建议台账", "6", register)
    changed = replace(CLEAN, **mutation.parts)
    if "标题" in register:
        changed = replace(changed, opening=changed.opening.replace("加强食品", "加强刘沟村食品"))
    found = remarks_on(data, as_paper(changed.to_bytes(**mutation.draft)))
    assert told(found) == set(mutation.expected.split(", ")), [str(one) for one in found]
    assert all("{" not in one.message + one.remedy for one in found)


ELSEWHERE = {"letter-unreadable", "letter-missing", "letter-twice", "letter-per-item", "copied"}


def test_every_kind_of_fault_is_provoked() -> None:
    here = {each.split()[0] for one in MUTATIONS for each in one.expected.split(", ")}
    assert set(LETTER_FAULTS) == here | ELSEWHERE
    assert here.isdisjoint(ELSEWHERE)


def test_what_only_a_person_can_tell_returns_no_letter(dataset: Dataset) -> None:
    judged = {code for code, entry in LETTER_FAULTS.items() if entry.judgement}
    assert judged == {
        "subject-not-named", "request-not-answered", "copied", "thin", "class-against-text",
    }  # fmt: skip
    assert all(LETTER_FAULTS[code].severity is Severity.REMINDER for code in judged)


def test_a_place_that_marks_no_class_misses_none(dataset: Dataset) -> None:
    paper = as_paper(replace(CLEAN, mark="").to_bytes())
    assert not remarks_on(with_settings(dataset, {"类别标注方式": "不标注"}), paper)


def test_each_request_with_its_point_is_answered(dataset: Dataset) -> None:
    data = with_cells(dataset, "建议台账", "6", {"主要诉求": "检查食品单位\n建立长效机制"})
    assert not remarks_on(data, as_paper(CLEAN.to_bytes()))


def test_an_item_merged_into_another_wants_its_own_letter(dataset: Dataset) -> None:
    data = with_cells(dataset, "建议台账", "5", {"并案主件": "6"})
    remarks = review_letters(data, [as_paper(CLEAN.to_bytes())], [], DAY).remarks
    assert ["第5号" in one.message for one in remarks if one.code == "letter-per-item"] == [True]
