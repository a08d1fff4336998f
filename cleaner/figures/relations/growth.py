"""Levels, increments and rates: 达到N，净增n，同比增长g; 由A增加到B，增长g; two rates and their mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, permutations

from cleaner.figures.relations.page import Draft, Page, is_quantity, is_rate
from cleaner.figures.relations.words import bare_name, compiled
from cleaner.model import Figure, Reason
from cleaner.packs.relations import RelationType, relation_types

_REAL = re.compile(r"生产总值|增加值|可支配收入|纯收入|GDP|总产值|固定资产投资")
"""Indicators whose growth is published at constant prices or on a revised base."""

_OF_YEAR = r"(?:19|20)\d{2}年的?"


def propose(page: Page) -> Iterator[Draft]:
    """growth_vs_levels and average_growth."""
    kind = relation_types()["growth_vs_levels"]
    for run in page.pairs:
        if any(map(is_rate, run)):
            yield from _triples(page, kind, run)
            yield from _from_to(page, kind, run)
        yield from _stock_and_change(page, kind, run)
    yield from _means(page)


def _triples(page: Page, kind: RelationType, run: tuple[Figure, ...]) -> Iterator[Draft]:
    """Three neighbouring figures that are a level, its increment and its rate, in any order."""
    increment = compiled(rf"[，、,\s]*{kind.words('since')}*{kind.words('increment')}(?:了|约|达)?")
    rate = compiled(rf"[，、,\s]*{kind.words('since')}*{kind.words('rate')}(?:了|约|达|为)?")
    for index in range(len(run) - 2):
        window = run[index : index + 3]
        if sum(map(is_rate, window)) != 1:
            continue
        for level, step, growth in permutations(window):
            if not (is_quantity(level) and is_quantity(step) and is_rate(growth) and level.unit == step.unit):
                continue
            if not rate.fullmatch(page.lead(growth)) or not _steps(page, increment, window, level, step):
                continue
            between = page.text[window[0].clean_end : window[2].clean_start]
            if "；" in between or increment.search(page.lead(level)):
                continue
            if not _other_rate(page, kind, window, (level, step, growth)):
                yield _growth(page, kind, (level, step, growth))


def _steps(
    page: Page, increment: re.Pattern[str], window: tuple[Figure, ...], level: Figure, step: Figure
) -> bool:
    """Whether ``step`` is the increment: by its bare lead, or as 经营主体净增n、达到N, where it carries the name."""
    lead = page.lead(step)
    if increment.fullmatch(lead):
        return True
    found = list(increment.finditer(lead))
    named = bool(found) and found[-1].end() == len(lead) and window[0] is step and window[1] is level
    return named and not bare_name(page.lead(level))


def _other_rate(
    page: Page, kind: RelationType, window: tuple[Figure, ...], read: tuple[Figure, Figure, Figure]
) -> bool:
    """Whether the rate goes another way than the increment, or stands before a level with a name of its own."""
    level, step, growth = read
    falls = [compiled(kind.words("fall")).search(page.lead(f)) is not None for f in (step, growth)]
    return falls[0] != falls[1] or (window[0] is growth and bool(bare_name(page.lead(level))))


def _growth(page: Page, kind: RelationType, members: tuple[Figure, Figure, Figure]) -> Draft:
    level, step, growth = members
    start, end = min(f.clean_start for f in members), max(f.clean_end for f in members)
    name_start = page.clause_start(start)
    words = page.text[name_start:end] + page.tail(growth, 8)
    reason = _doubt(kind, words, level)
    falls = compiled(kind.words("fall")).search(page.lead(step) + page.lead(growth)) is not None
    detail = {"form": "increment", "sign": -1 if falls else 1}
    return Draft("growth_vs_levels", start, end, (level, step, growth), reason is None, reason, detail)


def _doubt(kind: RelationType, words: str, level: Figure) -> Reason | None:
    """Why a growth rate need not fit the printed levels."""
    if kind.excluded(words):
        return Reason.NOMINAL_VS_REAL
    if _REAL.search(words) or _REAL.search(level.indicator):
        return Reason.NOMINAL_VS_REAL
    return None


def _from_to(page: Page, kind: RelationType, run: tuple[Figure, ...]) -> Iterator[Draft]:
    """由A增加到B，增长g, or B，上年为A，增长g."""
    rate = compiled(rf"[，、,\s]*{kind.words('rate')}(?:了|约|达|为)?")
    for first, second, growth in zip(run, run[1:], run[2:], strict=False):
        if first.unit != second.unit or not (is_quantity(first) and is_quantity(second) and is_rate(growth)):
            continue
        pair = in_time(page, kind, first, second)
        if pair is None or not rate.fullmatch(page.lead(growth)):
            continue
        words = page.text[page.clause_start(first.clean_start) : growth.clean_end]
        reason = _doubt(kind, words, second)
        falls = compiled(kind.words("fall")).search(page.lead(growth)) is not None
        detail = {"form": "levels", "sign": -1 if falls else 1}
        start, end = first.clean_start, growth.clean_end
        yield Draft("growth_vs_levels", start, end, (*pair, growth), reason is None, reason, detail)


def in_time(page: Page, kind: RelationType, first: Figure, second: Figure) -> tuple[Figure, Figure] | None:
    """Two levels in the order of time, where the words between them say which came first; None where they do not."""
    between = page.between(first, second)
    upward = compiled(rf"[^，。；\d]{{0,8}}{kind.words('to')}(?:了|约|{_OF_YEAR})?")
    if upward.fullmatch(between) and compiled("[由从]").search(page.lead(first)):
        return first, second
    if compiled(r"[，（(](?:而)?(?:上年|去年|上年同期|去年同期)(?:为|是|仅为)?").fullmatch(between):
        return second, first
    if compiled(rf"[，,]?(?:比|较)(?:上年|去年|{_OF_YEAR})(?:同期|末)?的?").fullmatch(between):
        return second, first
    return None


def _stock_and_change(page: Page, kind: RelationType, run: tuple[Figure, ...]) -> Iterator[Draft]:
    """达到N，比上年增加n without a rate: what was there before cannot be negative."""
    since = compiled(rf"[，、,\s]*{kind.words('since')}+{kind.words('increment')}(?:了|约|达)?")
    for index, (level, step) in enumerate(pairwise(run)):
        if level.unit == step.unit and is_quantity(level) and is_quantity(step):
            third = run[index + 2] if index + 2 < len(run) else None
            if third is not None and is_rate(third) and compiled(kind.words("rate")).search(page.lead(third)):
                continue
            lead = page.lead(step)
            if since.fullmatch(lead) and not compiled(kind.words("fall")).search(lead):
                detail = {"form": "stock"}
                yield Draft(
                    "growth_vs_levels", level.clean_start, step.clean_end, (level, step), detail=detail
                )


def _means(page: Page) -> Iterator[Draft]:
    """A rate and the mean of two years over the same indicator: the rate of the year before follows."""
    kind = relation_types()["average_growth"]
    mean = compiled(rf"{kind.words('mean')}[^，。；\d]{{0,6}}$")
    for run in page.runs:
        for growth, average in pairwise(run):
            if not (is_rate(growth) and is_rate(average) and mean.search(page.lead(average))):
                continue
            if "增长" not in page.lead(growth) or kind.excluded(page.lead(growth)):
                continue
            earlier = _earlier_rate(page, growth)
            members = (growth, average) if earlier is None else (growth, average, earlier)
            certain = earlier is not None
            reason = None if certain else Reason.OTHER_YEAR
            yield Draft("average_growth", growth.clean_start, average.clean_end, members, certain, reason)


def _earlier_rate(page: Page, growth: Figure) -> Figure | None:
    """The rate of the year before for the same indicator, where the same sentence prints it."""
    name = bare_name(page.lead(growth))
    start, end = page.sentence(growth.clean_start)
    for other in page.within(start, end):
        lead = page.lead(other)
        if (
            is_rate(other)
            and other is not growth
            and compiled(r"(?:上年|前一年)[^，。；]{0,6}增长").search(lead)
        ):
            return other if name else None
    return None
