"""A document that a command is given: what is wrong with it is told by its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.errors import ReportError


@contextmanager
def name_document(path: Path) -> Iterator[None]:
    """A ReportError met meanwhile says which file it is about."""
    try:
        yield
    except ReportError as error:
        raise ReportError(f"“{path.name}”不能使用：{error}") from error
