"""How sure a finding is, and what to do about it."""

from __future__ import annotations

ERROR, REMARK = "错误", "提醒"
WHAT_TO_DO = {
    ERROR: "请按列出的算式逐个核对，改正写错的那一个",
    REMARK: "请按列出的算式核对；没有写错的不必改",
}
"""By level."""
