"""Numerals are read exactly, with the place of their last written digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.figures.numerals import read_numeral


@pytest.mark.parametrize(
    ("text", "value", "place"),
    [
        ("158.9亿", "15890000000", "10000000"),
        ("１２３", "123", "1"),
        ("12,345", "12345", "1"),
        ("1.20万", "12000", "100"),
        ("3千万", "30000000", "10000000"),
        ("一百二十三", "123", "1"),
        ("一百零五", "105", "1"),
        ("两千", "2000", "1"),
        ("三点五", "3.5", "0.1"),
        ("二〇二四", "2024", "1"),
        ("十二", "12", "1"),
        ("一万二千", "12000", "1"),
        ("三亿五千万", "350000000", "10000"),
        ("百万", "1000000", "10000"),
    ],
)
def test_a_numeral_has_a_value_and_a_place(text: str, value: str, place: str) -> None:
    """万 and 亿 are multiplied out; trailing zeros after the point carry precision."""
    numeral = read_numeral(text)
    assert numeral is not None
    assert (numeral.value, numeral.place) == (Decimal(value), Decimal(place))


@pytest.mark.parametrize("text", ["", "亩", "一二", "十万亩", "1.2.3", "三三"])
def test_what_spells_no_number_is_none(text: str) -> None:
    """A string that is not one numeral as a whole is refused, not guessed."""
    assert read_numeral(text) is None


def test_the_step_of_a_round_number_is_its_last_digit_that_is_not_zero() -> None:
    """余 and 近 round to what was meant: thirty-odd, not thirty and a bit."""
    steps = {text: numeral.step for text in ("30", "1500", "31", "1.5") if (numeral := read_numeral(text))}
    assert steps == {"30": Decimal(10), "1500": Decimal(100), "31": Decimal(1), "1.5": Decimal("0.1")}


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=4))
def test_digits_are_read_exactly(whole: int, decimals: int) -> None:
    """No binary float stands between the print and the value."""
    text = f"{whole}.{'7' * decimals}" if decimals else str(whole)
    numeral = read_numeral(text)
    assert numeral is not None
    assert numeral.value == Decimal(text)
    assert numeral.place == Decimal(1).scaleb(-decimals)


_DIGITS = "零一二三四五六七八九"


def _spell(number: int) -> str:
    """Write 1 to 9999 in Chinese, the way a report does."""
    out, gap = "", False
    for rank, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, rank)
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = bool(out)
    return out


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    """Every number that can be spelt is read as what was spelt."""
    numeral = read_numeral(_spell(number))
    assert numeral is not None
    assert numeral.value == number
