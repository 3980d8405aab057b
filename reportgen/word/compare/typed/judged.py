"""What is told of something typed in place of the remark that it was typed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportgen.proofread.model import Agreement
from reportgen.word.compare.findings import Finding

HOW = {
    Agreement.CUT: "似为截尾", Agreement.LAST: "末位不符", Agreement.SCALE: "似为小数点或位数写错",
    Agreement.SWAP: "似有两个数字颠倒", Agreement.SLIP: "似有一个数字写错",
}  # fmt: skip
"""How a typed number is off."""
LEAST = 10
"""Of a number of one digit every other one is but a slip away."""


@dataclass(frozen=True, slots=True)
class JudgedFinding:
    """A finding and what is to be told in its place; ``key``: of the figure it speaks of, if known.

    ``told`` is None where it says what the figures say.
    """

    finding: Finding
    told: Finding | None
    key: str = ""


def make_mistyped(finding: Finding, key: str, shown: str, how: str) -> JudgedFinding:
    """Return the error that names the figure and what it shows."""
    told = replace(finding, kind="figure-mistyped", expected=f"{shown}，{how}", key=key)
    return JudgedFinding(finding, told, key)
