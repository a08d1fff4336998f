"""The project's own documents: every planted contradiction is found, and nothing else is called an error."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

import cleaner
from cleaner.model import DocumentResult, Finding, Severity, Verdict

ROOT = Path(__file__).resolve().parents[2]
PLANTED = [json.loads(line) for line in (ROOT / "tests/gold/findings.jsonl").open(encoding="utf-8")]
AGREED = [json.loads(line) for line in (ROOT / "tests/gold/agreements.jsonl").open(encoding="utf-8")]


@cache
def result(doc: str) -> DocumentResult:
    return cleaner.confront(next((ROOT / "seeds").rglob(doc)).read_text("utf-8"))


def errors(doc: str) -> list[Finding]:
    return [
        f for f in result(doc).findings if f.severity is Severity.ERROR and f.check.startswith("relation/")
    ]


@pytest.mark.parametrize("row", PLANTED, ids=lambda row: f"{row['doc'][:6]}-{row['check']}")
def test_planted_contradiction_is_found(row: dict) -> None:
    same = [f for f in errors(row["doc"]) if f.check == f"relation/{row['check']}"]
    assert any(f.start < row["end"] and row["start"] < f.end for f in same), row["why"]


@pytest.mark.parametrize("doc", sorted({row["doc"] for row in PLANTED}))
def test_nothing_else_is_called_an_error(doc: str) -> None:
    planted = [row for row in PLANTED if row["doc"] == doc]
    for finding in errors(doc):
        assert any(row["start"] < finding.end and finding.start < row["end"] for row in planted), (
            finding.message
        )


def test_what_agrees_is_never_accused() -> None:
    for row in AGREED:
        for relation in result(row["doc"]).relations:
            if relation.type == row["check"] and relation.verdict is Verdict.INCONSISTENT:
                assert not any(s.start < row["end"] and row["start"] < s.end for s in relation.spans), row[
                    "quote"
                ]


def test_most_agreements_are_recognised() -> None:
    found = 0
    for row in AGREED:
        relations = [r for r in result(row["doc"]).relations if r.type == row["check"]]
        held = [s for r in relations if r.verdict is Verdict.CONSISTENT for s in r.spans]
        found += any(s.start < row["end"] and row["start"] < s.end for s in held)
    assert found >= 0.8 * len(AGREED), (found, len(AGREED))
