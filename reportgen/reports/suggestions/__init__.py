"""人大代表建议办理情况: the yearly report on how deputies' suggestions were handled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING

from reportgen.data import Dataset
from reportgen.facts.report import ChartForm, Report
from reportgen.reports.kind import CarriedOver, Counting, Importing, ReportKind
from reportgen.reports.suggestions.checks.cross_checks import own_checks
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.reports.suggestions.figures.time_limits import HandlingRules
from reportgen.reports.suggestions.handing_out.assignments import HANDLING
from reportgen.reports.suggestions.handing_out.prefilled_cells import (
    find_ownerless,
    prefill_returns,
)
from reportgen.reports.suggestions.handing_out.progress import COUNTED, find_progress
from reportgen.reports.suggestions.letters.papers import REVIEW
from reportgen.reports.suggestions.sheets.issue_codes import CODES
from reportgen.reports.suggestions.sheets.period import describe_period
from reportgen.reports.suggestions.sheets.sample import SAMPLE, STARTER
from reportgen.reports.suggestions.sheets.vocabulary import NATIVE, PICTURES
from reportgen.reports.suggestions.sheets.workbooks import REGISTER, RETURN
from reportgen.reports.words import KindWords

if TYPE_CHECKING:
    from reportgen.reports.assignment.status import Status
    from reportgen.reports.papers import WrittenPaper
    from reportgen.reports.rollup.declared import RollUp


def make_report(dataset: Dataset) -> Report:
    """The dataset as a tree of names; the document is titled and dated by 基本信息.

    What counts is loaded only where there is something to count.
    """
    from reportgen.reports.suggestions.context import context, quoted_names  # noqa: PLC0415
    from reportgen.reports.suggestions.figures.catalogue import count_facts  # noqa: PLC0415

    scope = Scope.of(dataset)
    figures = count_facts(scope)
    tree = context.make_name_tree(scope, figures)
    settings = dataset.settings
    date = settings.get("成文日期")
    return Report(
        title=f"{settings.get('单位名称') or ''}{settings.get('年度') or ''}年度人大代表建议办理情况的报告",
        author=str(settings.get("署名") or ""),
        date=date if isinstance(date, dt.date) else dt.date(1980, 1, 1),
        names=tree,
        facts=figures,
        quoted=quoted_names.find_quoted_names(tree),
        meanings=context.describe_names(),
        period=str(settings.get("年度") or ""),
        unit=str(settings.get("单位名称") or ""),
        charts=_CHART_FORMS.get(str(settings.get("图的形式") or "")),
    )


_CHART_FORMS: Mapping[str, ChartForm] = {PICTURES: "picture", NATIVE: "native"}


def make_input_notes(dataset: Dataset) -> Mapping[tuple[str, str], str]:
    """For the input messages: the definitions of the result classes, and the local time limits."""
    rules = HandlingRules.of(dataset.settings)
    rows = dataset.tables["办理结果分类"]
    lines = [
        f"{code}：{name}" for code, name in zip(rows["代码"], rows["名称"], strict=True) if code
    ]
    said = {
        "办理结果": "\n".join(lines),
        "答复日期": f"答复期限：{rules.describe('答复期限')}；会办期限：{rules.describe('会办期限')}",
        "重办答复日期": f"期限：{rules.describe('重新办理期限')}",
    }
    if rules.limit("退回期限"):
        window = f"自交办之日起{rules.limit('退回期限')}内"
        said["编号"] = f"不属于本部门职责的，请{window}书面退回，写明理由"
    return {("办理情况", column): text for column, text in said.items()}


def read_wording() -> str:
    """The outline of the default template."""
    return files(__package__).joinpath("context", "wording.md").read_text(encoding="utf-8")


def begin_next_year(dataset: Dataset, *, sound: bool) -> CarriedOver:
    """What the next year's register begins with; loaded only to begin it."""
    from reportgen.reports.suggestions.handing_out.next_year import carry_over  # noqa: PLC0415

    return carry_over(dataset, sound=sound)


def read_importing_rules() -> Importing:
    """What another ledger may hold; loaded only for a ledger."""
    from reportgen.reports.suggestions.importing.field_aliases import FIELDS  # noqa: PLC0415
    from reportgen.reports.suggestions.importing.register_rows import (  # noqa: PLC0415
        transfer_ledger,
    )

    return Importing(FIELDS, transfer_ledger)


def read_papers() -> tuple[WrittenPaper, ...]:
    """What is written around the report; loaded only to write it."""
    from reportgen.reports.suggestions.papers.declared import PAPERS  # noqa: PLC0415

    return PAPERS


def read_status() -> Status:
    """How far everything is; loaded only to tell it."""
    from reportgen.reports.suggestions.context.status_notice import STATUS  # noqa: PLC0415

    return STATUS


def read_rollup() -> RollUp:
    """How towns become a county; loaded only to roll them up."""
    from reportgen.reports.suggestions.figures.rolled_up import ROLLUP  # noqa: PLC0415

    return ROLLUP


SUGGESTIONS = ReportKind(
    name="人大代表建议办理情况",
    register=REGISTER,
    returned=RETURN,
    report=make_report,
    wording=read_wording,
    words=KindWords(
        item="第{key}号",
        counter="件",
        load="承办{count}件",
        asked="贵单位承办代表建议{承办件数}件（其中主办{主办件数}件），",
        complete="已填齐是主办（含分办）的每一件都有办理结果和答复日期",
        open={
            "in-progress": "还有{count}件没有填办理结果和答复日期，已经答复的请补填。",
        },
    ),
    codes=CODES,
    own_checks=own_checks,
    own_hand_outs=(HANDLING,),
    own_rows=prefill_returns,
    ownerless=find_ownerless,
    own_counting=Counting(COUNTED, find_progress),
    notes=make_input_notes,
    starter=STARTER,
    sample=SAMPLE,
    importing=read_importing_rules,
    own_status=read_status,
    carry_over=begin_next_year,
    period=describe_period,
    papers=read_papers,
    review=REVIEW,
    rollup=read_rollup,
)
