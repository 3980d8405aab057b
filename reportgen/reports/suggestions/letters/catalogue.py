"""Everything that can be wrong with a reply letter: how bad, what to do, and on what it rests.

Articles are those of 代表法 as amended on 2025-03-11 and of the regulations on deputies' suggestions of
重庆 (工作条例, 2017), 上海 (规定, as of 2016), 山东 (办理工作条例, as of 2017), 河南 (办理办法, 2017), 北京
(办理条例, 2014) and 青岛 (工作条例, 2021), each read in full; of 党政机关公文处理工作条例 (2012) and GB/T 9704-2012.
They bind their own places and are named elsewhere as what is usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.issues import Severity

_E, _R = Severity.ERROR, Severity.REMINDER


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of fault.

    ``basis``: the rule it rests on.  ``judgement``: only a person can tell; it returns no letter.
    """

    severity: Severity
    message: str
    remedy: str
    basis: str = ""
    judgement: bool = False


_LAW = "代表法第五十一条"
_ANSWER = f"{_LAW}：自交办之日起三个月内答复，复杂的六个月内"
_CONTACT = f"{_LAW}：与代表联系沟通，充分听取意见"
_TERMS = f"{_LAW}：代表提出的是“建议、批评和意见”"
_DRAFT = "党政机关公文处理工作条例，公文签发前的审核"
_EXACT = f"{_DRAFT}：人名、地名、时间、数字、引文是否准确"
_CLEAN = f"{_DRAFT}：格式是否规范、文字标点用法是否规范"
_PARTS = "GB/T 9704-2012：发文机关署名、成文日期；山东条例第二十二条、上海规定第二十条：加盖公章"
_ONE_BY_ONE = "山东条例第二十条：逐件答复"
_MERGED = "山东条例第二十条、河南办法第二十一条：可以一并办理，分别答复"
_EACH = "重庆条例第二十三条、上海规定第二十条、河南办法第二十一条：联名提出的，答复每位代表"
_SAY = "重庆条例第二十二条、上海规定第十八条：写明办理情况，正在解决的写明计划和时限"
_POINTS = "青岛条例第二十九条：逐条回应代表提出的问题"
_CLASS = "各地的办理要求：在答复函首页右上角标明类别"
_RECORD = "审核规则：答复函与填报表一致"
_FILE = "审核规则：交来的是能读出文字的定稿，一件一份"

LETTER_FAULTS: Mapping[str, Entry] = {
    "letter-unreadable": Entry(
        _E, "这个文件读不出来：{reason}",
        "请用 Word 或 WPS 另存为 .docx 放回“答复函”文件夹；扫描件请放文字稿", _FILE,
    ),
    "letter-unmatched": Entry(
        _E, "认不出答复的是哪一件（没有台账里的件号，标题也与台账不同{nearest}）",
        "请在标题或开头写明“第×号”，并照抄建议的标题", _ONE_BY_ONE,
    ),
    "letter-missing": Entry(
        _E, "{department}填报第{number}号已于{date}答复，没有交来答复函",
        "请补交答复函；没有书面答复的，请交当面答复记录", _ANSWER,
    ),
    "letter-twice": Entry(
        _E, "第{number}号有两份内容不同的答复函（另一份是“{other}”）",
        "只留一份；再次答复的，请在函中写明是再次答复", _FILE,
    ),
    "letter-per-item": Entry(
        _E, "并案办理的第{number}号没有单独答复", "并案的各件应分别答复，请补交这一件的答复函",
        _MERGED,
    ),
    "revisions-left": Entry(
        _E, "文中还有{what}没有处理", "请逐处接受或拒绝修订，删去批注，再交定稿", _FILE,
    ),
    "number-differs": Entry(
        _E, "{place_name}写第{found}号，台账为第{expected}号{also}", "请核对后改成一致", _EXACT,
    ),
    "session-differs": Entry(
        _E, "“{found}”{why}", "请写全届次、会次，并与台账和全文一致", _EXACT,
    ),
    "title-differs": Entry(
        _E, "引用的标题“{found}”与原题“{expected}”不同{diff}", "照建议原件抄写标题", _EXACT,
    ),
    "addressee-differs": Entry(
        _E, "{what}", "请按台账改正主送；联名提出的逐人答复，或写“领衔代表等n名代表”", _EACH,
    ),
    "wrong-trade-word": Entry(
        _E, "答复代表建议的函里写了“{term}”", "改为“代表”“建议”；议案转为建议的，在函中说明后可以提到议案",
        _TERMS,
    ),
    "class-missing": Entry(
        _E, "没有标注办理结果的类别", "请在首页右上角标注类别，如“类别：{example}”",
        _CLASS,
    ),
    "class-differs": Entry(
        _E, "标注的类别是{found}，填报的办理结果是{expected}", "请核对后改成一致",
        _RECORD,
    ),
    "letter-number": Entry(_R, "{what}", "{do}", "GB/T 9704-2012：发文字号的年份标全称，用六角括号"),
    "signer": Entry(
        _R, "{what}", "{do}", "重庆条例第二十三条、山东条例第二十二条、河南办法第二十一条：由主要负责人签发",
    ),
    "opening": Entry(
        _R, "开头没有写明{lack}", "请写明收到的是哪一件建议，并写“现答复如下”",
    ),
    "slot-left": Entry(_E, "样稿的空位没有填：“{found}”", "请填写或删去", _CLEAN),
    "other-place": Entry(
        _R, "函中有“{found}”，本单位是“{expected}”", "请核对是不是别处的名称没有改过来；无误的可不改",
    ),
    "other-self": Entry(
        _R, "函中自称“{found}”，基本信息中的自称是“{expected}”",
        "请核对是不是从别处复制来的文字；确属指上级的可不改",
    ),
    "other-year": Entry(_R, "落款日期“{found}”不在{expected}年或下一年", "请核对是不是沿用了往年的文字"),
    "name-variant": Entry(
        _R, "“{found}”与标题中的“{expected}”读音相同、写法不同", "请核对地名、单位名的写法", _EXACT,
    ),
    "pronouns": Entry(
        _R, "对代表的称呼不当：{what}（主送{count}）", "一位代表用“您”，多位代表用“你们”，全文一致",
    ),
    "third-person": Entry(_R, "答复{name}的函里称“{found}”", "这是写给本人的信，请改称“您”"),
    "speaks-for-deputy": Entry(
        _R, "函中替代表说了评价：“{found}”", "满意与否由代表在回执（征询意见表）上填写，请删去",
    ),
    "doubled": Entry(_R, "字词重复：“{found}”", "请删去多余的字", _CLEAN),
    "unbalanced": Entry(_R, "{what}没有成对：“{found}”", "请补全", _CLEAN),
    "nested-title": Entry(_R, "“{found}”重复了“关于”或“建议”", "书名号里照抄原题，外面不再写“关于”“的建议”"),
    "sums": Entry(_R, "数字核算不符：{what}", "请核对数字", _EXACT),
    "subject-not-named": Entry(
        _R, "正文没有提到建议所说的事：标题中的“{words}”都没有出现", "请审核人核对是否答非所问，应当逐条回应",
        _POINTS, judgement=True,
    ),
    "request-not-answered": Entry(
        _R, "诉求“{found}”{what}", "请审核人核对，应当逐条回应", _POINTS, judgement=True,
    ),
    "copied": Entry(
        _R, "与“{other}”有{run}个字连续相同（占{share}%）：“{quote}”",
        "请审核人核对是否照搬；引用同一政策原文的可不改", judgement=True,
    ),
    "thin": Entry(
        _R, "答复的内容只有{count}个字", "请审核人核对是否说清了办了什么、结果怎样", _SAY, judgement=True,
    ),
    "promise-undated": Entry(_R, "“{found}”没有时限", "请写明完成时间或分步计划", _SAY),
    "promise-differs": Entry(
        _E, "函中承诺的时间是{found}，填报的承诺完成时限是{expected}", "请核对后改成一致",
        _RECORD,
    ),
    "promise-past": Entry(_R, "“{found}”早于答复的日期{date}，已经不是承诺", "请核对时间；已经完成的请写成已完成"),
    "reason-missing": Entry(
        _R, "归入{cls}，函中没有说明原因", "请写明具体原因", "重庆条例第二十二条、上海规定第十八条：不能解决的，如实说明原因",
    ),
    "class-against-text": Entry(
        _R, "标注为已解决的{cls}，正文却写“{found}”", "请审核人核对类别", judgement=True,
    ),
    "no-contact": Entry(_R, "{what}", "请先与代表沟通，再答复；已经沟通的，请在填报表中补填", _CONTACT),
    "joint-opinion": Entry(_R, "{what}", "{do}", "上海规定第十七条、河南办法第十八条：会办意见先送主办单位，由主办单位答复并说明"),
    "sign-off": Entry(_E, "{what}", "{do}", _PARTS),
    "contact": Entry(_R, "没有写{lack}", "请在文末写明联系人和联系电话", "有的地方要求在答复函上写明经办人和电话"),
    "enclosure": Entry(_R, "{what}", "{do}", "重庆条例第二十三条、第二十五条：附答复函回执，抄送有关机构"),
    "publication": Entry(_R, "{what}", "{do}", "北京条例第二十五条：不得泄露代表依法受到保护的个人信息"),
}  # fmt: skip
"""By code."""
