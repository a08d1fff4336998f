"""The gate behind a cleaner: the same checks on the base text and on the clean text, and whose work a finding is.

A finding of the clean text is *inherited* where the base text gives it too, or would give it if the engine had
only joined, moved and respaced. It is *introduced* where it rests on numerals or words that an edit changed: the
edits in its sentences are taken back, in a text that is otherwise the clean one, and the contradiction is gone.
So a claim that could not be read before two halves of it came together is nobody's fault. A finding of the base
text that the clean text does not give is *fixed*.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from cleaner.checks.confront import fingerprint
from cleaner.checks.examine import Examined, examine
from cleaner.engine.apply import apply_edits
from cleaner.figures.relations.page import Page
from cleaner.model import (
    Candidate,
    Cleaned,
    Edit,
    EditKind,
    Figure,
    Finding,
    OffsetMap,
    Relation,
    Severity,
    Span,
    State,
)
from cleaner.reading.blocks import parse_blocks

CHECK = "restoration/introduced"
_WORDS = frozenset({"glyph", "punctuation", "wording"})
"""Stages that put other signs in the place of signs; the others join, move, respace, drop page matter or convert."""
_TELLING = regex.compile(r"[\p{Han}0-9０-９]")
_SILENT = regex.compile(r"[^\p{L}\p{N}.]+")
_DIGITS = regex.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class Gated:
    """Findings of the clean text with their state, those of the gate itself, and what the base text alone gives."""

    findings: tuple[Finding, ...]
    introduced: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()


def gate(cleaned: Cleaned, found: Examined) -> Gated:
    """Hold what the checks ``found`` in the clean text against the base text.

    The base text is read only if an edit touched a digit or a Han character of a sentence with figures: what it
    would give cannot differ otherwise.
    """
    page = Page.of(cleaned, found.figures)
    edits = list(cleaned.applied)
    if not any(_tells(page, edit) for edit in edits):
        return Gated(_with_state(found.findings, frozenset()))
    printed = examine(as_printed(cleaned)).findings
    base, clean = _Known(printed), _Known(found.findings)
    new = [pair for pair in found.accusations if not base.gives(pair[0])]
    blamed = _blamed(page, edits, new)
    introduced = tuple(
        _accusation(cleaned, f, blamed[f.finding_id])
        for f, _ in new
        if f.severity is Severity.ERROR and f.finding_id in blamed
    )
    fixed = tuple(f for f in printed if not clean.gives(f, Severity.INFO))
    return Gated(_with_state(found.findings, frozenset(blamed)), introduced, fixed)


def as_printed(cleaned: Cleaned) -> Cleaned:
    """The base text as if nothing had been restored."""
    text = cleaned.document.text
    return Cleaned(cleaned.document, text, (), OffsetMap.identity(len(text)), parse_blocks(text))


def _with_state(findings: Sequence[Finding], blamed: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(
        replace(f, state=State.INTRODUCED if f.finding_id in blamed else State.INHERITED) for f in findings
    )


def _tells(page: Page, edit: Edit) -> bool:
    """Whether an edit changed, dropped or moved digits or Han characters where figures are."""
    if edit.clean_start < 0 or not _TELLING.search(edit.before + edit.after):
        return False
    ends = page.sentence(edit.clean_start), page.sentence(max(edit.clean_start, edit.clean_end - 1))
    return any(page.touching(*sentence) for sentence in ends)


class _Known:
    """The findings of one text, to be asked for those of another: by fingerprint, and by check and place."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._named: dict[tuple[str, str], Severity] = {}
        self._placed: dict[str, list[tuple[Span, Severity]]] = defaultdict(list)
        for f in findings:
            self._named[f.check, f.fingerprint] = min(
                f.severity, self._named.get((f.check, f.fingerprint), f.severity), key=lambda s: s.rank
            )
            self._placed[f.check] += [(span, f.severity) for span in f.spans]
        for placed in self._placed.values():
            placed.sort(key=lambda item: item[0])
        self._widest = max((len(span) for f in findings for span in f.spans), default=0)

    def gives(self, finding: Finding, least: Severity | None = None) -> bool:
        """Whether this text gives ``finding`` too, and no milder than it is, or than ``least``."""
        limit = (least or finding.severity).rank
        named = self._named.get((finding.check, finding.fingerprint))
        if named is not None and named.rank <= limit:
            return True
        return any(
            severity.rank <= limit and span.overlaps(place)
            for place in finding.spans
            for span, severity in self._near(finding.check, place)
        )

    def _near(self, check: str, place: Span) -> list[tuple[Span, Severity]]:
        placed = self._placed.get(check, [])
        low = bisect_left(placed, place.start - self._widest, key=lambda item: item[0].start)
        return placed[low : bisect_left(placed, place.end, key=lambda item: item[0].start)]


def _blamed(
    page: Page, edits: Sequence[Edit], new: Sequence[tuple[Finding, Relation]]
) -> dict[str, list[Edit]]:
    """For each finding that an edit made, the edits. All suspects are taken back at once, and the text read again."""
    base = page.cleaned.document.text
    rewriting = sorted((e for e in edits if _rewrites(e, base)), key=lambda e: e.clean_start)
    if not new or not rewriting:
        return {}
    figures = {f.figure_id: f for f in page.figures}
    claims = [(f, r, [figures[m] for m in r.members if m in figures]) for f, r in new]
    suspects = {f.finding_id: _inside(rewriting, _places(page, r, members)) for f, r, members in claims}
    taken = {edit.edit_id: edit for edits in suspects.values() for edit in edits}
    if not taken:
        return {}
    again = _Known(examine(_without(page.cleaned, list(taken.values()))).findings)
    return {
        f.finding_id: _nearest(members, suspects[f.finding_id])
        for f, r, members in claims
        if suspects[f.finding_id] and not again.gives(replace(f, spans=(_place(r),)))
    }


def _place(relation: Relation) -> Span:
    """Where a claim stands in the clean text."""
    return Span(int(relation.detail["clean_start"]), int(relation.detail["clean_end"]))


def _places(page: Page, relation: Relation, members: Sequence[Figure]) -> list[tuple[int, int]]:
    """The sentences in which a claim begins, ends, and has its figures."""
    place = _place(relation)
    points = {place.start, place.end - 1, *(f.clean_start for f in members)}
    return sorted({page.sentence(point) for point in points})


def _inside(edits: Sequence[Edit], places: Sequence[tuple[int, int]]) -> list[Edit]:
    """Those of the edits (sorted by clean place) that lie in one of the places."""
    found = []
    for low, high in places:
        first = bisect_left(edits, low, key=lambda e: e.clean_start)
        last = bisect_right(edits, high, key=lambda e: e.clean_start)
        found += [e for e in edits[first:last] if e.clean_end <= high]
    return list({e.edit_id: e for e in found}.values())


def _rewrites(edit: Edit, base: str) -> bool:
    """Whether an edit changed what is said: words, digits, or part of a number; not merely layout."""
    before, after = _said(edit.before), _said(edit.after)
    if edit.edit is EditKind.MOVE or before == after:
        return False
    digits_differ = _DIGITS.findall(before) != _DIGITS.findall(after)
    return edit.stage in _WORDS or (digits_differ and (bool(after) or _cuts_numeral(edit, base)))


def _said(text: str) -> str:
    """Letters, numerals and points of a text; widths and variants of form do not count."""
    said: str = _SILENT.sub("", unicodedata.normalize("NFKC", text))
    return said


def _cuts_numeral(edit: Edit, base: str) -> bool:
    """Whether an edit parts digits from digits that stay."""
    for span in edit.spans:
        outside = base[span.start - 1 : span.start], base[span.end : span.end + 1]
        inside = base[span.start : span.start + 1], base[span.end - 1 : span.end]
        if any(o.isdecimal() and i.isdecimal() for o, i in zip(outside, inside, strict=True)):
            return True
    return False


def _without(cleaned: Cleaned, edits: Sequence[Edit]) -> Cleaned:
    """The clean text with some edits taken back; offsets lead to the clean text, which stands as its base."""
    text = cleaned.text
    back: list[Candidate] = []
    for edit in sorted(edits, key=lambda e: (e.clean_start, e.clean_end)):
        stands = text[edit.clean_start : edit.clean_end] == edit.after
        if stands and (not back or back[-1].end <= edit.clean_start):
            back.append(Candidate(edit.clean_start, edit.clean_end, edit.before))
    changed, offsets = apply_edits(text, OffsetMap.identity(len(text)), back)
    blocks = parse_blocks(changed)
    if len(blocks) == len(cleaned.blocks):
        pairs = zip(blocks, cleaned.blocks, strict=True)
        blocks = tuple(b._replace(type=known.type, level=known.level) for b, known in pairs)
    return Cleaned(replace(cleaned.document, text=text), changed, (), offsets, blocks)


def _nearest(members: Sequence[Figure], edits: list[Edit]) -> list[Edit]:
    """Of several suspects those that touch a figure of the claim; all of them where none does."""
    close = [
        e
        for e in edits
        if any(e.clean_start <= f.clean_end and f.clean_start <= e.clean_end for f in members)
    ]
    return close or edits


def _accusation(cleaned: Cleaned, finding: Finding, edits: Sequence[Edit]) -> Finding:
    """The finding of the gate: which edits made a contradiction, and which contradiction."""
    changes = "、".join(f"{e.rule} “{e.before}”→“{e.after}”" for e in edits)
    name = fingerprint(CHECK, f"{finding.fingerprint}\0{changes}")
    spans = tuple(sorted({span for edit in edits for span in edit.spans}))
    return Finding(
        finding_id=f"introduced-{name[:8]}",
        doc=cleaned.document.doc,
        check=CHECK,
        severity=Severity.ERROR,
        spans=spans,
        message=f"底本无此矛盾，由改动造成（{changes}）：{finding.message}请核对原件，改错则撤回。",
        message_en=f"The base text has no such contradiction; an edit made it ({changes}): {finding.message_en} "
        "Compare the source, and switch the rule off if it is wrong.",
        members=tuple(edit.edit_id for edit in edits),
        fingerprint=name,
    )
