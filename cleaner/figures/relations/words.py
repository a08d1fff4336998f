"""The words around figures: what is measured, small numerals, and when two names mean one thing."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import regex

HAN = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufa6d\ufa70-\ufad9\U00016fe2-\U00016fe3\U00016ff0-\U00016ff6\U00020000-\U0003ffff"
)
"""The Han script (Unicode's own list), for a character class of ``re``, which has no word for it."""
_UNITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "双": 2}
SMALL = "一二三四五六七八九十两双百"
"""The characters of a small whole number."""
NUMERAL = rf"(?:[0-9]{{1,3}}|[{SMALL}]{{1,4}})"
"""A small whole number, as enumerations announce them."""

# No alternative is made of two others (达到 is 达 and 到): a lead of nothing but verbs is read in one way.
_VERB_WORDS = (
    "累计|预计|全年|年度|已经|共计|合计|总计|共|已|分别|约|近|超过|超|突破|完成|实现|达|为|增至|增加到|"
    "提高到|提升到|发展到|稳定在|保持在|控制在|位居|力争|确保|要|将|有|是|在|到|了|：|:|“|”"
)
_VERBS = re.compile(rf"(?:{_VERB_WORDS}|\s)+$")
_VERB_ENDS = frozenset(word[-1] for word in _VERB_WORDS.split("|"))
_NEUTRAL = (
    rf"(?:其中|全县|我县|本县|全市|我市|全省|我省|全区|我区|全州|全国|我国|同期|全年|年度|当年|本年|去年|上年|"
    rf"[0-9]{{4}}年(?:度)?|今年|[{HAN}]{{2,3}}(?:县|市(?![民场镇政区])|旗|州)|全社会|全部|地方|全口径|预计|初步核算|，|,|的|\s)+"
)
_LEADING = re.compile(_NEUTRAL)
# To match to an end there are many ways to cut 全县全县…, which the regex module does not try one by one.
_ALL_NEUTRAL = regex.compile(_NEUTRAL)
_MARKS = re.compile(r"[“”《》、，\s]+")
_SYNONYMS = {"地区生产总值": "生产总值", "国内生产总值": "生产总值", "GDP": "生产总值", "总人数": "人数"}
SCOPES = ("全国", "世界", "全球", "全省", "全市", "全县", "全区", "全州", "全自治区")
"""Words that say whose total it is."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A compiled pattern, kept: readers build theirs from the words of the relation files, once for all runs."""
    return re.compile(pattern)


def whole_number(text: str) -> int | None:
    """The value of a small numeral in figures or characters (十二, 两, 27), or None."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    if text in {"百", "一百"}:
        return 100
    if "百" in text:
        return None
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1 or not set(tens + ones) <= set(_UNITS):
            return None
        return (_UNITS[tens] if tens else 1) * 10 + (_UNITS[ones] if ones else 0)
    return _UNITS.get(text) if len(text) == 1 else None


@lru_cache(maxsize=8192)
def bare_name(lead: str) -> str:
    """The indicator in the words before a figure: without the verb at the end and place or year at the start."""
    last = lead[-1:]
    verbs = _VERBS.search(lead) if last in _VERB_ENDS or last.isspace() else None
    name = lead[: verbs.start()] if verbs else lead
    neutral = _LEADING.match(name)
    name = _MARKS.sub("", name[neutral.end() :] if neutral else name)
    for long, short in _SYNONYMS.items():
        name = name.replace(long, short)
    return name


def same_name(one: str, other: str) -> bool:
    """Whether two bare names mean one indicator: equal, or one is the other under a longer name.

    固定资产投资 is 全社会固定资产投资, but not 工业固定资产投资: what the longer name adds must be neutral.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < 3:
        return False
    if short == long:
        return True
    return long.endswith(short) and _ALL_NEUTRAL.fullmatch(long[: -len(short)]) is not None


def scope_of(text: str) -> str:
    """The scope word in ``text`` (全省, 全国 …), or the empty string."""
    return next((word for word in SCOPES if word in text), "")
