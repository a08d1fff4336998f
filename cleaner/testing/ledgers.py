"""Scores a restored document against a hand-made ledger of what is wrong with it (DESIGN section 9).

A ledger row names a place in the base text, what is printed there (``before``), what should stand there
(``after``, or null where it can only be flagged), and how sure the annotator is. Offsets are code points of the
base text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from cleaner.model import Cleaned, DocumentResult, Edit, Span

LONGEST_FLAG = 40
"""A flag is no longer than this, or than twice the place that it flags."""
_CONTEXT = (6, 4, 2)
_REACH = 20
_SLACK = 1


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a ledger. ``spans`` are all places of a row that stands for many; ``joined`` is what two halves give."""

    id: str
    spans: tuple[Span, ...]
    before: str
    after: str | None
    kind: str
    certainty: str
    action: str
    joined: str = ""
    reason: str = ""

    @property
    def span(self) -> Span:
        """The place that the row itself names."""
        return self.spans[0]


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the items of a ledger, by id; ``unmatched`` flags and ``strays`` among the applied edits."""

    fixed: frozenset[str]
    flagged: frozenset[str]
    unmatched: tuple[tuple[Span, str], ...]
    strays: tuple[Edit, ...]

    def share(self, items: Iterable[Item], also_flagged: bool = False) -> float:
        """The share of ``items`` that are fixed (or, if ``also_flagged``, fixed or flagged); 1 of none."""
        wanted = [item.id for item in items]
        done = self.fixed | self.flagged if also_flagged else self.fixed
        return sum(name in done for name in wanted) / len(wanted) if wanted else 1.0


def load_ledger(path: Path) -> tuple[Item, ...]:
    """Every row of a ledger file."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return tuple(_item(row) for row in rows)


def _item(row: Mapping[str, Any]) -> Item:
    first = Span(row["offset"], row["offset"] + row["length"])
    others = tuple(Span(o, o + 1) for o in row.get("offsets", ()) if not first.start <= o < first.end)
    return Item(
        id=row["id"],
        spans=(first, *others),
        before=row["before"],
        after=row["after"],
        kind=row["class"],
        certainty=row["certainty"],
        action=row["action"],
        joined=row.get("joined", ""),
        reason=row["reason"],
    )


def score(result: DocumentResult, items: Sequence[Item]) -> Score:
    """Hold a document's edits and findings against its ledger."""
    cleaned = result.cleaned
    flags = list(_flags(result))
    fixed = frozenset(i.id for i in items if is_fixed(i, cleaned))
    flagged = frozenset(i.id for i in items if any(_flags_item(flag, i) for flag, _ in flags))
    places = sorted(span for i in items for span in i.spans)
    unmatched = tuple((s, why) for s, why in flags if not any(s.overlaps(place) for place in places))
    return Score(fixed, flagged, unmatched, tuple(strays(cleaned, places)))


def _flags(result: DocumentResult) -> Iterator[tuple[Span, str]]:
    """Places that a finding or an edit that was only proposed points at; a move is flagged where its text leaves."""
    for finding in result.findings:
        yield Span(finding.start, finding.end), finding.check
    for edit in result.cleaned.edits:
        if not edit.applied and edit.start < edit.end:
            yield Span(edit.start, edit.end), edit.rule


def _flags_item(flag: Span, item: Item) -> bool:
    longest = max(LONGEST_FLAG, 2 * len(item.span))
    return len(flag) <= longest and any(flag.overlaps(span) for span in item.spans)


def is_fixed(item: Item, cleaned: Cleaned) -> bool:
    """Whether every place of an item reads as it should, or went with a block that was deleted for being a copy."""
    if item.joined:
        return _plain(item.joined) in _plain(cleaned.text)
    if _is_gone(item, cleaned):
        return True
    return item.after is not None and all(_reads_right(item, span, cleaned) for span in item.spans)


def _is_gone(item: Item, cleaned: Cleaned) -> bool:
    """Whether applied deletions took a copy, or the whole of a block that the place was part of."""
    if item.kind == "duplicate_block":
        return not _image(cleaned, item.span)
    deleted = (Span(e.start, e.end) for e in cleaned.applied if not e.after and not e.group)
    return any(
        s.start <= item.span.start and item.span.end <= s.end and len(s) > 2 * len(item.span) for s in deleted
    )


def _reads_right(item: Item, span: Span, cleaned: Cleaned) -> bool:
    """Whether ``after`` stands at one place, in its context, and ``before`` no longer does."""
    after = (item.after or "") if span == item.span else ""
    now = _image(cleaned, span)
    if _plain(item.before) == _plain(after) or span != item.span:
        blank = r"\n" if "\n" in item.before + after else r"[^\S\n]"
        wanted, found = (len(regex.findall(blank, text)) for text in (after, now))
        return found <= wanted if "\n" in item.before or "\n" not in after else found >= wanted
    if _plain(now) == _plain(after):
        return True
    base, place = cleaned.document.text, cleaned.offsets.to_clean(span.start, span.end)
    near = _plain(cleaned.text[max(0, place.start - _REACH) : place.end + _REACH])
    for width in _CONTEXT:
        left, right = base[max(0, span.start - width) : span.start], base[span.end : span.end + width]
        if _plain(left + after + right) in near:
            return _plain(left + item.before + right) not in near
    return False


def _image(cleaned: Cleaned, span: Span) -> str:
    """What stands in the clean text where a place of the base text was."""
    place = cleaned.offsets.to_clean(span.start, span.end)
    return cleaned.text[place.start : place.end]


def _plain(text: str) -> str:
    return "".join(text.split())


def strays(cleaned: Cleaned, places: Sequence[Span]) -> Iterator[Edit]:
    """Applied edits that touch no place of the ledger; white space, and the other half of a move, aside."""
    inside = {e.group for e in cleaned.applied if e.group and _touches(e, places)}
    for edit in cleaned.applied:
        blank = not (edit.before.strip() or edit.after.strip())
        if not blank and edit.group not in inside and not _touches(edit, places):
            yield edit


def _touches(edit: Edit, places: Sequence[Span]) -> bool:
    spans = [Span(start, end) for start, end, _, _ in edit.parts] or list(edit.spans)
    return all(
        any(place.start - _SLACK <= s.end and s.start <= place.end + _SLACK for place in places)
        for s in spans
    )
