"""What to do about each kind of finding, said once for all places of a kind; ``{refresh}`` is a Step."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.proofread.levels import ERROR, REMARK, WHAT_TO_DO

_BACK = "请改回原来的数字；数据确实有变的，改台账或填报表后再{refresh}"
_CHECK = "请对照数据看新的说法是否属实；属实的，{accept}"
_RESTORE = "请从原报告复制回来，或者{build}"
_UPDATE = "请{refresh}报告"
_DECIDE = "请对照新数据逐处修改保留下来的文字"

REMEDIES: Mapping[str, str] = {
    "figure-overtyped": _BACK,
    "figure-replaced": _BACK,
    "figure-other": _BACK,
    "figure-dressed": "请删去数字前后加的字；要写概数的，把整个数字改成文字并自行负责",
    "number-changed": "请改回原来的数字；规定确有变化的，改台账或报告模板后重新生成",
    "figure-mistyped": "请改成报告的数字；说的是另一个数的，写明是什么数",
    "claim-false": "请删去或者照数据改写；说的是其中一部分的，写明是哪一部分",
    "reckoning-wrong": WHAT_TO_DO[ERROR],
    "reckoning-doubtful": WHAT_TO_DO[REMARK],
    "unit-changed": "请改回原来的单位",
    "figure-gone": "请从原报告复制回来；这一句确实不要的，整句删去后{force}",
    "figure-unknown": "请删去这个数字，或者从原报告复制一个有来源的数字",
    "property-changed": "请{refresh}报告，文档属性会一并改正",
    "cell-changed": "请改回原来的内容；数据确实有变的，改台账或填报表后再{refresh}",
    "excerpt-changed": "请改成与附件（原表）一致；不是摘录的，请把这一行写得与原表分得开",
    "row-gone": _RESTORE,
    "row-added": "请删去这一行；确实漏了的，补入台账后再{refresh}",
    "column-gone": _RESTORE,
    "column-added": "请自行核对这一列的内容；以后也要的，加在报告模板的表里",
    "table-gone": _RESTORE,
    "picture-gone": _RESTORE,
    "picture-replaced": _RESTORE,
    "picture-words": "请把替代文字改回与图一致",
    "chart-value": "请在 Word 中右击图表“编辑数据”改回；数据确实有变的，改台账或填报表后再{refresh}",
    "chart-names": "请在 Word 中右击图表“编辑数据”改回；或者从原报告复制回来",
    "chart-label": "请选中这个标签，在“设置数据标签格式”中点“重设标签文本”，只显示“值”",
    "chart-workbook": "请在 Word 中右击图表“编辑数据”，改成与图上一致；或者从原报告复制回来",
    "name-changed": "请改成台账里的写法；台账写错的，改台账后再{refresh}",
    "figure-stale": _UPDATE,
    "row-stale": _UPDATE,
    "picture-stale": _UPDATE,
    "name-stale": _UPDATE,
    "folder-faulty": "请先{check}，改正错误后再核对",
    "input-changed": "数据有变的，请{refresh}报告",
    "template-changed": "报告用的是另一个模板的，{template_then}，再核对；确实换了模板的，{refresh}报告",
    "wording-stale": "请{refresh}报告，或者按新数据改写这一句",
    "sentence-changed": _CHECK,
    "sentence-gone": "请确认不需要这一句；确认的，{accept}",
    "claim-typed": _CHECK,
    "paragraph-moved": "请看这一段在新的标题下是否仍然成立；不成立的移回去",
    "caption-other": "请把图题、表题移回它所说明的图、表",
    "caption-number": "请按顺序编号，或者在 Word 中全选后按 F9 更新编号",
    "picture-cropped": "请在 Word 中“重设图片”，确认没有裁去数据",
    "chart-words-gone": "数值没有变，不改也可以；要补上的，{refresh}报告，或在 Word 中右击图表“编辑替代文字”",
    "chart-text": _CHECK,
    "figure-redressed": "数值没有变，不改也可以；想要统一的，改成应有的写法",
    "figure-plain": "数值没有变，不改也可以；以后数据有变，要自己改这个数字",
    "figure-copied": "请确认这个数字用在这里是对的",
    "name-extended": "请确认加字以后仍是台账里的那一个",
    "name-gone": "请确认不需要提到",
    "text-kept": _DECIDE,
    "gone-kept": "请确认保留的内容仍然属实，不属实的删去",
    "left-out": "请把新数据应有的文字补进去",
    "figure-kept": "请改成新数据",
    "figure-lost": "请删去这个数字，或者改写这一句",
    "picture-kept": "请用新生成的图替换",
    "chart-kept": "请用新生成的图表替换，或者在“编辑数据”中改成新数据",
    "chart-sheet-renewed": "请看数据表里另写的内容还要不要；还要的，从原报告的图表中复制过来",
    "figure-renewed": "请确认新数据是对的",
    "deleted-changed": "请确认仍然不需要这些内容",
    "order-kept": "请确认这个顺序仍然合适",
    "left-hidden": "请在 Word 中删去或取消隐藏",
    "left-white": "请删去或改成看得见的",
    "left-embedded": "请改成图片或文字",
    "left-outside": "请在 Word 中取消链接",
    "left-picture": "请另存为 PNG 后重新插入",
    "year-kept": "请逐句看是否属实：仍然属实的留下，不再属实的改正或删去，然后删去批注",
    "number-typed": "请自行核对并写明出处；要随数据更新的，填入工作成效或台账",
}
