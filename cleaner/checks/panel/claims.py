"""What must hold between the reports of one place: the claims, before they are judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from cleaner.checks.panel.observe import Observation
from cleaner.checks.panel.series import Key, chosen, in_time
from cleaner.figures.relations.restated import factor, one_slip
from cleaner.model import Reason

_ACTUAL, _TARGET = frozenset({"actual"}), frozenset({"target"})
_NEAR = 160
"""A level and its rate stand in one sentence: no further apart than this many characters."""


@dataclass(frozen=True, slots=True)
class PanelClaim:
    """A claim between reports. ``members`` are in the order of the formula; it stands in the report of ``at``.

    ``earlier`` is a level of two years before, which a message may refer to.
    """

    type: str
    members: tuple[Observation, ...]
    at: Observation
    reason: Reason | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    earlier: Observation | None = None


def claims(observed: Sequence[Observation]) -> Iterator[PanelClaim]:
    """Every claim between the observations of several reports, in a fixed order."""
    actual = chosen(observed, _ACTUAL)
    yield from _restated(actual)
    yield from _growths(observed, actual)
    yield from _targets(chosen(observed, _TARGET), actual)


def _restated(actual: Mapping[Key, dict[str, Observation]]) -> Iterator[PanelClaim]:
    """One quantity printed in two reports."""
    for key in sorted(actual):
        for one, other in pairwise(in_time(actual[key].values())):
            turned = _turned(one.figure.unit, other.figure.unit)
            if turned is None:
                continue
            same_unit = one.figure.unit == other.figure.unit
            detail = {
                "numerator": turned[0],
                "denominator": turned[1],
                "same_report": _one_report(one, other),
            }
            kind = "duplicated_figure" if same_unit else "unit_conversion"
            yield PanelClaim(kind, (one, other), other, _doubt_of_repeat(one, other), detail)


def _turned(one: str, other: str) -> tuple[int, int] | None:
    return (1, 1) if one == other else factor(one, other)


def _one_report(one: Observation, other: Observation) -> bool:
    """Whether both stand in versions of one report, which nobody can have revised between them."""
    return one.report_year is not None and one.report_year == other.report_year


def _doubt_of_repeat(one: Observation, other: Observation) -> Reason | None:
    doubt = one.doubt or other.doubt
    if doubt or one.falls != other.falls:
        return doubt or Reason.SECOND_READING
    if one.measure == "growth" and one.basis != other.basis:
        return Reason.NOMINAL_VS_REAL
    slip = one_slip(one.figure.text, other.figure.text)
    revisable = one.indicator.revised and not _one_report(one, other)
    return Reason.SCOPE_CHANGED if revisable and not slip else None


def _growths(
    observed: Sequence[Observation], actual: Mapping[Key, dict[str, Observation]]
) -> Iterator[PanelClaim]:
    """A level and its rate in one report, and the level that an earlier one printed for the year before."""
    levels = [o for same in actual.values() for o in same.values() if o.measure == "level"]
    rates: dict[tuple[str, str, int], list[Observation]] = {}
    for one in observed:
        if one.measure == "growth" and one.figure.status == "actual":
            rates.setdefault((one.figure.doc, one.indicator.id, one.year), []).append(one)
    for level in sorted(levels, key=lambda o: (o.key, o.figure.doc)):
        rate = _beside(level, rates.get((level.figure.doc, level.indicator.id, level.year), ()))
        if rate is not None:
            yield _growth(level, rate, actual)


def _beside(level: Observation, rates: Sequence[Observation]) -> Observation | None:
    """The rate that belongs to a level: the nearest of the same sentence or so."""
    near = [
        r
        for r in rates
        if r.figure.block == level.figure.block
        and abs(r.figure.clean_start - level.figure.clean_start) <= _NEAR
    ]
    return min(near, key=lambda r: abs(r.figure.clean_start - level.figure.clean_start), default=None)


def _growth(
    level: Observation, rate: Observation, actual: Mapping[Key, dict[str, Observation]]
) -> PanelClaim:
    before = _printed(actual, level, level.year - 1)
    earlier = _printed(actual, level, level.year - 2) if before is None else None
    turned = _turned(level.figure.unit, before.figure.unit) if before else (1, 1)
    members = (level, rate) if before is None or turned is None else (level, rate, before)
    ratio = turned or (1, 1)
    detail = {"sign": -1 if rate.falls else 1, "numerator": ratio[0], "denominator": ratio[1]}
    reason = _doubt_of_growth(members, rate)
    return PanelClaim("cross_year_growth", members, level, reason, detail, earlier)


def _printed(
    actual: Mapping[Key, dict[str, Observation]], level: Observation, year: int
) -> Observation | None:
    """What another report gives for ``year``: the one of the time, if there are several."""
    place, indicator, measure, unit, _ = level.key
    others = [
        o
        for doc, o in actual.get((place, indicator, measure, unit, year), {}).items()
        if doc != level.figure.doc
    ]
    return next(iter(in_time(others)), None)


def _doubt_of_growth(members: Sequence[Observation], rate: Observation) -> Reason | None:
    doubt = next((m.doubt for m in members if m.doubt), None)
    if doubt:
        return doubt
    if rate.basis == "real":
        return Reason.NOMINAL_VS_REAL
    if rate.basis == "revised" or rate.indicator.revised:
        return Reason.SCOPE_CHANGED
    return Reason.OTHER_YEAR if len(members) < 3 else None


def _targets(
    target: Mapping[Key, dict[str, Observation]], actual: Mapping[Key, dict[str, Observation]]
) -> Iterator[PanelClaim]:
    """What a report wanted for its year, and what a later one says became of it."""
    for key in sorted(target):
        goals = in_time(o for o in target[key].values() if o.report_year == o.year and o.doubt is None)
        done = in_time(o for o in actual.get(key, {}).values() if o.doubt is None)
        later = [d for d in done if goals and d.figure.doc != goals[0].figure.doc]
        if later:
            yield PanelClaim("target_vs_actual", (later[0], goals[0]), later[0])
