"""The report that the built-in template and its sentences make."""

from reportgen import pipeline
from reportgen.facts.report import Report
from reportgen.word.render.fill import Draw, fill


def default_report(report: Report, draw: Draw) -> bytes:
    """The finished document."""
    sentences = pipeline.default_sentences()
    return fill(pipeline.default_template(), report, draw, sentences=sentences)
