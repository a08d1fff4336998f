"""Dates and spans of time: 2023年, 3月底, 20日, 三年行动, 一年来."""

from __future__ import annotations

import re

from cleaner.figures.drafts import Draft
from cleaner.figures.passages import Token

_YEAR = re.compile(r"\s?(?:年(?:度|底|末|初)?|[—–~～至-]{1,2}\s?(?:19|20)[0-9]{2}\s?年)")
_OF_YEAR = re.compile(r"\s?(?:月(?:份|底|末|初|中旬|下旬|上旬)?|日|号(?=至|在|召)|年代|世纪|季度)")
_TO_DAY = re.compile(r"\s?[—–~～至-]{1,2}\s?[0-9]{1,2}\s?(?:月|日)")
_YEARS = re.compile(r"[多余]?年(?!产|均|度任务|级)")
_DEICTIC = re.compile(
    r"(?:过去|刚刚过去|难忘|这|近|关键|平凡|本|新|头|又|上|下|前|后|今后|未来)的?(?:这|那)?\Z"
)
_FROM_YEAR = re.compile(r"[—–~～至-]{1,2}\s?\Z")
_LOOKING = ("回眸", "展望", "回顾", "聚焦", "奋进", "奔向", "迈向")


_CLOCK = re.compile(r"[:：][0-5][0-9](?![0-9.．%％:：∶])")


def calendar(token: Token) -> Draft | None:
    """A date, a time of day, or a span of years."""
    return _year(token) or _part_of_year(token) or _time_of_day(token) or _span(token)


def _time_of_day(token: Token) -> Draft | None:
    if token.chinese or token.length > 2 or int(token.text) > 24:
        return None
    found = token.match(_CLOCK)
    return token.named("date", "time", found.end()) if found else None


def _year(token: Token) -> Draft | None:
    if token.length != 4 or (token.chinese and token.text[0] not in "一二"):
        return None
    found = token.match(_YEAR)
    if found:
        return _date(token, found.end() if found.group().lstrip()[0] == "年" else token.end)
    century = not token.chinese and token.text[:2] in ("19", "20")
    named = token.before(2) in _LOOKING or token.following(1) == "版" or _FROM_YEAR.search(token.before(3))
    return _date(token, token.end) if century and named else None


def _part_of_year(token: Token) -> Draft | None:
    if token.length > 3 or (token.length == 3 and token.following(2) != "世纪"):
        return None
    found = token.match(_OF_YEAR)
    if found:
        return _date(token, found.end())
    return _date(token, token.end) if token.match(_TO_DAY) else None


def _date(token: Token, end: int) -> Draft:
    draft = token.named("date", "date", end)
    draft.unit = token.passage.text[token.end : end].strip()[:1]
    return draft


def _span(token: Token) -> Draft | None:
    found = token.match(_YEARS)
    if found is None or (not token.chinese and token.length > 3):
        return None
    deictic = token.passage.text.startswith("来", found.end()) or _DEICTIC.search(token.before(6))
    draft = token.named("duration", "deictic_period" if deictic else "duration", found.end())
    draft.unit = "年"
    return draft
