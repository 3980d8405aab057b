"""What must agree of two headings for them to mean the same column."""

from __future__ import annotations

import re
from functools import lru_cache

from reportgen.schema.columns import normalise_name


@lru_cache(maxsize=10_000)
def normalise_heading(text: str) -> str:
    """A heading without spaces, half-width, without ``*``, ``★`` and colon.

    Nor with the number that an online collection form puts before each question: ``1. 标题``.
    """
    plain = re.sub(r"[*:：★]", "", normalise_name(text)).casefold()
    return _NUMBERED.sub("", plain) or plain


_NUMBERED = re.compile(
    r"^(?:第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})题?[、.．]|[(]\d{1,2}[)]|q\d{1,2}[、.．_]?)"
)
