"""What a run counts, and the exit code that follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cleaner.model import ContractResult, RunResult, Severity


def exit_code(result: RunResult, fail_on: str) -> int:
    """0, 1 or 2, as DESIGN section 8."""
    problems = sum(len(d.cleaned.problems) for d in result.documents)
    return exit_code_of({**counts(result), "problems": problems}, result.contracts, fail_on)


def exit_code_of(counted: Mapping[str, int], contracts: Sequence[ContractResult], fail_on: str) -> int:
    """The exit code of a run that counted so much."""
    if counted.get("refused") or counted.get("problems") or any(c.broken for c in contracts):
        return 2
    if fail_on == "never":
        return 0
    limit = Severity(fail_on).rank
    findings = any(counted.get(f"findings_{s.value}") for s in Severity if s.rank <= limit)
    policies = any(not c.success and c.severity.rank <= limit for c in contracts)
    return 1 if findings or policies else 0


def counts(result: RunResult) -> dict[str, int]:
    """Totals of a run."""
    edits = Counter("applied" if e.applied else "shown" for d in result.documents for e in d.cleaned.edits)
    findings = Counter(f.severity.value for d in result.documents for f in d.findings)
    return {
        "documents": len(result.documents),
        "refused": len(result.refusals),
        "characters": sum(len(d.cleaned.document.text) for d in result.documents),
        "edits_applied": edits["applied"],
        "edits_shown": edits["shown"],
        "figures": sum(len(d.figures) for d in result.documents),
        "relations": sum(len(d.relations) for d in result.documents),
        "findings_error": findings["error"],
        "findings_warning": findings["warning"],
        "findings_info": findings["info"],
    }
