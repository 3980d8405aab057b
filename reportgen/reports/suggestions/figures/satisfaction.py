"""满意度分类: the classes in which deputies rate, as the register names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.data import Dataset
from reportgen.facts.measures import make_key_parts

UNRATED = ("已反馈", "未反馈")
"""Names that stand beside those of the classes in keys."""


@dataclass(frozen=True)
class RatingScale:
    """``classes`` stand from best to worst, and ``good`` are those that count as satisfied.

    ``redo``: those after which the suggestion must be handled anew.
    """

    classes: Sequence[str]
    good: Sequence[str]
    redo: Sequence[str]

    @classmethod
    def of(cls, dataset: Dataset) -> RatingScale:
        """The scale as filled in; a class named twice is what its first row says."""
        table = dataset.tables["满意度分类"]
        rows = zip(
            table["名称"], table["计入满意"] == "是", table["需重新办理"] == "是", strict=True
        )
        found: dict[str, tuple[bool, bool]] = {}
        for name, good, redo in rows:
            if name:
                found.setdefault(name, (good, redo and not good))
        return cls(
            list(found),
            [name for name, (good, _) in found.items() if good],
            [name for name, (_, redo) in found.items() if redo],
        )

    @property
    def keys(self) -> Mapping[str, str]:
        """Each class's part of a key."""
        return make_key_parts(self.classes, taken=UNRATED)

    @property
    def ranks(self) -> Mapping[str, int]:
        """The place of each class, the best first."""
        return {name: place for place, name in enumerate(self.classes)}

    @property
    def words(self) -> str:
        """The classes that count as satisfied: ``满意或基本满意``."""
        return join_with_or(self.good)

    @property
    def included(self) -> str:
        """What counts as satisfied beside 满意 itself: ``基本满意``; maybe nothing."""
        itself = "满意" if "满意" in self.good else next(iter(self.good), "")
        return "、".join(name for name in self.good if name != itself)

    @property
    def rate(self) -> str:
        """What the rate is called: ``满意率（含基本满意）``."""
        return f"满意率（含{self.included}）" if self.included else "满意率"


def join_with_or(names: Sequence[str]) -> str:
    """``甲``, ``甲或乙``, ``甲、乙或丙``."""
    *others, last = names or ("",)
    return f"{'、'.join(others)}或{last}" if others else last
