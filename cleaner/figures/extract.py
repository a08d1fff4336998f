"""Clean text -> figures, with the numerals that were not understood and the ones that are no figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cleaner.figures.bounds import is_exact, limits
from cleaner.figures.drafts import DATA_KINDS, LOOKALIKE, UNREAD, Draft
from cleaner.figures.fenbie import align
from cleaner.figures.grammar import read_passage
from cleaner.figures.indicators import CLAUSE_MARKS, clause_start, name_figure
from cleaner.figures.meaning import settle_kind, settle_status
from cleaner.figures.passages import Passage
from cleaner.figures.periods import Clock, LocalWords, Setting, local_words, report_year, settings
from cleaner.figures.quick import new_figure
from cleaner.figures.scan import with_line_feeds
from cleaner.figures.tables import read_row, table_rows
from cleaner.model import Block, Cleaned, Figure, OffsetMap, Span, hull

_STOPS = "。！？；"
_NO_FIGURES = frozenset({UNREAD, LOOKALIKE})
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
    to_base = _Base(cleaned.offsets).spans
    figures: list[Figure] = []
    unread: list[Span] = []
    named: list[tuple[Span, str]] = []
    for draft in drafts:
        spans = to_base(draft.start, draft.end)
        if draft.kind == UNREAD or (draft.end - draft.start > _SHORT and _beyond_measure(draft)):
            unread.append(_hull(spans))
        elif draft.kind == LOOKALIKE:
            named.append((_hull(spans), draft.nature))
        else:
            figures.append(_figure(cleaned, draft, spans, len(figures) + 1, edits))
    return Extraction(tuple(figures), tuple(unread), tuple(named))


class _Base:
    """The places of numerals in the base text. Nearly all stand in one piece that was kept as it is."""

    def __init__(self, offsets: OffsetMap) -> None:
        self._offsets = offsets
        self._starts = [piece.start for piece in offsets.pieces]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """What :meth:`OffsetMap.to_base` says of ``[start, end)``."""
        piece = self._offsets.pieces[bisect_right(self._starts, start) - 1]
        if piece.kept and start < end <= piece.end:
            moved = piece.base_start - piece.start
            return (Span(start + moved, end + moved),)
        return self._offsets.to_base(start, end)


def _hull(spans: tuple[Span, ...]) -> Span:
    return spans[0] if len(spans) == 1 else hull(spans)


_LARGEST = Decimal(10) ** 24
_FINEST = -9
"""A numeral beyond these is no quantity of a public document: a barcode, a run of digits that a decoder looped."""
_SHORT = 8
"""So few characters, 万亿 among them, hold no numeral that is beyond measure."""


def _beyond_measure(draft: Draft) -> bool:
    given = [v for v in (draft.value, draft.high, draft.place) if v is not None]
    return any(abs(v) >= _LARGEST or int(v.as_tuple().exponent) < _FINEST for v in given)


def _read(cleaned: Cleaned) -> list[Draft]:
    text, blocks = cleaned.text, cleaned.blocks
    prose = _Prose(text, report_year(cleaned.document, text, blocks))
    rows = {index: (table, cells) for table, index, cells in table_rows(text, blocks)}
    drafts: list[Draft] = []
    for index, (block, setting) in enumerate(zip(blocks, settings(text, blocks, prose.year), strict=True)):
        if index in rows:
            found = read_row(*rows[index], setting)
        else:
            found = read_passage(Passage(text, block.start, block.end, setting.note))
            if found:
                _not_cut_off(text, block.start, found)
                prose.understand(block, found, setting)
        for draft in found:
            draft.block = index
        drafts.extend(found)
    return drafts


_POINT = re.compile(r"[0-9０-９][.．]\s*\Z")


def _not_cut_off(text: str, start: int, found: Sequence[Draft]) -> None:
    """The rest of a number whose point ends the line above is half a number, and no number of its own."""
    if found[0].start == start and _POINT.search(text, max(0, start - 8), start):
        found[0].kind, found[0].nature = UNREAD, "cut off"


class _Prose:
    """What the numerals of running text mean: their kind, status, period and names, sentence by sentence.

    ``year`` is the one in which the report was given. ``_group`` is the number of the last group of aligned values.
    """

    def __init__(self, text: str, year: int | None) -> None:
        self.text = text
        self.year = year
        self._local = LocalWords(text)
        self._sentences = with_line_feeds(text, _STOPS)
        self._clauses = with_line_feeds(text, CLAUSE_MARKS)
        self._group = 0

    def understand(self, block: Block, drafts: Sequence[Draft], setting: Setting) -> None:
        """Give the numerals of one block what their sentences say of them."""
        drafts = [draft for draft in drafts if draft.kind not in _NO_FIGURES]
        if block.end - block.start > _LONGEST:
            for start, end, inside in self._cut(block, drafts):
                self._understand(
                    start, end, inside, Clock(local_words(self.text, start, end), setting, self.year)
                )
            return
        index, sentences = 0, self._sentences
        plain = Clock((), setting, self.year)
        while index < len(drafts):
            begin = drafts[index].start
            start = max(block.start, sentences.rfind("\n", block.start, begin) + 1)
            stop = sentences.find("\n", begin, block.end)
            end = block.end if stop < 0 else stop + 1
            after = index + 1
            while after < len(drafts) and drafts[after].start < end:
                after += 1
            hits = self._local.within(start, end)
            clock = Clock(hits, setting, self.year) if hits else plain
            self._understand(start, end, drafts[index:after], clock)
            index = after

    def _cut(self, block: Block, drafts: Sequence[Draft]) -> Iterator[tuple[int, int, list[Draft]]]:
        """Cut a block at its full stops; each sentence with the drafts in it. What runs on for ever is cut all the same."""
        index, start = 0, block.start
        while start < block.end and index < len(drafts):
            limit = min(block.end, start + _LONGEST)
            stop = self._sentences.find("\n", start, limit)
            end = limit if stop < 0 else stop + 1
            inside: list[Draft] = []
            while index < len(drafts) and drafts[index].start < end:
                inside.append(drafts[index])
                index += 1
            if inside:
                yield start, end, inside
            start = end

    def _understand(self, start: int, end: int, drafts: Sequence[Draft], clock: Clock) -> None:
        """Give the numerals of one sentence their kind, status, period and names; all of them say a number."""
        text = self.text
        previous: Draft | None = None
        anchor: Draft | None = None
        data: list[Draft] = []
        for draft in drafts:
            if draft.kind != "count" and draft.kind not in DATA_KINDS:
                # A date or an ordinal: its words are of time, and it has no name.
                draft.period, draft.status = clock.period, clock.status_at(draft.start)
                continue
            clause = clause_start(self._clauses, start, previous, draft)
            draft.period, status = clock.at(draft.start, clause)
            head = text[clause : draft.lead]
            settle_kind(draft, text, head, previous)
            if draft.kind in DATA_KINDS:
                settle_status(draft, text, start, head, status, previous)
                if name_figure(draft, text, clause, end, previous, anchor):
                    anchor = draft
                previous = draft
                data.append(draft)
            else:
                draft.period, draft.status = clock.period, status
        if len(data) > 1:
            _share_precision(data)
            self._group = align(text, data, start, self._group)


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


def _figure(
    cleaned: Cleaned, draft: Draft, spans: tuple[Span, ...], number: int, edits: Sequence[tuple[int, int]]
) -> Figure:
    document, start, end = cleaned.document, draft.start, draft.end
    base = document.text
    value = _plain(draft.value)
    lower, upper, lower_closed, upper_closed, precision = None, None, True, True, None
    if draft.kind in DATA_KINDS:
        exact = is_exact(draft)
        if exact and draft.high is None:
            lower = upper = value
        else:
            lower, upper, lower_closed, upper_closed = limits(draft)
            lower, upper = _plain(lower), _plain(upper)
        precision = None if exact else _plain(draft.place)
    return new_figure(
        figure_id=f"F{number:04d}",
        doc=document.doc,
        spans=spans,
        raw=base[spans[0].start : spans[0].end]
        if len(spans) == 1
        else "".join(base[s.start : s.end] for s in spans),
        text=cleaned.text[start:end],
        value=value,
        lower=lower,
        upper=upper,
        lower_closed=lower_closed,
        upper_closed=upper_closed,
        precision=precision,
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
        edited=bool(edits) and _touched(edits, _hull(spans)),
        clean_start=start,
        clean_end=end,
        block=draft.block,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Drop the zeros that multiplying 万 out left behind the point."""
    if value is None or -1000 < value < 1000:
        return value
    whole = value.to_integral_value()
    return whole if whole == value else value
