"""What changed and why, as plain text: ``kanwu diff`` and ``kanwu blame``.

Both work from ledger rows (the columns of edits.jsonl) and the two texts, so that they serve a run on
disk as well as one in memory.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from cleaner.model import Cleaned
from cleaner.reports.align import Collation
from cleaner.reports.places import Places
from cleaner.reports.regions import LedgerRow, Region
from cleaner.reports.safe import one_line, visible
from cleaner.reports.words import EVIDENCE, KIND, SAFETY, word

Rules = Mapping[str, Mapping[str, str]]
_KEEP = 16  # characters of context on each side of a change in a long line
_SHORT = 60


def render_diff(cleaned: Cleaned) -> str:
    """The differences of one document in memory, with the rules that made them; empty where nothing changed."""
    return _diff(Collation.of_cleaned(cleaned))


def diff_rows(doc: str, rows: Sequence[LedgerRow], base: str, clean: str) -> str:
    """The differences of one document from its ledger rows and its two texts; empty where nothing changed."""
    return _diff(Collation.of_rows(doc, rows, base, clean))


def _diff(texts: Collation) -> str:
    if not texts.regions:
        return ""
    places, clean_places = Places(texts.base), Places(texts.clean)
    lines = [f"--- {one_line(texts.doc)} 底本 base", f"+++ {one_line(texts.doc)} 净本 clean"]
    for pair in texts.pairs():
        inside = texts.regions[pair.first : pair.last]
        if not inside:
            continue
        lines.append(f"@@ {places.label(pair.base_start)} → {clean_places.label(pair.clean_start)} @@")
        lines += _side("- ", texts.base, [(r.base_start, r.base_end) for r in inside], pair[0:2])
        lines += _side("+ ", texts.clean, [(r.clean_start, r.clean_end) for r in inside], pair[2:4])
        lines += _grounds(inside, texts.rows, places)
    return "\n".join(lines) + "\n"


def _side(mark: str, text: str, changed: Sequence[tuple[int, int]], frame: tuple[int, ...]) -> list[str]:
    """The lines of one side of a row, unchanged stretches cut short."""
    start, end = frame
    if start == end:
        return []
    kept: list[str] = []
    at = start
    for low, high in (*changed, (end, end)):
        kept += [_clipped(text[at:low], at == start, low == end), text[low:high]]
        at = high
    return [mark + visible(line) for line in "".join(kept).strip("\n").split("\n")]


def _clipped(kept: str, first: bool, last: bool) -> str:
    if len(kept) <= _SHORT:
        return kept
    left = "" if first else kept[:_KEEP]
    right = "" if last else kept[-_KEEP:]
    return f"{left}…{right}"


def _grounds(regions: Sequence[Region], rows: Sequence[LedgerRow], places: Places) -> Iterator[str]:
    seen: dict[int, None] = dict.fromkeys(index for region in regions for index in region.edits)
    for index in seen:
        row = rows[index]
        why = f" · {one_line(row['why'], 120)}" if row["why"] else ""
        yield f"  # {places.label(row['start'])} {one_line(row['rule'])} {row['safety']}{why}"


def blame(
    rows: Sequence[LedgerRow], base: str, clean: str, clean_offset: int, *, rules: Rules | None = None
) -> str:
    """Where code point ``clean_offset`` of the clean text comes from, and which edits touched it, with grounds.

    Raises:
        IndexError: the offset lies outside the clean text.
    """
    return _blame(Collation.of_rows("", rows, base, clean), clean_offset, rules or {})


def blame_cleaned(cleaned: Cleaned, clean_offset: int, *, rules: Rules | None = None) -> str:
    """``blame`` for a document in memory.

    Raises:
        IndexError: the offset lies outside the clean text.
    """
    return _blame(Collation.of_cleaned(cleaned), clean_offset, rules or {})


def _blame(texts: Collation, at: int, rules: Rules) -> str:
    base, clean = texts.base, texts.clean
    if not 0 <= at < len(clean):
        raise IndexError(f"offset {at} lies outside the clean text of {len(clean)} characters")
    start, end, edits = _origin(texts.regions, at)
    places = Places(base)
    lines = [
        f"净本 clean {Places(clean).label(at)} (offset {at}): {_quoted(clean, at, at + 1)}",
        f"底本 base  {places.label(start)} (offset {start}–{end}): {_quoted(base, start, end)}",
    ]
    if not edits:
        return "\n".join([*lines, "此处未经改动。 No edit touched this place."]) + "\n"
    lines.append(f"{len(edits)} 处改动 edit(s) touched this place:")
    for index in edits:
        lines += _explained(texts.rows[index], rules.get(texts.rows[index]["rule"], {}), places)
    return "\n".join(lines) + "\n"


def _origin(regions: Sequence[Region], at: int) -> tuple[int, int, list[int]]:
    """Base range of a clean code point, and the edits that made it or took something away just before it."""
    last = bisect_right([r.clean_start for r in regions], at) - 1
    if last < 0:
        return at, at + 1, []
    touching: list[Region] = []
    for region in reversed(regions[: last + 1]):
        if region.clean_start < at and region.clean_end <= at:
            break
        touching.insert(0, region)
    edits = list(dict.fromkeys(index for region in touching for index in region.edits))
    held = regions[last]
    if at < held.clean_end:
        return held.base_start, held.base_end, edits
    start = held.base_end + at - held.clean_end
    return start, start + 1, edits


def _quoted(text: str, start: int, end: int) -> str:
    low, high = max(0, start - 12), min(len(text), end + 12)
    inner = one_line(text[start:end], 80)
    return f"{one_line(text[low:start])}【{inner}】{one_line(text[end:high])}"


def _explained(row: LedgerRow, rule: Mapping[str, str], places: Places) -> Iterator[str]:
    safety, evidence = word(SAFETY, row["safety"]), word(EVIDENCE, row["evidence"])
    kind = word(KIND, row["edit"])
    title = " / ".join(one_line(rule[key]) for key in ("title", "title_en") if rule.get(key))
    yield f"  {one_line(row['edit_id'])}  {one_line(row['rule'])}  {title}".rstrip()
    yield f"    {kind.zh} {kind.en} · {safety.zh} {safety.en} · {evidence.zh} {evidence.en}"
    change = f"“{one_line(row['before'], 60)}” → “{one_line(row['after'], 60)}”"
    yield f"    底本 base {places.label(row['start'])}: {change}"
    for grounds in (row["why"], rule.get("rationale", "")):
        if grounds:
            yield f"    {one_line(grounds.strip(), 300)}"
