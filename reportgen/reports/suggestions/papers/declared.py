"""The list of the papers; one more is one more entry, with its wording beside."""

from __future__ import annotations

from functools import partial
from importlib.resources import files

from reportgen.reports.papers import WordPaper, WrittenPaper
from reportgen.reports.suggestions.papers.reply import draft_replies


def _read_wording(name: str) -> str:
    """The outline of a paper's built-in template."""
    return files(__package__).joinpath("wording", f"{name}.md").read_text(encoding="utf-8")


PAPERS: tuple[WrittenPaper, ...] = (
    WordPaper("答复", "答复函底稿", partial(_read_wording, "答复函底稿"), draft_replies),
)
