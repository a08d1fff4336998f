"""A number with its unit and its bound, as an interval: 超过1.2万亩, 30余场次, 10—100亿元, 3.5%以内."""

from __future__ import annotations

import re
from decimal import Decimal

from cleaner.figures.drafts import Draft, lookalike
from cleaner.figures.numerals import ARABIC, CHINESE, SCALE, SCALES, Numeral, read_arabic, read_chinese
from cleaner.figures.units import UNIT, UNITS

_GAP = "[ \u3000\xa0]?"
_TAIL = re.compile(
    rf"{_GAP}(?P<odd>[余多来]|几)?{_GAP}(?P<scale>{SCALE})?(?P<odder>[余多来])?{_GAP}(?P<unit>{UNIT})?(?P<odd3>[余多])?"
)
_RANGE = re.compile(
    rf"{_GAP}(?P<scale>{SCALE})?{_GAP}(?P<unit>{UNIT})?{_GAP}(?:[—–~～－-]{{1,2}}|[至到]){_GAP}"
    rf"(?:(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE})){_GAP}(?P<scale2>{SCALE})?{_GAP}(?P<unit2>{UNIT})?"
)
_LISTED = re.compile(
    rf"(?:{_GAP}[、和或及与]{_GAP}(?:{ARABIC})){{1,6}}{_GAP}(?P<scale>{SCALE})?{_GAP}(?P<unit>{UNIT})"
)
_BEFORE = re.compile(
    r"(?:(?P<gt>超过|超出|(?<![赶反])超|突破|跨过|跨越|跃过|迈过|迈上|冲破|逾|(?<![爆打])破|高于|大于|多于|优于|高出)"
    r"|(?P<ge>不低于|不少于|不小于|不得低于|不得少于|至少)"
    r"|(?P<le>不超过|不高于|不大于|不多于|不得超过)"
    r"|(?P<lt>(?<!不)低于|(?<!不)少于|(?<!不)小于|不足|不到|未满|不及)"
    r"|(?P<near>(?<![最附邻就临亲靠])接?近|将近)"
    r"|(?P<about>(?<![节签公条制违])约|大约|大概|约为|约占))[了有达到 ]{0,2}$"
)
_AFTER = re.compile(
    rf"{_GAP}(?:(?P<ge>及?以上|之上|起)|(?P<le>及?以内|之内|内(?=[，。；、）的]))|(?P<lt>及?以下|之下)|(?P<about>左右|上下(?![游级联班学功限])))"
)
_SIGNS = {"gt": (">", False), "ge": (">", True), "le": ("<", True), "lt": ("<", False)}
_PEOPLE = re.compile(r"\s?[\u4e00-\u9fff]{0,4}(?:人民|群众|百姓|居民|干部|儿女|同胞)")


def read_numeral_at(text: str, start: int, end: int, chinese: bool) -> Numeral | None:
    """The numeral that the scanner found at ``[start, end)``."""
    return read_chinese(text[start:end]) if chinese else read_arabic(text[start:end])


def quantity(text: str, start: int, end: int, chinese: bool, limit: int) -> Draft | None:
    """Read the numeral at ``[start, end)`` with what follows it, as far as ``limit``; None without a unit."""
    numeral = read_numeral_at(text, start, end, chinese)
    if numeral is None:
        return None
    if (text[end : end + 1] or " ") in "—–~～－-至到 亿万千百吨公米元亩个年天所户家人次处" and (
        found := _RANGE.match(text, end, limit)
    ):
        ranged = _ranged(text, start, numeral, found)
        if ranged is not None:
            return _bounded(text, ranged, limit)
    tail = _TAIL.match(text, end, limit)
    assert tail is not None  # noqa: S101  # every part of the tail is optional
    draft = _measured(text, start, numeral, tail, limit)
    return None if draft is None else _bounded(text, draft, limit)


def _measured(text: str, start: int, numeral: Numeral, tail: re.Match[str], limit: int) -> Draft | None:
    scale, surface, end = tail["scale"] or "", tail["unit"], tail.end()
    if surface is None:
        end = (
            tail.end("odder")
            if tail["odder"]
            else tail.end("scale")
            if scale
            else tail.end("odd")
            if tail["odd"]
            else tail.start()
        )
        listed = _LISTED.match(text, end, limit)
        if listed:
            scale, surface = scale or listed["scale"] or "", listed["unit"]
        elif _PEOPLE.match(text, end, limit) and (scale or numeral.scale > 1):
            surface = "人"
        else:
            return None
    unit = UNITS[surface]
    numeral = numeral.scaled(SCALES[scale])
    draft = Draft(
        start, end, "count", "count", numeral.value, None, numeral.place, numeral.step, numeral.scale
    )
    draft.unit, draft.dimension = unit.name, unit.dimension
    if surface == "成":
        draft.value, draft.place, draft.step, draft.unit = numeral.value * 10, Decimal(10), Decimal(10), "%"
    odd = tail["odd"] or tail["odder"] or tail["odd3"]
    if odd:
        draft.comparator, draft.approx = "≈", "余"
    return draft


def _ranged(text: str, start: int, low: Numeral, found: re.Match[str]) -> Draft | None:
    """Two ends with one unit; scale and unit may stand once, at the second end."""
    surface = found["unit2"] or found["unit"]
    chinese = found["chinese"] is not None
    high = read_numeral_at(text, found.start("chinese" if chinese else "arabic"),
                           found.end("chinese" if chinese else "arabic"), chinese)  # fmt: skip
    if (
        surface is None
        or high is None
        or (found["unit"] and found["unit2"] and found["unit"] != found["unit2"])
    ):
        return None
    last = found["scale2"] or ""
    first = found["scale"] or (last if not found["unit"] else "")
    low, high = low.scaled(SCALES[first]), high.scaled(SCALES[last])
    if high.value <= low.value or text[found.start()] in "至到" and not found["unit2"]:
        return None
    unit = UNITS[surface]
    draft = Draft(start, found.end(), "count", "count", low.value, high.value, low.place, low.step, low.scale)
    draft.unit, draft.dimension = unit.name, unit.dimension
    return draft


def _bounded(text: str, draft: Draft, limit: int) -> Draft:
    """Add the bound that stands before the number and the one after its unit."""
    draft.lead, draft.reach = draft.start, draft.end
    after = _AFTER.match(text, draft.end, limit)
    if after:
        draft.reach = after.end()
        _apply(draft, str(after.lastgroup))
    window = text[max(0, draft.start - 7) : draft.start]
    before = _BEFORE.search(window)
    if before:
        draft.lead = draft.start - len(window) + before.start()
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
    if draft.approx == "余":
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


_BARE = re.compile(rf"[百千]?[万亿]+(?P<unit>{UNIT})(?P<bound>及?以上|以内|以下|级)?")


def bare_scale(text: str, start: int, end: int, limit: int) -> Draft | None:
    """亿元以上 means one 亿 and more; 百万吨 one million. A scale in a name (百亿园区) is no number."""
    if text[start:end] not in SCALES:
        return None
    found = _BARE.match(text, start, limit)
    measured = found is not None and UNITS[found["unit"]].dimension in (
        "money",
        "area",
        "mass",
        "length",
        "energy",
    )
    if found is None or not measured or not (found["bound"] or end - start > 1) or found["bound"] == "级":
        return lookalike(start, end, "name")
    return quantity(text, start, end, True, limit)
