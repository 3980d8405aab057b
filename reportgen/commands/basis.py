"""What an edited report is held against: a working folder as it is now, or all of them below one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.commands.folder.progress import Progress

if TYPE_CHECKING:
    from reportgen.commands.check import CheckedFolder
    from reportgen.facts.report import Report
    from reportgen.word.template.sentences import Template


@dataclass(frozen=True)
class Basis:
    """What a report would be made from now.

    ``count`` makes the report.  ``checked``: the working folder; None of a report on many units.
    """

    template: Template
    count: Callable[[], Report]
    inputs: Mapping[str, str]
    checked: CheckedFolder | None = None

    @property
    def errors(self) -> int:
        """How many errors among the data keep a report from being made."""
        return len(self.checked.errors) if self.checked else 0


def read_basis(
    record: Mapping[str, Any], folder: Path, template: Path | None,
    progress: Progress = lambda *_: None,
) -> Basis:  # fmt: skip
    """What the report with this record would be made from now.

    ``folder``: of a report on many units the one that holds their folders.
    """
    kind = record.get("rolled_up")
    return (
        _read_units(folder, kind, template, progress)
        if kind
        else _read_folder(folder, template, progress)
    )


def _read_folder(folder: Path, template: Path | None, progress: Progress) -> Basis:
    from reportgen.commands.check import check  # noqa: PLC0415
    from reportgen.commands.folder.template import choose_template  # noqa: PLC0415

    checked = check(folder, progress=progress)
    chosen = choose_template(folder, template, checked.kind)
    return Basis(chosen, lambda: checked.kind.report(checked.dataset), checked.inputs, checked)


def _read_units(root: Path, kind: str, template: Path | None, progress: Progress) -> Basis:
    from reportgen.commands.many.county import read_county  # noqa: PLC0415

    county = read_county(root, kind, template, progress)
    return Basis(county.template, lambda: county.report, county.inputs)
