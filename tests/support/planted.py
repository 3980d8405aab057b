"""Secrets planted in every place of a Word file that has ever been known to carry one.

Each is a marker of its own (``祕001``, …); ``PLANTS`` says where, so that a test can name those that
survive.  A plant changes the parts of a report in place.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

Parts = dict[str, bytes]
Plant = Callable[[Parts, str], None]

DOCUMENT, SETTINGS, RELS = "word/document.xml", "word/settings.xml", "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
_PNG = b"\x89PNG\r\n\x1a\n"


def marker(number: int) -> str:
    """ASCII, so that it may stand in any place; nothing else in a report looks like it."""
    return f"SECRET{number:03d}Z"


def planted(docx: bytes) -> tuple[bytes, dict[str, str]]:
    """A report with all the plants, and by marker where it was planted."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    places = {}
    for number, (place, plant) in enumerate(PLANTS.items()):
        places[marker(number)] = place
        plant(parts, marker(number))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.comment = marker(len(PLANTS)).encode()
        places[marker(len(PLANTS))] = "zip comment"
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.comment = marker(len(PLANTS) + 1).encode()
            package.writestr(info, content, zipfile.ZIP_DEFLATED)
    places[marker(len(PLANTS) + 1)] = "zip entry comment"
    return buffer.getvalue(), places


def everything(docx: bytes) -> bytes:
    """All bytes of a file, unpacked, its pictures' text pieces and the raw container as well."""
    found = [docx]
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in package.namelist():
            part = package.read(name)
            found += [name.encode(), part]
            if part.startswith(_PNG):
                found += list(_inflated(part))
    return b"\n".join(found)


def _inflated(png: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place + 8 <= len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        if kind == b"zTXt":
            yield zlib.decompress(png[place + 8 : place + 8 + length].split(b"\0", 1)[1][1:])
        place += 12 + length


def _before(part: str, where: str, text: str) -> Plant:
    """Put ``text`` before the first ``where`` of a part."""

    def plant(parts: Parts, secret: str) -> None:
        old, new = where.encode(), text.replace("$", secret).encode()
        assert old in parts[part], (part, where)
        parts[part] = parts[part].replace(old, new + old, 1)

    return plant


def _inside(text: str) -> Plant:
    """A paragraph of the body."""
    return _before(DOCUMENT, "<w:p>", f"<w:p>{text}</w:p>")


def _run(properties: str = "", text: str = "字") -> str:
    return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"


def _field(code: str, shown: str = "字") -> Plant:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return _inside(f"{mark('begin')}{code}{mark('separate')}{_run('', shown)}{mark('end')}")


def _setting(text: str) -> Plant:
    return _before(SETTINGS, "</w:settings>", text)


def _attribute(old: str, new: str) -> Plant:
    """Give the first such element of the body another attribute."""

    def plant(parts: Parts, secret: str) -> None:
        text = parts[DOCUMENT].decode()
        assert old in text
        parts[DOCUMENT] = text.replace(old, new.replace("$", secret), 1).encode()

    return plant


def _part(name: str, content: str, kind: str = "", source: str = RELS, type_: str = "") -> Plant:
    """A part of its own; ``kind``: the relation that leads to it from ``source``."""

    def plant(parts: Parts, secret: str) -> None:
        parts[name] = content.replace("$", secret).encode()
        if kind:
            link = f'<Relationship Id="r{secret}" Type="{_OFFICE}{kind}" Target="/{name}"/>'
            _append(parts, source, link)
        if type_:
            override = f'<Override PartName="/{name}" ContentType="{type_}"/>'
            types = parts["[Content_Types].xml"]
            parts["[Content_Types].xml"] = types.replace(
                b"</Types>", override.encode() + b"</Types>"
            )

    return plant


def _append(parts: Parts, rels: str, link: str) -> None:
    empty = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b"</Relationships>"
    )
    parts[rels] = parts.get(rels, empty).replace(
        b"</Relationships>", link.encode() + b"</Relationships>"
    )


def _outside(source: str, kind: str) -> Plant:
    def plant(parts: Parts, secret: str) -> None:
        _append(
            parts,
            source,
            f'<Relationship Id="x{secret}" Type="{_OFFICE}{kind}" TargetMode="External"'
            f' Target="file:///C:/Users/{secret}/a.dotm"/>',
        )

    return plant


def _picture(change: Callable[[bytes, str], bytes]) -> Plant:
    """Change the first PNG."""

    def plant(parts: Parts, secret: str) -> None:
        name = next(name for name in parts if parts[name].startswith(_PNG))
        parts[name] = change(parts[name], secret)

    return plant


def _chunk(kind: bytes, content: Callable[[str], bytes]) -> Plant:
    def change(png: bytes, secret: str) -> bytes:
        data = content(secret)
        crc = struct.pack(">I", zlib.crc32(kind + data))
        end = png.rindex(b"IEND") - 4
        return png[:end] + struct.pack(">I", len(data)) + kind + data + crc + png[end:]

    return _picture(change)


def _core(element: str) -> Plant:
    return _before("docProps/core.xml", "</cp:coreProperties>", element)


_PERSON = 'w:id="9001" w:author="$" w:date="2024-01-01T00:00:00Z" w:initials="$"'
_CONTENT = f"<w:sdtContent>{_run()}</w:sdtContent>"

PLANTS: dict[str, Plant] = {
    # properties of the file
    "core: keywords": _core("<cp:keywords>$</cp:keywords>"),
    "core: category": _core("<cp:category>$</cp:category>"),
    "core: content status": _core("<cp:contentStatus>$</cp:contentStatus>"),
    "core: version": _core("<cp:version>$</cp:version>"),
    "core: description": _core(
        '<dc:description xmlns:dc="http://purl.org/dc/elements/1.1/">$</dc:description>'
    ),
    "core: subject": _core('<dc:subject xmlns:dc="http://purl.org/dc/elements/1.1/">$</dc:subject>'),
    "core: identifier": _core(
        '<dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">$</dc:identifier>'
    ),
    "core: last printed": _core("<cp:lastPrinted>$</cp:lastPrinted>"),
    **{
        f"app: {name}": _before("docProps/app.xml", "</Properties>", f"<{name}>$</{name}>")
        for name in ("Company", "Manager", "Template", "HyperlinkBase", "PresentationFormat")
    },
    "app: titles of parts": _before(
        "docProps/app.xml", "</Properties>", "<TitlesOfParts><lpstr>$</lpstr></TitlesOfParts>"
    ),
    "custom property": _before(
        "docProps/custom.xml",
        "</Properties>",
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9000" name="$"/>',
    ),
    "thumbnail": _part("docProps/thumbnail.jpeg", "$", "metadata/thumbnail", "_rels/.rels"),
    "signature": _part("_xmlsignatures/sig1.xml", "<a>$</a>", "signature", "_rels/.rels"),
    # parts beside the document
    "custom XML": _part("customXml/item90.xml", "<a>$</a>", "customXml"),
    "custom XML properties": _part(
        "customXml/itemProps90.xml", "<a>$</a>", "customXmlProps",
        "customXml/_rels/item90.xml.rels",
    ),
    **{
        f"comments: {kind}": _part(f"word/{kind}90.xml", "<a>$</a>", kind)
        for kind in ("commentsExtended", "commentsIds", "commentsExtensible", "people")
    },
    "comment": _part(
        "word/comments90.xml",
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:comment {_PERSON}><w:p><w:r><w:t>$</w:t></w:r></w:p></w:comment></w:comments>",
        "comments",
    ),
    "glossary": _part("word/glossary/document.xml", "<a>$</a>", "glossaryDocument"),
    "glossary settings": _part(
        "word/glossary/settings.xml", "<a>$</a>", "settings",
        "word/glossary/_rels/document.xml.rels",
    ),
    "web settings": _part("word/webSettings90.xml", "<a>$</a>", "webSettings"),
    "macros": _part("word/vbaProject.bin", "$", "vbaProject"),
    "macro data": _part("word/vbaData.xml", "<a>$</a>", "wordVbaData"),
    "key map": _part("word/customizations.xml", "<a>$</a>", "keyMapCustomizations"),
    "printer settings": _part("word/printerSettings1.bin", "$", "printerSettings"),
    "recipients": _part("word/recipientData.xml", "<a>$</a>", "recipientData"),
    "unused header": _part("word/header90.xml", "<a>$</a>", "header"),
    "unused picture": _part("word/media/image90.png", "$", "image"),
    "orphan part": _part("word/orphan.xml", "<a>$</a>"),
    "orphan file": _part("notes/todo.txt", "$"),
    "orphan relations": _part("word/_rels/nothing.xml.rels", "<a>$</a>"),
    "name of a part": lambda parts, secret: parts.update({f"word/{secret}.bin": b"1"}),
    "content type": lambda parts, secret: parts.update(
        {
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(
                b"</Types>",
                f'<Default Extension="{secret}" ContentType="a/b"/></Types>'.encode(),
            )
        }
    ),
    "template": _outside("word/_rels/settings.xml.rels", "attachedTemplate"),
    "mail merge source": _outside("word/_rels/settings.xml.rels", "mailMergeSource"),
    "transform": _outside("word/_rels/settings.xml.rels", "transform"),
    "unused link": _outside(RELS, "hyperlink"),
    "unused linked picture": _outside(RELS, "image"),
    # settings
    "settings: rsids": _setting('<w:rsids><w:rsidRoot w:val="$"/><w:rsid w:val="$"/></w:rsids>'),
    "settings: variables": _setting('<w:docVars><w:docVar w:name="$" w:val="$"/></w:docVars>'),
    "settings: mail merge": _setting('<w:mailMerge><w:connectString w:val="$"/></w:mailMerge>'),
    "settings: schema": _setting('<w:attachedSchema w:val="$"/>'),
    "settings: smart tag": _setting('<w:smartTagType w:namespaceuri="$" w:name="$"/>'),
    "settings: write protection": _setting('<w:writeProtection w:hash="$"/>'),
    "settings: transform": _setting('<w:saveThroughXslt w:solutionID="$"/>'),
    "settings: click form": _setting('<w:clickAndTypeStyle w:val="$"/>'),
    "settings: writing style": _setting('<w:activeWritingStyle w:lang="$"/>'),
    "settings: proof state": _setting('<w:proofState w:spelling="$"/>'),
    "settings: view": _setting('<w:view w:val="$"/>'),
    "settings: captions": _setting(
        '<w:captions><w:caption w:name="$"/></w:captions>'
    ),
    "settings: document id": _setting(f'<w14:docId {_W14} w14:val="$"/>'),
    "settings: document id 2": _setting(f'<w15:docId {_W15} w15:val="$"/>'),
    "settings: comment": _setting("<!--$-->"),
    "settings: shape defaults": _setting('<w:hdrShapeDefaults><a xmlns="u" b="$"/></w:hdrShapeDefaults>'),
    # what editing leaves in the text
    "rsid of a paragraph": _attribute("<w:p>", '<w:p w:rsidR="$">'),
    "rsid of a run": _attribute("<w:r>", '<w:r w:rsidRPr="$">'),
    "rsid of a row": _attribute("<w:tr>", '<w:tr w:rsidTr="$">'),
    "paragraph id": _attribute("<w:p>", f'<w:p {_W14} w14:paraId="$" w14:textId="$">'),
    "inserted": _inside(f"<w:ins {_PERSON}>{_run()}</w:ins>"),
    "deleted": _inside(f"<w:del {_PERSON}><w:r><w:delText>$</w:delText></w:r></w:del>"),
    "moved": _inside(f"<w:moveTo {_PERSON}>{_run()}</w:moveTo>"),
    "moved from": _inside(f"<w:moveFrom {_PERSON}>{_run('', '$')}</w:moveFrom>"),
    "changed looks": _inside(_run(f"<w:rPr><w:b/><w:rPrChange {_PERSON}><w:rPr/></w:rPrChange></w:rPr>")),
    "changed paragraph": _inside(
        f"<w:pPr><w:pPrChange {_PERSON}><w:pPr/></w:pPrChange></w:pPr>{_run()}"
    ),
    "comment range": _inside(f'<w:commentRangeStart w:id="$"/>{_run()}<w:commentRangeEnd w:id="$"/>'),
    "permission": _inside(f'<w:permStart w:id="7001" w:ed="DOMAIN\\$"/>{_run()}<w:permEnd w:id="7001"/>'),
    "permission group": _inside(f'<w:permStart w:id="7002" w:edGrp="$"/>{_run()}<w:permEnd w:id="7002"/>'),
    "bookmark": _inside(f'<w:bookmarkStart w:id="8001" w:name="$"/>{_run()}<w:bookmarkEnd w:id="8001"/>'),
    "smart tag": _inside(
        '<w:smartTag w:uri="$" w:element="$"><w:smartTagPr><w:attr w:name="$" w:val="$"/>'
        f"</w:smartTagPr>{_run()}</w:smartTag>"
    ),
    "inline XML": _inside(
        '<w:customXml w:uri="$" w:element="$"><w:customXmlPr><w:attr w:name="a" w:val="$"/>'
        f"</w:customXmlPr>{_run()}</w:customXml>"
    ),
    **{
        f"control: {name}": _inside(f"<w:sdt><w:sdtPr>{xml}</w:sdtPr>{_CONTENT}</w:sdt>")
        for name, xml in {
            "alias": '<w:alias w:val="$"/>',
            "tag": '<w:tag w:val="$"/>',
            "binding": '<w:dataBinding w:xpath="$" w:storeItemID="{$}"/>',
            "placeholder": '<w:placeholder><w:docPart w:val="$"/></w:placeholder>',
            "last value": '<w:dropDownList w:lastValue="$"/>',
            "date": '<w:date w:fullDate="$"/>',
            "building block": '<w:docPartObj><w:docPartGallery w:val="$"/></w:docPartObj>',
            "appearance": f'<w15:color {_W15} w:val="$"/>',
        }.items()
    },
    "comment in the XML": _inside(f"<!--$-->{_run()}"),
    "processing instruction": _inside(f"<?editor $?>{_run()}"),
    # fields
    **{
        f"field: {code.split()[0]}": _field(code)
        for code in (
            'DOCPROPERTY "$"', 'DOCVARIABLE "$"', 'INCLUDETEXT "C:\\\\$\\\\a.docx"',
            'INCLUDEPICTURE "C:\\\\$\\\\a.png"', 'AUTHOR "$"', "FILENAME \\* $", 'USERNAME "$"',
            'LASTSAVEDBY "$"', 'MERGEFIELD "$"', 'ASK a "$"', 'FILLIN "$"', 'IF 1=1 "$" "$"',
            'DDEAUTO excel "$"', 'LINK Excel.Sheet "$"', 'DATABASE \\c "$"', 'SET a "$"',
            'QUOTE "$"', 'TEMPLATE "$"', 'COMMENTS "$"', 'GOTOBUTTON "$"', 'USERADDRESS "$"',
        )
    },
    "field: simple": _inside(f'<w:fldSimple w:instr="DOCPROPERTY $">{_run()}</w:fldSimple>'),
    "field: index entry": _inside(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>XE "$"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{_run()}'
    ),
    "field: inside another's code": _inside(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>$</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>字</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "form field": _inside(
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="$"/>'
        '<w:helpText w:val="$"/><w:entryMacro w:val="$"/></w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText>FORMTEXT</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run()}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "field data": _inside(
        '<w:r><w:fldChar w:fldCharType="begin"><w:fldData>$</w:fldData></w:fldChar></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run("", "1")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    # pictures
    "picture: name": _attribute('<wp:docPr id="', '<wp:docPr title="$" id="'),
    "picture: file": _attribute("<pic:cNvPr ", '<pic:cNvPr descr="C:\\$.png" '),
    "picture: where it came from": _attribute("<a:blip ", '<a:blip r:link="$" '),
    "PNG: text": _chunk(b"tEXt", lambda s: b"Author\0" + s.encode()),
    "PNG: compressed text": _chunk(b"zTXt", lambda s: b"Author\0\0" + zlib.compress(s.encode())),
    "PNG: international text": _chunk(b"iTXt", lambda s: b"XML\0\0\0\0\0" + s.encode()),
    "PNG: EXIF": _chunk(b"eXIf", lambda s: b"II*\0" + s.encode()),
    "PNG: profile": _chunk(b"iCCP", lambda s: s.encode() + b"\0\0" + zlib.compress(b"x")),
    "PNG: private": _chunk(b"prVt", lambda s: s.encode()),
    "PNG: behind the end": _picture(lambda png, s: png + s.encode()),
    # styles, header
    "styles: rsid": _before("word/styles.xml", "</w:style>", '<w:rsid w:val="$"/>'),
    "styles: comment": _before("word/styles.xml", "</w:style>", "<!--$-->"),
    "section: rsid": _attribute("<w:sectPr>", '<w:sectPr w:rsidSect="$">'),
}  # fmt: skip
