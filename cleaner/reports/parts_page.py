"""report.html of a run in parts: counts and plots only, however many documents there were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cleaner.model import RunResult
from cleaner.reports import tally
from cleaner.reports.anchors import Anchors
from cleaner.reports.html import contracts_by_source, render_template
from cleaner.reports.overview import check_bars, class_bars, coverage_bar, severity_bar
from cleaner.reports.page import RulePage, counted_rules
from cleaner.reports.tally import ClassTally
from cleaner.reports.words import COVERAGE, SEVERITY


def render_parts_html(totals: Mapping[str, Any], result: RunResult) -> str:
    """The page of the counts that all parts gave together; ``result`` holds refusals, promises, rules and the run.

    It bears no date: a run that is started again leaves the same bytes.
    """
    severities = {name: totals["counts"].get(f"findings_{name}", 0) for name in SEVERITY}
    undated = RunResult((), run={**result.run, "started": ""})
    return render_template(
        "index.html.jinja",
        undated,
        parts=result.run["parts"]["count"],
        counts=_counts(totals, result, severities),
        classes=class_bars(_classes(totals["edits"], result)),
        checks=check_bars(_checks(totals["findings"])),
        severity=severity_bar(severities),
        coverage=coverage_bar({name: totals["coverage"].get(name, 0) for name in COVERAGE}),
        rows=[],
        rules=_rules(totals["edits"], result),
        contracts=contracts_by_source(result.contracts),
        promises_of=tally.promises,
        panel=None,
        refusals=result.refusals,
    )


def _counts(totals: Mapping[str, Any], result: RunResult, severities: Mapping[str, int]) -> dict[str, Any]:
    counted = totals["counts"]
    names = ("documents", "characters", "edits_applied", "edits_shown", "figures")
    return {
        **{name: counted.get(name, 0) for name in names},
        "findings": severities,
        "gate": totals["gate"],
        "contracts": tally.promises(result.contracts),
    }


def _classes(edits: Mapping[str, int], result: RunResult) -> list[ClassTally]:
    found: dict[str, ClassTally] = {}
    for key, count in edits.items():
        rule, safety, state = key.rsplit(" ", 2)
        name = tally.pack_of(rule, result.rules)
        one = found.setdefault(name, ClassTally(name))
        if state == "applied":
            one.applied[safety] += count
        else:
            one.shown += count
    return sorted(found.values(), key=lambda c: (-c.total, c.name))


def _checks(findings: Mapping[str, int]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for key, count in findings.items():
        check, severity = key.rsplit(" ", 1)
        found.setdefault(check, Counter())[severity] += count
    return found


def _rules(edits: Mapping[str, int], result: RunResult) -> list[RulePage]:
    counts: dict[str, Counter[str]] = {"applied": Counter(), "shown": Counter()}
    for key, count in edits.items():
        rule, _, state = key.rsplit(" ", 2)
        counts[state][rule] += count
    return list(counted_rules(counts["applied"], counts["shown"], result.rules, Anchors()).values())
