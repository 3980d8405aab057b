"""满意度分类: scales of other words than 满意, 基本满意, 不满意, from the form to the sentence."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

import reportgen
from reportgen.charts.kinds import ShareChart
from reportgen.facts.report import Report
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.reports.suggestions.figures.satisfaction import RatingScale, join_with_or
from reportgen.validation import validate_workbooks
from tests.properties.test_counts import counted, differences
from tests.properties.test_text import bad_sentences, figures_off, read
from tests.support.generate import case, files, raw_workbooks

Classes = Sequence[Mapping[str, str]]
COLUMNS = ("名称", "别名", "计入满意", "需重新办理")


def scale(*rows: str) -> Classes:
    """``很满意 非常满意 是 否``, one text for each class; ``—`` is blank."""
    cells = ([word if word != "—" else None for word in row.split()] for row in rows)
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells]


FOUR = scale("很满意 非常满意 是 否", "满意 — 是 否", "基本满意 比较满意 是 否", "不满意 — 否 是")
MIDDLE = scale("满意 — 是 否", "较满意 比较满意 是 否", "一般 理解 否 否", "不满意 — 否 是")
STRICT = scale("满意 — 是 否", "不满意 — 否 是")
TWO_BAD = scale("满意 — 是 否", "基本满意 — 是 否", "不太满意 — 否 是", "不满意 — 否 是")
SCALES = {"四级": FOUR, "有一般": MIDDLE, "两级": STRICT, "两级要重办": TWO_BAD}


def rated(sample: Sample, classes: Classes) -> Sample:
    """The case with these classes, its ratings spread over all of them."""
    names = [row["名称"] for row in classes]
    redo = [row["名称"] for row in classes if row["需重新办理"] == "是"]

    def translated(row: dict[str, Any], place: int) -> dict[str, Any]:
        for column in ("满意度", "态度满意度", "重办满意度"):
            if row.get(column):
                bad = column == "满意度" and (row[column] == "不满意" or row.get("重办答复日期"))
                row[column] = redo[place % len(redo)] if bad else names[place % len(names)]
        return row

    returns = {
        name: {**sheets, "办理情况": [
            translated(dict(row), place) for place, row in enumerate(sheets["办理情况"])
        ]}
        for name, sheets in sample.returns.items()
    }  # fmt: skip
    return replace(sample, returns=returns, register={**sample.register, "满意度分类": classes})


@pytest.mark.parametrize("name", SCALES)
def test_every_figure_of_other_scales_equals_plain_counting(name: str) -> None:
    for seed in range(8):
        made = rated(case(30, 4, seed, rare=True, unfinished=0.1), SCALES[name])
        assert differences(counted(made), made) == {}


@pytest.mark.parametrize("name", SCALES)
def test_reports_in_other_scales_read_well(name: str) -> None:
    for seed in range(4):
        made = rated(case(25, 4, seed, rare=True, unfinished=0.1), SCALES[name])
        document, charts = read(made)
        assert bad_sentences(document) == []
        assert figures_off(document, charts, made) == []
        names = [row["名称"] for row in SCALES[name]]
        chart = report(made).names["图"]["满意度"]
        assert isinstance(chart, ShareChart)
        shown = [one for one in chart.categories if one != "未反馈"]
        assert shown == [one for one in names if one in shown]
        unknown = {"基本满意", "较满意", "一般"} - {*names}
        assert not any(word in document.everything for word in unknown)


def report(sample: Sample) -> Report:
    """All names of the report on a case."""
    return KINDS[0].report(validate_workbooks(raw_workbooks(sample), tuple(KINDS[0].workbooks))[0])


def all_rated(classes: Classes, *given: str) -> str:
    """The report's first paragraphs on a case answered throughout and rated so, in turn."""
    made = case(6, 2, 4, unfinished=0, action=False, last_year=False)
    feedback = {"态度满意度": None, "重办答复日期": None, "重办满意度": None}
    returns = {
        name: {**sheets, "办理情况": [
            {**row, **feedback, "反馈日期": row["答复日期"],
             "满意度": given[int(str(row["编号"])) % len(given)]}
            for row in sheets["办理情况"] if row["办理角色"] != "协办"
        ]}
        for name, sheets in made.returns.items()
    }  # fmt: skip
    made = replace(made, returns=returns, register={**made.register, "满意度分类": classes})
    document, _ = read(made)
    assert bad_sentences(document) == []
    return "\n".join(each.text for each in document.prose)


def test_all_satisfied_is_said_in_the_words_of_the_scale() -> None:
    assert "均表示很满意。" in all_rated(FOUR, "很满意")
    assert "均表示很满意、满意或基本满意，其中很满意2件、满意2件、基本满意2件。" in all_rated(
        FOUR, "很满意", "满意", "基本满意"
    )
    assert "均表示满意或较满意，其中满意3件、较满意3件。" in all_rated(MIDDLE, "满意", "较满意")


def test_a_class_in_the_middle_is_neither_satisfied_nor_handled_anew() -> None:
    text = all_rated(MIDDLE, "满意", "较满意", "一般")
    assert "其中满意2件、较满意2件、一般2件、不满意0件，" in text
    assert "满意率（含较满意）为6" in text
    assert "需要重新研究办理" not in text
    assert "满意率为50" in all_rated(STRICT, "满意", "不满意")


def test_the_rate_names_what_it_includes_beside_satisfied() -> None:
    names = [row["名称"] for row in FOUR]
    assert RatingScale(names, names[:3], names[3:]).rate == "满意率（含很满意、基本满意）"
    assert RatingScale(names, names[:1], names[3:]).rate == "满意率"
    assert [join_with_or(names[:n]) for n in (0, 1, 2, 3)] == [
        "", "很满意", "很满意或满意", "很满意、满意或基本满意",
    ]  # fmt: skip


def codes(sample: Sample) -> list[tuple[str, str]]:
    """Issues of a case on ratings, with their cells."""
    books = raw_workbooks(sample)
    dataset, found = validate_workbooks(books, tuple(KINDS[0].workbooks))
    both = (*found, *KINDS[0].check(dataset))
    return [(issue.code, issue.cell) for issue in both if issue.code in ON_RATINGS]


ON_RATINGS = ("not-in-list", "not-rehandled", "rehandling-overdue", "needless-rehandling",
              "solved-unsatisfied", "satisfied-redo", "none-satisfied")  # fmt: skip


def one_rating(classes: Classes, rating: str, again: dt.date | None = None) -> Sample:
    """One suggestion, solved, answered, rated so and maybe handled anew."""
    made = case(1, 1, 3, unfinished=0, action=False, last_year=False)
    (name,) = (name for name, sheets in made.returns.items() if sheets["办理情况"])
    row = {**made.returns[name]["办理情况"][0], "满意度": rating, "态度满意度": None}
    row |= {"反馈日期": row["答复日期"], "重办答复日期": again, "重办满意度": None}
    returns = {**made.returns, name: {"办理情况": [row]}}
    return replace(made, returns=returns, register={**made.register, "满意度分类": classes})


def test_only_the_classes_that_ask_for_it_must_be_handled_anew() -> None:
    day = dt.date(2023, 11, 1)
    assert codes(one_rating(MIDDLE, "一般")) == []
    assert codes(one_rating(MIDDLE, "理解")) == []  # 别名
    assert codes(one_rating(MIDDLE, "一般", day)) == [("needless-rehandling", "S2")]
    both = [code for code, _ in codes(one_rating(TWO_BAD, "不太满意"))]
    assert "rehandling-overdue" in both or "not-rehandled" in both
    assert "needless-rehandling" not in [c for c, _ in codes(one_rating(TWO_BAD, "不太满意", day))]


def test_a_word_of_another_scale_is_refused_with_the_words_of_this_one() -> None:
    made = one_rating(MIDDLE, "基本满意")
    dataset, found = validate_workbooks(raw_workbooks(made), tuple(KINDS[0].workbooks))
    (issue,) = (issue for issue in found if issue.code == "not-in-list")
    assert (issue.cell, issue.column) == ("P2", "满意度")
    assert issue.remedy == "请从下拉列表中选择：满意、较满意、一般、不满意"
    assert dataset.tables["办理情况"]["满意度"].iloc[0] is None


def test_a_scale_that_contradicts_itself_is_refused() -> None:
    both = scale("满意 — 是 是", "不满意 — 否 是")
    assert codes(one_rating(both, "满意"))[0] == ("satisfied-redo", "D2")
    none = scale("满意 — 否 否", "不满意 — 否 是")
    assert codes(one_rating(none, "满意")) == [("none-satisfied", "C2")]


def test_without_the_sheet_or_without_rows_the_usual_three_classes_hold() -> None:
    made = case(20, 3, 1, rare=True)
    missing, empty = counted(made), counted(
        replace(made, register={**made.register, "满意度分类": []})
    )  # fmt: skip
    assert dict(missing) == dict(empty)
    assert {key.split(".")[1] for key in missing if key.startswith("满意度.")} == {
        "满意", "基本满意", "不满意", "已反馈", "未反馈",
    }  # fmt: skip


def test_a_class_called_as_a_figure_is_keeps_apart_from_it() -> None:
    classes = scale("满意 — 是 否", "未反馈 — 否 否", "不满意 — 否 是")
    found = counted(one_rating(classes, "未反馈"))
    assert found["满意度.未反馈.件数"].value == 0
    assert found["满意度.未反馈_2.件数"].value == 1


def test_handed_out_forms_offer_the_scale(tmp_path: Any) -> None:
    made = rated(case(4, 2, 1, unfinished=0), MIDDLE)
    content = files(made)
    (tmp_path / KINDS[0].register_file).write_bytes(content[KINDS[0].register_file])
    laid = reportgen.assign(tmp_path)
    book = openpyxl.load_workbook(laid.written[0])
    options = {cell[0]: list(cell[1:]) for cell in book["_列表"].iter_cols(values_only=True)}
    assert options["满意度"][:4] == ["满意", "较满意", "一般", "不满意"]
