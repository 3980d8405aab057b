"""The names of the files in a working folder, and any text as the name of a file."""

from __future__ import annotations

import re

REGISTER = "建议台账.xlsx"
RETURNS = "填报"
TEMPLATE = "报告模板.docx"
FIELD_LIST = "模板字段表.xlsx"
RETURN_FORM = "部门填报表.xlsx"
FACTS = "facts.json"
IMPORTED_REGISTER = "建议台账（导入）.xlsx"
IMPORTED_RETURNS = "填报（导入）"
IMPORT_NOTES = "导入说明.xlsx"
CHECK_RESULT = "核查结果.xlsx"
SENT_BACK = "退改"
RECORD = "核查记录.json"
"""Beside the outputs of a check: their hashes, by which it knows whether somebody edited them."""
NOTICE_RECORD = "督办记录.json"
"""The same of 督办通报."""

_NOISE = ("thumbs.db", "desktop.ini")


def file_name(text: str) -> str:
    """A text as a file name that Windows takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", text).strip(" .") or "未命名"


def is_noise(name: str) -> bool:
    """Whether a file is nobody's: Office's lock files (~$…), hidden and system files."""
    return name.startswith(("~$", ".")) or name.lower() in _NOISE
