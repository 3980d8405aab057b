"""The words and forms of reply letters, as patterns on half-width text.

Made from the heads and tails of published letters (54 fact sheets stand in the tests).
"""

from __future__ import annotations

import datetime as dt
import re

from reportgen.schema.columns import Day
from reportgen.schema.numerals import parse_number

DIGITS = "零〇○0一二三四五六七八九十百两"
SHORT = 42
"""So long a line of the head or the tail may be: 主送, 署名, date, 联系人."""
NUMERAL = rf"(?:\d+|[{DIGITS}]+)"
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


def half_width_line(text: str) -> str:
    """The text, sign for sign, with half-width letters, digits and punctuation."""
    return text.translate(_WIDE)


def bare(text: str) -> str:
    """Only its letters, digits and characters, half-width: for comparing titles and names."""
    return re.sub(r"[\W_]+", "", half_width_line(text))


def whole_number(text: str) -> int | None:
    """``12``, ``十二`` and ``012`` are 12; None if it is no number."""
    plain = text.strip()
    hundreds, hundred, rest = plain.partition("百")
    if hundred:
        parts = [parse_number(hundreds), parse_number(rest.lstrip("零〇○")) if rest else 0]
        return None if None in parts else int(parts[0] or 0) * 100 + int(parts[1] or 0)
    found = int(plain) if plain.isdecimal() else parse_number(plain, unit=False)
    return None if found is None else int(found)


def title_core(title: str) -> str:
    """A suggestion's title without 关于 … 的建议, punctuation and spaces."""
    plain = re.sub(r"^关于|的?(?:建议|议案|提案|意见|案)+$", "", bare(title))
    return plain or bare(title)


def read_date(text: str) -> dt.date | None:
    """A date as people write it at the end of a letter."""
    found = Day().read(text.strip().replace("○", "〇"))
    return found if isinstance(found, dt.date) else None


ROLE = re.compile(
    r"^\s*(?P<honorific>尊敬的)?\s*(?P<names>[^:。;]{0,60}?)\s*"
    r"(?P<every>各位|诸位)?(?:市|县|区|镇|乡|省|全国)?(?:人大|政协)?(?P<role>代表|委员)(?:们|同志)?\s*"
    rf"(?:\(?(?P<after>等?\s*{NUMERAL}?\s*[名位人]?)\)?)?\s*(?P<colon>:)?(?P<rest>.*)$"
)
ETC = re.compile(rf"\(?等\s*(?P<count>{NUMERAL})?\s*[名位人]?\)?\s*$")
NAMES = re.compile(r"[、,，;；\s]+|(?<=[\u4e00-\u9fff×xX*]{2})(?:和|及)(?=[\u4e00-\u9fff×xX*]{2})")

OPENING = re.compile(
    r"收\s*悉|收到|现?(?:将|就)?.{0,30}?(?:答复|回复|函复|复函|汇报|说明|报告)如下|如下[:。]?$|提出的|交(?:由|我|给).{0,12}办理|悉。|悉,"
)
AS_FOLLOWS = re.compile(r"如下")
RECEIVED = re.compile(r"收\s*悉|收到|交(?:由|我|给|办)?.{0,14}办理|已转|悉[,。]")
TITLE_WORD = re.compile(r"答复|复函|回复|答案|建议的函|提案的函")
TITLE_START = re.compile(r"关于|^对|建议|提案|议案|第\s*\S{0,6}\s*号")

DOC_NUMBER = re.compile(
    r"(?P<unit>[\u4e00-\u9fff]{1,16})\s*(?P<open>[〔\[\(【﹝〈])\s*(?P<year>\d{2,4})\s*(?P<close>[〕\]\)】﹞〉]?)"
    r"\s*(?P<kind>[\u4e00-\u9fff]{0,2})\s*(?P<number>\d*)\s*号?"
)
SIGNER = re.compile(
    r"(?:签\s*发\s*人?|审\s*签\s*人?|领导签字|签\s*批)\s*:\s*(?P<name>[\u4e00-\u9fff·×]{0,5})(?:\s|$|\()"
)
SIGNED_IN_TEXT = re.compile(
    r"(?:此答复函|本答复函|此函|本函)已经?(?P<name>[\u4e00-\u9fff×·]{2,8})(?:同志)?(?:审签|审定|审核|签发)"
)

ITEM_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"第\s*(?P<n>[0-9A-Za-z\-]+|[{DIGITS}]+)\s*号",
        r"(?:代表)?(?:建议|议案|提案)\s*(?:第|编号:?)?\s*(?P<n>\d+)\s*号",
        r"(?<![\d〔\[])(?P<n>\d+)\s*号?\s*(?:代表)?(?:建议|议案|提案)",
        r"编号\s*[:为]?\s*(?P<n>[0-9A-Za-z\-]+)",
    )
)
SESSION = re.compile(
    rf"(?P<term>第?\s*(?P<t>{NUMERAL})?)\s*届\s*"
    r"(?:人大常委会|人大|人民代表大会|委员会|政协|全国人大|人民代表)?\s*"
    rf"(?:第?\s*(?P<m>{NUMERAL})?\s*次)"
)
QUOTES = (
    re.compile(r"《(?P<t>.{3,120})》"),
    re.compile(r"“(?P<t>[^”]{3,100})”"),
    re.compile(r'"(?P<t>[^"]{3,100})"'),
)

CLOSING = re.compile(
    r"感谢|回执|征询意见|意见反馈|反馈意见|特此|此复|专此|宝贵意见|多提|继续关注|继续.{0,6}支持|此答复函已"
)
CONTACT = re.compile(r"联\s*系\s*(?:人|电\s*话|方\s*式)|电\s*话|手\s*机|承办人|经办人")
CONTACT_NAME = re.compile(
    r"(?:联\s*系\s*人|承办人|经办人)(?:及(?:联系)?电话|姓名)?\s*:?\s*(?P<n>[\u4e00-\u9fff×·]{2,4}(?:\s[\u4e00-\u9fff])?)(?![\u4e00-\u9fff:])"
)
PHONE = re.compile(
    r"(?<!\d)(?:\(?0\d{2,3}\)?\s*-?\s*)?[2-9]\d{6,7}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)1[3-9]\d[*×x]{4}\d{4}|\d{3,4}-[\d*×x]{7,8}"
)
MOBILE = re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
COPIES = re.compile(r"^\s*抄\s*[送报]\s*:?\s*(?P<t>.*)$")
PUBLICITY = re.compile(
    r"主动公开|依申请公开|不予公开|同意公开|公开发布|对外公开|^[〔\(\[]?公开[〕\)\]]?$|公开属性|此件公开|是否同意公开"
)
ENCLOSURE = re.compile(r"^\s*附\s*件?\s*:|附件\d?")

DATE_LINE = re.compile(
    rf"(?P<d>(?:20\d\d|[二2][{DIGITS}]{{3}})\s*年(?:\s*{NUMERAL}\s*月)?(?:\s*{NUMERAL}\s*日)?|20\d\d\s*[-./]\s*\d\d?\s*[-./]\s*\d\d?|20\d{{4,6}}|年\s*月\s*日)\s*(?:印发)?\s*$"
)
RIGHT_DATE = re.compile(r"20\d\d年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")
UNIT_END = re.compile(
    r"(?:局|府|办|办公室|委员会|委|中心|所|站|公司|院|队|会|部|处|社|厅|校|组|指挥部)(?:\s*[\(（].{0,6}[\)）])?$"
)
