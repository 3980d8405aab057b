"""Verdicts → findings: the fourth part decides 错误 or 提醒 and says the reckoning in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from reportgen.proofread.levels import ERROR, REMARK
from reportgen.proofread.model import (
    Agreement,
    Formula,
    Number,
    NumberKind,
    Proof,
    ProofFinding,
    Strength,
    Verdict,
)

_CODES = {
    Formula.RATIO: "占比不符", Formula.REST: "占比不符", Formula.SUM: "分项合计不符", Formula.GROWTH: "增幅不符",
    Formula.CHANGE: "增幅不符", Formula.DIFFERENCE: "增减数不符",
    Formula.WHOLE: "占比合计不符", Formula.NET: "净增减不符", Formula.BETWEEN: "总体不在分项之间",
    Formula.QUOTIENT: "平均数不符", Formula.SAME: "前后不一致", Formula.AT_MOST: "部分大于总数",
    Formula.COUNTABLE: "不可能的比率", Formula.DIRECTION: "增减方向矛盾",
}  # fmt: skip
_LIKE = {
    Agreement.CUT: "似为截尾",
    Agreement.LAST: "末位不符",
    Agreement.BENT: "似为凑成100%",
    Agreement.SCALE: "似为小数点或万、亿写错",
    Agreement.SWAP: "似有两个数字颠倒",
    Agreement.SLIP: "似有一个数字写错",
}


def word_findings(verdicts: Iterable[Verdict]) -> Proof:
    """Return what disagrees, in words and in order, and every relation that was reckoned."""
    found = list(verdicts)
    findings = [finding for each in found if (finding := _word_finding(each)) is not None]
    checked = {
        (each.reading.formula.value, _spans_of(each)): None
        for each in found
        if each.agreement is Agreement.HOLDS or _decide_level(each)
    }
    return Proof(sorted(findings, key=lambda each: each.spans[0]), list(checked))


def _word_finding(verdict: Verdict) -> ProofFinding | None:
    level = _decide_level(verdict)
    if not level:
        return None
    right = _find_right_value(verdict)
    return ProofFinding(
        _CODES[verdict.reading.formula],
        level,
        _spans_of(verdict),
        _write_message(verdict, right),
        right,
    )


def _printed_of(verdict: Verdict) -> Number:
    return verdict.reading.printed or verdict.claim.printed


def _spans_of(verdict: Verdict) -> tuple[tuple[int, int], ...]:
    return tuple(each.span for each in (_printed_of(verdict), *verdict.reading.numbers))


def _decide_level(verdict: Verdict) -> str:
    """错误, 提醒, or nothing where too little speaks for the reading."""
    loose = any(each.loose for each in (_printed_of(verdict), *verdict.reading.numbers))
    formula = verdict.reading.formula
    if (loose and formula is not Formula.AT_MOST) or verdict.agreement is Agreement.HOLDS:
        return ""
    if verdict.reading.pattern[:1] in _TABULAR:
        return _level_of_cell(verdict)
    return _LEVELS.get(formula, _level_of_sure)(verdict)


def _level_of_sure(verdict: Verdict) -> str:
    """Only what the words name in all its parts."""
    near = verdict.agreement in _NEAR
    return "" if verdict.reading.strength is not Strength.SURE else REMARK if near else ERROR


def _level_of_cell(verdict: Verdict) -> str:
    """By the votes of the other columns or rows; a named total needs one less."""
    votes = verdict.supported + (verdict.reading.strength is Strength.LIKELY)
    if verdict.opposed * 3 > verdict.supported and verdict.opposed:
        return ""
    if votes < _VOTES:
        return _level_of_lone_total(verdict)
    small = min(_count_units(each) for each in verdict.reading.numbers) < _SOME_UNITS
    is_rate = verdict.reading.formula is not Formula.SUM
    near = verdict.agreement in _NEAR
    if is_rate and small and not near:
        return REMARK if votes >= _MANY_VOTES else ""
    return REMARK if is_rate and near else ERROR


def _level_of_lone_total(verdict: Verdict) -> str:
    """A row that is called the total, with nearly what all the others make, and no column to the contrary."""
    named = verdict.reading.formula is Formula.SUM and verdict.reading.strength is Strength.LIKELY
    near = verdict.agreement in {Agreement.LAST, Agreement.SWAP, Agreement.SLIP}
    large = _count_units(_printed_of(verdict)) >= _SOME_UNITS
    if not (named and near and large):
        return ""
    return ERROR if verdict.supported else REMARK


_VOTES, _MANY_VOTES = 3, 5
"""Rates of small counts by so few may be those of a column that only happens to be alike."""
_TABULAR = {("rows",), ("share",), ("growth",)}
_SLIPS = {Agreement.SCALE, Agreement.SWAP, Agreement.SLIP}
_NEAR = {Agreement.CUT, Agreement.LAST, Agreement.BENT}


def _level_of_single(verdict: Verdict) -> str:
    """Two places may speak of two things; only a near miss tells that they do not."""
    if verdict.reading.strength is not Strength.LIKELY:
        return ""
    if verdict.reading.formula is Formula.AT_MOST:
        return REMARK if _printed_of(verdict).low > _TIMES * verdict.expected[1] else ""
    many = _count_units(_printed_of(verdict)) >= _SOME_UNITS
    if not many or verdict.agreement not in _SLIPS | _NEAR:
        return ""
    told = verdict.reading.pattern[:1] == _TOLD and verdict.supported >= _TOLD_BESIDE
    return ERROR if told and not verdict.opposed else REMARK


_TOLD = ("table",)
_TOLD_BESIDE = 2
"""So many other numbers of the text that agree with a table show that it speaks of that table."""


_TIMES = 10
"""A part of so many times its whole is no matter of overlapping classes."""


def _level_of_rates(verdict: Verdict) -> str:
    """Never more than a remark but for stocks and flows that are named as such."""
    if verdict.reading.strength is Strength.SURE:
        return ERROR
    if verdict.reading.strength is not Strength.LIKELY:
        return ""
    if verdict.reading.formula is Formula.NET:
        return REMARK if verdict.agreement in _SLIPS | _NEAR else ""
    return REMARK


def _level_of_share(verdict: Verdict) -> str:
    support = verdict.supported
    near = verdict.agreement in _NEAR
    slip = verdict.agreement in _SLIPS
    named = verdict.reading.strength is Strength.LIKELY
    beside = verdict.reading.strength is not Strength.POSSIBLE
    if near and (support or named):
        return REMARK
    if _printed_of(verdict).block != verdict.reading.numbers[1].block:
        return _level_of_far_share(slip=slip, support=support)
    long = beside and _count_units(_printed_of(verdict)) >= _SOME_UNITS
    if (
        support >= 2
        or (slip and (support or named))
        or (long and (support or verdict.agreement is Agreement.SCALE))
    ):
        return ERROR
    if verdict.reading.strength is Strength.SURE:
        return REMARK if near else ERROR
    return REMARK if named or (beside and support) else ""


def _level_of_far_share(*, slip: bool, support: int) -> str:
    """Another paragraph may explain; it accuses only of what it nearly explains and others hold by."""
    return "" if not (slip and support) else ERROR if support >= 2 else REMARK


def _level_of_sum(verdict: Verdict) -> str:
    """A list that must be whole is an error if a slip explains it, or its total is well known."""
    support = verdict.supported
    near = verdict.agreement is Agreement.LAST
    slip = near or verdict.agreement in _SLIPS
    if verdict.reading.pattern[:1] == ("step",) and support:
        return ERROR
    strength = verdict.reading.strength
    if strength is Strength.SURE:
        return _level_of_whole(verdict, slip=slip)
    if strength is Strength.LIKELY:
        return ERROR if support >= 2 or near or (slip and support) else REMARK if slip else ""
    return _level_of_list(verdict) if strength is Strength.BESIDE else ""


def _level_of_whole(verdict: Verdict, *, slip: bool) -> str:
    """Of a list that must be whole; one that is less and does not say itself that it ends may go on."""
    reading, total = verdict.reading, _printed_of(verdict)
    beside = total.sentence == reading.numbers[0].sentence
    if reading.closed and beside and total.clause + 1 >= reading.numbers[0].clause:
        return ERROR
    goes_on = verdict.expected[1] < total.low and not reading.closed
    exact = verdict.agreement in {Agreement.LAST, Agreement.SWAP}
    sure = verdict.supported >= 2 or exact or (slip and not goes_on)
    return ERROR if sure else REMARK


def _level_of_list(verdict: Verdict) -> str:
    """Of a list that may be whole: only what is hardly met by chance."""
    units, agreement = _count_units(_printed_of(verdict)), verdict.agreement
    if agreement is Agreement.LAST:
        return ERROR if units >= _MANY_UNITS else REMARK
    several = len(verdict.reading.numbers) >= _SEVERAL
    if agreement is Agreement.SWAP:
        return REMARK if several or units >= _MORE_UNITS else ""
    return REMARK if agreement is Agreement.SLIP and several and units >= _SOME_UNITS else ""


_SEVERAL, _SOME_UNITS = 3, 100
"""Of a list of so many items, and a total of so many units, one slip is hardly met by chance."""
_MORE_UNITS = 1000
"""Of two items only, two digits swapped are met by chance in smaller totals."""
_MANY_UNITS = 200
"""Totals of so many units that a list beside them is not that near by chance."""


_LEVELS: Mapping[Formula, Callable[[Verdict], str]] = {
    Formula.RATIO: _level_of_share,
    Formula.SUM: _level_of_sum,
    **dict.fromkeys((Formula.QUOTIENT, Formula.SAME, Formula.AT_MOST), _level_of_single),
    **dict.fromkeys(
        (Formula.WHOLE, Formula.NET, Formula.BETWEEN, Formula.COUNTABLE), _level_of_rates
    ),
}


def _count_units(number: Number) -> Fraction:
    return abs(number.value) / (2 * number.half or 1)


def _find_right_value(verdict: Verdict) -> str:
    """The value that follows, as it would be printed; empty where it cannot be told."""
    printed, (low, high) = _printed_of(verdict), verdict.expected
    beyond = verdict.reading.formula is Formula.CHANGE and high > _BEYOND
    if beyond or verdict.reading.formula in {Formula.SUM, Formula.BETWEEN, Formula.DIRECTION}:
        return ""
    one, other = (_format_value(value, printed) for value in (low, high))
    return one if one == other else ""


def _write_message(verdict: Verdict, right: str) -> str:
    printed = _printed_of(verdict)
    middle = sum(verdict.expected, Fraction(0)) / 2
    texts = [each.text for each in verdict.reading.numbers]
    given = _format_value(middle, printed)
    if verdict.reading.formula is Formula.CHANGE and verdict.expected[1] > _BEYOND:
        return f"增加的{texts[0]}比增加后的{texts[1]}还多，数量级对不上，似为万、亿写错"
    said = _SAID.get(verdict.reading.formula)
    if verdict.reading.formula is Formula.NET and verdict.reading.strength is Strength.SURE:
        said = "由{others}增减得出{given}，文中{printed}"
    if verdict.reading.pattern[:1] == _TOLD:
        said = "表中是{others}，文中是{printed}"
    if said is not None:
        return said.format(printed=printed.text, others="、".join(texts), given=given)
    said = f"{_write_reckoning(verdict)}={_format_precise(middle, printed)}，文中{printed.text}"
    is_sum = verdict.reading.formula is Formula.SUM
    like = "" if is_sum else _LIKE.get(verdict.agreement, "")
    return "，".join(part for part in (said, like, f"应为{right}" if right else "") if part)


_BEYOND = 10**6
"""Percent; a change by more is no change of the level printed."""
_SAID = {
    Formula.SAME: "前面说的是{others}，这里是{printed}",
    Formula.AT_MOST: "其中的{printed}比总数{others}还多，数量级对不上",
    Formula.DIRECTION: "“{printed}”前写的是增还是减，与{others}的增减相反",
    Formula.COUNTABLE: "上期也是整数，由{others}算，增减幅只能是{given}等，文中{printed}",
    Formula.NET: "各部分增减应当相抵，其余各项{others}合计{given}，文中{printed}",
    Formula.BETWEEN: "总的应在各部分{others}之间，文中{printed}",
}


def _write_reckoning(verdict: Verdict) -> str:
    reading = verdict.reading
    numbers = reading.numbers
    if reading.formula is Formula.DIFFERENCE:
        numbers = tuple(sorted(numbers, key=lambda each: -each.value))
    texts = [each.text for each in numbers]
    if reading.formula is Formula.RATIO:
        whole = "+".join(texts[1:])
        return f"{texts[0]}÷{f'（{whole}）' if len(texts) > 2 else whole}"
    if reading.formula is Formula.CHANGE:
        sign = "+" if reading.signs[0] < 0 else "-"
        return f"{texts[0]}÷（{texts[1]}{sign}{texts[0]}）"
    pattern = _WAYS.get(reading.formula)
    return pattern.format(*texts) if pattern else _JOINS.get(reading.formula, "、").join(texts)


_WAYS = {
    Formula.REST: "（{1}-{0}）÷{1}",
    Formula.GROWTH: "（{0}-{1}）÷{1}",
    Formula.DIFFERENCE: "{0}-{1}",
    Formula.QUOTIENT: "{0}÷{1}",
}
_JOINS = {Formula.SUM: "+"}


_TAILS = {NumberKind.PERCENT: "%", NumberKind.PERMILLE: "‰"}


def _format_precise(value: Fraction, printed: Number) -> str:
    """A result with two places more than are printed, without idle zeros."""
    if printed.kind is NumberKind.COUNT:
        return _format_scaled(value, printed)
    text = _round_to_text(value, _count_places(printed) + 2)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}{_TAILS.get(printed.kind, '')}"


def _format_value(value: Fraction, printed: Number) -> str:
    if printed.kind is NumberKind.COUNT:
        return _format_scaled(value, printed)
    return f"{_round_to_text(value, _count_places(printed))}{_TAILS.get(printed.kind, '')}"


def _format_scaled(value: Fraction, printed: Number) -> str:
    """In the scale (万, 亿) of the printed number."""
    mark = next((sign for sign in ("万亿", "亿", "万") if printed.text.endswith(sign)), "")
    scale = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[mark]
    places = len(printed.text.removesuffix(mark).partition(".")[2])
    return f"{_round_to_text(value / scale, places)}{mark}"


def _count_places(number: Number) -> int:
    return len(number.text.rstrip("%‰").partition(".")[2])


def _round_to_text(value: Fraction, places: int) -> str:
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return str(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
