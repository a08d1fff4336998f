"""Findings as the formats of other tools need them: a file, lines and columns from 1, a name that lasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from cleaner.model import ContractResult, DocumentResult, Finding, RunResult, Severity
from cleaner.reports.places import Places
from cleaner.reports.safe import visible
from cleaner.reports.words import language, said

State = Literal["new", "known", "waived"]
_SNIPPET = 200


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a finding counts: ``new``, ``known`` from a baseline, or ``waived`` for a reason."""

    state: State = "new"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """The file of a document, as the reader of a report knows it; ``row`` is its line from 1 if it is a row of a table."""

    path: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """How a run is looked at: where its documents lie, and which findings count. Without either, all and nowhere else."""

    where: Mapping[str, Where] = field(default_factory=dict)
    statuses: Mapping[tuple[str, str], Status] = field(default_factory=dict)
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A range of a file: lines and columns from 1 in code points, the end column exclusive. ``snippet`` is its text."""

    line: int
    column: int
    end_line: int
    end_column: int
    snippet: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to tell. ``path`` is empty where it is about no file, ``region`` None where it is about all of one."""

    doc: str
    path: str
    check: str
    severity: Severity
    message: str
    message_en: str
    fingerprint: str
    region: Region | None = None
    row: int = 0
    suggestion: str = ""
    status: Status = Status()

    @property
    def place(self) -> str:
        """``path:line:column`` as a terminal shows it; a row of a table by the name of its document."""
        if self.region is None:
            return self.path
        return f"{self.doc if self.row else self.path}:{self.region.line}:{self.region.column}"


def issues(result: RunResult, view: View) -> Iterator[Issue]:
    """What a run has to tell: refusals, stopped rules, findings of its documents in order, promises not kept."""
    for refusal in result.refusals:
        path = view.where.get(refusal.doc, Where(refusal.doc)).path
        yield _plain("kanwu/unreadable", Severity.ERROR, refusal.reason, refusal.doc, path)
    for document in result.documents:
        yield from _of_document(document, view, language(result))
    for contract in result.contracts:
        if not contract.success:
            yield _of_contract(contract, view)


def counting(result: RunResult, view: View) -> RunResult:
    """The run without the findings that are known or waived."""
    documents = tuple(_counting(document, view) for document in result.documents)
    contracts = tuple(c for c in result.contracts if c.success or _counts(("", f"{c.source}/{c.name}"), view))
    return replace(result, documents=documents, contracts=contracts)


def _counts(name: tuple[str, str], view: View) -> bool:
    return view.statuses.get(name, Status()).state == "new"


def _counting(document: DocumentResult, view: View) -> DocumentResult:
    doc = document.cleaned.document.doc
    new = (f for f in document.findings if _counts((doc, f.finding_id), view))
    return replace(document, findings=tuple(new))


def _plain(check: str, severity: Severity, message: str, doc: str, path: str) -> Issue:
    text = visible(message)
    return Issue(doc, path, check, severity, text, text, f"{check}:{doc}")


def _of_document(document: DocumentResult, view: View, lang: str) -> Iterator[Issue]:
    base = document.cleaned.document
    where = view.where.get(base.doc, Where(base.doc))
    for problem in document.cleaned.problems:
        yield _plain("kanwu/stopped-rule", Severity.ERROR, problem, base.doc, where.path)
    places, seen = Places(base.text), Counter[tuple[str, str]]()
    for finding in document.findings:
        seen[finding.check, finding.fingerprint] += 1
        yield Issue(
            doc=base.doc,
            path=where.path,
            check=finding.check,
            severity=finding.severity,
            message=visible(said(finding, lang)),
            message_en=visible(finding.message_en or finding.message),
            fingerprint=f"{finding.fingerprint}:{seen[finding.check, finding.fingerprint]}",
            region=_region(finding, base.text, places),
            row=where.row,
            suggestion=visible(finding.suggestion),
            status=view.statuses.get((base.doc, finding.finding_id), Status()),
        )


def _region(finding: Finding, text: str, places: Places) -> Region:
    start, end = finding.start, max(finding.end, finding.start)
    line, column = places.at(start)
    end_line, end_column = places.at(end)
    return Region(line, column, end_line, end_column, visible(text[start : min(end, start + _SNIPPET)]))


def _of_contract(contract: ContractResult, view: View) -> Issue:
    message = visible("；".join(contract.failures) or contract.note or "the promise was not kept")
    name = f"{contract.source}/{contract.name}"
    text, status = f"{name}: {message}", view.statuses.get(("", name), Status())
    return Issue("", "", "kanwu/promise", contract.severity, text, text, name, status=status)
