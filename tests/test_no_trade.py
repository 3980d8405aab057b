"""Nothing outside a kind's own folder speaks of its trade."""

from pathlib import Path

import reportgen

PACKAGE = Path(reportgen.__file__).parent
TRADE = ("建议", "代表", "议案")
OWN = "reports/suggestions/"
LANGUAGE = {
    "__init__.py": "an example that runs on the sample",
    "proofread/sums.py": "examples of sentences from anywhere",
    "proofread/share_names.py": "examples of sentences from anywhere",
    "proofread/vocabulary.py": "words of any report",
    "schema/columns.py": "an example of a title",
    "schema/rules.py": "人民代表大会, a name of an office",
}
"""Where a word is one of the language, and why."""


def test_the_core_knows_no_trade() -> None:
    sources = [path for ending in ("py", "md") for path in PACKAGE.rglob(f"*.{ending}")]
    spoken = {
        path.relative_to(PACKAGE).as_posix()
        for path in sources
        if any(word in path.read_text(encoding="utf-8") for word in TRADE)
    }
    outside = {name for name in spoken if not name.startswith(OWN)}
    assert any(name.startswith(OWN) for name in spoken)
    assert outside == set(LANGUAGE)
