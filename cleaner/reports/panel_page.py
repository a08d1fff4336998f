"""A panel as pictures: one small chart for each indicator of a place, every figure with its interval.

Nothing is smoothed and nothing between two years is filled in: a line joins only years that follow each other,
and the end of an interval that is not known runs to the edge of the picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from cleaner.checks.panel import Observation, Panel
from cleaner.model import Verdict
from cleaner.reports.anchors import key
from cleaner.reports.numbers import interval, number
from cleaner.reports.safe import one_line, visible
from cleaner.reports.words import REASON, SEVERITY, VERDICT, Word, word

WIDTH, HEIGHT = 320, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 14, 14, 28
_SLOT = 9
_LABELS = 7
_SCALES = ((12, "万亿"), (8, "亿"), (4, "万"))
STATUS = {
    "actual": Word("实绩", "actual"),
    "target": Word("目标", "target"),
    "plan": Word("安排", "plan"),
}
MEASURE = {"level": Word("总量", "level"), "growth": Word("增速", "growth")}
BASIS = {
    "nominal": Word("名义", "nominal"),
    "real": Word("可比价", "constant prices"),
    "revised": Word("可比口径", "comparable base"),
}


@dataclass(frozen=True, slots=True)
class Dot:
    """One observation in a chart: its place in the picture, its interval from ``top`` to ``bottom``, its look."""

    x: float
    y: float
    top: float
    bottom: float
    endless_up: bool
    endless_down: bool
    style: str
    label: str


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One observation in words."""

    year: int
    text: str
    interval: str
    status: Word
    doubt: Word | None
    clash: bool
    doc: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One indicator of one place, over the years."""

    name: Word
    measure: Word
    basis: Word | None
    unit: str
    dots: tuple[Dot, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    across: tuple[tuple[float, str], ...]
    years: tuple[tuple[float, int], ...]
    rows: tuple[PanelRow, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A relation between reports, in words."""

    type: str
    verdict_key: str
    verdict: Word
    reason: Word | None
    severity_key: str
    severity: Word
    message: str
    message_en: str


@dataclass(frozen=True, slots=True)
class PanelPage:
    """What the template shows: charts by place, findings, and every relation."""

    places: tuple[tuple[str, tuple[Chart, ...]], ...]
    findings: tuple[Said, ...]
    relations: tuple[Said, ...]
    verdicts: Mapping[str, int]
    left_out: tuple[str, ...]
    reports: int


def panel_page(panel: Panel) -> PanelPage:
    """A panel, ready for the template."""
    clashing = {m for r in panel.relations if r.verdict is Verdict.INCONSISTENT for m in r.members}
    places = groupby(panel.observations, key=lambda o: o.place)
    told = {finding.finding_id for finding in panel.findings}
    said = tuple(_said(panel))
    return PanelPage(
        places=tuple((visible(place), tuple(_charts(list(found), clashing))) for place, found in places),
        findings=tuple(
            sorted(
                (s for r, s in zip(panel.relations, said, strict=True) if r.relation_id in told),
                key=lambda s: list(SEVERITY).index(s.severity_key),
            )
        ),
        relations=said,
        verdicts={v.value: sum(r.verdict is v for r in panel.relations) for v in Verdict},
        left_out=tuple(one_line(doc) for doc in panel.left_out),
        reports=len({o.figure.doc for o in panel.observations}),
    )


def _said(panel: Panel) -> Iterator[Said]:
    for relation in panel.relations:
        verdict = relation.verdict.value if relation.verdict else "undecidable"
        yield Said(
            type=visible(relation.type),
            verdict_key=verdict,
            verdict=word(VERDICT, verdict),
            reason=word(REASON, relation.reason.value) if relation.reason else None,
            severity_key=relation.severity.value,
            severity=word(SEVERITY, relation.severity.value),
            message=visible(relation.message),
            message_en=visible(relation.message_en),
        )


def _charts(found: Sequence[Observation], clashing: set[str]) -> Iterator[Chart]:
    """What is printed most often first; the level of an indicator before its growth."""
    often = Counter(o.indicator.id for o in found)

    def order(one: Observation) -> tuple[int, str, int, str]:
        return -often[one.indicator.id], one.indicator.id, list(MEASURE).index(one.measure), one.unit

    for _, same in groupby(sorted(found, key=order), key=order):
        yield _chart(list(same), clashing)


def _chart(same: Sequence[Observation], clashing: set[str]) -> Chart:
    first = same[0]
    axis = _Axis(same)
    dots = tuple(_dots(same, axis, clashing))
    return Chart(
        name=Word(visible(first.indicator.name), visible(first.indicator.name_en)),
        measure=MEASURE[first.measure],
        basis=BASIS[first.indicator.growth] if first.measure == "growth" else None,
        unit=axis.scale_name + visible(first.unit),
        dots=dots,
        lines=tuple(_lines(same, dots)),
        across=axis.ticks(),
        years=axis.labelled(),
        rows=tuple(_row(one, one.member in clashing) for one in same),
    )


class _Axis:
    """Years to the right, values upwards; both in the units of the picture."""

    def __init__(self, same: Sequence[Observation]) -> None:
        ends = [e for o in same for e in (o.value, o.interval.lower, o.interval.upper) if e is not None]
        low, high = min(ends), max(ends)
        room = (high - low) / 8 or abs(high) / 20 or Decimal(1)
        self.low, self.high = low - room, high + room
        power, self.scale_name = next(
            ((p, name) for p, name in _SCALES if max(abs(low), abs(high)).adjusted() >= p), (0, "")
        )
        self._scale = Decimal(1).scaleb(power)
        years = [o.year for o in same]
        self.years = range(min(years), max(years) + 1)

    def x(self, year: int) -> float:
        steps = len(self.years) - 1
        inner = WIDTH - _LEFT - _RIGHT - 2 * _SLOT
        share = 0.5 if steps == 0 else (year - self.years[0]) / steps
        return round(_LEFT + _SLOT + inner * share, 2)

    def labelled(self) -> tuple[tuple[float, int], ...]:
        """The years that are written below the axis: so many as have room, the last one always."""
        step = -(-len(self.years) // _LABELS)
        return tuple((self.x(year), year) for year in self.years[::-1][::step][::-1])

    def y(self, value: Decimal) -> float:
        share = float((self.high - value) / (self.high - self.low))
        return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * min(max(share, 0.0), 1.0), 2)

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Three to six round numbers inside the axis."""
        span = (self.high - self.low) / self._scale
        step = Decimal(1).scaleb(span.adjusted())
        step = next(s for s in (step / 5, step / 2, step, step * 2) if span / s <= 6)
        first = (self.low / self._scale / step).to_integral_value(rounding="ROUND_CEILING")
        found = []
        while first * step <= self.high / self._scale:
            found.append((self.y(first * step * self._scale), number(first * step + 0)))
            first += 1
        return tuple(found)


def _dots(same: Sequence[Observation], axis: _Axis, clashing: set[str]) -> Iterator[Dot]:
    """The observations of a year stand side by side around its place."""
    for year, group in groupby(same, key=lambda o: o.year):
        beside = list(group)
        for place, one in enumerate(beside):
            shift = (place - (len(beside) - 1) / 2) * _SLOT
            yield _dot(one, axis.x(year) + shift, axis, one.member in clashing)


def _dot(one: Observation, x: float, axis: _Axis, clash: bool) -> Dot:
    lower, upper = one.interval.lower, one.interval.upper
    style = "clash" if clash else "doubt" if one.doubt else one.figure.status
    told = f"{one.year} {_text(one)} {_interval(one)} {one.figure.doc}"
    return Dot(
        x=round(x, 2),
        y=axis.y(one.value),
        top=axis.y(axis.high if upper is None else upper),
        bottom=axis.y(axis.low if lower is None else lower),
        endless_up=upper is None,
        endless_down=lower is None,
        style=style,
        label=one_line(told),
    )


def _lines(same: Sequence[Observation], dots: Sequence[Dot]) -> Iterator[tuple[float, float, float, float]]:
    """From year to year, where one plain figure stands in each."""
    plain = [
        (o.year, d)
        for o, d in zip(same, dots, strict=True)
        if o.figure.status == "actual" and o.figure.comparator == "=" and o.doubt is None
    ]
    lone = [(year, list(group)) for year, group in groupby(plain, key=lambda pair: pair[0])]
    for (year, one), (following, other) in pairwise(lone):
        if following == year + 1:
            start, end = one[-1][1], other[0][1]
            yield start.x, start.y, end.x, end.y


def _row(one: Observation, clash: bool) -> PanelRow:
    return PanelRow(
        year=one.year,
        text=_text(one),
        interval=_interval(one),
        status=word(STATUS, one.figure.status),
        doubt=word(REASON, one.doubt.value) if one.doubt else None,
        clash=clash,
        doc=one_line(one.figure.doc),
        anchor=f"g-{key(one.figure.doc)}-{one.figure.figure_id}",
    )


def _text(one: Observation) -> str:
    return ("−" if one.falls else "") + one_line("".join(one.figure.text.split()))


def _interval(one: Observation) -> str:
    held = one.interval
    return interval(held.lower, held.upper, held.lower_closed, held.upper_closed) + visible(one.unit)
