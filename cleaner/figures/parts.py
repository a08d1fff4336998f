"""Shares that are written without a per cent sign: 百分之五, 三分之一, 12.5：50.0：37.5."""

from __future__ import annotations

import re
from decimal import Decimal

from cleaner.figures.drafts import Draft
from cleaner.figures.numerals import ARABIC, CHINESE, read_arabic, read_chinese
from cleaner.figures.passages import Token

_FRACTION = re.compile(rf"分之(?:(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE}))")
_COLON = r"\s?[：:∶]\s?"
_TWO_MORE = re.compile(rf"(?:{_COLON}(?:{ARABIC})){{2,}}(?![0-9：:])")
_ONE_MORE = re.compile(rf"{_COLON}(?:{ARABIC})(?![0-9：:])")
_ONE_LESS = re.compile(rf"(?:{ARABIC}){_COLON}\Z")
_TWO_LESS = re.compile(rf"(?:{ARABIC}){_COLON}(?:{ARABIC}){_COLON}\Z")


def fraction(token: Token) -> Draft | None:
    """百分之五 is 5 %; 三分之一 is a share that was estimated, to a per cent at best."""
    found = token.match(_FRACTION)
    base = token.numeral
    if found is None or base is None or base.value == 0:
        return None
    part = read_chinese(found["chinese"]) if found["chinese"] else read_arabic(found["arabic"])
    if part is None:
        return None
    measured = base.value in (100, 1000)
    factor = Decimal(100) / base.value
    draft = token.named("count", "count", found.end())
    draft.unit, draft.dimension = "%", "percent"
    draft.value = part.value * factor if measured else (part.value * factor).quantize(Decimal("0.01"))
    draft.place = draft.step = part.place * factor if measured else Decimal(1)
    if not measured:
        draft.kind = draft.nature = "share"
        draft.comparator, draft.approx = "≈", "about"
    return draft


_TO_ONE = re.compile(r"\s?[：:∶]\s?1(?![0-9.．：:∶])")
_COMPARED = re.compile(r"比(?:例|值)?[^，。；：]{0,6}\Z")


def ratio(token: Token) -> Draft | None:
    """One of three parts of a whole, or of more; a time or a score has two."""
    to_one = token.match(_TO_ONE)
    if to_one and token.numeral is not None and _COMPARED.search(token.before(10)):
        draft = token.named("level", "ratio", to_one.end())
        draft.place, draft.step, draft.dimension = token.numeral.place, token.numeral.step, "index"
        return draft
    before = token.before(18)
    first = token.match(_TWO_MORE)
    middle = token.match(_ONE_MORE) and _ONE_LESS.search(before)
    if not (first or middle or _TWO_LESS.search(before)) or token.numeral is None:
        return None
    draft = token.named("share", "share")
    draft.place, draft.step = token.numeral.place, token.numeral.step
    draft.unit, draft.dimension = "%", "percent"
    return draft
