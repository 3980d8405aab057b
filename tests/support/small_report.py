"""A small report with a bit of everything, made from small data in which every text has a label.

A label is what stands before the colon of a paragraph, or in the first cell of a row.  It tells
what is what in two reports made from different data, whatever the program thinks.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.facts.model import Fact, Facts
from reportgen.facts.report import Items, Report
from reportgen.word.document.model import Content, Paragraph, TableRow
from reportgen.word.document.reader import read_report
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentences import Template
from tests.support.templates import Chart, docx, fact, items, p, report, table

THEMES = ("经济发展", "民生服务", "城乡建设", "社会治理")
PLACES = ("农业办", "经发办", "村建办")
CLASSES = ("已解决", "正在解决", "暂缓解决")
_SHAPE = {"名": "", "部门": "", "结果": "", "数": ""}
NAMES = "东西南北中上下左右前后内外高低"


@dataclass(frozen=True)
class Thing:
    """One item: its result is a place in ``CLASSES``."""

    name: str
    theme: str
    place: str
    result: int = 0
    count: int = 1


@dataclass(frozen=True)
class Data:
    """What the small report is made from; ``intro``: what a theme begins with, by name."""

    things: tuple[Thing, ...]
    themes: tuple[str, ...] = THEMES[:3]
    classes: int = 2
    year: str = "2024"
    unit: str = "永安镇"
    intro: tuple[tuple[str, str], ...] = ()

    def report(self) -> Report:
        """The data as a report."""
        names = _names(self)
        return replace(report(**names), facts=Facts({each.key: each for each in _facts(names)}))


def built(data: Data) -> bytes:
    """The finished small report."""
    return fill_template(
        Template(TEMPLATE), data.report(), lambda chart: dot(int(chart.alt.rpartition("为")[2]))
    )


def dot(number: int) -> bytes:
    """A picture that looks different for each number: its bits as black and white squares."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    side = 12
    row = b"\0" + b"".join(bytes([255 * (number >> bit & 1)]) * side for bit in range(24))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 24 * side, side, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(row * side))
        + chunk(b"IEND", b"")
    )


def random_data(chance: random.Random) -> Data:
    """Some data."""
    names = chance.sample(NAMES, chance.randint(2, 6))
    things = [_thing(name, chance) for name in names]
    return Data(tuple(things), THEMES[: chance.randint(2, 4)], chance.randint(2, 3))


def changed(data: Data, chance: random.Random) -> Data:
    """Some other data: one to three things changed."""
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(CHANGES)(data, chance)
    return data


def _thing(name: str, chance: random.Random) -> Thing:
    return Thing(
        name,
        chance.choice(THEMES),
        chance.choice(PLACES),
        chance.randrange(2),
        chance.randint(1, 99),
    )


def other_result(data: Data, chance: random.Random) -> Data:
    """One item's result."""
    return _with_one(data, chance, result=chance.randrange(data.classes))


def other_place(data: Data, chance: random.Random) -> Data:
    """One item's department."""
    return _with_one(data, chance, place=chance.choice(PLACES))


def other_count(data: Data, chance: random.Random) -> Data:
    """One item's own figure."""
    return _with_one(data, chance, count=chance.randint(1, 999))


def other_theme(data: Data, chance: random.Random) -> Data:
    """One item under another theme."""
    return _with_one(data, chance, theme=chance.choice(data.themes))


def item_more(data: Data, chance: random.Random) -> Data:
    """One item more, anywhere."""
    free = [name for name in NAMES if name not in {each.name for each in data.things}]
    things = list(data.things)
    things.insert(chance.randint(0, len(things)), _thing(chance.choice(free), chance))
    return replace(data, things=tuple(things))


def item_less(data: Data, chance: random.Random) -> Data:
    """One item less."""
    gone = chance.choice(data.things or (None,))
    return replace(data, things=tuple(each for each in data.things if each is not gone))


def other_order(data: Data, chance: random.Random) -> Data:
    """Items and themes in another order."""
    things, themes = list(data.things), list(data.themes)
    chance.shuffle(things)
    chance.shuffle(themes)
    return replace(data, things=tuple(things), themes=tuple(themes))


def other_themes(data: Data, chance: random.Random) -> Data:
    """A theme comes or goes."""
    return replace(data, themes=tuple(chance.sample(THEMES, chance.randint(1, 4))))


def other_intro(data: Data, chance: random.Random) -> Data:
    """A theme begins with other words."""
    words = "".join(chance.choices("走访企业修路检查", k=8))
    intro = {**dict(data.intro), chance.choice(data.themes): f"{words}。"}
    return replace(data, intro=tuple(intro.items()))


def other_year(data: Data, _: random.Random) -> Data:
    """The next year."""
    return replace(data, year=str(int(data.year) + 1))


def other_unit(data: Data, chance: random.Random) -> Data:
    """Another place."""
    return replace(data, unit=chance.choice(("永安镇", "清河镇", "左门乡")))


def other_classes(data: Data, chance: random.Random) -> Data:
    """A column more or less."""
    fewer = [replace(each, result=min(each.result, 1)) for each in data.things]
    return replace(data, classes=chance.randint(2, 3), things=tuple(fewer))


CHANGES = [
    other_result, other_place, other_count, other_theme, item_more, item_less, other_order,
    other_themes, other_intro, other_year, other_unit, other_classes,
]  # fmt: skip


def labelled(content: Content) -> dict[str, str]:
    """All texts by their labels: paragraphs and rows of the body, in order."""
    found: dict[str, str] = {}
    for block in content.body:
        if isinstance(block, Paragraph):
            found |= {label(block.text): block.text} if "：" in block.text else {}
        else:
            found |= {row_label(row): _row(row) for row in block.rows}
    return found


def label(text: str) -> str:
    """What a text is about."""
    return text.partition("：" if "：" in text else "｜")[0]


def row_label(row: TableRow) -> str:
    """What a row is about."""
    return "".join(each.text for each in row.cells[0]) if row.cells else ""


def _row(row: TableRow) -> str:
    return "｜".join("/".join(each.text for each in cell) for cell in row.cells)


def figures_of(content: bytes) -> Mapping[str, str]:
    """What each figure of a report should show."""
    return {key: each["text"] for key, each in read_report(content).record["facts"].items()}


def _with_one(data: Data, chance: random.Random, **values: object) -> Data:
    if not data.things:
        return data
    things = list(data.things)
    at = chance.randrange(len(things))
    things[at] = replace(things[at], **values)
    return replace(data, things=tuple(things))


def _names(data: Data) -> dict[str, object]:
    results = Counter(CLASSES[each.result] for each in data.things)
    total, solved = len(data.things), results[CLASSES[0]]
    chart = Chart("图.办理", "办理情况", f"已解决为{solved}")
    return {
        "年": data.year,
        "单位": data.unit,
        "总数": fact("总数", total),
        "解决数": fact("解决数", solved),
        "未完数": fact("未完数", total - solved),
        "图": {"办理": chart},
        "专题列表": items(
            {"名": "", "引语": "", "数": "", "事项": _SHAPE},
            *(_theme(data, name) for name in data.themes),
        ),
        "事项列表": _things(data.things),
        "类列表": items(
            {"名": "", "数": ""},
            *(
                {"名": name, "数": fact(f"类.{name}.数", results[name])}
                for name in CLASSES[: data.classes]
            ),
        ),
    }


def _theme(data: Data, name: str) -> dict[str, object]:
    here = [each for each in data.things if each.theme == name]
    return {
        "名": name,
        "引语": dict(data.intro).get(name, f"我们把{name}摆在突出位置。"),
        "数": fact(f"专题.{name}.数", len(here)),
        "事项": _things(here),
    }


def _things(things: Sequence[Thing]) -> Items:
    return items(
        _SHAPE,
        *(
            {
                "名": each.name,
                "部门": each.place,
                "结果": CLASSES[each.result],
                "数": fact(f"事项.{each.name}.数", each.count, "户"),
            }
            for each in things
        ),
    )


def _facts(names: object) -> list[Fact]:
    if isinstance(names, Fact):
        return [names]
    if isinstance(names, Items):
        return [each for item in names.items for each in _facts(item.names)]
    if isinstance(names, Mapping):
        return [each for one in names.values() for each in _facts(one)]
    return []


TEMPLATE = docx(
    p("标题：{{ 年 }}年{{ 单位 }}办理情况的报告"),
    p(
        "总述：今年共收到{{ 总数 }}件，其中已经解决{{ 解决数 }}件。各部门高度重视，办理工作成效明显。"
    ),
    p("{% if 未完数 %}"),
    p("未完：还有{{ 未完数 }}件正在办理，我们将抓紧推进。"),
    p("{% else %}"),
    p("未完：全部办理完毕，代表们表示满意。"),
    p("{% endif %}"),
    p("{% for 题 in 专题列表 %}"),
    p("{{ 题.名 }}：{{ 题.引语 }}这方面共有{{ 题.数 }}件。"),
    p("{% for 项 in 题.事项 %}"),
    p(
        "{{ 项.名 }}项：由{{ 项.部门 }}办理，{% if 项.结果 == “已解决” %}已经办好，{% else %}还在办，{% endif %}惠及{{ 项.数 }}户。"
    ),
    p("{% endfor %}"),
    p("{% endfor %}"),
    p("{{ 图.办理 }}"),
    p("附表：下表列明全部{{ 总数 }}件。"),
    table(
        ["名称", "部门", "结果", "户数"],
        ["{% for 项 in 事项列表 %}", "", "", ""],
        ["行{{ 项.名 }}", "{{ 项.部门 }}", "{{ 项.结果 }}", "{{ 项.数 }}"],
        ["{% endfor %}", "", "", ""],
        ["合计", "", "", "{{ 总数 }}"],
    ),
    table(
        ["清单", "部门", "结果"],
        ["{% for 项 in 事项列表 %}", "", ""],
        ["清{{ 项.名 }}", "{{ 项.部门 }}", "{{ 项.结果 }}"],
        ["{% endfor %}", "", ""],
    ),
    p("分类：各类情况如下。"),
    table(
        ["类别", "{% for 类 in 类列表 %}", "{{ 类.名 }}", "{% endfor %}"],
        ["件数", "{% for 类 in 类列表 %}", "{{ 类.数 }}", "{% endfor %}"],
    ),
    p("结尾：特此报告，请予审议。"),
    header=p("{{ 年 }}年{{ 单位 }}报告"),
    footer=p("共{{ 总数 }}件"),
)
"""Everything that a template can hold, with a label in each text."""

CASE = Data(
    (
        Thing("东", "经济发展", "农业办", 0, 12),
        Thing("西", "民生服务", "经发办", 1, 34),
        Thing("南", "民生服务", "农业办", 0, 56),
    )
)
"""Three items under three themes, one of them not yet solved."""
