"""The rows of the tables that a run leaves: column names are an interface (DESIGN section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.model import Edit, EditKind, Evidence, Figure, Finding, Relation, Safety, Span

SCHEMA_VERSION = 1
"""Of run.json and of every table and row that stands beside it."""


def edit_row(edit: Edit) -> dict[str, Any]:
    """The row of edits.jsonl, with the column names of the contract."""
    return {
        "edit_id": edit.edit_id,
        "doc": edit.doc,
        "rule": edit.rule,
        "edit": edit.edit.value,
        "safety": edit.safety.value,
        "safety_set_by": edit.safety_set_by,
        "evidence": edit.evidence.value,
        "start": edit.start,
        "end": edit.end,
        "spans": [[s.start, s.end] for s in edit.spans],
        "before": edit.before,
        "after": edit.after,
        "applied": edit.applied,
        "withheld_by": edit.withheld_by,
        "group": edit.group,
        "clean_start": edit.clean_start,
        "clean_end": edit.clean_end,
        "why": edit.why,
        "seq": edit.seq,
        "stage": edit.stage,
        "pass": edit.pass_,
        "stage_start": edit.stage_start,
        "stage_end": edit.stage_end,
        "stage_before": edit.stage_before,
        "parts": [list(p) for p in edit.parts],
    }


def finding_row(finding: Finding) -> dict[str, Any]:
    """The row of findings.jsonl, with the column names of the contract."""
    return {
        "finding_id": finding.finding_id,
        "doc": finding.doc,
        "check": finding.check,
        "severity": finding.severity.value,
        "verdict": finding.verdict.value if finding.verdict else None,
        "start": finding.start,
        "end": finding.end,
        "spans": [[s.start, s.end] for s in finding.spans],
        "message": finding.message,
        "message_en": finding.message_en,
        "members": list(finding.members),
        "suggestion": finding.suggestion,
        "fingerprint": finding.fingerprint,
        "state": finding.state.value if finding.state else None,
    }


def figure_row(figure: Figure) -> dict[str, Any]:
    """The row of figures.csv, with the column names of the contract; decimals stay Decimal."""
    return {
        "doc": figure.doc,
        "figure_id": figure.figure_id,
        "start": figure.start,
        "end": figure.end,
        "spans": [[s.start, s.end] for s in figure.spans],
        "raw": figure.raw,
        "text": figure.text,
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "lower_closed": figure.lower_closed,
        "upper_closed": figure.upper_closed,
        "precision": figure.precision,
        "scale": figure.scale,
        "unit": figure.unit,
        "kind": figure.kind,
        "nature": figure.nature,
        "components": [str(c) for c in figure.components],
        "indicator": figure.indicator,
        "subject": figure.subject,
        "period": figure.period,
        "status": figure.status,
        "comparator": figure.comparator,
        "group": figure.group,
        "edited": figure.edited,
    }


def relation_row(relation: Relation) -> dict[str, Any]:
    """The row of relations.csv, with the column names of the contract."""
    return {
        "doc": relation.doc,
        "relation_id": relation.relation_id,
        "type": relation.type,
        "members": list(relation.members),
        "computed_lower": relation.computed_lower,
        "computed_upper": relation.computed_upper,
        "stated_lower": relation.stated_lower,
        "stated_upper": relation.stated_upper,
        "verdict": relation.verdict.value if relation.verdict else None,
        "by": relation.by.value if relation.by else None,
        "reason": relation.reason.value if relation.reason else None,
        "margin": relation.margin,
        "repair": relation.repair,
    }


def edit_of(row: Mapping[str, Any]) -> Edit:
    """The edit that a row of edits.jsonl stands for: the reverse of ``edit_row``."""
    return Edit(
        edit_id=row["edit_id"],
        doc=row["doc"],
        rule=row["rule"],
        edit=EditKind(row["edit"]),
        safety=Safety(row["safety"]),
        evidence=Evidence(row["evidence"]),
        spans=tuple(Span(start, end) for start, end in row["spans"]),
        before=row["before"],
        after=row["after"],
        applied=row["applied"],
        withheld_by=row["withheld_by"],
        group=row["group"],
        clean_start=row["clean_start"],
        clean_end=row["clean_end"],
        why=row["why"],
        seq=row["seq"],
        stage=row["stage"],
        pass_=row["pass"],
        stage_start=row["stage_start"],
        stage_end=row["stage_end"],
        stage_before=row["stage_before"],
        parts=tuple((start, end, before, after) for start, end, before, after in row["parts"]),
        safety_set_by=row["safety_set_by"],
    )
