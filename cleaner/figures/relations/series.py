"""What goes on: years in a row, and the phases of one work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.figures.relations.page import Draft, Page
from cleaner.figures.relations.words import HAN, compiled, whole_number
from cleaner.figures.scan import found_from
from cleaner.model import Reason
from cleaner.packs.relations import RelationType, relation_types

_PHASE = re.compile(rf"(?P<name>[{HAN}]{{3,16}}?)(?:项目|工程)?(?P<no>[一二三四五])期(?![间望待货限末])")
_NUMBERED = re.compile(r"期(?<=[一二三四五].)(?![间望待货限末])")
_COUNTS = "一二三四五六七八九十0-9"
_LONGEST = 18
"""Characters of the longest name of a phase, with 项目 or 工程."""
_REACH = 16
"""A verb this near to a phase speaks of it."""


def propose(page: Page) -> Iterator[Draft]:
    """continuity: questions to a reader, none of them certain."""
    kind = relation_types()["continuity"]
    yield from _years_in_a_row(page, kind)
    yield from _phases(page, kind)


def _years_in_a_row(page: Page, kind: RelationType) -> Iterator[Draft]:
    """连续三年（2021—2023年）: as many years as are named."""
    for found in found_from(_running(kind), page.text, _running_starts(page.text, kind)):
        stated = whole_number(found["n"])
        if stated is not None:
            years = int(found["b"]) - int(found["a"]) + 1
            detail = {"form": "years", "stated": stated, "readings": (years,), "text": found.group()}
            yield _question(page, found.start(), found.end(), detail)


def _running(kind: RelationType) -> re.Pattern[str]:
    return compiled(
        rf"{kind.words('running')}(?P<n>[{_COUNTS}]{{1,2}})年[^。，；（(]{{0,6}}"
        r"[（(](?P<a>(?:19|20)\d{2})\s*年?\s*[—–~～\-至]+\s*(?P<b>(?:19|20)\d{2})\s*年?[)）]"
    )


def _running_starts(text: str, kind: RelationType) -> Iterator[int]:
    """Where 连续 may begin; looked for before each of its last characters that has a number of years behind it."""
    words = kind.trigger["running"]
    longest, lasts = max(map(len, words)), "".join(word[-1] for word in words)
    for last in compiled(rf"[{lasts}](?=[{_COUNTS}]{{1,2}}年)").finditer(text):
        yield from range(max(0, last.end() - longest), last.end())


@dataclass(frozen=True, slots=True)
class _Phase:
    """A phase of a work, and what is said of it."""

    number: int
    start: int
    end: int
    state: str


def _phases(page: Page, kind: RelationType) -> Iterator[Draft]:
    """Two phases of one work: the later one is not finished while the earlier one is being started."""
    last: dict[str, _Phase] = {}
    for found in _named_phases(page.text):
        number, state = whole_number(found["no"]), _state(page, kind, found)
        around = page.text[max(0, found.start() - _REACH) : found.end() + _REACH]
        if number is None or not state or kind.excluded(around):
            continue
        phase = _Phase(number, found.start("name"), found.end(), state)
        name = found["name"][-4:]
        before = last.get(name)
        last[name] = phase
        if before is None or before.number == number:
            continue
        early, late = sorted((before, phase), key=lambda p: p.number)
        holds = not (early.state == "ahead" and late.state == "done")
        detail = {"form": "phases", "holds": holds, "text": found.group(), "name": name}
        yield _question(page, phase.start, phase.end, detail)


def _named_phases(text: str) -> Iterator[re.Match[str]]:
    """What ``_PHASE`` finds in ``text``, looked for before each 三期."""
    end = 0
    for numbered in _NUMBERED.finditer(text):
        for start in range(max(end, numbered.start() - _LONGEST - 1), numbered.start() - 1):
            found = _PHASE.match(text, start)
            if found:
                end = found.end()
                yield found
                break


def _state(page: Page, kind: RelationType, found: re.Match[str]) -> str:
    """Whether a phase is said to be done or to lie ahead, in its own clause; empty where nothing is said."""
    clause = page.text[page.clause_start(found.start()) : found.start("no")]
    after = compiled(r"[，。；、\n]").split(page.text[found.end() : found.end() + _REACH])[0]
    if compiled(kind.words("ahead")).search(clause + after):
        return "ahead"
    return "done" if compiled(kind.words("done")).search(after) else ""


def _question(page: Page, start: int, end: int, detail: dict[str, object]) -> Draft:
    return Draft("continuity", start, end, page.touching(start, end), False, Reason.SECOND_READING, detail)
