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
