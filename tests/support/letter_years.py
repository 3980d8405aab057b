"""Clean reply letters to random years: every answered item of a register, its letter as it should be.

``python -m tests.support.letter_years mutations 200`` makes letters of that many random items of several
places false in every way and tells what was missed; ``… copies 1000`` plants copied passages among so
many letters; ``… time 1000`` reviews so many from files to files.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import reportgen
from reportgen.data import Dataset, day_in_words
from reportgen.reports import KINDS
from reportgen.reports.review import Line, Paper, Remark
from reportgen.reports.suggestions.letters.review import review_letters
from reportgen.reports.suggestions.letters.tasks import OfficeRecords, Task, read_office
from reportgen.validation import validate_workbooks
from tests.support.generate import case, files, raw_workbooks
from tests.support.letters import Round

DAY = dt.date(2023, 12, 20)
PLACES = ("清河镇", "左门乡", "沁阳市", "柳林镇", "东川县")
_DO = ["走访", "排查", "修补", "清理", "登记", "检修", "更换", "整治", "宣讲", "协调", "测量", "论证", "巡查", "培训", "补种", "加固", "疏通", "硬化", "安装", "拆除", "核对", "联系", "调解", "发放", "维护", "搭建", "开挖", "铺设", "改造", "迁移"]  # fmt: skip
_WHAT = ["农户", "水渠", "桥涵", "路灯", "护栏", "校舍", "摊位", "沟道", "库房", "管网", "泵站", "林带", "水窖", "机井", "圈舍", "果园", "大棚", "广场", "站点", "标牌", "井盖", "线路", "围墙", "厕所", "垃圾箱", "停车位", "卫生室", "图书角", "活动室", "养殖场"]  # fmt: skip
_WHERE = [
    "东街",
    "西沟",
    "南坪",
    "北坡",
    "河口",
    "桥头",
    "上湾",
    "下湾",
    "新村",
    "老街",
    "石嘴",
    "柳巷",
    "槐树底",
    "杨家坡",
    "李家沟",
    "赵庄",
]
_HOW = [
    "逐户",
    "分批",
    "连夜",
    "按周",
    "随后",
    "先行",
    "同步",
    "逐段",
    "就近",
    "重点",
    "集中",
    "定期",
    "当日",
    "陆续",
    "全面",
    "专门",
]


def make_answer(rng: random.Random, count: int = 6) -> str:
    """Sentences of an answer that are nobody else's."""
    said = (
        f"{rng.choice(_HOW)}在{rng.choice(_WHERE)}{rng.choice(_DO)}{rng.choice(_WHAT)}{rng.randint(2, 97)}处"
        f"，{rng.choice(_HOW)}{rng.choice(_DO)}{rng.choice(_WHERE)}的{rng.choice(_WHAT)}"
        for _ in range(count)
    )
    return "。".join(said) + "。"


@dataclass(frozen=True)
class Answered:
    """An answered item and its clean letter."""

    task: Task
    letter: Round
    name: str

    def paper(self, letter: Round | None = None) -> Paper:
        """The letter, or another in its place, as the command hands it on; without a Word file between."""
        lines = [Line(text, number) for number, text in enumerate((letter or self.letter).lines)]
        return Paper(f"答复函/{self.name}.docx", lines)


def make_dataset(seed: int, items: int = 12) -> Dataset:
    """A random year of one of several places, all of it answered."""
    made = case(items, 5, seed, place=PLACES[seed % len(PLACES)], rare=seed % 2 == 1, unfinished=0)
    return validate_workbooks(raw_workbooks(made), tuple(KINDS[0].workbooks))[0]


def write_letters(dataset: Dataset, seed: int, sentences: int = 6) -> list[Answered]:
    """The clean letters of a year."""
    office = read_office(dataset)
    rng = random.Random(f"letters {seed}")
    return [
        _write_letter(task, office, rng, n, sentences)
        for n, task in enumerate(office.tasks)
        if _is_in_order(task)
    ]


def _is_in_order(task: Task) -> bool:
    """Whether the return gives nothing to say of a letter: answered in time, talked over before."""
    day, talked = task.day("答复日期"), task.day("沟通日期")
    if not (day and talked and task.text("办理结果") and None not in task.helpers.values()):
        return False
    in_time = not task.due or day <= task.due
    opinions = [given for given in task.helpers.values() if given and given > day]
    return in_time and talked <= day and not opinions


def _write_letter(
    task: Task, office: OfficeRecords, rng: random.Random, n: int, sentences: int
) -> Answered:
    day = task.day("答复日期")
    assert day is not None
    declared = office.classes[task.text("办理结果")]
    several = len(task.signers) > 1
    helped = f"经会同{'、'.join(task.helpers)}研究，" if task.helpers else ""
    points = [f"一、{task.title}已经办理。{make_answer(rng, sentences)}"]
    if task.helpers:
        points.append(f"二、{'、'.join(task.helpers)}的会办意见：{make_answer(rng, 2)}")
    promise = task.day("承诺完成时限")
    if declared.reason:
        points.append("因受资金限制，目前条件还不够。")
    if promise and not declared.solved:
        points.append(f"计划于{day_in_words(promise)}前完工。")
    letter = Round(
        mark=f"类别：{declared.code}",
        doc_number=task.text("答复文号") or f"清函〔{day.year}〕{n + 1}号",
        title=f"关于第{task.number}号{task.kind}的答复",
        addressee=f"{'、'.join(task.signers)}代表：",
        opening=f"{'你们' if several else '您'}提出的《{task.title}》（第{task.number}号）收悉。{helped}现答复如下：",
        answer=points,
        closing=f"感谢{'你们' if several else '您'}对我们工作的关心和支持。请填写所附的征询意见表。",
        unit=task.department,
        date=f"{day.year}年{day.month}月{day.day}日",
    )
    return Answered(task, letter, f"{n:04}")


def find_remarks(
    dataset: Dataset, papers: Sequence[Paper], today: dt.date = DAY
) -> dict[str, list[Remark]]:
    """What is said of each paper, by its name."""
    found: dict[str, list[Remark]] = {paper.name: [] for paper in papers}
    for one in review_letters(dataset, papers, [], today).remarks:
        if one.file:
            found[one.file].append(one)
    return found


Change = Callable[[Answered, random.Random], Round | None]
"""A letter made false; None where it has nothing to be made false."""


def _swap(part: str, old: str, new: str) -> Change:
    def change(one: Answered, _: random.Random) -> Round | None:
        text = getattr(one.letter, part)
        return replace(one.letter, **{part: text.replace(old, new, 1)}) if old in text else None

    return change


def _put(part: str, text: str) -> Change:
    return lambda one, _: replace(one.letter, **{part: text})


def _add(text: str) -> Change:
    return lambda one, _: replace(one.letter, answer=[*one.letter.answer, text])


def _other_number(step: int, part: str) -> Change:
    def change(one: Answered, _: random.Random) -> Round | None:
        number = one.task.number
        if not number.isdecimal() or int(number) + step < 1:
            return None
        text = getattr(one.letter, part)
        return replace(
            one.letter, **{part: text.replace(f"第{number}号", f"第{int(number) + step}号")}
        )

    return change


def _misspelt_title(one: Answered, rng: random.Random) -> Round | None:
    title = one.task.title
    at = rng.randrange(2, len(title) - 3)
    wrong = f"{title[:at]}{'某' if title[at] != '某' else '甲'}{title[at + 1 :]}"
    return replace(one.letter, opening=one.letter.opening.replace(title, wrong))


def _misspelt_name(one: Answered, _: random.Random) -> Round | None:
    name = one.task.lead
    return replace(one.letter, addressee=one.letter.addressee.replace(name, f"{name[:-1]}某", 1))


def _other_class(one: Answered, _: random.Random) -> Round | None:
    other = "B" if one.task.text("办理结果") == "A" else "A"
    return replace(one.letter, mark=f"类别：{other}")


def _another_day(one: Answered, _: random.Random) -> Round | None:
    day = one.task.day("答复日期")
    assert day is not None
    other = day + dt.timedelta(days=1)
    return replace(one.letter, date=f"{other.year}年{other.month}月{other.day}日")


def _other_word(one: Answered, _: random.Random) -> Round | None:
    if len(one.task.signers) > 1:
        return None
    return replace(one.letter, closing="感谢您们对我们工作的关心和支持。请填写所附的征询意见表。")


MUTATIONS: Mapping[str, tuple[str, str, Change]] = {
    "件号+1，标题": ("number-differs", "标题", _other_number(1, "title")),
    "件号-1，标题": ("number-differs", "标题", _other_number(-1, "title")),
    "件号+1，开头": ("number-differs", "开头", _other_number(1, "opening")),
    "件号+10，开头": ("number-differs", "开头", _other_number(10, "opening")),
    "会次空着": ("session-differs", "标题", _swap("title", "关于第", "关于第十九届人民代表大会第 次会议第")),
    "会次不一": ("session-differs", "开头", lambda one, _: replace(
        one.letter, title=one.letter.title.replace("关于", "关于第十九届人民代表大会第三次会议"),
        opening=one.letter.opening.replace("提出的", "在第十九届人民代表大会第二次会议上提出的", 1))),
    "原题错一字": ("title-differs", "开头", _misspelt_title),
    "名字错一字": ("addressee-differs", "主送", _misspelt_name),
    "写给别人": ("addressee-differs", "主送", _put("addressee", "甄别人代表：")),
    "没有主送": ("addressee-differs", "开头", _put("addressee", "")),
    "没有类别": ("class-missing", "标题", _put("mark", "")),
    "类别不同": ("class-differs", "版头", _other_class),
    "类别没有填": ("slot-left", "版头", _put("mark", "类别：")),
    "文号括号": ("letter-number", "版头", lambda one, _: replace(
        one.letter, doc_number=one.letter.doc_number.replace("〔", "[").replace("〕", "]"))),
    "文号年份": ("letter-number", "版头", lambda one, _: replace(
        one.letter, doc_number=one.letter.doc_number.replace("〔20", "〔19"))),
    "签发人空着": ("slot-left", "版头", lambda one, _: replace(
        one.letter, doc_number=f"{one.letter.doc_number}　签发人：")),
    "没有如下": ("opening", "开头", _swap("opening", "现答复如下：", "")),
    "没有收悉": ("opening", "开头", _swap("opening", "收悉", "的情况")),
    "空位：名字": ("slot-left", "主送", _put("addressee", "xx代表：")),
    "空位：称呼": ("slot-left", "开头", lambda one, _: replace(
        one.letter, opening=one.letter.opening.replace("您提出", "您（你们）提出").replace("你们提出", "您（你们）提出"))),
    "空位：待填": ("slot-left", "第{last}段", _add("三、【待填】")),
    "空位：下划线": ("slot-left", "第{last}段", _add("三、投入资金____万元。")),
    "空位：日期": ("sign-off", "落款", _put("date", "2023年 月 日")),
    "空位：叉": ("slot-left", "第{last}段", _add("三、××村已经完工。")),
    "委员": ("wrong-trade-word", "第{last}段", _add("三、感谢委员提出的意见。")),
    "提案": ("wrong-trade-word", "第{last}段", _add("三、提案所说的事已经办好。")),
    "称呼不一": ("pronouns", "", _other_word),
    "第三人称": ("third-person", "第{last}段", lambda one, _: None if len(one.task.signers) > 1 else replace(
        one.letter, answer=[*one.letter.answer, f"三、{one.task.lead}代表所说的事已经办好。"])),
    "替代表说满意": ("speaks-for-deputy", "第{last}段", _add("三、代表对办理结果表示满意。")),
    "字词重复": ("doubled", "第{last}段", _add("三、对对有关问题逐项作了处理。")),
    "引号不成对": ("unbalanced", "第{last}段", _add("三、开展“回头看，逐项核对。")),
    "书名号套": ("nested-title", "标题", lambda one, _: replace(
        one.letter, title=f"关于《{one.task.title}》的建议（第{one.task.number}号）的答复")),
    "数字不符": ("sums", "第{last}段", _add("三、共检查摊位120个，其中东街60个、西街50个、其他20个。")),
    "往年": ("other-year", "落款", _put("date", "2019年5月6日")),
    "日期不同": ("sign-off", "落款", _another_day),
    "没有日期": ("sign-off", "", _put("date", "")),
    "日期写法": ("sign-off", "落款", lambda one, _: replace(
        one.letter, date=one.letter.date.replace("年", ".").replace("月", ".").replace("日", ""))),
    "没有署名": ("sign-off", "", _put("unit", "")),
    "署名不全": ("sign-off", "落款", _put("unit", "综合办公中心")),
    "没有电话": ("contact", "联系方式", _put("contact", "联系人：陈晨")),
    "没有联系人": ("contact", "", _put("contact", "")),
    "手机号": ("publication", "落款", _put("contact", "联系人：陈晨　电话：13912345678")),
    "没有回执": ("enclosure", "全文", _put("closing", "感谢对我们工作的关心和支持。")),
    "附件没有": ("enclosure", "全文", _add("三、有关情况见附件1。")),
    "时限早于落款": ("promise-past", "第{last}段", _add("三、计划于2020年6月30日前完成其余路段。")),
    "内容太少": ("thin", "", lambda one, _: replace(one.letter, answer=["已办。"])),
}  # fmt: skip
"""What is made false: the code that must be told, its place ("" any), and how."""


def find_misses(
    dataset: Dataset, letters: Sequence[Answered], names: Sequence[str], seed: int
) -> Iterator[tuple[str, str]]:
    """Each letter with each mutation: what is not found at its place, or a letter that is not clean."""
    rng = random.Random(f"mutations {seed}")
    clean = find_remarks(dataset, [each.paper() for each in letters])
    yield from (
        ("clean", f"{one.file}：{one.code} {one.message}")
        for found in clean.values()
        for one in found
    )
    for name in names:
        code, place, change = MUTATIONS[name]
        made = [(each, change(each, rng)) for each in letters]
        wrong = [(each, one) for each, one in made if one is not None and one != each.letter]
        found = find_remarks(dataset, [each.paper(one) for each, one in wrong])
        for (each, one), remarks in zip(wrong, found.values(), strict=True):
            at = place.format(last=f"{1 + len(one.answer)}")
            said = [(remark.code, remark.place) for remark in remarks]
            if not any(told == code and where in (at or where) for told, where in said):
                yield name, f"第{each.task.number}号 {each.task.title}：{said}"


def plant_copies(letters: list[Answered], rng: random.Random, planted: int) -> set[tuple[int, int]]:
    """Let some letters hold another's passage, whole or with every tenth sign changed; the pairs."""
    places = rng.sample(range(len(letters)), 2 * planted)
    pairs = set()
    for n, (one, other) in enumerate(zip(places[::2], places[1::2], strict=True)):
        text = letters[one].letter.answer[0].partition("。")[2]
        if n % 2:
            text = "".join("某" if at % 10 == 9 else sign for at, sign in enumerate(text))
        own = letters[other].letter
        changed = replace(own, answer=[*own.answer, f"三、{text}"])
        letters[other] = replace(letters[other], letter=changed)
        pairs.add((min(one, other), max(one, other)))
    return pairs


def main(what: str, count: int) -> None:
    """Run one of the three and print its figures."""
    {"mutations": _try_mutations, "copies": _try_copies, "time": _take_time}[what](count)


def _try_mutations(count: int) -> None:
    items, seed, missed = 0, 0, 0
    while items < count:
        dataset = make_dataset(seed)
        letters = write_letters(dataset, seed)
        items += len(letters)
        for name, said in find_misses(dataset, letters, list(MUTATIONS), seed):
            missed += 1
            sys.stdout.write(f"{seed} {name}：{said}\n")
        seed += 1
    sys.stdout.write(f"{items}件，{len(MUTATIONS)}种改法，没有查出{missed}处\n")


def make_many(count: int, seed: int = 1) -> tuple[Dataset, list[Answered]]:
    """A year of at least so many letters, of some 800 signs each."""
    dataset = make_dataset(seed, items=count + count // 5)
    return dataset, write_letters(dataset, seed, sentences=24)[:count]


def find_copies(dataset: Dataset, letters: Sequence[Answered]) -> set[tuple[int, int]]:
    """The pairs of letters that the review tells of, by their places."""
    reviewed = review_letters(dataset, [each.paper() for each in letters], [], DAY)
    names = {f"答复函/{each.name}.docx": n for n, each in enumerate(letters)}
    rows = (
        sorted((names[str(row["文件"])], names[str(row["对照文件"])]))
        for row in reviewed.result["雷同对照"]
    )
    return {(one, other) for one, other in rows}


def _try_copies(count: int) -> None:
    dataset, letters = make_many(count)
    pairs = plant_copies(letters, random.Random(5), planted=20)
    found = find_copies(dataset, letters)
    sys.stdout.write(
        f"{len(letters)}份，抄{len(pairs)}对：查出{len(found & pairs)}，误报{len(found - pairs)}\n"
    )


def _take_time(count: int) -> None:
    made = case(count + count // 5, 5, 1, place=PLACES[1], rare=True, unfinished=0)
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "左门乡2023"
        for name, content in files(made).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        _, letters = make_many(count)
        (folder / "答复函").mkdir()
        for each in letters:
            (folder / "答复函" / f"{each.name}.docx").write_bytes(each.letter.to_bytes())
        start = time.perf_counter(), time.process_time()
        reportgen.review(folder, folder / "output", DAY)
        took = time.perf_counter() - start[0], time.process_time() - start[1]
    sys.stdout.write(f"{len(letters)}份：{took[0]:.1f}秒，处理器{took[1]:.1f}秒\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
