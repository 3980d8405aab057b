"""Why a file is not read: raised inside this room only, an issue outside of it."""

from __future__ import annotations

DAMAGED = "文件已损坏或不完整"
TOO_LONG = 3
"""How the process that parses ends when a file takes it too long."""


_NAMED = 31
"""Letters of a sheet's name; Excel allows no more."""


class RefusedError(Exception):
    """An issue code, and its reason in plain Chinese."""

    def __init__(self, reason: str = DAMAGED, code: str = "unreadable") -> None:
        super().__init__(reason, code)
        self.reason, self.code = reason, code


def too_full(sheet: str = "") -> RefusedError:
    """Of a sheet, or a workbook, with more content than any table of this trade has."""
    where = f"工作表“{sheet[:_NAMED]}”" if sheet else "各工作表"
    return RefusedError(f"{where}里有内容的格子或文字太多，不像正常的表格，请先删去表格以外的内容")


def too_long_text(sheet: str, cell: str) -> RefusedError:
    """Of a cell with more letters than Excel lets a cell hold."""
    return RefusedError(
        f"工作表“{sheet[:_NAMED]}”的 {cell} 文字太长，超过了 Excel 一格能放的32767字"
    )


def too_wide(sheet: str) -> RefusedError:
    """Of a sheet whose content lies too far apart."""
    return RefusedError(f"工作表“{sheet[:_NAMED]}”中有内容的格子相隔太远，请先删去表格以外的内容")
