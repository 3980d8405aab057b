"""The report that the built-in template and its sentences make."""

from reportgen.commands.folder.template import make_default_template, read_default_sentences
from reportgen.facts.report import Report
from reportgen.reports import KINDS
from reportgen.word.render.fill import Draw, fill_template
from reportgen.word.template.sentences import Template


def default_report(report: Report, draw: Draw) -> bytes:
    """The finished document."""
    sentences = read_default_sentences(KINDS[0])
    return fill_template(Template(make_default_template(KINDS[0]), sentences), report, draw)
