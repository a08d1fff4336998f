"""Interval arithmetic against brute force over small decimals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.checks.interval import (
    Interval,
    change,
    growth,
    intersection,
    percent,
    rounded,
    total,
    truncated,
)
from cleaner.model import Figure, Span

SMALL = st.decimals(min_value=0, max_value=20, places=1)
POSITIVE = st.decimals(min_value=Decimal("0.1"), max_value=20, places=1)
LARGE = st.decimals(min_value=21, max_value=40, places=1)
SIGNED = st.decimals(min_value=-2, max_value=2, places=1)


@st.composite
def intervals(draw: st.DrawFn, ends: st.SearchStrategy[Decimal] = SIGNED) -> Interval:
    low, high = sorted((draw(ends), draw(ends)))
    if low == high:
        return Interval(low, high)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


def grid(interval: Interval, parts: int = 20) -> list[Decimal]:
    """Every twentieth in a bounded interval: finer than the ends, so open ends are felt."""
    assert interval.lower is not None
    assert interval.upper is not None
    low, high = int(interval.lower * parts), int(interval.upper * parts)
    return [x for x in (Decimal(k) / parts for k in range(low, high + 1)) if interval.holds(x)]


def twentieths(values: set[Decimal]) -> set[Decimal]:
    """Those of the values that lie on the coarse grid."""
    return {v for v in values if v * 20 == int(v * 20)}


@given(intervals(), intervals())
def test_sum_and_difference_hold_every_pair_and_nothing_more(one: Interval, other: Interval) -> None:
    # Terms on a grid twice as fine as the sums: two open ends meet between its points.
    sums = {a + b for a in grid(one, 40) for b in grid(other, 40)}
    assert twentieths(sums) == set(grid(one + other))
    differences = {a - b for a in grid(one, 40) for b in grid(other, 40)}
    assert twentieths(differences) == set(grid(one - other))


@given(intervals(), intervals())
def test_meeting_is_sharing_a_number(one: Interval, other: Interval) -> None:
    shared = set(grid(one)) & set(grid(other))
    assert one.meets(other) == bool(shared)
    narrowed = intersection(one, other)
    assert (set(grid(narrowed)) if narrowed else set()) == shared


@given(intervals(SMALL), intervals(POSITIVE))
def test_a_quotient_holds_every_pair_and_its_ends_are_reached(part: Interval, whole: Interval) -> None:
    quotient = part.over(whole)
    assert quotient is not None
    for a in grid(part)[::7]:
        for b in grid(whole)[::7]:
            exact = Fraction(a) / Fraction(b)
            assert quotient.lower is not None
            assert quotient.upper is not None
            assert Fraction(quotient.lower) <= exact <= Fraction(quotient.upper)
    assert part.lower is not None
    assert part.upper is not None
    assert whole.upper is not None
    assert whole.lower is not None
    width = Fraction(1, 10**40)
    assert abs(Fraction(quotient.lower) - Fraction(part.lower) / Fraction(whole.upper)) < width
    assert abs(Fraction(quotient.upper) - Fraction(part.upper) / Fraction(whole.lower)) < width


@given(intervals(LARGE), intervals(POSITIVE))
def test_growth_holds_every_pair(level: Interval, step: Interval) -> None:
    found = growth(level, step)
    assert found is not None
    for n in grid(step)[::5]:
        for big in grid(level)[::5]:
            exact = Fraction(100 * n) / Fraction(big - n)
            assert found.lower is not None
            assert Fraction(found.lower) <= exact
            assert found.upper is None or exact <= Fraction(found.upper)


def test_what_cannot_be_divided_is_not_invented() -> None:
    assert Interval.point(1).over(Interval(Decimal(-1), Decimal(1))) is None
    zero_based = Interval.point(1).over(Interval(Decimal(0), Decimal(2)))
    assert zero_based is not None
    assert zero_based.upper is None
    assert growth(Interval.point(5), Interval.point(5)) is None


def test_open_ends_that_touch_do_not_meet() -> None:
    left = Interval(Decimal(1), Decimal(2), True, False)
    assert not left.meets(Interval.point(2))
    assert left.meets(Interval(Decimal("1.99"), None))
    assert Interval(Decimal(1), Decimal(2)).meets(Interval.point(2))


def test_an_empty_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Interval(Decimal(2), Decimal(1))
    with pytest.raises(ValueError, match="empty"):
        Interval(Decimal(1), Decimal(1), True, False)


def test_distance_counts_the_gap() -> None:
    assert Interval.point(3).distance(Interval(Decimal(5), None)) == 2
    assert Interval(Decimal(5), None).distance(Interval.point(3)) == 2
    assert Interval.point(3).distance(Interval.point(3)) == 0


def test_powers_and_totals() -> None:
    square = Interval(Decimal(2), Decimal(3)).power(2)
    assert (square.lower, square.upper) == (4, 9)
    assert total([]) == Interval.point(0)
    assert percent(Interval.point(1), Interval.point(4)) == Interval.point(25)
    assert change(Interval.point(4), Interval.point(5)) == Interval.point(25)


def figure(text: str, value: str, precision: str | None, **more: object) -> Figure:
    number = Decimal(value)
    half = Decimal(precision) / 2 if precision else Decimal(0)
    return Figure(
        "F0001",
        "d",
        (Span(0, len(text)),),
        text,
        text,
        number,
        number - half,
        number + half,
        precision=Decimal(precision) if precision else None,
        **more,  # type: ignore[arg-type]
    )


def test_a_round_number_is_coarser_than_its_last_digit() -> None:
    assert rounded(figure("4000亩", "4000", "1", unit="亩")) == Interval(Decimal(3800), Decimal(4200))
    assert rounded(figure("4010亩", "4010", "1", unit="亩")) == Interval(Decimal("4009.5"), Decimal("4010.5"))
    assert rounded(figure("200场", "200", None, unit="场")) == Interval.point(200)


def test_a_figure_that_was_cut_off_reaches_upwards() -> None:
    cut = truncated(figure("91%", "91", "1", unit="%"))
    assert cut == Interval(Decimal(91), Decimal(92), True, False)
    assert truncated(figure("24个", "24", None, unit="个")) == Interval.point(24)


@st.composite
def unbounded(draw: st.DrawFn, ends: st.SearchStrategy[Decimal] = SIGNED) -> Interval:
    """Intervals of which either end, or both, may be infinite."""
    found = draw(intervals(ends))
    lower = None if draw(st.booleans()) else found.lower
    upper = None if draw(st.booleans()) else found.upper
    return Interval(lower, upper, found.lower_closed, found.upper_closed)


def within(interval: Interval, reach: int = 6, parts: int = 20) -> list[Decimal]:
    """Every twentieth of an interval between ``-reach`` and ``reach``: enough where the ends lie within 2."""
    return [
        x for x in (Decimal(k) / parts for k in range(-reach * parts, reach * parts + 1)) if interval.holds(x)
    ]


@given(unbounded(), unbounded())
def test_half_lines_meet_and_narrow_each_other_as_sets_do(one: Interval, other: Interval) -> None:
    shared = set(within(one)) & set(within(other))
    assert one.meets(other) == other.meets(one) == bool(shared)
    narrowed = intersection(one, other)
    assert (set(within(narrowed)) if narrowed else set()) == shared
    assert (one.distance(other) == 0) or not shared


@given(unbounded(), unbounded())
def test_sums_of_half_lines_reach_as_far_as_their_terms(one: Interval, other: Interval) -> None:
    result = one + other
    assert (result.lower is None) == (one.lower is None or other.lower is None)
    assert (result.upper is None) == (one.upper is None or other.upper is None)
    sums = {a + b for a in within(one, 3, 10) for b in within(other, 3, 10)}
    assert all(result.holds(value) for value in sums)
    assert all(not (-one).holds(-value) for value in within(Interval(None, None), 3) if not one.holds(value))


@given(unbounded(), st.decimals(min_value=-3, max_value=3, places=1))
def test_a_factor_keeps_every_number_and_every_open_end(one: Interval, factor: Decimal) -> None:
    product = one.times(factor)
    for value in within(Interval(None, None), 3):
        if factor != 0:
            assert product.holds(value * factor) == one.holds(value)
        elif one.holds(value):
            assert product.holds(Decimal(0))


@given(intervals(SMALL), intervals(POSITIVE))
def test_an_end_of_a_quotient_is_closed_only_if_it_is_reached(part: Interval, whole: Interval) -> None:
    quotient = part.over(whole)
    assert quotient is not None
    assert None not in (part.lower, part.upper, whole.lower, whole.upper)
    low = Fraction(part.lower) / Fraction(whole.upper)
    high = Fraction(part.upper) / Fraction(whole.lower)
    if part.lower == 0:
        assert (quotient.lower, quotient.lower_closed) == (0, part.lower_closed)
    elif Fraction(quotient.lower) == low:
        assert quotient.lower_closed == (part.lower_closed and whole.upper_closed)
    if Fraction(quotient.upper) == high and part.upper != 0:
        assert quotient.upper_closed == (part.upper_closed and whole.lower_closed)


@given(intervals(SMALL), unbounded())
def test_a_divisor_that_holds_zero_gives_no_upper_end_or_no_answer(part: Interval, divisor: Interval) -> None:
    quotient = part.over(divisor)
    if divisor.lower is None or divisor.lower < 0 or divisor.upper == 0:
        assert quotient is None
        return
    assert quotient is not None
    assert (quotient.upper is None) == (divisor.lower == 0)
    for a in grid(part)[::9]:
        for b in (b for b in within(divisor, 6)[::3] if b > 0):
            exact = Fraction(a) / Fraction(b)
            assert quotient.lower is None or Fraction(quotient.lower) <= exact
            assert quotient.upper is None or exact <= Fraction(quotient.upper)


@given(intervals())
def test_a_numerator_that_may_be_negative_has_no_quotient(part: Interval) -> None:
    assert part.lower is not None
    assert (part.over(Interval.point(2)) is None) == (part.lower < 0)


@given(intervals(SMALL), st.integers(min_value=1, max_value=4))
def test_a_power_is_the_product_of_its_ends(base: Interval, exponent: int) -> None:
    result = base.power(exponent)
    for value in grid(base)[::7]:
        assert result.holds(value**exponent)
    assert result.holds(base.lower**exponent) == base.holds(base.lower)
    assert result.holds(base.upper**exponent) == base.holds(base.upper)
