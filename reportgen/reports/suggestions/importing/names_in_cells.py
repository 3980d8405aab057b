"""The names in the cells of other people's ledgers: deputies, departments, themes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations, groupby, pairwise

from reportgen.glyphs import half_width
from reportgen.schema.columns import SEPARATORS, clean_name, normalise_name


@dataclass(frozen=True, slots=True)
class CellDeputies:
    """Who stands in a cell.

    ``unnamed``: the words that stand for more people (等5人); ``spaced``: only spaces part them.
    """

    names: tuple[str, ...]
    unnamed: str = ""
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class CellDepartments:
    """The departments of a cell: those marked as lead or as helper, and those not marked."""

    leads: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.leads, *self.plain, *self.helpers)


def read_deputies(text: str) -> CellDeputies:
    """``张三、李四等5名代表``, ``张三（领衔） 李四``, ``刘 亚``."""
    unnamed = _AND_MORE.search(half_width(text))
    rest = _AND_MORE.sub("", half_width(text))
    rest = re.sub(r"(?:领衔|附议|联名|第一|其他)(?:人|代表|提案人)?:", "、", rest)
    rest = re.sub(r"\((?:领衔|附议|联名|领衔代表|领衔人|女|男)\)", "、", rest)
    parts = [list(_part_by_spaces(part)) for part in _split_names(rest)]
    names = (_clean_person(name) for part in parts for name in part)
    spaced = any(len(part) > 1 for part in parts)
    more = unnamed[0].strip() if unnamed else ""
    return CellDeputies(tuple(dict.fromkeys(filter(None, names))), more, spaced)


def read_departments(text: str) -> CellDepartments:
    """``县教育局、县财政局``, ``主办：A；协办：B``, ``A（主办）、B（协办）``."""
    groups: dict[str, list[str]] = {"leads": [], "helpers": [], "plain": []}
    role = "plain"
    for part in re.split(f"({_ROLE.pattern}:)", half_width(text)):
        if part is None:
            continue
        if _ROLE.fullmatch(part.removesuffix(":")) and part.endswith(":"):
            role = _find_side(part)
            continue
        for name in (name for piece in _split_names(part) for name in _split_departments(piece)):
            marked = _MARK.search(name)
            side = _find_side(marked[1]) if marked else role
            groups[side].append(_MARK.sub("", name))
    return CellDepartments(**{side: tuple(dict.fromkeys(found)) for side, found in groups.items()})


@dataclass
class DistinctNames:
    """Distinct names in the order met; spellings that differ only in spaces or width are one."""

    known: dict[str, str] = field(default_factory=dict)

    def add(self, name: str) -> str:
        """The spelling that stands for this name: the one met first."""
        return self.known.setdefault(normalise_name(name), name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.known.values())

    def __len__(self) -> int:
        return len(self.known)


def find_alike_names(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of departments or themes that may be the same: one within the other, or nearly equal."""
    for one, other in combinations(list(names)[:_COMPARED], 2):
        inside = len(min(one, other, key=len)) > 1 and (one in other or other in one)
        short = _shorten_department(one), _shorten_department(other)
        same = short[0] == short[1] or SequenceMatcher(None, *short).ratio() >= _ALIKE
        if inside or (short[0] and same) or _is_abbreviation(*sorted((one, other), key=len)):
            yield one, other


def find_alike_people(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names of three or more characters that differ in a single one."""
    patterns: dict[str, list[str]] = {}
    for name in names:
        for place in range(len(name) if len(name) > 2 else 0):
            patterns.setdefault(f"{name[:place]}?{name[place + 1 :]}", []).append(name)
    for pattern, found in patterns.items():
        if not pattern.startswith("?"):
            yield from pairwise(found)


def is_person(name: str) -> bool:
    """Whether it looks like a person's name, not a delegation or a sentence."""
    return "·" in name or (2 <= len(name) <= 4 and not re.search("[团组会局办站]$", name))


_AND_MORE = re.compile(
    r"等(?:共)?\s*(?:\d+|[一二三四五六七八九十百]+)?\s*(?:余)?(?:名|位|人)?\s*(?:人大)?(?:代表|委员|人)?\s*$"
    r"|等(?:共)?\s*(?:\d+|[一二三四五六七八九十百]+)\s*(?:名|位|人)(?:人大)?(?:代表)?"
)
_ROLE = re.compile(r"(?:主办|牵头|责任|承办|分办|协办|会办|配合|参与)(?:单位|部门)?")
_MARK = re.compile(r"\(((?:主|牵头|协|会|配合)(?:办|单位|办单位)?)\)")
_UNIT = re.compile(
    r".{2,}(?:局|办|办公室|所|站|中心|委|委员会|院|队|大队|部|厅|处|公司|镇|乡|村|街道|政府|学校|银行|科|会)"
)
_NOTHING = frozenset(("无", "-", "—", "——", "–", "暂无", "空"))
_COMPARED, _ALIKE = 300, 0.8


def _find_side(role: str) -> str:
    return "helpers" if re.match("协|会|配合|参与", role) else "leads"


def _split_names(text: str) -> Iterator[str]:
    parts = (part.strip() for part in re.split(f"[{SEPARATORS}]", text))
    return (part for part in parts if part and part not in _NOTHING)


def _part_by_spaces(text: str) -> Iterator[str]:
    """Names parted by spaces; characters that stand alone belong together (刘 亚, 欧阳 锋)."""
    names: list[str] = []
    for alone, group in groupby(text.split(), lambda part: len(part) == 1):
        parts = list(group)
        if not alone:
            names += parts
        elif len(parts) == 1 and names:
            names[-1] += parts[0]
        elif len(parts) > 3 and len(parts) % 2 == 0:
            names += ["".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
        else:
            names.append("".join(parts))
    yield from names


def _clean_person(name: str) -> str:
    """Without the title behind it."""
    bare = re.sub(r"(?:人大)?(?:代表|同志)$", "", name)
    return clean_name(bare if len(bare) > 1 else name)


def _split_departments(text: str) -> Sequence[str]:
    """Departments parted by spaces, if each part looks like one; else one with stray spaces."""
    parts = text.split()
    if len(parts) > 1 and all(_UNIT.fullmatch(_MARK.sub("", part)) for part in parts):
        return parts
    return [clean_name(text)] if text else []


def _shorten_department(name: str) -> str:
    """A department's name without what offices leave out in speech."""
    text = re.sub(r"^(?:.{0,3}?[省市县区镇乡])(?=.{2})", "", name)
    return re.sub(r"(?:办公室|办|局|所|站|中心|委员会|委|类|方面)$", "", text)


def _is_abbreviation(short: str, name: str) -> bool:
    """Whether a short name's characters stand in the long one in their order: 农业办, 农业农村办公室."""
    if len(short) < 3 or len(short) == len(name) or short[-1] not in name[2:]:
        return False
    rest = iter(name)
    return all(character in rest for character in short)
