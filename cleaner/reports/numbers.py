"""Decimals as a reader of Chinese reports writes them, and intervals as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from cleaner.model import Figure, Relation
from cleaner.reports.words import Word

_EXACT = Context(prec=200)
_SCALES = ((8, "亿"), (4, "万"))
_LONGEST = 40
_DIGITS = 15
_ROUGH = Context(prec=6)


def number(value: Decimal | None) -> str:
    """A decimal without trailing zeros, in 万 or 亿 from ten thousand up; ``—`` for none."""
    if value is None:
        return "—"
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST:
        return str(value)
    if len(value.as_tuple().digits) > _DIGITS:
        return "≈" + number(_ROUGH.plus(value))
    for power, name in _SCALES:
        if value.adjusted() >= power:
            return _plain(value.scaleb(-power, _EXACT)) + name
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def interval(
    lower: Decimal | None, upper: Decimal | None, lower_closed: bool = True, upper_closed: bool = True
) -> str:
    """``[158.85亿, 158.95亿]``; an end that is not there is open and infinite."""
    if lower is not None and lower == upper:
        return number(lower)
    lower, upper = _outward(lower, upper)
    left = "(−∞" if lower is None else ("[" if lower_closed else "(") + number(lower)
    right = "∞)" if upper is None else number(upper) + ("]" if upper_closed else ")")
    return f"{left}, {right}"


def _outward(lower: Decimal | None, upper: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Ends that come of a division, rounded outward to two digits of the width: what is shown holds what was meant."""
    if lower is None or upper is None or not (lower.is_finite() and upper.is_finite()):
        return lower, upper
    last = (upper - lower).adjusted() - 1
    return _cut_at(lower, last, ROUND_FLOOR), _cut_at(upper, last, ROUND_CEILING)


def _cut_at(value: Decimal, last: int, rounding: str) -> Decimal:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= last or value.adjusted() - last > _EXACT.prec - 1:
        return value
    return value.quantize(Decimal(1).scaleb(last), rounding, _EXACT)


def figure_interval(figure: Figure) -> str:
    """The interval of a figure, empty where it was not understood."""
    if figure.lower is None and figure.upper is None:
        return ""
    return interval(figure.lower, figure.upper, figure.lower_closed, figure.upper_closed)


@dataclass(frozen=True, slots=True)
class Bar:
    """One interval of a picture: position and width in percent of the axis, and its ends in words."""

    name: Word
    key: str
    x: float
    width: float
    endless_left: bool
    endless_right: bool
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Two intervals on one axis; ``gap`` is what lies between them (position, width) where they miss each other."""

    bars: tuple[Bar, ...]
    gap: tuple[float, float] | None


def plot(relation: Relation) -> Plot | None:
    """The computed and the stated interval of a relation on one axis, or None where one is missing."""
    computed = (relation.computed_lower, relation.computed_upper)
    stated = (relation.stated_lower, relation.stated_upper)
    if computed == (None, None) or stated == (None, None):
        return None
    ends = [end for end in (*computed, *stated) if end is not None]
    if not all(end.is_finite() for end in ends):
        return None
    axis = _axis(ends)
    bars = (
        _bar(Word("推算", "computed"), "computed", computed, axis),
        _bar(Word("载明", "stated"), "stated", stated, axis),
    )
    return Plot(bars, _gap(bars))


def _axis(ends: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Lower end and length of an axis that holds ``ends`` with room at both sides."""
    low, high = min(ends), max(ends)
    extent = high - low or abs(high) / 10 or Decimal(1)
    return low - extent / 5, extent * 7 / 5


def _bar(
    name: Word, key: str, ends: tuple[Decimal | None, Decimal | None], axis: tuple[Decimal, Decimal]
) -> Bar:
    lower, upper = ends
    left = 0.0 if lower is None else float((lower - axis[0]) / axis[1] * 100)
    right = 100.0 if upper is None else float((upper - axis[0]) / axis[1] * 100)
    return Bar(name, key, left, max(right - left, 0.0), lower is None, upper is None, interval(lower, upper))


def _gap(bars: Sequence[Bar]) -> tuple[float, float] | None:
    first, second = sorted(bars, key=lambda bar: bar.x)
    start = first.x + first.width
    return (start, second.x - start) if second.x > start else None


def shares(counts: Sequence[int], of: int = 0) -> list[tuple[float, float]]:
    """Position and width in percent of each count in a stacked bar; ``of`` is the whole (their sum by default)."""
    whole = of or sum(counts) or 1
    placed, at = [], 0.0
    for count in counts:
        width = 100 * count / whole
        placed.append((at, width))
        at += width
    return placed
