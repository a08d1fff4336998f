"""Findings about the restoring itself: what is lost and cannot be given back, and what looks damaged still."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from cleaner.engine.repairs.stitch import gaps
from cleaner.engine.view import View
from cleaner.model import Cleaned, Finding, Relation, Severity

_ENGLISH = {
    "cut_start": "the block starts inside a sentence; what stood before it is missing",
    "cut_end": "the block stops inside a sentence; what followed is missing",
}


def restoration_findings(cleaned: Cleaned) -> Iterator[Finding]:
    """Gaps of the clean text (DESIGN section 5, missing parts: a finding, never an edit)."""
    view = View(cleaned.text, cleaned.blocks, cleaned.document)
    seen: Counter[str] = Counter()
    for start, end, kind, why in gaps(view):
        name = _fingerprint(f"restoration/gap\0{kind}", cleaned.text[start:end], seen)
        yield Finding(
            finding_id=f"gap-{name[:8]}",
            doc=cleaned.document.doc,
            check="restoration/gap",
            severity=Severity.WARNING,
            spans=cleaned.offsets.to_base(start, end),
            message=why,
            message_en=_ENGLISH[kind],
            fingerprint=name,
        )


def suspicion_findings(cleaned: Cleaned, relations: Sequence[Relation]) -> Iterator[Finding]:
    """What looks damaged and is not repaired: ``restoration/<kind>``, for a reader with the source at hand."""
    from cleaner.checks.suspicion.detect import suspicions  # `kanwu clean` asks for gaps alone

    seen: Counter[str] = Counter()
    for suspicion in suspicions(cleaned, relations):
        check = f"restoration/{suspicion.kind}"
        name = _fingerprint(check, cleaned.text[suspicion.start : suspicion.end], seen)
        yield Finding(
            finding_id=f"doubt-{name[:8]}",
            doc=cleaned.document.doc,
            check=check,
            severity=suspicion.severity,
            spans=cleaned.offsets.to_base(suspicion.start, suspicion.end),
            message=suspicion.message,
            message_en=suspicion.message_en,
            fingerprint=name,
        )


def _fingerprint(kind: str, quoted: str, seen: Counter[str]) -> str:
    """A name that survives shifted lines: the kind, the words, and which of their occurrences it is."""
    key = f"{kind}\0{quoted}"
    seen[key] += 1
    return hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:16]
