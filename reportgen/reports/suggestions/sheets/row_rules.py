"""What only rows of this kind of report must satisfy, in the manner of ``schema.rules``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.schema.rules import Breach, ReadCell


@dataclass(frozen=True)
class ResultAndReply:
    """办理结果 and 答复日期 come together; neither means 正在办理 (a reminder)."""

    result: str
    reply: str
    role: str
    leading: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Its three columns."""
        return (self.result, self.reply, self.role)

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """result-without-reply, reply-without-result, or in-progress; only for leading roles."""
        if row(self.role) not in self.leading:
            return
        result, reply = row(self.result), row(self.reply)
        if result is not None and reply is None:
            yield Breach("result-without-reply", self.reply, given=self.role)
        elif result is None and reply is not None:
            yield Breach("reply-without-result", self.result, given=self.role)
        elif result is None:
            yield Breach("in-progress", self.result, given=self.role)
