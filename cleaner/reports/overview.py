"""What a report shows of a whole run: stacked bars, and one row for each document or page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cleaner.model import DocumentResult, Finding
from cleaner.reports import tally
from cleaner.reports.anchors import key
from cleaner.reports.numbers import shares
from cleaner.reports.safe import one_line, visible
from cleaner.reports.tally import ClassTally
from cleaner.reports.words import COVERAGE, SEVERITY, Word

_CHECKS = 14
_EDITS = {
    "certain": Word("径改", "certain"),
    "probable": Word("改而出校", "probable"),
    "doubtful": Word("存疑而改", "doubtful, applied"),
    "shown": Word("只列不改", "shown only"),
}


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a stacked bar: a style, its label, its count, its place in percent."""

    style: str
    label: Word
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class ClassBar:
    """What is counted under one name, as a stacked bar."""

    name: str
    total: int
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of the table, or the rows of a table that share a page.

    ``keys`` are the document's part of its permalinks; ``rules`` the numbers of its rules in the report's list.
    """

    anchor: str
    href: str
    doc: str
    title: str
    documents: int
    characters: int
    applied: int
    shown: int
    edits: tuple[Slice, ...]
    severities: dict[str, int]
    figures: int
    coverage: tuple[Slice, ...]
    rules: tuple[int, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """The documents that one row of the table leads to, and where."""

    documents: Sequence[DocumentResult]
    href: str
    anchor: str


def _stacked(labels: Mapping[str, Word], counts: Sequence[int], of: int = 0) -> tuple[Slice, ...]:
    placed = zip(labels.items(), counts, shares(counts, of), strict=True)
    return tuple(Slice(style, label, count, x, width) for (style, label), count, (x, width) in placed)


def coverage_bar(counts: Mapping[str, int]) -> tuple[Slice, ...]:
    """Coverage as a stacked bar, all four parts named; empty where nothing was counted."""
    return _stacked(COVERAGE, [counts[name] for name in COVERAGE]) if any(counts.values()) else ()


def severity_bar(counts: Mapping[str, int]) -> tuple[Slice, ...]:
    """Findings by severity as a stacked bar, all three named; empty where there are none."""
    return _stacked(SEVERITY, [counts[name] for name in SEVERITY]) if any(counts.values()) else ()


def class_bars(classes: Sequence[ClassTally]) -> list[ClassBar]:
    """Edits by class: applied ones by safety, then those only shown; the longest bar is the whole width."""
    longest = max((c.total for c in classes), default=0)
    counted = [(c, [*(c.applied[name] for name in _EDITS if name != "shown"), c.shown]) for c in classes]
    return [ClassBar(visible(c.name), c.total, _present(_stacked(_EDITS, n, longest))) for c, n in counted]


def by_check(findings: Iterable[Finding]) -> dict[str, Counter[str]]:
    """How many findings of each severity a check made."""
    counts: dict[str, Counter[str]] = {}
    for finding in findings:
        counts.setdefault(finding.check, Counter())[finding.severity.value] += 1
    return counts


def check_bars(counts: Mapping[str, Counter[str]]) -> list[ClassBar]:
    """Findings by check, stacked by severity, most first; checks beyond a dozen or so share the last bar."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    shown = [(visible(name), count) for name, count in ranked[:_CHECKS]]
    if rest := ranked[_CHECKS:]:
        shown.append(("…", sum((count for _, count in rest), Counter[str]())))
    longest = max((count.total() for _, count in shown), default=0)
    return [
        ClassBar(name, count.total(), _present(_stacked(SEVERITY, [count[s] for s in SEVERITY], longest)))
        for name, count in shown
    ]


def _present(slices: Iterable[Slice]) -> tuple[Slice, ...]:
    return tuple(s for s in slices if s.count)


def document_rows(leaves: Sequence[Leaf], rules: Mapping[str, int]) -> list[DocumentRow]:
    """The rows of ``leaves``; the bar of the one with most edits is the whole width."""
    longest = max((sum(len(d.cleaned.edits) for d in leaf.documents) for leaf in leaves), default=0)
    return [_document_row(leaf, rules, longest) for leaf in leaves]


def _document_row(leaf: Leaf, rules: Mapping[str, int], longest: int) -> DocumentRow:
    edits = [edit for d in leaf.documents for edit in d.cleaned.edits]
    by_safety = Counter(edit.safety.value if edit.applied else "shown" for edit in edits)
    first = leaf.documents[0].cleaned.document
    return DocumentRow(
        anchor=leaf.anchor,
        href=leaf.href,
        doc=one_line(first.doc),
        title="" if first.title == "unknown" else one_line(first.title),
        documents=len(leaf.documents),
        characters=sum(len(d.cleaned.document.text) for d in leaf.documents),
        applied=len(edits) - by_safety["shown"],
        shown=by_safety["shown"],
        edits=_present(_stacked(_EDITS, [by_safety[name] for name in _EDITS], longest)),
        severities=tally.by_severity(f for d in leaf.documents for f in d.findings),
        figures=sum(len(d.figures) for d in leaf.documents),
        coverage=coverage_bar(tally.coverage(leaf.documents)),
        rules=tuple(sorted({rules[edit.rule] for edit in edits if edit.rule in rules})),
        keys=tuple(dict.fromkeys(key(d.cleaned.document.doc) for d in leaf.documents)),
    )
