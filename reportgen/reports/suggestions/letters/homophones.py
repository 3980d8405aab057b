"""Names that sound alike: 刘沟村 and 柳沟村."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pypinyin import Style, pinyin

_ENDS = "村镇乡路街桥河沟渠湾庄屯寨坊店房组园湖"
"""What names of places end with."""
_NAME = re.compile(rf"(?=([\u4e00-\u9fff]{{2}}[{_ENDS}]))")


def find_variants(title: str, text: str) -> Iterator[tuple[str, str]]:
    """Names in ``text`` that are a name of ``title`` but for one sign that sounds the same."""
    names = set(_NAME.findall(title))
    for found in sorted(set(_NAME.findall(text)) - names):
        for name in sorted(names):
            odd = [(a, b) for a, b in zip(found, name, strict=True) if a != b]
            if len(odd) == 1 and sounds_alike(*odd[0]):
                yield found, name


@lru_cache(maxsize=4096)
def sounds_alike(one: str, other: str) -> bool:
    """Whether two signs have a reading in common, tones apart."""
    readings = pinyin([one, other], style=Style.NORMAL, heteronym=True)
    return len(readings) == 2 and not set(readings[0]).isdisjoint(readings[1])
