"""The panel of a run: observations, relations between reports, findings; and their place in the documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cleaner.checks.confront import fingerprint
from cleaner.checks.coverage import DATA_KINDS
from cleaner.checks.panel.claims import claims
from cleaner.checks.panel.judge import judged
from cleaner.checks.panel.observe import Observation, observations
from cleaner.checks.panel.series import settled
from cleaner.model import DocumentResult, Finding, Relation, Verdict
from cleaner.packs.indicators import Indicator, indicators, panel_relations
from cleaner.packs.relations import relation_types
from cleaner.reading.identity import UNKNOWN


@dataclass(frozen=True, slots=True)
class Panel:
    """Several reports read together.

    ``observations`` are in the order place, indicator, measure, unit, year, report. ``relations`` and ``findings``
    belong to the run: each names its report in ``doc`` and its members as ``doc#figure_id``. ``left_out`` are the
    reports whose place is not told, so that nothing of them can be compared.
    """

    observations: tuple[Observation, ...]
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[str, ...] = ()


def build(results: Iterable[DocumentResult], known: Sequence[Indicator] | None = None) -> Panel:
    """Read several judged reports as one panel.

    Args:
        results: the documents of a run; reports of several places make as many panels side by side.
        known: the indicators; the shipped ones by default.

    Returns:
        The panel. It does not depend on the order of ``results``.

    Raises:
        PackError: a file of rules/panel is wrong.
    """
    reports = sorted(results, key=lambda r: r.cleaned.document.doc)
    catalogue = tuple(indicators() if known is None else known)
    observed = [o for r in reports for o in settled(tuple(observations(r, catalogue)))]
    observed.sort(key=lambda o: (o.key, o.report_year or 0, o.figure.doc, o.figure.clean_start))
    relations = tuple(judged(claim, number) for number, claim in enumerate(claims(observed), 1))
    findings = tuple(_finding(r) for r in relations if _worth_saying(r))
    unplaced = tuple(r.cleaned.document.doc for r in reports if r.cleaned.document.place == UNKNOWN)
    return Panel(tuple(observed), relations, findings, unplaced)


def _worth_saying(relation: Relation) -> bool:
    """What contradicts is a finding; what misses but cannot be decided is a question; the rest stays in the tables."""
    if relation.verdict is Verdict.INCONSISTENT:
        return True
    compared = relation.computed_lower is not None and relation.margin is not None and relation.margin > 0
    missed = relation.type == "target_vs_actual" and relation.verdict is Verdict.UNDECIDABLE
    return relation.verdict is Verdict.UNDECIDABLE and (compared or missed)


def _finding(relation: Relation) -> Finding:
    check = f"panel/{relation.type}"
    return Finding(
        finding_id=relation.relation_id,
        doc=relation.doc,
        check=check,
        severity=relation.severity,
        spans=relation.spans,
        message=relation.message,
        message_en=relation.message_en,
        verdict=relation.verdict,
        members=relation.members,
        fingerprint=fingerprint(check, relation.message),
    )


def with_panel(results: Sequence[DocumentResult], panel: Panel) -> tuple[DocumentResult, ...]:
    """The documents with the relations and findings of the panel, and the coverage that these add."""
    decided = _decided(panel.relations)
    return tuple(_joined(result, panel, decided) for result in results)


def _joined(result: DocumentResult, panel: Panel, decided: Mapping[str, set[str]]) -> DocumentResult:
    doc = result.cleaned.document.doc
    findings = [*result.findings, *(f for f in panel.findings if f.doc == doc)]
    return replace(
        result,
        relations=(*result.relations, *(r for r in panel.relations if r.doc == doc)),
        findings=tuple(sorted(findings, key=lambda f: (f.start, f.end, f.check))),
        coverage=_coverage(result, decided.get(doc, set())),
    )


def _decided(relations: Iterable[Relation]) -> Mapping[str, set[str]]:
    """By report the figures that an equality between reports decided something about."""
    found: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        equality = panel_relations()[relation.type].family == "equality"
        if equality and relation.verdict in {Verdict.CONSISTENT, Verdict.INCONSISTENT}:
            for member in relation.members:
                doc, _, figure_id = member.rpartition("#")
                found[doc].add(figure_id)
    return found


def _coverage(result: DocumentResult, figure_ids: set[str]) -> Mapping[str, int]:
    """The coverage of a report with the figures that only the panel could compare moved to the equalities."""
    if not result.coverage or not figure_ids:
        return result.coverage
    strongest = _families(result)
    counts = dict(result.coverage)
    for figure in result.figures:
        family = strongest.get(figure.figure_id, "in_nothing")
        if figure.figure_id in figure_ids and figure.kind in DATA_KINDS and family != "in_equality":
            counts[family] -= 1
            counts["in_equality"] += 1
    return counts


def _families(result: DocumentResult) -> Mapping[str, str]:
    """By figure where coverage counted it, if anything was decided about it."""
    found: dict[str, str] = {}
    for relation in result.relations:
        family = relation_types()[relation.type].family
        if relation.verdict not in {Verdict.CONSISTENT, Verdict.INCONSISTENT} or family == "textual":
            continue
        for member in relation.members:
            if found.get(member) != "in_equality":
                found[member] = f"in_{family}"
    return found
