"""The report that the built-in template and its sentences make."""

from reportgen.commands.template import default_sentences, default_template
from reportgen.facts.report import Report
from reportgen.reports import KINDS
from reportgen.word.render.fill import Draw, fill


def default_report(report: Report, draw: Draw) -> bytes:
    """The finished document."""
    sentences = default_sentences(KINDS[0])
    return fill(default_template(KINDS[0]), report, draw, sentences=sentences)
