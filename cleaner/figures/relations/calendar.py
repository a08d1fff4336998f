"""Dates, sessions and programmes: what a calendar and a term of office allow."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from cleaner.figures.relations.page import Draft, Page
from cleaner.figures.relations.words import compiled, whole_number
from cleaner.figures.scan import found_from
from cleaner.model import Reason
from cleaner.packs.relations import RelationType, relation_types

_DATE = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d{2})\s*年\s*)?(?P<month>\d{1,2})\s*月(?!份?个)(?:\s*(?P<day>\d{1,2})\s*[日号](?!\d))?"
)
_UNTIL = re.compile(r"\s*(?:至|—|-|–|到)\s*(?:(?P<month>\d{1,2})\s*月\s*)?(?P<day>\d{1,2})\s*日")
_SESSION = re.compile(
    r"第?(?P<term>[一二三四五六七八九十]{1,3})届(?:全国|省|市|县|区|旗)?(?:人大|人民代表大会)(?:常委会)?第?(?P<no>[一二三四五六七八九十]{1,2})次会"
)
_TERM = re.compile(r"届(?:全国|省|市|县|区|旗)?(?:人大|人民代表大会)")
_TENS = "一二三四五六七八九十"
_LONGEST = 4
"""Characters of the longest ordinal before 届."""


def propose(page: Page) -> Iterator[Draft]:
    """date_validity, session_number and programme_period."""
    yield from _dates(page)
    yield from _sessions(page)
    yield from _programmes(page)


def _dates(page: Page) -> Iterator[Draft]:
    for found in found_from(_DATE, page.text, page.numerals_before("年月")):
        month, day, year = int(found["month"]), int(found["day"] or 1), int(found["year"] or 2000)
        valid = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
        detail: dict[str, object] = {"form": "date", "valid": valid, "text": found.group()}
        end = found.end()
        until = _UNTIL.match(page.text, end) if valid and found["day"] else None
        if until:
            detail |= {
                "form": "span",
                "valid": _ordered(month, day, year, until),
                "text": page.text[found.start() : until.end()],
            }
            end = until.end()
        yield Draft("date_validity", found.start(), end, page.touching(found.start(), end), detail=detail)


def _ordered(month: int, day: int, year: int, until: re.Match[str]) -> bool:
    """Whether the second date exists and does not come before the first (a span over New Year may)."""
    last_month, last_day = int(until["month"] or month), int(until["day"])
    if not (1 <= last_month <= 12 and 1 <= last_day <= monthrange(year, last_month)[1]):
        return False
    return (month, day) <= (last_month, last_day) or (until["month"] is not None and last_month < month)


def _sessions(page: Page) -> Iterator[Draft]:
    """Sessions of one term: the one whose tasks were carried out does not come after the present one."""
    kind = relation_types()["session_number"]
    mentions = []
    for found in _all_sessions(page.text):
        term, number = whole_number(found["term"]), whole_number(found["no"])
        if term is not None and number is not None and "常委会" not in found.group():
            mentions.append((term, number, found))
    present = next(
        (
            m
            for m in mentions
            if compiled(r"[\n—（(在]").search(page.text[max(0, m[2].start() - 24) : m[2].start()])
        ),
        None,
    )
    for term, number, found in mentions:
        after = page.text[found.end() : found.end() + 16]
        if present is None or present[0] != term or not compiled(kind.words("carried")).search(after):
            continue
        detail = {"form": "session", "earlier": number, "present": present[1], "text": found.group()}
        certain = number > present[1]
        reason = None if certain else Reason.OUTSIDE_KNOWLEDGE
        members = page.touching(*found.span())
        yield Draft("session_number", found.start(), found.end(), members, certain, reason, detail)


def _all_sessions(text: str) -> Iterator[re.Match[str]]:
    """What ``_SESSION`` finds in ``text``, looked for before each 届."""
    end = 0
    for term in _TERM.finditer(text):
        for start in range(max(end, term.start() - _LONGEST), term.start()):
            found = _SESSION.match(text, start)
            if found:
                end = found.end()
                yield found
                break


def _programmes(page: Page) -> Iterator[Draft]:
    """三年行动计划（2023—2025年）: the years that it spans."""
    kind = relation_types()["programme_period"]
    for found in found_from(_programme(kind), page.text, _programme_starts(page.text, kind)):
        stated = whole_number(found["n"])
        if stated is None:
            continue
        years = int(found["b"]) - int(found["a"])
        detail = {"form": "years", "stated": stated, "readings": (years, years + 1), "text": found.group()}
        members = page.touching(*found.span())
        yield Draft("programme_period", found.start(), found.end(), members, detail=detail)


def _programme(kind: RelationType) -> re.Pattern[str]:
    return compiled(
        rf"(?P<n>[{_TENS}]{{1,2}})年{kind.words('programme')}[^。，；]{{0,4}}[（(](?P<a>20\d{{2}})\s*年?\s*[—–~～\-至]+\s*(?P<b>20\d{{2}})\s*年?[)）]"
    )


def _programme_starts(text: str, kind: RelationType) -> Iterator[int]:
    """Where the numeral of a programme may begin, one or two characters before its 年."""
    for years in compiled(rf"年(?<=[{_TENS}].)(?={kind.words('programme')})").finditer(text):
        yield from range(max(0, years.start() - 2), years.start())
