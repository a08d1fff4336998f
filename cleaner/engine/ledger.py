"""The ledger: what was applied, in the order that replays it, and what was only proposed."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.engine.settle import Proposal
from cleaner.engine.view import View
from cleaner.model import Candidate, Edit, OffsetMap, Piece, Safety, Span, hull

FOLD_AT = 64
"""So many edits of one rule in one line are one row with parts (a space between all characters)."""


_CLOSE = 100
"""Characters between two edits of one row."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where in the chain a batch of edits was made, and the way from its text to the base text."""

    stage: str
    pass_: int
    view: View
    offsets: OffsetMap


def base_reading(base: str, spans: Sequence[Span]) -> str:
    """What stands in the base text at ``spans``."""
    return "".join(base[s.start : s.end] for s in spans)


def safety_of(proposal: Proposal) -> Safety:
    """A candidate may be less safe than its rule, never safer."""
    own = proposal.candidate.safety
    return proposal.rule.safety if own is None or own.rank < proposal.rule.safety.rank else own


def row(
    proposal: Proposal, frame: Frame, applied: bool, withheld_by: str | None = None, seq: int = -1
) -> Edit:
    """The ledger row of one proposal; ``seq`` is its number in the replay, -1 for one that was not applied."""
    c, rule = proposal.candidate, proposal.rule
    base = frame.view.document.text
    spans = frame.offsets.to_base(c.start, c.end)
    return Edit(
        edit_id="",
        doc=frame.view.document.doc,
        rule=rule.id,
        edit=rule.edit,
        safety=safety_of(proposal),
        evidence=rule.evidence,
        spans=spans,
        before=base_reading(base, spans),
        after=c.after,
        applied=applied,
        withheld_by=withheld_by,
        group=proposal.group or None,
        why=c.why or rule.title,
        seq=seq,
        stage=frame.stage,
        pass_=frame.pass_,
        stage_start=c.start,
        stage_end=c.end,
        stage_before=frame.view.text[c.start : c.end],
        safety_set_by=rule.safety_set_by,
    )


def applied_rows(winners: Sequence[Proposal], frame: Frame, seq: int) -> list[Edit]:
    """Rows of one batch, numbered from ``seq`` right to left: so every row is true in the text just before it."""
    runs = list(_runs(winners, frame))
    return [
        _folded(run, frame, number) if len(run) > 1 else row(run[0], frame, True, seq=number)
        for number, run in enumerate(reversed(runs), seq)
    ]


def _runs(winners: Sequence[Proposal], frame: Frame) -> Iterator[list[Proposal]]:
    """Neighbours of one rule in one line, where they are dense enough to fold; else one at a time."""
    run: list[Proposal] = []
    for proposal in winners:
        if run and not _same_line(run[-1], proposal, frame.view.text):
            yield from _fold_or_not(run)
            run = []
        run.append(proposal)
    yield from _fold_or_not(run)


def _same_line(left: Proposal, right: Proposal, text: str) -> bool:
    if left.rule is not right.rule or left.group or right.group or safety_of(left) is not safety_of(right):
        return False
    # a row holds all that stands between its parts: edits far apart in one endless line are told one by one
    near = right.candidate.start - left.candidate.end <= _CLOSE
    return near and "\n" not in text[left.candidate.start : right.candidate.end]


def _fold_or_not(run: list[Proposal]) -> Iterator[list[Proposal]]:
    if len(run) >= FOLD_AT:
        yield run
    else:
        yield from ([p] for p in run)


def _folded(run: list[Proposal], frame: Frame, seq: int) -> Edit:
    """One row for many edits: its hull is replaced as a whole, ``parts`` says what changed in base offsets."""
    text, first, last = frame.view.text, run[0].candidate, run[-1].candidate
    after: list[str] = []
    cursor = first.start
    for proposal in run:
        c = proposal.candidate
        after += [text[cursor : c.start], c.after]
        cursor = c.end
    whole = Candidate(first.start, last.end, "".join(after), first.why)
    parts = tuple(_part(p.candidate, frame) for p in run)
    joined = row(Proposal(run[0].rule, whole), frame, True, seq=seq)
    return replace(joined, parts=parts, safety=safety_of(run[0]))


def _part(candidate: Candidate, frame: Frame) -> tuple[int, int, str, str]:
    spans = frame.offsets.to_base(candidate.start, candidate.end)
    place = hull(spans)
    return (place.start, place.end, base_reading(frame.view.document.text, spans), candidate.after)


class CleanPlaces:
    """Base ranges -> clean ranges for many edits at once, by bisection on the base."""

    def __init__(self, offsets: OffsetMap) -> None:
        self._pieces = sorted(offsets.pieces, key=lambda p: (p.base_start, p.base_end))
        self._starts = [p.base_start for p in self._pieces]
        self._widest = max((p.base_end - p.base_start for p in self._pieces), default=0)
        self._edited_width = max((p.base_end - p.base_start for p in self._pieces if not p.kept), default=0)

    def of(self, spans: Sequence[Span]) -> Span:
        """Hull in the clean text of base ``spans``; an empty range at the place of what was deleted."""
        found = [_clean_part(piece, span) for span in spans for piece in self._near(span)]
        if not found:
            point = self._point(min((s.start for s in spans), default=0))
            return Span(point, point)
        return Span(min(s.start for s in found), max(s.end for s in found))

    def _point(self, position: int) -> int:
        """Where the text that stood before base ``position`` ends now: what was taken out there stood behind it."""
        index = bisect_right(self._starts, position) - 1
        while index >= 0 and not self._pieces[index].kept:
            index -= 1
        if index < 0:
            return 0
        piece = self._pieces[index]
        return piece.start + min(position, piece.base_end) - piece.base_start

    def _near(self, span: Span) -> Iterator[Piece]:
        """Pieces whose base range touches ``span``; for an insertion those that were added at its point."""
        index = bisect_right(self._starts, span.end) - 1
        reach = span.start - max(self._edited_width, 0)
        passed_kept = False
        while index >= 0:
            piece = self._pieces[index]
            if piece.base_start < reach and passed_kept:
                return
            passed_kept = passed_kept or (piece.kept and piece.base_start <= span.start)
            if _touches(piece, span):
                yield piece
            index -= 1


def _touches(piece: Piece, span: Span) -> bool:
    if span.start == span.end:
        return not piece.kept and piece.base_start == piece.base_end == span.start
    return piece.base_start < span.end and span.start < piece.base_end


def _clean_part(piece: Piece, span: Span) -> Span:
    if not piece.kept:
        return Span(piece.start, piece.end)
    low, high = max(span.start, piece.base_start), min(span.end, piece.base_end)
    return Span(piece.start + low - piece.base_start, piece.start + high - piece.base_start)


def finish(rows: Sequence[Edit], offsets: OffsetMap, doc: str) -> tuple[Edit, ...]:
    """Give every row its id and, where it was applied, its place in the clean text. Sorted by place in the base."""
    places = CleanPlaces(offsets)
    # what a move brings keeps the base range that it was taken from
    taken = {(r.group, r.before): r.spans for r in rows if r.applied and r.group and r.before and not r.after}
    ordered = sorted(rows, key=lambda r: (r.start, r.end, r.seq, r.rule, r.after))
    seen: dict[str, int] = {}
    finished = []
    for edit in ordered:
        key = f"{doc}\0{edit.rule}\0{edit.start}\0{edit.end}\0{edit.before}\0{edit.after}"
        seen[key] = seen.get(key, 0) + 1
        name = hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:12]
        spans = edit.spans
        if edit.group and edit.start == edit.end:
            spans = taken.get((edit.group, edit.after), spans)
        clean = places.of(spans) if edit.applied else Span(edit.stage_start, edit.stage_end)
        finished.append(replace(edit, edit_id=name, clean_start=clean.start, clean_end=clean.end))
    return tuple(finished)
