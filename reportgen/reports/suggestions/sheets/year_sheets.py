"""Sheets of the register that the office lays down once a year: names, rules, classes, lists.

Declared only; forms, drop-downs, checks and guide texts follow from it.
"""

from __future__ import annotations

from reportgen.reports.suggestions.sheets.vocabulary import (
    CHART_FORM,
    CLASS_MARK,
    CLOSED,
    HANDED_OVER,
    LEVEL,
    NO_ITEMS,
    OFFICES,
    OTHER_TERMS,
    RATE_BASE,
    ROUNDING,
    START,
    USUAL_RATINGS,
    YES_NO,
)
from reportgen.schema.columns import Code, Day, FreeText, Name, WholeNumber
from reportgen.schema.model import Column, Sheet, Stage
from reportgen.schema.periods import MONTHS, Period, TimeLimit
from reportgen.schema.rules import (
    NearYear,
    NoDigits,
    NotBefore,
    NoTerms,
    NotTogether,
    OwnPlace,
    OwnWords,
    RequiredWhen,
)

SETTINGS = Sheet(
    "基本信息",
    (
        Column("单位名称", Name(), "本镇（乡、县、市）名称，如：永安镇", required=True, width=40),
        Column("自称", Name(), "报告中怎样称呼自己，如：我镇、我乡、我县", required=True, due=Stage.REPORT),
        Column("政府名称", Name(), "如：永安镇人民政府", required=True, due=Stage.REPORT),
        Column("党委名称", Name(), "如：永安镇党委；报告正文会提到", required=True, due=Stage.REPORT),
        Column("人大机构名称", Name(), "交办和督办建议的机构，如：永安镇人大主席团", required=True, due=Stage.REPORT),
        Column("年度", WholeNumber(1990, 2100, units=("年",), example="2024"), "报告所属年度，如：2024", required=True),
        Column("届次", Name(), "如：第十九届；默认的报告模板里没有用到，要写的可在模板中加 {{ 届次 }}"),
        Column("会议名称", Name(), "听取报告的会议全称；填了才在标题下加一行"),
        Column("报告日期", Day(), "在会上报告的日期；与会议名称一起印在标题下"),
        Column("报告人", Name(), "职务和姓名；填了才印在标题下"),
        Column("称谓", Name(), "如：各位代表", required=True, default="各位代表"),
        Column("署名", Name(), "正文末尾的署名，如：永安镇人民政府", required=True, due=Stage.REPORT),
        Column("成文日期", Day(), "正文末尾的日期", required=True, due=Stage.REPORT),
        Column("统计截止日期", Day(), "办理情况统计到哪一天", required=True, due=Stage.REPORT),
        Column("占比小数位数", WholeNumber(0, 2, example="0"), "百分数保留几位小数：0、1 或 2；会写成不实的100%或0%的，自动多保留", required=True, default=0),
        Column("占比取整方式", ROUNDING, "“合计为100”：各项占比之和正好为100%；“四舍五入”：逐项取舍",
               required=True, default="合计为100"),
        Column("满意率口径", RATE_BASE, "满意率按全部件数计算，还是只按已收到代表反馈的件数计算",
               required=True, default="全部"),
        Column("图的形式", CHART_FORM, "“图片”，或者“可编辑图表”（在 Word 里能改样式、能看数据）；不填的用图片", added=True),
        Column("行动名称", Name(), "民生行动（五级代表活动等）的名称；没有开展的不填"),
        Column("行动综述", FreeText(prose=True), "民生行动的总体情况，可写成几段；数字请用{指标}引用“工作成效”"),
        Column(NO_ITEMS, YES_NO,
               "本年度没有交办议案、建议的填“是”，“建议台账”等表就不用填；有的不填", added=True),
    ),
    "逐项填写“内容”一栏。",
    rules=(
        NotBefore("成文日期", "统计截止日期"),
        NoDigits("行动综述", "digits-in-text"),
        NoTerms("行动综述", OTHER_TERMS, "mixed-terms"),
        OwnWords("行动综述", "自称"),
        *(OwnPlace(name, "单位名称") for name in OFFICES),
        *(NearYear(name, "年度") for name in ("报告日期", "成文日期", "统计截止日期")),
    ),
    layout="pairs",
    required=True,
)  # fmt: skip

LIMITS = Sheet(
    "办理规则",
    (
        Column("答复期限", Period(), "多长时间内答复代表，如：3个月、30日、60个工作日",
               required=True, default=TimeLimit(3, MONTHS), width=24),
        Column("延长期限", Period(), "涉及面广、办理难度大，经同意延长答复的，期限多长；台账中“延期答复”填“是”的件适用",
               required=True, default=TimeLimit(6, MONTHS)),
        Column("起算点", START, "答复期限从哪一天起算。“收到之日”按台账的签收日期，没有签收日期的按交办日期，会办期限也一样；"
               "“大会闭会之日”只用于大会期间提出的，闭会期间提出的按交办日期", required=True, default=HANDED_OVER),
        Column("大会闭会日期", Day(), "起算点为“大会闭会之日”的填写"),
        Column("会办期限", Period(), "协办部门多长时间内把会办意见送主办部门",
               required=True, default=TimeLimit(1, MONTHS)),
        Column("重新办理期限", Period(), "代表不满意的，自反馈之日起多长时间内重新办理、再次答复",
               required=True, default=TimeLimit(1, MONTHS)),
        Column("退回期限", Period(), "不属于本部门职责的，自交办之日起多长时间内退回；填了会写进填报表的提示，如：5个工作日"),
        Column("提前提醒天数", WholeNumber(0, 90, units=("天",), example="10"), "离期限还有多少天时开始提醒", required=True, default=10),
        Column("答复须有文号", YES_NO, "答复代表的函是否都应编发文号", required=True, default="否"),
        Column("答复须有签发人", YES_NO, "答复代表的函是否都应写明签发人", default="否", added=True),
        Column("答复须有电话", YES_NO, "答复代表的函是否都应写明联系人和联系电话", default="否", added=True),
        Column("答复须写公开属性", YES_NO, "答复代表的函是否都应写明主动公开、依申请公开或不予公开",
               default="否", added=True),
        Column("类别标注方式", CLASS_MARK, "办理结果的类别怎样标在答复函首页右上角；当地不标的选“不标注”",
               default=CLASS_MARK.options[0], added=True),
        Column("抄送单位", FreeText(), "答复函都要抄送的单位，用顿号隔开，如：县人大常委会代表工委、县政府办公室",
               added=True),
        Column("回执名称", Name(), "请代表填写办理意见的表叫什么，如：征询意见表、答复函回执",
               default="征询意见表", added=True),
        Column("督办报送天数", WholeNumber(1, 90, units=("天",), example="7"),
               "督办通知要求部门在几天内报告", default=7, added=True),
        Column("机关代字", Name(), "交办、督办通知的发文机关代字，如：永人发；不编文号的不填", added=True),
        Column("联系人", Name(), "交办机关的联系人，写进交办、督办通知", added=True),
        Column("联系电话", Code(), "交办机关的联系电话，写进交办、督办通知和征询意见表", added=True),
    ),
    "各地规定不同，按当地规定填写；没有另外规定的不用改。开始的当天不计入期限，最后一天遇休息日不顺延。",
    rules=(RequiredWhen("大会闭会日期", "起算点", CLOSED, "起算点为“大会闭会之日”"),),
    layout="pairs",
    added=True,
)  # fmt: skip

RESULT_CLASSES = Sheet(
    "办理结果分类",
    (
        Column(
            "代码", Code(), "如：A、B、C；各地不同，按当地规定填", required=True, once=True, width=8
        ),
        Column("名称", Name(), "报告中的叫法，如：已解决或基本解决", required=True, width=44),
        Column("定义", FreeText(), "什么情况归入这一类，会显示在填报表的提示里", width=50),
        Column("计入解决", YES_NO, "这一类是否算作“已解决”", required=True, width=10),
        Column("需填原因", YES_NO, "归入这一类的，是否必须填写未解决原因", required=True, width=10),
        Column(
            "需填承诺时限",
            YES_NO,
            "归入这一类的，是否必须填写承诺完成时限",
            required=True,
            width=13,
        ),
    ),
    "按当地规定填写办理结果的分类，从好到差排列；报告和填报表都按这里的分类。",
    blank_rows=8,
    required=True,
)

RATING_CLASSES = Sheet(
    "满意度分类",
    (
        Column("名称", Name(), "代表评价的说法，如：满意、基本满意、不满意", required=True, once=True, width=16),
        Column("别名", FreeText(), "其他说法，用顿号隔开，填报时也认得", width=24),
        Column("计入满意", YES_NO, "计算满意率时，这一类是否算作满意", required=True, width=10),
        Column("需重新办理", YES_NO, "代表这样评价的，是否要重新办理、再次答复", required=True, width=12),
    ),
    "按当地征询意见表的说法填写，从好到差排列；各地没有不同的不用改。办理结果和办理态度的满意度都按这里的分类。",
    rules=(NotTogether("需重新办理", "是", "计入满意", "是", code="satisfied-redo"),),
    blank_rows=6,
    added=True,
    usual=USUAL_RATINGS,
)  # fmt: skip

DEPARTMENT_LIST = Sheet(
    "承办部门",
    (
        Column("全称", Name(), "部门规范全称，报告中使用", required=True, once=True, width=26),
        Column("简称", Name(), "常用简称，填报时也认得", width=16),
        Column("别名", FreeText(), "其他叫法，用顿号隔开，填报时也认得", width=24),
        Column("负责人", Name(), "部门主要负责人"),
        Column("联系人", Name(), "具体联系人"),
        Column("电话", Code(), "联系电话", width=16),
        Column("机关代字", Name(), "答复函文号的机关代字，如：永农函；不编文号的不填", added=True),
    ),
    "登记所有主办、协办部门，每个部门一行。",
    required=True,
    unless=NO_ITEMS,
)

DEPUTY_LIST = Sheet(
    "代表名册",
    (
        Column("姓名", Name(), "代表姓名", required=True, once=True),
        Column("层级", LEVEL, "哪一级的人大代表", required=True),
        Column("代表团", Name(), "所在代表团或选区", width=20),
        Column("电话", Code(), "联系电话", width=16),
    ),
    "登记提出建议的代表；同名的请在姓名后加注以便区分。",
    blank_rows=120,
    required=True,
    unless=NO_ITEMS,
)

THEME_LIST = Sheet(
    "专题",
    (
        Column("名称", Name(), "报告按专题（领域）分段，如：民生服务保障", required=True, once=True, width=22),
        Column("引语", FreeText(), "该专题段落的开头语，可不填", width=40),
        Column("关注点", FreeText(), "代表们主要关心什么，写成短语，可不填", width=36),
        Column("办理综述", FreeText(prose=True),
               "办理了什么、成效如何；可写成几段；数字请用{指标}引用“工作成效”。交办前写好的，指标会列进有关部门的"
               "填报表；写成{指标（单位）}的，单位也列进去",
               width=70),
    ),
    "每个专题一行，报告中的顺序与这里相同。",
    rules=(
        NoDigits("办理综述", "digits-in-text"),
        *(NoTerms(name, OTHER_TERMS, "mixed-terms") for name in ("引语", "关注点", "办理综述")),
        *(OwnWords(name, "设置.自称") for name in ("引语", "关注点", "办理综述")),
    ),
    blank_rows=20,
    required=True,
    due=Stage.REPORT,
    unless=NO_ITEMS,
)  # fmt: skip
