"""Findings about the restoring itself: what is lost and cannot be given back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from cleaner.engine.repairs.stitch import gaps
from cleaner.engine.view import View
from cleaner.model import Cleaned, Finding, Severity

_ENGLISH = {
    "cut_start": "the block starts inside a sentence; what stood before it is missing",
    "cut_end": "the block stops inside a sentence; what followed is missing",
}


def restoration_findings(cleaned: Cleaned) -> Iterator[Finding]:
    """Gaps of the clean text (DESIGN section 5, missing parts: a finding, never an edit)."""
    view = View.of(cleaned.text, cleaned.document)
    seen: dict[str, int] = {}
    for start, end, kind, why in gaps(view):
        quoted = cleaned.text[start:end]
        seen[quoted] = seen.get(quoted, 0) + 1
        key = f"restoration/gap\0{kind}\0{quoted}\0{seen[quoted]}"
        name = hashlib.sha256(key.encode()).hexdigest()[:16]
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
