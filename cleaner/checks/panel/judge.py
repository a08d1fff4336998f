"""Claims between reports -> relations with their verdicts.

The arithmetic is that of one report (:mod:`cleaner.checks.equations`). ``inconsistent`` needs intervals that miss
each other and a certain reading; what is computed at constant prices, on a revised base or cumulatively never gets it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cleaner.checks.equations import Outcome, evaluate, level_before
from cleaner.checks.interval import Interval, rounded
from cleaner.checks.panel.claims import PanelClaim
from cleaner.checks.panel.messages import describe
from cleaner.checks.panel.observe import Observation
from cleaner.model import By, Figure, Reason, Relation, Severity, Verdict
from cleaner.packs.indicators import panel_relations


def judged(claim: PanelClaim, number: int) -> Relation:
    """The relation of a claim: intervals, verdict, reason, severity, and what is to be said in both languages.

    Members are ``doc#figure_id``; the relation belongs to the report of ``claim.at``.
    """
    blank = Relation(
        relation_id=f"P{number:04d}",
        doc=claim.at.figure.doc,
        type=claim.type,
        members=tuple(member.member for member in claim.members),
        spans=claim.at.figure.spans,
        certain=claim.reason is None,
        reason=claim.reason,
        detail=claim.detail,
        severity=panel_relations()[claim.type].severity,
    )
    outcome = _outcome(claim, blank)
    filled = _filled(blank, outcome, claim)
    said = describe(claim, filled.verdict, outcome)
    return replace(filled, message=said.zh, message_en=said.en)


def _outcome(claim: PanelClaim, relation: Relation) -> Outcome:
    if claim.type == "target_vs_actual":
        return _reached(*claim.members)
    if claim.type == "cross_year_growth" and len(claim.members) < 3:
        return _implied(*claim.members)
    figures: Mapping[str, Figure] = {member.member: member.figure for member in claim.members}
    return evaluate(relation, figures)


def _implied(level: Observation, rate: Observation) -> Outcome:
    """The level of the year before, with nothing to hold against it."""
    given = rounded(level.figure), rounded(rate.figure)
    if given[0] is None or given[1] is None:
        return Outcome(None)
    return Outcome(None, computed=level_before(given[0], given[1], rate.falls))


def _reached(done: Observation, goal: Observation) -> Outcome:
    """Whether a result lies on the wanted side of its target, or in it."""
    ends = goal.interval
    if goal.indicator.better == "lower":
        wanted = Interval(None, ends.upper, False, ends.upper_closed)
    else:
        wanted = Interval(ends.lower, None, ends.lower_closed, False)
    by = By.EXACT if done.interval.exact and ends.exact else By.ROUNDING
    return Outcome(done.interval.meets(wanted), by, done.interval, wanted)


def _filled(relation: Relation, outcome: Outcome, claim: PanelClaim) -> Relation:
    verdict, reason = _verdict(claim, outcome)
    computed, stated = outcome.computed, outcome.stated
    severity = _severity(relation, verdict, claim)
    return replace(
        relation,
        verdict=verdict,
        reason=reason,
        severity=severity,
        by=outcome.by if outcome.holds is not None else None,
        margin=outcome.margin,
        computed_lower=computed.lower if computed else None,
        computed_upper=computed.upper if computed else None,
        stated_lower=stated.lower if stated else None,
        stated_upper=stated.upper if stated else None,
    )


def _verdict(claim: PanelClaim, outcome: Outcome) -> tuple[Verdict, Reason | None]:
    if outcome.holds:
        # What agrees confirms how it was read, unless a figure itself is in doubt.
        doubted = next((m.doubt for m in claim.members if m.doubt), None)
        return (Verdict.UNDECIDABLE, doubted) if doubted else (Verdict.CONSISTENT, None)
    if claim.type == "target_vs_actual":
        return Verdict.UNDECIDABLE, Reason.OUTSIDE_KNOWLEDGE
    if outcome.holds is None or claim.reason is not None:
        return Verdict.UNDECIDABLE, claim.reason or Reason.OTHER_YEAR
    return Verdict.INCONSISTENT, None


def _severity(relation: Relation, verdict: Verdict, claim: PanelClaim) -> Severity:
    if verdict is not Verdict.INCONSISTENT:
        return Severity.INFO
    return Severity.ERROR if claim.detail.get("same_report") else relation.severity
