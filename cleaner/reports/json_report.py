"""report.json, run.json and the published schemas of every JSON file that a run leaves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

from cleaner.model import ContractResult, DocumentResult, Edit, RunResult
from cleaner.reports import tally
from cleaner.rows import SCHEMA_VERSION, finding_row

SCHEMAS: Final = ("report", "run", "edits", "findings", "blocks", "decisions")
RUN_FIELDS: Final = (
    "schema_version",
    "product",
    "version",
    "python",
    "started",
    "finished",
    "packs",
    "opencc",
    "config",
    "inputs",
    "outputs",
    "counts",
    "timings",
    "problems",
    "refusals",
    "exit_code",
)

OPTIONAL_RUN_FIELDS: Final = ("parts", "decisions")
"""Fields that only some runs have."""


def schema(name: str) -> dict[str, Any]:
    """A published JSON Schema: ``report``, ``run``, or the rows of ``edits``, ``findings``, ``blocks``, ``decisions``.

    Raises:
        KeyError: no schema of that name is published.
    """
    if name not in SCHEMAS:
        raise KeyError(name)
    text = (files("cleaner.reports") / "schemas" / f"{name}.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def report(result: RunResult) -> dict[str, Any]:
    """The content of report.json: counts, a digest of each document, contracts, refusals."""
    return {
        "schema_version": SCHEMA_VERSION,
        "product": tally.PRODUCT,
        "version": tally.product_version(result),
        "counts": tally.counts(result),
        "coverage": tally.coverage(result.documents),
        "edits_by_class": [
            {
                "class": c.name,
                **{s: c.applied[s] for s in ("certain", "probable", "doubtful")},
                "shown": c.shown,
            }
            for c in tally.edits_by_class(result)
        ],
        "documents": [_document(d) for d in result.documents],
        "contracts": [_contract(c) for c in result.contracts],
        "refusals": [{"doc": r.doc, "reason": r.reason} for r in result.refusals],
    }


def render_json(result: RunResult) -> str:
    """report.json as text; what UTF-8 cannot hold is escaped."""
    return _dump(report(result))


def render_run(run: Mapping[str, Any]) -> str:
    """run.json as text, its fields in their published order.

    Raises:
        ValueError: a field is missing or unknown.
    """
    given = set(run) - set(OPTIONAL_RUN_FIELDS)
    if given != set(RUN_FIELDS):
        raise ValueError(f"run.json: fields missing or unknown: {sorted(given ^ set(RUN_FIELDS))}")
    return _dump({name: run[name] for name in (*RUN_FIELDS, *OPTIONAL_RUN_FIELDS) if name in run})


def _dump(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(content, indent=1)
    return text + "\n"


def _document(document: DocumentResult) -> dict[str, Any]:
    cleaned, base = document.cleaned, document.cleaned.document
    return {
        "doc": base.doc,
        "sha256": base.sha256,
        "encoding": base.encoding,
        "title": base.title,
        "place": base.place,
        "year": base.year,
        "characters": len(base.text),
        "clean_characters": len(cleaned.text),
        "edits": _edits(cleaned.edits),
        "findings": [finding_row(f) for f in document.findings],
        "gate": tally.gate([document]),
        "figures": len(document.figures),
        "relations": tally.verdicts([document]),
        "coverage": tally.coverage([document]),
        "problems": list(cleaned.problems),
    }


def _edits(edits: tuple[Edit, ...]) -> dict[str, Any]:
    applied = sum(e.applied for e in edits)
    kinds = Counter(e.edit.value for e in edits)
    rules = Counter((e.rule, e.safety.value, e.applied) for e in edits)
    names = sorted({(rule, safety) for rule, safety, _ in rules})
    return {
        "applied": applied,
        "shown": len(edits) - applied,
        "by_safety": tally.by_safety(edits),
        "by_kind": dict(sorted(kinds.items())),
        "by_rule": [
            {
                "rule": rule,
                "safety": safety,
                "applied": rules[rule, safety, True],
                "shown": rules[rule, safety, False],
            }
            for rule, safety in names
        ],
    }


def _contract(contract: ContractResult) -> dict[str, Any]:
    return {
        "source": contract.source,
        "name": contract.name,
        "severity": contract.severity.value,
        "success": contract.success,
        "applicable": contract.applicable,
        "failures": list(contract.failures),
        "note": contract.note,
        "broken": contract.broken,
    }
