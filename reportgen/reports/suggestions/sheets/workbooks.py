"""The standard workbooks of 人大代表建议: the office's register and the departments' return.

Everything else about these sheets (blank forms, drop-downs, checks, guide texts, sample data in
tests) follows from the declarations here.
"""

from __future__ import annotations

from reportgen.reports.suggestions.sheets.row_rules import ResultAndReply
from reportgen.reports.suggestions.sheets.vocabulary import (
    ACTION_LEVEL,
    BELONGS,
    CLOSED,
    CONTACT,
    DEPARTMENT,
    DEPARTMENTS,
    DEPUTIES,
    DEPUTY,
    HANDED_OVER,
    LAST_YEAR_FIGURES,
    LEADING_ROLES,
    LEVEL,
    MANNER,
    MOTION_OR_SUGGESTION,
    NUMBER,
    OFFICES,
    OTHER_TERMS,
    RATE_BASE,
    RATING,
    RESULT,
    ROLE,
    ROUNDING,
    SESSION,
    START,
    THEME,
    USUAL_RATINGS,
    YES_NO,
)
from reportgen.schema.amounts import Quantity, SameUnit
from reportgen.schema.columns import Code, Day, FreeText, Name, Title, WholeNumber
from reportgen.schema.model import Column, Sheet, Stage, Workbook
from reportgen.schema.periods import MONTHS, Deadline, Period, TimeLimit
from reportgen.schema.rules import (
    CountOfNames,
    NearYear,
    NoDigits,
    NotAfter,
    NotAmong,
    NotBefore,
    NoTerms,
    NotMore,
    NotTogether,
    OnlyFor,
    OwnPlace,
    OwnWords,
    RequiredWhen,
)

NO_ITEMS = "没有议案建议"
"""The setting that says so."""

_SETTINGS = Sheet(
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

_LIMITS = Sheet(
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
    ),
    "各地规定不同，按当地规定填写；没有另外规定的不用改。开始的当天不计入期限，最后一天遇休息日不顺延。",
    rules=(RequiredWhen("大会闭会日期", "起算点", CLOSED, "起算点为“大会闭会之日”"),),
    layout="pairs",
    added=True,
)  # fmt: skip

_RESULTS = Sheet(
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

_RATINGS = Sheet(
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

_DEPARTMENTS = Sheet(
    "承办部门",
    (
        Column("全称", Name(), "部门规范全称，报告中使用", required=True, once=True, width=26),
        Column("简称", Name(), "常用简称，填报时也认得", width=16),
        Column("别名", FreeText(), "其他叫法，用顿号隔开，填报时也认得", width=24),
        Column("负责人", Name(), "部门主要负责人"),
        Column("联系人", Name(), "具体联系人"),
        Column("电话", Code(), "联系电话", width=16),
    ),
    "登记所有主办、协办部门，每个部门一行。",
    required=True,
    unless=NO_ITEMS,
)

_DEPUTIES = Sheet(
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

_THEMES = Sheet(
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

_REGISTER = Sheet(
    "建议台账",
    (
        Column("编号", Code(), "本年度内不重复", required=True, once=True, width=8),
        Column("类别", MOTION_OR_SUGGESTION, "议案或建议", required=True, width=8),
        Column("标题", Title(), "与建议原件一致", required=True, width=40),
        Column("领衔代表", DEPUTY, "第一提出人，姓名与代表名册一致", required=True),
        Column("联名代表", DEPUTIES, "其他提出人，用顿号隔开", width=18),
        Column("专题", THEME, "归入哪个专题", required=True, due=Stage.REPORT, width=18),
        Column("来源", SESSION, "大会期间提出的填“大会”，闭会期间提出的填“闭会”", required=True, width=8),
        Column("提出日期", Day(), "代表提出的日期", required=True),
        Column("交办日期", Day(), "交给部门办理的日期", required=True),
        Column("办理方式", MANNER, "一个部门办填“独办”；有协办的填“主办协办”；各办各的填“分办”",
               required=True),
        Column("主办部门", DEPARTMENTS, "部门全称；分办的填各部门，用顿号隔开", required=True, width=18),
        Column("协办部门", DEPARTMENTS, "用顿号隔开", width=18),
        Column("重点督办", YES_NO, "列为重点督办的填“是”", width=10),
        Column("签收日期", Day(), "承办部门签收的日期，可不填", added=True),
        Column("延期答复", YES_NO, "情况复杂、经同意延长答复期限的填“是”", width=10, added=True),
        Column("并案主件", NUMBER, "内容相同或相近、合并办理的，填主件的编号；主件本身不填。各件仍分别计数、分别答复",
               width=10, added=True),
        Column("转建议", YES_NO, "由议案转为建议办理的填“是”，类别填“建议”", width=8, added=True),
        Column("备注", FreeText(), "", width=18),
    ),
    "每件议案、建议一行。交办前由人大办填好。",
    rules=(
        NotAfter("提出日期", "设置.统计截止日期"),
        NotAfter("交办日期", "设置.统计截止日期"),
        NotAfter("签收日期", "设置.统计截止日期"),
        NotBefore("交办日期", "提出日期"),
        NotBefore("签收日期", "交办日期"),
        NotTogether("转建议", "是", "类别", "议案", code="converted-motion"),
        RequiredWhen("协办部门", "办理方式", "主办协办", "办理方式为“主办协办”"),
        OnlyFor("协办部门", "办理方式", ("主办协办", "分办"), "manner-mismatch"),
        CountOfNames("主办部门", "办理方式", "分办", "one-name", "several-names"),
        NotAmong("协办部门", "主办部门"),
        NotAmong("联名代表", "领衔代表"),
    ),
    blank_rows=200,
    required=True,
    unless=NO_ITEMS,
)  # fmt: skip

_ACTION = Sheet(
    "民生行动",
    (
        Column("代表层级", ACTION_LEVEL, "按层级分行填；不分层级统计的只填一行“不分层级”", required=True,
               once=True, width=14),
        Column("提出条数", WholeNumber(units=("条",)), "收集到的意见条数", required=True),
        Column("办结条数", WholeNumber(units=("条",)), "已办结的条数", required=True),
    ),
    "民生行动（如“聚民意，惠民生”）收集的意见，以“条”计，不并入建议件数；没有开展的不填。",
    rules=(NotMore("办结条数", "提出条数"),),
    blank_rows=8,
    added_up=("提出条数", "办结条数"),
    whole="不分层级",
)  # fmt: skip

_CASES = (
    Column("代表", DEPUTY, "提出意见的代表，姓名与代表名册一致", required=True),
    Column("建议标题", Title(), "意见建议的标题", required=True, width=46),
    Column("办理成效", FreeText(), "办得怎样，一两句话", width=60),
)

_CASES_OF_OFFICE = Sheet("典型事例", _CASES, "写进报告的民生行动典型事例，可不填。", blank_rows=12)

_LAST_YEAR = Sheet(
    "上年数据",
    (
        Column("指标", LAST_YEAR_FIGURES, "与上年比较的项目", required=True, once=True, width=18),
        Column("数值", WholeNumber(units=("件", "个", "家")), "上年的数", required=True),
    ),
    "填了才在报告中写与上年的比较，可不填。",
    blank_rows=8,
)

_PROMISED = Sheet(
    "上年承诺",
    (
        Column("编号", Code(), "上年的建议编号", required=True, once=True, width=8),
        Column("标题", Title(), "与上年台账一致", required=True, width=40),
        Column("主办部门", DEPARTMENT, "现在的主办部门", width=18),
        Column("承诺完成时限", Deadline(), "上年答复时承诺的完成时限", width=14),
        Column("现办理结果", RESULT, "今年跟踪办理后的结果，还没有办成的仍按原来的类别填", required=True, width=12),
        Column("办理进展", FreeText(), "", width=40),
    ),
    "上年答复时没有解决、承诺了完成时限的各件，今年“回头看”的情况。填了才写进报告，可不填；要填就每一件都填。",
    blank_rows=30,
    added=True,
)  # fmt: skip

REGISTER = Workbook(
    "建议台账",
    1,
    (
        _SETTINGS, _LIMITS, _RESULTS, _RATINGS, _DEPARTMENTS, _DEPUTIES, _THEMES, _REGISTER,
        _ACTION, _CASES_OF_OFFICE, _LAST_YEAR, _PROMISED,
    ),
    purpose="由人大办（党政办）填写：基本信息、部门和代表名单、全部议案建议的台账。",
)  # fmt: skip

_HANDLING = Sheet(
    "办理情况",
    (
        Column("编号", NUMBER, "由交办机关填好，不要改动", required=True, locked=True, width=8),
        Column("标题", Title(), "由交办机关填好，不要改动", locked=True, width=40),
        Column("领衔代表", Name(), "由交办机关填好，不要改动", locked=True),
        Column("办理角色", ROLE, "由交办机关填好，不要改动", required=True, locked=True, width=10),
        Column("办理方案日期", Day(), "定下办理方案的日期", width=14),
        Column("承办人", Name(), "具体办理人员"),
        Column("沟通方式", CONTACT, "与代表沟通的主要方式", width=12),
        Column("沟通日期", Day(), "与代表沟通的日期"),
        Column("办理结果", RESULT, "从列表中选择代码；还在办理的不填", width=10),
        Column("办理措施及成效", FreeText(), "做了什么、成效如何", width=50),
        Column("未解决原因", FreeText(), "按分类规定必填的才填", width=30),
        Column(
            "承诺完成时限",
            Deadline(),
            "按分类规定必填的才填；没有定到哪一天的，写“2026年底”“2026年6月底”也可以",
            width=14,
        ),
        Column(
            "答复日期",
            Day(),
            "主办填书面答复代表的日期，协办填会办意见送主办部门的日期；还没有的不填",
        ),
        Column("答复文号", Code(), "如：永农发〔2024〕3号", width=20),
        Column("签发人", Name(), "签发答复的单位负责人"),
        Column("满意度", RATING, "代表对办理结果的第一次评价", width=10),
        Column("态度满意度", RATING, "代表对办理态度的评价，没有征询的不填", width=12),
        Column("反馈日期", Day(), "代表反馈意见的日期"),
        Column(
            "重办答复日期", Day(), "代表不满意的，重新办理后再次答复的日期", width=14, added=True
        ),
        Column("重办满意度", RATING, "代表对重新办理的评价", width=12, added=True),
        Column("备注", FreeText(), "", width=24),
        Column("交办日期", FreeText(), "由交办机关填好，不要改动", locked=True, added=True),
        Column(
            "答复期限",
            FreeText(),
            "最迟在这一天答复代表（协办的，把会办意见送主办部门）；由交办机关填好，不要改动",
            locked=True,
            added=True,
        ),
        Column("代表电话", Code(), "由交办机关填好，不要改动", locked=True, added=True, width=16),
        Column(
            "会同单位",
            FreeText(),
            "一同承办的其他部门；由交办机关填好，不要改动",
            locked=True,
            added=True,
            width=18,
        ),
    ),
    "灰底的各栏由交办机关填好，不要改动；其余各栏由承办部门填写。",
    rules=(
        ResultAndReply("办理结果", "答复日期", "办理角色", LEADING_ROLES),
        OnlyFor("办理结果", "办理角色", LEADING_ROLES, "not-for-role"),
        OnlyFor("满意度", "办理角色", LEADING_ROLES, "not-for-role"),
        OnlyFor("态度满意度", "办理角色", LEADING_ROLES, "not-for-role"),
        OnlyFor("重办答复日期", "办理角色", LEADING_ROLES, "not-for-role"),
        OnlyFor("重办满意度", "办理角色", LEADING_ROLES, "not-for-role"),
        OnlyFor("重办答复日期", "满意度.需重新办理", ("是",), "needless-rehandling"),
        RequiredWhen("未解决原因", "办理结果.需填原因", "是", "这一类办理结果要说明原因"),
        RequiredWhen("承诺完成时限", "办理结果.需填承诺时限", "是", "这一类办理结果要承诺完成时限"),
        RequiredWhen("答复日期", "满意度", None, "填了满意度，就应有答复日期"),
        RequiredWhen("满意度", "重办答复日期", None, "填了重办答复日期，就应有第一次的满意度"),
        RequiredWhen("重办答复日期", "重办满意度", None, "填了重办满意度，就应有重办答复日期"),
        RequiredWhen("沟通日期", "沟通方式", None, "填了沟通方式，就应有沟通日期"),
        RequiredWhen("沟通方式", "沟通日期", None, "填了沟通日期，就应有沟通方式"),
        NotAfter("办理方案日期", "设置.统计截止日期"),
        NotAfter("沟通日期", "设置.统计截止日期"),
        NotAfter("答复日期", "设置.统计截止日期"),
        NotAfter("反馈日期", "设置.统计截止日期"),
        NotAfter("重办答复日期", "设置.统计截止日期"),
        NotBefore("办理方案日期", "编号.交办日期"),
        NotBefore("沟通日期", "编号.提出日期"),
        NotBefore("答复日期", "编号.交办日期"),
        NotBefore("答复日期", "编号.签收日期"),
        NotBefore("反馈日期", "答复日期"),
        NotBefore("重办答复日期", "答复日期"),
        NotBefore("重办答复日期", "反馈日期"),
        NotBefore("承诺完成时限", "答复日期"),
        NoTerms("办理措施及成效", OTHER_TERMS, "mixed-terms"),
        NoTerms("未解决原因", OTHER_TERMS, "mixed-terms"),
    ),
    blank_rows=60,
)

_OUTCOMES = Sheet(
    "工作成效",
    (
        Column("专题", THEME, "属于哪个专题；归属民生行动的可不填", width=18),
        Column("归属", BELONGS, "建议办理还是民生行动", required=True),
        Column(
            "指标", Name(), "如：走访帮扶企业；综述中用{走访帮扶企业}引用", required=True, width=26
        ),
        Column(
            "数值", Quantity(), "准确数字；没有准确数字的可填 100余、近200、约30", required=True
        ),
        Column("单位", Name(), "如：家、次、处", required=True, width=8),
        Column("说明", FreeText(), "", width=40),
    ),
    "办理建议中做了多少事，用数字说明；报告综述中的数字取自这里。已经写好指标的行，只填本部门的数，"
    "没有的空着；也可以另加。",
    rules=(
        RequiredWhen("专题", "归属", "建议办理", "归属“建议办理”的指标要写明专题"),
        SameUnit("数值", "单位"),
    ),
    blank_rows=30,
    added_up=("数值",),
)

_CASES_OF_DEPARTMENT = Sheet(
    "典型事例", _CASES, "可以写进报告的民生行动典型事例，可不填。", blank_rows=10
)

RETURN = Workbook(
    "部门填报表",
    1,
    (_HANDLING, _OUTCOMES, _CASES_OF_DEPARTMENT),
    owner=DEPARTMENT,
    purpose="由承办部门填写：逐件填报办理情况，并填写工作成效。",
)
