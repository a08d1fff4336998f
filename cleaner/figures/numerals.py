"""Written numerals -> exact values: １２３, 1.2万, 一百二十三, 三点五, 二〇二四.

A numeral carries the place of its last written digit: 158.9亿 was measured in tenths of an 亿, and no finer.
Values are decimals and never binary floats, because trailing zeros carry precision.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_CHINESE_DIGIT = dict(zip("零〇○一二两三四五六七八九", (0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
SCALES = {
    "": 1, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip

DIGITS = "0-9０-９"
DIGIT = f"[{DIGITS}]"
_THOUSANDS = rf"(?:[,，]{DIGIT}{{3}}(?!{DIGIT}))+(?:[.．]{DIGIT}+)?"
ARABIC = rf"{DIGIT}{{1,3}}{_THOUSANDS}|{DIGIT}+(?:[.．]{DIGIT}+)?"
ARABIC_REST = rf"{DIGIT}{{0,2}}{_THOUSANDS}|{DIGIT}*(?:[.．]{DIGIT}+)?"
"""An arabic numeral behind its first digit."""
# 千 begins a unit in 千瓦, 千克, 千米, 千伏.
RANK = "[零〇○一二两三四五六七八九十百千万亿](?<!千(?=[瓦克米伏乏卡帕]))"
CHINESE_REST = f"(?:{RANK})*(?:点[零〇一二三四五六七八九]+)?"
"""A Chinese numeral behind its first character."""
CHINESE = f"(?:{RANK})+(?:点[零〇一二三四五六七八九]+)?"
SCALE = "万亿|[十百千]?[万亿]|百|千(?![瓦克米伏乏卡帕])"
STARTS = "0-9０-９零〇一二两三四五六七八九十百千万亿"
START = re.compile(f"[{STARTS}]")
"""Where a numeral may begin."""

_NUMERAL = re.compile(rf"(?P<arabic>{ARABIC})\s?(?P<scale>{SCALE})?|(?P<chinese>{CHINESE})")


class Numeral(NamedTuple):
    """A number as written: ``value`` and ``place`` are multiplied out, ``scale`` is the factor of 万 or 亿.

    ``place`` is one unit of the last written digit (0.1亿 for 158.9亿); ``step`` one unit of the last digit
    that is not a zero before the point, which is what 余, 多 and 近 round to (30余 is thirty-odd).
    """

    value: Decimal
    place: Decimal
    step: Decimal
    scale: int = 1

    def scaled(self, factor: int) -> Numeral:
        """The same digits read with another 万 or 亿 behind them."""
        if factor == 1:
            return self
        by = Decimal(factor)
        return Numeral(self.value * by, self.place * by, self.step * by, self.scale * factor)


def read_numeral(text: str) -> Numeral | None:
    """Read a whole string as one numeral (digits or Chinese, with 万 and 亿); None if it is not one."""
    found = _NUMERAL.fullmatch(text.strip())
    if found is None:
        return None
    if found["chinese"]:
        return read_chinese(found["chinese"])
    return read_arabic(found["arabic"]).scaled(SCALES[found["scale"] or ""])


@lru_cache(maxsize=4096)
def read_arabic(digits: str) -> Numeral:
    """Read digits with an optional point and thousands marks; half and full width."""
    if not digits.isascii():
        digits = digits.translate(_WIDE)
    if "," in digits:
        digits = digits.replace(",", "")
    value = Decimal(digits)
    _, _, decimals = digits.partition(".")
    if decimals:
        place = Decimal(1).scaleb(-len(decimals))
        return Numeral(value, place, place)
    return Numeral(value, Decimal(1), _step(digits))


def _step(digits: str) -> Decimal:
    """One unit of the last digit that is not zero: 100 for 1500."""
    kept = digits.rstrip("0")
    return Decimal(1).scaleb(len(digits) - len(kept)) if kept else Decimal(1)


@lru_cache(maxsize=4096)
def read_chinese(text: str) -> Numeral | None:
    """Read a Chinese numeral: by position (二〇二四), by rank (一百二十三), or a bare scale (百万).

    None for strings of numeral characters that spell no number (一二, 万千).
    """
    whole, _, decimals = text.partition("点")
    if decimals:
        base = read_chinese(whole)
        if base is None:
            return None
        tail = "".join(str(_CHINESE_DIGIT[c]) for c in decimals)
        place = Decimal(1).scaleb(-len(tail))
        return Numeral(base.value + Decimal(f"0.{tail}"), place, place)
    if len(whole) >= 3 and all(c in _CHINESE_DIGIT for c in whole):
        return read_arabic("".join(str(_CHINESE_DIGIT[c]) for c in whole))
    return _by_rank(whole)


def _by_rank(text: str) -> Numeral | None:
    """Read 十, 百, 千, 万, 亿 with their multipliers; ranks must fall within a section."""
    total = section = 0
    digit: int | None = None
    rank = ceiling = 10**13
    last = scale = 1
    for char in text:
        if char in _CHINESE_DIGIT:
            if digit not in (None, 0):
                return None
            digit, last = _CHINESE_DIGIT[char], 1
        elif char in _SMALL:
            if _SMALL[char] >= rank:
                return None
            rank = last = _SMALL[char]
            section, digit = section + (1 if digit is None else digit) * rank, None
        else:
            large = _LARGE[char]
            if large >= ceiling and total:
                return None
            amount = total + section + (digit or 0) if large > ceiling else section + (digit or 0)
            total = (total if large < ceiling else 0) + (amount or (1 if not total else 0)) * large
            section, digit, rank, ceiling = 0, None, 10**13, large
            scale, last = large, large
    value = Decimal(total + section + (digit or 0))
    # 五百 is 500, counted to one; only 万 and 亿 say that the digits below were left out.
    place = Decimal(last if last in _LARGE.values() else 1)
    return Numeral(value, place, Decimal(last), scale if section == 0 and digit is None else 1)
