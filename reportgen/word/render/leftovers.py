"""The last net: no report leaves with something in it that looks like a tag nobody has filled.

Tags of the template are read or refused before; what is found here came with the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.errors import LeftoverError, Mistake
from reportgen.word.document.model import Content
from reportgen.word.document.snapshot import AsideRow
from reportgen.word.render.rows_aside import RowsAside

_TAG = re.compile("[{｛][{｛%％]")
_AROUND = 12


def refuse_leftovers(
    shown: Content, aside: Iterable[Sequence[AsideRow]], texts: Iterable[str]
) -> None:
    """Stop where a text of the report holds the beginning of a tag.

    ``aside``: rows kept out of ``shown``; ``texts``: of the figures, which are also properties.

    Raises:
        LeftoverError: with every place.
    """
    places = [(paragraph.place, paragraph.text) for paragraph in shown.everything]
    rows = [("表格", _join_row(row)) for rows in aside for row in rows]
    _stop_on_tags([*places, *rows, *(("数字", text) for text in texts)])


def refuse_leftovers_in_parts(parts: Mapping[str, bytes], rows: Iterable[RowsAside]) -> None:
    """The same for the finished parts, whatever they hold; of ``rows`` what the template gave."""
    markup = ((name, part) for name, part in parts.items() if name.endswith((".xml", ".rels")))
    found = [(name, part.decode(errors="replace")) for name, part in markup if _has_raw_tag(part)]
    _stop_on_tags([*found, *(("表格", model.markup) for each in rows for model in each.models)])


def _has_raw_tag(part: bytes) -> bool:
    return b"{{" in part or b"{%" in part


def _join_row(row: AsideRow) -> str:
    lines = (line if isinstance(line, str) else "".join(line[::2]) for line in row[1:])
    return "｜".join(lines)


def _stop_on_tags(texts: Iterable[tuple[str, str]]) -> None:
    found = dict.fromkeys(each for place, text in texts for each in _iter_mistakes(place, text))
    if found:
        raise LeftoverError(list(found))


def _iter_mistakes(place: str, text: str) -> Iterator[Mistake]:
    for each in _TAG.finditer(text):
        words = text[max(0, each.start() - _AROUND) : each.end() + _AROUND]
        yield Mistake(place, words, "这里的内容和报告模板的标签一样")
