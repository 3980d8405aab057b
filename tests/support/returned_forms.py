"""How the sample's workbooks come back from departments: versions, tabs, merged cells, dirt.

``RETURNED`` and ``AS_IF_NEVER`` are read like ``mutations.DAMAGED`` and ``mutations.UNTIDY``.
"""

from __future__ import annotations

from tests.support.damage import (
    NOISE,
    Change,
    change_all,
    clear,
    copy,
    copy_sheet,
    delete_rows,
    drop_sheet,
    filter_rows,
    merge,
    number_format,
    put,
    put_values,
    remove,
    rename,
    rename_sheet,
    strike_row,
    tall_header,
    truncate,
    write,
)
from tests.support.mutations import (
    BUILD,
    ECON,
    FARM,
    OFFICE,
    SOCIAL,
    Damaged,
    Untidy,
    at,
    cells,
    damaged,
    day,
    untidy,
)

NEWER = "填报/农业农村办公室（改）.xlsx"
OTHER = "填报/社会事务办公室（乙填）.xlsx"
REST = "填报/社会事务办公室（补1）.xlsx"
FILLED = "EFGHIJMPR"
"""The columns of 办理情况 that the sample's departments filled in."""


def unfill(file: str, *rows: int) -> Change:
    """A form of 办理情况 in which these items have not been filled in yet."""
    return put(file, "办理情况", **{f"{column}{row}": None for row in rows for column in FILLED})


SPLIT = (
    copy(SOCIAL, REST),
    delete_rows(SOCIAL, "办理情况", 6),
    delete_rows(REST, "办理情况", 4, 5),
    clear(REST, "工作成效", 4),
)
"""A department returns its items in two workbooks."""

VERSIONS = (
    damaged("同一份交了两次", copy(FARM, NEWER), at("older-version", NEWER)),
    damaged(
        "同一份在下一层文件夹里还有",
        copy(FARM, "填报/第二次/报表.xlsx"),
        at("older-version", "填报/第二次/报表.xlsx"),
    ),
    damaged(
        "没填的一份留在文件夹里", (copy(FARM, NEWER), unfill(FARM, 4)), at("older-version", FARM)
    ),
    damaged(
        "后来的一份多填了一格",
        (copy(FARM, NEWER), put(FARM, "办理情况", H4=None, G4=None)),
        at("older-version", FARM),
    ),
    damaged(
        "后来的一份多填了一行成效",
        (copy(ECON, "填报/经发.xlsx"), clear(ECON, "工作成效", 4)),
        at("older-version", ECON),
    ),
    damaged(
        "后来的一份把错的改对了",
        (copy(FARM, NEWER), put(FARM, "办理情况", G4="托梦", M4="#REF!")),
        at("older-version", FARM),
    ),
    damaged(
        "同样的日期和名称写法不同",
        (copy(FARM, NEWER), put(NEWER, "办理情况", M4="2024.5.28", I4="A类", G4="走访")),
        at("older-version", NEWER),
    ),
    damaged(
        "先后三份",
        (
            copy(FARM, NEWER),
            copy(FARM, "填报/农业办最终.xlsx"),
            put("填报/农业办最终.xlsx", "办理情况", F4="张曼曼"),
            unfill(FARM, 4),
        ),
        at("older-version", NEWER),
        at("older-version", FARM),
    ),
    damaged(
        "两份填得不同",
        (copy(FARM, NEWER), put(NEWER, "办理情况", P4="基本满意")),
        at("versions-differ", NEWER),
    ),
    damaged(
        "两份的成效数字不同",
        (copy(ECON, "填报/经发.xlsx"), put("填报/经发.xlsx", "工作成效", D4=16)),
        at("versions-differ", ECON),
    ),
    damaged(
        "两人在同样的表里各填一件",
        (copy(SOCIAL, OTHER), unfill(SOCIAL, 5), unfill(OTHER, 4)),
        at("versions-differ", OTHER),
        at("in-progress", SOCIAL, "办理情况", "I5"),
        at("reply-overdue", SOCIAL, "办理情况", "M5"),
    ),
    damaged(
        "不读的一份里还有别的错",
        (copy(FARM, NEWER), unfill(FARM, 4), put(FARM, "办理情况", E4="三月", H3="哪天")),
        at("older-version", FARM),
    ),
    damaged(
        "补发的表里又有原来的一件",
        (
            copy(SOCIAL, REST),
            delete_rows(SOCIAL, "办理情况", 6),
            delete_rows(REST, "办理情况", 4),
            clear(REST, "工作成效", 4),
        ),
        at("item-repeated", REST, "办理情况", "A4"),
    ),
)

AS_HANDED_OUT = put(
    FARM, "办理情况", **{f"{column}{row}": None for column in "EFGHIJMPRU" for row in (4, 5)}
)
OVERDUE = at("reply-overdue", FARM, "办理情况", "M4")

STATES = (
    damaged(
        "发出的空表还放在那里", AS_HANDED_OUT,
        at("form-still-blank", OFFICE, "承办部门", "A4"), OVERDUE,
    ),
    damaged(
        "空表里只填了一格", (AS_HANDED_OUT, put(FARM, "办理情况", F5="张三")),
        at("in-progress", FARM, "办理情况", "I4"), OVERDUE,
    ),
    damaged(
        "空表里只有一格读不懂的", (AS_HANDED_OUT, put(FARM, "办理情况", E4="哪天")),
        at("wrong-type", FARM, "办理情况", "E4"),
        at("in-progress", FARM, "办理情况", "I4"), OVERDUE,
    ),
    damaged(
        "一份填了，补发的一份还空着",
        (
            copy(SOCIAL, REST),
            delete_rows(SOCIAL, "办理情况", 5),
            delete_rows(REST, "办理情况", 4, 6),
            clear(REST, "工作成效", 4),
            put(REST, "办理情况", **{f"{column}4": None for column in "EFGHIJMPRU"}),
        ),
        at("in-progress", REST, "办理情况", "I4"),
        at("reply-overdue", REST, "办理情况", "M4"),
    ),
)  # fmt: skip

UNREAD = (
    damaged(
        "以部门命名的文件夹里的坏文件",
        (remove(FARM), write("填报/农业农村办公室/盖章.xlsx", NOISE)),
        at("unreadable", "填报/农业农村办公室/盖章.xlsx"),
    ),
    damaged(
        "简称命名的坏文件",
        (remove(FARM), write("填报/农业办（终稿）.xlsx", b"")),
        at("empty-file", "填报/农业办（终稿）.xlsx"),
    ),
    damaged(
        "看不出部门的坏文件",
        (remove(FARM), write("填报/盖章扫描件.xlsx", NOISE)),
        at("unreadable", "填报/盖章扫描件.xlsx"),
        at("department-not-returned", OFFICE, "承办部门", "A4"),
    ),
    damaged("补发的一份坏了", (*SPLIT, truncate(REST)), at("unreadable", REST)),
)

TABS = (
    damaged(
        "工作表改了名", rename_sheet(FARM, "办理情况", "办理情况表"),
        at("renamed-sheet", FARM, "办理情况表"),
    ),
    damaged(
        "工作表成了 Sheet1", rename_sheet(ECON, "工作成效", "Sheet1"),
        at("renamed-sheet", ECON, "Sheet1"),
    ),
    damaged(
        "台账的工作表改了名", rename_sheet(OFFICE, "建议台账", "2024年"),
        at("renamed-sheet", OFFICE, "2024年"),
    ),
    damaged(
        "基本信息改了名", rename_sheet(OFFICE, "基本信息", "参数"),
        at("renamed-sheet", OFFICE, "参数"),
    ),
    damaged(
        "改了名的工作表里有错",
        (put(FARM, "办理情况", G4="托梦", P4=None), rename_sheet(FARM, "办理情况", "办理情况 (2)")),
        at("not-in-list", FARM, "办理情况 (2)", "G4"),
        at("not-rated", FARM, "办理情况 (2)", "P4"),
    ),
    damaged(
        "工作表改了名又没了表头",
        (clear(FARM, "办理情况", 3), rename_sheet(FARM, "办理情况", "Sheet1")),
        at("missing-sheet", FARM),
    ),
    damaged(
        "选填的工作表改了名又没了表头",
        (clear(ECON, "工作成效", 3), rename_sheet(ECON, "工作成效", "工作成效表")),
        at("missing-sheet", ECON),
    ),
    damaged(
        "填在了复制出来的工作表里",
        (
            copy_sheet(FARM, "办理情况", "办理情况 (2)"),
            put_values(FARM, "办理情况 (2)", P4="不满意"),
        ),
        at("sheet-copy", FARM, "办理情况 (2)"),
    ),
    damaged("比软件还新的表", put(FARM, "_标识", B2=99), at("newer-form", FARM)),
)  # fmt: skip

MERGED = (
    *(
        damaged(f"合并了{area}", merge(FARM, "办理情况", area), at("merged-cells", FARM, "办理情况", cell))
        for area, cell in (("I4:J4", "I4"), ("M4:N4", "M4"), ("P4:R4", "P4"), ("G4:H4", "G4"))
    ),
    damaged(
        "跨栏又跨行合并", merge(SOCIAL, "办理情况", "G4:H5"),
        at("merged-cells", SOCIAL, "办理情况", "G4"),
    ),
    damaged(
        "合并的一格里填错", (merge(SOCIAL, "办理情况", "G4:G5"), put(SOCIAL, "办理情况", G4="托梦")),
        at("not-in-list", SOCIAL, "办理情况", "G4"),
    ),
    damaged(
        "合并的一格里是错误值", (merge(SOCIAL, "办理情况", "H4:H5"), put(SOCIAL, "办理情况", H4="#REF!")),
        at("error-value", SOCIAL, "办理情况", "H4"),
    ),
    damaged(
        "合并的一格里名字不认识", (merge(OFFICE, "建议台账", "F4:F5"), put(OFFICE, "建议台账", F4="经济工作")),
        at("unknown-name", OFFICE, "建议台账", "F4"),
    ),
    damaged(
        "两件的编号合并了", merge(SOCIAL, "办理情况", "A4:A5"),
        at("locked-changed", SOCIAL, "办理情况", "A5"),
    ),
    damaged(
        "合并的是必填的空格",
        (put(OFFICE, "建议台账", F4=None, F5=None), merge(OFFICE, "建议台账", "F4:F5")),
        at("required", OFFICE, "建议台账", "F4"),
        at("required", OFFICE, "建议台账", "F5"),
    ),
    damaged(
        "表尾合并的一行说明",
        (put(FARM, "办理情况", A8="注：以上均已办理"), merge(FARM, "办理情况", "A8:R8")),
        at("lone-cell", FARM, "办理情况", "A8"),
    ),
)  # fmt: skip

NUMBERS_AND_DATES = (
    *cells(
        "incomplete-date", FARM, "办理情况",
        E4="3月20日", H4="24.4.9", M4="5.28", R4="2024年6月", L4=2025.6,
    ),
    *cells(
        "wrong-type", FARM, "办理情况",
        E4="5/6/2024", H4="上午9:30", R4="2024-6-11至12日", L4="长期",
    ),
    *cells("incomplete-date", FARM, "办理情况", M4="2024年5月底"),
    *cells("impossible-date", FARM, "办理情况", E4="二〇二四年九月三十一日", M4="2024-13-1"),
    *cells("out-of-range", OFFICE, "民生行动", B4="2000万", C4="－984"),
    *cells("wrong-type", OFFICE, "民生行动", B4="约984", C4="98.4%"),
    *cells("wrong-type", OFFICE, "民生行动", B4="九百八十四", C4="七八百"),
    *cells("other-unit", ECON, "工作成效", D4="1.2万元"),
    damaged(
        "百分数格式的数字", number_format(ECON, "工作成效", "0%", D4=0.85),
        at("other-unit", ECON, "工作成效", "D4"),
    ),
    damaged(
        "日期格式的数字", number_format(OFFICE, "民生行动", "yyyy-mm-dd", B4=984),
        at("wrong-type", OFFICE, "民生行动", "B4"),
    ),
)  # fmt: skip

NOT_SEEN = (
    damaged(
        "只有合并的格式，内容都在",
        merge(SOCIAL, "办理情况", "G4:H5", keep=True),
        *(at("covered-cell", SOCIAL, "办理情况", cell) for cell in ("H4", "G5", "H5")),
    ),
    damaged(
        "隐藏的行、列和筛选",
        (filter_rows(SOCIAL, "办理情况", 5), filter_rows(OFFICE, "建议台账", 6, 7)),
        at("hidden-column", SOCIAL, "办理情况", "C4"),
        at("hidden-rows", SOCIAL, "办理情况", "A5"),
        at("hidden-column", OFFICE, "建议台账", "C4"),
        at("hidden-rows", OFFICE, "建议台账", "A6"),
    ),
    damaged(
        "划掉的一行", strike_row(SOCIAL, "办理情况", 5), at("struck-row", SOCIAL, "办理情况", "A5")
    ),
    damaged(
        "显示的数是取整的",
        number_format(ECON, "工作成效", "0", D4=15.6),
        at("shown-otherwise", ECON, "工作成效", "D4"),
    ),
    damaged(
        "格式设成不显示的数",
        number_format(ECON, "工作成效", ";;;", D4=15),
        at("shows-nothing", ECON, "工作成效", "D4"),
    ),
    damaged(
        "日期没有显示是哪一天",
        number_format(FARM, "办理情况", "yyyy年m月", M4=day(5, 28)),
        at("day-not-shown", FARM, "办理情况", "M4"),
    ),
    damaged(
        "单元格里的图片",
        put_values(FARM, "办理情况", J4='=DISPIMG("ID_1",1)'),
        at("picture", FARM, "办理情况", "J4"),
    ),
)
"""What is stored and what one sees are not the same."""

RETURNED: tuple[Damaged, ...] = (
    *VERSIONS, *STATES, *UNREAD, *TABS, *MERGED, *NUMBERS_AND_DATES, *NOT_SEEN,
)  # fmt: skip

AS_IF_NEVER: tuple[Untidy, ...] = (
    untidy("填报表存成了 .et 的名字", rename(FARM, "填报/农业农村办公室.et")),
    untidy("每个部门一个文件夹", rename(FARM, "填报/农业农村办公室/表.xlsx")),
    untidy(
        "没有标识，文件夹的名字说明部门",
        (drop_sheet(FARM, "_标识"), rename(FARM, "填报/农业农村办公室/表.xlsx")),
    ),
    untidy(
        "工作表名带空格和序号",
        (
            rename_sheet(FARM, "办理情况", "办理情况 "),
            rename_sheet(SOCIAL, "办理情况", "办理情况 (2)"),
            rename_sheet(ECON, "工作成效", "工作成效（1）"),
            rename_sheet(OFFICE, "承办部门", " 承办部门"),
        ),
    ),
    untidy("工作表复制了一份没有动", copy_sheet(FARM, "办理情况", "办理情况 (2)")),
    untidy(
        "选填的工作表删了",
        (drop_sheet(FARM, "工作成效"), drop_sheet(FARM, "典型事例"), drop_sheet(OFFICE, "上年数据")),
    ),
    untidy(
        "不开展民生行动的删了那几张表",
        (
            drop_sheet(BUILD, "工作成效"),
            drop_sheet(OFFICE, "民生行动"),
            drop_sheet(OFFICE, "典型事例"),
            put(OFFICE, "基本信息", B22=None, B23=None),
        ),
        (
            drop_sheet(BUILD, "工作成效"),
            clear(OFFICE, "民生行动", 4),
            clear(OFFICE, "典型事例", 4, 5, 6),
            put(OFFICE, "基本信息", B22=None, B23=None),
        ),
    ),
    untidy(
        "相同的内容合并成一格",
        (
            merge(SOCIAL, "办理情况", "E4:E5"),
            merge(OFFICE, "建议台账", "I4:I10"),
            merge(OFFICE, "建议台账", "K7:K8"),
            merge(OFFICE, "建议台账", "F4:F5"),
        ),
    ),
    untidy(
        "合并的一格超出了最后一行",
        (put(SOCIAL, "办理情况", F4="张曼曼"), merge(SOCIAL, "办理情况", "F4:F20")),
        put(SOCIAL, "办理情况", F4="张曼曼", F5="张曼曼", F6="张曼曼"),
    ),
    untidy("两行的表头", (tall_header(FARM, "办理情况", "P:R"), tall_header(OFFICE, "建议台账", "K:L"))),
    untidy(
        "粘贴来的格式",
        (
            number_format(FARM, "办理情况", "@", A4="1", M4="2024-5-28"),
            number_format(OFFICE, "民生行动", "0.00", B4=984),
            number_format(FARM, "办理情况", "General", E4=45371),
            number_format(ECON, "工作成效", '#,##0"家"', D4=15),
        ),
    ),
    untidy(
        "日期的其他写法",
        (
            put(FARM, "办理情况", E4="二〇二四年三月二十日", H4="2024、4、9", M4="2024。5。28", R4="2024.6.11."),
            put(ECON, "办理情况", E4="2024/3/20 9:30", H4="2024年4月11日（星期四）", M4="2024-05-30T08:00"),
            put(OFFICE, "建议台账", H4="2024，1，18", I4="2024—3—5"),
        ),
    ),
    untidy(
        "数字的其他写法",
        (put(OFFICE, "民生行动", B4="0.0984万", C4="984."), put(ECON, "工作成效", D4="十五")),
    ),
    untidy("行里的日期是真的日期", put(FARM, "办理情况", M4=day(5, 28))),
    untidy("勾和叉", put(OFFICE, "办理结果分类", D4="√", E4="×", F4="×")),
    untidy("行的高度和字体乱了", change_all(BUILD, "办理情况")),
)  # fmt: skip
