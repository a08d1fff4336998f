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
from itertools import pairwise
from math import ceil, floor

from cleaner.contracts.intervals import Interval, UndefinedError, total

HUNDRED = Interval.of(100, 100)

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
class Operand:
    """A member of a relation, as its row in figures has it; ``value`` is None where it was not understood."""

    figure_id: str
    raw: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    lower_closed: bool
    upper_closed: bool
    precision: Decimal | None
    unit: str
    kind: str
    nature: str
    comparator: str
    start: int

    @property
    def interval(self) -> Interval:
        """The printed interval. Raises :class:`UndefinedError` for a figure without a value."""
        if self.value is None:
            raise UndefinedError(f"{self.raw} has no value")
        plain = Interval.of(self.lower, self.upper)
        return replace(plain, lower_closed=self.lower_closed, upper_closed=self.upper_closed)

    @property
    def percent(self) -> bool:
        """Whether the figure is a percentage."""
        return self.unit == "%"

    def truncated(self) -> Operand:
        """The same figure if its printer cut digits off instead of rounding: [v, v + one unit)."""
        if self.value is None or not self.precision or self.comparator != "=" or self.lower == self.upper:
            return self
        return replace(self, lower=self.value, upper=self.value + self.precision, upper_closed=False)


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


Members = Sequence[Operand]
Formula = Callable[[Members, Interval | None], Iterator[Reading]]


def readings(kind: str, members: Members, stated: Interval | None, by: str | None) -> tuple[Reading, ...]:
    """Every reading of a relation of type ``kind``; none where the formula needs what the table has not.

    ``stated`` is the stored printed interval, which tells shares of a whole from parts that stand beside their
    total. With ``by`` ``truncation`` the figures are read as cut off: all of them, or the last one alone.
    """
    formula = FORMULAS.get(kind)
    if formula is None or not members:
        return ()
    found: list[Reading] = []
    for variant in _variants(members, by):
        try:
            found += formula(variant, stated)
        except UndefinedError:
            continue
    return tuple(found)


def _variants(members: Members, by: str | None) -> tuple[Members, ...]:
    if by != "truncation":
        return (members,)
    cut = [m.truncated() for m in members]
    rates = [m.truncated() if m.percent else m for m in members]
    return (cut, [*members[:-1], cut[-1]], rates)


def _split(members: Members) -> tuple[Operand, list[Operand]]:
    """The one percentage among the members, and the others in their order."""
    rates = [m for m in members if m.percent]
    if len(rates) != 1:
        raise UndefinedError("needs exactly one percentage")
    return rates[0], [m for m in members if not m.percent]


def _rate(rate: Operand) -> Interval:
    """A rate of change in per cent, negative where the text says 减少 x%."""
    falls = rate.nature == "reduction" and rate.value is not None and rate.value > 0
    return rate.interval.negated() if falls else rate.interval


def parts_sum_to_whole(members: Members, stated: Interval | None) -> Iterator[Reading]:
    """Shares of one whole sum to 100; other parts sum to the last member."""
    if stated in (None, HUNDRED) and all(m.unit in ("%", "") for m in members):
        yield Reading(total(m.interval for m in members), HUNDRED)
    elif len(members) > 2:
        yield Reading(total(m.interval for m in members[:-1]), members[-1].interval)


def share_of_total(members: Members, _: Interval | None) -> Iterator[Reading]:
    """100 · part / total = share."""
    rate, levels = _split(members)
    if len(levels) == 2:
        part, whole = levels
        yield Reading(part.interval / whole.interval * Fraction(100), rate.interval)


def growth_vs_levels(members: Members, _: Interval | None) -> Iterator[Reading]:
    """A level, its growth, and either the increase or the level before."""
    rate, levels = _split(members)
    if len(levels) != 2:
        return
    index = total([_rate(rate), HUNDRED])
    changes = [m for m in levels if m.nature == "change"]
    for level, other in (levels, levels[::-1]):
        if not changes:
            yield Reading(level.interval / other.interval * Fraction(100), index)
        if other in (changes or levels):
            # n / (N − n) = g  ⇔  100 · (1 − n / N) = 100² / (100 + g): every figure once
            before = total([HUNDRED, (other.interval / level.interval * Fraction(100)).negated()])
            yield Reading(before, HUNDRED / index * Fraction(100))


def ratio_to_target(members: Members, _: Interval | None) -> Iterator[Reading]:
    """100 · done / goal = ratio; without the goal there is nothing to compare."""
    yield from share_of_total(members, None)


def cross_year_growth(members: Members, _: Interval | None) -> Iterator[Reading]:
    """This year's level over last year's = 1 + growth."""
    rate, levels = _split(members)
    if len(levels) != 2:
        return
    index = total([_rate(rate), HUNDRED])
    for one, other in (levels, levels[::-1]):
        yield Reading(one.interval / other.interval * Fraction(100), index)


def unit_conversion(members: Members, _: Interval | None) -> Iterator[Reading]:
    """Two figures of one quantity agree in their base unit."""
    if len(members) != 2 or any(m.unit not in IN_BASE_UNITS for m in members):
        return
    (base, factor), (other_base, other_factor) = (IN_BASE_UNITS[m.unit] for m in members)
    if base == other_base:
        yield Reading(members[0].interval * factor, members[1].interval * other_factor)


def duplicated_figure(members: Members, _: Interval | None) -> Iterator[Reading]:
    """All intervals of a repeated figure share a value: the highest start and the lowest end."""
    if len(members) < 2:
        return
    intervals = [m.interval for m in members]
    pairs = ((a, b) for i, a in enumerate(intervals) for b in intervals[i + 1 :])
    missing = next((pair for pair in pairs if not pair[0].meets(pair[1])), (intervals[0], intervals[1]))
    yield Reading(*missing)


def part_of_part(members: Members, _: Interval | None) -> Iterator[Reading]:
    """A counted part and its share leave room for a whole number as the total."""
    rate, levels = _split(members)
    if len(levels) == 1:
        implied = levels[0].interval / rate.interval * Fraction(100)
        if implied.lower is not None and implied.upper is not None:
            nearest = Fraction(ceil(implied.lower))
            yield Reading(implied, Interval(nearest, nearest))


def granularity_grim(members: Members, _: Interval | None) -> Iterator[Reading]:
    """Some whole number of n gives the printed share (Brown and Heathers' GRIM test)."""
    rate, levels = _split(members)
    if len(levels) != 1 or not levels[0].value:
        return
    count = Fraction(levels[0].value)
    printed = rate.interval
    if printed.lower is not None and printed.upper is not None and count == floor(count):
        step = Fraction(100) / count
        nearest = ceil(printed.lower / step) * step
        yield Reading(Interval(nearest, nearest), printed)


def subset_le_total(members: Members, _: Interval | None) -> Iterator[Reading]:
    """A part is not more than its whole."""
    if len(members) == 2 and members[0].unit == members[1].unit:
        yield Reading(members[0].interval, members[1].interval, at_most=True)


def partial_sum_le_total(members: Members, _: Interval | None) -> Iterator[Reading]:
    """Some of the parts together are not more than the whole, which stands last."""
    if len(members) > 1 and len({m.unit for m in members}) == 1:
        yield Reading(total(m.interval for m in members[:-1]), members[-1].interval, at_most=True)


def bound_vs_exact(members: Members, _: Interval | None) -> Iterator[Reading]:
    """A figure lies inside the bound that the text gives for it."""
    if len(members) == 2 and members[0].unit == members[1].unit:
        yield Reading(members[0].interval, members[1].interval)


def percent_bounds(members: Members, _: Interval | None) -> Iterator[Reading]:
    """Every share lies between 0 and 100; the first that does not is the one to show."""
    bounds = Interval.of(0, 100)
    outside = [m.interval for m in members if not m.interval.meets(bounds)]
    yield Reading((outside or [members[0].interval])[0], bounds)


def range_monotone(members: Members, _: Interval | None) -> Iterator[Reading]:
    """Cumulative percentages do not fall; the dates between them are left out."""
    steps = [m.interval for m in members if m.percent]
    falls = [(a, b) for a, b in pairwise(steps) if not a.starts_before_end_of(b)]
    for earlier, later in falls or list(pairwise(steps))[:1]:
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
