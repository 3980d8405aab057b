"""Recount every figure of a report from the workbooks: an audit that shares no code with reportgen.

    python tests/support/recount.py output/facts.json 工作目录

Each figure in facts.json names the cells or the other figures it was made from and how.  This
script opens the workbooks itself (openpyxl only), makes each figure again and says which do not
come out.  It ends with 0 if all do.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string

Value = object
"""What openpyxl found in a cell."""
Figure = Mapping[str, Any]
BESIDES = {"结果": ["正在办理.占比"]}
"""Shares that complete a group but stand under another name."""


def recount(
    facts: Mapping[str, Figure], folder: Path, settings: Mapping[str, str] | None = None
) -> list[str]:
    """What is wrong, one sentence for each figure at fault; nothing if all is well.

    ``settings``: what stands in no workbook of the folder: it holds many units'.
    """
    return list(Audit(facts, Cells(folder, settings)).complaints())


OF_COUNTY = {"占比小数位数": "1", "占比取整方式": "合计为100"}


def recount_county(facts: Mapping[str, Figure], root: Path) -> list[str]:
    """The same of a report on many units, but for the numbers of folders, which stand in no cell."""
    own = {key: fact for key, fact in facts.items() if not key.startswith("汇总.")}
    return recount(own, root, OF_COUNTY)


@dataclass
class Cells:
    """The workbooks of a working folder, each opened once."""

    folder: Path
    settings: Mapping[str, str] | None = None
    read: dict[tuple[str, str], list[tuple[Value, ...]]] = field(default_factory=dict)

    def value(self, spot: tuple[str, str, str, int]) -> Value:
        """The content of one cell."""
        file, sheet, column, row = spot
        rows = self.rows(file, sheet)
        place = column_index_from_string(column) - 1
        return rows[row - 1][place] if row <= len(rows) and place < len(rows[row - 1]) else None

    def rows(self, file: str, sheet: str) -> list[tuple[Value, ...]]:
        """All rows of a sheet, from the first."""
        if (file, sheet) not in self.read:
            book = openpyxl.load_workbook(self.folder / file, data_only=True)
            for each in book.worksheets:
                self.read[file, each.title] = list(each.iter_rows(values_only=True))
            book.close()
        return self.read[file, sheet]

    def setting(self, name: str) -> str:
        """An item of 基本信息."""
        if self.settings:
            return self.settings[name]
        for row in self.rows("建议台账.xlsx", "基本信息"):
            filled = [plain(value) for value in row if plain(value)]
            if filled and filled[0] == name:
                return filled[1] if len(filled) > 1 else ""
        raise KeyError(name)


class Audit:
    """One run over all figures."""

    def __init__(self, facts: Mapping[str, Figure], cells: Cells) -> None:
        self.facts, self.cells = facts, cells
        self.places = int(cells.setting("占比小数位数"))
        self.to_100 = cells.setting("占比取整方式") != "四舍五入"

    def complaints(self) -> Iterator[str]:
        """Every figure by its method, then the groups of shares."""
        for key, fact in self.facts.items():
            try:
                check = METHODS[fact["source"]["method"]]
                faults = [*check(self, fact), *self.shown(fact)]
            except (KeyError, ValueError, IndexError, OSError) as error:
                faults = [f"查不到来源（{error!r}）"]
            yield from (f"{key}：{fault}" for fault in faults)
        yield from self.left_out(self.facts["议案建议.件数"])
        yield from self.decimals()
        for group in sorted({group_of(key) for key in self.shares()}):
            yield from self.group(group)

    def shown(self, fact: Figure) -> Iterator[str]:
        """The text is the value; a percentage has its decimals and a base that exists."""
        sign = "%" if fact["unit"] == "%" else ""
        signless = fact["source"]["method"] in ("相减", "增幅")
        value = str(fact["value"])
        if fact["source"]["method"] == "取值":  # also 2.5万, and percentages typed as such
            if quantity(fact["text"], fact["unit"]) != quantity(value, fact["unit"]):
                yield f"文字“{fact['text']}”与数值{value}不符"
            return
        if fact["text"] != (value.lstrip("-") if signless else value) + sign:
            yield f"文字“{fact['text']}”与数值{value}不符"
        if sign and decimals(fact) < self.places:
            yield f"“{fact['text']}”不到{self.places}位小数"
        if bool(sign) != bool(fact["base"]) or (sign and fact["base"] not in self.facts):
            yield f"百分数的基数“{fact['base']}”不对"

    def spots(self, fact: Figure, name: str = "cells") -> list[tuple[str, str, str, int]]:
        """The cells named by a figure, one by one."""
        return [
            (part["file"], part["sheet"], part["column"], row)
            for part in fact["source"][name]
            for first, last in part["rows"]
            for row in range(first, last + 1)
        ]

    def values(self, fact: Figure, name: str = "cells") -> list[Value]:
        return [self.cells.value(spot) for spot in self.spots(fact, name)]

    def of(self, fact: Figure) -> list[Fraction]:
        """The values of the figures a figure was made from."""
        return [Fraction(str(self.facts[key]["value"])) for key in fact["source"]["facts"]]

    def quoted(self, fact: Figure) -> Iterator[str]:
        (content,) = self.values(fact)
        if quantity(content, fact["unit"]) != quantity(fact["value"], fact["unit"]):
            yield f"单元格里是“{content}”，报告是{fact['value']}"

    def counted(self, fact: Figure) -> Iterator[str]:
        spots = self.spots(fact)
        yield from differs(len(set(spots)), fact)
        if empty := [spot for spot in spots if not plain(self.cells.value(spot))]:
            yield f"数了空单元格{empty[0]}"
        if fact["source"]["equals"]:
            among = self.spots(fact, "among")
            right = {
                spot for spot in among if plain(self.cells.value(spot)) in fact["source"]["equals"]
            }
            if right != set(spots):
                yield f"应数{len(right)}个单元格，只差{sorted(right ^ set(spots))[:3]}"

    def left_out(self, fact: Figure) -> Iterator[str]:
        """Every filled cell from the first that was counted on must have been counted."""
        for part in fact["source"]["cells"]:
            rows = {row for first, last in part["rows"] for row in range(first, last + 1)}
            end = len(self.cells.rows(part["file"], part["sheet"]))
            for row in range(min(rows), end + 1):
                spot = (part["file"], part["sheet"], part["column"], row)
                if row not in rows and plain(self.cells.value(spot)):
                    yield f"{fact['key']}：漏数了{part['column']}{row}"

    def distinct(self, fact: Figure) -> Iterator[str]:
        cells = [plain(value) for value in self.values(fact)]
        yield from differs(len({name for cell in cells for name in split(cell)}), fact)

    def added(self, fact: Figure) -> Iterator[str]:
        amounts = [quantity(value, fact["unit"]) for value in self.values(fact)]
        yield from differs(sum(map(Fraction, amounts)), fact)

    def total(self, fact: Figure) -> Iterator[str]:
        yield from differs(sum(self.of(fact)), fact)

    def subtracted(self, fact: Figure) -> Iterator[str]:
        first, second = self.of(fact)
        yield from differs(first - second, fact)

    def grown(self, fact: Figure) -> Iterator[str]:
        first, second = self.of(fact)
        yield from self.rounded((first - second) * 100 / second, fact)

    def share(self, fact: Figure) -> Iterator[str]:
        """Half up; one that was adjusted says so and is off by less than one unit."""
        part, base = self.of(fact)
        exact, value = part * 100 / base, Fraction(str(fact["value"]))
        if fact["source"]["facts"][1] != fact["base"]:
            yield "基数不是所除的数"
        if not fact["source"]["note"]:
            yield from self.rounded(exact, fact)
        elif value == half_up(exact, decimals(fact)):
            yield "注明调整过，其实没有"
        elif abs(value - exact) * 10 ** decimals(fact) >= 1 or is_false(value, exact):
            yield f"调整过多：应为{float(exact):.4f}%"

    def rounded(self, exact: Fraction, fact: Figure) -> Iterator[str]:
        """Half up at the decimals it has, and no 0 or 100 that is not exactly that."""
        yield from differs(half_up(exact, decimals(fact)), fact)
        if is_false(Fraction(str(fact["value"])), exact):
            yield f"不实的{fact['text']}：应为{float(exact):.4f}%"

    def decimals(self) -> Iterator[str]:
        """More decimals than asked for stand only where one fewer would make some claim false."""
        for alone, keys in self.families().items():
            exact = [self.exact(self.facts[key]) for key in keys]
            shown = {decimals(self.facts[key]) for key in keys}
            fewer = [max(self.places, number - 1) for number in shown if number > self.places]
            for number in fewer:
                if not any(self.needs_more(each, number) for each in exact):
                    yield f"{alone}：小数位数多于需要"
            if len({number for number in shown if number <= 2}) > 1:
                yield f"{alone}：小数位数不一"

    def needs_more(self, exact: Fraction, places: int) -> bool:
        """Whether so many decimals would tell a share wrong, or might when all must make 100."""
        if self.to_100:
            return any(0 < left * 10**places < 1 for left in (exact, 100 - exact))
        return is_false(half_up(exact, places), exact)

    def families(self) -> dict[str, list[str]]:
        """Percentages that look alike: all those of suggestions, and each of the others."""
        found: dict[str, list[str]] = {}
        for key, fact in self.facts.items():
            if fact["unit"] == "%":
                other = key.startswith(("行动", "上年", "同比"))
                found.setdefault(key if other else "建议", []).append(key)
        return found

    def exact(self, fact: Figure) -> Fraction:
        first, second = self.of(fact)
        first -= second * (fact["source"]["method"] == "增幅")
        return Fraction(first * 100 / second)

    def shares(self) -> list[str]:
        """The shares that belong to a group: of something that is counted beside its siblings."""
        return [
            key
            for key, fact in self.facts.items()
            if fact["source"]["method"] == "占比" and key.count(".") == 2 and key.endswith(".占比")
        ]

    def group(self, group: str) -> Iterator[str]:
        """The parts make the whole, and the shares 100 if so set; adjusted ones only then."""
        keys = [key for key in self.shares() if group_of(key) == group] + BESIDES.get(group, [])
        parts = [self.of(self.facts[key]) for key in keys]
        if sum(part for part, _ in parts) != parts[0][1]:
            yield f"{group}：各项之和不等于{parts[0][1]}"
        printed = sum(Fraction(str(self.facts[key]["value"])) for key in keys)
        if self.to_100 and printed != 100:
            yield f"{group}：各项占比之和为{float(printed)}%"
        if not self.to_100 and any(self.facts[key]["source"]["note"] for key in keys):
            yield f"{group}：逐项四舍五入，却有调整"


METHODS: Mapping[str, Callable[[Audit, Figure], Iterator[str]]] = {
    "取值": Audit.quoted,
    "计件": Audit.counted,
    "去重计数": Audit.distinct,
    "求和": Audit.added,
    "占比": Audit.share,
    "合计": Audit.total,
    "相减": Audit.subtracted,
    "增幅": Audit.grown,
}


def differs(right: float | Fraction, fact: Figure) -> Iterator[str]:
    if Fraction(str(fact["value"])) != right:
        yield f"应为{float(right):g}，报告是{fact['value']}"


def decimals(fact: Figure) -> int:
    return len(str(fact["value"]).partition(".")[2])


def is_false(shown: Fraction, exact: Fraction) -> bool:
    """Whether it says none or all of what is only nearly so."""
    return abs(shown) in (0, 100) and shown != exact


def half_up(number: Fraction, places: int) -> Fraction:
    """Half away from zero, exactly."""
    units = int(abs(number) * 10**places + Fraction(1, 2))
    return Fraction(units if number >= 0 else -units, 10**places)


def plain(value: Value) -> str:
    """A cell's content as text: 7.0 is 7, a blank is nothing."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def quantity(value: Value, unit: str) -> Fraction | str:
    """``1,200户`` as 1200, ``2.5万`` as 25000; what is no exact number as it stands."""
    text = unicodedata.normalize("NFKC", plain(value)).replace(",", "").replace(" ", "")
    text = text.removesuffix(unicodedata.normalize("NFKC", unit))
    scale = {"万": 10_000, "亿": 100_000_000}.get(text[-1:], 1)
    try:
        return Fraction(text[:-1] if scale > 1 else text) * scale
    except ValueError:
        return text


def split(cell: str) -> list[str]:
    return [name for name in re.split("[、，,；;/／\n\t]", cell) if name]


def group_of(key: str) -> str:
    return key.partition(".")[0]


def main(facts: str, folder: str) -> int:
    figures = json.loads(Path(facts).read_text(encoding="utf-8"))["facts"]
    found = recount(figures, Path(folder))
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.stdout.write(f"共{len(figures)}个数，{len(found)}处不符。\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
