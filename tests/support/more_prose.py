"""More passages as offices write them, of trades that ``official_prose`` has not, in other sentence builds.

They were written after the rules and before any look at what the rules made of them; their first
score (73 % found, 53 % as 错误, no false alarm) said how far the rules carried, what it showed was
mended by kind.  ``python -m tests.support.more_prose 210`` scores them anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tests.support.official_prose import Draw, growth, main, mark, part, rate, share, total


def party(d: Draw) -> str:
    now, more = d.whole(20000, 40000), d.whole(200, 900)
    women, minority = d.whole(5000, 9000), d.whole(700, 1900)
    jobs = d.parts(now, 5)
    said = "，".join(
        f"{name}{part(each)}名"
        for name, each in zip(("工人（工勤技能人员）", "农牧渔民", "专业技术人员", "党政机关工作人员", "其他职业人员"), jobs, strict=True)
    )  # fmt: skip
    return (f"截至2023年12月31日，全县共有党员{total(now)}名，比上年净增{mark('change', more)}名，增幅为{growth(d, now, now - more)}。\n"
            f"女党员{part(women)}名，占党员总数的{share(d, women, now)}。少数民族党员{part(minority)}名，占{share(d, minority, now)}。\n"
            f"党员的职业：{said}。")  # fmt: skip


def land(d: Draw) -> str:
    kinds = [d.tenths(10, 60) for _ in range(3)]
    whole = sum(kinds)
    said = "；".join(
        f"{name}{part(each)}万亩，占{share(d, each, whole)}"
        for name, each in zip(("水田", "水浇地", "旱地"), kinds, strict=True)
    )
    return f"（一）耕地{total(whole)}万亩。其中，{said}。"


def discipline(d: Draw) -> str:
    clues, cases = d.whole(300, 500), d.whole(100, 200)
    four = d.parts(clues, 4)
    people = sum(four)
    return (f"今年以来，全县纪检监察机关共处置问题线索{part(clues + 300)}件，立案{part(cases)}件，给予党纪政务处分{d.whole(80, 99)}人。"
            f"运用监督执纪“四种形态”教育帮助和处理{total(people)}人次。其中，运用第一种形态{part(four[0])}人次，占{share(d, four[0], people)}；"
            f"第二种形态{part(four[1])}人次，占{share(d, four[1], people)}；第三种形态{part(four[2])}人次，占{share(d, four[2], people)}；"
            f"第四种形态{part(four[3])}人次，占{share(d, four[3], people)}。")  # fmt: skip


def prosecutors(d: Draw) -> str:
    people = d.whole(200, 400)
    caught = people - d.whole(40, 90)
    old = d.whole(401, 600)
    return (f"受理审查逮捕案件{part(d.whole(100, 180))}件{total(people)}人，人数同比下降{growth(d, people, old)}（去年同期{part(old)}人），"
            f"经审查，批准逮捕{part(caught)}人，不批准逮捕{part(people - caught)}人。")  # fmt: skip


def supervision(d: Draw) -> str:
    whole = d.whole(120, 290)
    done, doing, later = d.parts(whole, 3)
    return (f"中央生态环境保护督察组交办我县信访件共{total(whole)}件，截至目前，已办结{part(done)}件，办结率{share(d, done, whole)}，"
            f"阶段性办结{part(doing)}件，正在办理{part(later)}件。")  # fmt: skip


def disabled(d: Draw) -> str:
    whole = d.whole(3000, 9000)
    four = d.parts(whole, 4)
    said = "、".join(
        f"{name}{part(each)}人"
        for name, each in zip(("一级", "二级", "三级", "四级"), four, strict=True)
    )
    return (f"全县持证残疾人{total(whole)}人，按残疾等级划分，{said}，分别占{share(d, four[0], whole)}、{share(d, four[1], whole)}、"
            f"{share(d, four[2], whole)}、{share(d, four[3], whole)}。")  # fmt: skip


def low_income(d: Draw) -> str:
    homes, people = d.whole(1200, 2400), d.whole(2500, 4900)
    city_homes, city_people = d.whole(200, 500), d.whole(300, 900)
    money = d.whole(800, 1900)
    return (f"目前全县共有低保对象{total(homes + city_homes)}户{total(people + city_people)}人，其中城市低保{part(city_homes)}户{part(city_people)}人，"
            f"农村低保{part(homes)}户{part(people)}人。累计发放低保金{part(money)}万元。")  # fmt: skip


def mediation(d: Draw) -> str:
    taken = d.whole(2000, 4000)
    done = taken - d.whole(20, 200)
    return (f"全市各级人民调解组织共受理矛盾纠纷{part(taken)}件，调解成功{part(done)}件，成功率{share(d, done, taken)}，"
            f"涉及当事人{d.whole(5000, 9000)}人，协议涉及金额{d.whole(2000, 9000)}万元。")  # fmt: skip


def company(d: Draw) -> str:
    now, new = d.whole(20000, 30000), d.whole(3000, 5000)
    firms = d.whole(4000, 9000)
    old = d.whole(2000, 2900)
    return (f"截至12月底，全县实有市场主体{total(now)}户，其中企业{part(firms)}户，个体工商户{part(now - firms - 300)}户，农民专业合作社{part(300)}户。"
            f"全年新登记{part(new)}户，同比增加{mark('change', new - old)}户，增长{growth(d, new, old)}。")  # fmt: skip


def economy(d: Draw) -> str:
    three = [d.tenths(30, 60), d.tenths(100, 200), d.tenths(120, 260)]
    whole = sum(three)
    return (f"经初步核算，全年实现地区生产总值{total(whole)}亿元，按可比价格计算，比上年增长{d.tenths(4, 8)}%。分产业看，第一产业增加值{part(three[0])}亿元，增长{d.tenths(2, 5)}%；"
            f"第二产业增加值{part(three[1])}亿元，增长{d.tenths(4, 9)}%；第三产业增加值{part(three[2])}亿元，增长{d.tenths(4, 9)}%。")  # fmt: skip


def deposits(d: Draw) -> str:
    now, before = d.tenths(300, 400), d.tenths(250, 299)
    loans, old = d.tenths(200, 280), d.tenths(150, 199)
    return (f"年末金融机构人民币各项存款余额{part(now)}亿元，比年初增加{mark('change', now - before)}亿元，增长{growth(d, now, before)}；"
            f"各项贷款余额{part(loans)}亿元，比年初增加{mark('change', loans - old)}亿元，增长{growth(d, loans, old)}。存贷比为{share(d, loans, now)}。")  # fmt: skip


def accidents(d: Draw) -> str:
    now, old = d.whole(20, 60), d.whole(61, 99)
    dead, dead_old = d.whole(5, 15), d.whole(16, 30)
    return (f"全年共发生各类生产安全事故{part(now)}起、死亡{part(dead)}人，同比分别减少{mark('change', old - now)}起、{mark('change', dead_old - dead)}人，"
            f"分别下降{growth(d, now, old)}和{growth(d, dead, dead_old)}。")  # fmt: skip


def vaccination(d: Draw) -> str:
    goal, done = d.whole(9000, 12000), d.whole(8000, 8900)
    towns = [d.whole(500, 2000) for _ in range(3)]
    return (f"全县应种{part(goal)}人，实种{part(done)}人，接种率为{share(d, done, goal)}。城关、东川、西川三镇分别接种{part(towns[0])}人、{part(towns[1])}人、{part(towns[2])}人，"
            f"合计{total(sum(towns))}人。")  # fmt: skip


def deputies(d: Draw) -> str:
    whole = d.whole(180, 300)
    done, plan, refer = d.parts(whole, 3)
    glad = d.whole(100, whole - 20)
    fair = whole - glad
    return (f"县十六届人大三次会议期间，代表共提出建议{total(whole)}件，已全部办复。从办理结果看，问题已经解决或基本解决的（A类）{part(done)}件，占建议总数的{share(d, done, whole)}；"
            f"正在解决或列入计划逐步解决的（B类）{part(plan)}件，占{share(d, plan, whole)}；因条件限制留作参考的（C类）{part(refer)}件，占{share(d, refer, whole)}。"
            f"从代表反馈情况看，满意{part(glad)}件，基本满意{part(fair)}件，满意率{share(d, glad, whole)}。")  # fmt: skip


def funds(d: Draw) -> str:
    got, used = d.whole(3000, 5000), d.whole(1500, 2900)
    levels = d.parts(got, 4)
    return (f"2023年共到位衔接资金{total(got)}万元（中央{part(levels[0])}万元、省级{part(levels[1])}万元、市级{part(levels[2])}万元、县级{part(levels[3])}万元），"
            f"已支出{part(used)}万元，支出进度{share(d, used, got)}，结余{part(got - used)}万元。")  # fmt: skip


def teachers(d: Draw) -> str:
    whole = d.whole(2000, 4000)
    good = d.whole(1200, 1900)
    pupils = whole * d.whole(12, 17) + d.whole(1, 900)
    return (f"现有专任教师{part(whole)}人，其中本科及以上学历{part(good)}人，占专任教师总数的{share(d, good, whole)}。"
            f"在校学生{part(pupils)}人，其中男生{part(pupils // 2 + 30)}人，女生{part(pupils - pupils // 2 - 30)}人。")  # fmt: skip


def two_columns(d: Draw) -> str:
    kinds = d.parts(d.whole(500, 1500), 5)
    lines = "\n".join(
        f"| {name} | {part(each)} |"
        for name, each in zip(("咨询", "投诉", "举报", "求助", "建议"), kinds, strict=True)
    )
    return f"| 类别 | 数量（件） |\n|---|---|\n{lines}\n| 合计 | {total(sum(kinds))} |"


def prose_and_table(d: Draw) -> str:
    kinds = d.parts(d.whole(500, 1500), 5)
    names = ("咨询", "投诉", "举报", "求助", "建议")
    lines = "\n".join(f"| {name} | {part(each)} |" for name, each in zip(names, kinds, strict=True))
    return (f"本月共受理来电{mark('told', sum(kinds))}件，其中投诉{mark('told', kinds[1])}件，占{share(d, kinds[1], sum(kinds))}。各类诉求见下表。\n"
            f"| 类别 | 数量（件） |\n|---|---|\n{lines}\n| 合计 | {total(sum(kinds))} |")  # fmt: skip


def towns_table(d: Draw) -> str:
    names = ("城关镇", "东川镇", "西川镇", "南坪乡")
    rows = [(a := d.whole(100, 300), a - d.whole(5, 60)) for _ in names]
    lines = "\n".join(
        f"| {name} | {part(a)} | {part(b)} | {share(d, b, a)} |"
        for name, (a, b) in zip(names, rows, strict=True)
    )
    one, two = (sum(column) for column in zip(*rows, strict=True))
    return (f"全县共交办问题{mark('told', one)}个，已整改{mark('told', two)}个，整改率{share(d, two, one)}。其中城关镇交办{mark('told', rows[0][0])}个。\n"
            f"| 单位 | 交办 | 整改 | 整改率 |\n|---|---|---|---|\n{lines}\n| 合计 | {total(one)} | {total(two)} | {share(d, two, one)} |")  # fmt: skip


def mail(d: Draw) -> str:
    whole = d.whole(300, 900)
    three = d.parts(whole, 3)
    old = d.whole(901, 1200)
    return (f"本季度“县长信箱”共收到有效信件{total(whole)}封，环比减少{mark('change', old - whole)}封，降幅{growth(d, whole, old)}。按来信性质分，咨询类{part(three[0])}封、"
            f"求助类{part(three[1])}封、投诉类{part(three[2])}封，占比分别为{share(d, three[0], whole)}、{share(d, three[1], whole)}、{share(d, three[2], whole)}。")  # fmt: skip


def energy(d: Draw) -> str:
    made, old = d.tenths(60, 90), d.tenths(91, 120)
    people = d.tenths(20, 40)
    return (f"规模以上工业综合能源消费量{part(made)}万吨标准煤，比上年同期的{part(old)}万吨标准煤下降{growth(d, made, old)}。"
            f"年末常住人口{part(people)}万人，人均用能{rate('average', made / 100, people, 2)}吨标准煤。")  # fmt: skip


KINDS: Sequence[Callable[[Draw], str]] = (
    party, land, discipline, prosecutors, supervision, disabled, low_income, mediation, company, economy, deposits,
    accidents, vaccination, deputies, funds, teachers, two_columns, prose_and_table, towns_table, mail, energy,
)  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]), KINDS)
