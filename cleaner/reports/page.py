"""What the HTML report shows, worked out before the template: no markup is made here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cleaner.model import DocumentResult, RunResult
from cleaner.reports import tally
from cleaner.reports.anchors import Anchors, key
from cleaner.reports.cards import Card, Cards, FigureRow, RelationRow, figure_rows, relation_row
from cleaner.reports.entries import Entry, entries
from cleaner.reports.overview import Slice, coverage_bar, severity_bar
from cleaner.reports.places import Places
from cleaner.reports.safe import one_line, visible
from cleaner.reports.sheet import Row, Sheet, finding_layers


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document of the report."""

    anchor: str
    doc: str
    title: str
    place: str
    year: str
    sha256: str
    encoding: str
    characters: int
    clean_characters: int
    rows: list[Row]
    applied: list[Entry]
    shown: list[Entry]
    cards: list[Card]
    figures: list[FigureRow]
    relations: list[RelationRow]
    verdicts: dict[str, int]
    severities: dict[str, int]
    severity: tuple[Slice, ...]
    coverage: tuple[Slice, ...]
    gate: dict[str, int]
    problems: tuple[str, ...]


Words = Mapping[str, Mapping[str, Any]]
"""What is known of each rule by its id: title, reasons, safety, pack, stage."""


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule that left a row in the ledger, with its reasons."""

    anchor: str
    id: str
    title: str
    title_en: str
    rationale: str
    rationale_en: str
    safety: str
    pack: str
    stage: str
    applied: int
    shown: int


def rule_pages(result: RunResult, anchors: Anchors) -> dict[str, RulePage]:
    """The rules of the ledger by id, those with most edits first."""
    applied = Counter(e.rule for e in tally.all_edits(result) if e.applied)
    shown = Counter(e.rule for e in tally.all_edits(result) if not e.applied)
    return counted_rules(applied, shown, result.rules, anchors)


def counted_rules(
    applied: Mapping[str, int], shown: Mapping[str, int], rules: Words, anchors: Anchors
) -> dict[str, RulePage]:
    """Rules that were counted, by id, those with most edits first; ``rules`` says what is known of each."""
    counts = {name: (applied.get(name, 0), shown.get(name, 0)) for name in {*applied, *shown}}
    ranked = sorted(counts, key=lambda name: (-sum(counts[name]), name))
    return {name: _rule_page(name, *counts[name], rules, anchors) for name in ranked}


def _rule_page(name: str, applied: int, shown: int, rules: Words, anchors: Anchors) -> RulePage:
    known = rules.get(name, {})
    fields = ("title", "title_en", "rationale", "rationale_en", "safety", "stage")
    return RulePage(
        anchor=anchors.of("r", name),
        id=visible(name),
        pack=visible(tally.pack_of(name, rules)),
        applied=applied,
        shown=shown,
        **{field: visible(str(known.get(field) or "")).strip() for field in fields},
    )


def document_page(document: DocumentResult, rules: Mapping[str, RulePage], anchors: Anchors) -> DocumentPage:
    """One document, ready for the template."""
    base, cleaned = document.cleaned.document, document.cleaned
    places = Places(base.text)
    naming = (anchors, key(base.doc))
    rule_anchors = {name: page.anchor for name, page in rules.items()}
    noted = entries(cleaned.edits, base.text, places, rule_anchors, naming)
    figures = figure_rows(document.figures, places, *naming)
    by_id = {f.figure_id: f for f in document.figures}
    maker = Cards(document, places, figures, naming)
    ordered = sorted(document.findings, key=lambda f: (f.severity.rank, f.start, f.finding_id))
    cards = [maker.of(finding) for finding in ordered]
    marks = [
        finding_layers(card, [(s.start, s.end) for s in finding.spans])
        for card, finding in zip(cards, ordered, strict=True)
    ]
    return DocumentPage(
        anchor=anchors.of("d", naming[1]),
        doc=one_line(base.doc),
        title=_known(base.title),
        place=_known(base.place),
        year=_known(base.year),
        sha256=visible(base.sha256),
        encoding=visible(base.encoding),
        characters=len(base.text),
        clean_characters=len(cleaned.text),
        rows=Sheet(document, noted, marks).rows(places),
        applied=[e for e in noted if e.applied],
        shown=[e for e in noted if not e.applied],
        cards=cards,
        figures=figures,
        relations=[relation_row(r, places, by_id) for r in document.relations],
        verdicts=tally.verdicts([document]),
        severities=tally.by_severity(document.findings),
        severity=severity_bar(tally.by_severity(document.findings)),
        coverage=coverage_bar(tally.coverage([document])),
        gate=tally.gate([document]),
        problems=tuple(visible(p) for p in cleaned.problems),
    )


def _known(text: str) -> str:
    return "" if text == "unknown" else one_line(text)
