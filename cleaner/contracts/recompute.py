"""What a relation claims, computed again from the figures it names.

A relations table stores verdicts. Nothing here reads one: each formula is evaluated on the printed intervals
of the members, so that a verdict that was copied wrongly, or changed afterwards, does not pass. Every figure
stands once in its formula, hence the intervals are exact.

Where the order of the members leaves two readings (a level and its increase, or a level and the level before)
all are given: a claim of consistency needs one that holds, a claim of inconsistency one that does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations, pairwise
from math import ceil

from cleaner.contracts.intervals import Interval, UndefinedError, point, total
from cleaner.contracts.operands import Claim, Operand

HUNDRED = point(100)
WHOLES = (point(1), point(10), HUNDRED)
"""What the shares of a whole can sum to: a ratio is written in hundredths, tenths or as it comes."""

IN_BASE_UNITS: Mapping[str, tuple[str, Fraction]] = {
    "斤": ("公斤", Fraction(1, 2)),
    "千克": ("公斤", Fraction(1)),
    "公斤": ("公斤", Fraction(1)),
    "吨": ("公斤", Fraction(1000)),
    "平方米": ("平方米", Fraction(1)),
    "亩": ("平方米", Fraction(10000, 15)),
    "公顷": ("平方米", Fraction(10000)),
    "平方公里": ("平方米", Fraction(1000000)),
    "平方千米": ("平方米", Fraction(1000000)),
    "米": ("米", Fraction(1)),
    "里": ("米", Fraction(500)),
    "公里": ("米", Fraction(1000)),
    "千米": ("米", Fraction(1000)),
}
"""Unit -> base unit and exact factor (公顷 = 15 亩, 公斤 = 2 斤, by the legal units of measurement)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to evaluate a claim: ``computed`` must meet ``stated``, or only not exceed it (``at_most``)."""

    computed: Interval
    stated: Interval
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Whether some values inside the printed intervals satisfy the formula."""
        if self.at_most:
            return self.computed.starts_before_end_of(self.stated)
        return self.computed.meets(self.stated)

    def gives(self, computed: Interval | None, stated: Interval | None) -> bool:
        """Whether stored intervals are these; the stated one of an inequality is a half-line, and not compared."""
        same_side = self.at_most or stated is None or _same(self.stated, stated)
        return computed is not None and same_side and _same(self.computed, computed)


_LAST_PLACE = Fraction(2, 10**9)
"""A table keeps nine decimals."""


def _same(one: Interval, other: Interval) -> bool:
    return all(
        mine == theirs or (mine is not None and theirs is not None and abs(mine - theirs) <= _LAST_PLACE)
        for mine, theirs in ((one.lower, other.lower), (one.upper, other.upper))
    )


Members = Sequence[Operand]
Formula = Callable[[Members, Interval | None], Iterator["Reading | None"]]


def readings(claim: Claim) -> tuple[Reading, ...]:
    """Every reading of a claim; none where its formula needs what the table has not.

    The stated interval tells shares of a whole from parts that stand beside their total. With ``by``
    ``truncation`` the figures are read as cut off: all of them, or the rates alone. Where the table stores
    intervals, the readings that give them are the ones that were meant.
    """
    formula = FORMULAS.get(claim.kind)
    if formula is None or not claim.members:
        return ()
    variants = [_evaluated(formula, variant, claim.stated) for variant in _variants(claim)]
    found = list(dict.fromkeys(chain.from_iterable(variants)))
    meant = [r for r in found if r.gives(claim.computed, claim.stated)]
    return tuple(meant or found)


def _variants(claim: Claim) -> Iterator[Members]:
    """The members as printed or cut off, and once more with the round ones read as coarse."""
    members = claim.members
    if claim.by == "truncation":
        cut = [m.truncated() for m in members]
        yield from (cut, [m.truncated() if m.percent else m for m in members])
        yield [m.widened() if m.coarse else c for m, c in zip(members, cut, strict=True)]
    else:
        yield from (members, [m.widened() for m in members])


def _evaluated(formula: Formula, members: Members, stated: Interval | None) -> Iterator[Reading]:
    try:
        yield from (reading for reading in formula(members, stated) if reading is not None)
    except UndefinedError:
        return


def _split(members: Members) -> tuple[Operand, list[Operand]]:
    """The one percentage among the members, and the others in their order."""
    rates = [m for m in members if m.percent]
    if len(rates) != 1:
        raise UndefinedError("needs exactly one percentage")
    return rates[0], [m for m in members if not m.percent]


def parts_sum_to_whole(members: Members, stated: Interval | None) -> Iterator[Reading]:
    """Shares of one whole sum to 100; other parts, and the bare numbers of a table, sum to the last member."""
    shares = all(m.unit in ("%", "") for m in members) and (stated is None or stated in WHOLES)
    if shares:
        yield Reading(total(m.interval for m in members), stated or HUNDRED)
    if len(members) > 2 and not (shares and members[-1].percent):
        yield Reading(total(m.interval for m in members[:-1]), members[-1].interval)


def share_of_total(members: Members, _: Interval | None) -> Iterator[Reading]:
    """100 · part / total = share."""
    rate, levels = _split(members)
    if len(levels) == 2:
        part, whole = levels
        yield Reading(part.interval / whole.interval * Fraction(100), rate.interval)


def growth_vs_levels(members: Members, _: Interval | None) -> Iterator[Reading | None]:
    """A level and its growth rate, with the increase or with the level before; or level and increase alone.

    A table does not say whether a rate is a fall, nor which of two levels came first: all are readings.
    """
    if len(members) == 2 and not any(m.percent for m in members):
        yield Reading(members[1].interval, members[0].interval, at_most=True)
        return
    rate, levels = _split(members)
    if len(levels) != 2:
        return
    one, other = (level.interval for level in levels)
    for first, second in ((one, other), (other, one)):
        for falls in (False, True):
            yield _by_level(first, second, rate.interval, falls)
            yield _by_step(first, second, rate.interval, falls)


def _by_level(before: Interval, after: Interval, rate: Interval, falls: bool) -> Reading | None:
    """100 · (N / N₀ − 1) = g, or −g for a fall."""
    if before.lower is None or before.lower <= 0:
        return None
    change = total([after / before * Fraction(100), point(-100)])
    return Reading(change, rate.negated() if falls else rate)


def _by_step(level: Interval, step: Interval, rate: Interval, falls: bool) -> Reading | None:
    """N / (N − n) = g, written 100 / (N/n − 1) with every figure once; a fall is 100 / (N/n + 1)."""
    if step.lower is None or step.lower <= 0:
        return None
    less = total([level / step, point(1 if falls else -1)])
    return None if less.lower is None or less.lower <= 0 else Reading(HUNDRED / less, rate)


def ratio_to_target(members: Members, _: Interval | None) -> Iterator[Reading]:
    """100 · done / goal = ratio; without the goal there is nothing to compare."""
    yield from share_of_total(members, None)


def cross_year_growth(members: Members, _: Interval | None) -> Iterator[Reading | None]:
    """This year's level over last year's = 1 + growth, whichever of the two stands first, in whichever unit."""
    rate, levels = _split(members)
    if len(levels) != 2:
        return
    for before, after in (levels, levels[::-1]):
        ratio = unit_ratio(after.unit, before.unit)
        if ratio is None:
            continue
        turned = after.interval * ratio
        for falls in (False, True):
            yield _by_level(before.interval, turned, rate.interval, falls)
            yield _led_back(before.interval, turned, rate.interval, falls)


def _led_back(before: Interval, after: Interval, rate: Interval, falls: bool) -> Reading | None:
    """N / (1 + g) = N₀."""
    factor = total([(rate.negated() if falls else rate) * Fraction(1, 100), point(1)])
    if factor.lower is None or factor.lower <= 0:
        return None
    return Reading(after / factor, before)


def unit_ratio(unit: str, wanted: str) -> Fraction | None:
    """How many of ``wanted`` make one ``unit``; None where they do not convert."""
    if unit == wanted:
        return Fraction(1)
    if unit not in IN_BASE_UNITS or wanted not in IN_BASE_UNITS:
        return None
    (base, factor), (other_base, other) = IN_BASE_UNITS[unit], IN_BASE_UNITS[wanted]
    return factor / other if base == other_base else None


def unit_conversion(members: Members, _: Interval | None) -> Iterator[Reading]:
    """Two figures of one quantity agree, the first in the unit of the second."""
    if len(members) != 2:
        return
    ratio = unit_ratio(members[0].unit, members[1].unit)
    if ratio is not None and members[0].unit in IN_BASE_UNITS:
        yield Reading(members[0].interval * ratio, members[1].interval)


def duplicated_figure(members: Members, _: Interval | None) -> Iterator[Reading]:
    """All intervals of a repeated figure share a value; of those that do not, the first two are shown."""
    if len(members) < 2:
        return
    if all(m.value is None and m.components for m in members):
        yield from _same_code(members)
        return
    pairs = [(a.interval, b.interval) for a, b in combinations(members, 2)]
    yield Reading(*next((pair for pair in pairs if not pair[0].meets(pair[1])), pairs[0]))


def _same_code(members: Members) -> Iterator[Reading]:
    """Codes such as “1311” state several numbers: all are the same, in the same order."""
    first = members[0].components
    for other in members[1:]:
        both = [(point(Decimal(a)), point(Decimal(b))) for a, b in zip(first, other.components, strict=False)]
        lengths = (point(len(first)), point(len(other.components)))
        pair = next((p for p in [lengths, *both] if p[0] != p[1]), None)
        if pair is not None:
            yield Reading(*pair)
            return
    yield Reading(point(Decimal(first[0])), point(Decimal(first[0])))


def part_of_part(members: Members, _: Interval | None) -> Iterator[Reading | None]:
    """A counted part and its share leave room for a whole number as the total."""
    rate, levels = _split(members)
    if len(levels) == 1:
        yield _holds_a_whole_number(levels[0].interval * Fraction(100) / rate.interval)


def granularity_grim(members: Members, _: Interval | None) -> Iterator[Reading | None]:
    """Some whole number out of n gives the printed share (Brown and Heathers' GRIM test)."""
    rate, levels = _split(members)
    if len(levels) == 1 and levels[0].value and levels[0].value == int(levels[0].value):
        yield _holds_a_whole_number(rate.interval * Fraction(levels[0].value) * Fraction(1, 100))


def _holds_a_whole_number(interval: Interval) -> Reading | None:
    """The interval against the first whole number that is not below it."""
    if interval.lower is None:
        return None
    first = ceil(interval.lower)
    return Reading(interval, point(first if interval.lower_closed or first > interval.lower else first + 1))


def subset_le_total(members: Members, _: Interval | None) -> Iterator[Reading]:
    """A part is not more than its whole."""
    if len(members) == 2 and members[0].unit == members[1].unit:
        yield Reading(members[0].interval, members[1].interval, at_most=True)


def partial_sum_le_total(members: Members, _: Interval | None) -> Iterator[Reading]:
    """Some of the parts together are not more than the whole, which stands last."""
    if len(members) > 1 and len({m.unit for m in members}) == 1:
        yield Reading(total(m.interval for m in members[:-1]), members[-1].interval, at_most=True)


def bound_vs_exact(members: Members, _: Interval | None) -> Iterator[Reading]:
    """An exact figure is not below the bound that the text gives for it."""
    if len(members) == 2 and members[0].unit == members[1].unit:
        bound, exact = (m.interval for m in members)
        yield Reading(replace(bound, lower_closed=True), exact, at_most=True)


def percent_bounds(members: Members, _: Interval | None) -> Iterator[Reading]:
    """Every share lies between 0 and 100; the first that does not is the one to show."""
    bounds = Interval.of(0, 100)
    outside = [m.interval for m in members if not m.interval.meets(bounds)]
    yield Reading((outside or [members[0].interval])[0], bounds)


def range_monotone(members: Members, _: Interval | None) -> Iterator[Reading]:
    """Cumulative percentages do not fall; the dates between them are left out."""
    steps = list(pairwise(m.interval for m in members if m.percent))
    falls = [(a, b) for a, b in steps if not a.starts_before_end_of(b)]
    for earlier, later in falls or steps[:1]:
        yield Reading(earlier, later, at_most=True)


FORMULAS: Mapping[str, Formula] = {
    "parts_sum_to_whole": parts_sum_to_whole,
    "share_of_total": share_of_total,
    "growth_vs_levels": growth_vs_levels,
    "ratio_to_target": ratio_to_target,
    "cross_year_growth": cross_year_growth,
    "unit_conversion": unit_conversion,
    "duplicated_figure": duplicated_figure,
    "implied_total": share_of_total,
    "part_of_part": part_of_part,
    "granularity_grim": granularity_grim,
    "subset_le_total": subset_le_total,
    "net_le_gross": subset_le_total,
    "partial_sum_le_total": partial_sum_le_total,
    "bound_vs_exact": bound_vs_exact,
    "percent_bounds": percent_bounds,
    "range_monotone": range_monotone,
}
"""Relation type -> its formula on members; the other types rest on text and cannot be computed again here."""
