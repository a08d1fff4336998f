"""report.html: one file that needs no network, no server and no trust in the documents it shows.

Every text passes jinja2's escaping; the page's own script is named by its digest in a content security
policy, so that nothing else can run even if a way around the escaping were found.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cleaner.checks.panel import Panel
from cleaner.model import ContractResult, RunResult
from cleaner.reports import tally, words
from cleaner.reports.anchors import Anchors
from cleaner.reports.page import class_bars, coverage_bar, document_page, rule_pages
from cleaner.reports.panel_page import panel_page
from cleaner.reports.safe import visible

_OPEN_DOCUMENTS = 3


def environment() -> Environment:
    """The jinja2 environment of the report: escaping on, an undefined name is an error."""
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
    script = _source("report.js")
    return (
        environment()
        .get_template("report.html.jinja")
        .render(
            words=words,
            lang=words.language(result),
            style=Markup(_source("report.css") + (_source("panel.css") if panel else "")),  # noqa: S704 - a file of this package, not a stranger's text
            script=Markup(script),  # noqa: S704
            script_digest=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            counts=tally.counts(result),
            coverage=coverage_bar(tally.coverage(result.documents)),
            classes=class_bars(result),
            documents=[document_page(document, rules, anchors) for document in result.documents],
            open_documents=len(result.documents) <= _OPEN_DOCUMENTS,
            rules=list(rules.values()),
            contracts=_by_source(result),
            promises_of=tally.promises,
            panel=panel_page(panel) if panel else None,
            refusals=result.refusals,
            version=tally.product_version(result),
            started=str(result.run.get("started") or ""),
        )
    )


def _source(name: str) -> str:
    return (files("cleaner.reports") / "templates" / name).read_text("utf-8")


def _by_source(result: RunResult) -> dict[str, list[ContractResult]]:
    """Contracts by source, broken ones first."""
    found: dict[str, list[ContractResult]] = {}
    for contract in sorted(
        result.contracts, key=lambda c: (c.source, c.success, not c.applicable, c.severity.rank, c.name)
    ):
        found.setdefault(contract.source, []).append(contract)
    return found
