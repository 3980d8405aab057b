"""OLE files that are no plain .xls: what they are instead, and Excel's own password."""

from __future__ import annotations

import io

from reportgen.excel.read.refusal import RefusedError

BUILT_IN_PASSWORD = "VelvetSweatshop"  # noqa: S105
"""With which Excel encrypts workbooks that nobody gave a password (MS-OFFCRYPTO 2.4.2.3)."""


def refusal_of_ole(names: set[str]) -> RefusedError:
    """Of an OLE file that is no workbook."""
    if any(name.endswith("drmcontent") or "drmencrypted" in name for name in names):
        return RefusedError(code="restricted")
    for stream, kind in _OTHERS.items():
        if stream in names:
            return RefusedError(kind, "other-file")
    return RefusedError("它不是 Excel 工作簿，或者已经损坏")


def drop_built_in_password(content: bytes) -> bytes:
    """The workbook inside, if it is locked with Excel's own password; else RefusedError."""
    import msoffcrypto  # noqa: PLC0415 (rarely needed)

    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        file.load_key(password=BUILT_IN_PASSWORD)
        file.decrypt(opened)
    except Exception as error:
        raise RefusedError(code="encrypted") from error
    return opened.getvalue()


_OTHERS = {
    "worddocument": "Word 文档",
    "powerpoint document": "演示文稿",
    "visiodocument": "Visio 图",
    "__properties_version1.0": "邮件",
}
