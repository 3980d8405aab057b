"""What can be wrong in the workbooks of this kind of report, besides what the core knows."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.issues import IssueKind, Severity

_E, _R = Severity.ERROR, Severity.REMINDER

CODES: Mapping[str, IssueKind] = {
    "result-without-reply": IssueKind(
        _E, "填了办理结果，没有填答复日期", "已答复的请补填答复日期；尚未答复的请清空办理结果"
    ),
    "reply-without-result": IssueKind(
        _E, "填了答复日期，没有填办理结果", "请补填办理结果；尚未办结的请清空答复日期"
    ),
    "in-progress": IssueKind(
        _R, "办理结果和答复日期都没有填，按“正在办理”统计", "如已答复，请补填这两项"
    ),
    "not-for-role": IssueKind(
        _R, "协办部门不填“{column}”，这一格不计入统计", "办理结果以主办部门填报为准，请清空这一格"
    ),
    "manner-mismatch": IssueKind(
        _E, "办理方式与“{column}”不一致：只有{allowed}才填这一栏", "请改办理方式，或清空这一格"
    ),
    "one-name": IssueKind(
        _E,
        "办理方式为“{manner}”，“{column}”只能填一个部门",
        "请只留一个部门；各办各的请把办理方式改为“分办”",
    ),
    "several-names": IssueKind(
        _E, "办理方式为“{manner}”，“{column}”应填两个以上部门", "请补齐各分办部门，用顿号隔开"
    ),
    "digits-in-text": IssueKind(
        _R,
        "文字里直接写了数字“{digits}”，数据变动时不会跟着变",
        "建议改用“{{指标}}”，让数字取自工作成效表",
    ),
    "unknown-number": IssueKind(
        _E,
        "编号“{value}”不在建议台账中",
        "请核对编号；交办表中的编号不要改动",
        told="编号“{value}”不是交办的编号",
    ),
    "not-rated": IssueKind(
        _R, "{then}已经答复，代表满意度还没有填", "收到代表反馈后请补填满意度和反馈日期"
    ),
    # local rules and time limits
    "late-reply": IssueKind(
        _R,
        "逾期{days}天答复：答复期限为{limit}，{value}才答复",
        "请核对交办日期和答复日期；确属逾期的，报告中按“逾期答复”统计",
    ),
    "reply-overdue": IssueKind(
        _R,
        "{then}还没有答复，答复期限为{limit}，已超过{days}天",
        "请抓紧答复代表；经同意延期的，请交办机关在台账“延期答复”中填“是”",
    ),
    "reply-due-soon": IssueKind(
        _R,
        "{then}还没有答复，答复期限为{limit}，{left}",
        "请按时答复代表，答复后补填办理结果和答复日期",
    ),
    "late-opinion": IssueKind(
        _R,
        "会办意见逾期{days}天：会办期限为{limit}，{value}才送主办部门",
        "请核对日期；确属逾期的，今后按时送交",
    ),
    "opinion-overdue": IssueKind(
        _R,
        "{then}还没有送交会办意见，会办期限为{limit}，已超过{days}天",
        "请把会办意见送主办部门，并在这里填写送交日期",
    ),
    "no-letter-number": IssueKind(
        _R,
        "已经答复，没有填答复文号",
        "请补填答复文号；当地不编文号的，请把“办理规则”中的“答复须有文号”改为“否”",
        asked="请补填答复文号；不编文号的，请告知交办机关",
    ),
    "not-rehandled": IssueKind(
        _R,
        "{then}代表不满意，还没有重新办理的记录",
        "请重新研究办理{limit}，并补填重办答复日期和重办满意度",
    ),
    "rehandling-overdue": IssueKind(
        _R,
        "{then}代表不满意，重新办理的期限为{limit}，已超过{days}天",
        "请抓紧重新办理、再次答复，并补填重办答复日期和重办满意度",
    ),
    "late-rehandling": IssueKind(
        _R, "重新办理逾期{days}天：期限为{limit}，{value}才再次答复", "请核对反馈日期和重办答复日期"
    ),
    "satisfied-redo": IssueKind(
        _E,
        "这一类计入满意，又要重新办理",
        "计入满意的不必重新办理，请把两格中的一格改为“否”",
    ),
    "none-satisfied": IssueKind(
        _E, "没有一类计入满意，满意率无从计算", "请把代表表示满意的各类的“计入满意”填为“是”"
    ),
    "needless-rehandling": IssueKind(
        _R,
        "代表第一次评价的满意度不是需要重新办理的，“{column}”不计入统计",
        "满意度应填代表的第一次评价；没有重新办理的，请清空这一格",
    ),
    "solved-unsatisfied": IssueKind(
        _R,
        "办理结果为“{value}”（计入解决），代表却不满意",
        "请与代表核实是否确已解决，再核对办理结果和满意度",
    ),
    "promise-overdue": IssueKind(
        _R,
        "承诺的完成时限{value}已过{days}天，办理结果仍为“{result}”",
        "已经办成的请更新办理结果；没有办成的请向代表说明，重新承诺时限",
    ),
    # 并案, 转建议
    "converted-motion": IssueKind(
        _E,
        "类别是“议案”，又填了由议案转为建议，会重复计数",
        "转为建议办理的，请把类别改为“建议”；仍作议案办理的，请清空这一格",
    ),
    "merged-chain": IssueKind(
        _E, "并案主件“{value}”{why}", "主件自己不填“并案主件”，并入的各件都填同一个主件的编号"
    ),
    "merged-differs": IssueKind(
        _R,
        "与并案主件第{value}号的{what}不同（主件为“{main}”，本件为“{own}”）",
        "合并办理的各件一般由同一部门办理、结果相同；请核对，不同的可取消并案",
    ),
    "carry-over-differs": IssueKind(
        _E,
        "上年承诺的是{value}件，“上年承诺”表里却有{count}件",
        "请核对：“回头看”应包括上年承诺的每一件",
    ),
    "mixed-terms": IssueKind(
        _R,
        "文字中有“{term}”，这是政协提案的用语",
        "人大代表建议的报告中应称“代表”“建议”；确属引用的可不改",
    ),
    "unit-mismatch": IssueKind(
        _E,
        "指标“{value}”的单位“{unit}”与{other}的“{other_unit}”不同，不能相加",
        "请统一单位，或改用不同的指标名称",
        told="指标“{value}”的单位“{unit}”与别处同名指标的单位不同，不能相加",
        asked="请与交办机关商定统一的单位，或改用不同的指标名称",
    ),
    "unit-needed": IssueKind(
        _E,
        "指标“{value}”有概数，不能与{other}的同名指标相加",
        "请改填准确数字，或改用不同的指标名称",
        told="指标“{value}”是概数，不能与别处的同名指标相加",
    ),
    "never-added": IssueKind(
        _E,
        "指标“{value}”有{count}个数，{why}的不能相加",
        "请只留一个部门填报全部的数；各报各的，请改用不同的指标名称，在名称中写明部门或范围",
    ),
    "measure-summed": IssueKind(
        _R,
        "“{{{name}}}”在报告中是几个数相加得到的{total}（{parts}）",
        "请核对这几个数有没有重复计算；各管各的可以相加的，无须处理",
    ),
    "measure-repeated": IssueKind(
        _E,
        "“{value}”在同一部门的另一份表里也填了（{other}，{amount}），不知道是改正还是另外一笔",
        "请与部门核对：是改正的，只留一行，或把旧的一份移出“填报”文件夹；是另外一笔的，合成一行填",
        asked="请核对：是改正的，只留一行；是另外一笔的，与原来的合成一行填",
    ),
    "case-repeated": IssueKind(
        _R,
        "这件典型事例已经填过（{other}），报告里会写两遍",
        "请与部门核对，只留一行",
        told="这件典型事例别处已经填过，报告里会写两遍",
        asked="请核对，只留一处",
    ),
    "measure-aside": IssueKind(
        _R,
        "{own}的指标“{value}”没有写进报告，文字引用的是{where}的“{other}”，名称相同或相近",
        "请核对：是同一项的，请把专题和指标名称改成一样；不是同一项的，无须处理",
        told="指标“{value}”没有写进报告，报告用的是名称相同或相近的另一个指标",
        asked="请核对名称和专题；确是另一项的，无须处理",
    ),
    "unknown-measure": IssueKind(
        _E,
        "文字中的“{{{name}}}”在工作成效中没有对应的指标{nearest}",
        "请改正指标名称，或在“工作成效”表中补填这个指标",
    ),
    "measure-open": IssueKind(
        _R,
        "报告里要写“{value}”，还没有一个部门填了数值",
        "归本部门的，请填数值和单位；不归本部门的空着",
    ),
    "ambiguous-measure": IssueKind(
        _E,
        "文字中的“{{{name}}}”在几个专题中都有（{themes}），不知取哪一个",
        "请在“工作成效”表中改用不同的指标名称，文字中用同样的名称",
    ),
    "not-none": IssueKind(
        _E,
        "“{column}”填了“是”，“{sheet_name}”表里却有{count}行",
        "请核对：本年度有议案、建议的，请把这一格清空",
    ),
    "not-printed": IssueKind(
        _R,
        "填了“{column}”，报告中却没有地方写：{why}",
        "{remedy}",
    ),
    "measure-unused": IssueKind(
        _R,
        "部门填报的“{names}”没有写进“{column}”，报告中不会出现",
        "要写进报告的，请在这一格用“{{指标名称}}”引用；不用的可不改",
    ),
    "last-year-zero": IssueKind(
        _R, "上年“{value}”为0，不计算增长百分比", "无须处理；报告中只写增减数量"
    ),
}
