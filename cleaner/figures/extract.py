"""Clean text -> figures, with the numerals that were not understood and the ones that are no figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cleaner.figures.bounds import is_exact, limits
from cleaner.figures.drafts import LOOKALIKE, UNREAD, Draft
from cleaner.figures.fenbie import align
from cleaner.figures.grammar import read_passage
from cleaner.figures.indicators import CLAUSE_MARK, clause_start, name_figure
from cleaner.figures.meaning import settle_kind, settle_status
from cleaner.figures.passages import Passage
from cleaner.figures.periods import Clock, Setting, report_year, settings
from cleaner.figures.tables import read_row, table_rows
from cleaner.model import Cleaned, Figure, Span, hull

_STOP = re.compile(r"[。！？；\n]")
_LONGEST = 2000
_SIBLINGS = ("growth_rate", "share")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read of one document. All spans are in the base text.

    ``not_understood`` are numerals that were seen and not parsed; ``lookalikes`` are numerals that are no
    figures, each with why (word, idiom, name, article, vague).
    """

    figures: tuple[Figure, ...]
    not_understood: tuple[Span, ...] = ()
    lookalikes: tuple[tuple[Span, str], ...] = ()


def extract(cleaned: Cleaned) -> Extraction:
    """Read every numeral of the clean text. Near-linear in its length.

    Args:
        cleaned: a restored document; its blocks are in the frame of its text.

    Returns:
        Figures in text order (ids F0001, F0002, …), with spans in the base text.
    """
    drafts = _read(cleaned)
    edits = _edit_hulls(cleaned)
    figures: list[Figure] = []
    unread: list[Span] = []
    named: list[tuple[Span, str]] = []
    for draft in drafts:
        if draft.kind == UNREAD or _beyond_measure(draft):
            unread.append(hull(cleaned.offsets.to_base(draft.start, draft.end)))
        elif draft.kind == LOOKALIKE:
            named.append((hull(cleaned.offsets.to_base(draft.start, draft.end)), draft.nature))
        else:
            figures.append(_figure(cleaned, draft, len(figures) + 1, edits))
    return Extraction(tuple(figures), tuple(unread), tuple(named))


_LARGEST = Decimal(10) ** 24
_FINEST = -9
"""A numeral beyond these is no quantity of a public document: a barcode, a run of digits that a decoder looped."""


def _beyond_measure(draft: Draft) -> bool:
    given = [v for v in (draft.value, draft.high, draft.place) if v is not None]
    return any(abs(v) >= _LARGEST or int(v.as_tuple().exponent) < _FINEST for v in given)


def _read(cleaned: Cleaned) -> list[Draft]:
    text, blocks = cleaned.text, cleaned.blocks
    year = report_year(cleaned.document, text, blocks)
    rows = {index: (table, cells) for table, index, cells in table_rows(text, blocks)}
    drafts: list[Draft] = []
    group = 0
    for index, (block, setting) in enumerate(
        zip(blocks, settings(cleaned.document, text, blocks), strict=True)
    ):
        if index in rows:
            found = read_row(*rows[index], setting)
        else:
            found = read_passage(Passage(text, block.start, block.end, setting.note))
            _not_cut_off(text, block.start, found)
            for start, end, sentence in _sentences(text, block.start, block.end, found):
                group = _understand(text, start, end, sentence, setting, year, group)
        for draft in found:
            draft.block = index
        drafts.extend(found)
    return drafts


_POINT = re.compile(r"[0-9０-９][.．]\s*\Z")


def _not_cut_off(text: str, start: int, found: Sequence[Draft]) -> None:
    """The rest of a number whose point ends the line above is half a number, and no number of its own."""
    if found and found[0].start == start and _POINT.search(text, max(0, start - 8), start):
        found[0].kind, found[0].nature = UNREAD, "cut off"


def _sentences(
    text: str, start: int, end: int, drafts: Sequence[Draft]
) -> Iterator[tuple[int, int, list[Draft]]]:
    """Cut a block at its full stops; each sentence with the drafts in it. What runs on for ever is cut all the same."""
    index = 0
    while start < end and index < len(drafts):
        stop = _STOP.search(text, start, min(end, start + _LONGEST))
        limit = stop.end() if stop else min(end, start + _LONGEST)
        inside: list[Draft] = []
        while index < len(drafts) and drafts[index].start < limit:
            inside.append(drafts[index])
            index += 1
        if inside:
            yield start, limit, inside
        start = limit


def _understand(
    text: str, start: int, end: int, drafts: list[Draft], setting: Setting, year: int | None, group: int
) -> int:
    """Give the numerals of one sentence their kind, status, period and names."""
    clock = Clock(text, start, end, setting, year)
    marks = [m.end() for m in CLAUSE_MARK.finditer(text, start, end)]
    previous: Draft | None = None
    anchor: Draft | None = None
    for draft in drafts:
        if draft.kind in (UNREAD, LOOKALIKE):
            continue
        clause = clause_start(marks, start, previous, draft)
        head = text[clause : draft.lead]
        draft.period, status = clock.at(draft.start, clause)
        settle_kind(draft, text, head, previous)
        settle_status(draft, text, start, head, status, previous)
        if draft.is_data:
            if name_figure(draft, text, clause, end, previous, anchor):
                anchor = draft
            previous = draft
        else:
            draft.period = setting.period
    data = [d for d in drafts if d.is_data]
    _share_precision(data)
    return align(text, data, start, group) if len(data) > 1 else group


def _share_precision(drafts: Sequence[Draft]) -> None:
    """6% beside 0.7% and 7.3% was measured as finely as they were: its zeros were dropped."""
    for kind in _SIBLINGS:
        rates = [d for d in drafts if d.kind == kind and d.comparator == "=" and d.status == "actual"]
        places = [d.place for d in rates if d.place is not None]
        if not places or max(places) != 1 or min(places) == 1:
            continue
        finest = max(p for p in places if p < 1)
        for draft in rates:
            draft.place = min(draft.place or finest, finest)


def _edit_hulls(cleaned: Cleaned) -> list[tuple[int, int]]:
    """Ranges of the base text that applied edits touch, merged and sorted."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted((s.start, s.end) for e in cleaned.applied for s in e.spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _touched(edits: Sequence[tuple[int, int]], span: Span) -> bool:
    index = bisect_right(edits, (span.end, 0)) - 1
    if index < 0:
        return False
    low, high = edits[index]
    return high > span.start or (low == high and span.start < low < span.end)


def _figure(cleaned: Cleaned, draft: Draft, number: int, edits: Sequence[tuple[int, int]]) -> Figure:
    spans = cleaned.offsets.to_base(draft.start, draft.end)
    base = cleaned.document.text
    lower, upper, lower_closed, upper_closed = limits(draft) if draft.is_data else (None, None, True, True)
    return Figure(
        figure_id=f"F{number:04d}",
        doc=cleaned.document.doc,
        spans=spans,
        raw="".join(base[s.start : s.end] for s in spans),
        text=cleaned.text[draft.start : draft.end],
        value=_plain(draft.value),
        lower=_plain(lower),
        upper=_plain(upper),
        lower_closed=lower_closed,
        upper_closed=upper_closed,
        precision=None if not draft.is_data or is_exact(draft) else _plain(draft.place),
        scale=draft.scale,
        unit=draft.unit,
        kind=draft.kind,
        nature=draft.nature,
        components=draft.components,
        indicator=draft.indicator,
        subject=draft.subject,
        period=draft.period,
        status=draft.status,
        comparator=draft.comparator,
        group=draft.group,
        edited=_touched(edits, hull(spans)),
        clean_start=draft.start,
        clean_end=draft.end,
        block=draft.block,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Drop the zeros that multiplying 万 out left behind the point."""
    if value is None or value != value.to_integral_value() or value.copy_abs() < 1000:
        return value
    return value.to_integral_value()
