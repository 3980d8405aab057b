"""A template and a report in, the finished Word document out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from lxml import etree

from reportgen import __version__
from reportgen.analysis.facts import Absent, Fact, Text, to_json
from reportgen.analysis.report import Drawing, Item, Items, Report
from reportgen.errors import Mistake, TemplateError
from reportgen.word import checking, draft as drafts, fields, package as packages, pictures
from reportgen.word.blocks import Body, Choice, Folder, Loop, Mark, MarkedSlot, MarkEnd, Segment
from reportgen.word.expressions import BARE_NUMBER, Value, compiled, unwrap, wrap
from reportgen.word.filters import CannotShow, date as in_words
from reportgen.word.finish import Numbers, finish
from reportgen.word.ooxml import run
from reportgen.word.package import OFFICE, Package, parse, to_xml
from reportgen.word.revisions import COMMENT_PARTS, MARK
from reportgen.word.tags import Tag
from reportgen.word.template import read_part
