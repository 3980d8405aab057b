"""The 永安镇 2024 case as sample data, and what a blank register begins with.

Names, titles and figures come from the town's published report.  What that report does not say
(numbers, dates, departments, deputies' levels, ratings, the seventh suggestion) is ours: such rows
are marked 示例 in 备注, and the sheets' titles say 示例.  Sentences are ours throughout.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from reportgen.data import Row, Rows
from reportgen.reports.kind import Sample
from reportgen.reports.suggestions.sheets.vocabulary import USUAL_RATINGS

AGRICULTURE, ECONOMY, BUILDING = "农业农村办公室", "经济发展办公室", "村镇建设办公室"
SOCIETY, MARKET = "社会事务办公室", "市场监督管理所"

STARTER: Rows = {
    "办理结果分类": [
        {
            "代码": code, "名称": name, "定义": meaning,
            "计入解决": solved, "需填原因": reason, "需填承诺时限": promise,
        }
        for code, name, meaning, solved, reason, promise in (
            ("A", "已解决或基本解决", "所提问题已经解决、基本解决，或建议已被采纳", "是", "否", "否"),
            ("B", "正在解决或列入计划逐步解决", "已着手解决，或已列入计划、明确了时限", "否", "否", "是"),
            ("C", "因条件限制暂时不能解决", "受政策、权限、资金等条件限制，目前不能解决", "否", "是", "否"),
        )
    ],
    "满意度分类": list(USUAL_RATINGS),
}  # fmt: skip
"""A blank register shows the usual three classes; the office changes them to the local ones."""

_SETTINGS: Row = {
    "单位名称": "永安镇",
    "自称": "我镇",
    "政府名称": "永安镇人民政府",
    "党委名称": "镇党委",
    "人大机构名称": "镇人大主席团",
    "年度": 2024,
    "称谓": "各位代表",
    "署名": "永安镇人民政府",
    "成文日期": dt.date(2024, 12, 20),
    "统计截止日期": dt.date(2024, 12, 10),
    "占比小数位数": 0,
    "占比取整方式": "合计为100",
    "满意率口径": "全部",
    "行动名称": "“聚民意，惠民生”行动",
    "行动综述": (
        "围绕群众反映集中的秩序和环境问题，各承办部门逐条认领、限时整改。"
        "全年整治乱停乱放车辆{整治乱停乱放}、占道经营{整治占道经营}，"
        "清除交通安全隐患{清除交通安全隐患}。\n"
        "镇村两级同步清理环境死角，清理乱张乱贴广告{清理乱张乱贴广告}、乱堆乱放{清理乱堆乱放}，"
        "镇容村貌有了改观。"
    ),
}

_CLASSES: tuple[Row, ...] = (
    {
        "代码": "A", "名称": "已解决或基本解决", "定义": "所提问题已经解决或基本解决",
        "计入解决": "是", "需填原因": "否", "需填承诺时限": "否",
    },
    {
        "代码": "C", "名称": "受政策、权限等客观条件限制未能办理，已作解释说明",
        "定义": "超出本级权限或受政策、资金限制，目前不能办理，已向代表说明",
        "计入解决": "否", "需填原因": "是", "需填承诺时限": "否",
    },
)  # fmt: skip

_THEMES: tuple[Row, ...] = (
    {
        "名称": "经济转型发展",
        "引语": "产业兴旺是群众增收的根本。",
        "关注点": "肉牛养殖和企业帮扶",
        "办理综述": (
            "承办部门会同代表走访养殖户，梳理可用的扶持政策，引导养殖、加工、销售相互衔接，"
            "延长产业链条。\n"
            "对企业反映的困难建立清单、专人跟进，全年走访帮扶企业{走访帮扶企业}，"
            "帮助企业对接政策、解决难题。"
        ),
    },
    {
        "名称": "人居环境治理",
        "引语": "干净整洁的村庄是群众最直接的期盼。",
        "关注点": "村庄环境整治、公益岗作用发挥和镇区道路",
        "办理综述": (
            "承办部门以村庄环境集中攻坚为抓手，明确公益岗人员的责任区域和工作标准，"
            "带动村民一起动手，环境面貌得到改善。"
        ),
    },
    {
        "名称": "民生服务保障",
        "引语": "看病就医和饮食安全关系家家户户。",
        "关注点": "基层医疗和食品安全",
        "办理综述": (
            "承办部门围绕医疗服务水平开展民意调查{医疗服务水平民意调查}，根据群众意见改进服务。\n"
            "检查食品生产经营单位{检查食品生产经营单位}、学校食堂{检查学校食堂}，"
            "排查食品安全隐患{排查食品安全隐患}，逐条督促整改。"
        ),
    },
)

_SUGGESTIONS = (
    ("1", "张鹤斌", "关于加大政策支持引领，发展壮大肉牛养殖、延长产业链的建议", 0, AGRICULTURE, ""),
    ("2", "张曼曼", "关于加大对企业帮扶力度的建议", 0, ECONOMY, ""),
    ("3", "刘停战", "关于做好村庄环境集中攻坚，确保和美乡村擂台赛取得实效的建议", 1, BUILDING, AGRICULTURE),
    ("4", "朱婷婷", "关于抓牢公益岗作用发挥，抓实人居环境整治的建议", 1, SOCIETY, ""),
    ("5", "刘亚", "关于基层医疗机构发展的建议", 2, SOCIETY, ""),
    ("6", "张庆理", "关于加强食品安全工作的建议", 2, MARKET, SOCIETY),
    ("7", "示例代表", "示例：关于争取上级资金实施镇区道路提升的建议", 1, BUILDING, ""),
)  # fmt: skip

_CASES: tuple[Row, ...] = (
    {
        "代表": "王飞鸿", "建议标题": "关于更换村内破损垃圾桶并及时清运垃圾的建议",
        "办理成效": "破损的垃圾桶已经更换，清运做到及时",
    },
    {
        "代表": "刘兴虎", "建议标题": "关于整治镇区小摊小贩占道经营及车辆乱停乱放的建议",
        "办理成效": "镇区经营和停车秩序有了好转",
    },
    {
        "代表": "高前进", "建议标题": "关于加强公厕卫生保洁和长效管护的建议",
        "办理成效": "公厕保洁落实到人，管护有人负责",
    },
)  # fmt: skip


def _list_deputies() -> list[Row]:
    names = [suggestion[1] for suggestion in _SUGGESTIONS] + [str(case["代表"]) for case in _CASES]
    return [{"姓名": name, "层级": "乡镇", "代表团": "示例"} for name in names]


def _make_suggestion(
    number: str, deputy: str, title: str, theme: int, lead: str, helper: str
) -> Row:
    return {
        "编号": number,
        "类别": "建议",
        "标题": title,
        "领衔代表": deputy,
        "专题": _THEMES[theme]["名称"],
        "来源": "大会",
        "提出日期": dt.date(2024, 1, 18),
        "交办日期": dt.date(2024, 3, 5),
        "办理方式": "主办协办" if helper else "独办",
        "主办部门": lead,
        "协办部门": helper or None,
        "重点督办": "否",
        "备注": "示例",
    }


def _make_leading_row(
    number: str, contact: str, contacted: dt.date, replied: dt.date, *rest: str
) -> Row:
    """One leading row of 办理情况; ``rest``: what was done, rating, result, reason."""
    done, rating, result, reason = (*rest, "A", "")[:4] if len(rest) == 2 else rest
    return {
        "编号": number,
        "办理方案日期": dt.date(2024, 3, 20),
        "沟通方式": contact,
        "沟通日期": contacted,
        "办理结果": result,
        "办理措施及成效": done,
        "未解决原因": reason or None,
        "答复日期": replied,
        "满意度": rating,
        "反馈日期": replied + dt.timedelta(days=14),
        "备注": "示例",
    }


def _make_helper_row(number: str, done: str) -> Row:
    return {
        "编号": number,
        "办理措施及成效": done,
        "答复日期": dt.date(2024, 4, 1),
        "备注": "示例",
    }


def _make_measure_row(theme: str | None, name: str, amount: object, unit: str) -> Row:
    belongs = "建议办理" if theme else "民生行动"
    return {"专题": theme, "归属": belongs, "指标": name, "数值": amount, "单位": unit}


_RETURNS: Mapping[str, Rows] = {
    AGRICULTURE: {
        "办理情况": [
            _make_leading_row("1", "上门走访", dt.date(2024, 4, 9), dt.date(2024, 5, 28),
                     "走访养殖户，宣讲扶持政策，协助申报项目", "满意"),
            _make_helper_row("3", "配合做好村庄环境整治"),
        ],
    },
    ECONOMY: {
        "办理情况": [
            _make_leading_row("2", "上门走访", dt.date(2024, 4, 11), dt.date(2024, 5, 30),
                     "建立企业困难清单，专人跟进解决", "满意"),
        ],
        "工作成效": [_make_measure_row("经济转型发展", "走访帮扶企业", 15, "家")],
    },
    BUILDING: {
        "办理情况": [
            _make_leading_row("3", "当面座谈", dt.date(2024, 4, 16), dt.date(2024, 5, 31),
                     "组织村庄环境集中攻坚，逐村检查验收", "满意"),
            _make_leading_row("7", "当面座谈", dt.date(2024, 4, 16), dt.date(2024, 6, 4),
                     "已向上级部门申报项目，并向代表说明情况", "基本满意", "C",
                     "项目审批权限和资金在上级部门，本年度未列入上级计划"),
        ],
        "工作成效": [
            _make_measure_row(None, "整治乱停乱放", "100余", "辆"),
            _make_measure_row(None, "整治占道经营", "40余", "起"),
            _make_measure_row(None, "清除交通安全隐患", "10余", "处"),
            _make_measure_row(None, "清理乱张乱贴广告", "60余", "处"),
            _make_measure_row(None, "清理乱堆乱放", "50余", "处"),
        ],
    },
    SOCIETY: {
        "办理情况": [
            _make_leading_row("4", "电话沟通", dt.date(2024, 4, 18), dt.date(2024, 6, 3),
                     "重新划定公益岗责任区域，按月考核", "满意"),
            _make_leading_row("5", "上门走访", dt.date(2024, 4, 22), dt.date(2024, 6, 5),
                     "开展民意调查，改进基层医疗服务", "基本满意"),
            _make_helper_row("6", "配合做好学校食堂检查"),
        ],
        "工作成效": [_make_measure_row("民生服务保障", "医疗服务水平民意调查", 2, "次")],
    },
    MARKET: {
        "办理情况": [
            _make_leading_row("6", "当面座谈", dt.date(2024, 4, 25), dt.date(2024, 6, 4),
                     "开展食品安全专项检查，隐患逐条整改", "满意"),
        ],
        "工作成效": [
            _make_measure_row("民生服务保障", "检查食品生产经营单位", 7, "家次"),
            _make_measure_row("民生服务保障", "检查学校食堂", 2, "家次"),
            _make_measure_row("民生服务保障", "排查食品安全隐患", 10, "条"),
        ],
    },
}  # fmt: skip

SAMPLE = Sample(
    "永安镇2024",
    "永安镇2024年示例",
    {
        "基本信息": [_SETTINGS],
        "办理结果分类": _CLASSES,
        "满意度分类": USUAL_RATINGS,
        "承办部门": [
            {"全称": AGRICULTURE, "简称": "农业办"},
            {"全称": ECONOMY, "简称": "经发办"},
            {"全称": BUILDING, "简称": "村建办"},
            {"全称": SOCIETY, "简称": "社事办"},
            {"全称": MARKET, "简称": "市场监管所"},
        ],
        "代表名册": _list_deputies(),
        "专题": _THEMES,
        "建议台账": [_make_suggestion(*row) for row in _SUGGESTIONS],
        "民生行动": [{"代表层级": "不分层级", "提出条数": 984, "办结条数": 984}],
        "典型事例": _CASES,
    },
    _RETURNS,
)
