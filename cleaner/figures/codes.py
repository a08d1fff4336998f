"""Slogans, code numbers and identifiers: “三重一大”, “1311”, 7×24, 108国道, PM2.5, 12345热线."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from cleaner.figures.drafts import Draft
from cleaner.figures.numerals import ARABIC, CHINESE, read_arabic, read_chinese
from cleaner.figures.passages import Token

_ANY = re.compile(rf"{ARABIC}|{CHINESE}")
_QUOTED = re.compile(r"[^”’」\n]{1,14}(?=[”’」])")
_OPENED = re.compile(r"[“‘「][^“‘「”’」]*\Z")
"""The last quotation mark before a numeral, if it opens."""
_NAMED_SET = re.compile(r"大(?![县镇])|[张支类篇条项件][\u4e00-\u9fff]")
_MEASURED = re.compile(r"\s?[余多]?[万亿]?[个项家亩元类%％大条人]")
_DECREE = re.compile(rf"(?:{ARABIC}|{CHINESE})条")
_CODE_END = re.compile("[、，；。 　]")


def quoted_code(token: Token) -> Draft | None:
    """A slogan in quotes, with the numbers that it is made of; “十大行动” and “5个专班” do count."""
    text, start = token.passage.text, token.start
    floor = max(token.passage.start, start - 8)
    opened = _OPENED.search(text, floor, start)
    if opened is None:
        return None
    opening = opened.start()
    content = _QUOTED.match(text, opening + 1, token.passage.end)
    if content is None or content.end() < token.end:
        return None
    if token.match(_NAMED_SET if token.chinese else _MEASURED) and not _DECREE.fullmatch(content.group()):
        return None
    cut = _CODE_END.search(text, token.end, content.end())
    stop = cut.start() if cut else content.end()
    draft = token.named("policy_code", "policy_code" if token.chinese else "code", stop)
    draft.components = components(text[token.start : stop])
    draft.value = draft.components[0] if len(draft.components) == 1 else None
    return draft


@lru_cache(maxsize=4096)
def components(code: str) -> tuple[Decimal, ...]:
    """The numbers that a code is made of: 三重一大 has 3 and 1."""
    found = (m.group() for m in _ANY.finditer(code))
    numerals = (read_arabic(n) if n[0].isdecimal() else read_chinese(n) for n in found)
    return tuple(n.value for n in numerals if n is not None)


_LETTER = re.compile(r"[A-Za-z]")
_LETTER_UNIT = re.compile(
    r"\s?[万亿]?(?:kWh|kW|MW|GW|kV|MVA|kVA|km|m3|m³|m²|m2|ug|μg|mg|TEU|Gbps|Mbps|GB|TB|PB|EFLOPS|PFLOPS|P(?![A-Za-z]))"
)
_NUMBERED = re.compile(
    r"\s?(?:国道|省道|县道|乡道|高速|线(?![上下城路])|号|路(?!口)|热线|次列车|国际医院|医院|强(?![度化]))"
)
_VERSION = re.compile(r"[0-9]\.[0-9]")
_VERSIONED = re.compile(r"\s?(?:版|时代|方案|计划|模式|工程|系统|政策|行动|”)")
_HOTLINE = re.compile(r"\s?[\u4e00-\u9fff“]{0,6}(?:热线|平台|电话|举报|报警|急救)")
_ROAD = re.compile(r"(?:国道|省道|县道|乡道|[A-Za-z._])\s?\Z")
_CODE = re.compile(rf"(?:\s?[×xX+＋*·/]\s?(?:{ARABIC}))+[Nn]?(?![%％])")


def identifier(token: Token) -> Draft | None:
    """Names that happen to be written with digits: roads, hot lines, pollutants, formulas."""
    code = token.match(_CODE)
    if code:
        draft = token.named("policy_code", "code", code.end())
        draft.value, draft.components = None, components(token.passage.text[token.start : code.end()])
        return draft
    if token.match(_NUMBERED) or _is_hotline(token):
        return token.named("policy_code", "identifier")
    if _VERSION.fullmatch(token.text) and token.match(_VERSIONED):
        return token.named("policy_code", "identifier")
    glued = token.match(_LETTER) and not token.match(_LETTER_UNIT)
    return token.named("policy_code", "identifier") if glued or _ROAD.search(token.before(3)) else None


def _is_hotline(token: Token) -> bool:
    return token.text[:2] in ("12", "11") and token.length in (3, 5) and token.match(_HOTLINE) is not None
