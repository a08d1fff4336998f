"""A result as a notebook shows it: what changed side by side, findings, coverage. A fragment of HTML, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.model import Cleaned, DocumentResult
from cleaner.reports import tally
from cleaner.reports.align import Collation
from cleaner.reports.html import environment
from cleaner.reports.places import Places
from cleaner.reports.safe import one_line, visible
from cleaner.reports.words import COVERAGE, SEVERITY, word

MOST_ROWS = 40
MOST_FINDINGS = 40
_KEEP = 24
"""So many characters of a long unchanged stretch stay on each side of a change."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one side; ``rules`` names what changed it and is empty where nothing did."""

    text: str
    rules: str = ""


@dataclass(frozen=True, slots=True)
class CellRow:
    """A line of the side-by-side view: where it stands in the base text, and both sides."""

    place: str
    base: tuple[Piece, ...]
    clean: tuple[Piece, ...]


def render_cell(result: Cleaned | DocumentResult) -> str:
    """A fragment of HTML; every text of a stranger is escaped, long results are cut and say so."""
    document = result if isinstance(result, DocumentResult) else DocumentResult(result)
    cleaned = document.cleaned
    places = Places(cleaned.document.text)
    rows = _rows(Collation.of_cleaned(cleaned), places)
    findings = sorted(document.findings, key=lambda f: (f.severity.rank, f.start))
    coverage = tally.coverage([document])
    return (
        environment()
        .get_template("cell.html.jinja")
        .render(
            doc=one_line(cleaned.document.doc),
            applied=len(cleaned.applied),
            shown=len(cleaned.edits) - len(cleaned.applied),
            severities=[(word(SEVERITY, n), count) for n, count in tally.by_severity(findings).items()],
            rows=rows[:MOST_ROWS],
            more_rows=len(rows) - MOST_ROWS,
            findings=[
                (f, places.label(f.start), word(SEVERITY, f.severity.value)) for f in findings[:MOST_FINDINGS]
            ],
            more_findings=len(findings) - MOST_FINDINGS,
            coverage=[(word(COVERAGE, n), count) for n, count in coverage.items()]
            if document.coverage
            else [],
            judged=isinstance(result, DocumentResult),
        )
    )


def _rows(texts: Collation, places: Places) -> list[CellRow]:
    rows = []
    for pair in texts.pairs():
        inside = texts.regions[pair.first : pair.last]
        if not inside:
            continue
        rules = [", ".join(dict.fromkeys(texts.rows[i]["rule"] for i in region.edits)) for region in inside]
        base = [(r.base_start, r.base_end) for r in inside]
        clean = [(r.clean_start, r.clean_end) for r in inside]
        rows.append(
            CellRow(
                places.label(pair.base_start),
                _pieces(texts.base, (pair.base_start, pair.base_end), base, rules),
                _pieces(texts.clean, (pair.clean_start, pair.clean_end), clean, rules),
            )
        )
    return rows


def _pieces(
    text: str, frame: tuple[int, int], changed: Sequence[tuple[int, int]], rules: Sequence[str]
) -> tuple[Piece, ...]:
    """One side of a row: changed stretches whole, long unchanged ones cut in the middle."""
    found, (at, end) = [], frame
    for (low, high), rule in zip(changed, rules, strict=True):
        found += [Piece(_clipped(text[at:low])), Piece(visible(text[low:high]), rule)]
        at = high
    found.append(Piece(_clipped(text[at:end])))
    return tuple(piece for piece in found if piece.text)


def _clipped(kept: str) -> str:
    kept = kept.strip("\n")
    return visible(kept if len(kept) <= 3 * _KEEP else f"{kept[:_KEEP]}…{kept[-_KEEP:]}")
