"""报告句子.docx: the sentences as a Word file that the office edits, a row of a table each.

The first cell of a row holds the name (句.办理总况), the last one the words, a paragraph each, those
between what the sentence is for.  Rows of a single cell and rows that are empty say nothing, nor does what stands outside the tables.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator

from lxml import etree

from reportgen.errors import DocumentError, Mistake, TemplateError, UnusableTemplateError
from reportgen.word.template import gongwen, paragraph_tags
from reportgen.word.template.gongwen.text import PARAGRAPH
from reportgen.word.template.paragraph_tags import TaggedParagraph
from reportgen.word.template.sentences import PREFIX, Sentence, Sentences
from reportgen.word.xml import package as packages
from reportgen.word.xml import revisions
from reportgen.word.xml.wml import ElementWriter, w

_HEADING = "名称"
_NAME = re.compile(rf"(?:{PREFIX}[.．])?(\w+)")
_FRAME = " {}｛｝"


def write_sentence_file(sentences: Sentences, *, date: dt.date) -> bytes:
    """The file with these sentences; ``date`` dates the package."""
    rows = (
        f"| {each.written} | {each.note} | {_to_cell_text(each)} |" for each in sentences.values()
    )
    return gongwen.build_template("\n".join([_HEAD, *rows]), date=date)


def read_sentence_file(content: bytes, file: str) -> Sentences:
    """The sentences that somebody has written; ``file``: the file's name, for the user.

    Raises:
        TemplateError: with every mistake of the file itself; those in the sentences show where a
            template uses them.
    """
    try:
        package = packages.read_word_package(content)
        document = packages.parse_xml_part(package.parts[package.document])
    except DocumentError as error:
        raise UnusableTemplateError(error.reason, f"“{file}”") from error
    revisions.accept_revisions(document)
    rows, sentences, mistakes = _iter_rows(document), dict[str, Sentence](), list[Mistake]()
    for place, row in rows:
        sentence = _read_sentence(row, f"{file}{place}")
        if isinstance(sentence, Mistake):
            mistakes.append(sentence)
        elif sentence and sentence.name in sentences:
            fault = f"这个名称在{sentences[sentence.name].source}已经有了，请只留一行"
            mistakes.append(Mistake(sentence.source, sentence.written, fault))
        elif sentence:
            sentences[sentence.name] = sentence
    if mistakes:
        raise TemplateError(mistakes, f"“{file}”")
    return sentences


_HEAD = r"""
#= 报告句子
>> 报告模板里的 {{ 句.名称 }} 写进报告时，换成下面“句子”一栏的文字。改了哪一句，以后生成的报告就用改过的那一句；清空的一句不写，删去整行的用内置的。
>> “名称”一栏不要改。{{ … }} 换成数据；{% if … %}…{% endif %} 按数据决定写不写；{% for … %}…{% endfor %} 逐项重复。一格里有几段的，{% … %} 单独成段的管它下面的整段。
>> 要另加一句，在表的末尾加一行，写上名称和文字，再把 {{ 句.名称 }} 写进报告模板。
| 名称 | 用处 | 句子 |
|:16|:16|:68~|
"""


def _to_cell_text(sentence: Sentence) -> str:
    return PARAGRAPH.join(line.replace("\n", "\\") for line in sentence.lines)


def _iter_rows(document: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The rows of the tables that stand in the body, and their places."""
    tables = document.findall(f"{w('body')}/{w('tbl')}")
    for number, table in enumerate(tables, 1):
        for line, row in enumerate(table.findall(w("tr")), 1):
            yield f"{f'第{number}张表' if len(tables) > 1 else ''}第{line}行", row


def _read_sentence(row: etree._Element, source: str) -> Sentence | Mistake | None:
    cells = row.findall(w("tc"))
    if len(cells) < 2:
        return None
    words = _read_cell(cells[-1])
    typed = "".join(map(_read_paragraph_text, _read_cell(cells[0])))
    lines = tuple(filter(None, map(_read_paragraph_text, words)))
    if typed == _HEADING or not (typed or lines):
        return None
    name = _NAME.fullmatch(typed.strip(_FRAME))
    if not name:
        fault = "名称应写成 句.名称，只用汉字、字母和数字" if typed else "没有写名称"
        return Mistake(source, typed, fault)
    others = (piece.kind == "object" for each in words for piece in each.pieces)
    if any(others) or cells[-1].find(w("tbl")) is not None:
        fault = "句子里只能写文字，不能放表格、图片和域"
        return Mistake(source, f"{PREFIX}.{name[1]}", fault)
    note = "".join(
        map(_read_paragraph_text, (each for cell in cells[1:-1] for each in _read_cell(cell)))
    )
    return Sentence(name[1], lines, source, note)


def _read_cell(cell: etree._Element) -> list[TaggedParagraph]:
    unused = itertools.repeat(0)
    return [
        paragraph_tags.read_tagged_paragraph(p, ElementWriter(cell), unused)
        for p in cell.iter(w("p"))
    ]


def _read_paragraph_text(paragraph: TaggedParagraph) -> str:
    return "".join(piece.text for piece in paragraph.pieces).strip()
