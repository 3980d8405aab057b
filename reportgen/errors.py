"""The errors that stop a command: ``ReportgenError`` and its few kinds.

Faults in what departments filled in are never raised; they are ``issues.Issue`` values.
An error here means that the tool itself cannot go on, and its text (Chinese, for the user) says
what to do.  The command line turns each into one message and exit code 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class ReportgenError(Exception):
    """The tool cannot go on; ``str(error)`` is a Chinese sentence that says what to do.

    ``lines``: the same as the lines in which it is printed; names within a line may hold anything.
    """

    @property
    def lines(self) -> Sequence[str]:
        """One, but where several mistakes are told together."""
        return [str(self)]


class WorkspaceError(ReportgenError):
    """A file or folder is missing, locked, too large, or cannot be written."""


class RegisterError(ReportgenError):
    """The register cannot be used at all."""


class ReportError(ReportgenError):
    """A document is no report of ours, or can no longer be read."""


class DocumentError(ReportgenError):
    """A Word file cannot be read; what it is (a template, a report) says who asked for it.

    ``reason``: the sentence without its full stop.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{reason}。")


class LedgerError(ReportgenError):
    """An existing ledger cannot be imported: unreadable, or no table of suggestions in it."""


class ChartError(ReportgenError):
    """A chart cannot be drawn: no Chinese font, or a character the font lacks."""


_LONGEST = 120
"""Letters of a tag that are quoted."""


@dataclass(frozen=True)
class Mistake:
    """One mistake in a Word template: its place （正文第12段）, the tag as typed, what to do."""

    place: str
    tag: str
    text: str

    def __str__(self) -> str:
        tag = self.tag if len(self.tag) <= _LONGEST else self.tag[:_LONGEST] + "…"
        quoted = f"“{tag}”" if tag else ""
        return f"{self.place}{quoted}：{self.text}"


class TemplateError(ReportgenError):
    """The Word template cannot be used; ``mistakes`` holds every mistake found, in order.

    ``file``: what the user calls the file that they are in.
    """

    def __init__(self, mistakes: Sequence[Mistake], file: str = "报告模板") -> None:
        self.mistakes, self.file = tuple(mistakes), file
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> Sequence[str]:
        """What it is about, and one for each mistake."""
        head = f"{self.file}有{len(self.mistakes)}处错误，请在 Word 中改正后重新生成："
        return [head, *_number_mistakes(self.mistakes)]


class UnusableTemplateError(TemplateError):
    """The file itself cannot be used, whatever is written in it."""

    def __init__(self, reason: str, file: str = "报告模板") -> None:
        super().__init__([Mistake("整个文件", "", reason)], file)

    @property
    def lines(self) -> Sequence[str]:
        """One."""
        return [f"{self.file}不能使用：{self.mistakes[0].text}。"]


class LeftoverError(ReportgenError):
    """What came from the data would look like a tag that was not filled; ``places``: where."""

    def __init__(self, places: Sequence[Mistake]) -> None:
        self.places = tuple(places)
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> Sequence[str]:
        """What it is about, and one for each place."""
        head = (
            "报告没有生成：数据里有 {{ 或 {%，印在报告里会被当作没有换成数据的标签。"
            "请在填报的表里改用别的括号："
        )
        return [head, *_number_mistakes(self.places)]


def _number_mistakes(mistakes: Sequence[Mistake]) -> list[str]:
    return [f"  {number}. {mistake}" for number, mistake in enumerate(mistakes, 1)]
