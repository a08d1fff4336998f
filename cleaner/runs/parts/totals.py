"""What a part counted, and the parts together: numbers only, so that a run of any size has a small summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from cleaner.engine.decisions import Decisions
from cleaner.model import DocumentResult, Refusal, RunResult
from cleaner.reports import tally
from cleaner.runs.counts import counts
from cleaner.runs.decisions import carried_out, rendered_line

LISTED = 1000
"""Refusals and problems that a part, and a run, lists; all are counted."""


class Totals:
    """Counts that add up. ``as_row`` and ``add`` are each other's reverse."""

    def __init__(self, decisions: Decisions | None = None) -> None:
        """``decisions`` are those of the run; how often each was carried out is counted by its line."""
        self._decisions = decisions or Decisions()
        self.decided: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.coverage: Counter[str] = Counter()
        self.gate: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self.edits: Counter[str] = Counter()
        self.findings: Counter[str] = Counter()
        self.refusals: list[dict[str, str]] = []
        self.problems: list[str] = []

    _COUNTERS = ("counts", "coverage", "gate", "verdicts", "edits", "findings", "decided")

    def count(self, documents: Iterable[DocumentResult], refusals: Iterable[Refusal]) -> None:
        """Count some documents and what was refused among them."""
        result = RunResult(tuple(documents), tuple(refusals))
        problems = [problem for d in result.documents for problem in d.cleaned.problems]
        self.counts.update({**counts(result), "problems": len(problems)})
        self.coverage.update(tally.coverage(result.documents))
        self.gate.update(tally.gate(result.documents))
        self.verdicts.update(tally.verdicts(result.documents))
        self.edits.update(
            f"{e.rule} {e.safety.value} {'applied' if e.applied else 'shown'}"
            for e in tally.all_edits(result)
        )
        self.findings.update(f"{f.check} {f.severity.value}" for f in tally.all_findings(result))
        if self._decisions:
            self.decided.update(
                rendered_line(d)
                for one in result.documents
                for d in carried_out(one.cleaned, self._decisions)
            )
        self._list([{"doc": r.doc, "reason": r.reason} for r in result.refusals], problems)

    def _list(self, refusals: Iterable[dict[str, str]], problems: Iterable[str]) -> None:
        self.refusals = [*self.refusals, *refusals][:LISTED]
        self.problems = [*self.problems, *problems][:LISTED]

    def name(self, problems: Iterable[str]) -> None:
        """Count problems of the whole, which no part knows of."""
        for problem in problems:
            self.counts["problems"] += 1
            self._list((), (problem,))

    def add(self, row: Mapping[str, Any]) -> None:
        """Add what another ``Totals`` gave as its row."""
        for name in self._COUNTERS:
            getattr(self, name).update(row[name])
        self._list(row["refusals"], row["problems"])

    def as_row(self) -> dict[str, Any]:
        """All of it as JSON can hold it, sorted where the order says nothing."""
        counted = {name: dict(sorted(getattr(self, name).items())) for name in self._COUNTERS}
        return {**counted, "refusals": self.refusals, "problems": self.problems}
