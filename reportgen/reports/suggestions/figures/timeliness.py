"""Figures on time limits: answers in time or late, what is handled anew, promises kept."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reportgen.data import day_in_words
from reportgen.facts.measures import compute_rate
from reportgen.facts.model import Absent, Fact
from reportgen.reports.suggestions.figures.scope import FactsByKey, Scope


def count_answers_in_time(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    """按期答复, 逾期答复 of the answered; 逾期未答复, 临近期限 of the open ones."""
    answered = scope.items.replied
    late = answered["台账行"].isin(scope.late)
    known = answered["台账行"].map(lambda place: scope.due[place] is not None).astype(bool)
    limit = scope.rules.describe("答复期限")
    rule = f"在期限内答复代表的件数（{limit}；经同意延长的，{scope.rules.limit('延长期限')}）"
    in_time = answered.index[known & ~late]
    yield scope.count("按期答复.件数", rule, "答复日期", in_time)
    rule = "超过期限答复代表的件数；分办件只要有一份超过期限"
    yield scope.count("逾期答复.件数", rule, "答复日期", answered.index[late])
    index = scope.items.register.index
    day = day_in_words(scope.as_of)
    for key, places, rule in (
        ("逾期未答复", scope.overdue, f"截至{day}还没有答复、已超过期限的件数"),
        ("临近期限", scope.pressing, f"截至{day}还没有答复、期限在提前提醒天数以内的件数"),
    ):
        yield scope.count(f"{key}.件数", rule, "编号", index[places])
    longer = scope.contents("延期答复", scope.items.register["延期答复"])
    yield longer.count_equal("延期答复.件数", "台账中经同意延期答复的件数", "是")


def count_rehandling(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    """重新办理 and 待重新办理 of those the deputy was not satisfied with."""
    rows = scope.items.again
    done = rows["重办答复日期"].notna()
    rule = "代表不满意，已重新办理并再次答复的件数；分办件以不满意的各份都再次答复为准"
    yield scope.count("重新办理.件数", rule, "重办答复日期", rows.index[done])
    good = done & rows["重办满意度"].isin(scope.scale.good)
    rule = f"重新办理后代表表示{scope.scale.words}的件数"
    yield scope.count("重新办理.满意.件数", rule, "重办满意度", rows.index[good])
    yield from _count_rated_anew(scope, rows[done])
    rule = "代表不满意，还没有再次答复的件数"
    yield scope.count("待重新办理.件数", rule, "满意度", rows.index[~done])


def _count_rated_anew(scope: Scope, rows: pd.DataFrame) -> Iterator[Fact]:
    """重办满意度 of what was answered anew, by class; how many are still 不满意, or not rated yet."""
    again = rows["重办满意度"]
    contents = scope.contents("重办满意度", again)
    for name, part in scope.scale.keys.items():
        rule = f"重新办理后代表表示“{name}”的件数"
        yield contents.count_equal(f"重办满意度.{part}.件数", rule, name)
    rule = "重新办理后代表仍不满意的件数"
    still = rows.index[again.isin(scope.scale.redo)]
    yield scope.count("重新办理.仍不满意.件数", rule, "重办满意度", still)
    rule = "重新办理后代表还没有评价的件数"
    yield scope.count("重新办理.未评价.件数", rule, "重办答复日期", rows.index[again.isna()])


def count_promises(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    """承诺: answered, not solved, with a date by which it will be; 承诺逾期 of these."""
    promised = scope.items.promised
    rule = "已答复、没有解决、承诺了完成时限的件数"
    yield scope.count("承诺.件数", rule, "承诺完成时限", promised.index)
    overdue = promised["台账行"].isin(scope.broken_promises)
    rule = "承诺完成时限已过、仍没有解决的件数；分办件有一个部门的时限已过即计入"
    yield scope.count("承诺逾期.件数", rule, "承诺完成时限", promised.index[overdue])


def count_last_year_promises(scope: Scope, _: FactsByKey) -> Iterator[Fact | Absent]:
    """上年承诺: what was looked at again, and how much of it is solved by now."""
    rows = scope.dataset.tables["上年承诺"]
    yield (base := scope.count("上年承诺.件数", "上年承诺、今年跟踪办理的件数", "编号", rows.index))
    solved = rows.index[rows["现办理结果"].isin(scope.solved)]
    rule = "上年承诺、现在已经解决的件数"
    yield (part := scope.count("上年承诺.解决件数", rule, "现办理结果", solved))
    rule = "上年承诺各件中已经解决的百分比"
    yield compute_rate("上年承诺.占比", rule, part, base, scope.places)
    yield from _count_due_promises(scope, rows)


def _count_due_promises(scope: Scope, rows: pd.DataFrame) -> Iterator[Fact]:
    """Those whose day has come; the sheet has no day of completion, so none is said to be in time."""
    given = rows[rows["承诺完成时限"].notna()]
    due = given[given["承诺完成时限"].map(lambda day: day <= scope.as_of).astype(bool)]
    solved = due["现办理结果"].isin(scope.solved)
    over = due["承诺完成时限"].map(lambda day: day < scope.as_of).astype(bool)
    for name, kept, rule in (
        ("到期", due, "填有承诺完成时限、时限已到的件数"),
        ("到期解决", due[solved], "承诺完成时限已到、现在已经解决的件数"),
        ("逾期", due[over & ~solved], "承诺完成时限已过、现在仍没有解决的件数"),
    ):
        yield scope.count(f"上年承诺.{name}件数", f"上年承诺中{rule}", "承诺完成时限", kept.index)


def count_item_kinds(scope: Scope, _: FactsByKey) -> Iterator[Fact]:
    """议案转建议, 并案 and 联名: each item is counted in all the other figures as well."""
    register = scope.items.register
    rule = "台账中由议案转为建议办理的件数，计入建议，不计入议案"
    yield scope.contents("转建议", register["转建议"]).count_equal("议案转建议.件数", rule, "是")
    merged = register["并案主件"].notna() | register["编号"].isin(
        list(register["并案主件"].dropna())
    )
    rule = "合并办理的件数，主件和并入的件各计一件"
    yield scope.count("并案.件数", rule, "编号", register.index[merged])
    signed = register["联名代表"].map(bool)
    yield scope.count("联名.件数", "有联名代表的件数", "联名代表", register.index[signed])


def count_department_deadlines(
    scope: Scope, key: str, name: str, own: pd.DataFrame
) -> Iterator[Fact]:
    """逾期答复件数 and 逾期未答复件数 of one department, whose leading rows are ``own``."""
    answered = own[own["办理结果"].notna() & own["答复日期"].notna()]
    late = answered["台账行"].isin(scope.late_for.get(name, []))
    rule = f"“{name}”主办的、超过期限答复的件数"
    yield scope.count(f"{key}.逾期答复件数", rule, "答复日期", answered.index[late])
    open_ = set(scope.assigned[name]["主办"]) - set(answered["台账行"])
    places = [place for place in sorted(open_) if scope.is_over(place)]
    rule = f"“{name}”主办的、还没有答复且已超过期限的件数"
    index = scope.items.register.index[places]
    yield scope.count(f"{key}.逾期未答复件数", rule, "主办部门", index)
