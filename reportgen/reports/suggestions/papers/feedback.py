"""征询意见表: what a deputy rates and sends back, with what the register knows printed in."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.reports.papers import PaperDraft, PaperSource
from reportgen.reports.suggestions.figures.satisfaction import RatingScale
from reportgen.reports.suggestions.figures.time_limits import HandlingRules
from reportgen.reports.suggestions.letters.tasks import read_office
from reportgen.reports.suggestions.papers.office import name_office
from reportgen.reports.suggestions.papers.phrases import key_of_task, name_proposers


def draft_feedback_forms(source: PaperSource) -> Iterator[PaperDraft]:
    """One for each item in each leading department's hands."""
    dataset, office = source.dataset, read_office(source.dataset)
    common = name_office(dataset, source.today)
    again = HandlingRules.of(dataset.settings).describe("重新办理期限")
    choices = "　".join(f"□{name}" for name in RatingScale.of(dataset).classes)
    for task in office.tasks:
        yield PaperDraft(key_of_task(office, task), {
            **common,
            "编号": task.number,
            "标题": task.title,
            "提出人": name_proposers(task.signers),
            "部门": task.department,
            "评价选项": choices,
            "重新办理期限": again,
        }, str(common["发文机关"]))  # fmt: skip
