"""report.html: one file that needs no network, no server and no trust in the documents it shows.

Every text passes jinja2's escaping; the page's own script and style are named by their digests in a content
security policy, so that nothing else can run even if a way around the escaping were found.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cleaner.checks.panel import Panel
from cleaner.model import ContractResult, DocumentResult, RunResult
from cleaner.reports import tally, words
from cleaner.reports.anchors import Anchors
from cleaner.reports.overview import (
    Leaf,
    by_check,
    check_bars,
    class_bars,
    coverage_bar,
    document_rows,
    severity_bar,
)
from cleaner.reports.page import RulePage, document_page, rule_pages
from cleaner.reports.panel_page import panel_page
from cleaner.reports.safe import visible

_OPEN_DOCUMENTS = 3
_SCRIPTS = ("base.js", "notes.js", "filters.js", "tables.js", "keys.js")
_STYLES = ("report.css", "marks.css", "paper.css")


@cache
def environment() -> Environment:
    """The jinja2 environment of the reports: escaping on, an undefined name is an error."""
    made = Environment(
        loader=PackageLoader("cleaner.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["visible"] = visible
    return made


def render_html(result: RunResult, panel: Panel | None = None) -> str:
    """The report of a run as one self-contained HTML page, with its panel if it has one."""
    anchors = Anchors()
    rules = rule_pages(result, anchors)
    documents = [document_page(document, rules, anchors) for document in result.documents]
    leaves = [
        Leaf((document,), f"#{page.anchor}", f"t-{page.anchor}")
        for document, page in zip(result.documents, documents, strict=True)
    ]
    return render_template(
        "report.html.jinja",
        result,
        documents=documents,
        open_documents=len(documents) <= _OPEN_DOCUMENTS,
        **_overview(result, panel, leaves, rules),
    )


def render_index(result: RunResult, panel: Panel | None, leaves: Sequence[Leaf]) -> str:
    """The summary of a run whose documents have pages of their own, those of ``leaves``."""
    return render_template(
        "index.html.jinja", result, parts=0, **_overview(result, panel, leaves, rule_pages(result, Anchors()))
    )


def render_leaf(result: RunResult, documents: Sequence[DocumentResult], around: tuple[str, str, str]) -> str:
    """A page of some documents of a run; ``around`` are the addresses of the page before, the index and the page after."""
    anchors = Anchors()
    rules = rule_pages(RunResult(tuple(documents), rules=result.rules), anchors)
    return render_template(
        "leaf.html.jinja",
        result,
        documents=[document_page(document, rules, anchors) for document in documents],
        open_documents=len(documents) <= _OPEN_DOCUMENTS,
        rules=list(rules.values()),
        before=around[0],
        index=around[1],
        after=around[2],
    )


def render_template(template: str, result: RunResult, **more: Any) -> str:
    """A page of the report: what all have, and what its template asks for beside that."""
    return (
        environment()
        .get_template(template)
        .render(
            words=words,
            lang=words.language(result),
            version=tally.product_version(result),
            started=str(result.run.get("started") or ""),
            **_assets(),
            **more,
        )
    )


def _overview(
    result: RunResult, panel: Panel | None, leaves: Sequence[Leaf], rules: dict[str, RulePage]
) -> dict[str, Any]:
    """What stands before the documents."""
    numbers = {name: number for number, name in enumerate(rules)}
    return {
        "counts": tally.counts(result),
        "classes": class_bars(tally.edits_by_class(result)),
        "checks": check_bars(by_check(tally.all_findings(result))),
        "severity": severity_bar(tally.by_severity(tally.all_findings(result))),
        "coverage": coverage_bar(tally.coverage(result.documents)),
        "rows": document_rows(leaves, numbers),
        "rules": list(rules.values()),
        "contracts": contracts_by_source(result.contracts),
        "promises_of": tally.promises,
        "panel": panel_page(panel) if panel else None,
        "refusals": result.refusals,
    }


@cache
def _assets() -> dict[str, Any]:
    """Style and script of the pages, with the digests by which the pages' policy admits them."""
    style = "\n".join(map(_source, (*_STYLES, "panel.css")))
    script = '"use strict";\n(function () {\n' + "\n".join(map(_source, _SCRIPTS)) + "})();\n"
    return {
        "style": Markup(style),  # noqa: S704 - files of this package, not a stranger's text
        "script": Markup(script),  # noqa: S704
        "style_digest": _digest(style),
        "script_digest": _digest(script),
    }


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _source(name: str) -> str:
    return (files("cleaner.reports") / "templates" / name).read_text("utf-8")


def contracts_by_source(contracts: Iterable[ContractResult]) -> dict[str, list[ContractResult]]:
    """Contracts by source, broken ones first."""
    found: dict[str, list[ContractResult]] = {}
    for contract in sorted(
        contracts, key=lambda c: (c.source, c.success, not c.applicable, c.severity.rank, c.name)
    ):
        found.setdefault(contract.source, []).append(contract)
    return found
