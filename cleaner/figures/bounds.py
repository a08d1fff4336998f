"""The bound on a number, before it or after its unit, and the interval that number and bound state.

超过 and 突破 open the interval above, 以内 closes it, 余 and 近 give one unit of the last digit that was written:
the table of section 6 of the design. Nothing here is a tolerance: the width comes from the printed digits alone.
"""

from __future__ import annotations

import re
from decimal import Decimal

from cleaner.figures.drafts import Draft

_GAP = "[ \u3000\xa0]?"
_BEFORE = re.compile(
    r"(?:(?P<gt>超过|超出|(?<![赶反])超|突破|跨过|跨越|跃过|迈过|迈上|冲破|逾|(?<![超通经不度])过|(?<![爆打])破|高于|大于|多于|优于|高出)"
    r"|(?P<ge>不低于|不少于|不小于|不得低于|不得少于|至少)"
    r"|(?P<le>不超过|不高于|不大于|不多于|不得超过)"
    r"|(?P<lt>(?<!不)低于|(?<!不)少于|(?<!不)小于|不足|不到|未满|不及)"
    r"|(?P<near>(?<![最附邻就临亲靠])接?近|将近)"
    r"|(?P<about>(?<![节签公条制违])约|大约|大概|约为|约占))[了有达到 ]{0,2}$"
)
_AFTER = re.compile(
    rf"{_GAP}(?:(?P<ge>及?以上|之上)|(?P<le>及?以内|之内|内(?=[，。；、）的]))|(?P<lt>及?以下|之下)"
    r"|(?P<about>左右|上下(?![游级联班学功限])))"
)
_AFTER_BEGINS = "及以之内左上 \u3000\xa0"
_BEFORE_HOLDS = re.compile("[超突跨跃迈冲逾过破高大多优不至低少小未近将约]")
"""What every bound begins with, or holds: without it none need be looked for."""
_SIGNS = {"gt": (">", False), "ge": (">", True), "le": ("<", True), "lt": ("<", False)}


def bounded(text: str, draft: Draft, limit: int) -> Draft:
    """Add the bound that stands before the number and the one after its unit."""
    draft.lead, draft.reach = draft.start, draft.end
    after = _AFTER.match(text, draft.end, limit) if text[draft.end : draft.end + 1] in _AFTER_BEGINS else None
    if after:
        draft.reach = after.end()
        _apply(draft, str(after.lastgroup))
    start = max(0, draft.start - 7)
    held = _BEFORE_HOLDS.search(text, start, draft.start)
    before = _BEFORE.search(text[start : draft.start]) if held else None
    if before:
        draft.lead = start + before.start()
        if not after:
            _apply(draft, str(before.lastgroup))
    return draft


def _apply(draft: Draft, bound: str) -> None:
    if bound in _SIGNS:
        draft.comparator, draft.inclusive = _SIGNS[bound]
        draft.approx = ""
    elif not draft.approx:
        draft.comparator, draft.approx = "≈", bound


def limits(draft: Draft) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    """Lower and upper end of a data figure and whether each is closed: the table of notes on figures."""
    value, step = draft.value, draft.step or Decimal(1)
    if value is None:
        return None, None, True, True
    half = Decimal(0) if is_exact(draft) else (draft.place or Decimal(1)) / 2
    if draft.high is not None:
        return value, draft.high, True, True
    if draft.comparator == ">":
        return value, None, draft.inclusive, True
    if draft.comparator == "<":
        return None, value, True, draft.inclusive
    if draft.approx == "odd":
        return value, value + step, True, False
    if draft.approx == "near":
        return value - step, value, True, False
    if draft.approx == "about":
        return value - step, value + step, True, True
    return value - half, value + half, True, True


def is_exact(draft: Draft) -> bool:
    """Whether the number was counted one by one: an integer without 万 or 亿, and no bound on it."""
    counted = draft.dimension in ("count", "people", "rank") or draft.unit == "天"
    return (
        counted and draft.scale == 1 and draft.place == 1 and draft.comparator == "=" and draft.unit != "倍"
    )
