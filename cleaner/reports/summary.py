"""summary.md: what a CI job shows of a run. Every text of a stranger is escaped; long runs are capped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cleaner.model import ContractResult, DocumentResult, Finding, RunResult
from cleaner.reports import tally
from cleaner.reports.places import Places
from cleaner.reports.safe import one_line
from cleaner.reports.words import COVERAGE, PROMISE, SAFETY, SEVERITY, STATE, language, said, word

MOST_DOCUMENTS = 50
MOST_FINDINGS = 20
MOST_CLASSES = 20
MOST_CONTRACTS = 20
_SPECIAL = re.compile(
    r"[\\`*\[\]~$<|@]"  # emphasis, code, links, mathematics, markup, cells, mentions: everywhere
    r"|^[-+=>#]|^\d(?=\d{0,8}[.)](?:\s|$))|#(?=[0-9])"  # what begins a list, a heading, a quotation; numbers of issues
    r"|&(?=#?\w+;)|[{}](?=[{}%#])|(?<=[{}%#])[{}]"  # references to characters; what templates act on
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=[a-zA-Z]):(?=//)|(?<=www)\."  # emphasis again; addresses
)


def escape(text: str, limit: int = 160) -> str:
    """``text`` on one line, with a reference for each character that Markdown, GitHub or HTML would act on where it stands.

    Blanks in front go: they show nothing, and behind them a character opens a list as it does at the beginning.
    """
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", one_line(text, limit).lstrip(" \t"))


def render_summary(result: RunResult) -> str:
    """The Markdown summary of a run: figures first, then refusals, documents, findings, edits, contracts."""
    parts = (
        _head(result),
        _refusals(result),
        _documents(result),
        _findings(result),
        _classes(result),
        contracts_part(result.contracts),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table of cells that are escaped already."""
    columns = list(head)
    yield "| " + " | ".join(columns) + " |"
    yield "|" + " --- |" * len(columns)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def more(shown: int, total: int, what: str) -> Iterator[str]:
    """A line that says how many are not listed, where there are such."""
    if total > shown:
        yield f"……另有 {total - shown} 项，and {total - shown} more {what}".rstrip()
        yield ""


def _head(result: RunResult) -> Iterator[str]:
    found = tally.by_severity(tally.all_findings(result))
    edits = list(tally.all_edits(result))
    applied = sum(e.applied for e in edits)
    yield "# 刊误 Kanwu"
    yield ""
    yield (
        f"**{len(result.documents)}** 篇 documents · **{applied}** 处改动 edits applied · "
        f"**{len(edits) - applied}** 处只列不改 shown only · "
        + " · ".join(f"**{count}** {SEVERITY[name].zh} {name}" for name, count in found.items())
    )
    yield ""
    gate = tally.gate(result.documents)
    if any(gate.values()):
        yield "矛盾由来 contradictions: " + " · ".join(
            f"{STATE[name].zh} {STATE[name].en} **{count}**" for name, count in gate.items()
        )
        yield ""
    counts = tally.coverage(result.documents)
    if any(counts.values()):
        yield "数值核对范围 coverage: " + " · ".join(
            f"{COVERAGE[name].zh} {COVERAGE[name].en} **{count}**" for name, count in counts.items()
        )
        yield ""


def _refusals(result: RunResult) -> Iterator[str]:
    if not result.refusals:
        return
    yield "## 未能读入 Refused"
    yield ""
    for refusal in result.refusals[:MOST_DOCUMENTS]:
        yield f"- **{escape(refusal.doc)}**: {escape(refusal.reason, 300)}"
    yield ""
    yield from more(MOST_DOCUMENTS, len(result.refusals), "refusals")


def _documents(result: RunResult) -> Iterator[str]:
    if not result.documents:
        return
    yield "## 文件 Documents"
    yield ""
    head = (
        "文件 document",
        "字 characters",
        "改动 edits",
        "只列 shown",
        "错误 error",
        "警告 warning",
        "提示 info",
    )
    yield from table(head, map(_document_row, result.documents[:MOST_DOCUMENTS]))
    yield from more(MOST_DOCUMENTS, len(result.documents), "documents")
    problems = [(d.cleaned.document.doc, p) for d in result.documents for p in d.cleaned.problems]
    for doc, problem in problems[:MOST_DOCUMENTS]:
        yield f"- **{escape(doc)}**: {escape(problem, 300)}"
    if problems:
        yield ""
    yield from more(MOST_DOCUMENTS, len(problems), "problems")


def _document_row(document: DocumentResult) -> Iterator[str]:
    cleaned = document.cleaned
    applied = sum(e.applied for e in cleaned.edits)
    yield escape(cleaned.document.doc)
    yield str(len(cleaned.document.text))
    yield str(applied)
    yield str(len(cleaned.edits) - applied)
    yield from map(str, tally.by_severity(document.findings).values())


def _findings(result: RunResult) -> Iterator[str]:
    places = {id(d): Places(d.cleaned.document.text) for d in result.documents if d.findings}
    found = [
        (f.severity.rank, n, places[id(d)], f) for n, d in enumerate(result.documents) for f in d.findings
    ]
    if not found:
        return
    found.sort(key=lambda item: (item[0], item[1], item[3].start))
    yield "## 判定 Findings"
    yield ""
    head = ("", "位置 place", "检查 check", "说明 message")
    yield from table(
        head, (_finding_row(place, f, language(result)) for _, _, place, f in found[:MOST_FINDINGS])
    )
    yield from more(MOST_FINDINGS, len(found), "findings")


def _finding_row(places: Places, finding: Finding, lang: str) -> Iterator[str]:
    yield word(SEVERITY, finding.severity.value).zh + " " + finding.severity.value
    yield f"{escape(finding.doc)}:{places.label(finding.start)}"
    yield escape(finding.check)
    yield escape(said(finding, lang))


def _classes(result: RunResult) -> Iterator[str]:
    classes = tally.edits_by_class(result)
    if not classes:
        return
    yield "## 各类改动 Edits by class"
    yield ""
    head = ("类 class", *(f"{label.zh} {label.en}" for label in SAFETY.values()), "只列不改 shown only")
    rows = (
        (escape(c.name), *(str(c.applied[name]) for name in SAFETY), str(c.shown))
        for c in classes[:MOST_CLASSES]
    )
    yield from table(head, rows)
    yield from more(MOST_CLASSES, len(classes), "classes")


def contracts_part(contracts: Sequence[ContractResult]) -> Iterator[str]:
    """How many promises were kept, and those that were not."""
    if not contracts:
        return
    failed = tally.broken(contracts)
    yield "## 约定 Contracts"
    yield ""
    counts = tally.promises(contracts)
    yield " · ".join(f"{PROMISE[name].zh} {PROMISE[name].en} **{count}**" for name, count in counts.items())
    yield ""
    for contract in failed[:MOST_CONTRACTS]:
        why = escape("；".join(contract.failures[:3]) or contract.note, 300)
        yield f"- {SEVERITY[contract.severity.value].zh} **{escape(contract.source)} · {escape(contract.name)}**: {why}"
    yield ""
    yield from more(MOST_CONTRACTS, len(failed), "broken contracts")
