"""What a text looks like: signs that nobody sees, and signs that look like others.

They come along when text is copied from web pages, chats and PDF files.  ``to_seen_text`` is for content
that is kept, ``half_width`` and ``normalise_look`` are for comparing, ``name_strange_signs`` is for messages.
Sources: Unicode's Default_Ignorable_Code_Point and EquivalentUnifiedIdeograph; confusables.txt
for the letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def to_seen_text(text: str) -> str:
    """The text as one sees it: no invisible signs, blank letters as spaces, radicals as characters.

    Outer spaces, line breaks and everything else stay as typed.
    """
    if text.isascii() or not _UNLIKE.search(text):
        return text
    return _RADICAL.sub(
        lambda found: _to_character(found[0]), _INVISIBLE.sub("", _BLANK.sub(" ", text))
    )


def half_width(text: str) -> str:
    """Signs of one look as one sign: full-width ones as ASCII (NFKC), all hyphens ``-``, dots ``·``."""
    if _COMMON.fullmatch(text):
        return text
    return unicodedata.normalize("NFKC", to_seen_text(text)).translate(_FOLDED)


@lru_cache(maxsize=4096)
def normalise_look(text: str) -> str:
    """What must agree of two texts that look the same; spaces do not count.

    Names and words come again and again.
    """
    plain = "".join(half_width(text).split())
    return re.sub(_NAME_DOT, "·", plain) if "." in plain else plain


def name_strange_signs(text: str) -> str:
    """Names the signs in a text that do not show, or show otherwise than they are; empty if none.

    ``看不见的字符U+200B（零宽空格）``: to stand in a message behind the text.
    """
    if _PLAIN.fullmatch(text):
        return ""
    found = dict.fromkeys(sign for sign in text if _is_strange(sign))
    return "、".join(map(_name_sign, found))


BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs whose picture is empty."""

_RANGES = (
    "\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_RANGES}]")
_BLANK = re.compile(f"[{BLANKS}]")
_RADICAL = re.compile("[\u2e80-\u2fd5]")
_UNLIKE = re.compile(f"[{_RANGES}{BLANKS}\u2e80-\u2fd5]")
_COMMON = re.compile("[\x00-\x7f\u4e00-\u9fff、。《》〔〕【】·]*")
"""Most texts hold nothing else, and nothing of it is folded."""
_PLAIN = re.compile("[\x20-\x7e\u4e00-\u9fff、。《》〔〕【】·]*")
"""Most texts hold nothing else, and nothing of it is strange."""
_RADICALS = dict(
    zip(
        range(0x2E81, 0x2EF4),
        "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵\u2e9a旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻"
        "𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿"
        "飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""The characters of the radicals that NFKC leaves alone (U+2E81 to U+2EF3; U+2E9A is none)."""

_NAME_DOT = r"(?<=[\u3400-\u9fff])[.](?=[\u3400-\u9fff])"
"""A full stop between two Chinese characters is the dot in a name: 买买提.艾力.  Few lists hold one:
the pattern takes a millisecond to compile."""


def _map_signs(signs: str, meant: str) -> dict[int, str]:
    return dict.fromkeys(map(ord, signs), meant)


_FOLDED: dict[int, str] = {
    **_map_signs(
        "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u2501\u30fc\u02d7\u06d4", "-"
    ),
    **_map_signs("\u2022\u2027\u2219\u22c5\u30fb\u16eb\u0387\u1427\u2e31\u2e33", "·"),
    **_map_signs("\u2044\u2215\u29f8\u2571", "/"),
    **_map_signs("\u2236\ua789\u02d0\u05c3", ":"),
    **_map_signs("\u201c\u201d\u201e\u201f\u2033\u301d\u301e\u301f", '"'),
    **_map_signs("\u2018\u2019\u201a\u201b\u2032\u02b9\u02bc", "'"),
    **_map_signs("\u25cb\u25ef", "〇"),
    **{
        ord(sign): letter
        for signs, letters in (
            ("АВЕЅІЈКМНОРСТХаеоѕірсухјһ", "ABESIJKMHOPCTXaeosipcyxjh"),
            ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo"),
        )
        for sign, letter in zip(signs, letters, strict=True)
    },
}
"""Signs that NFKC leaves apart though they look the same; letters of Cyrillic and Greek as Latin."""

_NAMES = {
    "\u00ad": "软连字符", "\u200b": "零宽空格", "\u200c": "零宽不连字", "\u200d": "零宽连字",
    "\u2060": "字词连接符", "\ufeff": "字节顺序标记", "\ufffc": "对象占位符", "\u3164": "韩文填充符",
    "\u2800": "盲文空格",
}  # fmt: skip
_MORE_NAMES = (
    ("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "文字方向标记"),
    ("".join(map(chr, range(0xFE00, 0xFE10))), "字形选择符"),
)


def _to_character(radical: str) -> str:
    return _RADICALS.get(ord(radical)) or unicodedata.normalize("NFKC", radical)


def _is_strange(sign: str) -> bool:
    if sign.isascii():
        return not sign.isprintable() and sign not in "\t\n\r"
    other = unicodedata.category(sign) in ("Cf", "Co", "Cn", "Cc", "Zl", "Zp")
    return other or sign == "\ufffc" or bool(_UNLIKE.match(sign)) or _find_latin_letter(sign) != ""


def _find_latin_letter(sign: str) -> str:
    """The Latin letter that a Cyrillic or Greek one looks like."""
    meant = _FOLDED.get(ord(sign), "")
    return meant if meant.isalpha() and meant.isascii() else ""


def _name_sign(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    if letter := _find_latin_letter(sign):
        return f"{_name_script(sign)}字母“{sign}”（{code}，不是英文字母{letter}）"
    if _RADICAL.match(sign):
        return f"部首字符“{sign}”（{code}，不是汉字“{_to_character(sign)}”）"
    if unicodedata.category(sign) == "Co":
        return f"自造字{code}"
    name = _NAMES.get(sign) or next((name for signs, name in _MORE_NAMES if sign in signs), "")
    return f"看不见的字符{code}" + (f"（{name}）" if name else "")


def _name_script(sign: str) -> str:
    return "希腊" if unicodedata.name(sign).startswith("GREEK") else "俄文"
