"""What a run counts: edits by class and safety, findings by severity, relations by verdict, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from cleaner.model import ContractResult, DocumentResult, Edit, Finding, RunResult, Safety, Severity
from cleaner.reports.words import COVERAGE, STATE

PRODUCT = "kanwu"


@dataclass(slots=True)
class ClassTally:
    """Edits of one damage class: applied ones by safety, and those that are shown only."""

    name: str
    applied: Counter[str] = field(default_factory=Counter)
    shown: int = 0

    @property
    def total(self) -> int:
        """All edits of the class."""
        return self.applied.total() + self.shown


def pack_of(rule: str, rules: Mapping[str, Mapping[str, str]]) -> str:
    """The pack of a rule: what the run says, else the first part of its id."""
    return rules.get(rule, {}).get("pack") or rule.partition("/")[0]


def edits_by_class(result: RunResult) -> list[ClassTally]:
    """Edits of a run by pack, most first; a folded row counts once."""
    found: dict[str, ClassTally] = {}
    for edit in all_edits(result):
        name = pack_of(edit.rule, result.rules)
        tally = found.setdefault(name, ClassTally(name))
        if edit.applied:
            tally.applied[edit.safety.value] += 1
        else:
            tally.shown += 1
    return sorted(found.values(), key=lambda t: (-t.total, t.name))


def all_edits(result: RunResult) -> Iterable[Edit]:
    """Every ledger row of a run, in the order of its documents."""
    return (edit for document in result.documents for edit in document.cleaned.edits)


def all_findings(result: RunResult) -> Iterable[Finding]:
    """Every finding of a run, in the order of its documents."""
    return (finding for document in result.documents for finding in document.findings)


def by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity, all three named."""
    counts = Counter(f.severity for f in findings)
    return {severity.value: counts[severity] for severity in Severity}


def by_safety(edits: Iterable[Edit]) -> dict[str, int]:
    """How many edits of each safety, all three named."""
    counts = Counter(e.safety for e in edits)
    return {safety.value: counts[safety] for safety in Safety}


def coverage(documents: Iterable[DocumentResult]) -> dict[str, int]:
    """Figures by where they stand, summed over documents, in the order of ``words.COVERAGE``."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(document.coverage)
    return {name: counts[name] for name in COVERAGE}


def gate(documents: Iterable[DocumentResult]) -> dict[str, int]:
    """Contradictions (errors and warnings) that edits made, that the print has, and that edits removed."""
    found: Counter[str] = Counter()
    for document in documents:
        found.update(f.state.value for f in document.findings if f.state and f.severity is not Severity.INFO)
        found["fixed"] += sum(f.severity is not Severity.INFO for f in document.fixed)
    return {name: found[name] for name in STATE}


def verdicts(documents: Iterable[DocumentResult]) -> dict[str, int]:
    """Relations by verdict; those not yet confronted are ``undecidable``."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(r.verdict.value if r.verdict else "undecidable" for r in document.relations)
    return {name: counts[name] for name in ("consistent", "inconsistent", "undecidable", "not_applicable")}


def broken(contracts: Iterable[ContractResult]) -> list[ContractResult]:
    """The promises that were not kept, the gravest first."""
    return sorted((c for c in contracts if not c.success), key=lambda c: (c.severity.rank, c.source, c.name))


def promises(contracts: Iterable[ContractResult]) -> dict[str, int]:
    """Promises that were kept, those that nothing came under, and those that were not kept."""
    found = Counter(
        "broken" if not c.success else "kept" if c.applicable else "not_applicable" for c in contracts
    )
    return {name: found[name] for name in ("kept", "not_applicable", "broken")}


def counts(result: RunResult) -> dict[str, object]:
    """The figures of a run that every report shows."""
    edits = list(all_edits(result))
    return {
        "documents": len(result.documents),
        "refusals": len(result.refusals),
        "problems": sum(len(d.cleaned.problems) for d in result.documents),
        "characters": sum(len(d.cleaned.document.text) for d in result.documents),
        "edits_applied": sum(e.applied for e in edits),
        "edits_shown": sum(not e.applied for e in edits),
        "edits_by_safety": by_safety(edits),
        "findings": by_severity(all_findings(result)),
        "gate": gate(result.documents),
        "figures": sum(len(d.figures) for d in result.documents),
        "relations": verdicts(result.documents),
        "contracts": promises(result.contracts),
    }


def product_version(result: RunResult) -> str:
    """The version that made the run, else the installed one."""
    said = result.run.get("version")
    if said:
        return str(said)
    try:
        return version(PRODUCT)
    except PackageNotFoundError:
        return "unknown"
