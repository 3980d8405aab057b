"""What commands print for other programs: the same as on the console, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reportgen.cli.output import find_unseen, list_departments, print_text

if TYPE_CHECKING:
    from reportgen.commands.check import CheckedFolder, SentBack
    from reportgen.commands.proofread import ProofreadFile
    from reportgen.commands.review import Review
    from reportgen.word.compare.findings import Finding


def print_json(content: object) -> None:
    """For other programs; signs that a terminal would obey are escaped, as JSON allows."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    print_text(
        text.translate({ord(sign): json.dumps(sign)[1:-1] for sign in find_unseen(text, "\n")})
    )


def check_as_json(checked: CheckedFolder, sent: SentBack) -> dict[str, object]:
    """Of ``check``."""
    from reportgen.reports.assignment.return_checks import NOT_RETURNED  # noqa: PLC0415

    names = ("code", "severity", "file", "sheet", "cell", "column", "value", "message", "remedy")
    return {
        "errors": len(checked.errors),
        "reminders": len(checked.issues) - len(checked.errors),
        "returned": sorted(checked.dataset.begun),
        "not_returned": list_departments(checked.issues, *NOT_RETURNED),
        "files": [str(saved.path) for saved in sent.files.saved],
        "issues": [_pick_fields(issue, *names) for issue in checked.issues],
    }


def finding_as_json(finding: Finding) -> dict[str, str]:
    """One finding of ``verify``."""
    names = ("kind", "severity", "title", "place", "key", "found", "expected", "sentence", "remedy")
    return {name: str(text) for name, text in _pick_fields(finding, *names).items()}


def proof_as_json(done: ProofreadFile) -> dict[str, object]:
    """Of ``proofread``: the findings and everything reckoned, with places in the text."""
    findings = [
        {
            "code": each.code, "level": each.level, "spans": each.spans, "message": each.message,
            "right": each.right, "place": place, "sentence": sentence,
        }
        for each, (place, sentence) in zip(done.proof.findings, done.places, strict=True)
    ]  # fmt: skip
    checked = [{"relation": name, "spans": spans} for name, spans in done.proof.checked]
    return {"findings": findings, "checked": checked}


def review_as_json(done: Review) -> dict[str, object]:
    """Of ``review``."""
    names = (
        "code",
        "severity",
        "file",
        "place",
        "quote",
        "message",
        "remedy",
        "basis",
        "judgement",
    )
    return {
        "summary": dict(done.reviewed.summary),
        "files": [str(saved.path) for saved in done.files.saved],
        "remarks": [_pick_fields(one, *names) for one in done.reviewed.remarks],
    }


def _pick_fields(one: object, *names: str) -> dict[str, object]:
    return {name: getattr(one, name) for name in names}
