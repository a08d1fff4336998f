"""Findings and figures as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cleaner.model import DocumentResult, Figure, Finding, Relation
from cleaner.reports.anchors import Anchors
from cleaner.reports.numbers import Plot, figure_interval, number, plot
from cleaner.reports.paint import Layer
from cleaner.reports.places import Places
from cleaner.reports.quotes import Quote, quotes
from cleaner.reports.safe import one_line, visible
from cleaner.reports.words import BY, REASON, SEVERITY, STATE, VERDICT, Word, word


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in words; ``interval`` is empty where it was not understood."""

    anchor: str
    place: str
    raw: str
    text: str
    value: str
    interval: str
    unit: str
    kind: str
    indicator: str
    subject: str
    period: str
    status: str
    edited: bool


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation with its verdict and, where both intervals are known, their picture."""

    type: str
    place: str
    members: tuple[str, ...]
    verdict_key: str
    verdict: Word
    by: Word | None
    reason: Word | None
    margin: str
    repair: str
    plot: Plot | None


@dataclass(frozen=True, slots=True)
class Card:
    """A finding: what is said, the sentences it is about, the figures that take part, the two intervals."""

    anchor: str
    place: str
    check: str
    severity_key: str
    severity: Word
    verdict: Word | None
    state: Word | None
    message: str
    message_en: str
    suggestion: str
    quotes: list[Quote]
    figures: list[FigureRow]
    relation: RelationRow | None


def figure_rows(figures: Sequence[Figure], places: Places, anchors: Anchors, key: str) -> list[FigureRow]:
    """The figures of a document in words, each with its anchor."""
    return [
        FigureRow(
            anchor=anchors.of("g", key, figure.figure_id),
            place=places.label(figure.start),
            raw=one_line(figure.raw),
            text=one_line(figure.text),
            value=number(figure.value),
            interval=figure_interval(figure),
            unit=visible(figure.unit),
            kind=visible(figure.kind),
            indicator=visible(figure.indicator),
            subject=visible(figure.subject),
            period=visible(figure.period),
            status=visible(figure.status),
            edited=figure.edited,
        )
        for figure in figures
    ]


def relation_row(relation: Relation, places: Places, figures: Mapping[str, Figure]) -> RelationRow:
    """A relation in words."""
    verdict = relation.verdict.value if relation.verdict else "undecidable"
    members = tuple(_member(name, figures) for name in relation.members)
    return RelationRow(
        type=visible(relation.type),
        place=_relation_place(relation, places, figures),
        members=members,
        verdict_key=verdict,
        verdict=word(VERDICT, verdict),
        by=word(BY, relation.by.value) if relation.by else None,
        reason=word(REASON, relation.reason.value) if relation.reason else None,
        margin=number(relation.margin) if relation.margin is not None else "",
        repair=visible(relation.repair),
        plot=plot(relation),
    )


def _member(name: str, figures: Mapping[str, Figure]) -> str:
    figure = figures.get(name)
    return one_line(figure.text or figure.raw if figure else name, 24)


def _relation_place(relation: Relation, places: Places, figures: Mapping[str, Figure]) -> str:
    starts = [span.start for span in relation.spans]
    starts += [figures[name].start for name in relation.members if name in figures]
    return places.label(min(starts)) if starts else ""


class Cards:
    """Makes the cards of one document; figures and relations are looked up by id."""

    def __init__(
        self, document: DocumentResult, places: Places, rows: Sequence[FigureRow], naming: tuple[Anchors, str]
    ) -> None:
        """``rows`` are the figure rows in the order of the figures; ``naming`` gives anchors and key."""
        self._text = document.cleaned.document.text
        self._places = places
        self._anchors, self._key = naming
        self._figures = {f.figure_id: f for f in document.figures}
        self._rows = {f.figure_id: row for f, row in zip(document.figures, rows, strict=True)}
        self._edits = {e.edit_id: e for e in document.cleaned.edits}
        self._relations = {r.relation_id: r for r in document.relations}
        self._by_members = {(r.type, r.members): r for r in document.relations}

    def of(self, finding: Finding) -> Card:
        """The card of a finding."""
        relation = self._relation(finding)
        members = [*finding.members, *(relation.members if relation else ())]
        ids = [name for name in dict.fromkeys(members) if name in self._figures]
        return Card(
            anchor=self._anchors.of("f", self._key, finding.finding_id),
            place=self._places.label(finding.start),
            check=visible(finding.check),
            severity_key=finding.severity.value,
            severity=word(SEVERITY, finding.severity.value),
            verdict=word(VERDICT, finding.verdict.value) if finding.verdict else None,
            state=word(STATE, finding.state.value) if finding.state else None,
            message=visible(finding.message),
            message_en=visible(finding.message_en),
            suggestion=visible(finding.suggestion),
            quotes=quotes(self._text, self._places, self._layers(finding, ids)),
            figures=[self._rows[name] for name in ids],
            relation=relation_row(relation, self._places, self._figures) if relation else None,
        )

    def _relation(self, finding: Finding) -> Relation | None:
        """The relation a finding is about: named among its members, or of its type and with its members."""
        for name in finding.members:
            if name in self._relations:
                return self._relations[name]
        return self._by_members.get((finding.check.rpartition("/")[2], finding.members))

    def _layers(self, finding: Finding, ids: Sequence[str]) -> list[Layer]:
        marks = [Layer(span.start, span.end, "fig") for name in ids for span in self._figures[name].spans]
        marks += [
            Layer(span.start, span.end, "fig")
            for name in finding.members
            if name in self._edits
            for span in self._edits[name].spans
        ]
        return marks + [Layer(span.start, span.end, "spot") for span in finding.spans]
