"""The 25 invariants of a sound report (domain.md §17): where each is kept, and that it is.

==  ===========================================  ==================================================
no  invariant                                    kept by
==  ===========================================  ==================================================
1   议案 + 建议 = 总数                             one 类别 per row (required, not-in-list); a motion
                                                 that became a suggestion is one (converted-motion)
2   Σ领域 = 总数                                  one 专题 per row (required, unknown-name)
3   Σ结果 + 正在办理 = 总数                        result-without-reply, reply-without-result
4   Σ满意度 (+ 未反馈) = the stated base            one rating per item; the base is a setting, the
                                                 classes are data (satisfied-redo, none-satisfied)
5   大会 + 闭会 = 总数                             one 来源 per row (required, not-in-list)
6   margins of 来源 × 结果 agree                   both are counted over the same rows (here)
7   Σ主办 = 总数 but for 分办                       one-name, several-names, named-twice
8   交办 ≥ 答复 ≥ 反馈, 按期 ≤ 答复                  required-when (no rating without an answer)
9   last year's B list = base of 回头看            carry-over-differs; the list is typed (上年承诺)
10  提出 ≤ 交办 ≤ 签收 ≤ 答复 ≤ 反馈 ≤ 重办 ≤ report  date-order, date-after
11  real dates only                              impossible-date, date-out-of-range
12  answers and opinions within their limits     late-reply, reply-overdue, late-opinion,
                                                 opinion-overdue, reply-due-soon, unknown-calendar
13  按期 only if 12 holds for all                  the wording (suggestions/test_timeliness)
14  answered: date, and number where required    no-letter-number, required-when
15  100 % only if every item has the record      the wording and required-when (沟通方式 and 日期)
16  不满意 needs a record of handling anew         not-rehandled, rehandling-overdue, late-rehandling,
                                                 needless-rehandling
17  B needs a promise with a date                required-when, promise-overdue
18  solved and 不满意                             solved-unsatisfied
19  solved ≤ answered                            only answered items have a class (here)
20  every number in prose is a named figure      live fields (test_text, test_word_fields)
21  no blank slots, half-width, doubled signs    the template's static check; test_text NEVER
22  one set of place, year and session           基本信息; other-place, other-self, other-year; test_text
                                                 foreign_names.  Any other place in free text may be
                                                 meant: the county, a village, a company
23  代表/建议, not 委员/提案                        mixed-terms
24  names and titles as in the register          unknown-name, ambiguous-name, locked-changed
25  decimals uniform, shares add up to 100       exact rounding (test_counts, test_recount)
==  ===========================================  ==================================================

并案 (merged-chain, merged-differs, unknown-number) belongs to 1 and 24: each item counts once.
"""

import re
from collections import Counter

import pytest

from reportgen.issues import CATALOGUE
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.reports.suggestions.figures.catalogue import count_facts
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.validation import validate_workbooks
from tests.support.generate import case, raw_workbooks
from tests.support.mutations import DAMAGED

NAMED = re.findall(r"\b[a-z]+(?:-[a-z]+)+\b", __doc__ or "")


def scope_of(sample: Sample) -> Scope:
    dataset, _ = validate_workbooks(raw_workbooks(sample), tuple(KINDS[0].workbooks))
    return Scope.of(dataset)


CASES = [
    case(seed % 12 + 3, seed % 6 + 1, seed, rare=seed % 3 > 0, unfinished=seed % 4 / 4)
    for seed in range(24)
]


def test_the_table_names_codes_that_exist_and_are_provoked() -> None:
    """Each with the exact cells, in tests/support/mutations.py; the sample itself passes them all."""
    codes = {word for word in NAMED if word in CATALOGUE}
    assert len(codes) >= 30
    assert codes <= {code for damaged in DAMAGED for code, *_ in damaged.expected}
    strays = set(NAMED) - codes - {"half-width"}
    assert strays == set()


def test_every_code_on_limits_and_kinds_of_items_stands_in_the_table() -> None:
    names = list(CATALOGUE)
    ours = names[names.index("late-reply") : names.index("mixed-terms") + 1]
    assert set(ours) <= set(NAMED)


@pytest.mark.parametrize("place", range(len(CASES)))
def test_the_sums_hold(place: int) -> None:
    scope = scope_of(CASES[place])
    found = {
        key: fact.value for key, fact in count_facts(scope).items() if isinstance(fact.value, int)
    }
    whole = found["议案建议.件数"]

    def added(group: str) -> int:
        return sum(n for key, n in found.items() if re.fullmatch(rf"{group}\.[^.]+\.件数", key))

    assert found["议案.件数"] + found["建议.件数"] == whole  # 1
    assert found["议案转建议.件数"] <= found["建议.件数"]
    assert added("专题") == added("来源") == added("办理方式") == whole  # 2, 5
    assert added("结果") + found["正在办理.件数"] == whole  # 3
    for name in ("满意度", "态度满意度"):
        rated = sum(found[f"{name}.{rating}.件数"] for rating in ("满意", "基本满意", "不满意"))
        assert rated == found[f"{name}.已反馈.件数"] == whole - found[f"{name}.未反馈.件数"]  # 4
    extra = sum(len(names) - 1 for names in scope.items.register["主办部门"])
    assert found["部门合计.主办件数"] == whole + extra  # 7
    assert whole >= found["答复.件数"] >= found["解决.件数"]  # 8, 19
    assert found["按期答复.件数"] + found["逾期答复.件数"] == found["答复.件数"]
    assert found["逾期未答复.件数"] + found["临近期限.件数"] <= found["正在办理.件数"]
    assert found["重新办理.件数"] + found["待重新办理.件数"] == found["满意度.不满意.件数"]  # 16
    assert found["重新办理.满意.件数"] <= found["重新办理.件数"]
    assert found["承诺逾期.件数"] <= found["承诺.件数"] <= found["未解决.件数"]  # 17


@pytest.mark.parametrize("place", range(0, len(CASES), 4))
def test_the_margins_of_source_and_result_agree(place: int) -> None:
    scope = scope_of(CASES[place])
    found = count_facts(scope)
    cells = Counter(zip(scope.table["来源"], scope.table["办理结果"], strict=True))
    for source in ("大会", "闭会"):
        row = sum(count for (name, _), count in cells.items() if name == source)
        assert row == found[f"来源.{source}.件数"].value
    for code, part in scope.class_keys.items():
        column = sum(count for (_, name), count in cells.items() if name == code)
        assert column == found[f"结果.{part}.件数"].value
