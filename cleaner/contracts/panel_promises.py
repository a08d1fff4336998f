"""What every row of a panel promises: it is the figure that it names, in its unit, in its year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cleaner.contracts.promises import KEPT, PROMISES, Judgement, Promise, excerpt
from cleaner.contracts.recompute import unit_ratio

_LAST_PLACE = Fraction(1, 10**9)
"""A table keeps nine decimals."""


def figure_is_printed(
    spans: Sequence[Sequence[int]], text: str, status: str, printed: Mapping[str, Any] | None
) -> Judgement:
    """The row's figure stands in the figures table, at the same place, with the same words and status."""
    if printed is None:
        return "查无此数值 / no such figure"
    same = (list(spans), text, status) == (list(printed["spans"]), printed["text"], printed["status"])
    return KEPT if same else f"与数值表所载“{excerpt(printed['text'])}”不同 / differs from the figures table"


def value_is_the_figures(
    value: Decimal, unit: str, measure: str, printed: Mapping[str, Any] | None
) -> Judgement:
    """The value is the printed one in the unit of the panel; only a rate may be negative."""
    if printed is None:
        return None
    ratio = unit_ratio(printed["unit"], unit)
    if ratio is None:
        return f"{printed['unit']} 不能换算为 {unit} / the units do not convert"
    if measure == "level" and value < 0:
        return f"{value:f}：总量为负 / a negative level"
    off = abs(abs(Fraction(value)) - abs(Fraction(printed["value"])) * ratio)
    return (
        KEPT
        if off <= _LAST_PLACE
        else f"{value:f} {unit} 不是所印的 {printed['value']:f} {printed['unit']} / not the printed value"
    )


def rate_has_its_basis(measure: str, basis: str | None) -> Judgement:
    """A rate of growth says what it is over; a level does not."""
    return (
        KEPT
        if (measure == "growth") == (basis is not None)
        else "增速与其基准不配 / a rate and its basis go together"
    )


PANEL_PROMISES: tuple[Promise, ...] = (
    *(p for p in PROMISES["figures"] if p.name in {"spans_in_order", "interval_holds_value"}),
    Promise(
        "figure_is_printed",
        ("spans", "text", "status", "printed"),
        figure_is_printed,
        "所据数值在数值表中",
        "its figure is in the figures table",
    ),
    Promise(
        "value_is_the_figures",
        ("value", "unit", "measure", "printed"),
        value_is_the_figures,
        "数值即所印之数",
        "a value is the printed one",
    ),
    Promise(
        "rate_has_its_basis", ("measure", "basis"), rate_has_its_basis, "增速各有基准", "a rate has its basis"
    ),
)
"""The promises of the panel table."""
