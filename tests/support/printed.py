"""Recount what a finished report prints, from the workbooks it was made of: no code of reportgen.

    python -m tests.support.printed 报告.docx 工作目录

Every number in the running text must stand in a sentence of ``SENTENCES`` (or be a date, a title,
the number of an annex), and be what counting the workbooks by hand gives (``tests.brute``).  Every
percentage is worked out again from the counts it is of, as on a pocket calculator.  Every total is
counted once more from the rows of the printed annexes.  What the pictures say of themselves is
held against the same counts.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from tests.support import brute
from tests.support.paper import Printed, Year

ALL = "议案建议.件数"
ROUNDED = "因四舍五入，各项占比之和可能不等于100%"
ADJUSTED = "为使各项占比之和为100%，个别占比作了调整"
SENTENCES = """
代表共提出议案{议案.件数}件、建议{建议.件数}件
由{承办部门.个数}个部门承办
其中{逾期答复.件数}件超过规定期限
已答复{答复.件数}件，答复率{答复.占比}，其余{正在办理.件数}件正在办理
正在办理的{正在办理.件数}件，占{正在办理.占比}
代表对{满意度.已反馈.件数}件的办理结果作了评价
满意率(?:（含[^）]*）)?为{满意.占比}
大会期间提出的{来源.大会.件数}件，闭会期间提出的{来源.闭会.件数}件
有{议案转建议.件数}件由议案转为建议办理
有{并案.件数}件内容相同或相近，合并办理
列为重点督办的有{重点督办.件数}件
有{未解决.件数}件尚未解决
有{未解决.件数}件还没有解决
有{正在办理.件数}件还没有办结
其中{逾期未答复.件数}件已超过答复期限
有{逾期答复.件数}件没有按期答复
有{承诺逾期.件数}件超过了向代表承诺的完成时限
代表对{待重新办理.件数}件的办理结果评价为
还有{待重新办理.件数}件没有重新办理
有{重新办理.仍不满意.件数}件重新办理以后
已有{重新办理.件数}件重新办理并再次答复
还没有再次评价的{重新办理.未评价.件数}件
由一个部门办理的{办理方式.独办.件数}件
由主办部门会同协办部门办理的{办理方式.主办协办.件数}件
由几个部门分别办理的{办理方式.分办.件数}件
有{办理方案.件数}件制定了办理方案，占总件数的{办理方案.占比}
有{签发.件数}件的答复由承办单位负责人签发
有{沟通.件数}件与代表作了沟通，占总件数的{沟通.占比}
按期答复{按期答复.件数}件，按期答复率{按期答复.占比}
经同意延长答复期限的有{延期答复.件数}件
对上年承诺以后解决的{上年承诺.件数}件开展“回头看”
现已解决{上年承诺.解决件数}件，其余继续跟踪办理
其中{上年承诺.逾期件数}件已超过承诺的时限
共提出意见{行动.提出条数}条
已办结{行动.办结条数}条，办结率{行动.办结率}
各部门主办、协办的件数之和大于总件数（{议案建议.件数}件）
"""
"""Sentences with the figures that they state, by key."""
NO_FIGURE = (
    r"《[^》]*》", r"\d{4}年\d{1,2}月\d{1,2}日", r"\d{4}年度", r"附件[123]",
    r"(?:起|为|、)\d+(?:个月|日|天|个工作日)(?=[内。；])", ROUNDED, ADJUSTED,
)  # fmt: skip
"""Numbers that nobody counts: titles, dates, periods, the notes on rounding."""
COMPARED = {
    "议案建议件数": "议案、建议总件数", "议案件数": "(?<!建议总)议案件数", "建议件数": "建议件数",
    "解决件数": "已解决的件数", "答复件数": "已答复的件数", "承办部门个数": "承办部门数",
    "承诺件数": "承诺以后解决的件数",
}  # fmt: skip
"""What the report calls the figures that are compared with last year's."""
LEVELS = {"全国": "全国", "省": "省级", "市": "市级", "县": "县级", "乡镇": "乡镇"}
ATTITUDE = r"代表对(\d+)件的办理态度作了评价，其中(.*?)。"
CONTACTS = ("上门走访", "当面座谈", "电话沟通", "书面沟通", "其他")


def faults(report: bytes, workbooks: Mapping[str, bytes]) -> list[str]:
    """What is printed wrong, one sentence each; ``workbooks`` by their path in the folder."""
    return list(Recount(Printed.of(report), Year.of(workbooks)).complaints())


class Recount:
    """One report against its workbooks."""

    def __init__(self, printed: Printed, year: Year) -> None:
        self.printed, self.year, self.right = printed, year, year.right
        self.codes = year.names("办理结果分类", "代码")
        self.classes = dict(zip(self.codes, year.names("办理结果分类", "名称"), strict=True))
        self.ratings = [str(row["名称"]) for row in year.count.scale]
        self.sentences = [*map(_pattern, self.phrases())]

    def complaints(self) -> Iterator[str]:
        """The running text, then the pictures, then the annexes."""
        theme = ""
        for style, text in self.printed.paragraphs:
            if style.startswith("Heading"):
                theme = text if style == "Heading 2" else ""
            elif style in ("Normal", "注"):
                yield from (f"{fault}：{text}" for fault in self.paragraph(text, theme))
        for text in self.printed.pictures:
            yield from (f"{fault}：{text}" for fault in self.picture(text))
        yield from self.groups()
        if self.printed.tables:
            yield from self.annexes(*self.printed.tables)

    def phrases(self) -> Iterator[str]:
        """The sentences, and those with the names of this register's classes and levels in them."""
        yield from filter(None, SENTENCES.split("\n"))
        for code, name in self.classes.items():
            base = "(?:议案、建议总件数的)?"
            yield f"{re.escape(name)}的{{结果.{code}.件数}}件，占{base}{{结果.{code}.占比}}"
            yield f"办理结果为“{re.escape(name)}”的有{{结果.{code}.件数}}件"
        for name in self.ratings:
            yield f"(?<=[中、，]){re.escape(name)}{{满意度.{name}.件数}}件"
        good = [str(row["名称"]) for row in self.year.count.scale if row["计入满意"] == "是"]
        satisfied = "、".join(good[:-1]) + "或" * (len(good) > 1) + "".join(good[-1:])
        for name, called in (*COMPARED.items(), ("满意件数", f"代表评价为{satisfied}的件数")):
            changed = f"{called}(?:增加|减少){{同比.{name}.增减}}[件个]"
            yield f"{changed}，(?:增长|下降){{同比.{name}.增幅}}"
            yield f"{changed}(?![，])"
        for name in CONTACTS:
            yield f"(?<=[中、]){name}{{沟通方式.{name}.件数}}件"
        for level, name in LEVELS.items():
            raised, done = f"行动.{level}.提出条数", f"行动.{level}.办结条数"
            yield f"{name}代表提出{{{raised}}}条、办结{{{done}}}条"

    def paragraph(self, text: str, theme: str) -> Iterator[str]:
        """Each figure is right, each number is a figure, and a fraction is one percentage."""
        if text in self.written(theme):
            return
        shown: dict[tuple[int, int], set[str]] = {}
        yield from self.attitude(text)
        text = re.sub(ATTITUDE, "", text)
        rest, patterns = text, [*self.sentences, *map(_pattern, self.of_theme(theme))]
        for pattern, keys in patterns:
            for found in pattern.finditer(text):
                for key, number in zip(keys, found.groups(), strict=True):
                    yield from self.figure(key, number)
                    if number.endswith("%"):
                        shown.setdefault(self.ratio(key), set()).add(number)
                rest = rest.replace(found[0], "", 1)
        yield from self.signers(rest)
        rest = re.sub("等\\d+名代表提出|“[^”]*”的\\d+件", "", rest)
        if re.search(r"\d", re.sub("|".join(NO_FIGURE), "", rest)):
            yield f"没有查过的数（{re.sub('|'.join(NO_FIGURE), '', rest)}）"
        if any(len(texts) > 1 for texts in shown.values()) and ADJUSTED not in text:
            yield f"同一分数有两个百分数{shown}"

    def attitude(self, text: str) -> Iterator[str]:
        """What is said of 办理态度, in the same words as what is said of the results."""
        for whole, parts in re.findall(ATTITUDE, text):
            yield from self.figure("态度满意度.已反馈.件数", whole)
            for name, number in re.findall(r"(\D+?)(\d+)件、?", parts):
                yield from self.figure(f"态度满意度.{name}.件数", number)

    def figure(self, key: str, number: str) -> Iterator[str]:
        """What is printed is what was counted, and a percentage what a calculator gives."""
        if self.right.get(key) != number:
            yield f"{key}应为{self.right.get(key)}，印的是{number}"
        if number.endswith("%"):
            yield from self.calculated(key, number, Fraction(*self.ratio(key)))

    def ratio(self, key: str) -> tuple[int, int]:
        """Which count a percentage is of which; what is printed in percent is of something."""
        name, _, what = key.rpartition(".")
        base, part = ALL, f"{name}.件数"
        if key == "按期答复.占比":
            base = "答复.件数"
        elif name == "满意" or name.startswith("满意度"):
            everything = self.year.count.settings["满意率口径"] == "全部"
            base = ALL if everything else "满意度.已反馈.件数"
        elif key == "行动.办结率":
            base, part = "行动.提出条数", "行动.办结条数"
        elif what == "增幅":
            base, part = f"上年.{name.partition('.')[2]}", f"{name}.增减"
        return int(self.right[part]), int(self.right[base])

    def calculated(self, key: str, number: str, fraction: Fraction) -> Iterator[str]:
        """Half up by itself; a share of a group within one unit; 0 and 100 only of none and all."""
        value, exact = Fraction(number.rstrip("%")), fraction * 100
        unit = Fraction(1, 10 ** len(number.rstrip("%").partition(".")[2]))
        group = re.match("结果|正在办理|专题|来源|满意度", key)
        off = abs(value - exact)
        if off >= unit or (not group and (off > unit / 2 or value - exact == -unit / 2)):
            yield f"计算器算出的是{float(exact):.3f}%，印的是{number}"
        if value in (0, 100) and value != exact:
            yield f"不实的{number}，其实是{float(exact):.3f}%"

    def of_theme(self, theme: str) -> Iterator[str]:
        if theme in self.year.names("专题", "名称"):
            key = f"专题.{theme}"
            yield f"这方面的议案、建议共{{{key}.件数}}件，占总件数的{{{key}.占比}}"
            yield f"已解决{{{key}.解决件数}}件"

    def written(self, theme: str) -> set[str]:
        """The paragraphs that people wrote for a theme or the action, with its measures filled in."""
        texts = [row["办理综述"] for row in self.year.register["专题"] if row["名称"] == theme]
        group = f"成效.{theme}" if texts else "行动成效"
        texts = texts or [self.year.count.settings.get("行动综述")]
        units = {
            f"{group}.{row['指标']}": row["单位"]
            for sheets in self.year.returns.values()
            for row in sheets["工作成效"]
        }

        def measure(found: re.Match[str]) -> str:
            key = f"{group}.{found[1]}"
            return f"{self.right[key]}{units[key]}"

        return {re.sub(r"\{(.*?)\}", measure, line) for t in texts if t for line in t.split("\n")}

    def signers(self, text: str) -> Iterator[str]:
        """等4名代表提出的《…》: the leading deputy and those who signed with him."""
        for leader, number, title in re.findall(
            "([^，。；：]*)等(\\d+)名代表提出的《([^》]*)》", text
        ):
            rows = [
                row
                for row in self.year.register["建议台账"]
                if row["标题"] == title and leader.endswith(row["领衔代表"])
            ]
            if int(number) not in {
                brute.distinct([row["领衔代表"], row["联名代表"]]) for row in rows
            }:
                yield f"《{title}》的代表不是{number}名"
        again = re.findall("“([^”]*)”的(\\d+)件", text)
        given = Counter(item.again.get("重办满意度") for item in self.year.count.items
                        if item.again and item.again.get("重办答复日期"))  # fmt: skip
        yield from (
            f"再次评价为“{name}”的应为{given[name]}件"
            for name, number in again
            if given[name] != int(number)
        )

    def groups(self) -> Iterator[str]:
        """The shares of a group make 100, or else it is said, and said only then."""
        lines = [text for style, text in self.printed.paragraphs if style == "Normal"]
        opening = next((line for line in lines if "按办理结果分" in line), "")
        results = opening.partition("按办理结果分")[2].partition("。")[0]
        answered = re.search(r"答复率([\d.]+)%.*正在办理的\d+件，占([\d.]+)%", opening)
        beside = sum(map(Fraction, answered.groups())) if answered else Fraction(100)
        yield from self.group(results, results, beside)
        themes = "".join(line for line in lines if "这方面的议案、建议共" in line)
        noted = next((line for line in lines if line.startswith("以上各专题占总件数")), "")
        yield from self.group(
            "".join(re.findall(r"共\d+件，占总件数的[\d.]+%", themes)), noted, Fraction(100)
        )

    def group(self, shares: str, noted: str, beside: Fraction) -> Iterator[str]:
        """``beside``: what a rate in the paragraph and the share of the rest add up to."""
        bare = shares.replace(ROUNDED, "").replace(ADJUSTED, "")
        printed = [Fraction(share) for share in re.findall(r"占\D*?([\d.]+)%", bare)]
        whole = sum(printed) if printed else Fraction(100)
        if self.year.count.settings["占比取整方式"] == "合计为100":
            plain = all(map(self.is_calculated, re.findall(r"(\d+)件，占\D*?([\d.]+)%", bare)))
            if whole != 100 or ((beside == 100 and plain) != (ADJUSTED not in noted)):
                yield f"占比之和为{float(whole)}%，与答复率合计{float(beside)}%：{shares}"
        elif (whole != 100 or beside != 100) != (ROUNDED in noted):
            yield f"占比之和为{float(whole)}%，却{'有' * (ROUNDED in noted) or '没有'}说明：{shares}"

    def is_calculated(self, printed: tuple[str, str]) -> bool:
        """Whether a share is what a calculator gives for its count, half up."""
        count, share = printed
        unit = Fraction(1, 10 ** len(share.partition(".")[2]))
        off = Fraction(share) - Fraction(int(count) * 100, int(self.right[ALL]))
        return -unit / 2 < off <= unit / 2

    def picture(self, text: str) -> Iterator[str]:
        """A chart says in words every part with its count (and share), and nothing else."""
        right = {
            "议案、建议办理结果构成": [*self.drawn_results()],
            "代表满意度构成": [*self.drawn_ratings()],
            "议案、建议专题分布": [*self.drawn_themes()],
            "各部门主办议案、建议办理情况": [*self.drawn_departments()],
        }
        title = text.partition("：")[0]
        if text != f"{title}：{'；'.join(right.get(title, []))}。":
            yield f"图上应为{'；'.join(right.get(title, []))}"

    def drawn_results(self) -> Iterator[str]:
        open_ = {"正在办理": "正在办理"} if self.right["正在办理.件数"] != "0" else {}
        for key, name in (
            {f"结果.{code}": name for code, name in self.classes.items()} | open_
        ).items():
            yield f"{name}{self.right[f'{key}.件数']}件，占{self.right[f'{key}.占比']}"

    def drawn_ratings(self) -> Iterator[str]:
        names = [name for name in (*self.ratings, "未反馈") if self.count("满意度", name, "件数")]
        shares = {name: self.right.get(f"满意度.{name}.占比") for name in names}
        for name in names:
            share = f"，占{shares[name]}" if all(shares.values()) else ""
            yield f"{name}{self.count('满意度', name, '件数')}件{share}"

    def drawn_themes(self) -> Iterator[str]:
        for name, parts in self.bars("专题", self.year.names("专题", "名称"), "件数"):
            yield f"{name}{self.count('专题', parts, '件数')}件"

    def drawn_departments(self) -> Iterator[str]:
        going = self.right["部门合计.正在办理件数"] != "0"
        for name, own in self.bars("部门", self.owners, "主办件数"):
            parts = [f"{name}主办{self.count('部门', own, '主办件数')}件"]
            parts += [
                f"{c}{self.count('部门', own, f'结果.{k}.件数')}件" for k, c in self.classes.items()
            ]
            parts += [f"正在办理{self.count('部门', own, '正在办理件数')}件"] if going else []
            yield "，".join(parts)

    def bars(
        self, group: str, names: Sequence[str], figure: str
    ) -> Iterator[tuple[str, Sequence[str]]]:
        """The bars, the longest first, each with what it stands for: fifteen at most."""
        counts = {name: self.count(group, name, figure) for name in names}
        ranked = sorted((name for name in names if counts[name]), key=lambda name: -counts[name])
        alone = ranked if len(ranked) <= 15 else ranked[:14]
        yield from ((name, [name]) for name in alone)
        rest = ranked[len(alone) :]
        if rest:
            yield f"其余{len(rest)}个{group}", rest

    def count(self, group: str, names: str | Sequence[str], figure: str) -> int:
        own = [names] if isinstance(names, str) else names
        return sum(int(self.right.get(f"{group}.{name}.{figure}", 0)) for name in own)

    @property
    def owners(self) -> list[str]:
        """The departments that have anything to do."""
        names = self.year.names("承办部门", "全称")
        return [name for name in names if f"部门.{name}.承办件数" in self.right]

    def annexes(
        self,
        items: Sequence[Sequence[str]],
        departments: Sequence[Sequence[str]],
        accounts: Sequence[Sequence[str]],
    ) -> Iterator[str]:
        """附件1 has every item; its rows and those of 附件2 add up to what the text states."""
        header, *rows = items
        cells: dict[str, list[str]] = {
            name: [
                self.full(row[header.index(name)], name) if name in header else "" for row in rows
            ]
            for name in (*header, "协办", "满意度", "答复日期")
        }
        numbers = [row["编号"] for row in self.year.register["建议台账"]]
        if cells["编号"] != numbers or cells["序号"] != [str(n + 1) for n in range(len(rows))]:
            yield "附件1的编号、序号与台账不同"
        totals: dict[str, int] = {ALL: len(rows)}
        totals |= {f"{kind}.件数": cells["类别"].count(kind) for kind in ("议案", "建议")}
        totals |= {f"结果.{code}.件数": cells["结果"].count(code) for code in self.codes}
        totals["正在办理.件数"] = cells["结果"].count("正在办理")
        totals["答复.件数"] = sum(map(bool, cells["答复日期"]))
        totals |= {f"满意度.{name}.件数": cells["满意度"].count(name) for name in self.ratings}
        totals["满意度.已反馈.件数"] = sum(map(bool, cells["满意度"]))
        totals["逾期答复.件数"] = sum(self.late(cells))
        owners = [set(brute.names(a)) | set(brute.names(b))
                  for a, b in zip(cells["主办"], cells["协办"], strict=True)]  # fmt: skip
        totals["承办部门.个数"] = len(set().union(*owners))
        yield from _differences("附件1", totals, self.right)
        yield from self.departments(departments, cells)
        yield from self.accounts(accounts)

    def accounts(self, table: Sequence[Sequence[str]]) -> Iterator[str]:
        """附件3 has every item, and all that departments wrote of it."""
        told: dict[str, list[str]] = {}
        for sheets in self.year.returns.values():
            for part in sheets["办理情况"]:
                words = [part.get(name) for name in ("办理措施及成效", "未解决原因")]
                told.setdefault(str(part["编号"]), []).extend(str(each) for each in words if each)
        register = self.year.register["建议台账"]
        if [row[:3] for row in table[1:]] != [
            [str(row[name]) for name in ("编号", "标题", "主办部门")] for row in register
        ]:
            yield "附件3的编号、标题、主办与台账不同"
        for number, *_, text in table[1:]:
            missing = [each for each in told.get(number, ()) if each.rstrip("。") not in text]
            yield from (f"附件3第{number}号少了“{each}”" for each in missing)

    def full(self, cell: str, column: str) -> str:
        """The departments of a cell by their full names."""
        if column not in ("主办", "协办"):
            return cell
        register = self.year.register["承办部门"]
        known = {str(row["简称"]): str(row["全称"]) for row in register if row["简称"]}
        return "、".join(known.get(name, name) for name in brute.names(cell))

    def late(self, cells: Mapping[str, Sequence[str]]) -> list[bool]:
        dues = [item.due for item in self.year.count.items]
        return [_date(day) > due for day, due in zip(cells["答复日期"], dues, strict=True) if day]

    def departments(
        self, table: Sequence[Sequence[str]], cells: Mapping[str, Sequence[str]]
    ) -> Iterator[str]:
        """Each column adds up; each department has what 附件1 gives it, and its own rate."""
        header, *rows, whole = table
        if [row[0] for row in table[1:]] != [*self.owners, "合计"]:
            yield "附件2的部门与台账不同"
            return
        for at, name in enumerate(header[1:-1], 1):
            if sum(int(row[at]) for row in rows) != int(whole[at]):
                yield f"附件2“{name}”一列相加不等于合计{whole[at]}"
        for row in rows:
            shown = dict(zip(header, row, strict=True))
            for role in ("主办", "协办"):
                given = sum(row[0] in brute.names(cell) for cell in cells[role])
                if given != int(shown[role]):
                    yield f"附件1中{row[0]}{role}{given}件，附件2是{shown[role]}件"
            key = f"部门.{row[0]}"
            right = {code: self.right[f"{key}.结果.{code}.件数"] for code in self.codes}
            right |= {
                "正在办理": self.right[f"{key}.正在办理件数"],
                "已答复": self.right[f"{key}.答复件数"],
            }
            right["满意率"] = self.right.get(f"{key}.满意率", "—")
            yield from _differences(f"附件2{row[0]}", shown, right)
            if int(shown["已答复"]) + int(shown["正在办理"]) != int(shown["主办"]):
                yield f"附件2{row[0]}已答复与正在办理之和不是主办件数"
        if whole[-1] != self.right.get("满意.占比", "—"):
            yield f"附件2合计满意率应为{self.right.get('满意.占比', '—')}，印的是{whole[-1]}"


def _pattern(phrase: str) -> tuple[re.Pattern[str], list[str]]:
    """A sentence as an expression whose groups are its figures, and the figures' keys."""
    phrase = phrase.partition("：")[2] or phrase
    keys = re.findall(r"\{(.*?)\}", phrase)
    return re.compile(re.sub(r"\{.*?\}", r"(\\d[\\d.]*%?)", phrase)), keys


def _differences(
    where: str, shown: Mapping[str, object], right: Mapping[str, str]
) -> Iterator[str]:
    for key in set(shown) & set(right):
        if str(shown[key]) != right[key]:
            yield f"{where}的{key}是{shown[key]}，应为{right[key]}"


def _date(text: str) -> dt.date:
    year, month, day = map(int, text.split("-"))
    return dt.date(year, month, day)


def main(report: str, folder: str) -> int:
    """Print what is wrong; → exit code."""
    books = {path.relative_to(folder).as_posix(): path.read_bytes()
             for path in [Path(folder) / "建议台账.xlsx", *Path(folder).glob("填报/*.xlsx")]}  # fmt: skip
    found = faults(Path(report).read_bytes(), books)
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.stdout.write(f"{len(found)}处不符。\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
