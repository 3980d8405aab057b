"""What somebody filled in for the report and is not printed, or twice: a reminder, never silence."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.data import Dataset
from reportgen.issues import Issue
from reportgen.reports.places import Place, issue_at, setting_issue
from reportgen.reports.suggestions.sheets.vocabulary import NO_ITEMS
from reportgen.schema.columns import normalise_name

_THEME_TEXTS = ("引语", "关注点", "办理综述")


def find_unprinted(dataset: Dataset) -> Iterator[Issue]:
    """not-printed at each such cell; measures are ``achievement_checks``' business."""
    if not _is_doubtful(dataset, "民生行动", "提出条数") and not _has_action(dataset):
        yield from _find_unprinted_action(dataset)
    if not _is_doubtful(dataset, "建议台账", "专题"):
        yield from _find_unprinted_themes(dataset)
    if not _is_doubtful(dataset, "基本信息", "会议名称"):
        yield from _find_unprinted_date(dataset)


def find_printed_twice(dataset: Dataset) -> Iterator[Issue]:
    """case-repeated: one 典型事例 in two rows, of one department or of two."""
    cases = dataset.tables["典型事例"]
    first: dict[tuple[str, str], Place] = {}
    for place, deputy, title in zip(cases.index, cases["代表"], cases["建议标题"], strict=True):
        if deputy is None or title is None:
            continue
        before = first.setdefault((normalise_name(str(deputy)), normalise_name(title)), place)
        if before is not place:
            other = issue_at(dataset, "case-repeated", before, "建议标题")
            where = f"{other.file} {other.place}"
            yield issue_at(dataset, "case-repeated", place, "建议标题", title, other=where)


def _is_doubtful(dataset: Dataset, sheet: str, column: str) -> bool:
    """Whether a cell that decides what is printed is itself at fault."""
    return any((one, name) == (sheet, column) for _, one, _, name in dataset.faulty)


def _has_action(dataset: Dataset) -> bool:
    return any(dataset.tables["民生行动"]["提出条数"])


def _find_unprinted_action(dataset: Dataset) -> Iterator[Issue]:
    said = {
        "why": "“民生行动”表没有填提出条数，这一部分不写",
        "remedy": "请补填“民生行动”表；没有开展的，请清空这一格",
    }
    for item in ("行动名称", "行动综述"):
        if dataset.settings.get(item):
            yield from setting_issue(dataset, "not-printed", "基本信息", item, **said)
    said["remedy"] = "请与人大办核对；没有开展民生行动的，请删去这一行"
    cases = dataset.tables["典型事例"]
    for place, title in zip(cases.index, cases["建议标题"], strict=True):
        if title is not None:
            yield issue_at(dataset, "not-printed", place, "建议标题", title, **said)


def _find_unprinted_themes(dataset: Dataset) -> Iterator[Issue]:
    used = set(dataset.tables["建议台账"]["专题"])
    if not used and dataset.settings.get(NO_ITEMS) != "是":
        return  # the register itself is missing or empty, which is told
    themes = dataset.tables["专题"]
    said = {
        "why": "台账中没有归入这个专题的议案、建议，这个专题不写",
        "remedy": "请核对台账的“专题”一栏；确实没有的，请清空这一格",
    }
    for column in _THEME_TEXTS:
        for place, name, text in zip(themes.index, themes["名称"], themes[column], strict=True):
            if text is not None and name is not None and name not in used:
                yield issue_at(dataset, "not-printed", place, column, text, **said)


def _find_unprinted_date(dataset: Dataset) -> Iterator[Issue]:
    if dataset.settings.get("报告日期") and not dataset.settings.get("会议名称"):
        why = "没有填“会议名称”，标题下不加这一行"
        remedy = "请补填会议名称；不在会上报告的，请清空这一格"
        yield from setting_issue(
            dataset, "not-printed", "基本信息", "报告日期", why=why, remedy=remedy
        )
