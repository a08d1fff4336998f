"""The figures of one report that belong in a panel: which indicator, which year, level or growth, in which unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cleaner.checks.interval import Interval
from cleaner.checks.panel.names import Names, names_of
from cleaner.figures.periods import report_year
from cleaner.figures.relations.page import Page
from cleaner.figures.relations.restated import factor
from cleaner.model import BlockType, DocumentResult, Figure, Reason
from cleaner.packs.indicators import Growth, Indicator, Words, panel_words
from cleaner.reading.identity import UNKNOWN

Measure = Literal["level", "growth"]

_LEVELS = frozenset({"level", "count", "target", "threshold"})
_ASIDE = frozenset({BlockType.FURNITURE, BlockType.CAPTION, BlockType.NOTE})
_CLAUSES = "，,；;。！？!?\n"


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of a panel. ``interval`` and ``value`` are in ``unit``, a rate that falls is negative.

    ``basis`` is what a rate is over: the indicator's own, unless the sentence says otherwise. ``factor`` turns the
    printed unit into ``unit`` (numerator, denominator). ``doubt`` says why the figure need not be what its
    name says; such a figure is shown and accuses nothing. ``report_year`` is the year of the report.
    """

    place: str
    year: int
    indicator: Indicator
    measure: Measure
    basis: Growth
    figure: Figure
    value: Decimal
    interval: Interval
    unit: str
    factor: tuple[int, int]
    falls: bool
    report_year: int | None
    doubt: Reason | None = None

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """What it is an observation of: place, indicator, measure, unit, year."""
        return self.place, self.indicator.id, self.measure, self.unit, self.year

    @property
    def member(self) -> str:
        """Its name in a relation between reports."""
        return member_id(self.figure.doc, self.figure.figure_id)


def member_id(doc: str, figure_id: str) -> str:
    """The name of a figure outside its own report: ``2023.txt#F0012``."""
    return f"{doc}#{figure_id}"


def observations(result: DocumentResult, known: tuple[Indicator, ...]) -> Iterator[Observation]:
    """The observations of one report, in the order of its text. A report without a place gives none."""
    place = result.cleaned.document.place
    if place != UNKNOWN:
        yield from _Reader(result, known, place).all()


class _Reader:
    """Reads one report."""

    def __init__(self, result: DocumentResult, known: tuple[Indicator, ...], place: str) -> None:
        cleaned = result.cleaned
        self._page = Page.of(cleaned, result.figures)
        self._words: Words = panel_words()
        self._names: Names = names_of(known, self._words, place)
        self._place = place
        self._year = report_year(cleaned.document, cleaned.text, cleaned.blocks)

    def all(self) -> Iterator[Observation]:
        for figure in self._page.figures:
            found = self._observed(figure) if figure.value is not None else None
            if found is not None:
                yield found

    def _observed(self, figure: Figure) -> Observation | None:
        if not (figure.period.isdigit() and len(figure.period) == 4 and self._names.own(figure.subject)):
            return None
        indicator = self._names.indicator(figure.indicator)
        measure = _measure(figure, indicator) if indicator else None
        if indicator is None or measure is None or not self._in_scope(figure, indicator, measure):
            return None
        turned = _in_unit(figure, indicator, measure)
        if turned is None or figure.value is None:
            return None
        unit, ratio = turned
        falls = measure == "growth" and self._falls(figure)
        return Observation(
            place=self._place,
            year=int(figure.period),
            indicator=indicator,
            measure=measure,
            basis=self._basis(figure, indicator),
            figure=figure,
            value=_scaled(-figure.value if falls else figure.value, ratio),
            interval=_interval(figure, ratio, falls),
            unit=unit,
            factor=ratio,
            falls=falls,
            report_year=self._year,
            doubt=self._doubt(figure, indicator),
        )

    def _segment(self, figure: Figure) -> str:
        """The text from the last full stop or semicolon up to the figure; nothing in a table."""
        block = self._page.block(figure.clean_start)
        if block is None or block.type is BlockType.TABLE_CELL:
            return ""
        start, _ = self._page.sentence(figure.clean_start)
        text = self._page.text[start : figure.clean_start]
        return text[text.rfind("；") + 1 :]

    def _clause(self, figure: Figure) -> str:
        segment = self._segment(figure)
        return segment[max(segment.rfind(mark) for mark in _CLAUSES) + 1 :]

    def _in_scope(self, figure: Figure, indicator: Indicator, measure: Measure) -> bool:
        """Whether the words around the figure leave it the whole indicator of the whole place in one year."""
        block = self._page.block(figure.clean_start)
        if block is None or block.type in _ASIDE:
            return False
        segment, clause, words = self._segment(figure), self._clause(figure), self._words
        lead = self._page.lead(figure) if segment else ""
        if words.part_year.search(segment) or words.years.search(clause) or words.narrower.search(clause):
            return False
        if indicator.veto is not None and indicator.veto.search(clause):
            return False
        if measure == "level":
            return "新增" in indicator.name or not words.change.search(lead)
        return all(int(base) == int(figure.period) - 1 for base in words.base_year.findall(segment))

    def _falls(self, figure: Figure) -> bool:
        lead = self._page.lead(figure)
        return self._words.falls.search(lead) is not None or lead.endswith(("-", "−", "－", "负"))

    def _basis(self, figure: Figure, indicator: Indicator) -> Growth:
        said = self._segment(figure)[-40:] + self._page.tail(figure, 16)
        if self._words.nominal.search(said):
            return "nominal"
        if self._words.comparable.search(said):
            return "real" if indicator.growth == "real" else "revised"
        return indicator.growth

    def _doubt(self, figure: Figure, indicator: Indicator) -> Reason | None:
        if indicator.observed == "flow" and self._words.total.search(self._clause(figure)):
            return Reason.SCOPE_CHANGED
        if figure.status == "actual" and self._words.aimed.search(self._segment(figure)):
            return Reason.SECOND_READING
        return None


def _measure(figure: Figure, indicator: Indicator) -> Measure | None:
    """Whether a figure is a level of its indicator or a rate of growth; None for a change, a capacity, a rank."""
    if indicator.observed == "rate":
        return "level" if figure.kind in {"share", "growth_rate"} and figure.unit == "%" else None
    if figure.kind == "growth_rate":
        return "growth" if figure.nature == "growth_rate" and figure.unit == "%" else None
    if figure.kind == "threshold" and figure.status == "actual":
        return None
    plain = figure.kind in _LEVELS and figure.nature in {"level", "count"}
    return "level" if plain and indicator.observed != "change" else None


def _in_unit(figure: Figure, indicator: Indicator, measure: Measure) -> tuple[str, tuple[int, int]] | None:
    """The unit that a figure is held in, and how many of it make one of the printed unit."""
    if measure == "growth" or figure.unit == indicator.unit or figure.unit in indicator.other_units:
        return figure.unit, (1, 1)
    ratio = factor(figure.unit, indicator.unit)
    return None if ratio is None else (indicator.unit, ratio)


def _scaled(value: Decimal, ratio: tuple[int, int]) -> Decimal:
    return value if ratio == (1, 1) else value * ratio[0] / ratio[1]


def _interval(figure: Figure, ratio: tuple[int, int], falls: bool) -> Interval:
    """What the printed figure can mean, in the unit of the panel."""
    if figure.lower is None and figure.upper is None:
        found = Interval.point(figure.value or Decimal(0))
    else:
        found = Interval(figure.lower, figure.upper, figure.lower_closed, figure.upper_closed)
    if falls:
        found = -found
    turned = found.times(ratio[0]) if ratio != (1, 1) else found
    return turned if ratio[1] == 1 else turned.over(Interval.point(ratio[1])) or found
