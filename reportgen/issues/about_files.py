"""What can be wrong with a filled workbook as a file, with its sheets and their headers.

Entries of ``reportgen.issues.CATALOGUE``.
"""

from __future__ import annotations

from reportgen.issues.issue_kind import IssueKind, Severity

_E, _R = Severity.ERROR, Severity.REMINDER

FILES_AND_SHEETS: dict[str, IssueKind] = {
    # the file
    "unreadable": IssueKind(
        _E,
        "这个文件读不出来：{reason}",
        "请用 Excel 或 WPS 打开后另存为 .xlsx，再放回原处；打不开的，请换一份完好的文件",
    ),
    "encrypted": IssueKind(
        _E, "这个文件设了打开密码，读不出来", "请在 Excel 或 WPS 中取消打开密码，另存后放回原处"
    ),
    "restricted": IssueKind(
        _E, "这个文件受权限保护（IRM），读不出来", "请原来的部门取消权限保护，另存后放回原处"
    ),
    "empty-file": IssueKind(
        _E,
        "这个文件是空的，没有任何内容",
        "存在网盘或云文档里的，请先下载到本机、打开看到内容后再放回；空文件请换成填好的表",
    ),
    "packed": IssueKind(
        _E,
        "这是压缩包（{reason}），里面的表没有读取",
        "请先解压，把里面的表放在这里，再把压缩包移走",
    ),
    "other-file": IssueKind(
        _E,
        "这是{reason}，不是 Excel 工作簿",
        "请把内容填入标准表，换下这个文件；与填报无关的，请移到别处",
    ),
    "bloated": IssueKind(
        _E,
        "这个文件展开后过大，读不出来：不是内容太多，就是有大量只有格式、没有内容的行或列",
        "请打开这个文件，选中最后一行内容以下的所有空行（和右边的空列），删除后保存；还是过大的，请只留这次要报的行",
    ),
    "unknown-workbook": IssueKind(
        _E,
        "这个文件不是本系统发出的表",
        "请把内容填入标准表；与本次报告无关的文件请移出“填报”文件夹",
    ),
    "repeated-workbook": IssueKind(
        _E,
        "“{form}”只能有一份，这是多出来的一份，没有读取（已读取{other}）",
        "请核对后只留一份，把另一份移出工作目录",
    ),
    "old-form": IssueKind(
        _R,
        "这是第{found}版的“{form}”，现在用第{version}版；已照常读取，后来增加的栏目按没有填处理",
        "需要填写后来增加的栏目时，请换用现在的标准表",
    ),
    "newer-form": IssueKind(
        _E,
        "这是第{found}版的“{form}”，本软件只认得第{version}版",
        "请先更新软件；或者换用本软件发出的标准表，把已填的内容复制过去",
        asked="请向交办机关要现在用的标准表，把已填的内容复制过去",
    ),
    "older-version": IssueKind(
        _R,
        "这一份没有读取：“{other}”是同一部门的，内容相同或更全",
        "请核对；无误的可把这一份移出“填报”文件夹",
        asked="请核对；两份中以哪一份为准，请告知交办机关",
    ),
    "superseded": IssueKind(
        _R,
        "这一份没有读取：部门已经在它的退改副本上改好交回（第{number}次退改，“{other}”），以改好的为准",
        "不用处理；也可以把这一份移出“填报”文件夹",
        asked="不用处理，以改好交回的为准",
    ),
    "stale-copy": IssueKind(
        _R,
        "这一份是第{own}次退改的副本，没有读取：后来的第{number}次退改“{other}”已经交回，内容都在里面",
        "请核对；无误的可把这一份移出“填报”文件夹",
        asked="请核对；以最后一次退改的为准",
    ),
    "stale-copy-differs": IssueKind(
        _E,
        "这一份是第{own}次退改的副本，没有读取：后来的第{number}次退改“{other}”已经交回，内容却有不同：{cells}",
        "以后来的为准的，把这一份移出“填报”文件夹；这一份里要保留的，先抄到后来的一份里",
        asked="请核对以哪一次的为准，要保留的都填在最后一次退改的副本里再交",
    ),
    "newer-gone": IssueKind(
        _R,
        "以前核查时读过更新的一份（第{number}次退改，“{other}”），现在没有了，计入统计的是这一份",
        "请把那一份找回来，放进“填报”文件夹；确实以这一份为准的，不用处理",
        told="以前交过更新的一份（第{number}次退改），现在计入统计的是这一份",
        asked="请核对以哪一份为准，把最后改好的一份再交一次",
    ),
    "newer-sent-out": IssueKind(
        _R,
        "这一份是在第{own}次退改的副本上改的，没有用后来发回的第{number}次退改的副本，"
        "那一次指出的错处可能没有改",
        "请与部门核对，要改的改在最后一次退改的副本里再交；已经改好的，不用处理",
        asked="请核对最后一次退改指出的错处，改在那一次的副本里再交；已经改好的，不用处理",
    ),
    "versions-differ": IssueKind(
        _E,
        "这一份没有读取：“{other}”也是这个部门填的，填的件相同，内容却有不同：{cells}",
        "请与部门核对以哪一份为准，各有可取的并成一份，再把另一份移出“填报”文件夹",
        asked="请核对以哪一份为准，各有可取的并成一份再交",
    ),
    "parts-added": IssueKind(
        _R,
        "“{other}”也是{department}填的，里面没有相同的行，两份的内容加在一起统计",
        "请核对：各填一部分的，不用处理；同一份改过再交的，把旧的一份移出“填报”文件夹",
        asked="请核对：各填一部分的，不用处理；同一份改过再交的，请告知以哪一份为准",
    ),
    "active-content": IssueKind(
        _R,
        "这个文件里有{found}；没有运行，也没有读取，标明错处的副本里不带这些",
        "填报用不着这些，请核对来源，删去后另存为 .xlsx（外部链接：“数据—编辑链接—断开链接”）",
    ),
    "unknown-owner": IssueKind(
        _E,
        "看不出这张表是哪个部门的{marked}",
        "请用“交办”命令生成的表填报，或在文件名中写上部门全称（与“{sheet_name}”表一致）",
        asked="请用交办机关发来的表填报，或在文件名中写上部门全称",
    ),
    # sheet and header
    "missing-sheet": IssueKind(
        _E, "缺少工作表“{name}”{nearest}", "请把工作表改名为“{name}”，或从空白表中复制过来"
    ),
    "renamed-sheet": IssueKind(
        _R,
        "没有名为“{name}”的工作表；“{found}”的栏目与它相同，已按“{name}”读取",
        "请核对；最好把工作表名改回“{name}”",
    ),
    "sheet-copy": IssueKind(
        _E,
        "工作表“{found}”的栏目与“{name}”相同、内容不同，没有读取",
        "请把需要的内容并入“{name}”，再删去“{found}”",
    ),
    "missing-column": IssueKind(
        _E,
        "缺少“{name}”一栏{nearest}",
        "已有这一栏的，请把表头改为“{name}”；没有的，请从空白表中补上这一栏",
    ),
    "missing-header": IssueKind(
        _E, "找不到表头（应有“{names}”等栏目）", "请从空白表中复制表头，补在第一行数据上方"
    ),
    "duplicate-column": IssueKind(
        _E, "“{name}”一栏出现了两次，只读取了左边的一栏", "请核对后删去或改名其中一栏"
    ),
    "extra-column": IssueKind(
        _R, "表头“{value}”不是标准栏目，这一栏没有读取", "如有需要上报的内容，请填入标准栏目或备注"
    ),
    "empty-table": IssueKind(_E, "“{name}”表里一行也没有填", "请从表头下一行起填写{unless}"),
    "empty-later": IssueKind(
        _R, "“{name}”表里一行也没有填", "现在可以不填，生成报告前请从表头下一行起填写"
    ),
    "missing-item": IssueKind(
        _E,
        "缺少“{name}”这一项{nearest}",
        "已有这一项的，请把项目改为“{name}”；没有的，请从空白表中补上这一行",
    ),
    "extra-item": IssueKind(
        _R, "项目“{value}”不是标准项目，这一行没有读取", "如有需要填报的内容，请填入标准项目"
    ),
    "lone-cell": IssueKind(
        _E, "这一行只填了这一格（{value}），没有读取", "请补全这一行；不需要的请把这一格清空"
    ),
    "total-differs": IssueKind(
        _E,
        "这一行是合计，写的是{value}，{right}；合计行不重复计入",
        "请核对合计和各行，改正填错的一个；不需要合计的，请删去这一行",
    ),
    "total-row": IssueKind(
        _R, "这一行（{value}）看作合计，没有计入", "请核对；不是合计的，请补全这一行并改正名称"
    ),
}
