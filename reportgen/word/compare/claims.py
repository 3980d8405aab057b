"""The words by which a sentence claims something: all, none, in time, more, less, of what.

A sentence in which such a word comes, goes or stands beside what has changed no longer says what
the data said.  The words are general Chinese ones; set phrases that only contain their signs
(不断, 平均, 成都) claim nothing.
"""

from __future__ import annotations

import re

_SET_PHRASES = (
    "不断|不仅|不但|不管|不论|不久|不妨|不懈|不忘|不辞|不可或缺|不动产|不良|不法|不均衡|与众不同|不同|"
    "平均|人均|户均|均衡|均等|均价|未来|未成年|都市|首都|成都|都江|无论|无线|无偿|无人机|无障碍|无私|无比|"
    "含义|饱含|内含|占地|占用|占道|占线|抢占|侵占|没收|全国|全市|全县|全镇|全乡|全省|全区|全村|全年|全面|"
    "全力|全心|全程|全体|全方位|全过程|安全|健全|完全小学|全新|全会|全民|全局|全家|全域|大部门|部门|"
    "已婚|自己|只要|只有|一只|只争|仅此|有所|所有制|所有权|过去|超市|超前|超声|最新|最近|最终|最后|"
    "增进|减灾|降水|降雨|高度|提高认识|高位|高效|高质量|共同|共享|共建|共治|公共|基本农田|基本公共|基本医|基本养|"
    "基本型|各位|各界|各族|每年|每月|每日|每天|每周|同比例|较为|比较|分别|个别谈话|主要领导|主要负责"
)
_CLAIMS = (
    "全部|全都|全数|悉数|均|都|一律|无一|所有|凡是|任何|每|逐|件件|条条|户户|样样|一致|普遍|各级|全|"
    "大部分|大多数|绝大多数|大多|多数|少数|部分|个别|主要|大体|基本|几乎|将近|近乎|略有|稍有|显著|明显|大幅|"
    "仅仅|仅|只|至少|至多|最多|最少|不足|以上|以下|以内|超过|低于|高于|不到|达到|突破|"
    "从未|尚未|还未|并未|未|从没|没有|没|无法|无|不|难以|拒绝|停止|取消|除外|除|"
    "按期|按时|如期|及时|提前|逾期|超期|过期|延期|推迟|拖延|已经|已|正在|将要|将|拟|计划|即将|尚|仍|继续|"
    "曾|其余|另有|另外|其中|包括|包含|含|不含|累计|合计|总计|共计|总共|共|"
    "增加|增长|上升|(?:提高|提升|扩大)[了到至]|上涨|减少|下降|降低|下滑|回落|缩小|缩短|持平|翻番|同比|环比|较|比上年|相比|"
    "占|总数|总量|总件数|按[^，。；]{1,12}计算|口径|单位[为：:]|比例|比重|首次|首位|第一|最[高低多少大小好差快慢早晚]|唯一|领先|落后|多于|少于|大于|小于|"
    "必须|应当|不得|可以|可能|或许|大约|约|左右|预计|力争|争取|零|[日月天年周时]内|之内|之前|之后|[日月年]前|[日月年]后|之日起|[日月年]起|截至|截止|"
    "由于|因为|因此|但是|但|然而|虽然|尽管|解决|办结|完成|见效"
)
_ASSERTIONS = (
    "全部|全都|悉数|均|一律|无一|所有|件件|条条|大部分|大多数|绝大多数|多数|少数|超过|过半|"
    "从未|尚未|并未|没有|无法|按期|按时|如期|逾期|超期|延期|"
    "增加了?|增长|上升|上涨|减少|下降|下滑|持平|翻番|同比|环比|占[^，。；]{0,12}的|首次|首位|名列|最[高低多少大好]|唯一|零|"
    "率先|超额|新高|前列|提前(?=完成|办结|答复|解决)|(?<=[国省市县乡镇名列居])第一|[比较][上去往]年"
)
_WORDS = f"(?P<phrase>{_SET_PHRASES})|(?P<claim>{_CLAIMS})"
_ASSERTED = f"(?P<phrase>{_SET_PHRASES})|(?P<claim>{_ASSERTIONS})"
"""Long patterns that few ask for: ``re`` compiles and keeps them when somebody does."""


def find_claim_words(text: str) -> list[str]:
    """All words of a text that claim something; of a sentence as made each of them counts."""
    return [found["claim"] for found in re.finditer(_WORDS, text) if found["claim"]]


def find_assertion_words(text: str) -> list[str]:
    """The strong ones: what a new sentence must not say unless the data say so (全部, 没有, 增加)."""
    return [found["claim"] for found in re.finditer(_ASSERTED, text) if found["claim"]]
