"""A number with its unit and its bound, as an interval: 超过1.2万亩, 30余场次, 10—100亿元, 3.5%以内."""

from __future__ import annotations

import re
from decimal import Decimal

from cleaner.figures.bounds import bounded
from cleaner.figures.drafts import Draft, lookalike
from cleaner.figures.numerals import ARABIC, CHINESE, SCALE, SCALES, Numeral, read_arabic, read_chinese
from cleaner.figures.passages import Token
from cleaner.figures.units import LONGEST_UNIT, UNIT, UNITS, Unit, unit_at

_GAP = "[ \u3000\xa0]?"
_SCALED = re.compile(
    rf"{_GAP}(?P<odd>[余多来])?{_GAP}(?:(?P<scale>{SCALE})(?:(?P<odder>[余多来])(?P<more>[万亿])?)?)?"
)
_BLANKS = (" ", "\u3000", "\xa0")
_JOINT = re.compile("[—–~～－至到-]")
_FAR = LONGEST_UNIT + 6
"""Before the second end of a range stand at most a scale, a unit and blanks."""
_SCALED_BY = "余多来十百千万亿" + "".join(_BLANKS)
_COMPOUND_OF = "万亿" + "".join(_BLANKS)
_RANGE = re.compile(
    rf"{_GAP}(?P<scale>{SCALE})?{_GAP}(?P<unit>{UNIT})?{_GAP}(?P<joint>[—–~～－-]{{1,2}}|[至到]){_GAP}"
    rf"(?:(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE})){_GAP}(?P<scale2>{SCALE})?{_GAP}(?P<unit2>{UNIT})?"
)
_LISTED = re.compile(
    rf"(?:{_GAP}[、和或及与]{_GAP}(?:{ARABIC})){{1,6}}{_GAP}(?P<scale>{SCALE})?{_GAP}(?P<unit>{UNIT})"
)
_COMPOUND = re.compile(
    rf"{_GAP}(?P<high>[万亿])(?P<digits>{ARABIC})(?P<low>[十百千])?(?P<odd>[余多])?(?P<last>[万])?"
)
# What a number in 万 or 亿 without a unit counts: told by the noun after it, else by the noun before it.
_NOUN_AFTER = (
    ("户", re.compile(r"\s?[\u4e00-\u9fff]{0,6}?(?:家庭|用户|农户)")),
    ("人", re.compile(
        r"\s?[\u4e00-\u9fff“]{0,9}?(?:人民|群众|百姓|居民|干部|儿女|同胞|人口|人员|农民|学生|儿童|劳动力|毕业生|老人|老年人"
        r"|患者|孩子|职工|在校生|群体|党员|青年|国人|市民|旅客|游客|工伤|师生|教师|人群|农民工)"
    )),
)  # fmt: skip
_NOUN_BEFORE = (
    ("人", re.compile(r"(?:人数|人才|人口|劳动力|带头人|员额|职工|就业|务工规模|学员|用工)[^，。；]{0,6}\Z")),
    (
        "元",
        re.compile(r"(?:产值|投资|收入|营收|利润|税收|资金|贷款|总值|增加值|进出口|销售额)[^，。；]{0,4}\Z"),
    ),
)
_INDEX = re.compile(r"(?:指数|系数|倍差|比值|得分|评分|收入比|容积率)[^，。；]{0,8}\Z")


def quantity(token: Token) -> Draft | None:
    """Read a numeral with scale, unit and bound; None without a unit."""
    numeral = token.numeral
    if numeral is None:
        return None
    draft = _ranged(token, numeral) or _measured(token, numeral)
    return None if draft is None else bounded(token.passage.text, draft, token.passage.end)


def signed_quantity(token: Token) -> Draft | None:
    """A quantity in digits; a minus right before it is its sign unless it joins it to something."""
    draft = quantity(token)
    before = token.before(2)
    if draft is not None and draft.value is not None and before[-1:] in ("-", "－") and _MINUS.search(before):
        draft.start -= 1
        draft.lead = min(draft.lead, draft.start)
        draft.value = -draft.value
    return draft


def bare_amount(token: Token) -> Draft | None:
    """惠及500万学生, 人才总量超过650万, 指数为4.23: a number whose unit is in the noun, or that has none."""
    whole = _whole(token)
    if whole is None:
        return None
    numeral, end, odd = whole
    before = token.before(14)
    if numeral.scale == 1:
        if not _INDEX.search(before):
            return None
        unit = Unit("", "index")
    else:
        implied = _implied(token, end, before)
        unit = Unit(implied, "money" if implied == "元" else "people")
    draft = _draft(token, end, numeral, unit)
    if odd:
        draft.comparator, draft.approx = "≈", "odd"
    return bounded(token.passage.text, draft, token.passage.end)


def _implied(token: Token, end: int, before: str) -> str:
    for unit, pattern in _NOUN_AFTER:
        if pattern.match(token.passage.text, end, token.passage.end):
            return unit
    return next((unit for unit, pattern in _NOUN_BEFORE if pattern.search(before)), "")


def _whole(token: Token) -> tuple[Numeral, int, bool] | None:
    """The numeral with 万 and 亿 and all that belongs to them (1亿3千多万), its end, and whether it is odd."""
    numeral = token.numeral
    if numeral is None:
        return None
    following = token.following(1)
    if following not in _SCALED_BY:
        return numeral, token.end, False
    found = token.match(_COMPOUND) if following in _COMPOUND_OF else None
    if found and (found["low"] or found["last"]):
        high = numeral.scaled(SCALES[found["high"]])
        low = read_arabic(found["digits"]).scaled(SCALES[(found["low"] or "") + (found["last"] or "")])
        both = Numeral(high.value + low.value, low.place, low.step, low.scale)
        return both, found.end(), found["odd"] is not None
    tail = token.match(_SCALED)
    if tail is None:
        return numeral, token.end, False
    odd, scale, more = bool(tail["odd"] or tail["odder"]), tail["scale"] or "", tail["more"] or ""
    if scale + more not in SCALES:  # 3亿余亿 is a slip; what can be read is 3亿余
        return numeral.scaled(SCALES[scale]), tail.start("more"), odd
    return numeral.scaled(SCALES[scale + more]), tail.end(), odd


def _measured(token: Token, numeral: Numeral) -> Draft | None:
    text, limit = token.passage.text, token.passage.end
    whole = _whole(token)
    if whole is None:
        return None
    numeral, end, odd = whole
    start = end + (text[end : end + 1] in _BLANKS)
    found = unit_at(text, start, limit)
    if found:
        end, odder = found.end(), found.lastgroup == "odd"
        surface = text[start : end - odder]
        odd = odd or odder
    else:
        listed = _LISTED.match(text, end, limit)
        if listed is None:
            return None
        surface = listed["unit"]
        if numeral.scale == 1:
            numeral = numeral.scaled(SCALES[listed["scale"] or ""])
    draft = _draft(token, end, numeral, UNITS[surface])
    if surface == "成":
        draft.value, draft.place, draft.step, draft.unit = numeral.value * 10, Decimal(10), Decimal(10), "%"
    if odd:
        draft.comparator, draft.approx = "≈", "odd"
    return draft


def _ranged(token: Token, low: Numeral) -> Draft | None:
    """Two ends with one unit; scale and unit may stand once, at the second end."""
    if _JOINT.search(token.passage.text, token.end, min(token.end + _FAR, token.passage.end)) is None:
        return None
    found = token.match(_RANGE)
    if found is None:
        return None
    surface = found["unit2"] or found["unit"]
    high = read_chinese(found["chinese"]) if found["chinese"] else read_arabic(found["arabic"])
    mixed = found["unit"] and found["unit2"] and found["unit"] != found["unit2"]
    if surface is None or high is None or mixed or (found["joint"] in "至到" and not found["unit2"]):
        return None
    last = found["scale2"] or ""
    first = found["scale"] or (last if not found["unit"] else "")
    low, high = low.scaled(SCALES[first]), high.scaled(SCALES[last])
    if high.value <= low.value:
        return None
    draft = _draft(token, found.end(), low, UNITS[surface])
    draft.high = high.value
    return draft


def _draft(token: Token, end: int, numeral: Numeral, unit: Unit) -> Draft:
    value, place, step, scale = numeral.value, numeral.place, numeral.step, numeral.scale
    return Draft(
        token.start, end, "count", "count", value, None, place, step, scale, unit.name, unit.dimension
    )


_MEASURES = ("money", "area", "mass", "length", "energy")
_MINUS = re.compile(r"(?:^|[^0-9A-Za-z\s—–-])[-－]\Z")
_OVER = re.compile(r"(?:超|逾|近|约|破|过)过?\Z")
_BARE = re.compile(rf"[百千]?[万亿]+(?P<unit>{UNIT})(?P<bound>及?以上|以内|以下|级)?")


def bare_scale(token: Token) -> Draft | None:
    """亿元以上 means one 亿 and more; 百万吨 one million. A scale in a name (百亿园区) is no number."""
    if token.text not in SCALES:
        return None
    if _OVER.search(token.before(3)):
        return quantity(token)
    large = token.text[-1] in ("万", "亿")
    found = _BARE.match(token.passage.text, token.start, token.passage.end) if large else None
    measured = found is not None and UNITS[found["unit"]].dimension in _MEASURES
    bound = found["bound"] if found else None
    if not measured or bound == "级" or (bound is None and token.length == 1):
        return lookalike(token.start, token.end, "name")
    return quantity(token)
