"""The names of the files in a working folder, and any text as the name of a file."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath

RETURNS = "填报"
TEMPLATE = "报告模板.docx"
SENTENCES = "报告句子.docx"
FIELD_LIST = "模板字段表.xlsx"
OUTPUT = "output"
"""In the working folder: where results go unless told otherwise."""
REPORTS = "报告"
"""In the working folder, where an office may keep its report."""
RENEWED = "（更新）"
"""Behind the name of a report: the one that ``refresh`` has made of it."""
FACTS = "facts.json"
IMPORTED_RETURNS = "填报（导入）"
IMPORT_NOTES = "导入说明.xlsx"
CHECK_RESULT = "核查结果"
"""Behind the period, as a workbook and as a page."""
BOARD = "看板.html"
SENT_BACK = "退改"
KNOWN_RETURNS = "退改记录.json"
"""In the working folder: what ``check`` knew of corrected copies."""
RECEIVED = "收到"
"""In the working folder: what was handed in and is no return, and what returns took the place of."""
HANDED_IN = "网上交表"
"""In the working folder: the links of those who hand in over the network, and every file they sent."""
COMMENTED = "（核对）"
"""Behind the name of a document: the copy of it with comments."""
BATCH_RESULT = "批量结果.xlsx"
BATCH_LOG = "批量记录.jsonl"
"""In the output folder of many reports: a line for each that was made or could not be."""
ROLLUP_RESULT = "汇总结果.xlsx"
ROLLUP_SETTINGS = "汇总设置.xlsx"
ROLLUP_TEMPLATE = "汇总模板.docx"
ROLLUP_FIELDS = "汇总模板字段表.xlsx"
"""In the folder that holds many working folders: of the report on all of them."""
LAST = "上一版"
"""In the output folder: what the last run put aside."""
FIXED = (TEMPLATE, SENTENCES, FIELD_LIST, IMPORT_NOTES)
"""Names in a working folder that no output ever has."""

_NOISE = ("thumbs.db", "desktop.ini")
_LONGEST, _BYTES = 80, 180
_HARMLESS = frozenset([
    "xlsx", "xlsm", "xls", "et", "ods", "csv", "txt", "docx", "doc", "docm", "wps", "rtf", "odt",
    "pdf", "ofd", "jpg", "jpeg", "png", "zip", "rar", "7z",
])  # fmt: skip
"""Suffixes that a file from elsewhere keeps."""
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Signs that no name shows: controls, marks of direction, halves of characters, line ends."""
_RESERVED = re.compile(r"CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]", re.IGNORECASE)
"""Devices that Windows sees in a name, whatever its suffix."""


def to_legible_name(path: str) -> str:
    """A path as documents can state it: what is not UTF-8 in it as a Chinese Windows has it.

    Any other path as it is.  Only systems whose names are bytes have garbled ones.
    """
    return "/".join(
        part if is_legible(part) else os.fsencode(part).decode("gb18030", "replace")
        for part in path.split("/")
    )


def is_legible(path: str) -> bool:
    """Whether documents can state it: a garbled one is not UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def to_file_name(text: str) -> str:
    """A text as the stem of a file name that Windows and Office take and no reading passes over.

    At most 80 characters and 180 bytes, so that a suffix, a number and （改正件） have room in the
    255 that a name may have; two long texts that differ keep names that differ.
    """
    plain = "".join(sign if unicodedata.category(sign) not in _UNSEEN else "" for sign in text)
    name = re.sub(r'[\\/:*?"<>|]+', "_", plain).strip(" .").lstrip("~$. ") or "未命名"
    if _RESERVED.fullmatch(name.partition(".")[0].strip()):
        name = f"_{name}"
    return name if len(name) <= _LONGEST and len(name.encode()) <= _BYTES else _shorten_name(name)


def number_file_name(name: str, number: str) -> str:
    """A file name with a number behind its stem: ``表.xlsx, （2） → 表（2）.xlsx``."""
    path = PurePosixPath(name)
    return path.with_name(f"{path.stem}{number}{path.suffix}").as_posix()


def to_safe_name(sent: str) -> str:
    """The name under which a file is kept that came from elsewhere; ``sent`` is only a text.

    Of a path its last part; what the system might run keeps its name, with ``.收到`` behind it.
    """
    last = PurePosixPath(sent.replace("\\", "/")).name
    stem, point, suffix = last.rpartition(".")
    suffix = suffix.lower().strip()
    if not point or suffix not in _HARMLESS:
        return f"{to_file_name(last)}.收到"
    return f"{to_file_name(stem)}.{suffix}"


def name_copies(files: Collection[str]) -> dict[str, str]:
    """By workbook, what its marked copy is called: as itself, but one without macros is no .xlsm."""
    found = {file: file for file in files}
    for file in files:
        stem, point, suffix = file.rpartition(".")
        if suffix.lower() == "xlsm":
            free = f"{stem}.xlsx" not in found.values()
            found[file] = f"{stem}{'' if free else '（xlsm）'}{point}xlsx"
    return found


def _shorten_name(name: str) -> str:
    mark = hashlib.sha256(name.encode()).hexdigest()[:6]
    kept = name[: _LONGEST - 7].encode()[: _BYTES - 7].decode(errors="ignore")
    return f"{kept.rstrip(' .')}_{mark}"


def is_noise(name: str) -> bool:
    """Whether a file is nobody's: Office's lock files (~$…), hidden and system files."""
    return name.startswith(("~$", ".")) or name.lower() in _NOISE
