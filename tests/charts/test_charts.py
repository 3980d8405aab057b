"""Charts: what is printed in them, where it stands, and in which font."""

import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from reportgen.charts import layout
from reportgen.charts.fills import choose_fills
from reportgen.charts.kinds import BarChart, Chart, Series, ShareChart, StackedBarChart
from reportgen.charts.render import draw_chart, render
from reportgen.errors import ChartError
from reportgen.facts.model import Fact, Origin

SOLVED = "已解决或基本解决"
PLANNED = "正在解决或列入计划逐步解决"
UNSOLVED = "受政策、权限等客观条件限制未能办理，已作解释说明"
DEPARTMENTS = [
    "农业农村办公室", "经济发展办公室", "村镇建设办公室", "社会事务办公室", "市场监督管理所",
]  # fmt: skip
LONG_THEME = "巩固拓展脱贫攻坚成果同乡村振兴有效衔接和农业农村现代化建设"
PACKAGED_ONLY: tuple[str, ...] = ()


def count(value: int) -> Fact:
    return Fact("某.件数", value, str(value), "件", Origin("计件", "计件"))


def share(text: str) -> Fact:
    return Fact("某.占比", Decimal(text.rstrip("%")), text, "", Origin("占比", "占比"))


def counts(name: str, values: Sequence[int]) -> Series:
    return Series(name, [count(value) for value in values])


def shares(classes: Sequence[str], values: Sequence[int], percentages: Sequence[str]) -> ShareChart:
    parts = [counts("件数", values), Series("占比", [share(text) for text in percentages])]
    return ShareChart("图.办理结果", "办理结果", classes, parts, "")


def bars(categories: Sequence[str], values: Sequence[int]) -> BarChart:
    return BarChart("图.专题", "各专题件数", categories, [counts("件数", values)], "")


def stacked(rows: Sequence[Sequence[int]], categories: Sequence[str]) -> StackedBarChart:
    names = [SOLVED, PLANNED, "留作参考", UNSOLVED][: len(rows[0])]
    series = [
        counts(name, column) for name, column in zip(names, zip(*rows, strict=True), strict=True)
    ]
    totals = [count(sum(row)) for row in rows]
    return StackedBarChart("图.部门", "各部门", categories, series, "", totals=totals)


def town(number: int) -> list[str]:
    return [f"{DEPARTMENTS[n % 5]}（第{n + 1}站）" for n in range(number)]


def printed(picture: Figure) -> list[str]:
    return [text.get_text() for text in picture.texts if text.get_text()]


def marks(picture: Figure) -> list[Rectangle]:
    """Bars, segments and the squares of legends."""
    return [each for each in picture.artists if isinstance(each, Rectangle)]


def places(picture: Figure) -> list[tuple[str, Bbox]]:
    """Every text with the box its letters take, in pixels."""
    picture.canvas.draw()
    return [
        (text.get_text(), text.get_window_extent()) for text in picture.texts if text.get_text()
    ]


def assert_readable(chart: Chart, families: tuple[str, ...] = PACKAGED_ONLY) -> None:
    """No text touches another, and none leaves the paper."""
    picture = draw_chart(chart, families)
    found = places(picture)
    paper = picture.bbox
    for text, box in found:
        assert paper.x0 <= box.x0 < box.x1 <= paper.x1, f"{text} 超出左右边"
        assert paper.y0 <= box.y0 < box.y1 <= paper.y1, f"{text} 超出上下边"
    for (one, first), (other, second) in combinations(found, 2):
        assert Bbox.intersection(first, second) is None, f"{one} 与 {other} 重叠"


YONGAN = shares([SOLVED, UNSOLVED], [6, 1], ["86%", "14%"])
CHARTS = {
    "永安镇": YONGAN,
    "四类，一类为零": shares(
        [SOLVED, PLANNED, "留作参考", UNSOLVED],
        [112, 9, 0, 3],
        ["90.32%", "7.26%", "0.00%", "2.42%"],
    ),
    "五类": shares(list("甲乙丙丁戊"), [40, 30, 20, 8, 2], ["40%", "30%", "20%", "8%", "2%"]),
    "整个一类": shares([LONG_THEME * 3, PLANNED], [10000, 0], ["100.00%", "0.00%"]),
    "三个专题": bars(["经济转型发展", "人居环境治理", "民生服务保障"], [2, 3, 2]),
    "十五个长名专题": bars([LONG_THEME[: 6 + n] + "Ⅳ" for n in range(15)], list(range(15))),
    "六十个部门": bars(town(60), [n * 7 for n in range(60)]),
    "主办协办": BarChart(
        "图.主办协办",
        "主办协办",
        DEPARTMENTS,
        [counts("主办", [11, 5, 0, 3, 8]), counts("协办", [2, 5, 1, 3, 0])],
        "",
    ),
    "五个部门": stacked([[1, 0], [1, 0], [1, 1], [2, 0], [1, 0]], DEPARTMENTS),
    "其余的专题": replace(bars([*town(14), "其余31个专题"], [*range(30, 16, -1), 500]), rest=True),
    "其余的部门": replace(
        stacked([*([9, 2, 1, 0] for _ in range(14)), [400, 50, 3, 2]], [*town(14), "其余31个部门"]),
        rest=True,
    ),
    "五十个部门": stacked([[n * 2, n % 7, n % 3, 1] for n in range(50)], town(50)),
}  # fmt: skip


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
@pytest.mark.parametrize("families", [PACKAGED_ONLY, None], ids=["随附字体", "本机字体"])
def test_texts_neither_overlap_nor_leave_the_paper(
    chart: Chart, families: tuple[str, ...] | None
) -> None:
    assert_readable(chart, *([] if families is None else [families]))


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_every_number_printed_is_a_fact_as_written(chart: Chart) -> None:
    facts = [fact for series in chart.series for fact in series.facts]
    facts += getattr(chart, "totals", ())
    words = {fact.text for fact in facts} | {fact.text + fact.unit for fact in facts}
    names = "".join([*chart.categories, *(series.name for series in chart.series)])
    for text in printed(draw_chart(chart)):
        assert text in names or set(text.removeprefix("共").split(" ")) <= words


def test_shares_print_name_count_and_percentage_of_each_class() -> None:
    assert printed(draw_chart(YONGAN)) == [
        "6件 86%", SOLVED, "86%", "6件", "1件 14%", UNSOLVED, "14%", "1件",
    ]  # fmt: skip


def test_shares_of_zero_stand_in_the_list_but_not_in_the_bar() -> None:
    chart = CHARTS["四类，一类为零"]
    assert [text for text in printed(draw_chart(chart)) if "0件" in text or "0.00%" in text] == [
        "0.00%",
        "0件",
    ]
    assert len(marks(draw_chart(chart))) == 3 + 4


def test_parts_are_as_long_as_their_counts() -> None:
    whole, part, *_ = [patch for patch in marks(draw_chart(YONGAN)) if patch.get_height() > 5]
    assert whole.get_width() == pytest.approx(6 * part.get_width())


def test_stacked_bars_print_segments_and_totals_but_no_zeros() -> None:
    texts = printed(draw_chart(CHARTS["五个部门"]))
    assert texts[:2] == [SOLVED, PLANNED]
    assert texts[-11:] == ["1", "1件", "1", "1件", "1", "1", "2件", "2", "2件", "1", "1件"]


@pytest.mark.parametrize(("name", "told"), [("其余的专题", "共500件"), ("其余的部门", "共455件")])
def test_what_stands_for_many_has_a_number_but_no_bar(name: str, told: str) -> None:
    """The longest of the others still fills the room."""
    picture = draw_chart(CHARTS[name])
    assert told in printed(picture)
    edges = [p.get_x() + p.get_width() for p in marks(picture)]
    assert layout.WIDTH * 0.85 < max(edges) < layout.WIDTH


@pytest.mark.parametrize(
    "chart",
    [
        shares([SOLVED, UNSOLVED], [0, 0], ["0%", "0%"]),
        bars(DEPARTMENTS, [0] * 5),
        stacked([[0, 0]] * 5, DEPARTMENTS),
    ],
    ids=["构成", "分布", "分段"],
)
def test_a_year_without_suggestions_draws_zeros(chart: Chart) -> None:
    assert_readable(chart)
    texts = printed(draw_chart(chart))
    assert texts.count("0件") == len(chart.categories)


def test_legend_explains_stacked_series_but_not_a_single_row_of_bars() -> None:
    assert SOLVED in printed(draw_chart(CHARTS["五个部门"]))
    assert "件数" not in printed(draw_chart(CHARTS["三个专题"]))
    assert printed(draw_chart(CHARTS["主办协办"]))[:2] == ["主办", "协办"]


def test_neighbours_differ_in_grey_by_lightness_or_hatching() -> None:
    fills = choose_fills(8)
    for one, next_one in pairwise(fills):
        lighter = abs(lightness(one.face) - lightness(next_one.face))
        assert lighter > 0.25 or one.hatch != next_one.hatch
    for fill in fills:
        ground = "#ffffff" if fill.hatch else fill.face
        assert abs(lightness(ground) - lightness(fill.ink)) > 0.4, "数字看不清"


def lightness(colour: str) -> float:
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert render(YONGAN) == render(YONGAN)
    assert b"Software" not in render(YONGAN)
    assert b"tIME" not in render(YONGAN)


def test_user_settings_of_matplotlib_do_not_matter() -> None:
    code = (
        "import hashlib, matplotlib\n"
        "matplotlib.rcParams.update({{'hatch.linewidth': {0}, 'patch.force_edgecolor': {1}}})\n"
        "from tests.charts.test_charts import CHARTS, render\n"
        "print(hashlib.sha256(render(CHARTS['五类'])).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code.format(*settings)], check=True, capture_output=True
        ).stdout
        for settings in [(1.0, False), (4.0, True)]
    }
    assert len(found) == 1


def test_picture_has_the_size_the_chart_gives_itself() -> None:
    width, height = struct.unpack(">II", render(YONGAN)[16:24])
    assert (width / 220 * 25.4, height / 220 * 25.4) == pytest.approx(YONGAN.size, abs=0.2)


def test_height_follows_the_content_up_to_one_page() -> None:
    heights = [bars(town(number), [1] * number).size[1] for number in (3, 10, 20, 60)]
    assert heights == sorted(heights)
    assert heights[-1] == layout.TALLEST
    assert replace(YONGAN, height=40.0).size == (150.0, 40.0)


def test_many_departments_stay_legible() -> None:
    texts = draw_chart(CHARTS["六十个部门"]).texts
    assert min(float(text.get_fontsize()) for text in texts) >= 7


def test_packaged_font_is_used_where_no_installed_one_is_found() -> None:
    picture = draw_chart(YONGAN, ("没有这种字体",))
    files = {text.get_fontproperties().get_file() for text in picture.texts}
    assert {str(file).rpartition("/")[2] for file in files} == {"NotoSansSC-GB2312.ttf"}


def test_packaged_font_has_every_character_of_gb2312() -> None:
    signs = [
        bytes((high, low)).decode("gb2312")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
        if not (high == 0xD7 and low > 0xF9)
    ]
    assert len(signs) == 6763
    draw_chart(replace(YONGAN, categories=["".join(signs), SOLVED]), PACKAGED_ONLY)


def test_installed_font_is_asked_before_the_packaged_one() -> None:
    picture = draw_chart(YONGAN, ("DejaVu Sans", "没有这种字体"))
    file = picture.texts[0].get_fontproperties().get_file()
    assert "NotoSansSC" in str(file)  # DejaVu Sans is there but has no Chinese
    plain = replace(YONGAN, categories=["A", "B"], series=[Series("n", [share("6"), share("1")])])
    file = draw_chart(plain, ("DejaVu Sans",)).texts[0].get_fontproperties().get_file()
    assert "DejaVuSans" in str(file)


@pytest.mark.filterwarnings("error")
def test_a_character_no_font_has_is_named_and_never_drawn_as_a_box() -> None:
    chart = replace(YONGAN, categories=["𫍽家村\U000f0000建设", SOLVED])
    with pytest.raises(ChartError, match=r"（U\+F0000）.*安装"):
        render(chart)
    with pytest.raises(ChartError, match=r"“𫍽”.*安装"):
        render(replace(chart, categories=["𫍽家村", SOLVED]), PACKAGED_ONLY)


def test_signs_of_formulas_are_plain_text() -> None:
    assert "$x_1$组" in printed(draw_chart(bars(["$x_1$组", r"\alpha"], [1, 2])))
    render(bars(["$x_1$组", "100$"], [1, 2]))


def test_a_chart_without_content_says_what_to_do() -> None:
    with pytest.raises(ChartError, match=r"没有可画的内容.*{% if %}"):
        render(bars([], []))


def test_an_approximate_number_is_not_drawn() -> None:
    about = Fact("某.数", "100余", "100余", "辆", Origin("取值", "取值"))
    with pytest.raises(ChartError, match=r"“100余”.*准确"):
        render(BarChart("k", "各项成效", ["整治"], [Series("数", [about])], ""))


def test_drawing_needs_neither_pyplot_nor_pandas() -> None:
    code = (
        "import sys, reportgen.charts.render\n"
        "assert 'matplotlib' in sys.modules\n"
        "print([name for name in ('matplotlib.pyplot', 'pandas') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


@given(
    rows=st.lists(st.lists(st.integers(0, 10_000), min_size=3, max_size=3), min_size=1, max_size=40)
)
def test_any_counts_can_be_stacked(rows: list[list[int]]) -> None:
    assert_readable(stacked(rows, town(len(rows))))


@given(values=st.lists(st.integers(0, 10_000), min_size=1, max_size=8))
def test_any_counts_can_be_shared(values: list[int]) -> None:
    classes = [f"{UNSOLVED * (n % 3)}第{n}类" for n in range(len(values))]
    assert_readable(shares(classes, values, ["100.00%"] * len(values)))


@given(
    text=st.text("农业、，。（）《》“”Aa1W%-", min_size=1, max_size=60),
    room=st.sampled_from([40, 58]),
)
def test_wrapped_text_is_complete_and_fits(text: str, room: int) -> None:
    lines = layout.wrap_text(text, room)
    assert "".join(lines) == text
    assert all(layout.measure_width(line) <= room for line in lines)
    assert all(len(above + below) > room / 3.4 for above, below in pairwise(lines))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (UNSOLVED, ["受政策、权限等客观条件限", "制未能办理，已作解释说明"]),
        ("一二三四五六七八九，一二三四五六七八", ["一二三四五六七八九，", "一二三四五六七八"]),
        ("深入实施ABCDEFG工程和2024年度任务", ["深入实施ABCDEFG", "工程和2024年度任务"]),
    ],
)  # fmt: skip
def test_lines_are_even_and_never_begin_with_a_comma(text: str, lines: list[str]) -> None:
    assert layout.wrap_text(text, 50) == lines
