"""A Word file unpacked within limits, and why one that is none cannot be used."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportgen import ole
from reportgen.archive import Archive, ArchiveError, has_long_stretch

UNREADABLE = "这不是能读取的 Word 文档，请在 Word 或 WPS 中另存为 .docx 格式"
_ELEMENTS, _IN_CELL, _MOST_ELEMENTS = 500_000, 20, 4_000_000
"""Elements of a part; more for each cell of a table; of a part at most (10,000 suggestions: half)."""
_LONG_TAG = re.compile(rb"<[^>]{400000}")
_LARGEST = 300 * 2**20  # bytes, unpacked: far above any report, far below a machine's memory


def unzip_parts(content: bytes) -> dict[str, bytes]:
    """The parts by name.

    Raises:
        ArchiveError: it cannot be unpacked, or holds more than any document.
    """
    archive = Archive(content, _LARGEST)
    if sum(entry.size for entry in archive.entries) > _LARGEST:
        raise ArchiveError("unfolds to too much", bloated=True)
    parts = {entry.name: archive.read(entry.name) for entry in archive.entries}
    if any(_is_crowded(name, part) for name, part in parts.items() if is_xml(name)):
        raise ArchiveError("holds more than any document", bloated=True)
    return parts


def _is_crowded(name: str, part: bytes) -> bool:
    """Whether an XML part holds more elements, or more in one of them, than any document's.

    Long tables are expected: their cells make room for what is in them.  Data of programs (ours
    too) may be one long text.
    """
    room = min(_ELEMENTS + _IN_CELL * part.count(b"</w:tc>"), _MOST_ELEMENTS)
    tags = part.count(b"<")
    if tags > room and tags - part.count(b"</") > room:
        return True
    if name.startswith("customXml/"):
        return _LONG_TAG.search(part) is not None
    return has_long_stretch(part)


def is_xml(name: str) -> bool:
    """Whether a part of that name is markup."""
    return name.endswith((".xml", ".rels"))


def explain_other_zip(names: Iterable[str]) -> str:
    """Why a zip of these files is no document: a damaged one, one of another office program, any other."""
    if any(name == "mimetype" or name.startswith("word/") for name in names):
        return UNREADABLE
    return "这是压缩包，不是 Word 文档，请解压，用里面的 .docx 文档"


def explain_other_kind(content_type: str) -> str:
    """Why a package whose main part is of this type is no document to be used."""
    for sign, name in _OTHER_KINDS.items():
        if sign in content_type:
            return f"这是{name}，不是 Word 文档，请换成 .docx 文档"
    return "只能用不含宏的 .docx 文档，请在 Word 或 WPS 中另存为 .docx 格式"


_OTHER_KINDS = {
    "spreadsheet": " Excel 工作簿",
    "ms-excel": " Excel 工作簿",
    "presentation": "演示文稿",
    "powerpoint": "演示文稿",
}


def explain_no_package(content: bytes) -> str:
    """Why a file that is no sound zip cannot be read, and what to do; its first bytes tell what it is."""
    if content.startswith(ole.MAGIC):
        return _explain_ole_file(content)
    if not content:
        return "这份文档是空的（0字节），可能没有下载完，或复制时中断，请重新取得这个文件"
    if content.startswith(b"%PDF"):
        return "这是 PDF，不是 Word 文档，请换成原来的 .docx 文档；只有 PDF 的，先在 Word 或 WPS 中转成 .docx"
    return UNREADABLE


def _explain_ole_file(content: bytes) -> str:
    try:
        names = ole.list_streams(content)
    except ValueError:
        return UNREADABLE
    return next((said for name, said in _OLE_KINDS.items() if name in names), UNREADABLE)


_OLD_WORKBOOK = "这是旧格式的 Excel 工作簿，不是 Word 文档，请换成 .docx 文档"
_OLE_KINDS = {
    "encryptedpackage": "这份文档设了打开密码，读不出来，请在 Word 或 WPS 中取消打开密码后另存一份",
    "worddocument": "这是旧格式（.doc）的文档，请在 Word 或 WPS 中另存为 .docx 格式",
    "workbook": _OLD_WORKBOOK,
    "book": _OLD_WORKBOOK,
    "powerpoint document": "这是旧格式的演示文稿，不是 Word 文档，请换成 .docx 文档",
}
"""By the stream that only such a file has."""
