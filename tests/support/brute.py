"""Every figure of the report, counted by hand: plain Python over plain rows, nothing of reportgen.

``figures(sample)`` gives all figures of a case by key.  What an item's result and rating are is
told in ``Item``; everything else is adding up.  Rows are those of ``tests.support.generate``: complete,
with codes and full names, several names in a cell parted by 、.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

import chinese_calendar

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
RATINGS = ("满意", "基本满意", "不满意")
SCALE = [
    {"名称": name, "计入满意": good, "需重新办理": redo}
    for name, good, redo in zip(RATINGS, "是是否", "否否是", strict=True)
]
"""满意度分类 where the register has none."""
LAST_YEAR = {
    "议案建议件数": "议案建议.件数",
    "议案件数": "议案.件数",
    "建议件数": "建议.件数",
    "解决件数": "解决.件数",
    "答复件数": "答复.件数",
    "满意件数": "满意.件数",
    "承办部门个数": "承办部门.个数",
    "承诺件数": "承诺.件数",
}


@dataclass(frozen=True)
class Figure:
    """What is checked of a fact; ``value`` of a percentage is the printed one."""

    value: int | Decimal | str
    text: str
    unit: str


@dataclass(frozen=True)
class Item:
    """A row of the register, and the rows that its leading departments returned for it.

    ``parts`` stand in the order in which the register names the departments.
    """

    row: Row
    parts: Sequence[Row]
    classes: Sequence[Row]
    due: dt.date
    scale: Sequence[Row]

    @property
    def finished(self) -> bool:
        """Whether every leading department has answered its part."""
        asked = len(names(self.row["主办部门"]))
        return len(self.parts) == asked and all(answered(part) for part in self.parts)

    @property
    def least(self) -> Row:
        """The least advanced part: not solved rather than solved, then of the last class."""
        return max(self.parts, key=self.backward, default={})

    def backward(self, part: Row) -> tuple[bool, int]:
        """How little advanced an answered part is."""
        codes = [row["代码"] for row in self.classes]
        place = codes.index(part["办理结果"])
        return self.classes[place]["计入解决"] != "是", place

    @property
    def promises(self) -> list[dt.date]:
        """Until when what is not solved was promised, if everything is answered."""
        if not self.finished:
            return []
        open_ = [part for part in self.parts if self.backward(part)[0]]
        return [part["承诺完成时限"] for part in open_ if part.get("承诺完成时限")]

    def last(self, column: str) -> Row:
        """The part with the last of these days; the first of equals."""
        filled = [part for part in self.parts if part.get(column)]
        return max(filled, key=lambda part: part[column], default={})

    @property
    def result(self) -> str | None:
        """The class of the least advanced part; None: 正在办理."""
        return self.least["办理结果"] if self.finished else None

    @property
    def late(self) -> bool:
        """Whether any part was answered after the last day."""
        return any(part["答复日期"] > self.due for part in self.parts if part.get("答复日期"))

    @property
    def again(self) -> Row | None:
        """Of the parts rated 不满意 the one least far with handling it anew; none if not answered."""
        order = [*self.ratings, None]
        return max(
            (
                part
                for part in (self.parts if self.finished else ())
                if part.get("满意度") in self.bad
            ),
            key=lambda part: (not part.get("重办答复日期"), order.index(part.get("重办满意度"))),
            default=None,
        )

    def rating(self, column: str) -> str | None:
        """Of answered items: 不满意 if with any part; else nothing unless all are rated; else the lowest."""
        if not self.finished:
            return None
        given = [part.get(column) for part in self.parts]
        if bad := [rating for rating in given if rating in self.bad]:
            return str(max(bad, key=self.ratings.index))
        if not given or None in given or len(given) < len(names(self.row["主办部门"])):
            return None
        return max(given, key=self.ratings.index)

    @property
    def ratings(self) -> list[str]:
        return [row["名称"] for row in self.scale]

    @property
    def bad(self) -> list[str]:
        """The classes after which it must be handled anew."""
        return [row["名称"] for row in self.scale if row["需重新办理"] == "是"]


def figures(sample: Any, today: dt.date | None = None) -> dict[str, Figure]:
    """All figures of a case (a ``Sample``: ``register`` and ``returns``), as of a day."""
    found = counting(sample, today).all()
    asked = sample.register["基本信息"][0]["占比小数位数"]
    needed = [decimals(one.value) for key, one in found.items() if of_suggestions(key, one)]
    places = max((each for each in needed if each <= 2), default=asked)
    return counting(sample, today, places).all() if places > asked else found


def counting(sample: Any, today: dt.date | None = None, places: int | None = None) -> Count:
    """What counts a case, as of a day (None: of the cut-off, after which nothing happens)."""
    if today is None:
        return Count(sample.register, sample.returns, places)
    register, returns = as_of(sample, today)
    settings = {**register["基本信息"][0], "统计截止日期": today}
    return Count({**register, "基本信息": [settings]}, returns, places)


def of_suggestions(key: str, figure: Figure) -> bool:
    """Whether it is one of the percentages that all have the same decimals."""
    return figure.unit == "%" and not key.startswith(("行动", "上年", "同比"))


def names(cell: str | None) -> list[str]:
    """The names in one cell."""
    return cell.split("、") if cell else []


def as_of(sample: Any, day: dt.date) -> tuple[Rows, dict[str, Rows]]:
    """Register and returns of a case as they stood on a day: nothing later has happened."""
    rows = sample.register["建议台账"]
    there = [row for row in rows if max(row["提出日期"], row["交办日期"]) <= day]
    there = [{**row, "签收日期": before(row.get("签收日期"), day)} for row in there]
    numbers = {row["编号"] for row in there}
    returns: dict[str, Rows] = {
        name: {**sheets, "办理情况": [on(r, day) for r in sheets["办理情况"] if r["编号"] in numbers]}
        for name, sheets in sample.returns.items()
    }  # fmt: skip
    return {**sample.register, "建议台账": there}, returns


def before(when: dt.date | None, day: dt.date) -> dt.date | None:
    return when if when and when <= day else None


def on(part: Row, day: dt.date) -> Row:
    """One department's row as it stood on a day."""
    replied = before(part.get("答复日期"), day)
    rated = bool(replied) and (part.get("反馈日期") or day) <= day
    again = before(part.get("重办答复日期"), day) if rated else None
    return {
        **{name: part.get(name) for name in ("编号", "办理角色", "承办人", "办理措施及成效")},
        "办理方案日期": before(part.get("办理方案日期"), day),
        "沟通日期": (talked := before(part.get("沟通日期"), day)),
        "沟通方式": part.get("沟通方式") if talked else None,
        "答复日期": replied,
        **{name: part.get(name) if replied else None
           for name in ("办理结果", "签发人", "承诺完成时限", "未解决原因")},
        **{name: part.get(name) if rated else None for name in ("反馈日期", "满意度", "态度满意度")},
        "重办答复日期": again,
        "重办满意度": part.get("重办满意度") if again else None,
    }  # fmt: skip


@lru_cache
def working_day(start: dt.date, number: int) -> dt.date:
    """The ``number``-th of the working days after a day."""
    first, last = (start + dt.timedelta(days=days) for days in (1, 2 * number + 30))
    days: list[dt.date] = chinese_calendar.get_workdays(first, last)
    return days[number - 1]


def last_day(start: dt.date, period: str) -> dt.date:
    """The end of ``3个月``, ``60日``, ``120天`` or ``40个工作日``."""
    number = int("".join(sign for sign in period if sign.isdigit()))
    if "工作日" in period:
        return working_day(start, number)
    if "月" not in period:
        return start + dt.timedelta(days=number)
    year, month = start.year, start.month + number
    while month > 12:
        year, month = year + 1, month - 12
    day = start.day
    while True:
        try:
            return dt.date(year, month, day)
        except ValueError:
            day -= 1


def answered(part: Row) -> bool:
    """Whether a part has both a result and an answer."""
    return part.get("办理结果") is not None and part.get("答复日期") is not None


def rounded(number: Fraction, places: int) -> Decimal:
    """Half up, away from zero."""
    units = int(abs(number) * 10**places + Fraction(1, 2))
    return Decimal(units if number >= 0 else -units).scaleb(-places)


def truthful(number: Fraction, places: int) -> Decimal:
    """As ``rounded``, with more places where it would be a 0 or 100 that it is not."""
    shown = rounded(number, places)
    wrong = abs(shown) in (0, 100) and Fraction(shown) != number
    return truthful(number, places + 1) if wrong else shown


def decimals(number: Decimal) -> int:
    return len(f"{number:f}".partition(".")[2])


def shares_of_100(
    counts: Sequence[int], places: int, wishes: Mapping[int, Decimal]
) -> list[Decimal]:
    """Every way of rounding up and down that makes 100 is tried; the best is taken.

    Best: equal counts alike; then as wished (``wishes`` by count); then least rounded away; then
    the larger and the earlier counts up.
    """
    whole, unit = sum(counts), Decimal(1).scaleb(-places)
    exact = [Fraction(100 * count, whole) for count in counts]
    places = max(decimals(truthful(share, places)) for share in exact)
    unit = Decimal(1).scaleb(-places)
    below = [rounded(share - share % Fraction(unit), places) for share in exact]
    up = int((100 - sum(below)) / unit)
    found = []
    for chosen in combinations([at for at, share in enumerate(exact) if share != below[at]], up):
        shares = [share + unit * (at in chosen) for at, share in enumerate(below)]
        pairs = sorted(zip(counts, shares, strict=True))
        if any(one[1] > two[1] for one, two in pairwise(pairs) if one[0] < two[0]):
            continue
        if any(s in (0, 100) and s != e for s, e in zip(shares, exact, strict=True)):
            continue
        alike = len(set(pairs)) == len(set(counts))
        granted = sum(wishes.get(count) == share for count, share in pairs)
        gained = sum(exact[at] - Fraction(below[at]) for at in chosen)
        larger = sum(counts[at] for at in chosen)
        found.append((alike, granted, gained, larger, [-at for at in chosen], shares))
    return max(found)[-1] if found else shares_of_100(counts, places + 1, wishes)


class Count:
    """Counts one case."""

    def __init__(
        self, register: Rows, returns: Mapping[str, Rows], places: int | None = None
    ) -> None:
        self.register, self.returns = register, returns
        self.settings: Row = register["基本信息"][0]
        self.asked: int = self.settings["占比小数位数"]
        self.places = self.asked if places is None else places
        self.classes = [row["代码"] for row in register["办理结果分类"]]
        self.solved = [row["代码"] for row in register["办理结果分类"] if row["计入解决"] == "是"]
        self.scale = register.get("满意度分类") or SCALE
        self.good = [row["名称"] for row in self.scale if row["计入满意"] == "是"]
        leading = [
            (name, part)
            for name, sheets in returns.items()
            for part in sheets["办理情况"]
            if part["办理角色"] in ("主办", "分办")
        ]
        parts: dict[str, dict[str, Row]] = {row["编号"]: {} for row in register["建议台账"]}
        self.own: dict[str, list[Row]] = {}
        for name, part in leading:
            parts[part["编号"]][name] = part
            self.own.setdefault(name, []).append(part)
        self.rules: Row = (*register.get("办理规则", ()), {})[0]
        self.items = [
            Item(
                row,
                [
                    parts[row["编号"]][name]
                    for name in names(row["主办部门"])
                    if name in parts[row["编号"]]
                ],
                register["办理结果分类"],
                self.due(row),
                self.scale,
            )
            for row in register["建议台账"]
        ]
        self.found: dict[str, Figure] = {}

    def all(self) -> dict[str, Figure]:
        """Every figure by key."""
        self.totals()
        self.results()
        self.deadlines()
        self.rehandling()
        self.ratings("满意度", "满意")
        self.ratings("态度满意度", "态度满意")
        self.themes()
        self.departments()
        self.action()
        self.outcomes()
        self.last_year()
        self.looked_at_again()
        self.percentages()
        return self.found

    def count(self, key: str, number: float | Decimal, unit: str = "件") -> None:
        exact = Decimal(number).normalize()
        value = int(exact) if exact == int(exact) else exact
        self.found[key] = Figure(value, f"{value:f}" if value is exact else str(value), unit)

    def percent(self, key: str, value: Decimal) -> None:
        self.found[key] = Figure(value, f"{abs(value):f}%", "%")

    def ratio(self, key: str, part: int, base: int, places: int | None = None) -> None:
        if base:
            self.percent(
                key, truthful(Fraction(100 * part, base), self.asked if places is None else places)
            )

    def number(self, key: str) -> int:
        return int(self.found[f"{key}.件数"].value)

    def percentages(self) -> None:
        """Rates of suggestions, then groups of shares."""
        whole = self.number("议案建议")
        everything = self.settings["满意率口径"] == "全部"
        of_all = ["答复", "沟通", "办理方案", "解决", "未解决"]
        rates = {f"{name}.占比": (self.number(name), whole) for name in of_all}
        rates["按期答复.占比"] = self.number("按期答复"), self.number("答复")
        for column, good in (("满意度", "满意"), ("态度满意度", "态度满意")):
            back = self.number(f"{column}.已反馈")
            if back:
                rates[f"{good}.占比"] = self.number(good), whole if everything else back
                of_all += [good] if everything else []
        for key, (part, base) in rates.items():
            self.ratio(key, part, base, self.places)
        if not whole:
            return
        codes = [f"结果.{code}" for code in self.classes]
        beside = self.beside(["答复", "解决", "未解决", *(["满意"] if everything else [])])
        rest = {self.number("正在办理"): 100 - Decimal(self.found["答复.占比"].value)}
        self.shares([*codes, "正在办理"], rest | beside)
        self.shares(["来源.大会", "来源.闭会"], {})
        self.shares([f"专题.{row['名称']}" for row in self.register["专题"]], {})
        for column, good in (("满意度", "满意"), ("态度满意度", "态度满意")):
            ratings = [f"{column}.{row['名称']}" for row in self.scale]
            if everything:
                self.shares([*ratings, f"{column}.未反馈"], self.beside([good]))
            elif self.number(f"{column}.已反馈"):
                self.shares(ratings, self.beside([good]))

    def beside(self, rates: Sequence[str]) -> dict[int, Decimal]:
        """Percentages of rates by count; a rate that does not exist has none."""
        keys = {name: f"{name}.占比" for name in rates}
        return {
            self.number(n): Decimal(self.found[k].value) for n, k in keys.items() if k in self.found
        }

    def shares(self, names: Sequence[str], wishes: Mapping[int, Decimal]) -> None:
        """The shares of a complete group."""
        counts = [self.number(name) for name in names]
        exact = [Fraction(100 * count, sum(counts)) for count in counts]
        if self.settings["占比取整方式"] == "合计为100":
            found = shares_of_100(counts, self.places, wishes)
        else:
            places = max(decimals(truthful(share, self.places)) for share in exact)
            found = [rounded(share, places) for share in exact]
        for name, share in zip(names, found, strict=True):
            self.percent(f"{name}.占比", share)

    def values(self, column: str) -> list[Any]:
        return [row.get(column) for row in self.register["建议台账"]]

    def totals(self) -> None:
        self.count("议案建议.件数", len(self.items))
        for kind in ("议案", "建议"):
            self.count(f"{kind}.件数", self.values("类别").count(kind))
        self.count("领衔代表.人数", distinct(self.values("领衔代表")), "人")
        self.count("联名代表.人数", distinct(self.values("联名代表")), "人")
        leads, helpers = self.values("主办部门"), self.values("协办部门")
        self.count("承办部门.个数", distinct([*leads, *helpers]), "个")
        self.count("主办部门.个数", distinct(leads), "个")
        self.count("协办部门.个数", distinct(helpers), "个")
        sources = {f"来源.{name}": self.values("来源").count(name) for name in ("大会", "闭会")}
        for key, number in sources.items():
            self.count(f"{key}.件数", number)
        for row in self.register["建议台账"]:
            if row.get("联名代表"):
                signers = distinct([row["领衔代表"], row["联名代表"]])
                self.count(f"提出人数.第{row['编号']}号", signers, "名")
        for name in ("独办", "主办协办", "分办"):
            self.count(f"办理方式.{name}.件数", self.values("办理方式").count(name))
        self.count("重点督办.件数", self.values("重点督办").count("是"))
        self.count("议案转建议.件数", self.values("转建议").count("是"))
        self.count("联名.件数", sum(bool(cell) for cell in self.values("联名代表")))
        mains = {number for number in self.values("并案主件") if number}
        merged = [n for n, main in zip(self.values("编号"), self.values("并案主件"), strict=True)
                  if main or n in mains]  # fmt: skip
        self.count("并案.件数", len(merged))

    def due(self, row: Row) -> dt.date:
        start = row["交办日期"]
        if self.rules.get("起算点") == "收到之日":
            start = row.get("签收日期") or start
        elif self.rules.get("起算点") == "大会闭会之日" and row["来源"] == "大会":
            start = self.rules["大会闭会日期"]
        if row.get("延期答复") == "是":
            return last_day(start, self.rules.get("延长期限") or "6个月")
        return last_day(start, self.rules.get("答复期限") or "3个月")

    def deadlines(self) -> None:
        today = self.settings["统计截止日期"]
        days = self.rules.get("提前提醒天数")
        soon = today + dt.timedelta(days=10 if days is None else days)
        done = [item for item in self.items if item.finished]
        waiting = [item.due for item in self.items if not item.finished]
        self.count("按期答复.件数", sum(not item.late for item in done))
        self.count("逾期答复.件数", sum(item.late for item in done))
        self.count("逾期未答复.件数", sum(day < today for day in waiting))
        self.count("临近期限.件数", sum(today <= day <= soon for day in waiting))
        self.count("延期答复.件数", self.values("延期答复").count("是"))
        promises = [item.promises for item in self.items if item.promises]
        self.count("承诺.件数", len(promises))
        self.count("承诺逾期.件数", sum(min(days) < today for days in promises))

    def looked_at_again(self) -> None:
        rows = self.register.get("上年承诺", ())
        solved = sum(row["现办理结果"] in self.solved for row in rows)
        self.count("上年承诺.件数", len(rows))
        self.count("上年承诺.解决件数", solved)
        self.ratio("上年承诺.占比", solved, len(rows))
        today = self.settings["统计截止日期"]
        due = [(row["承诺完成时限"], row["现办理结果"]) for row in rows if row.get("承诺完成时限")]
        come = [result in self.solved for day, result in due if day <= today]
        self.count("上年承诺.到期件数", len(come))
        self.count("上年承诺.到期解决件数", sum(come))
        self.count("上年承诺.逾期件数", sum(d < today and r not in self.solved for d, r in due))

    def rehandling(self) -> None:
        again = [item.again for item in self.items if item.again]
        done = [part for part in again if part.get("重办答复日期")]
        self.count("重新办理.件数", len(done))
        self.count("重新办理.满意.件数", sum(p.get("重办满意度") in self.good for p in done))
        ratings = [part.get("重办满意度") for part in done]
        for name in (row["名称"] for row in self.scale):
            self.count(f"重办满意度.{name}.件数", ratings.count(name))
        bad = [row["名称"] for row in self.scale if row["需重新办理"] == "是"]
        self.count("重新办理.仍不满意.件数", sum(rating in bad for rating in ratings))
        self.count("重新办理.未评价.件数", ratings.count(None))
        self.count("待重新办理.件数", len(again) - len(done))

    def results(self) -> None:
        results = [item.result for item in self.items]
        counts = {f"结果.{code}": results.count(code) for code in self.classes}
        counts["正在办理"] = results.count(None)
        for key, number in counts.items():
            self.count(f"{key}.件数", number)
        for name, wanted in (("解决", True), ("未解决", False)):
            chosen = [f"结果.{code}" for code in self.classes if (code in self.solved) is wanted]
            self.count(f"{name}.件数", sum(counts[key] for key in chosen))
        talks = [item.last("沟通日期") for item in self.items]
        plans = [item.last("办理方案日期") for item in self.items]
        for name, number in (
            ("答复", sum(item.finished for item in self.items)),
            ("沟通", filled(talks, "沟通日期")),
            ("办理方案", filled(plans, "办理方案日期")),
        ):
            self.count(f"{name}.件数", number)
        signed = [item for item in self.items if item.finished]
        signed = [item for item in signed if all(part.get("签发人") for part in item.parts)]
        self.count("签发.件数", len(signed))
        for name in ("上门走访", "当面座谈", "电话沟通", "书面沟通", "其他"):
            self.count(f"沟通方式.{name}.件数", sum(p.get("沟通方式") == name for p in talks))

    def ratings(self, column: str, good: str) -> None:
        given = [item.rating(column) for item in self.items]
        counts = {
            f"{column}.{name}": given.count(name) for name in (row["名称"] for row in self.scale)
        }
        back, missing = sum(counts.values()), given.count(None)
        for key, number in {
            **counts, f"{column}.已反馈": back, f"{column}.未反馈": missing,
        }.items():  # fmt: skip
            self.count(f"{key}.件数", number)
        self.count(f"{good}.件数", sum(counts[f"{column}.{name}"] for name in self.good))

    def themes(self) -> None:
        themes = [row["名称"] for row in self.register["专题"]]
        counts = {f"专题.{name}": self.values("专题").count(name) for name in themes}
        for key, number in counts.items():
            self.count(f"{key}.件数", number)
        for name in themes:
            mine = [item.result for item in self.items if item.row["专题"] == name]
            self.count(f"专题.{name}.解决件数", sum(result in self.solved for result in mine))

    def departments(self) -> None:
        sums: dict[str, int] = {}
        for row in self.register["承办部门"]:
            counts = self.department(row["全称"])
            if counts["承办件数"]:
                key = f"部门.{row['全称']}"
                for name, number in counts.items():
                    self.count(f"{key}.{name}", number)
                    sums[name] = sums.get(name, 0) + number
                everything = self.settings["满意率口径"] == "全部"
                base = counts["主办件数" if everything else "已反馈件数"]
                if counts["已反馈件数"]:
                    self.ratio(f"{key}.满意率", counts["满意件数"], base, self.places)
        for name in sums or self.department(""):
            self.count(f"部门合计.{name}", sums.get(name, 0))

    def department(self, name: str) -> dict[str, int]:
        """What one department did; an answer of its own counts though another's part is open."""
        leads = sum(name in names(cell) for cell in self.values("主办部门"))
        helps = sum(name in names(cell) for cell in self.values("协办部门"))
        own = self.own.get(name, [])
        done = [part for part in own if answered(part)]
        found = {"主办件数": leads, "协办件数": helps, "承办件数": leads + helps}
        for code in self.classes:
            found[f"结果.{code}.件数"] = sum(part["办理结果"] == code for part in done)
        found["答复件数"] = len(done)
        found["正在办理件数"] = leads - len(done)
        found["已反馈件数"] = filled(done, "满意度")
        found["满意件数"] = sum(part.get("满意度") in self.good for part in done)
        dues = {item.row["编号"]: item.due for item in self.items}
        found["逾期答复件数"] = sum(part["答复日期"] > dues[part["编号"]] for part in done)
        open_ = {item.row["编号"] for item in self.items if name in names(item.row["主办部门"])}
        open_ -= {part["编号"] for part in done}
        today = self.settings["统计截止日期"]
        found["逾期未答复件数"] = sum(dues[number] < today for number in open_)
        return found

    def action(self) -> None:
        rows = self.register.get("民生行动", ())
        for column in ("提出条数", "办结条数"):
            for row in rows:
                self.count(f"行动.{row['代表层级']}.{column}", row[column], "条")
            if rows:
                self.count(f"行动.{column}", sum(row[column] for row in rows), "条")
        if rows:
            raised, done = (sum(row[name] for row in rows) for name in ("提出条数", "办结条数"))
            self.ratio("行动.办结率", done, raised)

    def outcomes(self) -> None:
        for key, rows in self.measures():
            amounts, unit = [row["数值"] for row in rows], rows[0]["单位"]
            if all(isinstance(amount, int | float) for amount in amounts):
                self.count(key, sum(Decimal(str(amount)) for amount in amounts), unit)
            else:
                assert len(amounts) == 1, "a 概数 is never added to anything"
                self.found[key] = Figure(amounts[0], amounts[0], unit)

    def measures(self) -> Iterator[tuple[str, list[Row]]]:
        groups: dict[str, list[Row]] = {}
        for sheets in self.returns.values():
            for row in sheets.get("工作成效", ()):
                place = f"成效.{row['专题']}" if row["归属"] == "建议办理" else "行动成效"
                groups.setdefault(f"{place}.{row['指标']}", []).append(row)
        yield from groups.items()

    def last_year(self) -> None:
        for row in self.register.get("上年数据", ()):
            name, before = row["指标"], row["数值"]
            now = self.found[LAST_YEAR[name]]
            assert isinstance(now.value, int)
            self.count(f"上年.{name}", before, now.unit)
            change = now.value - before
            self.found[f"同比.{name}.增减"] = Figure(change, str(abs(change)), now.unit)
            self.ratio(f"同比.{name}.增幅", change, before)


def distinct(cells: Iterable[str | None]) -> int:
    return len({name for cell in cells for name in names(cell)})


def filled(rows: Iterable[Row], column: str) -> int:
    return sum(isinstance(row.get(column), str | dt.date) for row in rows)
