"""A document that a command is given: what is wrong with it is told by its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportError

if TYPE_CHECKING:
    from reportgen.word.document.reader import OpenedReport


@contextmanager
def name_document(path: Path) -> Iterator[None]:
    """A ReportError met meanwhile says which file it is about."""
    try:
        yield
    except ReportError as error:
        raise ReportError(f"“{path.name}”不能使用：{error}") from error


def open_report_at(path: Path, content: bytes) -> OpenedReport:
    """A report; errors name its file."""
    from reportgen.word.document.reader import open_report  # noqa: PLC0415

    with name_document(path):
        return open_report(content)
