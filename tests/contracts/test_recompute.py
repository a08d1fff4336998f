"""Relations are computed again from printed intervals, without a look at any verdict."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.contracts.intervals import Interval, UndefinedError, total
from cleaner.contracts.operands import Claim, Operand
from cleaner.contracts.recompute import FORMULAS, HUNDRED, readings
from cleaner.contracts.words import RELATION_TYPES


def printed(text, unit="%", nature="level", comparator="=", value=True):
    """``57.0`` is [56.95, 57.05]; a whole number of things is exact; ``>170`` is above 170."""
    hedge = text[0] if text[0] in "<>" else comparator
    number = Decimal(text.lstrip("<>"))
    exact = unit in ("户", "个", "村")
    unit_of_last_digit = Decimal(1).scaleb(number.as_tuple().exponent)
    half = Decimal(0) if exact else unit_of_last_digit / 2
    lower = None if hedge == "<" else number if hedge == ">" else number - half
    upper = None if hedge == ">" else number if hedge == "<" else number + half
    return Operand(
        figure_id=text,
        raw=text,
        text=text,
        value=number if value else None,
        lower=lower,
        upper=upper,
        lower_closed=hedge != ">",
        upper_closed=hedge != "<",
        precision=None if exact else unit_of_last_digit,
        scale=1,
        unit=unit,
        kind="level",
        nature=nature,
        comparator=hedge,
    )


def claimed(kind, members, stated=None, by=None, computed=None):
    """A claim about figures, without a verdict."""
    return Claim(kind, tuple(members), computed, stated, by, None)


def verdicts(kind, members, **stored):
    """Whether each reading holds."""
    return [reading.holds for reading in readings(claimed(kind, members, **stored))]


def percents(*texts):
    """Percentages as printed."""
    return [printed(text) for text in texts]


@pytest.mark.parametrize(
    ("kind", "members", "holds"),
    [
        ("parts_sum_to_whole", percents("18.2", "46.3", "35.5"), True),
        ("parts_sum_to_whole", percents("18.2", "46.3", "35.4"), True),
        ("parts_sum_to_whole", percents("33.3", "33.3", "33.3"), True),
        ("parts_sum_to_whole", percents("18.2", "46.3", "35.3"), False),
        ("parts_sum_to_whole", percents("18.2", "46.3", "33.5"), False),
        ("parts_sum_to_whole", [printed("6.1", "元"), printed("3.8", "元"), printed("9.9", "元")], True),
        ("parts_sum_to_whole", [printed("6.1", "元"), printed("3.8", "元"), printed("9.6", "元")], False),
        ("share_of_total", [printed("16.7", "元"), printed("20.0", "元"), printed("83.5")], True),
        ("share_of_total", [printed("16.7", "元"), printed("20.0", "元"), printed("81.5")], False),
        ("implied_total", [printed("16.7", "元"), printed("83.5"), printed("20.0", "元")], True),
        ("ratio_to_target", [printed("26.4", "元"), printed("20.0", "元"), printed("132.0")], True),
        ("ratio_to_target", [printed("26.4", "元"), printed("20.0", "元"), printed("123.0")], False),
        ("unit_conversion", [printed("2.00", "斤"), printed("1.00", "公斤")], True),
        ("unit_conversion", [printed("15.0", "亩"), printed("1.00", "公顷")], True),
        ("unit_conversion", [printed("2.00", "斤"), printed("2.00", "公斤")], False),
        ("duplicated_figure", [printed("176.4", "元"), printed("176", "元")], True),
        (
            "duplicated_figure",
            [printed("176.4", "元"), printed("176.4", "元"), printed("167.4", "元")],
            False,
        ),
        ("part_of_part", [printed("133", "村"), printed("71")], True),
        ("part_of_part", [printed("2", "村"), printed("71.0")], False),
        ("granularity_grim", [printed("36", "个"), printed("80.6")], True),
        ("granularity_grim", [printed("36", "个"), printed("81.0")], False),
        ("subset_le_total", [printed("31", "个"), printed("58", "个")], True),
        ("subset_le_total", [printed("59", "个"), printed("58", "个")], False),
        ("net_le_gross", [printed("300", "户"), printed("200", "户")], False),
        ("partial_sum_le_total", [printed("1.0", "元"), printed("2.0", "元"), printed("2.5", "元")], False),
        ("partial_sum_le_total", [printed("1.0", "元"), printed("1.0", "元"), printed("2.5", "元")], True),
        ("bound_vs_exact", [printed(">170", "元"), printed("176.4", "元")], True),
        ("bound_vs_exact", [printed(">170", "户"), printed("169", "户")], False),
        ("percent_bounds", percents("91"), True),
        ("percent_bounds", percents("50", "191"), False),
        ("range_monotone", [printed("3", "月"), *percents("35", "80", "100")], True),
        ("range_monotone", percents("35", "100", "80"), False),
    ],
)
def test_a_relation_is_computed_again(kind, members, holds):
    """One claim that holds and one that does not, for each formula."""
    found = verdicts(kind, members)
    assert found
    assert any(found) is holds
    assert all(found) is holds


@pytest.mark.parametrize(
    ("members", "holds"),
    [
        ([printed("4200", "户"), printed("200", "户"), printed("5.00")], True),
        ([printed("200", "户"), printed("4200", "户"), printed("5.00")], True),
        ([printed("4000", "户"), printed("4200", "户"), printed("5.00")], True),
        ([printed("3800", "户"), printed("200", "户"), printed("5.00")], True),
        ([printed("4000", "户"), printed("3800", "户"), printed("5.00")], True),
        ([printed("4000", "户"), printed("3800", "户"), printed("-5.00")], True),
        ([printed("4200", "户"), printed("2000", "户"), printed("5.00")], False),
        ([printed("4200", "户"), printed("200", "户"), printed("15.00")], False),
        ([printed("200", "户"), printed("4200", "户")], False),
        ([printed("4200", "户"), printed("200", "户")], True),
    ],
)
def test_growth_takes_an_increase_or_the_level_before(members, holds):
    """Level and rate beside an increase, a decrease or the level before; an increase alone is not more than its level."""
    assert any(verdicts("growth_vs_levels", members)) is holds


def test_growth_between_two_years_takes_either_order():
    """This year's level over last year's, whichever of the two stands first."""
    now, before = printed("105.0", "元"), printed("100.0", "元")
    for members in ([now, printed("5.0"), before], [before, now, printed("5.0")]):
        assert any(verdicts("cross_year_growth", members))
    assert not any(verdicts("cross_year_growth", [now, printed("7.0"), before]))


def test_the_stored_interval_tells_which_reading_was_meant():
    """8400 beside 8000 and 5.00 % is growth between two levels, not an increase of 8000."""
    members = [printed("8000", "户"), printed("8400", "户"), printed("5.00")]
    assert set(verdicts("growth_vs_levels", members)) == {True, False}
    stated = Interval.of(Decimal("4.995"), Decimal("5.005"))
    assert verdicts("growth_vs_levels", members, computed=Interval.of(5, 5), stated=stated) == [True]
    increase = Interval.of(Decimal("1999.999999999"), Decimal(2000))
    assert verdicts("growth_vs_levels", members[1::-1] + members[2:], computed=increase) == [False]


def test_truncation_is_a_reading_of_its_own():
    """29 of 36 is 80.56 %: printed as 80 it was cut off, not rounded."""
    members = [printed("29", "户"), printed("36", "户"), printed("80")]
    assert verdicts("share_of_total", members) == [False]
    assert any(verdicts("share_of_total", members, by="truncation"))


def test_a_hedged_figure_is_not_truncated():
    """超过170 has no digits cut off."""
    assert printed(">170", "元").truncated() == printed(">170", "元")


def test_a_round_number_may_be_coarser_than_its_last_digit():
    """2500亩 may be 2400; 2510亩, 2500户 and 2500.0亩 may not. Both readings are tried."""
    assert printed("2500", "亩").widened().interval == Interval.of(2375, 2625)
    for figure in (printed("2510", "亩"), printed("2500", "户"), printed("2500.0", "亩"), printed("2500")):
        assert figure.widened() == figure
    coarse = [printed("2500", "亩"), printed("2401", "亩")]
    assert verdicts("duplicated_figure", coarse) == [False, True]
    assert verdicts("duplicated_figure", coarse, by="truncation") == [False, False, True]


def test_parts_of_money_need_their_whole():
    """Two amounts are no sum; shares beside a stated total of 40 % sum to it; tenths sum to ten."""
    assert verdicts("parts_sum_to_whole", [printed("1.0", "元"), printed("2.0", "元")]) == []
    parts = percents("15.0", "25.0", "40.0")
    assert verdicts("parts_sum_to_whole", parts, stated=Interval.of(Decimal("39.95"), Decimal("40.05"))) == [
        True
    ]
    assert verdicts("parts_sum_to_whole", parts, stated=HUNDRED) == [False]
    tenths = [printed("4", ""), printed("6", "")]
    assert verdicts("parts_sum_to_whole", tenths, stated=Interval.of(10, 10)) == [True]
    assert verdicts("parts_sum_to_whole", tenths) == [False]


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        ("share_of_total", [printed("1", "个"), printed("2", "个", value=False), printed("50")]),
        ("share_of_total", percents("1", "2", "50")),
        ("unit_conversion", [printed("1.0", "亩"), printed("1.0", "公斤")]),
        ("share_of_total", [printed("1", "元"), printed("-1", "元"), printed("50")]),
        ("share_of_total", [printed("-1", "个"), printed("2", "个"), printed("50")]),
        ("heading_numbering", percents("1", "2")),
        ("parts_sum_to_whole", []),
    ],
)
def test_what_cannot_be_computed_has_no_reading(kind, members):
    """A figure without a value, several rates, strange units, a division by zero: no claim either way."""
    assert readings(claimed(kind, members)) == ()


def test_a_missing_member_leaves_nothing_to_compute():
    """Two of three members are no sum."""
    assert readings(claimed("parts_sum_to_whole", [printed("60.0"), None, printed("40.0")])) == ()


@pytest.mark.parametrize(
    ("codes", "holds"),
    [([("1", "3"), ("1", "3")], True), ([("1", "3"), ("1", "6")], False), ([("1",), ("1", "3")], False)],
)
def test_repeated_codes_state_the_same_numbers(codes, holds):
    """“1+3” and “1+6” are two programmes; a code without its second half is another one."""
    bare = printed("1", "", value=False)
    members = [replace(bare, components=list(code)) for code in codes]
    assert verdicts("duplicated_figure", members) == [holds]


def test_open_ends_do_not_hide_a_whole_number():
    """More than half of 9570 households leaves room for many totals."""
    members = [printed("9570", "户"), printed(">50")]
    assert verdicts("part_of_part", members) == [True]


def test_formulas_are_for_known_types():
    """Every formula belongs to a type of relation."""
    assert set(FORMULAS) <= set(RELATION_TYPES)


shares = st.lists(st.integers(1, 10**6), min_size=2, max_size=9)


@given(shares, st.integers(0, 2))
def test_true_shares_sum_to_a_whole_however_they_are_rounded(amounts, places):
    """Rounding each part never breaks the sum: no false alarm from rounding."""
    quantum = Decimal(1).scaleb(-places)
    parts = [(Decimal(100 * a) / Decimal(sum(amounts))).quantize(quantum) for a in amounts]
    assert all(verdicts("parts_sum_to_whole", percents(*map(str, parts))))


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_true_growth_always_fits(before, after, places):
    """A growth rate computed from two levels fits them at every precision."""
    rate = (Decimal(100 * after) / before - 100).quantize(Decimal(1).scaleb(-places))
    members = [printed(str(after), "户"), printed(str(before), "户"), printed(str(rate))]
    assert any(verdicts("growth_vs_levels", members))


@given(shares, st.integers(20, 90))
def test_a_part_that_is_far_off_breaks_the_sum(amounts, points):
    """A part that is off by more than all rounding together never passes."""
    parts = [(Decimal(100 * a) / Decimal(sum(amounts))).quantize(Decimal("0.1")) for a in amounts]
    parts[0] += points
    assert not any(verdicts("parts_sum_to_whole", percents(*map(str, parts))))


def test_intervals_that_touch_meet_only_with_both_ends():
    """[0, 1] and [1, 2] share 1; [0, 1) and [1, 2] share nothing."""
    left, right = Interval.of(0, 1), Interval.of(1, 2)
    half_open = Interval(Fraction(0), Fraction(1), True, False)
    assert left.meets(right)
    assert not half_open.meets(right)
    assert not left.overlaps(right)
    assert left.overlaps(Interval.of(0, 2))
    assert Interval.of(1, 1).overlaps(Interval.of(1, 1))


def test_interval_arithmetic():
    """Sums, quotients and the ends that they leave open."""
    assert total([Interval.of(1, 2), Interval.of(3, None)]) == Interval.of(4, None)
    assert Interval.of(1, 2) / Interval.of(4, 5) == Interval.of(Decimal("0.2"), Decimal("0.5"))
    assert (Interval.of(1, 2) / Interval.of(4, None)).lower == 0
    assert not (Interval.of(1, 2) / Interval.of(4, None)).lower_closed
    assert (Interval.of(1, 2) / Interval.of(0, 1)).upper is None
    assert Interval.of(1, None).negated() == Interval.of(None, -1)
    with pytest.raises(UndefinedError):
        Interval.of(-1, 1) / Interval.of(1, 2)
    with pytest.raises(UndefinedError):
        Interval.of(1, 1) / Interval.of(0, 0)


def test_intervals_are_shown_as_they_are_written_on_paper():
    """Brackets tell open from closed; six places; no exponent."""
    assert str(Interval.of(Decimal("99.75"), Decimal("100.05"))) == "[99.75, 100.05]"
    assert str(Interval(Fraction(150), None, False)) == "(150, ∞)"
    assert str(Interval(None, Fraction(1, 3))) == "(−∞, 0.333333]"
    assert str(Interval.of(10**9, 10**9)) == "[1000000000, 1000000000]"
