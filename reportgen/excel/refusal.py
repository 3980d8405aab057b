"""Why a file is not read: raised inside this room only, an issue outside of it."""

from __future__ import annotations

from reportgen.issues import Issue

DAMAGED = "文件已损坏或不完整"


class RefusedError(Exception):
    """An issue code, and its reason in plain Chinese."""

    def __init__(self, reason: str = DAMAGED, code: str = "unreadable") -> None:
        super().__init__(reason, code)
        self.reason, self.code = reason, code

    def issue(self, file: str) -> Issue:
        """What is said of the file."""
        return Issue(self.code, file, details={"reason": self.reason})


def too_wide(sheet: str) -> RefusedError:
    """Of a sheet whose content lies too far apart."""
    return RefusedError(f"工作表“{sheet}”中有内容的格子相隔太远，请先删去表格以外的内容")
