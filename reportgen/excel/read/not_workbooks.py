"""Files that are no workbooks: what they are instead, told by their first bytes or their contents."""

from __future__ import annotations

from collections.abc import Collection

from reportgen.excel.read.refusal import RefusedError


def refusal_of_bytes(content: bytes) -> RefusedError:
    """Of a file that is neither a package nor an OLE file."""
    if not content.strip(b"\0 \r\n\t"):
        return RefusedError(code="empty-file")
    for start, code, reason in _STARTS:
        if content.startswith(start):
            return RefusedError(reason, code)
    if content[257:262] == b"ustar":
        return RefusedError("tar", "packed")
    head = content[:4000].replace(b"\0", b"").lower()
    for sign, code, reason in _SIGNS:
        if sign in head:
            return RefusedError(reason, code)
    is_text = all(byte >= 32 or byte in b"\t\r\n" for byte in head) and b"\0" not in content[:4000]
    return RefusedError("它是文本文件，不是 Excel 工作簿" if is_text else _UNKNOWN)


def refusal_of_package(names: Collection[str]) -> RefusedError:
    """Of a zip that is no workbook, by the names of what it holds."""
    lower = [name.lower().replace("\\", "/") for name in names]
    for sign, kind in _PACKAGES.items():
        if any(name.startswith(sign) for name in lower):
            return RefusedError(kind, "other-file")
    if any(name.endswith("workbook.bin") for name in lower):
        return RefusedError("它是二进制格式（.xlsb）的工作簿")
    if any(name == "[content_types].xml" for name in lower):
        return RefusedError()
    if any(name.startswith("index/") and name.endswith(".iwa") for name in lower):
        return RefusedError("它是苹果 Numbers 表格")
    if not lower:
        return RefusedError()
    return RefusedError("zip", "packed")


_UNKNOWN = "它不是 Excel 工作簿，或者已经损坏"
_WEB = "它其实是网页，只是扩展名写成了 Excel 的"
_ARCHIVE = "它是网页存档（“单个文件网页”），不是 Excel 工作簿"
_STARTS = (
    (b"Rar!", "packed", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "packed", "7z"),
    (b"\x1f\x8b", "packed", "gz"),
    (b"BZh", "packed", "bz2"),
    (b"\xfd7zXZ", "packed", "xz"),
    (b"MSCF", "packed", "cab"),
    (b"\xff\xd8\xff", "other-file", "图片"),
    (b"\x89PNG", "other-file", "图片"),
    (b"GIF8", "other-file", "图片"),
    (b"BM", "other-file", "图片"),
    (b"II*\0", "other-file", "图片"),
    (b"MM\0*", "other-file", "图片"),
    (b"{\\rtf", "other-file", "Word 文档（RTF）"),
    (b"L\0\0\0\x01\x14\x02\0", "other-file", "快捷方式，不是文件本身"),
    (b"[InternetShortcut]", "other-file", "网页链接，不是文件本身"),
)
_SIGNS = (
    (b"schemas-microsoft-com:office:spreadsheet", "unreadable", "它是 XML 表格，不是 Excel 工作簿"),
    (b"urn:oasis:names:tc:opendocument:xmlns:office", "unreadable", "它是 XML 表格（.fods），不是 Excel 工作簿"),
    (b"multipart/mixed", "other-file", "电子邮件（附件要另存出来）"),
    (b"mime-version:", "unreadable", _ARCHIVE),
    (b"multipart/related", "unreadable", _ARCHIVE),
    (b"<html", "unreadable", _WEB),
    (b"<table", "unreadable", _WEB),
    (b"%pdf-", "other-file", "PDF 文件"),
)  # fmt: skip
_PACKAGES = {
    "word/": "Word 文档",
    "ppt/": "演示文稿",
    "doc_0/": "版式文件（OFD）",
    "ofd.xml": "版式文件（OFD）",
}
