"""What a relation's row names, gathered: the member figures and the stored intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from cleaner.contracts.intervals import Interval, UndefinedError

_COARSE = Decimal("0.05")
"""2500亩 and 4500亿元 may be rounder than their last digit says: 5 % to either side."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A member of a relation, as its row in figures has it; ``value`` is None where it was not understood."""

    figure_id: str
    raw: str
    text: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    lower_closed: bool
    upper_closed: bool
    precision: Decimal | None
    scale: int
    unit: str
    kind: str
    nature: str
    comparator: str
    components: Sequence[str] = ()

    @property
    def interval(self) -> Interval:
        """What the printed figure can mean.

        Raises:
            UndefinedError: a figure without a value.
        """
        if self.value is None:
            raise UndefinedError(f"{self.raw} has no value")
        if self.lower is None and self.upper is None:
            return Interval.of(self.value, self.value)
        plain = Interval.of(self.lower, self.upper)
        return replace(plain, lower_closed=self.lower_closed, upper_closed=self.upper_closed)

    @property
    def percent(self) -> bool:
        """Whether the figure is a percentage."""
        return self.unit == "%"

    @property
    def coarse(self) -> bool:
        """A measured number of four digits or more that ends in two zeros."""
        if self.value is None or self.precision is None or self.percent or self.comparator != "=":
            return False
        mantissa = Fraction(self.value) / self.scale
        return mantissa >= 1000 and mantissa % 100 == 0 and "." not in self.text

    def truncated(self) -> Operand:
        """The same figure if its printer cut digits off instead of rounding: [v, v + one unit)."""
        if self.value is None or self.precision is None or self.comparator != "=":
            return self
        return replace(self, lower=self.value, upper=self.value + self.precision, upper_closed=False)

    def widened(self) -> Operand:
        """The same figure, if it is round, with 5 % to either side."""
        if self.value is None or not self.coarse:
            return self
        slack = abs(self.value) * _COARSE
        return replace(self, lower=self.value - slack, upper=self.value + slack)


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation's row with its figures: what was claimed, and what was stored about it.

    ``operands`` are the members in order, None for an id that no figure has; ``computed`` and ``stated`` the
    stored intervals, None where nothing is stored. ``message`` is what the check said, where it is known.
    """

    kind: str
    operands: tuple[Operand | None, ...]
    computed: Interval | None
    stated: Interval | None
    by: str | None
    verdict: str | None
    message: str = ""

    @property
    def decided(self) -> bool:
        """Whether the verdict says yes or no."""
        return self.verdict in ("consistent", "inconsistent")

    @property
    def members(self) -> tuple[Operand, ...]:
        """The members; none at all if one of them is missing."""
        found = tuple(o for o in self.operands if o is not None)
        return found if len(found) == len(self.operands) else ()
