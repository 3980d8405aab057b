"""The list of the papers; one more is one more entry, with its wording beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib.resources import files

from reportgen.reports.papers import (
    PaperDraft,
    PaperSource,
    TablePaper,
    WordPaper,
    WrittenPaper,
)
from reportgen.reports.suggestions.papers.feedback import draft_feedback_forms
from reportgen.reports.suggestions.papers.handing import draft_lists, draft_notice
from reportgen.reports.suggestions.papers.opinion import draft_opinions
from reportgen.reports.suggestions.papers.promises import LEDGER, list_promises
from reportgen.reports.suggestions.papers.reply import draft_replies
from reportgen.reports.suggestions.papers.summary import draft_summaries
from reportgen.reports.suggestions.papers.urging import draft_urgings


def _read_wording(name: str) -> str:
    """The outline of a paper's built-in template."""
    return files(__package__).joinpath("wording", f"{name}.md").read_text(encoding="utf-8")


def _in_word(
    command: str, name: str, drafts: Callable[[PaperSource], Iterable[PaperDraft]], each: str = ""
) -> WordPaper:
    """One whose wording lies under its name."""
    return WordPaper(command, name, partial(_read_wording, name), drafts, each)


_DEPARTMENT, _ITEM = "每个部门一份", "每件一份"


PAPERS: tuple[WrittenPaper, ...] = (
    _in_word("交办", "交办通知", draft_notice),
    _in_word("交办", "交办清单", draft_lists, _DEPARTMENT),
    _in_word("答复", "答复函底稿", draft_replies, _ITEM),
    _in_word("征询", "征询意见表", draft_feedback_forms, _ITEM),
    _in_word("会办", "会办意见函底稿", draft_opinions, _ITEM),
    _in_word("督办", "督办通知", draft_urgings, _DEPARTMENT),
    TablePaper("承诺", LEDGER, list_promises),
    _in_word("总结", "办理工作总结", draft_summaries, _DEPARTMENT),
)
