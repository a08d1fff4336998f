"""What a relation between reports says, in Chinese and English: the prints, their reports, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from cleaner.checks.equations import Outcome
from cleaner.checks.interval import Interval, change, rounded
from cleaner.checks.messages import Said, shown
from cleaner.checks.panel.claims import PanelClaim
from cleaner.checks.panel.observe import Observation
from cleaner.model import Figure, Reason, Verdict

_TENTH = Decimal("0.1")


def describe(claim: PanelClaim, verdict: Verdict | None, outcome: Outcome) -> Said:
    """The sentence for one relation between reports; what agrees is said as plainly as what does not."""
    said = _TEMPLATES[claim.type](claim, outcome)
    if claim.type == "target_vs_actual":
        return said
    if verdict is Verdict.CONSISTENT:
        return Said(f"{said.zh}两者相合。", f"{said.en} They agree.")
    if verdict is Verdict.INCONSISTENT:
        return Said(f"{said.zh}两者不合。", f"{said.en} They contradict each other.")
    why = _WHY.get(claim.reason) if claim.reason else None
    return Said(said.zh + why.zh, f"{said.en} {why.en}") if why else said


def _named(one: Observation) -> Said:
    measure = "" if one.measure == "level" else "增速"
    measure_en = "" if one.measure == "level" else ", growth"
    return Said(
        f"{one.place}{one.year}年{one.indicator.name}{measure}",
        f"{one.place}, {one.year}, {one.indicator.name_en}{measure_en}",
    )


def _printed(one: Observation) -> str:
    """The figure as it is printed, with the sign of a fall."""
    text = "".join(one.figure.text.split())
    bound = {">": ">", "<": "<", "≈": "≈"}.get(one.figure.comparator, "")
    return f"{bound}{'−' if one.falls else ''}{text}"


def _repeated(claim: PanelClaim, _: Outcome) -> Said:
    one, other = claim.members
    named = _named(one)
    return Said(
        f"{named.zh}：{one.figure.doc} 写 {_printed(one)}，{other.figure.doc} 写 {_printed(other)}。",
        f"{named.en}: {one.figure.doc} prints {_printed(one)}, {other.figure.doc} prints {_printed(other)}.",
    )


def _grown(claim: PanelClaim, outcome: Outcome) -> Said:
    level, rate = claim.members[:2]
    named, year = _named(level), level.year - 1
    before = claim.members[2] if len(claim.members) > 2 else None
    implied = shown(outcome.computed, _finer((before or level).figure))
    said = Said(
        f"{named.zh} {_printed(level)}、增速 {_printed(rate)}（{level.figure.doc}），推得 {year}年为 {implied}；",
        f"{named.en}: {_printed(level)} after growth of {_printed(rate)} ({level.figure.doc}) "
        f"leads back to {implied} in {year};",
    )
    rest = _absent(claim, outcome) if before is None else _stated(level, before)
    return Said(said.zh + rest.zh, f"{said.en} {rest.en}")


def _finer(figure: Figure) -> Figure:
    """The figure with one digit more: what was computed is shown a little finer than what was printed."""
    return figure if figure.precision is None else replace(figure, precision=figure.precision / 10)


def _stated(level: Observation, before: Observation) -> Said:
    """What was printed for the year before, and the nominal change between the two prints."""
    nominal = _percent(change(before.interval, level.interval))
    return Said(
        f"{before.figure.doc} 写 {_printed(before)}（名义变动 {nominal}）。",
        f"{before.figure.doc} prints {_printed(before)} (a nominal change of {nominal}).",
    )


def _absent(claim: PanelClaim, outcome: Outcome) -> Said:
    """Nothing was printed for the year before; two years back may give the rate of the year between."""
    level, earlier = claim.members[0], claim.earlier
    if earlier is None or outcome.computed is None or earlier.factor != level.factor:
        return Said("上年之数不在所读报告中。", "no report at hand prints that year.")
    start = rounded(earlier.figure)
    between = _percent(change(start, outcome.computed) if start is not None else None)
    return Said(
        f"{earlier.figure.doc} 载 {earlier.year}年 {_printed(earlier)}，则 {level.year - 1}年变动 {between}。",
        f"with {_printed(earlier)} in {earlier.year} ({earlier.figure.doc}), {level.year - 1} changed by {between}.",
    )


def _percent(interval: Interval | None) -> str:
    """A change in percent, rounded outwards to one decimal; an open end as a bound."""
    if interval is None or (interval.lower is None and interval.upper is None):
        return "？"
    low = (
        None
        if interval.lower is None or interval.lower <= -100
        else interval.lower.quantize(_TENTH, ROUND_FLOOR)
    )
    high = None if interval.upper is None else interval.upper.quantize(_TENTH, ROUND_CEILING)
    if low is None or high is None:
        return f"≤{high}%" if low is None else f"≥{low}%"
    return f"{low}%" if low == high else f"{low}%–{high}%"


def _wanted(claim: PanelClaim, outcome: Outcome) -> Said:
    done, goal = claim.members
    named = _named(done)
    met = ("已达到", "reached") if outcome.holds else ("未达到", "not reached")
    return Said(
        f"{named.zh}：目标 {_printed(goal)}（{goal.figure.doc}），结果 {_printed(done)}（{done.figure.doc}），{met[0]}。",
        f"{named.en}: target {_printed(goal)} ({goal.figure.doc}), result {_printed(done)} ({done.figure.doc}), "
        f"{met[1]}.",
    )


_TEMPLATES: Mapping[str, Callable[[PanelClaim, Outcome], Said]] = {
    "duplicated_figure": _repeated,
    "unit_conversion": _repeated,
    "cross_year_growth": _grown,
    "target_vs_actual": _wanted,
}

_WHY: Mapping[Reason, Said] = {
    Reason.NOMINAL_VS_REAL: Said(
        "增速按或可能按可比价，名义总量不必与之相合。",
        "Growth is, or may be, at constant prices; nominal levels need not fit it.",
    ),
    Reason.SCOPE_CHANGED: Said(
        "口径或基数可能修订过，或为累计数，不能断定。",
        "The base may have been revised, or the figure is cumulative: undecided.",
    ),
    Reason.SECOND_READING: Said(
        "所指或不是同一口径，不能断定。", "It need not be the same scope: undecided."
    ),
}
