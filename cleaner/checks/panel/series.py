"""Observations of one quantity gathered: one for each report, and the doubts that only a report as a whole shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from cleaner.checks.panel.observe import Observation
from cleaner.model import Reason

Key = tuple[str, str, str, str, int]


def settled(observed: Sequence[Observation]) -> tuple[Observation, ...]:
    """The observations of one report; where two of one quantity contradict each other, both are in doubt.

    A report prints a bound and then the figure (超过150亿元，达到158.9亿元), which agree. Two that do not are of
    different scopes, whatever their names say, and no other report can be held against either.
    """
    by_key: dict[tuple[Key, str], list[Observation]] = defaultdict(list)
    for one in observed:
        by_key[one.key, one.figure.status].append(one)
    doubtful = {
        id(one)
        for same in by_key.values()
        for one in same
        if any(not one.interval.meets(other.interval) for other in same)
    }
    return tuple(
        replace(o, doubt=o.doubt or Reason.SECOND_READING) if id(o) in doubtful else o for o in observed
    )


def chosen(observed: Iterable[Observation], statuses: frozenset[str]) -> Mapping[Key, dict[str, Observation]]:
    """By quantity and report the one observation that says most: the narrowest interval, without doubt if it can be."""
    found: dict[Key, dict[str, Observation]] = defaultdict(dict)
    for one in observed:
        if one.figure.status not in statuses:
            continue
        known = found[one.key].get(one.figure.doc)
        if known is None or _says(one) < _says(known):
            found[one.key][one.figure.doc] = one
    return found


def _says(one: Observation) -> tuple[bool, Decimal]:
    lower, upper = one.interval.lower, one.interval.upper
    width = Decimal("Infinity") if lower is None or upper is None else upper - lower
    return one.doubt is not None, width


def in_time(observed: Iterable[Observation]) -> list[Observation]:
    """In the order of the reports: by their year, then by name."""
    return sorted(observed, key=lambda o: (o.report_year or o.year + 1, o.figure.doc, o.figure.clean_start))
