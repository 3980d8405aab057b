"""Templates and edited reports that are bombs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from tests.fuzz.bombs.containers import XML, Again, zipped
from tests.support.templates import W, docx, p

Change = Callable[[bytes], bytes]


def _loops(depth: int) -> bytes:
    """建议 × 建议 × …, each item of the one for each of the other."""
    opened = [p(f"{{% for 项{n} in 建议.清单 %}}") for n in range(depth)]
    return docx(*opened, p("{{ 项0.标题 }}" * 20), *[p("{% endfor %}")] * depth)


def _changed(content: bytes, **parts: str | Again) -> bytes:
    """The document with other parts, whatever they make of it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        old = {name: package.read(name).decode("latin-1") for name in package.namelist()}
    kept = {name: text.encode("latin-1") for name, text in old.items() if not name.endswith(".png")}
    return zipped({**kept, **parts})


def _body(inside: Again | str) -> str | Again:
    start, end = f'{XML}<w:document xmlns:w="{W}"><w:body>', "</w:body></w:document>"
    if isinstance(inside, str):
        return start + inside + end
    return Again(start + inside.before, inside.piece, inside.times, inside.after + end)


def _with_body(inside: Again | str) -> Change:
    return lambda content: _changed(content, **{"word/document.xml": _body(inside)})


def _with_part(name: str, part: Again | str) -> Change:
    return lambda content: _changed(content, **{name: part})


def _written(text: str) -> Change:
    """A template of this text, whatever the document was."""
    return lambda _: docx(p(text))


DOCUMENTS: Mapping[str, Change] = {
    "docx-paragraphs": _with_body(Again("", "<w:p/>", 30_000_000, "")),
    "docx-runs": _with_body(Again("<w:p>", "<w:r><w:t>长</w:t></w:r>", 3_000_000, "</w:p>")),
    "docx-text-200mb": _with_body(Again("<w:p><w:r><w:t>", "长", 65_000_000, "</w:t></w:r></w:p>")),
    "docx-deep": _with_body(Again("", "<w:sdt><w:sdtContent>", 500_000, "")),
    "docx-tables-in-tables": _with_body("<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80),
    "docx-rows": _with_body(Again("<w:tbl>", "<w:tr><w:tc><w:p/></w:tc></w:tr>", 2_000_000, "</w:tbl>")),
    "docx-fields-open": _with_body(Again("<w:p>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', 500_000, "</w:p>")),
    "docx-bookmarks": _with_body(Again("<w:p>", '<w:bookmarkStart w:id="1" w:name="a"/>', 1_500_000, "</w:p>")),
    "docx-grid": _with_body('<w:tbl><w:tblGrid/><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'),
    "docx-part-1gb": _with_part("word/more.xml", Again("<a>", "0" * 1000, 1_000_000, "</a>")),
    "docx-picture-1gb": _with_part("word/media/a.png", Again("", "0" * 1000, 1_000_000, "")),
    "docx-styles": _with_part("word/styles.xml", Again(f'<w:styles xmlns:w="{W}">', '<w:style w:styleId="a"/>', 3_000_000, "</w:styles>")),
    "docx-entities": _with_part("word/styles.xml", '<!DOCTYPE a [<!ENTITY a "长"><!ENTITY b "' + "&a;" * 100 + '">]><a>&b;</a>'),
    "docx-attributes": _with_part("word/styles.xml", f'<w:styles xmlns:w="{W}" ' + " ".join(f'a{n}=""' for n in range(2_000_000)) + "/>"),
    "docx-relations": _with_part("word/_rels/document.xml.rels", Again('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">', '<Relationship Id="a" Type="b" Target="c"/>', 2_000_000, "</Relationships>")),
    "docx-record": _with_part("customXml/item1.xml", Again('<a xmlns="urn:reportgen:record">', "[" * 1000, 50_000, "</a>")),
}  # fmt: skip

TEMPLATES: Mapping[str, Change] = {
    "template-loops-4": lambda _: _loops(4),
    "template-loops-8": lambda _: _loops(8),
    "template-ifs-deep": lambda _: docx(*[p("{% if 总体.件数 %}")] * 3000, *[p("{% endif %}")] * 3000),
    "template-brackets": _written("{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}"),
    "template-openers": _written("{{" * 100_000),
    "template-percent": _written("{%" + " " * 100_000 + "{% for" * 20_000),
    "template-repeat": _written("{{ '长' * 1000000000 }}"),
    "template-power": _written("{{ 9 ** 9 ** 9 ** 9 }}"),
    "template-numbers": _written("{{ " + "9" * 10_000 + " * " + "9" * 10_000 + " }}"),
    "template-sum-long": _written("{{ " + " + ".join(["1"] * 20_000) + " }}"),
    "template-filters": _written("{{ 总体.件数" + "|大写" * 5_000 + " }}"),
    "template-tags": lambda _: docx(*[p("{{ 总体.件数 }}" * 200)] * 500),
    "template-names-unknown": lambda _: docx(*[p("{{ 没有这个名称 }}" * 20)] * 500),
}  # fmt: skip
