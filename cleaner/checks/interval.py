"""Intervals with open and closed ends, on Decimal: what a printed figure can mean, and what follows from it.

Every operation encloses: an end that has no finite decimal (a quotient) is rounded away from the interval, at
50 digits, so an empty intersection is a proof and not an accident of arithmetic. ``None`` as an end is
infinity. The formulae of the checks use each figure once, so the enclosures are exact up to that rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from cleaner.model import Figure

_DOWN = Context(prec=50, rounding=ROUND_FLOOR)
_UP = Context(prec=50, rounding=ROUND_CEILING)
_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two ends. An end of ``None`` is infinite and open.

    Raises:
        ValueError: the ends leave no number between them.
    """

    lower: Decimal | None
    upper: Decimal | None
    lower_closed: bool = True
    upper_closed: bool = True

    def __post_init__(self) -> None:
        if self.lower is None or self.upper is None:
            return
        closed = self.lower_closed and self.upper_closed
        if self.lower > self.upper or (self.lower == self.upper and not closed):
            raise ValueError(f"an empty interval: {self.lower} to {self.upper}")

    @classmethod
    def point(cls, value: Decimal | int) -> Interval:
        """The interval that holds one number."""
        return cls(Decimal(value), Decimal(value))

    @property
    def exact(self) -> bool:
        """Whether it holds one number."""
        return self.lower is not None and self.lower == self.upper

    @property
    def bounded(self) -> bool:
        """Whether both ends are finite."""
        return self.lower is not None and self.upper is not None

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` lies in the interval."""
        above = self.lower is None or self.lower < value or (self.lower_closed and self.lower == value)
        below = self.upper is None or value < self.upper or (self.upper_closed and self.upper == value)
        return above and below

    def meets(self, other: Interval) -> bool:
        """Whether the two share a number; ends that touch count only if both are closed."""
        return not (_wholly_below(self, other) or _wholly_below(other, self))

    def distance(self, other: Interval) -> Decimal:
        """How far the two are apart; 0 where they meet or touch."""
        if self.upper is not None and other.lower is not None and self.upper < other.lower:
            return other.lower - self.upper
        if other.upper is not None and self.lower is not None and other.upper < self.lower:
            return self.lower - other.upper
        return _ZERO

    def __neg__(self) -> Interval:
        lower = None if self.upper is None else _DOWN.minus(self.upper)
        upper = None if self.lower is None else _UP.minus(self.lower)
        return Interval(lower, upper, self.upper_closed, self.lower_closed)

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            None if self.lower is None or other.lower is None else _DOWN.add(self.lower, other.lower),
            None if self.upper is None or other.upper is None else _UP.add(self.upper, other.upper),
            self.lower_closed and other.lower_closed,
            self.upper_closed and other.upper_closed,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def times(self, factor: Decimal | int) -> Interval:
        """Every number of the interval multiplied by one factor."""
        k = Decimal(factor)
        if k == 0:
            return Interval.point(0)
        if k < 0:
            return (-self).times(-k)
        return Interval(
            None if self.lower is None else _DOWN.multiply(self.lower, k),
            None if self.upper is None else _UP.multiply(self.upper, k),
            self.lower_closed,
            self.upper_closed,
        )

    def over(self, divisor: Interval) -> Interval | None:
        """The quotient, for a numerator that is not negative and a divisor that is positive but for its lower end.

        Figures of reports are of this kind; for others the answer is None, which checks read as "cannot be
        computed".
        """
        if self.lower is None or self.lower < 0 or divisor.lower is None or divisor.lower < 0:
            return None
        if divisor.upper == 0:
            return None
        low, high = _quotient_low(self, divisor), _quotient_high(self, divisor)
        return Interval(low[0], high[0], low[1], high[1])

    def power(self, exponent: int) -> Interval:
        """An interval of positive numbers raised to a whole positive power, end by end."""
        result = self
        for _ in range(exponent - 1):
            result = Interval(
                None
                if self.lower is None or result.lower is None
                else _DOWN.multiply(result.lower, self.lower),
                None
                if self.upper is None or result.upper is None
                else _UP.multiply(result.upper, self.upper),
                self.lower_closed,
                self.upper_closed,
            )
        return result


def _wholly_below(one: Interval, other: Interval) -> bool:
    if one.upper is None or other.lower is None:
        return False
    both = one.upper_closed and other.lower_closed
    return one.upper < other.lower or (one.upper == other.lower and not both)


def _quotient_low(n: Interval, d: Interval) -> tuple[Decimal | None, bool]:
    if n.lower is None or n.lower == 0 or d.upper is None:
        return _ZERO, n.lower == 0 and n.lower_closed
    return _DOWN.divide(n.lower, d.upper), n.lower_closed and d.upper_closed


def _quotient_high(n: Interval, d: Interval) -> tuple[Decimal | None, bool]:
    if n.upper is None or not d.lower:
        return None, True
    return _UP.divide(n.upper, d.lower), n.upper_closed and d.lower_closed


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of several intervals; of none it is zero."""
    result = Interval.point(0)
    for interval in intervals:
        result += interval
    return result


def intersection(one: Interval, other: Interval) -> Interval | None:
    """The numbers in both, or None: two prints of one figure at different precision narrow each other."""
    if not one.meets(other):
        return None
    lower, lower_closed = max(_low_key(one), _low_key(other), key=_low_order)
    upper, upper_closed = min(_high_key(one), _high_key(other), key=_high_order)
    return Interval(lower, upper, lower_closed, upper_closed)


End = tuple[Decimal | None, bool]


def _low_key(interval: Interval) -> End:
    return interval.lower, interval.lower_closed


def _high_key(interval: Interval) -> End:
    return interval.upper, interval.upper_closed


def _low_order(end: End) -> tuple[Decimal, bool]:
    return (Decimal("-Infinity") if end[0] is None else end[0], not end[1])


def _high_order(end: End) -> tuple[Decimal, bool]:
    return (Decimal("Infinity") if end[0] is None else end[0], end[1])


def percent(part: Interval, whole: Interval) -> Interval | None:
    """100 · part / whole, in percent; None where the quotient cannot be formed."""
    quotient = part.over(whole)
    return None if quotient is None else quotient.times(_HUNDRED)


def growth(level: Interval, increment: Interval) -> Interval | None:
    """100 · n / (N - n) in percent, written as 100 / (N/n - 1) so that each figure is used once."""
    ratio = level.over(increment)
    if ratio is None or ratio.lower is None or ratio.lower <= 1:
        return None
    return Interval.point(_HUNDRED).over(ratio - Interval.point(1))


def change(before: Interval, after: Interval) -> Interval | None:
    """100 · (after / before - 1) in percent."""
    quotient = after.over(before)
    return None if quotient is None else (quotient - Interval.point(1)).times(_HUNDRED)


Reading = Callable[[Figure, bool], "Interval | None"]
"""How a printed figure is read: rounded, or cut off; and whether round numbers count as coarse."""


def rounded(figure: Figure, coarse: bool = True) -> Interval | None:
    """The interval of a figure as it was extracted: half a unit of the last digit to either side.

    A number of three digits or more that ends in two zeros (2000亩, 4000亿元) is coarser than its last digit says:
    5 % to either side. Exact counts (20000户) stay exact.
    """
    if figure.value is None:
        return None
    if figure.lower is None and figure.upper is None:
        return Interval.point(figure.value)
    found = Interval(figure.lower, figure.upper, figure.lower_closed, figure.upper_closed)
    if coarse and found.bounded and _is_round(figure):
        slack = _UP.multiply(abs(figure.value), Decimal("0.05"))
        return widened(found, figure.value - slack, figure.value + slack)
    return found


def truncated(figure: Figure, coarse: bool = True) -> Interval | None:
    """The interval [v, v+u) of a figure that was cut off instead of rounded; other readings stay."""
    if (
        figure.value is None
        or figure.precision is None
        or figure.comparator != "="
        or (coarse and _is_round(figure))
    ):
        return rounded(figure, coarse)
    return Interval(figure.value, figure.value + figure.precision, True, False)


def widened(interval: Interval, lower: Decimal, upper: Decimal) -> Interval:
    """``interval`` stretched to hold ``lower`` and ``upper``."""
    low = interval.lower if interval.lower is not None and interval.lower <= lower else lower
    high = interval.upper if interval.upper is not None and interval.upper >= upper else upper
    return replace(interval, lower=low, upper=high)


def _is_round(figure: Figure) -> bool:
    if figure.value is None or figure.precision is None or figure.unit == "%" or figure.comparator != "=":
        return False
    mantissa = figure.value / figure.scale
    return (
        mantissa == mantissa.to_integral_value()
        and mantissa >= 1000
        and mantissa % 100 == 0
        and "." not in figure.text
    )
