"""The formula of each relation type: what the members give, and what is printed.

An equation returns both sides as intervals; the claim holds where they meet. Inequalities are written the same
way, with a half-line as the printed side. A structure (a count of items, a sequence of headings) is judged as
printed, without rounding. Formulae: notes of the relation files in ``rules/relations``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cleaner.checks.interval import Interval, Reading, change, growth, percent, rounded, total, truncated
from cleaner.model import By, Figure, Relation

_HUNDRED = Decimal(100)
_ONE = Interval.point(1)
_ALL_PERCENTS = Interval(Decimal(0), _HUNDRED)
_UNHEARD_OF = Decimal(10) ** 28
"""No public document counts so much of anything, and no decimal of a table holds more: such a numeral is a misreading."""
_DAYS_OF_A_YEAR = Interval(Decimal(365), Decimal(366))


@dataclass(frozen=True, slots=True)
class Sides:
    """What follows from the other members, and what is printed."""

    computed: Interval
    stated: Interval


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the arithmetic says of a claim: ``holds`` is None where nothing can be compared.

    ``margin`` is the distance of the two sides in units of the last printed digit, 0 where they meet.
    """

    holds: bool | None
    by: By | None = None
    computed: Interval | None = None
    stated: Interval | None = None
    margin: Decimal | None = None


Equation = Callable[[Relation, Sequence[Interval]], "Sides | None"]
Structure = Callable[[Relation], Outcome]


def evaluate(relation: Relation, figures: Mapping[str, Figure]) -> Outcome:
    """Put the figures of a relation into its formula: rounded first, and cut off where that fails."""
    if relation.type in STRUCTURES or relation.detail.get("form") in {"range", "code"}:
        return _structure(relation, figures)
    members = [figures[m] for m in relation.members if m in figures]
    if len(members) != len(relation.members):
        return Outcome(None)
    outcome = _under(relation, members, rounded, By.ROUNDING)
    if outcome.holds is False:
        second = _under(relation, members, truncated, By.TRUNCATION)
        return second if second.holds else outcome
    return outcome


def _under(relation: Relation, members: Sequence[Figure], reading: Reading, by: By) -> Outcome:
    # A total and its parts are written at one granularity: 10500 = 8500 + 2000 is exact, round as it looks.
    intervals = [reading(f, relation.type != "parts_sum_to_whole") for f in members]
    known = [i for i in intervals if i is not None]
    if len(known) != len(intervals):
        return Outcome(None)
    if relation.detail.get("parts"):
        known = [of_numeral(str(p), by is By.TRUNCATION) for p in relation.detail["parts"]]
    sides = EQUATIONS[relation.type](relation, known)
    if sides is None:
        return Outcome(None)
    holds = sides.computed.meets(sides.stated)
    exact = sides.computed.exact and sides.stated.exact
    unit = members[-1].precision if members and members[-1].precision else Decimal(1)
    margin = sides.computed.distance(sides.stated) / unit
    if any(bound is not None and abs(bound) >= _UNHEARD_OF for bound in (*_bounds(sides), margin)):
        return Outcome(None)
    return Outcome(holds, By.EXACT if exact else by, sides.computed, sides.stated, margin)


def _bounds(sides: Sides) -> tuple[Decimal | None, ...]:
    return sides.computed.lower, sides.computed.upper, sides.stated.lower, sides.stated.upper


def of_numeral(numeral: str, cut_off: bool = False) -> Interval:
    """The interval of a bare printed decimal: half a unit of its last digit to either side, or [v, v+u)."""
    value = Decimal(numeral)
    unit = Decimal(1).scaleb(int(value.as_tuple().exponent))
    if cut_off:
        return Interval(value, value + unit, True, False)
    return Interval(value - unit / 2, value + unit / 2)


def _at_most(interval: Interval) -> Interval:
    return Interval(None, interval.upper, False, interval.upper_closed)


def _at_least(interval: Interval) -> Interval:
    return Interval(interval.lower, None, interval.lower_closed, False)


def _sum(relation: Relation, given: Sequence[Interval]) -> Sides | None:
    if "whole" in relation.detail:
        return Sides(total(given), Interval.point(Decimal(relation.detail["whole"])))
    return Sides(total(given[:-1]), given[-1])


def _share(relation: Relation, given: Sequence[Interval]) -> Sides | None:
    if relation.detail.get("form") == "days":
        given = (given[0], _DAYS_OF_A_YEAR, given[1])
    computed = percent(given[0], given[1])
    return None if computed is None else Sides(computed, given[2])


def _growth(relation: Relation, given: Sequence[Interval]) -> Sides | None:
    form, falls = relation.detail.get("form"), relation.detail.get("sign") == -1
    if form == "stock":
        return Sides(given[1], _at_most(given[0]))
    if form == "step":
        step = given[1] - given[0]
        return Sides(-step if falls else step, given[2])
    if form == "levels":
        computed = change(given[0], given[1])
        stated = -given[2] if falls else given[2]
        return None if computed is None else Sides(computed, stated)
    computed = _fall(given[0], given[1]) if falls else growth(given[0], given[1])
    return None if computed is None else Sides(computed, given[2])


def _fall(level: Interval, step: Interval) -> Interval | None:
    """100 · n / (N + n), written as 100 / (N/n + 1)."""
    ratio = level.over(step)
    return None if ratio is None else Interval.point(_HUNDRED).over(ratio + _ONE)


def _target(_: Relation, given: Sequence[Interval]) -> Sides | None:
    if len(given) == 2:
        return _assigned(given[0], given[1])
    computed = percent(given[0], given[1])
    return None if computed is None else Sides(computed, given[2])


def _assigned(done: Interval, ratio: Interval) -> Sides | None:
    """The task that follows from result and ratio, where it can be a round number, as assigned tasks are.

    A task that is not round contradicts nothing, so there is no second side then.
    """
    goal = done.times(_HUNDRED).over(ratio)
    if goal is None or goal.lower is None or goal.upper is None or goal.lower <= 0:
        return None
    middle = (goal.lower + goal.upper) / 2
    unit = Decimal(1).scaleb(middle.adjusted() - 1)
    task = (middle / unit).to_integral_value() * unit
    return Sides(goal, Interval.point(task)) if goal.holds(task) else None


def _converted(relation: Relation, given: Sequence[Interval]) -> Sides | None:
    numerator, denominator = relation.detail["numerator"], relation.detail["denominator"]
    quotient = given[0].times(numerator).over(Interval.point(denominator))
    return None if quotient is None else Sides(quotient, given[1])


def _mean(_: Relation, given: Sequence[Interval]) -> Sides | None:
    if len(given) < 3:
        return None
    rate, average = (i.times(Decimal("0.01")) + _ONE for i in given[:2])
    computed = average.power(2).over(rate)
    return None if computed is None else Sides((computed - _ONE).times(_HUNDRED), given[2])


def level_before(level: Interval, rate: Interval, falls: bool = False) -> Interval | None:
    """N / (1 + g): the level that a level and its rate of growth in percent lead back to; None for a fall of 100 %."""
    change = rate.times(Decimal("-0.01") if falls else Decimal("0.01"))
    return level.over(change + _ONE)


def _across_years(relation: Relation, given: Sequence[Interval]) -> Sides | None:
    """Level, rate, level of the year before; ``numerator`` and ``denominator`` turn the first unit into the last."""
    if len(given) < 3:
        return None
    computed = level_before(given[0], given[1], relation.detail.get("sign") == -1)
    if computed is None:
        return None
    turned = computed.times(relation.detail["numerator"]).over(Interval.point(relation.detail["denominator"]))
    return None if turned is None else Sides(turned, given[2])


def _product(relation: Relation, given: Sequence[Interval]) -> Sides | None:
    made, per = Decimal(relation.detail["output_kg"]), Decimal(relation.detail["yield_kg"])
    quotient = given[1].times(made).over(given[0])
    return None if quotient is None else Sides(quotient, given[2].times(per))


def _floor(_: Relation, given: Sequence[Interval]) -> Sides | None:
    if given[0].lower is None or given[1].lower is None:
        return None
    return Sides(Interval.point(given[0].lower * given[1].lower), _at_most(given[2]))


def _beyond(_: Relation, given: Sequence[Interval]) -> Sides | None:
    bound = given[0].lower if given[0].upper is None else (given[0].lower or Decimal(0))
    return Sides(given[1], Interval(bound, None, True, False))


def _no_more(_: Relation, given: Sequence[Interval]) -> Sides | None:
    return Sides(given[0], _at_most(given[1]))


def _some_parts(_: Relation, given: Sequence[Interval]) -> Sides | None:
    return Sides(total(given[:-1]), _at_most(given[-1]))


def _weighted_mean(_: Relation, given: Sequence[Interval]) -> Sides | None:
    """A mean with positive weights lies between the least and the greatest of its parts."""
    lows = [i.lower for i in given[:-1] if i.lower is not None]
    highs = [i.upper for i in given[:-1] if i.upper is not None]
    if len(lows) + len(highs) != 2 * len(given[:-1]):
        return None
    return Sides(Interval(min(lows), max(highs)), given[-1])


def _no_less(_: Relation, given: Sequence[Interval]) -> Sides | None:
    return Sides(given[0], _at_least(given[1]))


def _percentage(_: Relation, given: Sequence[Interval]) -> Sides | None:
    return Sides(given[0], _ALL_PERCENTS)


def _words_of_size(relation: Relation, given: Sequence[Interval]) -> Sides | None:
    """翻番 is at least twice the level before, 过半 at least 50, 全覆盖 all of 100."""
    form = relation.detail["form"]
    if form == "doubled":
        return Sides(given[1], _at_least(given[0].times(Decimal(2))))
    if form == "half":
        return Sides(given[0], Interval(_HUNDRED / 2, None, True, False))
    return Sides(given[0], Interval.point(_HUNDRED if form == "all" else Decimal(1)))


def _equal(_: Relation, given: Sequence[Interval]) -> Sides | None:
    return Sides(given[0], given[1])


def _nothing(_relation: Relation, _given: Sequence[Interval]) -> Sides | None:
    """A relation that only implies a number has no second side."""
    return None


EQUATIONS: Mapping[str, Equation] = {
    "parts_sum_to_whole": _sum,
    "share_of_total": _share,
    "growth_vs_levels": _growth,
    "ratio_to_target": _target,
    "duplicated_figure": _equal,
    "unit_conversion": _converted,
    "cross_year_growth": _across_years,
    "average_growth": _mean,
    "implied_ratio": _product,
    "implied_total": _nothing,
    "subset_le_total": _no_more,
    "floor_sum": _floor,
    "member_threshold": _floor,
    "bound_vs_exact": _beyond,
    "net_le_gross": _no_more,
    "partial_sum_le_total": _some_parts,
    "accounting_bound": _weighted_mean,
    "range_monotone": _no_more,
    "percent_bounds": _percentage,
    "target_vs_actual": _no_less,
    "qualitative_claim": _words_of_size,
}


def _structure(relation: Relation, figures: Mapping[str, Figure]) -> Outcome:
    form = relation.detail.get("form")
    if form == "range":
        low, high = Decimal(relation.detail["low"]), Decimal(relation.detail["high"])
        sides = Sides(Interval.point(low), Interval(None, high, False, True))
        return Outcome(low <= high, By.EXACT, sides.computed, sides.stated, max(low - high, Decimal(0)))
    if form == "code":
        components = [figures[m].components for m in relation.members if m in figures]
        return Outcome(len(set(components)) == 1, By.EXACT)
    if relation.type in {"part_of_part", "granularity_grim"}:
        return _whole_number(relation, [figures[m] for m in relation.members if m in figures])
    return STRUCTURES[relation.type](relation)


def _whole_number(relation: Relation, members: Sequence[Figure]) -> Outcome:
    """Whether a whole number of things can give the printed share (GRIM)."""
    given = [rounded(figure) for figure in members]
    if len(given) != 2 or given[0] is None or given[1] is None:
        return Outcome(None)
    one, share = given[0], given[1]
    part = relation.type == "part_of_part"
    computed = one.times(_HUNDRED).over(share) if part else _scaled(one, share)
    if computed is None or computed.lower is None or computed.upper is None:
        return Outcome(None)
    first = computed.lower.to_integral_value(rounding="ROUND_CEILING")
    return Outcome(first <= computed.upper, By.ROUNDING, computed, None)


def _scaled(count: Interval, share: Interval) -> Interval | None:
    """The number of things that a share of ``count`` things means."""
    if not count.exact or count.lower is None:
        return None
    return share.times(count.lower).times(Decimal("0.01"))


def _counted(relation: Relation) -> Outcome:
    """A stated number against every count that the text allows."""
    stated, readings = int(relation.detail["stated"]), [int(r) for r in relation.detail["readings"]]
    nearest = min(abs(stated - r) for r in readings)
    computed = Interval(Decimal(min(readings)), Decimal(max(readings)))
    return Outcome(stated in readings, By.EXACT, computed, Interval.point(stated), Decimal(nearest))


def _partial(relation: Relation) -> Outcome:
    stated, listed = int(relation.detail["stated"]), min(int(r) for r in relation.detail["readings"])
    sides = Sides(Interval.point(listed), Interval(None, Decimal(stated), False, True))
    return Outcome(listed <= stated, By.EXACT, sides.computed, sides.stated, Decimal(max(0, listed - stated)))


def _sequence(relation: Relation) -> Outcome:
    missing = relation.detail["missing"]
    return Outcome(not missing, By.EXACT, margin=Decimal(len(missing)))


def _calendar(relation: Relation) -> Outcome:
    return Outcome(bool(relation.detail["valid"]), By.EXACT)


def _session(relation: Relation) -> Outcome:
    earlier, present = int(relation.detail["earlier"]), int(relation.detail["present"])
    stated = Interval(None, Decimal(present), False, True)
    return Outcome(
        earlier <= present, By.EXACT, Interval.point(earlier), stated, Decimal(max(0, earlier - present))
    )


def _rank(relation: Relation) -> Outcome:
    rank, size = int(relation.detail["rank"]), relation.detail["of"]
    if size is None:
        return Outcome(None)
    stated = Interval(Decimal(1), Decimal(max(1, size)))
    return Outcome(1 <= rank <= size, By.EXACT, Interval.point(rank), stated, Decimal(max(0, rank - size)))


def _unfit(_: Relation) -> Outcome:
    """Proposed only where a unit cannot fit, or a text is printed again: there is nothing to compute."""
    return Outcome(False, By.EXACT)


def _present(relation: Relation) -> Outcome:
    return Outcome(bool(relation.detail["holds"]), By.EXACT)


def _continued(relation: Relation) -> Outcome:
    return _counted(relation) if relation.detail["form"] == "years" else _present(relation)


STRUCTURES: Mapping[str, Structure] = {
    "enumerated_count": _counted,
    "enumerated_partial": _partial,
    "fenbie_arity": _counted,
    "heading_numbering": _sequence,
    "date_validity": _calendar,
    "session_number": _session,
    "programme_period": _counted,
    "rank_plausibility": _rank,
    "unit_indicator_fit": _unfit,
    "orphan_indicator": _present,
    "continuity": _continued,
    "repeated_text": _unfit,
    "part_of_part": _unfit,
    "granularity_grim": _unfit,
}
