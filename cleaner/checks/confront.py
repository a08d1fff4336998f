"""Relations x figures -> verdicts and findings: 校是非. Nothing here changes the text.

A claim is ``inconsistent`` only where the intervals miss each other *and* its reading is certain; otherwise it
is ``undecidable``, with a reason from the closed list.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from cleaner.checks.equations import EQUATIONS, Outcome, evaluate
from cleaner.checks.locate import Repair, alone, locate
from cleaner.checks.messages import Said, describe
from cleaner.figures.quick import new_relation
from cleaner.model import Cleaned, Figure, Finding, Reason, Relation, Severity, Verdict
from cleaner.packs.relations import relation_types

_ASKED = frozenset(
    {
        "share_of_total",
        "growth_vs_levels",
        "ratio_to_target",
        "granularity_grim",
        "part_of_part",
        "implied_ratio",
        "fenbie_arity",
        "heading_numbering",
        "orphan_indicator",
        "repeated_text",
        "qualitative_claim",
        "continuity",
    }
)
"""Types whose failed but uncertain readings are worth a question to a reader."""


def confront(
    cleaned: Cleaned, figures: Sequence[Figure], relations: Sequence[Relation]
) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    """Judge the relations of one document.

    Returns:
        The relations with intervals, verdict, ``by``, reason, margin, repair and messages; and one finding for
        each contradiction (with the severity of its type) and each open question (info).
    """
    known = {figure.figure_id: figure for figure in figures}
    outcomes = [evaluate(relation, known) for relation in relations]
    held = _held(relations, outcomes)
    judge = _Judge(known, held)
    judged = tuple(judge.judged(r, o) for r, o in zip(relations, outcomes, strict=True))
    spoken = [r for r in judged if r.message]
    return judged, tuple(_finding(cleaned, number, r) for number, r in enumerate(spoken, 1))


def _held(relations: Sequence[Relation], outcomes: Sequence[Outcome]) -> Mapping[str, list[Relation]]:
    """Relations that are true as printed, by member: no repair may break them."""
    held: dict[str, list[Relation]] = defaultdict(list)
    for relation, outcome in zip(relations, outcomes, strict=True):
        if outcome.holds and relation.type in EQUATIONS:
            for member in relation.members:
                held[member].append(relation)
    return held


def _verdict(relation: Relation, outcome: Outcome) -> tuple[Verdict, Reason | None]:
    doubt = relation.reason or (None if relation.certain else Reason.SECOND_READING)
    if outcome.holds is None:
        return (Verdict.UNDECIDABLE if doubt else Verdict.NOT_APPLICABLE), doubt
    if outcome.holds:
        # A claim that holds confirms its reading; only that a part is smaller says little of what it is part of.
        weak = doubt is not None and relation.type == "subset_le_total"
        return (Verdict.UNDECIDABLE, doubt) if weak else (Verdict.CONSISTENT, None)
    if relation.certain:
        return Verdict.INCONSISTENT, None
    return Verdict.UNDECIDABLE, doubt


class _Judge:
    """Fills relations in. Repairs are looked for once per claim: a document that repeats a sentence repeats its claim."""

    def __init__(self, figures: Mapping[str, Figure], held: Mapping[str, list[Relation]]) -> None:
        self._figures = figures
        self._held = held
        self._repairs: dict[tuple[object, ...], tuple[Repair, ...]] = {}

    def judged(self, relation: Relation, outcome: Outcome) -> Relation:
        """The relation with its intervals, verdict, and, where something is to be said, its messages."""
        verdict, reason = _verdict(relation, outcome)
        computed, stated = outcome.computed, outcome.stated
        filled = new_relation(
            relation_id=relation.relation_id,
            doc=relation.doc,
            type=relation.type,
            members=relation.members,
            spans=relation.spans,
            certain=relation.certain,
            reason=reason,
            detail=relation.detail,
            computed_lower=computed.lower if computed else None,
            computed_upper=computed.upper if computed else None,
            stated_lower=stated.lower if stated else None,
            stated_upper=stated.upper if stated else None,
            verdict=verdict,
            by=outcome.by if outcome.holds is not None else None,
            margin=outcome.margin,
            repair=relation.repair,
            severity=relation.severity,
            message=relation.message,
            message_en=relation.message_en,
        )
        if verdict is Verdict.INCONSISTENT:
            return self._accused(filled, outcome)
        if verdict is Verdict.UNDECIDABLE and outcome.holds is False and relation.type in _ASKED:
            return self._asked(filled, outcome, _WHY[reason or Reason.SECOND_READING])
        return filled

    def _members(self, relation: Relation) -> list[Figure]:
        return [self._figures[m] for m in relation.members if m in self._figures]

    def _asked(self, relation: Relation, outcome: Outcome, doubt: Said) -> Relation:
        said = describe(relation, self._members(relation), outcome)
        message, message_en = said.zh + doubt.zh, f"{said.en} {doubt.en}"
        return replace(relation, severity=Severity.INFO, message=message, message_en=message_en)

    def _accused(self, relation: Relation, outcome: Outcome) -> Relation:
        said = describe(relation, self._members(relation), outcome)
        form = relation.detail.get("form")
        if relation.type not in EQUATIONS or "parts" in relation.detail or form in {"range", "code"}:
            return replace(relation, message=said.zh, message_en=said.en)
        repairs = self._located(relation)
        only = alone(repairs)
        hint = _hint(repairs, only)
        if only is None and relation_types()[relation.type].family == "inequality":
            hint = _MANY
        repair = f"{only.before} → {only.text}" if only else ""
        return replace(relation, message=said.zh + hint.zh, message_en=f"{said.en} {hint.en}", repair=repair)

    def _located(self, relation: Relation) -> tuple[Repair, ...]:
        others = [r for member in relation.members for r in self._held.get(member, []) if r is not relation]
        key = tuple(self._claim(r) for r in (relation, *others))
        if key not in self._repairs:
            self._repairs[key] = locate(relation, self._figures, others)
        return self._repairs[key]

    def _claim(self, relation: Relation) -> tuple[object, ...]:
        """What a claim says, without where it stands."""
        printed = tuple((f.text, f.scale, f.comparator, f.precision) for f in self._members(relation))
        return relation.type, relation.detail.get("form"), relation.detail.get("sign"), printed


def _hint(repairs: Sequence[Repair], only: Repair | None) -> Said:
    if only is not None:
        return Said(
            f"若 {only.before} 应为 {only.text}，则相合；请核对原件。",
            f"It would hold if {only.before} read {only.text}; compare the source.",
        )
    if not repairs:
        return Said(
            "没有任何一个数字的单字改动能使其成立：多半不是认错一个数字，而是原文如此、口径不同，或中间脱落了文字。",
            "No single digit explains it: hardly one misread digit, rather a figure that was printed so, another base, "
            "or words that were lost in between.",
        )
    return Said(
        f"有 {len(repairs)} 种单字改动能使其成立，无从断定是哪一处；请把这几个数都与原件核对。",
        f"{len(repairs)} one-digit changes would explain it and none stands alone; compare each of them with the source.",
    )


_MANY = Said(
    "能使其成立的改动很多，无从断定是哪一处；请把这几个数都与原件核对。",
    "Many changes would explain it; compare each of these figures with the source.",
)
"""A bound is kept by any figure that is small enough: to count the repairs says nothing."""

_WHY: Mapping[Reason, Said] = {
    Reason.BASE_UNKNOWN: Said("但基数未明说，不能断定。", "The base is not named, so this is a question."),
    Reason.SUBSET_NOT_SAID: Said(
        "但文中未说前者属于后者。", "The text does not say that one is part of the other."
    ),
    Reason.OTHER_YEAR: Said("但涉及另一年度。", "Another year is involved."),
    Reason.NOMINAL_VS_REAL: Said(
        "但增速可能按可比价或同口径计算。", "The rate may be at constant prices or on another base."
    ),
    Reason.SCOPE_CHANGED: Said("但口径或范围可能不同。", "The scopes may differ."),
    Reason.OUTSIDE_KNOWLEDGE: Said("但须据文外知识判断。", "It takes knowledge from outside the text."),
    Reason.SECOND_READING: Said("但文意有另一种读法。", "The sentence has a second reading."),
}


def _finding(cleaned: Cleaned, number: int, relation: Relation) -> Finding:
    check = relation_types()[relation.type].check
    start, end = int(relation.detail["clean_start"]), int(relation.detail["clean_end"])
    return Finding(
        finding_id=f"C{number:04d}",
        doc=relation.doc,
        check=check,
        severity=relation.severity,
        spans=relation.spans,
        message=relation.message,
        message_en=relation.message_en,
        verdict=relation.verdict,
        members=relation.members,
        suggestion=relation.repair,
        fingerprint=fingerprint(check, cleaned.text[start:end]),
    )


def fingerprint(check: str, quoted: str) -> str:
    """A name for a finding that survives shifted lines: the check and the words it is about, without blanks."""
    words = regex.sub(r"\s+", "", quoted)
    return hashlib.sha256(f"{check}\0{words}".encode()).hexdigest()[:16]
