"""Passages as offices write them, of many trades, their numbers drawn and worked out anew each time.

A second set for proofreading beside the labelled one: sound as they stand, one number of each copy
changed.  ``python -m tests.support.official_prose 400`` prints how many of how many changes were found, by
what the number is and how it was changed, and every false alarm.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reportgen.proofread.proof import proofread_text

Number = int | float
_MARK = re.compile("\1(\\w+)\2([^\3]*)\3")


@dataclass(frozen=True)
class Passage:
    """A text and its marked numbers: what each is (share, total …) and where."""

    name: str
    text: str
    numbers: tuple[tuple[str, int, int], ...]


class Draw:
    """Numbers at random, and what follows from them as it is printed."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)
        self.places = self.chance.choice([1, 2, 2])

    def whole(self, low: int, high: int) -> int:
        return self.chance.randint(low, high)

    def parts(self, total: int, count: int) -> list[int]:
        """So many whole parts of a total, none of them small."""
        while True:
            cuts = sorted(self.chance.sample(range(1, total), count - 1))
            parts = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
            if min(parts) >= max(1, total // (count * 8)) and len(set(parts)) == count:
                return parts

    def tenths(self, low: int, high: int) -> Decimal:
        return Decimal(self.chance.randint(low * 100, high * 100)) / 100


def mark(role: str, text: object) -> str:
    return f"\1{role}\2{text}\3"


def total(value: object) -> str:
    return mark("total", value)


def part(value: object) -> str:
    return mark("part", value)


def rate(role: str, one: object, other: object, places: int) -> str:
    exact = 100 * Decimal(str(one)) / Decimal(str(other))
    return mark(role, exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def share(d: Draw, one: object, other: object) -> str:
    return rate("share", one, other, d.places) + "%"


def growth(d: Draw, new: Number | Decimal, old: Number | Decimal) -> str:
    return rate("growth", abs(Decimal(str(new)) - Decimal(str(old))), old, d.places) + "%"


def budget(d: Draw) -> str:
    income, plan = d.whole(81000, 99000), d.whole(80000, 99000)
    tax, other = d.parts(income, 2)
    old = d.whole(60000, 80000)
    return (f"全县一般公共预算收入完成{total(income)}万元，为年初预算{part(plan)}万元的{share(d, income, plan)}，"
            f"比上年{part(old)}万元增长{growth(d, income, old)}。其中：税收收入{part(tax)}万元，占一般公共预算收入的"
            f"{share(d, tax, income)}；非税收入{part(other)}万元，占{share(d, other, income)}。")  # fmt: skip


def spending(d: Draw) -> str:
    whole = d.whole(210000, 290000)
    names = ("教育", "社会保障和就业", "卫生健康", "农林水", "其他")
    items = "；".join(
        f"{name}支出{part(each)}万元" for name, each in zip(names, d.parts(whole, 5), strict=True)
    )
    return f"全年一般公共预算支出{total(whole)}万元，按科目分：{items}。"


def population(d: Draw) -> str:
    old = d.whole(80000, 90000)
    now = old + d.whole(1000, 9000)
    men, women = d.parts(now, 2)
    ages = d.parts(now, 3)
    said = "；".join(f"{age}人口为{part(each)}人，占{share(d, each, now)}"
                    for age, each in zip(("0-14岁", "15-59岁", "60岁及以上"), ages, strict=True))  # fmt: skip
    return (f"全镇常住人口为{total(now)}人，与上次普查的{part(old)}人相比，增加{mark('change', now - old)}人，增长{growth(d, now, old)}。\n"
            f"男性人口为{part(men)}人，占{share(d, men, now)}；女性人口为{part(women)}人，占{share(d, women, now)}。\n{said}。")  # fmt: skip


def forestry(d: Draw) -> str:
    done = d.whole(20000, 60000)
    planted, closed, mended = d.parts(done, 3)
    plan = d.whole(20000, 60000)
    return (f"全年完成营造林{total(done)}亩，占年度任务{part(plan)}亩的{share(d, done, plan)}，其中人工造林{part(planted)}亩、"
            f"封山育林{part(closed)}亩、退化林修复{part(mended)}亩。")  # fmt: skip


def schools(d: Draw) -> str:
    kinds = [d.whole(12, 60) for _ in range(4)]
    pupils, old = d.whole(30000, 34000), d.whole(34500, 36000)
    items = "、".join(
        f"{name}{part(each)}所"
        for name, each in zip(("小学", "初中", "普通高中", "幼儿园"), kinds, strict=True)
    )
    return (f"全县共有各级各类学校{total(sum(kinds))}所，其中{items}。在校学生{part(pupils)}人，"
            f"比上年减少{mark('change', old - pupils)}人，下降{growth(d, pupils, old)}。")  # fmt: skip


def clinics(d: Draw) -> str:
    new, old = d.tenths(300, 420), d.tenths(250, 299)
    beds, used = d.whole(2000, 3000), d.whole(1500, 1999)
    return (f"全年总诊疗{part(new)}万人次，较上年{part(old)}万人次增长{growth(d, new, old)}。"
            f"年末实有床位{part(beds)}张，使用{part(used)}张，床位使用率{share(d, used, beds)}。")  # fmt: skip


def hotline(d: Draw) -> str:
    now = d.whole(4200, 6900)
    old = now + d.whole(300, 1500)
    names = ("咨询", "求助", "投诉", "举报", "意见建议")
    items = "，".join(
        f"{name}{part(each)}件，占{share(d, each, now)}"
        for name, each in zip(names, d.parts(now, 5), strict=True)
    )
    return (f"本月热线共受理群众诉求{total(now)}件，与上月的{part(old)}件相比减少{mark('change', old - now)}件，环比下降{growth(d, now, old)}。"
            f"从诉求类型看，{items}。")  # fmt: skip


def court(d: Draw) -> str:
    taken = d.whole(6000, 9000)
    ended = taken - d.whole(100, 700)
    old = d.whole(5000, 5900)
    kinds = "，".join(
        f"审结{name}案件{part(each)}件"
        for name, each in zip(("刑事", "民商事", "行政", "执行"), d.parts(ended, 4), strict=True)
    )
    return (f"全年受理各类案件{part(taken)}件，同比上升{growth(d, taken, old)}（上年{part(old)}件）；审结{total(ended)}件，结案率{share(d, ended, taken)}。"
            f"其中，{kinds}。")  # fmt: skip


def consumers(d: Draw) -> str:
    whole = d.whole(2000, 5200)
    complaints, reports, questions = d.parts(whole, 3)
    goods, services = d.parts(complaints, 2)
    return (f"一季度共接收各类诉求{total(whole)}件，其中投诉{part(complaints)}件，占诉求总量的{share(d, complaints, whole)}；"
            f"举报{part(reports)}件，占{share(d, reports, whole)}；咨询{part(questions)}件，占{share(d, questions, whole)}。"
            f"投诉中，商品类投诉{part(goods)}件，占投诉总量的{share(d, goods, complaints)}；服务类投诉{part(services)}件，占{share(d, services, complaints)}。")  # fmt: skip


def members(d: Draw) -> str:
    now = d.whole(21000, 29000)
    more = d.whole(200, 900)
    women, young = d.whole(5000, 9000), d.whole(2000, 4900)
    return (f"截至年底，全县会员总数为{total(now)}名，比上年底净增{mark('change', more)}名，增幅为{growth(d, now, now - more)}。"
            f"女会员{part(women)}名，占会员总数的{share(d, women, now)}；35岁以下会员{part(young)}名，占{share(d, young, now)}。")  # fmt: skip


def projects(d: Draw) -> str:
    count, begun = d.whole(180, 280), d.whole(90, 170)
    plan, spent = d.tenths(200, 260), d.tenths(110, 190)
    return (f"今年安排重点项目{part(count)}个，年度计划投资{part(plan)}亿元。截至9月底，已开工{part(begun)}个，开工率{share(d, begun, count)}；"
            f"完成投资{part(spent)}亿元，占年度计划的{share(d, spent, plan)}。")  # fmt: skip


def trade(d: Draw) -> str:
    out, came = d.tenths(120, 190), d.tenths(40, 110)
    old = d.tenths(90, 115)
    return (f"全年货物进出口总额{total(out + came)}亿元，其中，出口{part(out)}亿元，上年为{part(old)}亿元，增长{growth(d, out, old)}；"
            f"进口{part(came)}亿元。出口占进出口总额的{share(d, out, out + came)}。")  # fmt: skip


def replies(d: Draw) -> str:
    count = d.whole(160, 420)
    items = "；".join(f"{name}{part(each)}件，占{share(d, each, count)}" for name, each in zip(
        ("所提问题已经解决或基本解决的", "列入计划逐步解决的", "因条件限制暂难解决的"), d.parts(count, 3), strict=True))  # fmt: skip
    return f"在办复的{total(count)}件提案中，{items}。"


def survey(d: Draw) -> str:
    sent = d.whole(900, 1400)
    back = sent - d.whole(20, 120)
    good = back - d.whole(5, 60)
    glad, fair, cross = d.parts(good, 3)
    return (f"共发放调查问卷{part(sent)}份，收回{part(back)}份，回收率{share(d, back, sent)}，其中有效问卷{total(good)}份。"
            f"有效问卷中，评价满意的{part(glad)}份，占{share(d, glad, good)}；基本满意的{part(fair)}份，占{share(d, fair, good)}；"
            f"不满意的{part(cross)}份，占{share(d, cross, good)}。")  # fmt: skip


def grants(d: Draw) -> str:
    people, money = d.whole(9000, 15000), d.whole(2200, 3900)
    names = ("学前教育", "义务教育", "普通高中", "中职教育")
    items = "，".join(f"{name}阶段{part(one)}人次{part(other)}万元"
                     for name, one, other in zip(names, d.parts(people, 4), d.parts(money, 4), strict=True))  # fmt: skip
    return f"全年共资助学生{total(people)}人次，发放资助金{total(money)}万元，其中：{items}。"


def stock(d: Draw) -> str:
    before, came = d.whole(120, 390), d.whole(2000, 2900)
    done = d.whole(1500, 1999)
    return f"上年结转{part(before)}件，新收{part(came)}件，办结{part(done)}件，年末未结{mark('net', before + came - done)}件。"


def harvest(d: Draw) -> str:
    area, yield_ = d.tenths(50, 90), d.whole(360, 480)
    summer = d.tenths(8, 15)
    autumn = d.tenths(16, 25)
    grain = summer + autumn
    average = (grain * 1000 / area).quantize(Decimal(1), ROUND_HALF_UP)
    del yield_
    return (f"全年粮食播种面积{part(area)}万亩，粮食总产量{total(grain)}万吨，其中夏粮{part(summer)}万吨、秋粮{part(autumn)}万吨，"
            f"平均亩产{mark('average', average)}公斤。")  # fmt: skip


def tourists(d: Draw) -> str:
    people, money = d.tenths(300, 690), d.tenths(21, 49)
    average = (money * 10000 / people).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"全年接待游客{part(people)}万人次，实现旅游收入{part(money)}亿元，人均消费{mark('average', average)}元。"


def visits(d: Draw) -> str:
    groups, people = d.whole(210, 390), d.whole(1100, 2900)
    county, town = d.parts(groups, 2)
    return (f"一、基本情况\n全年共接待群众来访{mark('twice', groups)}批{people}人次，其中县级{part(county)}批、乡镇{part(town)}批。\n"
            f"二、主要做法\n一是领导包案。全年接待群众来访的{mark('twice', groups)}批中，领导接待的占一半以上。")  # fmt: skip


def accounts(d: Draw) -> str:
    names = ("东街社区", "西街社区", "南坪村", "北坪村", "河口村")
    rows = [(d.whole(300, 900), d.whole(1000, 3000), d.whole(50, 250)) for _ in names]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    lines = [
        f"| {name} | {' | '.join(part(each) for each in row)} |"
        for name, row in zip(names, rows, strict=True)
    ]
    head = "| 单位 | 户数 | 人数 | 低保人数 |\n|---|---|---|---|\n"
    return f"{head}{chr(10).join(lines)}\n| 合计 | {' | '.join(total(each) for each in sums)} |"


def settlement(d: Draw) -> str:
    names = ("税收收入", "非税收入", "上级补助", "调入资金", "债务收入")
    lines = []
    for name in names:
        plan, done, old = d.whole(5000, 9900), d.whole(5000, 9900), d.whole(3000, 4900)
        lines.append(
            f"| {name} | {plan} | {done} | {rate('share', done, plan, 1)} | {old} | {rate('growth', done - old, old, 1)} |"
        )
    return (
        "| 项目 | 预算数 | 决算数 | 完成预算% | 上年决算数 | 增长% |\n|---|---|---|---|---|---|\n"
        + "\n".join(lines)
    )


def fires(d: Draw) -> str:
    count, old = d.whole(210, 390), d.whole(400, 600)
    kinds = d.parts(count, 4)
    items = "；".join(f"{name}引发{part(each)}起，占{share(d, each, count)}"
                     for name, each in zip(("电气故障", "用火不慎", "遗留火种", "其他原因"), kinds, strict=True))  # fmt: skip
    return f"全年共发生火灾{total(count)}起，比上年的{part(old)}起下降{growth(d, count, old)}。从起火原因看：{items}。"


def homes(d: Draw) -> str:
    plan = d.whole(1500, 2600)
    begun, done = d.whole(1100, 1499), d.whole(500, 1099)
    return (f"今年下达农村危房改造任务{part(plan)}户，已开工{part(begun)}户，开工率{share(d, begun, plan)}；"
            f"已竣工{part(done)}户，竣工率{share(d, done, plan)}。")  # fmt: skip


def checks(d: Draw) -> str:
    batches = d.whole(1200, 3200)
    bad = d.whole(20, 90)
    return (f"共抽检食品{part(batches)}批次，合格{part(batches - bad)}批次，不合格{part(bad)}批次，"
            f"合格率{share(d, batches - bad, batches)}。")  # fmt: skip


def jobs(d: Draw) -> str:
    plan, done = d.whole(4000, 5900), d.whole(3000, 6900)
    young, back, poor = d.parts(done, 3)
    return (f"全年目标任务为新增城镇就业{part(plan)}人，实际完成{total(done)}人，完成率{share(d, done, plan)}。新增就业人员中，高校毕业生{part(young)}人，"
            f"失业人员再就业{part(back)}人，就业困难人员{part(poor)}人，占比分别为{share(d, young, done)}、{share(d, back, done)}、{share(d, poor, done)}。")  # fmt: skip


def elders(d: Draw) -> str:
    people = d.whole(60000, 80000)
    old = d.whole(12000, 19000)
    homes, beds, used = d.whole(12, 30), d.whole(1500, 2400), d.whole(700, 1400)
    return (f"截至目前，全区户籍人口{part(people)}人，其中60周岁及以上老年人{part(old)}人，占户籍人口的{share(d, old, people)}。"
            f"建成养老机构{homes}家，拥有床位{part(beds)}张，入住老人{part(used)}人，床位利用率为{share(d, used, beds)}。")  # fmt: skip


def petitions(d: Draw) -> str:
    old = d.whole(600, 900)
    now = old - d.whole(50, 200)
    visits_, letters, web = d.parts(now, 3)
    return (f"1至10月，全县信访总量{total(now)}件次，较去年同期的{part(old)}件次下降{growth(d, now, old)}。其中：来访{part(visits_)}件次，占总量的{share(d, visits_, now)}；"
            f"来信{part(letters)}件次，占总量的{share(d, letters, now)}；网上投诉{part(web)}件次，占总量的{share(d, web, now)}。")  # fmt: skip


def roads(d: Draw) -> str:
    length = [d.tenths(100, 200), d.tenths(300, 500), d.tenths(600, 900)]
    whole = sum(length)
    return (f"全县公路通车总里程{total(whole)}公里，其中国省道{part(length[0])}公里、县乡道{part(length[1])}公里、村道{part(length[2])}公里。"
            f"村道里程占公路总里程的{share(d, length[2], whole)}。")  # fmt: skip


def power(d: Draw) -> str:
    made, old = d.tenths(60, 90), d.tenths(40, 59)
    water, wind = d.tenths(10, 20), d.tenths(5, 9)
    return (f"全社会用电量{part(made)}亿千瓦时，上年为{part(old)}亿千瓦时，同比增长{growth(d, made, old)}。"
            f"新能源发电量{total(water + wind)}亿千瓦时，包括水电{part(water)}亿千瓦时、风电{part(wind)}亿千瓦时。")  # fmt: skip


def lawsuits(d: Draw) -> str:
    taken = d.whole(280, 420)
    not_taken = d.whole(11, 60)
    ended = taken - d.whole(10, 60)
    kinds_ = d.parts(ended, 4)
    said = "、".join(
        f"{name}{part(each)}件"
        for name, each in zip(("维持", "撤销", "终止", "驳回"), kinds_, strict=True)
    )
    return (f"共收到行政复议申请{total(taken + not_taken)}件，受理{part(taken)}件，不予受理{part(not_taken)}件，受理率{share(d, taken, taken + not_taken)}。"
            f"审结{total(ended)}件（{said}），审结率{share(d, ended, taken)}。")  # fmt: skip


def archives(d: Draw) -> str:
    before, more = d.whole(80000, 120000), d.whole(2000, 9000)
    return (f"馆藏档案由上年的{part(before)}卷增加到{part(before + more)}卷，增加{mark('change', more)}卷，增幅{growth(d, before + more, before)}；"
            f"接待查阅{d.whole(900, 1900)}人次，提供档案{d.whole(2000, 4900)}卷次。")  # fmt: skip


def waste(d: Draw) -> str:
    lines = []
    tons = [d.whole(1200, 9800) for _ in range(4)]
    for name, each in zip(("城东", "城西", "城南", "城北"), tons, strict=True):
        lines.append(f"| {name}片区 | {part(each)} | {share(d, each, sum(tons))} |")
    return (
        "| 片区 | 清运量（吨） | 占比 |\n|---|---|---|\n"
        + "\n".join(lines)
        + f"\n| 全区合计 | {total(sum(tons))} | 100% |"
    )


def flood(d: Draw) -> str:
    towns_, people = d.whole(11, 29), d.whole(12000, 49000)
    crops, gone = d.whole(2000, 4900), d.whole(300, 1900)
    loss = [d.whole(500, 4900) for _ in range(4)]
    said = "、".join(
        f"{name}损失{part(each)}万元"
        for name, each in zip(("农业", "基础设施", "家庭财产", "公益设施"), loss, strict=True)
    )
    return (f"灾害造成{towns_}个乡镇{people}人受灾，农作物受灾面积{part(crops)}公顷，其中绝收{part(gone)}公顷，绝收面积占受灾面积的{share(d, gone, crops)}；"
            f"直接经济损失{total(sum(loss))}万元，其中{said}。")  # fmt: skip


def studies(d: Draw) -> str:
    classes, people = d.whole(60, 120), d.whole(4000, 9000)
    return (f"全年举办各类培训班{part(classes)}期，培训{part(people)}人次，平均每期培训{rate('average', people / 100, classes, 0)}人次；"
            f"考试{part(people - 300)}人次，合格{part(people - 700)}人次，合格率{share(d, people - 700, people - 300)}。")  # fmt: skip


KINDS: Sequence[Callable[[Draw], str]] = (
    budget, spending, population, forestry, schools, clinics, hotline, court, consumers, members, projects, trade,
    replies, survey, grants, stock, harvest, tourists, visits, accounts, settlement, fires, homes, checks,
    jobs, elders, petitions, roads, power, lawsuits, archives, waste, flood, studies,
)  # fmt: skip


def two_heads(d: Draw) -> str:
    """A total of some kinds before a list of all."""
    members = d.whole(400, 600)
    groups = d.whole(40, 90)
    fields = d.parts(members + groups, 5)
    items = "、".join(
        f"{name}{each}件"
        for name, each in zip(
            ("经济建设", "政治建设", "文化建设", "社会建设", "生态文明建设"), fields, strict=True
        )
    )
    return f"大会以来，共收到提案{members + groups}件，其中委员提案{members}件，集体提案{groups}件。经审查立案的提案中，{items}。"


def some_of_many(d: Draw) -> str:
    """The greatest of a list, not all."""
    whole = d.whole(3000, 5000)
    one, two, three, _ = sorted(d.parts(whole, 4), reverse=True)
    return f"全年受理投诉{whole}件，其中居前三位的是食品类{one}件、日用品类{two}件、交通工具类{three}件，分别占{share(d, one, whole)}、{share(d, two, whole)}、{share(d, three, whole)}。"


def overlapping(d: Draw) -> str:
    cases = d.whole(140, 180)
    one, two, three = d.whole(70, 90), d.whole(60, 80), d.whole(40, 60)
    return f"查处问题{cases}起，处理{cases + d.whole(30, 90)}人，涉及违规吃喝{one}起、违规发放津贴{two}起、收受礼品{three}起（部分案件涉及多种类型）。"


def rate_of_unprinted(d: Draw) -> str:
    return (f"全年完成固定资产投资{d.tenths(100, 180)}亿元，为年度目标的{d.tenths(90, 110)}%，增长{d.tenths(3, 9)}%。"
            f"新建道路{d.whole(20, 60)}公里，绿化率达到{d.tenths(30, 45)}%，较上年提高{d.tenths(1, 3)}个百分点，水质达标率{d.tenths(90, 99)}%。")  # fmt: skip


def two_units(d: Draw) -> str:
    a, b, c, e = d.whole(90, 180), d.whole(200, 290), d.whole(100, 180), d.whole(300, 390)
    return f"全年批准逮捕{a}件{b}人，去年同期为{c}件{e}人，件数和人数同比分别变化{growth(d, a, c)}、{growth(d, b, e)}。"


def rounded(d: Draw) -> str:
    one, two = d.whole(11000, 29000), d.whole(11000, 29000)
    return (f"总投资{(one + two) / 10000:.1f}亿元，其中政府投资{one / 10000:.1f}亿元、社会投资{two / 10000:.1f}亿元。"
            f"政府投资占总投资的{100 * one / (one + two):.1f}%。")  # fmt: skip


def nearly_all(d: Draw) -> str:
    income = d.whole(60000, 90000)
    most = income - d.whole(300, 900)
    return f"全年收入{income}万元，其中财政拨款收入{most}万元，占{share(d, most, income)}。支出{income - d.whole(1000, 4000)}万元，其中基本支出{most // 2}万元，项目支出{most // 3}万元。"


def names(d: Draw) -> str:
    return (f"对{d.whole(30, 60)}个部门、{d.whole(10, 20)}个乡镇开展督查，第{d.whole(2, 6)}督查组于{d.whole(3, 6)}月{d.whole(1, 28)}日至{d.whole(7, 9)}日实地走访，"
            f"发现问题{d.whole(120, 190)}个，下发通知{d.whole(10, 40)}份，约谈{d.whole(10, 60)}人。12345热线按期办结率{d.tenths(95, 99)}%，满意率{d.tenths(90, 96)}%。")  # fmt: skip


def both_sides(d: Draw) -> str:
    whole = d.whole(150, 300)
    alone = whole - d.whole(20, 60)
    return (f"承办代表建议{whole}件，其中主办{alone}件、会办{whole - alone + d.whole(10, 30)}件；涉及{d.whole(20, 40)}个单位。"
            f"走访代表{d.whole(200, 400)}人次，召开座谈会{d.whole(10, 30)}次，办理前后沟通率均为100%。")  # fmt: skip


def periods(d: Draw) -> str:
    half, year = d.whole(400, 700), d.whole(900, 1500)
    return (f"上半年办理行政复议案件{half}件，全年办理{year}件，审结{year - d.whole(20, 90)}件。截至三季度末累计办理{half + d.whole(100, 190)}件，"
            f"纠错率{d.tenths(8, 15)}%，比上年同期下降{d.tenths(1, 3)}个百分点。")  # fmt: skip


def unlike_lists(d: Draw) -> str:
    villages, homes = d.whole(20, 60), d.whole(600, 900)
    return (f"投入资金{d.whole(800, 1900)}万元，整治村庄{villages}个，改厕{homes}户，硬化道路{d.tenths(20, 60)}公里，安装路灯{d.whole(300, 800)}盏，"
            f"清运垃圾{d.whole(2000, 5000)}吨，拆除违建{d.whole(40, 90)}处{d.whole(2000, 9000)}平方米，受益群众{d.whole(3000, 9000)}人。")  # fmt: skip


def nested(d: Draw) -> str:
    whole = d.whole(900, 1900)
    one, two, three = d.parts(whole, 3)
    inside, _ = d.parts(one, 2)
    return (f"全年办理案件{whole}件，包括民事案件{one}件（其中婚姻家庭{inside}件）、刑事案件{two}件、行政案件{three}件，"
            f"调解结案{d.whole(100, 300)}件，当庭宣判{d.whole(100, 300)}件。")  # fmt: skip


def averages_apart(d: Draw) -> str:
    return (f"全县农村常住居民{d.tenths(20, 60)}万人，城镇居民人均可支配收入{d.whole(38000, 49000)}元，增长{d.tenths(4, 7)}%；农村居民人均可支配收入{d.whole(18000, 26000)}元，"
            f"增长{d.tenths(6, 9)}%；粮食平均亩产{d.whole(380, 460)}公斤，户均增收{d.whole(800, 2000)}元。")  # fmt: skip


def towns(d: Draw) -> str:
    done = [
        (name, whole := d.whole(100, 190), whole - d.whole(5, 60))
        for name in ("东河", "西河", "南河")
    ]
    return (
        "；".join(
            f"{name}镇上报问题线索{whole}条，已整改{fixed}条，整改率{share(d, fixed, whole)}"
            for name, whole, fixed in done
        )
        + "。"
    )


TRICKY: Sequence[Callable[[Draw], str]] = (
    two_heads, some_of_many, overlapping, rate_of_unprinted, two_units, rounded, nearly_all, names, both_sides, periods,
    unlike_lists, nested, averages_apart, towns,
)  # fmt: skip
"""Sound passages of the kinds that lead a reckoner astray; nothing must be said of them."""


def passage(kind: Callable[[Draw], str], seed: int) -> Passage:
    """One of a kind, its marks taken out."""
    marked = kind(Draw(f"{kind.__name__} {seed}"))
    text, numbers, end = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[end : found.start()]
        numbers.append((found[1], len(text), len(text) + len(found[2])))
        text += found[2]
        end = found.end()
    return Passage(kind.__name__, text + marked[end:], tuple(numbers))


def _digit(number: str, chance: random.Random) -> str:
    at = chance.choice([place for place, sign in enumerate(number) if sign.isdigit()][:3])
    other = chance.choice([sign for sign in "123456789" if sign != number[at]])
    return number[:at] + other + number[at + 1 :]


def _swap(number: str, chance: random.Random) -> str:
    places = [
        at
        for at in range(len(number) - 1)
        if number[at : at + 2].isdigit() and number[at] != number[at + 1]
    ]
    if not places:
        return number
    at = chance.choice(places)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _unit(number: str, chance: random.Random) -> str:
    """One unit of its last place more or less."""
    step = Decimal(1).scaleb(-len(number.partition(".")[2])) * chance.choice([1, -1])
    return str(Decimal(number) + step)


CHANGES: Sequence[Callable[[str, random.Random], str]] = (_digit, _swap, _unit)


def changed(found: Passage, seed: int) -> Iterator[tuple[str, str, str, tuple[int, int]]]:
    """Each marked number changed in one way: what it is, how, the text then, and where."""
    chance = random.Random(seed)
    for role, start, end in found.numbers:
        change = chance.choice(CHANGES)
        number = change(found.text[start:end], chance)
        if number != found.text[start:end] and not number.startswith("0"):
            text = found.text[:start] + number + found.text[end:]
            yield role, change.__name__.strip("_"), text, (start, start + len(number))


def main(count: int, kinds: Sequence[Callable[[Draw], str]] = KINDS) -> None:
    """Print alarms on sound passages, and how many changes of numbers in these kinds are found."""
    tried: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for number in range(count):
        two = passage(TRICKY[number % len(TRICKY)], number // len(TRICKY))
        for each in proofread_text(two.text).findings:
            alarms[each.level] += 1
            sys.stdout.write(f"误报 {two.name} {each.level} {each.code} {each.message}\n")
        one = passage(kinds[number % len(kinds)], number // len(kinds))
        for each in proofread_text(one.text).findings:
            alarms[each.level] += 1
            sys.stdout.write(f"误报 {one.name} {each.level} {each.code} {each.message}\n")
        for role, how, text, (start, end) in changed(one, number):
            levels = {
                each.level
                for each in proofread_text(text).findings
                if any(a < end and start < b for a, b in each.spans)
            }
            for name in ("全部", role, how, one.name):
                tried[name] += 1
                hits[name] += bool(levels)
                hits[f"{name}错误"] += "错误" in levels
    for name, of in tried.items():
        sys.stdout.write(
            f"{name:12} {hits[name]}/{of} = {hits[name] / of:.0%}  错误 {hits[f'{name}错误'] / of:.0%}\n"
        )
    sys.stdout.write(f"误报：{dict(alarms)}，{count}段\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
