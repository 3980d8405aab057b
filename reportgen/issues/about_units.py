"""What can be wrong with the working folders that one report is made of (汇总).

Entries of ``reportgen.issues.CATALOGUE``; an issue's file is the folder.
"""

from __future__ import annotations

from reportgen.issues.issue_kind import IssueKind, Severity

_E, _R = Severity.ERROR, Severity.REMINDER

UNITS: dict[str, IssueKind] = {
    "unit-left-out": IssueKind(
        _E,
        "没有计入：{reason}",
        "请核查这个工作目录，改正后再汇总一次",
    ),
    "unit-copied": IssueKind(
        _E,
        "没有计入：内容与“{other}”完全相同，像是同一个工作目录复制了一份，只计入那一个",
        "请核对后把多出来的一份移出总目录；本来是另一个单位的，请换上它自己的数据",
    ),
    "unit-named-twice": IssueKind(
        _E,
        "没有计入：“{others}”也是“{name}”的，内容却不同，看不出以哪一个为准",
        "请核对后只留一个，其余的移出总目录；不是同一个单位的，请在台账里改正单位名称",
    ),
    "unit-named-alike": IssueKind(
        _R,
        "不同文件夹里有几个“{name}”，都已计入，这一个在报告里写作“{shown}”",
        "请核对是不是同名的不同单位；是同一个单位的，只留一个，其余的移出总目录",
    ),
    "unit-of-other-period": IssueKind(
        _E,
        "没有计入：写的是“{period}”，其余单位多数是“{usual}”",
        "不是这一期的，请移出总目录；写错了的，请在台账里改正",
    ),
    "unit-states-otherwise": IssueKind(
        _E,
        "单位自己的报告“{file}”{place}“{key}”写的是{said}，数据里是{now}；汇总用的是数据",
        "请单位核对：数据对的，更新它的报告；报告对的，改正数据后再汇总一次",
    ),
    "unit-divides-otherwise": IssueKind(
        _R,
        "“{name}”按“{base}”计算，其余单位多数按“{usual}”；汇总一律按“{usual}”重新计算",
        "口径要一致的，请在台账里改成同一种；不用一致的，不用处理",
    ),
    "unit-figure-unlike": IssueKind(
        _E,
        "“{key}”是“{said}”，不能与其余单位的相加（{why}），汇总里没有这一项",
        "请在这个单位的填报表里改成确切的数，单位（如万元、元）与其余的一致",
    ),
}
